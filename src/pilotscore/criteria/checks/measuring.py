"""Faults of what a criteria file says of batch data that concern several places at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.checks.fault import Fault, fault, out_of_bounds, unknown_reference
from pilotscore.criteria.checks.names import check_spellings
from pilotscore.criteria.checks.outline import (
    Items,
    Outline,
    items,
    near_or_first,
    numeric,
    repeated_ids,
    span,
    strings,
    table,
)
from pilotscore.criteria.measuring import BUILT_IN_CHARACTERISTICS, MEASURES
from pilotscore.criteria.places import DataPath
from pilotscore.language import Text

_AROUND_ONE = Text("[小于 1, 大于 1]", "[below 1, above 1]")
_BELOW_UPPER = Text("小于上限 {upper:.10g} 的数值", "a number below the upper limit {upper:.10g}")
_KEYS = "measuring: {characteristics: [{id, title, key: true}]}"
_OF_ALL = Text("不写 of：该测度针对成果的全部批次", "no of: it is of all batches of a result")
_OTHER_TYPE = Text(
    "由批次数据计算的 {measure} 是另一种数值",
    "{measure}, worked out from batch data, is of another type",
)


def check_measuring(parts: Outline) -> Iterator[Fault]:
    """Yield the faults of the part ``measuring`` and of each indicator's ``measured``."""
    measuring = table(parts.data.get("measuring"))
    characteristics = items(measuring.get("characteristics"), ("measuring", "characteristics"))
    yield from _check_characteristics(characteristics)
    margin = span(measuring.get("margin"))
    if margin is not None and not margin[0] < 1 < margin[1]:
        yield out_of_bounds(("measuring", "margin"), measuring["margin"], _AROUND_ONE)
    yield from _check_evidence(measuring.get("evidence"), table(parts.data.get("evidence")))
    keys = [str(c.get("id")) for _, c in characteristics if c.get("key") is True]
    known = [str(c.get("id")) for _, c in characteristics]
    known += [c.id for c in BUILT_IN_CHARACTERISTICS if c.id not in known]
    for path, indicator in parts.indicators:
        measured = indicator.get("measured")
        if isinstance(measured, dict):
            yield from _check_type(measured, (*path, "measured"), indicator)
            yield from _check_of(measured, (*path, "measured", "of"), known)
            if measured.get("of") == "key" and not keys:
                yield unknown_reference((*path, "measured", "of"), "of", "key", _KEYS)


def _check_characteristics(characteristics: Items) -> Iterator[Fault]:
    yield from repeated_ids(characteristics)
    yield from check_spellings(characteristics)
    for path, item in characteristics:
        lower, upper = numeric(item.get("lower")), numeric(item.get("upper"))
        if lower is not None and upper is not None and lower >= upper:
            yield out_of_bounds((*path, "lower"), lower, _BELOW_UPPER.of(upper=upper))


def _check_evidence(wanted: Any, evidence: dict[str, Any]) -> Iterator[Fault]:
    grades = [str(g.get("id")) for _, g in items(evidence.get("grades"), ())]
    if isinstance(wanted, str) and wanted not in grades:
        listed = ", ".join(grades) or "-"
        yield unknown_reference(("measuring", "evidence"), "evidence", wanted, listed)


def _check_type(
    measured: dict[str, Any], path: DataPath, indicator: dict[str, Any]
) -> Iterator[Fault]:
    measure = MEASURES.get(str(measured.get("measure")))
    type_ = indicator.get("type")
    if measure is None or not isinstance(type_, str) or type_ in measure.types:
        return
    values = {"name": str(indicator.get("id", "?")), "type": type_}
    problem = _OTHER_TYPE.of(measure=measure.id)
    wanted = "type: " + " / ".join(measure.types)
    where = (*path, "measure")
    yield fault(kinds.VALUE_FUNCTION, where, problem=problem, wanted=wanted, **values)


def _check_of(measured: dict[str, Any], path: DataPath, known: list[str]) -> Iterator[Fault]:
    """Yield characteristics that are not there, or that the measure has no use for."""
    measure = MEASURES.get(str(measured.get("measure")))
    if measure is None:
        return
    of = measured.get("of", "worst")
    named = [of] if isinstance(of, str) else of if isinstance(of, list) else []
    if measure.basis == "result" and named != ["worst"]:
        yield out_of_bounds(path, of, _OF_ALL)
        return
    for name in strings(named):
        if name not in ("worst", "key", *known):
            yield unknown_reference(path, "of", name, near_or_first(name, known, None))
