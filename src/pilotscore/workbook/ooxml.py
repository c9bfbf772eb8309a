"""What calamine does not tell of an .xlsx file, and the bounds that keep it from harm.

Seen with python-calamine 0.9.1: one cell at XFD1048576 aborts the process, a small zip can inflate
to gigabytes, an error cell and a formula without a stored value both read as blank, and number
formats and hidden rows are not given. All of that stands in the file's XML, and is looked up there
before calamine opens the file. Cells are scanned with regular expressions over the raw bytes: a
full parse would cost more than calamine's whole read, and most sheets have none of these.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

MAX_INFLATED = 800_000_000
MAX_SHEET_CELLS = 20_000_000
MAX_PARTS = 10_000
_CHUNK = 1 << 20

Cell = tuple[int, int]


# What the report workbook says of itself, so that it is never taken for an input.
REPORT_MARK = "pilotscore report"


class OwnReportError(Exception):
    """A workbook that pilotscore wrote as a report."""


class BoundExceededError(Exception):
    """A file beyond what any honest office file needs."""

    def __init__(self, what: tuple[str, str], found: int, limit: int) -> None:
        super().__init__(what[1])
        self.what = what
        self.found = found
        self.limit = limit


@dataclass(frozen=True, slots=True)
class SheetNotes:
    """What calamine does not tell of one sheet; cells are (row, column) from 0."""

    error_cells: Mapping[Cell, str] = field(default_factory=dict)
    unsaved_formulas: frozenset[Cell] = frozenset()
    percent_cells: frozenset[Cell] = frozenset()
    hidden_rows: frozenset[int] = frozenset()


_CELL_REF = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_ATTRIBUTE = re.compile(rb"\b([rst])=[\"']([^\"']*)[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_STORED = re.compile(rb"<(?:\w+:)?(?:v|is)(?:\s[^>]*)?>\s*[^<\s]|<(?:\w+:)?is[\s>]")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)<")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s([^>]*\bhidden=[\"'](?:1|true)[\"'][^>]*)>")
_ROW_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")


def column_number(letters: str) -> int:
    """Return the column of its letters, from 0: A is 0, XFD is 16383."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def inspect(path: Path) -> dict[str, SheetNotes]:
    """Check the bounds of an .xlsx file and return the notes of its sheets by name.

    Raises
    ------
    OwnReportError
        It is a report that pilotscore wrote.
    BoundExceededError
        Inflated bytes, parts, or the area of a sheet are beyond the bounds.
    zipfile.BadZipFile, OSError, KeyError, ValueError
        The file is no such zip.
    """
    with zipfile.ZipFile(path) as archive:
        parts = archive.namelist()
        if len(parts) > MAX_PARTS:
            raise BoundExceededError(("文件部件数", "parts in the file"), len(parts), MAX_PARTS)
        sheets: dict[str, bytes] = {}
        budget = MAX_INFLATED
        for part in dict.fromkeys(parts):
            keep = "worksheets/" in part.replace("\\", "/").lower() and part.endswith(".xml")
            budget, content = _inflate(archive, part, budget, keep=keep)
            if keep:
                _check_extent(content)
                sheets[part.replace("\\", "/").lower()] = content
        if "docProps/core.xml" in parts and REPORT_MARK.encode() in archive.read(
            "docProps/core.xml"
        ):
            raise OwnReportError
        percent_styles = _percent_styles(archive)
        return {
            name: _notes(sheets.get(part.lower(), b""), percent_styles)
            for name, part in _sheet_parts(archive)
        }


def _inflate(archive: zipfile.ZipFile, part: str, budget: int, *, keep: bool) -> tuple[int, bytes]:
    pieces = []
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            budget -= len(piece)
            if budget < 0:
                what = ("解压后的字节数超过上限", "bytes when inflated, above")
                raise BoundExceededError(what, MAX_INFLATED, MAX_INFLATED)
            if keep:
                pieces.append(piece)
    return budget, b"".join(pieces)


