"""How the workbook of one expert is known again, and whether what was locked is as issued."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

MARK_SHEET = "_pilotscore_panel"
MARK = "pilotscore panel"


def locked_hash(rows: Iterable[Sequence[str]]) -> str:
    """Return the SHA-256 of what is locked: header, ids and titles, by their texts."""
    text = "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
    return hashlib.sha256(text.encode()).hexdigest()
