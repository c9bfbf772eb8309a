"""The sheet of a template with one result, its items one below the other."""

from __future__ import annotations

from typing import Any

from pilotscore.criteria import Fact, Indicator
from pilotscore.language import NOTHING, Text
from pilotscore.workbook.templates.content import EVIDENCE, ID, TITLE, groups_of, starred
from pilotscore.workbook.templates.paper import print_on_one
from pilotscore.workbook.templates.pen import Pen, width_of
from pilotscore.workbook.values.units import own_unit

_ITEM, _VALUE, _UNIT = Text("指标", "Item"), Text("填写值", "Value"), Text("单位", "Unit")
_EXPLANATION = Text("说明", "Explanation")
_WIDTHS = {_ITEM: 34, _VALUE: 30, _UNIT: 12, EVIDENCE: 22, _EXPLANATION: 60}


def write_form(sheet: Any, pen: Pen) -> tuple[int, int]:
    """Write the sheet; return the row of titles and the first of items, from 1."""
    titles = [t for t in _WIDTHS if t is not EVIDENCE or pen.criteria.evidence]
    last = len(titles) - 1
    pen.group(sheet, 0, 0, last, pen.criteria.title)
    pen.texts(sheet, 1, titles, "header")
    _write_line(sheet, pen, 2, (pen.words.of(starred(ID)), "", ""), "name_required")
    _write_line(sheet, pen, 3, (pen.words.of(TITLE), "", ""), "name")
    row = 4
    for title, quantities in groups_of(pen.criteria):
        if not quantities:
            continue
        pen.group(sheet, row, 0, last, title)
        for row, quantity in enumerate(quantities, row + 1):  # noqa: B020 - goes on below them
            _write_item(sheet, pen, row, quantity)
        row += 1
    for c, title in enumerate(titles):
        sheet.set_column(c, c, _WIDTHS[title])
    sheet.set_row(0, 24)
    sheet.set_row(1, 34 if pen.words.lang == "both" else 20)
    print_on_one(sheet, heads=2)
    sheet.freeze_panes(2, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "format_cells": True})
    sheet.activate()
    return 2, 3


def _write_line(sheet: Any, pen: Pen, row: int, texts: tuple[str, str, str], style: str) -> None:
    """Write a line of name, unit and explanation, with cells to fill in between them."""
    name, unit, explanation = texts
    sheet.write_string(row, 0, name, pen.formats[style])
    sheet.write_blank(row, 1, None, pen.formats["entry"])
    sheet.write_string(row, 2, unit, pen.formats["name"])
    if pen.criteria.evidence:
        sheet.write_blank(row, 3, None, pen.formats["name"])
    last = 4 if pen.criteria.evidence else 3
    sheet.write_string(row, last, explanation, pen.formats["explanation"])
    tallest = max(
        sum(1 + width_of(line) // wide for line in text.split("\n"))
        for text, wide in ((name, 34), (explanation, 66))
    )
    sheet.set_row(row, 15 * max(1, tallest) + 3)


def _write_item(sheet: Any, pen: Pen, row: int, quantity: Indicator | Fact) -> None:
    words = pen.words
    required = isinstance(quantity, Indicator) and quantity.required
    unit = words.choice(own_unit(quantity) or NOTHING)
    texts = (words.header(quantity, unit=False), unit, words.explanation(quantity))
    _write_line(sheet, pen, row, texts, "name_required" if required else "name")
    if quantity.type == "date":
        sheet.write_blank(row, 1, None, pen.formats["entry_date"])
    pen.check(sheet, ((row, 1), (row, 1)), quantity)
    if isinstance(quantity, Indicator) and pen.criteria.evidence:
        sheet.write_blank(row, 3, None, pen.formats["entry"])
        pen.offer(sheet, ((row, 3), (row, 3)), words.grades(pen.criteria))
