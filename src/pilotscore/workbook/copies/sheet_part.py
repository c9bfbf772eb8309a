"""A sheet's part in pieces: what stands around its rows as one small part, the rows one by one.

No more than a few rows are in memory at once. In sound XML a "<" begins a tag, a comment, a
section of plain text or an instruction, and nothing else: so the rows and cells are found by their
tags alone, and the others are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pilotscore.findings import column_letters
from pilotscore.language import Text
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.copies.markup import ATTRIBUTES, UnknownMarkupError
from pilotscore.workbook.open.notes import column_number

_PASSED_OVER = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_PASSED = regex(_PASSED_OVER, re.DOTALL)
_BEGUN = rb"<(?:!|\?)"  # one of these that does not end in what is at hand
_SHEET_DATA = regex(
    rb"%s|%s|<([^\s/>:]+:)?sheetData(?:%s)(/?)>" % (_PASSED_OVER, _BEGUN, ATTRIBUTES), re.DOTALL
)
_SPOT = regex(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ODD_ROWS = Text(
    "工作表部件中行的标记无法识别", "the tags of rows in the part of a sheet are not understood"
)
_UNENDED = Text("工作表部件没有结束", "the part of a sheet does not end")


@dataclass(frozen=True, slots=True)
class CellXml:
    """A cell as it is written: its place, its opening tag, what is in it, and where it lies."""

    row: int
    column: int
    tag: bytes
    inner: bytes
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RowXml:
    """A row as it is written, from its opening tag to the next row, and its number from 1."""

    number: int
    tag: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Tags:
    """What finds the rows and cells of a sheet whose tags bear a prefix.

    ``row`` and ``end`` find the opening tags of rows and the end of all rows, ``cell`` the tags of
    cells and the closing ones of rows, where nothing is to be passed over, which is fast;
    ``row_or_end`` and ``cell_or_passed`` find them anywhere.
    """

    prefix: bytes
    row: re.Pattern[bytes]
    end: re.Pattern[bytes]
    row_or_end: re.Pattern[bytes]
    cell: re.Pattern[bytes]
    cell_or_passed: re.Pattern[bytes]


@lru_cache(maxsize=8)
def tags_with(prefix: bytes) -> Tags:
    """Return what finds the rows and cells whose tags bear a prefix."""
    p = re.escape(prefix)
    row = rb"<%srow(?:%s)/?>" % (p, ATTRIBUTES)
    end = rb"</%ssheetData\s*>" % p
    cell = rb"<(?:(%sc(?:%s)/?>)|/(%sc\s*>)|/(%srow\s*>))" % (p, ATTRIBUTES, p, p)
    return Tags(
        prefix,
        re.compile(row),
        re.compile(end),
        re.compile(rb"%s|%s|(%s)|(%s)" % (_PASSED_OVER, _BEGUN, row, end), re.DOTALL),
        re.compile(cell),
        re.compile(rb"%s|%s" % (cell, _PASSED_OVER), re.DOTALL),
    )


class SheetPart:
    """A part of a sheet while it is read.

    Attributes
    ----------
    head
        What stands before its rows: up to the opening tag of ``sheetData``, or the whole part where
        that is empty or absent.
    tail
        What stands after them; known when the rows have been read.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self.tail = b""
        self._rest = b""
        self.has_rows = False
        self.tags = tags_with(b"")
        self.head = self._read_head()

    def _read_head(self) -> bytes:
        text = b""
        for piece in self._pieces:
            text += piece
            for match in _SHEET_DATA.finditer(text):
                if match.group(2) is None:
                    if match.group() in (b"<!", b"<?"):
                        break  # it ends in a later piece
                    continue
                self.tags = tags_with(match.group(1) or b"")
                if match.group(2):  # <sheetData/>
                    return text + b"".join(self._pieces)
                self.has_rows = True
                self._rest = text[match.end() :]
                return text[: match.end()]
        return text

    def rows(self) -> Iterator[RowXml]:
        """Yield the rows, each with what stands between it and the next.

        What stands before the first row comes as a row of number 0.

        Raises
        ------
        UnknownMarkupError
            The rows do not end.
        """
        if not self.has_rows:
            return
        text, number, begun = self._rest, 0, RowXml(0, b"", b"")
        while True:
            at = 0
            for start, tag in self._tags_in(text, len(begun.tag)):
                if not begun.number and b"<" in _PASSED.sub(b"", text[at:start]):
                    raise UnknownMarkupError(_ODD_ROWS)
                yield RowXml(begun.number, begun.tag, text[at:start])
                at = start
                if tag is None:
                    self.tail = text[at:] + b"".join(self._pieces)
                    return
                number = _row_number(tag, number + 1)
                begun = RowXml(number, tag, b"")
            piece = next(self._pieces, None)
            if piece is None:
                raise UnknownMarkupError(_UNENDED)
            text = text[at:] + piece

    def _tags_in(self, text: bytes, start: int) -> Iterator[tuple[int, bytes | None]]:
        """Yield the opening tags of rows in a text, with their offsets; None at the end of all."""
        if _is_plain(text):
            end = self.tags.end.search(text, start)
            for match in self.tags.row.finditer(text, start, end.start() if end else len(text)):
                yield match.start(), match.group()
            if end is not None:
                yield end.start(), None
            return
        for match in self.tags.row_or_end.finditer(text, start):
            if match.group(1) is not None or match.group(2) is not None:
                yield match.start(), match.group(1)
            elif match.group() in (b"<!", b"<?"):
                return  # it ends in a later piece


