"""Weights re-estimated from outcomes, of the dimensions or of every indicator."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.criteria import CriteriaSet
from pilotscore.index import dimension_weights, indicator_weights
from pilotscore.index.aggregate import power_mean
from pilotscore.language import Words
from pilotscore.outcomes.reweighing import Reweighing, reweigh
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
    why = _not_weighed(f, criteria, level)
    if why is not None:
        return WeightsLearned(criteria, level, None, why, (), line)
    counted = f.counted
    event = f.known.success[counted]
    if level == "dimensions":
        scores = taken_by_the_mean(f.dimensions[counted], criteria.aggregation.exponent)
        found = reweigh(scores, event, dimension_weights(criteria))
    else:
        parts = [_of_round(r.columns, criteria)[r.reports.places] for r in f.rounds]
        scores = np.concatenate(parts)[counted]
        found = reweigh(scores, event, _shares(criteria))
    learned = WeightsLearned(criteria, level, found, None, (), line)
    if found.refusal:
        return learned
    moves = _moves(learned, last.columns)
    return WeightsLearned(criteria, level, found, None, moves, line)


def _moves(learned: WeightsLearned, columns: RoundColumns) -> tuple[Move, ...]:
    whole, within = learned.shares()
    criteria = learned.criteria
    dimensions = None
    if learned.level == "indicators":
        dimensions = _dimensions(columns, criteria, within)
    return moved(columns, criteria, whole, learned.line, dimensions)


def _shares(criteria: CriteriaSet) -> Floats:
    """Return the share of each indicator in the index."""
    at = dimension_of(criteria)
    shares: Floats = dimension_weights(criteria)[at] * indicator_weights(criteria)
    return shares


def _dimensions(columns: RoundColumns, criteria: CriteriaSet, within: Floats) -> Floats:
    """Return the scores in the dimensions by weights of the indicators that apply, shape (n, d)."""
    at = dimension_of(criteria)
    total, weight = (np.zeros((len(columns), len(criteria.dimensions))) for _ in range(2))
    for j, indicator in enumerate(criteria.indicators):
        score = columns.indicators[indicator.id].scores
        applies = np.isfinite(score)
        total[:, at[j]] += np.where(applies, within[j] * np.nan_to_num(score), 0.0)
        weight[:, at[j]] += np.where(applies, within[j], 0.0)
    return total / np.where(weight > 0, weight, 1.0)


def _of_round(columns: RoundColumns, criteria: CriteriaSet) -> Floats:
    """Return the scores of all indicators, shape (n, m).

    One that does not apply stands for the mean of the others of its dimension: that is what leaving
    it out comes to.
    """
    dimensions = _dimensions(columns, criteria, indicator_weights(criteria))
    at = dimension_of(criteria)
    scores = [
        np.where(np.isfinite(s := columns.indicators[i.id].scores), s, dimensions[:, at[j]])
        for j, i in enumerate(criteria.indicators)
    ]
    return np.stack(scores, axis=1)


def _not_weighed(f: Followed, criteria: CriteriaSet, level: Level) -> NotWeighed | None:
    present, exponent = dimension_weights(criteria), criteria.aggregation.exponent
    if criteria.aggregation.method == "points":
        return NotWeighed.POINTS
    if np.isneginf(exponent):
        return NotWeighed.LOWEST
    if level == "indicators" and exponent != 1:
        return NotWeighed.NOT_A_SUM
    if level == "dimensions" and len(present) < 2:
        return NotWeighed.ONE
    if level == "indicators" and not _has_all(f, criteria):
        return NotWeighed.OTHER_WEIGHTS
    dimensions = f.dimensions
    if level == "indicators":
        within = indicator_weights(criteria)
        parts = [_dimensions(r.columns, criteria, within)[r.reports.places] for r in f.rounds]
        dimensions = np.concatenate(parts)
    there = np.isfinite(f.index)
    again = power_mean(dimensions[there], present, exponent)
    other = np.abs(again - f.index[there]) > _CLOSE
    return NotWeighed.OTHER_WEIGHTS if other.mean() > _MOST_OTHER else None


def _has_all(f: Followed, criteria: CriteriaSet) -> bool:
    """Whether every round has every indicator."""
    ids = {i.id for i in criteria.indicators}
    return all(ids <= set(r.columns.indicators) for r in f.rounds)


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
