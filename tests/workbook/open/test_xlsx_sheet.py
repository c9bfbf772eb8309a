from __future__ import annotations

import gc
import time
from collections.abc import Iterator

import pytest

from pilotscore.workbook.open.limits import BoundExceededError, Limits
from pilotscore.workbook.open.number_format import number_format
from pilotscore.workbook.open.sheet_contents import PartError
from pilotscore.workbook.open.xlsx_cells import CellTypes, SheetCells
from pilotscore.workbook.open.xlsx_sheet import read_sheet
from tests.workbook.open.xlsx_parts import worksheet

ROWS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2" t="str"><v>é中</v></c></row>'


def read(content: bytes, limits: Limits | None = None, size: int = 1 << 20) -> SheetCells:
    def cells() -> SheetCells:
        types = CellTypes([number_format("General")], [], epoch_1904=False)
        return SheetCells(types, limits or Limits())

    def pieces() -> Iterator[bytes]:
        return iter([content[i : i + size] for i in range(0, len(content), size)])

    return read_sheet(pieces, cells, "p")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_encodings_and_pieces(encoding: str, size: int):
    xml = worksheet(ROWS).replace("UTF-8", encoding.removesuffix("-sig"))
    assert read(xml.encode(encoding), size=size).rectangle() == [[1.0, ""], ["", "é中"]]


def test_latin_1():
    xml = worksheet(ROWS.replace("中", "")).replace("UTF-8", "ISO-8859-1")
    assert read(xml.encode("latin-1")).rows[1] == ["", "é"]


@pytest.mark.parametrize("rows", ["", "<row r='1'/>", "  "])
def test_a_sheet_without_cells(rows: str):
    assert [row for row in read(worksheet(rows).encode()).rows if row] == []
    empty = worksheet("").replace("<sheetData></sheetData>", "<sheetData/>")
    assert read(empty.encode()).rows == []
    assert read(empty.replace("<sheetData/>", "").encode()).rows == []


@pytest.mark.parametrize(
    "content",
    [
        worksheet(ROWS)[:-20],
        worksheet(ROWS)[:150],
        worksheet(ROWS + "<row>"),
        worksheet(ROWS.replace("</v>", "", 1)),
        worksheet(ROWS, after="<mergeCells>"),
        worksheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
        "",
        "not XML at all",
    ],
)
def test_an_unsound_part_is_named_and_never_empty(content: str):
    with pytest.raises(PartError) as caught:
        read(content.encode())
    assert caught.value.part == "p"


def test_declared_entities_are_refused():
    with pytest.raises(PartError):
        read(b'<!DOCTYPE worksheet [<!ENTITY a "b">]>' + worksheet(ROWS).split("?>")[1].encode())


def test_bounds_of_extent_and_time():
    with pytest.raises(BoundExceededError) as caught:
        read(worksheet(ROWS).encode(), Limits(cells=2))
    assert caught.value.name == "cells"
    types = CellTypes([number_format("General")], [], epoch_1904=False)
    late = SheetCells(types, Limits(seconds=50), began=time.monotonic() - 60)
    with pytest.raises(BoundExceededError) as caught:
        read_sheet(lambda: iter([worksheet(ROWS).encode()]), lambda: late, "p")
    assert caught.value.name == "seconds"


def test_the_collector_is_left_as_it_was():
    assert gc.isenabled()
    read(worksheet(ROWS).encode())
    assert gc.isenabled()
    with pytest.raises(PartError):
        read(b"")
    assert gc.isenabled()


def test_rows_are_of_one_length_unless_a_far_cell_would_blow_them_up():
    assert read(worksheet(ROWS).encode()).rectangle() == [[1.0, ""], ["", "é中"]]
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2000"><c r="ZZ2000"><v>1</v></c></row>'
    rows = read(worksheet(far).encode()).rectangle()
    assert [len(rows[i]) for i in (0, 1, 1999)] == [1, 0, 702]
