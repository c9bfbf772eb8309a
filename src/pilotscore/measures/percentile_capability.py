"""Pp and Ppk whose bounds hold whether or not the values are normally distributed.

ISO 22514-2 and ISO/TR 22514-4 put the distances from the median to the percentiles 0.135 and 99.865
in the place of three deviations. That is the index that is meant here, of normal values the same as
the common one; what is scored is the lesser of two bounds whose assumptions differ.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.measures import capability, grouped, normality
from pilotscore.measures.grouped import Estimate
from pilotscore.measures.shapes import HEAVY, LIGHT, Shapes, reach_of, shapes
from pilotscore.records import dataclass

LEAST = normality.LEAST
"""Fewest values of a bound: in fewer a long tail is not seen, and only normal ones have one."""

# How far the upper bound of a distance lies beyond its estimate, as a logarithm: coefficients of 1,
# a, a^2, e, e^2 and a e, for the logarithm a of the reach of the skewness over a normal one's and
# the excess of L-kurtosis e; times 1 / sqrt(n), and times 1 / n. Least for normal values, so that
# the bound holds in 94.3 % or more of samples of the forms that benchmarks/coverage.py names.
_FIRST = (5.47, 0.19, 3.4, 1.46, 106.8, -50.9)
_SECOND = (-0.57, 1.76, -8.85, -69.1, -287.0, 131.0)


@dataclass(frozen=True, slots=True, eq=False)
class PercentileIndices:
    """Pp and Ppk of each group from percentiles."""

    pp: Estimate
    ppk: Estimate


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Pp and Ppk of each group with bounds that hold for either form; shape (g,).

    ``normal`` is the p-value of the test of normality (nan where it was not assessable);
    ``by_percentiles`` says where it rejects, so that values are those of percentiles; ``few`` where
    there are too few values, and ``skewed`` where they are too skewed, for any bound.
    """

    ppk: Estimate
    pp: Estimate
    normal: Floats
    by_percentiles: Bools
    few: Bools
    skewed: Bools


def percentile_indices(
    values: Floats,
    starts: Ints,
    limits: capability.Limits,
    confidence: float = 0.95,
    worth: capability.Worth | None = None,
) -> PercentileIndices:
    """Return Pp and Ppk from percentiles.

    ``Pp = (U - L) / (X99.865 - X0.135)`` and ``Ppk = min((U - X50) / (X99.865 - X50), (X50 - L) /
    (X50 - X0.135))`` (ISO 22514-2 and ISO/TR 22514-4, as Minitab's ISO method gives them; the
    standards were not read), with one limit the side of that one, with the percentiles of
    :mod:`pilotscore.measures.shapes`.

    A bound of an index is that of its distances: the median may be off by the t interval of a mean,
    the outer percentile by a reach that was fitted by simulation (:data:`_FIRST`), and both
    together by the root of the sum of the squares of their logarithms. How often the low bound
    holds is a table in docs/method.md, from ``benchmarks/coverage.py``. The high bound is as far on
    the other side; nothing should rest on it. At another confidence than 95 % the reach goes with
    the quantile of the normal distribution.

    Parameters
    ----------
    values, starts
        The values, and where each group begins (g + 1).
    limits
        Lower and upper, shape (g,), in the unit of the values; nan or infinite where there is none.
    confidence
        Of each of the two one-sided bounds.
    worth
        What the values are worth where several are of one batch; each by itself where None.

    Returns
    -------
    PercentileIndices
        nan below 8 values, where a group is constant or too skewed, there is no limit (Pp: one is
        missing), or the limits are the wrong way round.
    """
    return _indices(shapes(values, starts, LEAST), starts, limits, confidence, worth)


def _indices(
    shape: Shapes,
    starts: Ints,
    limits: capability.Limits,
    confidence: float,
    worth: capability.Worth | None,
) -> PercentileIndices:
    n = grouped.counts(starts).astype(float)
    worth = worth or capability.worth_of(starts)
    lower, upper = _limits(limits)
    sides = []
    with np.errstate(all="ignore"):
        median = np.where(shape.too_skewed, np.nan, shape.median)
        error = _error_of_the_middle(shape, worth, confidence)
        for side, limit in ((-1, lower), (1, upper)):
            distance = shape.distance(side)
            reach = _reach(shape, side, n, worth, confidence)
            sides.append((side * (limit - median), distance, reach))
        both = [_ratio(x, d * worth.scale, error, r) for x, d, r in sides]
        plain = np.fmin(*(x / d for x, d, _ in sides))
        low, high = (np.fmin(*(e[k] for e in both)) for k in (0, 1))
        (_, below, r0), (_, above, r1) = sides
        whole = np.where(shape.too_skewed, np.nan, upper - lower)
        pp = whole / (below + above)
        least, most = (
            whole / worth.scale / (below * np.exp(k * r0) + above * np.exp(k * r1)) for k in (1, -1)
        )
    return PercentileIndices(pp=Estimate(pp, least, most), ppk=Estimate(plain, low, high))


