"""Krippendorff's alpha: agreement beyond chance, with any number of experts and scores missing.

Source: K. Krippendorff, Computing Krippendorff's alpha-reliability, 2011 (his worked example of
four observers and twelve units: nominal 0.743, ordinal 0.815, interval 0.849); A. F. Hayes,
K. Krippendorff, Answering the call for a standard reliability measure for coding data,
Communication Methods and Measures 1 (2007) 77-89. The interval is by resampling results.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.panels.intraclass import Coefficient
from pilotscore.panels.scores import Scores

Metric = Literal["nominal", "ordinal", "interval"]
METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval")
# With more different scores than these, "the same score" is rare and says little.
MOST_VALUES = 30
_DRAWS, _BLOCK = 400, 4_000_000


def alpha(
    scores: Scores, metric: Metric = "interval", *, level: float = 0.95, seed: int = 0
) -> Coefficient | None:
    """Return alpha with its interval; None where it is not defined.

    It is not where no result has two scores, where all scores are the same, and, for nominal and
    ordinal scores, where there are more than :data:`MOST_VALUES` different ones.
    """
    kept = scores.only((scores.count > 1)[scores.result])
    if not len(kept.score) or not np.ptp(kept.score):
        return None
    if metric == "interval":
        parts = _interval_parts(kept)
        value = _interval(parts.sum(axis=0))
        draws = [_interval(total) for total in _resampled(parts, seed)]
    else:
        values, code = np.unique(kept.score, return_inverse=True)
        if len(values) > MOST_VALUES:
            return None
        pairs = _pair_parts(kept, code, len(values))
        value = _coincidence(pairs.sum(axis=0).reshape(len(values), -1), metric)
        draws = [
            _coincidence(total.reshape(len(values), -1), metric)
            for total in _resampled(pairs, seed)
        ]
    usable = np.array([d for d in draws if d == d])
    if len(usable) < _DRAWS // 2:
        return Coefficient(value)
    low, high = np.quantile(usable, [(1 - level) / 2, (1 + level) / 2])
    return Coefficient(value, float(low), float(high))


def _resampled(parts: Floats, seed: int) -> Floats:
    """Return sums of the parts of results drawn with replacement, a row a draw."""
    random = np.random.default_rng(seed)
    n = len(parts)
    block = max(1, _BLOCK // n)
    sums = []
    for first in range(0, _DRAWS, block):
        draws = min(block, _DRAWS - first)
        drawn = random.integers(0, n, size=(draws, n))
        drawn += np.arange(draws)[:, None] * n
        times = np.bincount(drawn.ravel(), minlength=draws * n).reshape(draws, n)
        sums.append(times @ parts)
    return np.concatenate(sums)


def _interval_parts(scores: Scores) -> Floats:
    """Return of each result: disagreement within it, scores, their sum and sum of squares."""
    some = np.flatnonzero(scores.count)
    count = scores.count[some].astype(float)
    # Around the mean of all, so that sums of squares lose no digits.
    centred = scores.score - scores.score.mean()
    total, square = (scores.by_result(x)[some] for x in (centred, centred**2))
    # Over all ordered pairs of a result: sum of (x - y)^2 = 2 m sum(x^2) - 2 (sum x)^2.
    within = (2 * count * square - 2 * total**2) / (count - 1)
    return np.column_stack([within, count, total, square])


def _interval(sums: Floats) -> float:
    within, count, total, square = sums.tolist()
    expected = (2 * count * square - 2 * total**2) / (count - 1)
    return 1 - within / expected if expected > 1e-12 * max(square, 1e-300) else math.nan


def _pair_parts(scores: Scores, code: np.ndarray, size: int) -> Floats:
    """Return of each result its coincidences of values, flattened: shape (results, size * size)."""
    some, owner = np.unique(scores.result, return_inverse=True)
    number = np.zeros((len(some), size))
    np.add.at(number, (owner, code), 1.0)
    pairs = number[:, :, None] * number[:, None, :]
    pairs[:, np.arange(size), np.arange(size)] -= number
    pairs /= (number.sum(axis=1) - 1)[:, None, None]
    return pairs.reshape(len(some), -1)


def _coincidence(observed: Floats, metric: Metric) -> float:
    """Return alpha of a table of coincidences, its values from low to high."""
    margin = observed.sum(axis=1)
    total = margin.sum()
    distance = _distance(margin, metric)
    disagreement = float((observed * distance).sum())
    expected = float((np.outer(margin, margin) * distance).sum()) / (total - 1)
    return 1 - disagreement / expected if expected > 0 else math.nan


def _distance(margin: Floats, metric: Metric) -> Floats:
    size = len(margin)
    if metric == "nominal":
        return 1.0 - np.eye(size)
    # Ordinal: how many scores lie from one value to the other, half of those at both ends.
    below = np.cumsum(margin) - margin / 2
    distance: Floats = (below[:, None] - below) ** 2
    return distance
