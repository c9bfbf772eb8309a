"""The quick way gives what the parser gives, whatever the rows are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import example, given

from pilotscore.workbook.open import xlsx_sheet
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.number_format import number_format
from pilotscore.workbook.open.xlsx_cells import CellTypes, SheetCells
from pilotscore.workbook.open.xlsx_parsed import ParsedSheet
from pilotscore.workbook.open.xlsx_sheet import read_sheet
from tests.workbook.open.xlsx_parts import worksheet

FORMATS = [number_format(c) for c in ("General", "yyyy-mm-dd", "0%", "[h]:mm")]
STRINGS = ["甲", "乙", " "]
PART = "xl/worksheets/sheet1.xml"


def new_cells(*, on_load: bool = False) -> SheetCells:
    return SheetCells(CellTypes(FORMATS, STRINGS, epoch_1904=False), Limits(), on_load)


def state(cells: SheetCells) -> tuple[Any, ...]:
    """Return all that was read, rows without the blanks behind their last value."""
    notes, formats = cells.notes, cells.sheet_notes().formats
    rows = [list(row) for row in cells.rectangle()]
    shown = {
        (r, c): form.code
        for c in range(max(map(len, rows), default=0))
        for r, form in formats.of_column(c).items()
        if rows[r][c] != ""
    }
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    typed = [[(type(cell), cell) for cell in row] for row in rows]
    return (
        typed,
        shown,
        notes.error_cells,
        notes.unsaved_formulas,
        notes.uncalculated,
        notes.hidden_rows,
        notes.hidden_columns,
        notes.filtered,
        cells.merged,
        cells.stale,
    )


def both(xml: str, size: int = 1 << 20, *, on_load: bool = False) -> tuple[SheetCells, SheetCells]:
    content = xml.encode()
    pieces = [content[i : i + size] for i in range(0, len(content), size)]
    parsed = new_cells(on_load=on_load)
    ParsedSheet(parsed, PART).take(iter(pieces))
    return read_sheet(lambda: iter(pieces), lambda: new_cells(on_load=on_load), PART), parsed


VALUES = st.sampled_from(
    [
        ("", "<v>1</v>"),
        ("", "<v>0</v>"),
        ("", "<v>-2.5E-3</v>"),
        ("", "<v>abc</v>"),
        ("", ""),
        ("", "<v/>"),
        (' t="s"', "<v>0</v>"),
        (' t="s"', "<v>2</v>"),
        (' t="b"', "<v>1</v>"),
        (' t="e"', "<v>#N/A</v>"),
        (' t="str"', "<v>a&amp;b</v>"),
        (' t="str"', "<v></v>"),
        (' t="str"', "<f>A1&amp;B1</f><v></v>"),
        (' t="str"', "<f>1+1</f><v></v>"),
        (' t="str"', "<f>1+1</f>"),
        ("", "<f>1+1</f><v>0</v>"),
        ("", "<f>1+1</f><v>2</v>"),
        ("", "<f>1+1</f>"),
        ("", '<f t="shared" si="0"/><v>3</v>'),
        (' t="e"', "<f>1/0</f><v>#DIV/0!</v>"),
        ("", "<v>5</v><f>2+3</f>"),
        ("", "<f><![CDATA[1+1]]></f>"),
        (' t="inlineStr"', "<is><t>文</t></is>"),
        (' t="inlineStr"', '<is><t xml:space="preserve"> b </t></is>'),
        (' t="inlineStr"', "<is><t> b </t></is>"),
        (' t="inlineStr"', "<is><r><t>a</t></r><r><t>b</t></r></is>"),
        (' t="d"', "<v>2026-05-01</v>"),
        (' cm="1"', '<f t="array" ref="A1:B2">X</f>'),
    ]
)
CELL = st.tuples(st.sampled_from(["", ' s="1"', ' s="2"', ' s="3"', ' s="15"']), VALUES)
ROW_ATTRIBUTES = st.sampled_from(["", "", ' spans="1:5"', ' hidden="1"', ' ht="0"', ' s="2"'])
ROW = st.tuples(ROW_ATTRIBUTES, st.dictionaries(st.integers(0, 28), CELL, max_size=5))
# Rows that stand as they are several times, as most do.
BLOCK = st.tuples(st.integers(1, 3), st.integers(0, 4), ROW)
STYLES = st.sampled_from(["plain", "spaced", "prefixed", "unnumbered", "single"])


def letters(column: int) -> str:
    return chr(65 + column) if column < 26 else "A" + chr(65 + column - 26)


def written(rows: dict[int, tuple[str, dict[int, tuple[str, tuple[str, str]]]]], style: str) -> str:
    lines = []
    for r, (attributes, cells) in sorted(rows.items()):
        tags = [
            f'<c r="{letters(c)}{r + 1}"{s}{t}>{body}</c>'
            if body
            else f'<c r="{letters(c)}{r + 1}"{s}/>'
            for c, (s, (t, body)) in sorted(cells.items())
        ]
        if style == "unnumbered":
            tags = [f"<c{tag.split(chr(34), 2)[2]}" for tag in tags]
            lines.append(f"<row{attributes}>{''.join(tags)}</row>")
        elif not tags and r % 2:
            lines.append(f'<row r="{r + 1}"{attributes}/>')
        else:
            lines.append(f'<row r="{r + 1}"{attributes}>{"".join(tags)}</row>')
    text = ("\n  " if style == "spaced" else "").join(lines)
    return text.replace('"', "'") if style == "single" else text


def placed(blocks: list[tuple[int, int, Any]]) -> dict[int, Any]:
    """Return rows by number: each block so many times, behind so many rows that are not there."""
    rows: dict[int, Any] = {}
    at = 0
    for times, missing, row in blocks:
        at += missing
        for _ in range(times):
            rows[at] = row
            at += 1
    return rows


ONE = ("", "<v>1</v>")


@pytest.mark.slow
@given(st.lists(BLOCK, max_size=8), STYLES, st.integers(20, 400), st.booleans())
@example([(1, 0, ("", {0: ("", ONE)})), (1, 8, ("", {0: ("", ONE)}))], "plain", 99, False)
@example(
    [(2, 4, ("", {0: (' s="15"', ONE)})), (2, 0, ("", {0: (' s="1"', ONE)}))], "plain", 99, False
)
@example([(3, 0, ("", {2: ("", ONE), 5: ("", ONE)}))], "plain", 99, False)
def test_the_quick_way_gives_what_the_parser_gives(blocks, style: str, size: int, on_load: bool):
    rows = placed(blocks)
    xml = worksheet(
        written(rows, style),
        before='<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/></cols>',
        after='<autoFilter ref="A1:B2"/><mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
    )
    if style == "prefixed":
        xml = (
            xml.replace("</", "</x:")
            .replace("<x:", "<")
            .replace("<", "<x:")
            .replace("<x:/x:", "</x:")
        )
        xml = (
            xml.replace("<x:/", "</x:")
            .replace("<x:?", "<?")
            .replace("<x:!", "<!")
            .replace("xmlns=", "xmlns:x=")
        )
    quick, parsed = both(xml, size, on_load=on_load)
    assert state(quick) == state(parsed)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A9"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><!-- </row> --><row r="2"><c r="A2"><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v><![CDATA[</row><row>]]></v></c></row><row r="3"><c r="A3"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><extLst><ext><v>9</v></ext></extLst><v>1</v></c></row>',
        '<row r="1" note="a>b"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>z</t></rPh></is></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c><c r="AB1"><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>a > b</v></c><c r="B1"><v> 1 </v></c></row>',
    ],
)
def test_odd_rows(rows: str):
    quick, parsed = both(worksheet(rows))
    assert state(quick) == state(parsed)


def test_ordinary_rows_never_reach_the_parser(monkeypatch: pytest.MonkeyPatch):
    """The test above would pass with the parser alone."""
    taken: list[bytes] = []
    real = ParsedSheet.take

    def take(self: ParsedSheet, pieces: Iterator[bytes]) -> None:
        content = list(pieces)
        taken.extend(content)
        real(self, content)

    monkeypatch.setattr(xlsx_sheet.ParsedSheet, "take", take)
    rows = "".join(
        f'<row r="{r}" spans="1:4"><c r="A{r}" t="s"><v>0</v></c><c r="B{r}" s="2"><v>{r}</v></c>'
        f'<c r="C{r}" t="inlineStr"><is><t>文</t></is></c>'
        + (f'<c r="D{r}"><f>B{r}*2</f><v>{r * 2}</v></c>' if r % 3 else "")
        + "</row>"
        for r in range(1, 200)
    )
    content = worksheet(rows).encode()
    cells = read_sheet(lambda: iter([content[:3000], content[3000:]]), new_cells, PART)
    assert len(cells.rows) == 199
    assert cells.rows[199 - 1] == ["甲", 199.0, "文", 398.0]
    assert b"<c " not in b"".join(taken)


def test_forms_alike_are_read_by_what_is_known_of_one(monkeypatch: pytest.MonkeyPatch):
    def form(value: str) -> bytes:
        return worksheet(
            f'<row r="2" hidden="1"><c r="B2" t="str"><v>{value}</v></c><c r="D2" s="2"><v>{len(value)}</v></c></row>'
            f'<row r="5"><c r="A5" t="e"><v>#N/A</v></c><c r="B5"><f>1+1</f><v>0</v></c><c r="C5"><f>1</f></c></row>'
        ).encode()

    def read(content: bytes) -> tuple[Any, ...]:
        return state(read_sheet(lambda: iter([content]), lambda: new_cells(on_load=True), PART))

    first = read(form("一"))
    monkeypatch.setattr("pilotscore.workbook.open.xlsx_rows.RowGrammar.template", None)
    again = read(form("二二"))
    assert again[0] == [[], [(str, ""), (str, "二二"), (str, ""), (float, 2.0)]]
    assert again[1:] == first[1:]
