"""Reads columns of times into hours, whatever they are written as."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.patterns import regex
from pilotscore.workbook.open.serials import NoDate

_EPOCH = datetime.datetime(1970, 1, 1)
_WRITTEN = regex(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]*(\d{1,2})\s*[:时点]\s*(\d{1,2})?\s*(?:[:分]\s*(\d{1,2}(?:[.,]\d+)?)?)?\s*秒?分?)?"
    r"\s*(?:([Zz])|([+-])(\d{2}):?(\d{2})?)?"
)
_DURATION = regex(r"(\d{1,6}):([0-5]\d)(?::([0-5]\d(?:\.\d{1,6})?))?")
# Serial numbers of 1990 to 2100, the day in a cell that is not formatted as a date.
_FIRST_SERIAL, _LAST_SERIAL = 32874.0, 73051.0
_HOURS: dict[float, tuple[str, ...]] = {
    1.0: ("h", "小时", "hour", "hours", "hr"),
    1 / 60: ("min", "分钟", "分", "minutes"),
    1 / 3600: ("s", "秒", "sec"),
    24.0: ("d", "天", "日", "days", "day"),
}
_PER_HOUR = {unit: hours for hours, written in _HOURS.items() for unit in written}


def hours_per(unit: str) -> float:
    """Return how many hours one of a unit of time is; 1 where it is not known."""
    return _PER_HOUR.get(unit.strip().casefold(), 1.0)


def is_time_unit(unit: str) -> bool:
    """Say whether a text is a unit of time that is known here."""
    return unit.strip().casefold() in _PER_HOUR


def hours_of(duration: datetime.timedelta | datetime.time) -> float:
    """Return a duration, or a time of less than a day, in hours."""
    if isinstance(duration, datetime.time):
        duration = datetime.datetime.combine(_EPOCH.date(), duration) - _EPOCH
    return duration.total_seconds() / 3600


def duration_in(text: str) -> datetime.timedelta | None:
    """Return the duration that is written as spreadsheets show it: 36:00, 36:00:30."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return datetime.timedelta(hours=hours, minutes=minutes, seconds=seconds)


def moment(cell: Any) -> float | None:
    """Return a cell as hours since 1970; nan where it is blank, None where it is no time.

    A number is taken as the serial number of a day, as a cell without a date format holds it; only
    differences of times are ever used, so that it does not matter from which year a workbook
    counts. A time with an offset (Z, +08:00) is in hours of Greenwich. A duration is so many hours,
    and so is a time without a day.
    """
    if cell is None or cell == "":
        return math.nan
    if isinstance(cell, datetime.datetime):
        ahead = cell.utcoffset() or datetime.timedelta()
        return (cell.replace(tzinfo=None) - ahead - _EPOCH).total_seconds() / 3600
    if isinstance(cell, datetime.date):
        return (datetime.datetime(cell.year, cell.month, cell.day) - _EPOCH).total_seconds() / 3600
    if isinstance(cell, datetime.timedelta | datetime.time):
        return hours_of(cell)
    if isinstance(cell, bool | NoDate):
        return None
    if isinstance(cell, int | float):
        return float(cell) * 24 if _FIRST_SERIAL <= cell <= _LAST_SERIAL else None
    if not isinstance(cell, str):
        return None
    return _written(" ".join(cell.split()))


def _written(text: str) -> float | None:
    match = _WRITTEN.fullmatch(text)
    if not match:
        return None
    year, month, day, hour, minute, second, _, sign, *ahead = match.groups()
    try:
        base = datetime.datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0))
    except ValueError:
        return None
    seconds = float((second or "0").replace(",", "."))
    if seconds >= 61:
        return None
    offset = float(ahead[0]) + float(ahead[1] or 0) / 60 if sign else 0.0
    offset = -offset if sign == "-" else offset
    return (base - _EPOCH).total_seconds() / 3600 + seconds / 3600 - offset


def has_offset(cell: Any) -> bool:
    """Say whether a time is stated with how far its clock is from Greenwich."""
    if isinstance(cell, str):
        match = _WRITTEN.fullmatch(" ".join(cell.split()))
        return match is not None and bool(match.group(7) or match.group(8))
    return isinstance(cell, datetime.datetime) and cell.tzinfo is not None


def read_moments(cells: Sequence[Any], unit: str = "") -> tuple[Floats, list[tuple[int, str]]]:
    """Read a column of times as hours.

    Parameters
    ----------
    cells
        Dates and times, texts of them, or numbers.
    unit
        The unit that the header states for numbers: elapsed hours where it is blank and the numbers
        are no days of this century.

    Returns
    -------
    tuple
        Hours, shape (n,), nan where blank or not a time, and each cell that is no time.
    """
    if all(
        isinstance(c, int | float) and not isinstance(c, bool | NoDate) for c in cells if c != ""
    ):
        numbers = np.array([math.nan if c == "" else float(c) for c in cells])
        some = numbers[~np.isnan(numbers)]
        serial = len(some) and bool(((some >= _FIRST_SERIAL) & (some <= _LAST_SERIAL)).all())
        return numbers * (24.0 if serial and not unit else hours_per(unit)), []
    moments = np.full(len(cells), np.nan)
    wrong = []
    for i, cell in enumerate(cells):
        hours = moment(cell)
        if hours is None:
            wrong.append((i, str(cell)))
        else:
            moments[i] = hours
    return moments, wrong
