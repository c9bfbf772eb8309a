"""Jumps: a result that gets nothing while a lower-scored one of its track is funded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pilotscore.allocation.holding import fundable
from pilotscore.allocation.problem import Allocation, Problem
from pilotscore.arrays import Ints


@dataclass(frozen=True, slots=True)
class Jump:
    """A result passed over.

    ``lowest`` is the lowest-scored funded result of its track, ``points`` by how much that is
    lower; ``count`` how many funded ones of the track are lower. ``key`` is the constraint that
    stopped the result, '' where the objective alone did: the money is worth more elsewhere.
    """

    result: int
    lowest: int
    points: float
    count: int
    key: str


def jumps(problem: Problem, given: Allocation) -> tuple[Jump, ...]:
    """Return every jump of an allocation, the widest first.

    Results of no track are held against each other. Those that had to be funded pass over nobody.
    """
    funded = given.choice >= 0
    passed = np.flatnonzero(fundable(problem) & ~funded)
    free = np.flatnonzero(funded & ~problem.required)
    found: list[Jump] = []
    for track in np.unique(problem.tracks[passed]).tolist():
        below = free[problem.tracks[free] == track]
        if not len(below):
            continue
        below = below[np.argsort(problem.score[below], kind="stable")]
        scores = problem.score[below]
        for i in passed[problem.tracks[passed] == track].tolist():
            count = int(np.searchsorted(scores, problem.score[i] - 1e-9))
            if count:
                points = float(problem.score[i] - scores[0])
                found.append(Jump(i, int(below[0]), points, count, given.binding[i]))
    rank = _ranks(problem)
    return tuple(sorted(found, key=lambda j: (-j.points, rank[j.result])))


def _ranks(problem: Problem) -> Ints:
    rank = np.empty(len(problem), dtype=np.int64)
    rank[problem.order] = np.arange(len(problem))
    return rank
