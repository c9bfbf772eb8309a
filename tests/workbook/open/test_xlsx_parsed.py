from __future__ import annotations

import pytest

from pilotscore.workbook.open.limits import BoundExceededError, Limits
from pilotscore.workbook.open.number_format import number_format
from pilotscore.workbook.open.sheet_contents import PartError
from pilotscore.workbook.open.xlsx_cells import CellTypes, SheetCells
from pilotscore.workbook.open.xlsx_parsed import ParsedSheet, comments
from tests.workbook.open.xlsx_parts import MAIN, worksheet


def parsed(xml: str, limits: Limits | None = None) -> SheetCells:
    types = CellTypes([number_format("General")], [], epoch_1904=False)
    cells = SheetCells(types, limits or Limits())
    ParsedSheet(cells, "p").take([xml.encode()])
    return cells


def test_what_stands_around_the_rows():
    cells = parsed(
        worksheet(
            '<row r="1" hidden="true"/><row r="2" ht="0"/><row r="3" ht="15"/>',
            before='<cols><col min="2" max="3" hidden="1"/><col min="6" max="6" width="0"/></cols>',
            after='<autoFilter ref="A1"/><mergeCells><mergeCell ref="B2:C3"/><mergeCell ref="D4"/></mergeCells>',
        )
    )
    assert cells.notes.hidden_rows == {0, 1}
    assert cells.notes.hidden_columns == {1, 2, 5}
    assert cells.notes.filtered
    assert cells.merged == [((1, 1), (2, 2))]


def test_cells_that_do_not_say_where_they_stand():
    rows = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r='4'><c r='B4'><v>4</v></c><c><v>5</v></c></row>"
    assert parsed(worksheet(rows)).rows == [[1.0, "", 3.0], [], [], ["", 4.0, 5.0]]


@pytest.mark.parametrize("cell", ["XFE1", "A1048577"])
def test_no_sheet_has_such_a_cell(cell: str):
    with pytest.raises(BoundExceededError):
        parsed(worksheet(f'<row><c r="{cell}"><v>1</v></c></row>'))


def test_a_row_that_no_sheet_has():
    with pytest.raises(BoundExceededError):
        parsed(worksheet('<row r="1048577"/>'))


def test_an_unsound_part_is_named():
    with pytest.raises(PartError) as caught:
        parsed("<worksheet>")
    assert caught.value.part == "p"


def test_comments():
    text = (
        f'<comments xmlns="{MAIN}"><authors><author>甲</author></authors><commentList>'
        '<comment ref="B2" authorId="0"><text><r><t>一</t></r><r><t>二_x005F_x0041_</t></r></text></comment>'
        '<comment ref="C3"><text><t>三</t></text></comment></commentList></comments>'
    )
    assert comments([text.encode()], "p") == {(1, 1): "一二_x0041_", (2, 2): "三"}
