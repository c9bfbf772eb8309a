from __future__ import annotations

import re
from pathlib import Path

import pytest

from pilotscore.findings import Place
from pilotscore.workbook.copies.answer_cells import AnswerCells, Value, look_at_cells
from pilotscore.workbook.copies.package import Package
from pilotscore.workbook.open.limits import Limits
from tests.workbook.copies.packages import Parts, book_parts, packed, parts_of, rels, sheet_part

HERE, OTHER = "成果", "名单"


def place(cell: str, sheet: str = HERE) -> Place:
    return Place("b.xlsx", sheet, int(cell[1:]) - 1, ord(cell[0]) - 65)


def answered(
    tmp_path: Path,
    parts: Parts,
    values: dict[str, Value],
    headers: dict[str, str] | None = None,
    *,
    spreads: bool = True,
) -> tuple[AnswerCells, dict[str, bytes]]:
    """Put values and headers into a copy; return what there is to say, and its parts."""
    content = packed(tmp_path / "b.xlsx", parts).read_bytes()
    new = {place(c): v for c, v in (headers or {}).items()}
    cells = look_at_cells(Package(content, Limits()), map(place, values), new, spreads=spreads)
    package = Package(content, Limits())
    cells.put(package, {place(c): v for c, v in values.items()} | new)
    package.write(tmp_path / "out.xlsx")
    return cells, parts_of(tmp_path / "out.xlsx")


def cells_of(parts: dict[str, bytes]) -> dict[str, str]:
    """Return what is written of each cell of the first sheet behind its name."""
    xml = parts["xl/worksheets/sheet1.xml"].decode()
    return {m[1]: m[2] for m in re.finditer(r'<c r="(\w+)"(.*?)(?=<c |</row>)', xml)}


def said(cells: AnswerCells, lang: str = "en") -> list[str]:
    return [note.to(lang) for note in cells.notes()]  # type: ignore[arg-type]


PLAIN = '<row r="1"><c r="A1"><v>1</v></c></row>'
SHARED = (
    '<row r="2"><c r="B2"><f t="shared" ref="B2:B4" si="0">A2*2&amp;"x"</f><v>2</v></c>'
    '<c r="C2"><f t="shared" si="1" ref="C2">A2</f><v>9</v></c></row>'
    '<row r="3"><c r="B3" s="1"><f t="shared" si="0"/><v>4</v></c></row>'
    '<row r="4"><c r="B4" t="str"><f t="shared" si="0"></f><v>6</v></c></row>'
)


def test_a_sheet_without_formulas_changes_alone(tmp_path: Path):
    parts = book_parts(sheet_part(PLAIN), sheet_part(PLAIN))
    cells, after = answered(tmp_path, parts, {"A1": 2.5, "B1": True, "B3": "=x"})
    changed = {n for n, part in parts.items() if after[n].decode() != part}
    assert changed == {"xl/worksheets/sheet1.xml"}
    assert said(cells) == []
    assert cells_of(after) == {
        "A1": "><v>2.5</v></c>",
        "B1": ' t="b"><v>1</v></c>',
        "B3": ' t="inlineStr"><is><t xml:space="preserve">=x</t></is></c>',
    }


@pytest.mark.parametrize("sheet", [1, 2])
def test_formulas_anywhere_are_calculated_anew(tmp_path: Path, sheet: int):
    with_formula = sheet_part('<row r="9"><c r="A9"><f>B1</f><v>1</v></c></row>')
    parts = book_parts(*([with_formula, sheet_part(PLAIN)][:: 1 if sheet == 1 else -1]))
    book = str(parts["xl/workbook.xml"])
    parts["xl/workbook.xml"] = book.replace(
        "</sheets>", '</sheets><calcPr calcId="9" fullCalcOnLoad="0"/><extLst/>'
    )
    cells, after = answered(tmp_path, parts, {"B1": 1})
    assert b'<calcPr calcId="0" fullCalcOnLoad="0"/>' in after["xl/workbook.xml"]
    assert said(cells)[0].startswith("the results of formulas are those of the workbook")
    assert b"<f>B1</f><v>1</v>" in after[f"xl/worksheets/sheet{sheet}.xml"]


