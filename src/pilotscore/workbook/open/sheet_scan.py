"""Scans the XML of a worksheet of an .xlsx file for what calamine does not tell.

The XML is taken as a stream, some rows at a time, and scanned with regular expressions that match
only what is looked for: a full parse would cost more than calamine's whole read, and most sheets
have none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pilotscore.findings import column_letters
from pilotscore.workbook.open.limits import BoundExceededError, Limits
from pilotscore.workbook.open.notes import NotesTaken, SheetNotes, Spot, column_number
from pilotscore.workbook.open.number_format import PERCENT

_MOST_HELD = 64 << 20
_MOST_SHEET_ROWS, _MOST_SHEET_COLUMNS = 1_048_576, 16_384

_ANY_PREFIX = rb"(?:\w{1,40}:)?"
_CELL_TAG = re.compile(rb"<" + _ANY_PREFIX + rb"c[\s/>]")
# Cells beyond column Z, and those of row 100,000 and below, where they have content.
_FAR_REF = re.compile(rb' r="(?:([A-Za-z]{2,20})(\d{0,40})|[A-Za-z](\d{6,40}))"(?:[^>]*[^>/])?>')
_PLAIN_ROW = re.compile(rb'<row (?:[^>]*?\s)?r="(\d{1,40})"')
_ROW_NUMBER = re.compile(rb"<" + _ANY_PREFIX + rb"row\s(?:[^>]*?\s)?r=[\"'](\d{1,40})[\"']")
_ROW_TAG = re.compile(rb"<" + _ANY_PREFIX + rb"row(?=[\s/>])([^>]*)>")
_ROW_REF = re.compile(rb"\sr=[\"'](\d{1,7})[\"']")
_HIDDEN = re.compile(rb"\shidden=[\"'](?:1|true)[\"']")
_COLUMN = re.compile(rb"<" + _ANY_PREFIX + rb"col\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"\s([a-zA-Z]+)=[\"']([^\"']*)[\"']")
_FILTER = re.compile(rb"<" + _ANY_PREFIX + rb"autoFilter[\s>/]")
_ERROR = re.compile(
    rb"<" + _ANY_PREFIX + rb"c(?=\s)([^>]*?\st=[\"']e[\"'][^>]*)>(.{0,600}?)"
    rb"</" + _ANY_PREFIX + rb"c>",
    re.DOTALL,
)
_VALUE = re.compile(rb"<" + _ANY_PREFIX + rb"v(?:\s[^>]*)?>([^<]*)<")
_UNSAVED = re.compile(
    rb"<P:c(?=\s)([^>]*[^/])>\s*<P:f(?=[\s/>])(?:[^>]*/>|[^>]*>[^<]*</P:f>)\s*"
    rb"(?:<P:v\s*/>|<P:v>\s*</P:v>)?\s*</P:c>".replace(b"P:", _ANY_PREFIX)
)


def cells_with_style(numbers: Sequence[bytes]) -> re.Pattern[bytes]:
    """Return what finds the attributes of the cells that have one of some styles."""
    style = rb"[\"'](?:" + b"|".join(numbers) + rb")[\"']"
    return re.compile(rb"<" + _ANY_PREFIX + rb"c(?=\s)([^>]*?\ss=" + style + rb"[^>]*)>")


@dataclass(slots=True)
class _Scan:
    """What was seen of a sheet so far."""

    limits: Limits
    percent: re.Pattern[bytes] | None
    rows: int = 0
    columns: int = 0
    taken: NotesTaken = field(default_factory=NotesTaken)

    def take(self, rows: bytes) -> None:
        """Look through some whole rows, or what stands before or behind the rows."""
        if b"row" not in rows:
            self._columns(rows)
            self._filter(rows)
            return
        # What begins with <c or <r is, in the data of a sheet, a cell or a row; where as many say
        # where they stand, all of them do. Else it is looked at more closely.
        tags = rows.count(b"<c") + rows.count(b"<r")
        plain = 0 < tags == rows.count(b' r="')
        if not plain:
            if self.columns == 0:
                self._columns(rows)
            if _has_implicit(rows):
                rows = _with_references(rows, self.rows)
            self._filter(rows)
        self._extent(rows, _PLAIN_ROW if plain else _ROW_NUMBER)
        if b"hidden=" in rows:
            self._hidden(rows)
        if b't="e"' in rows or (not plain and b"t='e'" in rows):
            self._errors(rows)
        if b"<f" in rows or (not plain and b":f" in rows):
            self._unsaved(rows)
        if self.percent is not None:
            for attributes in self.percent.findall(rows):
                if (place := _cell(attributes)) is not None:
                    self.taken.add_format(*place, PERCENT)

    def _filter(self, rows: bytes) -> None:
        self.taken.filtered = self.taken.filtered or bool(_FILTER.search(rows))

    def _hidden(self, rows: bytes) -> None:
        for attributes in _ROW_TAG.findall(rows):
            number = _ROW_REF.search(attributes)
            if number and _HIDDEN.search(attributes):
                self.taken.hidden_rows.add(int(number.group(1)) - 1)

    def _errors(self, rows: bytes) -> None:
        for attributes, inner in _ERROR.findall(rows):
            place, shown = _cell(attributes), _VALUE.search(inner)
            if place:
                text = shown.group(1).decode("utf-8", "replace") if shown else "#ERR"
                self.taken.error_cells[place] = text

    def _unsaved(self, rows: bytes) -> None:
        for attributes in _UNSAVED.findall(rows):
            place = _cell(attributes)
            # A formula whose result is the empty text has t="str": it is saved, and blank.
            if place and b't="str"' not in attributes:
                self.taken.unsaved_formulas.add(place)

    def _extent(self, rows: bytes, row_number: re.Pattern[bytes]) -> None:
        """Hold the area against its bound; only cells with content count, as in calamine."""
        if self.columns == 0 and _CELL_TAG.search(rows):
            self.columns = 26
        far = _FAR_REF.findall(rows)
        letters = {f[0] for f in far}
        columns = (column_number(x.decode().upper()) + 1 for x in letters if x)
        self.columns = max(self.columns, 0, *columns)
        # Rows of one to five digits are taken from their tags, which is quicker; where a cell says
        # otherwise, its area is below the bound in any case. Rows without a cell do not count.
        numbers = [int(n) for n in row_number.findall(rows)]
        digits = {f[1] or f[2] for f in far} - {b""}
        self.rows = max(self.rows, 0, *(n for n in numbers if n < 100_000), *map(int, digits))
        if max(self.rows, *numbers, 0) > _MOST_SHEET_ROWS or self.columns > _MOST_SHEET_COLUMNS:
            # No sheet has them; calamine takes them at their word, modulo 2 to the 32nd.
            raise BoundExceededError("cells", max(self.rows, *numbers, 0), _MOST_SHEET_ROWS)
        self.limits.check("cells", self.rows * self.columns)

    def _columns(self, rows: bytes) -> None:
        if b"<cols" not in rows and b":cols" not in rows:
            return
        for attributes in _COLUMN.findall(rows):
            attribute_of = dict(_ATTRIBUTE.findall(b" " + attributes))
            if attribute_of.get(b"hidden") in (b"1", b"true"):
                first, last = (attribute_of.get(k, b"") for k in (b"min", b"max"))
                if first.isdigit() and last.isdigit():
                    last_column = min(int(last), 16384)
                    self.taken.hidden_columns.update(range(int(first) - 1, last_column))


def _has_implicit(rows: bytes) -> bool:
    tags = len(_CELL_TAG.findall(rows)) + len(_ROW_TAG.findall(rows))
    return rows.count(b' r="') < tags


def scan(pieces: Iterator[bytes], percent: re.Pattern[bytes] | None, limits: Limits) -> SheetNotes:
    """Scan a worksheet's XML, which comes in pieces, for what calamine does not tell.

    Raises
    ------
    BoundExceededError
        The area of the sheet is beyond the bound.
    """
    seen = _Scan(limits, percent)
    held, begun = b"", False
    for piece in pieces:
        held += piece
        if not begun and (place := held.find(b"sheetData")) >= 0:
            begun = True
            # Cut at the tag, so that the rows are looked through apart from what stands before.
            start = held.rfind(b"<", 0, place)
            seen.take(held[:start])
            held = held[start:]
        cut = max(held.rfind(b"</row>") + 6, held.rfind(b":row>") + 5)
        if cut > 5 or len(held) > _MOST_HELD:
            cut = cut if cut > 5 else len(held)
            seen.take(held[:cut])
            held = held[cut:]
    seen.take(held)
    return seen.taken.notes()


def _with_references(rows: bytes, rows_before: int) -> bytes:
    """Return rows in which every row and cell says where it stands, which files may omit."""
    number, column = rows_before, 0
    pieces: list[bytes] = []
    end = 0
    tags = re.compile(rb"<" + _ANY_PREFIX + rb"(row|c)(?=[\s/>])([^>]*?)(/?)>")
    for tag in tags.finditer(rows):
        pieces.append(rows[end : tag.start()])
        end = tag.end()
        attribute_of = dict(_ATTRIBUTE.findall(tag.group(2)))
        reference = attribute_of.get(b"r", b"")
        if tag.group(1) == b"row":
            number = int(reference) if reference.isdigit() else number + 1
            column, reference = 0, b"%d" % number
        else:
            place = _place(reference)
            if place:
                column = place[1]
            else:
                reference = b"%s%d" % (column_letters(min(column, 18277)).encode(), max(number, 1))
            column += 1
        rest = b"".join(b' %s="%s"' % (k, v) for k, v in attribute_of.items() if k != b"r")
        pieces.append(b'<%s r="%s"%s%s>' % (tag.group(1), reference, rest, tag.group(3)))
    pieces.append(rows[end:])
    return b"".join(pieces)


def _place(reference: bytes) -> Spot | None:
    match = re.fullmatch(rb"([A-Z]{1,3})(\d{1,7})", reference)
    return (int(match.group(2)) - 1, column_number(match.group(1).decode())) if match else None


def _cell(attributes: bytes) -> Spot | None:
    match = re.search(rb"\sr=[\"']([A-Z]{1,3}\d{1,7})[\"']", attributes)
    return _place(match.group(1)) if match else None
