"""The list of a call as a meeting has it on paper: what is decided, why, and what to do."""

from __future__ import annotations

from typing import Any

from pilotscore.document import Column, Lazily, Table
from pilotscore.language import LINES, Joined, Text, Words, join
from pilotscore.runs.fund import FundReport
from pilotscore.views.fund.decisions import decisions_table

PRINTED = (
    *("rank", "id", "title", "institution", "track", "grade", "index", "decision", "chance"),
    *("asked", "award", "instrument", "recommended", "recommended_award", "reason", "to_do"),
)
_LINES = 4  # of what would change a decision: a way to a better grade may have twenty
_MORE = Text("……另 {n} 行见“数据”工作表", "… {n} more on the sheet Data")
_TO_DO = Text("条件、建议与如何改变", "Conditions, advice, what would change it")


def printed_table(report: FundReport) -> Table:
    """Return the decisions with what goes with an award and what would change it side by side.

    Both are advice to the same applicant, mostly one or the other: on paper they are one column.
    """
    whole = decisions_table(report)
    keys = [c.key for c in whole.columns]
    first, second = keys.index("conditions"), keys.index("change")
    columns = (*whole.columns, Column("to_do", _TO_DO, "wrap", 52))
    rows = Lazily(whole.rows, lambda row: [*row, _together(row[first], row[second])])
    return Table(columns, rows).only(PRINTED)


def _together(one: Joined | None, other: Joined | None) -> Words | None:
    """Return the lines of both, of the second the first few; a line of both is said once."""
    first, second = (() if said is None else said.parts for said in (one, other))
    if len(second) > _LINES:
        rest = len(second) - _LINES + 1
        second = (*second[: _LINES - 1], _MORE.of(n=rest))
    lines: dict[Any, None] = dict.fromkeys((*first, *second))
    return join(lines, LINES) if lines else None
