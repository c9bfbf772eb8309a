"""Faults in what a file says of decision methods: parameters, and sorting on raw values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.checks.fault import Fault, fault, out_of_bounds, unknown_reference
from pilotscore.criteria.checks.outline import Outline, near_or_first, table
from pilotscore.criteria.decision_methods import METHODS, DecisionMethod
from pilotscore.criteria.places import DataPath
from pilotscore.language import Text, nearest

_KNOWN: dict[str, DecisionMethod] = {str(name): method for name, method in METHODS.items()}
_NONE = Text("（该方法没有参数）", "(this method has no parameters)")
_AT_LEAST = Text("不小于 {low}（{least:.10g}）", "at least {low} ({least:.10g})")
# Of each pair the first parameter may not be above the second.
_ORDERED = (("q", "p"), ("p", "veto"), ("p1", "p0"), ("p2", "p1"), ("q1", "q0"))
_NO_UNIT = "—"
_OWN_UNIT = ("percent", "ratio", "hours", "years")  # what these are in needs not be said
_ONE_THRESHOLD = ("usual", "u_shape", "v_shape", "gaussian")


def check_methods(parts: Outline) -> Iterator[Fault]:
    """Yield the faults of each method's plain data; unknown names are faults of the structure."""
    for path, method in parts.methods:
        known = _KNOWN.get(str(method.get("method")))
        if known is None:
            continue
        uses, scaling = method.get("uses", "scores"), method.get("scaling", "none")
        values = {"name": method.get("id", "?"), "method": method["method"]}
        if known.gives == "grades" and (uses, scaling) != ("scores", "none"):
            yield fault(kinds.SORTING_ON_RAW, path, **values, uses=uses, scaling=scaling)
        elif (uses, scaling) == ("raw", "none") and (units := _units(method, known, parts)):
            yield fault(kinds.RAW_UNITS, path, **values, units=units)
        given = method.get("parameters")
        if isinstance(given, dict):
            yield from _check_parameters(given, known, (*path, "parameters"))
        yield from _check_thresholds(method, known, path, parts)


def _units(method: dict[str, Any], known: DecisionMethod, parts: Outline) -> str:
    """Return the units that a method would add; '' where none of them can decide its order."""
    used = [i for _, i in parts.indicators if _counts(i, method)]
    if known.unit_free or (method.get("parameters") or {}).get("preference") == "usual":
        return ""
    if "p" in known.thresholds and _all_have_thresholds(method, used):
        return ""
    units = [_unit(i) for i in used]
    alike = len(set(units)) == 1 and units[0] != _NO_UNIT
    return "" if alike or len(units) < 2 else " + ".join(dict.fromkeys(units))


def _counts(indicator: dict[str, Any], method: dict[str, Any]) -> bool:
    weights = method.get("weights")
    weight = weights.get(indicator.get("id")) if isinstance(weights, dict) else None
    return bool(indicator.get("weight") if not isinstance(weights, dict) else weight)


def _all_have_thresholds(method: dict[str, Any], used: list[dict[str, Any]]) -> bool:
    """Say whether each criterion has its own, in its own unit."""
    own = table(method.get("thresholds"))
    return all(isinstance(own.get(str(i.get("id"))), dict) for i in used)


def _unit(indicator: dict[str, Any]) -> str:
    unit, kind = indicator.get("unit"), indicator.get("type")
    written = unit.get("en") if isinstance(unit, dict) else unit
    return str(written or (kind if kind in _OWN_UNIT else _NO_UNIT))


def _check_thresholds(
    method: dict[str, Any], known: DecisionMethod, path: DataPath, parts: Outline
) -> Iterator[Fault]:
    """Yield what is wrong with the thresholds of single indicators."""
    indicators = {str(i.get("id")) for _, i in parts.indicators}
    whole = table(method.get("parameters"))
    for name, own in table(method.get("thresholds")).items():
        at = (*path, "thresholds", name)
        if not known.thresholds:
            yield fault(kinds.UNKNOWN_KEY, (*path, "thresholds"), key="thresholds", near=_NONE)
            return
        if name not in indicators:
            near = near_or_first(name, sorted(indicators))
            yield unknown_reference(at, "thresholds", name, near)
        elif isinstance(own, dict):
            strange = [key for key in own if key not in known.thresholds]
            for key in strange:
                near = nearest(str(key), known.thresholds) or ", ".join(known.thresholds)
                yield fault(kinds.UNKNOWN_KEY, (*at, key), key=key, near=near)
            if not strange:
                yield from _check_parameters({**whole, **own}, known, at)


def _check_parameters(
    given: dict[str, Any], known: DecisionMethod, path: DataPath
) -> Iterator[Fault]:
    for key, value in given.items():
        allowed = known.parameters.get(key)
        if allowed is None:
            near = nearest(str(key), known.parameters) or ", ".join(known.parameters) or _NONE
            yield fault(kinds.UNKNOWN_KEY, (*path, key), key=key, near=near)
        elif not allowed.allows(value):
            yield out_of_bounds((*path, key), repr(value), allowed.wanted)
    whole = {k: given.get(k, p.default) for k, p in known.parameters.items()}
    if known.gives == "kernel" or whole.get("preference") in _ONE_THRESHOLD:
        return
    for low, high in _ORDERED:
        least, most = whole.get(low), whole.get(high)
        if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
            wanted = _AT_LEAST.of(low=low, least=least)
            yield out_of_bounds(path, f"{most:.10g}", wanted, high)
