"""What values that are all the same leave open: the instrument may not resolve their variation."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.measures import grouped
from pilotscore.measures.grouped import Estimate

_DIGITS = 12  # in which a float shows what was written, without the noise of converting units
_WRITTEN = 8  # significant digits at most that somebody wrote; more come of arithmetic


def last_digit(value: float) -> float:
    """Return what one in the last digit of a number as written is worth: 0.1 for 99.5.

    A zero at the end is not kept by a workbook, so that it is rather too coarse; nan for 0 and for
    more digits than anybody writes, as a conversion to another unit leaves them.
    """
    if not np.isfinite(value) or value == 0:
        return np.nan
    digits, _, exponent = f"{abs(value):.{_DIGITS - 1}e}".partition("e")
    whole = digits.replace(".", "").rstrip("0")
    if len(whole) > _WRITTEN:
        return np.nan
    return float(min(10.0 ** (int(exponent) - len(whole) + 1), 1.0))


def same_values(values: Floats, starts: Ints) -> Bools:
    """Return which groups have two values or more that are all the same."""
    n = grouped.counts(starts)
    return np.asarray((n > 1) & (grouped.least(values, starts) == grouped.greatest(values, starts)))


def deviation_hidden(step: Floats, n: Ints, confidence: float = 0.95) -> Floats:
    """Return the greatest deviation that n values rounded to one and the same may hide.

    Normal values with the deviation s all lie within one step with a chance of at most ``(2 F(step
    / 2 s) - 1)^n``, F the normal distribution, as they do where the mean is in its middle. The
    bound is the s at which that chance is 1 - ``confidence``: an exact one, whatever the mean.
    """
    from scipy.special import ndtri

    share = (1 - confidence) ** (1 / np.maximum(n, 1))
    return np.asarray(step / (2 * ndtri((1 + share) / 2)), dtype=np.float64)


def with_resolution(
    relative: Estimate, values: Floats, starts: Ints, confidence: float = 0.95
) -> Estimate:
    """Return RSD in percent with what the last digit can hide where all values are the same.

    Parameters
    ----------
    relative
        RSD of each group with its bounds, which are 0 for values that are all the same.
    values, starts
        The values by group.
    confidence
        Of each one-sided bound.

    Returns
    -------
    Estimate
        As given, but for groups of values that are all the same: 0 with the upper bound of
        :func:`deviation_hidden`, nan where the last digit is not known.
    """
    same = same_values(values, starts) & ~np.isnan(relative.value)
    high, value = relative.high.copy(), relative.value.copy()
    for g in np.flatnonzero(same).tolist():
        one = float(values[starts[g]])
        step = np.array([last_digit(one)])
        hidden = deviation_hidden(step, np.diff(starts)[g : g + 1], confidence)
        high[g] = 100 * hidden[0] / abs(one)
    unknown = same & np.isnan(high)
    value[unknown] = np.nan
    return Estimate(value, np.where(unknown, np.nan, relative.low), high)
