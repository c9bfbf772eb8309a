from __future__ import annotations

import datetime
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheets import Sheet, UnreadableBookError, open_book
from pilotscore.workbook.open.xlsb_records import records, rk_number
from tests.workbook.open.xlsb_files import (
    cell,
    double,
    package,
    raw_xlsb,
    record,
    relations,
    row,
    sheet,
    short,
    strings,
    styles,
    wide,
    workbook,
)


def read(path: Path, content: bytes, **parts: Any) -> Sheet:
    return open_book(raw_xlsb(path / "a.xlsb", content, **parts)).sheets[0]


def refused(path: Path) -> tuple[str, str]:
    with pytest.raises(UnreadableBookError) as caught:
        open_book(path)
    return caught.value.finding.code, caught.value.finding.sentence("en")


# Each kind of value: its record in full, its short record, its data, and what it is.
VALUES = [
    (2, 13, struct.pack("<i", 7 << 2 | 2), 7.0),
    (5, 16, double(1.5), 1.5),
    (4, 15, b"\1", True),
    (6, 17, wide("甲😀"), "甲😀"),
    (7, 18, struct.pack("<I", 1), "共享"),
    (3, 14, b"\x2a", ""),
]


@pytest.mark.parametrize(("full", "brief", "data", "value"), VALUES)
def test_a_short_cell_is_read_as_the_same_cell_in_full(
    tmp_path: Path, full: int, brief: int, data: bytes, value: Any
):
    first, blank = cell(6, 1, wide("x")), short(12)
    s = read(
        tmp_path,
        sheet(
            row(0, cell(6, 0, wide("编号")), cell(full, 1, data), cell(full, 3, data)),
            row(2, first, short(brief, data), blank, short(brief, data)),
            row(3, short(brief, data), short(brief, data)),
        ),
        strings=strings("", "共享"),
    )
    blanks = [""] * 5
    assert s.rows == [
        ["编号", value, "", value, ""],
        blanks,
        ["", "x", value, "", value],
        [value, value, "", "", ""],
    ]
    faults = [(0, 1), (0, 3), (2, 2), (2, 4), (3, 0), (3, 1)] if full == 3 else []
    assert sorted(s.notes.error_cells) == faults
    assert set(s.notes.error_cells.values()) <= {"#N/A"}


def test_formulas_and_texts_of_several_fonts(tmp_path: Path):
    rest = b"\0\0" + struct.pack("<I", 0)
    s = read(
        tmp_path,
        sheet(
            row(
                0,
                cell(8, 0, wide("文本") + rest),
                cell(9, 1, double(0) + rest),
                cell(10, 2, b"\0" + rest),
                cell(11, 3, b"\x07" + rest),
                cell(62, 4, b"\1" + wide("两种字体") + b"\0" * 8),
                cell(8, 5, struct.pack("<I", 0xFFFFFFFF) + rest),
            )
        ),
    )
    assert s.rows == [["文本", 0.0, False, "", "两种字体", ""]]
    assert s.notes.error_cells == {(0, 3): "#DIV/0!"}
    assert not s.notes.uncalculated


@pytest.mark.parametrize("flags", [1, 0])
def test_a_0_that_is_still_to_be_calculated(tmp_path: Path, flags: int):
    properties = record(157, struct.pack("<IIIdIH", 0, 1, 100, 0.001, 1, flags))
    content = sheet(row(0, cell(9, 0, double(3)), cell(9, 1, double(0)), cell(5, 2, double(0))))
    listed = workbook(("表", 0, "r1"), before=properties)
    book = open_book(raw_xlsb(tmp_path / "a.xlsb", content, workbook=listed))
    (s,) = book.sheets
    assert s.rows == [[3.0, "" if flags else 0.0, 0.0]]
    assert s.notes.uncalculated == ({(0, 1)} if flags else set())
    assert [(f.code, f.values["count"]) for f in book.findings] == [("B147", 1)] * flags


