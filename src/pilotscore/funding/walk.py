"""Going down many orders at once, giving each result what the limits still leave.

One rank order is a short loop; a thousand draws of scores are a thousand orders. Here the loop is
over the places of the order, and all draws take a step at once, so that 2,000 results in 1,000
draws take seconds. Exact in whole fen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pilotscore.funding.problem import Problem

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

AtMiss = Literal["skip", "stop"]


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """What the offers use of the limits that have a greatest amount.

    ``use`` has shape (k, c), ``most`` shape (c,), ``places`` shape (c,): which limits of the
    problem they are. ``offers`` has shape (n, m): the offers of each result, dearest first, -1
    where it has fewer than m.
    """

    use: Ints
    most: Ints
    places: Ints
    offers: Ints


def room_of(problem: Problem) -> Room:
    """Return what each offer uses of each limit."""
    import numpy as np

    places = [c for c, limit in enumerate(problem.limits) if limit.most is not None]
    total = problem.total_cost
    use = np.zeros((len(problem.owner), len(places)), dtype=np.int64)
    for column, place in enumerate(places):
        limit = problem.limits[place]
        if limit.counts == "awards":
            amount = np.ones(len(problem.owner), dtype=np.int64)
        else:
            amount = total if limit.stage is None else problem.cost[:, limit.stage]
        use[:, column] = np.where(limit.members[problem.owner], amount, 0)
    most = np.array([problem.limits[place].most for place in places], dtype=np.int64)
    return Room(use, most, np.array(places, dtype=np.int64), offers_of(problem))


def offers_of(problem: Problem) -> Ints:
    """Return the offers of each result, shape (n, m), dearest first, -1 where there are fewer."""
    import numpy as np

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
        Shape (d, n): the places of the results, best first.
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
    import numpy as np

    draws, n = orders.shape
    rows = np.arange(draws)
    offers = room.offers if levels is None else room.offers[:, list(levels)]
    choice = np.full((draws, n), -1, dtype=np.int64) if start is None else start.copy()
    # A row of zeros behind the last offer is what -1, no offer, uses.
    use = np.vstack([room.use, np.zeros((1, room.use.shape[1]), dtype=np.int64)])
    left = np.tile(room.most, (draws, 1))
    for i in np.flatnonzero((choice >= 0).any(axis=0)).tolist():
        left -= use[choice[:, i]]
    for i in np.flatnonzero(required).tolist():
        new = choice[:, i] < 0
        choice[new, i] = room.offers[i, 0]
        left[new] -= use[room.offers[i, 0]]
    for place in range(n):
        result = orders[:, place]
        wants = eligible[rows, result] & (choice[rows, result] < 0)
        if not wants.any():
            continue
        missed = wants.copy()
        for column in range(offers.shape[1]):
            offer = offers[result, column]
            asked = use[offer]
            over = (asked > left) & (asked > 0)
            fits = missed & (offer >= 0) & ~over.any(axis=1)
            choice[rows[fits], result[fits]] = offer[fits]
            left[fits] -= asked[fits]
            missed &= ~fits
            if column == 0:
                stopped_by = over
        if at_miss == "stop":  # a lesser level at the line closes it too
            left[wants[:, None] & stopped_by] = -1
    return choice
