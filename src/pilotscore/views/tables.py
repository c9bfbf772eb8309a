"""The tables of a report, as plain columns and rows: one content for xlsx, csv and json."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pilotscore.language import Words

Style = Literal["text", "centre", "wrap", "rank", "score", "share", "amount", "figure"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a key that stays the same in every language, its heading, how it looks."""

    key: str
    heading: Words
    style: Style = "text"
    width: int = 10


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; a blank cell is None."""

    columns: tuple[Column, ...]
    rows: list[list[Any]]

    def records(self) -> list[dict[str, Any]]:
        """Return each row as key and value."""
        keys = [c.key for c in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]
