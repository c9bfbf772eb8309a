"""Trimmed means of scores that do not all count the same.

Source of the variance under weights: the unbiased one for reliability weights, and the effective
number of scores of L. Kish, Survey Sampling, 1965, section 8.2: ``(sum w)^2 / sum w^2``.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.panels.scores import Scores


def weighted_trimmed(scores: Scores, cut: Ints) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the weighted mean of what is left, its standard error, and what scores are worth.

    Where the scores of a result count the same it is the unweighted mean to the last bit.

    Parameters
    ----------
    scores
        With weights.
    cut
        How many scores are left out at each end of each result.

    Returns
    -------
    tuple
        Value; standard error, nan where a result has one score; how many scores of equal weight
        those that are left are worth, and all of them.
    """
    results = scores.results
    value, error = np.full(results, np.nan), np.full(results, np.nan)
    worth, number = np.zeros(results), np.zeros(results)
    some = np.flatnonzero(scores.count > 0)
    if not len(some):
        return value, error, worth, number
    start, owner = scores.start[some], scores.result
    ordered, weight = _by_score(scores, some, cut)
    place = np.arange(len(ordered)) - scores.start[owner]
    # Winsorised: what is left out is as the nearest that is left.
    inside = place.clip(cut[owner], (scores.count - cut - 1)[owner])
    winsorised = ordered[scores.start[owner] + inside]
    left = np.where(inside == place, weight, 0.0)

    def total(values: Floats) -> Floats:
        sums: Floats = np.add.reduceat(values, start)
        return sums

    every, kept = total(weight), total(left)
    squared = total(weight**2)
    number[some], worth[some] = every**2 / squared, kept**2 / total(left**2)
    value[some] = total(left * ordered) / kept
    centre = np.full(results, np.nan)
    centre[some] = total(weight * winsorised) / every
    squares = total(weight * (winsorised - centre[owner]) ** 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        deviation = np.sqrt(squares / (every - squared / every))
        error[some] = deviation / (kept / every * np.sqrt(number[some]))
    error[scores.count < 2] = np.nan
    return value, error, worth, number


def _by_score(scores: Scores, some: Ints, cut: Ints) -> tuple[Floats, Floats]:
    """Return scores from low to high within each result, and weights of at most 1 beside them.

    Where scores are left out, equal ones count by their mean weight: which of them stays must not
    depend on who gave it.
    """
    given = scores.weight if scores.weight is not None else np.ones(len(scores.score))
    order = np.lexsort((given, scores.score, scores.result))
    ordered, weight, owner = scores.score[order], given[order], scores.result
    greatest = np.ones(scores.results)
    greatest[some] = np.maximum.reduceat(weight, scores.start[some])
    weight = weight / greatest[owner]
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = (np.diff(ordered) != 0) | (np.diff(owner) != 0)
    run = np.cumsum(first) - 1
    mean = (np.bincount(run, weight) / np.bincount(run))[run]
    return ordered, np.where(cut[owner] > 0, mean, weight)
