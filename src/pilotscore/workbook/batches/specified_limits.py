"""The limits that specifications state, in a row of a wide sheet or a column of a long one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.workbook.batches import kinds
from pilotscore.workbook.batches.header import Measurand
from pilotscore.workbook.batches.sheet_rows import Body
from pilotscore.workbook.batches.specification import NOTHING_SPECIFIED, Specified, specified
from pilotscore.workbook.values.formatted import seen, text_shown

# The values of each limit and the target of rows, and where a cell of them cannot be read.
Limits = Mapping[str, tuple[Floats, Bools]]
_read = lru_cache(maxsize=1 << 12)(specified)


def filled(limits: Limits, said: Mapping[str, Floats]) -> dict[str, tuple[Floats, Bools]]:
    """Return limits with those of specifications where none are stated as such."""
    return {
        key: (np.where(np.isnan(own) & ~bad, said[key], own), bad)
        for key, (own, bad) in limits.items()
    }


def specified_of(body: Body, m: Measurand, unit: str, limits: Limits) -> dict[str, Floats]:
    """Return what the row of specifications states of a column, for each of its rows; tell it."""
    row = body.header.limit_rows["spec"]
    cell, form = body.sheet.cell(row, m.column), body.sheet.notes.formats.at(row, m.column)
    said = _said(seen(cell, form), unit)
    stated = {key: _first(own) for key, (own, _) in limits.items()}
    if (remark := _remark_of(said, stated)) is not None:
        text = text_shown(cell, form).strip()
        values = {"name": m.name, "text": text, "limits": remark[1]}
        body.findings.add(remark[0], row, m.column, **values)
    return {key: np.full(len(body.rows), getattr(said or NOTHING_SPECIFIED, key)) for key in limits}


def specified_in_rows(
    body: Body, column: int, names: Sequence[str], units: Sequence[str], limits: Limits
) -> dict[str, Floats]:
    """Return what a column of specifications states, row by row; each is told once by its name."""
    cells, formats = body.cells(column), body.formats(column)
    values = {key: np.full(len(cells), math.nan) for key in limits}
    known: set[tuple[str, str]] = set()
    for i, cell in enumerate(cells):
        form = formats.get(i)
        said = _said(seen(cell, form), units[i])
        for key in values if said is not None else ():
            values[key][i] = getattr(said, key)
        text = text_shown(cell, form).strip()
        stated = {key: float(own[i]) for key, (own, _) in limits.items()}
        if (names[i], text) not in known and (remark := _remark_of(said, stated)) is not None:
            shown = {"name": names[i], "text": text, "limits": remark[1]}
            body.tell(remark[0], i, column, **shown)
        known.add((names[i], text))
    return values


def _said(cell: Any, unit: str) -> Specified | None:
    """Return what a cell specifies; None for a text that is no limit, and for a number alone."""
    if isinstance(cell, str):
        return _read(cell, unit)
    return NOTHING_SPECIFIED if cell is None else None


def _remark_of(said: Specified | None, stated: Mapping[str, float]) -> tuple[Any, str] | None:
    """Return the kind of finding of a specification, with the limits; None for nothing said."""
    if said is None:
        return kinds.SPECIFICATION_UNREAD, ""
    if all(math.isnan(getattr(said, key)) for key in stated):
        return None
    other = Specified(stated["lower"], stated["upper"])
    differs = any(
        not math.isnan(getattr(other, key)) and not _equal(getattr(other, key), getattr(said, key))
        for key in ("lower", "upper")
        if not math.isnan(getattr(said, key))
    )
    if differs:
        return kinds.SPECIFICATION_DIFFERS, other.shown
    return kinds.SPECIFIED, said.shown


def _equal(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-12)


def _first(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known[0]) if len(known) else math.nan
