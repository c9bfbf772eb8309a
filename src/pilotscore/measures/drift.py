"""Drift of many groups at once: Theil-Sen slope, Mann-Kendall test, what neighbours share."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.measures import grouped
from pilotscore.measures.grouped import Estimate
from pilotscore.records import dataclass

FEWEST = 3  # values of which a slope is taken
LONGEST = 1000  # points of which all pairs are taken
_PAIRS = 200_000  # at a time: they stay in a processor's cache


@dataclass(frozen=True, slots=True, eq=False)
class Drift:
    """Drift of each group, shape (g,) each; nan where not assessable.

    Attributes
    ----------
    slope
        Theil-Sen slope in units of the values per unit of x, with one-sided bounds; nan with fewer
        than 3 values or one x only; a bound is infinite where so few values give none (3 at 95 %).
    s
        Mann-Kendall's S: pairs that rise less pairs that fall.
    variance
        Variance of S without drift, less what ties take off; 0 if all values are the same.
    z, p
        S over its standard deviation, with the correction for continuity, and the two-sided p of
        it, in (0, 1]; nan for values that are all the same.
    tau
        Kendall's tau-b, in -1 to 1; nan for values that are all the same.
    r1
        Correlation of neighbours once the slope is taken off, in -1 to 1 (:func:`lag_one`).
    correlated
        Whether ``r1`` is above 1.96 / sqrt(n), the bound of white noise: then ``p`` is too small
        and the bounds of the slope are too narrow. That is told, not corrected. White noise is
        above it in at most 2.5 % of groups (measured 0.0 % of groups of 10 and 0.7 % of 30, as
        taking off the slope lowers r1): few values seldom show a correlation that is there.
    thinned
        Whether the group has more than 1,000 values, and means of consecutive blocks were taken.
    """

    slope: Estimate
    s: Floats
    variance: Floats
    z: Floats
    p: Floats
    tau: Floats
    r1: Floats
    correlated: Bools
    thinned: Bools


def drift(values: Floats, x: Floats, starts: Ints, confidence: float = 0.95) -> Drift:
    """Return the drift of each group: slope, test of monotonic trend, correlation of neighbours.

    The slope is the median of the slopes of all pairs of different x (Theil 1950; P. K. Sen,
    Estimates of the regression coefficient based on Kendall's tau, JASA 63, 1968, 1379-1389), its
    bounds the slopes at the ranks by his equation 2.6, as scipy.stats.theilslopes has them; two
    one-sided bounds of 95 % are its interval of 90 %. They hold for any continuous distribution;
    each covers what it says but for the steps of the ranks (docs/method.md has how often).

    The test is that of Mann (1945) and Kendall: S, its variance (n (n - 1) (2 n + 5) - sum of t (t
    - 1) (2 t + 5) over ties t) / 18 and z = (S - sign S) / sqrt(variance); with ties in x too,
    Kendall's longer variance. The normal distribution of z is an approximation below 10 values or
    so.

    A group of more than 1,000 values is taken as 1,000 means of consecutive blocks, so that time
    and memory stay bounded; x need not be equally spaced.

    Parameters
    ----------
    values, x
        Shape (n,), finite; in each group in the order of x, which ``r1`` takes for neighbours.
    starts
        Where each group begins, shape (g + 1,).
    confidence
        Of each bound of the slope, 0.5 to 1.
    """
    from scipy.special import ndtr, ndtri

    thinned = grouped.counts(starts) > LONGEST
    y, x, starts = _thinned(values, x, starts)
    n = grouped.counts(starts)
    in_y, in_x = _ties(y, starts), _ties(x, starts)
    whole = n * (n - 1) * (2 * n + 5)
    variance = (whole - in_y[2] - in_x[2]) / 18
    # Ties in x and y together can take off more than there is.
    width = ndtri(confidence) * np.sqrt(np.maximum(variance, 0))
    slope, s = _all_pairs(y, x, starts, width)

    safe = np.maximum(n, 3)
    both = in_y[0] * in_x[0] / (2 * safe * (safe - 1))
    triples = in_y[1] * in_x[1] / (9 * safe * (safe - 1) * (safe - 2))
    pairs = n * (n - 1)
    varied = ~np.isnan(slope.value) & (in_y[0] < pairs)
    variance = np.where(varied, variance + both + triples, np.where(np.isnan(s), np.nan, 0.0))
    z = np.where(varied, (s - np.sign(s)) / np.sqrt(np.where(varied, variance, 1)), np.nan)
    untied = np.where(varied, (pairs - in_y[0]) * (pairs - in_x[0]), 1)
    line = np.repeat(slope.value, n) * x
    rest = y - line
    rounding = np.abs(rest) <= 1e-12 * (np.abs(y) + np.abs(line))
    r1 = lag_one(np.where(rounding, 0.0, rest), starts)
    return Drift(
        slope=slope,
        s=s,
        variance=variance,
        z=z,
        p=2 * ndtr(-np.abs(z)),
        tau=np.where(varied, 2 * s / np.sqrt(untied), np.nan),
        r1=r1,
        correlated=r1 > ndtri(0.975) / np.sqrt(np.maximum(n, 1)),
        thinned=thinned,
    )


def drift_percent(trend: Drift, values: Floats, starts: Ints) -> Estimate:
    """Return the size of each drift, in percent of the mean per 100 units of x, shape (g,) each.

    100 |slope| 100 / |mean|; 0 and above. The low bound is 0 where the bounds of the slope lie on
    both sides of 0, else the nearer of them; the high bound is the farther. Each is one-sided at
    the confidence of the slope or safer. The mean is taken as exact. nan where there is no slope or
    the mean is 0.
    """
    mean = np.abs(grouped.mean(values, starts))
    factor = 100 * 100 / np.where(mean > 0, mean, np.nan)
    low, high = trend.slope.low, trend.slope.high
    away = (low > 0) | (high < 0)
    nearer = np.minimum(np.abs(low), np.abs(high))
    none = np.where(np.isnan(trend.slope.value), np.nan, 0.0)
    return Estimate(
        value=factor * np.abs(trend.slope.value),
        low=factor * np.where(away, nearer, none),
        high=factor * np.maximum(np.abs(low), np.abs(high)),
    )


def lag_one(values: Floats, starts: Ints) -> Floats:
    """Return the correlation of each value with the one before it, shape (g,), -1 to 1.

    r1 = sum (y_i - m)(y_{i+1} - m) / sum (y_i - m)^2 with the mean m of the group, the usual
    estimate (from general knowledge). nan with fewer than 3 values or values that are all the same.
    """
    n = grouped.counts(starts)
    off = values - np.repeat(grouped.mean(values, starts), n)
    inside = grouped.place_in_group(starts) > 0
    before = np.concatenate([[0.0], off[:-1]])[: len(off)]
    shared = grouped.total(np.where(inside, off * before, 0.0), starts)
    whole = grouped.squares(values, starts)
    # What is left of values on one line is rounding, and says nothing of its neighbours.
    scale = np.nan_to_num(np.maximum(*(np.abs(f(values, starts)) for f in _EXTREMES)))
    varied = (n >= FEWEST) & (whole > n * (1e-12 * scale) ** 2)
    return np.where(varied, shared / np.where(varied, whole, 1.0), np.nan)


_EXTREMES = (grouped.least, grouped.greatest)


def _thinned(values: Floats, x: Floats, starts: Ints) -> tuple[Floats, Floats, Ints]:
    """Return values and x with long groups as means of :data:`LONGEST` blocks, and their starts."""
    n = grouped.counts(starts)
    if not (n > LONGEST).any():
        return values, x, starts
    place = grouped.place_in_group(starts)
    blocks = place * np.repeat(np.minimum(n, LONGEST), n) // np.repeat(n, n)
    first = (place == 0) | (np.diff(blocks, prepend=-1) != 0)
    begins = np.append(np.flatnonzero(first), len(values))
    kept = np.concatenate([[0], np.cumsum(np.minimum(n, LONGEST))])
    return grouped.mean(values, begins), grouped.mean(x, begins), kept


def _ties(values: Floats, starts: Ints) -> tuple[Floats, Floats, Floats]:
    """Return the sums of t(t-1), t(t-1)(t-2) and t(t-1)(2t+5) over the runs of t equal values."""
    of = grouped.group_of(starts)
    ordered = _sorted_inside(values, starts)
    first = np.ones(len(values), dtype=np.bool_)
    first[1:] = (np.diff(ordered) != 0) | (np.diff(of) != 0)
    begins = np.flatnonzero(first)
    t = np.diff(np.append(begins, len(values))).astype(np.float64)
    runs = grouped.starts_of(of[begins], len(starts) - 1)
    sums = (t * (t - 1), t * (t - 1) * (t - 2), t * (t - 1) * (2 * t + 5))
    return grouped.total(sums[0], runs), grouped.total(sums[1], runs), grouped.total(sums[2], runs)


def _sorted_inside(values: Floats, starts: Ints) -> Floats:
    """Return the values of each group from the least to the greatest."""
    ordered = np.empty_like(values)
    for size, groups in grouped.equal_sizes(starts):
        rows = grouped.matrix(values, starts, groups, size)
        ordered[starts[groups][:, None] + np.arange(size)] = np.sort(rows, axis=1)
    return ordered


def _all_pairs(y: Floats, x: Floats, starts: Ints, width: Floats) -> tuple[Estimate, Floats]:
    """Return the slope with its bounds, ``width`` ranks apart, and S of each group."""
    out = np.full((4, len(starts) - 1), np.nan)
    for size, groups in grouped.equal_sizes(starts):
        if size < FEWEST:
            continue
        rows = max(1, _PAIRS // (size * (size - 1) // 2))
        for start in range(0, len(groups), rows):
            some = groups[start : start + rows]
            dy = _differences(grouped.matrix(y, starts, some, size))
            xs = grouped.matrix(x, starts, some, size)
            alike = bool((xs == xs[0]).all())  # as where batches are counted from 1 on
            dx = _differences(xs[:1] if alike else xs)
            out[3, some] = _rises(dy, dx)
            out[:3, some] = _ranked(dy, dx, width[some])
    assessed = ~np.isnan(out[0])
    slope = Estimate(value=out[0], low=out[1], high=out[2])
    return slope, np.where(assessed, out[3], np.nan)


def _differences(values: Floats) -> Floats:
    """Return each value of a row less each one before it, shape (rows, pairs): neighbours first."""
    size = values.shape[1]
    out = np.empty((len(values), size * (size - 1) // 2))
    begin = 0
    for lag in range(1, size):
        end = begin + size - lag
        np.subtract(values[:, lag:], values[:, :-lag], out=out[:, begin:end])
        begin = end
    return out


def _rises(dy: Floats, dx: Floats) -> Floats:
    """Return S of each row of pairs, shape (rows,): those that rise with x less those that fall."""
    if (dx > 0).all():
        # Row by row, as a row of truth values is counted at once.
        up, down = (list(map(np.count_nonzero, x)) for x in (dy > 0, dy < 0))
        return np.array(up, dtype=np.float64) - np.array(down, dtype=np.float64)
    return np.asarray((np.sign(dy) * np.sign(dx)).sum(axis=1))


def _ranked(dy: Floats, dx: Floats, width: Floats) -> Floats:
    """Return median, low and high slope of each row of pairs, shape (3, rows).

    ``dx`` has one row where it is the same for all. ``dy`` is not what it was afterwards.
    """
    apart = dx != 0
    slopes = dy
    if apart.all():
        slopes /= dx
    else:
        slopes = np.full(dy.shape, np.inf)  # pairs of one x go last
        np.divide(dy, dx, out=slopes, where=apart)
    count = np.broadcast_to(apart.sum(axis=1), len(dy))
    last = np.maximum(count - 1, 0)
    low = np.rint((count - width) / 2).astype(np.int64) - 1
    high = np.rint((count + width) / 2).astype(np.int64)
    ranks = np.stack([last // 2, count // 2, np.clip(low, 0, last), np.clip(high, 0, last)])
    ranks = np.minimum(ranks, last)
    slopes.sort(axis=1)  # a quarter of the time of parting at four ranks, since it is vectorised
    lower, upper, at_low, at_high = np.take_along_axis(slopes, ranks.T, axis=1).T
    slope = np.stack(
        [
            (lower + upper) / 2,
            np.where(low < 0, -np.inf, at_low),
            np.where(high > last, np.inf, at_high),
        ]
    )
    return np.where(count > 0, slope, np.nan)
