"""Value functions as a picture: small multiples in groups, texts measured by their font."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, SubFigure
from matplotlib.font_manager import FontProperties
from matplotlib.gridspec import GridSpec
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path

from pilotscore.drawings import Panels, ValueFunction
from pilotscore.language import DOT, Lang, Words, join, number, printable
from pilotscore.records import dataclass

# All lengths are points, from the top left.
_COLUMNS, _WIDTH, _GAP, _MARGIN = 3, 372, 20, 24
_INK, _GREY, _RULE, _LINE, _BAR = "#1f2328", "#57606a", "#d0d7de", "#0a63c9", "#cfe3fb"
_HEAD = 40  # of a panel: its title, then what it is about
_PLOT, _LEFT, _OUTSIDE, _UNDER = 112, 30, 14, 38
_ROW, _NEXT_LINE, _SCORE = 18, 13, 34  # of a bar, of each further line of its title, of its figure
_GROUP, _BELOW = 40, 18
_POINTS_TO_THE_INCH = 72


@dataclass(slots=True)
class Pen:
    """Writes and draws on axes; ``hovers`` is what a reader who points at a thing is told.

    Where no font has Chinese, a wide sign is as wide as a dash of its size: readers have their own.
    """

    lang: Lang
    has_chinese: bool
    hovers: dict[str, str] = field(default_factory=dict)

    def said(self, words: Words | str) -> str:
        """Return words in the language of the picture."""
        return printable(words if isinstance(words, str) else words.to(self.lang))

    def width(self, text: str, size: float, weight: str = "normal") -> float:
        """Return how wide a text is drawn."""
        if not self.has_chinese:
            text = "".join("—" if _is_wide(sign) else sign for sign in text)
        font = FontProperties(size=size, weight=weight)
        return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])

    def wrapped(self, text: str, size: float, room: float, weight: str = "normal") -> list[str]:
        """Break a text into lines: at blanks, and between wide signs."""
        lines, line = [], ""
        for word in _words(text):
            if line and self.width((line + word).rstrip(), size, weight) > room:
                lines.append(line.rstrip())
                line = ""
            line += word
        return [*lines, line.rstrip()]

    def write(
        self, axes: Any, at: tuple[float, float], text: str, size: float, **look: Any
    ) -> None:
        """Write a text; one that has to be cut to its ``room`` is said in full on hovering."""
        room, weight = look.pop("room", None), look.get("weight", "normal")
        shown = text
        if room is not None and self.width(text, size, weight) > room:
            while shown and self.width(shown + "…", size, weight) > room:
                shown = shown[:-1]
            shown = shown.rstrip() + "…"
            look["gid"] = self.hover(text)
        axes.text(*at, shown, fontsize=size, **{"color": _INK, **look})

    def hover(self, text: str) -> str:
        """Return the id of a thing that has a text."""
        name = f"hover-{len(self.hovers) + 1}"
        self.hovers[name] = text
        return name


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def _words(text: str) -> Iterator[str]:
    word = ""
    for sign in text:
        word += sign
        if sign == " " or _is_wide(sign):
            yield word
            word = ""
    if word:
        yield word


def _line(axes: Any, xs: Sequence[float], ys: Sequence[float], colour: str, **look: Any) -> None:
    axes.plot(xs, ys, color=colour, clip_on=False, **{"linewidth": 1, **look})


def panel_figure(panels: Panels, pen: Pen) -> Figure:
    """Return the figure: a heading, then each group with its panels beside and below each other."""
    beside = max(1, min(_COLUMNS, sum(len(functions) for *_, functions in panels.groups)))
    width = 2 * _MARGIN + beside * _WIDTH + (beside - 1) * _GAP
    parts = [_heading(panels, pen, width)]
    for name, title, functions in panels.groups:
        rows = [functions[k : k + beside] for k in range(0, len(functions), beside)]
        parts.append(_group(name, pen.said(join(title, DOT)), rows, pen))
    heights = [*(part.height for part in parts), _MARGIN]
    inches = (width / _POINTS_TO_THE_INCH, sum(heights) / _POINTS_TO_THE_INCH)
    figure = Figure(figsize=inches, dpi=_POINTS_TO_THE_INCH)
    FigureCanvasAgg(figure)
    grid = GridSpec(len(heights), 1, figure, height_ratios=heights, hspace=0)
    for n, part in enumerate(parts):
        part.draw(figure.add_subfigure(grid[n]), (width, part.height))
    return figure


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the figure over its whole width: its height, and what draws it."""

    height: float
    draw: Callable[[SubFigure, tuple[float, float]], None]


def _heading(panels: Panels, pen: Pen, width: float) -> _Part:
    room = width - 2 * _MARGIN
    title = pen.wrapped(pen.said(join(panels.title, DOT)), 20, room, "bold")
    legend = pen.wrapped(pen.said(panels.legend), 11, room)
    below = _MARGIN + 18 + 24 * len(title)

    def draw(part: SubFigure, size: tuple[float, float]) -> None:
        axes = _axes(part, (0, 0, *size), size)
        for n, line in enumerate(title):
            pen.write(axes, (_MARGIN, _MARGIN + 18 + 24 * n), line, 20, weight="bold")
        for n, line in enumerate(legend):
            pen.write(axes, (_MARGIN, below + 16 * n), line, 11, color=_GREY)

    return _Part(below + 16 * len(legend), draw)


