"""Writes a criteria set as a workbook that a committee edits.

The same set gives the same bytes. What a person sees is laid out by ``rows``; a hidden sheet
keeps the file's own text, from which what was not edited comes back exactly.
"""

from __future__ import annotations

import datetime
import unicodedata
from pathlib import Path
from typing import Any

from pilotscore.criteria.yaml_text import yaml_text
from pilotscore.criteria_book.cells import MOST_IN_CELL, Cell, Cells
from pilotscore.criteria_book.guide import guide_lines
from pilotscore.criteria_book.layout import (
    GUIDE_SHEET,
    LEVELS,
    NAME,
    ORIGIN,
    ORIGINAL_MARK,
    ORIGINAL_SHEET,
    OTHER_ABOUT,
    OTHER_FIELDS,
    OTHER_SHEET,
    SET_ABOUT,
    SET_COLUMNS,
    SET_SHEET,
    SUM,
    SUM_OF,
    VALUES,
    Field,
    Table,
    all_tables,
    both,
    set_fields,
    sheet_name,
)
from pilotscore.criteria_book.rows import Laid, laid_out
from pilotscore.findings import column_letters
from pilotscore.language import LANGS, Text, Words

_CREATED = datetime.datetime(2026, 1, 1)
# The rows above the entries: what the sheet is, then the headings.
HEADER_ROW, FIRST_ROW = 1, 2
# How far lists, sums and colours reach, for rows that are added.
_LAST_ROW = 1999
_SPARE = 40
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
    with xlsxwriter.Workbook(path, options) as book:
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


