"""The calendar of holidays as a person sees and extends it; installed files are never edited."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from pilotscore.criteria.legal.holidays import (
    Holidays,
    HolidayYear,
    added_folder,
    load_holidays,
    with_year,
)
from pilotscore.errors import OutputError, UsageError
from pilotscore.language import LISTED, Text, join
from pilotscore.records import dataclass
from pilotscore.rights.calendar_file import read_year
from pilotscore.system import reason_of

_AHEAD = 1  # years without a calendar that are listed after the last with one
_THERE = Text(
    "{year} 年的放假安排已有（{file}），与所给的不同：{days}；确实要改用所给的请加 --force",
    "there is an arrangement of {year} already ({file}), and it differs in: {days}; --force takes "
    "the one given in its place",
)
_CANNOT = Text("无法建立文件夹 {folder}：{reason}", "cannot make the folder {folder}: {reason}")
_DAY = {
    "off": Text("{day}（放假）", "{day} (off)"),
    "working": Text("{day}（上班）", "{day} (working)"),
}
_MOST_DAYS = 8


@dataclass(frozen=True, slots=True)
class CalendarReport:
    """The calendar, and what of it was asked for.

    Parameters
    ----------
    holidays
        All years that are known.
    year
        The one whose days are shown; every year in short where None.
    shown
        The years that are listed, those without a calendar among them.
    """

    holidays: Holidays
    year: int | None
    shown: Sequence[int]
    day: datetime.date

    def published(self, year: int) -> HolidayYear | None:
        """Return a year whose arrangement is published; None for any other."""
        calendar = self.holidays.years.get(year)
        return calendar if calendar is not None and calendar.published else None


def calendar_report(
    year: int | None = None, holidays: Holidays | None = None, day: datetime.date | None = None
) -> CalendarReport:
    """Return the calendar as a person has it.

    Parameters
    ----------
    year
        The year whose days are asked for; all in short where None.
    holidays
        The calendar; where None the shipped one with what the person added.
    day
        Today, where None.
    """
    holidays = holidays or load_holidays()
    day = day or datetime.date.today()
    if year is not None:
        return CalendarReport(holidays, year, (year,), day)
    last = max(*holidays.years, day.year)
    shown = range(min(holidays.years), last + _AHEAD + 1)
    return CalendarReport(holidays, None, tuple(shown), day)


def year_to_add(path: Path, year: int | None, *, replace: bool) -> tuple[HolidayYear, Path]:
    """Return the arrangement of a file, and the file of the user's own folder that will keep it.

    Parameters
    ----------
    path
        What the person gives.
    year
        The year, where the file does not say it.
    replace
        Whether it may take the place of another arrangement of its year.

    Raises
    ------
    UsageError
        Another arrangement of that year is known, and it differs.
    UnreadableInputError, FaultyFileError
        The file cannot be read, or contradicts itself.
    """
    given = read_year(path, year)
    known = load_holidays().years.get(given.year)
    if known is not None and known.published and not replace:
        differing = sorted(_days(known) ^ _days(given))
        if differing:
            named = [_DAY[word].of(day=day) for day, word in differing[:_MOST_DAYS]]
            days = join(named, LISTED)
            raise UsageError(_THERE.of(year=given.year, file=known.file.name, days=days))
    return given, added_folder() / f"cn-{given.year}.yaml"


def make_folder(folder: Path) -> None:
    """Make the folder in which a person's years are kept.

    Raises
    ------
    OutputError
        The system refuses it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        words = _CANNOT.of(folder=str(folder), reason=reason_of(error))
        raise OutputError(words) from error


def with_added(year: HolidayYear) -> Holidays:
    """Return the calendar with a year that is about to be kept."""
    return with_year(load_holidays(), year)


def _days(year: HolidayYear) -> set[tuple[datetime.date, str]]:
    """Return the days off but for plain weekends, and the make-up days of a year."""
    off = {
        holiday.first + datetime.timedelta(days=n)
        for holiday in year.holidays
        for n in range(holiday.days)
    }
    worked = {(day, "working") for day in year.working}
    return worked | {(day, "off") for day in off if day.weekday() < 5}
