"""Reads shares in per cent: 60%, 60, 1/3, 三分之一."""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.patterns import regex
from pilotscore.workbook.rights.cells import SHARE, numbers, texts
from pilotscore.workbook.rights.grid import Grid
from pilotscore.workbook.rights.use_years import chinese_number

_FRACTION = regex(r"(?P<part>\d{1,4})\s*[/／⁄]\s*(?P<whole>\d{1,4})")
_COUNT = "[一二两三四五六七八九十]{1,3}"
_CHINESE = regex(f"(?P<whole>{_COUNT})分之(?P<part>{_COUNT})")


def shares(grid: Grid) -> Floats:
    """Return a column of shares in per cent, as its header and its cells say."""
    header = grid.texts.get(grid.columns.get("share", -1), "")
    below = grid.units.get(grid.columns.get("share", -1), "")
    percent = any(sign in text for text in (header, below) for sign in ("%", "％", "百分"))
    said = texts(grid, "share")
    read = {text: fraction(text) for text in set(said.tolist())}
    parts = np.array([read[text] for text in said], dtype=float)
    is_part = ~np.isnan(parts)
    return np.where(is_part, parts, numbers(grid, "share", SHARE, percent=percent, without=is_part))


def fraction(text: str) -> float:
    """Return the per cent that a fraction of one whole is; nan where a text is none."""
    match = _FRACTION.fullmatch(text.strip())
    if match is not None:
        part, whole = float(match["part"]), float(match["whole"])
    elif (match := _CHINESE.fullmatch(text.strip())) is not None:
        part, whole = chinese_number(match["part"]), chinese_number(match["whole"])
    else:
        return float("nan")
    return 100 * part / whole if 0 <= part <= whole and whole else float("nan")
