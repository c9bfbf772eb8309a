"""Texts wrapped to a width in cells: Chinese breaks between characters, marks stay beside words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text as Rich

_OPENING = r"“（《〈【「『(\["
_CLOSING = r"，。；：、！？）”》〉】」』…％’)\],;:!?%"
# Blanks, then a word or one wide character, with the marks that may not be parted from it.
_PIECE = re.compile(
    rf"\s*(?P<piece>[{_OPENING}]*(?:[^\s{_OPENING}{_CLOSING}\u1100-\uffff]+|\S)[{_CLOSING}]*)"
)
# What stands between a number and its currency (20 M CNY, 500 10k CNY), and what a unit is.
_MILLIONS = re.compile(r"\d M$|\b10k$")
_UNIT = re.compile(
    r"(?:M|10k|k?(?:CNY|USD|EUR)|h|d|min|s|days?|months?|years?|batches|points|results?|pp|ppm"
    r"|[kmµ]?[gLmWV]|t|kWh|[MkG]?Pa|°C|K)(?![\w-])"
)
_BEFORE = 4  # characters that it takes


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    Parameters
    ----------
    text
        Any text.
    """
    return sum(_size(c) for c in text)


def _size(character: str) -> int:
    if unicodedata.combining(character):
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
    for piece in _PIECE.finditer(text):
        start = piece.start("piece")
        if end and _breaks(text, end, start):
            yield begin, end
            begin = start
        end = piece.end()
    if end:
        yield begin, end


def _breaks(text: str, end: int, start: int) -> bool:
    """Return whether a line may end before ``end`` and the next one begin at ``start``."""
    before, after = text[end - 1], text[start]
    if end == start:
        return _wide(before) or _wide(after)
    if _MILLIONS.search(text, max(0, end - _BEFORE), end) and after.isupper():
        return False
    if not before.isdecimal():
        return True
    return not (_wide(after) or _UNIT.match(text, start))  # a number stays with its unit: 60 万元


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
                yield paragraph[start:stop]


def _cut(text: str, begin: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    size = 0
    for place in range(begin, end):
        size += _size(text[place])
        if size > width and place > begin:
            yield begin, place
            begin, size = place, _size(text[place])
    yield begin, end
