from __future__ import annotations

import datetime
import math
from pathlib import Path

import pytest

from pilotscore.criteria import load_criteria
from pilotscore.workbook.batches.header import batch_header
from pilotscore.workbook.batches.numbers import read_numbers
from pilotscore.workbook.batches.sheet_reader import read_batch_sheet
from pilotscore.workbook.open.cell_formats import FormatsByColumn
from pilotscore.workbook.open.notes import SheetNotes
from pilotscore.workbook.open.number_format import number_format
from pilotscore.workbook.open.serials import NoDate
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.tables.headers import HeaderNames


@pytest.mark.parametrize(
    ("cell", "code", "unit", "value", "seen"),
    [
        (0.95, "0%", "%", 95, "95%"),
        (0.95, "0%", "", 95, "95%"),
        (95, '0.0"%"', "%", 95, "95%"),
        (85, '0"℃"', "℃", 85, "85℃"),
        (3, '0"天"', "h", 72, "3天"),
        (2, '0.0"t"', "kg", 2000, "2t"),
        (12345, "0.0,", "千吨", 12.345, "12.345"),
        (7, '"<"0.0', "", 7, "<7"),
        (datetime.timedelta(hours=36), "General", "h", 36, None),
        (datetime.timedelta(hours=36), "General", "d", 1.5, None),
        (datetime.time(0, 30), "General", "min", 30, None),
        ("36:30", "General", "h", 36.5, None),
    ],
)
def test_numbers_are_read_as_their_formats_show_them(cell, code, unit, value, seen):
    form = number_format(code)
    read = read_numbers(["", cell], unit, {1: form} if form.matters else {})
    assert read.values[1] == pytest.approx(value)
    assert math.isnan(read.values[0])
    assert read.wrong == []
    assert [text for _, _, text in read.shown] == ([seen] if seen else [])


@pytest.mark.parametrize(
    ("cell", "code", "unit", "text"),
    [
        (3, '0"kg"', "h", "3kg"),
        (12345, "0.0,", "t", "12.345"),
        (5, '0"0"', "", "50"),
        (5, '"¥"0', "", "¥5"),
        (datetime.timedelta(hours=36), "General", "kg", "36:00:00"),
        (datetime.timedelta(hours=36), "General", "", "36:00:00"),
        (NoDate(-3), "General", "", "-3.0"),
        (True, "General", "", "True"),
        ("36:30", "General", "kg", "36:30"),
        ("1:30", "General", "", "1:30"),
    ],
)
def test_what_is_another_unit_or_no_number_is_wrong(cell, code, unit, text):
    form = number_format(code)
    read = read_numbers([cell], unit, {0: form} if form.matters else {})
    assert math.isnan(read.values[0])
    assert read.wrong == [(0, text)]


def read_batches(sheet: Sheet, mini: Path):
    header, _ = batch_header(sheet, HeaderNames.of(load_criteria(mini).criteria))
    assert header is not None
    return read_batch_sheet(sheet, header)


def sheet(rows, formats, name: str = "批次") -> Sheet:
    notes = SheetNotes(
        formats=FormatsByColumn(
            {c: {r: number_format(f) for r, f in column.items()} for c, column in formats.items()}
        )
    )
    return Sheet("b.xlsx", name, True, rows, notes=notes)


def test_a_wide_sheet_takes_a_unit_from_the_formats_where_the_header_has_none(
    mini: Path,
):
    rows = [
        ["批号", "温度", "重量(kg)", "纯度(%)"],
        *([f"B{n}", 80.0 + n, 2.0, 0.99] for n in range(3)),
    ]
    degrees, tons, percent = '0.0"℃"', '0"t"', "0.0%"
    formats = {1: dict.fromkeys(range(1, 4), degrees), 2: {2: tons}, 3: {1: percent, 2: percent}}
    batch, findings = read_batches(sheet(rows, formats), mini)
    by_column = {c: batch.values.value[batch.values.column == c].tolist() for c in (1, 2, 3)}
    assert by_column == {
        1: [80, 81, 82],
        2: [2, 2000, 2],
        3: [pytest.approx(99), pytest.approx(99), 0.99],
    }
    assert batch.units == ("℃", "kg", "%")
    told = [
        (f.place.cell, f.values["text"], f.values["count"]) for f in findings if f.code == "S629"
    ]
    assert told == [("B2", "80℃", 3), ("C3", "2t", 1), ("D2", "99%", 2)]


def test_a_long_sheet_takes_units_from_rows_and_formats(mini: Path):
    header = ["批号", "特性", "数值", "单位", "下限"]
    rows = [header, *([f"B{n}", "重量", 2.0, "kg", 1.0] for n in range(4))]
    formats = {2: {1: '0"t"', 2: '0"kg"'}, 4: {3: '0"g"'}}
    batch, findings = read_batches(sheet(rows, formats), mini)
    assert batch.values.value.tolist() == [2000, 2, 2, 2]
    assert batch.values.lower.tolist() == [1, 1, 0.001, 1]
    assert [f.values["count"] for f in findings if f.code == "S629"] == [2, 1]


def test_hours_run_may_be_durations_or_have_a_unit_in_their_format(mini: Path):
    rows = [
        ["批号", "运行时间（d）", "备注"],
        ["B1", datetime.timedelta(hours=36), ""],
        ["B2", 2.0, ""],
        ["B3", 12.0, ""],
    ]
    batch, findings = read_batches(sheet(rows, {1: {3: '0"h"'}}), mini)
    assert batch.rows.hours.tolist() == [36, 48, 12]
    assert [f.code for f in findings if f.kind.severity != "info"] == []
