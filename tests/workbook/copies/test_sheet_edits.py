from __future__ import annotations

import re
from functools import partial
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.workbook.copies.markup import UnknownMarkupError
from pilotscore.workbook.copies.sheet_edits import CellChange, Content, content_of, rewritten
from pilotscore.workbook.copies.sheet_part import Area
from pilotscore.workbook.copies.sheet_survey import Spot, Survey, Wanted, survey
from tests.workbook.copies.packages import MAIN, WORKSHEET, sheet_part


def in_pieces(data: bytes, size: int) -> list[bytes]:
    return [data[i : i + size] for i in range(0, len(data), size)]


def restyled(number: int) -> CellChange:
    return CellChange(style=lambda _: number)


def filled(value: str | float, prefix: bytes = b"") -> CellChange:
    return CellChange(content=lambda _: content_of(value, prefix))


def edited(xml: str, changes: dict[Spot, CellChange], size: int = 10**6) -> str:
    data = xml.encode()
    known = survey(in_pieces(data, size), Wanted())
    return b"".join(rewritten(in_pieces(data, size), known, changes, [])).decode()


def rows_in(xml: str) -> dict[Spot, Any]:
    """Return the cells of a sheet as another parser reads them; rows and cells must be in order."""
    root = ElementTree.fromstring(xml)
    cells: dict[Spot, Any] = {}
    row = 0
    for e in root.iter(f"{{{MAIN}}}row"):
        number = int(e.get("r", row + 1))
        assert number > row
        row, column = number, 0
        for c in e.findall(f"{{{MAIN}}}c"):
            area = Area.of(c.get("r", ""))
            at = area.left if area is not None else column + 1
            assert at > column
            column = at
            inner = "".join(ElementTree.tostring(x, encoding="unicode").strip() for x in c)
            cells[row, column] = ({k: v for k, v in c.attrib.items() if k != "r"}, inner)
    return cells


BESIDE = ["", "\n  ", "<!-- <row r='9'><c r='A9'/></row> -->", "<?x <row r='3'> ?>"]
TEXTS = [
    "<v>1</v>",
    "<f>A1&gt;1</f><v>2</v>",
    "",
    "<is><t><![CDATA[</c></row><row r='7'>]]></t></is>",
    "<v>&#60;</v>",
    "<is><t>a &gt; b</t></is>",
]


@st.composite
def sheets(draw: st.DrawFn) -> tuple[str, str]:
    """Draw the part of a sheet in one of the many ways that they are written; and its prefix."""
    p, quote = draw(st.sampled_from(["", "x:"])), draw(st.sampled_from("\"'"))
    beside = st.sampled_from(BESIDE)
    rows = []
    for r in sorted(draw(st.sets(st.integers(1, 9), max_size=5))):
        cells = []
        for c in sorted(draw(st.sets(st.integers(1, 7), max_size=4))):
            tag = f"{p}c r={quote}{'ABCDEFG'[c - 1]}{r}{quote}"
            tag += draw(st.sampled_from(["", " s='1'", f"\n s = {quote}2{quote}", " vm='3' t='n'"]))
            inner = re.sub(r"<(/?)(\w+)>", rf"<\1{p}\2>", draw(st.sampled_from(TEXTS)))
            cells.append(f"<{tag}>{inner}</{p}c >" if inner else f"<{tag} />")
            cells.append(draw(beside))
        tag = f"{p}row r={quote}{r}{quote}" + draw(
            st.sampled_from(["", " spans='1:7'", " ht='9>'"])
        )
        rows.append(f"<{tag}>{''.join(cells)}</{p}row>" if cells else f"<{tag}/>")
        rows.append(draw(beside))
    data = f"{draw(beside)}{''.join(rows)}"
    data = (
        f"<{p}sheetData>{data}</{p}sheetData>"
        if data or draw(st.booleans())
        else f"<{p}sheetData />"
    )
    name = "xmlns:x" if p else "xmlns"
    return f"<{p}worksheet {name}='{MAIN}'>{draw(beside)}{data}<{p}x/></{p}worksheet>", p


