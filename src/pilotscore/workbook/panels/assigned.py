"""Reads back who was assigned to what, from a workbook that was written then."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheets import open_book
from pilotscore.workbook.panels.columns import header_in
from pilotscore.workbook.values.texts import text_at


class Assigned(NamedTuple):
    """A pair of an assignment, with the title of the result and the group of the expert."""

    expert: str
    result: str
    title: str = ""
    group: str = ""


def read_assigned(path: Path) -> tuple[Assigned, ...]:
    """Return the pairs of expert and result that a sheet lists, a row each, without a score.

    Raises
    ------
    UnreadableBookError
        The file cannot be read.
    """
    for sheet in open_book(path, Limits(), reports=True).sheets:
        header = header_in(sheet.rows) if sheet.visible else None
        if header is None or not {"expert", "result"} <= set(header[1]) or "score" in header[1]:
            continue
        row, roles = header
        columns = (roles["expert"], roles["result"], roles.get("title"), roles.get("group"))
        pairs = [
            Assigned(*(text_at(sheet, r, column) for column in columns))
            for r in range(row + 1, len(sheet.rows))
        ]
        kept = tuple(pair for pair in pairs if pair.expert and pair.result)
        if kept:
            return kept
    return ()
