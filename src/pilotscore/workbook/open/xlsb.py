"""Reads an .xlsb file: one pass over the records of each sheet (MS-XLSB 2.4) gives all of it."""

from __future__ import annotations

import posixpath
import struct
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from pilotscore.findings import Finding, Place
from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.workbook.open import kinds
from pilotscore.workbook.open.inflating import Budget
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.notes import Area, NotesTaken
from pilotscore.workbook.open.number_format import NumberFormat, builtin, number_format
from pilotscore.workbook.open.package import Package
from pilotscore.workbook.open.serials import from_serial
from pilotscore.workbook.open.sheet_contents import (
    PartError,
    SheetContents,
    blank_covered,
    even_rows,
)
from pilotscore.workbook.open.xlsb_records import records, rk_number, wide_text

# MS-XLSB 2.3.2: the numbers of the records that are looked at.
_ROW, _BLANK, _SHORT_BLANK = 0, 1, 12
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_ERROR = 8, 9, 11
_FORMULAS = range(8, 12)
# Short cells stand right of the one before and have the rest of the same cell in full.
_CELLS, _SHORT_CELLS, _RICH_TEXT = range(1, 12), range(12, 19), 62
_SHORT_IN_FULL = {13: 2, 14: 3, 15: 4, 16: 5, 17: 6, 18: 7}
_STRING, _FORMAT, _XF, _COLUMN, _PROPERTIES, _SHEET, _CALCULATION = 19, 44, 47, 60, 153, 156, 157
_BEGIN_XFS, _END_XFS, _FILTER, _MERGED, _END_SHEET = 617, 618, 161, 176, 130
_COMMENT, _COMMENT_TEXT = 635, 637
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
_ABSENT = Text("文件中没有这个部件", "there is no such part")
_MOST_COLUMNS, _MOST_ROWS = 16384, 1 << 20
_DOUBLE, _CELL = struct.Struct("<d"), struct.Struct("<II")


def is_xlsb(archive: zipfile.ZipFile, limits: Limits) -> bool:
    """Say whether the main part of a package is one of records."""
    return _main(Package(archive, Budget(limits))) is not None


def _main(package: Package) -> str | None:
    named = [r.target for r in package.relationships("") if r.kind == "officeDocument"]
    here = (p for p in (*named, "xl/workbook.bin") if package.has(p))
    part = next(here, "")
    return part if part.lower().endswith(".bin") else None


def read_xlsb(
    archive: zipfile.ZipFile, name: str, limits: Limits
) -> tuple[tuple[SheetContents, ...], tuple[Finding, ...]]:
    """Return the sheets of an .xlsb file, and what is to be told of the file.

    Parameters
    ----------
    archive
        The zip.
    name
        The name of the workbook as given, for places.
    limits
        Bounds of parts, sheets, inflated bytes and extent.

    Raises
    ------
    BoundExceededError
        It is beyond a bound.
    PartError
        A part cannot be read.
    zipfile.BadZipFile, OSError, KeyError, ValueError
        The file is no such zip.
    """
    book = _Book.of(Package(archive, Budget(limits)), limits)
    sheets: list[SheetContents] = []
    findings: list[Finding] = []
    if book.no_formats is not None:
        values = {"part": book.no_formats, "reason": _ABSENT}
        findings.append(Finding(kinds.NO_FORMATS, Place(name), values))
    for entry in book.listed.sheets:
        kind, part = book.parts.get(entry.relation, ("worksheet", ""))
        if kind != "worksheet":
            continue  # a sheet of a chart or of macros
        place = Place(name, entry.name)
        if book.package.has(part):
            sheet, stale = book.sheet(entry, part)
            sheets.append(sheet)
            if stale:
                findings.append(Finding(kinds.STALE_FORMULAS, place, {"count": stale}))
        else:
            findings.append(Finding(kinds.NO_SHEET_PART, place, {"part": part or "-"}))
    return tuple(sheets), tuple(findings)


def _looked_through(part: str, content: bytes, take: Callable[[int, bytes], None]) -> None:
    """Hand on the records of a part; one that is too short for what it is names the part."""
    for kind, data in records(part, content):
        try:
            take(kind, data)
        except (struct.error, IndexError) as error:
            reason = Text("第 {kind} 类记录不完整", "a record of kind {kind} is too short")
            raise PartError(part, reason.of(kind=kind)) from error


@dataclass(frozen=True, slots=True)
class _SheetNamed:
    """A sheet as the workbook lists it."""

    name: str
    visible: bool
    relation: str


