"""A workbook as it would be with some cells otherwise, or under another name, in memory alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pilotscore.records import dataclass
from pilotscore.workbook.open.cell_formats import FormatsLaidOver
from pilotscore.workbook.open.number_format import NumberFormat
from pilotscore.workbook.open.sheets import Book, Sheet


@dataclass(frozen=True, slots=True)
class CellChange:
    """What a cell is to hold: its sheet, row and column (from 0), the value and its format."""

    sheet: str
    row: int
    column: int
    value: Any
    form: NumberFormat | None = None


def with_changes(book: Book, changes: Sequence[CellChange]) -> Book:
    """Return a workbook as if these cells had been filled in so."""
    if not changes:
        return book
    of_sheet: dict[str, list[CellChange]] = {}
    for change in changes:
        of_sheet.setdefault(change.sheet, []).append(change)
    sheets = (_changed(s, of_sheet[s.name]) if s.name in of_sheet else s for s in book.sheets)
    return replace(book, sheets=tuple(sheets))


def _changed(sheet: Sheet, changes: Sequence[CellChange]) -> Sheet:
    rows = list(sheet.rows)
    over: dict[int, dict[int, NumberFormat | None]] = {}
    for change in changes:
        short = change.row + 1 - len(rows)
        rows += [[] for _ in range(short)]
        row = list(rows[change.row])
        row += [""] * (change.column + 1 - len(row))
        row[change.column] = change.value
        rows[change.row] = row
        over.setdefault(change.column, {})[change.row] = change.form
    spots = {(change.row, change.column) for change in changes}
    notes = sheet.notes
    notes = replace(
        notes,
        error_cells={spot: text for spot, text in notes.error_cells.items() if spot not in spots},
        unsaved_formulas=notes.unsaved_formulas - spots,
        uncalculated=notes.uncalculated - spots,
        formats=FormatsLaidOver(notes.formats, over),
    )
    return replace(sheet, rows=rows, notes=notes)


def under_name(book: Book, name: str) -> Book:
    """Return a workbook as if the file had this name: every place in it is told by that."""
    sheets = tuple(replace(sheet, book=name) for sheet in book.sheets)
    findings = (replace(f, place=replace(f.place, file=name)) for f in book.findings)
    return replace(book, name=name, sheets=sheets, findings=tuple(findings))
