"""A second panel scores the best: what is combined, what is shown, what stays with the first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from pilotscore.criteria.schema import criteria_schema
from pilotscore.panels.rule import PanelRule
from pilotscore.runs.panel import PanelReport, panel_report
from pilotscore.runs.panel_rules import PanelRules, rules_of
from pilotscore.views.panel.phrases import notes
from pilotscore.views.panel.record import record
from tests.cli.test_commands import run
from tests.conftest import write_book

HEAD = ["专家", "编号", "指标", "分数", "轮次"]
FIRST = [[e, f"P-{r}", "a", 60 + 10 * r + n, 1] for r in range(4) for n, e in enumerate("ABC")]
SECOND = [[e, f"P-{r}", "a", 90 - 10 * r, "复评"] for r in (2, 3) for e in "DE"]


def made(tmp_path: Path, rule: PanelRule, rows: list = SECOND, **settings: int) -> PanelReport:
    book = write_book(tmp_path / "s.xlsx", {"s": [HEAD, *FIRST, *rows]})
    return panel_report([book], PanelRules(rule, scale=(0, 100)), **settings)


@pytest.mark.slow
def test_the_second_stage_replaces_and_both_are_shown(tmp_path: Path):
    report = made(tmp_path, PanelRule(), places=1, draws=20)
    assert report.overall.aggregate.value.tolist() == [61, 71, 70, 60]
    assert report.orders[0].rank.tolist() == report.overall.rank.tolist() == [3, 1, 2, 4]
    rows = {r["id"]: r for r in record(report)["results"]}
    assert rows["P-2"]["stages"]["first"]["value"] == 81
    assert rows["P-2"]["stages"]["second"]["value"] == 70
    assert "stages" not in rows["P-0"]
    assert any("replace the first" in n.to("en") for n in notes(report))


@pytest.mark.slow
def test_agreement_is_that_of_the_whole_first_stage(tmp_path: Path):
    with_second, without = made(tmp_path, PanelRule()), made(tmp_path, PanelRule(), [])
    one, other = (record(report)["agreement"] for report in (with_second, without))
    assert one == other


@pytest.mark.slow
def test_a_share_of_the_first(tmp_path: Path):
    report = made(tmp_path, PanelRule(first_share=0.4))
    assert report.overall.aggregate.value.tolist() == pytest.approx([61, 71, 74.4, 72.4])
    assert any("40%" in n.to("zh") for n in notes(report))
    assert record(report)["rule"]["stages"] == 0.4


@pytest.mark.slow
@pytest.mark.parametrize("correction", ["severity", "standardise"])
def test_stages_are_not_corrected_apart(tmp_path: Path, correction: str):
    report = made(tmp_path, PanelRule(correction=correction))
    assert "second stage" in report.overall.refused.to("en")
    assert report.overall.aggregate.value.tolist() == [61, 71, 70, 60]


@pytest.mark.slow
def test_a_second_stage_on_some_indicators_leaves_the_overall_value_and_says_so(tmp_path: Path):
    more = [[e, f"P-{r}", "b", 50, 1] for r in range(4) for e in "ABC"]
    report = made(tmp_path, PanelRule(), [*more, *SECOND])
    assert report.partly_second
    assert report.overall.stages is None
    assert report.judged[0].aggregate.value[3] == 60
    assert any("every indicator" in n.to("en") for n in notes(report))


@pytest.mark.slow
def test_the_set_and_the_command_say_how(mini: Path, tmp_path: Path):
    mini.write_text(mini.read_text(encoding="utf-8") + "\npanel: {stages: 0.3}\n", encoding="utf-8")
    assert rules_of(str(mini), {}).rule.first_share == 0.3
    assert rules_of(str(mini), {"stages": 0.0}).rule.first_share == 0
    assert rules_of(None, {}).rule.first_share == 0
    book = write_book(tmp_path / "s.xlsx", {"s": [HEAD, *FIRST, *SECOND]})
    done = run("panel", "report", book, "--stages", "0.4", "--json")
    assert done.exit_code == 0
    rows = {r["id"]: r for r in json.loads(done.stdout)["results"]}
    assert rows["P-2"]["value"] == pytest.approx(0.4 * 81 + 0.6 * 70)
    out = tmp_path / "o.csv"
    assert run("panel", "report", book, "-o", out, lang="zh").exit_code == 0
    assert "初评,复评" in out.read_text(encoding="utf-8-sig")
    assert run("panel", "report", book, "--stages", "most").exit_code == 2


@pytest.mark.parametrize(("stated", "share"), [("replace", 0), ("0", 0), ("0.4", 0.4)])
def test_what_a_set_may_say_of_stages(mini: Path, stated: str, share: float):
    text = mini.read_text(encoding="utf-8")
    mini.write_text(f"{text}\npanel: {{stages: {stated}}}\n", encoding="utf-8")
    assert rules_of(str(mini), {}).rule.first_share == share


@pytest.mark.parametrize("stated", ["most", "1.4", "-1"])
def test_anything_else_is_one_fault_at_its_place(mini: Path, tmp_path: Path, stated: str):
    text = mini.read_text(encoding="utf-8")
    mini.write_text(f"{text}\npanel: {{stages: {stated}}}\n", encoding="utf-8")
    book = write_book(tmp_path / "s.xlsx", {"s": [HEAD, *FIRST]})
    done = run("panel", "report", book, "-c", mini)
    assert done.exit_code == 1
    assert done.stderr.count("mini.yaml:") == 1
    assert "stages" in done.stderr


def test_the_schema_for_editors_takes_what_the_loader_takes():
    definition = criteria_schema()["$defs"]["PanelSettings"]["properties"]["stages"]
    for stated, valid in (("replace", True), (0.4, True), (0, True), ("most", False), (1, False)):
        assert Draft202012Validator(definition).is_valid(stated) is valid
