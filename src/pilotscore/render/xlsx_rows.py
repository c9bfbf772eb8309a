"""Rows of tables straight into the part of a sheet, for tables of many thousand rows.

XlsxWriter keeps every cell as an object until it writes it. Here rows are made when the part is
written, some hundred at a time and column by column: what a column holds is looked at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import isfinite
from numbers import Integral
from typing import Any

import numpy as np
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pilotscore.document import shown
from pilotscore.language import Lang, Text
from pilotscore.records import dataclass
from pilotscore.render.xlsx_texts import GrowingTexts

LONGEST = 32_767  # characters in a cell, as Excel has it
_AT_ONCE = 256  # rows that are made at once
_NUMBERS, _TEXT = frozenset({float, int}), frozenset({str})
_PLAIN = _NUMBERS | {type(None)}
_YES_NO = (Text("否", "no"), Text("是", "yes"))

Cells = Sequence[Any]
Heights = Callable[[Sequence[Cells]], Sequence[float | None]]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table from the row ``first`` of a sheet on.

    ``formats`` has one of each column; ``heights`` gives, for columns of cells, the points of each
    row, or None for those that a row has by itself.
    """

    first: int
    values: Sequence[Sequence[Any]]
    formats: Sequence[Format]
    lang: Lang
    heights: Heights = lambda columns: [None] * len(columns[0])

    @property
    def last(self) -> int:
        """The last row."""
        return self.first + len(self.values) - 1

    def cells(self, number: int) -> list[Any]:
        """Return the cells of a row of the sheet as a reader sees them."""
        return [as_cell(x, self.lang) for x in self.values[number - self.first]]

    def columns(self) -> Iterator[tuple[int, list[list[Any]]]]:
        """Yield some rows after the others, as columns of cells, with the number of the first."""
        for start in range(0, len(self.values), _AT_ONCE):
            some = self.values[start : start + _AT_ONCE]
            yield self.first + start, [as_cells(x, self.lang) for x in zip(*some, strict=True)]


def as_cell(value: Any, lang: Lang) -> Any:
    """Return a value as a cell holds it: a number, a text, or None."""
    kind = type(value)
    if kind is float:
        return value if value - value == 0.0 else shown(value, lang)
    if kind is str:
        return value[:LONGEST] or None
    if kind is int or value is None:
        return value
    if hasattr(value, "to"):
        return value.to(lang)[:LONGEST] or None
    if isinstance(value, bool | np.bool_):
        return _YES_NO[bool(value)].to(lang)
    said = shown(value, lang)
    if isinstance(said, str):
        return said[:LONGEST] or None
    return said if said is None else int(said) if isinstance(said, Integral) else float(said)


def as_cells(column: Cells, lang: Lang) -> list[Any]:
    """Return the values of a column as cells hold them."""
    kinds = set(map(type, column))
    if kinds <= _PLAIN and isfinite(sum(filter(None, column))):  # of which none is infinite or nan
        return list(column)
    if kinds == _TEXT:
        return [x[:LONGEST] or None for x in column]
    return [as_cell(x, lang) for x in column]


class RowsSheet(Worksheet):  # type: ignore[misc]
    """A sheet of XlsxWriter, some rows of which are those of tables."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Rows] = []
        self.dim_rowmax: int | None

    def add_rows(self, rows: Rows) -> None:
        """Add rows, below those that were added before."""
        if rows.values and rows.formats:
            self.blocks.append(rows)
            self._check_dimensions(rows.first, 0)
            self._check_dimensions(rows.last, len(rows.formats) - 1)

    def _write_rows(self) -> None:
        low, high = int(self.dim_rowmin or 0), int(self.dim_rowmax or 0)
        for block in self.blocks:
            self._write_between(low, block.first - 1)
            self.fh.writelines(_written(block, self.str_table))
            low = block.last + 1
        self._write_between(low, high)
        self.dim_rowmax = high

    def _write_between(self, low: int, high: int) -> None:
        """Write the rows that XlsxWriter keeps itself."""
        if low <= high:
            self.dim_rowmin, self.dim_rowmax = low, high
            super()._write_rows()

    def _get_range_data(self, row_start: int, col_start: int, row_end: int, col_end: int) -> Any:
        """Return what a chart keeps of the cells that it is of."""
        if row_start != row_end and col_start != col_end:
            return super()._get_range_data(row_start, col_start, row_end, col_end)
        data: list[Any] = []
        for number in range(row_start, row_end + 1):
            block = next((b for b in self.blocks if b.first <= number <= b.last), None)
            if block is None:
                data += super()._get_range_data(number, col_start, number, col_end)
                continue
            cells = block.cells(number)[col_start : col_end + 1]
            data += ["" if x is None else x if isinstance(x, str) else f"{x:.16g}" for x in cells]
        return data


def _written(block: Rows, texts: GrowingTexts) -> Iterator[str]:
    """Yield rows as the XML that they are in the part of a sheet, some at a time."""
    ends = [
        (f'<c r="{xl_col_to_name(c)}', f'" s="{x._get_xf_index()}"')
        for c, x in enumerate(block.formats)
    ]
    for first, columns in block.columns():
        numbers = range(first + 1, first + 1 + len(columns[0]))
        written = (
            _column(cells, numbers, end, texts) for cells, end in zip(columns, ends, strict=True)
        )
        yield "".join(
            f'<row r="{n}"{_high(points)}>{"".join(row)}</row>'
            for n, points, *row in zip(numbers, block.heights(columns), *written, strict=True)
        )


def _high(points: float | None) -> str:
    return "" if points is None else f' ht="{points:g}" customHeight="1"'


def _column(
    cells: Cells, numbers: Iterable[int], ends: tuple[str, str], texts: GrowingTexts
) -> list[str]:
    """Return the cells of a column as XML; around the number of a row stand its ``ends``."""
    place, look = ends
    kinds = set(map(type, cells))
    rows = zip(numbers, cells, strict=True)
    if kinds <= _NUMBERS:
        return [f"{place}{n}{look}><v>{x!r}</v></c>" for n, x in rows]
    if kinds == _TEXT:
        ended = zip(numbers, texts.ends(cells), strict=True)
        return [f"{place}{n}{look}{end}" for n, end in ended]
    return [
        f"{place}{n}{look}/>"
        if x is None
        else f"{place}{n}{look}{texts.ends((x,))[0]}"
        if type(x) is str
        else f"{place}{n}{look}><v>{x!r}</v></c>"
        for n, x in rows
    ]
