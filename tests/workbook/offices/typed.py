"""What a person typed into a workbook, cell by cell: the truth that a reading is held against.

Nothing here knows of the reader: values are in the own unit of the indicator because the maker
began with them, and wrote them as an office would.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

State = Literal["value", "blank", "not_measured", "not_applicable"]
Value = float | str | None


@dataclass(frozen=True, slots=True)
class Typed:
    """A value as it was meant: of which result and quantity, in which cell, under which header."""

    result: str
    name: str
    sheet: str
    cell: tuple[int, int]
    header: tuple[int, int]
    state: State
    value: Value
    text: str


@dataclass(frozen=True, slots=True)
class Headed:
    """A header, or the name of an item of a form, and what it means (None: nothing of ours)."""

    sheet: str
    cell: tuple[int, int]
    text: str
    means: str | None


@dataclass(frozen=True, slots=True)
class TypedBatch:
    """A value of a batch: of which result, batch and characteristic, and in which cell."""

    result: str
    batch: str
    of: str
    value: float
    sheet: str
    cell: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Written:
    """A cell as an office writes it: a value, and a number format of its own."""

    value: Any
    format: str | None = None

    @property
    def text(self) -> str:
        """What is typed, as letters."""
        return str(self.value)


@dataclass(slots=True)
class Page:
    """A sheet: cells by row and column from 0, merged areas, what is hidden."""

    name: str
    cells: dict[tuple[int, int], Written] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    visible: bool = True

    def put(self, row: int, column: int, value: Any, form: str | None = None) -> None:
        """Write a cell; None and '' leave it blank."""
        if isinstance(value, Written):
            value, form = value.value, value.format
        if value is not None and value != "":
            self.cells[row, column] = Written(value, form)

    def merge(self, top: int, left: int, bottom: int, right: int, value: Any) -> None:
        """Write a value over several cells."""
        self.put(top, left, value)
        if (top, left) != (bottom, right):
            self.merged.append((top, left, bottom, right))

    @property
    def next_row(self) -> int:
        """The first row below all that is written."""
        return max((r for r, _ in self.cells), default=-1) + 1


@dataclass(slots=True)
class OfficeBook:
    """A workbook of an office, with the truth of it."""

    name: str
    ending: str
    pages: list[Page] = field(default_factory=list)
    typed: list[Typed] = field(default_factory=list)
    heads: list[Headed] = field(default_factory=list)
    batches: list[TypedBatch] = field(default_factory=list)
    # Of each result: a sheet, and the row (of a table) that it stands in; None for a form.
    results: dict[str, tuple[str, int | None]] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.{self.ending}"

    def page(self, name: str) -> Page:
        """Add a sheet."""
        self.pages.append(Page(name))
        return self.pages[-1]


Maker = Callable[[], OfficeBook]
