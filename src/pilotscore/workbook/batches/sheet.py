"""A sheet of batch data or a time series as columns of numbers, each with its cell."""

from __future__ import annotations

from collections.abc import Mapping

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.findings import Place
from pilotscore.records import dataclass
from pilotscore.workbook.batches.header import Layout
from pilotscore.workbook.open.notes import Spot
from pilotscore.workbook.values.cells import Remark


@dataclass(frozen=True, slots=True, eq=False)
class BatchRows:
    """The rows of a sheet: whose, of which batch, when, and what became of it. Shape (k,) each.

    ``rows`` are rows of the sheet, from 0; ``begin``, ``end`` and ``hours`` are in hours,
    ``months`` is the time of storage, all nan where not stated; ``judged`` is 1, 0, or -1 where
    nothing is said; ``parts`` is which cask, drum or sublot of the batch, '' where not stated.
    """

    rows: Ints
    results: list[str]
    batches: list[str]
    begin: Floats
    end: Floats
    hours: Floats
    months: Floats
    scale: Codes
    status: Codes
    judged: Codes
    reasons: list[str]
    parts: list[str]


@dataclass(frozen=True, slots=True, eq=False)
class BatchValues:
    """The values of a sheet, shape (v,) each: of which row and characteristic, with its limits.

    ``name`` and ``unit`` are places in ``names`` and ``units``; ``faulty`` marks a cell that holds
    no number, ``open`` one that states a bound only: -1 for below it, 1 for above.
    """

    row: Ints
    name: Ints
    unit: Ints
    column: Ints
    value: Floats
    lower: Floats
    upper: Floats
    target: Floats
    faulty: Bools
    bad_limit: Bools
    open: Codes


@dataclass(frozen=True, slots=True, eq=False)
class BatchSheet:
    """What was read of one sheet; ``has_ids`` is whether it has a column of result ids.

    ``texts`` has what stands in the cells (row, column) that hold no number, ``limit_texts`` the
    first such limit of a column of values; ``broken`` has what is to be said of error cells and
    formulas without a result that stand beside the values. ``limit_columns`` hold limits of others,
    ``unread`` ones were not read.
    """

    book: str
    sheet: str
    layout: Layout
    has_ids: bool
    columns: Mapping[str, int]
    rows: BatchRows
    values: BatchValues
    names: tuple[str, ...]
    units: tuple[str, ...]
    texts: Mapping[Spot, str]
    limit_texts: Mapping[int, str]
    broken: Mapping[Spot, Remark]
    header_row: int
    header_texts: Mapping[int, str]
    limit_columns: tuple[int, ...]
    unread: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.rows.rows)

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """Return where a cell is, a row, or the sheet as a whole."""
        return Place(self.book, self.sheet, row, column)
