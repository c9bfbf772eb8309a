"""The value functions of a criteria set as one SVG: small multiples, by dimension."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from xml.etree import ElementTree as ET  # only writes; what is read goes through defusedxml

from pilotscore.criteria import CriteriaSet, Indicator
from pilotscore.language import Lang, Text, printable
from pilotscore.views.criteria_plot import about, bars_of, positions, title_of
from pilotscore.wording import figures, words

COLUMNS, WIDTH, GAP, MARGIN = 3, 372, 20, 24
_FONTS = (
    "'Helvetica Neue', Helvetica, Arial, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', "
    "'Source Han Sans SC', 'WenQuanYi Micro Hei', sans-serif"
)
_INK, _GREY, _RULE, _LINE, _BAR = "#1f2328", "#57606a", "#d0d7de", "#0a63c9", "#cfe3fb"
_HEAD = 40  # of a panel: its title, then what it is about
_PLOT, _LEFT, _OUTSIDE = 112, 30, 14
_ROW, _NEXT_LINE = 18, 13  # of a bar, and what each further line of its title takes
_SCORE = 34
_DIMENSION, _BELOW = 40, 18
# Widths in parts of the size of the font, on the wide side: whose font it will be is not known.
_WIDE_SIGN, _NARROW_SIGN, _CAPITAL = 1.0, 0.6, 0.75
_HOW = Text(
    "横轴为原始值，纵轴为得分（0–100）；圆点为锚点，其间为直线（对数轴上亦然），两端以外持平（虚线）；条形为各类别或等级的得分；* 必填",
    "across: the raw value; up: the score, 0 to 100. Dots are anchors: straight between them (on a log axis too), "
    "flat outside (dashed). Bars: the score of each category or level. * required",
)


def to_svg(criteria: CriteriaSet, indicators: Sequence[Indicator], lang: Lang) -> str:
    """Return the drawing: the same bytes for the same set, indicators and language."""
    beside = max(1, min(COLUMNS, len(indicators)))
    width = 2 * MARGIN + beside * WIDTH + (beside - 1) * GAP
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "lang": "zh-Hans" if lang == "zh" else "en",
            "role": "img",
            "font-family": _FONTS,
        },
    )
    title = printable(f"{criteria.title.to(lang)} · {criteria.id} {criteria.version}")
    ET.SubElement(root, "title").text = title
    ET.SubElement(root, "desc").text = _HOW.to(lang)
    paper = ET.SubElement(root, "rect", {"fill": "#ffffff"})
    inner = width - 2 * MARGIN
    y = MARGIN + 18.0
    for part in _wrapped(title, 20, inner):
        _text(root, MARGIN, y, part, 20, room=inner, weight="bold")
        y += 24
    for said in _wrapped(_HOW.to(lang), 11, inner):
        _text(root, MARGIN, y, said, 11, room=inner, fill=_GREY)
        y += 16
    for dimension in criteria.dimensions:
        mine = [i for i in indicators if i in dimension.indicators]
        if not mine:
            continue
        heading = printable(
            f"{dimension.title.to(lang)} · {words.WEIGHT.to(lang)} {dimension.weight:.6g}"
        )
        group = ET.SubElement(root, "g", {"id": f"dimension-{dimension.id}"})
        _text(group, MARGIN, y + 22, heading, 15, room=inner, weight="bold", fill=_LINE)
        _line(group, MARGIN, y + 30, width - MARGIN, y + 30, _RULE)
        y += _DIMENSION
        for first in range(0, len(mine), beside):
            row = mine[first : first + beside]
            for n, indicator in enumerate(row):
                _panel(group, MARGIN + n * (WIDTH + GAP), y, indicator, lang)
            y += max(_height(i, lang) for i in row) + _BELOW
    height = y + MARGIN - _BELOW
    size = {"width": _n(width), "height": _n(height)}
    paper.attrib.update(size)
    root.attrib.update({"viewBox": f"0 0 {size['width']} {size['height']}", **size})
    ET.indent(root)
    drawn = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn}\n'


def text_width(text: str, size: float) -> float:
    """Estimate how wide a text is drawn, rather too wide than too narrow."""
    return size * sum(
        _WIDE_SIGN
        if unicodedata.east_asian_width(sign) in "WFA"
        else _CAPITAL
        if sign.isupper() or sign in "mwMW%@→"
        else _NARROW_SIGN
        for sign in text
    )


def _fitted(text: str, size: float, room: float) -> str:
    """Cut a text to a width."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _wrapped(text: str, size: float, room: float) -> list[str]:
    """Break a text into lines: at blanks, and between wide signs."""
    lines, line = [], ""
    for word in _words(text):
        if line and text_width((line + word).rstrip(), size) > room:
            lines.append(line.rstrip())
            line = ""
        line += word
    return [*lines, line.rstrip()]


def _words(text: str) -> list[str]:
    pieces: list[str] = [""]
    for sign in text:
        pieces[-1] += sign
        if sign == " " or unicodedata.east_asian_width(sign) in "WF":
            pieces.append("")
    return [p for p in pieces if p]


