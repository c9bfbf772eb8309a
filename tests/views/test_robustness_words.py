"""What is said of robustness: each sentence in the case that it is for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pilotscore.language import Text
from pilotscore.runs.outcome import Outcome
from pilotscore.runs.robustness import RobustnessReport, Swap, robustness
from pilotscore.views.robustness_words import paragraph, settings_text, swap_text


@pytest.fixture
def report(outcome: Outcome) -> RobustnessReport:
    return robustness(outcome, top=2)


def changed(report: RobustnessReport, **values: object) -> RobustnessReport:
    return replace(report, robustness=replace(report.robustness, **values))  # type: ignore[arg-type]


def test_a_first_place_that_is_firm_or_not(report: RobustnessReport):
    n = len(report.robustness)
    first = np.zeros(n)
    first[0] = 1.0
    assert "First place is firm" in paragraph(changed(report, first=first)).to("en")
    first[:2] = 0.3, 0.7
    said = paragraph(changed(report, first=first))
    assert f", {report.name(1)} in 70%" in said.to("en")
    assert f"，{report.name(1)} 为 70%。" in said.to("zh")


def test_who_is_among_the_first(report: RobustnessReport):
    n = len(report.robustness)
    top = np.zeros(n)
    top[:2] = 1.0
    assert "does not depend on what was drawn" in paragraph(changed(report, top=top)).to("en")
    top[1] = 0.5
    said = paragraph(changed(report, top=top)).to("en")
    assert f"whether {report.name(1)} is among them" in said
    assert "are the first" not in paragraph(changed(report, k=n)).to("en")


def test_many_names_are_counted(report: RobustnessReport):
    grades = np.full_like(report.robustness.grades, 0.5)
    n = len(grades)
    said = paragraph(changed(report, grades=grades))
    assert f"{n} grades are not firm" in said.to("en")
    assert "All grades are firm." not in said.to("en")


def test_what_was_drawn(report: RobustnessReport):
    r = report.robustness
    assert "weights vary about the stated ones (relative deviation 20%)" in settings_text(
        report
    ).to("en")
    u = replace(
        r.uncertainty, weights="order", missing="drawn", exponent=(0.0, 1.0), value_functions=0.25
    )
    said = settings_text(changed(report, uncertainty=u, error=0.5))
    for part in (
        "权重只保留重要性顺序",
        "缺失证据在 0–100 分之间任意",
        "汇总指数 0 至 1",
        "价值函数弯曲 25%",
        "未达到要求的",
    ):
        assert part in said.to("zh")


def test_what_swaps_neighbours():
    title = Text("技术", "Technology")
    swap = Swap(0, 1, 0.7, ((title, 0.6, 0.5),), same_grade=True)
    assert swap_text(swap).to("en") == "Technology 60.0% → 50.0%"
    assert swap_text(replace(swap, change=())).to("zh") == "已经相等"
    assert "no weights" in swap_text(replace(swap, change=None)).to("en")
    assert "grades differ" in swap_text(replace(swap, same_grade=False)).to("en")
