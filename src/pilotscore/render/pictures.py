"""Drawings as SVG or PNG, through matplotlib, with a Chinese font where one is installed.

A kind of record that is drawn is a function here, and the height of one drawing of it.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape  # only writes; what is read goes through defusedxml

from pilotscore.document import Document
from pilotscore.drawings import ControlChart, Panels, Timeline
from pilotscore.language import DOT, Lang, Text, Words, join
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.render.picture_pen import Pen
from pilotscore.render.timeline_picture import draw_timeline, timeline_height

# The usual Chinese fonts of Windows, macOS and Linux.
FONTS = (
    "Microsoft YaHei",
    "SimHei",
    "DengXian",
    "SimSun",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",  # the first of the fonts in its file, which has those of Chinese too
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Sarasa Gothic SC",
    "AR PL UMing CN",
    "Noto Serif CJK SC",
    "Noto Serif CJK JP",
    "Droid Sans Fallback",
)
_OF_READERS = ("Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC")
MOST_DRAWN = 24
_WIDTH = 9.0  # inches
# A unit of the picture is a pixel of a reader's screen, as its texts are sized.
_POINTS_WIDE = regex(r'width="([\d.]+)pt" height="([\d.]+)pt"')
_NO_FONT = Text(
    "没有找到中文字体：图中的中文以英文或 ? 代替。安装 Noto Sans CJK SC 等字体后重新生成",
    "no Chinese font was found: Chinese is shown in English, or as ?. Install one, such as Noto "
    "Sans "
    "CJK SC",
)
_TOO_MANY = Text(
    "只画了前 {n} 幅图；全部见 .xlsx", "only the first {n} charts are drawn; a .xlsx has all"
)


def chinese_font() -> str | None:
    """Return the name of an installed font that has Chinese; None where there is none.

    Matplotlib keeps a list of fonts; one that was installed since is looked for where none is on
    it.
    """
    from matplotlib import font_manager

    def listed() -> str | None:
        installed = {f.name for f in font_manager.fontManager.ttflist}
        return next((name for name in FONTS if name in installed), None)

    if (name := listed()) is not None:
        return name
    known = {f.fname for f in font_manager.fontManager.ttflist}
    for path in sorted(set(font_manager.findSystemFonts()) - known):
        with suppress(OSError, RuntimeError, ValueError):  # a file that matplotlib cannot use
            font_manager.fontManager.addfont(path)
    return listed()


def write_picture(document: Document, path: Path, lang: Lang) -> Words | None:
    """Draw the drawings of a document one below the other; the ending of the path says the format.

    Returns
    -------
    Words or None
        What a person should be told of the picture.
    """
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    assert document.drawings is not None  # the command refuses the ending before the work is done
    drawings = [drawing.data for drawing in document.drawings()]
    if len(drawings) == 1 and isinstance(drawings[0], Panels):
        _write_panels(drawings[0], path, lang)
        return None
    drawn = drawings[:MOST_DRAWN]
    font = chinese_font()
    pen = Pen(lang, plain=font is None)
    heights = [_DRAW[type(data)].height(data) for data in drawn] or [_EMPTY]
    with matplotlib.rc_context(settings(font)):
        figure = Figure(figsize=(_WIDTH, sum(heights)), layout="constrained")
        FigureCanvasAgg(figure)
        grid = {"height_ratios": heights} if len(set(heights)) > 1 else None
        axes = figure.subplots(len(heights), 1, squeeze=False, gridspec_kw=grid)[:, 0]
        for axis, data in zip(axes, drawn, strict=False):
            _DRAW[type(data)].draw(data, axis, pen)
        if not drawn:
            axes[0].text(0.5, 0.5, "-", ha="center")
        form = path.suffix.lower().removeprefix(".")
        metadata = {"Date": None} if form == "svg" else {"Software": None}
        figure.savefig(path, format=form, dpi=120, metadata=metadata)
    if pen.lost:
        return _NO_FONT
    return _TOO_MANY.of(n=MOST_DRAWN) if len(drawings) > MOST_DRAWN else None


def _write_panels(panels: Panels, path: Path, lang: Lang) -> None:
    """Draw panels as SVG, with texts as text: what font they are in is up to who reads them."""
    import logging

    import matplotlib

    from pilotscore.render.panel_picture import Pen as PanelPen
    from pilotscore.render.panel_picture import panel_figure

    font = chinese_font()
    families = ["DejaVu Sans", *([font] if font else []), *_OF_READERS, "sans-serif"]
    chosen: Any = {**settings(None), "font.family": families, "svg.fonttype": "none"}
    log = logging.getLogger("matplotlib.font_manager")
    level, pen = log.level, PanelPen(lang, has_chinese=font is not None)
    log.setLevel(logging.ERROR)  # that fonts of readers are not here is no news
    try:
        with matplotlib.rc_context(chosen), warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph")
            figure = panel_figure(panels, pen)
            metadata = {"Date": None, "Creator": None, "Title": pen.said(join(panels.title, DOT))}
            figure.savefig(path, format="svg", metadata=metadata)
    finally:
        log.setLevel(level)
    svg = path.read_text(encoding="utf-8")
    svg = _POINTS_WIDE.sub(r'width="\1" height="\2"', svg, count=1)
    described = f"</title>\n <desc>{escape(pen.said(panels.legend))}</desc>"
    svg = svg.replace("</title>", described, 1)
    for name, text in pen.hovers.items():
        svg = svg.replace(f'<g id="{name}">', f'<g id="{name}"><title>{escape(text)}</title>', 1)
    spoken = "zh-Hans" if lang == "zh" else "en"
    svg = svg.replace("<svg ", f'<svg lang="{spoken}" role="img" ', 1)
    path.write_text(svg, encoding="utf-8", newline="\n")


def settings(font: str | None) -> Any:
    """Return what makes the same inputs give the same bytes, and the font."""
    same = {
        "svg.hashsalt": "pilotscore",
        "axes.unicode_minus": False,
        "font.size": 9,
        "text.parse_math": False,  # a dollar in a title is a dollar
    }
    if font is None:
        return same
    return {**same, "font.sans-serif": [font, "DejaVu Sans"], "font.family": "sans-serif"}


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind of record is drawn on axes, and how high a drawing is, in inches."""

    draw: Callable[[Any, Any, Pen], None]
    height: Callable[[Any], float]


