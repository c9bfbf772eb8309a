"""What is due as days of a calendar."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterator

import numpy as np

from pilotscore.document import Event
from pilotscore.language import BLANK, LINES, NOTHING, SEMICOLON, Text, Words, after, join
from pilotscore.rights.due import Due, DueState
from pilotscore.runs.ahead import Ahead
from pilotscore.views.due import ACTOR, DOCUMENT, NOT_ADVICE, details, title

_UNCONFIRMED = Text("放假安排未定，可能顺延", "a holiday not published yet may move it")


def events(ahead: Ahead) -> Iterator[Event]:
    """Yield a whole day for each thing that can still be done, from the day of evaluation on."""
    today = np.datetime64(ahead.as_of, "D")
    seen: Counter[str] = Counter()
    for i in range(len(ahead)):
        due, act = ahead.due.row_of(i), ahead.act[i]
        name = "\n".join((due.result, due.right, due.rule.id, str(due.part)))
        seen[name] += 1  # the second notice of a kind has a name of its own
        if act < today:
            continue
        digest = hashlib.sha256(f"{name}\n{seen[name]}".encode()).hexdigest()[:32]
        yield Event(
            f"{digest}@pilotscore",
            datetime.date.fromisoformat(str(act)),
            join((due.result, due.right, title(due), *_window_of(due)), BLANK),
            join((*_lines_of(due), NOT_ADVICE), LINES),
            due.state_title,
        )


def _window_of(due: Due) -> Iterator[Words]:
    """Say which window ends on the day of an event, where it is not the first one."""
    if due.state == DueState.IN_GRACE:
        yield Text("（宽限期止）", "(end of the window)")
    if due.state == DueState.LAPSED:
        yield Text("（可请求恢复的最后一日）", "(last day to ask for restoration)")


def _lines_of(due: Due) -> Iterator[Words]:
    yield join((*details(due), *([_UNCONFIRMED] if due.act_unconfirmed else [])), SEMICOLON)
    for label, said in ((ACTOR, due.rule.actor), (DOCUMENT, due.rule.document)):
        if said != NOTHING:
            yield after(label, said)
