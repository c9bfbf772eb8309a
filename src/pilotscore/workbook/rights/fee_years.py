"""Reads up to when annual fees are paid: a day, or the year of the patent."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.patterns import regex
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.cells import plain_number
from pilotscore.workbook.rights.grid import Grid
from pilotscore.workbook.values.cells import text_of, tidy

_LAST = 20  # no right that is paid for by years is older
_YEAR = regex(
    r"(?:缴?至)?第?\s*(\d{1,2})\s*个?(?:专利)?(?:年度?)?(?:年费)?|(?:patent\s+)?year\s*(\d{1,2})"
    r"|(\d{1,2})(?:st|nd|rd|th)\s*(?:patent\s+)?year",
    re.IGNORECASE,
)
_CALENDAR = regex(r"(?:19|20)\d{2}\s*(?:年度?)?")


def fee_years(grid: Grid) -> tuple[Floats, Bools]:
    """Return the year of the patent up to which fees are paid, and where the cell is no day.

    A year of the calendar alone is neither, and is told.
    """
    years, no_day = np.full(len(grid), np.nan), np.zeros(len(grid), dtype=bool)
    if "fees_paid_to" not in grid.columns:
        return years, no_day
    cells = grid.cells("fees_paid_to")
    for i, cell in enumerate(cells):
        read = _year(cell)
        if read is None:
            continue
        no_day[i] = True
        if read:
            years[i] = read
        else:
            text = text_of((cell,), 0)
            grid.tell(kinds.FEE_YEAR_UNCLEAR, grid.rows[i], "fees_paid_to", text=text)
    return years, no_day


def _year(cell: Any) -> int | None:
    """Return a year of a patent, 0 for one of the calendar; None where a cell is neither."""
    if not isinstance(cell, str):
        number = plain_number(cell)
        if number is None or not number.is_integer():
            return None
        text = str(int(number))
    else:
        text = tidy(cell)
    if _CALENDAR.fullmatch(text):
        return 0
    match = _YEAR.fullmatch(text)
    year = int(next(g for g in match.groups() if g)) if match else 0
    return year if match and 1 <= year <= _LAST else None
