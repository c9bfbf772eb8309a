"""Weights of the dimensions re-estimated from outcomes, and what they would move."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.criteria import CriteriaSet
from pilotscore.index import dimension_weights
from pilotscore.index.aggregate import power_mean
from pilotscore.index.grades import TOLERANCE
from pilotscore.outcomes.reweighing import Reweighing, reweigh
from pilotscore.runs.learn_data import Followed
from pilotscore.runs.learn_limits import RoundLimits
from pilotscore.store import RoundColumns

_CLOSE, _MOST_OTHER = 0.01, 0.01
_LEAST_SCORE = 1.0  # below an exponent of 1 nothing scored would outweigh all else


class NotWeighed(StrEnum):
    """Why the weights of a set cannot be re-estimated at all."""

    POINTS = "points"  # the index is a sum of points
    LOWEST = "lowest"  # the index is the lowest dimension
    ONE = "one"  # there is one dimension
    OTHER_WEIGHTS = "other_weights"  # the rounds were scored by other weights


@dataclass(frozen=True, slots=True)
class Move:
    """A result of the last round that another weighting would move.

    ``crosses`` is 1 where it would come among the first ``line`` of that round, -1 where it would
    leave them, 0 for neither.
    """

    id: str
    title: str
    before: int
    after: int
    grade: str
    new_grade: str
    crosses: int


@dataclass(frozen=True, slots=True, eq=False)
class WeightsLearned:
    """What outcomes say of the weights of dimensions, and what would move in the last round.

    ``line`` is how many results of that round were funded.
    """

    criteria: CriteriaSet
    reweighing: Reweighing | None
    why_not: NotWeighed | None
    moves: tuple[Move, ...]
    line: int

    @property
    def changes(self) -> bool:
        """Whether a change is proposed."""
        return self.reweighing is not None and self.reweighing.refusal is None


def weights_learned(f: Followed, criteria: CriteriaSet) -> WeightsLearned:
    """Re-estimate the weights of the dimensions by the index and outcome of those followed."""
    present, exponent = dimension_weights(criteria), criteria.aggregation.exponent
    last = f.rounds[-1]
    line = last.entry.funded
    why = _not_weighed(f, criteria, present)
    if why is not None:
        return WeightsLearned(criteria, None, why, (), line)
    counted = f.counted
    scores = taken_by_the_mean(f.dimensions[counted], exponent)
    found = reweigh(scores, f.known.success[counted], present)
    moves = () if found.refusal else moved(last.columns, criteria, found.proposed, line)
    return WeightsLearned(criteria, found, None, moves, line)


def _not_weighed(f: Followed, criteria: CriteriaSet, present: Floats) -> NotWeighed | None:
    if criteria.aggregation.method == "points":
        return NotWeighed.POINTS
    if np.isneginf(criteria.aggregation.exponent):
        return NotWeighed.LOWEST
    if len(present) < 2:
        return NotWeighed.ONE
    there = np.isfinite(f.index)
    again = power_mean(f.dimensions[there], present, criteria.aggregation.exponent)
    other = np.abs(again - f.index[there]) > _CLOSE
    return NotWeighed.OTHER_WEIGHTS if other.mean() > _MOST_OTHER else None


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


def moved(
    columns: RoundColumns, criteria: CriteriaSet, weights: Floats, line: int
) -> tuple[Move, ...]:
    """Return who would stand elsewhere in a round with other weights, by grade and then index.

    Gates and floors are as they were; of the grades the index alone is another.
    """
    graded = np.flatnonzero(np.isfinite(columns.index))
    ids = [d.id for d in criteria.dimensions]
    scores = np.stack([np.nan_to_num(columns.dimensions[x][graded]) for x in ids], axis=1)
    old, grade = columns.index[graded], columns.grades[graded].astype(np.int64)
    new = power_mean(scores, weights, criteria.aggregation.exponent)
    after = _grades_after(RoundLimits(criteria, columns), (old, new), grade)
    ranks, new_ranks = _ranks(grade, old), _ranks(after, new)
    names = [g.id for g in criteria.grades]
    moves = []
    for k in np.flatnonzero((ranks != new_ranks) | (grade != after)).tolist():
        before, then = int(ranks[k]), int(new_ranks[k])
        moves.append(
            Move(
                columns.ids[graded[k]],
                columns.titles[graded[k]],
                before,
                then,
                names[grade[k]],
                names[after[k]],
                int(then <= line < before) - int(before <= line < then),
            )
        )
    return tuple(sorted(moves, key=lambda m: (-abs(m.crosses), m.after)))


def _grades_after(limits: RoundLimits, index: tuple[Floats, Floats], grade: Ints) -> Ints:
    """Return the grades by a new index; who was below what the floors leave stays no better."""
    least = np.array([g.index for g in limits.criteria.grades]) - TOLERANCE
    floors = limits.floors()
    before, after = (np.argmax(floors & (x[:, None] >= least), axis=1) for x in index)
    best = np.where(grade > before, grade, limits.caps())
    grades: Ints = np.maximum(after, best).astype(np.int64)
    return grades


def _ranks(grade: Ints, index: Floats) -> Ints:
    """Return ranks by grade and then index, those that are equal with the same one."""
    order = np.lexsort((-index, grade))
    same = (np.diff(grade[order]) == 0) & (np.abs(np.diff(index[order])) <= TOLERANCE)
    start = np.concatenate([[True], ~same])
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.maximum.accumulate(np.where(start, np.arange(1, len(order) + 1), 0))
    return rank
