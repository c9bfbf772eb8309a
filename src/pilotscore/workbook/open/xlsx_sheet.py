"""Reads a worksheet of an .xlsx file: its rows by their tags, and what stands around them.

The part comes in pieces. Before the rows stand the columns, behind them merged areas and filters.
Where the part is no plain UTF-8, or holds more than tags and texts, all of it goes to the parser.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from pilotscore.patterns import regex
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.package import SMALL_PART
from pilotscore.workbook.open.sheet_contents import PartError
from pilotscore.workbook.open.xlsx_cells import CellTypes, SheetCells
from pilotscore.workbook.open.xlsx_parsed import ParsedSheet
from pilotscore.workbook.open.xlsx_rows import RowTags
from pilotscore.workbook.open.xml_parts import is_utf8

_BEGIN = regex(rb"<((?:[\w.-]+:)?)sheetData(?:\s[^<>]*?)?\s*(/?)>")
_MOST_HEAD, _MOST_ROW = 8 << 20, 16 << 20
# What no XML has, and what stands for texts and numbers in the tags of rows.
_ODD = (b"\x00", b"\x01", b"\x02")
_ROW_END = b"</row>"
_BETWEEN_TAGS = regex(rb">\s+(?=<(?:row|c|v|f|is|/c|/row|/is)[\s/>])")


class _OddError(Exception):
    """The part is not what the quick way takes: it is parsed from its beginning."""


def read_sheet(
    open_part: Callable[[], Iterator[bytes]], new_cells: Callable[[], SheetCells], part: str
) -> SheetCells:
    """Read a worksheet.

    Parameters
    ----------
    open_part
        Gives the part in pieces; called a second time where the quick way does not take it.
    new_cells
        Gives cells to put it in, none yet.
    part
        Its name, for what is said of it.

    Raises
    ------
    PartError
        The part is not sound XML, declares entities, or refers to a text that there is not.
    BoundExceededError
        The sheet is beyond a bound.
    """
    cells = new_cells()
    with _without_collection():
        try:
            _Quick(cells, part).take(open_part())
        except _OddError:
            cells = new_cells()
            ParsedSheet(cells, part).take(open_part())
        except PartError as error:
            raise PartError(part, error.reason) from error
    return cells


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep the collector from going through millions of new lists that hold no circle."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Quick:
    """Takes a part apart: what stands before the rows, the rows, what stands behind them."""

    def __init__(self, cells: SheetCells, part: str) -> None:
        self._cells, self._part = cells, part
        self._tags = RowTags(cells)
        self._prefix = b""

    def take(self, pieces: Iterator[bytes]) -> None:
        """Read the part."""
        head, rest, has_rows = self._head(pieces)
        tail = self._rows(rest, pieces) if has_rows else rest
        empty = b"<" + self._prefix + b"sheetData/>"
        more = next(pieces, b"")
        if not more and len(head) + len(tail) <= SMALL_PART:
            around = _around(head + empty + tail)
            if around.rows:
                raise _OddError  # rows again, behind what was the end of them
            self._cells.take_around(around)
        else:
            ParsedSheet(self._cells, self._part).take(_joined((head, empty, tail, more), pieces))

    def _head(self, pieces: Iterator[bytes]) -> tuple[bytes, bytes, bool]:
        held = b""
        for piece in pieces:
            held += piece
            begin = _BEGIN.search(held)
            if begin is None:
                if len(held) > _MOST_HEAD:
                    raise _OddError
                continue
            head = held[: begin.start()]
            self._prefix = begin.group(1)
            if not is_utf8(head) or b"<!" in head:
                raise _OddError
            return head, held[begin.end() :], not begin.group(2)
        raise _OddError

    def _rows(self, held: bytes, pieces: Iterator[bytes]) -> bytes:
        """Read the rows; return what stands behind them as far as it is at hand."""
        prefix = self._prefix
        close, row_end = b"</" + prefix + b"sheetData>", b"</" + prefix + b"row>"
        while True:
            end = held.find(close)
            if end >= 0:
                self._chunk(held[:end])
                return held[end + len(close) :]
            cut = held.rfind(row_end) + len(row_end)
            if cut >= len(row_end):
                self._chunk(held[:cut])
                held = held[cut:]
            elif len(held) > _MOST_ROW:
                raise _OddError
            piece = next(pieces, b"")
            if not piece:
                raise _OddError
            held += piece

    def _chunk(self, content: bytes) -> None:
        self._cells.check_time()
        if any(odd in content for odd in _ODD):
            raise _OddError
        rows = content
        if self._prefix:
            rows = rows.replace(b"<" + self._prefix, b"<").replace(b"</" + self._prefix, b"</")
        first = rows.find(_ROW_END) + len(_ROW_END)
        if rows[first : first + 1].isspace() and b"<!" not in rows:
            rows = _BETWEEN_TAGS.sub(b">", rows)
        cut = rows.rfind(_ROW_END) + len(_ROW_END)
        cut = cut if cut >= len(_ROW_END) else 0
        for row in self._tags.take(rows[:cut]):
            self._parse(row)
        if rows[cut:].strip():  # rows without cells, or what is no row
            self._parse(rows[cut:])

    def _parse(self, rows: bytes) -> None:
        wrapped = (b"<worksheet><sheetData>", rows, b"</sheetData></worksheet>")
        try:
            ParsedSheet(self._cells, self._part).take(wrapped)
        except PartError as error:
            raise _OddError from error  # the whole part says what is wrong, and where


@lru_cache(maxsize=64)
def _around(content: bytes) -> SheetCells:
    """Return what stands around the rows, which in a folder of forms is mostly the same."""
    cells = SheetCells(CellTypes((), (), epoch_1904=False), Limits())
    ParsedSheet(cells, "").take((content,))
    return cells


def _joined(first: Iterable[bytes], rest: Iterable[bytes]) -> Iterator[bytes]:
    yield from first
    yield from rest
