"""Sheets of rights are read from workbooks, with or without results, in any order."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

from pilotscore.errors import UnreadableInputError
from pilotscore.workbook.rights.reader import read_rights
from tests.conftest import write_book

D = datetime.date
IP = [["成果编号", "类型", "专利号", "申请日"], ["R1", "发明", "ZL202010123456.7", D(2020, 1, 15)]]
NOTICES = [
    ["专利号", "通知书", "送达日", "送达方式"],
    ["202010123456.7", "授权", D(2022, 1, 4), "电子"],
]


def test_sheets_over_several_files(tmp_path: Path) -> None:
    one = write_book(tmp_path / "ip.xlsx", {"知识产权": IP, "其他": [["说明"]]})
    other = write_book(tmp_path / "notices.xlsx", {"通知书": NOTICES})
    for paths in ([one, other], [other, one], [tmp_path]):
        read = read_rights(paths)
        assert read.rights.ip is not None
        assert read.rights.notices is not None
        assert read.rights.notices.right.tolist() == [0]
        assert set(read.files) == {str(one), str(other)}
        assert read.rights.findings == ()


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError):
        read_rights([tmp_path / "none.xlsx"])


def test_ids_are_held_against_those_of_a_table_of_results_in_any_file(tmp_path: Path) -> None:
    results = [["XX 汇总"], ["项目编号", "名称", "金额"], ["R1", "甲", 3], ["合计", "", 3]]
    ip = [IP[0], *([name, *IP[1][1:]] for name in ("R1", "Rl"))]
    rights = write_book(tmp_path / "ip.xlsx", {"知识产权": ip})
    (finding,) = read_rights(
        [rights, write_book(tmp_path / "r.xlsx", {"汇总": results})]
    ).rights.findings
    assert (finding.code, finding.place.cell) == ("K814", "A3")
    assert read_rights([rights]).rights.findings == ()  # nothing to hold them against


def test_a_sheet_whose_name_is_all_that_is_known_is_told(tmp_path: Path) -> None:
    sheets = {
        "知识产权": IP,
        "权属进程": [["成果", "披露日"], ["R1", D(2024, 1, 1)]],
        "收益分配": [],
    }
    found = read_rights([write_book(tmp_path / "a.xlsx", sheets)]).rights.findings
    assert [(f.code, f.place.sheet) for f in found] == [("K835", "权属进程")]


def test_a_hidden_sheet_is_not_read_and_that_is_told(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"知识产权": IP, "通知书": NOTICES})
    book = openpyxl.load_workbook(path)
    book["通知书"].sheet_state = "hidden"
    book.save(path)
    read = read_rights([path]).rights
    assert read.notices is None
    assert [f.code for f in read.findings] == ["K836"]