@dataclass(slots=True)
class _Listed:
    """What the workbook part says."""

    sheets: list[_SheetNamed]
    epoch_1904: bool = False
    on_load: bool = False

    def take(self, kind: int, data: bytes) -> None:
        """Take a record."""
        if kind == _SHEET:
            relation, end = wide_text(data, 8)
            self.sheets.append(_SheetNamed(wide_text(data, end)[0], data[0] & 3 == 0, relation))
        elif kind == _PROPERTIES:
            self.epoch_1904 = bool(data[0] & 1)
        elif kind == _CALCULATION:
            # Set by writers that do not calculate: what they store for a formula is no result.
            self.on_load = len(data) > 24 and bool(data[24] & 1)


@dataclass(frozen=True, slots=True)
class _Book:
    """What the sheets of a workbook share."""

    package: Package
    limits: Limits
    listed: _Listed
    parts: dict[str, tuple[str, str]]
    strings: Sequence[str]
    formats: Sequence[NumberFormat]
    no_formats: str | None

    @classmethod
    def of(cls, package: Package, limits: Limits) -> _Book:
        part = _main(package) or "xl/workbook.bin"
        listed = _Listed([])
        _looked_through(part, package.read(part), listed.take)
        limits.check("sheets", len(listed.sheets))
        relations = package.relationships(part)
        folder = posixpath.dirname(part)
        # Where no relation names them, they are taken from where they mostly lie.
        parts = {k: posixpath.join(folder, f"{k}.bin") for k in ("sharedStrings", "styles")}
        parts |= {r.kind: r.target for r in relations if package.has(r.target)}
        strings = _strings(package, parts["sharedStrings"])
        formats = _formats(package, parts["styles"])
        by_id = {r.id: (r.kind, r.target) for r in relations}
        styles = (r.target for r in relations if r.kind == "styles")
        no_formats = next((s for s in styles if not package.has(s)), None)
        return cls(package, limits, listed, by_id, strings, formats, no_formats)

    def sheet(self, sheet: _SheetNamed, part: str) -> tuple[SheetContents, int]:
        """Read a sheet; say how many formulas have a value that may be out of date."""
        pass_ = _Pass(part, self)
        _looked_through(part, self.package.read(part), pass_.take)
        if not pass_.ended:
            raise PartError(part, Text("没有结尾", "its end is missing"))
        for relation in self.package.relationships(part):
            if relation.kind == "comments" and self.package.has(relation.target):
                comments = _Comments(pass_.notes.comments)
                content = self.package.read(relation.target)
                _looked_through(relation.target, content, comments.take)
        merged = tuple(pass_.merged)
        rows = even_rows(pass_.rows)
        blank_covered(rows, merged, self.limits)
        notes = pass_.notes.notes()
        return SheetContents(sheet.name, sheet.visible, rows, merged, notes), pass_.stale


def _strings(package: Package, part: str) -> list[str]:
    strings: list[str] = []
    if not package.has(part):
        return strings

    def take(kind: int, data: bytes) -> None:
        if kind == _STRING:
            strings.append(wide_text(data, 1)[0])

    _looked_through(part, package.read(part), take)
    return strings


def _formats(package: Package, part: str) -> list[NumberFormat]:
    """Return the number format of each style of cells."""
    codes: dict[int, str] = {}
    styles: list[int] = []
    inside = False
    if not package.has(part):
        return []

    def take(kind: int, data: bytes) -> None:
        nonlocal inside
        if kind == _FORMAT:
            codes[int.from_bytes(data[:2], "little")] = wide_text(data, 2)[0]
        elif kind in (_BEGIN_XFS, _END_XFS):
            inside = kind == _BEGIN_XFS
        elif kind == _XF and inside:
            styles.append(int.from_bytes(data[2:4], "little"))

    _looked_through(part, package.read(part), take)
    return [number_format(codes.get(i) or builtin(i)) for i in styles]


@dataclass(slots=True)
class _Comments:
    """Takes the comments of a sheet."""

    comments: dict[tuple[int, int], str]
    spot: tuple[int, int] = (0, 0)

    def take(self, kind: int, data: bytes) -> None:
        """Take a record."""
        if kind == _COMMENT:
            row, _, column = struct.unpack_from("<III", data, 4)
            self.spot = (row, column)
        elif kind == _COMMENT_TEXT:
            self.comments[self.spot] = wide_text(data, 1)[0]


