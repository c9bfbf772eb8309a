"""Lays what was calculated in a copy of a workbook over the workbook itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pilotscore.records import dataclass
from pilotscore.workbook.open.cell_formats import CellFormats, FormatsByColumn
from pilotscore.workbook.open.notes import Spot
from pilotscore.workbook.open.number_format import NumberFormat
from pilotscore.workbook.open.sheets import Book, Sheet

# What LibreOffice gives for a function that it does not know, and Excel may.
_NOT_KNOWN = "#NAME?"


def is_uncalculated(book: Book) -> bool:
    """Say whether a workbook has formulas whose results are not stored."""
    return any(s.notes.unsaved_formulas or s.notes.uncalculated for s in book.sheets)


def with_results(book: Book, copy: Book) -> tuple[Book, int]:
    """Return a workbook with the results of a copy, and how many these are.

    Only where the workbook has none: all that it stores stays, as do its name and its notes. A
    formula for which the copy has no result either, or one with a function that is not known
    there, stays without.
    """
    results = {sheet.name: sheet for sheet in copy.sheets}
    count, sheets = 0, []
    for sheet in book.sheets:
        added = 0
        if sheet.name in results:
            sheet, added = _laid_over(sheet, results[sheet.name])
        sheets.append(sheet)
        count += added
    return replace(book, sheets=tuple(sheets)), count


def _laid_over(sheet: Sheet, copy: Sheet) -> tuple[Sheet, int]:
    notes, of_copy = sheet.notes, copy.notes
    wanted = notes.unsaved_formulas | notes.uncalculated
    got = {
        spot
        for spot in wanted - of_copy.unsaved_formulas - of_copy.uncalculated
        if of_copy.error_cells.get(spot) != _NOT_KNOWN
    }
    if not got:
        return sheet, 0
    errors = {spot: of_copy.error_cells[spot] for spot in got if spot in of_copy.error_cells}
    values = {spot: copy.cell(*spot) for spot in got if spot not in errors}
    notes = replace(
        notes,
        error_cells={**notes.error_cells, **errors},
        unsaved_formulas=notes.unsaved_formulas - got,
        uncalculated=notes.uncalculated - got,
        formats=_Formats(notes.formats, _formats_of(copy, values)),
    )
    blank = dict.fromkeys(errors, "")
    return replace(sheet, rows=_filled(sheet.rows, {**values, **blank}), notes=notes), len(got)


def _filled(rows: list[list[Any]], values: Mapping[Spot, Any]) -> list[list[Any]]:
    """Return rows with values put in, longer where they must be."""
    rows = [*rows, *([] for _ in range(1 + max(r for r, _ in values) - len(rows)))]
    touched: set[int] = set()
    for (r, c), value in values.items():
        if r not in touched:
            rows[r] = list(rows[r])
            touched.add(r)
        rows[r].extend([""] * (c + 1 - len(rows[r])))
        rows[r][c] = value
    return rows


def _formats_of(copy: Sheet, values: Mapping[Spot, Any]) -> FormatsByColumn:
    columns: dict[int, dict[int, NumberFormat]] = {}
    for r, c in values:
        if (form := copy.notes.formats.at(r, c)) is not None:
            columns.setdefault(c, {})[r] = form
    return FormatsByColumn(columns)


@dataclass(frozen=True, slots=True)
class _Formats:
    """The formats of a sheet, and of the cells that were filled from a copy where it has none."""

    own: CellFormats
    filled: FormatsByColumn

    def __bool__(self) -> bool:
        return bool(self.own or self.filled)

    def at(self, row: int, column: int) -> NumberFormat | None:
        return self.own.at(row, column) or self.filled.at(row, column)

    def of_column(self, column: int) -> Mapping[int, NumberFormat]:
        return {**self.filled.of_column(column), **self.own.of_column(column)}
