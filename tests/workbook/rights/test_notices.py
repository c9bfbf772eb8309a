"""Notices on a sheet of their own find their right; what lacks is told."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest

from pilotscore.workbook.rights.records import NOTICES, SERVICES
from pilotscore.workbook.rights.words import NOTICES as NOTICE_WORDS
from pilotscore.workbook.rights.words import SERVICES as SERVICE_WORDS
from tests.workbook.rights.making import Rows, read, sheet, told

D = datetime.date
IP: Rows = [
    ["成果编号", "类型", "专利号", "申请日", "名称"],
    ["R1", "发明", "ZL202010123456.7", D(2020, 1, 15), "一种装置"],
    ["R2", "实用新型", "202120000001.5", D(2021, 5, 1), ""],
]
HEAD = ["申请号", "通知书", "发文日", "送达日", "送达方式", "答复期限（月）", "答复日"]
ROW = ["2020 1 0123456.7", "第一次审查意见通知书", D(2021, 3, 1), D(2021, 3, 2), "电子", 4, ""]
STYLES: dict[str, Rows] = {
    "as a template": [HEAD, ROW],
    "with a title and a serial number": [["通知书台账"], ["序号", *HEAD], [1, *ROW], ["合计", 1]],
    "in English": [
        ["Application no", "Notice", "Dispatched", "Served", "Way of service", "Months"],
        ["CN202010123456.7", "first office action", "2021-03-01", "2 Mar 2021", "electronic", 4],
    ],
    "with dates as text": [
        HEAD,
        [ROW[0], "一通", "2021.3.1", "2021年3月2日", "电子送达", "4", "-"],
    ],
    "by the title of the right": [
        ["专利名称", "通知类型", "发文日期", "收到日", "送达方式", "指定期限"],
        ["一种装置", "第1次审查意见通知书", D(2021, 3, 1), D(2021, 3, 2), "电子", 4],
    ],
}


@pytest.mark.parametrize("style", STYLES)
def test_a_notice_in_the_style_of_an_office(style: str) -> None:
    found = read(sheet(IP, "知识产权"), sheet(STYLES[style], "通知书"))
    n = found.notices
    assert n is not None
    assert told(found) == []
    assert (n.right.tolist(), n.kind.tolist(), n.service.tolist()) == (
        [0],
        ["first_action"],
        ["electronic"],
    )
    assert (str(n.dispatched[0]), str(n.served[0])) == ("2021-03-01", "2021-03-02")
    assert n.months.tolist() == [4]
    assert np.isnat(n.replied[0])
    assert n.at.place(0, "served").sheet == "通知书"


@pytest.mark.parametrize("kind", NOTICES)
def test_every_notice_is_known_by_its_titles(kind: str) -> None:
    for text in (NOTICE_WORDS.titles[kind].zh, NOTICE_WORDS.titles[kind].en):
        found = read(sheet(IP), sheet([HEAD, [ROW[0], text, *ROW[2:]]], "通知书"))
        assert found.notices is not None
        assert found.notices.kind.tolist() == [kind]


@pytest.mark.parametrize("service", SERVICES)
def test_every_way_of_service_is_known_by_its_titles(service: str) -> None:
    titles = SERVICE_WORDS.titles[service]
    for text in (titles.zh, titles.en):
        found = read(sheet(IP), sheet([HEAD, [*ROW[:4], text]], "通知书"))
        assert found.notices is not None
        assert found.notices.service.tolist() == [service]


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (["202010123456.8", *ROW[1:]], ["K817"]),
        ([*ROW[:4], "", 4, ""], ["K815"]),
        ([ROW[0], "", *ROW[2:]], ["K818"]),
        ([*ROW[:4], "传真机", 4, ""], ["K815", "K807"]),
        ([*ROW[:5], "四个月左右", ""], ["V401"]),
        ([ROW[0], "审查意见通知书", *ROW[2:]], ["K807"]),
    ],
)
def test_what_lacks_is_told(row: list[Any], codes: list[str]) -> None:
    found = read(sheet(IP), sheet([HEAD, row], "通知书"))
    assert sorted(code for code, _ in told(found)) == sorted(codes)


def test_a_notice_on_both_sheets_counts_once() -> None:
    ip = [[*IP[0], *HEAD[1:]], [*IP[1], *ROW[1:]], [*IP[2], *[""] * 6]]
    found = read(sheet(ip, "知识产权"), sheet([HEAD, ROW], "通知书"))
    assert found.notices is not None
    assert len(found.notices) == 1


@pytest.mark.parametrize("text", ["审查意见通知书", "Office action"])
def test_an_action_without_its_number_is_not_taken_for_the_first(text: str) -> None:
    found = read(sheet(IP), sheet([HEAD, [ROW[0], text, *ROW[2:]]], "通知书"))
    assert found.notices is not None
    assert found.notices.kind.tolist() == [""]
    (finding,) = found.findings
    assert "first office action or later office action" in finding.found("en")
