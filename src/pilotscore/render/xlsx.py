"""A document as a workbook: its sheets with tables, notes, shades and native charts.

Text is written as text, also where it starts with ``=``; nothing is a formula or a link. The file
holds no time of writing, so that the same inputs give the same bytes.
"""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotscore.document import Chart, Document, Gap, Marks, Shade, Sheet, Table
from pilotscore.language import Lang, in_lang
from pilotscore.render.xlsx_charts import Placed, insert_chart
from pilotscore.workbook.open.ooxml import REPORT_MARK

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_GREEN, _YELLOW, _ORANGE, _RED, _GREY = "#C6E7CE", "#FFF2B3", "#FAD7AC", "#F5C0BE", "#D9D9D9"
_STEPS = (_GREEN, "#DDEFC8", _YELLOW, _ORANGE, _RED)
_BLUE = "#1F4E78"
_FORMATS: dict[str, dict[str, Any]] = {
    "text": {"indent": 1},
    "centre": {"align": "center"},
    "wrap": {"text_wrap": True, "indent": 1},
    "rank": {"num_format": "0", "align": "center"},
    "score": {"num_format": "0.0"},
    "share": {"num_format": "0.0%"},
    "amount": {},
    "figure": {"num_format": "0.000"},
}
_HEAD = {
    "bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "bg_color": _BLUE,
    "font_color": "white", "border": 1, "font_size": 10,
}  # fmt: skip
_LONGEST = 32_767  # characters in a cell, as Excel has it
_HEAD_HEIGHT, _LINE_HEIGHT = 42, 15
_PAPER = {"A3": 8, "A4": 9}


def write_xlsx(document: Document, path: Path, lang: Lang) -> None:
    """Write the sheets of a document."""
    book = _new_book(document, path, lang)
    styles = _Styles(book)
    placed: dict[str, Placed] = {}
    for sheet in document.sheets():
        _Writer(book, styles, sheet, lang).write(placed)
    book.close()


def _new_book(document: Document, path: Path, lang: Lang) -> Workbook:
    """Open a workbook whose bytes depend on what is written and the date of assessment alone."""
    import xlsxwriter

    options = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers", "nan_inf_to_errors")
    book = xlsxwriter.Workbook(str(path), dict.fromkeys(options, False))
    day = datetime.date.fromisoformat(document.as_of)
    book.set_properties(
        {
            "title": f"pilotscore: {document.title.to(lang)}",
            "category": REPORT_MARK,
            "comments": f"pilotscore {document.version}",
            "created": datetime.datetime(day.year, day.month, day.day),
        }
    )
    return book


