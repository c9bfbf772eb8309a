"""The rows of a criteria workbook's sheets: where each column is, and what each row holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from pilotscore.criteria.names import normalise
from pilotscore.criteria.parts import both
from pilotscore.criteria_book import kinds
from pilotscore.criteria_book.cells import Cell, Cells, as_text, cleaned
from pilotscore.criteria_book.layout import (
    AUTOMATIC,
    ORIGIN,
    ORIGINAL_MARK,
    ORIGINAL_SHEET,
    BookField,
)
from pilotscore.findings import Finding, Kind, Place
from pilotscore.language import LANGS, Text, Words
from pilotscore.records import dataclass
from pilotscore.workbook.open.sheets import Sheet

_MOST_ROWS_ABOVE = 10
_UNSAVED = Text("未计算", "not worked out")


def in_book(place: Place) -> str:
    """Return a place as a fault of the same workbook speaks of it: without the file."""
    return str(replace(place, file="")).lstrip()


@dataclass(frozen=True, slots=True)
class Line:
    """A row with content: its cells and their places by the key of the field."""

    place: Place
    cells: Mapping[str, Cells]
    raw: Mapping[str, tuple[Any, ...]]
    places: Mapping[str, tuple[Place, ...]]
    origin: str = ""

    def first(self, key: str) -> tuple[Cell, Place]:
        """Return the first cell of a field, and where it is."""
        return self.cells[key][0], self.places[key][0]


@dataclass(slots=True)
class Faults:
    """The faults of one workbook, as they are found."""

    file: str
    entries: list[Finding] = field(default_factory=list)

    def add(self, kind: Kind, place: Place | None, /, **values: Any) -> None:
        """Add a fault at a cell, or of the workbook as a whole."""
        self.entries.append(Finding(kind, place or Place(self.file), values))


def find_sheet(sheets: Sequence[Sheet], name: Text) -> Sheet | None:
    """Return the sheet of a name, also where one of its two languages was dropped."""
    return next((s for s in sheets if normalise(s.name) in _names(name)), None)


def lines_of(sheet: Sheet, columns: Sequence[BookField], faults: Faults) -> list[Line]:
    """Return the rows of a sheet that hold anything; what is wrong with its columns is a fault.

    Parameters
    ----------
    sheet
        The sheet.
    columns
        Its columns; each must be there, wherever it stands, but for those of later versions.
    faults
        Takes what is wrong.
    """
    header, at = _header(sheet, columns)
    for column in columns:
        for part, heading in enumerate(column.headings):
            if (column.key, part) not in at and not column.later:
                faults.add(kinds.NO_COLUMN, Place(faults.file, sheet.name, header), name=heading)
    _check_unknown(sheet, header, set(at.values()), faults)
    return list(_lines(sheet, header, _Columns(columns, at), faults))


def _names(heading: Words) -> tuple[str, ...]:
    """Return the forms of a heading or a name: in both languages, then in either alone."""
    return tuple(map(normalise, (both(heading, ""), *(heading.to(lang) for lang in LANGS))))


def _header(sheet: Sheet, columns: Sequence[BookField]) -> tuple[int, dict[tuple[str, int], int]]:
    """Return the row of headings, and the column of each cell of each field."""
    headings = [
        ((column.key, part), _names(heading))
        for column in columns
        for part, heading in enumerate(column.headings)
    ]
    wanted: dict[str, tuple[str, int]] = {}
    for n in range(3):  # both languages first, then either alone
        for key, names in headings:
            wanted.setdefault(names[n], key)
    for name in _names(ORIGIN):
        wanted.setdefault(name, ("", 0))
    best: tuple[int, dict[tuple[str, int], int]] = (0, {})
    for r, row in enumerate(sheet.rows[:_MOST_ROWS_ABOVE]):
        at: dict[tuple[str, int], int] = {}
        for c, cell in enumerate(row):
            known = wanted.get(normalise(cell)) if isinstance(cell, str) else None
            if known is not None:
                at.setdefault(known, c)
        if len(at) > len(best[1]):
            best = (r, at)
    return best


def _at(row: Sequence[Any], c: int | None) -> Any:
    """Return a cell of a row, '' where there is none."""
    return row[c] if c is not None and c < len(row) else ""


def _check_unknown(sheet: Sheet, header: int, known: set[int], faults: Faults) -> None:
    """Find columns that are not ours and hold something, for it would be lost."""
    automatic = {name for heading in AUTOMATIC for name in _names(heading)}
    headings = sheet.rows[header] if header < len(sheet.rows) else []
    for c in range(max((len(row) for row in sheet.rows), default=0)):
        name = as_text(cleaned(_at(headings, c)) or "")
        if c in known or normalise(name) in automatic:
            continue
        below = enumerate(sheet.rows[header + 1 :], start=header + 1)
        filled = next((r for r, row in below if cleaned(_at(row, c)) is not None), None)
        if filled is not None:
            place = Place(faults.file, sheet.name, header if name else filled, c)
            faults.add(kinds.UNKNOWN_COLUMN, place, name=name.replace("\n", " ") or "?")


class _Columns:
    """Where the cells of each field are; None for those that were not found."""

    def __init__(self, fields: Sequence[BookField], at: Mapping[tuple[str, int], int]) -> None:
        self.at: dict[str, tuple[int | None, ...]] = {
            field.key: tuple(at.get((field.key, n)) for n in range(len(field.headings)))
            for field in fields
        }
        self.origin = at.get(("", 0))


def _lines(sheet: Sheet, header: int, columns: _Columns, faults: Faults) -> Iterator[Line]:
    ours = {c for at in columns.at.values() for c in at if c is not None}
    broken: dict[tuple[int, int], Any] = dict.fromkeys(sheet.notes.without_result, _UNSAVED)
    broken |= sheet.notes.error_cells
    for r, row in enumerate(sheet.rows[header + 1 :], start=header + 1):
        place = Place(faults.file, sheet.name, r)
        wrong = sorted(c for c in ours if (r, c) in broken)
        for c in wrong:
            faults.add(kinds.BROKEN_CELL, replace(place, column=c), value=broken[r, c])
        raw = {key: tuple(_at(row, c) for c in at) for key, at in columns.at.items()}
        cells = {key: tuple(map(cleaned, values)) for key, values in raw.items()}
        if not wrong and all(cell is None for values in cells.values() for cell in values):
            continue
        places = {k: tuple(replace(place, column=c) for c in at) for k, at in columns.at.items()}
        origin = as_text(cleaned(_at(row, columns.origin)) or "")
        yield Line(place, cells, raw, places, origin)


def original_text(sheets: Sequence[Sheet]) -> str | None:
    """Return the text of the file that a workbook was made from, or None where it does not say."""
    rows = next((s.rows for s in sheets if s.name == ORIGINAL_SHEET), [])
    if not rows or _at(rows[0], 0) != ORIGINAL_MARK:
        return None
    parts: list[str] = []
    for row in rows[1:]:
        text = _at(row, 0)
        if not isinstance(text, str) or len(text) < 2 or len(row) < 2:
            return None
        parts.append(text[1:-1] + ("" if row[1] else "\n"))
    return "".join(parts)
