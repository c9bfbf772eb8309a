"""Gives every cell of a merged area what a person sees there: the value of its first cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from pilotscore.findings import Finding, column_letters
from pilotscore.records import dataclass
from pilotscore.workbook.open.cell_formats import FormatsLaidOver
from pilotscore.workbook.open.notes import Area, SheetNotes, Spot
from pilotscore.workbook.open.number_format import NumberFormat
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.values import kinds
from pilotscore.workbook.values.unread import is_unread, unread


@dataclass(slots=True)
class _Covered:
    """The cells of merged areas, and what each has from the first cell of its area."""

    first_of: dict[Spot, Spot] = field(default_factory=dict)
    formats: dict[int, dict[int, NumberFormat | None]] = field(default_factory=dict)

    def add(self, sheet: Sheet, area: Area, columns: set[int], rows: int) -> None:
        (top, left), (bottom, _) = area
        form = sheet.notes.formats.at(top, left)
        for r in range(top, min(bottom + 1, rows)):
            for c in columns - ({left} if r == top else set()):
                self.first_of[r, c] = top, left
                self.formats.setdefault(c, {})[r] = form

    def notes(self, notes: SheetNotes) -> SheetNotes:
        """Return the notes of a sheet with those of the first cell for every cell of an area."""
        errors, covered = notes.error_cells, self.first_of
        seen = {s: text for s, text in errors.items() if s not in covered}
        seen |= {s: errors[first] for s, first in covered.items() if first in errors}
        return replace(
            notes,
            error_cells=seen,
            unsaved_formulas=self._spots(notes.unsaved_formulas),
            uncalculated=self._spots(notes.uncalculated),
            formats=FormatsLaidOver(notes.formats, self.formats),
        )

    def _spots(self, spots: frozenset[Spot]) -> frozenset[Spot]:
        covered = self.first_of
        return (spots - covered.keys()) | {s for s, first in covered.items() if first in spots}


def spread_merged(
    sheet: Sheet, header: int, used: Sequence[int]
) -> tuple[Sheet, dict[Area, Finding]]:
    """Return a sheet in which every cell of a merged area below the header has its value.

    It has the number format of the first cell too, and where that is an error or a formula without
    a result, so is each. Each area that matters is told once.
    """
    findings = SheetFindings(sheet)
    spread: dict[Area, Finding] = {}
    rows = list(sheet.rows)
    covered = _Covered()
    for area, columns, value, across in _areas(sheet, header, set(used)):
        (top, left), (bottom, right) = area
        for r in range(top, min(bottom + 1, len(rows))):
            rows[r] = _filled(rows[r], columns, value)
        covered.add(sheet, area, columns, len(rows))
        place = f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
        broken = unread(sheet, (top, left))
        text = broken[0] if broken else str(value)
        kind = kinds.MERGED_ACROSS if across else kinds.MERGED
        findings.add(kind, top, left, area=place, text=text[:40])
        spread[area] = findings.entries[-1]
    if not spread:
        return sheet, spread
    return replace(sheet, rows=rows, notes=covered.notes(sheet.notes)), spread


def _areas(sheet: Sheet, header: int, used: set[int]) -> Iterator[tuple[Area, set[int], Any, bool]]:
    """Yield the areas that matter: columns that they cover, value, whether it runs across."""
    for area in sheet.merged:
        (top, left), (bottom, right) = area
        covered = used & set(range(left, min(right, max(used, default=0)) + 1))
        if top <= header or top >= len(sheet.rows) or not covered:
            continue
        value = sheet.cell(top, left)
        across = len(covered) > 1 or left not in used
        nothing = value == "" and not is_unread(sheet, top, left)
        if nothing or (bottom == top and not across):
            continue
        if across and isinstance(value, str) and bottom == top and len(covered) * 2 > len(used):
            continue  # a note that runs across the table
        yield area, covered, value, across


def read_more_than_once(spread: Mapping[Area, Finding], rows: Sequence[int]) -> list[Finding]:
    """Return what is told of merged areas, but for those of which one row alone is read."""
    read = set(rows)
    return [
        finding
        for ((top, _), (bottom, _)), finding in spread.items()
        if top == bottom or not read.isdisjoint(range(top + 1, bottom + 1))
    ]


def _filled(row: Sequence[Any], columns: set[int], value: Any) -> list[Any]:
    """Return a row with a value in some columns."""
    filled = [*row, *[""] * (max(columns) + 1 - len(row))]
    for column in columns:
        filled[column] = value
    return filled
