"""Sums, means and windows over groups of values that stand one behind the other, without a loop.

All measures of many results are worked out at once: values are sorted by group, and ``starts`` says
where each group begins. Group g is ``values[starts[g] : starts[g + 1]]``; a group may be empty.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """An estimate of each group with its bounds; shape (g,) each, nan where not assessable.

    ``low`` and ``high`` are one-sided bounds at the same confidence; together they are a two-sided
    interval: two one-sided bounds of 95 % are an interval of 90 %.
    """

    value: Floats
    low: Floats
    high: Floats


def exact(value: Floats) -> Estimate:
    """Return a figure that has no bounds as an estimate: it is its own bounds."""
    return Estimate(value, value, value)


def counts(starts: Ints) -> Ints:
    """Return how many values each group has, shape (g,)."""
    return np.diff(starts)


def group_of(starts: Ints) -> Ints:
    """Return the group of each value, shape (n,)."""
    return np.repeat(np.arange(len(starts) - 1), np.diff(starts))


def place_in_group(starts: Ints) -> Ints:
    """Return the place of each value in its group, from 0, shape (n,)."""
    return np.arange(int(starts[-1])) - np.repeat(starts[:-1], np.diff(starts))


def starts_of(groups: Ints, count: int) -> Ints:
    """Return where each of ``count`` groups begins, from the sorted group of each value."""
    return np.searchsorted(groups, np.arange(count + 1)).astype(np.int64)


def total(values: Floats | Bools, starts: Ints) -> Floats:
    """Return the sum of each group, 0 where it is empty."""
    out = np.zeros(len(starts) - 1)
    some = np.diff(starts) > 0
    if some.any():
        out[some] = np.add.reduceat(values.astype(np.float64, copy=False), starts[:-1][some])
    return out


def mean(values: Floats, starts: Ints) -> Floats:
    """Return the mean of each group, nan where it is empty."""
    n = np.diff(starts)
    return np.where(n > 0, total(values, starts) / np.maximum(n, 1), np.nan)


def squares(values: Floats, starts: Ints) -> Floats:
    """Return the sum of squared deviations from the mean of each group, in two passes."""
    centre = np.repeat(mean(values, starts), np.diff(starts))
    return total((values - centre) ** 2, starts)


def deviation(values: Floats, starts: Ints) -> Floats:
    """Return the standard deviation (n - 1) of each group, nan where it has fewer than 2 values.

    Values that are all the same have a deviation of exactly 0.
    """
    n = np.diff(starts)
    root = np.sqrt(squares(values, starts) / np.maximum(n - 1, 1))
    same = least(values, starts) == greatest(values, starts)
    return np.where(n > 1, np.where(same, 0.0, root), np.nan)


def least(values: Floats, starts: Ints) -> Floats:
    """Return the least value of each group, nan where it is empty."""
    return _reduced(np.minimum, values, starts)


def greatest(values: Floats, starts: Ints) -> Floats:
    """Return the greatest value of each group, nan where it is empty."""
    return _reduced(np.maximum, values, starts)


def _reduced(function: Any, values: Floats, starts: Ints) -> Floats:
    out = np.full(len(starts) - 1, np.nan)
    some = np.diff(starts) > 0
    if some.any():
        out[some] = function.reduceat(values, starts[:-1][some])
    return out


def rolling(flags: Bools, starts: Ints, width: int) -> Ints:
    """Return how many of the last ``width`` values of the same group are flagged, shape (n,).

    It is 0 where the group does not have so many values yet.
    """
    sums = np.concatenate([[0], np.cumsum(flags, dtype=np.int64)])
    ends = np.arange(1, len(flags) + 1)
    enough = place_in_group(starts) >= width - 1
    return np.where(enough, sums[ends] - sums[np.maximum(ends - width, 0)], 0)


def steps(values: Floats, starts: Ints) -> tuple[Floats, Ints]:
    """Return the differences of consecutive values within groups, and where each group begins."""
    inside = place_in_group(starts) > 0
    differences = np.diff(values, prepend=values[:1])[inside]
    n = np.maximum(np.diff(starts) - 1, 0)
    return differences, np.concatenate([[0], np.cumsum(n)])


def equal_sizes(starts: Ints) -> list[tuple[int, Ints]]:
    """Return the groups of each size, for work on one matrix (groups, size) at a time."""
    n = np.diff(starts)
    return [(int(size), np.flatnonzero(n == size)) for size in np.unique(n)]


def matrix(values: Floats, starts: Ints, groups: Ints, size: int) -> Floats:
    """Return the values of groups of one size as rows, shape (len(groups), size)."""
    return np.asarray(values[starts[:-1][groups][:, None] + np.arange(size)])


def least_known(values: Floats, starts: Ints) -> Floats:
    """Return the least value of each group, nan being none; nan where there is none."""
    return _reduced(np.fmin, values, starts)


def greatest_known(values: Floats, starts: Ints) -> Floats:
    """Return the greatest value of each group, nan being none; nan where there is none."""
    return _reduced(np.fmax, values, starts)


def spread(values: Any, starts: Ints) -> Any:
    """Return for each member the value of its group, shape (n,)."""
    return np.repeat(values, np.diff(starts))


def ordered(values: Floats, starts: Ints) -> Floats:
    """Return the values sorted within each group, shape (n,)."""
    out = np.empty_like(values)
    for size, groups in equal_sizes(starts):
        places = starts[:-1][groups][:, None] + np.arange(size)
        out[places] = np.sort(values[places], axis=1)
    return out
