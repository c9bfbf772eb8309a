"""Jumps: a result that gets nothing while a lower-scored one of its track is funded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pilotscore.allocation.holding import fundable
from pilotscore.allocation.problem import Allocation, Constraint, Problem


@dataclass(frozen=True, slots=True)
class Jump:
    """A result passed over.

    ``lowest`` is the lowest-scored funded result of its track, ``points`` by how much that is
    lower; ``count`` how many funded ones of the track are lower. ``stopped_by`` has the constraints
    that stopped the result, () where the objective alone did: the money is worth more elsewhere.
    """

    result: int
    lowest: int
    points: float
    count: int
    stopped_by: tuple[Constraint, ...]


def jumps(problem: Problem, allocation: Allocation) -> tuple[Jump, ...]:
    """Return every jump of an allocation, the widest first.

    Results of no track are held against each other. Those that had to be funded pass over nobody.
    """
    funded = allocation.choice >= 0
    passed = np.flatnonzero(fundable(problem) & ~funded)
    free = np.flatnonzero(funded & ~problem.required)
    passed_over: list[Jump] = []
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
                passed_over.append(Jump(i, int(below[0]), points, count, allocation.binding[i]))
    rank = problem.ranks
    return tuple(sorted(passed_over, key=lambda j: (-j.points, rank[j.result])))
