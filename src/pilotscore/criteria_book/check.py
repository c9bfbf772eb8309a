"""Holds what a criteria workbook says against the rules of criteria files, each fault with its cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pilotscore.criteria.checks import Fault
from pilotscore.criteria.loader import faults_of
from pilotscore.criteria_book.grid import Grid, find_sheet
from pilotscore.criteria_book.indicator_list import ListRead, find_list, read_list
from pilotscore.criteria_book.layout import SET_SHEET, address, all_tables
from pilotscore.criteria_book.reading import EditedCriteria, read_criteria_book
from pilotscore.errors import FaultyFileError
from pilotscore.findings import Finding, Place
from pilotscore.language import Text


def criteria_from_book(file: str, grids: Sequence[Grid]) -> dict[str, Any]:
    """Return the plain data of a criteria set from a workbook of it.

    Parameters
    ----------
    file
        The name of the workbook.
    grids
        Its sheets.

    Raises
    ------
    FaultyFileError
        With every fault and its cell: first those of the workbook, and where it has none, those of
        the criteria set that it says.
    """
    edited = read_criteria_book(file, grids)
    found = edited.faults or tuple(_finding(file, edited, f) for f in faults_of(edited.data))
    _refuse(file, grids, found)
    return edited.data


def list_from_book(file: str, grids: Sequence[Grid]) -> ListRead | None:
    """Return what a workbook with an office's own list of indicators says.

    It is None where a sheet is one of a criteria set, or none has such a list.

    Raises
    ------
    FaultyFileError
        With every fault of the list, and where it has none, those of the set that it makes.
    """
    sheets = [SET_SHEET, *(t.sheet for t in all_tables())]
    if any(find_sheet(grids, name) is not None for name in sheets):
        return None
    for grid in grids:
        header = find_list(grid.rows)
        if header is not None:
            read = read_list(grid.rows, file, grid.name, *header)
            nowhere = EditedCriteria(read.data, {}, ())
            made = () if read.findings else faults_of(read.data)
            _refuse(file, grids, read.findings or tuple(_finding(file, nowhere, f) for f in made))
            return read
    return None


def _refuse(file: str, grids: Sequence[Grid], found: Sequence[Finding]) -> None:
    if found:
        count = len(found)
        told = Text(
            f"{file} 有 {count} 处错误", f"{file} has {count} fault{'s' if count > 1 else ''}"
        )
        raise FaultyFileError(told, sorted(found, key=lambda f: _rank(f, grids)))


def _rank(finding: Finding, grids: Sequence[Grid]) -> tuple[int, int, int, str]:
    """Return where a finding comes in the order of sheets, rows and columns."""
    place = finding.place
    names = [g.name for g in grids]
    sheet = names.index(place.sheet) if place.sheet in names else -1
    row, column = (-1 if x is None else x for x in (place.row, place.column))
    return sheet, row, column, finding.code


def _finding(file: str, edited: EditedCriteria, fault: Fault) -> Finding:
    values = dict(fault.values)
    if isinstance(values.get("line"), tuple):  # a path that the message speaks of
        values["line"] = str(edited.spot(values["line"])[0] or address(*map(str, values["line"])))
    spot, _ = edited.spot(fault.path)
    if spot is None:  # no cell has it: its path in the file is told
        path = address(*map(str, fault.path))
        return Finding(fault.kind, Place(f"{file}: {path}" if path else file), values)
    return Finding(fault.kind, spot.place(file), values)
