"""Inflates the parts of a zip in pieces, within a bound for all of them together."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from pilotscore.workbook.open.limits import BoundExceededError, Limits

_CHUNK = 1 << 20


@dataclass(slots=True)
class Budget:
    """How many bytes may still be inflated."""

    limits: Limits
    spent: int = 0

    def pieces(self, archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
        """Yield a part of a zip in pieces, and count what comes out."""
        with archive.open(part) as stream:
            while piece := stream.read(_CHUNK):
                self.spend(len(piece))
                yield piece

    def spend(self, size: int) -> None:
        """Count some bytes."""
        self.spent += size
        limit = self.limits.inflated_mb
        if self.spent > limit * 1_000_000:
            raise BoundExceededError("inflated_mb", f">{limit}", limit)
