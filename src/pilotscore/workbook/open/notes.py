"""What python-calamine does not tell of a sheet, whatever the format of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# A cell by its row and column, from 0; an area by its first and its last cell.
Spot = tuple[int, int]
Area = tuple[Spot, Spot]


@dataclass(frozen=True, slots=True)
class SheetNotes:
    """What calamine does not tell of one sheet."""

    error_cells: Mapping[Spot, str] = field(default_factory=dict)
    unsaved_formulas: frozenset[Spot] = frozenset()
    percent_cells: frozenset[Spot] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False


@dataclass(slots=True)
class NotesTaken:
    """The notes of one sheet while they are taken."""

    error_cells: dict[Spot, str] = field(default_factory=dict)
    unsaved_formulas: set[Spot] = field(default_factory=set)
    percent_cells: set[Spot] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False

    def notes(self) -> SheetNotes:
        """Return the notes as they are kept."""
        return SheetNotes(
            self.error_cells,
            frozenset(self.unsaved_formulas),
            frozenset(self.percent_cells),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            self.filtered,
        )


def column_number(letters: str) -> int:
    """Return the column of its letters, from 0: A is 0, XFD is 16383."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
