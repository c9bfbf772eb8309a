"""Why a call cannot be met: a smallest set of constraints that cannot hold together.

A set is irreducible when it cannot hold and would if any one of it were left out. It is found by
halving (Junker, QuickXplain, AAAI 2004; from general knowledge): for m constraints and a conflict
of c of them about c log(m / c) questions to the solver, where the deletion filter (Chinneck and
Dravnieks 1991) asks m. There may be others, of fewer constraints.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from pilotscore.allocation.milp import build
from pilotscore.allocation.problem import MAX_JUMP, REQUIRED, Constraint, Problem
from pilotscore.allocation.solver import solve
from pilotscore.arrays import Ints
from pilotscore.records import dataclass

Side = Literal["least", "most", ""]


@dataclass(frozen=True, slots=True)
class Clash:
    """One constraint of a conflict.

    ``side`` says which bound of a limit; ``results`` the places of the results concerned: of an
    exclusion its members, of ``required`` the one that must be funded.
    """

    constraint: Constraint
    side: Side = ""
    results: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Constraints that cannot hold together: none can be left out, but where time ran out."""

    parts: tuple[Clash, ...] = ()

    def at(self, places: Ints) -> Conflict:
        """Return the same of results that lie at other places: i at ``places[i]``."""
        return replace(
            self,
            parts=tuple(
                replace(part, results=tuple(int(places[i]) for i in part.results))
                for part in self.parts
            ),
        )


class InfeasibleError(Exception):
    """Constraints cannot hold together; the conflict has no parts where none was looked for."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__("the constraints cannot hold together")
        self.conflict = conflict


def find_conflict(problem: Problem, *, seconds: float = 30.0) -> Conflict:
    """Return a smallest set of constraints that cannot hold together.

    Parameters
    ----------
    problem
        One that cannot be met; of one that can, the conflict has no parts.
    seconds
        After which the set so far is given, which may not be a smallest one.
    """
    search = _Search(problem, time.monotonic() + seconds)
    parts = _parts(problem)
    if not search.fails(parts):
        return Conflict()
    # Those that people can change most easily go last, so that they are the first to be kept out:
    # what stays is said in terms of limits.
    needed = search.explain([], parts, changed=False)
    return Conflict(tuple(sorted(needed, key=parts.index)))


def _parts(problem: Problem) -> list[Clash]:
    """Return every constraint; each result that must be funded is one of its own."""
    parts: list[Clash] = []
    for limit in problem.limits:
        if limit.most is not None:
            parts.append(Clash(limit.id, "most"))
        if limit.least is not None:
            parts.append(Clash(limit.id, "least"))
    parts += [Clash(group.id, results=group.members) for group in problem.exclusive]
    parts += [Clash(bond.id, results=(bond.result, bond.needs)) for bond in problem.dependencies]
    parts += [Clash(REQUIRED, results=(i,)) for i in np.flatnonzero(problem.required).tolist()]
    if problem.max_jump is not None:
        parts.append(Clash(MAX_JUMP))
    return parts


def _only(problem: Problem, parts: Sequence[Clash]) -> Problem:
    """Return a problem with these of its constraints alone."""
    kept = {(part.constraint, part.side) for part in parts}
    limits = [
        replace(
            limit,
            most=limit.most if (limit.id, "most") in kept else None,
            least=limit.least if (limit.id, "least") in kept else None,
        )
        for limit in problem.limits
    ]
    required = np.zeros(len(problem), dtype=bool)
    required[[part.results[0] for part in parts if part.constraint == REQUIRED]] = True
    return replace(
        problem,
        limits=tuple(x for x in limits if x.most is not None or x.least is not None),
        exclusive=tuple(x for x in problem.exclusive if (x.id, "") in kept),
        dependencies=tuple(x for x in problem.dependencies if (x.id, "") in kept),
        required=required,
        max_jump=problem.max_jump if (MAX_JUMP, "") in kept else None,
    )


class _Search:
    def __init__(self, problem: Problem, end: float) -> None:
        self.problem, self.end = problem, end

    def fails(self, parts: Sequence[Clash]) -> bool:
        """Say whether these constraints alone cannot hold; False where time ran out."""
        left = self.end - time.monotonic()
        if left <= 0:
            return False
        model = build(_only(self.problem, parts))
        solved = solve(replace(model, gain=model.gain * 0.0), gap=1.0, seconds=left)
        return solved.status == "infeasible"

    def explain(self, background: list[Clash], parts: list[Clash], *, changed: bool) -> list[Clash]:
        """Return a smallest part of ``parts`` that fails together with ``background``."""
        if changed and self.fails(background):
            return []
        if len(parts) == 1:
            return parts
        half = len(parts) // 2
        left, right = parts[:half], parts[half:]
        second = self.explain(background + left, right, changed=bool(left))
        first = self.explain(background + second, left, changed=bool(second))
        return first + second