spots = st.tuples(st.integers(1, 11), st.integers(1, 9))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    sheets(),
    st.dictionaries(spots, st.sampled_from([None, "新 <&>\n", 0.1, True])),
    st.integers(1, 60),
)
def test_whatever_a_sheet_is_written_like_only_the_changed_cells_change(
    sheet: tuple[str, str], values: dict[Spot, Any], size: int
):
    xml, prefix = sheet
    changes = {
        s: restyled(7) if v is None else filled(v, prefix.encode()) for s, v in values.items()
    }
    before, after = rows_in(xml), rows_in(edited(xml, changes, size))
    for spot, value in values.items():
        attributes, inner = after.pop(spot)
        was, inner_before = before.pop(spot, ({}, ""))
        if value is None:
            assert attributes == {**was, "s": "7"}
            assert inner == inner_before
            continue
        kind = {str: "inlineStr", float: None, bool: "b"}[type(value)]
        assert attributes == {k: v for k, v in {"s": was.get("s"), "t": kind}.items() if v}
        assert "".join(ElementTree.fromstring(inner).itertext()) == {True: "1", 0.1: "0.1"}.get(
            value, value
        )
    assert after == before


@pytest.mark.slow
@given(sheets(), st.integers(1, 60))
@settings(max_examples=50, deadline=None)
def test_without_changes_every_byte_stays(sheet: tuple[str, str], size: int):
    assert edited(sheet[0], {}, size) == sheet[0]


IMPLICIT = sheet_part(
    "<row><c><v>1</v></c><c s='1'><v>2</v></c></row><row/><row r='6'><c r='C6'/><c/></row>"
)


def test_rows_and_cells_without_names_are_counted():
    after = edited(
        IMPLICIT,
        {(1, 2): restyled(5), (2, 3): restyled(6), (4, 1): restyled(7), (6, 4): restyled(8)},
    )
    assert rows_in(after) == {
        (1, 1): ({}, rows_in(IMPLICIT)[1, 1][1]),
        (1, 2): ({"s": "5"}, rows_in(IMPLICIT)[1, 2][1]),
        (2, 3): ({"s": "6"}, ""), (4, 1): ({"s": "7"}, ""), (6, 3): ({}, ""), (6, 4): ({"s": "8"}, ""),
    }  # fmt: skip
    assert edited(IMPLICIT, {(1, 1): restyled(0)}) == IMPLICIT


def test_a_new_cell_looks_as_its_row_or_column_says():
    xml = sheet_part(
        "<row r='2' s='3' customFormat='1' spans='1:2'/><row r='3' s='3'/>",
        before="<cols><col min='2' max='3' style='4'/></cols>",
    )
    seen: list[int] = []

    def style(present: int) -> int:
        seen.append(present)
        return 9

    after = edited(xml, {(r, 2): CellChange(style=style) for r in (2, 3, 4)})
    assert seen == [3, 4, 4]
    assert "spans" not in after
    assert "<row r='2' s='3' customFormat='1'>" in after


@pytest.mark.parametrize(
    ("ref", "spot", "wider"),
    [("A1:C3", (2, 2), "A1:C3"), ("B2:C3", (9, 1), "A2:C9"), ("B2", (2, 3), "B2:C2")],
)
def test_the_extent_a_sheet_tells_grows_with_it(ref: str, spot: Spot, wider: str):
    xml = sheet_part("<row r='2'><c r='B2'/></row>", before=f'<dimension ref="{ref}"/>')
    assert f'<dimension ref="{wider}"/>' in edited(xml, {spot: restyled(1)})


def test_what_makes_a_cell_an_array_or_a_picture_goes_with_its_content():
    xml = sheet_part(
        '<row r="1"><c r="A1" cm="1" t="e" vm="2" s="4"><f t="array" ref="A1">X()</f><v>#N/A</v></c></row>'
    )
    assert '<c r="A1" s="4"><v>5</v></c>' in edited(xml, {(1, 1): filled(5)})
    assert rows_in(edited(xml, {(1, 1): restyled(5)}))[1, 1][0] == {
        "cm": "1",
        "t": "e",
        "vm": "2",
        "s": "5",
    }


