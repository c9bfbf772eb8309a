"""An exact solve in a process of its own, ended when its time is up.

HiGHS does not always keep its time limit (seen at 300,000 columns: asked 120 s, ended by force
after 400 s; ERGO-Code/HiGHS issues 885 and 2226).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from pilotscore.allocation.milp import Model
from pilotscore.allocation.solver import Solved, solve
from pilotscore.arrays import Floats
from pilotscore.child_process import ChildProcess, DiedError, TooLateError

_GRACE = 5.0  # seconds beyond the time limit: starting Python, handing over the arrays


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
    process = ChildProcess(_begin_solving)
    options = {"gap": gap, "seconds": seconds, "room": room, "start": start}
    try:
        solved: Solved = process.ask((model, options), seconds + grace, from_start=True)
        return solved
    except (DiedError, TooLateError):
        return Solved(None, math.inf, "stopped")
    finally:
        process.end()


def _begin_solving() -> Callable[[tuple[Model, dict[str, Any]]], Solved]:
    """Return what solves a programme in the child process."""
    return lambda question: solve(question[0], **question[1])
