from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.workbook.open.cell_formats import FormatsByColumn
from pilotscore.workbook.open.notes import SheetNotes
from pilotscore.workbook.open.number_format import number_format
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.values.texts import seen, seen_at, seen_cells, text_at, texts_at


@pytest.mark.parametrize(
    ("cell", "code", "text"),
    [
        (7.0, '"CG-"000', "CG-007"),
        (7, '"CG-"000', "CG-007"),
        (12345.0, '"CG-"000', "CG-12345"),
        (7.0, "00000", "00007"),
        (7.0, "####", "7"),
        (1234567.0, '000"-"0000', "123-4567"),
        (34567.0, '000"-"0000', "003-4567"),
        (20260501.0, "0000-00-00", "2026-05-01"),
        (3.0, '"E"0', "E3"),
        (3.0, '0"号"', "3号"),
        (3.0, '"第"0"批"', "第3批"),
        (0.5, '0.0"级"', "0.5级"),
        (0.5, "0%", "50%"),
        (1.0, '"甲";;"乙"', "甲"),
        (0.0, '"甲";;"乙"', "乙"),
        (7.0, "0.0", "7"),
        (7.0, "General", "7"),
        ("7", '"CG-"000', "7"),
        ("", '"CG-"000', ""),
        (True, '"CG-"000', "True"),
        (dt.date(2026, 5, 1), '"CG-"000', "2026-05-01"),
    ],
)
def test_a_number_is_the_text_that_is_seen(cell, code: str, text: str):
    form = number_format(code)
    formats = {1: {2: form}} if form.matters else {}
    sheet = Sheet(
        "b", "s", True, [[], [], ["", cell]], notes=SheetNotes(formats=FormatsByColumn(formats))
    )
    assert text_at(sheet, 2, 1) == text
    assert texts_at(sheet, [0, 2, 1], 1) == ["", text, ""]
    assert text_at(sheet, 2, None) == ""
    assert texts_at(sheet, [0, 2], None) == ["", ""]


def test_cells_without_such_a_format_are_as_they_are():
    form = number_format('"E"0')
    cells = [1.0, 2.0]
    assert seen_cells(cells, {}) is cells
    assert seen_cells(cells, {1: form}) == [1.0, "E2"]
    assert seen(3.0, number_format("#,##0.00")) == 3.0
    sheet = Sheet("b", "s", True, [[1.0]])
    assert seen_at(sheet, 0, 0) == 1.0


@given(st.integers(0, 10**9), st.integers(2, 12))
def test_zeros_before_a_number_are_kept(number: int, width: int):
    assert number_format("0" * width).matters
    assert seen(float(number), number_format("0" * width)) == str(number).zfill(width)
