"""Counting periods as the Implementing Regulations of the Patent Law have it, in columns.

The first day is not counted (article 5): a period of two months from 15 January ends on 15 March.
One of months or years ends on the same day number of its last month, or where there is none on the
last day of that month. A period for an act that ends on a public holiday ends on the first working
day after; the term of a right is no such period.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Ints
from pilotscore.criteria.legal.periods import ServiceRules
from pilotscore.records import dataclass
from pilotscore.rights.calendar import WorkingDays
from pilotscore.workbook.rights.records import Dates, Texts


def add_months(days: Dates, months: Ints | int) -> Dates:
    """Return the day on which so many months from each day end."""
    month = days.astype("M8[M]")
    into = days - month.astype("M8[D]")
    end = month + np.asarray(months, np.int64).astype("m8[M]")
    last = (end + np.timedelta64(1, "M")).astype("M8[D]") - np.timedelta64(1, "D")
    ends: Dates = np.minimum(end.astype("M8[D]") + into, last)
    return ends


def add_years(days: Dates, years: Ints | int) -> Dates:
    """Return the day on which so many years from each day end."""
    return add_months(days, np.asarray(years, np.int64) * 12)


def add_days(days: Dates, count: Ints | int) -> Dates:
    """Return the day on which so many days from each day end."""
    ends: Dates = days + np.asarray(count, np.int64).astype("m8[D]")
    return ends


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """When periods end: as counted, moved over holidays, and whether a holiday may move it yet."""

    raw: Dates
    moved: Dates
    unconfirmed: Bools

    def take(self, rows: Ints | Bools) -> Ends:
        """Return some of them, by places or by a mask."""
        return Ends(self.raw[rows], self.moved[rows], self.unconfirmed[rows])


def no_ends(n: int) -> Ends:
    """Return ends of so many periods of which none has a day."""
    nothing: Dates = np.full(n, np.datetime64("NaT"), "M8[D]")
    return Ends(nothing, nothing, np.zeros(n, bool))


def moved(raw: Dates, calendar: WorkingDays, *, moves: bool = True) -> Ends:
    """Return ends of periods moved to a working day; as they are where ``moves`` is False."""
    if not moves:
        return Ends(raw, raw, np.zeros(len(raw), bool))
    to = calendar.first_working(raw)
    return Ends(raw, to, calendar.unconfirmed(raw) | calendar.unconfirmed(to))


def service_days(service: Texts, dispatched: Dates, served: Dates, rules: ServiceRules) -> Dates:
    """Return the day on which each notice counts as served; NaT where that cannot be said.

    Parameters
    ----------
    service
        The way of service, one of `SERVICES`; '' where it is not said, then ``served`` counts.
    dispatched, served
        The day of dispatch (or of the public notice), and that of receipt as stated.
    rules
        What is presumed of each way.
    """
    presumed = np.full(len(served), np.datetime64("NaT"), "M8[D]")
    posted, public = service == "posted", service == "public_notice"
    early = (service == "electronic") & (dispatched < np.datetime64(rules.electronic_since))
    presumed[posted | early] = add_days(dispatched[posted | early], rules.presumed_days)
    presumed[public] = add_months(dispatched[public], rules.public_notice_months)
    # A receipt that is stated is proof against the presumption; a public notice is received by
    # nobody, so that what follows from its day comes first.
    return np.where(np.isnat(served) | (public & ~np.isnat(presumed)), presumed, served)
