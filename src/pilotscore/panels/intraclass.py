"""Intraclass correlations: how far the scores of experts tell results apart.

Sources
-------
P. E. Shrout, J. L. Fleiss, Intraclass correlations: uses in assessing rater reliability,
Psychological Bulletin 86 (1979) 420-428 (the six forms, their intervals, and the table of six
results and four judges); K. O. McGraw, S. P. Wong, Forming inferences about some intraclass
correlation coefficients, Psychological Methods 1 (1996) 30-46, table 7. Unequal numbers of scores
in a one-way layout: the average number of S. R. Searle, G. Casella, C. E. McCulloch, Variance
Components, 1992, section 3.6. Where not every expert scored every result, the forms with experts
are ratios of the variances of :mod:`pilotscore.panels.severity`, with intervals by the delta method
on the logit.
"""

from __future__ import annotations

import math

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.panels.scores import Scores
from pilotscore.panels.severity import Severity, severity_of
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True)
class Coefficient:
    """An agreement with its interval, nan where it cannot be known."""

    value: float
    low: float = math.nan
    high: float = math.nan


@dataclass(frozen=True, slots=True)
class Forms:
    """Three forms: ICC(1,1), ICC(2,1), ICC(3,1), or ICC(1,k), ICC(2,k), ICC(3,k).

    ``one_way``: experts as they come; ``absolute``: other experts would do as well, and their level
    counts; ``ranking``: these experts, and only the order counts.
    """

    one_way: Coefficient
    absolute: Coefficient
    ranking: Coefficient


@dataclass(frozen=True, slots=True)
class Intraclass:
    """The six forms.

    Parameters
    ----------
    single, mean
        For the score of one expert, and for the mean of ``k``.
    k
        How many scores a result has; their harmonic mean where not all have as many.
    negative
        Whether the results differ by less than the experts disagree, so that an estimate would be
        negative: it is given as 0, "not told apart".
    by_model
        Whether the forms with experts are by the model, not by the analysis of variance.
    """

    single: Forms
    mean: Forms
    k: float
    negative: bool
    by_model: bool


def intraclass(
    scores: Scores, level: float = 0.95, *, model: Severity | None = None
) -> Intraclass | None:
    """Return the six forms; None where fewer than two results have two scores.

    Results with a single score say nothing of agreement and are left aside.

    Parameters
    ----------
    scores
        On one indicator, or overall.
    level
        Of the intervals.
    model
        Of these scores, where it is worked out already.
    """
    several = scores.count > 1
    if several.sum() < 2:
        return None
    kept = scores.only(several[scores.result])
    table = _complete(kept)
    if table is not None:
        return _by_variance(table, level)
    return _by_model(kept, level, model)


def _complete(scores: Scores) -> Floats | None:
    """Return the scores as a table where every expert scored every result."""
    experts = np.unique(scores.expert)
    results = np.unique(scores.result)
    if len(scores.score) != len(experts) * len(results):
        return None
    return scores.score.reshape(len(results), len(experts))


def _forms(*forms: Coefficient) -> Forms:
    return Forms(*map(_not_below, forms))


def _not_below(c: Coefficient) -> Coefficient:
    return Coefficient(*(min(max(x, 0.0), 1.0) if x == x else x for x in (c.value, c.low, c.high)))


def variance_of(table: Floats) -> tuple[float, float, float, float]:
    """Return the mean squares of a table: results, experts, error, within results."""
    n, k = table.shape
    mean = table.mean()
    rows, columns = table.mean(axis=1), table.mean(axis=0)
    of_results = k * float(((rows - mean) ** 2).sum()) / (n - 1)
    of_experts = n * float(((columns - mean) ** 2).sum()) / (k - 1)
    left = table - rows[:, None] - columns + mean
    error = float((left**2).sum()) / ((n - 1) * (k - 1))
    within = float(((table - rows[:, None]) ** 2).sum()) / (n * (k - 1))
    return of_results, of_experts, error, within


def _by_variance(table: Floats, level: float) -> Intraclass:
    n, k = table.shape
    msr, msc, mse, msw = variance_of(table)
    one, one_k = _ratio_forms(msr, msw, k, (n - 1, n * (k - 1)), level)
    three, three_k = _ratio_forms(msr, mse, k, (n - 1, (n - 1) * (k - 1)), level)
    two, two_k = _absolute(msr, msc, mse, (n, k), level)
    negative = msr < msw or msr < mse
    return Intraclass(
        _forms(one, two, three), _forms(one_k, two_k, three_k), float(k), negative, False
    )


def _ratio_forms(
    between: float, within: float, k: float, free: tuple[float, float], level: float
) -> tuple[Coefficient, Coefficient]:
    """Return the forms that go by one ratio of mean squares, for one expert and for the mean."""
    from scipy.special import fdtri

    if within == 0:
        sure = Coefficient(1.0, 1.0, 1.0) if between else Coefficient(math.nan)
        return sure, sure
    ratio, tail = between / within, (1 + level) / 2
    low = ratio / float(fdtri(free[0], free[1], tail))
    high = ratio * float(fdtri(free[1], free[0], tail))

    def one(f: float) -> float:
        return (f - 1) / (f + k - 1)

    def mean(f: float) -> float:
        return 1 - 1 / f if f else -math.inf

    return (
        Coefficient(one(ratio), one(low), one(high)),
        Coefficient(mean(ratio), mean(low), mean(high)),
    )


