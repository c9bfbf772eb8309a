"""Turns the number in a cell with a format of dates into what Excel shows for it."""

from __future__ import annotations

import datetime

from pilotscore.workbook.open.number_format import DATES, NumberFormat

_DAY_MS = 86_400_000
# Day 0 of each system; in that of 1900 a 29 February follows day 59, which there never was.
_DAY_0_1900, _DAY_0_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)
_NEVER_WAS = 60
_LAST_1900, _LAST_1904 = 2_958_465, 2_957_003


class NoDate(float):
    """A number in a cell with a format of dates that is none: Excel shows #### or a false day."""

    __slots__ = ()


def from_serial(
    value: float, form: NumberFormat, *, epoch_1904: bool
) -> datetime.datetime | datetime.date | datetime.time | datetime.timedelta | float:
    """Return what a cell with a format of dates holds.

    Parameters
    ----------
    value
        The number that is stored: days.
    form
        The format of the cell.
    epoch_1904
        Whether the workbook counts from 1904.

    Returns
    -------
    datetime.datetime | datetime.date | datetime.time | datetime.timedelta | float
        A duration where hours are counted on; a time below one day of 1900; a date where the day
        is whole; else both. Rounded to the millisecond, as Excel does. A :class:`NoDate` where no
        date is shown: it is negative, beyond the year 9999, or 29 February 1900. The number itself
        where the section of its sign shows no date.
    """
    shows = form.section(value).shows
    if shows not in DATES:
        return value
    if value < 0 and not (epoch_1904 and shows == "duration"):
        return NoDate(value)
    last = _LAST_1904 if epoch_1904 else _LAST_1900
    if not abs(value) < last + 1:
        return NoDate(value)
    days, ms = divmod(round(value * _DAY_MS), _DAY_MS)
    if shows == "duration":
        return datetime.timedelta(days=days, milliseconds=ms)
    if shows == "time" and days == 0:
        return (datetime.datetime.min + datetime.timedelta(milliseconds=ms)).time()
    return _moment(days, ms, epoch_1904) if days <= last else NoDate(value)


def _moment(
    days: int, ms: int, epoch_1904: bool
) -> datetime.datetime | datetime.date | datetime.time | float:
    clock = datetime.timedelta(milliseconds=ms)
    if epoch_1904:
        moment = _DAY_0_1904 + datetime.timedelta(days) + clock
    elif days == 0:
        return (datetime.datetime.min + clock).time()
    elif days == _NEVER_WAS:
        return NoDate(days + ms / _DAY_MS)
    else:
        later = days if days > _NEVER_WAS else days + 1
        moment = _DAY_0_1900 + datetime.timedelta(later) + clock
    return moment if ms else moment.date()
