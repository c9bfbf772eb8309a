"""Gates that can never close or always do, and grades that nothing can reach.

Whether a condition holds depends only on where its values lie beside the constants in it and
beside each other, so that trying one value in each of these places tries them all.
"""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from pilotscore.criteria import kinds
from pilotscore.criteria.bounds import bounds, bounds_of_type
from pilotscore.criteria.condition import Among, Compare, Condition, Operand, comparisons, evaluate
from pilotscore.criteria.faults import Fault
from pilotscore.criteria.model import BUILT_IN_DATES, CriteriaSet, Fact, Grade, Indicator
from pilotscore.language import Text

_MOST_TRIED = 60_000
_TOLERANCE = 1e-9


def check_reach(criteria: CriteriaSet) -> Iterator[Fault]:
    """Yield gates without a choice and grades out of reach, of a set that is valid otherwise."""
    for g, gate in enumerate(criteria.gates):
        verdict = _verdict(gate.condition, criteria)
        if verdict is not None:
            kind = kinds.ALWAYS_CLOSES if verdict else kinds.NEVER_CLOSES
            yield Fault(kind, ("gates", g, "when"), {"name": gate.id, "text": gate.when})
    best = [_best_scores(d.indicators, criteria) for d in criteria.dimensions]
    for n, grade in enumerate(criteria.grades):
        for key, why in _out_of_reach(grade, criteria, best):
            path = ("grades", n, key) if key else ("grades", n)
            yield Fault(kinds.OUT_OF_REACH, path, {"name": grade.id, "why": why})


def _verdict(condition: Condition, criteria: CriteriaSet) -> bool | None:
    """Return False where a condition never holds, True where it always does, None otherwise."""
    leaves = list(comparisons(condition))
    known = _kinds(criteria)
    others = [leaf.other for leaf in leaves if isinstance(leaf, Compare)]
    named = [other for other in others if isinstance(other, str) and other in known]
    names = list(dict.fromkeys([*(leaf.name for leaf in leaves), *named]))
    tried = {name: _values(name, leaves, criteria) for name in names}
    if math.prod(map(len, tried.values())) > _MOST_TRIED:
        return None
    rows = list(itertools.product(*tried.values()))
    operands = {}
    for k, name in enumerate(names):
        column = [row[k] for row in rows]
        words = any(isinstance(v, str) for v in tried[name])
        not_applicable = np.array([v is None for v in column])
        blank: Any = "" if words else math.nan
        values = np.array([blank if v is None else v for v in column])
        operands[name] = Operand(values if words else values.astype(float), not_applicable)
    holds = evaluate(condition, operands).holds
    if not holds.any():
        return False
    return True if holds.all() else None


def _kinds(criteria: CriteriaSet) -> dict[str, str]:
    found: dict[str, str] = {q.id: q.type for q in criteria.quantities}
    found |= {"evidence_share": "share", "required_without_evidence": "count"}
    return found | dict.fromkeys(BUILT_IN_DATES, "date")


def _values(name: str, leaves: list[Any], criteria: CriteriaSet) -> list[Any]:
    """Return a value of a name in every place that matters; '' or nan for none, None for N/A."""
    kind = _kinds(criteria)[name]
    quantity = next((q for q in criteria.quantities if q.id == name), None)
    nothing: list[Any] = [None] if quantity is not None else []
    if kind == "yes_no":
        return ["yes", "no", "", *nothing]
    if kind == "category" and quantity is not None:
        return [*(c.id for c in quantity.categories), "", *nothing]
    constants = [c for leaf in leaves for c in _constants(leaf)]
    if kind == "text":
        return [*dict.fromkeys(c for c in constants if isinstance(c, str)), "#", "", *nothing]
    if kind == "date":
        return [*_dates(constants), *([""] if quantity is not None else []), *nothing]
    blank = [math.nan] if quantity is not None else []
    return [*_numbers(kind, quantity, constants), *blank, *nothing]


def _constants(leaf: Any) -> list[Any]:
    if isinstance(leaf, Compare):
        return [leaf.other]
    return list(leaf.members) if isinstance(leaf, Among) else []


def _dates(constants: list[Any]) -> list[str]:
    days = {datetime.date(1, 1, 2), datetime.date(9999, 12, 30)}
    for text in constants:
        try:
            days.add(datetime.date.fromisoformat(str(text)))
        except ValueError:
            continue
    near = {d + datetime.timedelta(days=s) for d in days for s in (-1, 0, 1)}
    return sorted(d.isoformat() for d in near)


def _numbers(kind: str, quantity: Indicator | Fact | None, constants: list[Any]) -> list[float]:
    low, high = bounds_of_type(kind) if quantity is None else bounds(quantity)
    numbers = {float(c) for c in constants if isinstance(c, int | float)}
    step = 1.0 if kind in ("level", "count") else 1e-6
    near = {n + s for n in numbers for s in (-step, 0.0, step)} | {low, high}
    near |= {0.0, max(near - {math.inf}, default=0.0) + 1.0}
    inside = sorted(n for n in near if low <= n <= high and math.isfinite(n))
    return [n for n in inside if step != 1.0 or n.is_integer()]


def _best_scores(indicators: tuple[Indicator, ...], criteria: CriteriaSet) -> float:
    """Return the most that a dimension can score."""
    best_cap = (
        max((g.cap for g in criteria.evidence.grades), default=100.0)
        if criteria.evidence
        else 100.0
    )
    scores = [min(max(y for _, y in i.anchors), best_cap) for i in indicators]
    weights = [i.weight for i in indicators]
    if not sum(weights):
        return 0.0
    return sum(w * s for w, s in zip(weights, scores, strict=True)) / sum(weights)


def _out_of_reach(
    grade: Grade, criteria: CriteriaSet, best: list[float]
) -> Iterator[tuple[str | None, Text]]:
    points = criteria.aggregation.method == "points"
    for dimension, most in zip(criteria.dimensions, best, strict=True):
        if points:
            most = 100.0
        floor = max(grade.every_dimension or 0.0, grade.dimensions.get(dimension.id, 0.0))
        if floor > most + _TOLERANCE:
            key = "dimensions" if dimension.id in grade.dimensions else "every_dimension"
            title = dimension.title
            yield (
                key,
                Text(
                    f"{title.zh}最高只能得 {most:.4g}，要求 {floor:g}",
                    f"{title.en} can score {most:.4g} at most, {floor:g} is asked for",
                ),
            )
    total = sum(d.weight for d in criteria.dimensions)
    weights = [d.weight for d in criteria.dimensions]
    most = sum(w * (100.0 if points else b) for w, b in zip(weights, best, strict=True))
    most = most / total if total else 0.0
    if grade.index > most + _TOLERANCE:
        yield (
            "index",
            Text(
                f"指数最高只能得 {most:.4g}，要求 {grade.index:g}",
                f"the index can be {most:.4g} at most, {grade.index:g} is asked for",
            ),
        )
    for name, level in grade.levels.items():
        indicator = criteria.indicators[criteria.indicator_position[name]]
        low, high = bounds(indicator)
        if level < low if indicator.direction == "min" else level > high:
            title, end = indicator.title, low if indicator.direction == "min" else high
            yield (
                "levels",
                Text(
                    f"{title.zh}只到 {end:g}，要求 {level:g}",
                    f"{title.en} goes to {end:g} only, {level:g} is asked for",
                ),
            )
