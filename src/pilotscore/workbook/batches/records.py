"""Records whose fields are arrays of one length: some of their places, and several joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypeVar

import numpy as np

from pilotscore.arrays import Bools, Ints

R = TypeVar("R")


def picked(record: R, places: Ints | Bools) -> R:
    """Return a record at some places, in their order."""
    return type(record)(**{n: getattr(record, n)[places] for n in _names(record)})


def joined(records: Sequence[R]) -> R:
    """Return several records, of which there is at least one, one after the other."""
    columns = {n: np.concatenate([getattr(r, n) for r in records]) for n in _names(records[0])}
    return type(records[0])(**columns)


def _names(record: Any) -> list[str]:
    return [f.name for f in fields(record)]
