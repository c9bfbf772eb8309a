"""What of rights stands beside the score of each result: what is due soon, in order."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cached_property, lru_cache

from pilotscore.findings import Finding
from pilotscore.index import Assessment
from pilotscore.measures import kinds
from pilotscore.measures.rights_state import RightsState
from pilotscore.records import dataclass
from pilotscore.rights.due import Due, DueRule, DueState
from pilotscore.runs.ahead import Ahead, Span, ahead

SOON: Span = (90, "days")


@dataclass(frozen=True, eq=False)
class Outlook:
    """What is due within 90 days, then what is past its day and unproven, for all results."""

    ahead: Ahead | None

    @cached_property
    def _rows(self) -> dict[str, list[int]]:
        """The rows of each result: what can still be done in time first, then what is past."""
        rows: dict[str, list[int]] = {}
        if self.ahead is None:
            return rows
        results, past = self.ahead.due.result, self.ahead.overdue  # rows stand by day
        for row in (*range(past, len(results)), *range(past)):
            rows.setdefault(results[row], []).append(row)
        return rows

    def count(self, result: str) -> int:
        """Return how much is due for a result."""
        return len(self._rows.get(result, ()))

    def first(self, result: str) -> tuple[str, DueRule, int, DueState] | None:
        """Return what is due first of a result: last day to act, rule, part, state; or None."""
        rows = self._rows.get(result)
        if self.ahead is None or not rows:
            return None
        due, row = self.ahead.due, rows[0]
        rule = due.rules[due.rule[row]]
        return str(self.ahead.act[row]), rule, int(due.part[row]), DueState(int(due.state[row]))

    def of(self, result: str, most: int) -> list[tuple[str, Due]]:
        """Return the first of what is due for a result: the last day to act, and what it is."""
        if self.ahead is None:
            return []
        rows = self._rows.get(result, [])[:most]
        return [(str(self.ahead.act[row]), self.ahead.due.row_of(row)) for row in rows]


def outlook_of(assessment: Assessment) -> Outlook | None:
    """Return what is due soon of a run; None where it has no sheets of rights."""
    state = assessment.measurements.rights
    return None if state is None else _outlook(state, assessment.as_of)


@lru_cache(maxsize=2)
def _outlook(state: RightsState, as_of: datetime.date) -> Outlook:
    """Return what is due soon; kept, since every result of a run asks for it."""
    return Outlook(None if state.due is None else ahead(state.due, as_of, SOON))


def due_soon(assessment: Assessment) -> Iterator[Finding]:
    """Yield what a check tells of dates: how many acts are due soon, and the first of them."""
    outlook = outlook_of(assessment)
    if outlook is None or outlook.ahead is None or not len(outlook.ahead):
        return
    rights = outlook.ahead
    first = min(
        rights.overdue, len(rights) - 1
    )  # of those past their day the last, if there are no others
    due = rights.due.row_of(first)
    values = {
        "count": len(rights) - rights.overdue,
        "past": rights.overdue,
        "day": str(rights.act[first]),
        "result": due.result,
        "title": due.rule.title,
    }
    yield Finding(kinds.DUE_SOON, due.place, values, due.result)
