"""Native charts of a workbook: series of a chart as ranges of the cells that hold their table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pilotscore.document import Axis, Chart, Series, Table
from pilotscore.language import Lang, in_lang
from pilotscore.records import dataclass

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_ROW_PIXELS = 20
_GRID = {"visible": True, "line": {"color": "#E5E7EB"}}
_DASH = {"width": 1, "dash_type": "dash"}


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a table stands: the name of its sheet, the row of its headings."""

    sheet: str
    top: int
    table: Table

    def column(self, key: str) -> int:
        """Return the place of a column by its key."""
        return next(n for n, c in enumerate(self.table.columns) if c.key == key)

    @property
    def first(self) -> int:
        """The first row of values."""
        return self.top + self.table.headed


def insert_chart(
    book: Workbook, page: Worksheet, chart: Chart, placed: Placed, row: int, lang: Lang
) -> None:
    """Insert a chart on a page, at its own place or at ``row``."""
    subtype = {"subtype": "straight_with_markers"} if chart.kind == "scatter" else {}
    drawn = book.add_chart({"type": chart.kind, **subtype})
    for series in chart.series:
        drawn.add_series(_series(series, chart, placed, lang))
    title = in_lang(chart.title, lang)
    drawn.set_title(
        {"name": title, "name_font": {"size": 11}, "overlay": False} if title else {"none": True}
    )
    drawn.set_x_axis(_axis(chart.x, lang))
    drawn.set_y_axis(_axis(chart.y, lang))
    drawn.set_legend({"position": chart.legend})
    drawn.show_blanks_as("gap")
    width, height = chart.size
    drawn.set_size({"width": width, "height": height})
    page.insert_chart(*(chart.at or (row, 0)), drawn, {"object_position": 3})


def chart_rows(chart: Chart) -> int:
    """Return the rows that a chart takes."""
    return -(-chart.size[1] // _ROW_PIXELS) + 1


def _series(series: Series, chart: Chart, placed: Placed, lang: Lang) -> dict[str, Any]:
    sheet, first = placed.sheet, placed.first
    if series.row is not None:
        row, columns = first + series.row, [placed.column(k) for k in series.across]
        values = [sheet, row, columns[0], row, columns[-1]]
        categories = [sheet, placed.top, columns[0], placed.top, columns[-1]]
    else:
        low, high = chart.rows or (0, len(placed.table.rows) - 1)
        here = placed.column(series.values)
        beside = placed.column(series.categories)
        values = [sheet, first + low, here, first + high, here]
        categories = [sheet, first + low, beside, first + high, beside]
    name = in_lang(series.name, lang)
    return {"name": name, "categories": categories, "values": values, **_look(series)}


def _look(series: Series) -> dict[str, Any]:
    colour = {"color": series.colour} if series.colour else {}
    fill = {"fill": colour, "border": colour} if colour else {}
    looks: dict[str, dict[str, Any]] = {
        "bars": {"fill": colour} if colour else {},
        "line": {"line": {**colour, "width": 1.5}, "marker": {"type": "circle", "size": 5, **fill}},
        "thin": {"line": {**colour, "width": 1}, "marker": {"type": "none"}},
        "dash": {"line": {**colour, **_DASH}, "marker": {"type": "none"}},
        "points": {"line": {"none": True}, "marker": {"type": "diamond", "size": 9, **fill}},
    }
    return looks[series.look]


def _font(axis: Axis) -> dict[str, Any] | None:
    if axis.slanted:
        return {"rotation": -45, "size": 8}
    return {"size": 8} if axis.all_named else None


def _axis(axis: Axis, lang: Lang) -> dict[str, Any]:
    settings = {
        "name": in_lang(axis.title, lang) or None,
        "min": axis.least,
        "max": axis.most,
        "major_unit": axis.step,
        "num_format": axis.format,
        "reverse": axis.reverse or None,
        "interval_unit": 1 if axis.all_named else None,
        "num_font": _font(axis),
        "label_position": "high" if axis.labels_high else None,
        "major_gridlines": _GRID if axis.grid else {"visible": False},
    }
    return {k: v for k, v in settings.items() if v is not None}
