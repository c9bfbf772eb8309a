"""How much a characteristic varies: deviation, relative to the mean, between and within batches."""

from __future__ import annotations

from typing import Any

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.measures import grouped
from pilotscore.measures.grouped import Estimate
from pilotscore.records import dataclass


def mean_interval(values: Floats, starts: Ints, confidence: float = 0.95) -> Estimate:
    """Return the mean of each group with one-sided bounds of Student's t, shape (g,) each.

    ``mean -+ t(confidence; n - 1) s / sqrt(n)``. Source: NIST/SEMATECH e-Handbook 1.3.5.2. Bounds
    are nan with fewer than 2 values.
    """
    from scipy.special import stdtrit

    n = grouped.counts(starts)
    mean, deviation = grouped.mean(values, starts), grouped.deviation(values, starts)
    half = stdtrit(np.maximum(n - 1, 1), confidence) * deviation / np.sqrt(np.maximum(n, 1))
    return Estimate(mean, mean - half, mean + half)


def rsd(values: Floats, starts: Ints, confidence: float = 0.95) -> Estimate:
    """Return the relative standard deviation of each group in percent, with bounds, (g,) each.

    ``100 s / |mean|``. Bounds by the modified McKay method, which allows for the mean being
    estimated too: ``K / sqrt(((u + 2) / n - 1) K^2 + u / (n - 1))`` with K the ratio and u the
    quantile of chi square with n - 1 degrees of freedom. Source: Vangel 1996, "Confidence intervals
    for a normal coefficient of variation", The American Statistician 50, 21-26 (the formula as in
    the docs of MBESS and of medcalc; the paper was not at hand).

    It is nan with fewer than 2 values, and where the mean is not clearly different from zero: where
    its t interval at this confidence holds 0. Ratios beyond what the upper bound can be solved for
    have an infinite one.

    Parameters
    ----------
    values, starts
        The values by group.
    confidence
        Of each one-sided bound.
    """
    from scipy.special import chdtri

    n = grouped.counts(starts)
    centre = mean_interval(values, starts, confidence)
    deviation = grouped.deviation(values, starts)
    clear = (centre.low > 0) | (centre.high < 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.where(clear, deviation / np.abs(centre.value), np.nan)
        freedom = np.where(n > 1, n - 1.0, np.nan)

        def bound(u: Floats) -> Floats:
            under = ((u + 2) / n - 1) * ratio**2 + u / freedom
            bounds = np.where(under > 0, ratio / np.sqrt(np.where(under > 0, under, 1.0)), np.inf)
            return np.where(np.isnan(ratio), np.nan, bounds)

        quantiles: list[Any] = [chdtri(freedom, q) for q in (1 - confidence, confidence)]
        low, high = (bound(u) for u in quantiles)
    return Estimate(100 * ratio, 100 * np.minimum(low, ratio), 100 * np.maximum(high, ratio))


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """Variance components of each group, shape (g,): standard deviations, and in % of the mean.

    ``truncated`` is where the estimate between batches was negative, and is given as 0. ``freedom``
    are the effective degrees of freedom of the total variance, ``size`` how many independent values
    the mean is worth: many samples of few batches are not many values. ``scale`` is the square root
    of the total variance over the deviation of all values, which few batches make too small.
    """

    between: Floats
    within: Floats
    between_rsd: Floats
    within_rsd: Floats
    truncated: Bools
    freedom: Floats
    size: Floats
    scale: Floats


def components(values: Floats, batch_starts: Ints, group_starts: Ints) -> Components:
    """Return the variance between and within the batches of each group.

    One-way analysis of variance with random effects: ``within^2 = MS within`` and ``between^2 = (MS
    between - MS within) / n0`` with ``n0 = (N - sum n_i^2 / N) / (k - 1)``, k batches of n_i
    samples. Source: Searle, Casella and McCulloch, Variance Components (1992), 3.6; Montgomery,
    Design and Analysis of Experiments, the random effects model (the loom example). Effective
    degrees of freedom of ``MS between / n0 + (1 - 1 / n0) MS within`` after Satterthwaite 1946, "An
    approximate distribution of estimates of variance components", Biometrics Bulletin 2, 110-114;
    how often bounds of Ppk with them hold is in docs/method.md.

    Parameters
    ----------
    values
        Samples, shape (N,), by group and batch.
    batch_starts
        Where each batch begins among the values, shape (b + 1,).
    group_starts
        Where each group begins among the batches, shape (g + 1,).

    Returns
    -------
    Components
        nan with fewer than 2 batches, or where no batch has 2 samples; there ``freedom`` is one
        less than the number of values, and ``size`` that number.
    """
    value_starts = batch_starts[group_starts]
    size = np.diff(batch_starts).astype(float)
    batches, total = np.diff(group_starts), np.diff(value_starts)
    within_squares = grouped.total(grouped.squares(values, batch_starts), group_starts)
    mean = grouped.mean(values, value_starts)
    batch_mean = grouped.mean(values, batch_starts)
    away = size * (batch_mean - grouped.spread(mean, group_starts)) ** 2
    between_squares = grouped.total(away, group_starts)
    known = (batches > 1) & (total > batches)
    with np.errstate(invalid="ignore", divide="ignore"):
        ms_within = np.where(known, within_squares / (total - batches), np.nan)
        ms_between = np.where(known, between_squares / (batches - 1), np.nan)
        n0 = (total - grouped.total(size**2, group_starts) / total) / (batches - 1)
        between = (ms_between - ms_within) / n0
        truncated = between < 0
        deviations = [np.sqrt(np.maximum(x, 0)) for x in (between, ms_within)]
        relative = [np.where(mean != 0, 100 * d / np.abs(mean), np.nan) for d in deviations]
        # Samples that vary more within batches than between are worth no more than their number.
        part, rest = np.maximum(ms_between, ms_within) / n0, (1 - 1 / n0) * ms_within
        squares = part**2 / (batches - 1) + rest**2 / (total - batches)
        total_variance = part + rest
        some = known & (total_variance > 0)
        freedom = np.where(some, total_variance**2 / np.where(some, squares, 1.0), total - 1.0)
        worth = np.where(some, total_variance * total / np.maximum(ms_between, ms_within), total)
        overall = (within_squares + between_squares) / np.maximum(total - 1, 1)
        scale = np.where(some & (overall > 0), np.sqrt(total_variance / overall), 1.0)
    return Components(
        deviations[0],
        deviations[1],
        relative[0],
        relative[1],
        truncated,
        np.minimum(freedom, total - 1.0),
        np.minimum(worth, total),
        scale,
    )
