"""What a result would have been given at another turn: the log of an order, read backwards.

Going down an order, a result that gets nothing changes nothing for those before it. So what it
would be given at a better place, or with another sum, can be read off what the limits had left at
that turn: nothing has to be given out anew. That is exact, and takes no time for thousands of
results; where results are bound to each other it does not hold, and nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from pilotscore.allocation.problem import Limit, Problem
from pilotscore.allocation.rank_order import Step
from pilotscore.allocation.walk import AtMiss, Least, least_of, room_of
from pilotscore.arrays import Bools, Ints
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True)
class StageAmounts:
    """An offer by what it takes: fen in each stage."""

    stages: tuple[int, ...]

    def takes(self, limit: Limit) -> int:
        """Return what it takes of a limit that counts it."""
        if limit.counts == "awards":
            return 1
        return sum(self.stages) if limit.stage is None else self.stages[limit.stage]


@dataclass(frozen=True, eq=False)
class Turns:
    """What was left of each limit at each turn of an order.

    Attributes
    ----------
    problem
        In the order in which it was served.
    phase, rank
        Shape (t,): of each change the pass (0 those that must be funded, then each least amount,
        then the list) and the place in the order of the result that made it.
    left
        Shape (t + 1, c): of each limit with a greatest amount before each change, and at the end;
        -1 where it was closed.
    reached
        Shape (t + 1, q): of each least amount.
    """

    problem: Problem
    phase: Ints
    rank: Ints
    left: Ints
    reached: Ints

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """The limits with a greatest amount, in the order of ``left``."""
        return tuple(limit for limit in self.problem.limits if limit.most is not None)

    @cached_property
    def quotas(self) -> tuple[Least, ...]:
        """The least amounts, in the order in which they were served."""
        return least_of(self.problem)

    @cached_property
    def members(self) -> Bools:
        """Whom each limit counts, shape (n, c)."""
        return (
            np.array([x.members for x in self.limits], dtype=bool)
            .reshape(len(self.limits), len(self.problem))
            .T.copy()
        )

    @cached_property
    def ranks(self) -> Ints:
        """The place of each result in the order, shape (n,)."""
        return self.problem.ranks

    def at(self, i: int, place: int) -> Iterator[int]:
        """Yield the changes before which a result would be looked at, were it at this place."""
        for q, quota in enumerate(self.quotas):
            if not quota.members[i]:
                continue
            k = self._before(1 + q, place)
            if self.reached[k, q] < quota.wanted:
                yield k
        yield self._before(1 + len(self.quotas), place)

    def _before(self, phase: int, place: int) -> int:
        earlier = (self.phase < phase) | ((self.phase == phase) & (self.rank < place))
        return int(earlier.sum())

    def fitting(self, i: int, offers: Sequence[StageAmounts], place: int) -> StageAmounts | None:
        """Return the first of some offers that a result would be given at a place; None if none."""
        for k in self.at(i, place):
            for offer in offers:
                if self._fits(i, offer)[k]:
                    return offer
        return None

    def lacking(self, i: int, offer: StageAmounts, place: int) -> list[tuple[Limit, int, int]]:
        """Return the limits that an offer would break at its last turn, its need, what is left."""
        *_, k = self.at(i, place)
        return [
            (limit, offer.takes(limit), int(left))
            for limit, left in zip(self.limits, self.left[k].tolist(), strict=True)
            if limit.members[i] and offer.takes(limit) > left
        ]

    def nearest(self, i: int, offers: Sequence[StageAmounts]) -> int | None:
        """Return the lowest place above its own at which a result without money gets some.

        It is that of the result that it has to be placed before.
        """
        own = int(self.ranks[i])
        fits = np.zeros(len(self.left), dtype=bool)
        for offer in offers:
            fits |= self._fits(i, offer)
        looked = self.phase == 1 + len(self.quotas)
        for q, quota in enumerate(self.quotas):
            if quota.members[i]:
                looked |= (self.phase == 1 + q) & (self.reached[:-1, q] < quota.wanted)
        better = looked & fits[:-1] & (self.rank < own)
        return int(self.rank[better].max()) if better.any() else None

    def _fits(self, i: int, offer: StageAmounts) -> Bools:
        """Return before which changes an offer fits, shape (t + 1,)."""
        mine = np.flatnonzero(self.members[i])
        takes = np.array([offer.takes(self.limits[c]) for c in mine.tolist()], dtype=np.int64)
        fits: Bools = ((takes <= self.left[:, mine]) | (takes == 0)).all(axis=1)
        return fits


def offers_of_result(problem: Problem, i: int, *, partial: bool) -> tuple[StageAmounts, ...]:
    """Return what the rule would give a result, the full offer first."""
    first, last = np.searchsorted(problem.owner, [i, i + 1])
    mine = problem.cost[first:last].tolist()
    offers = tuple(StageAmounts(tuple(stages)) for stages in mine)
    return offers if partial else offers[:1]


def turns_of(problem: Problem, steps: Sequence[Step], miss: AtMiss) -> Turns | None:
    """Return what was left at each turn; None where results are bound to each other.

    Parameters
    ----------
    problem
        In the order in which it was served.
    steps
        The log of that.
    """
    if problem.exclusive or problem.dependencies:
        return None
    room, quotas, ranks = room_of(problem), least_of(problem), problem.ranks
    number = {limit.id: q for q, limit in enumerate(x for x in problem.limits if x.least)}
    left, reached = room.most.tolist(), [0] * len(quotas)
    lefts, reaches, phases, places = [list(left)], [list(reached)], [], []
    for step in steps:
        closes = miss == "stop" and step.phase == "list" and bool(step.stopped_by)
        if step.offer < 0 and not closes:
            continue
        closed = []
        if closes:
            uses = room.uses(int(room.offers[step.result, 0]))
            closed = [c for c, needs in uses.items() if needs > left[c]]
        if step.offer >= 0:
            for c, amount in room.uses(step.offer).items():
                left[c] -= amount
            for q, quota in enumerate(quotas):
                reached[q] += int(quota.adds[step.offer])
        for c in closed:
            left[c] = -1
        quota_phase = 1 + number[step.quota] if step.quota is not None else 1 + len(quotas)
        phases.append(0 if step.phase == "required" else quota_phase)
        places.append(int(ranks[step.result]))
        lefts.append(list(left))
        reaches.append(list(reached))
    width, count = len(room.most), len(quotas)
    return Turns(
        problem,
        np.array(phases, dtype=np.int64),
        np.array(places, dtype=np.int64),
        np.array(lefts, dtype=np.int64).reshape(len(lefts), width),
        np.array(reaches, dtype=np.int64).reshape(len(reaches), count),
    )
