"""What is known of a sheet beside the values of its cells, whatever the format of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from pilotscore.records import dataclass
from pilotscore.workbook.open.cell_formats import CellFormats, FormatsByColumn
from pilotscore.workbook.open.number_format import NumberFormat

# A cell by its row and column, from 0; an area by its first and its last cell.
Spot = tuple[int, int]
Area = tuple[Spot, Spot]


@dataclass(frozen=True, slots=True)
class SheetNotes:
    """What is known of the cells of one sheet beside their values.

    ``unsaved_formulas`` have no stored value; ``uncalculated`` ones have a stored 0 that nobody
    calculated; ``formats`` are those number formats that change what a number means.
    """

    error_cells: Mapping[Spot, str] = field(default_factory=dict)
    unsaved_formulas: frozenset[Spot] = frozenset()
    uncalculated: frozenset[Spot] = frozenset()
    formats: CellFormats = field(default_factory=FormatsByColumn)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False
    comments: Mapping[Spot, str] = field(default_factory=dict)

    @property
    def without_result(self) -> frozenset[Spot]:
        """The formulas whose result nobody has calculated; they read as blank."""
        return self.unsaved_formulas | self.uncalculated


@dataclass(slots=True)
class NotesTaken:
    """The notes of one sheet while they are taken."""

    error_cells: dict[Spot, str] = field(default_factory=dict)
    unsaved_formulas: set[Spot] = field(default_factory=set)
    uncalculated: set[Spot] = field(default_factory=set)
    formats: dict[int, dict[int, NumberFormat]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    comments: dict[Spot, str] = field(default_factory=dict)

    def add_format(self, row: int, column: int, form: NumberFormat) -> None:
        """Note the number format of a cell."""
        self.formats.setdefault(column, {})[row] = form

    def notes(self) -> SheetNotes:
        """Return the notes as they are kept."""
        return SheetNotes(
            self.error_cells,
            frozenset(self.unsaved_formulas),
            frozenset(self.uncalculated),
            FormatsByColumn(self.formats),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            self.filtered,
            self.comments,
        )


def column_number(letters: str) -> int:
    """Return the column of its letters, from 0: A is 0, XFD is 16383."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
