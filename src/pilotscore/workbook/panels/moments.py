"""Reads when a score was given, with the time of day where that is said."""

from __future__ import annotations

import datetime
import math
import re
from typing import Any

from pilotscore.workbook.values.cells import State, read_date, tidy

_EPOCH = datetime.date(1970, 1, 1).toordinal()
_DAY = 86_400
_TIMED = re.compile(
    r"(?P<date>.*?\d[日号]?)[\sT]+(?P<pm>下午|晚上|上午|早上)?\s*(?P<hour>\d{1,2})[:：](?P<minute>\d{2})"
    r"(?:[:：](?P<second>\d{2})(?:\.\d+)?)?\s*(?P<half>am|pm)?(?:Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
).fullmatch


def moment_of(cell: Any) -> float:
    """Return when a cell says, in days since 1970; nan where it says no day."""
    if isinstance(cell, datetime.datetime):
        since = cell.replace(tzinfo=None) - datetime.datetime.combine(cell.date(), datetime.time())
        return cell.toordinal() - _EPOCH + since.total_seconds() / _DAY
    timed = _TIMED(tidy(cell)) if isinstance(cell, str) else None
    day = _day_of(timed["date"] if timed is not None else cell)
    return day if timed is None else day + _part_of(timed)


def _day_of(cell: Any) -> float:
    read = read_date(cell)
    if read.state is not State.VALUE or not read.word:
        return math.nan
    try:
        return float(datetime.date.fromisoformat(read.word[:10]).toordinal() - _EPOCH)
    except ValueError:
        return math.nan


def _part_of(timed: re.Match[str]) -> float:
    """Return which part of the day had gone; nan where there is no such time."""
    hour, minute, second = (int(timed[name] or 0) for name in ("hour", "minute", "second"))
    half = (timed["half"] or "").casefold()
    later = half == "pm" or timed["pm"] in ("下午", "晚上")
    if later and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return math.nan
    return (3600 * hour + 60 * minute + second) / _DAY


def written(moment: float) -> str:
    """Return a moment as it is read again: 2026-03-01, or 2026-03-01 09:10:00 with a time."""
    day, part = divmod(moment, 1)
    date = datetime.date.fromordinal(int(day) + _EPOCH)
    seconds = round(part * _DAY)
    if seconds >= _DAY:
        date, seconds = date + datetime.timedelta(days=1), 0
    if not seconds:
        return date.isoformat()
    return f"{date.isoformat()} {seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
