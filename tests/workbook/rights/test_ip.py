"""IP rights are read in the styles of offices; what contradicts is told at its cell."""

from __future__ import annotations

import datetime
import itertools
import time
from typing import Any

import numpy as np
import pytest

from pilotscore.workbook.open.notes import SheetNotes
from pilotscore.workbook.rights.records import IP_KINDS, IpColumns
from pilotscore.workbook.rights.tables import grids_of
from pilotscore.workbook.rights.words import KINDS
from tests.workbook.rights.making import Rows, read, sheet, told

D = datetime.date
HEAD = ["成果编号", "类型", "专利号/申请号", "申请日", "授权公告日", "是否核心"]
ROW = ["R1", "发明专利", "ZL202010123456.7", D(2020, 1, 15), D(2023, 3, 1), "是"]


def ip(*sheets: Rows) -> IpColumns:
    found = read(*(sheet(rows, book=f"{i}.xlsx") for i, rows in enumerate(sheets))).ip
    assert found is not None
    return found


def said(rights: IpColumns, i: int = 0) -> dict[str, Any]:
    """Return what is read of one right, without what is not said."""
    dates = {r: str(column[i]) for r, column in rights.dates.items() if not np.isnat(column[i])}
    flags = {r: bool(column[i]) for r, column in rights.flags.items() if column[i] >= 0}
    texts = {
        r: getattr(rights, r)[i] for r in ("result", "kind", "number") if getattr(rights, r)[i]
    }
    return texts | dates | flags


WANTED = {
    "result": "R1",
    "kind": "invention",
    "number": "ZL202010123456.7",
    "filed": "2020-01-15",
    "granted": "2023-03-01",
    "core": True,
}
STYLES: dict[str, Rows] = {
    "as a template": [HEAD, ROW],
    "with a title, an institution and a serial number": [
        ["XX大学知识产权清单（2026年）"],
        ["填报单位：XX大学", "", "填报日期：2026-11-30"],
        ["序号", *HEAD],
        [1, *ROW],
        ["合计", "1项"],
        ["制表人：张三"],
    ],
    "in English": [
        ["Result ID", "Kind", "Patent No.", "Filing date", "Grant date", "Core"],
        ["R1", "invention patent", "ZL202010123456.7", "15 Jan 2020", "1 March 2023", "Yes"],
    ],
    "in both languages": [
        [
            *("成果编号\nResult id", "类型\nType", "专利号\nPatent no", "申请日\nFiling date"),
            *("授权公告日 / Grant date", "核心\nCore"),
        ],
        ["R1", "发明专利 / invention", "ZL202010123456.7", *ROW[3:5], "是 / yes"],
    ],
    "with dates as text and stars": [
        [
            "成果编号*",
            "专利类型*",
            "申请号/专利号*",
            "申请日期（年-月-日）",
            "授权日期",
            "是否核心（是/否）",
        ],
        ["R1", "发明", "ZL202010123456.7", "2020年1月15日", "2023.3.1", "√"],
    ],
    "with a header of two rows that nobody merged": [
        ["成果编号", "基本信息", "", "时间", "", ""],
        ["", *HEAD[1:]],
        ROW,
    ],
    "with the words of others": [
        ["Ref", "类型", "申请号", "申请日", "授权日", "核心?"],
        ["R1", "☑发明 □实用新型 □外观设计", *ROW[2:5], "☑是 □否"],
    ],
    "with a header again and columns by number": [
        HEAD,
        ["甲", 1, 2, 3, 4, 5],
        ROW,
        HEAD,
        ["", "", "", "", "", ""],
    ],
}


@pytest.mark.parametrize("style", STYLES)
def test_a_right_in_the_style_of_an_office(style: str) -> None:
    rights = ip(STYLES[style])
    assert len(rights) == 1
    assert said(rights) == WANTED
    assert told(read(sheet(STYLES[style]))) == []


