"""The weights of a criteria set as arrays, and how its dimensions combine their indicators."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria import CriteriaSet
from pilotscore.criteria.condition import comparisons, parse
from pilotscore.index.aggregate import dimension_means, power_mean


def dimension_weights(criteria: CriteriaSet) -> Floats:
    """Return the weights of the dimensions, summing to 1, shape (d,)."""
    if criteria.sub_indexes:
        return np.array(criteria.dimension_shares, dtype=float)
    weights = np.array([d.weight for d in criteria.dimensions], dtype=float)
    return np.asarray(weights / weights.sum())


def sub_indexes(dimensions: Floats, criteria: CriteriaSet) -> Floats:
    """Return the sub-indexes, shape (n, g): the mean of their dimensions as the index takes it.

    The index is their mean in turn: a power mean of power means with one exponent is that of all of
    them, with the weights multiplied.

    Parameters
    ----------
    dimensions
        Shape (n, d); nan where nothing of one applies, which counts as 0.
    criteria
        The criteria set.
    """
    place = {d.id: k for k, d in enumerate(criteria.dimensions)}
    weights, filled = dimension_weights(criteria), np.nan_to_num(dimensions)
    exponent = criteria.aggregation.exponent
    columns = [[place[name] for name in s.dimensions] for s in criteria.sub_indexes]
    parts = [power_mean(filled[:, c], weights[c], exponent) for c in columns]
    return np.stack(parts, axis=1) if parts else np.zeros((len(filled), 0))


def indicator_weights(criteria: CriteriaSet) -> Floats:
    """Return the weight of each indicator in its dimension, summing to 1 in each, shape (m,)."""
    return np.concatenate(
        [
            np.array([i.weight for i in d.indicators]) / sum(i.weight for i in d.indicators)
            for d in criteria.dimensions
        ]
    )


def reaches(criteria: CriteriaSet) -> tuple[float, ...]:
    """Return for each dimension its obtainable points over its cap; 1 where means are taken."""
    if criteria.aggregation.method != "points":
        return ()
    return tuple(
        sum(i.weight for i in d.indicators) / d.weight if d.weight else 1.0
        for d in criteria.dimensions
    )


def is_linear(criteria: CriteriaSet) -> bool:
    """Say whether the index is a weighted sum of the scores."""
    rules = criteria.aggregation
    lowest = any(d.lowest_share for d in criteria.dimensions)
    return rules.method == "mean" and rules.exponent == 1 and not lowest


def adds_up(criteria: CriteriaSet) -> bool:
    """Say whether the gains in index of changes to different indicators add up.

    They do where it is a weighted sum and no value decides whether another indicator applies.
    """
    stated = [text for i in criteria.indicators for text in (i.applies_when, i.not_applicable)]
    conditions = [parse(text) for text in stated if isinstance(text, str)]
    names = {leaf.name for condition in conditions for leaf in comparisons(condition)}
    return is_linear(criteria) and not names & {i.id for i in criteria.indicators}


def combine(scores: Floats, weights: Floats, criteria: CriteriaSet) -> tuple[Floats, Floats]:
    """Combine scores into dimensions and the index, as the criteria set has it.

    Parameters
    ----------
    scores
        Shape (n, m), 0 to 100.
    weights
        Shape (m,) or (n, m), 0 for what does not apply.
    criteria
        The criteria set.

    Returns
    -------
    tuple of numpy.ndarray
        Dimensions, shape (n, d), nan where nothing of one applies (it then counts as 0); and the
        index, shape (n,).
    """
    shares = tuple(d.lowest_share for d in criteria.dimensions)
    dimensions = dimension_means(
        scores, weights, criteria.dimension_slices, shares if any(shares) else (), reaches(criteria)
    )
    exponent = 1.0 if criteria.aggregation.method == "points" else criteria.aggregation.exponent
    return dimensions, power_mean(np.nan_to_num(dimensions), dimension_weights(criteria), exponent)
