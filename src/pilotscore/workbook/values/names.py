"""Says what a spreadsheet made of a name: ids and batch numbers that became numbers or dates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.open.written_number import WrittenNumber
from pilotscore.workbook.values import kinds
from pilotscore.workbook.values.cells import Remark, text_of
from pilotscore.workbook.values.texts import are_texts, cells_at

# From here on a number has more than 15 digits, of which a spreadsheet keeps 15.
_MOST_KEPT = 1e15
# How a spreadsheet shows a long number that was typed, and saves it as text: 1.23457E+17.
_SHORTENED = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{2,3}").fullmatch

# How a spreadsheet shows what was typed as 5-1, MAR1 or 3/26 and became a date, and saves it as
# text: 5月1日, 1-Mar, Mar-26.
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_SHOWN_DATE = re.compile(
    rf"[0-9]{{1,2}}月[0-9]{{1,2}}日|[0-9]{{1,2}}-(?:{_MONTHS})|(?:{_MONTHS})-[0-9]{{2}}"
).fullmatch
# A remark with the place of its cell.
NameRemark = tuple[int, Remark]


def is_rounded(cell: Any) -> bool:
    """Say whether a name in a cell lost digits that it was typed with."""
    if isinstance(cell, str | WrittenNumber):
        text = str(cell)
        return "E+" in text and _SHORTENED(text.strip()) is not None
    number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return number and abs(cell) >= _MOST_KEPT


def name_remark(cell: Any, *, untyped: bool = False) -> Remark | None:
    """Return what a person should know of an id or batch number; None where it is as typed.

    ``untyped`` is whether it stands in delimited text, where a date is what a spreadsheet showed.
    """
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        kind = kinds.DATE_AS_NAME
    elif is_rounded(cell):
        kind = kinds.SHORTENED_NAME if "E" in str(cell) else kinds.LONG_NUMBER
    elif untyped and isinstance(cell, str) and _SHOWN_DATE(cell):
        kind = kinds.DATE_SHOWN
    else:
        return None
    return kind, {"text": text_of((cell,), 0)}


def name_remarks(sheet: Sheet, rows: Sequence[int], column: int | None) -> Iterator[NameRemark]:
    """Yield the remarks of some cells of a column of names, with the place of each among them."""
    if column is None:
        return
    untyped = sheet.untyped
    cells = cells_at(sheet, rows, column)
    if not untyped and are_texts(cells) and not any("E+" in cell for cell in set(cells)):
        return
    for i, cell in enumerate(cells):
        if isinstance(cell, str) and "E+" not in cell and not (untyped and _SHOWN_DATE(cell)):
            continue  # as most cells are
        if (remark := name_remark(cell, untyped=untyped)) is not None:
            yield i, remark
