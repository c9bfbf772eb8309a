"""The charts of sheets with their values, as a page draws them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from pilotscore.document import Axis, Chart, Series, Sheet, Table
from pilotscore.drawings import ControlChart
from pilotscore.language import DOT, join
from pilotscore.render.html.texts import both


def packed_chart(chart: Chart, sheet: Sheet, sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return a chart with the values of the table that it is of.

    Parameters
    ----------
    chart
        What is drawn.
    sheet, sheets
        The sheet that it stands on, and all of them.
    """
    table = _table_of(chart, sheet, sheets)
    return {
        "kind": chart.kind,
        "title": both(chart.title),
        "x": _axis(chart.x),
        "y": _axis(chart.y),
        "series": [_series(s, chart, table) for s in chart.series],
    }


def packed_control(chart: ControlChart) -> dict[str, Any]:
    """Return a control chart: its points, its limits, and what is not in control."""
    return {
        "title": both(join((chart.title, chart.kind), DOT)),
        "names": [both(name) for name in chart.names],
        "points": _known(chart.points),
        "centre": _plain(chart.centre),
        "lower": _known(chart.lower),
        "upper": _known(chart.upper),
        "flagged": [[point, both(said)] for point, said in chart.flagged],
    }


def _known(values: Sequence[float]) -> list[float | None]:
    """Return values without noise; None where one is not finite."""
    return [float(f"{x:.8g}") if math.isfinite(x) else None for x in values]


def _table_of(chart: Chart, sheet: Sheet, sheets: Sequence[Sheet]) -> Table:
    """Return the table that stands last before the chart, or first on the sheet named."""
    if chart.of_sheet is not None:
        wanted = next(s for s in sheets if s.name == chart.of_sheet)
        return next(b for b in wanted.blocks if isinstance(b, Table))
    place = next(k for k, block in enumerate(sheet.blocks) if block is chart)
    return next(b for b in reversed(sheet.blocks[:place]) if isinstance(b, Table))


def _series(series: Series, chart: Chart, table: Table) -> dict[str, Any]:
    keys = [c.key for c in table.columns]
    headings: list[Any] = [c.heading for c in table.columns]
    if series.row is not None:
        places = [keys.index(key) for key in series.across]
        values = [table.rows[series.row][k] for k in places]
        names = [headings[k] for k in places]
    else:
        first, last = chart.rows or (0, len(table.rows) - 1)
        rows = [table.rows[k] for k in range(first, last + 1)]
        values = [row[keys.index(series.values)] for row in rows]
        names = [row[keys.index(series.categories)] for row in rows] if series.categories else []
    return {
        "name": both(series.name),
        "values": [_plain(x) for x in values],
        "names": [_plain(x) for x in names],
        "colour": series.colour,
        "look": series.look,
    }


def _axis(axis: Axis) -> dict[str, Any]:
    return {
        "title": both(axis.title),
        "share": "%" in axis.format,
        "least": axis.least,
        "most": axis.most,
        "reverse": axis.reverse,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, int | float) else both(value)
