"""Why a result has its grade, or none: in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, partial
from typing import Literal

from pilotscore.criteria import CriteriaSet, Dimension, Gate, Grade, Indicator
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
    return next(reasons_of(assessment, (i,)))


def reasons_of(assessment: Assessment, places: Sequence[int]) -> Iterator[tuple[Reason, ...]]:
    """Yield the deciding reasons of each of some results, as :func:`deciding_reasons` does.

    What gates decide is worked out once for all results with the same gates and grades.
    """
    a, rows = assessment, list(places)
    figures = _Figures.of(a, rows)
    by_gates = cache(partial(_by_gates, a.criteria))
    lacking = cache(partial(_conditions, a.criteria))
    states = zip(
        rows,
        a.status[rows].tolist(),
        map(tuple, a.gates.closed[rows].tolist()),
        a.grade[rows].tolist(),
        a.grade_by_floors[rows].tolist(),
        strict=True,
    )
    for n, (i, status, closed, grade, by_floors) in enumerate(states):
        missing = (Reason("missing", text) for text in a.missing.reasons.get(i, ()))
        if status == _NOT_ASSESSABLE:
            yield tuple(missing)
        elif status == _WITHHELD:
            # Gates are in order: the first that withholds the grade decides.
            gates = (g for g, c in zip(a.criteria.gates, closed, strict=True) if c and g.no_grade)
            yield (Reason("gate", next(gates).title), *missing)
        elif grade > by_floors or grade == 0:
            yield by_gates(closed, grade if grade > by_floors else None)
        else:
            short = _shortfalls(lacking(grade - 1), figures, n)
            yield (*by_gates(closed, None), *short)


# Looking up a member of a class of names takes longer.
_NOT_ASSESSABLE, _WITHHELD = int(Status.NOT_ASSESSABLE), int(Status.WITHHELD)
_VALUE = int(State.VALUE)


def _by_gates(
    criteria: CriteriaSet, closed: tuple[bool, ...], capped: int | None
) -> tuple[Reason, ...]:
    """Return what closed gates do: those that cap at a grade, and those that stop the money."""
    shut = [g for g, is_closed in zip(criteria.gates, closed, strict=True) if is_closed]
    stops = [Reason("gate", g.title) for g in shut if g.funding is not None]
    if capped is None:
        return tuple(stops)
    caps = [g for g in shut if g.cap is not None and criteria.grade_position[g.cap] == capped]
    capping = [g.title for g in caps]
    others = [s for s in stops if s.text not in capping]
    return (*(Reason("gate", _capped(g)) for g in caps), *others)


def _capped(gate: Gate) -> Words:
    text = Text("{gate}（最高 {grade} 级）", "{gate} (grade {grade} at most)")
    return text.of(gate=gate.title, grade=gate.cap)


def shortfalls(assessment: Assessment, i: int, place: int) -> Iterator[Reason]:
    """Yield the conditions of a grade that a result does not meet."""
    figures = _Figures.of(assessment, [i])
    yield from _shortfalls(_conditions(assessment.criteria, place), figures, 0)


@dataclass(frozen=True, slots=True)
class _Figures:
    """What grades ask of some results, as plain numbers: these are looked at one by one."""

    dimensions: list[list[float]]
    values: list[list[float]]
    states: list[list[int]]
    index: list[float]

    @classmethod
    def of(cls, a: Assessment, rows: list[int]) -> _Figures:
        """Return those of results by their places."""
        return cls(
            a.dimensions[rows].tolist(),
            a.measurements.values[rows].tolist(),
            a.missing.states[rows].tolist(),
            a.index[rows].tolist(),
        )


@dataclass(frozen=True, slots=True)
class _Conditions:
    """What a grade asks for: floors of dimensions, levels of indicators (at least or at most)."""

    grade: Grade
    floors: tuple[tuple[int, float, Dimension], ...]
    levels: tuple[tuple[int, float, Indicator], ...]


def _conditions(criteria: CriteriaSet, place: int) -> _Conditions:
    grade = criteria.grades[place]
    return _Conditions(
        grade,
        tuple((k, x, criteria.dimensions[k]) for k, x in dimension_floors(criteria, grade)),
        tuple((j, x, criteria.indicators[j]) for j, x in level_floors(criteria, grade)),
    )


def _shortfalls(asked: _Conditions, figures: _Figures, n: int) -> Iterator[Reason]:
    """Yield the conditions that the n-th of some results does not meet."""
    grade, dimensions = asked.grade, figures.dimensions[n]
    for k, floor, d in asked.floors:
        said = dimensions[k]
        value = said if said == said else 0.0
        if value < floor - TOLERANCE:
            shown = _below(value, floor)
            yield _short("dimension", d.title, shown, grade.id, floor, brief=d.heading)
    for j, level, indicator in asked.levels:
        value, least = figures.values[n][j], indicator.direction != "min"
        enough = value >= level if least else value <= level
        if not enough or figures.states[n][j] != _VALUE:
            shown, sign = "—" if value != value else f"{value:.10g}", "<" if least else ">"
            yield _short("level", indicator.title, shown, grade.id, level, sign=sign)
    index = figures.index[n]
    if index < grade.index - TOLERANCE:
        yield _short("index", _INDEX, _below(index, grade.index), grade.id, grade.index)


_INDEX = Text("指数", "index")


@lru_cache(maxsize=1 << 14)  # of 100,000 results many lack the same to a digit
def _short(
    kind: ReasonKind,
    title: Text,
    shown: str,
    grade: str,
    wanted: float,
    *,
    brief: Text | None = None,
    sign: str = "<",
) -> Reason:
    limit = f"{wanted:.10g}"
    said = Text(
        f"{title.zh} {shown}，{grade} 级要求 {limit}",
        f"{title.en} {shown}, grade {grade} needs {limit}",
    )
    return Reason(kind, said, Shortfall(brief or title, shown, sign, limit, grade))


def _below(value: float, limit: float) -> str:
    """Show a value with as many digits as it takes to look smaller than the limit it misses."""
    for digits in (1, 2, 3, 6, 9):
        text = f"{value:.{digits}f}"
        if float(text) < limit:
            return text
    return repr(value)
