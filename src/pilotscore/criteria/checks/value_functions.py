"""Value functions that cannot be: scales, anchors, categories, and what goes with a type."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.checks.fault import Fault, fault, out_of_bounds, unknown_reference
from pilotscore.criteria.checks.outline import Outline, items, near_or_first, span
from pilotscore.criteria.model import NUMERIC
from pilotscore.criteria.places import DataPath
from pilotscore.criteria.scales import named_scales, with_points, with_scale
from pilotscore.language import Text, Words, number
from pilotscore.records import dataclass

MOST_LEVELS = 100
_POINTS = Text("points: [[原始值, 得分], …]", "points: [[raw value, score], ...]")
_TABLE = Text(
    "table: 每个类别一行，各有 id、title、value",
    "table: one line for each category with id, title, value",
)
_SCALE = Text("[最低级, 最高级]，至多 {most} 级", "[lowest, highest], {most} levels at most")
_FROM_TO = Text("{low:.10g} 至 {high:.10g}", "{low:.10g} to {high:.10g}")
_SHAPES = {
    "max": Text("得分随原始值不降", "scores that do not fall as the raw value rises"),
    "min": Text("得分随原始值不升", "scores that do not rise as the raw value rises"),
    "range": Text("得分先升后降", "scores that rise, then fall"),
}


def check_value_functions(parts: Outline) -> Iterator[Fault]:
    """Yield what is wrong with scales, and with the value function of each indicator."""
    for path, quantity in parts.quantities:
        yield from _check_scale(path, quantity)
    for path, indicator in parts.indicators:
        if "shape" in indicator and "points" in indicator:
            yield fault(kinds.EITHER_OR, (*path, "shape"), first="shape", second="points")
        scored = _Scored(path, with_scale(with_points(indicator)))
        yield from _check_table(scored)
        yield from _check_form(scored)
        yield from _check_wording(scored)
        yield from _check_points(scored)
        yield from _check_several(path, indicator)


def _check_scale(path: DataPath, quantity: dict[str, Any]) -> Iterator[Fault]:
    name = quantity.get("levels")
    if isinstance(name, str) and name not in named_scales():
        wanted = near_or_first(name, named_scales(), None)
        yield unknown_reference((*path, "levels"), "levels", name, wanted)
    ends = span(quantity.get("scale"))
    if ends is not None and not 0 < ends[1] - ends[0] <= MOST_LEVELS:
        wanted_scale = _SCALE.of(most=MOST_LEVELS)
        yield out_of_bounds((*path, "scale"), quantity["scale"], wanted_scale)


@dataclass(frozen=True, slots=True)
class _Scored:
    """An indicator's plain data with the scale and points that it stands for, at its path."""

    path: DataPath
    data: dict[str, Any]

    @property
    def type(self) -> str:
        return str(self.data.get("type"))

    @property
    def name(self) -> str:
        return str(self.data.get("id", "?"))

    def wrong(self, key: str, problem: Text, wanted: Words) -> Fault:
        where = (*self.path, key) if key in self.data else self.path
        values = {"name": self.name, "type": self.type, "problem": problem, "wanted": wanted}
        return fault(kinds.VALUE_FUNCTION, where, **values)


def _check_table(scored: _Scored) -> Iterator[Fault]:
    table = scored.data.get("table")
    if scored.type == "category":
        if not isinstance(table, list) or not table:
            yield scored.wrong("table", Text("没有类别表", "no table of categories"), _TABLE)
        for place, category in items(table, (*scored.path, "table")):
            if category.get("value") is None:
                yield fault(kinds.MISSING_KEY, place, key="value")
    elif table is not None and scored.type != "bands":
        problem = Text("只有 category、bands 有类别表", "only category and bands have a table")
        yield scored.wrong("table", problem, _POINTS)


