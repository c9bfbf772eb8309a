"""Puts the rows of several tables of rights one below the other: a column for each role."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Bools, Ints
from pilotscore.criteria.names import normalise
from pilotscore.findings import Finding, Kind
from pilotscore.records import dataclass
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.grid import Grid
from pilotscore.workbook.rights.records import RowPlaces

Columns = dict[str, NDArray[Any]]
# The columns of a table, all of one length.
ReadColumns = Callable[[Grid], Columns]


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Rows of one kind of sheet, by role, where they stand, and what is to be told of them."""

    at: RowPlaces
    columns: Columns
    findings: list[Finding]

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.at)

    def take(self, rows: Ints) -> Stack:
        """Return some of the rows, in the order given."""
        columns = {role: column[rows] for role, column in self.columns.items()}
        return Stack(places_of(self.at, rows), columns, self.findings)

    def tell(self, kind: Kind, i: int, role: str | None, /, **values: Any) -> None:
        """Add a finding at the cell of a role, of the result that the row is of."""
        result = str(self.columns["result"][i]) or None
        self.findings.append(Finding(kind, self.at.place(i, role), values, result))


def places_of(at: RowPlaces, rows: Ints) -> RowPlaces:
    """Return where some rows stand, in the order given; a row may be asked for more than once."""
    if not at.cells:
        return replace(at, table=at.table[rows], row=at.row[rows])
    order = rows.tolist()
    new: dict[int, list[int]] = {}
    for i, old in enumerate(order):
        new.setdefault(old, []).append(i)
    cells = {(i, role): spot for (old, role), spot in at.cells.items() for i in new.get(old, ())}
    return replace(at, table=at.table[rows], row=at.row[rows], cells=cells)


def stacked(grids: Sequence[Grid], read: ReadColumns) -> Stack | None:
    """Return the rows of some tables of one kind; None where there is no table.

    They stand in the order of workbooks, sheets and rows, whatever order the tables came in.
    """
    if not grids:
        return None
    ordered = sorted(grids, key=lambda g: (g.sheet.book, g.sheet.name, g.header))
    parts = [_with_results_filled(g, read(g)) for g in ordered]
    columns = {role: np.concatenate([p[role] for p in parts]) for role in parts[0]}
    findings = [f for g in ordered for f in g.findings]
    return Stack(_places(ordered), columns, findings)


def _places(grids: Sequence[Grid]) -> RowPlaces:
    counts = list(map(len, grids))
    cells: dict[tuple[int, str], tuple[int, int]] = {}
    rows: list[int] = []
    for grid in grids:
        if grid.spots is None:
            rows += grid.rows
            continue
        for row in grid.rows:
            for role in grid.columns:
                at, column = grid.spot(row, role)
                if column is not None:
                    cells[len(rows), role] = at, column
            rows.append(grid.spot(row, None)[0])
    return RowPlaces(
        tuple((g.sheet.book, g.sheet.name) for g in grids),
        tuple({} if g.spots is not None else g.columns for g in grids),
        np.repeat(np.arange(len(grids)), counts),
        np.array(rows, dtype=np.int64),
        cells,
    )


def _with_results_filled(grid: Grid, columns: Columns) -> Columns:
    """Return columns in which a blank id is that of the row above, which is told once."""
    results = columns["result"]
    if grid.ids:
        results[:] = [grid.ids.get(normalise(result), result) for result in results]
    blank = results == ""
    if grid.above and "result" not in grid.columns:
        results[blank] = grid.above
        return columns
    if "result" not in grid.columns or not blank.any() or blank.all():
        return columns
    filled: list[int] = []
    for i in np.flatnonzero(blank).tolist():
        if i and results[i - 1]:
            results[i] = results[i - 1]
            filled.append(i)
    if filled:
        values = {"count": len(filled), "result": results[filled[0]]}
        grid.tell(kinds.FILLED_DOWN, grid.rows[filled[0]], "result", **values)
    return columns


def keys_of(stack: Stack, roles: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return what each row has in some columns, to be sorted by and compared."""
    return list(zip(*(sortable(stack.columns[role]) for role in roles), strict=True))


def says(column: NDArray[Any]) -> Bools:
    """Return where a column says something."""
    if column.dtype.kind == "M":
        return np.asarray(~np.isnat(column))
    if column.dtype.kind == "f":
        return np.asarray(~np.isnan(column))
    return np.asarray(column >= 0 if column.dtype.kind == "i" else column != "")


def sorted_rows(stack: Stack, roles: Sequence[str]) -> Stack:
    """Return the rows in the order of what they have in some columns."""
    keys = keys_of(stack, roles)
    order = np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)
    return stack.take(order)


def joined_stacks(stacks: Sequence[Stack]) -> Stack:
    """Return several stacks with the same columns, one below the other."""
    if len(stacks) == 1:
        return stacks[0]
    columns = {r: np.concatenate([s.columns[r] for s in stacks]) for r in stacks[0].columns}
    findings = [f for s in stacks for f in s.findings]
    return Stack(joined_places([s.at for s in stacks]), columns, findings)


def sortable(column: NDArray[Any]) -> list[Any]:
    """Return a column as values that have an order: days as numbers, nan as less than all."""
    if column.dtype.kind == "M":
        return list(column.astype("datetime64[D]").astype(np.int64).tolist())
    if column.dtype.kind == "f":
        return list(np.where(np.isnan(column), -np.inf, column).tolist())
    return list(column.tolist())


def grouped(keys: Sequence[tuple[Any, ...]]) -> Mapping[tuple[Any, ...], list[int]]:
    """Return the rows of each key, in order."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for i, key in enumerate(keys):
        groups.setdefault(key, []).append(i)
    return groups


def joined_places(several: Sequence[RowPlaces]) -> RowPlaces:
    """Return the places of several stacks of rows one below the other."""
    if len(several) == 1:
        return several[0]
    tables = [len(at.tables) for at in several]
    starts = np.cumsum([0, *tables[:-1]])
    rows = np.cumsum([0, *(len(at) for at in several[:-1])]).tolist()
    return RowPlaces(
        tuple(t for at in several for t in at.tables),
        tuple(c for at in several for c in at.columns),
        np.concatenate([at.table + s for at, s in zip(several, starts, strict=True)]),
        np.concatenate([at.row for at in several]),
        {
            (i + start, role): spot
            for at, start in zip(several, rows, strict=True)
            for (i, role), spot in at.cells.items()
        },
    )
