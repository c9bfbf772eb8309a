"""On which scale scores are: as sheets state it, and what is told where they contradict it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.findings import Place
from pilotscore.workbook.panels.reader import read_panel
from pilotscore.workbook.panels.records import PanelSubmission
from pilotscore.workbook.panels.scales import on_scale
from pilotscore.workbook.panels.score_sheets import Score
from pilotscore.workbook.panels.stated_scales import StatedScale
from tests.conftest import write_book

LONG = ["专家", "编号", "指标", "分数"]
ROWS = [[e, f"P-{r}", "a", 3 + (r + n) % 3] for r in range(4) for n, e in enumerate("甲乙丙")]


def read(tmp_path: Path, sheets: dict[str, list[list[Any]]], **settings: Any) -> PanelSubmission:
    return read_panel([write_book(tmp_path / "p.xlsx", sheets)], **settings)


def told(submission: PanelSubmission) -> list[str]:
    return [f.code for f in submission.findings]


STATED = {
    "above": [["成果评审（满分10分）"], LONG, *ROWS],
    "two above": [["2026 年评审"], ["请按0-10分打分"], LONG, *ROWS],
    "header": [["专家", "编号", "指标", "分数（10分制）"], *ROWS],
    "indicator": [LONG, *([e, r, "a（0-10）", s] for e, r, _, s in ROWS)],
    "wide": [
        ["评审专家：甲"],
        ["编号", "a（0-10）", "b（0-10）"],
        *([f"P-{r}", 3 + r % 3, 4] for r in range(4)),
    ],
}


@pytest.mark.parametrize("where", STATED)
def test_a_stated_scale_holds_and_nothing_is_assumed(tmp_path: Path, where: str):
    submission = read(tmp_path, {"评分": STATED[where]})
    assert submission.scales["a"] == (0, 10)
    assert told(submission) == []
    assert len(submission.scores) > 0


@pytest.mark.parametrize("cell", [10, "10", "0-10", "满分10"])
def test_a_column_of_full_marks(tmp_path: Path, cell: Any):
    rows = [[e, r, i, cell, s] for e, r, i, s in ROWS]
    rows += [["甲", "P-1", "b", 30, 12]]
    head = ["专家", "编号", "指标", "满分", "得分"]
    submission = read(tmp_path, {"评分": [head, *rows]})
    assert submission.scales == {"a": (0, 10), "b": (0, 30)}
    assert told(submission) == []


def test_two_scales_of_one_indicator_in_a_sheet(tmp_path: Path):
    rows = [[e, r, i, 10 if e == "甲" else 5, s] for e, r, i, s in ROWS]
    head = ["专家", "编号", "指标", "满分", "得分"]
    submission = read(tmp_path, {"评分": [head, *rows]})
    assert sorted(told(submission)) == ["E904", "E938"]


def test_a_statement_above_is_of_the_indicators_without_their_own(tmp_path: Path):
    rows = [["甲", f"P-{r}", 4 + r, 25 + r] for r in range(4)]
    table = [["满分10分"], ["专家", "编号", "a", "b（30分）"], *rows]
    submission = read(tmp_path, {"评分": table})
    assert submission.scales == {"a": (0, 10), "b": (0, 30)}
    assert told(submission) == []


def test_without_one_it_is_by_the_scores(tmp_path: Path):
    submission = read(tmp_path, {"评分": [LONG, *ROWS]})
    assert submission.scales["a"] == (0, 5)
    assert told(submission) == ["E904"]


def test_each_indicator_has_its_own(tmp_path: Path):
    head = ["专家", "编号", "创新性（20分）", "技术（30分）"]
    many = [["甲", f"P-{r}", 18, 25] for r in range(12)]
    submission = read(tmp_path, {"评分": [head, *many, ["乙", "P-1", 12, 31]]})
    assert submission.scales == {"创新性": (0, 20), "技术": (0, 30)}
    assert told(submission) == ["E903"]  # one is mistyped
    submission = read(tmp_path, {"评分": [head, *many[:1], ["乙", "P-1", 12, 31]]})
    assert submission.scales == {"创新性": (0, 20), "技术": (0, 100)}
    assert sorted(told(submission)) == ["E904", "E934"]  # half of them is not


def test_scores_beyond_the_stated_scale_contradict_it(tmp_path: Path):
    rows = [[e, r, i, 20 * s] for e, r, i, s in ROWS]
    submission = read(tmp_path, {"评分": [["满分10分"], LONG, *rows]})
    (finding,) = [f for f in submission.findings if f.code == "E934"]
    assert (finding.place.cell, finding.severity) == ("A1", "error")
    assert finding.values["count"] == 12
    assert submission.scales["a"] == (0, 100)
    assert len(submission.scores) == 12


@pytest.mark.parametrize(
    ("settings", "counts"),
    [({"scale": (0, 5)}, (0, 5)), ({"scales": {"a": (0, 100)}}, (0, 100))],
)
def test_a_command_or_a_set_goes_first_and_the_difference_is_told(
    tmp_path: Path, settings: dict[str, Any], counts: tuple[float, float]
):
    submission = read(tmp_path, {"评分": STATED["above"]}, **settings)
    assert submission.scales["a"] == counts
    assert told(submission) == ["E935"]
    same = read(tmp_path, {"评分": STATED["above"]}, scale=(0, 10))
    assert told(same) == []


def test_sheets_of_different_scales_are_put_on_the_widest(tmp_path: Path):
    def sheet(expert: str, title: str, scores: list[float]) -> list[list[Any]]:
        rows = [[f"P-{n}", s] for n, s in enumerate(scores)]
        return [[title], [f"专家：{expert}"], ["编号", "a"], *rows]

    books = {"一": sheet("甲", "百分制", [80, 60]), "二": sheet("乙", "10分制", [8, 6.5])}
    submission = read(tmp_path, books)
    s = submission.scores
    by_expert = {e: s.score[s.expert == e].tolist() for e in "甲乙"}
    assert by_expert == {"甲": [80, 60], "乙": [80, 65]}
    assert submission.scales["a"] == (0, 100)
    assert told(submission) == ["E936"]


@pytest.mark.parametrize(("times", "of_each"), [(1, False), (5, True)])
def test_full_marks_of_several_indicators_may_be_those_of_their_sum(
    tmp_path: Path, times: int, of_each: bool
):
    rows = [["甲", f"P-{r}", times * (10 + r), times * (12 + r)] for r in range(5)]
    submission = read(tmp_path, {"评分": [["满分100分"], ["专家", "编号", "a", "b"], *rows]})
    assert ("E937" in told(submission)) == (not of_each)
    assert submission.scales["a"] == (0, 100)
    assert ("E904" in told(submission)) == (not of_each)


def scores_of(values: list[float], sheet: str, expert: str) -> list[Score]:
    return [
        Score(expert, f"P-{n}", "a", v, 0.0, "", Place("f", sheet, n, 1))
        for n, v in enumerate(values)
    ]


@pytest.mark.slow
@given(st.lists(st.floats(0, 10), min_size=1, max_size=8), st.sampled_from([5.0, 50.0, 100.0, 7.0]))
def test_conversion_keeps_order_and_proportion(values: list[float], most: float):
    first, second = (
        scores_of(values, "A", "x"),
        scores_of([v * most / 10 for v in values], "B", "y"),
    )
    stated = [
        StatedScale((0, 10), "10分制", Place("f", "A")),
        StatedScale((0, most), "", Place("f", "B")),
    ]
    settled = on_scale([*first, *second], None, {}, stated)
    assert len(settled.scores) == 2 * len(values)
    mine, theirs = settled.scores[: len(values)], settled.scores[len(values) :]
    assert [s.score for s in mine] == pytest.approx([s.score for s in theirs], abs=1e-6)
    assert settled.scales["a"] == (0, max(10, most))


def long_form(values: list[float]) -> dict[str, list[list[Any]]]:
    rows = [[f"专家{n}", f"P-{n}", "甲", x] for n, x in enumerate(values)]
    return {"评分": [["专家", "编号", "指标", "分数"], *rows]}


@pytest.mark.parametrize(("odd", "least", "most"), [(130, 0, 100), (-5, 0, 100), (101, 0, 100)])
def test_one_score_that_no_usual_scale_holds_is_mistyped(
    odd: float, least: float, most: float, tmp_path: Path
):
    read_back = read(tmp_path, long_form([88, 72, 65, 91, odd]))
    assert read_back.scales["甲"] == (least, most)
    assert "E903" in told(read_back)
    assert len(read_back.scores) == 4


@pytest.mark.parametrize("values", [[88, 130, 140, 150, 120], [-3, -5, -1, 4, 5], [150, 60]])
def test_where_many_are_beyond_the_scale_is_asked_about(values: list[float], tmp_path: Path):
    read_back = read(tmp_path, long_form(values))
    assert read_back.scales["甲"] == (min(0, *values), max(values))
    assert "E943" in told(read_back)
    assert len(read_back.scores) == len(values)


def test_a_score_off_the_scale_does_not_contradict_one_that_is_on_it(tmp_path: Path):
    sheets = long_form([88, 72, 65, 91])
    sheets["评分"].append(["专家0", "P-0", "甲", 130])
    read_back = read(tmp_path, sheets)
    assert read_back.scores.score.tolist() == [88, 72, 65, 91]
    assert "E903" in told(read_back)
    assert "E913" not in told(read_back)


def test_one_mistyped_score_does_not_contradict_what_a_small_sheet_states(tmp_path: Path):
    rows = [
        ["评审（满分100分）"],
        LONG,
        *([f"专家{n}", "P-1", "甲", x] for n, x in enumerate([88, 72, 65, 130])),
    ]
    read_back = read(tmp_path, {"评分": rows})
    assert told(read_back) == ["E903"]
    assert read_back.scales["甲"] == (0, 100)
