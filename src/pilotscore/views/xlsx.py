"""The report as a workbook: ranking, scores, findings, criteria and manifest, a sheet each."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotscore.findings import Finding
from pilotscore.language import Lang, Text, Words, in_lang
from pilotscore.runs.outcome import Manifest
from pilotscore.views.findings import findings_table
from pilotscore.views.tables import Column, Table
from pilotscore.wording import words
from pilotscore.workbook.open.ooxml import REPORT_MARK

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_GREEN, _YELLOW, _ORANGE, _RED, _GREY = "#C6E7CE", "#FFF2B3", "#FAD7AC", "#F5C0BE", "#D9D9D9"
_GRADE_COLOURS = (_GREEN, "#DDEFC8", _YELLOW, _ORANGE, _RED)
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


class Sheets:
    """A workbook that is filled with tables, a sheet each, in the styles of every report."""

    def __init__(self, book: Workbook, lang: Lang) -> None:
        self.book, self.lang = book, lang
        self._styles = _Styles(book)

    def add(
        self,
        name: Text,
        table: Table,
        *,
        notes: Sequence[Words] = (),
        freeze: int = 0,
        tall: bool = False,
        header: bool = True,
    ) -> Worksheet:
        """Add a sheet with a table, below notes; ``tall`` gives rows the height of their text."""
        if not (notes or tall):
            return _sheet(
                self.book, self._styles, name, table, self.lang, header=header, freeze=freeze
            )
        sheet = self.book.add_worksheet(name.to(self.lang))
        top = len(notes)
        for r, note in enumerate(notes):
            sheet.write_string(r, 0, note.to(self.lang), self._styles.note)
        _write_table(sheet, self._styles, table, top, self.lang)
        wrapped = [(c, x.width) for c, x in enumerate(table.columns) if x.style == "wrap"]
        for r, row in enumerate(table.rows, start=top + 1):
            lines = max((_lines(row[c], width) for c, width in wrapped), default=1)
            sheet.set_row(r, 15 * min(12, lines))
        sheet.freeze_panes(top + 1, freeze)
        if table.rows:
            sheet.autofilter(top, 0, top + len(table.rows), len(table.columns) - 1)
        _page(sheet)
        sheet.set_paper(8)  # A3: what a meeting reads
        sheet.repeat_rows(top)
        return sheet

    def add_findings(self, findings: tuple[Finding, ...]) -> None:
        """Add the sheet of findings."""
        table = findings_table(findings)
        rows = [[in_lang(x, self.lang) for x in row] for row in table.rows]
        columns = tuple(Column(c.key, c.heading, c.style, c.width) for c in table.columns)
        self.add(words.SHEET_FINDINGS, Table(columns, rows))

    def close(self) -> None:
        """Write the file."""
        self.book.close()


def open_sheets(path: Path, title: str, manifest: Manifest, lang: Lang) -> Sheets:
    """Return a workbook to fill, whose bytes depend on what is written alone."""
    return Sheets(_new_book(path, title, manifest), lang)


def _new_book(path: Path, title: str, manifest: Manifest) -> Workbook:
    """Open a workbook whose bytes depend on what is written and the date of assessment alone."""
    import xlsxwriter

    book = xlsxwriter.Workbook(
        str(path),
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": False,
        },
    )
    day = datetime.date.fromisoformat(manifest.as_of)
    book.set_properties(
        {
            "title": f"pilotscore: {title}",
            "category": REPORT_MARK,
            "comments": f"pilotscore {manifest.version}",
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
        self.header = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "center",
                "bg_color": "#1F4E78",
                "font_color": "white",
                "border": 1,
                "font_size": 10,
            }
        )
        self.note = book.add_format({"italic": True, "font_color": "#9C0006", "font_size": 10})
        self.grades = [book.add_format({"bg_color": c}) for c in (*_GRADE_COLOURS, _GREY)]


def _sheet(
    book: Workbook,
    styles: _Styles,
    name: Text,
    table: Table,
    lang: Lang,
    *,
    header: bool = True,
    freeze: int = 0,
) -> Worksheet:
    sheet = book.add_worksheet(name.to(lang))
    if header:
        _write_table(sheet, styles, table, 0, lang)
        sheet.freeze_panes(1, freeze)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    else:
        _write_rows(sheet, styles, table, 0)
        _set_widths(sheet, table)
    _page(sheet)
    return sheet


def _page(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)


def _write_table(
    sheet: Worksheet, styles: _Styles, table: Table, top: int, lang: Lang, *, widths: bool = True
) -> None:
    for c, column in enumerate(table.columns):
        sheet.write_string(top, c, column.heading.to(lang), styles.header)
    sheet.set_row(top, 42)
    _write_rows(sheet, styles, table, top + 1)
    if widths:
        _set_widths(sheet, table)


def _set_widths(sheet: Worksheet, table: Table) -> None:
    for c, column in enumerate(table.columns):
        sheet.set_column(c, c, column.width)


def _write_rows(sheet: Worksheet, styles: _Styles, table: Table, top: int) -> None:
    formats = [styles.cells[c.style] for c in table.columns]
    for r, row in enumerate(table.rows, start=top):
        for c, value in enumerate(row):
            if value is None or value == "":
                sheet.write_blank(r, c, None, formats[c])
            elif isinstance(value, str):
                sheet.write_string(r, c, value[:32767], formats[c])
            else:
                sheet.write_number(r, c, value, formats[c])


def _lines(value: Any, width: int) -> int:
    """Estimate the lines that a wrapped text takes: a wide character counts as two."""
    if not isinstance(value, str) or (len(value) * 2 < width and "\n" not in value):
        return 1
    return sum(
        1 + (sum(2 if ord(ch) > 0x2E7F else 1 for ch in line) - 1) // max(1, width - 1)
        for line in value.split("\n")
    )
