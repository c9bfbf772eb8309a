"""Texts that are errors: a file of text, and some writers of workbooks, have #N/A as a text.

A reader of files gives them as the texts that they are. What a person sees is the same as of an
error cell, and so is what it means: there is no value.
"""

from __future__ import annotations

from dataclasses import replace

from pilotscore.workbook.open.notes import Spot
from pilotscore.workbook.open.sheets import Book, Sheet

ERRORS = frozenset(
    (
        *("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"),
        *("#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#名称?"),
        *(f"Err:{number}" for number in range(501, 541)),  # as LibreOffice shows some
    )
)


def with_written_errors(book: Book) -> Book:
    """Return a workbook in which each text that is an error is an error cell."""
    sheets = tuple(map(_with_errors, book.sheets))
    same = all(a is b for a, b in zip(sheets, book.sheets, strict=True))
    return book if same else replace(book, sheets=sheets)


def _with_errors(sheet: Sheet) -> Sheet:
    some = [r for r, row in enumerate(sheet.rows) if not ERRORS.isdisjoint(row)]
    if not some:
        return sheet
    rows = list(sheet.rows)
    errors: dict[Spot, str] = dict(sheet.notes.error_cells)
    for r in some:
        errors |= {(r, c): x for c, x in enumerate(rows[r]) if x in ERRORS}
        rows[r] = ["" if x in ERRORS else x for x in rows[r]]
    return replace(sheet, rows=rows, notes=replace(sheet.notes, error_cells=errors))