def test_a_change_may_depend_on_what_is_there():
    def seen(before: list[Content], old: Content) -> Content:
        before.append(old)
        return old

    before: list[Content] = []
    xml = sheet_part('<row r="1"><c r="A1" t="s"><v>3</v></c></row>')
    assert edited(xml, {(1, 1): CellChange(content=partial(seen, before))}) == xml
    assert before == [Content("s", b"<v>3</v>")]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "=1+1"),
        (" a ", " a "),
        ("_x0041_", "_x005F_x0041_"),
        ("a\r\nb", "a&#13;\nb"),
        ("\x07b", "b"),
    ],
)
def test_text_is_written_as_text(text: str, written: str):
    assert content_of(text).xml.decode() == f'<is><t xml:space="preserve">{written}</t></is>'


@pytest.mark.parametrize(
    "xml",
    [
        WORKSHEET + "<sheetData><row r='1'>",
        WORKSHEET + "<sheetData><row r='1'></row></worksheet>",
        WORKSHEET + "<sheetData><y:row xmlns:y='x' r='1'/><row r='2'/></sheetData></worksheet>",
        WORKSHEET + "<a><sheetData></sheetData></a></worksheet>",
        "<!DOCTYPE x>" + sheet_part("<row r='1'/>"),
    ],
)
def test_a_part_that_is_not_understood_is_refused(xml: str):
    with pytest.raises(UnknownMarkupError) as told:
        edited(xml, {})
    assert told.value.text.to("zh")


def look(xml: str, wanted: Wanted) -> Survey:
    return survey([xml.encode()], wanted)


def test_the_first_filled_cells():
    xml = sheet_part(
        "<row r='1'><c r='B1' s='1'/><c r='C1'><v></v></c></row>"
        "<row r='2'><c r='A2'/><c r='B2'><f>A1</f></c><c r='D2'><v>1</v></c></row>"
        "<row r='3'><c r='B3' t='inlineStr'><is><t>x</t></is></c><c r='C3' t='b'><v>0</v></c></row>"
    )
    known = look(xml, Wanted(rows=frozenset({1, 2, 3, 9}), columns=frozenset({1, 2, 3, 4})))
    assert known.first_in_row == {2: 2, 3: 2}
    assert known.first_in_column == {2: 2, 4: 2, 3: 3}


def test_the_merged_area_over_a_cell():
    merged = "<mergeCells><mergeCell ref='B2:C3'/><mergeCell ref='A60:A300'/><mergeCell ref='x'/></mergeCells>"
    known = look(sheet_part("<row r='1'/>", after=merged), Wanted())
    for spot, first in (
        ((2, 2), (2, 2)),
        ((3, 3), (2, 2)),
        ((64, 1), (60, 1)),
        ((128, 1), (60, 1)),
        ((300, 1), (60, 1)),
    ):
        assert known.unmerged(spot) == first
    for spot in ((1, 2), (2, 4), (4, 2), (59, 1), (301, 1), (64, 2), (9999, 1)):
        assert known.unmerged(spot) == spot


def test_formulas_of_several_cells():
    xml = sheet_part(
        "<row r='1'><c r='A1'><f>1</f></c><c r='B1'><f t='array' ref='B1:B2'>X</f><v>1</v></c></row>"
        "<row r='2'><c r='C2'><f t='shared' ref='C2:C3' si='0'><![CDATA[A1<2]]></f></c><c r='D2'><f t='shared' si='0'/></c></row>"
    )
    known = look(xml, Wanted(formulas=True))
    assert known.has_formulas
    assert [(f.spot, f.kind, f.number, str(f.area), f.text) for f in known.formulas] == [
        ((1, 2), "array", "", "B1:B2", "X"),
        ((2, 3), "shared", "0", "C2:C3", "A1<2"),
        ((2, 4), "shared", "0", "None", ""),
    ]
    assert not look(
        sheet_part("<row r='1'><c r='A1'><v>1</v></c></row>"), Wanted(formulas=True)
    ).has_formulas


@pytest.mark.parametrize("ref", ["", "A0x", "1:2", "A:B", "AAAA1"])
def test_what_is_no_area(ref: str):
    assert Area.of(ref) is None
