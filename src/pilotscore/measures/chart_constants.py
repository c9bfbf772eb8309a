"""Constants of Shewhart control charts: what ranges and deviations of small samples expect.

They hold for independent values of one normal distribution.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.records import dataclass

# The range of n standard normal values, n = 2..25: its mean d2 and its standard deviation d3.
# Integrals of the distribution of the range, 1e-11 exact; the tests integrate them again.
_RANGE = (
    (1.128379167096, 0.852502466427),
    (1.692568750643, 0.888368004048),
    (2.058750746008, 0.879808202828),
    (2.325928947281, 0.864081941102),
    (2.534412721223, 0.848039686120),
    (2.704356751214, 0.833205335625),
    (2.847200612091, 0.819831489795),
    (2.970026324419, 0.807834274556),
    (3.077505461670, 0.797050673522),
    (3.172872703816, 0.787314620553),
    (3.258455279744, 0.778478341206),
    (3.335980354098, 0.770416202067),
    (3.406763108200, 0.763023095628),
    (3.471826889882, 0.756211429731),
    (3.531982786110, 0.749908089413),
    (3.587883961766, 0.744051783964),
    (3.640063757938, 0.738590853381),
    (3.688963023208, 0.733481495522),
    (3.734950119597, 0.728686345710),
    (3.778335829843, 0.724173340721),
    (3.819384643363, 0.719914808437),
    (3.858323423285, 0.715886735495),
    (3.895348148452, 0.712068175151),
    (3.930629219507, 0.708440765892),
)
LARGEST = len(_RANGE) + 1  # the largest sample with range constants


@dataclass(frozen=True, slots=True, eq=False)
class Constants:
    """Constants of samples of some sizes, all of one shape; nan where a size has none.

    ``d2`` and ``d3`` are the mean and standard deviation of the range, ``c4`` the mean of the
    standard deviation (n - 1), each over sigma. ``A2`` and ``A3`` turn the mean range and the mean
    standard deviation into three standard errors of a mean; ``D3``, ``D4`` and ``B3``, ``B4`` turn
    them into the lower and upper limit of a range and of a standard deviation.
    """

    d2: Floats
    d3: Floats
    c4: Floats
    A2: Floats
    A3: Floats
    B3: Floats
    B4: Floats
    D3: Floats
    D4: Floats


def c4(n: Ints | Floats) -> Floats:
    """Return the mean of the standard deviation of n normal values over sigma; nan below 2.

    c4 = sqrt(2 / (n - 1)) gamma(n / 2) / gamma((n - 1) / 2): Montgomery, Introduction to
    Statistical Quality Control, appendix VI. It lies in (0.79, 1) and grows with n; a fractional n
    is fine.
    """
    from scipy.special import gammaln

    size = np.asarray(n, dtype=np.float64)
    safe = np.maximum(size, 2)
    constant = np.sqrt(2 / (safe - 1)) * np.exp(gammaln(safe / 2) - gammaln((safe - 1) / 2))
    return np.where(size >= 2, constant, np.nan)


def constants(n: Ints) -> Constants:
    """Return the constants for samples of size ``n``, all of the shape of ``n``.

    Those of the range end at 25 values (no table goes further, and the range wastes most of what a
    large sample tells); those of the standard deviation do not end. All are nan below 2.

    A2 = 3 / (d2 sqrt(n)), A3 = 3 / (c4 sqrt(n)), D3 and D4 = 1 -+ 3 d3 / d2, B3 and B4 =
    1 -+ 3 sqrt(1 - c4^2) / c4, a lower factor never below 0 (Montgomery, appendix VI; ASTM E2587).
    """
    size = np.asarray(n, dtype=np.int64)
    table = np.full((LARGEST + 2, 2), np.nan)
    table[2 : LARGEST + 1] = _RANGE
    d2, d3 = np.moveaxis(table[np.clip(size, 0, LARGEST + 1)], -1, 0)
    mean = c4(size)
    root = np.sqrt(np.maximum(size, 1))
    of_range = 3 * d3 / d2
    of_deviation = 3 * np.sqrt(1 - mean**2) / mean
    return Constants(
        d2=d2,
        d3=d3,
        c4=mean,
        A2=3 / (d2 * root),
        A3=3 / (mean * root),
        B3=np.maximum(1 - of_deviation, 0),
        B4=1 + of_deviation,
        D3=np.maximum(1 - of_range, 0),
        D4=1 + of_range,
    )


def freedom(variance: Floats) -> Floats:
    """Return the degrees of freedom of an estimate of sigma, from its relative variance.

    An unbiased estimate of sigma with the variance ``variance`` sigma^2 spreads as much as the
    standard deviation of nu + 1 values over its c4: 1 / c4(nu + 1)^2 - 1 = variance, solved for nu.
    It is the way by which Patnaik (Biometrika 37, 1950) made the degrees of freedom of a mean range
    (from general knowledge: the paper was not at hand). Exact for one standard deviation and for
    the range of two values, which is a standard deviation. nan where the variance is not above 0.
    """
    from scipy.special import digamma, gammaln

    given = np.asarray(variance, dtype=np.float64)
    known = given > 0  # false for nan
    safe = np.where(known, given, 1.0)
    # The first two terms of 1 / c4^2 - 1 = 1 / (2 nu) + 1 / (8 nu^2) - ... ; the next is 1 / nu^3,
    # so that from 1,000 on it is exact to 7 digits, and the gamma functions would lose more.
    nu = (1 + np.sqrt(1 + 2 * safe)) / (4 * safe)
    near = np.minimum(nu, 1000)
    for _ in range(4):
        error = np.log(2 / near) + 2 * (gammaln((near + 1) / 2) - gammaln(near / 2))
        slope = digamma((near + 1) / 2) - digamma(near / 2) - 1 / near
        near = near - (error + np.log1p(safe)) / slope
    return np.where(known, np.where(nu < 1000, near, nu), np.nan)
