"""Faults of what a criteria file takes from the sheets of rights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.checks.fault import Fault, fault, out_of_bounds, unknown_reference
from pilotscore.criteria.checks.outline import Outline, items, near_or_first, table
from pilotscore.criteria.deriving import DERIVATIONS, Derivation
from pilotscore.criteria.places import DataPath
from pilotscore.language import Text

_OTHER_TYPE = Text(
    "由权属表推得的 {what} 是另一种数值",
    "{what}, derived from the sheets of rights, is of another type",
)
_ONE_OF_BOTH = Text("measured 与 derived 只写一个", "measured or derived, not both")


def check_deriving(parts: Outline) -> Iterator[Fault]:
    """Yield the faults of the part ``rights`` and of each indicator's ``derived``."""
    wanted = table(parts.data.get("rights")).get("evidence")
    grades = [
        str(g.get("id")) for _, g in items(table(parts.data.get("evidence")).get("grades"), ())
    ]
    if isinstance(wanted, str) and wanted not in grades:
        listed = ", ".join(grades) or "-"
        yield unknown_reference(("rights", "evidence"), "evidence", wanted, listed)
    for path, indicator in parts.indicators:
        derived = table(indicator.get("derived"))
        if not derived:
            continue
        at = (*path, "derived")
        if indicator.get("measured") is not None:
            yield out_of_bounds(at, "measured", _ONE_OF_BOTH)
        known = {name: d for name, d in DERIVATIONS.items() if name == derived.get("what")}
        for what, derivation in known.items():
            yield from _check_type(what, derivation, at, indicator)
            yield from _check_categories(
                table(derived.get("categories")), derivation, at, indicator
            )


def _check_type(
    what: str, derivation: Derivation, path: DataPath, indicator: dict[str, Any]
) -> Iterator[Fault]:
    type_ = indicator.get("type")
    if isinstance(type_, str) and type_ not in derivation.types:
        values = {"name": str(indicator.get("id", "?")), "type": type_}
        wanted = "type: " + " / ".join(derivation.types)
        problem = _OTHER_TYPE.of(what=what)
        yield fault(kinds.VALUE_FUNCTION, path, problem=problem, wanted=wanted, **values)


def _check_categories(
    renamed: dict[str, Any], derivation: Derivation, path: DataPath, indicator: dict[str, Any]
) -> Iterator[Fault]:
    """Yield categories that can be derived, and that the set has none for."""
    own = [str(c.get("id")) for _, c in items(indicator.get("table"), ())]
    for name in renamed:
        if name not in derivation.categories:
            near = near_or_first(name, derivation.categories)
            yield unknown_reference((*path, "categories", name), "categories", name, near)
    for name in derivation.categories if own else ():
        called = str(renamed.get(name, name))
        if called not in own:
            at = (*path, "categories", name) if name in renamed else path
            yield unknown_reference(at, "derived", called, near_or_first(called, own))
