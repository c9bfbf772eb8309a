"""Why a result has its grade, or none: in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from pilotscore.criteria import CriteriaSet, Grade
from pilotscore.index.assessment import Assessment, Status
from pilotscore.index.grades import TOLERANCE, dimension_floors, level_floors
from pilotscore.language import Text, Words
from pilotscore.records import dataclass
from pilotscore.workbook import State

ReasonKind = Literal["index", "dimension", "level", "gate", "missing"]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What of a grade a result does not reach, in few words: 指数 81.3 < 85."""

    title: Text
    shown: str
    sign: str
    wanted: str
    grade: str


@dataclass(frozen=True, slots=True)
class Reason:
    """What decided: the kind of condition, its wording, and what a grade is short of."""

    kind: ReasonKind
    text: Words
    shortfall: Shortfall | None = None


def deciding_reasons(assessment: Assessment, i: int) -> tuple[Reason, ...]:
    """Return what decided the grade of a result, or why it has none; nothing for the best grade."""
    criteria, gates = assessment.criteria, assessment.gates
    status = int(assessment.status[i])
    missing = [Reason("missing", text) for text in assessment.missing.reasons.get(i, ())]
    if status == _NOT_ASSESSABLE:
        return tuple(missing)
    closed = np.flatnonzero(gates.closed[i]).tolist()
    if status == _WITHHELD:
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


# Looking up a member of a class of names takes longer.
_NOT_ASSESSABLE, _WITHHELD = int(Status.NOT_ASSESSABLE), int(Status.WITHHELD)
_VALUE = int(State.VALUE)


def _capped(criteria: CriteriaSet, g: int) -> Words:
    gate = criteria.gates[g]
    text = Text("{gate}（最高 {grade} 级）", "{gate} (grade {grade} at most)")
    return text.of(gate=gate.title, grade=gate.cap)


def shortfalls(assessment: Assessment, i: int, place: int) -> Iterator[Reason]:
    """Yield the conditions of a grade that a result does not meet."""
    criteria = assessment.criteria
    grade = criteria.grades[place]
    for k, floor in dimension_floors(criteria, grade):
        said = float(assessment.dimensions[i, k])
        value = said if said == said else 0.0
        if value < floor - TOLERANCE:
            d, shown = criteria.dimensions[k], _below(value, floor)
            yield _short("dimension", d.title, shown, grade, floor, brief=d.heading)
    for j, level in level_floors(criteria, grade):
        indicator = criteria.indicators[j]
        value, least = float(assessment.measurements.values[i, j]), indicator.direction != "min"
        enough = value >= level if least else value <= level
        if not enough or assessment.missing.states[i, j] != _VALUE:
            shown = "—" if value != value else f"{value:.10g}"
            yield _short("level", indicator.title, shown, grade, level, sign="<" if least else ">")
    index = float(assessment.index[i])
    if index < grade.index - TOLERANCE:
        yield _short("index", _INDEX, _below(index, grade.index), grade, grade.index)


_INDEX = Text("指数", "index")


def _short(
    kind: ReasonKind,
    title: Text,
    shown: str,
    grade: Grade,
    wanted: float,
    *,
    brief: Text | None = None,
    sign: str = "<",
) -> Reason:
    text = Text(
        "{title} {shown}，{grade} 级要求 {wanted}", "{title} {shown}, grade {grade} needs {wanted}"
    )
    limit = f"{wanted:.10g}"
    said = text.of(title=title, shown=shown, grade=grade.id, wanted=limit)
    return Reason(kind, said, Shortfall(brief or title, shown, sign, limit, grade.id))


def _below(value: float, limit: float) -> str:
    """Show a value with as many digits as it takes to look smaller than the limit it misses."""
    for digits in (1, 2, 3, 6, 9):
        text = f"{value:.{digits}f}"
        if float(text) < limit:
            return text
    return repr(value)
