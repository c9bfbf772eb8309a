"""Grades: the highest whose every condition holds, and the condition that keeps from the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from pilotscore.arrays import Codes, Floats, Ints
from pilotscore.criteria import CriteriaSet, Grade
from pilotscore.language import Text
from pilotscore.measures import Measurements
from pilotscore.workbook import State

if TYPE_CHECKING:
    from pilotscore.index.assessment import Assessment

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


@dataclass(frozen=True, slots=True)
class Reason:
    """What decided: the kind of condition, and its wording."""

    kind: Literal["index", "dimension", "level", "gate", "missing"]
    text: Text

    @property
    def beyond_index(self) -> bool:
        """Whether something else than the index decided."""
        return self.kind != "index"


def deciding_reasons(assessment: Assessment, i: int) -> tuple[Reason, ...]:
    """Return what decided the grade of a result, or why it has none; nothing for the best grade."""
    from pilotscore.index.assessment import Status

    criteria, gates = assessment.criteria, assessment.gates
    status = assessment.status[i]
    missing = [Reason("missing", text) for text in assessment.missing.reasons.get(i, ())]
    if status == Status.NOT_ASSESSABLE:
        return tuple(missing)
    closed = [g for g, gate in enumerate(criteria.gates) if gates.closed[i, g]]
    if status == Status.WITHHELD:
        # Gates are in order: the first that withholds the grade decides.
        first = next(g for g in closed if criteria.gates[g].no_grade)
        return (Reason("gate", criteria.gates[first].title), *missing)
    stops = [
        Reason("gate", criteria.gates[g].title)
        for g in closed
        if criteria.gates[g].funding is not None
    ]
    grade, by_floors = int(assessment.grade[i]), int(assessment.grade_by_floors[i])
    if grade > by_floors:
        caps = [
            g
            for g in closed
            if (cap := criteria.gates[g].cap) is not None and criteria.grade_position[cap] == grade
        ]
        capping = [criteria.gates[g].title for g in caps]
        others = [s for s in stops if s.text not in capping]
        return (*(Reason("gate", _capped(criteria, g)) for g in caps), *others)
    if grade == 0:
        return tuple(stops)
    return (*stops, *shortfalls(assessment, i, grade - 1))


def _capped(criteria: CriteriaSet, g: int) -> Text:
    gate = criteria.gates[g]
    return Text(
        f"{gate.title.zh}（最高 {gate.cap} 级）", f"{gate.title.en} (grade {gate.cap} at most)"
    )


def shortfalls(assessment: Assessment, i: int, place: int) -> Iterator[Reason]:
    """Yield the conditions of a grade that a result does not meet."""
    criteria = assessment.criteria
    grade = criteria.grades[place]
    index = float(assessment.index[i])
    for k, floor in dimension_floors(criteria, grade):
        value = assessment.dimensions[i, k]
        value = 0.0 if value != value else float(value)
        if value < floor - TOLERANCE:
            title = criteria.dimensions[k].title
            yield Reason(
                "dimension",
                Text(
                    f"{title.zh} {_below(value, floor)}，{grade.id} 级要求 {floor:g}",
                    f"{title.en} {_below(value, floor)}, grade {grade.id} needs {floor:g}",
                ),
            )
    for j, level in level_floors(criteria, grade):
        indicator = criteria.indicators[j]
        value = float(assessment.measurements.values[i, j])
        enough = value <= level if indicator.direction == "min" else value >= level
        if not enough or assessment.missing.states[i, j] != State.VALUE:
            shown = "—" if value != value else f"{value:g}"
            yield Reason(
                "level",
                Text(
                    f"{indicator.title.zh} {shown}，{grade.id} 级要求 {level:g}",
                    f"{indicator.title.en} {shown}, grade {grade.id} needs {level:g}",
                ),
            )
    if index < grade.index - TOLERANCE:
        yield Reason(
            "index",
            Text(
                f"指数 {_below(index, grade.index)}，{grade.id} 级要求 {grade.index:g}",
                f"index {_below(index, grade.index)}, grade {grade.id} needs {grade.index:g}",
            ),
        )


def _below(value: float, limit: float) -> str:
    """Show a value with as many digits as it takes to look smaller than the limit it misses."""
    for digits in (1, 2, 3, 6, 9):
        text = f"{value:.{digits}f}"
        if float(text) < limit:
            return text
    return repr(value)
