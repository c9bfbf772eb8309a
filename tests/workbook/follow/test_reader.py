"""Workbooks that came back: what is read of them, and what is told at its cell."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from pilotscore.criteria.names import normalise
from pilotscore.criteria.outcomes import LEVELS, Level
from pilotscore.workbook.follow.reader import read_follow_up
from pilotscore.workbook.follow.words import (
    HEADERS,
    MATCH_STATE_OF,
    MATCH_STATES,
    MILESTONE_STATE_OF,
    MILESTONE_STATES,
    OUTCOME_OF,
    OUTCOME_STATE_OF,
    OUTCOME_STATES,
)
from tests.conftest import write_book
from tests.workbook.making import Formatted, formatted_xlsx

MILESTONES = ["轮次", "编号", "成果名称", "期", "完成情况", "数值或说明", "日期", "证明文件"]
OUTCOMES = ["轮次", "编号", "成效", "完成情况", "数值", "日期", "证明文件"]
DAY = datetime.datetime(2027, 5, 6)


def milestone(**changes: Any) -> list[Any]:
    row = {"轮次": "3fa9", "编号": "P-1", "成果名称": "甲", "期": 2, "完成情况": "已达到"}
    row |= {"数值或说明": "连续 30 天", "日期": DAY, "证明文件": "报告.pdf"}
    return [{**row, **changes}[name] for name in MILESTONES]


def outcome(**changes: Any) -> list[Any]:
    row = {"轮次": "3fa9", "编号": "P-1", "成效": "10 首次销售", "完成情况": "已达到"}
    row |= {"数值": 35, "日期": DAY, "证明文件": "合同"}
    return [{**row, **changes}[name] for name in OUTCOMES]


def read(tmp_path: Path, **sheets: list[list[Any]]):
    return read_follow_up(write_book(tmp_path / "back.xlsx", dict(sheets)))


def codes(found) -> list[str]:
    return [f.code for f in found.findings]


def test_both_sheets_are_read_row_by_row(tmp_path: Path):
    found = read(
        tmp_path,
        甲=[
            ["填表说明"],
            MILESTONES,
            milestone(),
            milestone(期="第3期", 完成情况="进行中", 日期=None),
        ],
        乙=[OUTCOMES, outcome(), outcome(编号="P-2", 完成情况="失访", 数值=None, 日期=None)],
    )
    assert not found.findings
    first, second, third, fourth = found.reports
    assert (first.subject, first.about, first.state, first.day) == (
        "milestone",
        "2",
        "met",
        "2027-05-06",
    )
    assert (first.text, first.document, first.round) == ("连续 30 天", "报告.pdf", "3fa9")
    assert (second.about, second.state, second.day) == ("3", "open", "")
    assert (third.about, third.figure) == ("10", 35.0)
    assert (fourth.state, fourth.figure) == ("lost", None)
    assert str(third.place).endswith("[乙]!D2")


@pytest.mark.parametrize(
    ("states", "state_of"),
    [
        (MILESTONE_STATES, MILESTONE_STATE_OF),
        (OUTCOME_STATES, OUTCOME_STATE_OF),
        (MATCH_STATES, MATCH_STATE_OF),
    ],
)
def test_every_state_that_is_offered_is_read_in_both_languages(states, state_of):
    for state, text in states.items():
        assert {state_of[normalise(text.to(lang))] for lang in ("zh", "en")} == {state}


def test_every_level_is_known_by_number_and_title_in_both_languages():
    for level in LEVELS.values():
        for text in (level.id, level.title.zh, level.title.en, level.title.zh.split(" ")[1]):
            assert OUTCOME_OF[normalise(text)] == level.id
    spelled = [normalise(s) for names in HEADERS.values() for s in names.split("|")]
    assert len(spelled) == len(set(spelled))  # no header means two things


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (milestone(完成情况="差不多"), "N804", "E3"),
        (milestone(完成情况=""), "N805", "E3"),
        (milestone(日期=None), "N806", "G3"),
        (milestone(日期="去年"), "N807", "G3"),
        (milestone(日期="2027年5月"), "N807", "G3"),
        (milestone(期="末期"), "N809", "D3"),
        (milestone(编号=""), "N813", "B3"),
    ],
)
def test_a_bad_cell_of_a_milestone_is_told_there(tmp_path: Path, row, code, cell):
    found = read(tmp_path, 表=[MILESTONES, milestone(), [*row]])
    assert [(f.code, f.place.cell) for f in found.findings] == [(code, cell)]
    assert len(found.reports) == 1


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (outcome(成效="第十层"), "N810", "C2"),
        (outcome(数值="很多"), "N808", "E2"),
        (outcome(数值=20), "N811", "E2"),
        (outcome(成效="13 收回投资", 数值="-5万元"), "N811", "E2"),
        (outcome(成效="13 收回投资", 数值="5万美元"), "N808", "E2"),
        (outcome(成效="11", 数值=True), "N808", "E2"),
    ],
)
def test_a_bad_cell_of_an_outcome_is_told_there(tmp_path: Path, row, code, cell):
    found = read(tmp_path, 表=[OUTCOMES, row])
    assert [(f.code, f.place.cell) for f in found.findings] == [(code, cell)]
    assert not found.reports


@pytest.mark.parametrize(
    ("level", "value", "figure"),
    [
        ("10", "35%", 35.0),
        ("10", "1,035", 1035.0),
        ("11", "120万元", 120.0),
        ("11", "1.2亿元", 12_000.0),
        ("13", "50000元", 5.0),
        ("11", "", None),
        ("9", "两条线", None),
    ],
)
def test_figures_are_in_the_unit_of_the_level(tmp_path: Path, level, value, figure):
    found = read(tmp_path, 表=[OUTCOMES, outcome(成效=level, 数值=value)])
    assert not found.findings
    assert found.reports[0].figure == figure


def test_a_share_is_read_as_it_is_seen(tmp_path: Path):
    path = tmp_path / "back.xlsx"
    row = outcome(数值=Formatted(0.35, "0%"), 日期="2027-05-06")
    formatted_xlsx(path, {"表": [OUTCOMES, row]})
    assert read_follow_up(path).reports[0].figure == 35.0


def test_a_row_twice_is_told_and_the_first_stands(tmp_path: Path):
    found = read(tmp_path, 表=[OUTCOMES, outcome(), outcome(), outcome(轮次="77")])
    assert codes(found) == ["N812"]
    assert len(found.reports) == 2


def test_a_workbook_without_reports_says_so(tmp_path: Path):
    assert codes(read(tmp_path, 表=[["编号", "名称"], ["P-1", "甲"]])) == ["N801"]
    blank = milestone(完成情况="", 数值或说明="", 日期=None, 证明文件="")
    assert codes(read(tmp_path, 表=[MILESTONES, blank])) == ["N821"]
    assert "N802" in codes(read(tmp_path, 表=[[*MILESTONES, "心得"], [*milestone(), "好"]]))
    assert "N803" in codes(read(tmp_path, 表=[[*MILESTONES, "状态"], [*milestone(), "是"]]))


@pytest.mark.parametrize("level", LEVELS.values(), ids=LEVELS)
def test_a_level_speaks_english_throughout(level: Level):
    for said in (level.title, level.shows, level.figure, level.unit):
        assert said.to("en").isascii()
    assert level.is_share is (level.unit.to("en") == "%")
