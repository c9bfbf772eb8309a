"""The sheet that an annotated copy begins with: every finding, with a link to its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotscore.findings import SEVERITY_TITLES, Finding, column_letters
from pilotscore.language import BLANK, COMMA, LANGS, Lang, Text, Words, join, printable

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# What our sheet and our part of a comment begin with, by which a later run knows and replaces them.
MARK = "[pilotscore]"
FILLS = {"error": "FFFFC7CE", "warning": "FFFFE8B3"}
LIST_TITLE = Text("检查结果", "Findings")
# Excel takes no more than 66,530 links and 1,048,576 rows on a sheet.
MOST_LINKS = 60_000
MOST_ROWS = 1_000_000
MOST_IN_A_CELL = 32_767
_HEADINGS = (
    (Text("级别", "Severity"), 10),
    (Text("代码", "Code"), 8),
    (Text("位置", "Place"), 20),
    (Text("发现", "Found"), 46),
    (Text("应为", "Expected"), 34),
    (Text("如何改正", "How to mend it"), 44),
)
_LAST = column_letters(len(_HEADINGS) - 1)
_NOTE = Text(
    "{mark} 这张表由 pilotscore check 加入；点“位置”跳到单元格。{counts}",
    "{mark} This sheet was added by pilotscore check; a click on a place leads to its cell. "
    "{counts}",
)
_TOP = 3

Spot = tuple[str, int, int]


def is_findings_sheet(sheet: Worksheet) -> bool:
    """Say whether an earlier run has added this sheet."""
    first = sheet._cells.get((1, 1))  # looked for so that none is made
    return first is not None and str(first.value).startswith(MARK)


def add_findings_sheet(
    book: Workbook, findings: Sequence[tuple[Finding, Spot | None]], lang: Lang
) -> None:
    """Put the list of findings first, and let the workbook open on it.

    Parameters
    ----------
    book
        The workbook.
    findings
        Each finding with the cell that its link leads to: sheet, and row and column from 1.
    lang
        The language of the list.
    """
    sheet = book.create_sheet(_free_title(book, lang), 0)
    put_text(sheet.cell(1, 1), _NOTE.fill(lang, mark=MARK, counts=_counts(findings)))
    for column, (heading, width) in enumerate(_HEADINGS, start=1):
        put_text(sheet.cell(_TOP - 1, column), heading.to(lang))
        sheet.column_dimensions[column_letters(column - 1)].width = width
    for row, (finding, spot) in enumerate(findings[:MOST_ROWS], start=_TOP):
        _write_row(sheet, row, finding, spot, lang)
    sheet.auto_filter.ref = f"A{_TOP - 1}:{_LAST}{max(sheet.max_row, _TOP - 1)}"
    sheet.freeze_panes = f"A{_TOP}"
    _dress(sheet)
    _open_on(book, sheet)


def plain(text: str) -> str:
    """Return a text without the signs that a workbook cannot hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    sound = printable(text).encode("utf-8", "replace").decode("utf-8")
    return str(ILLEGAL_CHARACTERS_RE.sub("", sound).replace("\ufffe", "").replace("\uffff", ""))


def put_text(cell: Any, text: str) -> None:
    """Write text as text, also where it starts with =."""
    cell.value = plain(text)[:MOST_IN_A_CELL]
    cell.data_type = "s"


def _counts(findings: Sequence[tuple[Finding, Spot | None]]) -> Words:
    counts = Counter(f.severity for f, _ in findings)
    return join((join((t, str(counts[s])), BLANK) for s, t in SEVERITY_TITLES.items()), COMMA)


def _write_row(sheet: Worksheet, row: int, f: Finding, spot: Spot | None, lang: Lang) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    place = f.place
    shown = "!".join(p for p in (place.sheet or "", place.cell) if p) or Path(place.file).name
    severity = SEVERITY_TITLES[f.severity].to(lang)
    texts = (severity, f.code, shown, f.found(lang), f.expected(lang), f.mend(lang))
    for column, text in enumerate(texts, start=1):
        if text:
            put_text(sheet.cell(row, column), text)
    if spot is not None and row <= MOST_LINKS:
        cell = sheet.cell(row, 3)
        target = f"{_quoted(spot[0])}!{column_letters(spot[2] - 1)}{spot[1]}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def _free_title(book: Workbook, lang: Lang) -> str:
    taken = {s.casefold() for s in book.sheetnames}
    title, number = LIST_TITLE.to(lang), 1
    while title.casefold() in taken:
        number += 1
        title = f"{LIST_TITLE.to(lang)} {number}"
    return title


def _dress(sheet: Worksheet) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.worksheet.properties import PageSetupProperties

    top = Alignment(vertical="top", wrap_text=True)
    line = Border(bottom=Side("thin", color="FFD9D9D9"))
    fills = {
        title.to(lang): PatternFill("solid", fgColor=FILLS[s])
        for s, title in SEVERITY_TITLES.items()
        if s in FILLS
        for lang in LANGS
    }
    link = Font(color="FF0563C1", underline="single")
    for row in sheet.iter_rows(min_row=_TOP):
        for cell in row:
            cell.alignment, cell.border = top, line
            if cell.hyperlink is not None:
                cell.font = link
        fill = fills.get(str(row[0].value))
        if fill is not None:
            row[0].fill = fill
    for cell in sheet[_TOP - 1]:
        cell.font = Font(bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", fgColor="FF1F4E78")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[_TOP - 1].height = 24
    sheet.cell(1, 1).font = Font(italic=True, color="FF595959")
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_TOP - 1}:{_TOP - 1}"


def _open_on(book: Workbook, sheet: Worksheet) -> None:
    """Let the workbook open on one sheet alone: sheets selected together are edited together."""
    for other in book.worksheets:
        for view in other.views.sheetView:
            view.tabSelected = False
    for chart in book.chartsheets:
        for chart_view in chart.sheetViews.sheetView if chart.sheetViews else ():
            chart_view.tabSelected = False
    for window in book.views:
        window.firstSheet = 0
    book.active = 0
    sheet.sheet_view.tabSelected = True
