"""Faults of a criteria file that concern several places at once.

The checks run on the file's plain data, not on the validated objects, so that a wrong sum is told
in the same run as a missing key. Each skips what has no usable form: that is told elsewhere.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.condition import (
    Among,
    Compare,
    ConditionSyntaxError,
    comparisons,
    parse,
)
from pilotscore.criteria.faults import Fault
from pilotscore.criteria.measuring_checks import check_measuring
from pilotscore.criteria.method_checks import check_methods
from pilotscore.criteria.model import BUILT_IN_DATES, BUILT_IN_NUMBERS, NUMERIC
from pilotscore.criteria.names import normalise
from pilotscore.criteria.places import Path
from pilotscore.criteria.scales import named_scales, with_scale
from pilotscore.criteria.shapes import with_points
from pilotscore.language import Text, nearest

WEIGHT_TOLERANCE = 1e-6
MOST_LEVELS = 100


Items = list[tuple[Path, dict[str, Any]]]


def _items(data: Any, path: Path) -> Items:
    return [
        ((*path, i), x)
        for i, x in enumerate(data if isinstance(data, list) else [])
        if isinstance(x, dict)
    ]


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def _words(value: Any) -> list[str]:
    return [x for x in value if isinstance(x, str)] if isinstance(value, list) else []


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _plain(value: float) -> str:
    return f"{value:.10g}"


@dataclass(frozen=True, slots=True)
class _Outline:
    """The parts of the file that the checks look at."""

    data: dict[str, Any]
    dimensions: Items
    indicators: Items
    facts: Items
    gates: Items
    grades: Items
    methods: Items

    @property
    def quantities(self) -> Items:
        return [*self.indicators, *self.facts]

    def ids(self, items: Items) -> list[str]:
        return [x["id"] for _, x in items if isinstance(x.get("id"), str)]


def outline(data: dict[str, Any]) -> _Outline:
    """Collect the parts of a criteria file's plain data."""
    dimensions = _items(data.get("dimensions"), ("dimensions",))
    return _Outline(
        data,
        dimensions,
        [
            pair
            for path, d in dimensions
            for pair in _items(d.get("indicators"), (*path, "indicators"))
        ],
        *(_items(data.get(key), (key,)) for key in ("facts", "gates", "grades", "methods")),
    )


def check_criteria(data: dict[str, Any]) -> Iterator[Fault]:
    """Yield the faults of a criteria file's plain data."""
    parts = outline(data)
    yield from _check_weights(parts)
    yield from _check_ids(parts)
    yield from _check_aliases(parts)
    for path, quantity in parts.quantities:
        yield from _check_named_scale(path, quantity)
        yield from _check_scale(path, quantity)
    for path, indicator in parts.indicators:
        if "shape" in indicator and "points" in indicator:
            values = {"first": "shape", "second": "points"}
            yield Fault(kinds.EITHER_OR, (*path, "shape"), values)
        yield from _check_value_function(path, with_scale(with_points(indicator)))
        yield from _check_several(path, indicator)
    yield from _check_conditions(parts)
    yield from _check_gates(parts)
    yield from _check_grades(parts)
    yield from _check_evidence(_table(data.get("evidence")))
    yield from _check_profiles(parts)
    yield from check_measuring(data, parts.indicators)
    yield from _check_order(parts)
    yield from check_methods(parts.methods)


def _check_weights(parts: _Outline) -> Iterator[Fault]:
    by_points = _table(parts.data.get("aggregation")).get("method") == "points"
    all_of = Text("各维度", "the dimensions")
    groups: list[tuple[Path, Items, dict[str, Any], Text]] = [
        (("dimensions",), parts.dimensions, parts.data, all_of)
    ]
    for path, dimension in parts.dimensions:
        indicators = _items(dimension.get("indicators"), (*path, "indicators"))
        name = dimension.get("id", "?")
        what = Text(f"维度 {name} 各指标", f"the indicators of {name}")
        groups.append(((*path, "indicators"), indicators, dimension, what))
    for path, members, owner, what in groups:
        weights = [_number(m.get("weight")) for _, m in members]
        wanted = _number(owner.get("weights_sum", 100.0))
        if not weights or wanted is None or any(w is None for w in weights):
            continue
        total = math.fsum(w for w in weights if w is not None)
        if by_points and owner is not parts.data:
            # Points may be had for more than the part can bring, not for less.
            cap = _number(owner.get("weight"))
            if cap is not None and total < cap - WEIGHT_TOLERANCE * abs(cap):
                values = {"what": what, "total": _plain(total), "cap": _plain(cap)}
                yield Fault(kinds.CAP_OUT_OF_REACH, path, values)
            continue
        if abs(total - wanted) > WEIGHT_TOLERANCE * abs(wanted):
            yield Fault(
                kinds.WEIGHTS_SUM,
                path,
                {
                    "what": what,
                    "total": _plain(total),
                    "wanted": _plain(wanted),
                    "gap": f"{total - wanted:+.6g}",
                },
            )


