"""What of a ranking stands on paper: the columns that a meeting reads, and charts of it."""

from __future__ import annotations

from collections import Counter

from pilotscore.criteria import CriteriaSet
from pilotscore.document import Axis, Chart, Column, Gap, Series, Sheet, Table
from pilotscore.index import Status
from pilotscore.language import BLANK, Text, join
from pilotscore.runs.outcome import Outcome
from pilotscore.wording import figures, words

_SHEET = Text("图表", "Charts")
_COUNT, _TOP = Text("项数", "Results"), Text("指数前 {n} 名", "The first {n} by index")
_FIRST = 15
_BLUE, _GREEN = "#0A63C9", "#2E8B57"
_TABLES_TO = 4  # columns that the tables take, beside which the charts stand
_ROWS_OF_A_CHART = 17


def printed(criteria: CriteriaSet) -> tuple[str, ...]:
    """Return the keys of the columns that a meeting reads; all others are on the sheet of data."""
    return (
        *("rank", "id", "title", "index", "grade", "approval", "funding", "reason"),
        *(s.id for s in criteria.sub_indexes),
        *(d.id for d in criteria.dimensions),
        *("low", "high"),
    )


def charts(outcome: Outcome) -> Sheet:
    """Return a sheet with how many results have each grade, and the index of the first ones."""
    grades, first = _grades(outcome), _first(outcome)
    counts = Series(_COUNT, values="count", categories="grade", look="bars", colour=_BLUE)
    index = Series(words.INDEX, values="index", categories="named", look="bars", colour=_GREEN)
    whole = Axis(format="0", least=0, labels_high=True)
    upside_down = Axis(grid=False, reverse=True, all_named=True)
    return Sheet(
        _SHEET,
        (
            grades,
            Chart(
                "bar",
                words.GRADES,
                (counts,),
                x=whole,
                y=upside_down,
                at=(0, _TABLES_TO),
            ),
            Gap(),
            first,
            Chart(
                "bar",
                _TOP.of(n=len(first.rows)),
                (index,),
                x=Axis(format="0", least=0, most=100, labels_high=True),
                y=upside_down,
                size=(620, 420),
                at=(_ROWS_OF_A_CHART, _TABLES_TO),
            ),
        ),
        freeze=None,
    )


def _grades(outcome: Outcome) -> Table:
    """Return how many results have each grade, and how many have none."""
    a = outcome.assessment
    held = Counter(a.grade.tolist())
    rows: list[list[object]] = [
        [join((g.id, g.title), BLANK), held.get(n, 0)] for n, g in enumerate(a.criteria.grades)
    ]
    rows += [
        [words.STATUS_TITLES[status], count]
        for status in (Status.WITHHELD, Status.NOT_ASSESSABLE)
        if (count := int((a.status == status).sum()))
    ]
    columns = (
        Column("grade", words.GRADE, "wrap", 30),
        Column("count", _COUNT, "rank", 10),
    )
    return Table(columns, rows)


def _first(outcome: Outcome) -> Table:
    """Return the first results that have an index, with it."""
    a = outcome.assessment
    shown = [i for i in outcome.ranking.order if a.has_index(i)][:_FIRST]
    columns = (
        Column("named", words.TITLE, "wrap", 48),
        Column("index", words.INDEX, "score", 8),
        Column("grade", words.GRADE, "centre", 7),
    )
    names = a.measurements
    rows = [
        [
            f"{names.ids[i]} {names.titles[i]}",
            figures.rounded(a.index[i]),
            figures.grade_id(a, i),
        ]
        for i in shown
    ]
    return Table(columns, rows)