class _Styles:
    """The cell formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        base = {"valign": "top", "font_size": 10, "bottom": 4, "bottom_color": "#BFBFBF"}
        self.cells: dict[str, Format] = {
            name: book.add_format(base | extra) for name, extra in _FORMATS.items()
        }
        self.header = book.add_format(_HEAD)
        self.note = book.add_format({"italic": True, "font_color": "#9C0006", "font_size": 10})
        self.steps = [book.add_format({"bg_color": c}) for c in (*_STEPS, _GREY)]


@dataclass(slots=True)
class _Writer:
    """One sheet as it is filled from the top down."""

    book: Workbook
    styles: _Styles
    sheet: Sheet
    lang: Lang

    def write(self, placed: dict[str, Placed]) -> None:
        """Add the sheet; ``placed`` says for charts where the tables of each sheet stand."""
        sheet = self.sheet
        page = self.book.add_worksheet(sheet.name.to(self.lang))
        row, tables = 0, []
        for block in sheet.blocks:
            if isinstance(block, Table):
                tables.append((row, block))
                placed[page.get_name()] = Placed(page.get_name(), row, block)
                self._table(page, block, row, widths=len(tables) == 1)
                row += len(block.rows) + block.headed
            elif isinstance(block, Gap):
                row += block.lines
            elif isinstance(block, Chart):
                name = block.of_sheet.to(self.lang) if block.of_sheet else page.get_name()
                rows = insert_chart(self.book, page, block, placed[name], row, self.lang)
                row += 0 if block.at else rows
            else:
                page.write_string(row, 0, block.to(self.lang), self.styles.note)
                row += 1
        self._finish(page, tables)

    def _table(self, page: Worksheet, table: Table, top: int, *, widths: bool) -> None:
        if table.headed:
            for c, column in enumerate(table.columns):
                page.write_string(top, c, column.heading.to(self.lang), self.styles.header)
            page.set_row(top, _HEAD_HEIGHT)
        first = top + table.headed
        self._rows(page, table, first)
        if widths:
            for c, column in enumerate(table.columns):
                page.set_column(c, c, column.width)
        last = first + len(table.rows) - 1
        for c, column in enumerate(table.columns):
            if table.rows and column.paint is not None:
                self._paint(page, column.paint, (first, c, last, c))

    def _rows(self, page: Worksheet, table: Table, top: int) -> None:
        formats = [self.styles.cells[c.style] for c in table.columns]
        wrapped = [c for c, x in enumerate(table.columns) if x.style == "wrap"]
        for r, row in enumerate(table.rows, start=top):
            cells = [in_lang(value, self.lang) for value in row]
            for c, value in enumerate(cells):
                if isinstance(value, float) and not math.isfinite(value):
                    value = None if math.isnan(value) else "∞" if value > 0 else "-∞"
                if value is None or value == "":
                    page.write_blank(r, c, None, formats[c])
                elif isinstance(value, str):
                    page.write_string(r, c, value[:_LONGEST], formats[c])
                else:
                    page.write_number(r, c, value, formats[c])
            if self.sheet.tall:
                lines = (_lines(cells[c], table.columns[c].width) for c in wrapped)
                page.set_row(r, _LINE_HEIGHT * min(self.sheet.tall, max(lines, default=1)))

    def _paint(self, page: Worksheet, paint: Marks | Shade, cells: tuple[int, ...]) -> None:
        if isinstance(paint, Shade):
            page.conditional_format(*cells, _shade(paint))
            return
        for value, step in paint.steps:
            place = len(_STEPS) if step is None else min(step, len(_STEPS) - 1)
            rule = {"type": "cell", "criteria": "==", "value": f'"{value}"'}
            page.conditional_format(*cells, {**rule, "format": self.styles.steps[place]})

    def _finish(self, page: Worksheet, tables: list[tuple[int, Table]]) -> None:
        page.set_landscape()
        page.set_paper(_PAPER[self.sheet.paper])
        page.fit_to_pages(1, 0)
        page.hide_gridlines(2)
        if not tables or not tables[0][1].headed:
            return
        top, table = tables[0]
        page.freeze_panes(top + 1, self.sheet.freeze)
        last = top + len(table.rows)
        if table.rows and len(tables) == 1:
            page.autofilter(top, 0, last, len(table.columns) - 1)
        if self.sheet.print_columns is not None:
            page.print_area(0, 0, last, self.sheet.print_columns - 1)
        if self.sheet.paper == "A3":
            page.repeat_rows(top)


def _shade(shade: Shade) -> dict[str, Any]:
    ends = {"min_type": "num", "max_type": "num", "min_value": shade.least, "max_value": shade.most}
    if shade.look == "bar":
        return {"type": "data_bar", **ends, "bar_color": "#9BC2E6", "bar_solid": True}
    if shade.look == "heat":
        return {"type": "2_color_scale", **ends, "min_color": "#FFFFFF", "max_color": _BLUE}
    middle = {
        "mid_type": "num",
        "mid_value": (shade.least + shade.most) / 2,
        "mid_color": "#FFFFFF",
    }
    return {"type": "3_color_scale", **ends, **middle, "min_color": _RED, "max_color": _GREEN}


def _lines(value: Any, width: int) -> int:
    """Estimate the lines that a wrapped text takes: a wide character counts as two."""
    if not isinstance(value, str) or (len(value) * 2 < width and "\n" not in value):
        return 1
    return sum(
        1 + (sum(2 if ord(ch) > 0x2E7F else 1 for ch in line) - 1) // max(1, width - 1)
        for line in value.split("\n")
    )
