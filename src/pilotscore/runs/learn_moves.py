"""Who would stand elsewhere in a round with other weights, by grade and then index."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.criteria import CriteriaSet
from pilotscore.index.aggregate import power_mean
from pilotscore.index.grades import TOLERANCE
from pilotscore.records import dataclass
from pilotscore.runs.learn_limits import RoundLimits
from pilotscore.store import RoundColumns


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


def moved(
    columns: RoundColumns,
    criteria: CriteriaSet,
    weights: Floats,
    line: int,
    dimensions: Floats | None = None,
) -> tuple[Move, ...]:
    """Return who would stand elsewhere.

    Gates and floors are as they were; of the grades the index alone is another.

    Parameters
    ----------
    columns, criteria
        The round, and what it is held against.
    weights
        Of the dimensions.
    line
        How many were funded.
    dimensions
        The scores in the dimensions where those are others too, shape (n, d).
    """
    ids = [d.id for d in criteria.dimensions]
    if dimensions is None:
        dimensions = np.stack([np.nan_to_num(columns.dimensions[x]) for x in ids], axis=1)
    other = replace(columns, dimensions=dict(zip(ids, dimensions.T, strict=True)))
    graded = np.flatnonzero(np.isfinite(columns.index))
    old, grade = columns.index[graded], columns.grades[graded].astype(np.int64)
    new = power_mean(dimensions[graded], weights, criteria.aggregation.exponent)
    limits = RoundLimits(criteria, columns), RoundLimits(criteria, other)
    after = _grades_after(limits, (old, new), grade)
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


def _grades_after(
    limits: tuple[RoundLimits, RoundLimits], index: tuple[Floats, Floats], grade: Ints
) -> Ints:
    """Return the grades by a new index; who was below what the floors leave stays no better."""
    least = np.array([g.index for g in limits[0].criteria.grades]) - TOLERANCE
    before, after = (
        np.argmax(part.floors() & (x[:, None] >= least), axis=1)
        for part, x in zip(limits, index, strict=True)
    )
    best = np.where(grade > before, grade, limits[0].caps())
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
