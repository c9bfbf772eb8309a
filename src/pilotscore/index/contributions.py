"""What each indicator adds to the index of a result; the parts add up to it exactly."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.index.aggregate import dimension_shares, lowest_of
from pilotscore.index.assessment import Assessment
from pilotscore.index.weights import dimension_weights


def contributions(assessment: Assessment) -> Floats:
    """Split each index over the indicators, in points of the index.

    A dimension's share comes from :func:`~pilotscore.index.aggregate.dimension_shares` (Euler's
    theorem for the power mean), an indicator's part of it from its weight times its score. What
    the lowest indicator counts besides is its own, shared alike where several are lowest.

    Returns
    -------
    numpy.ndarray
        Shape (n, m); each row sums to the index.
    """
    criteria = assessment.criteria
    filled = np.nan_to_num(assessment.dimensions)
    points_method = criteria.aggregation.method == "points"
    exponent = 1.0 if points_method else criteria.aggregation.exponent
    shares = dimension_shares(filled, dimension_weights(criteria), exponent, assessment.index)
    points = np.nan_to_num(assessment.scores) * assessment.weights
    parts = np.zeros_like(points)
    for k, columns in enumerate(criteria.dimension_slices):
        within = points[:, columns]
        if share := criteria.dimensions[k].lowest_share:
            within = (1 - share) * within + share * _of_lowest(assessment, columns)
        total = within.sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            parts[:, columns] = within * (shares[:, k] / total)[:, None]
        # With p = 0 a dimension at 0 makes the index 0, and there is nothing to split.
        parts[filled[:, k] == 0, columns] = 0.0
    return parts


def _of_lowest(assessment: Assessment, columns: slice) -> Floats:
    """Return the lowest score of a dimension, at the indicators that have it; shape (n, m_k)."""
    scores, weights = assessment.scores[:, columns], assessment.weights[:, columns]
    lowest = lowest_of(np.nan_to_num(scores), weights)
    there = (np.nan_to_num(scores) == lowest[:, None]) & (weights > 0)
    counts = np.maximum(there.sum(axis=1), 1)
    return np.where(there, (np.nan_to_num(lowest) / counts)[:, None], 0.0)