def scored_ppk(
    values: Floats,
    starts: Ints,
    limits: capability.Limits,
    confidence: float = 0.95,
    alpha: float = 0.05,
    worth: capability.Worth | None = None,
) -> Scored:
    """Return Pp and Ppk, each with the lesser of two bounds whose assumptions differ.

    One is that of normal values (:func:`~pilotscore.measures.capability.ppk`), the other that of
    percentiles (:func:`percentile_indices`), which takes them as skewed or heavy in the tails as
    they may be. No test stands before the bound: one that does not reject is no proof of normality,
    and a bound given where it does not reject held in 14 % of exponential samples of 10. A test,
    :func:`~pilotscore.measures.normality.anderson_darling` at the level ``alpha``, decides alone
    which estimate is shown beside it: that of percentiles where it rejects.

    Parameters
    ----------
    values, starts
        The values, and where each group begins (g + 1).
    limits
        Lower and upper, shape (g,), in the unit of the values; nan or infinite where there is none.
    confidence
        Of each of the two one-sided bounds.
    alpha
        The level of the test: that share of normal groups is shown by percentiles.
    worth
        What the values are worth where several are of one batch.

    Returns
    -------
    Scored
        nan as :func:`percentile_indices` is.
    """
    normal = normality.anderson_darling(values, starts).p_value
    shape = shapes(values, starts, LEAST)
    other = _indices(shape, starts, limits, confidence, worth)
    by_percentiles = (normal < alpha) & ~np.isnan(other.ppk.value)

    def lesser(plain: Estimate, robust: Estimate) -> Estimate:
        value = np.where(by_percentiles, robust.value, plain.value)
        high = np.where(by_percentiles, robust.high, plain.high)
        low = np.minimum(np.minimum(plain.low, robust.low), value)  # nan where either is
        known = ~np.isnan(low)
        return Estimate(*(np.where(known, x, np.nan) for x in (value, low, high)))

    return Scored(
        ppk=lesser(capability.ppk(values, starts, limits, confidence, worth), other.ppk),
        pp=lesser(capability.pp(values, starts, limits, confidence, worth), other.pp),
        normal=normal,
        by_percentiles=by_percentiles,
        few=grouped.counts(starts) < LEAST,
        skewed=shape.too_skewed,
    )


def _limits(limits: capability.Limits) -> Floats:
    """Return the limits, nan where there is none or they are the wrong way round; (2, g)."""
    ends = np.array([np.where(np.isfinite(x), x, np.nan) for x in limits], dtype=np.float64)
    ends[:, ends[0] >= ends[1]] = np.nan
    return ends


def _error_of_the_middle(shape: Shapes, worth: capability.Worth, confidence: float) -> Floats:
    """Return how far the median may be off: as the mean of normal values of this L-deviation."""
    from scipy.special import stdtrit

    t = stdtrit(np.maximum(worth.freedom, 1), confidence)
    return np.asarray(t * shape.scale * np.sqrt(np.pi / np.maximum(worth.size, 1)) * worth.scale)


def _reach(
    shape: Shapes, side: int, n: Floats, worth: capability.Worth, confidence: float
) -> Floats:
    """Return the logarithm of the bound of a distance over its estimate; 0 or more.

    Where several values are of one batch it is lengthened by what a normal form of as many values
    as there are degrees of freedom, and one, would add.
    """
    from scipy.special import ndtri

    a = np.log(reach_of(side * shape.skewness) / _normal_reach())
    e = shape.excess
    forms = (np.ones_like(a), a, a**2, e, e**2, a * e)
    root = 1 / np.sqrt(np.maximum(n, 1))
    fewer = 1 / np.sqrt(np.clip(worth.freedom + 1, 1, np.maximum(n, 1)))
    added = sum(
        (first * root + second * root**2) * form
        for first, second, form in zip(_FIRST, _SECOND, forms, strict=True)
    )
    lengthened = _FIRST[0] * (fewer - root) + _SECOND[0] * (fewer**2 - root**2)
    estimate = np.where(e > 0, 0.0, (HEAVY - LIGHT) * e)
    times = float(ndtri(confidence)) / 1.6448536269514722
    return np.asarray(np.maximum(added + lengthened + estimate, 0.0) * times)


def _ratio(x: Floats, distance: Floats, error: Floats, reach: Floats) -> tuple[Floats, Floats]:
    """Return the bounds of x over a distance, x off by ``error`` and the distance by ``reach``."""
    least, most = x - error, x + error
    apart = np.log(x / np.where(least > 0, least, np.nan))
    inside = x / distance * np.exp(-np.hypot(apart, reach))
    low = np.where(least > 0, inside, least / distance * np.exp(reach))
    return low, most / distance * np.exp(np.where(most > 0, reach, -reach))


@cache
def _normal_reach() -> float:
    """Return the reach of normal values; not at import, which would take scipy's quarter second."""
    return float(reach_of(np.zeros(1))[0])
