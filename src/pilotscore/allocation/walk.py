"""Going down many orders at once, giving each result what the limits still leave.

One rank order is a short loop; a thousand draws of scores are a thousand orders. Here the loop is
over the places of the order, and all draws take a step at once, so that 2,000 results in 1,000
draws take seconds. Exact in whole fen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from pilotscore.arrays import Bools, Ints
from pilotscore.records import dataclass

if TYPE_CHECKING:
    from pilotscore.allocation.problem import Problem


AtMiss = Literal["skip", "stop"]


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """What the offers use of the limits that have a greatest amount.

    A result counts in few limits, and there may be thousands (a cap for each institution), so each
    offer lists those it uses: ``columns`` and ``amounts`` have shape (k + 1, w), the place of the
    limit among the c that there are, and fen or awards; c and 0 pad. The last row, which -1 finds,
    is no offer. ``most`` has shape (c,), ``places`` shape (c,): which limits of the problem they
    are. ``offers`` has shape (n, m): the offers of each result, dearest first, -1 where it has
    fewer than m.
    """

    columns: Ints
    amounts: Ints
    most: Ints
    places: Ints
    offers: Ints

    def uses(self, offer: int) -> dict[int, int]:
        """Return what an offer uses of each limit (by its place among the c)."""
        pairs = zip(self.columns[offer].tolist(), self.amounts[offer].tolist(), strict=True)
        return {c: amount for c, amount in pairs if amount}


def room_of(problem: Problem) -> Room:
    """Return what each offer uses of each limit."""
    places = [c for c, limit in enumerate(problem.limits) if limit.most is not None]
    total = problem.total_cost
    offers, columns, amounts = [], [], []
    for column, place in enumerate(places):
        limit = problem.limits[place]
        counted = np.flatnonzero(limit.members[problem.owner])
        if limit.counts == "awards":
            amount = np.ones(len(counted), dtype=np.int64)
        else:
            amount = (total if limit.stage is None else problem.cost[:, limit.stage])[counted]
        offers.append(counted)
        columns.append(np.full(len(counted), column))
        amounts.append(amount)
    k, none = len(problem.owner), len(places)
    offer = np.concatenate([*offers, np.zeros(0, dtype=np.int64)])
    order = np.argsort(offer, kind="stable")
    offer = offer[order]
    first = np.searchsorted(offer, np.arange(k + 1))
    slot = np.arange(len(offer)) - first[offer]
    width = max(1, int(np.diff(np.append(first, len(offer))).max(initial=0)))
    column_of = np.full((k + 1, width), none, dtype=np.int64)
    amount_of = np.zeros((k + 1, width), dtype=np.int64)
    column_of[offer, slot] = np.concatenate([*columns, np.zeros(0, dtype=np.int64)])[order]
    amount_of[offer, slot] = np.concatenate([*amounts, np.zeros(0, dtype=np.int64)])[order]
    most = np.array([problem.limits[place].most for place in places], dtype=np.int64)
    return Room(column_of, amount_of, most, np.array(places, dtype=np.int64), offers_of(problem))


def offers_of(problem: Problem) -> Ints:
    """Return the offers of each result, shape (n, m), dearest first, -1 where there are fewer."""
    owner = problem.owner
    first = np.searchsorted(owner, np.arange(len(problem) + 1))
    table = np.full((len(problem), max(1, int(np.diff(first).max(initial=0)))), -1, dtype=np.int64)
    table[owner, np.arange(len(owner)) - first[owner]] = np.arange(len(owner))
    return table


def is_plain(problem: Problem) -> bool:
    """Whether nothing but limits hold: then going down the order needs no other rule."""
    return not (problem.exclusive or problem.dependencies or problem.max_jump is not None)


def walk(
    room: Room,
    orders: Ints,
    eligible: Bools,
    required: Bools,
    at_miss: AtMiss = "skip",
    levels: Sequence[int] | None = (0,),
    start: Ints | None = None,
    least: Sequence[Least] = (),
) -> Ints:
    """Return the offer of each result in each draw, shape (d, n), -1 for none.

    Parameters
    ----------
    room
        The limits and what the offers use of them.
    orders
        Shape (d, m): the places of results, best first; those that are left out get nothing.
    eligible
        Shape (d, n): who may be funded in each draw.
    required
        Shape (n,): who is funded before anyone else, whatever the limits leave.
    at_miss
        ``skip``: a result that does not fit is passed over, and a cheaper one below it may be
        funded. ``stop``: a limit that stopped a better result pays no worse one.
    levels
        Which of a result's offers are tried, dearest first; the first alone unless told. None
        tries all.
    start
        Shape (d, n): offers given already; they are kept, and the rest is filled up.
    least
        Least amounts, served first, one after the other, down the order until each is reached
        (:func:`least_of`).
    """
    down = _Down(room, eligible, levels, start)
    for i in np.flatnonzero(required).tolist():
        down.require(i)
    for quota in least:
        down.serve(quota, orders)
    down.go_down(orders, at_miss)
    return down.choice


@dataclass(frozen=True, slots=True, eq=False)
class Least:
    """A least amount: its members (n,), what each offer adds to it (k,), and how much is wanted."""

    members: Bools
    adds: Ints
    wanted: int


def least_of(problem: Problem) -> tuple[Least, ...]:
    """Return the least amounts of a problem, in the order in which they are served."""
    total, owner = problem.total_cost, problem.owner
    served = []
    for limit in problem.limits:
        if not limit.least:
            continue
        money = total if limit.stage is None else problem.cost[:, limit.stage]
        adds = np.ones(len(owner), dtype=np.int64) if limit.counts == "awards" else money
        served.append(Least(limit.members, np.where(limit.members[owner], adds, 0), limit.least))
    return tuple(served)


# After so many places the draws are let go in which nothing is left that any offer would fit.
_LOOK_AGAIN = 16


class _Down:
    """Draws on their way down their orders: what each gave, and what its limits have left."""

    def __init__(
        self, room: Room, eligible: Bools, levels: Sequence[int] | None, start: Ints | None
    ) -> None:
        draws, n = eligible.shape
        self.room, self.eligible = room, eligible
        self.offers = room.offers if levels is None else room.offers[:, list(levels)]
        self.choice = np.full((draws, n), -1, dtype=np.int64) if start is None else start.copy()
        # The last column is what padding uses: nothing.
        self.left = np.tile(np.append(room.most, 0), (draws, 1))
        across = np.arange(draws)[:, None]
        for i in np.flatnonzero((self.choice >= 0).any(axis=0)).tolist():
            given = self.choice[:, i]
            self.left[across, room.columns[given]] -= room.amounts[given]
        self.everyone, self.cheapest = self._of_everyone()

    def _of_everyone(self) -> tuple[Ints, Ints]:
        """Return the limits that every offer uses, and the least that any uses of each."""
        room, offers = self.room, len(self.room.columns) - 1
        if not offers:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        column, amount = room.columns[:-1].ravel(), room.amounts[:-1].ravel()
        used = amount > 0
        count = np.bincount(column[used], minlength=len(room.most) + 1)[:-1]
        lowest = np.full(len(room.most) + 1, np.iinfo(np.int64).max)
        np.minimum.at(lowest, column[used], amount[used])
        everyone = np.flatnonzero(count == offers)
        return everyone, lowest[everyone]

    def alive(self, rows: Ints) -> Ints:
        """Return those of some draws in which the cheapest offer may still fit."""
        left = self.left[rows[:, None], self.everyone]
        kept: Ints = rows[(left >= self.cheapest).all(axis=1)]
        return kept

    def require(self, i: int) -> None:
        """Give a result its full offer in every draw, whatever the limits leave."""
        first = self.room.offers[i, 0]
        new = np.flatnonzero(self.choice[:, i] < 0)
        self.choice[new, i] = first
        self.left[new[:, None], self.room.columns[first]] -= self.room.amounts[first]

    def give(self, rows: Ints, result: Ints) -> Ints:
        """Give results, one in each of some draws, what fits of their offers; return the offers."""
        room, left = self.room, self.left
        given = np.full(len(rows), -1, dtype=np.int64)
        missed = np.arange(len(rows))
        for level in range(self.offers.shape[1]):
            offer = self.offers[result[missed], level]
            needs, columns = room.amounts[offer], room.columns[offer]
            over = (needs > left[rows[missed, None], columns]) & (needs > 0)
            fits = (offer >= 0) & ~over.any(axis=1)
            got = missed[fits]
            given[got] = offer[fits]
            left[rows[got, None], columns[fits]] -= needs[fits]
            missed = missed[~fits]
            if not len(missed):
                break
        have = given >= 0
        self.choice[rows[have], result[have]] = given[have]
        return given

    def wants(self, rows: Ints, result: Ints) -> Bools:
        """Return in which of some draws a result may be funded and has nothing."""
        able: Bools = self.eligible[rows, result] & (self.choice[rows, result] < 0)
        return able

    def serve(self, quota: Least, orders: Ints) -> None:
        """Go down the members of a least amount in every draw until it is reached."""
        have = np.where(self.choice >= 0, quota.adds[np.maximum(self.choice, 0)], 0)
        reached = have.sum(axis=1) if len(quota.adds) else np.zeros(len(orders), dtype=np.int64)
        inside = quota.members[orders]
        count = int(inside.sum(axis=1).max(initial=0))
        # The members first, each draw's in its own order.
        members = np.take_along_axis(
            orders, np.argsort(~inside, axis=1, kind="stable")[:, :count], axis=1
        )
        first = self.offers[:, 0]
        rows = np.flatnonzero(reached < quota.wanted)
        for place in range(count):
            if not place % _LOOK_AGAIN:
                rows = self.alive(rows)
            rows = rows[reached[rows] < quota.wanted]
            if not len(rows):
                return
            result = members[rows, place]
            asks = self.wants(rows, result) & quota.members[result] & (first[result] >= 0)
            asks &= quota.adds[np.maximum(first[result], 0)] > 0
            given = self.give(rows[asks], result[asks])
            reached[rows[asks]] += np.where(given >= 0, quota.adds[np.maximum(given, 0)], 0)

    def go_down(self, orders: Ints, at_miss: AtMiss) -> None:
        """Go down the whole order in every draw."""
        rows = np.arange(len(orders))
        for place in range(orders.shape[1]):
            if not place % _LOOK_AGAIN:
                rows = self.alive(rows)
                if not len(rows):
                    return
            result = orders[rows, place]
            asks = self.wants(rows, result)
            some, theirs = rows[asks], result[asks]
            if not len(some):
                continue
            if at_miss == "stop":  # a lesser level at the line closes it too
                full = self.offers[theirs, 0]
                needs, columns = self.room.amounts[full], self.room.columns[full]
                over = (needs > self.left[some[:, None], columns]) & (needs > 0)
            self.give(some, theirs)
            if at_miss == "stop":
                row, slot = np.nonzero(over)
                self.left[some[row], columns[row, slot]] = -1
