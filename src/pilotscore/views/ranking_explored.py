"""The ranking to explore: a table that filters, each row with what its index is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from pilotscore.arrays import Ints
from pilotscore.criteria import CriteriaSet, Grade
from pilotscore.document import (
    Breakdown,
    Column,
    Explored,
    Floors,
    Lazily,
    Marks,
    Overview,
    Part,
    Sheet,
    Table,
)
from pilotscore.index import Assessment, Status, contributions, paths_up
from pilotscore.index.grades import dimension_floors
from pilotscore.language import PLUS, Text, Words, after, join
from pilotscore.runs.explained import move_text
from pilotscore.runs.outcome import Outcome
from pilotscore.views.batch_charts import batch_charts
from pilotscore.views.indicator_columns import evidence_of, unit_of, values_of, with_own_words
from pilotscore.wording import figures, words

_SHOWN = ("rank", "id", "title", "index", "low", "high", "grade", "approval", "funding", "reason")
_BY_GRADE = Text("各等级项数", "Results by grade")
_BY_APPROVAL = Text("立项建议", "Recommendations")
_BY_FACT = Text("项数：{fact}", "Results by {fact}")
_INTERVALS = Text("指数及其区间", "Index with its interval")
_FACTS_DRAWN = 3
_INSTITUTION = "institution"  # each has a few results: to search for, not to choose by
_WHO = ("region", _INSTITUTION)
# Each takes some hundredths of a second: those of the first are what a meeting looks at.
MOST_WITH_WAYS = 100


def explored(
    outcome: Outcome, table: Table, beside: Callable[[], Sequence[Sheet]] = tuple
) -> Explored:
    """Return a ranking to explore.

    Parameters
    ----------
    outcome
        The run.
    table
        Its table, a row per result in the order of the ranking.
    beside
        Makes the sheets that say anything else.
    """
    facts = _facts(outcome.assessment)
    whole = _with_facts(outcome, table, facts)
    return Explored(
        name=words.SHEET_RANKING,
        table=whole,
        shown=(*_SHOWN, *facts),
        filters=("grade", "approval", *(name for name in facts if name != _INSTITUTION)),
        overviews=(
            Overview("counts", _BY_GRADE, "grade"),
            Overview("counts", _BY_APPROVAL, "approval"),
            Overview("spans", _INTERVALS, "id", "index", "low", "high"),
            *(
                Overview("counts", _BY_FACT.of(fact=title), name)
                for name, title in [(n, t) for n, t in facts.items() if n != _INSTITUTION][
                    :_FACTS_DRAWN
                ]
            ),
        ),
        breakdown=breakdown(outcome, outcome.ranking.order),
        beside=beside,
        notes=tuple(outcome.notes()),
    )


def with_scores(outcome: Outcome, table: Table, order: Sequence[int] | Any) -> Table:
    """Return a table of results with interval and dimensions of each, and colours of its grades.

    Parameters
    ----------
    outcome
        The run.
    table
        Has a column ``grade``; its rows are results in an order.
    order
        Their places in the assessment.
    """
    a = outcome.assessment
    grades = Marks((*((g.id, k) for k, g in enumerate(a.criteria.grades)), ("—", None)))
    columns = (
        *(replace(c, paint=grades) if c.key == "grade" else c for c in table.columns),
        Column("low", words.LOW, "score"),
        Column("high", words.HIGH, "score"),
        *(Column(d.id, d.heading, "score") for d in a.criteria.dimensions),
    )

    def row(place: int) -> list[Any]:
        i = int(order[place])
        span = (a.low[i], a.high[i]) if a.has_index(i) else (np.nan, np.nan)
        return [*table.rows[place], *map(figures.rounded, (*span, *a.dimensions[i]))]

    return Table(columns, Lazily(range(len(order)), row))


def _facts(a: Assessment) -> dict[str, Text]:
    """Return the facts that results are told apart by: who and where, and categories."""
    facts = {f.id: f for f in a.criteria.facts if f.id in a.names}
    categories = [name for name, fact in facts.items() if fact.type == "category"]
    wanted = dict.fromkeys((*(name for name in _WHO if name in facts), *categories))
    return {name: facts[name].title for name in wanted if _tells_apart(a, name)}


def _tells_apart(a: Assessment, name: str) -> bool:
    """Whether results have more than one word for a fact; numbers are none to choose by."""
    values = a.names[name].values
    return values.dtype.kind in "UO" and len(set(values.tolist()) - {""}) > 1


def _with_facts(outcome: Outcome, table: Table, facts: dict[str, Text]) -> Table:
    a, order = outcome.assessment, outcome.ranking.order
    taken = {c.key for c in table.columns}
    new = {name: title for name, title in facts.items() if name not in taken}
    columns = (*table.columns, *(Column(name, title, width=16) for name, title in new.items()))

    def row(place: int) -> list[Any]:
        i = int(order[place])
        return [*table.rows[place], *(figures.fact(a, name, i) for name in new)]

    return Table(columns, Lazily(range(len(order)), row))


# -------------------------------------------------------------------------- one result


def breakdown(outcome: Outcome, order: Sequence[int] | Any) -> Breakdown:
    """Return what the index of each result is made of, the results in an order."""
    a = outcome.assessment
    criteria = a.criteria
    return Breakdown(
        of="index",
        span=("low", "high"),
        parts=tuple(
            Part(i.title, k, unit_of(i))
            for k, span in enumerate(criteria.dimension_slices)
            for i in criteria.indicators[span]
        ),
        groups=tuple((d.id, d.title) for d in criteria.dimensions),
        floors=tuple(_floors(criteria, grade) for grade in criteria.grades),
        grades="grade",
        columns=(
            Column("value", words.VALUE, "figure", 20),
            Column("evidence", words.EVIDENCE, "centre", 8),
            Column("score", words.SCORE, "score", 8),
            Column("weight", words.WEIGHT, "share", 8),
            Column("points", words.CONTRIBUTION, "score", 8),
        ),
        cells=lambda: _cells(a, np.asarray(order)),
        points="points",
        ways=lambda place: _ways(outcome, int(order[place])) if place < MOST_WITH_WAYS else None,
        charts=lambda: batch_charts(outcome, order),
    )


def _floors(criteria: CriteriaSet, grade: Grade) -> Floors:
    least = dict(dimension_floors(criteria, grade))
    return Floors(grade.id, tuple(least.get(k) for k in range(len(criteria.dimensions))))


def _cells(a: Assessment, order: Ints) -> list[list[list[Any]]]:
    """Return value, evidence, score, weight and points: for each indicator a column."""
    own, parts = with_own_words(a.measurements), range(len(a.criteria.indicators))
    points = np.where((a.status == Status.GRADED)[:, None], contributions(a), np.nan)
    places = order.tolist()
    said = [
        [[column[i] for i in places] for column in (make(a, j, own) for j in parts)]
        for make in (values_of, evidence_of)
    ]
    return [*said, *(x[order].T.tolist() for x in (a.scores, a.weights, points))]


def _ways(outcome: Outcome, i: int) -> Sequence[Words]:
    """Say the least changes that lift a result a grade, the nearest first."""
    guidance = paths_up(outcome.assessment, i)
    if guidance.target is None:
        return ()
    grade = outcome.criteria.grades[guidance.target].id
    stating = guidance.stating if guidance.stating_reaches else None
    paths = (stating, *guidance.singles, *guidance.pairs[:1], guidance.cheapest)
    ways = dict.fromkeys(p.moves for p in paths if p is not None)
    return [
        after(_TO.of(grade=grade), join((move_text(outcome, i, m) for m in moves), PLUS))
        for moves in ways
    ]


_TO = Text("升到 {grade}", "To reach {grade}")
