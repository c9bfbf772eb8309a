"""Inflates the parts of a zip in pieces, within a bound for all of them together."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from pilotscore.records import dataclass
from pilotscore.workbook.open.limits import BoundExceededError, Limits

_CHUNK = 1 << 20


@contextmanager
def damage_as_bad_zip() -> Iterator[None]:
    """Have a damaged zip always be a bad one: zipfile throws whatever its bytes lead to."""
    try:
        yield
    except (ValueError, KeyError, IndexError, OverflowError, struct.error) as error:
        raise zipfile.BadZipFile(f"{type(error).__name__}: {error}") from error


@dataclass(slots=True)
class Budget:
    """How many bytes may still be inflated."""

    limits: Limits
    spent: int = 0

    def pieces(self, archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
        """Yield a part of a zip in pieces, and count what comes out."""
        with damage_as_bad_zip(), archive.open(part) as stream:
            while piece := stream.read(_CHUNK):
                self.spend(len(piece))
                yield piece

    def spend(self, size: int) -> None:
        """Count some bytes."""
        self.spent += size
        limit = self.limits.inflated_mb
        if self.spent > limit * 1_000_000:
            raise BoundExceededError("inflated_mb", f">{limit}", limit)
