"""Names that two things share: ids, and the spellings by which headers name things."""

from __future__ import annotations

from collections.abc import Iterator

from pilotscore.criteria import kinds
from pilotscore.criteria.checks.fault import Fault, fault, out_of_bounds
from pilotscore.criteria.checks.outline import Items, Outline, ids, repeated_ids, spellings
from pilotscore.criteria.deriving import RIGHTS_FACTS
from pilotscore.criteria.model import BUILT_IN_DATES, BUILT_IN_NUMBERS
from pilotscore.criteria.names import normalise
from pilotscore.criteria.places import DataPath
from pilotscore.language import Text

_NOT_BUILT_IN = Text("不与内置名称相同的 id", "an id that is not a built-in name")


def check_ids(parts: Outline) -> Iterator[Fault]:
    """Yield ids that stand twice, and those that are built-in names."""
    dimensions = [*parts.dimensions, *parts.sub_indexes]
    groups = (dimensions, parts.quantities, parts.gates, parts.grades, parts.methods)
    for group in groups:
        yield from repeated_ids(group)
    for path, item in parts.quantities:
        for name in ids([(path, item)]):
            if name in {*BUILT_IN_NUMBERS, *BUILT_IN_DATES, *RIGHTS_FACTS}:
                yield out_of_bounds((*path, "id"), name, _NOT_BUILT_IN)


def check_spellings(entries: Items) -> Iterator[Fault]:
    """Yield spellings that two things share, so that a header would name both."""
    owner: dict[str, tuple[str, DataPath]] = {}
    for path, item in entries:
        name = str(item.get("id", "?"))
        for spelling in spellings(item):
            first, line = owner.setdefault(normalise(spelling), (name, path))
            if first != name:
                values = {"alias": spelling, "first": first, "line": line, "second": name}
                yield fault(kinds.SHARED_ALIAS, path, **values)
