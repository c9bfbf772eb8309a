"""The stage of a score: a number, or one of the words for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotscore.workbook.panels.reader import read_panel
from pilotscore.workbook.panels.stages import stage_named, stage_of
from tests.conftest import write_book


@pytest.mark.parametrize(
    ("cell", "stage"),
    [
        (1, 1),
        (2.0, 2),
        ("1", 1),
        ("初评", 1),
        ("复评", 2),
        ("终评", 2),
        ("first", 1),
        ("Second", 2),
        ("第一轮", 1),
        ("第2轮", 2),
        ("二审", 2),
        ("stage 2", 2),
        ("", 1),
        (None, 1),
        ("  ", 1),
        (3, None),
        ("三审", None),
        ("12", None),
        (1.5, None),
        (True, None),
        ("答辩", None),
    ],
)
def test_which_stage(cell: Any, stage: int | None):
    assert stage_of(cell) == stage


@pytest.mark.parametrize("header", ["轮次", "阶段", "stage", "round"])
def test_one_expert_may_score_in_both_stages(tmp_path: Path, header: str):
    rows = [
        ["A", "P-1", "a", 70, "初评"],
        ["A", "P-1", "a", 80, "复评"],
        ["B", "P-1", "a", 75, "答辩"],
    ]
    book = write_book(tmp_path / "s.xlsx", {"s": [["专家", "编号", "指标", "分数", header], *rows]})
    submission = read_panel([book])
    assert submission.scores.of_stage(1).score.tolist() == [70]
    assert submission.scores.of_stage(2).score.tolist() == [80]
    (told,) = [f for f in submission.findings if f.severity == "error"]
    assert (told.code, told.place.cell) == ("E932", "E4")


def test_a_second_answer_stands_for_the_first(tmp_path: Path):
    rows = [["A", "P-1", "a", "否", 1], ["B", "P-1", "a", "是", 2]]
    book = write_book(tmp_path / "s.xlsx", {"s": [["专家", "编号", "指标", "分数", "轮次"], *rows]})
    assert [a.yes for a in read_panel([book]).answers] == [True]


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("初评", 1),
        ("复评汇总", 2),
        ("2026年第二轮评审", 2),
        ("Round 1", 1),
        ("second stage", 2),
        ("评分", None),
        ("初评与复评", None),
        ("Round 12", None),
        ("张三", None),
    ],
)
def test_in_the_name_of_a_sheet(name: str, stage: int | None):
    assert stage_named(name) == stage


def test_sheets_named_after_their_stage(tmp_path: Path):
    head = ["编号", "专家1", "专家2"]
    sheets = {"初评": [head, ["P-1", 80, 70], ["P-2", 60, 65]], "复评": [head, ["P-1", 85, 88]]}
    submission = read_panel([write_book(tmp_path / "s.xlsx", sheets)])
    s = submission.scores
    assert sorted(zip(s.result, s.score.tolist(), s.stage.tolist(), strict=True)) == [
        ("P-1", 70, 1),
        ("P-1", 80, 1),
        ("P-1", 85, 2),
        ("P-1", 88, 2),
        ("P-2", 60, 1),
        ("P-2", 65, 1),
    ]
    assert [f.place.sheet for f in submission.findings if f.code == "E942"] == ["复评"]