def test_number_formats_come_from_the_styles_of_cells(tmp_path: Path):
    s = read(
        tmp_path,
        sheet(row(0, *(cell(5, i, double(0.5), style=i) for i in range(6)), cell(5, 6, double(1), 99))),
        styles=styles(0, 9, '0"天"', '0.0"%"', "0.00", "[h]:mm"),
    )  # fmt: skip
    codes = [form and form.code for form in (s.notes.formats.at(0, c) for c in range(7))]
    assert codes == [None, "0%", '0"天"', '0.0"%"', None, None, None]
    assert s.rows == [[0.5] * 5 + [datetime.timedelta(hours=12), 1.0]]


@pytest.mark.parametrize("late", [False, True])
def test_dates_count_from_1900_and_from_1904(tmp_path: Path, late: bool):
    properties = record(153, struct.pack("<II", int(late), 0) + wide(""))
    s = read(
        tmp_path,
        sheet(row(0, cell(5, 0, double(45356 - 1462 * late)), cell(9, 1, double(45356.5 - 1462 * late), 1))),
        workbook=workbook(("表", 0, "r1"), before=properties),
        styles=styles(14, "yyyy-mm-dd hh:mm"),
    )  # fmt: skip
    assert s.rows == [[datetime.date(2024, 3, 5), datetime.datetime(2024, 3, 5, 12)]]


def test_merged_hidden_filtered(tmp_path: Path):
    column = record(60, struct.pack("<IIIIH", 2, 3, 2560, 0, 1))
    merged = record(177) + record(176, struct.pack("<IIII", 0, 1, 0, 1)) + record(178)
    s = read(
        tmp_path,
        sheet(
            row(0, cell(6, 0, wide("a")), short(17, wide("under"))),
            row(1, cell(5, 1, double(1)), short(16, double(2)), hidden=True),
            before=record(390) + column + record(391),
            after=record(161, struct.pack("<IIII", 0, 1, 0, 1)) + merged,
        ),
    )
    assert s.merged == (((0, 0), (1, 1)),)
    assert s.rows == [["a", "", ""], ["", "", 2.0]]
    assert (s.notes.hidden_rows, s.notes.hidden_columns, s.notes.filtered) == ({1}, {2, 3}, True)


BOOK = workbook(("甲", 0, "r1"), ("图", 0, "r2"), ("乙", 1, "r3"), ("丙", 2, "r4"))
SHEET = sheet(row(0, cell(7, 0, struct.pack("<I", 0))))


def test_parts_lie_where_the_relations_say(tmp_path: Path):
    comment = record(635, struct.pack("<IIIII", 0, 3, 3, 1, 1) + b"\0" * 16) + record(
        637, b"\0" + wide("批注")
    )
    path = package(
        tmp_path / "a.xlsb",
        {
            "_rels/.rels": relations(officeDocument_r1="/Data/Book.bin"),
            "data\\book.bin": BOOK,
            "data/_rels/book.bin.rels": relations(
                worksheet_r1="/one.BIN",
                chartsheet_r2="c.bin",
                worksheet_r3="..\\Data\\two.bin",
                worksheet_r4="../data/three%20.bin",
                sharedStrings_r5="t/texts.bin",
            ),
            "One.bin": SHEET,
            "data/two.bin": SHEET,
            "data/three .bin": SHEET,
            "data/t/texts.bin": strings("文"),
            "_rels/one.bin.rels": relations(comments_x="data/notes.bin"),
            "data/notes.bin": comment,
        },
    )
    sheets = open_book(path).sheets
    assert [(s.name, s.visible, s.rows) for s in sheets] == [
        ("甲", True, [["文"]]),
        ("乙", False, [["文"]]),
        ("丙", False, [["文"]]),
    ]
    assert sheets[0].notes.comments == {(3, 1): "批注"}


