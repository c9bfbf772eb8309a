"""The area under the ROC curve: how often a success stood above a failure, ties counted half.

Sources
-------
E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Comparing the areas under two or more correlated
receiver operating characteristic curves, Biometrics 44 (1988) 837-845, the variance; with one
sort as X. Sun, W. Xu, IEEE Signal Processing Letters 21 (2014) 1389-1393. The interval is on the
logit, so that it stays within 0 to 1. Where the variance is 0 (all above all others) it would have
no width: there it is method 5 of R. G. Newcombe, Confidence intervals for an effect size measure
based on the Mann-Whitney statistic, part 2, Statistics in Medicine 25 (2006) 559-573.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.criteria.measuring import Bounded
from pilotscore.outcomes.bounds import NOT_KNOWN, two_sided

_STEPS = 60


def auc(score: Floats, event: Bools, level: float = 0.95) -> Bounded:
    """Return the area with its interval; nan where all came to the same end.

    Parameters
    ----------
    score
        Of each result, the higher the better, without nan.
    event
        What became a success.
    level
        Of the interval.
    """
    from scipy.special import expit

    m, n = int(event.sum()), int((~event).sum())
    if not m or not n:
        return NOT_KNOWN
    value, variance = area_and_variance(score, event)
    deviate = two_sided(level)
    if not (0 < value < 1 and variance > 0):
        return Bounded(value, *_newcombe(value, m, n, deviate))
    logit, width = math.log(value / (1 - value)), deviate * math.sqrt(variance)
    width /= value * (1 - value)
    return Bounded(value, float(expit(logit - width)), float(expit(logit + width)))


def area_and_variance(score: Floats, event: Bools) -> tuple[float, float]:
    """Return the area and DeLong's variance of it, nan with one success or one failure."""
    at, place = np.unique(score, return_inverse=True)
    yes = np.bincount(place[event], minlength=len(at))
    no = np.bincount(place[~event], minlength=len(at))
    m, n = int(yes.sum()), int(no.sum())
    # How much of the other kind stands below a success at each score, and above a failure.
    beaten = (np.cumsum(no) - no / 2) / n
    ahead = (m - np.cumsum(yes) + yes / 2) / m
    value = float(yes @ beaten) / m
    if m < 2 or n < 2:
        return value, math.nan
    spread = float(yes @ (beaten - value) ** 2) / (m - 1) / m
    return value, spread + float(no @ (ahead - value) ** 2) / (n - 1) / n


def _newcombe(value: float, m: int, n: int, deviate: float) -> tuple[float, float]:
    """Return the areas from which this one is just as far as the deviate says."""
    star = (m + n) / 2 - 1

    def apart(area: float) -> float:
        spread = area * (1 - area) / (m * n)
        spread *= 1 + star * (1 - area) / (2 - area) + star * area / (1 + area)
        return abs(area - value) - deviate * math.sqrt(max(spread, 0.0))

    return _root(apart, value, 0.0), _root(apart, value, 1.0)


def _root(apart: Callable[[float], float], inner: float, outer: float) -> float:
    """Return where the distance turns positive on the way outwards, ``outer`` where it never."""
    if inner == outer:
        return outer
    for _ in range(_STEPS):
        middle = (inner + outer) / 2
        inner, outer = (inner, middle) if apart(middle) > 0 else (middle, outer)
    return float(np.clip(outer, 0, 1))
