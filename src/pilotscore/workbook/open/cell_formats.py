"""The number formats of the cells of a sheet, where these change what a number means."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import groupby
from typing import Protocol

from pilotscore.records import dataclass
from pilotscore.workbook.open.number_format import NumberFormat


class CellFormats(Protocol):
    """Says which cells have a number format that matters (:attr:`NumberFormat.matters`)."""

    def __bool__(self) -> bool:
        """Say whether there may be any."""

    def at(self, row: int, column: int) -> NumberFormat | None:
        """Return the format of a cell, from 0; None where it is an ordinary one."""

    def of_column(self, column: int) -> Mapping[int, NumberFormat]:
        """Return the formats of a column by row."""


@dataclass(frozen=True, slots=True)
class FormatsByColumn:
    """Formats by column and row: for readers that meet them one by one."""

    columns: Mapping[int, Mapping[int, NumberFormat]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.columns)

    def at(self, row: int, column: int) -> NumberFormat | None:
        """Return the format of a cell; None where it is an ordinary one."""
        return self.columns.get(column, {}).get(row)

    def of_column(self, column: int) -> Mapping[int, NumberFormat]:
        """Return the formats of a column by row."""
        return self.columns.get(column, {})


@dataclass(frozen=True, slots=True)
class FormatsLaidOver:
    """Formats of a sheet of which some cells have others, or None for an ordinary one."""

    own: CellFormats
    over: Mapping[int, Mapping[int, NumberFormat | None]]

    def __bool__(self) -> bool:
        return bool(self.own) or any(any(column.values()) for column in self.over.values())

    def at(self, row: int, column: int) -> NumberFormat | None:
        """Return the format of a cell; None where it is an ordinary one."""
        over = self.over.get(column, {})
        return over[row] if row in over else self.own.at(row, column)

    def of_column(self, column: int) -> Mapping[int, NumberFormat]:
        """Return the formats of a column by row."""
        over = self.over.get(column)
        if over is None:
            return self.own.of_column(column)
        merged = {**self.own.of_column(column), **over}
        return {row: form for row, form in merged.items() if form is not None}


@dataclass(frozen=True, slots=True)
class FormatsByStyle:
    """Formats by the number of a cell's style, two bytes for each cell.

    ``styles`` has an array for each row from A1 on; ``table`` has the format of each style, None
    for ordinary ones.
    """

    styles: Sequence[array[int]]
    table: Sequence[NumberFormat | None]
    # Rows of one array, which most rows of a sheet share: the first, and the one after the last.
    runs: tuple[tuple[int, int, array[int]], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "runs", tuple(_runs(self.styles)))

    def __bool__(self) -> bool:
        return any(self.table)

    def at(self, row: int, column: int) -> NumberFormat | None:
        """Return the format of a cell; None where it is an ordinary one."""
        if row >= len(self.styles) or column >= len(self.styles[row]):
            return None
        return self.table[self.styles[row][column]]

    def of_column(self, column: int) -> Mapping[int, NumberFormat]:
        """Return the formats of a column by row."""
        form_of: dict[int, NumberFormat] = {}
        for first, end, styles in self.runs:
            form = self.table[styles[column]] if column < len(styles) else None
            if form is not None:
                form_of.update(dict.fromkeys(range(first, end), form))
        return form_of


def _runs(styles: Sequence[array[int]]) -> Iterator[tuple[int, int, array[int]]]:
    """Yield the rows that have one array in common, and that array."""
    first = 0
    for _, rows in groupby(styles, id):
        same = list(rows)
        yield first, first + len(same), same[0]
        first += len(same)
