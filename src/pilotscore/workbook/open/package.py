"""The package of an Office file: its parts by name, found through their relationships.

A part may lie anywhere: only relationships say where sheets, styles and strings are (ECMA-376
part 2). Names are compared without regard to case, backslashes count as slashes.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from pilotscore.language import Text
from pilotscore.workbook.open.inflating import Budget
from pilotscore.workbook.open.sheet_contents import PartError
from pilotscore.workbook.open.xml_parts import Attributes, elements

# Parts up to this size are remembered by their content: in a folder of forms they are the same
# from file to file.
SMALL_PART = 200_000


_TWICE = Text(
    "压缩包中有两个同名而内容不同的部件", "the file has two parts of this name that differ"
)


class Relationship(NamedTuple):
    """What one part says of another: ``kind`` is the last word of the relationship's type."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of a zip, inflated within a budget.

    Raises
    ------
    BoundExceededError
        It has too many parts.
    """

    def __init__(self, archive: zipfile.ZipFile, budget: Budget) -> None:
        self.archive, self.budget = archive, budget
        names = archive.namelist()
        budget.limits.check("parts", len(names))
        # What the parts say of their sizes counts for those too that are never looked into.
        inflated = sum(info.file_size for info in archive.infolist())
        budget.limits.check("inflated_mb", -(-inflated // 1_000_000))
        self._relations: dict[str, tuple[Relationship, ...]] = {}
        self._names = {key_of(name): name for name in names}
        self._twice = set(_two_of_a_name(archive)) if len(self._names) < len(names) else set()

    def has(self, part: str) -> bool:
        """Say whether there is a part of this name."""
        return self._stored(part) is not None

    def _stored(self, part: str) -> str | None:
        name = key_of(part)
        return self._names.get(name) or self._names.get(unquote(name))

    def pieces(self, part: str) -> Iterator[bytes]:
        """Yield a part in pieces.

        Raises
        ------
        KeyError
            There is no such part.
        PartError
            There are two that differ: which of them others read cannot be known.
        BoundExceededError
            More is inflated than the budget allows.
        """
        stored = self._stored(part)
        if stored is None:
            raise KeyError(f"there is no part {part}")
        if key_of(stored) in self._twice:
            raise PartError(stored, _TWICE)
        return self.budget.pieces(self.archive, stored)

    def read(self, part: str) -> bytes:
        """Return a part as a whole."""
        return b"".join(self.pieces(part))

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """Return the relationships of a part to others inside the package; '' for the package."""
        if part not in self._relations:
            self._relations[part] = self._read_relationships(part)
        return self._relations[part]

    def _read_relationships(self, part: str) -> tuple[Relationship, ...]:
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(relations):
            return ()
        try:
            return _relationships(self.read(relations), folder)
        except PartError as error:
            raise PartError(relations, error.reason) from error


def _two_of_a_name(archive: zipfile.ZipFile) -> Iterator[str]:
    """Yield the names under which a zip has more than one content."""
    contents: dict[str, tuple[int, int]] = {}
    for info in archive.infolist():
        content = (info.CRC, info.file_size)
        if contents.setdefault(key_of(info.filename), content) != content:
            yield key_of(info.filename)


def key_of(name: str) -> str:
    """Return the name of a part as it is compared, however it is written."""
    return name.replace("\\", "/").lstrip("/").lower()


def resolved(folder: str, target: str) -> str:
    """Return the part that a relationship leads to from a part in a folder."""
    plain = target.replace("\\", "/")
    whole = plain if plain.startswith("/") else posixpath.join("/", folder, plain)
    return posixpath.normpath(whole).lstrip("/")


@lru_cache(maxsize=64)
def _relationships(content: bytes, folder: str) -> tuple[Relationship, ...]:
    relations: list[Relationship] = []

    def start(tag: str, attributes: Attributes) -> None:
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = resolved(folder, attributes.get("Target", ""))
        relations.append(Relationship(attributes.get("Id", ""), kind, target))

    elements([content], start)
    return tuple(relations)
