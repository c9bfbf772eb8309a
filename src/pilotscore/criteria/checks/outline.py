"""The parts of a file's plain data, as far as they have a form that can be checked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.checks.fault import Fault, fault
from pilotscore.criteria.places import DataPath
from pilotscore.language import nearest
from pilotscore.records import dataclass

Items = list[tuple[DataPath, dict[str, Any]]]
MOST_LISTED = 8


def listed(value: Any) -> list[Any]:
    """Return a list; [] where it is none."""
    return value if isinstance(value, list) else []


def items(value: Any, path: DataPath) -> Items:
    """Return the mappings of a list, each with its path; [] where it is no list."""
    return [((*path, i), x) for i, x in enumerate(listed(value)) if isinstance(x, dict)]


def table(value: Any) -> dict[str, Any]:
    """Return a mapping; {} where it is none."""
    return value if isinstance(value, dict) else {}


def strings(value: Any) -> list[str]:
    """Return the texts of a list; [] where it is none."""
    return [x for x in listed(value) if isinstance(x, str)]


def numeric(value: Any) -> float | None:
    """Return a number; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def span(value: Any) -> tuple[float, float] | None:
    """Return both ends of a list of two numbers; None where it is none."""
    if not isinstance(value, list) or len(value) != 2:
        return None
    low, high = map(numeric, value)
    return None if low is None or high is None else (low, high)


def near_or_first(name: Any, known: Collection[str], most: int | None = MOST_LISTED) -> str:
    """Return the known name that was probably meant, or the first of those that there are."""
    return nearest(str(name), known) or ", ".join(list(known)[:most])


def spellings(item: dict[str, Any]) -> list[str]:
    """Return every spelling by which a header may name a thing: its id, titles and aliases."""
    title = item.get("title")
    titles = list(title.values()) if isinstance(title, dict) else [title]
    names = [x for x in (item.get("id"), *titles) if isinstance(x, str)]
    return list(dict.fromkeys([*names, *strings(item.get("aliases"))]))


def repeated_ids(entries: Items) -> Iterator[Fault]:
    """Yield the entries whose id another has already."""
    seen: dict[str, DataPath] = {}
    for path, item in entries:
        name = item.get("id")
        if not isinstance(name, str):
            continue
        if name in seen:
            yield fault(kinds.REPEATED_ID, (*path, "id"), name=name, line=seen[name])
        seen.setdefault(name, (*path, "id"))


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a criteria file that the checks look at."""

    data: dict[str, Any]
    dimensions: Items
    indicators: Items
    facts: Items
    gates: Items
    grades: Items
    methods: Items
    profiles: Items
    sub_indexes: Items

    @property
    def quantities(self) -> Items:
        """All indicators, then all facts."""
        return [*self.indicators, *self.facts]


def ids(entries: Items) -> list[str]:
    """Return the ids of entries."""
    return [x["id"] for _, x in entries if isinstance(x.get("id"), str)]


def outline(data: dict[str, Any]) -> Outline:
    """Collect the parts of a criteria file's plain data."""
    dimensions = items(data.get("dimensions"), ("dimensions",))
    return Outline(
        data,
        dimensions,
        [x for at, d in dimensions for x in items(d.get("indicators"), (*at, "indicators"))],
        *(
            items(data.get(key), (key,))
            for key in ("facts", "gates", "grades", "methods", "profiles", "sub_indexes")
        ),
    )
