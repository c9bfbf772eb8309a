"""Pp and Ppk from percentiles, for groups whose values are not normally distributed.

ISO 22514-2 and ISO/TR 22514-4 put the distances from the median to the percentiles 0.135 and 99.865
in the place of three deviations. So few batches have no such percentiles of their own: they come
from a fitted distribution, here a cubic in a normal variable, fitted by L-moments.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.measures import capability, grouped, normality
from pilotscore.measures.grouped import Estimate

LEAST = normality.LEAST
"""Fewest values of a fit: as many as a test of normality takes, without which none is asked for."""

# L-moments of powers of a standard normal variable z: the second of z and z^3, 1 / sqrt(pi) and
# 5 / (2 sqrt(pi)), the third of z^2, sqrt(3) / pi, the fourth of z and z^3 (by quadrature)
_SECOND = (0.5641895835477563, 1.4104739588693909)
_THIRD = 0.5513288954217921
_FOURTH = (0.0691706130900144, 0.8078628920674451)


@dataclass(frozen=True, slots=True, eq=False)
class Percentiles:
    """Percentiles 0.135, 50 and 99.865 of each group, in the unit of the values; shape (g,)."""

    low: Floats
    median: Floats
    high: Floats


@dataclass(frozen=True, slots=True, eq=False)
class PercentileIndices:
    """Pp and Ppk of each group from percentiles."""

    pp: Estimate
    ppk: Estimate


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Pp and Ppk of each group in the form that fits it; shape (g,).

    ``normal`` is the p-value of the test of normality (nan where it was not assessable), and
    ``by_percentiles`` says where the percentile form was taken.
    """

    ppk: Estimate
    pp: Estimate
    normal: Floats
    by_percentiles: Bools


