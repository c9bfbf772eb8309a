"""Process capability and performance against limits, each with the bounds that few values leave."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.measures import grouped
from pilotscore.measures.chart_constants import c4
from pilotscore.measures.grouped import Estimate
from pilotscore.records import dataclass

Limits = tuple[Floats, Floats]
"""The lower and the upper limit of each group, shape (g,) each, nan where there is none."""


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """What values are worth where several are of one batch; shape (g,) each.

    ``freedom`` are the effective degrees of freedom of their variance, ``size`` how many
    independent values their mean is worth, ``scale`` what the overall deviation is multiplied with
    to be that of the process: with few batches it is too small. See
    :func:`pilotscore.measures.variation.components`.
    """

    freedom: Floats
    size: Floats
    scale: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Within:
    """The unbiased deviation within subgroups, or from moving ranges, as a control chart gives it.

    ``sigma`` and its effective degrees of ``freedom``, shape (g,).
    """

    sigma: Floats
    freedom: Floats


def worth_of(starts: Ints) -> Worth:
    """Return what independent values are worth: n - 1 degrees of freedom, n values."""
    n: Floats = grouped.counts(starts).astype(float)
    return Worth(n - 1, n, n * 0 + 1)


def pp(
    values: Floats,
    starts: Ints,
    limits: Limits,
    confidence: float = 0.95,
    worth: Worth | None = None,
) -> Estimate:
    """Return Pp of each group, shape (g,) each: ``(U - L) / 6 s`` with the overall deviation.

    Bounds ``Pp sqrt(chi2(p; n - 1) / (n - 1))``, exact for normal data. Source: ISO 22514-2;
    NIST/SEMATECH e-Handbook 6.1.6. It is nan without both limits, with limits the wrong way round,
    and with a deviation of 0.
    """
    deviation = grouped.deviation(values, starts)
    worth = worth or worth_of(starts)
    plain = _two_sided(deviation, worth.freedom, limits, confidence)
    bounds = _two_sided(deviation * worth.scale, worth.freedom, limits, confidence)
    return Estimate(plain.value, bounds.low, bounds.high)


def ppk(
    values: Floats,
    starts: Ints,
    limits: Limits,
    confidence: float = 0.95,
    worth: Worth | None = None,
) -> Estimate:
    """Return Ppk of each group, shape (g,) each: the nearer limit's distance in 3 s.

    ``min(U - mean, mean - L) / 3 s`` with the overall deviation; with one limit, of that side.
    Bounds as in :func:`bissell`. nan without a limit, with limits the wrong way round, and with s =
    0.

    Parameters
    ----------
    values, starts
        The values by group.
    limits
        Lower and upper limit of each group, shape (g,), nan where there is none.
    confidence
        Of each one-sided bound.
    worth
        What the values are worth where several are of one batch; each by itself where None.
    """
    worth = worth or worth_of(starts)
    deviation = grouped.deviation(values, starts)
    mean = grouped.mean(values, starts)
    value = _nearer(mean, deviation, limits)
    of_process = _nearer(mean, deviation * worth.scale, limits)
    bounds = bissell(of_process, worth.size, worth.freedom, confidence)
    return Estimate(value, bounds.low, bounds.high)


def cp(limits: Limits, within: Within, confidence: float = 0.95) -> Estimate:
    """Return Cp of each group, shape (g,) each: ``(U - L) / 6 sigma`` within.

    Bounds are those of the root-mean-square deviation ``c4(freedom + 1) sigma``.
    """
    sigma, freedom = within.sigma, within.freedom
    bounds = _two_sided(sigma * c4(freedom + 1), freedom, limits, confidence)
    plain = _two_sided(sigma, freedom, limits, confidence)
    return Estimate(plain.value, bounds.low, bounds.high)


def cpk(
    values: Floats,
    starts: Ints,
    limits: Limits,
    within: Within,
    confidence: float = 0.95,
) -> Estimate:
    """Return Cpk of each group: as :func:`ppk` with the deviation within, see :func:`cp`.

    How often its lower bound holds with the deviation of moving ranges: docs/method.md, from
    ``benchmarks/coverage.py``.
    """
    value = _nearer(grouped.mean(values, starts), within.sigma, limits)
    return bissell(value, grouped.counts(starts), within.freedom, confidence)


def cpm(
    values: Floats,
    starts: Ints,
    limits: Limits,
    target: Floats,
    confidence: float = 0.95,
    worth: Worth | None = None,
) -> Estimate:
    """Return Cpm of each group, which falls as the mean leaves the target, shape (g,) each.

    ``(U - L) / 6 sqrt(s^2 + (mean - T)^2)``: NIST/SEMATECH e-Handbook 6.1.6. Bounds ``Cpm
    sqrt(chi2(p; v) / v)`` with ``v = n (1 + d^2)^2 / (1 + 2 d^2)``, ``d = (mean - T) / s``: Boyles
    1991, "The Taguchi capability index", Journal of Quality Technology 23, 17-26 (as general
    knowledge; the paper was not at hand). nan without both limits and a target.
    """
    n = (worth or worth_of(starts)).freedom + 1
    mean, deviation = grouped.mean(values, starts), grouped.deviation(values, starts)
    off = mean - target
    with np.errstate(invalid="ignore", divide="ignore"):
        shift = np.where(deviation > 0, off / deviation, 0.0)
        freedom = np.where(n > 1, n * (1 + shift**2) ** 2 / (1 + 2 * shift**2), np.nan)
    spread = np.sqrt(deviation**2 + off**2)
    return _two_sided(spread, freedom, limits, confidence)


def bissell(value: Floats, n: Ints | Floats, freedom: Floats, confidence: float = 0.95) -> Estimate:
    """Return an index such as Cpk with its bounds, shape (g,) each.

    ``C (1 -+ z sqrt(1 / (9 n C^2) + 1 / (2 f)))``, f the degrees of freedom of the deviation, n - 1
    for the overall one. Source: Bissell 1990, "How reliable is your capability index?", Applied
    Statistics 39, 331-340; the example of Quality Digest has 0.89 to 1.41 for 1.15 and 45 values.
    An approximation by the normal distribution; with the mean midway between limits the lower bound
    is conservative, as both sides can be the nearer one.
    """
    from scipy.special import ndtri

    z = float(ndtri(confidence))
    with np.errstate(invalid="ignore", divide="ignore"):
        known = np.where(freedom > 0, freedom, np.nan)
        # hypot: the square of the index of almost constant values would overflow
        half = z * np.hypot(1 / (3 * np.sqrt(n)), value / np.sqrt(2 * known))
    return Estimate(value, value - half, value + half)


def _two_sided(deviation: Floats, freedom: Floats, limits: Limits, confidence: float) -> Estimate:
    from scipy.special import chdtri

    lower, upper = limits
    with np.errstate(invalid="ignore", divide="ignore"):
        known = (deviation > 0) & (upper > lower) & np.isfinite(upper - lower)
        value = np.where(known, (upper - lower) / (6 * deviation), np.nan)
        f = np.where(freedom > 0, freedom, np.nan)
        low = value * np.sqrt(chdtri(f, confidence) / f)
        high = value * np.sqrt(chdtri(f, 1 - confidence) / f)
    return Estimate(value, low, high)


def _nearer(mean: Floats, deviation: Floats, limits: Limits) -> Floats:
    """Return the distance of the nearer limit in three deviations."""
    # An infinite limit is none.
    lower, upper = (np.where(np.isfinite(x), x, np.nan) for x in limits)
    with np.errstate(invalid="ignore", divide="ignore"):
        distance = np.fmin(upper - mean, mean - lower)
        value = np.where(deviation > 0, distance / (3 * deviation), np.nan)
        distances: Floats = np.where(lower >= upper, np.nan, value)
    return distances
