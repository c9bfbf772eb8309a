"""Runs ``pilotscore rank`` in pieces and prints where its time goes, as JSON.

    python our_split.py in.xlsx out.xlsx

The command imports what it needs where it needs it; here all is imported first, so that imports
can be told apart. Not used for the measured ratio.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

times: dict[str, float] = {}


def timed(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that adds the time of each call to a name."""

    def run(*args: Any, **settings: Any) -> Any:
        start = time.perf_counter()
        try:
            return call(*args, **settings)
        finally:
            times[name] = times.get(name, 0.0) + time.perf_counter() - start

    return run


def main(book: str, output: str) -> None:
    """Import, read, score and write."""
    start = time.perf_counter()
    import numpy  # noqa: F401
    import python_calamine  # noqa: F401
    import rich.console  # noqa: F401
    import xlsxwriter  # noqa: F401

    import pilotscore.cli  # noqa: F401
    from pilotscore.render.xlsx import write_xlsx
    from pilotscore.runs import assess as assess_run
    from pilotscore.views.ranking import document

    times["imports"] = time.perf_counter() - start
    assess_run.load_rules = timed("rules", assess_run.load_rules)
    assess_run.read_workbooks = timed("read", assess_run.read_workbooks)
    start = time.perf_counter()
    outcome = assess_run.rank(book)
    times["score"] = time.perf_counter() - start - times["rules"] - times["read"]
    timed("write", write_xlsx)(document(outcome), Path(output), "zh")
    print(json.dumps(times))


if __name__ == "__main__":
    main(*sys.argv[1:])