def test_the_order_of_columns_rows_and_files_does_not_matter() -> None:
    rows = [ROW, ["R2", "实用新型", "202120000001.5", D(2021, 5, 1), "", "否"]]
    rows += [["R1", "商业秘密", "", "", "", ""], ["R2", "外观设计", "", D(2022, 5, 1), "", "否"]]
    wanted = [said(ip([HEAD, *rows]), i) for i in range(4)]
    for order in itertools.permutations(range(4)):
        split = [[HEAD, *(rows[i] for i in part)] for part in (order[:1], order[1:])]
        again = ip(*split)
        assert [said(again, i) for i in range(4)] == wanted
    turned = [row[::-1] for row in [HEAD, *rows]]
    assert [said(ip(turned), i) for i in range(4)] == wanted


@pytest.mark.parametrize("kind", IP_KINDS)
def test_every_kind_is_known_by_its_titles(kind: str) -> None:
    for text in (KINDS.titles[kind].zh, KINDS.titles[kind].en, kind):
        assert ip([HEAD, ["R1", text, "", D(2020, 1, 1)]]).kind.tolist() == [kind]


def test_merged_cells_and_blank_ids_are_of_the_row_above() -> None:
    rows = [HEAD, ROW, ["", "实用新型", "202120000001.5", D(2021, 5, 1), "", ""]]
    merged = read(sheet(rows, merged=(((1, 0), (2, 0)),)))
    assert merged.ip is not None
    assert merged.ip.result.tolist() == ["R1", "R1"]
    assert told(merged, infos=True) == []
    blank = read(sheet(rows))
    assert blank.ip is not None
    assert blank.ip.result.tolist() == ["R1", "R1"]
    assert told(blank, infos=True) == [("K819", "A3")]


