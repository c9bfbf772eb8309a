"""Numbers in a text, by a pattern that an office writes: {total}项考核指标完成{done}项.

What stands outside the braces is meant letter for letter, but for spaces, stops and width; each
name stands for one number. No regular expression of a user is ever run, so that none can take for
ever.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pilotscore.language import Text, Words
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.values.cells import half_width

_NAME = regex(r"\{([^{}]*)\}")
_WORD = regex(r"[^\W\d]\w*")
# No more digits than a number has: the search stays linear in the text.
_NUMBER = (
    r"((?<![\d.])\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,9})?(?![\d.]*\d)"
    r"|(?<![零一二两三四五六七八九十百])[零一二两三四五六七八九十百]{1,6})"
)
_CHINESE = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
# What may stand between any two letters, and is no letter of a pattern itself.
_STOPS = "，、：；。"
_BETWEEN = rf"[\s,:;{_STOPS}]*"
MOST_TEXT = 2_000
MOST_PATTERN = 200

_NO_NAME = Text("没有写哪里是数：用 {braces}", "it does not say where a number is: use {braces}")
_BAD_NAME = Text("“{name}”不能作名称", "“{name}” cannot be a name")
_TWICE = Text("“{name}”出现两次", "“{name}” is there twice")
_ADJACENT = Text(
    "两个数之间没有文字，分不开", "two numbers with nothing between them cannot be told apart"
)
_BRACES = Text("花括号不成对", "a brace without its other")
_LONG = Text("太长", "it is too long")


class PatternError(Exception):
    """A text that is no pattern."""

    def __init__(self, text: Words) -> None:
        super().__init__(text.to("en"))
        self.text = text


@dataclass(frozen=True, slots=True)
class TextPattern:
    """A pattern of a text with named numbers."""

    text: str
    names: tuple[str, ...]
    compiled: re.Pattern[str]

    @classmethod
    def of(cls, text: str) -> TextPattern:
        """Read a pattern.

        Raises
        ------
        PatternError
            It names no number, a number twice, or two numbers with nothing between them.
        """
        names = tuple(m.group(1).strip() for m in _NAME.finditer(text))
        around = _NAME.split(text)[::2]
        _refuse(text, names, around)
        literals = [_BETWEEN.join(map(re.escape, _plain(part))) for part in around]
        body = literals[0]
        for literal in literals[1:]:
            body += _BETWEEN + _NUMBER + _BETWEEN + literal
        return cls(text, names, re.compile(body))

    def numbers(self, text: str) -> dict[str, float] | None:
        """Return the numbers of a text by name; None where it does not say them, or says two."""
        readings = {
            m.groups() for m in self.compiled.finditer(half_width(text[:MOST_TEXT]).casefold())
        }
        if len(readings) != 1:
            return None
        (written,) = readings
        numbers = {n: _number(text) for n, text in zip(self.names, written, strict=True)}
        return {n: x for n, x in numbers.items() if x is not None} if _all(numbers) else None


def _all(numbers: Mapping[str, float | None]) -> bool:
    return None not in numbers.values()


def _number(written: str) -> float | None:
    """Return a number in digits, or in Chinese below a thousand; None where it is none."""
    if written[0].isdigit():
        return float(written.replace(",", ""))
    total, digit, least = 0, 0, 1000
    for sign in written:
        if sign in _CHINESE:
            if digit:
                return None  # 一二 is no number
            digit = _CHINESE[sign]
            continue
        times = 100 if sign == "百" else 10
        if times >= least:
            return None
        total, digit, least = total + (digit or 1) * times, 0, times
    return float(total + digit)


def _plain(text: str) -> str:
    return re.sub(_BETWEEN, "", half_width(text).casefold())


def _refuse(text: str, names: tuple[str, ...], around: list[str]) -> None:
    if len(text) > MOST_PATTERN:
        raise PatternError(_LONG)
    if "{" in "".join(around) or "}" in "".join(around):
        raise PatternError(_BRACES)
    if not names or not any(map(_plain, around)):
        raise PatternError(_NO_NAME.of(braces="{total}项完成{done}项"))
    for name in names:
        if not _WORD.fullmatch(name):
            raise PatternError(_BAD_NAME.of(name=name))
        if names.count(name) > 1:
            raise PatternError(_TWICE.of(name=name))
    if not all(map(_plain, around[1:-1])):
        raise PatternError(_ADJACENT)