def test_cells_that_share_the_formula_of_a_cell_that_is_written_over_get_it(tmp_path: Path):
    _, after = answered(tmp_path, book_parts(sheet_part(SHARED)), {"B2": 7})
    assert cells_of(after) == {
        "B2": "><v>7</v></c>",
        "C2": '><f t="shared" si="1" ref="C2">A2</f><v>9</v></c>',
        "B3": ' s="1"><f>A3*2&amp;"x"</f><v>4</v></c>',
        "B4": ' t="str"><f>A4*2&amp;"x"</f><v>6</v></c>',
    }
    _, after = answered(tmp_path, book_parts(sheet_part(SHARED)), {"B2": 7, "B4": 8})
    assert cells_of(after)["B4"] == "><v>8</v></c>"


def test_a_cell_that_takes_part_in_a_shared_formula_is_written_over_alone(tmp_path: Path):
    _, after = answered(tmp_path, book_parts(sheet_part(SHARED)), {"B3": 7})
    was = sheet_part(SHARED).replace('<f t="shared" si="0"/><v>4</v>', "<v>7</v>")
    assert after["xl/worksheets/sheet1.xml"].decode() == was


def test_of_several_formulas_shared_by_one_number_each_cell_has_the_last_before_it(tmp_path: Path):
    twice = SHARED + SHARED.replace('r="B2"', 'r="B7"').replace('r="B3"', 'r="B8"').replace(
        'r="B4"', 'r="B9"'
    ).replace("A2*2", "A7*3").replace('<row r="2"', '<row r="7"').replace(
        '<row r="3"', '<row r="8"'
    ).replace('<row r="4"', '<row r="9"').replace('r="C2"', 'r="C7"')
    _, after = answered(tmp_path, book_parts(sheet_part(twice)), {"B7": 7})
    cells = cells_of(after)
    assert "<f>A8*3&amp;" in cells["B8"]
    assert cells["B3"] == ' s="1"><f t="shared" si="0"/><v>4</v></c>'


@pytest.mark.parametrize("cell", ["B2", "B3"])
@pytest.mark.parametrize("kind", ["array", "dataTable"])
def test_a_cell_of_an_array_formula_is_left_and_told(tmp_path: Path, cell: str, kind: str):
    rows = (
        f'<row r="2"><c r="B2"><f t="{kind}" ref="B2:B3">A2:A3*2</f><v>2</v></c></row>'
        '<row r="3"><c r="B3"><v>4</v></c><c r="C3"><f t="array" ref="C3">1</f><v>1</v></c></row>'
    )
    cells, after = answered(tmp_path, book_parts(sheet_part(rows)), {cell: 7, "C3": 8})
    assert cells.left == {place(cell)}
    assert cells_of(after) == {
        "B2": f'><f t="{kind}" ref="B2:B3">A2:A3*2</f><v>2</v></c>',
        "B3": "><v>4</v></c>",
        "C3": "><v>8</v></c>",
    }
    assert said(cells)[0].startswith(f"成果!{cell} is part of the array formula of B2:B3")
    assert said(cells, "zh")[0].startswith(f"成果!{cell} 属于区域 B2:B3")


@pytest.mark.parametrize(("cell", "stays"), [("A1", False), ("B2", True)])
def test_the_order_of_calculation_is_forgotten_where_a_formula_goes(
    tmp_path: Path, cell: str, stays: bool
):
    rows = '<row r="1"><c r="A1"><f>B1</f><v>1</v></c></row>'
    parts = book_parts(sheet_part(rows)) | {"xl/calcChain.xml": "<calcChain/>"}
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    parts["[Content_Types].xml"] = str(parts["[Content_Types].xml"]).replace(
        "<Override", f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/><Override', 1
    )
    parts["xl/_rels/workbook.xml.rels"] = rels(
        rId1=("worksheet", "worksheets/sheet1.xml"), rId2=("calcChain", "calcChain.xml")
    )
    _, after = answered(tmp_path, parts, {cell: 1})
    for part in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        assert (b"calcChain.xml" in after[part]) == stays
    assert ("xl/calcChain.xml" in after) == stays


