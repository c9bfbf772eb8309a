"""What decides a grade: gates, grades of evidence, the grades themselves, and the order by them."""

from __future__ import annotations

from collections.abc import Iterator

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
from pilotscore.criteria.model import NUMERIC
from pilotscore.language import number

_FLOORS = ("every_dimension", "dimensions", "levels")


def check_gates(parts: Outline) -> Iterator[Fault]:
    """Yield gates that cap at a grade that is not there, and those that do nothing."""
    grades = ids(parts.grades)
    for path, gate in parts.gates:
        cap = gate.get("cap")
        if isinstance(cap, str) and cap not in grades:
            yield unknown_reference((*path, "cap"), "cap", cap, ", ".join(grades))
        if cap is None and not gate.get("no_grade") and gate.get("funding") is None:
            yield fault(kinds.NO_EFFECT, path, name=gate.get("id", "?"))


def check_grades(parts: Outline) -> Iterator[Fault]:
    """Yield floors of what is not there, grades out of order, and a last one with conditions."""
    known = {
        "dimensions": ids(parts.dimensions),
        "levels": ids([p for p in parts.indicators if str(p[1].get("type")) in NUMERIC]),
    }
    for path, grade in parts.grades:
        for key, allowed in known.items():
            for name in table(grade.get(key)):
                if name not in allowed:
                    near = near_or_first(name, allowed)
                    yield unknown_reference((*path, key, name), key, name, near)
    yield from _check_falling(parts)
    for path, last in parts.grades[-1:]:
        if last.get("index") or any(last.get(key) for key in _FLOORS):
            yield fault(kinds.LAST_GRADE, path, name=last.get("id", "?"))


def _check_falling(parts: Outline) -> Iterator[Fault]:
    """Yield grades that ask for as high an index as the one above."""
    above: tuple[str, float] | None = None
    for path, grade in parts.grades:
        index = numeric(grade.get("index", 0.0))
        if index is None:
            continue
        name = str(grade.get("id", "?"))
        if above and index >= above[1]:
            values = {"index": number(index), "above_index": number(above[1])}
            yield fault(kinds.GRADES_ORDER, path, name=name, above=above[0], **values)
        above = (name, index)


def check_evidence(parts: Outline) -> Iterator[Fault]:
    """Yield grades of evidence that are named and not there, and caps that fall."""
    evidence = table(parts.data.get("evidence"))
    grades = items(evidence.get("grades"), ("evidence", "grades"))
    known = [g.get("id") for _, g in grades]
    for key in ("default", "threshold"):
        name = evidence.get(key)
        if isinstance(name, str) and name not in known:
            yield unknown_reference(("evidence", key), key, name, ", ".join(map(str, known)))
    below: float | None = None
    for path, grade in grades:
        cap = numeric(grade.get("cap"))
        if cap is None:
            continue
        if below is not None and cap < below:
            values = {"cap": number(cap), "below": number(below)}
            yield fault(kinds.EVIDENCE_ORDER, (*path, "cap"), name=grade.get("id"), **values)
        below = cap


def check_order(parts: Outline) -> Iterator[Fault]:
    """Yield what the ranking is to go by and is not there, and weights of unknown indicators."""
    allowed = ["grade", "index", *ids(parts.methods)]
    for i, key in enumerate(strings(parts.data.get("order"))):
        if key not in allowed:
            yield unknown_reference(("order", i), "order", key, ", ".join(allowed))
    indicators = ids(parts.indicators)
    for path, method in parts.methods:
        for name in table(method.get("weights")):
            if name not in indicators:
                near = near_or_first(name, indicators)
                yield unknown_reference((*path, "weights", name), "weights", name, near)
