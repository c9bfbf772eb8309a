"""Control charts as SVG or PNG, through matplotlib, with a Chinese font where one is installed."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from pilotscore.language import Lang, Text
from pilotscore.runs.stability import CharacteristicStability, ChartSeries, StabilityReport
from pilotscore.views.stability_view import heading

# The usual Chinese fonts of Windows, macOS and Linux.
FONTS = (
    "Microsoft YaHei", "SimHei", "DengXian", "SimSun", "PingFang SC", "Hiragino Sans GB", "Heiti SC",
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "Sarasa Gothic SC", "AR PL UMing CN", "Droid Sans Fallback",
)  # fmt: skip
MOST_CHARTS = 24
_WIDTH, _HEIGHT = 9.0, 2.9
NO_FONT = Text(
    "没有找到中文字体：图中的中文以英文或 ? 代替。安装 Noto Sans CJK SC 等字体后重新生成",
    "no Chinese font was found: Chinese is shown in English, or as ?. Install one, such as Noto Sans CJK SC",
)
TOO_MANY = Text(
    f"图中只有前 {MOST_CHARTS} 个特性；全部见 .xlsx",
    f"only the first {MOST_CHARTS} characteristics are drawn; a .xlsx has all",
)


def chinese_font() -> str | None:
    """Return the name of an installed font that has Chinese; None where there is none."""
    from matplotlib import font_manager

    installed = {f.name for f in font_manager.fontManager.ttflist}
    return next((name for name in FONTS if name in installed), None)


def plot_stability(path: Path, report: StabilityReport, lang: Lang, form: str) -> Text | None:
    """Draw the control chart of each characteristic, one below the other.

    Parameters
    ----------
    path
        Where to.
    report
        What is drawn.
    lang
        The language; English where no font has Chinese.
    form
        ``svg`` or ``png``.

    Returns
    -------
    Text or None
        What a person should be told of the drawing.
    """
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    font = chinese_font()
    plain = font is None
    drawn = [
        (r.id, c, c.chart) for r in report.results for c in r.characteristics if c.chart is not None
    ]
    settings: Any = {
        "svg.hashsalt": "pilotscore", "axes.unicode_minus": False, "font.size": 9,
    }  # fmt: skip
    if font is not None:
        settings["font.sans-serif"] = [font, "DejaVu Sans"]
        settings["font.family"] = "sans-serif"
    count = max(1, min(len(drawn), MOST_CHARTS))
    with matplotlib.rc_context(settings):
        figure = Figure(figsize=(_WIDTH, _HEIGHT * count), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots(count, 1, squeeze=False)[:, 0]
        for axis, (name, characteristic, chart) in zip(axes, drawn, strict=False):
            _draw(axis, name, characteristic, chart, "en" if plain else lang, plain=plain)
        if not drawn:
            axes[0].text(0.5, 0.5, "-", ha="center")
        metadata = {"Date": None} if form == "svg" else {"Software": None}
        figure.savefig(path, format=form, dpi=120, metadata=metadata)
    if plain and (lang == "zh" or any(not _said(heading(c, "en")).isascii() for _, c, _ in drawn)):
        return NO_FONT
    return TOO_MANY if len(drawn) > MOST_CHARTS else None


def _said(text: str) -> str:
    return text.replace("≥", ">=").replace("≤", "<=")


def _ascii(text: str, *, plain: bool) -> str:
    """Return a text as a font without Chinese can draw it."""
    if not plain:
        return text
    return _said(text).encode("ascii", "replace").decode("ascii")


def _draw(
    axis: Any, name: str, characteristic: CharacteristicStability, chart: ChartSeries, lang: Lang,
    *, plain: bool,
) -> None:  # fmt: skip
    x = list(range(len(chart.points)))
    axis.plot(x, chart.points, color="#0a63c9", marker="o", markersize=3.5, linewidth=1)
    axis.axhline(chart.centre, color="#57606a", linewidth=1)
    for limits, label in ((chart.lower, "LCL"), (chart.upper, "UCL")):
        axis.plot(x, limits, color="#b42318", linestyle="--", linewidth=1, drawstyle="steps-mid")
        if math.isfinite(limits[-1]):
            axis.annotate(label, (x[-1], limits[-1]), textcoords="offset points", xytext=(6, -3))
    flagged = [n for n, _ in chart.signals]
    axis.plot(
        flagged, [chart.points[n] for n in flagged], linestyle="none", marker="D", markersize=7,
        markerfacecolor="none", markeredgecolor="#d92d20",
    )  # fmt: skip
    for n, rules in chart.signals:
        axis.annotate(
            ",".join(map(str, rules)), (n, chart.points[n]), textcoords="offset points", xytext=(4, 5),
            color="#d92d20", fontsize=8,
        )  # fmt: skip
    title = f"{name}  {heading(characteristic, lang)}  {chart.kind.to(lang)}"
    axis.set_title(_ascii(title, plain=plain), fontsize=10, loc="left")
    step = max(1, len(x) // 20)
    axis.set_xticks(
        x[::step], [_ascii(chart.names[n], plain=plain) for n in x[::step]], rotation=45, fontsize=7
    )
    axis.grid(axis="y", color="#e5e7eb", linewidth=0.6)
