from __future__ import annotations

import datetime
import struct
from pathlib import Path
from typing import Any

import pytest

from pilotscore.workbook.open.biff import essential
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheets import Sheet, UnreadableBookError, open_book
from tests.workbook.open.xls_files import (
    BIFF5,
    blank,
    fault,
    formats,
    formula,
    in_ole,
    label,
    merged,
    number,
    raw_xls,
    record,
    special,
    stream,
    string,
)


def read(path: Path, cells: bytes, **more: bytes) -> Sheet:
    return open_book(raw_xls(path / "a.xls", cells, **more)).sheets[0]


def page(number: int) -> bytes:
    return record(0x42, struct.pack("<H", number))


@pytest.mark.parametrize("code_page", [936, 1252, 1200, 10000, 54936, 65001, 4321])
def test_wide_texts_are_read_whatever_the_code_page_says(tmp_path: Path, code_page: int):
    cells = label(0, 0, "编号") + label(0, 1, "Item two") + label(1, 0, "甲😀 é")
    s = read(tmp_path, cells, before=page(code_page))
    assert s.rows == [["编号", "Item two"], ["甲😀 é", ""]]


def test_texts_of_the_older_kind_go_by_the_code_page(tmp_path: Path):
    stored = "甲乙".encode("gbk")
    cells = record(0x204, struct.pack("<HHHH", 0, 0, 0, len(stored)) + stored)
    path = tmp_path / "a.xls"
    sheets = ("S", cells)
    path.write_bytes(stream(sheets, before=page(936), version=BIFF5))
    assert open_book(path).sheets[0].rows == [["甲乙"]]


@pytest.mark.parametrize("kind", [0x06, 0x206, 0x406])
def test_no_kind_of_formula_loses_its_row(tmp_path: Path, kind: int):
    shared, array = record(0x4BC, b"\0" * 10), record(0x221, b"\0" * 16)
    cells = b"".join([
        label(0, 0, "x"), formula(0, 1, struct.pack("<d", 2.5), kind=kind), shared, number(0, 2, 1),
        formula(1, 0, special(0), kind=kind), string("文"), formula(1, 1, special(0), kind=kind), array, string("本"), number(1, 2, 1),
        formula(2, 0, special(1, 1), kind=kind), formula(2, 1, special(2, 0x2A), kind=kind), formula(2, 2, special(3), kind=kind), number(2, 3, 1),
    ])  # fmt: skip
    s = read(tmp_path, cells)
    assert s.rows == [["x", 2.5, 1.0, ""], ["文", "本", 1.0, ""], [True, "", "", 1.0]]
    assert s.notes.error_cells == {(2, 1): "#N/A"}
    assert s.notes.without_result == set()


def test_formulas_without_a_result(tmp_path: Path):
    cells = b"".join([
        label(0, 0, "x"), formula(0, 1, special(0)), number(0, 2, 1),  # no text follows
        formula(1, 0, special(9)), number(1, 1, 1),  # a kind of result that there is not
        formula(2, 0, b"\0" * 8, flags=3), formula(2, 1, b"\0" * 8), formula(2, 2, struct.pack("<d", 4), flags=3),
        number(2, 3, 5), formula(3, 0, special(0)),
    ])  # fmt: skip
    other = label(0, 0, "y")
    path = tmp_path / "a.xls"
    path.write_bytes(in_ole(stream(("一", other), ("表", cells))))
    first, s = open_book(path).sheets
    assert first.rows == [["y"]]
    assert first.notes.without_result == set()
    assert s.rows == [["x", "", 1, ""], ["", 1, "", ""], ["", 0, 4, 5], ["", "", "", ""]]
    assert s.notes.unsaved_formulas == {(0, 1), (1, 0), (3, 0)}
    assert s.notes.uncalculated == {(2, 0)}


def test_xlwt_stores_a_blank_for_every_formula(tmp_path: Path):
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    sheet.write(0, 0, 5)
    sheet.write(0, 1, xlwt.Formula("A1*2"))
    book.save(str(tmp_path / "a.xls"))
    (s,) = open_book(tmp_path / "a.xls").sheets
    assert s.rows == [[5.0, ""]]
    assert s.notes.unsaved_formulas == {(0, 1)}


@pytest.mark.parametrize("flags", [0, 1])
def test_a_saved_empty_text_stays_a_blank(tmp_path: Path, flags: int):
    s = read(tmp_path, label(0, 0, "x") + formula(0, 1, special(3), flags=flags))
    assert s.rows == [["x", ""]]
    assert s.notes.without_result == set()


@pytest.mark.parametrize(("writer", "spots"), [("Sh33tJS", {(0, 1)}), ("Excel", set())])
def test_sheetjs_writes_a_formula_without_a_result_as_a_blank_cell(
    tmp_path: Path, writer: str, spots: set[Any]
):
    name = record(0x5C, struct.pack("<HB", len(writer), 0) + writer.encode().ljust(109))
    cells = label(0, 0, "x") + blank(0, 1) + label(1, 0, "m") + blank(1, 1) + number(2, 2, 1)
    s = read(tmp_path, cells + merged((1, 1, 0, 1)), before=name)
    assert s.rows == [["x", "", ""], ["m", "", ""], ["", "", 1.0]]
    assert s.notes.unsaved_formulas == spots


