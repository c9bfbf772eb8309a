"""Faults of words of earlier versions: what they stand for must be there, and not be a category."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotscore.criteria.checks.fault import Fault, out_of_bounds, unknown_reference
from pilotscore.criteria.checks.names import check_spellings
from pilotscore.criteria.checks.outline import Outline, items, near_or_first, repeated_ids, table
from pilotscore.criteria.places import DataPath
from pilotscore.language import Text

_OWN = Text("也给出 {name} 的类别", "the category of {name} too")
_A_CATEGORY_FACT = Text("type: category 的字段", "a fact with type: category")

Tables = dict[str, list[str]]


def check_former_words(parts: Outline) -> Iterator[Fault]:
    """Yield the faults of the part ``formerly`` of facts."""
    known: Tables = {
        str(fact.get("id")): [str(c.get("id")) for _, c in items(fact.get("table"), ())]
        for _, fact in parts.facts
        if fact.get("type") == "category"
    }
    for path, fact in parts.facts:
        words = items(fact.get("formerly"), (*path, "formerly"))
        if not words:
            continue
        name = str(fact.get("id"))
        if name not in known:
            yield out_of_bounds((*path, "formerly"), fact.get("type"), _A_CATEGORY_FACT)
            continue
        entries = [*items(fact.get("table"), (*path, "table")), *words]
        yield from repeated_ids(entries)
        yield from check_spellings(entries)
        for at, word in words:
            yield from _check_values(table(word.get("values")), (*at, "values"), name, known)


def _check_values(
    values: dict[str, Any], path: DataPath, own: str, known: Tables
) -> Iterator[Fault]:
    if values and own not in values:
        yield out_of_bounds(path, ", ".join(map(str, values)), _OWN.of(name=own))
    for fact, category in values.items():
        if fact not in known:
            near = near_or_first(fact, list(known))
            yield unknown_reference((*path, fact), "values", fact, near)
        elif category not in known[fact]:
            near = near_or_first(category, known[fact])
            yield unknown_reference((*path, fact), str(fact), category, near)
