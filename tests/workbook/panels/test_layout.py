"""Sheets as people lay them out: merged names, two header rows, titles for ids, words for blanks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pilotscore.workbook.panels.layout import is_generic
from pilotscore.workbook.panels.reader import read_panel
from pilotscore.workbook.panels.records import PanelSubmission
from tests.conftest import write_book

LONG = ["专家", "编号", "指标", "分数"]
SCORED = {("专家1", "P-1", "", 80), ("专家2", "P-1", "", 70)}
SCORED |= {("专家1", "P-2", "", 60), ("专家2", "P-2", "", 65)}


def read(tmp_path: Path, rows: list[list[Any]], merged: Sequence[str] = ()) -> PanelSubmission:
    path = write_book(tmp_path / "p.xlsx", {"评分": rows})
    if merged:
        book = openpyxl.load_workbook(path)
        for area in merged:
            book.worksheets[0].merge_cells(area)
        book.save(path)
    return read_panel([path])


def scores(submission: PanelSubmission) -> set[tuple[str, str, str, float]]:
    s = submission.scores
    return set(zip(s.expert, s.result, s.indicator, s.score.tolist(), strict=True))


def told(submission: PanelSubmission) -> list[str]:
    return sorted({f.code for f in submission.findings} - {"E904"})


def test_a_merged_name_is_that_of_each_row(tmp_path: Path):
    rows = [LONG, ["甲", "P-1", "a", 80], ["", "P-2", "a", 70], ["乙", "P-1", "a", 82]]
    submission = read(tmp_path, rows, ["A2:A3"])
    assert scores(submission) == {
        ("甲", "P-1", "a", 80),
        ("甲", "P-2", "a", 70),
        ("乙", "P-1", "a", 82),
    }
    assert told(submission) == []


def test_without_the_merge_it_is_nobodys(tmp_path: Path):
    rows = [LONG, ["甲", "P-1", "a", 80], ["", "P-2", "a", 70]]
    assert told(read(tmp_path, rows)) == ["E905"]


def test_a_merged_id_in_a_matrix(tmp_path: Path):
    rows = [["编号", "指标", "专家1"], ["P-1", "a", 80], ["", "b", 60], ["P-2", "a", 50]]
    assert scores(read(tmp_path, rows, ["A2:A3"])) == {
        ("专家1", "P-1", "a", 80),
        ("专家1", "P-1", "b", 60),
        ("专家1", "P-2", "a", 50),
    }


def test_a_merged_score_counts_once_and_is_told(tmp_path: Path):
    rows = [["编号", "专家1", "专家2"], ["P-1", 80, 70], ["P-2", "", 65]]
    submission = read(tmp_path, rows, ["B2:B3"])
    assert len(submission.scores) == 3
    assert [f.place.cell for f in submission.findings if f.code == "E940"] == ["B2"]


TWO_ROWS = {
    "over experts": (
        [["编号", "成果名称", "专家评分", ""], ["", "", "专家1", "专家2"]],
        ["A1:A2", "B1:B2", "C1:D1"],
    ),
    "not merged": ([["编号", "成果名称", "专家评分", ""], ["", "", "专家1", "专家2"]], []),
    "marks under each": (
        [["编号", "成果名称", "专家1", "专家2"], ["", "", "得分", "得分"]],
        ["A1:A2", "B1:B2"],
    ),
}


@pytest.mark.parametrize("layout", TWO_ROWS)
def test_two_header_rows(tmp_path: Path, layout: str):
    head, merged = TWO_ROWS[layout]
    rows = [*head, ["P-1", "甲成果", 80, 70], ["P-2", "乙成果", 60, 65]]
    submission = read(tmp_path, rows, merged)
    assert scores(submission) == SCORED
    assert told(submission) == []


def test_names_below_experts_are_experts(tmp_path: Path):
    rows = [["编号", "评委打分", ""], ["", "张三", "李四"], ["P-1", 80, 70]]
    submission = read(tmp_path, rows, ["A1:A2", "B1:C1"])
    assert scores(submission) == {("张三", "P-1", "", 80), ("李四", "P-1", "", 70)}


@pytest.mark.parametrize("upper", ["indicators", "experts"])
@pytest.mark.parametrize("ids_below", [False, True])
def test_experts_and_indicators_in_two_rows(tmp_path: Path, upper: str, ids_below: bool):
    above, below = ["创新性", "", "市场", ""], ["专家1", "专家2", "专家1", "专家2"]
    if upper == "experts":
        above, below = ["专家1", "", "专家2", ""], ["创新性", "市场", "创新性", "市场"]
    head = [["编号", "名称", *above], ["", "", *below]]
    merged = ["C1:D1", "E1:F1"]
    if ids_below:
        head = [["", "", *above], ["编号", "名称", *below]]
    else:
        merged += ["A1:A2", "B1:B2"]
    submission = read(tmp_path, [*head, ["P-1", "x", 80, 70, 60, 50]], merged)
    first, second = ("专家1", "专家2"), ("创新性", "市场")
    wanted = {("专家1", "创新性"), ("专家2", "创新性"), ("专家1", "市场"), ("专家2", "市场")}
    assert {(e, i) for e, _, i, _ in scores(submission)} == wanted
    found = {(e, i): v for e, _, i, v in scores(submission)}
    order = [(e, i) for i in second for e in first]
    if upper == "experts":
        order = [(e, i) for e in first for i in second]
    assert [found[key] for key in order] == [80, 70, 60, 50]


def test_a_row_of_full_marks_below_the_header(tmp_path: Path):
    rows = [
        ["专家：甲", "", ""],
        ["编号", "创新性", "市场"],
        ["", "（20分）", "满分30"],
        *([f"P-{r}", 10 + r, 20 + r] for r in range(4)),
    ]
    submission = read(tmp_path, rows)
    assert submission.scales == {"创新性": (0, 20), "市场": (0, 30)}
    assert told(submission) == []


def test_comments_stand_with_what_they_are_on(tmp_path: Path):
    rows = [["专家：甲", "", "", "", ""], ["编号", "创新性", "评语", "市场", "评语"]]
    submission = read(tmp_path, [*rows, ["P-1", 80, "新", 70, "大"]])
    s = submission.scores
    comments = dict(zip(s.indicator, s.comment, strict=True))
    assert comments == {"创新性": "新", "市场": "大"}


def test_titles_stand_for_ids_where_there_are_none(tmp_path: Path):
    rows = [["序号", "项目名称", "评委A", "评委B"], [1, "甲成果", 80, 70], [2, "乙成果", 60, 65]]
    submission = read(tmp_path, rows)
    assert {(e, r) for e, r, _, _ in scores(submission)} == {
        (e, r) for e in ("评委A", "评委B") for r in ("甲成果", "乙成果")
    }
    assert told(submission) == ["E941"]


@pytest.mark.parametrize("word", ["缺席", "弃权", "回避", "已回避", "未评", "absent", "Abstained"])
def test_words_for_no_score_are_blanks(tmp_path: Path, word: str):
    rows = [["编号", "专家1", "专家2"], ["P-1", 80, word], ["P-2", 60, 70]]
    submission = read(tmp_path, rows)
    assert len(submission.scores) == 3
    (finding,) = [f for f in submission.findings if f.code == "E939"]
    assert (finding.place.cell, finding.severity) == ("C2", "info")
    assert told(submission) == ["E939"]


@pytest.mark.parametrize(
    "header",
    ["平均分", "去掉最高最低分后平均", "加权得分", "专家平均", "weighted average", "Mean score"],
)
def test_what_is_worked_out_of_the_others_is_no_expert(tmp_path: Path, header: str):
    rows = [["编号", "专家1", "专家2", header, "名次"], ["P-1", 80, 70, 75, 1]]
    submission = read(tmp_path, rows)
    assert len(submission.scores) == 2
    assert told(submission) == ["E917"]


def test_an_indicator_that_has_a_mean_in_its_name_is_one(tmp_path: Path):
    rows = [["专家", "编号", "平均无故障时间", "b"], ["甲", "P-1", 80, 70]]
    assert {i for _, _, i, _ in scores(read(tmp_path, rows))} == {"平均无故障时间", "b"}


def test_one_result_and_one_indicator_whatever_the_case_and_spaces(tmp_path: Path):
    rows = [LONG, ["甲", "P-1", "a ", 80], ["乙", "p-1", "A", 70], ["丙", "Ｐ-1", "a", 60]]
    found = scores(read(tmp_path, rows))
    assert len({(r, i) for _, r, i, _ in found}) == 1
    rows = [LONG, ["甲", "1-11", "a", 80], ["乙", "11-1", "a", 70]]
    assert {r for _, r, _, _ in scores(read(tmp_path, rows))} == {"1-11", "11-1"}


@pytest.mark.parametrize(
    ("text", "generic"),
    [
        ("专家评分", True),
        ("评分", True),
        ("Scores", True),
        ("Reviewer scores", True),
        ("创新性", False),
        ("市场前景", False),
        ("专家水平", False),
        ("novelty", False),
    ],
)
def test_headers_that_name_nothing(text: str, generic: bool):
    assert is_generic(text) == generic
