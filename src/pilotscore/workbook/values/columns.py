"""Reads a column at once: arrays where cells are plain, each different cell once elsewhere."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import field
from operator import not_
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Bools, Codes, Floats
from pilotscore.criteria import NUMERIC, Evidence, Fact, Indicator
from pilotscore.criteria.categories import band_of
from pilotscore.criteria.model import bounds
from pilotscore.language import printable
from pilotscore.records import dataclass
from pilotscore.workbook.open.number_format import NumberFormat
from pilotscore.workbook.open.written_number import WrittenNumber
from pilotscore.workbook.values.cells import (
    MOST_AS_SHARE,
    Cell,
    Remark,
    State,
    is_number,
    read_cell,
    read_evidence,
    read_percent,
    read_shown_percent,
)
from pilotscore.workbook.values.formatted import as_shown, text_shown
from pilotscore.workbook.values.spread import Spread

# What is kept of a cell that was not read as is, to be shown beside it.
_MOST_WRITTEN = 100
# What a person should know of a column: the place of a cell in it, and the remark.
ColumnRemark = tuple[int, Remark]
NO_FORMATS: Mapping[int, NumberFormat] = MappingProxyType({})
_NUMBER_TYPES = frozenset({int, float, WrittenNumber})


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column as read: values, states and words, each of shape (n,).

    ``values`` are floats (nan where there is none; a category is its place in the table);
    ``states`` are :class:`State` numbers; ``words`` has the category, yes/no, date, text, or the
    reason of 不适用, '' elsewhere, and is None where no row has one; ``written`` has, by row, what
    stood in a cell that was not read as is, ``spreads`` the uncertainty that it stated, and
    ``judged`` the rows that say that a panel gave the value.
    """

    values: Floats
    states: Codes
    words: NDArray[np.object_] | None
    written: dict[int, str]
    spreads: dict[int, Spread] = field(default_factory=dict)
    judged: frozenset[int] = frozenset()


def read_column(
    cells: Sequence[Any],
    quantity: Indicator | Fact,
    *,
    percent_header: bool = False,
    formats: Mapping[int, NumberFormat] = NO_FORMATS,
    unit: str | None = None,
    factor: float | None = 1.0,
) -> tuple[Column, list[ColumnRemark]]:
    """Read the cells of one column, and return what a person should know of them beside.

    Parameters
    ----------
    cells
        The cells as the reader gives them, '' where blank.
    quantity
        What the column means.
    percent_header
        Whether the header says %.
    formats
        The number formats of the cells, by their place, where these matter.
    unit
        The unit that the header states.
    factor
        What bare numbers are multiplied with; None where the header's unit does not fit, so that
        they cannot be read.
    """
    n = len(cells)
    values = np.full(n, np.nan)
    states = np.zeros(n, dtype=np.int8)
    plain, blank = _plain_and_blank(cells)
    states[blank] = State.BLANK
    odd = ~blank
    if quantity.type in NUMERIC:
        numbers = _numbers(cells, plain)
        numbers *= np.nan if factor is None else factor
        sound = plain & _within(numbers, quantity)
        sound &= ~_may_be_share(numbers, quantity, percent_header, factor or 1.0)
        if formats:
            sound[list(formats)] = False
        values = np.where(sound, numbers, np.nan)
        odd &= ~sound
    places = np.flatnonzero(odd).tolist()
    keys = _keys(cells, places, formats)
    first = dict(zip(reversed(keys), reversed(places), strict=True))
    read = {
        key: read_one(
            cells[first[key]],
            quantity,
            percent_header=percent_header,
            form=formats.get(first[key]),
            unit=unit,
            factor=factor,
        )
        for key in dict.fromkeys(keys)
    }
    code_of = {key: code for code, key in enumerate(read)}
    codes = np.fromiter(map(code_of.__getitem__, keys), np.intp, len(keys))
    values[places] = np.array([r.value for r in read.values()], dtype=float)[codes]
    states[places] = np.array([int(r.state) for r in read.values()], dtype=np.int8)[codes]
    words: NDArray[np.object_] | None = None
    if any(r.word for r in read.values()):
        words = np.full(n, "", dtype=object)
        words[places] = np.array([r.word or "" for r in read.values()], dtype=object)[codes]
    remarked = {key for key, r in read.items() if r.remarks or r.spread is not None or r.judged}
    beside = [(i, read[k]) for i, k in zip(places, keys, strict=True) if k in remarked]
    column = Column(
        values,
        states,
        words,
        {i: as_written(cells[i], formats.get(i)) for i, r in beside if r.remarks},
        {i: r.spread for i, r in beside if r.spread is not None},
        frozenset(i for i, r in beside if r.judged),
    )
    return column, [(i, remark) for i, r in beside for remark in r.remarks]