def _n(value: float) -> str:
    """Write a coordinate, to a hundredth."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _text(
    parent: ET.Element,
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    room: float,
    weight: str = "",
    fill: str = _INK,
    anchor: str = "start",
) -> None:
    """Write a text; one that has to be cut stands in full in a title, which a reader points at."""
    shown = _fitted(text, size, room)
    settings = {"x": _n(x), "y": _n(y), "font-size": _n(size), "fill": fill}
    if weight:
        settings["font-weight"] = weight
    if anchor != "start":
        settings["text-anchor"] = anchor
    if shown != text:
        parent = ET.SubElement(parent, "g")
        ET.SubElement(parent, "title").text = text
    ET.SubElement(parent, "text", settings).text = shown


def _line(
    parent: ET.Element, x1: float, y1: float, x2: float, y2: float, stroke: str, dash: str = ""
) -> None:
    ends = {"x1": _n(x1), "y1": _n(y1), "x2": _n(x2), "y2": _n(y2)}
    settings = {**ends, "stroke": stroke, "stroke-width": "1"}
    ET.SubElement(parent, "line", settings | ({"stroke-dasharray": dash} if dash else {}))


def _height(indicator: Indicator, lang: Lang) -> float:
    bars = bars_of(indicator, lang)
    return _HEAD + (sum(_row_height(name) for name, _ in bars) if bars else _PLOT + 38)


def _bar_lines(name: str) -> list[str]:
    return _wrapped(name, 10.5, WIDTH - _SCORE - 6)


def _row_height(name: str) -> float:
    return _ROW + _NEXT_LINE * (len(_bar_lines(name)) - 1)


def _panel(parent: ET.Element, x: float, y: float, indicator: Indicator, lang: Lang) -> None:
    group = ET.SubElement(
        parent,
        "g",
        {"id": f"indicator-{indicator.id}", "transform": f"translate({_n(x)} {_n(y)})"},
    )
    _text(group, 0, 14, title_of(indicator, lang), 12.5, room=WIDTH, weight="bold")
    _text(group, 0, 29, about(indicator, lang), 10, room=WIDTH, fill=_GREY)
    bars = bars_of(indicator, lang)
    if bars:
        _bars(group, bars)
    else:
        _curve(group, indicator, lang)


def _bars(group: ET.Element, bars: Sequence[tuple[str, float]]) -> None:
    """Draw a bar for each, pale, with its title on it: so there is room for the title in full."""
    room, y = WIDTH - _SCORE, float(_HEAD)
    for name, score in bars:
        height = _row_height(name)
        if score > 0:
            wide = {"width": _n(room * score / 100), "height": _n(height - 4)}
            ET.SubElement(group, "rect", {"x": "0", "y": _n(y), **wide, "fill": _BAR})
        _line(group, 0, y + height - 4, room, y + height - 4, _RULE)
        for n, part in enumerate(_bar_lines(name)):
            _text(group, 4, y + 11 + n * _NEXT_LINE, part, 10.5, room=room - 6)
        middle = y + 11 + (height - _ROW) / 2
        _text(group, WIDTH, middle, f"{score:.4g}", 10.5, room=_SCORE, weight="bold", anchor="end")
        y += height


def _curve(group: ET.Element, indicator: Indicator, lang: Lang) -> None:
    top, bottom, right = _HEAD + 4, _HEAD + 4 + _PLOT, WIDTH
    for level in (0, 25, 50, 75, 100):
        y = bottom - _PLOT * level / 100
        _line(group, _LEFT, y, right, y, _GREY if level == 0 else _RULE)
        if level % 50 == 0:
            _text(group, _LEFT - 6, y + 3.5, str(level), 10, room=_LEFT, fill=_GREY, anchor="end")
    _line(group, _LEFT, top, _LEFT, bottom, _GREY)
    first, last = _LEFT + _OUTSIDE, right - _OUTSIDE
    raws = [x for x, _ in indicator.anchors]
    xs = [first + t * (last - first) for t in positions(indicator, raws)]
    ys = [bottom - _PLOT * score / 100 for _, score in indicator.anchors]
    _line(group, _LEFT, ys[0], xs[0], ys[0], _LINE, "3 3")
    _line(group, xs[-1], ys[-1], right, ys[-1], _LINE, "3 3")
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in zip(xs, ys, strict=True))
    look = {"fill": "none", "stroke": _LINE, "stroke-width": "2", "stroke-linejoin": "round"}
    ET.SubElement(group, "polyline", {"points": points, **look})
    unit = printable(indicator.unit.to(lang)) if indicator.unit else ""
    for x, y, (raw, score) in zip(xs, ys, indicator.anchors, strict=True):
        dot = ET.SubElement(
            group, "circle", {"cx": _n(x), "cy": _n(y), "r": "3.2", "fill": _LINE, "stroke": "#ffffff"}
        )  # fmt: skip
        said = f"{figures.number(raw)} {unit}".strip()
        ET.SubElement(dot, "title").text = f"{said} → {figures.number(score)}"
    _ticks(group, [figures.number(raw) for raw in raws], xs, bottom)
    function = figures.value_function(indicator).to(lang)
    _text(group, 0, bottom + 32, function, 9.5, room=WIDTH, fill=_GREY)


def _ticks(group: ET.Element, labels: Sequence[str], xs: Sequence[float], bottom: float) -> None:
    """Label as many anchors as there is room for, the first and the last before the others."""
    taken: list[tuple[float, float]] = []
    for k in dict.fromkeys((0, len(labels) - 1, *range(len(labels)))):
        half = text_width(labels[k], 10) / 2
        x = min(max(xs[k], half), WIDTH - half)
        _line(group, xs[k], bottom, xs[k], bottom + 3, _GREY)
        if any(x - half < end + 4 and start < x + half + 4 for start, end in taken):
            continue
        taken.append((x - half, x + half))
        _text(group, x, bottom + 14, labels[k], 10, room=2 * half + 1, anchor="middle")