_ROW_NUMBER = regex(rb"""\sr\s*=\s*["']\s*(\d+)""")
_REFERENCE = regex(rb"""\sr\s*=\s*["']\s*([A-Z]{1,3})(\d+)""")


def _is_plain(text: bytes) -> bool:
    """Say whether there is nothing in a text that is to be passed over."""
    return b"<!" not in text and b"<?" not in text


def _row_number(tag: bytes, otherwise: int) -> int:
    match = _ROW_NUMBER.search(tag)
    return int(match.group(1)) if match else otherwise


def cells_of(row: RowXml, tags: Tags) -> tuple[list[CellXml], int]:
    """Return the cells of a row, columns from 1, and the offset of its closing tag.

    The offset is that of the end of its only tag where the row is empty.
    """
    cells: list[CellXml] = []
    column, tag, start, opened = 0, b"", 0, 0
    if row.tag.endswith(b"/>"):
        return cells, len(row.tag)
    pattern = tags.cell if _is_plain(row.data) else tags.cell_or_passed
    for match in pattern.finditer(row.data, len(row.tag)):
        begins, ends, closes = match.groups()
        if begins is not None:
            tag, start, opened = b"<" + begins, match.start(), match.end()
            reference = _REFERENCE.search(tag)
            column = column_number(reference.group(1).decode()) + 1 if reference else column + 1
            if tag.endswith(b"/>"):
                cells.append(CellXml(row.number, column, tag, b"", start, opened))
        elif ends is not None:
            inner = row.data[opened : match.start()]
            cells.append(CellXml(row.number, column, tag, inner, start, match.end()))
        elif closes is not None:
            return cells, match.start()
    raise UnknownMarkupError(_UNENDED)


def reference(row: int, column: int) -> str:
    """Return a cell by its name; row and column from 1."""
    return f"{column_letters(column - 1)}{row}"


@dataclass(frozen=True, slots=True)
class Area:
    """An area of a sheet: its first and last row and column, from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def of(cls, text: str) -> Area | None:
        """Return the area of a reference such as ``B2:C9``; None where it is no such thing."""
        first, _, last = text.strip().partition(":")
        begin, end = _SPOT.fullmatch(first), _SPOT.fullmatch(last or first)
        if begin is None or end is None:
            return None
        rows = sorted((int(begin.group(2)), int(end.group(2))))
        columns = sorted(column_number(m.group(1)) + 1 for m in (begin, end))
        return cls(rows[0], columns[0], rows[1], columns[1])

    def __contains__(self, spot: tuple[int, int]) -> bool:
        return self.top <= spot[0] <= self.bottom and self.left <= spot[1] <= self.right

    def __str__(self) -> str:
        return f"{reference(self.top, self.left)}:{reference(self.bottom, self.right)}"
