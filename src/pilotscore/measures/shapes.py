"""The form of each group's distribution from its L-moments: median and outer percentiles.

So few batches have no percentile 0.135 or 99.865 of their own: they come from a form that is
fitted. It is that of a three-parameter lognormal distribution with the group's L-skewness (J. R. M.
Hosking's generalized normal: long tail on either side, normal in the middle), drawn out or in as
the L-kurtosis is above or below the one that goes with this skewness.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.measures import grouped
from pilotscore.records import dataclass

MOST_SKEWED = 0.8
"""The L-skewness beyond which nothing is said: a lognormal distribution of deviation 1 has 0.46."""

# The parameter of the generalized normal distribution and its L-kurtosis from the L-skewness:
# rational approximations of J. R. M. Hosking and J. R. Wallis, Regional Frequency Analysis (1997),
# appendix A.8 and table A.3 (as the R package lmom has them; the book was not at hand).
_ABOVE = (2.0466534, -3.6544371, 1.8396733, -0.20360244)
_BELOW = (1.0, -2.0182173, 1.2420401, -0.21741801)
_KURTOSIS = (0.12282, 0.77518, 0.12279, -0.13638, 0.11368)

# How far the outer percentile moves with the L-kurtosis, as the logarithm of its distance: Student
# t's with 20 to 4 degrees of freedom have 5.8 to 5.6; gamma, Weibull and uniform 4.6 to 4.9.
HEAVY, LIGHT = 5.8, 4.6


@dataclass(frozen=True, slots=True, eq=False)
class Percentiles:
    """Percentiles 0.135, 50 and 99.865 of each group, in the unit of the values; shape (g,)."""

    low: Floats
    median: Floats
    high: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """Mean, L-deviation, L-skewness and excess of L-kurtosis of each group; shape (g,) each.

    ``excess`` is that over the L-kurtosis of a lognormal distribution of this skewness: 0.07 for
    Student's t with 5 degrees of freedom. nan below 8 values and where a group is constant.
    """

    mean: Floats
    scale: Floats
    skewness: Floats
    excess: Floats

    @property
    def median(self) -> Floats:
        """The median of the form."""
        s = spread_of(self.skewness)
        return self.mean - self.scale * _unit(s) * np.expm1(s**2 / 2)

    @property
    def too_skewed(self) -> Bools:
        """Where the skewness is beyond all that the bounds were measured for."""
        return np.abs(self.skewness) > MOST_SKEWED

    def distance(self, side: int) -> Floats:
        """Return the distance of the median to percentile 99.865, or with -1 to 0.135."""
        stretch = np.where(self.excess > 0, HEAVY, LIGHT) * self.excess
        return self.scale * reach_of(side * self.skewness) * np.exp(stretch)


def shapes(values: Floats, starts: Ints, least: int = 8) -> Shapes:
    """Return the form of each group by its first four sample L-moments.

    From probability-weighted moments of the sorted values, weights ``C(i, r) / C(n - 1, r) / n``
    (J. R. M. Hosking, "L-moments", *Journal of the Royal Statistical Society* B 52 (1990) 105-124;
    from general knowledge). L-moments rather than moments: sample skewness and kurtosis are far too
    small in samples of some tens.

    Parameters
    ----------
    values, starts
        The values, and where each group begins (g + 1).
    least
        Fewest values of a group: at least 4, as many as there are moments.
    """
    n = grouped.counts(starts)
    mean, deviation = grouped.mean(values, starts), grouped.deviation(values, starts)
    use = (n >= max(least, 4)) & (deviation > 0)
    group, i = grouped.group_of(starts), grouped.place_in_group(starts)
    safe = np.where(use, deviation, 1.0)
    x = (grouped.ordered(values, starts) - mean[group]) / safe[group]
    size = np.maximum(n, 4)[group]
    weight, moments = 1.0 / size, []
    for r in range(4):
        weight = weight * (i - r + 1) / (size - r) if r else weight
        moments.append(grouped.total(x * weight, starts))
    b0, b1, b2, b3 = (np.where(use, b, np.nan) for b in moments)
    second, third = 2 * b1 - b0, 6 * b2 - 6 * b1 + b0
    fourth = 20 * b3 - 30 * b2 + 12 * b1 - b0
    skewness = third / second
    excess = fourth / second - kurtosis_of(skewness)
    return Shapes(np.where(use, mean, np.nan), second * safe, skewness, excess)


def percentiles(values: Floats, starts: Ints) -> Percentiles:
    """Return the percentiles 0.135, 50 and 99.865 of the form fitted to each group.

    Measured on the true distributions: the distance from the median to the percentile 99.865 is met
    within 1 % for normal and lognormal values, gamma(4), Weibull(1.5) and Student's t(5), within 3
    % for the exponential and the uniform distribution.

    Returns
    -------
    Percentiles
        nan below 8 values, where a group is constant, and where it is too skewed
        (:data:`MOST_SKEWED`).
    """
    shape = shapes(values, starts)
    median = np.where(shape.too_skewed, np.nan, shape.median)
    return Percentiles(median - shape.distance(-1), median, median + shape.distance(1))


def spread_of(skewness: Floats) -> Floats:
    """Return the deviation of the logarithms that goes with an L-skewness, never exactly 0."""
    t = np.clip(skewness, -0.94, 0.94)
    s = t * _polynomial(_ABOVE, t**2) / _polynomial(_BELOW, t**2)
    return np.where(np.abs(s) < 1e-8, 1e-8, s)


def kurtosis_of(skewness: Floats) -> Floats:
    """Return the L-kurtosis of a lognormal distribution of this L-skewness; 0.1228 of a normal."""
    return _polynomial(_KURTOSIS, skewness**2)


def reach_of(skewness: Floats) -> Floats:
    """Return the distance from median to percentile 99.865 in L-deviations; 5.317 of a normal."""
    s = spread_of(skewness)
    return _unit(s) * np.expm1(3 * s)


def _unit(s: Floats) -> Floats:
    """Return the scale of the lognormal variable whose L-deviation is 1."""
    from scipy.special import erf

    return np.asarray(np.exp(-(s**2) / 2) / erf(s / 2), dtype=np.float64)


def _polynomial(coefficients: tuple[float, ...], x: Floats) -> Floats:
    total = np.zeros_like(x)
    for c in reversed(coefficients):
        total = total * x + c
    return total
