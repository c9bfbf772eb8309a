"""Tells rows that are no results by their numbers: what sums up, and what numbers the columns."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from pilotscore.patterns import regex
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.tables.row_labels import RowKind
from pilotscore.workbook.values.cells import is_number

_FEWEST_ROWS = 2
_FEWEST_NUMBERS = 2
_SUMS: tuple[tuple[RowKind, Callable[[Sequence[float]], float]], ...] = (
    (RowKind.TOTAL, math.fsum),
    (RowKind.AVERAGE, lambda x: math.fsum(x) / len(x)),
)


def summed_as(
    sheet: Sheet, row: int, above: Sequence[int], columns: Sequence[int]
) -> RowKind | None:
    """Return of what kind the numbers of a row are of those above it; None where of none.

    Each column may be summed up in its own way (percentages are averaged, amounts added), but every
    number has to be a sum or a mean of two rows at least, and of numbers that differ where all of
    them are means: a row like those above is none.

    Parameters
    ----------
    sheet
        The sheet.
    row
        The row in question.
    above
        The rows of results above it.
    columns
        The columns of numbers.
    """
    if len(above) < _FEWEST_ROWS:
        return None
    seen: list[RowKind] = []
    differ = False
    for column in columns:
        cell = sheet.cell(row, column)
        if not is_number(cell):
            continue
        cells = [sheet.cell(r, column) for r in above]
        kind = _kind_of(float(cell), cells)
        if kind is None:
            return None
        seen.append(kind)
        differ = differ or len(set(cells)) > 1
    if len(seen) < _FEWEST_NUMBERS or not (differ or RowKind.TOTAL in seen):
        return None
    return RowKind.TOTAL if RowKind.TOTAL in seen else RowKind.AVERAGE


def _kind_of(number: float, cells: Sequence[Any]) -> RowKind | None:
    numbers = [float(x) for x in cells if is_number(x)]
    if len(numbers) < _FEWEST_ROWS:
        return None
    return next(
        (k for k, of in _SUMS if math.isclose(number, of(numbers), rel_tol=1e-6, abs_tol=1e-9)),
        None,
    )


# What numbers the columns that are not counted, and heads the row: 甲 乙 1 2 3, 栏次 1 2 3.
_UNCOUNTED = frozenset(
    (*"甲乙丙丁戊己庚辛", *"ABCDE", "栏次", "列次", "列号", "行次", "column", "col.")
)
_COUNTED = regex(r"[(\[]?(\d{1,3})[)\].、]?(?:\s*=.*)?", re.DOTALL)
_FEWEST_COUNTED = 4


def numbers_columns(row: Sequence[Any]) -> bool:
    """Say whether a row numbers the columns, as forms for statistics do: 甲 乙 1 2 (3) 4=2+3."""
    cells = [x for x in row if x not in ("", None)]
    counted = [n for x in cells if (n := _counted(x)) is not None]
    if len(counted) < _FEWEST_COUNTED or counted[0] > len(cells) - len(counted) + 1:
        return False
    marks = cells[: len(cells) - len(counted)]
    rest = cells[len(marks) :]
    return (
        all(isinstance(x, str) and x.strip() in _UNCOUNTED for x in marks)
        and [_counted(x) for x in rest] == counted
        and all(b - a == 1 for a, b in pairwise(counted))
    )


def _counted(cell: Any) -> int | None:
    if is_number(cell):
        return int(cell) if float(cell).is_integer() else None
    if not isinstance(cell, str):
        return None
    match = _COUNTED.fullmatch(unicodedata.normalize("NFKC", cell.strip()))
    return int(match.group(1)) if match else None
