"""The report as a workbook: ranking, scores, findings, criteria and manifest, a sheet each."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotscore.findings import Finding
from pilotscore.language import Lang, Text
from pilotscore.render.xlsx import write_sheets as write_sheets_of
from pilotscore.runs.outcome import Manifest, Outcome
from pilotscore.runs.robustness import RobustnessReport
from pilotscore.views import methods
from pilotscore.views import robustness as robustness_view
from pilotscore.views.tables import (
    Table,
    criteria_table,
    findings_table,
    manifest_table,
    ranking_table,
    rules_table,
    scores_table,
)
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


def write_xlsx(outcome: Outcome, path: Path, lang: Lang) -> None:
    """Write the report workbook.

    Text is written as text, also where it starts with ``=``; nothing is a formula or a link. The
    file holds no time of writing, so that the same inputs give the same bytes.
    """
    book = _new_book(path, outcome.criteria.title.to(lang), outcome.manifest)
    styles = _Styles(book)
    notes = [note.to(lang) for note in outcome.notes()]
    _write_ranking(book, styles, outcome, notes, lang)
    write_sheets_of(book, methods.sheets(outcome), lang)
    if outcome.robustness is not None:
        write_sheets_of(book, robustness_view.sheets(outcome.robustness), lang)
    _sheet(book, styles, words.SHEET_SCORES, scores_table(outcome), lang, freeze=3)
    _sheet(book, styles, words.SHEET_FINDINGS, findings_table(outcome.findings, lang), lang)
    sheet = _sheet(book, styles, words.SHEET_CRITERIA, criteria_table(outcome, lang), lang)
    below = len(outcome.criteria.indicators) + 2
    _write_table(sheet, styles, rules_table(outcome, lang), below, lang, widths=False)
    _sheet(book, styles, words.SHEET_MANIFEST, manifest_table(outcome.manifest), lang, header=False)
    book.close()


def write_robustness_book(path: Path, report: RobustnessReport, lang: Lang) -> None:
    """Write a workbook with the sheets of robustness, the findings and the manifest."""
    outcome = report.outcome
    book = _new_book(path, outcome.criteria.title.to(lang), outcome.manifest)
    styles = _Styles(book)
    write_sheets_of(book, robustness_view.sheets(report), lang)
    _sheet(book, styles, words.SHEET_FINDINGS, findings_table(outcome.findings, lang), lang)
    _sheet(book, styles, words.SHEET_MANIFEST, manifest_table(outcome.manifest), lang, header=False)
    book.close()


def write_sheets(
    path: Path,
    sheets: Sequence[tuple[Text, Table]],
    names_and_values: Table,
    manifest: Manifest,
    lang: Lang,
) -> None:
    """Write tables, a sheet each, and a last sheet with the manifest, as :func:`write_xlsx` does."""
    book = _new_book(path, manifest.criteria[0], manifest)
    styles = _Styles(book)
    for name, table in sheets:
        _sheet(book, styles, name, table, lang)
    _sheet(book, styles, words.SHEET_MANIFEST, names_and_values, lang, header=False)
    book.close()


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
        notes: Sequence[Text] = (),
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
        self.add(words.SHEET_FINDINGS, findings_table(findings, self.lang))

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


def _write_ranking(
    book: Workbook, styles: _Styles, outcome: Outcome, notes: list[str], lang: Lang
) -> None:
    table = ranking_table(outcome, lang)
    sheet = book.add_worksheet(words.SHEET_RANKING.to(lang))
    top = len(notes)
    for r, note in enumerate(notes):
        sheet.write_string(r, 0, note, styles.note)
    _write_table(sheet, styles, table, top, lang)
    wrapped = [
        (c, column.width) for c, column in enumerate(table.columns) if column.style == "wrap"
    ]
    for r, row in enumerate(table.rows, start=top + 1):
        lines = max(_lines(row[c], width) for c, width in wrapped)
        sheet.set_row(r, 15 * min(8, lines))
    sheet.freeze_panes(top + 1, 3)
    last = top + len(table.rows)
    if table.rows:
        sheet.autofilter(top, 0, last, len(table.columns) - 1)
        _colour_grades(sheet, styles, table, outcome, top + 1, last)
        first = [c.key for c in table.columns].index(outcome.criteria.dimensions[0].id)
        sheet.conditional_format(
            top + 1,
            first,
            last,
            first + len(outcome.criteria.dimensions) - 1,
            {
                "type": "3_color_scale",
                "min_type": "num",
                "mid_type": "num",
                "max_type": "num",
                "min_value": 0,
                "mid_value": 50,
                "max_value": 100,
                "min_color": _RED,
                "mid_color": "#FFFFFF",
                "max_color": _GREEN,
            },
        )
    _page(sheet)
    sheet.set_paper(8)  # A3: what a meeting reads, up to the dimensions
    sheet.print_area(0, 0, last, 12 + len(outcome.criteria.dimensions))
    sheet.repeat_rows(top)


def _colour_grades(
    sheet: Worksheet, styles: _Styles, table: Table, outcome: Outcome, first: int, last: int
) -> None:
    column = [c.key for c in table.columns].index("grade")
    ids = [g.id for g in outcome.criteria.grades]
    for place, name in enumerate([*ids, "—"]):
        colour = min(place, len(styles.grades) - 2) if place < len(ids) else len(styles.grades) - 1
        sheet.conditional_format(
            first,
            column,
            last,
            column,
            {
                "type": "cell",
                "criteria": "==",
                "value": f'"{name}"',
                "format": styles.grades[colour],
            },
        )


def _lines(value: Any, width: int) -> int:
    """Estimate the lines that a wrapped text takes: a wide character counts as two."""
    if not isinstance(value, str) or (len(value) * 2 < width and "\n" not in value):
        return 1
    return sum(
        1 + (sum(2 if ord(ch) > 0x2E7F else 1 for ch in line) - 1) // max(1, width - 1)
        for line in value.split("\n")
    )
