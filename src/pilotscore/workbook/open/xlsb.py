"""What calamine does not tell of an .xlsb file: records of MS-XLSB 2.1.4 that it passes over."""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator

from pilotscore.workbook.open.inflating import Budget
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.notes import NotesTaken, SheetNotes
from pilotscore.workbook.open.number_format import PERCENT

# MS-XLSB 2.3.2: the numbers of the records that are looked at.
_ROW, _ERROR, _FORMULA_ERROR, _CELLS = 0, 3, 11, range(1, 12)
_FORMAT, _XF, _COLUMN, _SHEET, _BEGIN_XFS, _END_XFS, _FILTER = 44, 47, 60, 156, 617, 618, 161
_BLANK = 1
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


def inspect_xlsb(archive: zipfile.ZipFile, limits: Limits) -> dict[str, SheetNotes]:
    """Check the bounds of an .xlsb file and return the notes of its sheets by name.

    Raises
    ------
    BoundExceededError
        Inflated bytes, parts, sheets, or the area of a sheet are beyond the bounds.
    zipfile.BadZipFile, OSError, KeyError, ValueError, struct.error
        The file is no such zip.
    """
    parts = archive.namelist()
    limits.check("parts", len(parts))
    budget = Budget(limits)
    contents = {p: b"".join(budget.pieces(archive, p)) for p in parts if p.endswith(".bin")}
    relations = archive.read("xl/_rels/workbook.bin.rels")
    targets = {}
    for tag in re.findall(rb"<Relationship\s[^>]*>", relations):
        attribute_of = {k: v.decode("utf-8") for k, v in re.findall(rb'(\w+)="([^"]*)"', tag)}
        targets[attribute_of.get(b"Id", "")] = attribute_of.get(b"Target", "")
    percent = _percent_styles(contents.get("xl/styles.bin", b""))
    notes: dict[str, SheetNotes] = {}
    for kind, data in _records(contents.get("xl/workbook.bin", b"")):
        if kind == _SHEET:
            relation, end = _text(data, 8)
            name, _ = _text(data, end)
            target = targets.get(relation, "")
            part = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
            notes[name] = _notes(contents.get(part, b""), percent, limits)
    limits.check("sheets", len(notes))
    return notes


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (number, data) of each record; MS-XLSB 2.1.4 has how both lengths are packed."""
    at = 0
    while at < len(content):
        kind = content[at]
        at += 1
        if kind & 0x80 and at < len(content):
            kind = (kind & 0x7F) | (content[at] & 0x7F) << 7
            at += 1
        size = 0
        for i in range(4):
            if at >= len(content):
                return
            byte = content[at]
            at += 1
            size |= (byte & 0x7F) << (7 * i)
            if not byte & 0x80:
                break
        yield kind, content[at : at + size]
        at += size


def _text(data: bytes, at: int) -> tuple[str, int]:
    (count,) = struct.unpack_from("<I", data, at)
    end = at + 4 + 2 * count
    return data[at + 4 : end].decode("utf-16-le"), end


def _percent_styles(styles: bytes) -> frozenset[int]:
    formats, cells, inside = {9, 10}, list[int](), False
    for kind, data in _records(styles):
        if kind == _FORMAT and "%" in _text(data, 2)[0]:
            formats.add(struct.unpack_from("<H", data)[0])
        elif kind in (_BEGIN_XFS, _END_XFS):
            inside = kind == _BEGIN_XFS
        elif kind == _XF and inside:
            cells.append(struct.unpack_from("<H", data, 2)[0])
    return frozenset(i for i, f in enumerate(cells) if f in formats)


def _notes(content: bytes, percent: frozenset[int], limits: Limits) -> SheetNotes:
    row = last_row = last_column = 0
    taken = NotesTaken()
    for kind, data in _records(content):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", data)
            if data[11] & 0x10:
                taken.hidden_rows.add(row)
        elif kind in _CELLS:
            column, style = struct.unpack_from("<II", data)
            if kind != _BLANK:
                last_row, last_column = max(last_row, row), max(last_column, column)
                limits.check("cells", (last_row + 1) * (last_column + 1))
            if kind in (_ERROR, _FORMULA_ERROR):
                taken.error_cells[row, column] = _ERRORS.get(data[8], "#ERR")
            if style & 0xFFFFFF in percent:
                taken.add_format(row, column, PERCENT)
        elif kind == _COLUMN and struct.unpack_from("<H", data, 16)[0] & 1:
            first, last = struct.unpack_from("<II", data)
            taken.hidden_columns.update(range(first, min(last, 16383) + 1))
        elif kind == _FILTER:
            taken.filtered = True
    return taken.notes()