def _absolute(
    msr: float, msc: float, mse: float, size: tuple[int, int], level: float
) -> tuple[Coefficient, Coefficient]:
    """Return ICC(2,1) and ICC(2,k)."""
    n, k = size
    if msr <= mse and mse > 0:
        # The estimate is negative, and what stands below the line may be nothing or less: no more
        # is known than how far it could reach.
        reach = _reach(msr, msc, mse, size, level)
        none = Coefficient(-math.inf, -math.inf, reach)
        return none, Coefficient(-math.inf, -math.inf, _stepped(reach, k))
    below = msr + (k - 1) * mse + k * (msc - mse) / n
    if below == 0:
        return Coefficient(math.nan), Coefficient(math.nan)
    value = (msr - mse) / below
    mean = (msr - mse) / (msr + (msc - mse) / n)
    if mse == 0:
        return Coefficient(value), Coefficient(mean)
    low, high = _bounds(value, (msr, msc, mse), size, level)
    low, high = min(low, value), max(high, value)
    steps = (_stepped(low, k), _stepped(high, k))
    return Coefficient(value, low, high), Coefficient(mean, *steps)


def _reach(msr: float, msc: float, mse: float, size: tuple[int, int], level: float) -> float:
    """Return the upper bound of an estimate below 0, nan where there is none within 0 to 1."""
    n, k = size
    if msr == 0:
        # No bound is above 0 then, and its degrees of freedom may be 0/0.
        return math.nan
    value = (msr - mse) / (msr + (k - 1) * mse + k * (msc - mse) / n)
    _, high = _bounds(value, (msr, msc, mse), size, level)
    return high if 0 <= high <= 1 else math.nan


def _bounds(
    value: float, squares: tuple[float, float, float], size: tuple[int, int], level: float
) -> tuple[float, float]:
    """Return the interval of ICC(2,1) (Shrout and Fleiss, page 424, by Satterthwaite)."""
    from scipy.special import fdtri

    (msr, msc, mse), (n, k) = squares, size
    ratio, tail = msc / mse, (1 + level) / 2
    part = n * (1 + (k - 1) * value) - k * value
    top = (k - 1) * (n - 1) * (k * value * ratio + part) ** 2
    v = top / ((n - 1) * (k * value * ratio) ** 2 + part**2)
    upper, lower = float(fdtri(n - 1, v, tail)), float(fdtri(v, n - 1, tail))
    rest = k * msc + (k * n - k - n) * mse
    low = n * (msr - upper * mse) / (upper * rest + n * msr)
    high = n * (lower * msr - mse) / (rest + n * lower * msr)
    return low, high


def _by_model(scores: Scores, level: float, model: Severity | None) -> Intraclass | None:
    """Return the forms of an incomplete design."""
    count = scores.count[scores.count > 0].astype(float)
    n, k = len(count), float(len(count) / (1 / count).sum())
    sums = scores.by_result(scores.score)
    mean = sums / np.maximum(scores.count, 1)
    total = float(count.sum())
    between = float((scores.count * (mean - scores.score.mean()) ** 2).sum()) / (n - 1)
    within = float(((scores.score - mean[scores.result]) ** 2).sum()) / (total - n)
    average = (total - float((count**2).sum()) / total) / (n - 1)
    one, _ = _ratio_forms(between, within, average, (n - 1, total - n), level)
    one_k = Coefficient(*(_stepped(x, k) for x in (one.value, one.low, one.high)))
    model = model or severity_of(scores, robust=False)
    if model is None:
        return None
    two, three = _model_forms(model, level, with_experts=True), _model_forms(model, level)
    two_k, three_k = (
        Coefficient(*(_stepped(x, k) for x in (c.value, c.low, c.high))) for c in (two, three)
    )
    negative = between < within or model.of_results == 0
    return Intraclass(_forms(one, two, three), _forms(one_k, two_k, three_k), k, negative, True)


def _stepped(one: float, k: float) -> float:
    """Return the reliability of the mean of k from that of one (Spearman-Brown)."""
    below = 1 + (k - 1) * one
    return -math.inf if below <= 0 else k * one / below


def _model_forms(model: Severity, level: float, *, with_experts: bool = False) -> Coefficient:
    """Return the share of the results' variance, with its interval where there is one."""
    from scipy.special import expit, ndtri

    of_experts = model.of_experts if with_experts else 0.0
    other = of_experts + model.residual
    value = model.of_results / (model.of_results + other)
    if not np.isfinite(model.spread).all() or not 0 < value < 1:
        return Coefficient(value)
    # logit = log(results) - log(experts + residual), in ratios to the residual variance.
    slope = np.array([1.0, -of_experts / other])
    error = math.sqrt(max(float(slope @ model.spread @ slope), 0.0))
    logit, width = math.log(value / (1 - value)), float(ndtri((1 + level) / 2)) * error
    low, high = (float(expit(logit + sign * width)) for sign in (-1, 1))
    return Coefficient(value, low, high)