@pytest.mark.parametrize(
    ("content", "parts", "said"),
    [
        (
            sheet(row(0, record(5, b"\0" * 9))),
            {},
            "xl/worksheets/sheet1.bin cannot be read (a record of kind 5",
        ),
        (sheet(row(0, cell(6, 0, struct.pack("<I", 9)))), {}, "a record of kind 6 is too short"),
        (sheet(row(0, cell(7, 0, struct.pack("<I", 5)))), {}, "there is no shared text 5"),
        (sheet(row(0))[:-3], {}, "its end is missing"),
        (sheet(row(0, cell(5, 0, double(1))))[:-9], {}, "it ends within a record"),
        (sheet(row(0, cell(5, 99_999, double(1)))), {}, "a cell beyond the sheet"),
        (sheet(), {"strings": record(19, b"\0")}, "xl/sharedStrings.bin cannot be read"),
    ],
    ids=["short", "text", "shared", "end", "cut", "beyond", "strings"],
)
def test_what_cannot_be_read_names_the_part(
    tmp_path: Path, content: bytes, parts: dict[str, Any], said: str
):
    code, sentence = refused(raw_xlsb(tmp_path / "a.xlsb", content, **parts))
    assert code == "B102"
    assert said in sentence


def test_styles_that_are_absent_are_told(tmp_path: Path):
    parts: dict[str, str | bytes] = {
        "_rels/.rels": relations(officeDocument_r1="xl/workbook.bin"),
        "xl/workbook.bin": workbook(("表", 0, "r1")),
        "xl/_rels/workbook.bin.rels": relations(worksheet_r1="s.bin", styles_r2="styles.bin"),
        "xl/s.bin": sheet(row(0, cell(5, 0, double(1), 3))),
    }
    book = open_book(package(tmp_path / "a.xlsb", parts))
    assert book.sheets[0].rows == [[1.0]]
    assert [(f.code, f.values["part"]) for f in book.findings] == [("B146", "xl/styles.bin")]


def test_a_sheet_whose_part_is_absent_is_told(tmp_path: Path):
    listed = workbook(("表", 0, "r1"), ("缺", 0, "r9"))
    book = open_book(raw_xlsb(tmp_path / "a.xlsb", SHEET, workbook=listed, strings=strings("文")))
    assert [s.name for s in book.sheets] == ["表"]
    assert [(f.code, f.place.sheet) for f in book.findings] == [("B145", "缺")]


@pytest.mark.slow
def test_bounds_hold_within_the_pass(tmp_path: Path):
    far = cell(5, 99, double(1))
    for content in (
        sheet(row(0, cell(5, 0, double(1))), row(3, far)),
        sheet(row(3, cell(5, 0, double(1))), row(0, far)),
        sheet(row(3, cell(5, 0, double(1)), *[short(16, double(1))] * 99)),
    ):
        path = raw_xlsb(tmp_path / "a.xlsb", content)
        assert len(open_book(path, Limits(cells=400)).sheets[0].rows) == 4
        for limits, name in (
            (Limits(cells=399), "cells"),
            (Limits(parts=3), "parts"),
            (Limits(inflated_mb=0), "inflated_mb"),
            (Limits(sheets=0), "sheets"),
        ):
            with pytest.raises(UnreadableBookError) as caught:
                open_book(path, limits)
            assert (caught.value.finding.code, caught.value.finding.values["name"]) == (
                "B104",
                name,
            )


def test_far_off_blank_cells_cost_nothing(tmp_path: Path):
    s = read(
        tmp_path, sheet(row(0, cell(5, 0, double(1))), row(1_048_575, cell(1, 16_383), short(12)))
    )
    assert s.rows == [[1.0]]


@pytest.mark.slow
@given(st.lists(st.tuples(st.integers(0, 900), st.binary(max_size=300))))
def test_records_come_out_as_they_went_in(written: list[tuple[int, bytes]]):
    assert list(records("x", b"".join(record(k, d) for k, d in written))) == written


@pytest.mark.slow
@given(st.integers(-(1 << 29), (1 << 29) - 1), st.booleans())
def test_numbers_in_four_bytes(number: int, hundredths: bool):
    stored = struct.pack("<i", number << 2 | 2 | hundredths)
    assert rk_number(stored, 0) == (number / 100 if hundredths else number)


@given(st.floats(allow_nan=False))
def test_doubles_in_four_bytes(number: float):
    high = struct.pack("<d", number)[4:]
    stored = struct.pack("<I", struct.unpack("<I", high)[0] & ~3)
    assert rk_number(stored, 0) == struct.unpack("<d", b"\0\0\0\0" + stored)[0]
