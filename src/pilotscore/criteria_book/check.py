"""Holds what a criteria workbook says against the rules of its files, each fault with its cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pilotscore.criteria.checks import Fault
from pilotscore.criteria.files import count_of_faults
from pilotscore.criteria.loader import faults_of
from pilotscore.criteria_book.addresses import address
from pilotscore.criteria_book.draft import EditedCriteria
from pilotscore.criteria_book.indicator_list import ListRead, find_list, read_list
from pilotscore.criteria_book.layout import SET_SHEET
from pilotscore.criteria_book.lines import find_sheet, in_book
from pilotscore.criteria_book.reading import read_criteria_book
from pilotscore.errors import FaultyFileError, UnreadableInputError
from pilotscore.findings import Finding, Place
from pilotscore.language import Text
from pilotscore.workbook.open.sheets import Sheet, UnreadableBookError, open_book


def sheets_of(path: Path) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook, whatever spreadsheet program saved it.

    Raises
    ------
    UnreadableInputError
        It cannot be read; its finding says why.
    """
    try:
        return open_book(path).sheets
    except UnreadableBookError as error:
        text = Text("无法读取 {path}", "cannot read {path}").of(path=str(path))
        raise UnreadableInputError(text, [error.finding]) from error


def criteria_from_book(file: str, sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return the plain data of a criteria set from a workbook of it.

    Parameters
    ----------
    file
        The name of the workbook.
    sheets
        Its sheets.

    Raises
    ------
    FaultyFileError
        With every fault and its cell: first those of the workbook, and where it has none, those of
        the criteria set that it says.
    """
    edited = read_criteria_book(file, sheets)
    _refuse(file, sheets, edited)
    return edited.data


def list_from_book(file: str, sheets: Sequence[Sheet]) -> ListRead | None:
    """Return what a workbook with an office's own list of indicators says.

    It is None where there is the first sheet of a criteria set, or none has such a list: a list may
    well stand on a sheet called 指标.

    Raises
    ------
    FaultyFileError
        With every fault of the list, and where it has none, those of the set that it makes.
    """
    if find_sheet(sheets, SET_SHEET) is not None:
        return None
    for sheet in sheets:
        header = find_list(sheet.rows)
        if header is not None:
            read = read_list(sheet.rows, file, sheet.name, *header)
            _refuse(file, sheets, EditedCriteria(read.data, {}, read.findings))
            return read
    return None


def _refuse(file: str, sheets: Sequence[Sheet], edited: EditedCriteria) -> None:
    """Raise with the faults of a workbook, or else with those of the set that it says."""
    findings = edited.faults or [_finding(file, edited, f) for f in faults_of(edited.data)]
    if not findings:
        return
    names = [sheet.name for sheet in sheets]

    def order(finding: Finding) -> tuple[int, int, int, str]:
        place = finding.place
        sheet = names.index(place.sheet) if place.sheet in names else -1
        row, column = (-1 if x is None else x for x in (place.row, place.column))
        return sheet, row, column, finding.code

    raise FaultyFileError(count_of_faults(file, len(findings)), sorted(findings, key=order))


def _finding(file: str, edited: EditedCriteria, fault: Fault) -> Finding:
    values = dict(fault.values)
    if isinstance(values.get("line"), tuple):  # a path that the message speaks of
        at = edited.place(values["line"])
        values["line"] = in_book(at) if at else address(*map(str, values["line"]))
    place = edited.place(fault.path)
    if place is None:  # no cell has it: its path in the file is told
        path = address(*map(str, fault.path))
        place = Place(f"{file}: {path}" if path else file)
    return Finding(fault.kind, place, values)
