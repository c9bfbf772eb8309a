"""Conditions that cannot be read, or that speak of what is not there or cannot be compared."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.checks.fault import Fault, fault
from pilotscore.criteria.checks.outline import Outline, items, spellings, strings, table
from pilotscore.criteria.condition import (
    Among,
    Compare,
    ConditionSyntaxError,
    comparisons,
    parse,
)
from pilotscore.criteria.deriving import RIGHTS_FACTS
from pilotscore.criteria.model import BUILT_IN_DATES, BUILT_IN_NUMBERS, NUMERIC
from pilotscore.criteria.places import DataPath
from pilotscore.language import Text, nearest
from pilotscore.records import dataclass

_EQUALS = Text("用 ==、!= 或 in 比较", "==, != or in")
_A_TEXT = Text("文字", "a text")
_A_DATE = Text(
    "日期，如 2026-12-31，或另一个日期字段", "a date such as 2026-12-31, or another date"
)
_A_NUMBER = Text("数值，或另一个数值指标", "a number, or another numeric indicator")


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that a condition may use, and what it may be compared with."""

    type: str
    categories: tuple[str, ...] = ()
    # What is to be written instead of other names of categories.
    instead: Mapping[str, str] = field(default_factory=dict)


KnownNames = dict[str, KnownName]


def known_names(parts: Outline) -> KnownNames:
    """Return the names that a condition may use: indicators, facts and the built-in ones."""
    known = {name: KnownName("number") for name in BUILT_IN_NUMBERS}
    known |= {name: KnownName("date") for name in BUILT_IN_DATES}
    known |= {name: KnownName("yes_no") for name in RIGHTS_FACTS}
    for path, item in parts.quantities:
        if isinstance(item.get("id"), str):
            categories = items(item.get("table"), (*path, "table"))
            named = tuple(str(c.get("id")) for _, c in categories)
            kind = str(item.get("type"))
            known[item["id"]] = KnownName(kind, named, _instead(item))
    return known


def _instead(item: dict[str, Any]) -> dict[str, str]:
    """Return what a condition has to say instead of an alias, or a word of an earlier version."""
    replacements: dict[str, str] = {}
    for _, category in items(item.get("table"), ()):
        replacements |= dict.fromkeys(strings(category.get("aliases")), str(category.get("id")))
    for _, former in items(item.get("formerly"), ()):
        values = table(former.get("values"))
        said = " and ".join(f"{name} == {value}" for name, value in values.items())
        replacements |= dict.fromkeys(spellings(former), said)
    return replacements


def check_conditions(parts: Outline) -> Iterator[Fault]:
    """Yield the faults of every condition of a criteria file."""
    known = known_names(parts)
    for path, gate in parts.gates:
        yield from check_condition(gate.get("when"), (*path, "when"), known)
    for path, indicator in parts.indicators:
        for key in ("not_applicable", "applies_when"):
            yield from check_condition(indicator.get(key), (*path, key), known)
    for path, profile in parts.profiles:
        yield from check_condition(profile.get("when"), (*path, "when"), known)


def check_condition(text: Any, path: DataPath, known: KnownNames) -> Iterator[Fault]:
    """Yield the faults of one condition; what is no text is none."""
    if not isinstance(text, str):
        return
    try:
        condition = parse(text)
    except ConditionSyntaxError as error:
        values = {"text": text, "column": error.column, "problem": error.text}
        yield fault(kinds.CONDITION_SYNTAX, path, **values)
        return
    for leaf in comparisons(condition):
        here = fault(kinds.UNKNOWN_NAME, path, text=text, column=leaf.column, name=leaf.name)
        if leaf.name not in known:
            near = nearest(leaf.name, known) or next(iter(known))
            yield fault(kinds.UNKNOWN_NAME, path, **here.values, near=near)
        elif isinstance(leaf, Compare):
            yield from _check_operands(leaf.operator, [leaf.other], here, known)
        elif isinstance(leaf, Among):
            yield from _check_operands("==", leaf.members, here, known)


def _check_operands(
    operator: str, others: Iterable[float | str], here: Fault, known: KnownNames
) -> Iterator[Fault]:
    """Yield what a name cannot be compared with; ``here`` has the place and its words."""
    name = known[here.values["name"]]
    for other in others:
        if name.type in ("category", "yes_no"):
            yield from _check_category(name, operator, other, here)
            continue
        fits, wanted = _fit(name.type, other, known)
        if not fits:
            values = {**here.values, "value": other, "wanted": wanted}
            yield fault(kinds.NOT_COMPARABLE, here.path, **values)


def _check_category(
    name: KnownName, operator: str, other: float | str, here: Fault
) -> Iterator[Fault]:
    allowed = ("yes", "no") if name.type == "yes_no" else name.categories
    if operator not in ("==", "!="):
        values = {**here.values, "value": f"{operator} {other}", "wanted": _EQUALS}
        yield fault(kinds.NOT_COMPARABLE, here.path, **values)
    elif other not in allowed:
        meant = name.instead.get(str(other))
        values = {**here.values, "value": other, "wanted": meant or ", ".join(allowed)}
        yield fault(kinds.UNKNOWN_CATEGORY, here.path, **values)


def _fit(type_: str, other: float | str, known: KnownNames) -> tuple[bool, Text]:
    """Say whether what a name of a type is compared with fits it, and what would."""
    of_other = known[other].type if isinstance(other, str) and other in known else None
    if type_ == "date":
        return isinstance(other, str) and (_is_date(other) or of_other == "date"), _A_DATE
    if type_ == "text":
        return isinstance(other, str), _A_TEXT
    return isinstance(other, float) or of_other in NUMERIC, _A_NUMBER


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True
