"""What of a ranking stands on paper."""

from __future__ import annotations

from pilotscore.document import Chart, Table
from pilotscore.runs.outcome import Outcome
from pilotscore.views.ranking import document
from pilotscore.views.ranking_paper import charts, printed


def test_what_is_printed_are_columns_of_the_ranking(outcome: Outcome):
    table = document(outcome).table
    assert table is not None
    keys = [c.key for c in table().columns]
    chosen = printed(outcome.criteria)
    assert set(chosen) < set(keys)
    assert {d.id for d in outcome.criteria.dimensions} <= set(chosen)


def test_the_charts_are_of_all_grades_and_of_those_with_an_index(outcome: Outcome):
    sheet = charts(outcome)
    grades, first = (b for b in sheet.blocks if isinstance(b, Table))
    assert sum(row[1] for row in grades.rows) == len(outcome)
    a = outcome.assessment
    indexed = [i for i in outcome.ranking.order if a.has_index(i)]
    assert [row[0] for row in first.rows] == [
        f"{a.measurements.ids[i]} {a.measurements.titles[i]}" for i in indexed
    ]
    assert sum(isinstance(b, Chart) for b in sheet.blocks) == 2
