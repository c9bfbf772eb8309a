"""Finds the tables of rights on a sheet; what they say is read by `reader`, where there are any.

Every sheet of every workbook is looked at, so that nothing is imported here that reads them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pilotscore.findings import Finding
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.forms import above_table, form_of, is_rather_form
from pilotscore.workbook.rights.grid import Grid, table_below
from pilotscore.workbook.rights.headers import find_header, named_kind


def grids_of(sheet: Sheet) -> list[Grid]:
    """Return the tables of rights on a sheet; none where it is something else."""
    header = find_header(sheet)
    if header is None or is_rather_form(sheet, header):
        form = form_of(sheet)
        return [] if form is None else [form]
    result, above = above_table(sheet, header)
    table = replace(table_below(sheet, header), above=result)
    return [table] if above is None else [above, table]


def not_understood(sheet: Sheet) -> list[Finding]:
    """Tell a sheet with the name of one of rights whose header is not known."""
    blank = all(cell in ("", None) for row in sheet.rows for cell in row)
    if blank or named_kind(sheet.name) is None:
        return []
    return [Finding(kinds.NO_RIGHTS_HEADER, sheet.place(), {"name": sheet.name})]


def filled(grids: Iterable[Grid]) -> list[Grid]:
    """Return the tables of which anything was filled in: a template has sheets to be left blank."""
    return [grid for grid in grids if len(grid)]
