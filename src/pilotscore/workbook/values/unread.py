"""Error cells and formulas without a result, which the readers of workbooks give as blank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pilotscore.workbook.open.notes import Spot
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.values import kinds
from pilotscore.workbook.values.cells import Remark


def has_unread(sheet: Sheet) -> bool:
    """Say whether a sheet has any such cell; most have none."""
    notes = sheet.notes
    return bool(notes.error_cells or notes.unsaved_formulas or notes.uncalculated)


def is_unread(sheet: Sheet, row: int, column: int | None) -> bool:
    """Say whether a cell is one; False where there is no such column."""
    if column is None:
        return False
    notes, spot = sheet.notes, (row, column)
    return spot in notes.error_cells or spot in notes.unsaved_formulas or spot in notes.uncalculated


def unread(sheet: Sheet, spot: Spot) -> tuple[str, Remark] | None:
    """Return what is shown for such a cell, and what is to be said of it; None for any other."""
    text = sheet.notes.error_cells.get(spot)
    if text is not None:
        return text, (kinds.ERROR_CELL, {"text": text})
    if spot in sheet.notes.uncalculated:
        return "0", (kinds.UNCALCULATED, {})
    return ("=", (kinds.UNSAVED_FORMULA, {})) if spot in sheet.notes.unsaved_formulas else None


def unread_cells(
    sheet: Sheet, row: int, columns: Iterable[int | None]
) -> Iterator[tuple[int, Remark]]:
    """Yield such cells of a row among some columns, in order: the column and the remark."""
    if not has_unread(sheet):
        return
    for column in sorted({c for c in columns if c is not None}):
        if cell := unread(sheet, (row, column)):
            yield column, cell[1]
