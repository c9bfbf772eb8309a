"""Rows of several sheets brought together by result: codes, sums, first and last days."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.records import dataclass
from pilotscore.workbook.rights.records import Dates, RightsRead, Texts

NO_DAY = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """The results that any sheet of ownership names, each once, and which each row is about."""

    ids: Texts
    cases: Ints
    parties: Ints
    steps: Ints
    distributions: Ints
    place: dict[str, int]

    def __len__(self) -> int:
        """Return how many results there are."""
        return len(self.ids)


def results_of(read: RightsRead) -> Results:
    """Return the results of the sheets of ownership, in the order in which they are named."""
    sheets = (read.cases, read.parties, read.steps, read.distributions)
    place: dict[str, int] = {}
    codes = [_codes(sheet.result if sheet is not None else (), place) for sheet in sheets]
    ids = np.empty(len(place), object)
    ids[:] = list(place)
    cases, parties, steps, distributions = codes
    return Results(ids, cases, parties, steps, distributions, place)


def _codes(results: Iterable[str], place: dict[str, int]) -> Ints:
    return np.array([place.setdefault(r, len(place)) for r in results], np.int64)


def codes_of(results: Texts, place: dict[str, int]) -> Ints:
    """Return the place of each result among those known; -1 for one that is not."""
    return np.array([place.get(r, -1) for r in results], np.int64)


def sums(at: Ints, amounts: Floats, count: int) -> Floats:
    """Return the sum of amounts of each result; nan where none is stated."""
    stated = ~np.isnan(amounts)
    total = np.bincount(at[stated], amounts[stated], count)
    return np.where(np.bincount(at[stated], minlength=count) > 0, total, np.nan)


def any_of(at: Ints, mask: Bools, count: int) -> Bools:
    """Return whether any row of each result is in a mask."""
    marked = np.zeros(count, bool)
    marked[at[mask]] = True
    return marked


def counts(at: Ints, mask: Bools, count: int) -> Ints:
    """Return how many rows of each result are in a mask."""
    return np.bincount(at[mask], minlength=count)


def first_row(at: Ints, days: Dates, count: int, *, latest: bool = False) -> Ints:
    """Return the row of each result with the earliest (or the latest) day; -1 for none.

    Of equal ones it is the first; a row without a day comes after those with one.
    """
    turned = -_number(days) if latest else _number(days)
    order = np.lexsort((np.arange(len(at)), np.where(np.isnat(days), np.inf, turned), at))
    rows = np.full(count, -1, np.int64)
    rows[at[order][::-1]] = order[::-1]
    return rows


def first_where(at: Ints, mask: Bools, count: int) -> Ints:
    """Return the first row of each result that is in a mask; -1 for none."""
    rows = np.full(count, -1, np.int64)
    within = np.flatnonzero(mask)[::-1]
    rows[at[within]] = within
    return rows


def _number(days: Dates) -> Floats:
    return days.astype("M8[D]").astype(np.int64).astype(np.float64)


def taken(values: NDArray[Any], rows: Ints, blank: Any) -> Any:
    """Return the value of a row for each result; a blank where there is no row."""
    if not len(values):
        return np.full(len(rows), blank, values.dtype)
    return np.where(rows >= 0, values[rows], np.array(blank, values.dtype))


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """Rows by their result: found at once, however many results there are."""

    order: Ints
    starts: Ints

    def of(self, result: int) -> Ints:
        """Return the rows of a result, in their order."""
        return self.order[self.starts[result] : self.starts[result + 1]]


def grouped(at: Ints, count: int) -> Grouped:
    """Return rows by their result; those of none (-1) are left out."""
    order = np.argsort(at, kind="stable")
    return Grouped(order, np.searchsorted(at[order], np.arange(count + 1)))