def _check_extent(content: bytes) -> None:
    """Refuse a sheet whose area, from A1 to its farthest cell, is beyond the bound."""
    references = _CELL_REF.findall(content)
    if not references:
        return
    columns = 1 + max(column_number(letters.decode()) for letters in {r[0] for r in references})
    rows = max(int(digits) for digits in {r[1] for r in references})
    if rows * columns > MAX_SHEET_CELLS:
        what = ("工作表范围（行×列）", "extent of a sheet (rows x columns)")
        raise BoundExceededError(what, rows * columns, MAX_SHEET_CELLS)


def _xml(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (local tag, attributes) of a small part; none where it is absent or broken."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(archive.read(part))
    except (KeyError, ParseError, DefusedXmlException, zipfile.BadZipFile, ValueError):
        return
    for element in root.iter():
        if isinstance(element.tag, str):
            attributes = {k.rpartition("}")[2]: v for k, v in element.attrib.items()}
            yield element.tag.rpartition("}")[2], attributes


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield (sheet name, part) of each worksheet, as workbook.xml and its relations have it."""
    main = "xl/workbook.xml"
    for tag, attributes in _xml(archive, "_rels/.rels"):
        if tag == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            main = attributes.get("Target", main).lstrip("/")
    folder, name = posixpath.split(main)
    targets = {
        a.get("Id"): a.get("Target", "")
        for tag, a in _xml(archive, f"{folder}/_rels/{name}.rels")
        if tag == "Relationship"
    }
    for tag, attributes in _xml(archive, main):
        if tag == "sheet" and attributes.get("id") in targets:
            target = targets[attributes["id"]].replace("\\", "/")
            absolute = target.startswith("/")
            part = target.lstrip("/") if absolute else posixpath.join(folder, target)
            yield attributes.get("name", ""), posixpath.normpath(part)


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[bytes]:
    """Return the style numbers whose number format shows a percentage (9 and 10 are built in)."""
    formats = {"9", "10"}
    styles: list[str] = []
    inside = False
    for tag, attributes in _xml(archive, "xl/styles.xml"):
        if tag == "numFmt" and "%" in attributes.get("formatCode", ""):
            formats.add(attributes.get("numFmtId", ""))
        elif tag in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside = tag == "cellXfs"
        elif tag == "xf" and inside:
            styles.append(attributes.get("numFmtId", "0"))
    return frozenset(str(i).encode() for i, f in enumerate(styles) if f in formats)


def _notes(content: bytes, percent_styles: frozenset[bytes]) -> SheetNotes:
    # Plain searches first: most sheets have nothing hidden, and no formulas.
    hidden = frozenset(
        int(number.group(1)) - 1
        for row in (_HIDDEN_ROW.findall(content) if b"hidden" in content else ())
        if (number := _ROW_NUMBER.search(row))
    )
    has_errors = b't="e"' in content or b"t='e'" in content
    has_formulas = (b"<f" in content or b":f" in content) and bool(_FORMULA.search(content))
    if not (has_errors or has_formulas or percent_styles):
        return SheetNotes(hidden_rows=hidden)
    errors: dict[Cell, str] = {}
    unsaved: set[Cell] = set()
    percent: set[Cell] = set()
    for attributes, inner in _CELL.findall(content):
        found = dict(_ATTRIBUTE.findall(attributes))
        place = _cell(found.get(b"r", b""))
        if place is None:
            continue
        if found.get(b"t") == b"e":
            shown = _VALUE.search(inner)
            errors[place] = shown.group(1).decode("utf-8", "replace") if shown else "#ERR"
        elif has_formulas and _FORMULA.search(inner) and not _STORED.search(inner):
            unsaved.add(place)
        if found.get(b"s") in percent_styles:
            percent.add(place)
    return SheetNotes(errors, frozenset(unsaved), frozenset(percent), hidden)


def _cell(reference: bytes) -> Cell | None:
    found = re.fullmatch(rb"([A-Z]{1,3})(\d{1,7})", reference)
    return (int(found.group(2)) - 1, column_number(found.group(1).decode())) if found else None