def percentiles(values: Floats, starts: Ints) -> Percentiles:
    """Return the percentiles 0.135, 50 and 99.865 of a distribution fitted to each group.

    The distribution is that of ``a0 + a1 z + a2 z^2 + a3 z^3`` for a standard normal z: the form of
    a Cornish-Fisher expansion. Its coefficients come from the first four L-moments, as in T. C.
    Headrick, "A characterization of power method transformations through L-moments", *Journal of
    Probability and Statistics* (2011) 497463 (abstract read; the linear equations follow from the
    L-moments of the powers of z), as sample skewness and kurtosis are far too small in samples of
    some tens. Where they ask for a cubic that falls somewhere, a3 is moved to the nearest one that
    does not; for tails lighter than that it is a perfect cube, Wilson and Hilferty's form of the
    gamma distribution (Pearson III, which R. H. Clements' method of 1989 also takes for skewed
    values), or the normal distribution where there is no skewness.

    Measured on the true distributions: the distance from the median to the percentile 99.865 is met
    within 2 % for normal values, gamma(4) and lognormal(0.3), within 5 % for lognormal(0.5) and the
    exponential distribution, and 6 % too small for Student's t(5). For tails lighter than normal
    ones it is told too large (Weibull(2) 10 %, uniform 78 %), so that the indices err on the safe
    side there.

    Returns
    -------
    Percentiles
        nan below 8 values, where a group is constant, and where the L-skewness is beyond 0.535
        (exponential: 0.333), the most that a rising cubic can have.
    """
    chosen = _assessable(values, starts)
    own, begin = _part(values, starts, chosen)
    centre, scale, fitted, _ = _fits(own, begin)
    median, below, above = fitted
    out = np.full((3, len(chosen)), np.nan)
    out[:, chosen] = centre + scale * np.array([median - below, median, median + above])
    return Percentiles(*out)


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
    standards were not read), with one limit the side of that one, with :func:`percentiles`.

    The bounds are approximate: Student's with n - 1 degrees of freedom around the inverse
    hyperbolic sine of each index (near to a logarithm, but fit for indices below 0), with the
    jackknife's standard error; those of Ppk are the least of both sides. Measured coverage of the
    low bound of 95 % of the side of the long tail, n = 10, 30 and 100: gamma(4) 97, 93 and 95 %,
    exponential 92, 91 and 95 %, lognormal(0.3) 97, 92 and 92 %, lognormal(0.5) 93, 86 and 86 %,
    Student's t(5) 96, 86 and 87 %, normal 99, 98 and 97 %; of the side of the short tail 99 %. The
    high bound holds with 90 to 98 % on the side of the long tail, less on the other, and is too low
    for tails lighter than normal ones: nothing should rest on it.

    Parameters
    ----------
    values, starts
        The values, and where each group begins (g + 1).
    limits
        Lower and upper, shape (g,), in the unit of the values; nan or infinite where there is none.
    confidence
        Of each of the two one-sided bounds.
    worth
        What the values are worth where several are of one batch; each by itself where None. Bounds
        are then those of its degrees of freedom.

    Returns
    -------
    PercentileIndices
        nan where :func:`percentiles` is nan, there is no limit (Pp: one is missing), or the limits
        are the wrong way round.
    """
    from scipy.special import stdtrit

    chosen = _assessable(values, starts)
    own, begin = _part(values, starts, chosen)
    centre, scale, fitted, without = _fits(own, begin)
    n = grouped.counts(begin)
    within = np.array([np.where(np.isfinite(x), x, np.nan)[chosen] for x in limits])
    with np.errstate(all="ignore"):
        within[:, within[0] >= within[1]] = np.nan
        low, high = (within - centre) / scale
        indices = np.arcsinh(_indices(fitted, low, high))
        each = np.arcsinh(_indices(without, np.repeat(low, n), np.repeat(high, n)))
        error = np.array([np.sqrt((n - 1) / n * grouped.squares(row, begin)) for row in each])
        freedom, widened = (n - 1.0), np.ones(len(n))
        if worth is not None:
            freedom, widened = np.minimum(worth.freedom[chosen], freedom), worth.scale[chosen]
        reach = stdtrit(freedom, confidence) * error * np.sqrt((n - 1.0) / freedom)
        bounded = np.sinh([indices, indices - reach, indices + reach])
        bounded[1:] /= widened
    bounded[:, :, ~np.isfinite(bounded[1]).any(axis=0)] = np.nan
    out = np.full((3, 3, len(chosen)), np.nan)
    out[:, :, chosen] = bounded
    return PercentileIndices(pp=Estimate(*out[:, 2]), ppk=Estimate(*np.fmin(out[:, 0], out[:, 1])))


def scored_ppk(
    values: Floats,
    starts: Ints,
    limits: capability.Limits,
    confidence: float = 0.95,
    alpha: float = 0.05,
    worth: capability.Worth | None = None,
) -> Scored:
    """Return Pp and Ppk from percentiles where a test rejects normality, else from the deviation.

    The test is :func:`~pilotscore.measures.normality.anderson_darling` at the level ``alpha``.
    Where it rejects but the percentiles are not assessable, and where it is not assessable itself
    (below 8 values), the form is that of :func:`~pilotscore.measures.capability.ppk`.

    A test that does not reject is no proof of normality, and where it misses a long tail the normal
    form is too good. Measured coverage of the low bound of 95 % with the long tail at the limit,
    n = 10, 30 and 100: normal 95, 95 and 94 %, exponential 51, 87 and 95 %, gamma(4) 61, 48 and
    87 %, lognormal(0.3) 60, 42 and 77 %. :func:`percentile_indices` alone has no such hole.

    Parameters
    ----------
    values, starts
        The values, and where each group begins (g + 1).
    limits
        Lower and upper, shape (g,), in the unit of the values; nan or infinite where there is none.
    confidence
        Of each of the two one-sided bounds.
    alpha
        The level of the test: that share of normal groups is taken for others.
    worth
        What the values are worth where several are of one batch.
    """
    normal = normality.anderson_darling(values, starts).p_value
    rejected = normal < alpha
    own, begin = _part(values, starts, rejected)
    part = None
    if worth is not None:
        part = capability.Worth(*(x[rejected] for x in (worth.freedom, worth.size, worth.scale)))
    lower, upper = (x[rejected] for x in limits)
    other = percentile_indices(own, begin, (lower, upper), confidence, part)
    by_percentiles = rejected.copy()
    by_percentiles[rejected] = ~np.isnan(other.ppk.value)
    taken = by_percentiles[rejected]

    def put(plain: Estimate, robust: Estimate) -> Estimate:
        parts = [(plain.value, robust.value), (plain.low, robust.low), (plain.high, robust.high)]
        for own, from_percentiles in parts:
            own[by_percentiles] = from_percentiles[taken]
        return plain

    return Scored(
        ppk=put(capability.ppk(values, starts, limits, confidence, worth), other.ppk),
        pp=put(capability.pp(values, starts, limits, confidence, worth), other.pp),
        normal=normal,
        by_percentiles=by_percentiles,
    )


def _assessable(values: Floats, starts: Ints) -> Bools:
    """Return which groups have values enough that vary."""
    return np.asarray((grouped.counts(starts) >= LEAST) & (grouped.deviation(values, starts) > 0))


def _part(values: Floats, starts: Ints, chosen: Bools) -> tuple[Floats, Ints]:
    """Return the values of the chosen groups, and where each of them begins."""
    n = grouped.counts(starts)
    begin = np.concatenate([[0], np.cumsum(n[chosen])]).astype(np.int64)
    return values[np.repeat(chosen, n)], begin


def _fits(values: Floats, starts: Ints) -> tuple[Floats, Floats, Floats, Floats]:
    """Return mean, deviation, the fit of each group, and that without each of its values.

    A fit is the median and its distances to the outer percentiles, of standardized values: shapes
    (3, g) and (3, n).
    """
    n = grouped.counts(starts)
    group, i = grouped.group_of(starts), grouped.place_in_group(starts)
    centre, scale = grouped.mean(values, starts), grouped.deviation(values, starts)
    x = ((values - centre[group]) / scale[group])[np.lexsort((values, group))]
    size = n[group]
    whole = np.array([grouped.total(x * w, starts) for w in _weights(i, size)])
    below = np.array([_before(x * w, starts) for w in _weights(i, size - 1)])
    above = np.array([_after(x * w, starts) for w in _weights(i - 1, size - 1)])
    return centre, scale, _fit(whole, strict=True), _fit(below + above, strict=False)


def _weights(i: Ints, n: Ints) -> list[Floats]:
    """Return the weights of sorted values in the first four probability-weighted moments.

    ``C(i, r) / C(n - 1, r) / n`` (J. R. M. Hosking, "L-moments", *Journal of the Royal Statistical
    Society* B 52 (1990) 105-124; from general knowledge).
    """
    weights = [1.0 / n]
    for r in range(1, 4):
        weights.append(weights[-1] * (i - r + 1) / (n - r))
    return weights


def _before(values: Floats, starts: Ints) -> Floats:
    """Return the sum of the values of the same group before each."""
    sums: Floats = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray(sums[:-1] - np.repeat(sums[starts[:-1]], np.diff(starts)))


def _after(values: Floats, starts: Ints) -> Floats:
    """Return the sum of the values of the same group after each."""
    sums: Floats = np.concatenate([[0.0], np.cumsum(values)])
    return np.asarray(np.repeat(sums[starts[1:]], np.diff(starts)) - sums[1:])


def _fit(moments: Floats, strict: bool) -> Floats:
    """Return the median and its distances to the percentiles from weighted moments, shape (4, k).

    Beyond the most skewness that a rising cubic has it is nan, or that cubic where not ``strict``.
    """
    b0, b1, b2, b3 = moments
    second, third = 2 * b1 - b0, 6 * b2 - 6 * b1 + b0
    fourth = 20 * b3 - 30 * b2 + 12 * b1 - b0
    (s1, s3), (f1, f3) = _SECOND, _FOURTH
    a2 = third / _THIRD
    # it rises everywhere where a2^2 <= 3 a1 a3, with s1 a1 + s3 a3 = second: a1 between two roots
    inside = second**2 - 4 * s1 * s3 * a2**2 / 3
    with np.errstate(all="ignore"):
        root = np.sqrt(inside if strict else np.maximum(inside, 0))
        free = (f1 * second - s1 * fourth) / (f1 * s3 - s1 * f3)
        least, most = (second - root) / (2 * s3), (second + root) / (2 * s3)
        a3 = np.clip(free, least, most)
        a1 = (second - s3 * a3) / s1
    median = np.where(np.isnan(a1), np.nan, b0 - a2)
    return np.array([median, 3 * a1 - 9 * a2 + 27 * a3, 3 * a1 + 9 * a2 + 27 * a3])


def _indices(fit: Floats, lower: Floats, upper: Floats) -> Floats:
    """Return the index of the lower and the upper side, and Pp; shape (3, k)."""
    median, below, above = fit
    return np.array(
        [(median - lower) / below, (upper - median) / above, (upper - lower) / (below + above)]
    )
