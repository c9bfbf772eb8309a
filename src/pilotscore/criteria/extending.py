"""Criteria files that extend another: what they say goes before what the base says.

Mappings merge key by key, and a key set to null is removed. Lists whose items have an ``id`` merge
by id: a known id is merged into, a new one is appended, and one with ``remove: true`` goes. Every
other list is replaced as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.checks.fault import Fault
from pilotscore.criteria.places import DataPath, Mark, PlacedData
from pilotscore.language import nearest
from pilotscore.records import dataclass

# What only the file itself can say of itself.
_OWN = ("id", "version", "extends", "description")
# What a new entry cannot do without, so that one without them is a misspelt id.
_NEEDED = {
    "indicators": ("type", "weight"),
    "dimensions": ("weight", "indicators"),
    "facts": ("type",),
    "gates": ("when",),
    "grades": ("title",),
    "table": ("title",),
}


def extended(own: PlacedData, base: PlacedData, base_file: str) -> tuple[PlacedData, list[Fault]]:
    """Return a file's data laid over its base's, each value with where it stands, and faults.

    Parameters
    ----------
    own
        What the file says.
    base
        What it extends, itself extended already.
    base_file
        The name of the base's file, for places in it.
    """
    merging = _Merging(own, base, base_file)
    taken = {k: v for k, v in base.data.items() if k not in _OWN}
    data = merging.mapping(taken, own.data, (), (), ())
    data.pop("extends", None)
    repeated = []
    for n, (path, mark) in enumerate(own.repeated):
        place: DataPath = ("#repeated", n, path[-1])
        merging.places[place] = mark
        repeated.append((place, mark))
    faults = list(merging.faults)
    if "id" not in own.data:
        faults.append(Fault(kinds.MISSING_KEY, (), {"key": "id"}))
    elif own.data["id"] == base.data.get("id"):
        values = {"name": own.data["id"], "base": base_file}
        faults.append(Fault(kinds.SAME_ID_AS_BASE, ("id",), values))
    if "version" not in own.data:
        faults.append(Fault(kinds.MISSING_KEY, (), {"key": "version"}))
    return PlacedData(data, merging.places, tuple(repeated)), faults


@dataclass(slots=True)
class _Merging:
    own: PlacedData
    base: PlacedData
    base_file: str
    places: dict[DataPath, Mark] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def mapping(
        self,
        base: dict[str, Any],
        own: dict[str, Any],
        base_at: DataPath,
        own_at: DataPath,
        at: DataPath,
    ) -> dict[str, Any]:
        self._mark(self.own, own_at, at)
        merged: dict[str, Any] = {}
        for key in dict.fromkeys((*base, *own)):
            here = (*at, key)
            if key not in own:
                merged[key] = self._whole(self.base, base[key], (*base_at, key), here)
            elif own[key] is None and key in base:
                continue
            elif key not in base:
                merged[key] = self._whole(self.own, own[key], (*own_at, key), here)
            else:
                merged[key] = self._value(
                    base[key], own[key], (*base_at, key), (*own_at, key), here
                )
        return merged

    def _value(self, base: Any, own: Any, base_at: DataPath, own_at: DataPath, at: DataPath) -> Any:
        if isinstance(base, dict) and isinstance(own, dict):
            return self.mapping(base, own, base_at, own_at, at)
        if _have_ids(base) and _have_ids(own):
            return self._by_id(base, own, base_at, own_at, at)
        return self._whole(self.own, own, own_at, at)

    def _by_id(
        self, base: list[Any], own: list[Any], base_at: DataPath, own_at: DataPath, at: DataPath
    ) -> Any:
        self._mark(self.own, own_at, at)
        places = {str(item["id"]): n for n, item in enumerate(own)}
        known = [str(item["id"]) for item in base]
        merged: list[Any] = []
        for n, item in enumerate(base):
            name, here = str(item["id"]), (*at, len(merged))
            if name not in places:
                merged.append(self._whole(self.base, item, (*base_at, n), here))
            elif own[places[name]].get("remove") is not True:
                mine = own[places[name]]
                merged.append(
                    self.mapping(item, mine, (*base_at, n), (*own_at, places[name]), here)
                )
        for n, item in enumerate(own):
            name, here = str(item["id"]), (*at, len(merged))
            if name in known and places[name] == n:
                continue
            needed = _NEEDED.get(str(at[-1]), ())
            misspelt = bool(needed) and not any(key in item for key in needed)
            if item.get("remove") is True or (misspelt and name not in known):
                left_out: DataPath = (*at, f"#{n}")  # it is not in the data, but has a place
                self.places[left_out] = self.own.mark((*own_at, n))
                self._unknown(name, known, left_out)
                continue
            merged.append(self._whole(self.own, item, (*own_at, n), here))
        return merged

    def _unknown(self, name: str, known: list[str], path: DataPath) -> None:
        near = nearest(name, known) or ", ".join(known[:8])
        values = {"name": name, "base": self.base_file, "near": near}
        self.faults.append(Fault(kinds.NOT_IN_BASE, path, values))

    def _whole(self, source: PlacedData, value: Any, old: DataPath, new: DataPath) -> Any:
        """Take over a value with everything in it, and where it stands."""
        self._mark(source, old, new)
        for key in _keys(value):
            self._whole(source, value[key], (*old, key), (*new, key))
        return value

    def _mark(self, source: PlacedData, old: DataPath, new: DataPath) -> None:
        mark = source.mark(old)
        if source is self.base and mark.file is None:
            mark = replace(mark, file=self.base_file)
        self.places[new] = mark


def _keys(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value
    elif isinstance(value, list):
        yield from range(len(value))


def _have_ids(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(x, dict) and isinstance(x.get("id"), str) for x in value)
    )
