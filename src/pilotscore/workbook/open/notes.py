"""What python-calamine does not tell of a sheet, whatever the format of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SheetNotes:
    """What calamine does not tell of one sheet; cells are (row, column) from 0."""

    error_cells: Mapping[Cell, str] = field(default_factory=dict)
    unsaved_formulas: frozenset[Cell] = frozenset()
    percent_cells: frozenset[Cell] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False


def column_number(letters: str) -> int:
    """Return the column of its letters, from 0: A is 0, XFD is 16383."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
