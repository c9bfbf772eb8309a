"""Gates that can never close or always do, and grades that nothing can reach.

Whether a condition holds depends only on where its values lie beside the constants in it and
beside each other, so that trying one value in each of these places tries them all.
"""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from pilotscore.criteria import kinds
from pilotscore.criteria.checks.fault import Fault, fault
from pilotscore.criteria.condition import Among, Compare, Condition, Operand, comparisons, evaluate
from pilotscore.criteria.deriving import RIGHTS_FACTS
from pilotscore.criteria.model import (
    BUILT_IN_DATES,
    CriteriaSet,
    Fact,
    Grade,
    Indicator,
    bounds,
    bounds_of_type,
)
from pilotscore.language import Text, Words

_MOST_ROWS = 60_000
_TOLERANCE = 1e-9
_TYPES = {
    "evidence_share": "share",
    "required_without_evidence": "count",
    **dict.fromkeys(BUILT_IN_DATES, "date"),
    **dict.fromkeys(RIGHTS_FACTS, "yes_no"),
}
_DIMENSION = Text(
    "{title}最高只能得 {most:.4g}，要求 {floor:.10g}",
    "{title} can score {most:.4g} at most, {floor:.10g} is asked for",
)
_INDEX = Text(
    "指数最高只能得 {most:.4g}，要求 {floor:.10g}",
    "the index can be {most:.4g} at most, {floor:.10g} is asked for",
)
_LEVEL = Text(
    "{title}只到 {end:.10g}，要求 {level:.10g}",
    "{title} goes to {end:.10g} only, {level:.10g} is asked for",
)


def check_reach(criteria: CriteriaSet) -> Iterator[Fault]:
    """Yield gates without a choice and grades out of reach, of a set that is valid otherwise."""
    for g, gate in enumerate(criteria.gates):
        verdict = _verdict(gate.condition, criteria)
        if verdict is not None:
            kind = kinds.ALWAYS_CLOSES if verdict else kinds.NEVER_CLOSES
            yield fault(kind, ("gates", g, "when"), name=gate.id, text=gate.when)
    points = criteria.aggregation.method == "points"
    best = [100.0 if points else _best_score(d.indicators, criteria) for d in criteria.dimensions]
    for n, grade in enumerate(criteria.grades):
        for key, why in _out_of_reach(grade, criteria, best):
            yield fault(kinds.OUT_OF_REACH, ("grades", n, key), name=grade.id, why=why)


def _verdict(condition: Condition, criteria: CriteriaSet) -> bool | None:
    """Return False where a condition never holds, True where it always does, None otherwise."""
    leaves = list(comparisons(condition))
    quantities = {q.id: q for q in criteria.quantities}
    others = [leaf.other for leaf in leaves if isinstance(leaf, Compare)]
    named = [x for x in others if isinstance(x, str) and (x in quantities or x in _TYPES)]
    constants = [c for leaf in leaves for c in _constants(leaf)]
    values = {
        name: _values(name, quantities.get(name), constants)
        for name in dict.fromkeys([*(leaf.name for leaf in leaves), *named])
    }
    if math.prod(map(len, values.values())) > _MOST_ROWS:
        return None
    columns = zip(*itertools.product(*values.values()), strict=True)
    operands = {name: _operand(column) for name, column in zip(values, columns, strict=True)}
    holds = evaluate(condition, operands).holds
    if not holds.any():
        return False
    return True if holds.all() else None


def _operand(column: Sequence[Any]) -> Operand:
    """Return the values of a name, where None is not applicable."""
    not_applicable = np.array([v is None for v in column])
    if any(isinstance(v, str) for v in column):
        return Operand(np.array(["" if v is None else v for v in column]), not_applicable)
    return Operand(np.array([math.nan if v is None else v for v in column], float), not_applicable)


def _constants(leaf: Any) -> list[Any]:
    if isinstance(leaf, Compare):
        return [leaf.other]
    return list(leaf.members) if isinstance(leaf, Among) else []


def _values(name: str, quantity: Indicator | Fact | None, constants: list[Any]) -> list[Any]:
    """Return a value of a name in every place that matters; '' or nan for none, None for N/A."""
    if quantity is None:
        kind = _TYPES[name]
        if kind == "yes_no":
            return ["yes", "no", ""]
        return list(_dates(constants) if kind == "date" else _numbers(kind, None, constants))
    match quantity.type:
        case "yes_no":
            return ["yes", "no", "", None]
        case "category":
            return [*(c.id for c in quantity.categories), "", None]
        case "text":
            words = dict.fromkeys(c for c in constants if isinstance(c, str))
            return [*words, "#", "", None]
        case "date":
            return [*_dates(constants), "", None]
        case kind:
            return [*_numbers(kind, quantity, constants), math.nan, None]


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


def _best_score(indicators: tuple[Indicator, ...], criteria: CriteriaSet) -> float:
    """Return the most that a dimension can score."""
    grades = criteria.evidence.grades if criteria.evidence else ()
    cap = max((g.cap for g in grades), default=100.0)
    return _mean(
        [i.weight for i in indicators],
        [min(max(y for _, y in i.anchors), cap) for i in indicators],
    )


def _mean(weights: Sequence[float], scores: Sequence[float]) -> float:
    """Return a weighted mean; 0 where nothing weighs anything."""
    total = sum(weights)
    return sum(w * s for w, s in zip(weights, scores, strict=True)) / total if total else 0.0


def _out_of_reach(
    grade: Grade, criteria: CriteriaSet, best: Sequence[float]
) -> Iterator[tuple[str, Words]]:
    for dimension, most in zip(criteria.dimensions, best, strict=True):
        floor = max(grade.every_dimension or 0.0, grade.dimensions.get(dimension.id, 0.0))
        if floor > most + _TOLERANCE:
            key = "dimensions" if dimension.id in grade.dimensions else "every_dimension"
            yield key, _DIMENSION.of(title=dimension.title, most=most, floor=floor)
    most = _mean(list(criteria.dimension_shares), best)
    if grade.index > most + _TOLERANCE:
        yield "index", _INDEX.of(most=most, floor=grade.index)
    for name, level in grade.levels.items():
        indicator = criteria.indicators[criteria.indicator_position[name]]
        low, high = bounds(indicator)
        falls = indicator.direction == "min"
        if level < low if falls else level > high:
            end = low if falls else high
            yield "levels", _LEVEL.of(title=indicator.title, end=end, level=level)
