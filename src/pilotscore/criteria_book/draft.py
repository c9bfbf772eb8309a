"""A criteria set while it is read from a workbook, each part of it with its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from pilotscore.criteria.checks.outline import near_or_first
from pilotscore.criteria.places import DataPath
from pilotscore.criteria_book import kinds
from pilotscore.criteria_book.addresses import have_ids, items_of
from pilotscore.criteria_book.cells import (
    ABSENT,
    Codec,
    WrongCellError,
    alike,
    as_text,
    fitted,
    in_order,
    is_blank,
)
from pilotscore.criteria_book.layout import NESTED, BookField, EntryTable, tables
from pilotscore.criteria_book.lines import Faults, Line, in_book, lines_of
from pilotscore.findings import Finding, Place
from pilotscore.language import Text, Words
from pilotscore.records import dataclass
from pilotscore.workbook.open.sheets import Sheet

QUANTITIES = ("indicators", "facts")
A_NUMBER = Text("数值", "a number")


@dataclass(frozen=True, slots=True)
class EditedCriteria:
    """What a criteria workbook says: plain data, where each path stands, and what is wrong."""

    data: dict[str, Any]
    places: dict[DataPath, Place]
    faults: tuple[Finding, ...]

    def place(self, path: DataPath) -> Place | None:
        """Return the cell of a path, or of what is around it."""
        ends = range(len(path), 0, -1)
        return next((self.places[path[:end]] for end in ends if path[:end] in self.places), None)


@dataclass(slots=True)
class Entry:
    """An entry that is being read: its values so far, what it was before, and its cells."""

    table: EntryTable
    name: str
    place: Place
    before: dict[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[DataPath, Place] = field(default_factory=dict)
    categories: list[Entry] = field(default_factory=list)
    owner: str = ""

    def finished(self) -> dict[str, Any]:
        """Return the entry with its keys in their order."""
        values = dict(self.values)
        if self.categories:
            values["table"] = [c.finished() for c in self.categories]
        return in_order(values, self.before, self.table.usual)

    def places(self, at: DataPath) -> dict[DataPath, Place]:
        """Return where the parts of the entry stand, it being at a path."""
        places = {at: self.place} | {(*at, *path): place for path, place in self.cells.items()}
        for n, category in enumerate(self.categories):
            places |= category.places((*at, "table", n))
        return places


@dataclass(slots=True)
class Draft:
    """A criteria set as far as its workbook has been read.

    Attributes
    ----------
    faults
        What is wrong so far.
    sheets
        The sheets by the names of their tables; those that are not there are None.
    original
        The data of the file that the workbook was made from.
    top, nested, entries
        The values of the set, those of its parts, and its entries by table and id.
    places
        Where the values of the set stand.
    """

    faults: Faults
    sheets: Mapping[Text, Sheet | None]
    original: dict[str, Any]
    top: dict[str, Any] = field(default_factory=dict)
    nested: dict[str, dict[str, Any]] = field(default_factory=lambda: {n: {} for n in NESTED})
    entries: dict[str, dict[str, Entry]] = field(default_factory=lambda: {n: {} for n in tables()})
    places: dict[DataPath, Place] = field(default_factory=dict)

    def lines(self, name: Text, columns: Iterable[BookField]) -> list[Line]:
        """Return the rows of a sheet that hold anything."""
        sheet = self.sheets[name]
        return [] if sheet is None else lines_of(sheet, tuple(columns), self.faults)

    def value(self, codec: Codec, line: Line, key: str, before: Any, name: Words) -> Any:
        """Return the value of a field: that of before where its cells still show it."""
        cells = line.cells[key]
        if before is not ABSENT:
            shown = fitted(codec, before)
            if shown is not None and alike(cells, shown):
                return before
        if is_blank(cells):
            return ABSENT
        try:
            return codec.read(cells)
        except WrongCellError as error:
            self.wrong(line, key, error.wanted, name, error.part)
            return ABSENT

    def wrong(self, line: Line, key: str, wanted: Words, name: Words | str, part: int = 0) -> None:
        """Add the fault of a cell that cannot be read."""
        part = min(part, len(line.cells[key]) - 1)
        value = line.cells[key][part]
        shown = "—" if value is None else as_text(value)
        place = line.places[key][part]
        self.faults.add(kinds.WRONG_CELL, place, name=name, value=shown, wanted=wanted)

    def needed(self, line: Line, key: str, name: Words) -> str | None:
        """Return the id in a cell; where it is blank, that is a fault."""
        cell, place = line.first(key)
        if cell is None:
            self.faults.add(kinds.NO_ID_IN_ROW, place, name=name)
            return None
        return as_text(cell)

    def repeated(self, place: Place, name: str, first: Place) -> None:
        """Add the fault of something that stands in the workbook already."""
        self.faults.add(kinds.REPEATED_IN_BOOK, place, name=name, place=in_book(first))

    def unknown(self, place: Place, name: str, what: Words, known: Iterable[str]) -> None:
        """Add the fault of a name that is not there."""
        near = near_or_first(name, list(known)) or "—"
        self.faults.add(kinds.UNKNOWN_IN_BOOK, place, name=name, what=what, near=near)

    def fill(self, entry: Entry, line: Line, fields: Iterable[BookField]) -> None:
        """Read the fields of an entry from its row."""
        for column in fields:
            key, codec, places = column.key, column.codec, line.places[column.key]
            entry.cells[key,] = places[0]
            if codec.keys:
                entry.cells |= {(key, k): p for k, p in zip(codec.keys, places, strict=True)}
            before = entry.before.get(key, ABSENT)
            value = self.value(codec, line, key, before, column.heading)
            if value is not ABSENT:
                entry.values[key] = value


def entries_before(original: dict[str, Any], name: str) -> dict[str, dict[str, Any]]:
    """Return the entries of a table in the file that a workbook was made from, by id."""
    if name != "indicators":
        return by_id(items_of(original, name))
    entries: dict[str, dict[str, Any]] = by_id(items_of(original, name))
    for dimension in by_id(items_of(original, "dimensions")).values():
        entries |= by_id(dimension.get("indicators"))
    return entries


def by_id(items: Any) -> dict[str, dict[str, Any]]:
    """Return entries by their ids; none where they have none that cells can hold."""
    return {x["id"]: x for x in items} if have_ids(items) else {}
