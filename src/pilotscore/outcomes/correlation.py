"""How far an index goes with what came of it: correlation of values and of ranks.

Sources
-------
R. A. Fisher, On the probable error of a coefficient of correlation, Metron 1 (1921) 3-32, the
interval of Pearson's coefficient; D. G. Bonett, T. A. Wright, Sample size requirements for
estimating Pearson, Kendall and Spearman correlations, Psychometrika 65 (2000) 23-28, that of
Spearman's, whose variance on Fisher's scale is (1 + r^2 / 2) / (n - 3).
"""

from __future__ import annotations

import math

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria.measuring import Bounded
from pilotscore.outcomes.bounds import NOT_KNOWN, two_sided

_LEAST = 4  # with fewer there is no interval


def pearson(score: Floats, outcome: Floats, level: float = 0.95) -> Bounded:
    """Return the correlation of values with its interval; nan where one of them is the same."""
    return _with_interval(_coefficient(score, outcome), len(score), level, of_ranks=False)


def spearman(score: Floats, outcome: Floats, level: float = 0.95) -> Bounded:
    """Return the correlation of ranks, ties at their middle; nan where one has no order.

    Parameters
    ----------
    score, outcome
        Of each result, without nan; the outcome may be a level or 0 and 1.
    level
        Of the interval.
    """
    from scipy.stats import rankdata

    value = _coefficient(rankdata(score), rankdata(outcome))
    return _with_interval(value, len(score), level, of_ranks=True)


def _coefficient(a: Floats, b: Floats) -> float:
    if len(a) < 2 or not np.ptp(a) or not np.ptp(b):
        return math.nan
    a, b = a - a.mean(), b - b.mean()
    return float(np.clip(a @ b / math.sqrt(float(a @ a) * float(b @ b)), -1, 1))


def _with_interval(value: float, n: int, level: float, *, of_ranks: bool) -> Bounded:
    if value != value:
        return NOT_KNOWN
    if n < _LEAST or abs(value) == 1:
        # A perfect correlation of few has no known interval: it is not certainty.
        return Bounded(value, math.nan, math.nan)
    variance = (1 + value**2 / 2 if of_ranks else 1.0) / (n - 3)
    width = two_sided(level) * math.sqrt(variance)
    centre = math.atanh(value)
    return Bounded(value, math.tanh(centre - width), math.tanh(centre + width))
