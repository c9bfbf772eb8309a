"""What is due as a drawing: times that run, around the day of evaluation."""

from __future__ import annotations

import datetime
from typing import Literal

import numpy as np

from pilotscore.document import Drawing
from pilotscore.drawings import Stretch, Timeline
from pilotscore.language import BLANK, Text, Words, join
from pilotscore.rights.due import STATE_TITLES, Due, DueState
from pilotscore.runs.ahead import Ahead
from pilotscore.views.due import title

_MOST = 40
_MORE = Text("另有 {n} 项未画出", "{n} more are not drawn")
_LOOKS: dict[DueState, Literal["done", "open", "grace", "unproven", "lapsed"]] = {
    DueState.DONE: "done",
    DueState.OPEN: "open",
    DueState.PENDING: "open",
    DueState.IN_GRACE: "grace",
    DueState.UNPROVEN: "unproven",
    DueState.LAPSED: "lapsed",
}


def timeline(said: Words, ahead: Ahead) -> Drawing:
    """Return the first rows of what is to come, then of what is past, as a drawing."""
    first = ahead.overdue
    rows = [*range(first, len(ahead)), *range(first)][:_MOST]
    dues = [ahead.due.row_of(i) for i in rows]
    states = sorted({due.state for due in dues})
    left = len(ahead) - len(rows)
    return Drawing(
        Timeline(
            said,
            ahead.as_of,
            tuple(map(_stretch, dues)),
            tuple((_LOOKS[state], STATE_TITLES[state]) for state in states),
            _MORE.of(n=left) if left else None,
        )
    )


def _stretch(due: Due) -> Stretch:
    window = due.restorable if due.state == DueState.LAPSED else due.grace
    end = _date(due.due)
    assert end is not None  # what is ahead has a day
    label = join((due.result, due.right, title(due)), BLANK)
    return Stretch(label, _date(due.trigger), end, _date(window), _LOOKS[due.state])


def _date(day: np.datetime64 | None) -> datetime.date | None:
    return None if day is None else datetime.date.fromisoformat(str(day))