def _check_ids(parts: _Outline) -> Iterator[Fault]:
    groups = (parts.dimensions, parts.quantities, parts.gates, parts.grades, parts.methods)
    for group in groups:
        seen: dict[str, Path] = {}
        for path, item in group:
            name = item.get("id")
            if not isinstance(name, str):
                continue
            if name in seen:
                yield Fault(kinds.REPEATED_ID, (*path, "id"), {"name": name, "line": seen[name]})
            seen.setdefault(name, (*path, "id"))
    for path, item in parts.quantities:
        name = item.get("id")
        if isinstance(name, str) and (name in BUILT_IN_NUMBERS or name in BUILT_IN_DATES):
            yield Fault(
                kinds.OUT_OF_BOUNDS,
                (*path, "id"),
                {
                    "key": "id",
                    "value": name,
                    "wanted": Text("不与内置名称相同的 id", "an id that is not a built-in name"),
                },
            )


def spellings(item: dict[str, Any]) -> list[str]:
    """Return every spelling by which a header may name an indicator or fact."""
    title = item.get("title")
    titles = (
        [title]
        if isinstance(title, str)
        else [t for t in _table(title).values() if isinstance(t, str)]
    )
    name = item.get("id")
    return [*([name] if isinstance(name, str) else []), *titles, *_words(item.get("aliases"))]


def _check_aliases(parts: _Outline) -> Iterator[Fault]:
    owner: dict[str, tuple[str, Path]] = {}
    for path, item in parts.quantities:
        name = str(item.get("id", "?"))
        for spelling in dict.fromkeys(spellings(item)):
            first = owner.setdefault(normalise(spelling), (name, path))
            if first[0] != name:
                yield Fault(
                    kinds.SHARED_ALIAS,
                    path,
                    {
                        "alias": spelling,
                        "first": first[0],
                        "line": first[1],
                        "second": name,
                    },
                )


def _check_named_scale(path: Path, quantity: dict[str, Any]) -> Iterator[Fault]:
    name = quantity.get("levels")
    if not isinstance(name, str) or name in named_scales():
        return
    wanted = nearest(name, named_scales()) or ", ".join(named_scales())
    values = {"key": "levels", "name": name, "wanted": wanted}
    yield Fault(kinds.UNKNOWN_REFERENCE, (*path, "levels"), values)


def _check_scale(path: Path, quantity: dict[str, Any]) -> Iterator[Fault]:
    scale = quantity.get("scale")
    ends = [_number(x) for x in scale] if isinstance(scale, list) and len(scale) == 2 else []
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return
    if not 0 < ends[1] - ends[0] <= MOST_LEVELS:
        wanted = Text(
            f"[最低级, 最高级]，至多 {MOST_LEVELS} 级",
            f"[lowest, highest], {MOST_LEVELS} levels at most",
        )
        values = {"key": "scale", "value": scale, "wanted": wanted}
        yield Fault(kinds.OUT_OF_BOUNDS, (*path, "scale"), values)


