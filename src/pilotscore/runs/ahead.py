"""What is due in a time ahead, in the order in which it has to be done."""

from __future__ import annotations

import calendar
import datetime

import numpy as np

from pilotscore.arrays import Bools, Ints
from pilotscore.records import dataclass
from pilotscore.rights.due import NO_DAY, DueColumns, DueState, due_columns
from pilotscore.workbook.rights.records import Dates, RowPlaces, Texts

Span = tuple[int, str]  # a count of "days" or of "months"


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """What can still be done and by when.

    ``due`` and ``act`` have a place for each row, by the day on which it must be done at the
    latest; that day is past for what nothing proves. ``until`` is the last day looked at, None
    where all days are.
    """

    due: DueColumns
    act: Dates
    as_of: datetime.date
    until: datetime.date | None

    @property
    def overdue(self) -> int:
        """How many rows are past their day, with nothing that proves that they were done."""
        return int(np.count_nonzero(self.act < np.datetime64(self.as_of, "D")))

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.due)


def nothing_due() -> DueColumns:
    """Return columns without a row."""
    none = np.zeros(0, np.int64)
    places = RowPlaces((), (), none, none)
    return due_columns((), places, result=np.zeros(0, object), rule=none, row=none)


def last_days(due: DueColumns, as_of: datetime.date) -> Dates:
    """Return by row the last day on which something can still be done; NaT where nothing can.

    That is the day that holds, within the window after it its end, and after that the last day
    for asking for restoration.
    """
    today = np.datetime64(as_of, "D")
    state = due.state
    day = np.where(state == DueState.IN_GRACE, due.grace, due.due)
    day = np.where(state == DueState.LAPSED, due.restorable, day)
    past = (state == DueState.LAPSED) & ~(day >= today)  # NaT is not later either
    nothing = past | (state == DueState.DONE) | (state == DueState.PENDING)
    return np.where(nothing, NO_DAY, day).astype("datetime64[D]")


def ahead(due: DueColumns, as_of: datetime.date, span: Span | None = None) -> Ahead:
    """Return what is due from a day on, and what is past it unproven.

    Parameters
    ----------
    due
        All that a rule sets a day for.
    as_of
        The day of evaluation.
    span
        How far to look; all days where None.
    """
    act = last_days(due, as_of)
    until = None if span is None else end_of(as_of, span)
    wanted: Bools = ~np.isnat(act)
    if until is not None:
        wanted &= act <= np.datetime64(until, "D")
    rows = np.flatnonzero(wanted)
    order = rows[_order(due.take(rows), act[rows])]
    return Ahead(due.take(order), act[order], as_of, until)


def _order(due: DueColumns, act: Dates) -> Ints:
    """Return rows by day, then by result, right, rule and part: never by where they were read."""
    ids = np.array([rule.id for rule in due.rules], object)[due.rule]
    result, right, rule = map(_places, (due.result, due.right, ids))
    return np.lexsort((due.part, rule, right, result, act))


def _places(texts: Texts) -> Ints:
    """Return the place of each text among those that there are; none comes before all of them."""
    each = texts.tolist()
    places = {text: k for k, text in enumerate(sorted({*each} - {None}))}
    return np.array([places.get(text, -1) for text in each], np.int64)


def end_of(day: datetime.date, span: Span) -> datetime.date:
    """Return the last day of a time ahead: months end on the same day, or that month's last."""
    count, unit = span
    if unit == "days":
        return day + datetime.timedelta(days=count)
    month = day.year * 12 + day.month - 1 + count
    year, month = month // 12, month % 12 + 1
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
