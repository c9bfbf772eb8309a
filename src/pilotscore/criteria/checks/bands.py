"""Bands that cannot be: without a range, overlapping, or with scores that do not fit."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.checks.fault import Fault, fault, out_of_bounds
from pilotscore.criteria.checks.names import check_spellings
from pilotscore.criteria.checks.outline import Items, Outline, items, numeric, repeated_ids, span
from pilotscore.criteria.places import DataPath
from pilotscore.language import Text, Words, number

_BANDS = Text(
    "table: 每档一行，各有 id、title、range: [最低分, 最高分]",
    "table: one line for each band with id, title, range: [least, most points]",
)
_RISING = Text("[最低分, 最高分]", "[least, most points]")
_APART = Text(
    "不与 {low:.10g} 至 {high:.10g} 重叠的分值范围", "points outside {low:.10g} to {high:.10g}"
)
_RISE = Text("得分随分值不降", "scores that do not fall as the points rise")
_ONLY_BANDS = "id, title, value, aliases"


def check_bands(parts: Outline) -> Iterator[Fault]:
    """Yield what is wrong with bands, and ranges of points where there are none."""
    for path, indicator in parts.indicators:
        if indicator.get("type") == "bands":
            yield from _check(path, indicator)
        else:
            yield from _no_ranges(path, indicator)
    for path, fact in parts.facts:
        yield from _no_ranges(path, fact)


def _no_ranges(path: DataPath, quantity: dict[str, Any]) -> Iterator[Fault]:
    for place, category in items(quantity.get("table"), (*path, "table")):
        if "range" in category:
            yield fault(kinds.UNKNOWN_KEY, (*place, "range"), key="range", near=_ONLY_BANDS)


def _check(path: DataPath, indicator: dict[str, Any]) -> Iterator[Fault]:
    bands = items(indicator.get("table"), (*path, "table"))
    if not bands:
        yield _wrong(path, indicator, Text("没有档次表", "no table of bands"), _BANDS)
    if indicator.get("direction", "max") != "max":
        problem = Text("档次的分值越高越好", "more points of a band are better")
        yield _wrong((*path, "direction"), indicator, problem, "max")
    yield from repeated_ids(bands)
    yield from check_spellings(bands)
    yield from _check_ranges(bands)
    yield from _check_scores(path, indicator, bands)


def _wrong(path: DataPath, indicator: dict[str, Any], problem: Text, wanted: Words | str) -> Fault:
    values = {"name": str(indicator.get("id", "?")), "type": "bands", "problem": problem}
    return fault(kinds.VALUE_FUNCTION, path, **values, wanted=wanted)


def _check_ranges(bands: Items) -> Iterator[Fault]:
    seen: list[tuple[float, float]] = []
    for place, band in bands:
        ends = span(band.get("range"))
        if ends is None:
            if "range" not in band:
                yield fault(kinds.MISSING_KEY, place, key="range")
            continue
        if ends[0] > ends[1]:
            yield out_of_bounds((*place, "range"), band["range"], _RISING)
            continue
        other = next((x for x in seen if _overlap(x, ends)), None)
        if other is not None:
            apart = _APART.of(low=other[0], high=other[1])
            yield out_of_bounds((*place, "range"), band["range"], apart)
        seen.append(ends)


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Say whether two ranges have more than an end in common; bands may meet."""
    return one == other or max(one[0], other[0]) < min(one[1], other[1])


def _check_scores(path: DataPath, indicator: dict[str, Any], bands: Items) -> Iterator[Fault]:
    """Yield scores beside anchors, of some bands only, or that fall as the points rise."""
    ends = [(span(band.get("range")), numeric(band.get("value"))) for _, band in bands]
    stated = sorted((span_, value) for span_, value in ends if span_ and value is not None)
    if not stated:
        return
    if any(indicator.get(key) is not None for key in ("points", "shape")):
        yield fault(kinds.EITHER_OR, (*path, "table"), first="points", second="value")
    if len(stated) < len(bands):
        problem = Text("只有部分档次写了得分", "only some bands have a score")
        yield _wrong(
            (*path, "table"), indicator, problem, Text("各档都写 value", "a value for all")
        )
    for (_, y0), ((x, _), y1) in itertools.pairwise(stated):
        if y1 < y0:
            values = {"name": str(indicator.get("id", "?")), "direction": "max", "shape": _RISE}
            shown = {"x": number(x), "y0": number(y0), "y1": number(y1)}
            yield fault(kinds.NOT_MONOTONE, (*path, "table"), **values, **shown)
