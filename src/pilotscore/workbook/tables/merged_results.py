"""Results whose id is merged over several rows: which rows go on, and which add nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pilotscore.workbook.open.notes import Area
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.tables import kinds
from pilotscore.workbook.tables.columns import Columns


def merged_again(areas: Sequence[Area], columns: Columns) -> dict[int, Area]:
    """Return the rows that a merged id (or title, without ids) goes on over, with its area."""
    name = columns.id if columns.id is not None else columns.title
    return {
        row: area
        for area in areas
        if name is not None and area[0][1] <= name <= area[1][1] and area[1][0] > area[0][0]
        for row in range(area[0][0] + 1, area[1][0] + 1)
    }


def adds_nothing(
    sheet: Sheet, number: int, used: Sequence[int], area: Area, areas: Sequence[Area]
) -> bool:
    """Say whether a row of a merged result has nothing of its own in a column that is read."""
    row = sheet.rows[number]
    top = area[0][0]
    for column in used:
        if column >= len(row) or row[column] == "":
            continue
        if not any(
            a[0][0] <= top and number <= a[1][0] and a[0][1] <= column <= a[1][1] for a in areas
        ):
            return False
    return True


def tell_merged(findings: SheetFindings, again: Mapping[int, Area], kept: Sequence[int]) -> None:
    """Tell the results that stand in several merged rows and were read once."""
    read = set(kept)
    for area in dict.fromkeys(again.values()):
        (top, left), (bottom, _) = area
        if top in read and read.isdisjoint(range(top + 1, bottom + 1)):
            findings.add(kinds.MERGED_ROWS, top, left, count=bottom - top + 1)
