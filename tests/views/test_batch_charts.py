"""Control charts beside a ranking, of the results whose batch data came with it."""

from __future__ import annotations

from pathlib import Path

import pytest

import pilotscore
from pilotscore.runs.outcome import Outcome
from pilotscore.views import batch_charts
from tests.conftest import AS_OF, HEADERS, row, write_book

STEADY = [99.1, 99.3, 99.0, 99.2, 99.1, 99.4, 99.2, 99.0, 99.3, 99.2, 99.1, 90.0]


@pytest.fixture
def measured(tmp_path: Path, mini: Path) -> Outcome:
    rows = [row(), row(id="P-2", trl=6), row(id="P-3", trl=5)]
    batches = [[name, f"B{k + 1}", x] for name in ("P-1", "P-3") for k, x in enumerate(STEADY)]
    sheets = {"成果": [HEADERS, *rows], "批次": [["成果编号", "批号", "纯度(%)"], *batches]}
    return pilotscore.rank(write_book(tmp_path / "b.xlsx", sheets), mini, as_of=AS_OF)


def test_results_with_batches_have_their_charts(measured: Outcome):
    order = measured.ranking.order
    charts = batch_charts.batch_charts(measured, order)
    ids = [measured.assessment.measurements.ids[i] for i in order]
    assert {name: len(charts(k)) for k, name in enumerate(ids)} == {"P-1": 1, "P-2": 0, "P-3": 1}
    (chart,) = charts(ids.index("P-1"))
    assert list(chart.points) == pytest.approx(STEADY)
    assert (11, "1") in [(point, rules[:1]) for point, rules in chart.flagged]


def test_the_first_only(measured: Outcome, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(batch_charts, "MOST_WITH_CHARTS", 1)
    charts = batch_charts.batch_charts(measured, measured.ranking.order)
    drawn = [charts(k) for k in range(3)]
    assert sum(len(some or ()) for some in drawn) == 1
    assert drawn.count(None) == 1  # it has batches, and none of its charts are there


def test_without_batches_there_are_none(outcome: Outcome):
    assert batch_charts.batch_charts(outcome, outcome.ranking.order)(0) == ()
