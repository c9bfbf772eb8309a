"""Reads back who was assigned to what, from a workbook that was written then."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pilotscore.errors import UsageError
from pilotscore.language import Text
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheets import Sheet, open_book
from pilotscore.workbook.panels.columns import header_in
from pilotscore.workbook.panels.stages import FIRST, stage_of
from pilotscore.workbook.values.texts import text_at


class Assigned(NamedTuple):
    """A pair of an assignment, with the title of the result and the group of the expert.

    ``stage`` is 2 where it is of the second stage of a review.
    """

    expert: str
    result: str
    title: str = ""
    group: str = ""
    stage: int = FIRST


def read_assigned(path: Path) -> tuple[Assigned, ...]:
    """Return the pairs of expert and result that a sheet lists, a row each, without a score.

    Raises
    ------
    UnreadableBookError
        The file cannot be read.
    UsageError
        A cell of the column of stages names none.
    """
    for sheet in open_book(path, Limits(), reports=True).sheets:
        header = header_in(sheet.rows) if sheet.visible else None
        if header is None or not {"expert", "result"} <= set(header[1]) or "score" in header[1]:
            continue
        row, roles = header
        expert, result, title, group = (
            roles.get(role) for role in ("expert", "result", "title", "group")
        )
        pairs = [
            Assigned(
                text_at(sheet, r, expert),
                text_at(sheet, r, result),
                text_at(sheet, r, title),
                text_at(sheet, r, group),
                _stage(sheet, r, roles),
            )
            for r in range(row + 1, len(sheet.rows))
        ]
        kept = tuple(pair for pair in pairs if pair.expert and pair.result)
        if kept:
            return kept
    return ()


def _stage(sheet: Sheet, row: int, roles: Mapping[str, int]) -> int:
    """Return the stage that a row of an assignment is of.

    Raises
    ------
    UsageError
        What it says is none.
    """
    if "stage" not in roles:
        return FIRST
    stage = stage_of(sheet.cell(row, roles["stage"]))
    if stage is None:
        text, cell = text_at(sheet, row, roles["stage"]), sheet.place(row, roles["stage"])
        raise UsageError(_NO_STAGE.of(text=text, cell=str(cell)))
    return stage


_NO_STAGE = Text(
    "{cell}：“{text}”不是评审的轮次（1 或 2）", "{cell}: {text!r} is no stage of a review (1 or 2)"
)
