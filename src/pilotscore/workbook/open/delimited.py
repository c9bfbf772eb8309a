"""Reads .csv and other delimited text: encoding and delimiter are found, and told where unusual."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from pilotscore.workbook.open.limits import Limits

ENCODINGS = ("utf-8", "gb18030")
_NUMBER = re.compile(r"[+-]?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?(?:[eE][+-]?\d{1,3})?")
_DELIMITERS = ",\t;|"


def decode(content: bytes) -> tuple[str, str] | None:
    """Return a file's text and its encoding: utf-8, utf-16 or gb18030; None where it is none.

    A byte order mark decides; else utf-8 is tried, which no other text of some length fits by
    chance; then utf-16 where every other byte is 0; then gb18030, which Excel writes in China.
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
            return None
        return _decoded(content, "utf-16-le" if odd > even else "utf-16-be")
    for encoding in ENCODINGS:
        if text := _decoded(content, encoding):
            return text
    return None


def _decoded(content: bytes, encoding: str) -> tuple[str, str] | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    # A text has few signs that steer a machine; a program or picture that decodes has many.
    odd = sum(text.count(chr(i)) for i in range(32) if i not in (9, 10, 11, 12, 13))
    return None if odd > len(text) // 200 else (text, encoding)


def rows_of(text: str, limits: Limits) -> list[list[Any]]:
    """Return the cells of delimited text; what is written as a plain number is a number.

    A text such as 007 stays a text: it may be an id.

    Raises
    ------
    BoundExceededError
        There are too many cells.
    csv.Error
        The text cannot be taken apart.
    """
    delimiter = max(
        _DELIMITERS, key=lambda d: sum(line.count(d) for line in text.splitlines()[:50])
    )
    rows: list[list[Any]] = []
    count = 0
    for fields in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        count += len(fields)
        limits.check("cells", count)
        rows.append([_value(f) for f in fields])
    return rows


def _value(field: str) -> Any:
    return float(field) if _NUMBER.fullmatch(field) else field
