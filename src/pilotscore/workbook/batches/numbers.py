"""Reads a column of measured values as fast as it is plain, and cell by cell where it is not."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria import Fact
from pilotscore.language import Text
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.open.number_format import NumberFormat
from pilotscore.workbook.open.serials import NoDate
from pilotscore.workbook.open.written_number import WrittenNumber
from pilotscore.workbook.values.cells import is_number, tidy, words
from pilotscore.workbook.values.columns import NO_FORMATS
from pilotscore.workbook.values.formatted import as_shown, text_shown
from pilotscore.workbook.values.kinds import ESTIMATE
from pilotscore.workbook.values.moments import duration_in, hours_of
from pilotscore.workbook.values.numbers import read_number_text
from pilotscore.workbook.values.units import factor, is_unit

_BLANK = words(r"|-|--|—|——|–|/|\|无|na|n/a|nan|未测|未检测|未检|not measured|.")
_PLAIN = frozenset({float, int, WrittenNumber})
_BELOW = ("<", "≤", "小于", "低于", "不大于", "不高于")
_WITH_UNIT = regex(r"(?P<number>[+-]?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>\D+)")
_WITH_SPREAD = regex(r"±|\+/-|\+-|\+.*-")
_BOUND = regex(r"^(?:[<>≤≥]=?|小于|大于|低于|高于|不大于|不小于|不高于|不低于)\s*")


@dataclass(frozen=True, slots=True, eq=False)
class NumbersRead:
    """The numbers of a column, nan where there is none; what is no number, and what is a bound.

    ``loose`` has estimates and numbers with an uncertainty: about 98, 98.0±0.3. ``shown`` has the
    cells that were read as their number format shows them: the stored number, and the text seen.
    """

    values: Floats
    wrong: list[tuple[int, str]]
    bounds: list[tuple[int, str, float, int]]
    loose: list[tuple[int, str, float]]
    shown: list[tuple[int, float, str]]


def read_numbers(
    cells: Sequence[Any],
    unit: str | Sequence[str],
    formats: Mapping[int, NumberFormat] = NO_FORMATS,
) -> NumbersRead:
    """Read a column of numbers.

    Parameters
    ----------
    cells
        What the cells hold.
    unit
        The unit of the column, or of each cell; a number with a unit of its own is converted to it.
    formats
        The number formats of the cells, by their place, where these matter.

    A bound such as ``<0.05`` is given as the number that it states with its side, -1 for what is
    below it and 1 for what is above: whether that end is the less favourable one depends on limits.
    """
    read = NumbersRead(np.full(len(cells), math.nan), [], [], [], [])
    values = read.values
    for i, cell in enumerate(cells):
        if type(cell) in _PLAIN and i not in formats:
            values[i] = cell
        elif cell is not None and cell != "":
            _read(read, i, cell, unit if isinstance(unit, str) else unit[i], formats.get(i))
    infinite = np.flatnonzero(np.isinf(values))
    read.wrong.extend((i, str(cells[i])) for i in infinite.tolist())
    values[infinite] = math.nan
    return read


def _read(read: NumbersRead, i: int, cell: Any, unit: str, form: NumberFormat | None) -> None:
    """Read a cell that is not blank."""
    seen = _seen(cell, unit, form)
    if seen is None:
        read.wrong.append((i, text_shown(cell, form)))
        return
    if isinstance(seen, str):
        text = tidy(seen)
        if is_nothing(text):
            return
        number, side, loosely = _text(text, unit)
        if number is None:
            read.wrong.append((i, text))
            return
        if loosely:
            read.loose.append((i, text, number))
        if side:
            read.bounds.append((i, text, number, side))
    else:
        number = seen
    read.values[i] = number
    if form is not None and is_number(cell) and seen != cell:
        read.shown.append((i, cell, text_shown(cell, form)))


def _seen(cell: Any, unit: str, form: NumberFormat | None) -> float | str | None:
    """Return what is seen of a cell, a number or a text; None where it is neither."""
    if isinstance(cell, str) and ":" in cell:
        cell = duration_in(tidy(cell)) or cell
    if isinstance(cell, datetime.timedelta | datetime.time):
        times = factor("h", _quantity(unit))
        return None if times is None else round(hours_of(cell) * times, 10)
    if isinstance(cell, NoDate) or not (is_number(cell) or isinstance(cell, str)):
        return None
    if form is None or not is_number(cell):
        return cell if isinstance(cell, str) else float(cell)
    if form.section(cell).plain_percent:
        return float(cell) * 100
    shown = as_shown(cell, form, _quantity(unit), unit or None)
    if shown.fault is not None:
        return None
    return shown.cell if isinstance(shown.cell, str) else float(shown.cell)


def unit_shown(cells: Sequence[Any], formats: Mapping[int, NumberFormat]) -> str:
    """Return the unit that the formats of a column state, where all of them state the same."""
    units = {formats[i].section(cells[i]).after for i in formats if is_number(cells[i])}
    return units.pop() if len(units) == 1 else ""


def is_nothing(text: str) -> bool:
    """Say whether a text stands for no value: a dash, a stroke, not measured."""
    return text.casefold() in _BLANK


def number_in(text: str, unit: str) -> float | None:
    """Return the number that a text states in a unit; None where it states none.

    Where the unit is not known, that of the text is taken for it.
    """
    number, side, _ = _text(text.strip(), unit)
    if number is None and not unit and (match := _WITH_UNIT.fullmatch(text.strip())):
        number = float(match["number"].replace(",", "")) if is_unit(match["unit"]) else None
    return None if side else number


@lru_cache(maxsize=1 << 12)
def _text(text: str, unit: str) -> tuple[float | None, int, bool]:
    """Return the number of a text, the side that a bound leaves open, and whether it is loose."""
    bound = _BOUND.match(text)
    rest = text[bound.end() :] if bound else text
    stated = read_number_text(rest, _quantity(unit))
    if stated.fault is not None or not math.isfinite(stated.number):
        return None, 0, False
    side = 0 if not bound else -1 if bound.group().startswith(_BELOW) else 1
    return stated.number, side, stated.kind is ESTIMATE or _WITH_SPREAD.search(text) is not None


@lru_cache(maxsize=1 << 8)
def _quantity(unit: str) -> Fact:
    named = Text(unit, unit) if unit else None
    return Fact(id="value", title=Text("值", "value"), type="number", unit=named)
