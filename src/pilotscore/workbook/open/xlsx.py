"""Reads an .xlsx file in one pass: every cell with its value and what is to be known beside it.

No reader of others tells error cells, formulas without a result, number formats, hidden rows and
merged areas all at once; looked up beside the values, what is found and what is read can come from
two different places of the file.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from functools import partial

from pilotscore.findings import Finding, Place
from pilotscore.language import Text, Words
from pilotscore.workbook.open import kinds
from pilotscore.workbook.open.inflating import Budget
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.number_format import NumberFormat, number_format
from pilotscore.workbook.open.package import Package
from pilotscore.workbook.open.sheet_contents import PartError, SheetContents, blank_covered
from pilotscore.workbook.open.xlsx_cells import CellTypes, SheetCells
from pilotscore.workbook.open.xlsx_parsed import comments
from pilotscore.workbook.open.xlsx_sheet import read_sheet
from pilotscore.workbook.open.xlsx_strings import shared_strings
from pilotscore.workbook.open.xlsx_workbook import (
    Places,
    WorkbookPart,
    cell_formats,
    places,
    workbook_part,
)

# What the report workbook says of itself, so that it is never taken for an input.
REPORT_MARK = "pilotscore report"
# Its streaming writer stores a 0 for every formula, and asks for no calculation.
_POI = b"<Application>Apache POI"
_ABSENT = Text("文件中没有这个部件", "there is no such part")
_GENERAL = (number_format("General"),)


class OwnReportError(Exception):
    """A workbook that pilotscore wrote as a report."""


def read_xlsx(
    archive: zipfile.ZipFile, name: str, limits: Limits, *, reports: bool = False
) -> tuple[tuple[SheetContents, ...], tuple[Finding, ...]]:
    """Read the worksheets of an .xlsx file, and what is to be told of the file.

    Parameters
    ----------
    archive
        The zip.
    name
        The name of the workbook as given, for places.
    limits
        Bounds of parts, sheets, inflated bytes, extent and time.
    reports
        Whether a report that pilotscore wrote may be read.

    Raises
    ------
    OwnReportError
        It is one, and none may be.
    BoundExceededError
        It is beyond a bound.
    PartError
        A part is not sound XML, or is referred to and absent.
    zipfile.BadZipFile, OSError, KeyError, ValueError
        The file is no such zip.
    """
    package = Package(archive, Budget(limits))
    if not reports:
        _refuse_own_report(package)
    at = places(package)
    if not package.has(at.workbook):
        raise PartError(at.workbook, _ABSENT)
    workbook = workbook_part(package, at.workbook)
    limits.check("sheets", len(workbook.sheets))
    formats, findings = _formats(package, at, name)
    types = CellTypes(formats, _strings(package, at), epoch_1904=workbook.epoch_1904)
    reader = _Reader(package, name, workbook, types, limits)
    sheets: list[SheetContents] = []
    for entry in workbook.sheets:
        if entry.relation in at.others:
            continue  # a sheet of a chart or of macros
        part = at.sheets.get(entry.relation)
        if part is None or not package.has(part):
            place = Place(name, entry.name)
            findings.append(Finding(kinds.NO_SHEET_PART, place, {"part": part or "-"}))
            continue
        sheet, more = reader.sheet(entry.name, part, visible=entry.visible)
        sheets.append(sheet)
        findings.extend(more)
    return tuple(sheets), tuple(findings)


def _refuse_own_report(package: Package) -> None:
    for relation in package.relationships(""):
        known = relation.kind == "core-properties" and package.has(relation.target)
        if known and REPORT_MARK.encode() in next(package.pieces(relation.target), b""):
            raise OwnReportError


def _written_by(package: Package, program: bytes) -> bool:
    """Say whether a workbook says that a program made it."""
    parts = (r.target for r in package.relationships("") if r.kind == "extended-properties")
    return any(package.has(part) and program in package.read(part) for part in parts)


def _formats(
    package: Package, at: Places, name: str
) -> tuple[Sequence[NumberFormat], list[Finding]]:
    """Return the formats of the styles; where they cannot be read, say so."""
    if at.styles is None:
        return _GENERAL, []  # a workbook may have none: every number is shown as it is
    if not package.has(at.styles):
        reason: Words | str = _ABSENT
    else:
        try:
            return cell_formats(package, at.styles) or _GENERAL, []
        except PartError as error:
            reason = error.reason
    values = {"part": at.styles, "reason": reason}
    return _GENERAL, [Finding(kinds.NO_FORMATS, Place(name), values)]


def _strings(package: Package, at: Places) -> Sequence[str]:
    if at.strings is None or not package.has(at.strings):
        return ()  # a cell that refers to one then stops the reading
    return shared_strings(package.pieces(at.strings), at.strings)


class _Reader:
    """Reads the sheets of one workbook."""

    def __init__(
        self,
        package: Package,
        name: str,
        workbook: WorkbookPart,
        types: CellTypes,
        limits: Limits,
    ) -> None:
        self._package, self._name, self._workbook = package, name, workbook
        self._types, self._limits = types, limits

    def sheet(self, name: str, part: str, *, visible: bool) -> tuple[SheetContents, list[Finding]]:
        """Read a sheet."""
        on_load, since = self._workbook.calculated_on_load, self._workbook.changed_since
        by_poi = _written_by(self._package, _POI)
        new_cells = partial(SheetCells, self._types, self._limits, on_load, since, by_poi)
        cells = read_sheet(partial(self._package.pieces, part), new_cells, part)
        self._related(cells, part)
        merged = tuple(cells.merged)
        rows = cells.rectangle()
        blank_covered(rows, merged, self._limits)
        sheet = SheetContents(name, visible, rows, merged, cells.sheet_notes())
        if not cells.stale:
            return sheet, []
        return sheet, [
            Finding(kinds.STALE_FORMULAS, Place(self._name, name), {"count": cells.stale})
        ]

    def _related(self, cells: SheetCells, part: str) -> None:
        """Take the comments of a sheet, and whether a table on it is filtered."""
        for relation in self._package.relationships(part):
            if not self._package.has(relation.target):
                continue
            pieces = partial(self._package.pieces, relation.target)
            if relation.kind == "comments":
                cells.notes.comments.update(comments(pieces(), relation.target))
            elif relation.kind == "table" and cells.notes.hidden_rows:
                cells.notes.filtered |= any(b"autoFilter" in piece for piece in pieces())