def test_several_rows_of_one_number_are_its_notices() -> None:
    head = [*HEAD[:4], "通知", "送达日", "送达方式", "发文日"]
    rows = [
        head,
        ["R1", "发明", "ZL 2020 1 0123456.7", D(2020, 1, 15), "一通", D(2021, 3, 1), "电子", ""],
        ["R1", "发明", "202010123456.7", "", "第三次审查意见通知书", "", "邮寄", D(2021, 5, 3)],
        ["", "", "", "", "授权通知书", D(2022, 3, 4), "", ""],
    ]
    both = read(sheet(rows))
    assert both.ip is not None
    assert both.notices is not None
    assert len(both.ip) == 1
    assert both.notices.right.tolist() == [0, 0, 0]
    found = set(zip(both.notices.kind, both.notices.service, strict=True))
    assert found == {("first_action", "electronic"), ("later_action", "posted"), ("grant", "")}
    assert told(both) == [("K815", "G4")]


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (["R1", "发明专", "", D(2020, 1, 15)], "K807", "B2"),
        (["R1", "", "x-1", D(2020, 1, 15)], "K809", "B2"),
        (["R1", "实用新型", "ZL202010123456.7", D(2020, 1, 15)], "K810", "B2"),
        (["R1", "发明", "ZL202010123456.7", "2020-13-15"], "V407", "D2"),
        (["R1", "发明", "ZL202010123456.7", "2020年3月"], "K806", "D2"),
        (["R1", "发明", "ZL202010123456.7", D(1020, 3, 1)], "K806", "D2"),
        (["R1", "发明", "ZL202010123456.7", "43845"], "V423", "D2"),
        (["R1", "发明", "ZL202010123456.7", "", "", "大概"], "V406", "F2"),
        (["", "发明", "ZL202010123456.7", D(2020, 1, 15)], "K822", "A2"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_cell(row: list[Any], code: str, cell: str) -> None:
    assert told(read(sheet([HEAD, row]))) == [(code, cell)]


def test_an_unknown_kind_suggests_the_nearest() -> None:
    (finding,) = read(sheet([HEAD, ["R1", "实用新形", "", D(2020, 1, 15)]])).findings
    assert "实用新型" in finding.found("zh")
    assert "did you mean" in finding.found("en")


def test_rows_of_one_right_that_contradict_leave_it_open() -> None:
    other = [*ROW[:3], D(2020, 2, 15), *ROW[4:]]
    for rows in ([ROW, other], [other, ROW]):
        both = read(sheet([HEAD, *rows]))
        assert both.ip is not None
        assert np.isnat(both.ip.dates["filed"]).all()
        assert str(both.ip.dates["granted"][0]) == "2023-03-01"
        assert told(both) == [("K811", "D3")]


def test_a_row_twice_counts_once() -> None:
    both = read(sheet([HEAD, ROW, ROW]))
    assert len(both.ip or ()) == 1
    assert told(both) == [("K812", "3")]


@pytest.mark.parametrize(
    ("cell", "day", "year", "codes"),
    [
        (D(2026, 1, 14), "2026-01-14", None, []),
        ("第6年度", None, 6, []),
        ("year 7", None, 7, []),
        (8, None, 8, []),
        ("2026年度", None, None, ["K820"]),
        (2026, None, None, ["K820"]),
        ("已缴", None, None, ["V407"]),
    ],
)
def test_fees_are_paid_to_a_day_or_a_year_of_the_patent(
    cell: Any, day: str | None, year: int | None, codes: list[str]
) -> None:
    rights = read(
        sheet([["编号", "类型", "申请日", "年费缴至"], ["R1", "发明", D(2020, 1, 15), cell]])
    )
    assert rights.ip is not None
    paid, of_year = rights.ip.dates["fees_paid_to"][0], rights.ip.fee_year[0]
    assert (None if np.isnat(paid) else str(paid)) == day
    assert (None if np.isnan(of_year) else of_year) == year
    assert [code for code, _ in told(rights)] == codes


@pytest.mark.parametrize(
    ("status", "flag", "in_force", "codes"),
    [
        ("有权", "", 1, []),
        ("授权有效", "是", 1, []),
        ("专利权终止", "", 0, []),
        ("期满", "", 0, []),
        ("未失效", "", -1, []),
        ("尚未届满", "", -1, []),
        ("实质审查", "", -1, []),
        ("Granted", "", 1, []),
        ("lapsed", "否", 0, []),
        ("失效", "是", -1, ["K821"]),
    ],
)
def test_the_status_says_whether_a_right_is_in_force(
    status: str, flag: str, in_force: int, codes: list[str]
) -> None:
    head = ["编号", "类型", "申请日", "法律状态", "是否有效"]
    rights = read(sheet([head, ["R1", "发明", D(2020, 1, 15), status, flag]]))
    assert rights.ip is not None
    assert rights.ip.flags["in_force"].tolist() == [in_force]
    assert [code for code, _ in told(rights)] == codes


def test_a_table_of_results_with_a_patent_number_is_no_sheet_of_rights() -> None:
    rows = [
        ["成果编号", "成果名称", "权属", "专利号", "技术就绪水平"],
        ["R1", "甲", "清晰", "ZL1", 6],
    ]
    assert grids_of(sheet(rows)) == []


def test_columns_nobody_understands_and_empty_sheets_are_told() -> None:
    rows = [[*HEAD, "代理机构", "申请日期"], [*ROW, "某所", D(2020, 1, 15)]]
    found = read(sheet(rows))
    assert told(found, infos=True) == [("K801", "G1"), ("K802", "H1")]
    assert told(read(sheet([HEAD]))) == [("K803", "1")]


def test_hidden_rows_and_names_that_a_spreadsheet_changed_are_told() -> None:
    rows = [HEAD, ROW, [D(2024, 5, 1), "外观设计", "", D(2020, 1, 15)]]
    found = read(sheet(rows, notes=SheetNotes(hidden_rows=frozenset({2}))))
    assert told(found) == [("K837", "3"), ("R322", "A3")]


@pytest.mark.slow
def test_a_column_of_nothing_that_is_known_is_told_quickly() -> None:
    rows = [[f"R{n}", f"没有这种{n}", f"x{n}", D(2020, 1, 15)] for n in range(3000)]
    before = time.process_time()
    found = read(sheet([HEAD, *rows], "专利"))
    assert sum(code == "K807" for code, _ in told(found)) == 3000
    assert time.process_time() - before < 2
