"""Drawings in the terminal, a function for each kind of record that is drawn in characters."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from rich.text import Text as Rich

from pilotscore.drawings import ControlChart, HeatMap, Panels, Waterfall
from pilotscore.language import Lang, Text
from pilotscore.render.fitting import EIGHTHS, fit, right
from pilotscore.render.panels import print_panels

if TYPE_CHECKING:
    from rich.console import Console


def draw(data: Any, console: Console, lang: Lang) -> None:
    """Draw a record."""
    _DRAW[type(data)](data, console, lang)


def _put(console: Console, *parts: tuple[str, str]) -> None:
    console.print(Rich.assemble(*parts), soft_wrap=True)


# ------------------------------------------------------------------------------------ heat map

_NAMES = 14  # cells for the name of a row
# The least share that has each shade, and how the legend says so.
_SHADES = ((0.7, "≥70% ", "█"), (0.4, "≥40% ", "▓"), (0.2, "≥20% ", "▒"), (0.05, "≥5% ", "░"))
_TRACE = "·"
_LABEL_EVERY = 5


def _heat_map(heat: HeatMap, console: Console, lang: Lang) -> None:
    """Draw a row for each name, a shade for each column."""
    _put(console, (heat.title.to(lang), "bold"))
    room = max(10, console.width - _NAMES - 2)
    columns = len(heat.columns)
    # Every column two cells wide where there is room, one where not, several in one cell at worst.
    wide = 2 if 2 * columns <= room else 1
    step = -(-columns // min(columns, room))
    labels = heat.columns[::step][::_LABEL_EVERY]
    ruler = "".join(fit(label, _LABEL_EVERY * wide) for label in labels)
    _put(console, (fit("", _NAMES) + ruler[:room], "dim"))
    for name, shares in zip(heat.names, heat.shares, strict=True):
        merged = (sum(shares[k : k + step]) for k in range(0, columns, step))
        row = "".join(_shade(x) * wide for x in merged)
        _put(console, (fit(name, _NAMES), ""), (row.rstrip(), "cyan"))
    legend = [f">0 {_TRACE}", *(said + shade for _, said, shade in reversed(_SHADES))]
    _put(console, (fit("", _NAMES) + "  ".join(legend), "dim"))


def _shade(share: float) -> str:
    if share <= 0:
        return " "
    return next((shade for least, _, shade in _SHADES if share >= least), _TRACE)


# -------------------------------------------------------------------------------- control chart

_HEIGHT = 11
_AXIS = 10
_HEADING = Text("{kind}，{n} 点{part}", "{kind} chart, {n} points{part}")
_LAST = Text("（图为最后 {n} 点）", " (the last {n} shown)")


def _control_chart(chart: ControlChart, console: Console, lang: Lang) -> None:
    """Draw limits, centre and points, the last ones where there is no room for all."""
    room = max(20, console.width - _AXIS - 3)
    first = max(0, len(chart.points) - room)
    step = 2 if len(chart.points) * 2 <= room else 1
    part = _LAST.of(n=room) if first else ""
    heading = _HEADING.of(kind=chart.kind, n=len(chart.points), part=part)
    _put(console, (heading.to(lang), "bold"))
    points, levels = chart.points[first:], tuple(_levels(chart, first))
    known = [x for x in (*points, *(y for y, _ in levels)) if math.isfinite(x)]
    low, high = min(known), max(known)
    span = (high - low) or 1.0

    def row_of(value: float) -> int:
        return round((high - value) / span * (_HEIGHT - 1))

    width = len(points) * step
    cells = [[(" ", "")] * width for _ in range(_HEIGHT)]
    labels = {row_of(y): (f"{y:.4g}", name) for y, name in levels}
    for row, (_, name) in labels.items():
        cells[row] = [("─" if name == "CL" else "┄", "dim")] * width
    flagged = {n - first for n, _ in chart.flagged}
    for n, value in enumerate(points):
        if math.isfinite(value):
            cells[row_of(value)][n * step] = ("✖", "bold red") if n in flagged else ("●", "cyan")
    for row, line in enumerate(cells):
        label, name = labels.get(row, ("", ""))
        _put(console, (f"{right(label, _AXIS)} ", "dim"), *line, (f" {name}", "dim"))
    names = chart.names[first:]
    _put(console, (" " * (_AXIS + 1) + f"{names[0]} … {names[-1]}", "dim"))


def _levels(chart: ControlChart, first: int) -> Iterator[tuple[float, str]]:
    """Yield the lines of a chart that are level over what is shown."""
    lines = (((chart.centre,), "CL"), (chart.upper[first:], "UCL"), (chart.lower[first:], "LCL"))
    for values, name in lines:
        if len(set(values)) == 1 and math.isfinite(values[0]):
            yield values[0], name


# ----------------------------------------------------------------------------------- waterfall

_TITLE, _FIGURES = 26, 22  # cells for the title of a part, and for its points


def _waterfall(drawing: Waterfall, console: Console, lang: Lang) -> None:
    """Draw what each part adds, one on top of the other, up to the sum."""
    width = max(10, min(60, console.width - _TITLE - _FIGURES))
    start = 0.0
    for title, points, most in drawing.parts:
        name, drawn = fit(title.to(lang), _TITLE), _stretch(start, points, width)
        console.print(Rich.assemble(name, (drawn, "cyan"), f"{points:+6.2f} / {most:5.2f}"))
        start += points
    total = (fit(drawing.total.to(lang), _TITLE), _stretch(0.0, start, width), f"{start:6.2f}")
    console.print(Rich.assemble(*((text, "bold") for text in total)))


def _stretch(start: float, points: float, width: int) -> str:
    """Draw a bar from one number of points to another on a scale of 100, padded to the width."""
    per = width / 100
    left, end = round(start * per), (start + points) * per
    full = int(end) - left
    part = EIGHTHS[int((end - int(end)) * 8)] if full >= 0 else ""
    drawn = " " * left + "█" * max(full, 0) + part.strip()
    return drawn + " " * (width + 1 - len(drawn))


_DRAW: dict[type, Callable[[Any, Console, Lang], None]] = {
    HeatMap: _heat_map,
    ControlChart: _control_chart,
    Panels: print_panels,
    Waterfall: _waterfall,
}
