"""Writes a criteria set as a workbook that a committee edits.

The same set gives the same bytes. What a person sees is laid out by ``rows``; a hidden sheet
keeps the file's own text, from which what was not edited comes back exactly.
"""

from __future__ import annotations

import datetime
import unicodedata
from pathlib import Path
from typing import Any

from pilotscore.criteria.parts import both
from pilotscore.criteria.yaml_text import yaml_text
from pilotscore.criteria_book.automatic import (
    FIRST_ROW,
    HEADER_ROW,
    LAST_ROW,
    Formulas,
    SheetColumn,
    automatic,
    cells_of,
    columns_of,
    total_of_weights,
)
from pilotscore.criteria_book.cells import MOST_IN_CELL, Cell, Cells
from pilotscore.criteria_book.guide import guide_lines
from pilotscore.criteria_book.layout import (
    GUIDE_SHEET,
    ORIGIN,
    ORIGINAL_MARK,
    ORIGINAL_SHEET,
    OTHER_ABOUT,
    OTHER_FIELDS,
    OTHER_SHEET,
    SET_ABOUT,
    SET_COLUMNS,
    SET_SHEET,
    VALUES,
    BookField,
    EntryTable,
    all_tables,
    set_fields,
    sheet_name,
)
from pilotscore.criteria_book.rows import Laid, laid_out
from pilotscore.language import LANGS, Text, Words

_CREATED = datetime.datetime(2026, 1, 1)
_MOST_LINES, _LINE = 10, 15
_AUTOMATIC = 20
# What a list of words may have in a spreadsheet.
_MOST_LISTED = 255
# A sheet with more columns is printed on two pages.
_MOST_COLUMNS = 16


