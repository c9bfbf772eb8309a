"""Groups of results that cannot be told apart, and the chance that one is before another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.records import dataclass

# The chance of being ahead from which two results are told apart.
SURE = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Groups, in the order of the ranking.

    ``number`` has shape (n,), from 1: a group goes on as long as its first result is not ahead with
    a chance of 90 %. ``ahead`` (n,) is the chance that a result is ahead of the one after it in the
    ranking (nan for the last). Ties count half. ``overlap`` (n,) is whether the 90 % interval
    overlaps that of the first of its group.
    """

    number: Ints
    ahead: Floats
    overlap: Bools
    draws: int


def ahead(keys: Floats, other: Floats) -> float:
    """Return the share of draws in which one key is greater than another; ties count half."""
    gap = np.round(keys - other, 9)
    return float((gap > 0).mean() + 0.5 * (gap == 0).mean())


def tell_apart(keys: Sequence[Floats], low: Ints, high: Ints) -> Groups:
    """Group the results of a ranking.

    Parameters
    ----------
    keys
        What they are ranked by in each draw, the greatest first: shape (n, q) each, for some draws
        each, in the order of the ranking.
    low, high
        Their 90 % intervals of ranks, shape (n,).
    """
    n = len(low)
    number = np.ones(n, dtype=np.int64)
    next_one = np.full(n, np.nan)
    overlap = np.ones(n, dtype=bool)

    def of(i: int) -> Floats:
        return np.concatenate([part[i] for part in keys])

    leader, first = 0, of(0)
    before = first
    for i in range(1, n):
        mine = of(i)
        next_one[i - 1] = ahead(before, mine)
        chance = next_one[i - 1] if leader == i - 1 else ahead(first, mine)
        before = mine
        if chance >= SURE:
            leader, first = i, mine
            number[i] = number[i - 1] + 1
            continue
        number[i] = number[i - 1]
        overlap[i] = bool(low[i] <= high[leader] and low[leader] <= high[i])
    return Groups(number, next_one, overlap, len(before))
