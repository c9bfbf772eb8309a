"""Sheets of rights made on the spot, read as from a workbook."""

from __future__ import annotations

from typing import Any

from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.rights.reader import joined
from pilotscore.workbook.rights.records import RightsRead
from pilotscore.workbook.rights.tables import grids_of

Rows = list[list[Any]]


def sheet(rows: Rows, name: str = "Sheet1", book: str = "a.xlsx", **settings: Any) -> Sheet:
    """Return a sheet; rows shorter than others are filled up with blanks."""
    width = max(map(len, rows), default=0)
    return Sheet(book, name, True, [[*r, *[""] * (width - len(r))] for r in rows], **settings)


def read(*sheets: Sheet) -> RightsRead:
    """Read sheets of rights together."""
    return joined([grid for s in sheets for grid in grids_of(s)])


def told(rights: RightsRead, *, infos: bool = False) -> list[tuple[str, str]]:
    """Return what is told: codes with their cells."""
    return [(f.code, f.place.cell) for f in rights.findings if infos or f.severity != "info"]
