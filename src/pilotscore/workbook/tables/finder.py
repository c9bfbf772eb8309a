"""Finds the header of the table of results on a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pilotscore.criteria.names import normalise
from pilotscore.records import dataclass
from pilotscore.workbook.open.notes import Area
from pilotscore.workbook.tables.columns import Columns, match_columns
from pilotscore.workbook.tables.headers import ACTUAL, ASIDE, HeaderNames

HEADER_ROWS = 40
MOST_LEVELS = 3


@dataclass(frozen=True, slots=True)
class TableHeader:
    """The header of a table of results: its lowest row (None for none), and its columns."""

    row: int | None
    columns: Columns
    levels: int = 1
    rival: int | None = None

    @property
    def first(self) -> int:
        """The uppermost row of the header."""
        return (self.row or 0) - self.levels + 1


def find_table(
    rows: Sequence[Sequence[Any]],
    names: HeaderNames,
    merged: Sequence[Area] = (),
    header_row: int | None = None,
) -> TableHeader:
    """Return the header, among the first rows, in which most names are known.

    Parameters
    ----------
    rows
        The cells of the sheet.
    names
        What is looked for.
    merged
        Merged areas: within a header, the text counts for every cell that it covers.
    header_row
        The lowest row of the header where a person says so, from 0.
    """
    top = [list(row) for row in rows[: (header_row or 0) + HEADER_ROWS]]
    _spread_headers(top, merged)
    best = TableHeader(None, match_columns((), names))
    numbers = (
        range(len(top)) if header_row is None else range(header_row, min(header_row + 1, len(top)))
    )
    single: dict[int, Columns] = {}
    for number in numbers if header_row is not None else range(min(HEADER_ROWS, len(top))):
        for levels in range(1, MOST_LEVELS + 1):
            if levels > number + 1 or (levels > 1 and not _can_be_lowest(top[number])):
                break
            columns = match_columns(_headers(top, number, levels), names)
            if levels == 1:
                single[number] = columns
            better = (columns.is_table, columns.known) > (best.row is not None, best.columns.known)
            if better or (levels == 2 and _divides(columns, best, top[number], number)):
                row = number if columns.is_table or header_row is not None else None
                best = TableHeader(row, columns, levels)
    return replace(best, rival=_rival(best, single))


def header_at(
    rows: Sequence[Sequence[Any]], names: HeaderNames, merged: Sequence[Area], row: int
) -> TableHeader | None:
    """Return the header in a row that a person calls one, though no name in it is known."""
    top = [list(r) for r in rows[: row + 1]]
    if row >= len(top):
        return None
    _spread_headers(top, merged)
    columns = match_columns(top[row], names)
    return TableHeader(row, columns) if any(columns.texts.values()) else None


def _divides(columns: Columns, best: TableHeader, row: Sequence[Any], number: int) -> bool:
    """Say whether a row below the best header divides its columns: 目标值 and 实际值 of each."""
    return best.row == number - 1 and _subheads(row) and columns.known >= best.columns.known


def _subheads(row: Sequence[Any]) -> bool:
    """Say whether a row has nothing but words for values and for what stands beside them."""
    words = [normalise(x) for x in row if isinstance(x, str) and x.strip()]
    return len(words) > 1 and all(w in ACTUAL or w in ASIDE for w in words)


def _rival(best: TableHeader, single: dict[int, Columns]) -> int | None:
    """Return another row that is as much like a header, and says something else."""
    if best.row is None:
        return None
    for number, columns in single.items():
        if (
            not best.first <= number <= best.row
            and columns.is_table
            and columns.known >= best.columns.known
            and columns.texts != best.columns.texts
        ):
            return number
    return None


def _can_be_lowest(row: Sequence[Any]) -> bool:
    """Say whether a row can stand below another in a header: it has texts, and no numbers."""
    return any(cell != "" for cell in row) and all(isinstance(cell, str) for cell in row)


def _headers(rows: list[list[Any]], number: int, levels: int) -> list[Any]:
    if levels == 1:
        return rows[number]
    stack = rows[number - levels + 1 : number + 1]
    width = max(len(r) for r in stack)
    if levels == 2 and _subheads(stack[1]):
        stack = [_filled_up(stack[0], stack[1]), stack[1]]
    return [tuple(r[c] if c < len(r) else "" for r in stack) for c in range(width)]


def _filled_up(upper: Sequence[Any], lower: Sequence[Any]) -> list[Any]:
    """Return a row in which a name stands over each column that it is divided into."""
    filled: list[Any] = []
    for column in range(max(len(upper), len(lower))):
        cell = upper[column] if column < len(upper) else ""
        below = lower[column] if column < len(lower) else ""
        before = filled[-1] if filled and below != "" else ""
        filled.append(cell if cell != "" else before)
    return filled


def _spread_headers(rows: list[list[Any]], merged: Sequence[Area]) -> None:
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        if (
            not isinstance(value, str)
            or not value
            or bottom - top > MOST_LEVELS
            or right - left > 200
        ):
            continue
        for row in rows[top : bottom + 1]:
            row.extend([""] * (right + 1 - len(row)))
            row[left : right + 1] = [value] * (right + 1 - left)
