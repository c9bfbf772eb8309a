"""Grades: the highest whose every condition holds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pilotscore.arrays import Codes, Floats, Ints
from pilotscore.criteria import CriteriaSet, Grade
from pilotscore.measures import Measurements
from pilotscore.workbook import State

# A threshold met to the ninth digit is met: 0.1 + 0.2 must not fail 0.3.
TOLERANCE = 1e-9


def grade_positions(
    criteria: CriteriaSet,
    index: Floats,
    dimensions: Floats,
    measurements: Measurements,
    states: Codes,
) -> tuple[Ints, Ints]:
    """Return the place of the best grade by the index alone, and with every floor.

    Both have shape (n,); 0 is the best grade, and the last one has no conditions.
    """
    n = len(index)
    alone = np.full(n, len(criteria.grades) - 1, dtype=np.int64)
    floors = alone.copy()
    for place in range(len(criteria.grades) - 1, -1, -1):
        grade = criteria.grades[place]
        reached = index >= grade.index - TOLERANCE
        alone = np.where(reached, place, alone)
        met = reached.copy()
        for k, floor in dimension_floors(criteria, grade):
            met &= dimensions[:, k] >= floor - TOLERANCE
        for j, level in level_floors(criteria, grade):
            values = measurements.values[:, j]
            indicator = criteria.indicators[j]
            with np.errstate(invalid="ignore"):
                enough = values <= level if indicator.direction == "min" else values >= level
            met &= enough & (states[:, j] == State.VALUE)
        floors = np.where(met, place, floors)
    return alone, floors


def dimension_floors(criteria: CriteriaSet, grade: Grade) -> Iterator[tuple[int, float]]:
    """Yield the place of each dimension that a grade has a floor for, and the floor."""
    for k, dimension in enumerate(criteria.dimensions):
        floor = max(grade.every_dimension or 0.0, grade.dimensions.get(dimension.id, 0.0))
        if floor > 0:
            yield k, floor


def level_floors(criteria: CriteriaSet, grade: Grade) -> Iterator[tuple[int, float]]:
    """Yield the place of each indicator that a grade asks a level of, and the level."""
    for name, level in grade.levels.items():
        yield criteria.indicator_position[name], level
