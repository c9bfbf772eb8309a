"""Reads .csv and other delimited text: encoding and delimiter are found, and told where unusual."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
from typing import Any

from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.written_number import WrittenNumber

# So many bytes of signs beyond ASCII that are utf-8 are so by no chance.
_SURELY_UTF_8 = 16
# A number that is shown again as it was written, as most are; and any number.
_PLAIN = re.compile(r"-?(?:[1-9][0-9]{0,9}(?:\.[0-9]{0,3}[1-9])?|0\.[0-9]{0,3}[1-9])|0").fullmatch
_NUMBER = re.compile(
    r"[+-]?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?(?:[eE][+-]?[0-9]{1,3})?"
).fullmatch
# How people keep a spreadsheet from taking a text for a number: ="007", or an apostrophe before it.
_KEPT_AS_TEXT = re.compile(r"""="([^"]*)"|'([^\s']*[0-9][^\s']*)""").fullmatch
_DELIMITERS = ",\t;|"


class NoTextError(Exception):
    """A file that is no text: ``encoding`` fails at byte ``at``; neither where none was tried."""

    def __init__(self, encoding: str = "", at: int = 0) -> None:
        super().__init__(f"{encoding} at byte {at}")
        self.encoding, self.at = encoding, at


def decode(content: bytes) -> tuple[str, str]:
    """Return a file's text and its encoding: utf-8, utf-16 or gb18030.

    A byte order mark decides; else utf-8 is tried, which no other text of some length fits by
    chance; then utf-16 where every other byte is 0; then gb18030, which Excel writes in China.

    Raises
    ------
    NoTextError
        It is none, or a text of which some byte is damaged.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return _decoded(content, encoding)
    if b"\x00" in content[:4096]:
        head = content[:4096]
        odd, even = head[1::2].count(0), head[::2].count(0)
        if max(odd, even) * 4 < len(head):
            raise NoTextError
        return _decoded(content, "utf-16-le" if odd > even else "utf-16-be")
    try:
        return _decoded(content, "utf-8")
    except NoTextError as error:
        if _is_utf_8(content[: error.at]):
            raise
    return _decoded(content, "gb18030")


def _is_utf_8(content: bytes) -> bool:
    """Say whether so much of a text is utf-8 that what follows can only be damaged."""
    return len(content) - len(content.decode("ascii", "ignore")) >= _SURELY_UTF_8


def _decoded(content: bytes, encoding: str) -> tuple[str, str]:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        mark = len(content) - len(error.object)  # the codec has taken it off
        raise NoTextError(encoding, error.start + mark) from error
    # A text has few signs that steer a machine; a program or picture that decodes has many.
    odd = sum(text.count(chr(i)) for i in range(32) if i not in (9, 10, 11, 12, 13))
    if odd > len(text) // 200:
        raise NoTextError
    return text, encoding


def rows_of(text: str, limits: Limits) -> list[list[Any]]:
    """Return the cells of delimited text; a plain number is one, and keeps how it was written.

    A text such as 007 stays a text: it may be an id.

    Raises
    ------
    BoundExceededError
        There are too many cells.
    csv.Error
        The text cannot be taken apart.
    """
    head = list(islice(io.StringIO(text, newline=""), 50))
    delimiter = max(_DELIMITERS, key=lambda d: sum(line.count(d) for line in head))
    rows: list[list[Any]] = []
    count = 0
    for fields in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        count += len(fields)
        limits.check("cells", count)
        rows.append([float(f) if _PLAIN(f) else _value(f) for f in fields])
    return rows


def _value(field: str) -> float | str:
    """Return what a field holds that is no plain number."""
    if field[:1].isalpha():
        return field
    if _NUMBER(field):
        return WrittenNumber(field)
    if field.startswith(("=", "'")) and (kept := _KEPT_AS_TEXT(field)):
        return kept[1] or kept[2] or ""
    return field
