"""Pictures in letters, as PNG: the radar of dimensions against their floors, control charts."""

from __future__ import annotations

import io
import math
from functools import cache
from typing import Any

from pilotscore.drawings import ControlChart, Radar
from pilotscore.language import Lang
from pilotscore.render.picture_pen import Pen
from pilotscore.render.pictures import chinese_font, draw_control_chart, settings

_DOTS = 110  # an inch
_SCORE, _FLOOR = "#0a63c9", "#b42318"
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
        figure = Figure(figsize=size_of(picture))
        if isinstance(picture, Radar):
            _draw_radar(picture, figure.add_subplot(projection="polar"), pen)
        else:
            draw_control_chart(picture, figure.add_subplot(), pen)
        target = io.BytesIO()
        figure.savefig(
            target,
            format="png",
            dpi=_DOTS,
            bbox_inches="tight",  # labels stand out of the circle, how far is theirs to say
            metadata={"Software": None},
        )
    return target.getvalue()


@cache
def _font() -> str | None:
    return chinese_font()


def _draw_radar(radar: Radar, axis: Any, pen: Pen) -> None:
    count = len(radar.names)
    angles = [2 * math.pi * n / count for n in range(count)]
    around = [*angles, angles[0]]
    axis.set_theta_offset(math.pi / 2)
    axis.set_theta_direction(-1)
    axis.set_ylim(0, 100)
    axis.set_yticks([25, 50, 75, 100], ["", "50", "", "100"], fontsize=7)
    size = 6 if radar.small else 8
    axis.set_xticks(angles, [_short(pen.write(name)) for name in radar.names], fontsize=size)
    axis.tick_params(axis="x", pad=4 if radar.small else 9)
    axis.plot(around, [*radar.scores, radar.scores[0]], color=_SCORE, linewidth=1.6)
    axis.fill(around, [*radar.scores, radar.scores[0]], color=_SCORE, alpha=0.15)
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
