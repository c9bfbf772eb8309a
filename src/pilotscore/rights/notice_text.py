"""The arrangement of holidays as the State Council prints it: `1月1日至3日放假，共3天`."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import field

from pilotscore.criteria.legal import kinds
from pilotscore.criteria.legal.holidays import WEEKDAYS
from pilotscore.findings import Finding, Kind, Place
from pilotscore.patterns import regex
from pilotscore.records import dataclass

_DAY = regex(
    r"(?:(?P<iso>\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2})"
    r"|(?:(?P<year>\d{4})年)?(?:次年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日)"
    r"(?:\s*\((?P<said>[^)]*)\))?"
)
_TO = regex(r"\s*(?:至|到|-|–|—|~|～)\s*")
_LINE = regex(
    r"^\s*(?:[一二三四五六七八九十]+[、.]|\d{1,2}[、.])?\s*([^:,。\d]{1,30}?)\s*:(.*)$", re.S
)
_NUMBERED = regex(r"(?=(?:^|(?<=[。\s]))[一二三四五六七八九十]+、)")
_SENTENCE = regex(r"[。;\n]")
_OFF, _WORK = ("放假", "补休", "休假", "休息", "连休"), ("上班", "补班")
_ADVICE = ("鼓励", "建议", "提倡")  # what employers may do is no day off
_NEW_YEAR = ("元旦", "new year", "new_year")
_COUNT = regex(r"(?:共|放假|放假调休|休)\s*(\d{1,2})\s*天")
_TITLE = regex(r"关于\s*(\d{4})\s*年")
_NUMBER = regex(r"国办发明电\s*[\[〔(]\d{4}[\]〕)]\s*第?\d+\s*号")
# The day below a notice, and who signed it.
_ISSUED = regex(r"(?:^|国务院办公厅)\s*(\d{4})年(\d{1,2})月(\d{1,2})日\s*$")
_SIGNS = {sign: i for i, sign in enumerate("一二三四五六日")} | {"天": 6}


@dataclass(frozen=True, slots=True)
class Said:
    """A line that was read: a holiday with its days, or a day of work, each with its place."""

    name: str
    days: tuple[tuple[datetime.date, datetime.date], ...]
    working: tuple[datetime.date, ...]
    place: Place


@dataclass(slots=True)
class NoticeText:
    """What a notice says, line by line; ``findings`` has what of it is not understood."""

    year: int | None = None
    number: str = ""
    issued: datetime.date | None = None
    lines: list[Said] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def plain(text: str) -> str:
    """Return a text with half-width digits and signs, and without the blanks of a layout."""
    return unicodedata.normalize("NFKC", text).replace("\u3000", " ").strip()


def heading_of(notice: NoticeText, text: str) -> None:
    """Take from a line the year, number and day of the notice, where it has them."""
    if notice.year is None and (title := _TITLE.search(text)):
        notice.year = int(title[1])
    if number := _NUMBER.search(text):
        notice.number = number[0].replace(" ", "").replace("[", "〔").replace("]", "〕")
    if issued := _ISSUED.search(text):
        notice.issued = _date(*map(int, issued.groups()))


def read_lines(notice: NoticeText, texts: list[tuple[str, Place]], year: int) -> None:
    """Read the lines of a notice that name a holiday; the others say nothing of days off."""
    for text, place in texts:
        for part in _NUMBERED.split(_ISSUED.sub("", text)):
            if line := _LINE.match(part):
                _read_line(_Line(notice, place, line[1].strip(), year), line[2])


@dataclass(frozen=True, slots=True)
class _Line:
    """A line while it is read: where findings go, its place, and the year of days without one."""

    notice: NoticeText
    place: Place
    name: str
    year: int

    def tell(self, kind: Kind, **values: object) -> None:
        self.notice.findings.append(Finding(kind, self.place, values))

    def year_of(self, month: int) -> int:
        """Return the year of a day without one: December of a New Year is of the year before."""
        new_year = any(word in self.name.casefold() for word in _NEW_YEAR)
        return self.year - 1 if new_year and month == 12 else self.year


def _read_line(line: _Line, text: str) -> None:
    off: list[tuple[datetime.date, datetime.date]] = []
    working: list[datetime.date] = []
    for clause in _clauses(text):
        ranges = list(_ranges(line, clause))
        works, rests = (any(w in clause for w in words) for words in (_WORK, _OFF))
        if not ranges or works == rests:
            line.tell(kinds.UNREADABLE_DAYS, text=f"{line.name}：{clause.strip()}")
        elif works:
            working += [day for first, last in ranges for day in _each(first, last)]
        else:
            off += ranges
            _check_count(line, clause, ranges)
    if off or working:
        line.notice.lines.append(Said(line.name, tuple(off), tuple(working), line.place))


def _clauses(text: str) -> Iterator[str]:
    """Yield what of a line speaks of days: sentences, in parts where one says both."""
    for sentence in _SENTENCE.split(text):
        if any(word in sentence for word in _ADVICE):
            continue
        both = all(any(w in sentence for w in words) for words in (_WORK, _OFF))
        parts = sentence.split(",") if both else [sentence]
        yield from (part for part in parts if _DAY.search(part))


def _ranges(line: _Line, clause: str) -> Iterator[tuple[datetime.date, datetime.date]]:
    """Yield the stretches of days of a clause; a day without a month has that of the one before."""
    days = list(_DAY.finditer(clause))
    month: int | None = None
    n = 0
    while n < len(days):
        first, month = _day_of(line, days[n], clause, month)
        last = first
        until = days[n + 1] if n + 1 < len(days) else None
        if until is not None and _TO.fullmatch(clause[days[n].end() : until.start()]):
            last, month = _day_of(line, until, clause, month)
            n += 1
        n += 1
        if first is not None and last is not None:
            yield first, last


def _day_of(
    line: _Line, match: re.Match[str], clause: str, month: int | None
) -> tuple[datetime.date | None, int | None]:
    """Return a day, and its month for a day after it without one."""
    if match["iso"]:
        year, at, number = map(int, re.split("[-/]", match["iso"]))
    else:
        at = int(match["month"] or month or 0)
        year, number = int(match["year"] or line.year_of(at)), int(match["day"])
    day = _date(year, at, number)
    if day is None:
        line.tell(kinds.UNREADABLE_DAYS, text=clause.strip())
        return None, at or None
    said = _weekday(match)
    if said is not None and said != day.weekday():
        weekday = WEEKDAYS[day.weekday()]
        line.tell(kinds.WRONG_WEEKDAY, day=str(day), weekday=weekday, said=WEEKDAYS[said])
    return day, at


def _weekday(day: re.Match[str]) -> int | None:
    """Return the weekday in brackets: 周日, 星期天, or 农历除夕、周二."""
    sign = re.search(r"(?:周|星期|礼拜)([一二三四五六日天])", day["said"] or "")
    return _SIGNS[sign[1]] if sign else None


def _check_count(
    line: _Line, clause: str, ranges: list[tuple[datetime.date, datetime.date]]
) -> None:
    """Hold the number of days that is written against the days; a stretch backwards has none."""
    said = [int(number) for number in _COUNT.findall(clause)]
    count = sum((last - first).days + 1 for first, last in ranges)
    if said and count > 0 and count not in said:
        line.tell(kinds.WRONG_COUNT, said=said[-1], count=count)


def _each(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    for n in range(min((last - first).days + 1, 366)):
        yield first + datetime.timedelta(days=n)


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
