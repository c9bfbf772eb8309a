"""The value functions of a criteria set as drawings: one for each indicator, by dimension."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from pilotscore.criteria import CriteriaSet, Indicator
from pilotscore.document import Document, Drawing
from pilotscore.drawings import Panels, ValueFunction
from pilotscore.index.value_functions import score_values
from pilotscore.language import BLANK, DOT, NOTHING, Text, Words, join
from pilotscore.wording import figures, words

_MOST_LEVELS = 15  # a scale of more is drawn as a curve
_LOG = Text("对数轴", "log axis")
_IN_UNIT = Text("（{unit}）", " ({unit})")
_LEGEND = Text(
    "横轴为原始值，纵轴为得分（0–100）；圆点为锚点，其间为直线（对数轴上亦然），"
    "两端以外持平（虚线）；条形为各类别或等级的得分；* 必填",
    "across: the raw value; up: the score, 0 to 100. Dots are anchors: straight between them (on a "
    "log axis too), flat outside (dashed). Bars: the score of each category or level. * required",
)


def document(criteria: CriteriaSet, indicators: Sequence[Indicator]) -> Document:
    """Return the value functions of indicators of a set as a document."""

    def drawings() -> list[Drawing]:
        return [Drawing(_panels(criteria, indicators))]

    return Document(title=criteria.title, page=drawings, drawings=drawings)


def _panels(criteria: CriteriaSet, indicators: Sequence[Indicator]) -> Panels:
    name = join((criteria.id, criteria.version), BLANK)
    return Panels((criteria.title, name), _LEGEND, tuple(_groups(criteria, indicators)))


def _groups(
    criteria: CriteriaSet, indicators: Sequence[Indicator]
) -> Iterator[tuple[str, tuple[Words, Words], tuple[ValueFunction, ...]]]:
    for dimension in criteria.dimensions:
        mine = tuple(value_function(i) for i in indicators if i in dimension.indicators)
        weight = join((words.WEIGHT, f"{dimension.weight:g}"), BLANK)
        if mine:
            yield dimension.id, (dimension.title, weight), mine


def value_function(indicator: Indicator) -> ValueFunction:
    """Return what is drawn of an indicator."""
    unit: Words = indicator.unit or NOTHING
    mark = "*" if indicator.required else ""
    in_unit = _IN_UNIT.of(unit=unit) if indicator.unit else NOTHING
    weight = join((words.WEIGHT, f"{indicator.weight:.6g}"), BLANK)
    about: list[Words | str] = [indicator.id, weight, *([_LOG] if indicator.axis == "log" else [])]
    anchors = tuple((float(x), float(y)) for x, y in indicator.anchors)
    return ValueFunction(
        name=indicator.id,
        title=join((indicator.title, mark, in_unit), NOTHING),
        about=join(about, DOT),
        bars=tuple(_bars(indicator)),
        anchors=anchors,
        positions=tuple(_positions(indicator)),
        unit=unit,
        formula=figures.value_function(indicator),
    )


def _bars(indicator: Indicator) -> Iterator[tuple[Words, float]]:
    """Yield what is drawn as bars, each with its score: categories, levels, yes and no."""
    if indicator.categories:
        yield from ((c.title, c.value or 0.0) for c in indicator.categories)
        return
    named: list[tuple[Words, float]] = []
    if indicator.type == "yes_no":
        named = [(words.NO, 0.0), (words.YES, 1.0)]
    elif indicator.type == "level" and indicator.scale and _few(indicator.scale):
        wording = indicator.wording or {}
        levels = range(indicator.scale[0], indicator.scale[1] + 1)
        named = [(join((str(k), wording.get(k, NOTHING)), BLANK), float(k)) for k in levels]
    scores = score_values(np.array([x for _, x in named]), indicator) if named else ()
    yield from ((label, float(s)) for (label, _), s in zip(named, scores, strict=True))


def _few(scale: tuple[int, int]) -> bool:
    return scale[1] - scale[0] < _MOST_LEVELS


def _positions(indicator: Indicator) -> Iterator[float]:
    """Yield where anchors lie on the axis, 0 for the first and 1 for the last."""
    along = [math.log(x) if indicator.axis == "log" else float(x) for x, _ in indicator.anchors]
    if along:
        first, last = along[0], along[-1]
        yield from ((x - first) / (last - first) if last > first else 0.5 for x in along)