def write_criteria_book(path: Path, data: dict[str, Any]) -> None:
    """Write the plain data of a criteria file as a workbook.

    Parameters
    ----------
    path
        Where to.
    data
        What :func:`pilotscore.criteria.load_criteria` gives as ``data``.
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    beside = {"tmpdir": str(path.parent)}  # where whoever writes a file aside clears up
    with xlsxwriter.Workbook(path, options | beside) as book:
        book.set_properties({"created": _CREATED, "comments": ORIGINAL_MARK})
        _Writer(book, data, laid_out(data)).write()


_BORDER = {"border": 1, "border_color": "#BFBFBF", "valign": "top", "text_wrap": True}
_HEAD = {**_BORDER, "bold": True, "valign": "vcenter", "align": "center"}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "head": {"bold": True, "font_size": 12, "bottom": 1},
    "help": {"text_wrap": True, "valign": "top"},
    "about": {"italic": True, "font_color": "#595959"},
    "needed": {**_HEAD, "bg_color": "#F8CBAD"},
    "heading": {**_HEAD, "bg_color": "#DDEBF7"},
    "automatic_heading": {**_HEAD, "bg_color": "#EDEDED", "font_color": "#595959"},
    # Text cells hold what is typed as it is: 1.0 stays 1.0, and nothing becomes a date.
    "text": {**_BORDER, "num_format": "@"},
    "either": {**_BORDER, "align": "left"},
    "number": {**_BORDER, "align": "right"},
    "automatic": {**_BORDER, "font_color": "#595959", "bg_color": "#F5F5F5"},
    "total": {"bold": True, "border": 1, "border_color": "#BFBFBF", "bg_color": "#F5F5F5"},
    "label": {"italic": True, "font_color": "#595959", "align": "right"},
    "name": {**_BORDER, "bold": True, "bg_color": "#DDEBF7"},
    "name_needed": {**_BORDER, "bold": True, "bg_color": "#F8CBAD"},
}
_WARNING = {"bg_color": "#FFC7CE", "font_color": "#9C0006", "bold": True}


_NOT_LISTED = Text("不在列表中，仍要填写吗？", "Not in the list. Keep it all the same?")


class _Writer:
    def __init__(self, book: Any, data: dict[str, Any], laid: Laid) -> None:
        self.book, self.data, self.laid = book, data, laid
        self.formats = {name: book.add_format(f) for name, f in _FORMATS.items()}
        self.warning = book.add_format(_WARNING)

    def write(self) -> None:
        """Write every sheet."""
        self.guide()
        self.settings()
        for table in all_tables():
            self.table(table)
        self.other()
        self.original()

    def sheet(self, name: Text, about: Text) -> Any:
        sheet = self.book.add_worksheet(sheet_name(name))
        sheet.write_string(
            0, 1, "{}。{}.".format(*(about.to(lang) for lang in LANGS)), self.formats["about"]
        )
        # A row's own format keeps the columns' borders from it.
        sheet.set_row(0, 20, self.formats["about"])
        sheet.set_column(0, 0, 2, None, {"hidden": True})
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER_ROW)
        return sheet

    def guide(self) -> None:
        """Write the sheet that says how to edit."""
        sheet = self.book.add_worksheet(sheet_name(GUIDE_SHEET))
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 110)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for row, (style, text) in enumerate(guide_lines(self.data)):
            sheet.write_string(row, 0, text, self.formats[style])
            lines = -(-_width(text) // 106)
            if style == "help" and lines > 1:
                sheet.set_row(row, _LINE * lines)

    def settings(self) -> None:
        """Write the sheet of the whole set: a key and its value per row."""
        sheet = self.sheet(SET_SHEET, SET_ABOUT)
        for c, column in enumerate(SET_COLUMNS, start=1):
            sheet.write_string(HEADER_ROW, c, _stacked(column.heading), self.formats["heading"])
            sheet.set_column(c, c, column.width)
        sheet.set_row(HEADER_ROW, 2 * _LINE + 6)
        for row, field in enumerate(set_fields(), start=FIRST_ROW):
            style = "name_needed" if field.needed else "name"
            sheet.write_string(row, 1, field.key, self.formats[style])
            sheet.write_string(row, 2, _stacked(field.heading), self.formats[style])
            shown = self.laid.settings.get(field.key, (None,) * len(field.codec.parts))
            for c in range(2):
                style = field.codec.style if c < len(field.codec.parts) else "automatic"
                self.cell(sheet, (row, 3 + c), shown[c] if c < len(shown) else None, style)
            texts = [(str(cell or ""), SET_COLUMNS[-1].width) for cell in shown]
            self.height(sheet, row, [*texts, (_stacked(field.heading), SET_COLUMNS[1].width)])
            self.offer(sheet, field, (row, 3, row, 3))
        sheet.freeze_panes(FIRST_ROW, 3)

    def table(self, table: EntryTable) -> None:
        """Write a sheet with an entry per row."""
        sheet = self.sheet(table.sheet, table.about)
        sheet.write_string(HEADER_ROW, 0, _stacked(ORIGIN), self.formats["heading"])
        columns = columns_of(table)
        for c, column in enumerate(columns, start=1):
            self.heading(sheet, c, column)
            if column.field is not None and column.part == 0:
                self.offer(sheet, column.field, (FIRST_ROW, c, LAST_ROW, c))
        headings = [(_stacked(x.heading), _column_width(x)) for x in columns]
        self.height(sheet, HEADER_ROW, headings)
        for r, row in enumerate(self.laid.rows[table.name], start=FIRST_ROW):
            sheet.write_string(r, 0, row.origin)
            tall = []
            for c, column in enumerate(columns, start=1):
                if (field := column.field) is None:
                    continue
                cells: Cells = row.cells.get(field.key, (None,) * len(field.codec.parts))
                self.cell(sheet, (r, c), cells[column.part], field.codec.style)
                if not field.clipped:
                    tall.append((str(cells[column.part] or ""), field.width))
            self.height(sheet, r, tall)
        last = max(FIRST_ROW + len(self.laid.rows[table.name]) - 1, FIRST_ROW)
        sheet.print_area(0, 0, last, len(columns))
        if len(columns) > _MOST_COLUMNS:
            sheet.fit_to_pages(2, 0)
            sheet.repeat_columns(0, _frozen(table) - 1)
        sheet.autofilter(HEADER_ROW, 0, last, len(columns))
        sheet.freeze_panes(FIRST_ROW, _frozen(table))
        if (formulas := automatic(table, self.laid)) is not None:
            self.formulas(sheet, formulas, "automatic")
        if table.name == "dimensions":
            label, total = total_of_weights(self.laid)
            sheet.write_string(0, label, "权重合计 sum of the weights", self.formats["label"])
            self.formulas(sheet, total, "total")

    def heading(self, sheet: Any, c: int, column: SheetColumn) -> None:
        field = column.field
        style = "automatic_heading" if field is None else "needed" if field.needed else "heading"
        sheet.write_string(HEADER_ROW, c, _stacked(column.heading), self.formats[style])
        style = field.codec.style if field else "automatic"
        sheet.set_column(c, c, _column_width(column), self.formats[style])

    def formulas(self, sheet: Any, formulas: Formulas, style: str) -> None:
        """Write a column that the workbook works out, and the rule by which it turns red."""
        column = formulas.column
        for row, formula, value in formulas.cells:
            sheet.write_formula(row, column, formula, self.formats[style], value)
        if formulas.warning:
            rule = {"type": "formula", "criteria": formulas.warning, "format": self.warning}
            first, last = formulas.cells[0][0], formulas.cells[-1][0]
            sheet.conditional_format(first, column, last, column, rule)

    def cell(self, sheet: Any, at: tuple[int, int], value: Cell, style: str) -> None:
        form = self.formats[style]
        if value is None:
            sheet.write_blank(*at, None, form)
        elif isinstance(value, str):
            sheet.write_string(*at, value, form)
        else:
            sheet.write_number(*at, value, form)

    def height(self, sheet: Any, row: int, texts: list[tuple[str, int]]) -> None:
        lines = max((_lines(text, width) for text, width in texts), default=1)
        sheet.set_row(row, _LINE * min(lines, _MOST_LINES) + 2)

    def offer(self, sheet: Any, field: BookField, area: tuple[int, int, int, int]) -> None:
        """Offer a list of words or ids; another entry is warned of, for the list may be behind."""
        source: Any = list(field.codec.choices)
        if field.ids_of:
            table = "indicators" if field.ids_of == "quantities" else field.ids_of
            source = "=" + cells_of(table, "id")
        if not source or (isinstance(source, list) and len(",".join(source)) > _MOST_LISTED):
            return
        options = {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": "pilotscore",
            "error_message": both(_NOT_LISTED),
        }
        sheet.data_validation(*area, options)

    def other(self) -> None:
        """Write the sheet of what has no column."""
        sheet = self.sheet(OTHER_SHEET, OTHER_ABOUT)
        for c, column in enumerate(OTHER_FIELDS, start=1):
            self.heading(sheet, c, SheetColumn(column.heading, column))
        sheet.set_row(HEADER_ROW, 2 * _LINE + 6)
        row = FIRST_ROW
        for where, text in self.laid.other:
            parts = _chunks(text)
            for n, part in enumerate(parts, start=1):
                sheet.write_string(row, 1, where, self.formats["text"])
                sheet.write_string(row, 2, part, self.formats["text"])
                self.cell(sheet, (row, 3), n if len(parts) > 1 else None, "text")
                row += 1
        sheet.freeze_panes(FIRST_ROW, 2)
        sheet.autofilter(HEADER_ROW, 0, max(row - 1, FIRST_ROW), 3)

    def original(self) -> None:
        """Write the hidden sheet with the text of the file, a row per line; 1 where it goes on."""
        sheet = self.book.add_worksheet(ORIGINAL_SHEET)
        sheet.write_string(0, 0, ORIGINAL_MARK)
        row = 1
        for line in yaml_text(self.data).removesuffix("\n").split("\n"):
            parts = _chunks(line)
            for n, part in enumerate(parts, start=1):
                # A sign before it, for blanks at the beginning and lines without anything.
                sheet.write_string(row, 0, f"|{part}|")
                sheet.write_number(row, 1, int(n < len(parts)))
                row += 1
        sheet.hide()
        sheet.protect()


def _column_width(column: SheetColumn) -> int:
    return _AUTOMATIC if column.field is None else column.field.width


def _frozen(table: EntryTable) -> int:
    """Return how many columns stay in sight: up to the Chinese title or what is named first."""
    keys = [column.field.key if column.field else "" for column in columns_of(table)]
    return 2 + (keys.index("title") if "title" in keys and table is not VALUES else 1)


def _chunks(text: str) -> list[str]:
    return [text[i : i + MOST_IN_CELL] for i in range(0, len(text), MOST_IN_CELL)] or [""]


def _stacked(words: Words) -> str:
    return both(words, "\n")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column, words not broken being reckoned roughly."""
    return sum(1 + int(_width(line) * 1.08) // max(1, width - 1) for line in text.split("\n"))