class _Writer:
    def __init__(self, book: Any, data: dict[str, Any], laid: Laid) -> None:
        self.book, self.data, self.laid = book, data, laid
        self.formats = {name: book.add_format(f) for name, f in _FORMATS.items()}
        self.warning = book.add_format(_WARNING)
        self.columns = {t.name: _columns(t) for t in all_tables()}

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
                self.cell(sheet, row, 3 + c, shown[c] if c < len(shown) else None, style)
            texts = [(str(cell or ""), SET_COLUMNS[-1].width) for cell in shown]
            self.height(sheet, row, [*texts, (_stacked(field.heading), SET_COLUMNS[1].width)])
            self.offer(sheet, field, row, 3, row)
        sheet.freeze_panes(FIRST_ROW, 3)

    def table(self, table: Table) -> None:
        """Write a sheet with an entry per row."""
        sheet = self.sheet(table.sheet, table.about)
        sheet.write_string(HEADER_ROW, 0, _stacked(ORIGIN), self.formats["heading"])
        columns = self.columns[table.name]
        for c, (heading, field, part) in enumerate(columns, start=1):
            self.heading(sheet, c, heading, field)
            if field is not None and part == 0:
                self.offer(sheet, field, FIRST_ROW, c, _LAST_ROW)
        self.height(
            sheet, HEADER_ROW, [(_stacked(h), f.width if f else _AUTOMATIC) for h, f, _ in columns]
        )
        rows = self.laid.rows[table.name]
        for r, row in enumerate(rows, start=FIRST_ROW):
            sheet.write_string(r, 0, row.origin)
            tall = []
            for c, (_, field, part) in enumerate(columns, start=1):
                if field is None:
                    continue
                cells: Cells = row.cells.get(field.key, (None,) * len(field.codec.parts))
                self.cell(sheet, r, c, cells[part], field.codec.style)
                if not field.clipped:
                    tall.append((str(cells[part] or ""), field.width))
            self.height(sheet, r, tall)
        last = FIRST_ROW + len(rows) - 1
        sheet.print_area(0, 0, max(last, FIRST_ROW), len(columns))
        if len(columns) > _MOST_COLUMNS:
            sheet.fit_to_pages(2, 0)
            sheet.repeat_columns(0, _frozen(table) - 1)
        sheet.autofilter(HEADER_ROW, 0, max(last, FIRST_ROW), len(columns))
        sheet.freeze_panes(FIRST_ROW, _frozen(table))
        self.automatic(sheet, table, last)

    def heading(self, sheet: Any, c: int, heading: Words, field: Field | None) -> None:
        style = "automatic_heading" if field is None else "needed" if field.needed else "heading"
        sheet.write_string(HEADER_ROW, c, _stacked(heading), self.formats[style])
        width = _AUTOMATIC if field is None else field.width
        sheet.set_column(c, c, width, self.formats[field.codec.style if field else "automatic"])

    def cell(self, sheet: Any, row: int, c: int, value: Cell, style: str) -> None:
        form = self.formats[style]
        if value is None:
            sheet.write_blank(row, c, None, form)
        elif isinstance(value, str):
            sheet.write_string(row, c, value, form)
        else:
            sheet.write_number(row, c, value, form)

    def height(self, sheet: Any, row: int, texts: list[tuple[str, int]]) -> None:
        lines = max((_lines(text, width) for text, width in texts), default=1)
        sheet.set_row(row, _LINE * min(lines, _MOST_LINES) + 2)

    def offer(self, sheet: Any, field: Field, top: int, c: int, bottom: int) -> None:
        """Offer a list of words or ids; another entry is warned of, for the list may be behind."""
        source: Any = list(field.codec.choices)
        if field.ids_of == "quantities":
            source = self.ids("indicators")
        elif field.ids_of:
            source = self.ids(field.ids_of)
        if not source or (isinstance(source, list) and len(",".join(source)) > _MOST_LISTED):
            return
        told = Text("不在列表中，仍要填写吗？", "Not in the list. Keep it all the same?")
        sheet.data_validation(
            top, c, bottom, c,
            {"validate": "list", "source": source, "error_type": "warning",
             "error_title": "pilotscore", "error_message": both(told)},
        )  # fmt: skip

    def place(self, name: str, key: str) -> int:
        """Return the column of a key's first cell on the sheet of a table."""
        columns = self.columns[name]
        return 1 + next(i for i, (_, f, _) in enumerate(columns) if f is not None and f.key == key)

    def cells_of(self, name: str, key: str) -> str:
        """Return the cells of a key on the sheet of a table, as a formula names them."""
        table = next(t for t in all_tables() if t.name == name)
        letters = column_letters(self.place(name, key))
        sheet = sheet_name(table.sheet)
        return f"'{sheet}'!${letters}${FIRST_ROW + 1}:${letters}${_LAST_ROW + 1}"

    def ids(self, name: str) -> str:
        return "=" + self.cells_of(name, "id")

    def setting(self, key: str) -> str:
        row = FIRST_ROW + [f.key for f in set_fields()].index(key)
        return f"'{sheet_name(SET_SHEET)}'!$D${row + 1}"

    def automatic(self, sheet: Any, table: Table, last: int) -> None:
        """Write the columns that the workbook works out: sums of weights, and titles."""
        rows = range(FIRST_ROW, last + 1 + _SPARE)
        if table.name == "dimensions":
            self.sums_of_dimensions(sheet, table, rows)
        elif table.name == "indicators":
            at = self.columns[table.name].index((SUM, None, 0)) + 1
            owner = column_letters(1)
            for r in rows:
                mine = f"${owner}{r + 1}"
                total = f"SUMIF({self.cells_of('indicators', 'dimension')},{mine},{self.cells_of('indicators', 'weight')})"
                self.formula(sheet, r, at, f'=IF({mine}="","",ROUND({total},9))', self.sum_at(r))
            self.warn(sheet, at, rows, f'INDEX({self.cells_of("dimensions", "weights_sum")},MATCH(${owner}{FIRST_ROW + 1},{self.cells_of("dimensions", "id")},0))',
                      f'INDEX({self.cells_of("dimensions", "weight")},MATCH(${owner}{FIRST_ROW + 1},{self.cells_of("dimensions", "id")},0))')  # fmt: skip
        elif table in (VALUES, LEVELS):
            at = self.columns[table.name].index((NAME, None, 0)) + 1
            known = _titles(self.laid)
            for n, r in enumerate(rows):
                found = [
                    f"INDEX({self.cells_of(name, 'title')},MATCH($B{r + 1},{self.cells_of(name, 'id')},0))"
                    for name in ("indicators", "facts")
                ]
                entries = self.laid.rows[table.name]
                owner = str(entries[n].cells["owner"][0]) if n < len(entries) else ""
                title = known.get(owner, "")
                formula = f'=IF($B{r + 1}="","",IFERROR({found[0]},IFERROR({found[1]},"?")))'
                self.formula(sheet, r, at, formula, title)

    def sums_of_dimensions(self, sheet: Any, table: Table, rows: range) -> None:
        at = self.columns[table.name].index((SUM_OF, None, 0)) + 1
        name = column_letters(self.place("dimensions", "id"))
        for r in rows:
            mine = f"${name}{r + 1}"
            total = f"SUMIF({self.cells_of('indicators', 'dimension')},{mine},{self.cells_of('indicators', 'weight')})"
            self.formula(sheet, r, at, f'=IF({mine}="","",ROUND({total},9))', self.sum_of(r))
        first = FIRST_ROW + 1
        self.warn(
            sheet, at, rows,
            f"${column_letters(self.place('dimensions', 'weights_sum'))}{first}",
            f"${column_letters(self.place('dimensions', 'weight'))}{first}",
        )  # fmt: skip
        weight = self.place("dimensions", "weight")
        letters = column_letters(weight)
        sheet.write_string(0, weight - 1, "权重合计 sum of the weights", self.formats["label"])
        weights = [row.cells.get("weight", (None,))[0] for row in self.laid.rows["dimensions"]]
        formula = f"=ROUND(SUM({letters}{first}:{letters}{_LAST_ROW + 1}),9)"
        sheet.write_formula(0, weight, formula, self.formats["total"], _total(weights))
        wanted = f'IF({self.setting("weights_sum")}="",100,{self.setting("weights_sum")})'
        self.colour(sheet, 0, weight, 0, f"=ABS(${letters}$1-{wanted})>0.000001*{wanted}")

    def formula(self, sheet: Any, row: int, c: int, formula: str, value: Any) -> None:
        sheet.write_formula(row, c, formula, self.formats["automatic"], value)

    def warn(self, sheet: Any, c: int, rows: range, wanted: str, cap: str) -> None:
        """Colour a sum that is not what it should be; with points, one below the dimension's weight."""
        cell = f"${column_letters(c)}{FIRST_ROW + 1}"
        should = f'IF({wanted}="",100,{wanted})'
        gap = f"ABS({cell}-{should})>0.000001*{should}"
        method = self.setting("aggregation/method")
        points = f"{cell}<{cap}-0.000001"
        rule = f'=AND(ISNUMBER({cell}),IF({method}="points",{points},{gap}))'
        self.colour(sheet, rows[0], c, rows[-1], rule)

    def colour(self, sheet: Any, top: int, c: int, bottom: int, rule: str) -> None:
        rule_ = {"type": "formula", "criteria": rule, "format": self.warning}
        sheet.conditional_format(top, c, bottom, c, rule_)

    def sum_at(self, row: int) -> Any:
        entries = self.laid.rows["indicators"]
        if row - FIRST_ROW >= len(entries):
            return ""
        return self.sum_for(entries[row - FIRST_ROW].cells["dimension"][0])

    def sum_of(self, row: int) -> Any:
        entries = self.laid.rows["dimensions"]
        if row - FIRST_ROW >= len(entries):
            return ""
        return self.sum_for(entries[row - FIRST_ROW].cells["id"][0])

    def sum_for(self, dimension: Cell) -> float:
        return _total(
            row.cells.get("weight", (None,))[0]
            for row in self.laid.rows["indicators"]
            if row.cells["dimension"][0] == dimension
        )

    def other(self) -> None:
        """Write the sheet of what has no column."""
        sheet = self.sheet(OTHER_SHEET, OTHER_ABOUT)
        for c, column in enumerate(OTHER_FIELDS, start=1):
            self.heading(sheet, c, column.heading, column)
        sheet.set_row(HEADER_ROW, 2 * _LINE + 6)
        row = FIRST_ROW
        for where, text in self.laid.other:
            parts = _chunks(text)
            for n, part in enumerate(parts, start=1):
                sheet.write_string(row, 1, where, self.formats["text"])
                sheet.write_string(row, 2, part, self.formats["text"])
                self.cell(sheet, row, 3, n if len(parts) > 1 else None, "text")
                row += 1
        sheet.freeze_panes(FIRST_ROW, 2)
        sheet.autofilter(HEADER_ROW, 0, max(row - 1, FIRST_ROW), 3)

    def original(self) -> None:
        """Write the hidden sheet with the text of the file, a line per row; 1 marks a line that goes on."""
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


