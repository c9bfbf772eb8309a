"""Why there is no assignment: what is short by simple counting, before any programme."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Ints
from pilotscore.panels.assignment.problem import Problem
from pilotscore.records import dataclass


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
    # Of a pair that is assigned with half the chance at most, twice as many are needed.
    wanted, least_load = (_at_cap(x, problem.cap) for x in (problem.demand, problem.least))
    able = int(np.floor(np.minimum(problem.most, problem.cap * of_expert).sum() + 1e-9))
    groups = []
    for g, least in enumerate(_at_cap(problem.of_group, problem.cap).tolist()):
        there = problem.allowed[:, problem.group == g].sum(axis=1)
        groups += [(int(r), g, int(there[r]), least) for r in np.flatnonzero(there < least)]
    short = np.flatnonzero(of_result < wanted)
    idle = np.flatnonzero(of_expert < least_load)
    return Shortage(
        (able, needed) if able < needed else None,
        tuple((int(r), int(of_result[r]), int(wanted[r])) for r in short),
        tuple(groups),
        tuple((int(e), int(of_expert[e]), int(least_load[e])) for e in idle),
    )


def _at_cap(number: Ints, cap: float) -> Ints:
    """Return how many pairs it takes for so many, where each has a probability of at most a cap."""
    pairs: Ints = np.ceil(number / cap - 1e-9).astype(np.int64)
    return pairs
