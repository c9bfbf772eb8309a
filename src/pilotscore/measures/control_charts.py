"""Shewhart control charts of many groups at once: points, centres, limits, sigma within batches.

Values are sorted by group and batch: batch i is ``values[batch_starts[i] : batch_starts[i + 1]]``,
group g has the batches ``group_starts[g] : group_starts[g + 1]``, in the order of production.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.measures import chart_constants, grouped
from pilotscore.records import dataclass


class ChartKind(IntEnum):
    """Which pair of charts a group has, by the shape of its data."""

    I_MR = 0
    """Every batch has one value: individual values and moving ranges of two."""
    XBAR_R = 1
    """All batches have the same number of values, 2 to 8: means and ranges."""
    XBAR_S = 2
    """Anything else: means and standard deviations, with limits by the size of each batch."""


LARGEST_RANGE = 8  # the range of a larger sample wastes too much of what it tells


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """The control charts of all groups; g groups with b batches together.

    Attributes
    ----------
    kind
        :class:`ChartKind` of each group, shape (g,).
    starts
        Where the points of each group begin, shape (g + 1,).
    points
        Mean of each batch, shape (b,), in the unit of the values; so is all below but ``freedom``.
    centre
        Centre line of each group: the mean of all its values, shape (g,); nan where it has none.
    sigma
        Standard deviation of each point by ``sigma_within``, shape (b,).
    lower, upper
        Limits of each point, three sigma off the centre, shape (b,).
    spread
        Moving range, range or standard deviation of each batch, shape (b,); nan for the first
        moving range of a group and for a batch of one value on an S chart.
    spread_centre, spread_lower, spread_upper
        Centre line and limits of each spread, shape (b,); nan where ``spread`` has no meaning, but
        for the first moving range, whose lines are those of the others.
    sigma_within
        Unbiased estimate of the standard deviation within batches (of the short term, for single
        values), shape (g,); nan where nothing tells it.
    freedom
        Its effective degrees of freedom, shape (g,). For bounds by the chi-square distribution take
        ``c4(freedom + 1) * sigma_within``, which is what a root-mean-square deviation with as many
        degrees of freedom would be.
    """

    kind: Ints
    starts: Ints
    points: Floats
    centre: Floats
    sigma: Floats
    lower: Floats
    upper: Floats
    spread: Floats
    spread_centre: Floats
    spread_lower: Floats
    spread_upper: Floats
    sigma_within: Floats
    freedom: Floats

    @property
    def centres(self) -> Floats:
        """The centre line at each point, shape (b,)."""
        return np.repeat(self.centre, np.diff(self.starts))


def charts(values: Floats, batch_starts: Ints, group_starts: Ints) -> Chart:
    """Return the control charts of all groups.

    Limits are three sigma, with exact constants (:mod:`chart_constants`): mean +- 3 MRbar / d2(2)
    and D4(2) MRbar; mean +- A2 Rbar and D3, D4 Rbar; mean +- A3 Sbar and B3, B4 Sbar (NIST/SEMATECH
    e-Handbook 6.3.2, as others quote it; R's qcc). Batches of different sizes have limits by their
    size, and sigma is the unbiased linear estimate of the least variance, sum(f s / c4) / sum(f)
    with f = c4^2 / (1 - c4^2) (Burr 1969, as SAS/QC states it under SMETHOD=MVLUE); with one size
    this is Sbar / c4. Batches of one value add nothing to it.

    Degrees of freedom are those of :func:`chart_constants.freedom` at the variance of the estimate.
    For moving ranges this counts the correlation of neighbours, about 0.6 (n - 1) (Wheeler's rule
    says 0.62 (n - 1)); for ranges about 0.9 k (n - 1), for standard deviations a little under k (n
    - 1), with k batches of n. One-sided bounds of 95 % of sigma made with them cover it in 94.6 to
    96.3 % of simulated groups of 5 single values and in 94.8 to 95.4 % from 30 on or with ranges.

    Limits of means come from the variation within batches alone. Where batches differ from each
    other by nature, most means lie outside: that is what the chart says, and not a fault of it.

    Parameters
    ----------
    values
        Shape (n,), finite.
    batch_starts
        Where each batch begins in ``values``, shape (b + 1,); a batch has one value or more.
    group_starts
        Where each group begins in the batches, shape (g + 1,); a group may be empty.
    """
    sizes = np.diff(batch_starts)
    of = grouped.group_of(group_starts)
    kind = _kinds(sizes, group_starts)
    kinds = kind[of]
    points = _exact_mean(values, batch_starts)
    spread = np.select(
        [kinds == ChartKind.I_MR, kinds == ChartKind.XBAR_R],
        [_moving_ranges(points, group_starts), _ranges(values, batch_starts)],
        grouped.deviation(values, batch_starts),
    )
    # A moving range is the range of two values.
    lines = _Lines.of(np.where(kinds == ChartKind.I_MR, 2, sizes), kinds == ChartKind.XBAR_S)
    unit, variance = lines.unit, lines.variance
    known = ~np.isnan(spread) & ~np.isnan(unit)
    weight = np.where(known, 1 / variance, 0.0)
    weights = grouped.total(weight, group_starts)
    some = weights > 0
    safe = np.where(some, weights, 1.0)
    estimates = np.where(known, spread / unit, 0.0)
    within = np.where(some, grouped.total(weight * estimates, group_starts) / safe, np.nan)
    moving = grouped.counts(group_starts) - 1
    relative = np.where(kind == ChartKind.I_MR, _moving_variance(moving), 1 / safe)

    centre = _exact_mean(values, batch_starts[group_starts])
    sigma = within[of] / np.sqrt(np.maximum(sizes, 1))
    middle = unit * within[of]
    return Chart(
        kind=kind,
        starts=group_starts,
        points=points,
        centre=centre,
        sigma=sigma,
        lower=centre[of] - 3 * sigma,
        upper=centre[of] + 3 * sigma,
        spread=spread,
        spread_centre=middle,
        spread_lower=middle * lines.lower,
        spread_upper=middle * lines.upper,
        sigma_within=within,
        freedom=chart_constants.freedom(np.where(some, relative, np.nan)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """What a spread is of sigma on average, its relative variance, and the factors of its limits.

    Shape (b,) each.
    """

    unit: Floats
    variance: Floats
    lower: Floats
    upper: Floats

    @classmethod
    def of(cls, sizes: Ints, by_deviation: Bools) -> _Lines:
        """Return those of samples of these sizes, by their deviation or by their range.

        Worked out once for each size: there are few, and many batches.
        """
        c = chart_constants.constants(np.arange(sizes.max(initial=0) + 1))
        with np.errstate(invalid="ignore"):
            of_deviation, of_range = 1 / c.c4**2 - 1, (c.d3 / c.d2) ** 2
        at = sizes + len(c.d2) * by_deviation
        pairs = ((c.d2, c.c4), (of_range, of_deviation), (c.D3, c.B3), (c.D4, c.B4))
        return cls(*(np.concatenate(pair)[at] for pair in pairs))


def _kinds(sizes: Ints, group_starts: Ints) -> Ints:
    least = grouped.least(sizes.astype(np.float64), group_starts)
    most = grouped.greatest(sizes.astype(np.float64), group_starts)
    single = (least == 1) & (most == 1)
    small = (least == most) & (least >= 2) & (most <= LARGEST_RANGE)
    return np.select([single, small], [ChartKind.I_MR, ChartKind.XBAR_R], ChartKind.XBAR_S).astype(
        np.int64
    )


def _exact_mean(values: Floats, starts: Ints) -> Floats:
    """Return the mean, and of equal values the value itself: a constant lies on its centre line."""
    least = grouped.least(values, starts)
    same = least == grouped.greatest(values, starts)
    return np.where(same, least, grouped.mean(values, starts))


def _ranges(values: Floats, starts: Ints) -> Floats:
    return grouped.greatest(values, starts) - grouped.least(values, starts)


def _moving_ranges(points: Floats, starts: Ints) -> Floats:
    """Return the distance of each point from the one before it in its group; nan for the first."""
    ranges = np.abs(np.diff(points, prepend=np.nan))
    return np.where(grouped.place_in_group(starts) > 0, ranges, np.nan)


def _moving_variance(count: Ints) -> Floats:
    """Return the variance of the mean of ``count`` moving ranges over the square of its mean.

    Of normal values: (count v + 2 (count - 1) c) / count^2, where v = pi / 2 - 1 is the variance of
    one moving range and c = sqrt(3) / 2 + pi / 12 - 1 the covariance of neighbours, which share one
    value (E|X||Y| of two normal variables with the correlation -1/2); worked out, and simulated in
    the tests.
    """
    n = np.maximum(count, 1)
    own = np.pi / 2 - 1
    shared = np.sqrt(3) / 2 + np.pi / 12 - 1
    return np.asarray((n * own + 2 * (n - 1) * shared) / n**2)
