"""Scores plain arrays: no workbook, no findings, as fast as the arithmetic allows."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria import CriteriaSet
from pilotscore.errors import UsageError
from pilotscore.index.value_functions import score_values
from pilotscore.index.weights import combine, indicator_weights
from pilotscore.language import Text
from pilotscore.records import dataclass

# Rows at a time: the chunk and its scores stay in the processor's cache.
CHUNK = 4096


@dataclass(frozen=True, slots=True, eq=False)
class ArrayScores:
    """The index, shape (n,), and the dimension scores, shape (n, d), 0-100."""

    index: Floats
    dimensions: Floats


def score_array(values: Floats, criteria: CriteriaSet) -> ArrayScores:
    """Score raw values that are already in an array.

    Parameters
    ----------
    values
        Shape (n, m), a column for each indicator in the order of the criteria set; nan where there
        is no value (it scores 0). Evidence caps, gates and grades are not applied: they need more
        than values.
    criteria
        The criteria set.

    Raises
    ------
    UsageError
        The array has another number of columns than the set has indicators.
    """
    m = len(criteria.indicators)
    if values.ndim != 2 or values.shape[1] != m:
        shape = " x ".join(map(str, values.shape))
        raise UsageError(
            Text(
                f"数组形状为 {shape}，应为 n x {m}（{criteria.id} 的指标数）",
                f"the array is {shape}, expected n x {m} (the indicators of {criteria.id})",
            )
        )
    n = len(values)
    index = np.empty(n)
    dimensions = np.empty((n, len(criteria.dimensions)))
    within = indicator_weights(criteria)
    scores = np.empty((min(CHUNK, n), m))
    for start in range(0, n, CHUNK):
        rows = values[start : start + CHUNK]
        part = scores[: len(rows)]
        for j, indicator in enumerate(criteria.indicators):
            part[:, j] = score_values(rows[:, j], indicator)
        np.nan_to_num(part, copy=False)
        span = slice(start, start + len(rows))
        dimensions[span], index[span] = combine(part, within, criteria)
    return ArrayScores(index, dimensions)
