"""Figures of experts in each stage of a review: who scored how, and where a stage disagrees."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from pilotscore.document import Document
from pilotscore.language import LANGS, Lang
from pilotscore.panels.rule import PanelRule
from pilotscore.render.terminal import print_page
from pilotscore.runs.panel import PanelReport, panel_report
from pilotscore.runs.panel_rules import PanelRules
from pilotscore.views.panel import phrases
from pilotscore.views.panel.document import document
from pilotscore.views.panel.record import record
from tests.conftest import write_book

HEAD = ["专家", "编号", "指标", "分数", "轮次", "评语", "日期"]
DAY = datetime.datetime(2026, 3, 1, 9)


def line(expert: str, r: int, score: float, stage: int, indicator: str = "a") -> list[Any]:
    at = DAY + datetime.timedelta(minutes=10 * r)
    return [expert, f"P-{r:02}", indicator, score, stage, f"{stage}-{expert}", at]


def whole(indicator: str = "a") -> list[list[Any]]:
    return [
        line(e, r, 40 + 4 * r + 2 * n, 1, indicator)
        for r in range(12)
        for n, e in enumerate(("甲", "乙", "丙"))
    ]


def later(indicator: str = "a", *, severe: float = 20) -> list[list[Any]]:
    """Return a second stage: 甲 scores in both, 丁 severely, 戊 gives everything the same."""
    rows = []
    for r in range(4, 12):
        rows += [line("甲", r, 50 + 4 * r + r % 3, 2, indicator)]
        rows += [line("丁", r, 50 + 4 * r - severe - r % 2, 2, indicator)]
        rows += [line("戊", r, 60, 2, indicator)]
    return rows


def made(tmp_path: Path, rows: list[list[Any]]) -> PanelReport:
    book = write_book(tmp_path / "s.xlsx", {"s": [HEAD, *rows]})
    return panel_report([book], PanelRules(PanelRule(), scale=(0, 100)))


@pytest.mark.slow
def test_each_stage_has_figures_of_its_own(tmp_path: Path):
    report = made(tmp_path, [*whole(), *later()])
    first, second = report.overall.in_stages
    number = {name: n for n, name in enumerate(report.panel.experts)}
    assert first.experts.count[number["甲"]] == 12
    assert second.experts.count[number["甲"]] == 8
    assert first.experts.count[number["丁"]] == 0
    assert second.experts.severity[number["丁"]] < -5
    assert second.experts.constant[number["戊"]]
    rows = [(x["expert"], x["stage"], x["scores"]) for x in record(report)["experts"]]
    assert sorted(rows) == [
        ("丁", 2, 8),
        ("丙", 1, 12),
        ("乙", 1, 12),
        ("戊", 2, 8),
        ("甲", 1, 12),
        ("甲", 2, 8),
    ]


@pytest.mark.slow
def test_the_first_stage_is_as_without_a_second(tmp_path: Path):
    alone = record(made(tmp_path, whole()))["experts"]
    both = record(made(tmp_path, [*whole(), *later()]))["experts"]
    assert [x for x in both if x["stage"] == 1] == alone


@pytest.mark.slow
def test_what_is_said_names_the_stage_where_there_are_two(tmp_path: Path):
    report = made(tmp_path, [*whole(), *later()])
    e = report.panel.experts.index("丁")
    said = phrases.all_remarks(report.overall, e)
    assert said is not None
    assert said.to("zh").startswith("复评：")
    assert "first stage" not in said.to("en")
    sheet = next(s for s in document(report).sheets() if s.name.to("zh") == "专家")
    head = [c.key for c in sheet.blocks[-1].columns]
    assert head[2] == "stage"
    alone = made(tmp_path, whole())
    sheet = next(s for s in document(alone).sheets() if s.name.to("zh") == "专家")
    assert "stage" not in [c.key for c in sheet.blocks[-1].columns]


@pytest.mark.slow
def test_an_expert_who_told_nothing_apart_in_the_second_stage_is_told(tmp_path: Path):
    report = made(tmp_path, [*whole(), *later()])
    assert [f.values["expert"] for f in report.findings if f.code == "E915"] == ["戊"]


@pytest.mark.slow
def test_disagreement_of_the_second_stage_goes_to_discussion_with_its_comments(tmp_path: Path):
    report = made(tmp_path, [*whole(), *later(severe=45)])
    told = {x["id"]: x for x in record(report)["discuss"]}
    assert told["P-11"]["stage"] == 2
    lines = {x["expert"]: x["comment"] for x in told["P-11"]["scores"]}
    assert lines == {"甲": "2-甲", "丁": "2-丁", "戊": "2-戊"}
    stages = {x["id"]: x for x in record(report)["results"]}["P-11"]["stages"]
    assert (stages["first"]["discuss"], stages["second"]["discuss"]) == (False, True)


@pytest.mark.slow
def test_a_second_stage_on_some_indicators_has_figures_of_these(tmp_path: Path):
    report = made(tmp_path, [*whole(), *whole("b"), *later()])
    assert report.partly_second
    second = report.overall.in_stages[1]
    assert second.experts.count[report.panel.experts.index("丁")] == 8
    assert report.overall.stages is None


@pytest.mark.slow
@pytest.mark.parametrize("indicators", [("a",), ("a", "b")])
def test_drift_over_a_sitting_is_seen_overall_too(tmp_path: Path, indicators: tuple[str, ...]):
    rows = [
        [*line(e, r, 50 + (r * 7) % 12 + (3 * r if e == "丙" else 0), 1, i)]
        for i in indicators
        for r in range(12)
        for e in ("甲", "乙", "丙")
    ]
    report = made(tmp_path, rows)
    e = report.panel.experts.index("丙")
    assert report.overall.experts.drift[e] > 10
    assert report.overall.experts.drift_p[e] < 0.01


def crossed(tmp_path: Path, correction: str) -> PanelReport:
    """Return a panel in which 丙 is severe and 丁 gives everything the same."""
    rows = [
        [e, f"P-{r:02}", "a", score, 1, "", ""]
        for r in range(10)
        for e, score in (
            ("甲", 60 + 3 * r),
            ("乙", 61 + 3 * r + r % 2),
            *((("丙", 40 + 3 * r),) if r > 4 else ()),
            ("丁", 70),
        )
    ]
    book = write_book(tmp_path / "s.xlsx", {"s": [HEAD, *rows]})
    return panel_report([book], PanelRules(PanelRule(correction=correction), scale=(0, 100)))


@pytest.mark.slow
@pytest.mark.parametrize("correction", ["severity", "standardise"])
def test_a_correction_is_shown_beside_what_there_would_be_without_it(
    tmp_path: Path, correction: str
):
    report, plain = crossed(tmp_path, correction), crossed(tmp_path, "none")
    wanted = plain.overall.aggregate.value
    assert report.overall.plain == pytest.approx(wanted)
    assert plain.overall.plain is None
    rows = {x["id"]: x for x in record(report)["results"]}
    assert [rows[f"P-{r:02}"]["uncorrected"] for r in range(10)] == pytest.approx(wanted)
    table = document(report).table()
    place = [c.key for c in table.columns].index("uncorrected_rank")
    ranks = {row[1]: row[place] for row in table.rows}
    assert [ranks[f"P-{r:02}"] for r in range(10)] == plain.overall.rank.tolist()
    assert "uncorrected" not in record(plain)["results"][0]
    assert "uncorrected" not in [c.key for c in document(plain).table().columns]


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("correction", ["severity", "standardise", "none"])
def test_what_goes_to_applicants_names_no_expert(tmp_path: Path, correction: str, lang: Lang):
    report = crossed(tmp_path, correction)
    text = on_page(document(report, experts=False), lang)
    assert not any(name in text for name in "甲乙丙丁")
    assert "丁" in on_page(document(report), lang)


def on_page(shown: Document, lang: Lang) -> str:
    """Return a page as it is on a screen."""
    out = io.StringIO()
    print_page(shown.page(), Console(file=out, width=80), lang)
    return out.getvalue()


@pytest.mark.slow
def test_a_second_stage_alone_is_a_panel_of_its_own(tmp_path: Path):
    report, alone = (
        made(tmp_path, later(severe=45)),
        made(tmp_path, [[*row[:4], 1, *row[5:]] for row in later(severe=45)]),
    )
    assert record(report)["agreement"] == record(alone)["agreement"]
    assert {x["stage"] for x in record(report)["experts"]} == {2}
    told = {x["id"]: x for x in record(report)["discuss"]}
    assert {x["comment"] for x in told["P-11"]["scores"]} == {"2-甲", "2-丁", "2-戊"}
    assert any("second stage alone" in said.to("en") for said in phrases.notes(report))
    assert not any("second stage" in said.to("en") for said in phrases.notes(alone))
