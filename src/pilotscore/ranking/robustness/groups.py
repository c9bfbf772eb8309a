"""Groups of results that cannot be told apart, and the chance that one is before another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.ranking.robustness.acceptability import DECIMALS
from pilotscore.records import dataclass

# The chance of being ahead from which two results are told apart.
SURE = 0.9
_CELLS = 64_000  # keys compared at once


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


def ahead(keys: Floats, others: Floats) -> Floats:
    """Return the share of draws in which keys are greater than others; ties count half.

    Shapes (n, q) and (n, q) or (q,); the shares have shape (n,).
    """
    gap = np.rint((keys - others) * 10.0**DECIMALS)
    draws = gap.shape[-1]
    wins, ties = (np.count_nonzero(x, axis=-1) / draws for x in (gap > 0, gap == 0))
    return np.asarray(wins + 0.5 * ties)


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
    draws = sum(part.shape[1] for part in keys)
    step = max(1, _CELLS // max(draws, 1))

    def of(some: slice) -> Floats:
        return np.concatenate([part[some] for part in keys], axis=1)

    for start in range(0, n - 1, step):
        mine = of(slice(start, start + step + 1))
        next_one[start : start + step][: len(mine) - 1] = ahead(mine[:-1], mine[1:])
    leader, i, some = 0, 1, 1
    while i < n:
        # As many as look to be in the group, twice as many each time, up to what fits a cache.
        end = min(i + some, n)
        chances = ahead(of(slice(leader, leader + 1)), of(slice(i, end)))
        apart = np.flatnonzero(chances >= SURE)
        stop = i + int(apart[0]) if len(apart) else end
        number[i:stop] = number[leader]
        overlap[i:stop] = (low[i:stop] <= high[leader]) & (low[leader] <= high[i:stop])
        i, some = stop, min(2 * some, step)
        if len(apart):
            number[stop] = number[leader] + 1
            leader, i, some = stop, stop + 1, 1
    return Groups(number, next_one, overlap, draws)
