"""The sheets of a template with several rows for each result: documents, technologies, batches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pilotscore.criteria import Indicator
from pilotscore.language import Text
from pilotscore.workbook.templates.content import (
    BATCH_COLUMNS,
    BATCH_LISTS,
    BATCH_TIMES,
    BATCHES,
    DOCUMENT,
    DOCUMENTS,
    EVIDENCE,
    EXPIRY,
    ID,
    INDICATOR,
    ISSUED,
    ISSUER,
    SERIES,
    TAGS,
    TECHNOLOGIES,
    TECHNOLOGY,
    TIME,
)
from pilotscore.workbook.templates.paper import print_on_one
from pilotscore.workbook.templates.pen import PROTECTION, Pen

# A sheet of batch data has room for so many values; more go in further rows all the same.
_LAST_ROW = 1_048_575
# A column with a list: its header, its choices (or none), and the indicator that it is of.
_Listed = tuple[str, list[str], Indicator | None]


def write_details(book: Any, pen: Pen, results: int) -> None:
    """Write such sheets for so many results, where the criteria set uses them."""
    criteria, words = pen.criteria, pen.words
    several = [i for i in criteria.indicators if i.several]
    if several:
        levels: list[_Listed] = [
            (words.header(i, unit=False).replace("*", ""), words.choices(i), i) for i in several
        ]
        sheet = book.add_worksheet(words.of(TECHNOLOGIES, " "))
        _write_sheet(sheet, pen, (ID, TECHNOLOGY), levels, 4 * results)
    if criteria.evidence:
        titles = [words.choice(i.title) for i in criteria.indicators]
        documents: list[_Listed] = [
            (words.of(INDICATOR), titles, None),
            (words.of(EVIDENCE), words.grades(criteria), None),
            *((words.of(t), [], None) for t in (DOCUMENT, ISSUED, ISSUER, EXPIRY)),
        ]
        sheet = book.add_worksheet(words.of(DOCUMENTS, " "))
        _write_sheet(sheet, pen, (ID,), documents, 6 * results)
    if any(i.measured is not None for i in criteria.indicators):
        _write_batches(book, pen)


def _write_sheet(
    sheet: Any, pen: Pen, texts: Sequence[Text], columns: Sequence[_Listed], rows: int
) -> None:
    """Write one such sheet: columns of text, then columns with lists (or none)."""
    headers = [*(pen.words.of(t) for t in texts), *(header for header, _, _ in columns)]
    days = {pen.words.of(ISSUED), pen.words.of(EXPIRY)}
    for c, header in enumerate(headers):
        sheet.write_string(0, c, header, pen.formats["header"])
        sheet.set_column(c, c, 30 if c == len(texts) else 18)
        style = "entry_date" if header in days else "entry"
        for r in range(1, rows + 1):
            sheet.write_blank(r, c, None, pen.formats[style])
    for c, (_, choices, indicator) in enumerate(columns, len(texts)):
        if choices:
            pen.offer(sheet, ((1, c), (rows, c)), choices, indicator)
    _finish(sheet)


def _write_batches(book: Any, pen: Pen) -> None:
    """Write the sheets for batch records and for readings over time, open to the last row."""
    words, formats = pen.words, pen.formats
    sheet = book.add_worksheet(words.of(BATCHES, " "))
    pen.texts(sheet, 0, (ID, *BATCH_COLUMNS), "header")
    for c, text in enumerate((ID, *BATCH_COLUMNS)):
        # the format of the column, not of its cells: there is no knowing how many are needed
        sheet.set_column(c, c, 18, formats["entry_time" if text in BATCH_TIMES else "entry"])
        if text in BATCH_LISTS:
            choices = [words.choice(t) for t in BATCH_LISTS[text]]
            pen.offer(sheet, ((1, c), (_LAST_ROW, c)), choices)
    series = book.add_worksheet(words.of(SERIES, " "))
    for c, text in enumerate((ID, TIME, *TAGS)):
        series.write_string(0, c, words.of(text), formats["tag" if text in TAGS else "header"])
        series.set_column(c, c, 18, formats["entry_time" if text == TIME else "entry"])
    _finish(sheet)
    _finish(series)


def _finish(sheet: Any) -> None:
    sheet.set_row(0, 34)
    print_on_one(sheet, heads=1)
    sheet.freeze_panes(1, 1)
    sheet.protect("", PROTECTION)
