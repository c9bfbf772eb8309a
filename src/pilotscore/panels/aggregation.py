"""Many scores to one value, by the rule of the panel, with the interval that few experts leave.

Sources
-------
The trimmed mean and its interval: R. R. Wilcox, Introduction to Robust Estimation and Hypothesis
Testing, 3rd ed. 2012, section 4.3 (Tukey and McLaughlin 1963): the winsorised deviation over
``(1 - 2 g / n) sqrt(n)`` with Student's t at ``n - 2 g - 1`` degrees of freedom. The interval of a
median (and of a minimum) by order statistics: W. J. Conover, Practical Nonparametric Statistics,
3rd ed. 1999, section 3.2; with few scores it is from the least to the greatest. The variance of a
result beside that of the call: the form of G. K. Smyth, Statistical Applications in Genetics and
Molecular Biology 3 (2004) article 3, with a stated weight.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.panels.rule import PanelRule
from pilotscore.panels.scores import Scores
from pilotscore.panels.weighing import weighted_trimmed
from pilotscore.records import dataclass

_PRIOR = 4  # own: scores that the deviation of the whole call counts as, beside those of a result


@dataclass(frozen=True, slots=True, eq=False)
class Aggregate:
    """One value for each result.

    Parameters
    ----------
    value
        Shape (results,); nan where there is none.
    low, high
        The interval of the value, within the scale.
    count, used
        How many scores there are, and how many went into the value.
    incomplete
        Where the rule asks for more scores than there are.
    absent
        The share of the groups that nobody of scored, 0 to 1.
    by_group
        The value of each group that has a share, shape (groups, results); None without shares.
    effective
        How many scores of equal weight those used are worth; None where all count the same.
    """

    value: Floats
    low: Floats
    high: Floats
    count: Ints
    used: Ints
    incomplete: Bools
    absent: Floats
    by_group: Floats | None = None
    effective: Floats | None = None


def aggregate(scores: Scores, rule: PanelRule, groups: tuple[str, ...] = ()) -> Aggregate:
    """Return one value for each result.

    A score that is not there is never a 0: it is no part of the value. Equal scores give equal
    values to the last digit, whoever gave them and in whatever order.

    Parameters
    ----------
    scores
        On one indicator, after correction where the rule has one.
    rule
        How they become one value.
    groups
        The group of each expert, where the rule has groups.
    """
    short = _incomplete(scores, rule, groups)
    if not rule.group_weights:
        value, low, high, used, effective = _values(scores, rule)
        none = np.zeros(scores.results)
        parts: Floats | None = None
    else:
        value, low, high, used, none, parts, effective = _by_group(scores, rule, groups)
    for column in (value, low, high):
        column[short | (scores.count == 0)] = np.nan
    worth = None if scores.weight is None else effective
    return Aggregate(value, low, high, scores.count, used, short, none, parts, worth)


def _incomplete(scores: Scores, rule: PanelRule, groups: tuple[str, ...]) -> Bools:
    """Return where there are fewer scores than the rule asks for."""
    short = scores.count < rule.least
    of_expert = np.array(groups, dtype=object)
    for group, least in rule.least_by_group.items():
        mine = of_expert[scores.expert] == group
        short |= np.bincount(scores.result[mine], minlength=scores.results) < least
    return short


def _by_group(
    scores: Scores, rule: PanelRule, groups: tuple[str, ...]
) -> tuple[Floats, Floats, Floats, Ints, Floats, Floats, Floats]:
    """Combine the values of groups by their shares, whoever is present.

    The shares of groups that are present keep their proportion; the interval reaches as far as the
    groups that are absent could move the value.
    """
    of_expert = np.array(groups, dtype=object)
    names = sorted(rule.group_weights)
    share = np.array([float(rule.group_weights[g]) for g in names])
    share /= share.sum()
    parts = [_values(scores.only(of_expert[scores.expert] == name), rule) for name in names]
    value, low, high = (np.array([part[n] for part in parts]) for n in range(3))
    there = ~np.isnan(value)
    weight = np.where(there, share[:, None], 0.0)
    present = weight.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        combined = np.where(there, weight * value, 0.0).sum(axis=0) / present
        # The parts err independently of one another: half widths add by squares.
        below, above = (
            np.sqrt((np.where(there, weight * (value - edge), 0.0) ** 2).sum(axis=0)) / present
            for edge in (low, high)
        )
    absent = np.where(present > 0, 1 - present, 0.0)
    absent[absent < 1e-12] = 0.0
    least, most = rule.scale
    low_all = (1 - absent) * (combined - below) + absent * least
    high_all = (1 - absent) * (combined + above) + absent * most
    used, effective = (np.sum([part[n] for part in parts], axis=0) for n in (3, 4))
    ends = low_all.clip(least, most), high_all.clip(least, most)
    return combined, *ends, used, absent, value, effective


def _values(scores: Scores, rule: PanelRule) -> tuple[Floats, Floats, Floats, Ints, Floats]:
    """Return value, interval, scores used and what they are worth, by the rule without groups.

    A median and a minimum go by order alone: weights are no part of them.
    """
    count, start = scores.count, scores.start
    if scores.weight is not None and rule.how not in ("minimum", "median"):
        cut = cut_of(count, rule)
        value, deviation, worth, number = weighted_trimmed(scores, cut)
        low, high = _t_interval(value, deviation, worth, number, scores, rule)
        return value, low, high, count - 2 * cut, worth
    # By score within each result: no value depends on who gave which.
    ordered = _sorted_by_result(scores)
    if rule.how == "minimum":
        value = _at(ordered, start, np.zeros_like(count), count)
        low, high = _order_interval(ordered, scores, rule)
        return value, np.fmin(low, value), np.fmax(high, value), count, count.astype(float)
    if rule.how == "median":
        lower = _at(ordered, start, (count - 1) // 2, count)
        upper = _at(ordered, start, count // 2, count)
        low, high = _order_interval(ordered, scores, rule)
        return (lower + upper) / 2, low, high, count, count.astype(float)
    cut = cut_of(count, rule)
    value, deviation, kept = _trimmed(ordered, scores, cut)
    low, high = _t_interval(value, deviation, kept, count, scores, rule)
    return value, low, high, kept, kept.astype(float)


def _sorted_by_result(scores: Scores) -> Floats:
    """Return the scores from low to high within each result."""
    most = int(scores.count.max(initial=0))
    if most * scores.results <= 2 * len(scores.score):
        # Nearly as many scores for each: a row a result sorts several times as fast.
        place = np.arange(len(scores.score)) - scores.start[scores.result]
        rows = np.full((scores.results, most), np.inf)
        rows[scores.result, place] = scores.score
        rows.sort(axis=1)
        ordered: Floats = rows[np.isfinite(rows)]
    else:
        ordered = scores.score[np.lexsort((scores.score, scores.result))]
    return ordered


def _at(ordered: Floats, start: Ints, place: Ints, count: Ints) -> Floats:
    """Return the score at a place from the lowest of each result; nan where there is none."""
    value = np.full(len(start), np.nan)
    some = count > 0
    value[some] = ordered[(start + place)[some]]
    return value


def cut_of(count: Ints, rule: PanelRule) -> Ints:
    """Return how many scores are left out at each end of each result."""
    share = rule.trim if rule.how == "trimmed" else 0.0
    cut: Ints = np.floor(share * count + 1e-9).astype(np.int64)
    if rule.how == "drop":
        cut = rule.drop * (count >= rule.drop_from).astype(np.int64)
    return cut


def _trimmed(ordered: Floats, scores: Scores, cut: Ints) -> tuple[Floats, Floats, Ints]:
    """Return the mean of what is left, its standard error, and how many are left."""
    count, start = scores.count, scores.start
    some = np.flatnonzero(count > 0)
    value, error = np.full(scores.results, np.nan), np.full(scores.results, np.nan)
    kept = count - 2 * cut
    if not len(some):
        return value, error, kept
    owner = np.repeat(np.arange(scores.results), count)
    place = np.arange(len(ordered)) - start[owner]
    # Winsorised: what is left out is as the nearest that is left.
    inside = place.clip(cut[owner], (count - cut - 1)[owner])
    winsorised = ordered[start[owner] + inside]
    left = np.where(inside == place, ordered, 0.0)
    value[some] = np.add.reduceat(left, start[some]) / kept[some]
    centre = np.add.reduceat(winsorised, start[some]) / count[some]
    spread = np.full(scores.results, np.nan)
    spread[some] = centre
    squares = np.add.reduceat((winsorised - spread[owner]) ** 2, start[some])
    with np.errstate(invalid="ignore", divide="ignore"):
        deviation = np.sqrt(squares / np.maximum(count[some] - 1, 1))
        share = kept[some] / count[some]
        error[some] = deviation / (share * np.sqrt(count[some]))
    error[count < 2] = np.nan
    return value, error, kept


def pooled_deviation(scores: Scores) -> tuple[float, int]:
    """Return how far scores of one result differ, pooled over results, and its degrees of freedom.

    The deviation is nan, with 0 degrees of freedom, where no result has two scores.
    """
    total = scores.by_result(scores.score)
    mean = total / np.maximum(scores.count, 1)
    squares = float(((scores.score - mean[scores.result]) ** 2).sum())
    free = int((scores.count - 1).clip(0).sum())
    return (float(np.sqrt(squares / free)) if free else float("nan")), free


def _t_interval(
    value: Floats,
    error: Floats,
    kept: Ints | Floats,
    number: Ints | Floats,
    scores: Scores,
    rule: PanelRule,
) -> tuple[Floats, Floats]:
    """Return the interval of means, the deviation of each result steadied by that of the call.

    Three experts who agree by chance are not certain, and two who differ are not without any
    knowledge of how far experts differ: the squared deviation is taken together with that of the
    whole call, which counts as up to :data:`_PRIOR` further scores. Where nobody knows how far two
    experts differ, the interval is the whole scale. ``kept`` and ``number`` are how many scores of
    equal weight those left, and all of them, are worth.
    """
    from scipy.special import stdtrit

    least, most = rule.scale
    own = (kept - 1).clip(0)
    everyone, free = pooled_deviation(scores)
    prior = np.minimum(_PRIOR, free - (scores.count - 1).clip(0)).clip(0)
    together = own + prior
    # The error of one value as it would be by the deviation of the call.
    by_call = everyone * np.sqrt(number / np.maximum(kept, 1) ** 2)
    squares = own * np.nan_to_num(error) ** 2 + prior * np.nan_to_num(by_call) ** 2
    half = np.full(scores.results, float(most - least))
    known = together > 0
    half[known] = stdtrit(together[known], (1 + rule.level) / 2) * np.sqrt(
        squares[known] / together[known]
    )
    return (value - half).clip(least, most), (value + half).clip(least, most)


def _order_interval(ordered: Floats, scores: Scores, rule: PanelRule) -> tuple[Floats, Floats]:
    """Return the interval of the median by order statistics, the least to the greatest at worst."""
    from scipy.special import bdtr

    low, high = np.full(scores.results, np.nan), np.full(scores.results, np.nan)
    for number in np.unique(scores.count[scores.count > 0]).tolist():
        chance = bdtr(np.arange(number), number, 0.5)
        place = max(int(np.searchsorted(chance, (1 - rule.level) / 2, side="right")) - 1, 0)
        mine = scores.count == number
        low[mine] = ordered[scores.start[mine] + place]
        high[mine] = ordered[scores.start[mine] + number - 1 - place]
    single = scores.count == 1
    if single.any():
        # One score says nothing of how far another would be.
        low[single], high[single] = rule.scale
    return low, high
