"""Forms of rights: a name beside each value, one record or several, alone or above a table."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest

from pilotscore.workbook.open.notes import SheetNotes
from pilotscore.workbook.rights.tables import grids_of
from tests.workbook.rights.making import Rows, read, sheet, told

D = datetime.date
FORMS: dict[str, Rows] = {
    "one below the other": [
        ["知识产权登记表"],
        ["成果编号", "R1"],
        ["类型", "发明"],
        ["专利号", "ZL202010123456.7"],
        ["申请日", D(2020, 1, 15)],
        ["是否核心", "是"],
    ],
    "two in each row": [
        ["成果编号：", "R1", "类型：", "发明"],
        ["专利号：", "ZL202010123456.7", "申请日：", "2020年1月15日"],
        ["是否核心：", "☑是 □否"],
    ],
    "in English, names and values in one cell": [
        ["Result id: R1"],
        ["Type: invention patent"],
        ["Patent no: ZL202010123456.7"],
        ["Filing date: 2020-01-15"],
        ["Core: yes"],
    ],
    "with names that are not known": [
        ["成果编号", "R1"],
        ["类型", "发明"],
        ["代理机构", "某所"],
        ["专利号", "ZL202010123456.7"],
        ["申请日", D(2020, 1, 15)],
        ["核心", "是"],
    ],
    "with a column of numbers": [
        ["1", "成果编号", "R1"],
        ["2", "类型", "发明"],
        ["3", "专利号", "ZL202010123456.7"],
        ["4", "申请日", D(2020, 1, 15)],
        ["5", "核心", "是"],
    ],
}


@pytest.mark.parametrize("form", FORMS)
def test_a_right_in_a_form(form: str) -> None:
    rights = read(sheet(FORMS[form], "知识产权"))
    ip = rights.ip
    assert ip is not None
    assert (ip.result.tolist(), ip.kind.tolist()) == (["R1"], ["invention"])
    assert (ip.number.tolist(), str(ip.dates["filed"][0])) == (["ZL202010123456.7"], "2020-01-15")
    assert ip.flags["core"].tolist() == [1]
    assert told(rights) == []
    known = ("K801", "A3") in told(rights, infos=True)
    assert known == (form == "with names that are not known")


def test_findings_of_a_form_stand_at_its_cells() -> None:
    rows = [["类型", "发明"], ["专利号", "X-1"], ["申请日", "昨天"], ["公开日", D(2021, 1, 1)]]
    rights = read(sheet([["登记表"], ["成果编号", "R1"], *rows], "知识产权"))
    assert told(rights) == [("V407", "B5")]
    assert rights.ip is not None
    assert rights.ip.at.place(0, "published").cell == "B6"


def test_several_records_side_by_side_and_one_below_the_other() -> None:
    beside: Rows = [
        ["成果编号", "R1"],
        ["类型", "发明", "实用新型"],
        ["专利号", "202010123456.7", "202020123456.1"],
        ["申请日", D(2020, 1, 15), D(2020, 2, 15)],
    ]
    below: Rows = [[x, row[k]] for k in (1, 2) for row in beside[1:] for x in row[:1]]
    for rows in (beside, [["成果编号", "R1"], *below]):
        ip = read(sheet(rows, "专利")).ip
        assert ip is not None
        assert ip.result.tolist() == ["R1", "R1"]
        assert ip.kind.tolist() == ["invention", "utility_model"]
        assert [str(x) for x in ip.dates["filed"]] == ["2020-01-15", "2020-02-15"]


def test_what_stands_above_a_table_holds_for_all_of_it() -> None:
    rows: Rows = [
        ["权属情况"],
        ["成果编号", "R1", "所在地区", "浙江省"],
        ["转化方式", "许可", "合同金额", "30万元"],
        [],
        ["当事人", "当事人类型", "份额（%）"],
        ["某大学", "高校", 60],
        ["某团队", "团队", 40],
    ]
    rights = read(sheet(rows, "权属"))
    assert told(rights) == []
    assert rights.cases is not None
    assert rights.parties is not None
    assert rights.cases.result.tolist() == ["R1"]
    assert (rights.cases.mode.tolist(), rights.cases.amount.tolist()) == (["licence"], [300_000])
    assert sorted(rights.parties.party) == sorted(["某大学", "某团队"])
    assert rights.parties.result.tolist() == ["R1", "R1"]
    assert rights.cases.at.place(0, "region").cell == "D2"
    steps: Rows = [["成果编号：R7"], ["步骤", "日期", "凭证"], ["评估", D(2024, 1, 1), ""]]
    found = read(sheet(steps, "进程")).steps
    assert found is not None
    assert found.result.tolist() == ["R7"]


def test_the_checklist_of_secrecy_as_a_form() -> None:
    rows: Rows = [["成果编号", "R1"], ["签订保密协议", "是"], ["保密制度", "否"], ["加密", "是"]]
    measures = read(sheet(rows, "保密措施")).secrecy_measures
    assert measures == {"R1": {"agreement": True, "rules": False, "marking": True}}


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ({"error_cells": {(2, 1): "#N/A"}}, "V"),
        ({"unsaved_formulas": frozenset({(2, 1)})}, "V"),
    ],
)
def test_cells_without_a_value_are_told(note: dict[str, Any], code: str) -> None:
    rows: Rows = [["类型", "发明"], ["专利号", "X-1"], ["申请日", ""], ["成果编号", "R1"]]
    rights = read(sheet(rows, "知识产权", notes=SheetNotes(**note)))
    ((told_code, cell),) = told(rights)
    assert (told_code[0], cell) == (code, "B3")
    assert rights.ip is not None
    assert np.isnat(rights.ip.dates["filed"]).all()


def test_the_form_of_a_result_is_no_form_of_rights() -> None:
    rows: Rows = [
        ["成果编号", "R1"],
        ["成果名称", "甲"],
        ["所在地区", "浙江省"],
        ["转化方式", "许可"],
        ["技术就绪水平", 6],
    ]
    assert grids_of(sheet(rows, "申报表")) == []


@pytest.mark.parametrize(
    ("above", "amount"),
    [
        ("权属约定表（单位：万元）", 5_000_000),
        ("金额单位：元", 500),
        ("权属约定表", None),
        ("单位：万元、美元", None),
    ],
)
def test_a_unit_above_a_form_is_that_of_its_amounts(above: str, amount: float | None) -> None:
    rows = [
        [above, ""],
        ["成果编号", "R1"],
        ["所在省", "浙江"],
        ["转化方式", "许可"],
        ["合同金额", 500],
    ]
    found = read(sheet(rows, "权属"))
    assert found.cases is not None
    read_as = found.cases.amount[0]
    assert (None if read_as != read_as else read_as) == amount
    assert told(found) == ([] if amount else [("K823", "B5")])
    assert (("K828", "A5") in told(found, infos=True)) is (amount is not None)
