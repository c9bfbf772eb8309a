"""Says what a spreadsheet made of a name: ids and batch numbers that became numbers or dates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pilotscore.workbook.open.written_number import WrittenNumber
from pilotscore.workbook.values import kinds
from pilotscore.workbook.values.cells import Remark, text_of

# From here on a number has more than 15 digits, of which a spreadsheet keeps 15.
_MOST_KEPT = 1e15
# How a spreadsheet shows a long number that was typed, and saves it as text: 1.23457E+17.
_SHORTENED = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{2,3}").fullmatch


def is_rounded(cell: Any) -> bool:
    """Say whether a name in a cell lost digits that it was typed with."""
    if isinstance(cell, str | WrittenNumber):
        return _SHORTENED(str(cell).strip()) is not None
    number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return number and abs(cell) >= _MOST_KEPT


def name_remark(cell: Any) -> Remark | None:
    """Return what a person should know of an id or batch number; None where it is as typed."""
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        kind = kinds.DATE_AS_NAME
    elif is_rounded(cell):
        kind = kinds.SHORTENED_NAME if "E" in str(cell) else kinds.LONG_NUMBER
    else:
        return None
    return kind, {"text": text_of((cell,), 0)}


def name_remarks(cells: Sequence[Any]) -> Iterator[tuple[int, Remark]]:
    """Yield the remarks of a column of names, with the place of each cell."""
    for i, cell in enumerate(cells):
        if isinstance(cell, str) and "E+" not in cell:
            continue
        if (remark := name_remark(cell)) is not None:
            yield i, remark
