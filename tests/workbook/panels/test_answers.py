"""Indicators that a panel answers by yes and no: counted where nobody scores them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotscore.workbook.panels.reader import read_panel
from pilotscore.workbook.panels.records import PanelSubmission
from pilotscore.workbook.panels.score_cells import read_score
from tests.conftest import write_book

LONG = ["专家", "编号", "指标", "分数", "评语"]


def read(tmp_path: Path, sheets: dict[str, list[list[Any]]], **settings: Any) -> PanelSubmission:
    return read_panel([write_book(tmp_path / "p.xlsx", sheets)], **settings)


def codes(submission: PanelSubmission) -> list[str]:
    return [f.code for f in submission.findings if f.severity == "error"]


@pytest.mark.parametrize(
    ("cell", "yes", "reason"),
    [
        ("是", True, ""),
        ("Yes", True, ""),
        ("合格", True, ""),
        ("通过", True, ""),
        ("☑是 □否", True, ""),
        (True, True, ""),
        ("否", False, ""),
        ("no", False, ""),
        ("未通过", False, ""),
        ("不合格（没有检测报告）", False, "没有检测报告"),
        ("No: the batches are not stated", False, "the batches are not stated"),
    ],
)
def test_a_yes_or_no_and_its_reason(cell: Any, yes: bool, reason: str):
    said = read_score(cell, None, None)
    assert (said.score, said.answer, said.reason) == (None, yes, reason)


@pytest.mark.parametrize("cell", [1, 0, "1", "85", "基本合格", "不知道", "notable", "优"])
def test_what_is_neither(cell: Any):
    assert read_score(cell, None, None).answer is None


ROWS = [("E1", "是", ""), ("E2", "否", "没有中试记录"), ("E3", None, "")]


@pytest.mark.parametrize(
    "sheets",
    [
        {"s": [LONG, *([e, "P-1", "数据充分", a, c] for e, a, c in ROWS)]},
        {"s": [["专家", "编号", "数据充分", "评语"], *([e, "P-1", a, c] for e, a, c in ROWS)]},
        {e: [["编号", "数据充分", "评语"], ["P-1", a, c]] for e, a, c in ROWS},
    ],
    ids=["long", "indicators", "a sheet each"],
)
def test_answers_in_every_form(tmp_path: Path, sheets: dict[str, list[list[Any]]]):
    submission = read(tmp_path, sheets)
    assert codes(submission) == []
    assert [(a.expert, a.indicator, a.yes, a.reason) for a in submission.answers] == [
        ("E1", "数据充分", True, ""),
        ("E2", "数据充分", False, "没有中试记录"),
    ]
    assert len(submission.scores) == 0
    assert submission.blanks == {"E3": 1}


def test_a_column_for_each_expert(tmp_path: Path):
    rows = [
        ["编号", "指标", "专家1", "专家2"],
        ["P-1", "充分", "是", "否"],
        ["P-1", "水平", 80, 90],
    ]
    submission = read(tmp_path, {"s": rows})
    assert [(a.expert, a.yes) for a in submission.answers] == [("专家1", True), ("专家2", False)]
    assert sorted(submission.scores.score) == [80, 90]


def test_where_anybody_gives_a_number_a_yes_is_no_score(tmp_path: Path):
    rows = [
        ["E1", "P-1", "a", 80, ""],
        ["E2", "P-1", "a", "合格", ""],
        ["E2", "P-1", "b", "合格", ""],
    ]
    submission = read(tmp_path, {"s": [LONG, *rows]})
    (told,) = [f for f in submission.findings if f.severity == "error"]
    assert (told.code, told.place.cell, told.values["text"]) == ("E902", "D3", "合格")
    assert [a.indicator for a in submission.answers] == ["b"]


def test_grades_that_nobody_defined_are_no_answers(tmp_path: Path):
    rows = [[f"E{n}", "P-1", "a", g, ""] for n, g in enumerate(["优", "良", "合格"])]
    submission = read(tmp_path, {"s": [LONG, *rows]})
    assert codes(submission) == ["E902"] * 3
    assert submission.answers == ()


def test_an_answer_given_twice_and_one_of_a_conflict(tmp_path: Path):
    rows = [
        ["E1", "P-1", "a", "是", ""],
        ["E1", "P-1", "a", "否", ""],
        ["E2", "P-1", "a", "否", ""],
    ]
    people = [["姓名", "回避"], ["E1", ""], ["E2", "P-1"]]
    submission = read(tmp_path, {"s": [LONG, *rows], "专家": people})
    assert submission.answers == ()
    assert {f.code for f in submission.findings} >= {"E913", "E914"}
    assert submission.recused == (("E2", "P-1", "a"),)


def test_a_column_of_answers_beside_indicators_of_a_set(tmp_path: Path):
    rows = [["编号", "水平", "推荐"], ["P-1", 80, "是"]]
    submission = read(tmp_path, {"s": rows}, indicator_of=lambda n: "水平" if n == "水平" else None)
    assert "E907" not in codes(submission)
