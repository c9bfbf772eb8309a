"""Reads a column of measured values as fast as it is plain, and cell by cell where it is not."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria import Fact
from pilotscore.language import Text
from pilotscore.workbook.values.cells import tidy, words
from pilotscore.workbook.values.numbers import read_number_text

_BLANK = words(r"|-|--|—|——|–|/|\|无|na|n/a|nan|未测|未检测|未检|not measured|.")
_BELOW = ("<", "≤", "小于", "低于", "不大于", "不高于")
_BOUND = re.compile(r"^(?:[<>≤≥]=?|小于|大于|低于|高于|不大于|不小于|不高于|不低于)\s*")


@dataclass(frozen=True, slots=True, eq=False)
class NumbersRead:
    """The numbers of a column, nan where there is none; what is no number, and what is a bound."""

    values: Floats
    wrong: list[tuple[int, str]]
    bounds: list[tuple[int, str, float, int]]


def read_numbers(cells: Sequence[Any], unit: str) -> NumbersRead:
    """Read a column of numbers.

    Parameters
    ----------
    cells
        What the cells hold.
    unit
        The unit of the column; a number with a unit of its own is converted to it.

    A bound such as ``<0.05`` is given as the number that it states with its side, -1 for what is
    below it and 1 for what is above: whether that end is the less favourable one depends on limits.
    """
    wrong: list[tuple[int, str]] = []
    bounds: list[tuple[int, str, float, int]] = []
    values = np.full(len(cells), math.nan)
    for i, cell in enumerate(cells):
        if isinstance(cell, float):
            values[i] = cell
        elif isinstance(cell, int) and not isinstance(cell, bool):
            values[i] = float(cell)
        elif cell is None or cell == "":
            continue
        elif isinstance(cell, str):
            text = tidy(cell)
            if text.casefold() in _BLANK:
                continue
            number, side = _text(text, unit)
            if number is None:
                wrong.append((i, text))
            else:
                values[i] = number
                if side:
                    bounds.append((i, text, number, side))
        else:
            wrong.append((i, str(cell)))
    infinite = np.flatnonzero(np.isinf(values))
    wrong.extend((i, str(cells[i])) for i in infinite.tolist())
    values[infinite] = math.nan
    return NumbersRead(values, wrong, bounds)


@lru_cache(maxsize=1 << 12)
def _text(text: str, unit: str) -> tuple[float | None, int]:
    bound = _BOUND.match(text)
    rest = text[bound.end() :] if bound else text
    stated = read_number_text(rest, _quantity(unit))
    if stated.fault is not None or not math.isfinite(stated.number):
        return None, 0
    side = 0 if not bound else -1 if bound.group().startswith(_BELOW) else 1
    return stated.number, side


@lru_cache(maxsize=1 << 8)
def _quantity(unit: str) -> Fact:
    named = Text(unit, unit) if unit else None
    return Fact(id="value", title=Text("值", "value"), type="number", unit=named)
