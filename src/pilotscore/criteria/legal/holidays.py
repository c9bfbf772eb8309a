"""Public holidays and make-up working days: the shipped years, and those that a person added.

A year is *published* once the State Council has printed its arrangement; any other is
*unconfirmed*, and nobody guesses it.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from pilotscore.criteria.checks import Fault
from pilotscore.criteria.checks.fault import fault
from pilotscore.criteria.files import Source
from pilotscore.criteria.legal import kinds
from pilotscore.criteria.legal.rule_files import Day, load_rules
from pilotscore.criteria.legal.user_folder import user_rules
from pilotscore.criteria.parts import Bilingual, Part
from pilotscore.criteria.shipped import data_folder
from pilotscore.language import Text, Words, same
from pilotscore.records import dataclass

ONE_DAY = datetime.timedelta(days=1)
# The New Year holiday may begin in the December before: at the earliest on the 29th so far.
_EARLIEST = (12, 25)
WEEKDAYS = (
    Text("星期一", "Monday"),
    Text("星期二", "Tuesday"),
    Text("星期三", "Wednesday"),
    Text("星期四", "Thursday"),
    Text("星期五", "Friday"),
    Text("星期六", "Saturday"),
    Text("星期日", "Sunday"),
)
Checked = Literal["notice", "library", "user"]


class HolidayPart(Part):
    """A holiday of a file: its name, first and last day."""

    name: str
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")


class YearPart(Part):
    """A year of the shipped file."""

    status: Literal["published", "unconfirmed"] = "published"
    number: str = ""
    issued: Day | None = None
    checked: Checked = "library"
    holidays: tuple[HolidayPart, ...]
    working: tuple[Day, ...] = ()


class HolidayFile(Part):
    """The shipped file: every published year of a region."""

    region: str
    as_of: Day
    title: Bilingual
    source: Bilingual
    names: dict[str, Bilingual]
    years: dict[int, YearPart]


class YearFile(Part):
    """A file that a person adds: the arrangement of one year."""

    year: Annotated[int, Field(ge=1985, le=2200)]
    source: str = ""
    number: str = ""
    issued: Day | None = None
    holidays: tuple[HolidayPart, ...]
    working: tuple[Day, ...] = ()


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off in a row and what they are called."""

    title: Text
    first: datetime.date
    last: datetime.date

    @property
    def days(self) -> int:
        """How many days it has, weekends inside it included."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """The arrangement of a year, and where it was read."""

    year: int
    published: bool
    source: Words
    number: str
    issued: datetime.date | None
    checked: Checked
    holidays: tuple[Holiday, ...]
    working: tuple[datetime.date, ...]
    file: Source


@dataclass(frozen=True, slots=True)
class Holidays:
    """The years that are known, and every file that was read for them."""

    region: str
    as_of: datetime.date
    years: Mapping[int, HolidayYear]
    files: tuple[Source, ...]

    def __hash__(self) -> int:
        return hash(self.files)

    @property
    def published(self) -> frozenset[int]:
        """The years that have an arrangement."""
        return frozenset(year for year, part in self.years.items() if part.published)


def load_holidays(extra: Iterable[Path] = (), *, users: bool = True) -> Holidays:
    """Return the calendar: the shipped years, those in the user's folder, and further files.

    A later file takes the place of an earlier one for its year.

    Parameters
    ----------
    extra
        Files of one year each, for this run.
    users
        Whether the user's own folder counts.

    Raises
    ------
    UnreadableInputError, FaultyFileError
        A file cannot be read, or contradicts itself.
    """
    holidays = shipped_holidays()
    for path in (*(_added_files() if users else ()), *extra):
        holidays = with_year(holidays, load_year(path))
    return holidays


def with_year(holidays: Holidays, year: HolidayYear) -> Holidays:
    """Return a calendar with one more year, or another arrangement of one."""
    years = {**holidays.years, year.year: year}
    return replace(holidays, years=dict(sorted(years.items())), files=(*holidays.files, year.file))


@lru_cache(maxsize=1)
def shipped_holidays() -> Holidays:
    """Return the years that come with the program."""
    file, source = _shipped_file()
    years = {
        year: HolidayYear(
            year,
            part.status == "published",
            file.source.of(year=year),
            part.number,
            part.issued,
            part.checked,
            tuple(Holiday(file.names[h.name], h.first, h.last) for h in part.holidays),
            part.working,
            source,
        )
        for year, part in sorted(file.years.items())
    }
    return Holidays(file.region, file.as_of, years, (source,))


@lru_cache(maxsize=1)
def _shipped_file() -> tuple[HolidayFile, Source]:
    return load_rules(data_folder("rules") / "holidays" / "cn.yaml", HolidayFile, _faults)


def load_year(path: Path) -> HolidayYear:
    """Return the arrangement of one year in a YAML file.

    Raises
    ------
    UnreadableInputError, FaultyFileError
        It cannot be read, or contradicts itself: every fault with its line.
    """
    file, source = load_rules(path, YearFile, faults_of_year)
    return year_of(file, source)


def year_of(file: YearFile, source: Source) -> HolidayYear:
    """Return the arrangement of a sound file of one year."""
    return HolidayYear(
        file.year,
        True,
        same(file.source or source.name),
        file.number,
        file.issued,
        "user",
        tuple(Holiday(_title(h.name), h.first, h.last) for h in file.holidays),
        tuple(sorted(file.working)),
        source,
    )


def added_folder() -> Path:
    """Return the folder in which the years are that a person added."""
    return user_rules() / "holidays"


def _added_files() -> list[Path]:
    return sorted(added_folder().glob("*.yaml"))


def _title(name: str) -> Text:
    """Return a holiday's name in both languages, where the shipped file knows it."""
    for key, title in _shipped_file()[0].names.items():
        if name.casefold() in (key, title.zh, title.en.casefold()):
            return title
    return same(name)


