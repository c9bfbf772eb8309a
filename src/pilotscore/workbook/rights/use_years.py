"""Reads how long a right of use lasts: 10, 10年, 十年, 120个月, at least 10 years."""

from __future__ import annotations

import re

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.patterns import regex
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.cells import numbers, says_nothing, texts
from pilotscore.workbook.rights.grid import Grid

# How many make a year; days are none: nobody agrees on a right of use of 3,650 days.
_IN_A_YEAR = {"年": 1, "year": 1, "years": 1} | dict.fromkeys(("个月", "月", "month", "months"), 12)
_LENGTH = regex(
    r"(?:不少于|不低于|至少|at least)?\s*(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*"
    r"(?P<unit>个月|月|年|months?|years?)\s*(?:及?以上)?",
    re.IGNORECASE,
)
_NUMBER = regex(r"[-+]?[\d.,\s]+")
_DIGITS = {sign: i for i, sign in enumerate("一二三四五六七八九", 1)} | {"两": 2}


def use_years(grid: Grid) -> Floats:
    """Return the years of each right of use; nan where none are stated, told where unreadable."""
    said = texts(grid, "use_years")
    stated = np.array([_stated(text) for text in said], dtype=float)
    odd = np.array([not says_nothing(t) and _NUMBER.fullmatch(t) is None for t in said], dtype=bool)
    bare = numbers(grid, "use_years", without=odd) / _by_header(grid)
    for i in np.flatnonzero(odd & np.isnan(stated)).tolist():
        grid.tell(kinds.NO_YEARS, grid.rows[i], "use_years", text=said[i])
    return np.where(odd, stated, bare)


def _by_header(grid: Grid) -> float:
    """Return how many of what a header counts make a year: 使用权年限（月）."""
    column = grid.columns.get("use_years", -1)
    said = f"{grid.texts.get(column, '')}（{grid.units.get(column, '')}）"
    return 12.0 if re.search(r"[（(](?:个?月|months?)[)）]", said, re.IGNORECASE) else 1.0


def _stated(text: str) -> float:
    """Return the years that a text states with its unit; nan where it states none."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        return float("nan")
    number = match["number"]
    count = float(number) if number.isdecimal() else chinese_number(number)
    return count / _IN_A_YEAR[match["unit"].casefold()]


def chinese_number(text: str) -> float:
    """Return a number below a hundred in Chinese, such as 十五; nan where it is none."""
    tens, ten, ones = text.rpartition("十")
    known = all(part in _DIGITS or not part for part in (tens, ones))
    if not known or not text:
        return float("nan")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
