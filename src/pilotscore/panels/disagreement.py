"""Results over which the experts disagree, which go to discussion."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.panels.scores import Scores
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Disagreement:
    """How far the scores of each result lie apart, shape (results,).

    ``span`` is greatest less least, ``deviation`` the sample deviation (nan for a single score);
    ``discuss`` marks those whose span is above the limit.
    """

    span: Floats
    deviation: Floats
    discuss: Bools


def disagreement(scores: Scores, limit: float) -> Disagreement:
    """Return how far scores lie apart; ``limit`` is in points of the scale."""
    least, most = np.full(scores.results, np.inf), np.full(scores.results, -np.inf)
    np.minimum.at(least, scores.result, scores.score)
    np.maximum.at(most, scores.result, scores.score)
    several = scores.count > 1
    span = np.full(scores.results, np.nan)
    span[several] = (most - least)[several]
    mean = scores.by_result(scores.score)
    mean /= np.maximum(scores.count, 1)
    squares = scores.by_result((scores.score - mean[scores.result]) ** 2)
    deviation = np.where(several, np.sqrt(squares / np.maximum(scores.count - 1, 1)), np.nan)
    return Disagreement(span, deviation, several & (np.nan_to_num(span) > limit + 1e-9))
