"""Who answers the questions of a run: bounded processes of this machine, or others of their kind.

A task is a question put to a child that was prepared for it: read these files, write this letter,
draw this chunk. What puts it knows no more than :class:`Child` has; where the child lives is the
business of the :class:`Crew`. So reading a file in a bounded process is written once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from pilotscore.child_process import Answer, ChildProcess

Prepare = Callable[[], Answer]
# One thread is enough for what numpy does in a child, and each takes memory that is bounded.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class Child(Protocol):
    """What answers one question at a time, and may die or hang of any of them.

    ``ask`` raises :exc:`~pilotscore.child_process.DiedError` and
    :exc:`~pilotscore.child_process.TooLateError`; the next question is answered all the same.
    """

    def ask(self, question: object, seconds: float) -> Any:
        """Return the answer to a question."""
        ...

    def end(self) -> None:
        """End it, whatever it is doing."""
        ...


class Crew(Protocol):
    """Children on call: as many as there is room for."""

    def children(self, prepare: Prepare, most: int | None = None) -> Sequence[Child]:
        """Return children that are prepared alike, ``most`` of them at most."""
        ...


class ThisMachine:
    """Processes of this machine.

    Parameters
    ----------
    jobs
        How many; one for each processor where None.
    """

    def __init__(self, jobs: int | None = None) -> None:
        self.size = max(1, jobs or os.cpu_count() or 1)

    def children(self, prepare: Prepare, most: int | None = None) -> list[ChildProcess]:
        """Return children that are prepared alike, ``most`` of them at most."""
        size = self.size if most is None else min(self.size, most)
        return [ChildProcess(prepare, ONE_THREAD) for _ in range(size)]
