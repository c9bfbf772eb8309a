"""Pages of what was understood of sheets of batches and time series."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.criteria.names import bracketed
from pilotscore.workbook.batches.sheet import BatchSheet
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.results.heads import written_at
from pilotscore.workbook.results.pages import span_of
from pilotscore.workbook.results.understood import (
    ColumnRead,
    Head,
    Match,
    MeasuredRead,
    PageRead,
    Role,
    Sample,
)


def batch_page(sheet: Sheet, read: BatchSheet) -> PageRead:
    """Return what was understood of a sheet of batches: its columns, then its characteristics.

    Where each row holds one value, the characteristics stand below the columns, without a column of
    their own.
    """
    columns = [*_known(sheet, read), *_measured(sheet, read), *_unread(sheet, read)]
    columns.sort(key=lambda c: c.head.column)
    if read.layout == "long":
        columns += _characteristics(sheet, read)
    batches = len(set(zip(read.rows.results, read.rows.batches, strict=True)))
    return PageRead(read.layout, (read.place(read.header_row),), batches, tuple(columns))


def _column(
    sheet: Sheet, read: BatchSheet, column: int, role: Role, name: str, matched: Match
) -> ColumnRead:
    """Return a column by its cells in the rows that were read."""
    text = " ".join(read.header_texts.get(column, "").split())
    head = Head(0, read.header_row, column, text, role, name, matched, bracketed(text) or None)
    filled = [r for r in read.rows.rows.tolist() if sheet.cell(r, column) != ""]
    sample = _sample(sheet, filled[0], column) if filled else None
    return ColumnRead(head, len(filled), len(read), sample=sample)


def _sample(sheet: Sheet, row: int, column: int) -> Sample:
    return Sample(row, column, written_at(sheet, row, column), 0)


def _known(sheet: Sheet, read: BatchSheet) -> Iterator[ColumnRead]:
    for name, column in read.columns.items():
        yield _column(sheet, read, column, "batch", name, "name")
    for column in read.limit_columns:
        yield _column(sheet, read, column, "batch", "limit", "name")


def _unread(sheet: Sheet, read: BatchSheet) -> Iterator[ColumnRead]:
    for column in read.unread:
        yield _column(sheet, read, column, "unread", "", "none")


def _measured(sheet: Sheet, read: BatchSheet) -> Iterator[ColumnRead]:
    """Yield the columns of characteristics or tags of a wide sheet."""
    if read.layout == "long":
        return
    for column in np.unique(read.values.column).tolist():
        some = read.values.column == column
        yield _of_values(sheet, read, some, read.header_row, column, len(read))


def _characteristics(sheet: Sheet, read: BatchSheet) -> Iterator[ColumnRead]:
    """Yield the characteristics of a sheet with one value in each row."""
    for place in np.unique(read.values.name).tolist():
        some = read.values.name == place
        yield _of_values(sheet, read, some, read.header_row, read.columns["value"], int(some.sum()))


def _of_values(
    sheet: Sheet, read: BatchSheet, some: Bools, row: int, column: int, of: int
) -> ColumnRead:
    """Return what the values of one characteristic come to."""
    v = read.values
    first = int(some.argmax())
    name, unit = read.names[int(v.name[first])], read.units[int(v.unit[first])]
    text = name if read.layout == "long" else read.header_texts.get(column, name)
    text = " ".join(text.split())
    head = Head(0, row, column, text, "characteristic", name, "name", unit or None)
    sample = _sample(sheet, int(read.rows.rows[v.row[first]]), column)
    numbers = np.where(v.faulty, np.nan, v.value)
    own = float(numbers[first])
    return ColumnRead(
        head,
        int(some.sum()),
        of,
        span_of(numbers[some]),
        sample=sample,
        read=None if np.isnan(own) else own,
        measured=MeasuredRead(_first(v.lower[some]), _first(v.upper[some])),
    )


def _first(limits: Floats) -> float:
    """Return the first limit that is stated, nan where none is."""
    stated = limits[~np.isnan(limits)]
    return float(stated[0]) if len(stated) else math.nan
