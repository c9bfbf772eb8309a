"""Faults in what a file says of decision methods: parameters, and sorting on raw values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.checks.fault import Fault, fault, out_of_bounds
from pilotscore.criteria.checks.outline import Items
from pilotscore.criteria.decision_methods import METHODS, DecisionMethod
from pilotscore.criteria.places import DataPath
from pilotscore.language import Text, nearest

_KNOWN: dict[str, DecisionMethod] = {str(name): method for name, method in METHODS.items()}
_NONE = Text("（该方法没有参数）", "(this method has no parameters)")
_AT_LEAST = Text("不小于 {low}（{least:.10g}）", "at least {low} ({least:.10g})")
# Of each pair the first parameter may not be above the second.
_ORDERED = (("q", "p"), ("p", "veto"), ("p1", "p0"), ("p2", "p1"), ("q1", "q0"))
_ONE_THRESHOLD = ("usual", "u_shape", "v_shape", "gaussian")


def check_methods(methods: Items) -> Iterator[Fault]:
    """Yield the faults of each method's plain data; unknown names are faults of the structure."""
    for path, method in methods:
        known = _KNOWN.get(str(method.get("method")))
        if known is None:
            continue
        uses, scaling = method.get("uses", "scores"), method.get("scaling", "none")
        if known.gives == "grades" and (uses, scaling) != ("scores", "none"):
            values = {"name": method.get("id", "?"), "method": method["method"]}
            yield fault(kinds.SORTING_ON_RAW, path, **values, uses=uses, scaling=scaling)
        given = method.get("parameters")
        if isinstance(given, dict):
            yield from _check_parameters(given, known, (*path, "parameters"))


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
