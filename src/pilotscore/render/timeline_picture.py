"""Times that run, as bars around a day: the part that is past pale, the window after it hatched."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from pilotscore.drawings import Stretch, Timeline

if TYPE_CHECKING:
    from pilotscore.render.picture_pen import Pen

_COLOURS = {
    "done": "#2e7d32",
    "open": "#0a63c9",
    "grace": "#b26a00",
    "unproven": "#8a6d00",
    "lapsed": "#b42318",
}
_TODAY, _GRID = "#57606a", "#e5e7eb"
_ROW, _AROUND = 0.26, 1.1  # inches
_BEFORE, _LEAST_AFTER, _MOST_AFTER = 365, 365, 3 * 365  # days that are drawn around today
_BAR = 0.62
_MANY_DAYS = 900


def timeline_height(timeline: Timeline) -> float:
    """Return how high it is drawn, in inches."""
    return _AROUND + _ROW * max(len(timeline.rows), 1)


def draw_timeline(timeline: Timeline, axis: Any, pen: Pen) -> None:
    """Draw it: a bar for each time, cut off where it goes beyond what is drawn."""
    today = timeline.today.toordinal()
    ends = [(row.window or row.end).toordinal() for row in timeline.rows]
    last = min(max([today + _LEAST_AFTER, *ends]), today + _MOST_AFTER)
    first = today - _BEFORE
    for place, row in enumerate(timeline.rows):
        _draw_row(row, place, (first, last), axis)
    axis.axvline(today, color=_TODAY, linewidth=1)
    axis.annotate(str(timeline.today), (today, -0.9), ha="center", color=_TODAY, fontsize=8)
    axis.set_xlim(first, last)
    axis.set_ylim(max(len(timeline.rows), 1) - 0.4, -1.2)
    labels = [pen.write(row.label) for row in timeline.rows]
    axis.set_yticks(range(len(labels)), labels, fontsize=8)
    days = _ticks(first, last)
    axis.set_xticks([d.toordinal() for d in days], [d.strftime("%Y-%m") for d in days], fontsize=8)
    axis.grid(axis="x", color=_GRID, linewidth=0.6)
    axis.set_axisbelow(True)
    axis.set_title(pen.write(timeline.title), fontsize=10, loc="left")
    _legend(timeline, axis, pen)
    if timeline.more is not None:
        axis.set_xlabel(pen.write(timeline.more), fontsize=8, loc="left")


def _draw_row(row: Stretch, place: int, drawn: tuple[int, int], axis: Any) -> None:
    first, last = drawn
    end = row.end.toordinal()
    begin = first if row.begin is None else max(row.begin.toordinal(), first)
    colour = _COLOURS[row.look]
    if begin < end:
        bar = {"height": _BAR, "color": colour, "alpha": 0.75}
        axis.barh(place, min(end, last) - begin, left=begin, **bar)
    if row.window is not None and row.window > row.end:
        left = max(end, first)
        style = {"facecolor": "none", "edgecolor": colour, "hatch": "////", "linewidth": 0.8}
        axis.barh(place, min(row.window.toordinal(), last) - left, left=left, height=_BAR, **style)
    until = max(row.end, row.window or row.end).toordinal()
    at = min(max(until, first), last)
    said = str(row.end) if row.window is None else f"{row.end} – {row.window}"
    shown = {"textcoords": "offset points", "xytext": (5, -3), "fontsize": 7, "color": colour}
    axis.annotate(said, (at, place), annotation_clip=False, **shown)


def _ticks(first: int, last: int) -> list[datetime.date]:
    """Return the first days of the quarters that are drawn, of every other one where many are."""
    begin, end = (datetime.date.fromordinal(n) for n in (first, last))
    months = (1, 4, 7, 10) if last - first < _MANY_DAYS else (1, 7)
    days = [
        datetime.date(year, month, 1)
        for year in range(begin.year, end.year + 1)
        for month in months
    ]
    return [day for day in days if begin <= day <= end]


def _legend(timeline: Timeline, axis: Any, pen: Pen) -> None:
    from matplotlib.patches import Patch

    marks = [Patch(color=_COLOURS[look], label=pen.write(said)) for look, said in timeline.legend]
    if marks:
        place = {"loc": "lower right", "bbox_to_anchor": (1, 1), "frameon": False}
        axis.legend(handles=marks, ncols=len(marks), fontsize=8, **place)