def _plain_and_blank(cells: Sequence[Any]) -> tuple[Bools, Bools]:
    """Say which cells are plain numbers, and which are blank."""
    n, kinds = len(cells), set(map(type, cells))
    if kinds <= _NUMBER_TYPES:
        return np.ones(n, dtype=bool), np.zeros(n, dtype=bool)
    if kinds == {str}:
        return np.zeros(n, dtype=bool), np.fromiter(map(not_, cells), bool, n)
    plain = np.fromiter(map(_NUMBER_TYPES.__contains__, map(type, cells)), bool, n)
    blank = np.fromiter((cell is None or cell == "" for cell in cells), bool, n)
    return plain, blank


def _numbers(cells: Sequence[Any], plain: Bools) -> Floats:
    """Return the plain numbers of a column; nan elsewhere."""
    if plain.all():
        return np.fromiter(cells, float, len(cells))
    pairs = zip(cells, plain.tolist(), strict=True)
    return np.fromiter((cell if is_plain else np.nan for cell, is_plain in pairs), float)


def _keys(
    cells: Sequence[Any], places: list[int], formats: Mapping[int, NumberFormat]
) -> list[Any]:
    """Return what the reading of each of some cells hangs on, and nothing else."""
    picked = [cells[i] for i in places]
    if not formats and set(map(type, picked)) <= {str}:
        return picked
    return [
        (
            type(cell),
            str(cell) if type(cell) is WrittenNumber else cell,
            form.code if (form := formats.get(i)) else None,
        )
        for i, cell in zip(places, picked, strict=True)
    ]


def as_written(cell: Any, form: NumberFormat | None = None) -> str:
    """Return what is kept of a cell that was not read as is."""
    return printable(text_shown(cell, form).strip(), _MOST_WRITTEN)


def _may_be_share(
    numbers: Floats, quantity: Indicator | Fact, percent_header: bool, factor: float
) -> Bools:
    """Say which numbers of a percentage or ratio may be meant as 0.95 or as 95."""
    if quantity.type == "percent":
        return (numbers > 0) & (numbers <= 1)
    if quantity.type == "ratio" and percent_header:
        return (numbers > 0) & (numbers <= MOST_AS_SHARE * factor)
    return np.zeros(len(numbers), dtype=bool)


def read_one(
    cell: Any,
    quantity: Indicator | Fact,
    *,
    percent_header: bool = False,
    form: NumberFormat | None = None,
    unit: str | None = None,
    factor: float | None = 1.0,
) -> Cell:
    """Read one cell as :func:`read_column` reads each of its cells."""
    if form is None and factor is not None and type(cell) in _NUMBER_TYPES:
        plain = _plain_number(cell * factor, quantity, percent_header=percent_header)
        if plain is not None:
            return plain
    shown = as_shown(cell, form, quantity, unit)
    if shown.fault is not None:
        return shown.fault
    cell = shown.cell
    if factor is None:
        if is_number(cell):
            return Cell(State.FAULTY)
        factor = math.nan
    if shown.percent and quantity.type == "percent":
        return read_shown_percent(cell, quantity)
    return shown.with_remark(
        read_percent(
            read_cell(cell, quantity, factor),
            cell,
            quantity,
            percent_header=percent_header,
            percent_format=shown.percent,
        )
    )


def _plain_number(
    number: float, quantity: Indicator | Fact, *, percent_header: bool
) -> Cell | None:
    """Return a number that can mean nothing but itself; None for any other."""
    if quantity.type not in NUMERIC or not math.isfinite(number):
        return None
    low, high = bounds(quantity)
    if not low <= number <= high:
        return None
    if quantity.type in ("level", "count") and number != math.floor(number):
        return None
    if quantity.type == "percent" and 0 < number <= 1:
        return None
    if quantity.bands and band_of(quantity.bands, number) is None:
        return None
    if quantity.type == "ratio" and percent_header:
        return None
    return Cell(State.VALUE, float(number))


def _within(numbers: Floats, quantity: Indicator | Fact) -> Bools:
    low, high = bounds(quantity)
    with np.errstate(invalid="ignore"):
        within = (numbers >= low) & (numbers <= high) & np.isfinite(numbers)
        if quantity.type in ("level", "count"):
            within &= np.floor(numbers) == numbers
    if quantity.bands:
        for number in np.unique(numbers[within]).tolist():
            within &= (numbers != number) | (band_of(quantity.bands, number) is not None)
    return within


def read_evidence_column(
    cells: Sequence[Any], evidence: Evidence
) -> tuple[Codes, list[ColumnRemark]]:
    """Read a column of evidence grades: the place of each among the grades, -1 where none."""
    grades = {cell: read_evidence(cell, evidence) for cell in set(cells)}
    place_of = {cell: place for cell, (place, _) in grades.items()}
    places = np.fromiter(map(place_of.__getitem__, cells), np.int8, len(cells))
    odd = {cell: remark for cell, (_, remark) in grades.items() if remark}
    return places, [(i, odd[cell]) for i, cell in enumerate(cells) if cell in odd] if odd else []
