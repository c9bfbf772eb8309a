"""Why there is no assignment: what is short by simple counting, before any programme."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pilotscore.panels.assignment.problem import Problem


@dataclass(frozen=True, slots=True)
class Shortage:
    """What is short, each as (number, there are, needed).

    Parameters
    ----------
    supply
        How many places all experts together can take, and how many are needed; None where enough.
    results
        Results with fewer allowed experts than they need.
    groups
        Results (number, group) with fewer allowed experts of a group than they need.
    experts
        Experts with fewer allowed results than they are to take at least.
    """

    supply: tuple[int, int] | None
    results: tuple[tuple[int, int, int], ...]
    groups: tuple[tuple[int, int, int, int], ...]
    experts: tuple[tuple[int, int, int], ...]

    @property
    def any(self) -> bool:
        """Whether counting alone shows that there is none."""
        return bool(self.supply or self.results or self.groups or self.experts)


def shortage(problem: Problem) -> Shortage:
    """Return what is short by counting."""
    of_result = problem.allowed.sum(axis=1)
    of_expert = problem.allowed.sum(axis=0)
    needed = int(problem.demand.sum())
    able = int(np.minimum(problem.most, of_expert).sum())
    groups = []
    for g, least in enumerate(problem.of_group.tolist()):
        there = problem.allowed[:, problem.group == g].sum(axis=1)
        groups += [(int(r), g, int(there[r]), least) for r in np.flatnonzero(there < least)]
    short = np.flatnonzero(of_result < problem.demand)
    idle = np.flatnonzero(of_expert < problem.least)
    return Shortage(
        (able, needed) if able < needed else None,
        tuple((int(r), int(of_result[r]), int(problem.demand[r])) for r in short),
        tuple(groups),
        tuple((int(e), int(of_expert[e]), int(problem.least[e])) for e in idle),
    )
