"""Finds the ids of results in a workbook, to hold those of sheets of rights against."""

from __future__ import annotations

from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.tables.headers import IDS, both_languages
from pilotscore.workbook.tables.row_labels import label_of
from pilotscore.workbook.values.texts import texts_at

_SEARCHED = 30
_FEWEST_HEADERS = 3
_SIGNS = ("\n", "/")


def result_ids(sheet: Sheet) -> list[str]:
    """Return the ids of a table of results, whatever else it has; none where there is no such."""
    for r, row in enumerate(sheet.rows[:_SEARCHED]):
        headers = {c: x for c, x in enumerate(row) if isinstance(x, str) and x.strip()}
        if len(headers) < _FEWEST_HEADERS:
            continue
        column = next((c for c, x in headers.items() if both_languages(x, *_SIGNS) & IDS), None)
        if column is not None:
            below = texts_at(sheet, range(r + 1, len(sheet.rows)), column)
            return [text for text in below if text and label_of(text) is None]
    return []
