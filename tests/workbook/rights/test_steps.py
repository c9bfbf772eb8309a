"""Steps are read in the styles of offices; what proves nothing is told."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest

from pilotscore.workbook.rights.case_words import STEPS as STEP_WORDS
from pilotscore.workbook.rights.records import STEPS, StepColumns
from tests.workbook.rights.making import Rows, read, sheet, told

D = datetime.date
HEAD = [
    *("成果编号", "步骤", "开始日期", "结束日期", "办理人", "凭证", "凭证日期"),
    *("公示天数", "天数口径", "异议"),
]
PUBLISHED = ["R1", "公示", D(2024, 3, 1), D(2024, 3, 22), "转化办", "公示文", D(2024, 3, 1)]
PUBLISHED += [15, "工作日", "无"]  # type: ignore[list-item]
DECIDED = ["R1", "集体决策", D(2024, 2, 1), "", "校务会", "纪要", D(2024, 2, 1), "", "", ""]
STYLES: dict[str, Rows] = {
    "as a template": [HEAD, PUBLISHED, DECIDED],
    "with a title and a serial number": [
        ["权属进程表"],
        ["序号", *HEAD],
        [1, *DECIDED],
        [2, *PUBLISHED],
        ["经办人：", "张三"],
    ],
    "in English": [
        [
            *("Result ID", "Step", "Start", "End", "Actor", "Document", "Document date"),
            *("Days", "Kind of days", "Objections"),
        ],
        [
            *("R1", "publicity", "1 March 2024", "22 Mar 2024", "转化办", "公示文", "2024-03-01"),
            *(15, "working days", "no"),
        ],
        ["R1", "decision", "2024-02-01", "", "校务会", "纪要", "2024-02-01", "", "", ""],
    ],
    "with dates as text and the days in words": [
        HEAD,
        [
            "R1",
            "公示",
            "2024年3月1日",
            "2024.3.22",
            "转化办",
            "公示文",
            "2024/3/1",
            "15个工作日",
            "",
            "否",
        ],
        ["R1", "决策", "二〇二四年二月一日", "", "校务会", "纪要", "2024年2月1日", "-", "", ""],
    ],
    "with the id in the first row alone": [HEAD, DECIDED, ["", *PUBLISHED[1:]]],
}


def steps(rows: Rows) -> StepColumns:
    found = read(sheet(rows, "权属进程")).steps
    assert found is not None
    return found


@pytest.mark.parametrize("style", STYLES)
def test_steps_in_the_style_of_an_office(style: str) -> None:
    s = steps(STYLES[style])
    assert told(read(sheet(STYLES[style], "权属进程"))) == []
    assert s.result.tolist() == ["R1", "R1"]
    assert s.step.tolist() == ["decided", "published"]
    assert [str(x) for x in s.start] == ["2024-02-01", "2024-03-01"]
    assert [str(x) for x in s.end] == ["2024-02-01", "2024-03-22"]
    assert (s.actor.tolist(), s.document.tolist()) == (["校务会", "转化办"], ["纪要", "公示文"])
    assert [str(x) for x in s.document_date] == ["2024-02-01", "2024-03-01"]
    assert (s.days[1], s.day_kind.tolist(), s.objections.tolist()) == (15, ["", "working"], [-1, 0])


@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_known_by_its_titles(step: str) -> None:
    for text in (STEP_WORDS.titles[step].zh, STEP_WORDS.titles[step].en, step):
        assert steps([HEAD, ["R1", text, D(2024, 1, 1)]]).step.tolist() == [step]


def test_publicity_that_only_began_has_not_ended() -> None:
    s = steps([HEAD, [*PUBLISHED[:3], "", *PUBLISHED[4:]]])
    assert np.isnat(s.end).all()


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        (1, "公式", "K807"),
        (1, "", "K832"),
        (2, "三月初", "V407"),
        (3, D(2024, 2, 1), "K831"),
        (6, "", "K830"),
        (8, "个人日", "K807"),
        (0, "", "K813"),
    ],
)
def test_what_cannot_be_read_is_told(column: int, cell: Any, code: str) -> None:
    row = [*PUBLISHED]
    row[column] = cell
    assert [c for c, _ in told(read(sheet([HEAD, row], "权属进程")))] == [code]


def test_a_table_of_batches_with_a_step_is_none_of_these() -> None:
    rows = [["批号", "步骤", "日期", "操作人", "备注"], ["B1", "混合", D(2024, 1, 1), "甲", ""]]
    assert read(sheet(rows)).steps is None


@pytest.mark.parametrize(
    "text",
    [
        "2024年3月1日至2024年3月16日",
        "2024年3月1日至3月16日",
        "2024.3.1—2024.3.16",
        "2024-03-01 至 2024-03-16",
        "2024/3/1~3/16",
        "2024-03-01 to 2024-03-16",
    ],
)
def test_a_span_of_days_in_one_cell(text: str) -> None:
    rows = [HEAD, [*PUBLISHED[:2], text, "", *PUBLISHED[4:]]]
    s = steps(rows)
    assert (str(s.start[0]), str(s.end[0])) == ("2024-03-01", "2024-03-16")
    assert told(read(sheet(rows, "权属进程"))) == []


def test_a_document_without_a_column_of_dates_is_told_at_the_document() -> None:
    rows = [["成果编号", "步骤", "日期", "凭证"], ["R1", "评估", D(2024, 1, 1), "报告"]]
    assert told(read(sheet(rows, "权属进程"))) == [("K830", "D2")]
