"""What calamine does not tell of an .xlsx file, and the bounds that keep it from harm.

Seen with python-calamine 0.9.1: one cell at XFD1048576 aborts the process, a small zip can inflate
to gigabytes, an error cell and a formula without a stored value both read as blank, and number
formats and hidden rows are not given. All of that stands in the file's XML, and is looked up there
before calamine opens the file. The XML is taken as a stream, some rows at a time, and scanned with
regular expressions that match only what is looked for: a full parse would cost more than
calamine's whole read, and most sheets have none of these.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pilotscore.workbook.open.limits import BoundExceededError, Limits
from pilotscore.workbook.open.notes import Cell, SheetNotes, column_number

_CHUNK = 4 << 20
_MOST_HELD = 64 << 20
_MOST_SHEET_ROWS, _MOST_SHEET_COLUMNS = 1_048_576, 16_384

# Parts that no reader of ours opens: what they say of their size is enough.
_NEVER_INFLATED = ("xl/theme/", "xl/media/", "xl/drawings/", "xl/charts/", "xl/printersettings/",
                   "xl/vbaproject.bin", "customxml/", "docprops/thumbnail", "docprops/app.xml")  # fmt: skip
# Up to this size, parts that are looked into are kept, and what was made of them is remembered:
# in a folder of forms they are the same from file to file.
_SMALL_PART = 200_000
_LOOKED_INTO = (".rels", "/workbook.xml", "/styles.xml", "docprops/core.xml")

# What the report workbook says of itself, so that it is never taken for an input.
REPORT_MARK = "pilotscore report"


class OwnReportError(Exception):
    """A workbook that pilotscore wrote as a report."""


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
    rb"<" + _ANY_PREFIX + rb"c(?=\s)([^>]*?\st=[\"']e[\"'][^>]*)>(.{0,600}?)</" + _ANY_PREFIX
    + rb"c>", re.DOTALL
)  # fmt: skip
_VALUE = re.compile(rb"<" + _ANY_PREFIX + rb"v(?:\s[^>]*)?>([^<]*)<")
_UNSAVED = re.compile(
    rb"<" + _ANY_PREFIX + rb"c(?=\s)([^>]*[^/])>\s*<" + _ANY_PREFIX
    + rb"f(?=[\s/>])(?:[^>]*/>|[^>]*>[^<]*</" + _ANY_PREFIX + rb"f>)\s*(?:<" + _ANY_PREFIX
    + rb"v\s*/>|<" + _ANY_PREFIX + rb"v>\s*</" + _ANY_PREFIX + rb"v>)?\s*</" + _ANY_PREFIX + rb"c>"
)  # fmt: skip


def inspect(archive: zipfile.ZipFile, limits: Limits) -> dict[str, SheetNotes]:
    """Check the bounds of an .xlsx file and return the notes of its sheets by name.

    Raises
    ------
    OwnReportError
        It is a report that pilotscore wrote.
    BoundExceededError
        Inflated bytes, parts, sheets, or the area of a sheet are beyond the bounds.
    zipfile.BadZipFile, OSError, KeyError, ValueError
        The file is no such zip.
    """
    parts = archive.namelist()
    limits.check("parts", len(parts))
    scans: dict[str, SheetNotes] = {}
    budget = Budget(limits)
    small: dict[str, bytes] = {}
    worksheets: list[tuple[str, str]] = []
    for part in dict.fromkeys(parts):
        plain = part.replace("\\", "/").lower()
        if plain.startswith(_NEVER_INFLATED):
            budget.spend(archive.getinfo(part).file_size)
        elif "worksheets/" in plain and plain.endswith(".xml"):
            worksheets.append((plain, part))
        else:
            pieces = budget.pieces(archive, part)
            first = next(pieces, b"")
            if len(first) <= _SMALL_PART and plain.endswith(_LOOKED_INTO) and len(small) < 100:
                small[part] = first  # pieces are larger: this was the whole part
            for _ in pieces:
                pass
    if REPORT_MARK.encode() in small.get("docProps/core.xml", b""):
        raise OwnReportError
    look = _Parts(archive, small)
    percent = _percent_styles(look, limits)
    for plain, part in worksheets:
        scans[plain] = scan(budget.pieces(archive, part), percent, limits)
    sheets = list(_sheet_parts(look))
    limits.check("sheets", len(sheets))
    return {name: scans.get(part.lower(), SheetNotes()) for name, part in sheets}


@dataclass(slots=True)
class Budget:
    """How many bytes may still be inflated."""

    limits: Limits
    spent: int = 0

    def pieces(self, archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
        """Yield a part of a zip in pieces, and count what comes out."""
        with archive.open(part) as stream:
            while piece := stream.read(_CHUNK):
                self.spend(len(piece))
                yield piece

    def spend(self, size: int) -> None:
        """Count some bytes."""
        self.spent += size
        limit = self.limits.inflated_mb
        if self.spent > limit * 1_000_000:
            raise BoundExceededError("inflated_mb", f">{limit}", limit)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of an archive: the small ones are at hand."""

    archive: zipfile.ZipFile
    small: dict[str, bytes]

    def read(self, part: str, most: int) -> bytes:
        """Return a part, of which one byte more than ``most`` at most; KeyError where it is absent."""
        if part in self.small:
            return self.small[part]
        with self.archive.open(part) as stream:
            return stream.read(most + 1)

    def xml(self, part: str, most: int = 64 << 20) -> Sequence[tuple[str, dict[str, str]]]:
        """Return (local tag, attributes) of a part; none where it is absent, broken or too large."""
        try:
            content = self.read(part, most)
        except (KeyError, zipfile.BadZipFile, ValueError):
            return ()
        if len(content) > most:
            return ()
        return _known_tags(content) if len(content) <= _SMALL_PART else _tags(content)