def _check_value_function(path: Path, indicator: dict[str, Any]) -> Iterator[Fault]:
    type_, name = str(indicator.get("type")), str(indicator.get("id", "?"))
    points, table = indicator.get("points"), indicator.get("table")

    def fault(key: str, problem: Text, wanted: Text) -> Fault:
        where = (*path, key) if key in indicator else path
        return Fault(
            kinds.VALUE_FUNCTION,
            where,
            {"name": name, "type": type_, "problem": problem, "wanted": wanted},
        )

    if type_ == "category":
        if not isinstance(table, list) or not table:
            yield fault(
                "table",
                Text("没有类别表", "no table of categories"),
                Text(
                    "table: 每个类别一行，各有 id、title、value",
                    "table: one line for each category with id, title, value",
                ),
            )
        for place, category in _items(table, (*path, "table")):
            if category.get("value") is None:
                yield Fault(kinds.MISSING_KEY, place, {"key": "value"})
    elif table is not None:
        yield fault(
            "table",
            Text("只有 category 类型有类别表", "only the type category has a table"),
            Text("points: [[原始值, 得分], …]", "points: [[raw value, score], ...]"),
        )
    elif points is None and type_ in NUMERIC:
        yield fault(
            "points",
            Text("没有评分锚点", "no anchor points"),
            Text("points: [[原始值, 得分], …]", "points: [[raw value, score], ...]"),
        )
    if points is not None and type_ == "category":
        yield fault(
            "points",
            Text("category 类型不用锚点", "the type category takes no points"),
            Text("table", "table"),
        )
    scale = indicator.get("scale")
    if type_ == "level" and scale is None and "levels" not in indicator:
        yield fault(
            "scale",
            Text("没有等级范围", "no scale"),
            Text("scale: [最低级, 最高级]", "scale: [lowest, highest]"),
        )
    yield from _check_wording(indicator, fault)
    yield from _check_points(path, indicator, name, fault)


def _check_several(path: Path, indicator: dict[str, Any]) -> Iterator[Fault]:
    """Yield where several values are allowed of what has no least favourable one."""
    type_, direction = str(indicator.get("type")), str(indicator.get("direction", "max"))
    ordered = type_ in NUMERIC and direction in ("max", "min")
    if indicator.get("several") is True and not ordered:
        values = {"name": str(indicator.get("id", "?")), "type": type_, "direction": direction}
        yield Fault(kinds.NOT_SEVERAL, (*path, "several"), values)


def _check_wording(
    quantity: dict[str, Any], fault: Callable[[str, Text, Text], Fault]
) -> Iterator[Fault]:
    scale, wording = quantity.get("scale"), quantity.get("wording")
    if not isinstance(wording, dict) or not isinstance(scale, list) or len(scale) != 2:
        return
    low, high = _number(scale[0]), _number(scale[1])
    levels = [int(x) for x in map(str, wording) if x.removeprefix("-").isdecimal()]
    if low is not None and high is not None and any(not low <= x <= high for x in levels):
        yield fault(
            "wording",
            Text("措辞中有等级范围以外的级", "wording for levels outside the scale"),
            Text(f"{low:g} 至 {high:g}", f"{low:g} to {high:g}"),
        )


def _check_points(
    path: Path, indicator: dict[str, Any], name: str, fault: Callable[[str, Text, Text], Fault]
) -> Iterator[Fault]:
    points = indicator.get("points")
    if not isinstance(points, list):
        return
    pairs = [(_number(p[0]), _number(p[1])) for p in points if isinstance(p, list) and len(p) == 2]
    anchors = [(x, y) for x, y in pairs if x is not None and y is not None]
    if len(anchors) < len(points):
        return
    if len(anchors) < 2:
        yield fault(
            "points",
            Text("锚点少于两个", "fewer than two anchors"),
            Text("至少两个锚点", "at least two anchors"),
        )
        return
    for i, ((x0, _), (x1, _)) in enumerate(itertools.pairwise(anchors)):
        if x1 <= x0:
            yield Fault(
                kinds.ANCHOR_ORDER,
                (*path, "points", i + 1),
                {"name": name, "x0": _plain(x0), "x1": _plain(x1)},
            )
    if indicator.get("axis") == "log" and anchors[0][0] <= 0:
        yield fault(
            "points",
            Text("对数轴上有不大于 0 的锚点", "an anchor at or below 0 on a log axis"),
            Text("大于 0 的原始值", "raw values above 0"),
        )
    scale = indicator.get("scale")
    if isinstance(scale, list) and len(scale) == 2:
        low, high = _number(scale[0]), _number(scale[1])
        if low is not None and high is not None and (anchors[0][0] < low or anchors[-1][0] > high):
            yield fault(
                "points",
                Text("锚点超出等级范围", "anchors outside the scale"),
                Text(f"{low:g} 至 {high:g}", f"{low:g} to {high:g}"),
            )
    yield from _check_monotone(path, indicator.get("direction", "max"), name, anchors)


