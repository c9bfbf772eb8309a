"""Pictures in letters, as PNG: the radar of dimensions against their floors, control charts."""

from __future__ import annotations

import io
import math
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from pilotscore.drawings import ControlChart, Radar
from pilotscore.language import Lang
from pilotscore.records import dataclass
from pilotscore.render.picture_pen import Pen
from pilotscore.render.pictures import chinese_font, draw_control_chart, settings

_DOTS = 110  # an inch
_SCORE, _FLOOR = "#0a63c9", "#b42318"
_MOST_KEPT = 16  # a grade has its own floors, a language its own labels
_MOST_CELLS = 12
_RADAR, _SMALL_RADAR, _CHART = (4.4, 3.3), (3.0, 2.1), (6.6, 2.5)
Picture = Radar | ControlChart


def size_of(picture: Picture) -> tuple[float, float]:
    """Return how wide and how high a picture is on paper, in inches."""
    if isinstance(picture, ControlChart):
        return _CHART
    return _SMALL_RADAR if picture.small else _RADAR


def png_of(picture: Picture, lang: Lang) -> bytes:
    """Draw a picture; the same record gives the same bytes."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    font = _font()
    pen = Pen(lang, plain=font is None)
    with mpl.rc_context(settings(font)):
        if isinstance(picture, Radar):
            drawn = _drawn_radar(replace(picture, scores=()), lang)
            drawn.show(picture.scores)
            return _as_png(drawn.figure, drawn.box)
        figure = Figure(figsize=size_of(picture))
        draw_control_chart(picture, figure.add_subplot(), pen)
        return _as_png(figure, "tight")


def _as_png(figure: Any, box: Any) -> bytes:
    target = io.BytesIO()
    figure.savefig(target, format="png", dpi=_DOTS, bbox_inches=box, metadata={"Software": None})
    return target.getvalue()


@dataclass(frozen=True)
class _DrawnRadar:
    """A radar that was drawn for one result; others with the same floors differ by their scores.

    To make it anew for each of thousands takes most of the time of their reports. ``box`` is what
    it takes with its labels, which stand out of the circle.
    """

    figure: Any
    box: Any
    outline: Any
    area: Any
    around: tuple[float, ...]

    def show(self, scores: tuple[float, ...]) -> None:
        """Put other scores in the place of those that it has."""
        closed = (*scores, scores[0])
        self.outline.set_data(self.around, closed)
        self.area.set_xy(list(zip(self.around, closed, strict=True)))


@lru_cache(maxsize=_MOST_KEPT)
def _drawn_radar(radar: Radar, lang: Lang) -> _DrawnRadar:
    """Draw all of a radar but its scores."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    figure = Figure(figsize=size_of(radar), dpi=_DOTS)
    axis = figure.add_subplot(projection="polar")
    around = _around(len(radar.names))
    (outline,) = axis.plot(around, around, color=_SCORE, linewidth=1.6)
    (area,) = axis.fill(around, around, color=_SCORE, alpha=0.15)
    _draw_radar(radar, axis, Pen(lang, plain=_font() is None))
    figure.canvas.draw()
    box = figure.get_tightbbox().padded(mpl.rcParams["savefig.pad_inches"])
    return _DrawnRadar(figure, box, outline, area, around)


def _around(count: int) -> tuple[float, ...]:
    """Return the angles of so many corners, the first one again at the end."""
    angles = tuple(2 * math.pi * n / count for n in range(count))
    return (*angles, angles[0])


@cache
def _font() -> str | None:
    return chinese_font()


def _draw_radar(radar: Radar, axis: Any, pen: Pen) -> None:
    around = _around(len(radar.names))
    angles = around[:-1]
    axis.set_theta_offset(math.pi / 2)
    axis.set_theta_direction(-1)
    axis.set_ylim(0, 100)
    axis.set_yticks([25, 50, 75, 100], ["", "50", "", "100"], fontsize=7)
    size = 6 if radar.small else 8
    axis.set_xticks(angles, [_short(pen.write(name)) for name in radar.names], fontsize=size)
    axis.tick_params(axis="x", pad=4 if radar.small else 9)
    if any(radar.floors):
        floors = [*radar.floors, radar.floors[0]]
        label = pen.write(radar.floors_of)
        axis.plot(around, floors, color=_FLOOR, linewidth=1.2, linestyle="--", label=label)
        axis.legend(
            loc="upper left", bbox_to_anchor=(-0.75, 1.12), fontsize=size - 1, frameon=False
        )


def _short(text: str) -> str:
    """Return a label in two lines where it is long."""
    if sum(1 if c.isascii() else 2 for c in text) <= _MOST_CELLS:
        return text
    blanks = [n for n, c in enumerate(text) if c == " "]
    middle = min(blanks or [len(text) // 2], key=lambda n: abs(n - len(text) / 2))
    return f"{text[:middle]}\n{text[middle:].lstrip()}"
