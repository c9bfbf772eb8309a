"""Stability as a document: every part of it, and how figures are written."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from pilotscore.document import Chart, Drawing, Table
from pilotscore.drawings import ControlChart
from pilotscore.language import Text
from pilotscore.render.json import plain
from pilotscore.render.markdown import to_markdown
from pilotscore.runs.stability import StabilityReport, stability
from pilotscore.views.stability import _step, _value, document, drawings, page, record, sheets

FURNACE = Path(__file__).parents[2] / "examples" / "furnace" / "furnace.csv"


@pytest.fixture(scope="module")
def report() -> StabilityReport:
    return stability(FURNACE)


def test_the_page_draws_each_chart(report: StabilityReport):
    charts = [b.data for b in page(report) if isinstance(b, Drawing)]
    assert [type(c) for c in charts] == [ControlChart]
    assert charts == [d.data for d in drawings(report)]
    assert charts[0].title.to("en").startswith("FURNACE  氧化膜厚度 (Å)  limits ≥ 460, ≤ 660")


def test_good_verdicts_are_green(report: StabilityReport):
    figures = [f for r in report.results for c in r.characteristics for f in c.figures]
    verdicts = {f.measure: f.verdict for f in figures if f.verdict is not None}
    assert not verdicts["signal_rate"].good
    assert {v.good for v in verdicts.values()} == {True, False}


def test_the_sheets_have_figures_points_and_charts_of_them(report: StabilityReport):
    figures, charts, points, manifest = sheets(report)
    assert [s.name.to("zh") for s in (figures, charts, points, manifest)] == [
        "稳定性",
        "控制图",
        "控制图数据",
        "溯源清单",
    ]
    (table,) = points.blocks
    assert isinstance(table, Table)
    (chart,) = charts.blocks
    assert isinstance(chart, Chart)
    assert chart.rows == (0, len(table.rows) - 1)
    assert {s.values for s in chart.series} <= {c.key for c in table.columns}
    flagged = [row for row in table.rows if row[7] is not None]
    assert all(row[7] == row[3] and row[8].to("en") for row in flagged)


def test_the_record_has_no_nan(report: StabilityReport):
    def numbers(value: object) -> list[float]:
        if isinstance(value, dict):
            return [x for v in value.values() for x in numbers(v)]
        if isinstance(value, list):
            return [x for v in value for x in numbers(v)]
        return [value] if isinstance(value, float) else []

    assert all(map(math.isfinite, numbers(plain(record(report), "zh"))))


def test_markdown(report: StabilityReport):
    written = to_markdown(document(report), "en")
    assert "| result | characteristic | measure |" in written
    assert "signals of loss of control" in written
    assert "## Control charts" not in written  # nothing but charts
    assert "| nan |" not in written


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (0.123456, "", "0.1235"),
        (99.5, "%", "99.5%"),
        (264.0, "h", "264 h"),
        (3.0, "months", "3"),
        (12345.6, "", "12,346"),
        (math.nan, "%", "—"),
        (math.inf, "h", "∞"),
    ],
)
def test_how_a_value_is_written(value: float, unit: str, written: str):
    assert _value(value, Text(unit, unit)) == written


@pytest.mark.parametrize(("span", "step"), [(6, 1), (0.7, 0.2), (100, 20), (300, 50), (1e-3, 2e-4)])
def test_steps_of_an_axis_are_round(span: float, step: float):
    assert _step(span) == pytest.approx(step)
