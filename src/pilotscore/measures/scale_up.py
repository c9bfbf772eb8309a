"""Whether the pilot plant reaches what the laboratory reached: the ratio of two means."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.measures import grouped
from pilotscore.measures.grouped import Estimate
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Equivalence:
    """What the two one-sided tests of a ratio of means say; shape (g,) each.

    ``p_lower`` is the p-value against "the ratio is at most the lower margin", ``p_upper`` against
    "it is at least the upper one"; nan where there is no such margin or nothing can be assessed.
    ``above_lower`` and ``below_upper`` are what each test shows (non-inferiority, where more is
    better or where less is), ``equivalent`` is both. False is not shown, not disproven.
    """

    p_lower: Floats
    p_upper: Floats
    above_lower: Bools
    below_upper: Bools
    equivalent: Bools


@dataclass(frozen=True, slots=True, eq=False)
class _Means:
    """Means and the squares of their standard errors, laboratory made positive; shape (g,) each."""

    pilot: Floats
    pilot_square: Floats
    pilot_freedom: Floats
    lab: Floats
    lab_square: Floats
    lab_freedom: Floats


def ratio_of_means(
    pilot: Floats,
    pilot_starts: Ints,
    lab: Floats,
    lab_starts: Ints,
    confidence: float = 0.95,
) -> Estimate:
    """Return the mean of the pilot batches over that of the laboratory's, with its bounds.

    Bounds by Fieller's theorem (E. C. Fieller, Supplement to the Journal of the Royal Statistical
    Society 7, 1940, 1-64), see :func:`fieller`, with variances that may differ: Student's t with
    the degrees of freedom of Welch and Satterthwaite at the ratio found, ``(u + r^2 w)^2 / (u^2 /
    (n - 1) + r^4 w^2 / (m - 1))`` for squared standard errors u and w (A. C. Tamhane and B. R.
    Logan, Journal of Biopharmaceutical Statistics 14, 2004, 843-856, as it is worked out by
    ``ttestratio`` of the R package mratios).

    The degrees of freedom are approximate; how often the bounds hold is in docs/method.md.

    Parameters
    ----------
    pilot, lab
        Values of a quantity with a true zero, shapes (n,) and (m,), each by group.
    pilot_starts, lab_starts
        Where each group begins, shape (g + 1,); the same groups in both.
    confidence
        Of each one-sided bound.

    Returns
    -------
    Estimate
        nan with fewer than 2 values on either side, where neither side varies, and where the mean
        of the laboratory is not clearly different from zero (then no bounded interval exists).
    """
    from scipy.special import stdtrit

    m = _means(pilot, pilot_starts, lab, lab_starts)
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = m.pilot / m.lab
        t = np.asarray(stdtrit(_freedom(m, ratio), confidence), dtype=np.float64)
    return fieller(m.pilot, np.sqrt(m.pilot_square), m.lab, np.sqrt(m.lab_square), t)


def fieller(a: Floats, a_error: Floats, b: Floats, b_error: Floats, t: Floats) -> Estimate:
    """Return a / b with bounds, for independent normal estimates and their standard errors.

    The bounds are the ratios r that ``(a - r b)^2 = t^2 (a_error^2 + r^2 b_error^2)`` (Fieller
    1940).

    Parameters
    ----------
    a, a_error, b, b_error
        Numerator and denominator, each with its standard error, shape (g,).
    t
        The quantile of Student's t for a one-sided bound, shape (g,).

    Returns
    -------
    Estimate
        nan where b is not clearly different from zero: ``|b| <= t b_error``.
    """
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        square = b**2 - (t * b_error) ** 2
        clear = square > 0
        middle = a * b
        # b^2 a_error^2 + a^2 b_error^2 - (t a_error b_error)^2: what is left of the discriminant,
        # without the difference of two large numbers
        rest = (b * a_error) ** 2 + (a * b_error) ** 2 - (t * a_error * b_error) ** 2
        root = t * np.sqrt(np.maximum(rest, 0.0))
        value, low, high = a / b, (middle - root) / square, (middle + root) / square
    return Estimate(
        np.where(clear, value, np.nan), np.where(clear, low, np.nan), np.where(clear, high, np.nan)
    )


def equivalence(
    pilot: Floats,
    pilot_starts: Ints,
    lab: Floats,
    lab_starts: Ints,
    margins: tuple[Floats, Floats],
    confidence: float = 0.95,
) -> Equivalence:
    """Return whether the ratio of means lies between two margins, by two one-sided tests.

    D. J. Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15, 1987, 657-680 (as known
    in general; the paper was not at hand), for the ratio: each margin r is tested by ``t = (a - r
    b) / sqrt(u + r^2 w)``, with the degrees of freedom of Welch and Satterthwaite at r (Tamhane and
    Logan 2004, see :func:`ratio_of_means`), each at 1 - confidence; equivalent where both are
    passed. It is Welch's t test of the pilot values against r times the laboratory's.

    The bounds of :func:`ratio_of_means` take the degrees of freedom at the ratio found instead, so
    that near the edge a bound may lie within the margin and the test not be passed, or the reverse.

    Parameters
    ----------
    pilot, lab, pilot_starts, lab_starts
        As for :func:`ratio_of_means`.
    margins
        The lower and upper margin of the ratio, such as 0.9 and 1 / 0.9, shape (g,), above 0; nan
        where there is none: then only the other side is tested (non-inferiority).
    confidence
        Of each one-sided test.

    Returns
    -------
    Equivalence
        Nothing is shown with fewer than 2 values on either side, where neither side varies, where
        the mean of the laboratory is not clearly different from zero, and where the margins are not
        above 0 or the wrong way round.
    """
    from scipy.special import stdtr

    m, (lower, upper) = _means(pilot, pilot_starts, lab, lab_starts), margins
    clear = ~np.isnan(ratio_of_means(pilot, pilot_starts, lab, lab_starts, confidence).value)
    with np.errstate(invalid="ignore"):
        clear &= ~((lower <= 0) | (upper <= 0) | (lower >= upper))

    def lower_tail(margin: Floats) -> tuple[Floats, Floats]:
        with np.errstate(invalid="ignore", divide="ignore"):
            error = np.sqrt(m.pilot_square + margin**2 * m.lab_square)
            t = np.where(clear, (m.pilot - margin * m.lab) / error, np.nan)
            freedom = _freedom(m, margin)
        return stdtr(freedom, t), stdtr(freedom, -t)

    p_lower, p_upper = lower_tail(lower)[1], lower_tail(upper)[0]
    alpha = 1 - confidence
    with np.errstate(invalid="ignore"):
        above, below = p_lower < alpha, p_upper < alpha
    return Equivalence(p_lower, p_upper, above, below, above & below)


def _means(pilot: Floats, pilot_starts: Ints, lab: Floats, lab_starts: Ints) -> _Means:
    n, m = np.diff(pilot_starts), np.diff(lab_starts)
    a, b = grouped.mean(pilot, pilot_starts), grouped.mean(lab, lab_starts)
    # a ratio is the same with both signs turned, and a margin is then on the same side of it
    sign = np.where(b < 0, -1.0, 1.0)
    u = grouped.deviation(pilot, pilot_starts) ** 2 / np.maximum(n, 1)
    w = grouped.deviation(lab, lab_starts) ** 2 / np.maximum(m, 1)
    return _Means(a * sign, u, n - 1.0, b * sign, w, m - 1.0)


def _freedom(m: _Means, ratio: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        u, w = m.pilot_square, ratio**2 * m.lab_square
        # shares of the whole, so that squares of small numbers do not vanish
        part = u / (u + w)
        freedom = 1 / (part**2 / m.pilot_freedom + (1 - part) ** 2 / m.lab_freedom)
    return np.where((m.pilot_freedom > 0) & (m.lab_freedom > 0), freedom, np.nan)
