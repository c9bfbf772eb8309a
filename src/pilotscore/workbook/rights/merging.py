"""Rows that are one thing: what one row leaves blank another may say, and none may contradict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from pilotscore.arrays import Ints
from pilotscore.language import Text
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.grid import title_of
from pilotscore.workbook.rights.records import RowPlaces
from pilotscore.workbook.rights.roles import SheetKind
from pilotscore.workbook.rights.stacking import Columns, Stack, grouped, keys_of, places_of


def without_doubles(
    stack: Stack, keys: Sequence[tuple[Any, ...]], roles: Sequence[str]
) -> tuple[Stack, list[tuple[Any, ...]]]:
    """Return a stack in which rows that are equal throughout stand once, with what each row is.

    Only rows of one key can be equal; those that are left out are told.
    """
    if len(set(keys)) == len(keys):
        return stack, list(keys)
    several = sorted(i for rows in grouped(keys).values() if len(rows) > 1 for i in rows)
    first: dict[tuple[Any, ...], int] = {}
    doubles: set[int] = set()
    some = stack.take(np.array(several, dtype=np.int64))
    for i, row in zip(several, keys_of(some, roles), strict=True):
        if first.setdefault((keys[i], row), i) != i:
            doubles.add(i)
            stack.tell(
                kinds.ROW_TWICE, i, None, other=str(stack.at.place(first[keys[i], row], None))
            )
    if not doubles:
        return stack, list(keys)
    kept = [i for i in range(len(stack)) if i not in doubles]
    return stack.take(np.array(kept, dtype=np.int64)), [keys[i] for i in kept]


def merged(
    stack: Stack, keys: Sequence[tuple[Any, ...]], roles: Iterable[str], kind: SheetKind
) -> tuple[Stack, Ints]:
    """Return a row for each key, and the row that each of the rows went into.

    Parameters
    ----------
    stack
        The rows.
    keys
        What each of them is.
    roles
        The columns in which rows of one key are to agree; one that two contradict is left blank.
    kind
        The kind of sheet, which the titles of roles are of.
    """
    if len(set(keys)) == len(keys):
        return stack, np.arange(len(keys))
    groups = grouped(keys)
    into = np.empty(len(stack), dtype=np.int64)
    first = np.empty(len(groups), dtype=np.int64)
    columns: Columns = {}
    for place, rows in enumerate(groups.values()):
        first[place] = rows[0]
        into[rows] = place
    columns = {role: column[first] for role, column in stack.columns.items()}
    at = places_of(stack.at, first)
    cells = dict(at.cells)
    for place, rows in enumerate(groups.values()):
        if len(rows) > 1:
            for role in roles:
                _merge(stack, rows, role, (place, columns, cells), kind)
    at = RowPlaces(at.tables, at.columns, at.table, at.row, cells)
    return Stack(at, columns, stack.findings), into


def is_blank(value: Any) -> bool:
    """Say whether a value of a column is one that says nothing."""
    if isinstance(value, str):
        return not value
    if isinstance(value, np.datetime64):
        return bool(np.isnat(value))
    return bool(value < 0) if isinstance(value, np.integer) else bool(np.isnan(value))


def _merge(
    stack: Stack,
    rows: Sequence[int],
    role: str,
    goal: tuple[int, Columns, dict[tuple[int, str], tuple[int, int]]],
    kind: SheetKind,
) -> None:
    """Put what the rows of one key say in a column into its one row."""
    place, columns, cells = goal
    column = stack.columns[role]
    said = [i for i in rows if not is_blank(column[i])]
    if not said:
        return
    first = said[0]
    other = next((i for i in said if column[i] != column[first]), None)
    if other is not None:
        _contradicted(stack, said, role, kind)
        columns[role][place] = _BLANKS[column.dtype.kind]
        return
    columns[role][place] = column[first]
    here = stack.at.place(first, role)
    same_table = stack.at.table[first] == stack.at.table[rows[0]]
    if first != rows[0] and same_table and here.row is not None and here.column is not None:
        cells[place, role] = here.row, here.column


_ANSWERS = {1: Text("是", "yes"), 0: Text("否", "no")}
_BLANKS: dict[str, Any] = {"O": "", "M": np.datetime64("NaT", "D"), "f": np.nan, "i": -1}


def _contradicted(stack: Stack, said: Sequence[int], role: str, kind: SheetKind) -> None:
    """Tell the first cell that says something else than another, once however many there are."""
    column = stack.columns[role]
    first = said[0]
    other = next(i for i in said if column[i] != column[first])
    values = {
        "name": title_of(kind, role),
        "here": shown(column[other]),
        "there": shown(column[first]),
        "other": str(stack.at.place(first, role)),
    }
    stack.tell(kinds.CONTRADICTS, other, role, **values)


def shown(value: Any) -> Any:
    """Return a value of a column as a person reads it."""
    if isinstance(value, np.integer):
        return _ANSWERS[int(value)]
    return f"{value:.10g}" if isinstance(value, float | np.floating) else str(value)
