"""Reads a date that is written as text or as a plain number."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from pilotscore.findings import Kind
from pilotscore.patterns import regex
from pilotscore.workbook.values import kinds

# Z, or how far ahead of it a clock is: the day is the one that is written, where the clock is.
_ZONE = r"(?:\s*(?:[Zz]|[+-]\d{2}(?::?\d{2})?))?"
_DATE = regex(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?"
    rf"(?:[Tt\s]\s*\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:[.,]\d+)?)?)?{_ZONE}"
)
_MONTH = regex(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?(?:份)?")
_COMPACT = regex(rf"(\d{{4}})(\d{{2}})(\d{{2}})(?:T\d{{4}}(?:\d{{2}}(?:[.,]\d+)?)?{_ZONE})?")
_DAY_FIRST = regex(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
# 二〇二五年三月十五日, as official letters have it; 廿 and 卅 are 20 and 30.
_CHINESE = regex(
    r"([〇零○０0Oo一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月"
    r"([一二三四五六七八九十廿卅]{1,3})[日号]"
)
_DIGITS = {sign: n for n, sign in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○０0Oo", 0)
_TENS = {"十": 10, "一十": 10, "二十": 20, "廿": 20, "三十": 30, "卅": 30}
_COUNTED = {sign: n for sign, n in _DIGITS.items() if n} | {
    ten + one: n + _DIGITS.get(one, 0)
    for ten, n in _TENS.items()
    for one in ("", *"一二三四五六七八九")
}
_ENGLISH = ("%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%d-%b-%Y", "%d-%B-%Y")
_ENDLESS = frozenset(
    ("长期", "长期有效", "永久", "永久有效", "long-term", "permanent", "unlimited", "no expiry")
)
END_OF_TIME = "9999-12-31"
# Serial numbers of 1990 to 2100: a date in a cell that is not formatted as one.
_SERIALS = range(32874, 73051)
_EPOCH_1900, _EPOCH_1904 = datetime.date(1899, 12, 30), datetime.date(1904, 1, 1)


class StatedDate(NamedTuple):
    """A date in ISO form, what to say of it (None where written so), and its values."""

    date: str
    kind: Kind | None
    shown: dict[str, Any]


def date_in(text: str) -> StatedDate | None:
    """Return the date that a text states; None where it states none.

    A month without a day is its first day, which is the earlier, less favourable end of a permit.
    A number that may be the serial number of a date is never taken for it: the workbook may count
    from 1900 or from 1904.
    """
    if text.casefold() in _ENDLESS:
        return StatedDate(END_OF_TIME, kinds.READ_AS, {})
    if match := _DATE.fullmatch(text) or _COMPACT.fullmatch(text):
        return _checked(text, *match.groups())
    if match := _CHINESE.fullmatch("".join(text.split())):
        year, month, day = match.groups()
        digits = "".join(str(_DIGITS[sign]) for sign in year)
        return _checked(text, digits, *(str(_COUNTED.get(x, 0)) for x in (month, day)))
    if match := _DAY_FIRST.fullmatch(text):
        first, second, year = match.groups()
        if int(first) > 12:
            return _checked(text, year, second, first)
        if int(second) > 12 or first == second:
            return _checked(text, year, first, second)
        return None
    if match := _MONTH.fullmatch(text):
        year, month = match.groups()
        day = _checked(text, year, month, "1")
        return day._replace(kind=kinds.MONTH_DATE) if day else None
    if text.isdecimal() and int(text) in _SERIALS:
        days = datetime.timedelta(days=int(text))
        shown = {"in1900": str(_EPOCH_1900 + days), "in1904": str(_EPOCH_1904 + days)}
        return StatedDate("", kinds.SERIAL_DATE, shown)
    return _english(text)


def _checked(text: str, year: str, month: str, day: str) -> StatedDate | None:
    try:
        date = datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
    return StatedDate(date, None if text == date else kinds.READ_AS, {})


def _english(text: str) -> StatedDate | None:
    plain = " ".join(text.replace(",", " ").replace(".", " ").split())
    for form in _ENGLISH:
        try:
            date = datetime.datetime.strptime(plain, form).date().isoformat()
        except ValueError:
            continue
        return StatedDate(date, kinds.READ_AS, {})
    return None
