"""The kinds of value that options take; what they refuse is said in the running language."""

from __future__ import annotations

import datetime
import math
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

import click

from pilotscore.cli.running import lang_of
from pilotscore.language import LISTED, Text, Words, did_you_mean, join
from pilotscore.patterns import regex
from pilotscore.system import is_file

_NOT_AMONG = Text(
    "没有 {value}；可以是 {choices}{guess}", "there is no {value}; it may be {choices}{guess}"
)
_A_FILE = Text(
    "{value} 是文件；这里先写 {choices} 之一", "{value} is a file; first comes one of {choices}"
)
_NO_NUMBER = Text("“{value}”不是数", "“{value}” is no number")
_NO_WHOLE = Text("“{value}”不是整数", "“{value}” is no whole number")
_TOO_SMALL = Text("{value} 太小，至少为 {low:,}", "{value} is too small: at least {low:,}")
_OUTSIDE = Text(
    "{value} 不在 {low:,} 至 {high:,} 之间", "{value} is not between {low:,} and {high:,}"
)
_NO_DAY = Text("“{value}”不是 2026-12-31 这样的日期", "“{value}” is no date such as 2026-12-31")
_NO_SPAN = Text(
    "“{value}”不是 90d（天）、12w（周）、3m（月）、1y（年）这样的时间",
    "“{value}” is no time ahead such as 90d (days), 12w (weeks), 3m (months) or 1y (a year)",
)
_SPAN = regex(r"(\d{1,4})\s*(d|day|days|天|日|w|weeks?|周|m|months?|个?月|y|years?|年)?")
_DAYS, _WEEKS, _MONTHS, _YEARS = (1, "days"), (7, "days"), (1, "months"), (12, "months")
_SPANS: dict[str | None, tuple[int, str]] = {
    **dict.fromkeys((None, "d", "day", "days", "天", "日"), _DAYS),
    **dict.fromkeys(("w", "week", "weeks", "周"), _WEEKS),
    **dict.fromkeys(("m", "month", "months", "月", "个月"), _MONTHS),
    **dict.fromkeys(("y", "year", "years", "年"), _YEARS),
}
_NO_RANGE = Text(
    "“{value}”不是 维度=20%..40% 这样的范围", "“{value}” is no range such as tech=20%..40%"
)
Param: TypeAlias = click.Parameter | None
Context: TypeAlias = click.Context | None


def _refuse(words: Words, param: Param, ctx: Context) -> NoReturn:
    raise click.BadParameter(words.to(lang_of(ctx)), ctx, param)


class Choice(click.Choice[str]):
    """One of some words; of one that is none, the nearest is suggested."""

    def get_invalid_choice_message(self, value: Any, ctx: Context) -> str:
        """Say which words there are."""
        words = tuple(map(str, self.choices))
        if is_file(Path(str(value))):
            return _A_FILE.of(value=value, choices=join(words, LISTED)).to(lang_of(ctx))
        said = _NOT_AMONG.of(
            value=value, choices=join(words, LISTED), guess=did_you_mean(str(value), words)
        )
        return said.to(lang_of(ctx))


class Whole(click.IntRange):
    """A whole number between bounds."""

    name = "integer"

    def convert(self, value: Any, param: Param, ctx: Context) -> int:
        """Read a number."""
        try:
            number = int(value)
        except ValueError:
            _refuse(_NO_WHOLE.of(value=value), param, ctx)
        _refuse_outside(number, self.min, self.max, param, ctx)
        return number


class Number(click.FloatRange):
    """A number between bounds; neither infinite nor undefined."""

    name = "number"

    def convert(self, value: Any, param: Param, ctx: Context) -> float:
        """Read a number."""
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            _refuse(_NO_NUMBER.of(value=value), param, ctx)
        _refuse_outside(number, self.min, self.max, param, ctx)
        return number


def _refuse_outside(
    value: float, low: float | None, high: float | None, param: Param, ctx: Context
) -> None:
    """Refuse a number beyond its bounds; one with an upper bound has a lower one too."""
    if high is not None and not (low or 0) <= value <= high:
        _refuse(_OUTSIDE.of(value=value, low=low or 0, high=high), param, ctx)
    if low is not None and value < low:
        _refuse(_TOO_SMALL.of(value=value, low=low), param, ctx)


class Day(click.ParamType[datetime.date]):
    """A date, YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: Param, ctx: Context) -> datetime.date:
        """Read a date."""
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(str(value))
        except ValueError:
            _refuse(_NO_DAY.of(value=value), param, ctx)


class Span(click.ParamType[tuple[int, str]]):
    """A time ahead, 90d, 12w, 3m or 1y, as a count of days or of months; a number alone is days."""

    name = "90d|12w|3m|1y"

    def convert(self, value: Any, param: Param, ctx: Context) -> tuple[int, str]:
        """Read a span."""
        if isinstance(value, tuple):
            return value
        match = _SPAN.fullmatch(str(value).strip().casefold())
        if match is None or int(match[1]) == 0:
            _refuse(_NO_SPAN.of(value=value), param, ctx)
        many, unit = _SPANS[match[2]]
        return int(match[1]) * many, unit


class Range(click.ParamType[tuple[str, float, float]]):
    """A range of a weight, NAME=LOW..HIGH in per cent or shares."""

    name = "NAME=LOW..HIGH"

    def convert(self, value: Any, param: Param, ctx: Context) -> tuple[str, float, float]:
        """Read a range."""
        name, equals, span = str(value).partition("=")
        low, dots, high = span.partition("..")
        try:
            if not (equals and dots):
                raise ValueError
            return name.strip(), _share(low), _share(high)
        except ValueError:
            _refuse(_NO_RANGE.of(value=value), param, ctx)


def _share(text: str) -> float:
    text = text.strip()
    percent = text.endswith(("%", "％"))
    return float(text.rstrip("%％")) / (100 if percent else 1)
