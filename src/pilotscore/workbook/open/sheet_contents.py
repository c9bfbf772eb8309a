"""What a reader of one format gives of a sheet: its cells, merged areas and notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pilotscore.language import Text, Words
from pilotscore.workbook.open.notes import Area, SheetNotes


@dataclass(frozen=True, slots=True)
class SheetContents:
    """A sheet as a file has it: rows from A1 on, all of one width, blank cells ''."""

    name: str
    visible: bool
    rows: list[list[Any]]
    merged: tuple[Area, ...] = ()
    notes: SheetNotes = field(default_factory=SheetNotes)


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
    """Return rows that are all as wide as the widest, filled with blanks."""
    width = max(map(len, rows), default=0)
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    return rows


def blank_covered(rows: list[list[Any]], merged: tuple[Area, ...]) -> None:
    """Blank what stands under a merged area: a person sees its first cell alone."""
    for (top, left), (bottom, right) in merged:
        for r in range(top, min(bottom + 1, len(rows))):
            row = rows[r]
            for c in range(left, min(right + 1, len(row))):
                if row[c] != "" and (r, c) != (top, left):
                    row[c] = ""
