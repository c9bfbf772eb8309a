"""What a panel comes to: corrections made or refused, the overall value, other rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilotscore.panels.rule import PanelRule
from pilotscore.runs.panel import PanelReport, panel_report
from pilotscore.runs.panel_rules import PanelRules
from pilotscore.views.panel.phrases import notes
from pilotscore.views.panel.record import record
from tests.conftest import write_book

LONG = ["专家", "编号", "指标", "分数"]
EXPERTS = ["姓名", "组别"]


def report(tmp_path: Path, rows: list[list[Any]], rule: PanelRule, **settings: Any) -> PanelReport:
    people = settings.pop("people", None)
    sheets = {"评分": [LONG, *rows]}
    if people:
        sheets["专家"] = [EXPERTS, *people]
    rules = PanelRules(rule, weights=settings.pop("weights", {}))
    return panel_report([write_book(tmp_path / "p.xlsx", sheets)], rules, **settings)


def call(experts: int = 6, results: int = 12, parts: int = 1) -> list[list[Any]]:
    random = np.random.default_rng(3)
    level = random.normal(70, 8, results)
    severe = np.linspace(-6, 6, experts)

    def score(e: int, r: int) -> float:  # of a scale that ends at 100: beyond it one is mistyped
        return min(round(float(level[r] + severe[e] + random.normal(0, 3)), 1), 100.0)

    return [
        [f"E{e}", f"P-{r:02d}", name, score(e, r)]
        for r in range(results)
        for e in range(experts)
        if e % parts == r % parts
        for name in ("技术", "市场")
    ]


@pytest.mark.slow
def test_the_overall_value_is_of_hundredths_of_each_scale(tmp_path: Path):
    rows = [
        ["E1", "P-1", "技术", 4],
        ["E1", "P-1", "市场", 80],
        ["E2", "P-1", "技术", 5],
        ["E2", "P-1", "市场", 60],
    ]
    made = report(tmp_path, rows, PanelRule())
    assert [j.name for j in made.judged] == ["市场", "技术", ""]
    assert made.overall.aggregate.value[0] == pytest.approx((80 + 80 + 100 + 60) / 4)
    weighted = report(tmp_path, rows, PanelRule(), weights={"技术": 3, "市场": 1})
    assert weighted.overall.aggregate.value[0] == pytest.approx((3 * 90 + 70) / 4)


def test_one_indicator_is_its_own_overall(tmp_path: Path):
    made = report(tmp_path, [["E1", "P-1", "a", 4], ["E2", "P-1", "a", 5]], PanelRule())
    assert len(made.judged) == 1
    assert made.overall.rule.scale == (0, 5)


@pytest.mark.slow
@pytest.mark.parametrize("correction", ["severity", "standardise"])
def test_corrections_are_made_where_experts_can_be_compared(tmp_path: Path, correction: str):
    made = report(tmp_path, call(), PanelRule(correction=correction))
    overall = made.overall
    assert overall.refused is None
    means = [overall.used.score[overall.used.expert == e].mean() for e in range(6)]
    assert np.ptp(means) < 1
    raw = [overall.scores.score[overall.scores.expert == e].mean() for e in range(6)]
    assert np.ptp(raw) > 8


@pytest.mark.parametrize("correction", ["severity", "standardise"])
def test_and_refused_and_said_where_not(tmp_path: Path, correction: str):
    made = report(tmp_path, call(parts=2), PanelRule(correction=correction))
    assert made.overall.design.parts == 2
    assert "2" in made.overall.refused.to("zh")
    assert made.overall.used is made.overall.scores


def test_one_who_cannot_be_standardised_is_left_out_and_named(tmp_path: Path):
    rows = [row if row[0] != "E5" else [*row[:3], 77] for row in call()]
    made = report(tmp_path, rows, PanelRule(correction="standardise"))
    assert made.overall.left_out == ("E5",)
    assert any("E5" in said.to("zh") for said in notes(made))
    assert not any("E5" in said.to("zh") for said in notes(made, experts=False))
    assert 5 not in made.overall.used.expert
    assert [f.values["expert"] for f in made.findings if f.code == "E915"] == ["E5"]


def test_groups_that_the_rule_does_not_know_are_told(tmp_path: Path):
    people = [["E0", "企业"], ["E1", "高效"], *([f"E{n}", "高校"] for n in range(2, 6))]
    rule = PanelRule(group_weights={"企业": 0.5, "高校": 0.5})
    made = report(tmp_path, call(), rule, people=people)
    (told,) = [f for f in made.findings if f.code == "E916"]
    assert told.place.cell == "A3"
    assert "高校" in told.sentence("zh")
    # Whose group has no share is in no value.
    assert made.overall.aggregate.used.max() == 5


@pytest.mark.slow
def test_the_line_says_who_crosses_it_and_how_many_would_be_again(tmp_path: Path):
    made = report(tmp_path, call(), PanelRule(), places=4, draws=50)
    assert 0 < made.again.again <= 4
    assert made.orders[0].rule.how == "mean"
    assert (made.orders[0].rank == made.overall.rank).all()
    assert report(tmp_path, call(), PanelRule()).again is None


def test_a_large_call_is_drawn_less_often(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pilotscore.runs.panel._MOST_DRAWN", 720)
    assert report(tmp_path, call(), PanelRule(), places=4, draws=50).again.draws == 10


def test_nothing_to_go_by(tmp_path: Path):
    made = panel_report([write_book(tmp_path / "x.xlsx", {"s": [["a"], [1]]})], PanelRules())
    assert made.judged == ()
    assert [f.code for f in made.findings] == ["E901"]


def weighted(tmp_path: Path, weights: list[float], rule: PanelRule) -> PanelReport:
    rows = [[f"E{e}", f"P-{r}", "a", 60 + 5 * e * r] for r in range(3) for e in range(3)]
    people = [["姓名", "权重"], *([f"E{e}", w] for e, w in enumerate(weights))]
    path = write_book(tmp_path / "w.xlsx", {"评分": [LONG, *rows], "专家": people})
    return panel_report([path], PanelRules(rule))


def test_weights_of_the_sheet_of_experts_count_and_are_said(tmp_path: Path):
    made = weighted(tmp_path, [1, 1, 2], PanelRule())
    assert made.overall.aggregate.value.tolist() == pytest.approx([60, 66.25, 72.5])
    assert made.weights == {"E0": 1, "E1": 1, "E2": 2}
    said = " ".join(n.to("en") for n in notes(made))
    assert "weighted by the sheet of experts (1 to 2)" in said
    data = record(made)
    assert data["rule"]["weighted"]
    assert [e["weight"] for e in data["experts"]] == [1, 1, 2]
    assert data["results"][0]["effective"] == pytest.approx(16 / 6)
    assert "E2" not in str([n.to("zh") for n in notes(made)])


def test_equal_weights_are_no_weights(tmp_path: Path):
    made = weighted(tmp_path, [3, 3, 3], PanelRule())
    assert not made.weights
    assert made.overall.used is made.overall.scores
    assert "effective" not in record(made)["results"][0]


def test_a_median_is_not_weighted_and_says_so_once(tmp_path: Path):
    made = weighted(tmp_path, [1, 1, 9], PanelRule("median"))
    assert made.overall.aggregate.value.tolist() == [60, 65, 70]
    assert sum("not weighted" in n.to("en") for n in notes(made)) == 1
    assert not record(made)["rule"]["weighted"]


def test_a_weight_of_0_is_out_of_the_value_and_still_in_the_agreement(tmp_path: Path):
    made = weighted(tmp_path, [1, 1, 0], PanelRule())
    assert made.overall.aggregate.count.tolist() == [2, 2, 2]
    assert made.overall.experts.count.tolist() == [3, 3, 3]
    assert any("weight of 0" in n.to("en") for n in notes(made))