# ------------------------------------------------------------------------------- what is wrong


def _faults(file: HolidayFile) -> Iterator[Fault]:
    known = ", ".join(file.names)
    for year, part in file.years.items():
        path = ("years", year)
        yield from _faults_of(year, part.holidays, part.working, path)
        for i, holiday in enumerate(part.holidays):
            if holiday.name not in file.names:
                where = (*path, "holidays", i, "name")
                yield fault(kinds.UNKNOWN_HOLIDAY, where, name=holiday.name, known=known)


def faults_of_year(file: YearFile) -> Iterator[Fault]:
    """Yield what contradicts itself in the arrangement of a year."""
    yield from _faults_of(file.year, file.holidays, file.working, ())


def _faults_of(
    year: int,
    holidays: tuple[HolidayPart, ...],
    working: tuple[datetime.date, ...],
    path: tuple[str | int, ...],
) -> Iterator[Fault]:
    if not holidays:
        yield fault(kinds.NO_HOLIDAY, (*path, "holidays"), year=year)
    off: set[datetime.date] = set()
    for i, holiday in enumerate(holidays):
        where = (*path, "holidays", i)
        yield from _range_faults(year, holiday, where)
        days = set(_days(holiday))
        if twice := sorted(days & off):
            yield fault(kinds.TWICE_A_HOLIDAY, where, day=str(twice[0]))
        off |= days
    times = Counter(working)
    for i, day in enumerate(working):
        where = (*path, "working", i)
        yield from _outside(year, day, where)
        if day in off:
            yield fault(kinds.HOLIDAY_AND_WORKING, where, day=str(day))
        if day.weekday() < 5:
            weekday = WEEKDAYS[day.weekday()]
            yield fault(kinds.WORKING_WEEKDAY, where, day=str(day), weekday=weekday)
        if times[day] > 1 and working.index(day) < i:
            yield fault(kinds.TWICE_WORKING, where, day=str(day))


def _range_faults(year: int, holiday: HolidayPart, where: tuple[str | int, ...]) -> Iterator[Fault]:
    if holiday.last < holiday.first:
        first, last = str(holiday.first), str(holiday.last)
        yield fault(kinds.BACKWARDS_RANGE, where, first=first, last=last)
    yield from _outside(year, holiday.first, (*where, "from"))
    yield from _outside(year, holiday.last, (*where, "to"))


def _outside(year: int, day: datetime.date, where: tuple[str | int, ...]) -> Iterator[Fault]:
    if not datetime.date(year - 1, *_EARLIEST) < day <= datetime.date(year, 12, 31):
        yield fault(kinds.OUTSIDE_YEAR, where, day=str(day), year=year)


def _days(holiday: HolidayPart) -> Iterator[datetime.date]:
    """Yield the days of a holiday; of one that is far too long, those of its first year."""
    for n in range(min((holiday.last - holiday.first).days + 1, 366)):
        yield holiday.first + n * ONE_DAY
