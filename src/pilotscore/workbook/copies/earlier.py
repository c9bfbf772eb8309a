"""Finds the sheets that an earlier run has put into a workbook: their first cell has our mark."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pilotscore.workbook.copies.book_part import BookPart, SheetEntry
from pilotscore.workbook.copies.markup import attributes_of
from pilotscore.workbook.copies.package import Package
from pilotscore.workbook.copies.sheet_part import CellXml, SheetPart, cells_of

_STRING = re.compile(rb"<(\w+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</\1?si\s*>)", re.DOTALL)
_TAG = re.compile(rb"<[^>]*>")
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>\s*(\d+)\s*<")


def sheets_with_mark(package: Package, book: BookPart, mark: str) -> tuple[SheetEntry, ...]:
    """Return the sheets whose first cell begins with a mark."""
    first = {sheet.name: _first_cell(package, sheet.part or "") for sheet in book.worksheets}
    shared: frozenset[int] | None = None
    found = []
    for sheet in book.worksheets:
        cell = first[sheet.name]
        if cell is None:
            continue
        if attributes_of(cell.tag).get(b"t") != b"s":
            if _begins(cell.inner, mark):
                found.append(sheet)
            continue
        if shared is None:
            shared = _strings_with_mark(package, mark)
        value = _VALUE.search(cell.inner)
        if value is not None and int(value.group(1)) in shared:
            found.append(sheet)
    return tuple(found)


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


def _strings_with_mark(package: Package, mark: str) -> frozenset[int]:
    """Return the numbers of the shared strings that begin with a mark."""
    part = package.related(package.main, "sharedStrings")
    if part is None or not _is_in(package.pieces(part), mark.encode()):
        return frozenset()
    strings = _STRING.finditer(package.read(part))
    return frozenset(i for i, m in enumerate(strings) if _begins(m.group(2) or b"", mark))


def _is_in(pieces: Iterable[bytes], sought: bytes) -> bool:
    rest = b""
    for piece in pieces:
        text = rest + piece
        if sought in text:
            return True
        rest = text[-len(sought) :]
    return False