MERGED = sheet_part(
    '<row r="1"><c r="A1"><v>0</v></c></row>'
    '<row r="2"><c r="B2" s="1" t="s"><f>A1</f><v>3</v></c><c r="C2"/></row><row r="4"><c r="B4"/></row>',
    after='<mergeCells count="2"><mergeCell ref="B2:B4"/><mergeCell ref="D1:E1"/></mergeCells>',
)


def test_a_merged_area_is_taken_apart_and_its_cells_keep_its_value(tmp_path: Path):
    cells, after = answered(tmp_path, book_parts(MERGED), {"B3": 5})
    assert said(cells)[0] == "the merged area 成果!B2:B4 was taken apart; its cells keep its value"
    written = cells_of(after)
    assert written["B2"] == written["B4"] == ' s="1" t="s"><v>3</v></c>'
    assert written["B3"] == ' s="1"><v>5</v></c>'
    sheet = after["xl/worksheets/sheet1.xml"]
    assert b'<mergeCells count="1"><mergeCell ref="D1:E1"/></mergeCells>' in sheet


@pytest.mark.slow
def test_a_merged_area_to_the_end_of_the_sheet_fills_the_rows_that_there_are(tmp_path: Path):
    parts = book_parts(MERGED.replace("B2:B4", "B2:B1048576"))
    written = cells_of(answered(tmp_path, parts, {"B9": 5})[1])
    assert {c for c in written if c[0] == "B"} == {"B2", "B4", "B9"}
    assert written["B4"] == ' s="1" t="s"><v>3</v></c>'


@pytest.mark.parametrize(
    ("cell", "spreads", "apart"),
    [("B2", True, True), ("B2", False, False), ("B3", False, True), ("B3", True, True)],
)
def test_the_first_cell_of_a_merged_area_of_a_form_stays_merged(
    tmp_path: Path, cell: str, spreads: bool, apart: bool
):
    parts = book_parts(
        MERGED.replace('count="2"', 'count="1"').replace('<mergeCell ref="D1:E1"/>', "")
    )
    cells, after = answered(tmp_path, parts, {cell: 5}, spreads=spreads)
    assert (
        b"mergeCell" not in after["xl/worksheets/sheet1.xml"]
    ) == apart  # a list of none is refused
    assert any("taken apart" in note for note in said(cells)) == apart


def test_new_headers_look_like_the_one_before_them(tmp_path: Path):
    rows = '<row r="2"><c r="B2" s="4"><v>1</v></c></row><row r="5"><c r="A5" s="6"/></row>'
    headers = {"C2": "三", "D2": "四", "A6": "下", "A7": "再下", "F9": "远"}
    _, after = answered(tmp_path, book_parts(sheet_part(rows)), {"C3": 1}, headers)
    styles = {c: re.search(r' s="(\d)"', xml) for c, xml in cells_of(after).items() if c in headers}
    assert {c: m and m[1] for c, m in styles.items()} == {
        "C2": "4",
        "D2": "4",
        "A6": "6",
        "A7": "6",
        "F9": None,
    }


def test_sheets_with_prefixes_and_cells_of_other_sheets(tmp_path: Path):
    prefixed = (
        sheet_part(SHARED).replace("<", "<q:").replace("<q:/", "</q:").replace("xmlns=", "xmlns:q=")
    )
    _, after = answered(tmp_path, book_parts(prefixed, sheet_part(PLAIN)), {"B2": "a"})
    xml = after["xl/worksheets/sheet1.xml"].decode()
    assert '<q:c r="B2" t="inlineStr"><q:is><q:t xml:space="preserve">a</q:t></q:is></q:c>' in xml
    assert '<q:f>A3*2&amp;"x"</q:f>' in xml
    with pytest.raises(ValueError, match="is no cell"):
        look_at_cells(
            Package((tmp_path / "b.xlsx").read_bytes(), Limits()),
            [Place("b", HERE)],
            [],
            spreads=True,
        )
