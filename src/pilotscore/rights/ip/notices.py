"""Periods that a notice designates: replies, and how far they can be extended."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pilotscore.criteria.legal.periods import Extension, LoadedPeriods, NoticeRule
from pilotscore.language import Text
from pilotscore.rights.calendar import WorkingDays
from pilotscore.rights.counting import add_months, moved, no_ends
from pilotscore.rights.due import NO_DAY, DueRule, DueState
from pilotscore.rights.ip.periods import part_of
from pilotscore.rights.ip.roles import RightDays, has_cell
from pilotscore.rights.ip.rows import NEEDS_SERVICE, Block, due_rule, state_of

_NEEDS_MONTHS = Text("待通知指定的期限", "needs the period that the notice designates")
_AT_MOST = Text(
    "期满前提出并缴费，最多延长 {months} 个月，一般一次",
    "asked and paid before the end; at most {months} months, normally once",
)


def notice_blocks(
    rights: RightDays, periods: LoadedPeriods, calendar: WorkingDays, as_of: np.datetime64
) -> Iterator[Block]:
    """Yield the rows of every notice that wants a reply, and of the extension of each."""
    for rule in periods.file.notices:
        reply = _reply(rights, periods, rule, calendar, as_of)
        known = ~np.isnat(reply.ends.raw)
        if known.any():
            yield part_of(reply, known)
        waiting = reply.state == DueState.PENDING
        unserved = np.isnat(reply.trigger)
        for rows, waits in (
            (waiting & unserved, NEEDS_SERVICE),
            (waiting & ~unserved, _NEEDS_MONTHS),
        ):
            if rows.any():
                yield part_of(reply, rows, waits)
        running = known & (reply.state == DueState.OPEN)
        if running.any():
            yield _extension(part_of(reply, running), periods)


def _reply(
    rights: RightDays,
    periods: LoadedPeriods,
    rule: NoticeRule,
    calendar: WorkingDays,
    as_of: np.datetime64,
) -> Block:
    notices = rights.notices
    assert notices is not None  # rights without notices have no blocks of them
    at = np.flatnonzero((notices.kind == rule.notice) & (notices.right >= 0)).astype(np.int32)
    right = notices.right[at].astype(np.int32)
    months = np.where(np.isnan(notices.months[at]), rule.months, notices.months[at])
    served = rights.service[at]
    raw = np.where(months > 0, add_months(served, months.astype(np.int64)), NO_DAY)
    ends = moved(raw, calendar)
    blank, done = np.full(len(at), NO_DAY), notices.replied[at]
    proof = np.fmin(rights.days["granted"], rights.days["grant_notice"])[right]
    stated = has_cell(notices.at, "replied")[at]
    return Block(
        due_rule(rule, periods),
        right,
        "served",
        "served",
        served,
        ends,
        state_of(ends, blank, done, proof, stated, as_of),
        done,
        no_ends(len(at)),
        no_ends(len(at)),
        part=_number(right, served),
        at=at,
        of_notices=True,
    )


def _number(right: np.ndarray, served: np.ndarray) -> np.ndarray:
    """Return which of the notices of its right each is, by the day of service, from 1."""
    order = np.lexsort((served, right))
    new = np.r_[True, np.diff(right[order]) != 0] if len(right) else np.zeros(0, bool)
    starts = np.maximum.accumulate(np.where(new, np.arange(len(right)), 0))
    number = np.empty(len(right), np.int32)
    number[order] = np.arange(len(right)) - starts + 1
    return number


def _extension(reply: Block, periods: LoadedPeriods) -> Block:
    """Return until when the extension of each running period can be asked: its own end."""
    rule: Extension = periods.file.extension
    shared: DueRule = due_rule(rule, periods)
    nothing = no_ends(len(reply.right))
    return Block(
        shared,
        reply.right,
        reply.role,
        reply.cell,
        reply.trigger,
        reply.ends,
        reply.state,
        nothing.raw,
        nothing,
        nothing,
        part=reply.part,
        at=reply.at,
        of_notices=True,
        note=_AT_MOST.of(months=rule.months),
    )