_SHAPES = {
    "max": Text("得分随原始值不降", "scores that do not fall as the raw value rises"),
    "min": Text("得分随原始值不升", "scores that do not rise as the raw value rises"),
    "range": Text("得分先升后降", "scores that rise, then fall"),
}


def _check_monotone(
    path: Path,
    direction: Any,
    name: str,
    anchors: list[tuple[float, float]],
) -> Iterator[Fault]:
    if not isinstance(direction, str) or direction not in _SHAPES:
        return
    falling = direction == "min"
    for i, ((_, y0), (x, y1)) in enumerate(itertools.pairwise(anchors)):
        if direction == "range" and y1 < y0:
            falling = True
        if (y1 > y0) if falling else (y1 < y0):
            yield Fault(
                kinds.NOT_MONOTONE,
                (*path, "points", i + 1),
                {
                    "name": name,
                    "x": _plain(x),
                    "direction": direction,
                    "y0": _plain(y0),
                    "y1": _plain(y1),
                    "shape": _SHAPES[direction],
                },
            )


def _check_conditions(parts: _Outline) -> Iterator[Fault]:
    known = known_names(parts)
    for path, gate in parts.gates:
        yield from check_condition(gate.get("when"), (*path, "when"), known)
    for path, indicator in parts.indicators:
        for key in ("not_applicable", "applies_when"):
            if not isinstance(indicator.get(key), bool):
                yield from check_condition(indicator.get(key), (*path, key), known)
    for path, profile in _items(parts.data.get("profiles"), ("profiles",)):
        yield from check_condition(profile.get("when"), (*path, "when"), known)


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that a condition may use, and what it may be compared with."""

    type: str
    categories: tuple[str, ...] = ()


def known_names(parts: _Outline) -> dict[str, KnownName]:
    """Return the names that a condition may use: indicators, facts and the built-in ones."""
    known = {name: KnownName("number") for name in BUILT_IN_NUMBERS}
    known |= {name: KnownName("date") for name in BUILT_IN_DATES}
    for path, item in parts.quantities:
        if isinstance(item.get("id"), str):
            table = _items(item.get("table"), (*path, "table"))
            ids = tuple(str(c.get("id")) for _, c in table)
            known[item["id"]] = KnownName(str(item.get("type")), ids)
    return known


def check_condition(text: Any, path: Path, known: dict[str, KnownName]) -> Iterator[Fault]:
    """Yield the faults of one condition."""
    if not isinstance(text, str):
        return
    try:
        condition = parse(text)
    except ConditionSyntaxError as error:
        yield Fault(
            kinds.CONDITION_SYNTAX,
            path,
            {"text": text, "column": error.column, "problem": error.text},
        )
        return
    for leaf in comparisons(condition):
        here = {"text": text, "column": leaf.column, "name": leaf.name}
        if leaf.name not in known:
            near = nearest(leaf.name, known) or next(iter(known))
            yield Fault(kinds.UNKNOWN_NAME, path, {**here, "near": near})
        elif isinstance(leaf, Compare):
            yield from _check_operands(leaf.operator, [leaf.other], path, here, known)
        elif isinstance(leaf, Among):
            yield from _check_operands("==", leaf.members, path, here, known)


def _check_operands(
    operator: str,
    others: Iterable[float | str],
    path: Path,
    here: dict[str, Any],
    known: dict[str, KnownName],
) -> Iterator[Fault]:
    name = known[here["name"]]
    for other in others:
        if name.type in ("category", "yes_no"):
            allowed = ("yes", "no") if name.type == "yes_no" else name.categories
            if operator not in ("==", "!="):
                wanted = Text("用 ==、!= 或 in 比较", "==, != or in")
                yield Fault(
                    kinds.NOT_COMPARABLE,
                    path,
                    {**here, "value": f"{operator} {other}", "wanted": wanted},
                )
            elif other not in allowed:
                yield Fault(
                    kinds.UNKNOWN_CATEGORY,
                    path,
                    {**here, "value": other, "wanted": ", ".join(allowed)},
                )
            continue
        if name.type == "date":
            fits = isinstance(other, str) and (_is_date(other) or _type(other, known) == "date")
            wanted = Text(
                "日期，如 2026-12-31，或另一个日期字段",
                "a date such as 2026-12-31, or another date",
            )
        elif name.type == "text":
            fits = isinstance(other, str)
            wanted = Text("文字", "a text")
        else:
            fits = isinstance(other, float) or _type(other, known) in NUMERIC
            wanted = Text("数值，或另一个数值指标", "a number, or another numeric indicator")
        if not fits:
            yield Fault(kinds.NOT_COMPARABLE, path, {**here, "value": other, "wanted": wanted})


def _type(name: float | str, known: dict[str, KnownName]) -> str | None:
    found = known.get(name) if isinstance(name, str) else None
    return found.type if found else None


def _is_date(text: str) -> bool:
    import datetime

    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_gates(parts: _Outline) -> Iterator[Fault]:
    grades = parts.ids(parts.grades)
    for path, gate in parts.gates:
        cap = gate.get("cap")
        if isinstance(cap, str) and cap not in grades:
            yield Fault(
                kinds.UNKNOWN_REFERENCE,
                (*path, "cap"),
                {"key": "cap", "name": cap, "wanted": ", ".join(grades)},
            )
        if cap is None and not gate.get("no_grade") and gate.get("funding") is None:
            yield Fault(kinds.NO_EFFECT, path, {"name": gate.get("id", "?")})


def _check_grades(parts: _Outline) -> Iterator[Fault]:
    dimensions = parts.ids(parts.dimensions)
    indicators = parts.ids([p for p in parts.indicators if str(p[1].get("type")) in NUMERIC])
    above: tuple[str, float] | None = None
    for path, grade in parts.grades:
        name = str(grade.get("id", "?"))
        for key, allowed in (("dimensions", dimensions), ("levels", indicators)):
            for reference in _table(grade.get(key)):
                if reference not in allowed:
                    near = nearest(reference, allowed)
                    wanted = near or ", ".join(allowed[:8])
                    yield Fault(
                        kinds.UNKNOWN_REFERENCE,
                        (*path, key, reference),
                        {"key": key, "name": reference, "wanted": wanted},
                    )
        index = _number(grade.get("index", 0.0))
        if index is not None:
            if above and index >= above[1]:
                yield Fault(
                    kinds.GRADES_ORDER,
                    path,
                    {
                        "name": name,
                        "index": _plain(index),
                        "above": above[0],
                        "above_index": _plain(above[1]),
                    },
                )
            above = (name, index)
    if parts.grades:
        path, last = parts.grades[-1]
        conditions = ("every_dimension", "dimensions", "levels")
        if last.get("index") or any(last.get(key) for key in conditions):
            yield Fault(kinds.LAST_GRADE, path, {"name": last.get("id", "?")})


def _check_evidence(evidence: dict[str, Any]) -> Iterator[Fault]:
    grades = _items(evidence.get("grades"), ("evidence", "grades"))
    ids = [g.get("id") for _, g in grades]
    for key in ("default", "threshold"):
        if isinstance(evidence.get(key), str) and evidence[key] not in ids:
            yield Fault(
                kinds.UNKNOWN_REFERENCE,
                ("evidence", key),
                {"key": key, "name": evidence[key], "wanted": ", ".join(map(str, ids))},
            )
    below: float | None = None
    for path, grade in grades:
        cap = _number(grade.get("cap"))
        if cap is not None and below is not None and cap < below:
            yield Fault(
                kinds.EVIDENCE_ORDER,
                (*path, "cap"),
                {"name": grade.get("id"), "cap": _plain(cap), "below": _plain(below)},
            )
        below = cap if cap is not None else below


def _check_profiles(parts: _Outline) -> Iterator[Fault]:
    dimensions = parts.ids(parts.dimensions)
    wanted = _number(parts.data.get("weights_sum", 100.0))
    for path, profile in _items(parts.data.get("profiles"), ("profiles",)):
        weights = _table(profile.get("weights"))
        for name in weights:
            if name not in dimensions:
                near = nearest(name, dimensions) or ", ".join(dimensions[:8])
                values = {"key": "weights", "name": name, "wanted": near}
                yield Fault(kinds.UNKNOWN_REFERENCE, (*path, "weights", name), values)
        for name in dimensions:
            if weights and name not in weights:
                yield Fault(kinds.MISSING_KEY, (*path, "weights"), {"key": name})
        numbers = [_number(w) for w in weights.values()]
        if wanted is None or not numbers or any(n is None for n in numbers):
            continue
        total = math.fsum(n for n in numbers if n is not None)
        if abs(total - wanted) > WEIGHT_TOLERANCE * abs(wanted):
            name = profile.get("id", "?")
            what = Text(f"权重方案 {name} 各维度", f"the dimensions in profile {name}")
            yield Fault(
                kinds.WEIGHTS_SUM,
                (*path, "weights"),
                {
                    "what": what,
                    "total": _plain(total),
                    "wanted": _plain(wanted),
                    "gap": f"{total - wanted:+.6g}",
                },
            )


def _check_order(parts: _Outline) -> Iterator[Fault]:
    methods = parts.ids(parts.methods)
    allowed = ["grade", "index", *methods]
    for i, key in enumerate(_words(parts.data.get("order"))):
        if key not in allowed:
            yield Fault(
                kinds.UNKNOWN_REFERENCE,
                ("order", i),
                {"key": "order", "name": key, "wanted": ", ".join(allowed)},
            )
    indicators = parts.ids(parts.indicators)
    for path, method in parts.methods:
        for name in _table(method.get("weights")):
            if name not in indicators:
                near = nearest(name, indicators) or ", ".join(indicators[:8])
                yield Fault(
                    kinds.UNKNOWN_REFERENCE,
                    (*path, "weights", name),
                    {"key": "weights", "name": name, "wanted": near},
                )


def check_policy(
    data: dict[str, Any], criteria: dict[str, Any] | None, lineage: tuple[str, ...] = ()
) -> Iterator[Fault]:
    """Yield the faults of a policy file's plain data, held against its criteria set if given.

    A policy for a set serves those that extend it too: ``lineage`` has their ids.
    """
    consequences: Items = [
        (("grades", name), _table(c)) for name, c in _table(data.get("grades")).items()
    ]
    consequences += [((k,), _table(data.get(k))) for k in ("held", "refused", "not_assessable")]
    instruments = [
        pair
        for path, c in consequences
        for pair in _items(c.get("instruments"), (*path, "instruments"))
    ]
    for path, instrument in instruments:
        limits = instrument.get("range")
        if isinstance(limits, list) and len(limits) == 2:
            low, high = _number(limits[0]), _number(limits[1])
            if low is not None and high is not None and low > high:
                yield Fault(
                    kinds.RANGE_REVERSED,
                    (*path, "range"),
                    {
                        "key": instrument.get("id", "range"),
                        "low": _plain(low),
                        "high": _plain(high),
                    },
                )
    if criteria is None:
        return
    parts = outline(criteria)
    if data.get("criteria") not in (criteria.get("id"), *lineage):
        yield Fault(
            kinds.OTHER_CRITERIA,
            ("criteria",),
            {"wanted": data.get("criteria"), "used": criteria.get("id")},
        )
        return
    grades = parts.ids(parts.grades)
    for name in grades:
        if name not in _table(data.get("grades")):
            yield Fault(kinds.POLICY_GAP, ("grades",), {"name": name})
    for name in _table(data.get("grades")):
        if name not in grades:
            yield Fault(
                kinds.UNKNOWN_REFERENCE,
                ("grades", name),
                {"key": "grades", "name": name, "wanted": ", ".join(grades)},
            )
    known = known_names(parts)
    for path, instrument in instruments:
        yield from check_condition(instrument.get("when"), (*path, "when"), known)
    money = [str(f.get("id")) for _, f in parts.facts if f.get("type") == "money"]
    for key in ("requested", "cost"):
        if isinstance(data.get(key), str) and data[key] not in money:
            yield Fault(kinds.MONEY_FACT, (key,), {"key": key, "name": data[key]})
