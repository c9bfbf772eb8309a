"""What a reader of one format gives of a sheet: its cells, merged areas and notes."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from pilotscore.language import Text, Words
from pilotscore.records import dataclass
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.notes import Area, SheetNotes


@dataclass(frozen=True, slots=True)
class SheetContents:
    """A sheet as a file has it: rows from A1 on, mostly of one width, blank cells ''."""

    name: str
    visible: bool
    rows: list[list[Any]]
    merged: tuple[Area, ...] = ()
    notes: SheetNotes = field(default_factory=SheetNotes)


# So many blank cells are no matter, however they come about.
_MOST_BLANKS = 1_000_000


class EncryptedBookError(Exception):
    """The file asks for a password."""


class PartError(Exception):
    """A part of a file that cannot be read: which one, and why."""

    def __init__(self, part: str, reason: Words | str) -> None:
        super().__init__(f"{part}: {reason}")
        self.part, self.reason = part, reason


ENTITIES = Text(
    "其中声明了实体，出于安全不读", "it declares entities, which are not read for safety"
)


def even_rows(rows: list[list[Any]]) -> list[list[Any]]:
    """Return rows that are all as wide as the widest, unless a few far cells would blow them up."""
    width, extent = max(map(len, rows), default=0), sum(map(len, rows))
    if width * len(rows) > _MOST_BLANKS + 2 * extent:
        return rows
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    return rows


def blank_covered(rows: list[list[Any]], merged: tuple[Area, ...], limits: Limits) -> None:
    """Blank what stands under a merged area: a person sees its first cell alone.

    Raises
    ------
    BoundExceededError
        The areas, which lie over each other then, have more cells than a sheet may have.
    """
    visits, width = 0, max(map(len, rows), default=0)
    for (top, left), (bottom, right) in merged:
        height = max(0, min(bottom + 1, len(rows)) - top)
        visits += height * max(0, min(right + 1, width) - left)
        limits.check("cells", visits)
        for r in range(top, top + height):
            row = rows[r]
            for c in range(left, min(right + 1, len(row))):
                if row[c] != "" and (r, c) != (top, left):
                    row[c] = ""