def _group(name: str, title: str, rows: list[tuple[ValueFunction, ...]], pen: Pen) -> _Part:
    heights = [max(_height(f, pen) for f in row) for row in rows]

    def draw(part: SubFigure, size: tuple[float, float]) -> None:
        part.set_gid(f"dimension-{name}")
        axes, end = _axes(part, (0, 0, *size), size), size[0] - _MARGIN
        look = {"weight": "bold", "color": _LINE}
        pen.write(axes, (_MARGIN, 22), title, 15, room=end - _MARGIN, **look)
        _line(axes, (_MARGIN, end), (30, 30), _RULE)
        y = float(_GROUP)
        for row, height in zip(rows, heights, strict=True):
            for k, function in enumerate(row):
                box = (_MARGIN + k * (_WIDTH + _GAP), y, _WIDTH, height)
                _panel(_axes(part, box, size), function, pen)
            y += height + _BELOW

    return _Part(_GROUP + sum(heights) + _BELOW * len(heights), draw)


def _axes(part: SubFigure, box: tuple[float, ...], size: tuple[float, float]) -> Any:
    """Return axes at (x, y, width, height) of a part of so large a size, measured in points."""
    (x, y, wide, high), (width, height) = box, size
    axes = part.add_axes((x / width, 1 - (y + high) / height, wide / width, high / height))
    axes.set_axis_off()
    axes.set_xlim(0, wide)
    axes.set_ylim(high, 0)
    return axes


def _height(function: ValueFunction, pen: Pen) -> float:
    if not function.bars:
        return _HEAD + _PLOT + _UNDER
    return _HEAD + sum(_row_height(len(_bar_lines(name, pen))) for name, _ in function.bars)


def _bar_lines(name: Words, pen: Pen) -> list[str]:
    return pen.wrapped(pen.said(name), 10.5, _WIDTH - _SCORE - 6)


def _row_height(lines: int) -> float:
    return _ROW + _NEXT_LINE * (lines - 1)


def _panel(axes: Any, function: ValueFunction, pen: Pen) -> None:
    axes.set_gid(f"indicator-{function.name}")
    pen.write(axes, (0, 14), pen.said(function.title), 12.5, room=_WIDTH, weight="bold")
    pen.write(axes, (0, 29), pen.said(function.about), 10, room=_WIDTH, color=_GREY)
    if function.bars:
        _bars(axes, function, pen)
    else:
        _curve(axes, function, pen)


def _bars(axes: Any, function: ValueFunction, pen: Pen) -> None:
    """Draw a bar for each, pale, with its title on it: so there is room for the title in full."""
    room, y = _WIDTH - _SCORE, float(_HEAD)
    for name, score in function.bars:
        lines = _bar_lines(name, pen)
        height = _row_height(len(lines))
        bar = Rectangle((0, y), room * score / 100, height - 4, color=_BAR, linewidth=0)
        axes.add_patch(bar)
        _line(axes, (0, room), (y + height - 4, y + height - 4), _RULE)
        for n, part in enumerate(lines):
            pen.write(axes, (4, y + 11 + n * _NEXT_LINE), part, 10.5)
        middle = y + 11 + (height - _ROW) / 2
        pen.write(axes, (_WIDTH, middle), f"{score:.4g}", 10.5, weight="bold", ha="right")
        y += height


def _curve(axes: Any, function: ValueFunction, pen: Pen) -> None:
    top, bottom = _HEAD + 4, _HEAD + 4 + _PLOT
    for level in (0, 25, 50, 75, 100):
        y = bottom - _PLOT * level / 100
        _line(axes, (_LEFT, _WIDTH), (y, y), _RULE if level else _GREY)
        if level % 50 == 0:
            pen.write(axes, (_LEFT - 6, y + 3.5), str(level), 10, color=_GREY, ha="right")
    _line(axes, (_LEFT, _LEFT), (top, bottom), _GREY)
    first, last = _LEFT + _OUTSIDE, _WIDTH - _OUTSIDE
    xs = [first + t * (last - first) for t in function.positions]
    ys = [bottom - _PLOT * score / 100 for _, score in function.anchors]
    _line(axes, (_LEFT, xs[0]), (ys[0], ys[0]), _LINE, linestyle=(0, (3, 3)))
    _line(axes, (xs[-1], _WIDTH), (ys[-1], ys[-1]), _LINE, linestyle=(0, (3, 3)))
    _line(axes, xs, ys, _LINE, linewidth=2)
    unit = pen.said(function.unit)
    for x, y, (raw, score) in zip(xs, ys, function.anchors, strict=True):
        said = f"{number(raw)} {unit}".strip()
        dot = {"marker": "o", "markersize": 6.4, "markeredgecolor": "white"}
        _line(axes, [x], [y], _LINE, gid=pen.hover(f"{said} → {number(score)}"), **dot)
    _ticks(axes, [number(raw) for raw, _ in function.anchors], xs, pen)
    formula = pen.said(function.formula)
    pen.write(axes, (0, bottom + 32), formula, 9.5, room=_WIDTH, color=_GREY)


def _ticks(axes: Any, labels: Sequence[str], xs: Sequence[float], pen: Pen) -> None:
    """Label as many anchors as there is room for, the first and the last before the others."""
    bottom = _HEAD + 4 + _PLOT
    taken: list[tuple[float, float]] = []
    for k in dict.fromkeys((0, len(labels) - 1, *range(len(labels)))):
        half = pen.width(labels[k], 10) / 2
        x = min(max(xs[k], half), _WIDTH - half)
        _line(axes, (xs[k], xs[k]), (bottom, bottom + 3), _GREY)
        if any(x - half < end + 4 and start < x + half + 4 for start, end in taken):
            continue
        taken.append((x - half, x + half))
        pen.write(axes, (x, bottom + 14), labels[k], 10, ha="center")