def test_formats_dates_and_what_a_cell_holds(tmp_path: Path):
    styles = formats(0, 9, '0"天"', "[h]:mm", "yyyy-mm-dd", 57)
    cells = b"".join(number(0, c, v, c) for c, v in enumerate((0.5, 0.5, 30, 1.25, 45356, 45356.5)))
    more = (
        fault(1, 0, 1, error=False) + fault(1, 1, 0x07, error=True) + fault(1, 2, 0x2A, error=True)
    )
    s = read(tmp_path, cells + more, styles=styles)
    assert s.rows[0] == [
        0.5, 0.5, 30, datetime.timedelta(hours=30), datetime.date(2024, 3, 5), datetime.datetime(2024, 3, 5, 12),
    ]  # fmt: skip
    assert [f and f.code for f in (s.notes.formats.at(0, c) for c in range(6))] == [
        None,
        "0%",
        '0"天"',
        None,
        None,
        None,
    ]
    assert s.rows[1][:3] == [True, "", ""]
    assert s.notes.error_cells == {(1, 1): "#DIV/0!", (1, 2): "#N/A"}
    late = read(
        tmp_path, number(0, 0, 45356 - 1462, 4), styles=styles, before=record(0x22, b"\1\0")
    )
    assert late.rows == [[datetime.date(2024, 3, 5)]]


def test_a_format_that_the_file_names_by_its_number_alone(tmp_path: Path):
    # Those of money have the sign of whoever opens the workbook: none is taken.
    s = read(tmp_path, number(0, 0, 5, 0) + number(0, 1, 45356, 1), styles=formats(5, 31))
    assert s.rows == [[5.0, datetime.date(2024, 3, 5)]]
    assert not s.notes.formats


def test_merged_hidden_filtered(tmp_path: Path):
    hidden_row = record(0x208, struct.pack("<HHHHHHI", 1, 0, 2, 255, 0, 0, 0x20))
    hidden_column = record(0x7D, struct.pack("<HHHHHH", 2, 3, 2560, 0, 1, 0))
    cells = (
        hidden_column
        + record(0x9B)
        + hidden_row
        + label(0, 0, "a")
        + label(0, 1, "under")
        + number(1, 2, 1)
    )
    s = read(tmp_path, cells + merged((0, 1, 0, 1)))
    assert s.merged == (((0, 0), (1, 1)),)
    assert s.rows == [["a", "", ""], ["", "", 1.0]]
    assert (s.notes.hidden_rows, s.notes.hidden_columns, s.notes.filtered) == ({1}, {2, 3}, True)


def test_the_oldest_files_lie_in_no_ole_file(tmp_path: Path):
    path = tmp_path / "a.xls"
    path.write_bytes(
        record(0x09, struct.pack("<HH", 2, 0x10))
        + record(0x04, struct.pack("<HH3sB", 0, 0, b"\0\0\0", 2) + b"id")
        + record(0x03, struct.pack("<HH3sd", 0, 1, b"\0\0\0", 2.5))
        + record(0x0A)
    )
    assert open_book(path).sheets[0].rows == [["id", 2.5]]
    path.write_bytes(stream(("S", number(0, 0, 1)), version=BIFF5))
    assert open_book(path).sheets[0].rows == [[1.0]]


@pytest.mark.slow
def test_far_off_blank_cells_cost_nothing_and_bounds_hold(tmp_path: Path):
    path = raw_xls(tmp_path / "a.xls", number(0, 0, 1) + number(3, 99, 1) + blank(60_000, 200))
    assert len(open_book(path, Limits(cells=400)).sheets[0].rows) == 4
    for limits, name in ((Limits(cells=399), "cells"), (Limits(sheets=0), "sheets")):
        with pytest.raises(UnreadableBookError) as caught:
            open_book(path, limits)
        assert (caught.value.finding.code, caught.value.finding.values["name"]) == ("B104", name)


def test_what_cannot_be_read_names_the_part(tmp_path: Path):
    path = tmp_path / "a.xls"
    path.write_bytes(stream(("好", number(0, 0, 1)), ("坏", record(0x203, b"\0" * 3))))
    with pytest.raises(UnreadableBookError) as caught:
        open_book(path)
    assert caught.value.finding.code == "B102"
    assert "坏 cannot be read" in caught.value.finding.sentence("en")


def test_what_stops_xlrd_beside_the_cells_is_told_and_left_out(tmp_path: Path):
    # A comment without its text stops xlrd.
    cells = label(0, 0, "x") + record(0x1C, b"\0" * 2) + number(1, 1, 0.5, 1)
    path = tmp_path / "a.xls"
    path.write_bytes(stream(("表", cells + merged((0, 0, 0, 1))), styles=formats(0, 9)))
    book = open_book(path)
    (s,) = book.sheets
    assert (s.rows, s.merged) == ([["x", ""], ["", 0.5]], (((0, 0), (0, 1)),))
    assert s.notes.formats.at(1, 1).percent
    assert [(f.code, f.values["part"]) for f in book.findings] == [("B113", "表")]


def test_what_goes_on_in_further_records_stays_or_goes_with_its_first():
    kept, gone = record(0xFC, b"a"), record(0x1C, b"b")
    more = record(0x3C, b"c")
    out = essential(kept + more + gone + more + more + kept)
    void = struct.pack("<H", 0x0FFF)
    assert out == kept + more + void + gone[2:] + (void + more[2:]) * 2 + kept
