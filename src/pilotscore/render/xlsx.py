"""A document as a workbook: its sheets with tables, notes, shades and native charts.

Text is written as text, also where it starts with ``=``; nothing is a formula or a link. The file
holds no time of writing, so that the same inputs give the same bytes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotscore.document import (
    Chart,
    Document,
    Fact,
    Gap,
    Line,
    Marks,
    Shade,
    Sheet,
    Table,
    is_heading,
    shown,
)
from pilotscore.language import COLON, Lang, in_lang, join
from pilotscore.render.xlsx_charts import Placed, chart_rows, insert_chart
from pilotscore.workbook.open.xlsx import REPORT_MARK

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
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "align": "center",
    "bg_color": _BLUE,
    "font_color": "white",
    "border": 1,
    "font_size": 10,
}
_LONGEST = 32_767  # characters in a cell, as Excel has it
_HEAD_HEIGHT, _LINE_HEIGHT = 42, 15
_PARAGRAPH_COLUMNS = 14
_PAPER = {"A3": 8, "A4": 9}


def write_xlsx(document: Document, path: Path, lang: Lang) -> None:
    """Write the sheets of a document."""
    book = _new_book(document, path, lang)
    write_sheets(book, document.sheets(), lang)
    book.close()


def write_sheets(book: Workbook, sheets: Sequence[Sheet], lang: Lang) -> None:
    """Add sheets to a workbook; the table of a chart may stand on a later sheet."""
    styles = _Styles(book)
    placed = {name: x for s in sheets for name, x in _placed(s, lang)}
    for sheet in sheets:
        _Writer(book, styles, sheet, lang).write(placed)


def _placed(sheet: Sheet, lang: Lang) -> Iterator[tuple[str, Placed]]:
    """Yield the name of a sheet and where each of its tables stands."""
    name = sheet.name.to(lang)
    for row, block in _rows_of(sheet):
        if isinstance(block, Table):
            yield name, Placed(name, row, block)


def _rows_of(sheet: Sheet) -> Iterator[tuple[int, Any]]:
    """Yield each block with the row where it starts."""
    row = 0
    for block in sheet.blocks:
        yield row, block
        if isinstance(block, Table):
            row += len(block.rows) + block.headed
        elif isinstance(block, Gap):
            row += block.lines
        elif isinstance(block, Chart):
            row += 0 if block.at else chart_rows(block)
        else:
            row += 1


def _new_book(document: Document, path: Path, lang: Lang) -> Workbook:
    """Open a workbook whose bytes depend on what is written and the date of assessment alone."""
    import xlsxwriter

    options = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers", "nan_inf_to_errors")
    beside = {"tmpdir": str(path.parent)}  # where whoever writes a file aside clears up
    book = xlsxwriter.Workbook(str(path), dict.fromkeys(options, False) | beside)
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
        self.heading = book.add_format({"bold": True})
        self.paragraph = book.add_format({"text_wrap": True, "valign": "top", "font_size": 10})
        self.note = book.add_format({"italic": True, "font_color": "#9C0006", "font_size": 10})
        self.steps = [book.add_format({"bg_color": c}) for c in (*_STEPS, _GREY)]


@dataclass(slots=True)
class _Writer:
    """One sheet as it is filled from the top down."""

    book: Workbook
    styles: _Styles
    sheet: Sheet
    lang: Lang

    def write(self, placed: Mapping[str, Placed]) -> None:
        """Add the sheet; ``placed`` says for charts where the tables of other sheets stand."""
        page = self.book.add_worksheet(self.sheet.name.to(self.lang))
        tables: list[tuple[int, Table]] = []
        for row, block in _rows_of(self.sheet):
            if isinstance(block, Table):
                tables.append((row, block))
                self._table(page, block, row)
            elif isinstance(block, Chart):
                if block.of_sheet:
                    here = placed[block.of_sheet.to(self.lang)]
                else:
                    here = Placed(page.get_name(), *tables[-1])
                insert_chart(self.book, page, block, here, row, self.lang)
            elif isinstance(block, Line):
                said = "".join(in_lang(text, self.lang) for text, _ in block.pieces)
                look = self.styles.heading if is_heading(block) else None
                page.write_string(row, 0, said, look)
            elif isinstance(block, Fact):
                self._paragraph(page, block, row)
            elif not isinstance(block, Gap):
                page.write_string(row, 0, block.to(self.lang), self.styles.note)
        self._finish(page, tables)

    def _paragraph(self, page: Worksheet, fact: Fact, row: int) -> None:
        """Write a text over the columns of the page, as high as it takes."""
        text = in_lang(join((fact.label, fact.text), COLON), self.lang)
        widths = self._widths()[:_PARAGRAPH_COLUMNS]
        if len(widths) > 1:
            page.merge_range(row, 0, row, len(widths) - 1, text, self.styles.paragraph)
        else:
            page.write_string(row, 0, text, self.styles.paragraph)
        page.set_row(row, _LINE_HEIGHT * _lines(text, sum(widths)))

    def _widths(self) -> Sequence[int]:
        """Return the widths of the columns, those of the first table where nothing else is said."""
        tables = (b for b in self.sheet.blocks if isinstance(b, Table))
        return self.sheet.widths or [c.width for c in next(tables).columns]

    def _table(self, page: Worksheet, table: Table, top: int) -> None:
        if table.headed:
            for c, column in enumerate(table.columns):
                page.write_string(top, c, column.heading.to(self.lang), self.styles.header)
            page.set_row(top, _HEAD_HEIGHT)
        first = top + table.headed
        self._rows(page, table, first)
        last, c = first + len(table.rows) - 1, 0
        for paint, alike in groupby(table.columns, key=lambda column: column.paint):
            end = c + len(list(alike))
            if table.rows and paint is not None:
                self._paint(page, paint, (first, c, last, end - 1))
            c = end

    def _rows(self, page: Worksheet, table: Table, top: int) -> None:
        formats = [self.styles.cells[c.style] for c in table.columns]
        wrapped = [c for c, x in enumerate(table.columns) if x.style == "wrap"]
        for r, row in enumerate(table.rows, start=top):
            cells = [shown(value, self.lang) for value in row]
            for c, value in enumerate(cells):
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
            said = in_lang(value, self.lang)
            rule = {"type": "cell", "criteria": "==", "value": f'"{said}"'}
            page.conditional_format(*cells, {**rule, "format": self.styles.steps[place]})

    def _finish(self, page: Worksheet, tables: list[tuple[int, Table]]) -> None:
        page.set_landscape()
        page.set_paper(_PAPER[self.sheet.paper])
        page.fit_to_pages(1, 0)
        page.hide_gridlines(2)
        if tables or self.sheet.widths:
            for c, width in enumerate(self._widths()):
                page.set_column(c, c, width)
        if not tables or not tables[0][1].headed:
            return
        top, table = tables[0]
        if self.sheet.freeze is not None:
            page.freeze_panes(top + 1, self.sheet.freeze)
        last = top + len(table.rows)
        if table.rows:
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
