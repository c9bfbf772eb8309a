"""The sheet of a template with a result per row."""

from __future__ import annotations

from typing import Any

from pilotscore.criteria import Fact, Indicator
from pilotscore.language import Text
from pilotscore.workbook.templates.content import BASIC, EVIDENCE, ID, TITLE, groups_of, starred
from pilotscore.workbook.templates.paper import print_wide
from pilotscore.workbook.templates.pen import PROTECTION, Pen, width_of

_UNIQUE, _FULL = Text("不可重复", "unique"), Text("全称", "in full")
_CHOOSE = Text("从下拉列表中选择", "choose from the list")
_FIRST_ROW = 3


def write_rows(sheet: Any, pen: Pen, count: int) -> tuple[int, int]:
    """Write the sheet for so many results; return the header's row and the first, from 1."""
    sheet.write_string(1, 0, pen.words.of(starred(ID)), pen.formats["required"])
    sheet.write_string(1, 1, pen.words.of(TITLE), pen.formats["header"])
    pen.texts(sheet, 2, (_UNIQUE, _FULL), "explanation")
    pen.group(sheet, 0, 0, 1, BASIC)
    dates: set[int] = set()
    column = 2
    for title, quantities in groups_of(pen.criteria):
        start = column
        for quantity in quantities:
            _write_quantity(sheet, pen, column, quantity, count)
            dates |= {column} if quantity.type == "date" else set()
            column += 1
            if isinstance(quantity, Indicator) and pen.criteria.evidence:
                _write_evidence(sheet, pen, column, count)
                column += 1
        if column > start:
            pen.group(sheet, 0, start, column - 1, title)
    sheet.set_column(0, 0, 14, pen.formats["entry"])
    sheet.set_column(1, 1, 28, pen.formats["entry"])
    for row in range(_FIRST_ROW, _FIRST_ROW + count):  # unlocked; the rest of the sheet is not
        for c in range(column):
            style = "entry_date" if c in dates else "entry"
            sheet.write_blank(row, c, None, pen.formats[style])
    sheet.set_row(0, 22)
    sheet.set_row(1, 48)
    sheet.set_row(2, 96)
    print_wide(sheet, repeated=2, heads=_FIRST_ROW)
    sheet.freeze_panes(_FIRST_ROW, 2)
    sheet.protect("", PROTECTION)
    sheet.activate()
    return 2, _FIRST_ROW + 1


def _write_quantity(
    sheet: Any, pen: Pen, column: int, quantity: Indicator | Fact, count: int
) -> None:
    words = pen.words
    required = isinstance(quantity, Indicator) and quantity.required
    header = words.header(quantity)
    sheet.write_string(1, column, header, pen.formats["required" if required else "header"])
    sheet.write_string(2, column, words.explanation(quantity), pen.formats["explanation"])
    widest = max(width_of(x) for x in (*header.split("\n"), *words.choices(quantity), " " * 14))
    sheet.set_column(column, column, min(widest + 2, 26), None)
    pen.check(sheet, ((_FIRST_ROW, column), (_FIRST_ROW + count - 1, column)), quantity)


def _write_evidence(sheet: Any, pen: Pen, column: int, count: int) -> None:
    words = pen.words
    sheet.write_string(1, column, words.of(EVIDENCE), pen.formats["evidence"])
    sheet.write_string(2, column, words.of(_CHOOSE), pen.formats["explanation"])
    sheet.set_column(column, column, 12, None)
    area = ((_FIRST_ROW, column), (_FIRST_ROW + count - 1, column))
    pen.offer(sheet, area, words.grades(pen.criteria))
