"""Reads the columns that hold the uncertainty of the values of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.criteria import Fact, Indicator
from pilotscore.records import dataclass
from pilotscore.workbook.open.number_format import NumberFormat
from pilotscore.workbook.tables.columns import Columns
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.tables.spread_headers import Part
from pilotscore.workbook.values import kinds
from pilotscore.workbook.values.cells import Remark, State
from pilotscore.workbook.values.columns import as_written, read_column
from pilotscore.workbook.values.spread import Spread, Stands
from pilotscore.workbook.values.units import factor

# What is to be told: the column, the result (None: of the header), the remark.
SpreadRemark = tuple[int, int | None, Remark]
_PERCENT = ("%", "％")


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """The columns of a table and how its cells are had; ``formats`` are those of a column."""

    columns: Columns
    names: HeaderNames
    cells: Callable[[int], Sequence[Any]]
    formats: Callable[[int], Mapping[int, NumberFormat]]


def stated_spreads(
    beside: Beside, name: str, values: Floats, valid: Bools
) -> tuple[dict[int, Spread], list[SpreadRemark]]:
    """Return the uncertainties that columns state of the values of an indicator, by row.

    Parameters
    ----------
    beside
        The table.
    name
        The indicator.
    values, valid
        Its values as read, shape (n,), and which cells hold one.
    """
    parts = {part: at for (of, part), at in beside.columns.spreads.items() if of == name}
    remarks: list[SpreadRemark] = []
    spreads: dict[int, Spread] = {}
    for part in parts:
        if part in ("standard", "expanded"):
            stands: Stands = "standard" if part == "standard" else "plus_minus"
            k = beside.columns.spread_heads[name, part].k
            halves = _halves(beside, name, part, np.abs(values), remarks)
            for i in np.flatnonzero(valid & ~np.isnan(halves)).tolist():
                spreads[i] = Spread(float(halves[i]), float(halves[i]), stands, k)
    if "low" in parts:
        low, high = (_read(beside, name, end, remarks) for end in ("low", "high"))
        known = valid & ~np.isnan(low) & ~np.isnan(high)
        if _are_limits(low[known], high[known], values[known]):
            least, most = (f"{x[known][0]:.10g}" for x in (low, high))
            shown = {"name": beside.names.quantities[name].title, "low": least, "high": most}
            remarks.append((parts["low"], None, (kinds.LIMITS_NOT_ENDS, shown)))
            return spreads, remarks
        remarks.extend(_outside(beside, name, parts["low"], (low, values, high), known))
        for i in np.flatnonzero(known & (low <= values) & (values <= high)).tolist():
            below, above = (float(f"{x:.12g}") for x in (values[i] - low[i], high[i] - values[i]))
            spreads[i] = Spread(below, above, "limits")
    return spreads, remarks


def _are_limits(low: Floats, high: Floats, values: Floats) -> bool:
    """Say whether two columns are limits of quality: the same for values that differ."""
    return len(np.unique(values)) > 1 and len(np.unique(low)) == len(np.unique(high)) == 1


def _outside(
    beside: Beside, name: str, column: int, ends: tuple[Floats, Floats, Floats], known: Bools
) -> Iterator[SpreadRemark]:
    low, values, high = ends
    for i in np.flatnonzero(known & ~((low <= values) & (values <= high))).tolist():
        shown: dict[str, Any] = {"name": beside.names.quantities[name].title}
        shown |= {k: f"{x[i]:.10g}" for k, x in (("low", low), ("value", values), ("high", high))}
        yield column, i, (kinds.OUTSIDE_SPREAD, shown)


def _halves(
    beside: Beside, name: str, part: Part, sizes: Floats, remarks: list[SpreadRemark]
) -> Floats:
    """Return half-widths in the unit of the indicator; a column of shares is one of its values."""
    unit = beside.columns.spread_heads[name, part].unit
    quantity = beside.names.quantities[name]
    shares = unit in _PERCENT and factor(str(unit), quantity) is None
    read = _read(beside, name, part, remarks, shares=shares)
    return np.asarray(read * sizes / 100) if shares else read


def _read(
    beside: Beside, name: str, part: Part, remarks: list[SpreadRemark], *, shares: bool = False
) -> Floats:
    """Read a column as numbers in the unit of the indicator; what is none is told."""
    columns, quantity = beside.columns, beside.names.quantities[name]
    at, unit = columns.spreads[name, part], columns.spread_heads[name, part].unit
    times = columns.factors.get(name, 1.0)
    if unit is not None:
        times = 1.0 if shares else factor(unit, quantity)
    cells = beside.cells(at)
    column, _ = read_column(
        cells,
        _twin(quantity, part, shares=shares),
        percent_header=True,
        formats=beside.formats(at),
        factor=times,
    )
    shown = {"name": quantity.title}
    odd = np.flatnonzero(~np.isin(column.states, (State.VALUE, State.BLANK))).tolist()
    texts = ((i, {**shown, "text": as_written(cells[i])}) for i in odd)
    remarks.extend((at, i, (kinds.NO_SPREAD, values)) for i, values in texts)
    return np.where(column.states == State.VALUE, column.values, np.nan)


def _twin(quantity: Indicator | Fact, part: Part, *, shares: bool) -> Fact:
    """Return what the numbers of a column are: as those of the indicator, but for its bounds."""
    percent = quantity.type == "percent" or shares
    return Fact(
        id="spread",
        title=quantity.title,
        type="percent" if percent else "number",
        unit=None if percent else quantity.unit,
        range=(0.0, None) if part in ("standard", "expanded") else (None, None),
    )
