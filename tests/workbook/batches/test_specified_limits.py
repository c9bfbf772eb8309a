"""Rows and columns of specifications give limits, and each is told with its cell."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workbook.batches.test_labelled_rows import BATCHES, HEAD, limits, read
from tests.workbook.tables.test_result_rows import told

SPEC = ["质量标准", "98.5~101.5", "≤0.5", "", ""]
HEADS = {
    "below the header": (1, 1),
    "at the end": (1, 9),
    "above the header": (0, 0),
    "between": (1, 3),
}


def sheet_of(row: list[Any], where: str) -> list[list[Any]]:
    rows = [HEAD, *BATCHES]
    _, at = HEADS[where]
    return [*rows[:at], row, *rows[at:]]


@pytest.mark.parametrize("where", HEADS)
@pytest.mark.parametrize(
    "label",
    [
        "质量标准",
        "标准",
        "规格",
        "标准要求",
        "Spec",
        "Specification",
        "内控标准",
        "规格上下限",
        "合格范围",
    ],
)
def test_a_row_of_specifications_gives_limits_wherever_it_stands(label: str, where: str):
    rows = sheet_of([label, *SPEC[1:]], where)
    sheet, findings = read(rows)
    assert sheet.rows.batches == ["B1", "B2", "B3", "B4"]
    assert (limits(sheet, "含量", "lower"), limits(sheet, "含量", "upper")) == ({98.5}, {101.5})
    assert (limits(sheet, "水分", "lower"), limits(sheet, "水分", "upper")) == (set(), {0.5})
    row = rows.index([label, *SPEC[1:]]) + 1
    assert told(findings, "S640") == [("S640", f"B{row}"), ("S640", f"C{row}")]
    assert told(findings, "S633") == [("S633", str(row))]


@pytest.mark.parametrize("where", HEADS)
@pytest.mark.parametrize(
    ("label", "which"),
    [("下限", "lower"), ("规格上限", "upper"), ("目标值", "target"), ("LSL", "lower")],
)
def test_rows_of_limits_hold_above_the_header_too(label: str, which: str, where: str):
    sheet, _ = read(sheet_of([label, 98.5, "", "", ""], where))
    assert sheet.rows.batches == ["B1", "B2", "B3", "B4"]
    assert limits(sheet, "含量", which) == {98.5}


@pytest.mark.parametrize("place", [0, 1, 3])
@pytest.mark.parametrize(("label", "which"), [("下限", "lower"), ("质量标准", "lower")])
def test_the_label_may_stand_in_any_column_beside_the_values(place: int, label: str, which: str):
    cell: Any = 98.5 if label == "下限" else "≥98.5"
    head = ["工段", "批号", "含量(%)", "备注"]
    rows = [[f"甲{n}", f"B{n}", 99 + n / 10, ""] for n in range(1, 5)]
    row = ["", "", cell, ""]
    row[place] = label
    sheet, _ = read([head, *rows, row])
    assert sheet.rows.batches == ["B1", "B2", "B3", "B4"]
    assert limits(sheet, "含量", which) == {98.5}


def test_a_dash_for_a_batch_number_is_none():
    sheet, _ = read(
        [["类别", *HEAD], *(["", *b] for b in BATCHES), ["规格下限", "—", 98.5, "", "", ""]]
    )
    assert sheet.rows.batches == ["B1", "B2", "B3", "B4"]
    assert limits(sheet, "含量", "lower") == {98.5}


def test_a_title_above_the_header_gives_nothing():
    sheet, findings = read(
        [["质量标准：GB/T 1234"], ["目标产品批次记录", "2026 年"], HEAD, *BATCHES]
    )
    assert limits(sheet, "含量", "lower") == set()
    assert told(findings, "S633") == []


@pytest.mark.parametrize("cell", [99, "99", "符合规定", "≥99, ≥98"])
def test_what_cannot_be_read_is_told_with_its_cell(cell: Any):
    sheet, findings = read([HEAD, ["质量标准", cell, "≤0.5", "", ""], *BATCHES])
    assert limits(sheet, "含量", "lower") == set()
    assert limits(sheet, "水分", "upper") == {0.5}
    assert told(findings, "S641") == [("S641", "B2")]
    sheet, findings = read([HEAD, ["质量标准", cell, "-", "", ""], *BATCHES])
    assert told(findings, "S641") == [("S641", "B2")]
    assert told(findings, "S630") == [("S630", "2")]


def test_limits_that_are_stated_go_before_specifications_and_differences_are_told():
    rows = [HEAD, ["下限", 97, "", "", ""], SPEC, *BATCHES]
    sheet, findings = read(rows)
    assert (limits(sheet, "含量", "lower"), limits(sheet, "含量", "upper")) == ({97}, {101.5})
    assert told(findings, "S642") == [("S642", "B3")]
    sheet, findings = read([HEAD, ["下限", 98.5, "", "", ""], SPEC, *BATCHES])
    assert told(findings, "S642") == []


def test_a_second_row_of_specifications_is_told():
    sheet, findings = read([HEAD, SPEC, ["企业标准", "≥99.5", "", "", ""], *BATCHES])
    assert limits(sheet, "含量", "lower") == {98.5}
    assert told(findings, "S634") == [("S634", "3")]


def test_specifications_of_one_result_are_not_held_against_the_others():
    head = ["成果编号", *HEAD]
    rows = [head, *(["P-1", *b] for b in BATCHES), ["P-2", *BATCHES[0]], ["P-1", *SPEC]]
    sheet, findings = read(rows)
    assert limits(sheet, "含量", "lower") == set()
    assert told(findings, "S638") == [("S638", "7")]


@pytest.mark.parametrize("header", ["标准", "质量标准", "规格要求", "Spec", "Acceptance criteria"])
def test_a_column_of_specifications_of_a_long_sheet(header: str):
    head = ["批号", "检验项目", header, "检测结果", "单位"]
    rows = [
        row
        for n in range(1, 4)
        for row in (
            [f"B{n}", "含量", "98.5~101.5", 99 + n / 10, "%"],
            [f"B{n}", "外观", "白色", 1, ""],
            [f"B{n}", "水分", "NMT 0.5%", 0.2, "%"],
        )
    ]
    sheet, findings = read([head, *rows])
    assert (limits(sheet, "含量", "lower"), limits(sheet, "含量", "upper")) == ({98.5}, {101.5})
    assert limits(sheet, "水分", "upper") == {0.5}
    assert told(findings, "S640") == [("S640", "C2"), ("S640", "C4")]
    assert told(findings, "S641") == [("S641", "C3")]


@pytest.mark.parametrize(
    "head", ["含量≥99.0", "含量（标准98.0~102.0%）", "含量(%)(NMT 102)", "含量（95±3）"]
)
def test_limits_in_a_header_are_told(head: str):
    _, findings = read([["批号", head, "水分(%)"], *(b[:3] for b in BATCHES)])
    assert told(findings, "S663") == [("S663", "B1")]
    _, findings = read([["批号", "含量(%)", "粒径 10-20目"], *(b[:3] for b in BATCHES)])
    assert told(findings, "S663") == []