def _check_form(scored: _Scored) -> Iterator[Fault]:
    """Yield where the type wants points or a scale that are not there, or has no use for them."""
    points, table = scored.data.get("points"), scored.data.get("table")
    if points is None and table is None and scored.type in NUMERIC - {"bands"}:
        yield scored.wrong("points", Text("没有评分锚点", "no anchor points"), _POINTS)
    if points is not None and scored.type == "category":
        problem = Text("category 类型不用锚点", "the type category takes no points")
        yield scored.wrong("points", problem, Text("table", "table"))
    if scored.type == "level" and scored.data.get("scale") is None and "levels" not in scored.data:
        wanted = Text("scale: [最低级, 最高级]", "scale: [lowest, highest]")
        yield scored.wrong("scale", Text("没有等级范围", "no scale"), wanted)


def _check_several(path: DataPath, indicator: dict[str, Any]) -> Iterator[Fault]:
    """Yield where several values are allowed of what has no least favourable one."""
    type_, direction = str(indicator.get("type")), str(indicator.get("direction", "max"))
    ordered = type_ in NUMERIC and direction in ("max", "min")
    if indicator.get("several") is True and not ordered:
        values = {"name": str(indicator.get("id", "?")), "type": type_, "direction": direction}
        yield fault(kinds.NOT_SEVERAL, (*path, "several"), **values)


def _check_wording(scored: _Scored) -> Iterator[Fault]:
    scale, wording = span(scored.data.get("scale")), scored.data.get("wording")
    if not isinstance(wording, dict) or scale is None:
        return
    low, high = scale
    levels = [int(x) for x in map(str, wording) if x.removeprefix("-").isdecimal()]
    if any(not low <= x <= high for x in levels):
        problem = Text("措辞中有等级范围以外的级", "wording for levels outside the scale")
        yield scored.wrong("wording", problem, _FROM_TO.of(low=low, high=high))


def _anchors(points: Any) -> list[tuple[float, float]] | None:
    """Return the anchors of a value function; None where one is no pair of numbers."""
    pairs = [span(p) for p in points] if isinstance(points, list) else [None]
    anchors = [p for p in pairs if p is not None]
    return anchors if len(anchors) == len(pairs) else None


def _check_points(scored: _Scored) -> Iterator[Fault]:
    anchors = _anchors(scored.data.get("points"))
    if anchors is None:
        return
    if len(anchors) < 2:
        problem = Text("锚点少于两个", "fewer than two anchors")
        yield scored.wrong("points", problem, Text("至少两个锚点", "at least two anchors"))
        return
    for i, ((x0, _), (x1, _)) in enumerate(itertools.pairwise(anchors), start=1):
        if x1 <= x0:
            values = {"name": scored.name, "x0": number(x0), "x1": number(x1)}
            yield fault(kinds.ANCHOR_ORDER, (*scored.path, "points", i), **values)
    if scored.data.get("axis") == "log" and anchors[0][0] <= 0:
        problem = Text("对数轴上有不大于 0 的锚点", "an anchor at or below 0 on a log axis")
        yield scored.wrong("points", problem, Text("大于 0 的原始值", "raw values above 0"))
    scale = span(scored.data.get("scale"))
    if scale is not None and (anchors[0][0] < scale[0] or anchors[-1][0] > scale[1]):
        problem = Text("锚点超出等级范围", "anchors outside the scale")
        yield scored.wrong("points", problem, _FROM_TO.of(low=scale[0], high=scale[1]))
    yield from _check_monotone(scored, anchors)


def _check_monotone(scored: _Scored, anchors: list[tuple[float, float]]) -> Iterator[Fault]:
    direction = scored.data.get("direction", "max")
    if not isinstance(direction, str) or direction not in _SHAPES:
        return
    falling = direction == "min"
    for i, ((_, y0), (x, y1)) in enumerate(itertools.pairwise(anchors), start=1):
        if direction == "range" and y1 < y0:
            falling = True
        if (y1 > y0) if falling else (y1 < y0):
            shown = {"x": number(x), "y0": number(y0), "y1": number(y1)}
            values = {"name": scored.name, "direction": direction, **shown}
            where = (*scored.path, "points", i)
            yield fault(kinds.NOT_MONOTONE, where, shape=_SHAPES[direction], **values)
