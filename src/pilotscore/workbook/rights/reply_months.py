"""Reads how long a notice gives for its reply: 4, 4个月, 四个月, two months."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria import Fact
from pilotscore.patterns import regex
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.cells import numbers, says_nothing
from pilotscore.workbook.rights.grid import Grid
from pilotscore.workbook.values.cells import text_of, tidy

# What is stated and is no whole number of months: the period cannot be counted, and none that the
# law gives where nothing is designated takes its place.
UNREADABLE = 0.0
_MOST = 24  # with every extension no reply has longer
_WORDS = dict(zip("一二三四五六七八九十", range(1, 11), strict=True)) | {
    "两": 2,
    "十一": 11,
    "十二": 12,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "six": 6,
}
_MONTHS = regex(
    rf"(?:自?收到?.{{0,12}}之日起)?\s*(\d{{1,2}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
    r"\s*(?:个?月|months?|mths?|mos?\.?|m)\s*(?:内|之内|以内)?",
    re.IGNORECASE,
)
_DAYS = regex(r".*\d\s*(?:个?(?:工作)?[日天]|(?:working\s+)?days?|weeks?|周)\s*内?", re.IGNORECASE)
_IN_DAYS = regex(
    r"[(（](?:个?(?:自然|日历|工作)?[日天]|(?:working |calendar )?days?|周|weeks?)[)）]",
    re.IGNORECASE,
)
_FACT = Fact.model_validate(
    {
        "id": "months",
        "title": {"zh": "月数", "en": "months"},
        "type": "number",
        "range": [1, _MOST],
    }
)


def reply_months(grid: Grid) -> Floats:
    """Return the months that each notice gives: nan where nothing is said.

    `UNREADABLE` stands where something is, and is no whole number of months, which is told.
    """
    if "months" not in grid.columns:
        return np.full(len(grid), np.nan)
    cells = grid.cells("months")
    read = np.array([_months(cell) for cell in cells], float)
    stated = np.array([_stated(cell) for cell in cells], bool)
    if _counts_days(grid):
        read[stated & np.isnan(read)] = UNREADABLE
    months = numbers(grid, "months", _FACT, without=~np.isnan(read))
    months[read > 0] = read[read > 0]
    odd = (read == UNREADABLE) | (~np.isnan(months) & (months % 1 != 0))
    for i in np.flatnonzero(odd):
        grid.tell(kinds.NO_MONTHS, grid.rows[i], "months", text=text_of((cells[i],), 0))
    return np.where(odd | (stated & np.isnan(months)), UNREADABLE, months)


def _counts_days(grid: Grid) -> bool:
    """Whether what heads the column counts days: 答复期限（天）."""
    column = grid.columns["months"]
    said = f"{grid.texts.get(column, '')}（{grid.units.get(column, '')}）"
    return _IN_DAYS.search(said) is not None


def _months(cell: Any) -> float:
    """Return months written out; nan where a cell is a plain number or something else."""
    if not isinstance(cell, str):
        return np.nan
    text = tidy(cell)
    if match := _MONTHS.fullmatch(text):
        number = match[1].lower()
        months = _WORDS.get(number) or int(number)
        return float(months) if 1 <= months <= _MOST else UNREADABLE
    return UNREADABLE if _DAYS.fullmatch(text) else np.nan


def _stated(cell: Any) -> bool:
    return not (cell is None or (isinstance(cell, str) and says_nothing(cell)))
