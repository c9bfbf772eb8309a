"""Reads a whole column at once: arrays where cells are plain, cell by cell where they are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pilotscore.criteria import EvidenceGrade, Fact, Indicator
from pilotscore.findings import Kind
from pilotscore.language import printable
from pilotscore.workbook.values import (
    Reading,
    State,
    bounds,
    read_cell,
    read_evidence,
    read_percent,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# What is kept of a cell that was not read as is, to be shown beside it.
MOST_WRITTEN = 100
Told = tuple[int, Kind, dict[str, Any]]


@dataclass(frozen=True, slots=True, eq=False)
class ReadColumn:
    """A column as read: values and states, shape (n,); words; what a person should know.

    ``values`` are floats (nan where there is none; a category is its place in the table);
    ``states`` are :class:`State` numbers; ``words`` has, by row, the category, yes/no, date, text,
    or the reason of 不适用; ``written`` has, by row, what stood in a cell that was not read as is.
    """

    values: NDArray[np.float64]
    states: NDArray[np.int8]
    words: dict[int, str]
    written: dict[int, str]
    told: list[Told]


def read_column(
    cells: Sequence[Any],
    quantity: Indicator | Fact,
    *,
    percent_header: bool = False,
    percent_rows: frozenset[int] = frozenset(),
) -> ReadColumn:
    """Read the cells of one column.

    Parameters
    ----------
    cells
        The cells as the reader gives them, '' where blank.
    quantity
        What the column means.
    percent_header
        Whether the header says %.
    percent_rows
        Which of the cells are shown as percentages.
    """
    import numpy as np

    n = len(cells)
    values = np.full(n, np.nan)
    states = np.zeros(n, dtype=np.int8)
    slow: Sequence[int] = range(n)
    if quantity.type in ("level", "number", "count", "ratio", "percent", "money"):
        plain = np.fromiter((type(c) is float or type(c) is int for c in cells), bool, n)
        numbers = np.array([c if p else np.nan for c, p in zip(cells, plain, strict=True)], float)
        values = np.where(plain, numbers, np.nan)
        sound = plain & _within(numbers, quantity)
        if quantity.type == "percent":
            sound &= (numbers <= 0) | (numbers > 1)
            if percent_rows:
                sound[list(percent_rows)] = False
        slow = np.flatnonzero(~sound).tolist()
    words: dict[int, str] = {}
    written: dict[int, str] = {}
    told: list[Told] = []
    cache: dict[Any, Reading] = {}
    for i in slow:
        cell = cells[i]
        if cell == "" or cell is None:
            states[i], values[i] = State.BLANK, np.nan
            continue
        key = (type(cell), cell, i in percent_rows)
        reading = cache.get(key)
        if reading is None:
            reading = read_percent(
                read_cell(cell, quantity),
                cell,
                quantity,
                percent_header=percent_header,
                percent_format=i in percent_rows,
            )
            cache[key] = reading
        states[i], values[i] = reading.state, reading.value
        if reading.word:
            words[i] = reading.word
        if reading.told:
            written[i] = printable(str(cell).strip(), MOST_WRITTEN)
            told.extend((i, kind, shown) for kind, shown in reading.told)
    return ReadColumn(values, states, words, written, told)


def _within(numbers: NDArray[np.float64], quantity: Indicator | Fact) -> NDArray[np.bool_]:
    import numpy as np

    low, high = bounds(quantity)
    with np.errstate(invalid="ignore"):
        within = (numbers >= low) & (numbers <= high) & np.isfinite(numbers)
        if quantity.type in ("level", "count"):
            within &= np.floor(numbers) == numbers
    return within


def read_evidence_column(
    cells: Sequence[Any], grades: Sequence[EvidenceGrade], default: str
) -> tuple[NDArray[np.int8], list[Told]]:
    """Read a column of evidence grades: the place of each among the grades, -1 where none."""
    import numpy as np

    cache: dict[Any, tuple[int, tuple[Kind, dict[str, Any]] | None]] = {}
    places = np.full(len(cells), -1, dtype=np.int8)
    told: list[Told] = []
    for i, cell in enumerate(cells):
        if cell not in cache:
            cache[cell] = read_evidence(cell, grades, default)
        place, tell = cache[cell]
        places[i] = place
        if tell:
            told.append((i, *tell))
    return places, told
