"""Working days in columns: what a public holiday or a make-up Saturday does to a day.

Days of a year without a published arrangement are held against weekends alone, and
:func:`unconfirmed` says of each whether a holiday may still move it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Bools, Ints
from pilotscore.criteria.legal.holidays import Holidays
from pilotscore.records import dataclass
from pilotscore.workbook.rights.records import Dates

_FIRST, _LAST = np.datetime64("1950-01-01"), np.datetime64("2200-12-31")
# The notice of a year may move the last days of the year before: since 2007 never more than three.
DAYS_OF_NEXT_NOTICE = 3


@dataclass(frozen=True, slots=True, eq=False)
class WorkingDays:
    """A calendar as tables with a place for each day from 1950 to 2200.

    ``next`` is the place of the first working day from there on; ``count`` how many working days
    there are up to and with it; ``places`` the places of all working days.
    """

    holidays: Holidays
    working: Bools
    known: Bools
    next: NDArray[np.int32]
    count: NDArray[np.int32]
    places: NDArray[np.int64]

    def first_working(self, days: Dates) -> Dates:
        """Return the first working day from each day on: the day itself where it is one."""
        at, inside = _places(days)
        moved = np.busday_offset(days, 0, roll="forward")
        moved[inside] = _FIRST + self.next[at[inside]].astype("m8[D]")
        return moved

    def is_working(self, days: Dates) -> Bools:
        """Whether each day is a working day; of no day, it is not."""
        moved: Bools = self.first_working(days) == days
        return moved

    def add_working(self, days: Dates, count: Ints | int) -> Dates:
        """Return the day on which so many working days have passed, the first not counted."""
        at, inside = _places(days)
        counts = np.broadcast_to(np.asarray(count, np.int64), days.shape)
        end = np.busday_offset(days, counts, roll="backward")
        wanted = self.count[at[inside]] + counts[inside] - 1
        fits = (wanted >= 0) & (wanted < len(self.places))
        rows = np.flatnonzero(inside)[fits]
        end[rows] = _FIRST + self.places[wanted[fits]].astype("m8[D]")
        return end

    def working_between(self, first: Dates, last: Dates) -> Ints:
        """Return how many working days lie from one day to another, both counted; 0 for none."""
        one = np.timedelta64(1, "D")
        (before, _), (up_to, _) = _places(first - one), _places(last)
        known = ~(np.isnat(first) | np.isnat(last))
        count = np.zeros(len(first), np.int64)
        count[known] = self.count[up_to[known]] - self.count[before[known]]
        return np.maximum(count, 0)

    def unconfirmed(self, days: Dates) -> Bools:
        """Whether a holiday that is not published yet may still move each day."""
        at, inside = _places(days)
        result: Bools = ~np.isnat(days)
        result[inside] = ~self.known[at[inside]]
        return result

    def open_years(self, days: Dates) -> tuple[list[int], list[int]]:
        """Return the years by which days are unconfirmed, in order.

        Those without a published arrangement come first, then those that have one, of which the
        notice for the next year may still move the last days.
        """
        years = np.unique(_years(days[self.unconfirmed(days)])).tolist()
        published = self.holidays.published
        return [y for y in years if y not in published], [y for y in years if y in published]


@lru_cache(maxsize=8)
def working_days(holidays: Holidays) -> WorkingDays:
    """Return the tables of a calendar."""
    days = np.arange(_FIRST, _LAST + 1)
    working = np.is_busday(days)
    for year in holidays.years.values():
        if year.published:
            for holiday in year.holidays:
                first, last = _place(holiday.first), _place(holiday.last)
                working[first : last + 1] = False
            for day in year.working:
                working[_place(day)] = True
    places = np.flatnonzero(working)
    count = np.cumsum(working, dtype=np.int32)
    following = np.minimum(np.searchsorted(places, np.arange(len(days))), len(places) - 1)
    known = _known(days, holidays.published)
    return WorkingDays(holidays, working, known, places[following].astype(np.int32), count, places)


def _known(days: Dates, published: Iterable[int]) -> Bools:
    """Whether the arrangement of each day is published, and no later notice can move it."""
    years = np.array(sorted(published), np.int64)
    held: Bools = np.isin(_years(days), years)
    of_next = np.timedelta64(DAYS_OF_NEXT_NOTICE, "D")
    return held & np.isin(_years(days + of_next), years)


def _years(days: Dates) -> Ints:
    return days.astype("M8[Y]").astype(np.int64) + 1970


def _place(day: object) -> int:
    return int((np.datetime64(day, "D") - _FIRST).astype(np.int64))  # type: ignore[call-overload]


def _places(days: Dates) -> tuple[Ints, Bools]:
    """Return the place of each day in the tables, and whether it lies in them."""
    at = (days.astype("M8[D]") - _FIRST).astype(np.int64)
    inside: Bools = (at >= 0) & (at <= int((_LAST - _FIRST).astype(np.int64)))
    return np.where(inside, at, 0), inside
