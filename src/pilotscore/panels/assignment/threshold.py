"""The greatest least affinity that can be kept, by bisection over the affinities there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from pilotscore.arrays import Bools
from pilotscore.panels.assignment.problem import Problem

Progress = Callable[[int, int], None]
T = TypeVar("T")
_STEPS = 12  # of the search, as far as anybody waits for them


def at_best_threshold(
    problem: Problem,
    solved: Callable[[Bools], T | None],
    used: Callable[[T], Bools],
    progress: Progress | None = None,
) -> T | None:
    """Return the best solution among those whose worst pair is as good as can be.

    Parameters
    ----------
    problem
        What is to be kept.
    solved
        Gives the best solution among some pairs; None where there is none.
    used
        The pairs that a solution uses.
    progress
        Called with how many steps are done of how many.
    """
    done = 0

    def step() -> None:
        nonlocal done
        done = min(done + 1, _STEPS + 1)
        if progress is not None:
            progress(done, _STEPS + 1)

    best = solved(problem.allowed) if can_be(problem, problem.allowed) else None
    step()
    if best is None or not used(best).any():
        return best
    # What any solution has as its least is a threshold that can be kept.
    levels = np.unique(problem.affinity[problem.allowed])
    low = int(np.searchsorted(levels, problem.affinity[used(best)].min()))
    high = len(levels) - 1
    while low < high:
        middle = (low + high + 1) // 2
        above = problem.allowed & (problem.affinity >= levels[middle])
        better = solved(above) if can_be(problem, above) else None
        step()
        if better is None:
            high = middle - 1
        else:
            best, low = better, middle
    return best


def can_be(problem: Problem, considered: Bools) -> bool:
    """Say whether every result and every expert has pairs enough, before the solver is asked."""
    cap = problem.cap + 1e-9
    if np.any(cap * considered.sum(axis=1) < problem.demand):
        return False
    if np.any(cap * considered.sum(axis=0) < problem.least):
        return False
    return all(
        not np.any(cap * considered[:, problem.group == g].sum(axis=1) < least)
        for g, least in enumerate(problem.of_group.tolist())
    )
