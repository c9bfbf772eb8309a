"""How sure a ranking is, as a document."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pilotscore.document import Table
from pilotscore.render.json import plain
from pilotscore.render.xlsx import write_xlsx
from pilotscore.runs.outcome import Outcome
from pilotscore.runs.robustness import RobustnessReport, robustness
from pilotscore.views.robustness import document, page, record, sheets
from tests.views.conftest import OnScreen


@pytest.fixture
def report(outcome: Outcome) -> RobustnessReport:
    return robustness(outcome, top=2)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 120])
def test_the_page_has_every_part(report: RobustnessReport, on_screen: OnScreen, width: int, lang):
    shown = on_screen(page(report), width, lang)
    parts = {
        "zh": (
            "排名稳健性",
            "名次接受度",
            "名次变动从何而来",
            "各权重在何范围内前 2 名不变",
            "相邻成果",
            "项非劣",
        ),
        "en": (
            "Robustness of the ranking",
            "Rank acceptability",
            "What moves the ranks",
            "leaves the first 2",
            "Neighbours",
            "dominated by none",
        ),
    }
    assert [part for part in parts[lang] if part not in shown] == []
    assert ("一种名称非常非常长" in shown) is (width == 120)  # titles where there is room


def test_the_first_only(report: RobustnessReport, on_screen: OnScreen):
    rest = len(report.robustness) - 2
    assert f"... {rest} more not shown (--show)" in on_screen(page(report, 2), 80, "en")


def test_the_record_has_its_tables_under_their_keys(report: RobustnessReport):
    data = record(report)
    assert list(data) == [
        "summary",
        "settings",
        "results",
        "acceptability",
        "sensitivity",
        "stable_weights",
        "neighbours",
        "dominated_by",
        "manifest",
    ]
    rows = plain(data, "en")["results"]
    assert rows[0]["rank"] == 1
    assert {row["pareto"] for row in rows} <= {"yes", None}
    for row in plain(data, "en")["acceptability"]:
        shares = [x for key, x in row.items() if key.startswith("rank_")]
        assert sum(shares) == pytest.approx(1, abs=1e-6)


def test_without_sensitivity_that_part_is_empty(outcome: Outcome, on_screen: OnScreen):
    report = robustness(outcome, top=2, sensitivity=False)
    assert plain(record(report), "zh")["sensitivity"] == []
    assert "What moves the ranks" not in on_screen(page(report), 80, "en")
    tables = [b for b in sheets(report)[2].blocks if isinstance(b, Table)]
    assert [t.columns[0].key for t in tables] == ["weight", "first"]


@pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")
def test_the_workbook(report: RobustnessReport, tmp_path: Path):
    write_xlsx(document(report), tmp_path / "r.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames == ["排名稳健性", "名次接受度", "权重与相邻", "问题清单", "溯源清单"]
    assert book["排名稳健性"].freeze_panes == "D5"
    assert {str(r) for r in book["排名稳健性"].merged_cells.ranges} == {"A2:Q2", "A3:Q3"}
    assert book["权重与相邻"].column_dimensions["D"].width > 60


def test_a_page_to_explore_has_the_ranks_that_results_may_take(report: RobustnessReport):
    make = document(report).explored
    assert make is not None
    explored = make()
    keys = [c.key for c in explored.table.columns]
    charts = [x for o in explored.overviews for x in (o.by, o.of, o.low, o.high) if x]
    assert {*explored.shown, *explored.filters, *charts} <= set(keys)
    b = explored.breakdown
    assert b is not None
    assert {len(part) for column in b.cells() for part in column} == {len(explored.table.rows)}
    assert [s.name for s in explored.beside()] == [s.name for s in document(report).sheets()][1:]
