"""Columns beside an indicator's own that hold the uncertainty of its values."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from pilotscore.criteria import NUMERIC, Indicator
from pilotscore.criteria.names import normalise, without_brackets
from pilotscore.patterns import regex
from pilotscore.workbook.tables.headers import HeaderNames, unit_in
from pilotscore.workbook.values.units import factor

# What a column holds: a standard uncertainty, one like that after a ±, or an end of an interval.
Part = Literal["standard", "expanded", "low", "high"]
_WORDS: dict[Part, str] = {
    "standard": "标准不确定度|不确定度|标准误差|标准误|standarduncertainty|uncertainty"
    "|standarderror|sem|se|u",
    "expanded": "扩展不确定度|expandeduncertainty",
    "low": "置信下限|下置信限|区间下限|下限|下界|lowerconfidencelimit|lowerlimit|lowerbound"
    "|lowerend|lower|low",
    "high": "置信上限|上置信限|区间上限|上限|上界|upperconfidencelimit|upperlimit|upperbound"
    "|upperend|upper|high",
}
_PART_OF: dict[str, Part] = {w: part for part, words in _WORDS.items() for w in words.split("|")}
_LISTED = "|".join(sorted(_PART_OF, key=len, reverse=True))
_BEHIND = regex(rf"(?P<name>.+?)(?:的)?(?:\d\d%)?(?P<word>{_LISTED})")
_BEFORE = regex(rf"(?P<word>{_LISTED})of(?:the)?(?P<name>.+)")
_SHARE = regex(r"^\d\d%")
_K = regex(r"k\s*=\s*(\d(?:\.\d+)?)", re.IGNORECASE)
# As metrology writes it: u(x) is standard, U(x) expanded; the letters' case is all that differs.
_SIGN = regex(r"\s*([uU])\s*(?:[(（]\s*(.+?)\s*[)）])?\s*")
_ANY = frozenset(("x", "y", "xi", "x_i"))
# Short words are too common at the end of others (house, menu): they stand alone, after a blank.
_SHORT = frozenset(("u", "se", "sem", "low", "high", "lower", "upper"))


class SpreadColumn(NamedTuple):
    """Whose uncertainty a column holds, which part of it, and what its header states besides.

    ``k`` says how many standard uncertainties an expanded one is.
    """

    name: str
    part: Part
    unit: str | None = None
    k: float | None = None


@lru_cache(maxsize=1 << 14)  # a header is looked at in many rows of several heights
def spread_of(header: str, left: str | None, names: HeaderNames) -> SpreadColumn | None:
    """Return whose uncertainty a header announces, by its name or by the column to its left.

    None where it announces none, where that indicator is no number, or where the unit that the
    header states is none of the indicator's; a share in % fits the two uncertainties alone.
    """
    for text in (header, *header.split("\n")):
        stated = _signed(text, left, names) or _worded(text, left, names)
        if stated is not None:
            name, part = stated
            match = _K.search(text) if part in ("standard", "expanded") else None
            k = float(match.group(1)) if match and float(match.group(1)) > 0 else None
            column = SpreadColumn(name, part if k is None else "expanded", unit_in(text), k)
            return column if _fits(column, names) else None
    return None


def _signed(text: str, left: str | None, names: HeaderNames) -> tuple[str, Part] | None:
    match = _SIGN.fullmatch(text)
    if match is None:
        return None
    part: Part = "standard" if match.group(1) == "u" else "expanded"
    inside = match.group(2)
    bare = not inside or normalise(inside) in _ANY or unit_in(text) or _K.search(inside)
    name = left if bare else _named(inside, names)
    return None if name is None else (name, part)


def _worded(text: str, left: str | None, names: HeaderNames) -> tuple[str, Part] | None:
    for whole in (normalise(text), normalise(without_brackets(text))):
        form = _SHARE.sub("", whole)
        if form in _PART_OF:
            return None if left is None else (left, _PART_OF[form])
        for pattern in (_BEHIND, _BEFORE):
            if (match := pattern.fullmatch(form)) and _apart(match["word"], text):
                name = _named(match["name"], names)
                if name is not None:
                    return name, _PART_OF[match["word"]]
    return None


def _apart(word: str, text: str) -> bool:
    """Say whether a word is long enough, or stands by itself in the header as it is written."""
    return word not in _SHORT or word in re.split(r"[\s_\-]+", text.strip().casefold())


def _named(text: str, names: HeaderNames) -> str | None:
    if (target := names.mapped_to(text)) is not None:
        return target.name
    for form in (normalise(text), normalise(without_brackets(text))):
        if form in names.by_name:
            return names.by_name[form]
    return None


def _fits(column: SpreadColumn, names: HeaderNames) -> bool:
    quantity = names.quantities.get(column.name)
    if not isinstance(quantity, Indicator) or quantity.type not in NUMERIC:
        return False
    share = column.unit in ("%", "％") and column.part in ("standard", "expanded")
    return column.unit is None or share or factor(column.unit, quantity) is not None
