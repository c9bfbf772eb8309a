"""Texts wrapped to a width in cells: Chinese breaks between characters, marks stay beside words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pilotscore.english import NOUNS, singular
from pilotscore.language import JOINED
from pilotscore.patterns import regex

if TYPE_CHECKING:
    from rich.text import Text as Rich

_OPENING = r"“（《〈【「『(\["
_CLOSING = r"，。；：、！？）”》〉】」』…％’)\],;:!?%"
# Blanks, then a word or one wide character, with the marks that may not be parted from it.
_PIECE = regex(
    rf"\s*(?P<piece>[{_OPENING}]*(?:[^\s{_OPENING}{_CLOSING}\u1100-\uffff]+|\S)[{_CLOSING}]*)"
)
# What no line parts: a number and its unit (60 万元, 12 个月, 20 M CNY, 500 10k CNY), both sides of
# a comparison, a mark between parts and the part before it.
_ONES = "|".join(map(singular, NOUNS.split("|")))
_CURRENCY = r"(?:CNY|USD|EUR|[A-Z]{3})"
_UNITS = (
    rf"(?:M|10k|k) {_CURRENCY}",
    rf"(?:M|10k|k?(?:CNY|USD|EUR)|h|d|min|s|{NOUNS}|{_ONES}|pp|ppm"
    r"|[kmµ]?[gLmWV]|t|kWh|[MkG]?Pa|°C|K)(?![\w-])",
    r"[百千万亿十]*(?:元|美元|欧元|港元|日元)",
    r"(?:个)?(?:工作日|小时|分钟|星期|季度|月|批次|样品|百分点)",
    r"(?:毫|千|公)?(?:克|米|升|瓦时|瓦|帕|斤|里)",
    r"[年月日天秒时分批项个位名次家件人吨度倍期篇页行列种条组级档轮万亿]",
)
_WHOLE = regex(
    rf"(?:第\s*\d+|\d)%?\s*(?:{'|'.join(_UNITS)})"
    r"|[\d.,%—]+ [<>≤≥=] [\d.,%]+"
    r"|\S\s+[·|](?=\s)"
    rf"|{JOINED}[^{JOINED}]*{JOINED}"
)


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    Parameters
    ----------
    text
        Any text.
    """
    return sum(_size(c) for c in text)


def _size(character: str) -> int:
    if character == JOINED or unicodedata.combining(character):
        return 0
    return 2 if _wide(character) else 1


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def spans(text: str, width: int) -> list[tuple[int, int]]:
    """Return where each line of a text begins and ends; what is longer has a line to itself.

    Parameters
    ----------
    text
        A text without line breaks.
    width
        Of a line, in cells.
    """
    lines: list[tuple[int, int]] = []
    begin, end = 0, 0
    for start, stop in _unbroken(text):
        if end and cells(text[begin:stop]) > width:
            lines.append((begin, end))
            begin = start
        end = stop
    return [*lines, (begin, end)]


def _unbroken(text: str) -> Iterator[tuple[int, int]]:
    """Yield what stays on one line; blanks belong to none but for those that begin the text."""
    begin, end = 0, 0
    whole = _inside(text)
    for piece in _PIECE.finditer(text):
        start = piece.start("piece")
        if end and start not in whole and _breaks(text, end, start):
            yield begin, end
            begin = start
        end = piece.end()
    if end:
        yield begin, end


def _inside(text: str) -> set[int]:
    """Return the places inside of what stays whole: no line begins there."""
    return {place for m in _WHOLE.finditer(text) for place in range(m.start() + 1, m.end())}


def _breaks(text: str, end: int, start: int) -> bool:
    """Return whether a line may end before ``end`` and the next one begin at ``start``."""
    before, after = text[end - 1], text[start]
    if end == start:
        return _wide(before) or _wide(after)
    return not (before.isdecimal() and _wide(after))  # what a number counts stays with it


def lines(text: Rich, width: int) -> Iterator[Rich]:
    """Yield the lines of a styled text; a word that is longer than a line is cut.

    Parameters
    ----------
    text
        The text, which may have line breaks.
    width
        Of a line, in cells.
    """
    for paragraph in text.split("\n", allow_blank=True):
        plain = paragraph.plain
        for begin, end in spans(plain, width):
            for start, stop in _cut(plain, begin, end, width):
                yield without_joints(paragraph[start:stop])


def without_joints(line: Rich) -> Rich:
    """Return a line without the signs round what it keeps together."""
    plain = line.plain
    if JOINED not in plain:
        return line
    places = [k for k, c in enumerate(plain) if c == JOINED]
    parts = [line[a + 1 : b] for a, b in zip([-1, *places], [*places, len(plain)], strict=True)]
    return line.blank_copy().join(parts)


def _cut(text: str, begin: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    size = 0
    for place in range(begin, end):
        size += _size(text[place])
        if size > width and place > begin:
            yield begin, place
            begin, size = place, _size(text[place])
    yield begin, end
