"""Jumps: a result that gets nothing while a worse one of its track is funded.

Which of two is the better is told as the rule tells it: rank order goes by rank (grade first), the
portfolio by points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from pilotscore.allocation.holding import fundable
from pilotscore.allocation.problem import Allocation, Constraint, Problem
from pilotscore.arrays import Bools, Ints
from pilotscore.funding.grounds import Grounds
from pilotscore.records import dataclass

By = Literal["rank", "points"]
Cause = Literal["limit", "bond", "line", "draw", "objective"]


@dataclass(frozen=True, slots=True)
class Jump:
    """A result passed over.

    Attributes
    ----------
    result
        Its place in the batch.
    lowest
        The worst funded result of its track: the lowest placed, under the portfolio that of the
        fewest points.
    points
        How many points of the index that one has less; under rank order it may have more, for the
        grade comes first.
    places
        How many places it lies further down the order.
    count
        How many funded ones of the track are worse.
    stopped_by
        The constraints that stopped the result, () where the objective alone did: the money is
        worth more elsewhere.
    cause
        What let the others pass: a limit, a bond with other results, a line that was closed above
        it, the lots, or the objective.
    """

    result: int
    lowest: int
    points: float
    count: int
    stopped_by: tuple[Constraint, ...]
    places: int = 0
    cause: Cause = "limit"


def jumps(
    problem: Problem,
    allocation: Allocation,
    by: By = "points",
    *,
    standing: Ints | None = None,
    grounds: Sequence[Grounds] | None = None,
    undecided: Bools | None = None,
    served: Ints | None = None,
) -> tuple[Jump, ...]:
    """Return every jump of an allocation, the widest first.

    Results of no track are held against each other. Those that had to be funded pass over nobody.

    Parameters
    ----------
    by
        What makes a result the better one.
    standing
        Shape (n,): the places that rank gives, equal results one; those of the order without it.
    grounds
        On what the decision on each result rests; without it the allocation's own constraints.
    undecided
        Shape (n,): results that neither have money nor are without it yet: they pass over nobody,
        and nobody passes over them.
    served
        Shape (n,): the order in which the money was given, where lots changed it.
    """
    open_ = np.zeros(len(problem), dtype=bool) if undecided is None else undecided
    funded = (allocation.choice >= 0) & ~open_
    passed = np.flatnonzero(fundable(problem) & ~funded & ~open_)
    free = np.flatnonzero(funded & ~problem.required)
    rank = problem.ranks
    place = rank if standing is None else standing
    worth = -place.astype(float) if by == "rank" else problem.score  # ascending from the worst
    turn = _turns(problem, served)
    passed_over: list[Jump] = []
    for track in np.unique(problem.tracks[passed]).tolist():
        below = free[problem.tracks[free] == track]
        below = below[np.argsort(worth[below], kind="stable")]
        for i in passed[problem.tracks[passed] == track].tolist():
            worse = below[: int(np.searchsorted(worth[below], worth[i] - 1e-9))]
            if len(worse):
                lots = bool((turn[worse] < turn[i]).all())
                stops, cause = _cause(allocation, grounds, i)
                passed_over.append(
                    Jump(
                        i,
                        int(worse[0]),
                        float(problem.score[i] - problem.score[worse[0]]),
                        len(worse),
                        stops,
                        int(place[worse[0]] - place[i]),
                        "draw" if lots else cause,
                    )
                )

    def width(jump: Jump) -> float:
        return jump.places if by == "rank" else jump.points

    return tuple(sorted(passed_over, key=lambda j: (-width(j), rank[j.result])))


def _turns(problem: Problem, served: Ints | None) -> Ints:
    """Return at which turn each result was served; the same for all where the rank decided."""
    turn = np.zeros(len(problem), dtype=np.int64)
    if served is not None:
        turn[served] = np.arange(len(problem))
    return turn


def _cause(
    allocation: Allocation, grounds: Sequence[Grounds] | None, i: int
) -> tuple[tuple[Constraint, ...], Cause]:
    """Return what stopped a result, and what kind of thing that is."""
    if grounds is None:
        stops = allocation.binding[i]
        return stops, _kind_of(stops)
    stops = (*grounds[i].bonds, *(stop.constraint for stop in grounds[i].stops))
    only_closed = bool(grounds[i].stops) and not grounds[i].bonds
    only_closed &= all(s.closed_by is not None and s.needs <= s.left for s in grounds[i].stops)
    return stops, "line" if only_closed else _kind_of(stops)


def _kind_of(stops: Sequence[Constraint]) -> Cause:
    if not stops:
        return "objective"
    return "bond" if stops[0].kind in ("exclusion", "dependency") else "limit"