class _Pass:
    """Where in a sheet the pass is, and what it met so far."""

    def __init__(self, part: str, book: _Book) -> None:
        self.part, self.limits, self.strings = part, book.limits, book.strings
        self.epoch_1904 = book.listed.epoch_1904
        self.on_load, self.stale = book.listed.on_load, 0
        self.dates = [f if f.is_date else None for f in book.formats]
        self.matters = [f if f.matters else None for f in book.formats]
        self.rows: list[list[Any]] = []
        self.merged: list[Area] = []
        self.notes = NotesTaken()
        self.row, self.column, self.width = 0, -1, 0
        self.ended = False
        self.cells: list[Any] | None = None
        self.others = {
            _COLUMN: self._columns,
            _FILTER: self._filter,
            _MERGED: self._merge,
            _END_SHEET: self._end,
        }

    def take(self, kind: int, data: bytes) -> None:
        """Take a record."""
        if kind in _SHORT_CELLS:
            self.column += 1
            if kind != _SHORT_BLANK:
                self._cell(_SHORT_IN_FULL[kind], data, 4, int.from_bytes(data[:3], "little"))
        elif kind in _CELLS or kind == _RICH_TEXT:
            self.column, style = _CELL.unpack_from(data)
            if kind != _BLANK:
                self._cell(kind, data, 8, style & 0xFFFFFF)
        elif kind == _ROW:
            self._begin_row(data)
        elif kind in self.others:
            self.others[kind](data)

    def _begin_row(self, data: bytes) -> None:
        self.row, self.column = int.from_bytes(data[:4], "little"), -1
        self.cells = None
        if data[11] & 0x10:
            self.notes.hidden_rows.add(self.row)

    def _columns(self, data: bytes) -> None:
        if data[16] & 1:
            first, last = _CELL.unpack_from(data)
            self.notes.hidden_columns.update(range(first, min(last, _MOST_COLUMNS - 1) + 1))

    def _filter(self, _data: bytes) -> None:
        self.notes.filtered = True

    def _merge(self, data: bytes) -> None:
        top, bottom, left, right = struct.unpack_from("<IIII", data)
        if top <= bottom < _MOST_ROWS and left <= right < _MOST_COLUMNS:
            self.merged.append(((top, left), (bottom, right)))

    def _end(self, _data: bytes) -> None:
        self.ended = True

    def _cell(self, kind: int, data: bytes, at: int, style: int) -> None:
        value = self._value(kind, data, at)
        if self.on_load and kind in _FORMULAS:
            self.stale += (self.row, self.column) not in self.notes.uncalculated
        if value.__class__ is float and style < len(self.dates):
            form = self.dates[style]
            if form is not None:
                value = from_serial(value, form, epoch_1904=self.epoch_1904)
            elif (form := self.matters[style]) is not None:
                self.notes.add_format(self.row, self.column, form)
        cells, column = self.cells, self.column
        if cells is None or column > len(cells) or column >= self.width:
            cells = self._room()
        if column < len(cells):
            cells[column] = value
        else:
            cells.append(value)

    def _room(self) -> list[Any]:
        """Return the cells of the row, as many as stand left of this one."""
        rows, row, column = self.rows, self.row, self.column
        if column >= _MOST_COLUMNS or row >= _MOST_ROWS:
            reason = Text("有工作表之外的单元格", "it has a cell beyond the sheet")
            raise PartError(self.part, reason)
        self.width = max(self.width, column + 1)
        self.limits.check("cells", max(row + 1, len(rows)) * self.width)
        while len(rows) <= row:
            rows.append([])
        self.cells = rows[row]
        self.cells.extend([""] * (column - len(self.cells)))
        return self.cells

    def _value(self, kind: int, data: bytes, at: int) -> Any:
        if kind == 7:
            number = int.from_bytes(data[at : at + 4], "little")
            return self._string(number)
        if kind == 2:
            return rk_number(data, at)
        if kind in (5, _FORMULA_NUMBER):
            (number,) = _DOUBLE.unpack_from(data, at)
            if number == 0 and kind == _FORMULA_NUMBER and self.on_load:
                self.notes.uncalculated.add((self.row, self.column))
                return ""
            return number
        if kind in (6, _FORMULA_TEXT):
            return wide_text(data, at)[0]
        if kind in (4, 10):
            return bool(data[at])
        if kind in (3, _FORMULA_ERROR):
            spot = (self.row, self.column)
            self.notes.error_cells[spot] = _ERRORS.get(data[at], "#ERR")
            return ""
        return wide_text(data, at + 1)[0]  # a text of several fonts

    def _string(self, number: int) -> str:
        if number >= len(self.strings):
            reason = Text("没有第 {number} 个共享文本", "there is no shared text {number}")
            raise PartError(self.part, reason.of(number=number))
        return self.strings[number]
