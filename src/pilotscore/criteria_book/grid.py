"""The sheets of a criteria workbook as they were read: where each column is, and what each row holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pilotscore.criteria.names import normalise
from pilotscore.criteria_book import kinds
from pilotscore.criteria_book.cells import Cell, Cells, as_text, cleaned
from pilotscore.criteria_book.layout import (
    AUTOMATIC,
    ORIGIN,
    ORIGINAL_MARK,
    ORIGINAL_SHEET,
    Field,
    sheet_name,
)
from pilotscore.findings import Finding, Kind, Place
from pilotscore.language import Text

_MOST_ROWS_ABOVE = 10


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its rows from A1 on, and by row and column the cells whose formula has no result."""

    name: str
    rows: Sequence[Sequence[Any]]
    broken: Mapping[tuple[int, int], str | Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell: its sheet, row and column, from 0; a whole row or sheet where they are None."""

    sheet: str
    row: int | None = None
    column: int | None = None

    def place(self, file: str) -> Place:
        """Return the place in a file."""
        return Place(file, self.sheet, self.row, self.column)

    def __str__(self) -> str:
        cell = Place("", self.sheet, self.row, self.column).cell
        return f"[{self.sheet}]" + (f"!{cell}" if cell else "")


@dataclass(frozen=True, slots=True)
class Line:
    """A row with content: its cells and their places by the key of the field."""

    spot: Spot
    cells: Mapping[str, Cells]
    raw: Mapping[str, tuple[Any, ...]]
    spots: Mapping[str, tuple[Spot, ...]]
    origin: str = ""


@dataclass(slots=True)
class Faults:
    """The faults of one workbook, as they are found."""

    file: str
    found: list[Finding] = field(default_factory=list)

    def add(self, kind: Kind, spot: Spot | None, **values: Any) -> None:
        """Add a fault at a cell, or of the workbook as a whole."""
        place = spot.place(self.file) if spot else Place(self.file)
        self.found.append(Finding(kind, place, values))


def find_sheet(grids: Sequence[Grid], name: Text) -> Grid | None:
    """Return the sheet of a name, also where one of its two languages was dropped."""
    known = {normalise(x) for x in (sheet_name(name), name.zh, name.en)}
    return next((g for g in grids if normalise(g.name) in known), None)


def lines_of(grid: Grid, columns: Sequence[Field], faults: Faults) -> list[Line]:
    """Return the rows of a sheet that hold anything; what is wrong with its columns is told.

    Parameters
    ----------
    grid
        The sheet.
    columns
        Its columns; each must be there, wherever it stands.
    faults
        Takes what is wrong.
    """
    header, found = _header(grid, columns)
    for column in columns:
        for part, heading in enumerate(column.headings):
            if (column.key, part) not in found:
                shown = Text(heading.zh, heading.en)
                faults.add(kinds.NO_COLUMN, Spot(grid.name, header), name=shown)
    _tell_unknown(grid, header, set(found.values()), faults)
    return list(_lines(grid, header, columns, found, faults))


def _names(heading: Text) -> tuple[str, ...]:
    return tuple(normalise(x) for x in (heading.zh + heading.en, heading.zh, heading.en))


def _header(grid: Grid, columns: Sequence[Field]) -> tuple[int, dict[tuple[str, int], int]]:
    """Return the row of headings, and the column of each cell of each field."""
    wanted: dict[str, tuple[str, int]] = {}
    for rank in range(3):  # both languages first, then either alone
        for column in columns:
            for part, heading in enumerate(column.headings):
                wanted.setdefault(_names(heading)[rank], (column.key, part))
    for name in _names(ORIGIN):
        wanted.setdefault(name, ("", 0))
    best: tuple[int, dict[tuple[str, int], int]] = (0, {})
    for r, row in enumerate(grid.rows[:_MOST_ROWS_ABOVE]):
        found: dict[tuple[str, int], int] = {}
        for c, cell in enumerate(row):
            key = wanted.get(normalise(cell)) if isinstance(cell, str) else None
            if key is not None:
                found.setdefault(key, c)
        if len(found) > len(best[1]):
            best = (r, found)
    return best


def _tell_unknown(grid: Grid, header: int, known: set[int], faults: Faults) -> None:
    """Tell of columns that are not ours and hold something, for it would be lost."""
    automatic = {name for heading in AUTOMATIC for name in _names(heading)}
    below = grid.rows[header + 1 :]
    for c in range(max((len(row) for row in grid.rows), default=0)):
        if c in known:
            continue
        row = grid.rows[header] if header < len(grid.rows) else ()
        name = as_text(cleaned(row[c]) or "") if c < len(row) else ""
        if normalise(name) in automatic:
            continue
        at = next(
            (r for r, x in enumerate(below) if c < len(x) and cleaned(x[c]) is not None), None
        )
        if at is not None:
            spot = Spot(grid.name, header if name else header + 1 + at, c)
            faults.add(kinds.UNKNOWN_COLUMN, spot, name=name.replace("\n", " ") or "?")


def _lines(
    grid: Grid,
    header: int,
    columns: Sequence[Field],
    found: Mapping[tuple[str, int], int],
    faults: Faults,
) -> Iterator[Line]:
    places = {
        column.key: tuple(found.get((column.key, part)) for part in range(len(column.headings)))
        for column in columns
    }
    for r, row in enumerate(grid.rows[header + 1 :], start=header + 1):
        raw = {
            key: tuple(row[c] if c is not None and c < len(row) else "" for c in at)
            for key, at in places.items()
        }
        cells = {key: tuple(map(cleaned, values)) for key, values in raw.items()}
        broken = {
            c for at in places.values() for c in at if c is not None and (r, c) in grid.broken
        }
        for c in sorted(broken):
            faults.add(kinds.BROKEN_CELL, Spot(grid.name, r, c), value=grid.broken[r, c])
        if not broken and all(cell is None for values in cells.values() for cell in values):
            continue
        spots = {key: tuple(Spot(grid.name, r, c) for c in at) for key, at in places.items()}
        origin = found.get(("", 0))
        before = cleaned(row[origin]) if origin is not None and origin < len(row) else None
        yield Line(Spot(grid.name, r), cells, raw, spots, as_text(before or ""))


def original_text(grids: Sequence[Grid]) -> str | None:
    """Return the text of the file that a workbook was made from, or None where it does not say."""
    grid = next((g for g in grids if g.name == ORIGINAL_SHEET), None)
    if grid is None or not grid.rows or not grid.rows[0] or grid.rows[0][0] != ORIGINAL_MARK:
        return None
    parts: list[str] = []
    for row in grid.rows[1:]:
        text: Cell = row[0] if row else ""
        if not isinstance(text, str) or len(text) < 2 or len(row) < 2:
            return None
        parts.append(text[1:-1] + ("" if row[1] else "\n"))
    return "".join(parts)