@dataclass(slots=True)
class _Scan:
    """What was seen of a sheet so far."""

    limits: Limits
    percent: re.Pattern[bytes] | None
    rows: int = 0
    columns: int = 0
    errors: dict[Cell, str] = field(default_factory=dict)
    unsaved: set[Cell] = field(default_factory=set)
    percent_cells: set[Cell] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False

    def take(self, rows: bytes) -> None:
        """Look through some whole rows, or what stands before or behind the rows."""
        if b"row" not in rows:
            if b"<cols" in rows or b":cols" in rows:
                self._columns(rows)
            self.filtered = self.filtered or bool(_FILTER.search(rows))
            return
        # What begins with <c or <r is, in the data of a sheet, a cell or a row; where as many say
        # where they stand, all of them do. Else it is looked at more closely.
        tags = rows.count(b"<c") + rows.count(b"<r")
        plain = 0 < tags == rows.count(b' r="')
        if not plain:
            if self.columns == 0 and (b"<cols" in rows or b":cols" in rows):
                self._columns(rows)
            if _has_implicit(rows):
                rows = _with_references(rows, self.rows)
            self.filtered = self.filtered or bool(_FILTER.search(rows))
        self._extent(rows, _PLAIN_ROW if plain else _ROW_NUMBER)
        if b"hidden=" in rows:
            for attributes in _ROW_TAG.findall(rows):
                number = _ROW_REF.search(attributes)
                if number and _HIDDEN.search(attributes):
                    self.hidden_rows.add(int(number.group(1)) - 1)
        if b't="e"' in rows or (not plain and b"t='e'" in rows):
            for attributes, inner in _ERROR.findall(rows):
                place, shown = _cell(attributes), _VALUE.search(inner)
                if place:
                    self.errors[place] = (
                        shown.group(1).decode("utf-8", "replace") if shown else "#ERR"
                    )
        if b"<f" in rows or (not plain and b":f" in rows):
            for attributes in _UNSAVED.findall(rows):
                place = _cell(attributes)
                # A formula whose result is the empty text has t="str": it is saved, and blank.
                if place and b't="str"' not in attributes:
                    self.unsaved.add(place)
        if self.percent is not None:
            self.percent_cells.update(
                place for a in self.percent.findall(rows) if (place := _cell(a)) is not None
            )

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
        for attributes in _COLUMN.findall(rows):
            found = dict(_ATTRIBUTE.findall(b" " + attributes))
            if found.get(b"hidden") in (b"1", b"true"):
                first, last = (found.get(k, b"") for k in (b"min", b"max"))
                if first.isdigit() and last.isdigit():
                    last_column = min(int(last), 16384)
                    self.hidden_columns.update(range(int(first) - 1, last_column))

    def notes(self) -> SheetNotes:
        return SheetNotes(
            self.errors,
            frozenset(self.unsaved),
            frozenset(self.percent_cells),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            self.filtered,
        )


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
        if not begun and (found := held.find(b"sheetData")) >= 0:
            begun = True
            # Cut at the tag, so that the rows are looked through apart from what stands before.
            start = held.rfind(b"<", 0, found)
            seen.take(held[:start])
            held = held[start:]
        cut = max(held.rfind(b"</row>") + 6, held.rfind(b":row>") + 5)
        if cut > 5 or len(held) > _MOST_HELD:
            cut = cut if cut > 5 else len(held)
            seen.take(held[:cut])
            held = held[cut:]
    seen.take(held)
    return seen.notes()


