"""What measurement leaves uncertain of the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pilotscore.criteria import CriteriaSet, Indicator
from pilotscore.index.value_functions import score_values
from pilotscore.index.weights import combine
from pilotscore.measures import Measurements

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredInterval:
    """The interval of the index from measurement; shape (n,) each, and where there is any."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    uncertain: NDArray[np.bool_]


def score_bounds(
    low: NDArray[np.float64], high: NDArray[np.float64], indicator: Indicator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the least and greatest score of raw values between two bounds, shape (n,) each.

    A value function is piecewise monotone: its extremes lie at the bounds or at an anchor between.
    """
    import numpy as np

    ends = np.stack([score_values(low, indicator), score_values(high, indicator)])
    least, greatest = ends.min(axis=0), ends.max(axis=0)
    for x, y in indicator.anchors:
        inside = (low <= x) & (x <= high)
        least = np.where(inside, np.minimum(least, y), least)
        greatest = np.where(inside, np.maximum(greatest, y), greatest)
    return least, greatest


def measured_interval(
    measurements: Measurements,
    rows: slice,
    criteria: CriteriaSet,
    scores: NDArray[np.float64],
    caps: NDArray[np.float64],
    weights: NDArray[np.float64],
    has_value: NDArray[np.bool_],
) -> MeasuredInterval:
    """Propagate what is uncertain of each measured value to the index.

    Each value's bounds are carried through its value function and the aggregation, the others
    held; the deviations of the index upwards and downwards are combined as the root of the sum of
    their squares, as for independent quantities. Source: JCGM 100:2008 (GUM), equation 10
    in 5.1.2, with finite differences in place of partial derivatives (5.1.3, note 2), each side
    apart.

    Parameters
    ----------
    measurements
        ``low`` and ``high`` bound what is uncertain of ``values``.
    rows
        Which results are meant.
    criteria
        The criteria set.
    scores, caps, weights, has_value
        Shape (n, m): the scores, the caps of the evidence, weights, and whether there is a value.
    """
    import numpy as np

    n = len(scores)
    _, index = combine(scores, weights, criteria)
    below, above = np.zeros(n), np.zeros(n)
    uncertain = np.zeros(n, dtype=bool)
    if measurements.low is measurements.values and measurements.high is measurements.values:
        return MeasuredInterval(index, index, uncertain)
    values, low, high = (
        x[rows] for x in (measurements.values, measurements.low, measurements.high)
    )
    differs = has_value & ((low != values) | (high != values))
    for j in np.flatnonzero(differs.any(axis=0)).tolist():
        some = np.flatnonzero(differs[:, j])
        bounds = score_bounds(low[some, j], high[some, j], criteria.indicators[j])
        part = weights[some] if weights.ndim == 2 else weights
        for bound, total in zip(bounds, (below, above), strict=True):
            moved = scores[some].copy()
            moved[:, j] = np.minimum(bound, caps[some, j])
            total[some] += (combine(moved, part, criteria)[1] - index[some]) ** 2
        uncertain[some] = True
    return MeasuredInterval(
        np.maximum(index - np.sqrt(below), 0.0),
        np.minimum(index + np.sqrt(above), 100.0),
        uncertain,
    )