# -------------------------------------------------------------------------------- control chart

_POINTS, _CENTRE, _LIMITS, _FLAGGED, _GRID = "#0a63c9", "#57606a", "#b42318", "#d92d20", "#e5e7eb"
_MOST_TICKS = 20


def draw_control_chart(chart: ControlChart, axis: Any, pen: Pen) -> None:
    """Draw a control chart on axes."""
    x = list(range(len(chart.points)))
    axis.plot(x, chart.points, color=_POINTS, marker="o", markersize=3.5, linewidth=1)
    axis.axhline(chart.centre, color=_CENTRE, linewidth=1)
    for limits, label in ((chart.lower, "LCL"), (chart.upper, "UCL")):
        axis.plot(x, limits, color=_LIMITS, linestyle="--", linewidth=1, drawstyle="steps-mid")
        if math.isfinite(limits[-1]):
            at = (x[-1], limits[-1])
            axis.annotate(label, at, textcoords="offset points", xytext=(6, -3))
    flagged = [n for n, _ in chart.flagged]
    marks = {"marker": "D", "markersize": 7, "markerfacecolor": "none"}
    values = [chart.points[n] for n in flagged]
    axis.plot(flagged, values, linestyle="none", markeredgecolor=_FLAGGED, **marks)
    beside = {"textcoords": "offset points", "xytext": (4, 5), "color": _FLAGGED, "fontsize": 8}
    for n, said in chart.flagged:
        axis.annotate(said, (n, chart.points[n]), **beside)
    title = f"{pen.write(chart.title)}  {pen.write(chart.kind)}"
    axis.set_title(title, fontsize=10, loc="left")
    step = max(1, len(x) // _MOST_TICKS)
    names = [pen.write(chart.names[n]) for n in x[::step]]
    axis.set_xticks(x[::step], names, rotation=45, fontsize=7)
    axis.grid(axis="y", color=_GRID, linewidth=0.6)


_EMPTY = 2.9
_DRAW: dict[type, _Kind] = {
    ControlChart: _Kind(draw_control_chart, lambda _: _EMPTY),
    Timeline: _Kind(draw_timeline, timeline_height),
}
