"""Faults of what a criteria file says of decision methods: parameters, and sorting on raw values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.decision_methods import METHODS, DecisionMethod
from pilotscore.criteria.faults import Fault
from pilotscore.criteria.places import Path
from pilotscore.language import Text, nearest

Items = list[tuple[Path, dict[str, Any]]]
_KNOWN: dict[str, DecisionMethod] = {str(name): method for name, method in METHODS.items()}
_NONE = Text("（该方法没有参数）", "(this method has no parameters)")


def check_methods(methods: Items) -> Iterator[Fault]:
    """Yield the faults of each method's plain data, with its path; unknown names are told before."""
    for path, method in methods:
        known = _KNOWN.get(str(method.get("method")))
        if known is None:
            continue
        uses, scaling = method.get("uses", "scores"), method.get("scaling", "none")
        if known.gives == "grades" and (uses, scaling) != ("scores", "none"):
            values = {"name": method.get("id", "?"), "method": method["method"]}
            yield Fault(kinds.SORTING_ON_RAW, path, {**values, "uses": uses, "scaling": scaling})
        given = method.get("parameters")
        if isinstance(given, dict):
            yield from _check_parameters(given, known, (*path, "parameters"))


def _check_parameters(given: dict[str, Any], known: DecisionMethod, path: Path) -> Iterator[Fault]:
    for key, value in given.items():
        allowed = known.parameters.get(key)
        if allowed is None:
            near = nearest(str(key), known.parameters) or ", ".join(known.parameters) or _NONE
            yield Fault(kinds.UNKNOWN_KEY, (*path, key), {"key": key, "near": near})
        elif not allowed.allows(value):
            values = {"key": key, "value": repr(value), "wanted": allowed.wanted}
            yield Fault(kinds.OUT_OF_BOUNDS, (*path, key), values)
    ordered = [("q", "p"), ("p", "veto"), ("p1", "p0"), ("p2", "p1"), ("q1", "q0")]
    whole = {k: given.get(k, p.default) for k, p in known.parameters.items()}
    for low, high in ordered:
        if low in whole and high in whole and known.gives != "kernel":
            yield from _check_order(low, high, whole, path)


def _check_order(low: str, high: str, whole: dict[str, Any], path: Path) -> Iterator[Fault]:
    least, most = whole[low], whole[high]
    if whole.get("preference") in ("usual", "u_shape", "v_shape", "gaussian"):
        return  # they go by one threshold at most
    if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
        wanted = Text(f"不小于 {low}（{least:g}）", f"at least {low} ({least:g})")
        yield Fault(
            kinds.OUT_OF_BOUNDS, path, {"key": high, "value": f"{most:g}", "wanted": wanted}
        )
