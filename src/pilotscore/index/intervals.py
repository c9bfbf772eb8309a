"""What measurement leaves uncertain of the index."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Bools, Floats
from pilotscore.criteria import CriteriaSet, Indicator
from pilotscore.index.value_functions import score_values
from pilotscore.index.weights import combine, dimension_weights, is_linear
from pilotscore.measures import Measurements
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Deviations:
    """How far measurement may take the index down and up, shape (n,) each, and where it may at all.

    In points of the index, at least 0.
    """

    below: Floats
    above: Floats
    uncertain: Bools

    def around(self, index: Floats) -> tuple[Floats, Floats]:
        """Return the interval around an index, within 0 to 100, shape (n,) each."""
        return np.maximum(index - self.below, 0.0), np.minimum(index + self.above, 100.0)


def score_bounds(low: Floats, high: Floats, indicator: Indicator) -> tuple[Floats, Floats]:
    """Return the least and greatest score of raw values between two bounds, shape (n,) each.

    A value function is piecewise monotone: its extremes lie at the bounds or, where it is not
    monotone as a whole, at an anchor between.
    """
    ends = np.stack([score_values(low, indicator), score_values(high, indicator)])
    least, greatest = ends.min(axis=0), ends.max(axis=0)
    rises = np.diff([y for _, y in indicator.anchors])
    if (rises >= 0).all() or (rises <= 0).all():
        return least, greatest
    for x, y in indicator.anchors:
        inside = (low <= x) & (x <= high)
        least = np.where(inside, np.minimum(least, y), least)
        greatest = np.where(inside, np.maximum(greatest, y), greatest)
    return least, greatest


@dataclass(frozen=True, slots=True, eq=False)
class ScoredRows:
    """Some results and what they score.

    ``rows`` says which results; ``scores``, ``caps`` of the evidence and ``has_value`` have shape
    (n, m); ``weights``, those in each dimension, (m,) or (n, m) with 0 for what does not apply.
    """

    rows: slice
    scores: Floats
    caps: Floats
    weights: Floats
    has_value: Bools


def index_deviations(
    measurements: Measurements,
    criteria: CriteriaSet,
    scored: ScoredRows,
    *,
    linear: bool | None = None,
) -> Deviations:
    """Propagate what is uncertain of each measured value to the index.

    Each value's bounds are carried through its value function and the aggregation, the others held;
    the deviations of the index upwards and downwards are combined as the root of the sum of their
    squares, as for independent quantities. Source: JCGM 100:2008 (GUM), equation 10 in 5.1.2, with
    finite differences in place of partial derivatives (5.1.3, note 2), each side apart; held
    against the combined standard uncertainty of its example H.1, 32 nm. Where the index is a
    weighted sum, the deviation of the index is that of the score times its weight in the index,
    whatever the other scores are.

    Parameters
    ----------
    measurements
        ``low`` and ``high`` bound what is uncertain of ``values``.
    criteria
        The criteria set.
    scored
        Which results are meant, and what they score.
    linear
        Whether to take the index for a weighted sum; as the criteria set has it by default.
    """
    scores = scored.scores
    n = len(scores)
    below, above = np.zeros(n), np.zeros(n)
    uncertain = np.zeros(n, dtype=bool)
    linear = is_linear(criteria) if linear is None else linear
    moved_by = _weighted if linear else _recombined
    low, high = measurements.low[scored.rows], measurements.high[scored.rows]
    differs = measurements.uncertain(scored.rows)
    for j in np.flatnonzero(differs.any(axis=0)).tolist():
        some = np.flatnonzero(differs[:, j] & scored.has_value[:, j])
        bounds = score_bounds(low[some, j], high[some, j], criteria.indicators[j])
        capped = [np.minimum(bound, scored.caps[some, j]) for bound in bounds]
        moved = moved_by(capped, scores, some, j, scored.weights, criteria)
        for deviation, total in zip(moved, (below, above), strict=True):
            total[some] += deviation**2
        uncertain[some] = True
    return Deviations(np.sqrt(below), np.sqrt(above), uncertain)


def _weighted(
    bounds: list[Floats],
    scores: Floats,
    some: NDArray[np.intp],
    j: int,
    weights: Floats,
    criteria: CriteriaSet,
) -> Iterator[Floats]:
    """Yield by how much the index of some results moves with score ``j``, by its weight."""
    k, columns = next((k, s) for k, s in enumerate(criteria.dimension_slices) if j < s.stop)
    part = weights[columns] if weights.ndim == 1 else weights[some, columns]
    own = weights[j] if weights.ndim == 1 else weights[some, j]
    total = part.sum(axis=-1)
    share = dimension_weights(criteria)[k] * own / np.where(total > 0, total, 1.0)
    now = scores[some, j]
    for bound in bounds:
        yield share * (bound - now)


def _recombined(
    bounds: list[Floats],
    scores: Floats,
    some: NDArray[np.intp],
    j: int,
    weights: Floats,
    criteria: CriteriaSet,
) -> Iterator[Floats]:
    """Yield by how much the index of some results moves with score ``j``, combined anew."""
    here = scores[some]
    part = weights if weights.ndim == 1 else weights[some]
    _, index = combine(here, part, criteria)
    for bound in bounds:
        moved = here.copy()
        moved[:, j] = bound
        yield combine(moved, part, criteria)[1] - index
