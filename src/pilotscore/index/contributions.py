"""What each indicator adds to the index of a result; the parts add up to it exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotscore.index.aggregate import dimension_shares
from pilotscore.index.assessment import Assessment, dimension_weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def contributions(assessment: Assessment) -> NDArray[np.float64]:
    """Split each index over the indicators, in points of the index.

    A dimension's share comes from :func:`~pilotscore.index.aggregate.dimension_shares` (Euler's
    theorem for the power mean), an indicator's part of it from its weight times its score.

    Returns
    -------
    numpy.ndarray
        Shape (n, m); each row sums to the index.
    """
    import numpy as np

    criteria = assessment.criteria
    filled = np.nan_to_num(assessment.dimensions)
    shares = dimension_shares(
        filled, dimension_weights(criteria), criteria.aggregation.exponent, assessment.index
    )
    points = np.nan_to_num(assessment.scores) * assessment.weights
    parts = np.zeros_like(points)
    for k, columns in enumerate(criteria.dimension_slices):
        with np.errstate(invalid="ignore", divide="ignore"):
            parts[:, columns] = points[:, columns] * (shares[:, k] / filled[:, k])[:, None]
        # With p = 0 a dimension at 0 makes the index 0, and there is nothing to split.
        parts[filled[:, k] == 0, columns] = 0.0
    return parts
