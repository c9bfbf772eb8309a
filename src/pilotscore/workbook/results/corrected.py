"""Corrections held against what a round has: the cell of each, and what is read there instead."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding, Place
from pilotscore.language import NOTHING, did_you_mean
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook import corrections as kinds
from pilotscore.workbook.corrections import CorrectionFile, CorrectionRow, Filled
from pilotscore.workbook.open.changes import CellChange
from pilotscore.workbook.open.notes import Area, Spot, column_number
from pilotscore.workbook.open.sheets import Book, Sheet
from pilotscore.workbook.open.written_number import WrittenNumber
from pilotscore.workbook.results.submission import Submission
from pilotscore.workbook.tables.headers import HeaderNames, evidence_of
from pilotscore.workbook.values.formatted import text_shown

_ADDRESS = regex(r"(?:(?P<sheet>.+)!)?\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>[1-9]\d{0,6})")


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction that holds: its row, the id of its indicator or fact, the cell, both values.

    ``name`` is '' for a cell that is none of an indicator or a fact; ``book`` the name under which
    the workbook was read.
    """

    row: CorrectionRow
    name: str
    place: Place
    old: str
    new: str
    change: CellChange

    @property
    def book(self) -> str:
        """The workbook."""
        return self.place.file

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "result": self.row.result,
            "item": self.row.item,
            "of": self.name,
            "file": self.place.file,
            "sheet": self.place.sheet,
            "cell": self.place.cell,
            "old": self.old,
            "new": self.new,
            "who": self.row.who,
            "why": self.row.why,
            "date": self.row.day,
        }


def shown(filled: Filled) -> str:
    """Return what a cell holds as it is seen."""
    value = filled.value
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if type(value) is float and filled.form is None:
        return f"{value:.15g}"
    return text_shown(value, filled.form).strip()


def is_same(one: Filled, other: Filled) -> bool:
    """Whether two cells say the same: the same number, day or text, as they are seen."""
    first, second = shown(one), shown(other)
    if normalise(first) == normalise(second):
        return True
    a, b = _number(first), _number(second)
    return a is not None and b is not None and math.isclose(a, b, rel_tol=1e-9)


_DIGITS = frozenset("0123456789.+-eE ")


def _number(text: str) -> float | None:
    # float() takes nan, inf and 1_000 too, which no cell shows for a number.
    try:
        return float(text) if text and set(text) <= _DIGITS else None
    except ValueError:
        return None


def held_against(
    file: CorrectionFile, submission: Submission, names: HeaderNames, opened: Callable[[str], Book]
) -> tuple[tuple[Correction, ...], tuple[Finding, ...]]:
    """Return the corrections of a file with their cells, and what is wrong with them.

    Parameters
    ----------
    file
        As :func:`~pilotscore.workbook.corrections.read_corrections` gave it.
    submission
        What was read for the round.
    names
        The names of its indicators and facts.
    opened
        Gives a workbook of the round by its name, as the round has its cells.
    """
    checking = _Against(submission, names, opened)
    corrections, findings = [], list(file.findings)
    first: dict[Place, int] = {}
    for row in file.rows:
        read = checking.correction(row)
        if isinstance(read, Correction) and read.place in first:
            values = {"cell": str(read.place), "first": first[read.place] + 1}
            read = Finding(kinds.CORRECTED_TWICE, row.place, values)
        if isinstance(read, Finding):
            findings.append(read)
            continue
        first[read.place] = row.row
        corrections.append(read)
    return tuple(corrections), tuple(findings)


def changes_of(corrections: Sequence[Correction]) -> dict[str, tuple[CellChange, ...]]:
    """Return the changes of cells by the name of the workbook."""
    changes: dict[str, tuple[CellChange, ...]] = {}
    for c in corrections:
        changes[c.book] = (*changes.get(c.book, ()), c.change)
    return changes


