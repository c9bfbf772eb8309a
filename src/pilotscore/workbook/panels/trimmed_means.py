"""Tells TRIMMEAN with a fixed fraction: with one judge away it leaves out nobody.

Excel rounds the number of scores times the fraction down to an even number (the reference of
TRIMMEAN): 2/8 of eight scores are two, 2/8 of seven are 1.75, which is none. The reader of values
keeps no formulas, so those of the few sheets of scores that have the function are looked at anew.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.open.notes import column_number
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.panels import kinds

_NAME = b"TRIMMEAN"
_PART = re.compile(r"xl/worksheets/[^/]+\.xml").fullmatch
_CALL = regex(
    r"TRIMMEAN\(\s*\$?(?P<first>[A-Z]{1,3})\$?(?P<row>\d{1,7})\s*:\s*\$?(?P<last>[A-Z]{1,3})\$?"
    r"(?P=row)\s*[,;]\s*(?P<share>\d*\.?\d+)\s*(?:/\s*(?P<of>\d*\.?\d+)|(?P<percent>%))?\s*\)",
    re.IGNORECASE,
)
_ROWS = 1000  # below the header: a column has one formula all the way down
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class _Trimmed:
    """A call of TRIMMEAN on the scores of one row: as written, its columns and its fraction."""

    written: str
    row: int
    column: int
    first: int
    last: int
    fraction: float

    @property
    def cells(self) -> int:
        return self.last - self.first + 1


def left_out(number: int, fraction: float) -> int:
    """Return how many of so many scores TRIMMEAN leaves out, at both ends together."""
    return 2 * math.floor(number * fraction / 2 + 1e-9)


def tell_trimmed_means(path: Path, sheet: Sheet, header: int, findings: SheetFindings) -> None:
    """Tell each column of a sheet of scores that has TRIMMEAN with a fixed fraction, once."""
    by_column: dict[int, list[_Trimmed]] = {}
    for call in _calls(path, sheet.name, header):
        by_column.setdefault(call.column, []).append(call)
    for calls in by_column.values():
        call, present = _short(sheet, calls)
        findings.add(
            kinds.TRIMMEAN_OF_FIXED_SHARE,
            call.row,
            call.column,
            formula=call.written,
            all=call.cells,
            whole=left_out(call.cells, call.fraction),
            present=present,
            left=left_out(present, call.fraction),
        )


def _short(sheet: Sheet, calls: list[_Trimmed]) -> tuple[_Trimmed, int]:
    """Return the first row in which fewer scores leave out fewer, or what a row would come to."""
    for call in calls:
        cells = [sheet.cell(call.row, c) for c in range(call.first, call.last + 1)]
        present = sum(isinstance(c, int | float) and not isinstance(c, bool) for c in cells)
        if present > 0 and left_out(present, call.fraction) < left_out(call.cells, call.fraction):
            return call, present
    return calls[0], max(calls[0].cells - 1, 1)


def _calls(path: Path, name: str, header: int) -> Iterator[_Trimmed]:
    if path.suffix.lower() not in (".xlsx", ".xlsm") or not _mentions(path):
        return
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    try:
        if name not in book.sheetnames:
            return
        rows = book[name].iter_rows(header + 2, header + 1 + _ROWS, values_only=True)
        for row, cells in enumerate(rows, start=header + 1):
            for column, cell in enumerate(cells):
                formula = cell if isinstance(cell, str) and cell.startswith("=") else ""
                match = _CALL.search(formula)
                if match is not None:
                    yield _call(match, row, column)
    finally:
        book.close()


def _call(match: re.Match[str], row: int, column: int) -> _Trimmed:
    share = float(match["share"])
    share /= 100 if match["percent"] else float(match["of"] or 1) or 1
    first, last = sorted(column_number(match[end].upper()) for end in ("first", "last"))
    return _Trimmed(match[0], row, column, first, last, share)


def _mentions(path: Path) -> bool:
    """Say whether a worksheet of a workbook has the function: most have not, which is quick."""
    with zipfile.ZipFile(path) as package:
        for part in package.namelist():
            if not _PART(part):
                continue
            with package.open(part) as stream:
                before = b""
                while chunk := stream.read(_CHUNK):
                    if _NAME in (before + chunk).upper():
                        return True
                    before = chunk[-len(_NAME) :]
    return False
