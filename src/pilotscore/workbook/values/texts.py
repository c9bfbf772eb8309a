"""Reads cells of a sheet as texts, as their number formats show them: ids, titles, grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pilotscore.workbook.open.number_format import NumberFormat
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.values.cells import text_of
from pilotscore.workbook.values.formatted import seen


def text_at(sheet: Sheet, row: int, column: int | None) -> str:
    """Return a cell as the text of an id or title: a 7 that is shown as CG-007 is that.

    Blank where there is no such column.
    """
    if column is None:
        return ""
    return text_of((seen(sheet.cell(row, column), sheet.notes.formats.at(row, column)),), 0)


def texts_at(sheet: Sheet, rows: Sequence[int], column: int | None) -> list[str]:
    """Return the cells of a column as the texts of ids or titles."""
    if column is None:
        return [""] * len(rows)
    formats = sheet.notes.formats.of_column(column)
    if formats:
        return [text_of((seen(sheet.cell(r, column), formats.get(r)),), 0) for r in rows]
    cells = cells_at(sheet, rows, column)
    if not are_texts(cells):
        return [text_of((cell,), 0) for cell in cells]
    texts = {cell: text_of((cell,), 0) for cell in set(cells)}  # mostly the same few
    return [texts[cell] for cell in cells]


def cells_at(sheet: Sheet, rows: Sequence[int], column: int) -> list[Any]:
    """Return the cells of a column in some rows, '' where there is none."""
    listed = sheet.rows
    try:
        return [listed[r][column] for r in rows]
    except IndexError:  # a row is shorter than others
        return [listed[r][column] if column < len(listed[r]) else "" for r in rows]


def are_texts(cells: Sequence[Any]) -> bool:
    """Say whether all cells are texts; what else they may hold can be equal and read otherwise."""
    return set(map(type, cells)) <= {str}


def seen_at(sheet: Sheet, row: int, column: int) -> Any:
    """Return a cell, a number with a text in its format as that text."""
    return seen(sheet.cell(row, column), sheet.notes.formats.at(row, column))


def seen_cells(cells: Sequence[Any], formats: Mapping[int, NumberFormat]) -> Sequence[Any]:
    """Return cells with numbers as the texts that are seen, where their formats have any."""
    return [seen(c, formats.get(i)) for i, c in enumerate(cells)] if formats else cells
