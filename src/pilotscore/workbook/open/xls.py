"""Reads an .xls file by xlrd: values and all that is to be known beside them from one reader."""

from __future__ import annotations

import contextlib
import io
import struct
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pilotscore.findings import Finding, Place
from pilotscore.language import Text
from pilotscore.workbook.open import kinds
from pilotscore.workbook.open.biff import SheetLookedThrough, Stream, essential, look_through
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.notes import Area, NotesTaken, Spot
from pilotscore.workbook.open.number_format import NumberFormat, builtin, number_format
from pilotscore.workbook.open.ole import OLE, OleFile
from pilotscore.workbook.open.serials import from_serial
from pilotscore.workbook.open.sheet_contents import (
    PartError,
    SheetContents,
    blank_covered,
    even_rows,
)

_WORKBOOK = "Workbook"
# The kinds of cell that xlrd tells apart; a blank one has a format and nothing else.
_EMPTY, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR, _BLANK = range(7)
# It writes a formula without a result as a blank cell, and no other blank cells.
_SHEETJS = ("Sh33tJS", "SheetJS")
# What xlrd throws at a damaged file.
_DAMAGED = (
    *(AssertionError, LookupError, ValueError, TypeError, struct.error),
    *(AttributeError, OverflowError, EOFError),
)


def read_xls(
    content: bytes, name: str, limits: Limits
) -> tuple[tuple[SheetContents, ...], tuple[Finding, ...]]:
    """Return the sheets of an .xls file, and what is to be told of the file.

    Parameters
    ----------
    content
        The file.
    name
        The name of the workbook as given, for places.
    limits
        Bounds of sheets and their extent.

    Raises
    ------
    BoundExceededError
        There are too many sheets, or one of them is too large.
    EncryptedBookError
        It asks for a password.
    PartError
        xlrd stops at the file or at one of its sheets.
    """
    with _naming(_WORKBOOK):
        stream = stream_of(content)
        looked = look_through(stream)
    try:
        return _sheets(looked, limits), ()
    except PartError as error:
        # What stops xlrd may be a drawing or a comment: without them, the cells are read.
        sheets = _sheets(replace(looked, content=essential(looked.content)), limits)
        values = {"part": error.part, "reason": error.reason}
        return sheets, (Finding(kinds.LESS_TOLD, Place(name), values),)


def _sheets(looked: Stream, limits: Limits) -> tuple[SheetContents, ...]:
    import xlrd

    log = io.StringIO()
    with _naming(_WORKBOOK):
        book = xlrd.open_workbook(
            file_contents=looked.content,
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
            logfile=log,
        )
    limits.check("sheets", book.nsheets)
    sheets = []
    for i, name in enumerate(book.sheet_names()):
        beside = looked.sheets[i] if i < len(looked.sheets) else SheetLookedThrough()
        with _naming(name), contextlib.redirect_stdout(log):
            sheets.append(_Reader(book, i, beside, limits).contents())
        book.unload_sheet(i)
    return tuple(sheets)


@contextlib.contextmanager
def _naming(part: str) -> Iterator[None]:
    """Turn what xlrd throws at a damaged file into an error that names the part."""
    import xlrd

    try:
        yield
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, *_DAMAGED) as error:
        reason = f"{type(error).__name__}: {error}"[:160]
        raise PartError(part, reason) from error


def stream_of(content: bytes) -> bytes:
    """Return the stream of records in an OLE file; the oldest files are one themselves.

    Raises
    ------
    PartError
        There is no such stream, or its sectors are not in order.
    """
    if not content.startswith(OLE):
        return content
    stream = OleFile(content).stream("Workbook", "Book")
    if stream is None:
        raise PartError(_WORKBOOK, Text("文件中没有这个部件", "there is no such part"))
    return stream


class _Reader:
    """Reads one sheet; ``beside`` is what its records say and xlrd does not."""

    def __init__(self, book: Any, index: int, beside: SheetLookedThrough, limits: Limits) -> None:
        self.book, self.sheet, self.limits = book, book.sheet_by_index(index), limits
        self.beside = beside
        self.notes = NotesTaken(
            unsaved_formulas=set(beside.unsaved),
            uncalculated=set(beside.uncalculated),
            filtered=beside.filtered,
        )
        self.stated = {f.format_key: f.format_str for f in book.format_list}
        self.formats: dict[int, NumberFormat] = {}

    def contents(self) -> SheetContents:
        """Return the sheet."""
        sheet, notes = self.sheet, self.notes
        merged = tuple(
            ((top, left), (bottom - 1, right - 1))
            for top, bottom, left, right in sheet.merged_cells
        )
        rows = self._rows()
        if str(self.book.user_name).startswith(_SHEETJS):
            notes.unsaved_formulas.update(self._blanks(merged))
        notes.hidden_rows.update(r for r, info in sheet.rowinfo_map.items() if info.hidden)
        notes.hidden_columns.update(c for c, info in sheet.colinfo_map.items() if info.hidden)
        notes.comments.update((spot, n.text) for spot, n in sheet.cell_note_map.items())
        even_rows(rows)
        blank_covered(rows, merged, self.limits)
        return SheetContents(sheet.name, sheet.visibility == 0, rows, merged, notes.notes())

    def _rows(self) -> list[list[Any]]:
        rows: list[list[Any]] = []
        width = 0
        for r in range(self.sheet.nrows):
            cells = self._cells(r)
            if cells:
                width = max(width, len(cells))
                self.limits.check("cells", (r + 1) * width)
                rows.extend([] for _ in range(r - len(rows)))
                rows.append(cells)
        return rows

    def _cells(self, row: int) -> list[Any]:
        """Return the cells of a row up to the last one that is not blank."""
        types: Sequence[int] = self.sheet.row_types(row)
        values: list[Any] = self.sheet.row_values(row)
        count = len(types)
        while count and types[count - 1] in (_EMPTY, _BLANK):
            count -= 1
        cells = values[:count]
        for column in range(count):
            if types[column] != _TEXT:
                cells[column] = self._value(types[column], values[column], row, column)
        return cells

    def _value(self, type_: int, value: Any, row: int, column: int) -> Any:
        if type_ in (_NUMBER, _DATE):
            return self._number(float(value), row, column)
        if type_ == _BOOLEAN:
            return bool(value)
        if type_ == _ERROR:
            import xlrd

            self.notes.error_cells[row, column] = xlrd.error_text_from_code.get(value, "#ERR")
        return ""

    def _number(self, value: float, row: int, column: int) -> Any:
        if value == 0 and (row, column) in self.beside.uncalculated:
            return ""
        form = self._format(self.sheet.cell_xf_index(row, column))
        if form.is_date:
            return from_serial(value, form, epoch_1904=bool(self.book.datemode))
        if form.matters:
            self.notes.add_format(row, column, form)
        return value

    def _format(self, style: int) -> NumberFormat:
        if style not in self.formats:
            key = self.book.xf_list[style].format_key
            # What xlrd takes for a format that the file does not state is that of a US Excel.
            self.formats[style] = number_format(self.stated.get(key) or builtin(key))
        return self.formats[style]

    def _blanks(self, merged: Sequence[Area]) -> Iterator[Spot]:
        """Yield the blank cells that have a format and are under no merged area."""
        for row in range(self.sheet.nrows):
            for column, type_ in enumerate(self.sheet.row_types(row)):
                if type_ == _BLANK and not _covered(row, column, merged):
                    yield row, column


def _covered(row: int, column: int, merged: Sequence[Area]) -> bool:
    return any(t <= row <= b and left <= column <= r for (t, left), (b, r) in merged)
