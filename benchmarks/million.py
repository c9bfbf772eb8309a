"""A million rows scored from an array, beside bare numpy doing the same arithmetic."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
from common import Result, alternate, median, report, spread
from numpy.typing import NDArray

from pilotscore import score_array
from pilotscore.criteria import CriteriaSet

Array = NDArray[np.float64]

RUNS = 9
ROWS = 1_000_000
MISSING = 0.02
WITHIN = 1.5
EQUAL = 1e-9

# Five indicators to a dimension: what a raw value may be, and its score; one on a log axis.
SHAPES: tuple[dict[str, Any], ...] = (
    {"type": "level", "scale": [1, 9], "points": [[1, 0], [3, 15], [5, 50], [7, 85], [9, 100]]},
    {"type": "number", "points": [[0, 0], [24, 20], [72, 50], [168, 70], [500, 90], [1000, 100]]},
    {"type": "percent", "points": [[70, 0], [85, 40], [95, 75], [98, 90], [99.5, 100]]},
    {"type": "ratio", "direction": "min", "points": [[0.7, 100], [1, 70], [1.2, 35], [1.5, 0]]},
    {"type": "percent", "direction": "range", "points": [[85, 0], [98, 100], [102, 100], [115, 0]]},
)
LOG = {
    "type": "ratio",
    "direction": "min",
    "axis": "log",
    "points": [[1, 100], [10, 80], [100, 40], [1000, 0]],
}


def criteria_set() -> CriteriaSet:
    """Return 20 indicators in 4 dimensions."""
    dimensions = [
        {
            "id": f"d{k}",
            "title": f"Dimension {k}",
            "weight": weight,
            "indicators": [_indicator(k, j) for j in range(len(SHAPES))],
        }
        for k, weight in enumerate((40, 30, 20, 10))
    ]
    grades = [{"id": "A", "title": "A", "index": 60}, {"id": "B", "title": "B"}]
    data = {"id": "million", "version": "1", "title": "A million rows", "grades": grades}
    return CriteriaSet.model_validate(data | {"dimensions": dimensions})


def _indicator(k: int, j: int) -> dict[str, Any]:
    name, weight = f"x{k}{j}", 10 + 5 * j
    shape = LOG if (k, j) == (3, 3) else SHAPES[j]
    return {"id": name, "title": name, "weight": weight} | shape


def raw_values(criteria: CriteriaSet) -> Array:
    """Return values over and a little beyond the anchors, some of them missing."""
    random = np.random.default_rng(20260101)
    values = np.empty((ROWS, len(criteria.indicators)))
    for j, indicator in enumerate(criteria.indicators):
        low, high = indicator.anchors[0][0], indicator.anchors[-1][0]
        values[:, j] = random.uniform(low - 0.1 * (high - low), high + 0.1 * (high - low), ROWS)
    values[random.random(values.shape) < MISSING] = np.nan
    return values


def prepared(criteria: CriteriaSet) -> Callable[[Array], tuple[Array, Array]]:
    """Return the plain scorer: anchors and weights as arrays, ready beforehand.

    It keeps the scores of an indicator side by side in memory, which is twice as fast as filling
    the columns of an array of the input's shape.
    """
    anchors = [np.array(i.anchors).T for i in criteria.indicators]
    log = [i.axis == "log" for i in criteria.indicators]
    spans = criteria.dimension_slices
    weights = np.array([i.weight for i in criteria.indicators])
    across = np.array([d.weight for d in criteria.dimensions])

    def score(values: Array) -> tuple[Array, Array]:
        scores = np.empty(values.shape[::-1])
        for j, (x, y) in enumerate(anchors):
            column = values[:, j]
            if log[j]:
                x, column = np.log(x), np.log(np.maximum(column, np.finfo(float).tiny))
            scores[j] = np.interp(column, x, y)
        scores[np.isnan(scores)] = 0.0
        dimensions = np.stack([weights[s] @ scores[s] / weights[s].sum() for s in spans])
        return across @ dimensions / across.sum(), dimensions.T

    return score


def _peak(call: Callable[[], object]) -> float:
    """Return the most megabytes that a call holds beyond its input, in a run that is not timed."""
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def _difference(values: Array, criteria: CriteriaSet) -> float:
    """Return the greatest difference between the figures of the two."""
    mine, (index, dimensions) = score_array(values, criteria), prepared(criteria)(values)
    apart = max(np.abs(mine.index - index).max(), np.abs(mine.dimensions - dimensions).max())
    if not apart <= EQUAL:
        raise AssertionError(f"the two differ by {apart}")
    return float(apart)


def measure(runs: int = RUNS) -> Result:
    """Measure both, and hold their figures against each other."""
    criteria = criteria_set()
    values = raw_values(criteria)
    apart = _difference(values, criteria)
    plain_score = prepared(criteria)
    ours, plain = alternate(
        lambda: score_array(values, criteria), lambda: plain_score(values), runs=runs
    )
    peaks = _peak(lambda: score_array(values, criteria)), _peak(lambda: plain_score(values))
    # As a data frame of floats gives it: each column in one piece.
    columns = np.asfortranarray(values)
    by_column = alternate(
        lambda: score_array(columns, criteria), lambda: plain_score(columns), runs=runs
    )
    ratio = median(ours) / median(plain)
    return Result(
        "million: score_array",
        median(ours),
        median(plain),
        f"{ratio:.2f} times",
        f"within {WITHIN} times",
        ratio <= WITHIN,
        (
            f"  {runs} runs each: ours {spread(ours)}, plain {spread(plain)}",
            f"  greatest difference of any figure: {apart:.1e}",
            f"  peak memory beyond the {values.nbytes / 1e6:.0f} MB of input: "
            f"ours {peaks[0]:.0f} MB, plain {peaks[1]:.0f} MB",
            f"  the same from an array in column order: ours {median(by_column[0]):.2f} s, plain "
            f"{median(by_column[1]):.2f} s, {median(by_column[0]) / median(by_column[1]):.2f} times",
        ),
    )


if __name__ == "__main__":
    report(measure())
