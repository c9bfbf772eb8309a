"""What can be wrong in a policy file besides its structure, held against its criteria set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.checks.conditions import check_condition, known_names
from pilotscore.criteria.checks.fault import Fault, fault, unknown_reference
from pilotscore.criteria.checks.outline import Items, Outline, ids, items, outline, span, table
from pilotscore.language import number

_WITHOUT_GRADE = ("held", "refused", "not_assessable")


def check_policy(
    data: dict[str, Any], criteria: dict[str, Any] | None, lineage: tuple[str, ...] = ()
) -> Iterator[Fault]:
    """Yield the faults of a policy file's plain data, held against its criteria set if given.

    A policy for a set serves those that extend it too: ``lineage`` has their ids.
    """
    grades = table(data.get("grades"))
    instruments = _instruments(data)
    for path, instrument in instruments:
        limits = span(instrument.get("range"))
        if limits is not None and limits[0] > limits[1]:
            low, high = map(number, limits)
            values = {"key": instrument.get("id", "range"), "low": low, "high": high}
            yield fault(kinds.RANGE_REVERSED, (*path, "range"), **values)
    if criteria is None:
        return
    if data.get("criteria") not in (criteria.get("id"), *lineage):
        values = {"wanted": data.get("criteria"), "used": criteria.get("id")}
        yield fault(kinds.OTHER_CRITERIA, ("criteria",), **values)
        return
    parts = outline(criteria)
    known = ids(parts.grades)
    for name in known:
        if name not in grades:
            yield fault(kinds.POLICY_GAP, ("grades",), name=name)
    for name in grades:
        if name not in known:
            yield unknown_reference(("grades", name), "grades", name, ", ".join(known))
    names = known_names(parts)
    for path, instrument in instruments:
        yield from check_condition(instrument.get("when"), (*path, "when"), names)
    yield from check_money_facts(data, parts)


def _instruments(data: dict[str, Any]) -> Items:
    """Return the instruments of every consequence, each with its path."""
    consequences: Items = [
        (("grades", name), table(c)) for name, c in table(data.get("grades")).items()
    ]
    consequences += [((key,), table(data.get(key))) for key in _WITHOUT_GRADE]
    return [
        instrument
        for path, consequence in consequences
        for instrument in items(consequence.get("instruments"), (*path, "instruments"))
    ]


def check_money_facts(data: dict[str, Any], parts: Outline) -> Iterator[Fault]:
    """Yield the facts of a policy or a call that are to hold a sum of money, and do not."""
    money = [str(f.get("id")) for _, f in parts.facts if f.get("type") == "money"]
    for key in ("requested", "cost"):
        if isinstance(data.get(key), str) and data[key] not in money:
            yield fault(kinds.MONEY_FACT, (key,), key=key, name=data[key])
