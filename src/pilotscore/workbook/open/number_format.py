"""Parses number formats (ECMA-376, 18.8.30 and 31): what a person sees of the number in a cell."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pilotscore.patterns import regex
from pilotscore.records import dataclass

_TOKEN = regex(
    r"""
      "(?P<quoted>[^"]*)"?
    | [\\!](?P<escaped>.?)
    | (?P<width>[_*].?)
    | \[(?P<bracket>[^\]]*)\]?
    | (?P<general>general|g/通用格式|standard)
    | (?P<exponent>e[+-][0#?]+)
    | (?P<fraction>[0#?]+\s*/\s*[0#?1-9][0#?0-9]*)
    | (?P<digits>[0#?][0#?,.]*|\.[0#?][0#?,]*)
    | (?P<typed>@)
    | (?P<percent>%,*)
    | (?P<clock>am/pm|a/p|上午/下午|aaaa?|y+|m+|d+|h+|s+(?:[.,]0+)?|e+|g+|b(?:bbb|b|[12])?)
    | (?P<end>;)
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_NUMBERS = ("general", "exponent", "fraction", "digits")
_LETTERS = ("quoted", "escaped", "other", "clock", "typed")
_ELAPSED = regex(r"h+|m+|s+", re.IGNORECASE)
_CONDITION = regex(r"\s*(<=|>=|<>|<|>|=)\s*([+-]?\d*\.?\d+(?:e[+-]?\d+)?)\s*", re.IGNORECASE)
_HOLDS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
_ANY_COLOUR = regex(r"black|blue|cyan|green|magenta|red|white|yellow|colou?r\s*\d+", re.IGNORECASE)
# What stands around a number without saying more than its sign; what groups its digits.
_MINUS, _ARROWS, _GROUPING = "-(（−–", "▲△▼▽↑↓", frozenset(" ,，'’\u00a0\u202f")
_SIGNS = f"{_MINUS}{_ARROWS}+)） "
# A plus behind a number is none: 500+ is a bound.
_BEHIND = _SIGNS.replace("+", "")
# A stroke, with a sign of money or without, is how accounts show nothing.
_NOTHING = f"{_SIGNS}¥￥$€£"
_POINTS = frozenset(".．。")
_MOST_DIGITS = 40
_LEAST_ZEROS = 2
# Excel takes 255 signs.
_LONGEST = 1000

# What a part of a format is, and its text.
Token = tuple[str, str]
Shows = Literal["number", "date", "time", "duration", "text", "literal"]
DATES: tuple[Shows, ...] = ("date", "time", "duration")


@dataclass(frozen=True, slots=True)
class Section:
    """How one section of a number format shows a number.

    ``before`` and ``after`` are the texts around it without signs and blanks; what is shown is the
    number times ten to the power ``exponent``, of which ``percent`` signs are two each. ``odd`` is
    a number whose digits the format takes apart or adds to. ``minus`` says that a sign of negative
    numbers is part of the section, ``marked`` that a colour or an arrow is. A literal, which shows
    no number, has its text in ``before``. ``template`` has the texts and digits of a section that
    shows whole numbers as names, with zeros before them or texts among them: ``CG-000``.
    """

    shows: Shows
    before: str = ""
    after: str = ""
    exponent: int = 0
    percent: int = 0
    odd: bool = False
    minus: bool = False
    marked: bool = False
    condition: tuple[str, float] | None = None
    template: tuple[Token, ...] = ()

    @property
    def plain(self) -> bool:
        """Say whether a number is shown as itself, but for its digits and its sign."""
        return self.shows == "text" or (
            self.shows == "number"
            and not (self.before or self.after or self.exponent or self.percent or self.odd)
        )

    @property
    def plain_percent(self) -> bool:
        """Say whether a number is shown a hundredfold, with a percent sign and nothing else."""
        beside = self.before or self.after or self.odd
        return self.percent == 1 and self.exponent == 2 and not beside

    def whole(self, value: int) -> str:
        """Return a whole number as a template shows it: 7 is CG-007."""
        places = sum(len(text) for name, text in self.template if name == "digits")
        digits = str(abs(value)).rjust(places)
        beyond, shown = digits[: len(digits) - places], iter(digits[len(digits) - places :])
        pieces = ["-" if value < 0 else ""]
        for name, text in self.template:
            if name != "digits":
                pieces.append(text)
                continue
            filled = (d if d != " " else sign for sign, d in zip(text, shown, strict=False))
            pieces.append(beyond + "".join(d for d in filled if d not in "#?"))
            beyond = ""
        return "".join(pieces)

    def number(self, value: float) -> str:
        """Return the digits of a number as they are shown, all of them."""
        stored = f"{value:.15g}"
        if self.exponent == 0 and "e" not in stored:
            return stored
        shown = Decimal(stored).scaleb(self.exponent)
        text = f"{shown:f}" if abs(shown.adjusted()) < _MOST_DIGITS else str(shown)
        return text.rstrip("0").rstrip(".") if "." in text and "E" not in text else text


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A number format as the workbook has it, with its sections for numbers in order.

    Attributes
    ----------
    percent
        Whether some numbers are shown a hundredfold, with a percent sign.
    matters
        Whether some number is shown as another value than the stored one, or with a text that
        says what it is of. Dates and durations do not count: what the cell holds is one then.
    is_date
        Whether the number is shown as a date, a time, or a duration.
    is_duration
        Whether hours, minutes or seconds are counted on beyond a day, an hour, a minute.
    """

    code: str
    sections: tuple[Section, ...]
    percent: bool
    matters: bool
    is_date: bool
    is_duration: bool

    def section(self, value: float) -> Section:
        """Return the section by which a number is shown."""
        first, *others = self.sections
        if not others:
            return first
        second, third = others[0], others[-1] if len(others) > 1 else None
        if first.condition or second.condition:
            if _holds(first.condition or (">", 0.0), value):
                return first
            stated = second.condition or (("<", 0.0) if third else None)
            return second if third is None or (stated and _holds(stated, value)) else third
        if value < 0:
            return second
        return third if third is not None and value == 0 else first

    def sign_lost(self, value: float) -> bool:
        """Say whether a number is shown with the other sign than its own."""
        section = self.section(value)
        if value > 0:
            return section.shows == "number" and section.minus
        return value < 0 and len(self.sections) > 1 and _sign_lost(*self.sections[:2])


@lru_cache(maxsize=4096)
def number_format(code: str) -> NumberFormat:
    """Return what a number format says."""
    parsed = [_section(tokens) for tokens in _split(code)]
    # The section of texts is the fourth, or the last where it has a sign for them.
    last_is_text = len(parsed) == 4 or (len(parsed) > 1 and parsed[-1].shows == "text")
    sections = tuple(parsed[:3] if len(parsed) > 3 else parsed[:-1] if last_is_text else parsed)
    return NumberFormat(
        code,
        sections,
        percent=any(s.percent for s in sections),
        matters=_matters(sections),
        is_date=any(s.shows in DATES for s in sections),
        is_duration=any(s.shows == "duration" for s in sections),
    )


def _matters(sections: Sequence[Section]) -> bool:
    first, *others = sections
    if not all(s.plain or s.shows in DATES for s in (first, *others[:1])) or first.template:
        return True
    if first.minus or (others and _sign_lost(first, others[0])):
        return True
    # A zero that is shown as a stroke is the zero of accounts.
    accounts = (s.shows == "literal" and not s.before and s.minus for s in others[1:])
    return any(not s.plain and not a for s, a in zip(others[1:], accounts, strict=True))


def _sign_lost(first: Section, second: Section) -> bool:
    """Say whether negative numbers are shown as if they were positive."""
    by_condition = first.condition or second.condition
    return second.shows == "number" and not (second.minus or second.marked or by_condition)


def _holds(condition: tuple[str, float], value: float) -> bool:
    return _HOLDS[condition[0]](value, condition[1])


def _split(code: str) -> list[list[Token]]:
    """Return the tokens of each section: the name of what each is, and its text."""
    sections: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code.strip()[:_LONGEST] or "General"):
        name = match.lastgroup or "other"
        if name == "end":
            sections.append([])
        else:
            sections[-1].append(_token(name, match.group(name)))
    return sections


def _token(name: str, text: str) -> Token:
    if name != "bracket":
        return name, text
    if _ELAPSED.fullmatch(text):
        return "elapsed", text
    if text.startswith("$"):
        return "quoted", _currency(text)
    if _ANY_COLOUR.fullmatch(text):
        return "colour", text
    return ("condition" if _CONDITION.fullmatch(text) else "setting"), text


def _currency(text: str) -> str:
    """Return the sign of ``$¥-804``; the yen, which has the same sign, by its letters."""
    sign, _, locale = text[1:].partition("-")
    japanese = locale.casefold().endswith("411") or locale.casefold().startswith("ja")
    return "JPY" if sign.strip() in ("¥", "￥") and japanese else sign


def _section(tokens: list[Token]) -> Section:
    shows = _shows(tokens)
    texts = _text(tokens)
    marks = any(name == "colour" for name, _ in tokens) or any(c in texts for c in _ARROWS)
    condition = next((_condition(text) for name, text in tokens if name == "condition"), None)
    if shows == "number":
        section = _number_section(tokens)
    elif shows == "literal":
        before = texts.strip() if texts.strip(_NOTHING) else ""
        section = Section(shows, before=before, minus=any(c in _MINUS for c in texts))
    else:
        section = Section(shows)
    return replace(section, marked=marks, condition=condition)


def _shows(tokens: Sequence[Token]) -> Shows:
    """Say what a section shows: its first sign decides, any other letter is a text.

    A ``0.0h`` that some program wrote without quotes is a number of hours, not a time.
    """
    for name, _ in tokens:
        if name in ("clock", "elapsed"):
            return _shows_of_clock(tokens)
        if name in _NUMBERS:
            return "number"
        if name == "typed":
            return "text"
    return "literal"


def _shows_of_clock(tokens: Sequence[Token]) -> Shows:
    """Tell dates from times; an m beside hours or seconds is of minutes, else of months."""
    if any(name == "elapsed" for name, _ in tokens):
        return "duration"
    letters = {text[0].casefold() for name, text in tokens if name == "clock"}
    of_day = any(len(t) > 2 and t.casefold() in ("aaa", "aaaa") for n, t in tokens if n == "clock")
    return "date" if of_day or letters & set("ydegb") or letters == {"m"} else "time"


def _condition(text: str) -> tuple[str, float] | None:
    match = _CONDITION.fullmatch(text)
    return (match.group(1), float(match.group(2))) if match else None


def _number_section(tokens: list[Token]) -> Section:
    spots = [i for i, (name, _) in enumerate(tokens) if name in _NUMBERS]
    first, last = spots[0], spots[-1]
    before, after = _text(tokens[:first]), _text(tokens[last + 1 :]).strip()
    minus = any(c in _MINUS for c in before) or after[:1] in tuple("-−–")
    before, after = before.strip(_SIGNS), after.strip(_BEHIND)
    inner = [(i, t) for i, t in enumerate(tokens) if first < i < last and t[0] in _LETTERS]
    point = next((i for i, (_, text) in inner if text in _POINTS), None)
    between = "".join(text for i, (_, text) in inner if i != point)
    core = "".join(text for name, text in tokens if name == "digits")
    behind = tokens[point:] if point is not None else []
    shifted = sum(text.count(d) for name, text in behind if name == "digits" for d in "0#?")
    percents = "".join(text for name, text in tokens if name == "percent")
    percent, thousands = percents.count("%"), percents.count(",") + _scaling_commas(core)
    split = not set(between) <= _GROUPING or (point is not None and "." in core)
    digits_beside = before[-1:].isdigit() or after[:1].isdigit() or before[-1:] in _POINTS
    return Section(
        "number",
        before,
        after,
        exponent=2 * percent - 3 * thousands - shifted,
        percent=percent,
        odd=split or digits_beside,
        minus=minus,
        template=_template(tokens, core) if not percent else (),
    )


def _template(tokens: Sequence[Token], core: str) -> tuple[Token, ...]:
    """Return the parts of a section that shows whole numbers with zeros or texts, else none."""
    names = {name for name, _ in tokens}
    texts = set(_text(tokens).strip(_SIGNS)) - _GROUPING
    if names & {"general", "exponent", "fraction"} or not set(core) <= set("0#?"):
        return ()
    if core.count("0") < _LEAST_ZEROS and not texts:
        return ()
    kept = ("digits", *_LETTERS)
    return tuple((name if name == "digits" else "text", t) for name, t in tokens if name in kept)


def _text(tokens: Sequence[Token]) -> str:
    return "".join(text for name, text in tokens if name in _LETTERS)


def _scaling_commas(core: str) -> int:
    """Count the commas behind the last digit before the point or behind it: a thousand each."""
    whole, _, decimals = core.partition(".")
    ends = (part[len(part.rstrip(",")) :] for part in (whole, decimals))
    return sum(map(len, ends))


_DATES_ZH = {
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
# Those of money (5 to 8, 42, 44) have the sign of whoever opens the workbook: none is taken.
_BUILTIN = _DATES_ZH | {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: r"#,##0;\-#,##0",
    6: r"#,##0;[Red]\-#,##0",
    7: r"#,##0.00;\-#,##0.00",
    8: r"#,##0.00;[Red]\-#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)",
    41: r'_ * #,##0_ ;_ * \-#,##0_ ;_ * "-"_ ;_ @_ ',
    42: r'_ * #,##0_ ;_ * \-#,##0_ ;_ * "-"_ ;_ @_ ',
    43: r'_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: r'_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
# Those of Thai workbooks, each by the one that it is alike.
_ALIKE = dict(zip(range(59, 63), range(1, 5), strict=True)) | {
    **{67: 9, 68: 10, 69: 12, 70: 13, 71: 14, 72: 14, 73: 15, 74: 16, 75: 17, 76: 20},
    **{77: 21, 78: 22, 79: 45, 80: 46, 81: 47},
}


def builtin(number: int) -> str:
    """Return the code of a format that a workbook names by its number alone.

    Dates and times are those of a Chinese Excel; ``General`` for a number that stands for none.
    """
    return _BUILTIN.get(_ALIKE.get(number, number), "General")


PERCENT = number_format("0%")
