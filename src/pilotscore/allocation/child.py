"""An exact solve in a process of its own, ended when its time is up.

HiGHS does not always keep its time limit (seen at 300,000 columns: asked 120 s, ended by force after
400 s; ERGO-Code/HiGHS issues 885 and 2226). Arrays go there and back as files in a temporary folder,
since a solver may write to standard output.
"""

from __future__ import annotations

import dataclasses
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from pilotscore.allocation.milp import Model, Solved, solve
from pilotscore.arrays import Floats

_GRACE = 5.0  # seconds beyond the time limit: starting Python, reading and writing the arrays
_STATI = ("optimal", "infeasible", "stopped")
_NAMES = tuple(f.name for f in dataclasses.fields(Model))


def solve_apart(
    model: Model,
    *,
    gap: float,
    seconds: float,
    room: float = 0.0,
    start: Floats | None = None,
    grace: float = _GRACE,
) -> Solved:
    """Solve a programme in a child process; give up, with nothing found, when it overruns."""
    nothing = Solved(None, math.inf, "stopped")
    package = str(Path(__file__).resolve().parents[2])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        arrays: dict[str, Any] = {field: getattr(model, field) for field in _NAMES}
        arrays["start"] = np.zeros(0) if start is None else start
        np.savez(folder / "asked.npz", options=np.array([gap, seconds, room]), **arrays)
        try:
            done = subprocess.run(
                [sys.executable, "-m", "pilotscore.allocation.child", name],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=seconds + grace,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return nothing
        answer = folder / "answer.npz"
        if done.returncode or not answer.exists():
            return nothing
        with np.load(answer) as got:
            columns = got["columns"] if got["found"] else None
            status = _STATI[int(got["status"])]
            return Solved(columns, float(got["bound"]), status)  # type: ignore[arg-type]


def main(name: str) -> None:
    """Solve what a folder asks, and write the answer beside it."""
    folder = Path(name)
    with np.load(folder / "asked.npz") as asked:
        fields = {field: asked[field] for field in _NAMES}
        fields["bonds"] = int(fields["bonds"])
        gap, seconds, room = asked["options"].tolist()
        start = asked["start"] if len(asked["start"]) else None
    solved = solve(Model(**fields), gap=gap, seconds=seconds, room=room, start=start)
    found = solved.columns is not None
    unfinished = folder / "unfinished.npz"
    np.savez(
        unfinished,
        found=found,
        columns=solved.columns if solved.columns is not None else np.zeros(0),
        bound=solved.bound,
        status=_STATI.index(solved.status),
    )
    unfinished.rename(folder / "answer.npz")


if __name__ == "__main__":
    main(sys.argv[1])
