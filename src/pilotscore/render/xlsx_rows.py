"""Rows of tables straight into the part of a sheet, for tables of many thousand rows.

XlsxWriter keeps every cell as an object until it writes it. Here a row is made when the part is
written: as one text, with whatever of a cell is the same in the whole column made once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from numbers import Integral
from typing import Any

import numpy as np
from xlsxwriter.format import Format
from xlsxwriter.sharedstrings import SharedStringTable
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pilotscore.document import shown
from pilotscore.language import Lang, Text

LONGEST = 32_767  # characters in a cell, as Excel has it
_AS_THEY_ARE = frozenset({int, type(None)})
_YES_NO = (Text("否", "no"), Text("是", "yes"))


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table from the row ``first`` of a sheet on.

    ``formats`` has one of each column; ``height`` gives the points of a row with such cells, or
    None for those that a row has by itself.
    """

    first: int
    values: Sequence[Sequence[Any]]
    formats: Sequence[Format]
    lang: Lang
    height: Callable[[Sequence[Any]], float | None] = lambda _: None

    @property
    def last(self) -> int:
        """The last row."""
        return self.first + len(self.values) - 1

    def cells(self, number: int) -> list[Any]:
        """Return the cells of a row of the sheet as a reader sees them."""
        return [as_cell(x, self.lang) for x in self.values[number - self.first]]


def as_cell(value: Any, lang: Lang) -> Any:
    """Return a value as a cell holds it: a number, a text, or None."""
    kind = type(value)
    if kind is float:
        return value if value - value == 0.0 else shown(value, lang)
    if kind is str:
        return value[:LONGEST] or None
    if kind is int or value is None:
        return value
    if isinstance(value, bool | np.bool_):
        return _YES_NO[bool(value)].to(lang)
    said = shown(value, lang)
    if isinstance(said, str):
        return said[:LONGEST] or None
    return said if said is None else int(said) if isinstance(said, Integral) else float(said)


class GrowingTexts(SharedStringTable):  # type: ignore[misc]
    """The shared texts of a workbook, which grow until they are written, after all sheets."""

    def __init__(self) -> None:
        super().__init__()
        self._get_shared_string_index("")  # a workbook without any has no part for them

    def _get_shared_string_index(self, string: str) -> int:
        self.count += 1
        place: int | None = self.string_table.get(string)
        if place is None:
            place = self.string_table[string] = len(self.string_array)
            self.string_array.append(string)
            self.unique_count += 1
        return place

    def _sort_string_data(self) -> None:
        """Nothing: they are in order."""


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
            self.fh.writelines(self._texts(block))
            low = block.last + 1
        self._write_between(low, high)
        self.dim_rowmax = high

    def _write_between(self, low: int, high: int) -> None:
        """Write the rows that XlsxWriter keeps itself."""
        if low <= high:
            self.dim_rowmin, self.dim_rowmax = low, high
            super()._write_rows()

    def _texts(self, block: Rows) -> Iterator[str]:
        """Yield each row as the XML that it is in the part."""
        columns = [
            (f'<c r="{xl_col_to_name(c)}', f'" s="{x._get_xf_index()}"')
            for c, x in enumerate(block.formats)
        ]
        lang = block.lang
        place_of = self.str_table._get_shared_string_index
        for number, row in enumerate(block.values, start=block.first + 1):
            cells = [
                x
                if (kind := type(x)) in _AS_THEY_ARE or (kind is float and x - x == 0.0)
                else as_cell(x, lang)
                for x in row
            ]
            inner = [
                f"{column}{number}{style}/>"
                if cell is None
                else f'{column}{number}{style} t="s"><v>{place_of(cell)}</v></c>'
                if type(cell) is str
                else f"{column}{number}{style}><v>{cell!r}</v></c>"
                for (column, style), cell in zip(columns, cells, strict=True)
            ]
            points = block.height(cells)
            high = "" if points is None else f' ht="{points:g}" customHeight="1"'
            yield f'<row r="{number}"{high}>{"".join(inner)}</row>'

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