def _with_references(rows: bytes, rows_before: int) -> bytes:
    """Return rows in which every row and cell says where it stands, as the standard lets it omit."""
    number, column = rows_before, 0
    pieces: list[bytes] = []
    end = 0
    tags = re.compile(rb"<" + _ANY_PREFIX + rb"(row|c)(?=[\s/>])([^>]*?)(/?)>")
    for tag in tags.finditer(rows):
        pieces.append(rows[end : tag.start()])
        end = tag.end()
        found = dict(_ATTRIBUTE.findall(tag.group(2)))
        reference = found.get(b"r", b"")
        if tag.group(1) == b"row":
            number = int(reference) if reference.isdigit() else number + 1
            column, reference = 0, b"%d" % number
        else:
            place = _place(reference)
            if place:
                column = place[1]
            else:
                reference = _letters(column) + b"%d" % max(number, 1)
            column += 1
        rest = b"".join(b' %s="%s"' % (k, v) for k, v in found.items() if k != b"r")
        pieces.append(b'<%s r="%s"%s%s>' % (tag.group(1), reference, rest, tag.group(3)))
    pieces.append(rows[end:])
    return b"".join(pieces)


def _letters(column: int) -> bytes:
    from pilotscore.findings import column_letters

    return column_letters(min(column, 18277)).encode()


def _place(reference: bytes) -> Cell | None:
    found = re.fullmatch(rb"([A-Z]{1,3})(\d{1,7})", reference)
    return (int(found.group(2)) - 1, column_number(found.group(1).decode())) if found else None


def _cell(attributes: bytes) -> Cell | None:
    found = re.search(rb"\sr=[\"']([A-Z]{1,3}\d{1,7})[\"']", attributes)
    return _place(found.group(1)) if found else None


def _tags(content: bytes) -> tuple[tuple[str, dict[str, str]], ...]:
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError):
        return ()
    return tuple(
        (e.tag.rpartition("}")[2], {k.rpartition("}")[2]: v for k, v in e.attrib.items()})
        for e in root.iter()
        if isinstance(e.tag, str)
    )


_known_tags = lru_cache(maxsize=32)(_tags)


def _sheet_parts(look: _Parts) -> Iterator[tuple[str, str]]:
    """Yield (sheet name, part) of each worksheet, as workbook.xml and its relations have it."""
    main = "xl/workbook.xml"
    for tag, attributes in look.xml("_rels/.rels"):
        if tag == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            main = attributes.get("Target", main).lstrip("/")
    folder, name = posixpath.split(main)
    targets = {
        a.get("Id"): a.get("Target", "")
        for tag, a in look.xml(f"{folder}/_rels/{name}.rels")
        if tag == "Relationship"
    }
    for tag, attributes in look.xml(main):
        if tag == "sheet" and attributes.get("id") in targets:
            target = targets[attributes["id"]].replace("\\", "/")
            absolute = target.startswith("/")
            part = target.lstrip("/") if absolute else posixpath.join(folder, target)
            yield attributes.get("name", ""), posixpath.normpath(part)


def _percent_styles(look: _Parts, limits: Limits) -> re.Pattern[bytes] | None:
    """Return what finds the cells whose number format shows a percentage (9, 10 are built in)."""
    most = limits.inflated_mb * 1_000_000 // 8
    try:
        content = look.read("xl/styles.xml", most)
    except KeyError:
        return None
    if b"%" not in content and not re.search(rb"numFmtId=[\"'](?:9|10)[\"']", content):
        return None
    formats = {"9", "10"}
    styles: list[str] = []
    inside = False
    for tag, attributes in look.xml("xl/styles.xml", most):
        if tag == "numFmt" and "%" in attributes.get("formatCode", ""):
            formats.add(attributes.get("numFmtId", ""))
        elif tag in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside = tag == "cellXfs"
        elif tag == "xf" and inside:
            styles.append(attributes.get("numFmtId", "0"))
    numbers = [str(i).encode() for i, f in enumerate(styles) if f in formats]
    if not numbers:
        return None
    return re.compile(
        rb"<"
        + _ANY_PREFIX
        + rb"c(?=\s)([^>]*?\ss=[\"'](?:"
        + b"|".join(numbers)
        + rb")[\"'][^>]*)>"
    )
