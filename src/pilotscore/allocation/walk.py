"""Going down many orders at once, giving each result what the limits still leave.

One rank order is a short loop; a thousand draws of scores are a thousand orders. Here the loop is
over the places of the order, and all draws take a step at once, so that 2,000 results in 1,000
draws take seconds. Exact in whole fen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from pilotscore.arrays import Bools, Ints

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
    """Whether nothing but greatest amounts hold: then going down the order needs no other rule."""
    return not (
        problem.exclusive
        or problem.dependencies
        or any(limit.least for limit in problem.limits)
        or problem.max_jump is not None
    )


def walk(
    room: Room,
    orders: Ints,
    eligible: Bools,
    required: Bools,
    at_miss: AtMiss = "skip",
    levels: Sequence[int] | None = (0,),
    start: Ints | None = None,
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
    """
    draws, n = eligible.shape
    rows = np.arange(draws)
    across = rows[:, None]
    offers = room.offers if levels is None else room.offers[:, list(levels)]
    choice = np.full((draws, n), -1, dtype=np.int64) if start is None else start.copy()
    left = np.tile(np.append(room.most, 0), (draws, 1))  # the last is what padding uses: nothing
    for i in np.flatnonzero((choice >= 0).any(axis=0)).tolist():
        left[across, room.columns[choice[:, i]]] -= room.amounts[choice[:, i]]
    for i in np.flatnonzero(required).tolist():
        new = choice[:, i] < 0
        first = room.offers[i, 0]
        choice[new, i] = first
        left[across[new], room.columns[first]] -= room.amounts[first]
    for place in range(orders.shape[1]):
        result = orders[:, place]
        wants = eligible[rows, result] & (choice[rows, result] < 0)
        if not wants.any():
            continue
        missed = wants.copy()
        for level in range(offers.shape[1]):
            offer = offers[result, level]
            needs, columns = room.amounts[offer], room.columns[offer]
            over = (needs > left[across, columns]) & (needs > 0)
            fits = missed & (offer >= 0) & ~over.any(axis=1)
            choice[rows[fits], result[fits]] = offer[fits]
            left[across[fits], columns[fits]] -= needs[fits]
            missed &= ~fits
            if level == 0:
                stopped = wants[:, None] & over
                stopped_at = columns
        if at_miss == "stop":  # a lesser level at the line closes it too
            row, slot = np.nonzero(stopped)
            left[row, stopped_at[row, slot]] = -1
    return choice
