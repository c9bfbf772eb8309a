"""A fault of a file of rules: its kind, where, and what fills its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.places import DataPath
from pilotscore.findings import Kind
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault at a path of the file."""

    kind: Kind
    path: DataPath
    values: Mapping[str, Any]


def fault(kind: Kind, path: DataPath, /, **values: Any) -> Fault:
    """Return a fault with the values that its words speak of."""
    return Fault(kind, path, values)


def unknown_reference(path: DataPath, key: str, name: Any, wanted: str) -> Fault:
    """Return the fault of a key that names something that is not there."""
    return fault(kinds.UNKNOWN_REFERENCE, path, key=key, name=name, wanted=wanted)


def out_of_bounds(path: DataPath, value: Any, wanted: Any, key: str | int | None = None) -> Fault:
    """Return the fault of a value that cannot be; ``key`` where it is not the end of the path."""
    shown = path[-1] if key is None else key
    return fault(kinds.OUT_OF_BOUNDS, path, key=shown, value=value, wanted=wanted)
