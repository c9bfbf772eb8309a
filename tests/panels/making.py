"""Panels for tests: from a table, and random ones with known effects."""

from __future__ import annotations

import numpy as np

from pilotscore.panels.scores import Scores

# P. E. Shrout, J. L. Fleiss 1979, table 2: six results and four judges.
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]],
    dtype=float,
)
_ = np.nan
# K. Krippendorff 2011, example C: four observers (rows) and twelve units.
KRIPPENDORFF = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
)


def scores_of(table: np.ndarray) -> Scores:
    """Return a table (a row a result, a column an expert, nan for no score) as scores."""
    result, expert = np.nonzero(~np.isnan(table))
    return Scores.of(result, expert, table[result, expert], *table.shape)


def random_scores(
    seed: int,
    results: int,
    experts: int,
    each: int,
    *,
    severity: float = 5,
    noise: float = 9,
    spread: float = 8,
) -> tuple[Scores, np.ndarray, np.ndarray]:
    """Return scores of experts drawn for each result, the true levels, and the true severities."""
    random = np.random.default_rng(seed)
    level = 60 + spread * random.standard_normal(results)
    severe = severity * random.standard_normal(experts)
    drawn = np.argsort(random.random((results, experts)), axis=1)[:, :each]
    result, expert = np.repeat(np.arange(results), each), drawn.ravel()
    score = level[result] + severe[expert] + noise * random.standard_normal(len(result))
    return Scores.of(result, expert, score, results, experts), level, severe
