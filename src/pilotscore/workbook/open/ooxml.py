"""What calamine does not tell of an .xlsx file, and the bounds that keep it from harm.

Seen with python-calamine 0.9.1: a cell very far off ends the process, a small zip can inflate to
gigabytes, an error cell and a formula without a stored value both read as blank, and number
formats and hidden rows are not given. All of that stands in the file's XML, and is looked up there
before calamine opens the file.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from pilotscore.workbook.open.inflating import Budget
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.notes import SheetNotes
from pilotscore.workbook.open.sheet_scan import cells_with_style, scan

# Parts that no reader of ours opens: what they say of their size is enough.
_NEVER_INFLATED = (
    *("xl/theme/", "xl/media/", "xl/drawings/", "xl/charts/", "xl/printersettings/"),
    *("xl/vbaproject.bin", "customxml/", "docprops/thumbnail", "docprops/app.xml"),
)
# Up to this size, parts that are looked into are kept, and what was made of them is remembered:
# in a folder of forms they are the same from file to file.
_SMALL_PART = 200_000
_LOOKED_INTO = (".rels", "/workbook.xml", "/styles.xml", "docprops/core.xml")

# What the report workbook says of itself, so that it is never taken for an input.
REPORT_MARK = "pilotscore report"


class OwnReportError(Exception):
    """A workbook that pilotscore wrote as a report."""


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


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of an archive: the small ones are at hand."""

    archive: zipfile.ZipFile
    small: dict[str, bytes]

    def read(self, part: str, most: int) -> bytes:
        """Return a part, at most one byte more than ``most``; KeyError where it is absent."""
        if part in self.small:
            return self.small[part]
        with self.archive.open(part) as stream:
            return stream.read(most + 1)

    def xml(self, part: str, most: int = 64 << 20) -> Sequence[tuple[str, dict[str, str]]]:
        """Return (local tag, attributes) of a part; none of one absent, broken or too large."""
        try:
            content = self.read(part, most)
        except (KeyError, zipfile.BadZipFile, ValueError):
            return ()
        if len(content) > most:
            return ()
        return _known_tags(content) if len(content) <= _SMALL_PART else _tags(content)


def _tags(content: bytes) -> tuple[tuple[str, dict[str, str]], ...]:
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
    return cells_with_style(numbers) if numbers else None
