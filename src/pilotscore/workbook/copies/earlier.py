"""Finds the sheets that an earlier run has put into a workbook: their first cell has our mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pilotscore.patterns import regex
from pilotscore.workbook.copies.book_part import BookPart, SheetEntry
from pilotscore.workbook.copies.markup import attributes_of
from pilotscore.workbook.copies.package import Package
from pilotscore.workbook.copies.sheet_part import CellXml, SheetPart, cells_of

_STRING = regex(rb"<(\w+:)?si(?:\s[^>]*?)?(?:/>|>(.*?)</\1?si\s*>)", re.DOTALL)
_TAG = regex(rb"<[^>]*>")
_VALUE = regex(rb"<(?:\w+:)?v[^>]*>\s*(\d+)\s*<")


def sheets_with_mark(package: Package, book: BookPart, mark: str) -> tuple[SheetEntry, ...]:
    """Return the sheets whose first cell begins with a mark."""
    first = [(sheet, _first_cell(package, sheet.part or "")) for sheet in book.worksheets]
    numbers = {sheet.name: _shared(cell) for sheet, cell in first}
    wanted = frozenset(n for n in numbers.values() if n is not None)
    shared = _strings_with_mark(package, mark, wanted)
    return tuple(
        sheet
        for sheet, cell in first
        if cell is not None and (numbers[sheet.name] in shared or _begins(cell.inner, mark))
    )


def _shared(cell: CellXml | None) -> int | None:
    """Return the number of the shared string that a cell has, if it has one."""
    if cell is None or attributes_of(cell.tag).get(b"t") != b"s":
        return None
    value = _VALUE.search(cell.inner)
    return int(value.group(1)) if value is not None else None


def _first_cell(package: Package, part: str) -> CellXml | None:
    """Return A1, where there is such a cell; no more of the sheet is read than its first row."""
    sheet = SheetPart(package.pieces(part))
    for row in sheet.rows():
        if row.number:
            cells = cells_of(row, sheet.tags)[0] if row.number == 1 else []
            return next((c for c in cells if c.column == 1), None)
    return None


def _begins(xml: bytes, mark: str) -> bool:
    return _TAG.sub(b"", xml).lstrip().startswith(mark.encode())


def _strings_with_mark(package: Package, mark: str, wanted: frozenset[int]) -> frozenset[int]:
    """Return which of the wanted shared strings begin with a mark; no more is read than to them."""
    part = package.related(package.main, "sharedStrings")
    if part is None or not wanted:
        return frozenset()
    last, marked = max(wanted), set()
    for number, string in enumerate(_strings(package.pieces(part))):
        if number in wanted and _begins(string, mark):
            marked.add(number)
        if number == last:
            break
    return frozenset(marked)


def _strings(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what is in each shared string."""
    text = b""
    for piece in pieces:
        text, end = text + piece, 0
        for match in _STRING.finditer(text):
            yield match.group(2) or b""
            end = match.end()
        text = text[end:]
