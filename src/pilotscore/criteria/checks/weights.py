"""Weights that do not sum to what they should: of dimensions, of indicators, of profiles."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.checks.fault import Fault, fault, unknown_reference
from pilotscore.criteria.checks.outline import (
    Outline,
    ids,
    items,
    near_or_first,
    numeric,
    strings,
    table,
)
from pilotscore.criteria.places import DataPath
from pilotscore.language import Text, Words, number

WEIGHT_TOLERANCE = 1e-6
_DIMENSIONS = Text("各维度", "the dimensions")
_SUB_INDEXES = Text("各分指数", "the sub-indexes")
_OF_SUB_INDEX = Text("分指数 {name} 各维度", "the dimensions in sub-index {name}")
_INDICATORS = Text("维度 {name} 各指标", "the indicators of {name}")
_OF_PROFILE = Text("权重方案 {name} 各维度", "the dimensions in profile {name}")


def check_weights(parts: Outline) -> Iterator[Fault]:
    """Yield sums of weights, of the dimensions and within each, that are not as they should be."""
    by_points = table(parts.data.get("aggregation")).get("method") == "points"
    wanted = parts.data.get("weights_sum", 100.0)
    if parts.sub_indexes:
        yield from _check_sub_indexes(parts, wanted, by_points=by_points)
    else:
        weights = [d.get("weight") for _, d in parts.dimensions]
        yield from _check_sum(("dimensions",), weights, wanted, _DIMENSIONS)
    for at, dimension in parts.dimensions:
        path: DataPath = (*at, "indicators")
        weights = [i.get("weight") for _, i in items(dimension.get("indicators"), path)]
        wanted = dimension.get("weights_sum", 100.0)
        what = _INDICATORS.of(name=dimension.get("id", "?"))
        if by_points:
            yield from _check_cap(path, weights, wanted, dimension.get("weight"), what)
        else:
            yield from _check_sum(path, weights, wanted, what)


def _check_sub_indexes(parts: Outline, wanted: Any, *, by_points: bool) -> Iterator[Fault]:
    """Yield what is wrong with sub-indexes: their sums, and that each dimension is in just one."""
    weights = {d.get("id"): d.get("weight") for _, d in parts.dimensions}
    own = [s.get("weight") for _, s in parts.sub_indexes]
    yield from _check_sum(("sub_indexes",), own, wanted, _SUB_INDEXES)
    holders: dict[str, list[str]] = {str(name): [] for name in weights}
    for at, sub in parts.sub_indexes:
        path: DataPath = (*at, "dimensions")
        names = strings(sub.get("dimensions"))
        for k, name in enumerate(names):
            if name in holders:
                holders[name].append(str(sub.get("id", "?")))
            else:
                near = near_or_first(name, list(holders))
                yield unknown_reference((*path, k), "dimensions", name, near)
        known = [weights[name] for name in names if name in weights]
        what = _OF_SUB_INDEX.of(name=sub.get("id", "?"))
        yield from _check_sum(path, known, sub.get("weights_sum", 100.0), what)
    for name, held in holders.items():
        if len(held) != 1:
            shown = {"name": name, "count": len(held), "names": ", ".join(held) or "—"}
            yield fault(kinds.NOT_IN_ONE, ("sub_indexes",), **shown)
    for used, other in ((by_points, "method: points"), (bool(parts.profiles), "profiles")):
        if used:
            yield fault(kinds.NOT_WITH_SUB_INDEXES, ("sub_indexes",), what=other)


def _total(weights: Iterable[Any], wanted: Any) -> tuple[float, float] | None:
    """Return a sum and what it should be; None where either cannot be told."""
    numbers, should = [numeric(w) for w in weights], numeric(wanted)
    known = [n for n in numbers if n is not None]
    if not known or len(known) < len(numbers) or should is None:
        return None
    return math.fsum(known), should


def _check_sum(path: DataPath, weights: Iterable[Any], wanted: Any, what: Words) -> Iterator[Fault]:
    sums = _total(weights, wanted)
    if sums is None:
        return
    total, should = sums
    if abs(total - should) > WEIGHT_TOLERANCE * abs(should):
        gap = f"{total - should:+.6g}"
        shown = {"total": number(total), "wanted": number(should), "gap": gap}
        yield fault(kinds.WEIGHTS_SUM, path, what=what, **shown)


def _check_cap(
    path: DataPath, weights: Iterable[Any], wanted: Any, weight: Any, what: Words
) -> Iterator[Fault]:
    """Yield points below what the dimension can bring; they may be had for more, not for less."""
    sums, cap = _total(weights, wanted), numeric(weight)
    if sums is not None and cap is not None and sums[0] < cap - WEIGHT_TOLERANCE * abs(cap):
        total = number(sums[0])
        yield fault(kinds.CAP_OUT_OF_REACH, path, what=what, total=total, cap=number(cap))


def check_profiles(parts: Outline) -> Iterator[Fault]:
    """Yield what is wrong with the weights of profiles: their dimensions, and their sums."""
    dimensions = ids(parts.dimensions)
    for at, profile in parts.profiles:
        path, weights = (*at, "weights"), table(profile.get("weights"))
        for name in weights:
            if name not in dimensions:
                near = near_or_first(name, dimensions)
                yield unknown_reference((*path, name), "weights", name, near)
        for name in dimensions:
            if weights and name not in weights:
                yield fault(kinds.MISSING_KEY, path, key=name)
        wanted = parts.data.get("weights_sum", 100.0)
        what = _OF_PROFILE.of(name=profile.get("id", "?"))
        yield from _check_sum(path, weights.values(), wanted, what)
