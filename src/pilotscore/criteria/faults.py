"""A fault of a criteria file: its kind, where, and what fills its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pilotscore.criteria.places import Path
from pilotscore.findings import Kind


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault at a path of the file."""

    kind: Kind
    path: Path
    values: dict[str, Any]
