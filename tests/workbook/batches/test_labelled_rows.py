"""Rows and columns of a sheet of batch data that are no batches and no characteristics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from pilotscore.findings import Finding
from pilotscore.workbook.batches.header import batch_header
from pilotscore.workbook.batches.sheet import BatchSheet
from pilotscore.workbook.batches.sheet_reader import read_batch_sheet
from pilotscore.workbook.open.sheets import Sheet
from tests.workbook.tables.test_result_rows import names, told

HEAD = ["批号", "含量(%)", "水分(%)", "判定", "备注"]
BATCHES = [[f"B{n}", 99 + n / 10, n / 10, "合格", ""] for n in range(1, 5)]


def read(rows: Sequence[Sequence[Any]]) -> tuple[BatchSheet, list[Finding]]:
    width = max(map(len, rows))
    cells = [[*r, *[""] * (width - len(r))] for r in rows]
    sheet = Sheet("b.xlsx", "批次记录", visible=True, rows=cells)
    header, _ = batch_header(sheet, names())
    assert header is not None
    return read_batch_sheet(sheet, header)


def limits(sheet: BatchSheet, name: str, which: str) -> set[float]:
    values = sheet.values
    of = values.name == sheet.names.index(name)
    stated = getattr(values, which)[of]
    return set(stated[~np.isnan(stated)].tolist())


LABELS = [
    "平均",
    "平 均",
    "平均值（n=4）",
    "合计",
    "RSD",
    "RSD(%)",
    "标准差",
    "最大值",
    "最小值",
    "质量标准",
    "规格要求",
    "Mean",
    "Max",
    "Min",
    "Std dev",
    "Average:",
    "Spec",
]


@pytest.mark.parametrize("label", LABELS)
def test_a_row_that_sums_up_is_no_batch_and_is_told(label: str):
    sheet, findings = read([HEAD, *BATCHES, [label, 99.3, 0.3, "", ""]])
    assert sheet.rows.batches == ["B1", "B2", "B3", "B4"]
    assert len(sheet.values.value) == 8
    assert told(findings, "S630") == [("S630", "6")]


@pytest.mark.parametrize(
    "label", ["填表人：张三", "注：数据由质检部提供", "说明", "审核人：", "以上数据由质检部提供"]
)
def test_a_note_below_is_no_batch(label: str):
    sheet, _ = read([HEAD, *BATCHES, [label, "", "", "", "" if "以上" in label else "2026-11-30"]])
    assert sheet.rows.batches == ["B1", "B2", "B3", "B4"]


@pytest.mark.parametrize("where", ["above", "below", "between"])
@pytest.mark.parametrize(
    ("label", "which"),
    [
        ("下限", "lower"),
        ("规格下限", "lower"),
        ("LSL", "lower"),
        ("上 限", "upper"),
        ("标准上限：", "upper"),
        ("目标值", "target"),
        ("Target", "target"),
    ],
)
def test_rows_of_limits_hold_wherever_they_stand(where: str, label: str, which: str):
    row = [label, 98.5, "", "", ""]
    rows = {
        "above": [["质量标准", "≥98.5", "≤0.5"], row, *BATCHES],
        "below": [*BATCHES, row],
        "between": [*BATCHES[:2], row, *BATCHES[2:]],
    }[where]
    sheet, _ = read([HEAD, *rows])
    assert sheet.rows.batches == ["B1", "B2", "B3", "B4"]
    assert limits(sheet, "含量", which) == {98.5}
    specified = (where, which) == ("above", "upper")  # by the row of specifications: ≤0.5
    assert limits(sheet, "水分", which) == ({0.5} if specified else set())


def test_limits_that_are_stated_twice_are_told():
    rows = [HEAD, ["下限", 98, "", "", ""], *BATCHES, ["下限", 97, "", "", ""]]
    sheet, findings = read(rows)
    assert limits(sheet, "含量", "lower") == {98}
    assert told(findings, "S634") == [("S634", "7")]


def test_limits_of_one_result_are_not_held_against_the_others():
    head = ["成果编号", *HEAD]
    rows = [head, *(["P-1", *b] for b in BATCHES), ["P-2", *BATCHES[0]], ["P-1", "下限", 98, ""]]
    sheet, findings = read(rows)
    assert limits(sheet, "含量", "lower") == set()
    assert told(findings, "S638") == [("S638", "7")]


def test_min_below_the_header_is_a_limit_and_is_asked_about():
    sheet, findings = read([HEAD, ["min", 98, "", "", ""], *BATCHES])
    assert limits(sheet, "含量", "lower") == {98}
    assert told(findings, "S636") == [("S636", "2")]


def test_a_batch_that_is_called_like_a_label_is_a_batch_and_is_asked_about():
    sheet, findings = read([HEAD, *BATCHES, ["S", 99.9, 0.1, "合格", ""]])
    assert sheet.rows.batches[-1] == "S"
    assert told(findings, "S632") == [("S632", "6")]
    sheet, findings = read([HEAD, *BATCHES, ["标准", 99.9, 0.1, "", ""]])
    assert len(sheet.rows.batches) == 4
    assert told(findings, "S631") == [("S631", "6")]


@pytest.mark.parametrize("header", ["序号", "No.", "#"])
def test_a_running_number_is_no_characteristic(header: str):
    sheet, _ = read([[header, *HEAD], *([n, *b] for n, b in enumerate(BATCHES))])
    assert sheet.names == ("含量", "水分")
    sheet, _ = read([["批号", "NO"], *([b[0], 30 + 7 * n] for n, b in enumerate(BATCHES))])
    assert sheet.names == ("NO",)


def test_the_header_again_is_no_batch():
    sheet, findings = read([HEAD, *BATCHES[:2], HEAD, *BATCHES[2:]])
    assert sheet.rows.batches == ["B1", "B2", "B3", "B4"]
    assert told(findings, "S630") == [("S630", "4")]


@pytest.mark.parametrize("layout", ["long", "ids"])
def test_sums_in_other_layouts_are_no_batches(layout: str):
    if layout == "long":
        rows = [
            ["成果编号", "批号", "特性", "数值"],
            ["P-1", "B1", "纯度", 99],
            ["P-1", "B2", "纯度", 98],
            ["P-1", "平均", "纯度", 98.5],
            ["合计", "", "", 197],
        ]
    else:
        rows = [["成果编号", "批号", "纯度"], ["P-1", "B1", 99], ["", "B2", 98], ["平均", "", 98.5]]
    sheet, _ = read(rows)
    assert sheet.rows.batches == ["B1", "B2"]
    assert sheet.rows.results == ["P-1", "P-1"]


@pytest.mark.parametrize(
    ("header", "which"),
    [
        ("规格下限", "lower"),
        ("下限", "lower"),
        ("LSL", "lower"),
        ("含量规格下限", "lower"),
        ("含量（上限）", "upper"),
        ("USL", "upper"),
        ("目标值", "target"),
        ("含量标准上限(%)", "upper"),
    ],
)
def test_a_column_of_limits_is_no_characteristic(header: str, which: str):
    rows = [["批号", "含量(%)", header], *([b[0], b[1], 98.5] for b in BATCHES)]
    sheet, findings = read(rows)
    assert sheet.names == ("含量",)
    assert limits(sheet, "含量", which) == {98.5}
    nameless = not header.startswith("含量")
    assert told(findings, "S635") == ([("S635", "C1")] if nameless else [])


def test_limits_without_a_name_are_of_the_column_to_their_left():
    head = ["批号", "含量", "下限", "水分", "上限", "上限"]
    sheet, findings = read([head, *([b[0], b[1], 98, b[2], 0.5, 0.6] for b in BATCHES)])
    assert sheet.names == ("含量", "水分")
    assert limits(sheet, "含量", "lower") == {98}
    assert limits(sheet, "水分", "upper") == {0.5}
    assert told(findings, "S637") == [("S637", "F1")]


@pytest.mark.parametrize("header", ["爆炸下限", "检测上限", "min", "Max"])
def test_a_characteristic_that_only_ends_like_a_limit_stays_one(header: str):
    sheet, _ = read([["批号", "含量", header], *([b[0], b[1], 4.5] for b in BATCHES)])
    assert header in sheet.names


@pytest.mark.parametrize("head", ["平均值", "平均", "RSD（%）", "标准差", "Mean", "Std dev"])
def test_a_column_that_sums_up_others_is_no_characteristic(head: str):
    rows = [["批号", "水分1", "水分2", head], *([f"B{n}", 0.5, 0.6, 0.55] for n in range(1, 4))]
    sheet, findings = read(rows)
    assert sheet.names == ("水分1", "水分2")
    assert told(findings, "S643") == [("S643", "D1")]
    # Alone it is what was measured.
    alone, findings = read([[r[0], r[3]] for r in rows])
    assert (len(alone.names), told(findings, "S643")) == (1, [])


def test_numbers_without_a_header_are_told():
    _, findings = read(
        [["批号", "水分", "", "", "结论"], *([f"B{n}", 0.5, 0.6, "", "合格"] for n in "123")]
    )
    assert told(findings, "S644") == [("S644", "C1")]
    _, findings = read([["批号", "水分", "", "结论"], *([f"B{n}", 0.5, "", "合格"] for n in "123")])
    assert told(findings, "S644") == []


@pytest.mark.parametrize(
    "heads", [["B1", "B2", "B3"], ["2601-1", "2601-2"], ["第1批", "第2批"], ["Lot 1", "Lot 2"]]
)
@pytest.mark.parametrize("more", [[], ["平均"]])
def test_batches_side_by_side_are_no_characteristics(heads: list[str], more: list[str]):
    rows = [
        ["批号", *heads, *more],
        *([x, *[0.5] * len(heads + more)] for x in ("水分（105 ℃）", "纯度")),
    ]
    sheet = Sheet("b.xlsx", "批次记录", visible=True, rows=rows)
    assert batch_header(sheet, names()) == (None, 0)


@pytest.mark.parametrize("head", [["D50", "D90"], ["T1", "T2"], ["PM10", "PM2"]])
def test_characteristics_that_are_called_like_batches_are_read(head: list[str]):
    sheet, _ = read([["批号", *head], ["B1", 1.5, 2.5], ["B2", 1.6, 2.6]])
    assert list(sheet.names) == head


def test_a_second_table_of_batches_with_other_headers_is_left_and_told():
    first = [["批号", "水分"], ["B1", 0.5], ["B2", 0.6]]
    second = [["批号", "纯度"], ["B1", 99.5], ["B2", 98.5]]
    sheet, findings = read([*first, ["", ""], *second])
    assert sheet.values.value.tolist() == [0.5, 0.6]
    assert told(findings, "S646", "S630") == [("S646", "5")]
    # The same header again is one table over two pages.
    sheet, findings = read([*first, first[0], ["B3", 0.7]])
    assert sheet.values.value.tolist() == [0.5, 0.6, 0.7]
    assert told(findings, "S646", "S630") == [("S630", "4")]


@pytest.mark.parametrize("label", ["UCL", "控制上限", "警戒上限", "Upper control limit"])
def test_limits_of_control_are_no_batch_and_no_limits_of_quality(label: str):
    sheet, findings = read([HEAD, *BATCHES, [label, 98.5, 0.4, "", ""]])
    assert sheet.rows.batches == ["B1", "B2", "B3", "B4"]
    assert limits(sheet, "含量", "upper") == set()
    assert told(findings, "S630") == [("S630", "6")]