def _columns(table: Table) -> list[tuple[Words, Field | None, int]]:
    """Return the columns of a table: heading, field and which of its cells; None is automatic."""
    found: list[tuple[Words, Field | None, int]] = []
    for field in table.columns:
        found += [(heading, field, part) for part, heading in enumerate(field.headings)]
        if table.name == "indicators" and field.key == "weight":
            found.append((SUM, None, 0))
        if table.name == "dimensions" and field.key == "weights_sum":
            found.append((SUM_OF, None, 0))
        if table in (VALUES, LEVELS) and field is table.owner:
            found.append((NAME, None, 0))
    return found


def _frozen(table: Table) -> int:
    """Return how many columns stay in sight: up to the Chinese title or what is named first."""
    keys = [field.key if field else "" for _, field, _ in _columns(table)]
    return 2 + (keys.index("title") if "title" in keys and table is not VALUES else 1)


def _titles(laid: Laid) -> dict[str, Any]:
    return {
        str(row.cells["id"][0]): row.cells.get("title", ("",))[0]
        for name in ("facts", "indicators")
        for row in laid.rows[name]
    }


def _total(weights: Any) -> float:
    numbers = [w for w in weights if isinstance(w, int | float) and not isinstance(w, bool)]
    return round(sum(numbers), 9)


def _chunks(text: str) -> list[str]:
    return [text[i : i + MOST_IN_CELL] for i in range(0, len(text), MOST_IN_CELL)] or [""]


def _stacked(words: Words) -> str:
    return both(words, "\n")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column, words not broken being reckoned roughly."""
    return sum(1 + int(_width(line) * 1.08) // max(1, width - 1) for line in text.split("\n"))
