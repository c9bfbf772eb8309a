from __future__ import annotations

import datetime
from typing import Any

import pytest

from pilotscore.workbook.open.number_format import number_format
from pilotscore.workbook.open.sheet_contents import PartError
from pilotscore.workbook.open.xlsx_cells import (
    CellTypes,
    Formula,
    area_of,
    is_numeric,
    spot_of,
)

FORMATS = [number_format(c) for c in ("General", "yyyy-mm-dd", "[h]:mm", "0%")]
TYPES = CellTypes(FORMATS, ["甲", "乙"], epoch_1904=False)
UTC = datetime.UTC


@pytest.mark.parametrize(
    ("style", "type_", "raw", "value"),
    [
        (0, "n", b"1.50", 1.5),
        (0, "n", b"abc", "abc"),
        (3, "n", b"0.95", 0.95),
        (1, "n", b"45000", datetime.date(2023, 3, 15)),
        (2, "n", b"1.25", datetime.timedelta(hours=30)),
        (9, "n", b"7", 7.0),
        (0, "s", b"1", "乙"),
        (1, "s", b"0", "甲"),
        (0, "b", b"1", True),
        (0, "b", b"0", False),
        (0, "str", b"a &lt; b", "a < b"),
        (0, "inlineStr", b"a", "a"),
        (0, "e", b"#N/A", "#N/A"),
        (0, "d", b"2026-05-01", datetime.date(2026, 5, 1)),
        (0, "d", b"2026-05-01T08:00:00Z", datetime.datetime(2026, 5, 1, 8, tzinfo=UTC)),
        (0, "d", b"10:10:10", datetime.time(10, 10, 10)),
        (0, "d", b"soon", "soon"),
        (0, "never seen", b"a", "a"),
    ],
)
def test_what_a_value_is_by_its_style_and_type(style: int, type_: str, raw: bytes, value: Any):
    for written in (raw, raw.replace(b"&lt;", b"<").decode()):
        read = TYPES.read(style, type_, written)
        assert (type(read), read) == (type(value), value)


@pytest.mark.parametrize("raw", [b"2", b"-1"])
def test_a_shared_text_that_there_is_not(raw: bytes):
    with pytest.raises(PartError):
        TYPES.read(0, "s", raw)


@pytest.mark.parametrize(
    ("formula", "numeric"),
    [
        ("90+5", True),
        ("A1*2", True),
        ("SUM(A1:A9)", True),
        ("=AVERAGE(B2:B9)", True),
        ("-ROUND(A1,2)", True),
        ("SUM(A1:A9)/COUNT(A1:A9)", True),
        ("SUM(A1,B1)/2", True),
        ('IF(A1="",0,1)*2', True),
        ("'a-b'!A1+1", True),
        ("'a-b'!A1", False),
        ('IF(A1>0,B1-C1,"")', False),
        ("SUM(A1)&B1", False),
        ("A1", False),
        ("", False),
        ('IF(A1="","",A1)', False),
        ("A1&B1", False),
        ("VLOOKUP(A1,B:C,2)", False),
        ("IF(A1,B1,C1)", False),
        ("VLOOKUP(A1,B:C,1+1)", False),
    ],
)
def test_which_formulas_can_give_no_text(formula: str, numeric: bool):
    assert is_numeric(formula) is numeric


def test_references():
    assert (spot_of("B7"), spot_of("XFD1048576")) == ((6, 1), (1048575, 16383))
    assert [spot_of(x) for x in ("", "7", "B0", "B", "ABCD1", "B7C")] == [None] * 6
    assert area_of("$A$1:B7") == ((0, 0), (6, 1))
    assert area_of("B7") == ((6, 1), (6, 1))
    assert area_of("A:B") is None


def test_the_cells_that_a_formula_fills():
    assert Formula("", "B2:B4").area(1, 1) == [(1, 1), (2, 1), (3, 1)]
    assert Formula("", "A1:XFD1048576").area(0, 0) == [(0, 0)]
    assert Formula("", "C3:C4").area(1, 1) == [(1, 1)]
    assert Formula().area(1, 1) == [(1, 1)]
