"""HiGHS, run whatever ran before it in this process; where it fails, that is an error."""

from __future__ import annotations

from typing import Any

from pilotscore.errors import SolverError
from pilotscore.language import Text

_FAILED = Text(
    "求解器 {engine} 出错（状态：{status}）",
    "the solver {engine} ended with an error (status: {status})",
)


def run(solver: Any) -> None:
    """Run a solver.

    HiGHS keeps one set of threads for a process, as many as its first run asked for, and refuses a
    run that asks for another number (seen with 1.15.1): then they are let go, and it runs again.

    Raises
    ------
    SolverError
        The solver ends with an error all the same.
    """
    import highspy

    if solver.run() != highspy.HighsStatus.kError:
        return
    highspy.Highs.resetGlobalScheduler(True)
    if solver.run() == highspy.HighsStatus.kError:
        status = solver.modelStatusToString(solver.getModelStatus())
        raise SolverError(_FAILED.of(engine=version(), status=status))


def version() -> str:
    """Return the solver's name and version."""
    import highspy

    return f"HiGHS {highspy.Highs().version()}"  # type: ignore[no-untyped-call]
