"""Weights re-estimated from outcomes, of the dimensions or of every indicator."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.criteria import CriteriaSet
from pilotscore.index import dimension_weights, indicator_weights
from pilotscore.index.aggregate import power_mean
from pilotscore.language import Words
from pilotscore.outcomes.reweighing import Reweighing, reweigh
from pilotscore.records import dataclass
from pilotscore.runs.learn_data import Followed
from pilotscore.runs.learn_moves import Move, moved
from pilotscore.store import RoundColumns

Level = Literal["dimensions", "indicators"]
_CLOSE, _MOST_OTHER = 0.01, 0.01
_LEAST_SCORE = 1.0  # below an exponent of 1 nothing scored would outweigh all else


class NotWeighed(StrEnum):
    """Why the weights of a set cannot be re-estimated at all."""

    POINTS = "points"  # the index is a sum of points
    LOWEST = "lowest"  # the index is the lowest dimension
    ONE = "one"  # there is one dimension
    OTHER_WEIGHTS = "other_weights"  # the rounds were scored by other weights
    NOT_A_SUM = "not_a_sum"  # indicators have no weights of a sum


@dataclass(frozen=True, slots=True, eq=False)
class WeightsLearned:
    """What outcomes say of weights, and what would move in the last round.

    ``level`` is of what they are: shares of the whole, of the dimensions or of all indicators;
    ``line`` is how many results of that round were funded.
    """

    criteria: CriteriaSet
    level: Level
    reweighing: Reweighing | None
    why_not: NotWeighed | None
    moves: tuple[Move, ...]
    line: int

    @property
    def changes(self) -> bool:
        """Whether a change is proposed."""
        return self.reweighing is not None and self.reweighing.refusal is None

    @property
    def items(self) -> list[tuple[str, Words]]:
        """The id and title of each dimension or indicator, in the order of the weights."""
        c = self.criteria
        parts = c.dimensions if self.level == "dimensions" else c.indicators
        return [(part.id, part.title) for part in parts]

    def shares(self) -> tuple[Floats, Floats]:
        """Return the proposed weights as a set has them: of dimensions, of indicators in each."""
        assert self.reweighing is not None
        within = indicator_weights(self.criteria)
        if self.level == "dimensions":
            return self.reweighing.proposed, within
        return split(self.reweighing.proposed, dimension_of(self.criteria), within)


def split(whole: Floats, dimension: Ints, within: Floats) -> tuple[Floats, Floats]:
    """Return shares of the whole as those of dimensions, and of indicators in each.

    In a dimension of no weight they stay as they are (``within``).
    """
    sums = np.bincount(dimension, weights=whole).astype(np.float64)
    some = sums[dimension] > 0
    return sums, np.where(some, whole / np.where(some, sums[dimension], 1.0), within)


def dimension_of(criteria: CriteriaSet) -> Ints:
    """Return the place of the dimension of each indicator."""
    sizes = [len(d.indicators) for d in criteria.dimensions]
    return np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)


def weights_learned(
    f: Followed, criteria: CriteriaSet, level: Level = "dimensions"
) -> WeightsLearned:
    """Re-estimate the weights by the scores and outcomes of those followed."""
    last = f.rounds[-1]
    line = last.entry.funded
    raw = _raw(f, criteria) if level == "indicators" else None
    why = _not_weighed(f, criteria, level, raw)
    if why is not None:
        return WeightsLearned(criteria, level, None, why, (), line)
    counted = f.counted
    event = f.known.success[counted]
    if raw is None:
        scores = taken_by_the_mean(f.dimensions[counted], criteria.aggregation.exponent)
        reweighing = reweigh(scores, event, dimension_weights(criteria))
    else:
        reweighing = reweigh(_filled(raw[counted], criteria), event, _shares(criteria))
    learned = WeightsLearned(criteria, level, reweighing, None, (), line)
    if reweighing.refusal:
        return learned
    moves = _moves(learned, last.columns)
    return WeightsLearned(criteria, level, reweighing, None, moves, line)


def _moves(learned: WeightsLearned, columns: RoundColumns) -> tuple[Move, ...]:
    whole, within = learned.shares()
    criteria = learned.criteria
    dimensions = None
    if learned.level == "indicators":
        scores = [columns.indicators[i.id].scores for i in criteria.indicators]
        dimensions = _dimensions(np.stack(scores, axis=1), criteria, within)
    return moved(columns, criteria, whole, learned.line, dimensions)


def _shares(criteria: CriteriaSet) -> Floats:
    """Return the share of each indicator in the index."""
    at = dimension_of(criteria)
    shares: Floats = dimension_weights(criteria)[at] * indicator_weights(criteria)
    return shares


def _raw(f: Followed, criteria: CriteriaSet) -> Floats | None:
    """Return the scores of those followed on all indicators, shape (m, k); nan: does not apply.

    None where a round has not all of them.
    """
    ids = [i.id for i in criteria.indicators]
    if not all(set(ids) <= set(r.columns.indicators) for r in f.rounds):
        return None
    rounds = ((r.columns.indicators, r.reports.places) for r in f.rounds)
    parts = [np.stack([read[x].scores[at] for x in ids], axis=1) for read, at in rounds]
    return np.concatenate(parts)


def _dimensions(scores: Floats, criteria: CriteriaSet, within: Floats) -> Floats:
    """Return the scores in the dimensions by weights of the indicators that apply, shape (n, d)."""
    at = dimension_of(criteria)
    total, weight = (np.zeros((len(scores), len(criteria.dimensions))) for _ in range(2))
    for j, k in enumerate(at.tolist()):
        applies = np.isfinite(scores[:, j])
        total[:, k] += np.where(applies, within[j] * scores[:, j], 0.0)
        weight[:, k] += np.where(applies, within[j], 0.0)
    return total / np.where(weight > 0, weight, 1.0)


def _filled(scores: Floats, criteria: CriteriaSet) -> Floats:
    """Return scores of which one that does not apply stands for the others of its dimension.

    That is what leaving it out comes to.
    """
    dimensions = _dimensions(scores, criteria, indicator_weights(criteria))
    return np.where(np.isfinite(scores), scores, dimensions[:, dimension_of(criteria)])


def _not_weighed(
    f: Followed, criteria: CriteriaSet, level: Level, raw: Floats | None
) -> NotWeighed | None:
    exponent = criteria.aggregation.exponent
    if criteria.aggregation.method == "points":
        return NotWeighed.POINTS
    if np.isneginf(exponent):
        return NotWeighed.LOWEST
    if level == "indicators" and exponent != 1:
        return NotWeighed.NOT_A_SUM
    if level == "dimensions" and len(criteria.dimensions) < 2:
        return NotWeighed.ONE
    if level == "indicators" and raw is None:
        return NotWeighed.OTHER_WEIGHTS
    return None if _by_these_weights(f, criteria, raw) else NotWeighed.OTHER_WEIGHTS


def _by_these_weights(f: Followed, criteria: CriteriaSet, raw: Floats | None) -> bool:
    """Whether the index of those followed is what the weights of the set give."""
    there = np.isfinite(f.index)
    dimensions = f.dimensions
    if raw is not None:
        dimensions = _dimensions(raw, criteria, indicator_weights(criteria))
    present, exponent = dimension_weights(criteria), criteria.aggregation.exponent
    again = power_mean(dimensions[there], present, exponent)
    other = np.abs(again - f.index[there]) > _CLOSE
    return not other.any() or bool(other.mean() <= _MOST_OTHER)


def taken_by_the_mean(dimensions: Floats, exponent: float) -> Floats:
    """Return scores as the power mean takes them, so that weights are weights of a sum.

    Of which a rise is a rise: with an exponent below 0 the terms are turned.
    """
    if exponent == 1:
        return dimensions
    share: Floats = np.maximum(dimensions, _LEAST_SCORE) / 100
    if exponent == 0:
        return np.log(share)
    turned: Floats = np.sign(exponent) * share**exponent
    return turned