class _Against:
    """What corrections are held against."""

    def __init__(
        self, submission: Submission, names: HeaderNames, opened: Callable[[str], Book]
    ) -> None:
        self.submission, self.names, self.opened = submission, names, opened
        self.places: dict[str, list[int]] = {}
        for i, name in enumerate(submission.ids):
            self.places.setdefault(name, []).append(i)

    def correction(self, row: CorrectionRow) -> Correction | Finding:
        """Return a correction with its cell, or what is wrong with it."""
        rows = self.places.get(row.result, [])
        if len(rows) != 1:
            near = NOTHING if rows else did_you_mean(row.result, self.places)
            values = {"name": row.result, "near": near}
            return Finding(kinds.UNKNOWN_RESULT, row.place, values)
        cell = self._cell(row, rows[0])
        return cell if isinstance(cell, Finding) else self._checked(row, *cell)

    def _cell(self, row: CorrectionRow, i: int) -> tuple[str, Place] | Finding:
        """Return what is corrected and in which cell."""
        name = self.names.name_of(row.item)
        if name is not None and name in self.names.quantities:
            return self._of_quantity(row, name, self.submission.place(i, name))
        of = evidence_of(row.item, None, self.names)
        if of is not None and of in self.names.quantities:
            return self._of_quantity(row, "", self.submission.evidence_place(i, of))
        place = self._by_header(row, i) or self._by_address(row, i)
        if place is None:
            values = {"item": row.item, "result": row.result}
            return Finding(kinds.UNKNOWN_ITEM, row.item_place, values)
        return place if isinstance(place, Finding) else (self._name_at(i, place), place)

    def _of_quantity(
        self, row: CorrectionRow, name: str, place: Place
    ) -> tuple[str, Place] | Finding:
        if place.column is None:
            values = {"result": row.result, "item": row.item}
            return Finding(kinds.NO_CELL, row.item_place, values)
        return name, place

    def _by_header(self, row: CorrectionRow, i: int) -> Place | None:
        """Return the cell under a header of the table in which a result stands."""
        table = self.submission.tables[int(self.submission.table_of[i])]
        sheet = self._sheet(table.book, table.sheet)
        if sheet is None or table.cells:
            return None
        wanted = normalise(row.item)
        header = sheet.rows[table.header_row] if table.header_row < len(sheet.rows) else []
        columns = [c for c, cell in enumerate(header) if normalise(str(cell)) == wanted]
        if len(columns) != 1:
            return None
        return Place(table.book, table.sheet, int(self.submission.row_of[i]), columns[0])

    def _by_address(self, row: CorrectionRow, i: int) -> Place | Finding | None:
        """Return the cell of an address; in a table it must be in the row of the result."""
        address = _ADDRESS.fullmatch(row.item.strip())
        if address is None:
            return None
        table = self.submission.tables[int(self.submission.table_of[i])]
        name = (address["sheet"] or table.sheet).strip("'")
        if self._sheet(table.book, name) is None:
            return None
        at = int(address["row"]) - 1
        own = int(self.submission.row_of[i])
        if name == table.sheet and not table.cells and at != own:
            values = {"cell": row.item, "result": row.result, "row": own + 1}
            return Finding(kinds.NOT_ITS_CELL, row.item_place, values)
        return Place(table.book, name, at, column_number(address["column"].upper()))

    def _name_at(self, i: int, place: Place) -> str:
        """Return the indicator or fact of a result that stands in a cell, '' for none."""
        at = (n for n in self.names.quantities if self.submission.place(i, n) == place)
        return next(at, "")

    def _is_form(self, place: Place) -> bool:
        """Whether a cell stands on a sheet that is no table with a row for each result."""
        tables = [
            t for t in self.submission.tables if (t.book, t.sheet) == (place.file, place.sheet)
        ]
        return not tables or any(t.cells for t in tables)

    def _sheet(self, book: str, name: str | None) -> Sheet | None:
        return next((s for s in self.opened(book).sheets if s.name == name), None)

    def _checked(self, row: CorrectionRow, name: str, place: Place) -> Correction | Finding:
        sheet = self._sheet(place.file, place.sheet)
        assert sheet is not None and place.row is not None and place.column is not None  # noqa: PT018 - it was found
        spot = (place.row, place.column)
        (top, left), (bottom, _) = next((a for a in sheet.merged if _covers(a, spot)), (spot, spot))
        if bottom > top and not self._is_form(place):
            return Finding(kinds.MERGED, row.item_place, {"cell": str(place), "result": row.result})
        spot = (top, left)
        has = _filled(sheet, spot)
        if not is_same(has, row.old):
            values = {"old": shown(row.old), "has": shown(has), "cell": str(place)}
            return Finding(kinds.OTHER_VALUE, row.old_place, values)
        if is_same(has, row.new):
            values = {"result": row.result, "value": shown(row.new)}
            return Finding(kinds.NO_CHANGE, row.new_place, values)
        change = CellChange(sheet.name, *spot, *_as_cell(row.new, untyped=sheet.untyped))
        at = replace(place, row=spot[0], column=spot[1])
        return Correction(row, name, at, shown(row.old), shown(row.new), change)


def _covers(area: Area, spot: Spot) -> bool:
    (top, left), (bottom, right) = area
    return top <= spot[0] <= bottom and left <= spot[1] <= right


def _filled(sheet: Sheet, spot: Spot) -> Filled:
    error = sheet.notes.error_cells.get(spot)
    return Filled(sheet.cell(*spot) if error is None else error, sheet.notes.formats.at(*spot))


def _as_cell(filled: Filled, *, untyped: bool) -> tuple[Any, Any]:
    """Return what a correction fills in, as the sheet would have read it: value and format."""
    value = filled.value
    if untyped:
        text = shown(filled)
        return (WrittenNumber(text) if _number(text) is not None else text), None
    if isinstance(value, WrittenNumber):
        return float(value), None
    return value, filled.form


def by_path(
    changes: Mapping[str, tuple[CellChange, ...]], names: Mapping[str, str]
) -> dict[str, tuple[CellChange, ...]]:
    """Return changes by the path of the workbook, of which ``names`` has the names by path."""
    return {path: changes[name] for path, name in names.items() if name in changes}
