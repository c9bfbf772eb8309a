"""The payments of a grant: what is due, what was shown for it, and what follows by the call's rule.

A payment is released when what it hangs on was shown, in time and with a document where the call
wants one; it is held, or what was paid before is called back, as the call says of what was not
shown. A payment after one that is not released waits for it.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from pilotscore.language import NOTHING, Text, Words
from pilotscore.records import dataclass
from pilotscore.store import FollowRules, Milestone, MilestoneReport

Action = Literal["release", "wait", "hold", "recall"]
ACTIONS: Mapping[Action, Text] = {
    "release": Text("拨付", "release"),
    "wait": Text("未到期", "not due"),
    "hold": Text("暂缓", "hold"),
    "recall": Text("追回", "recall"),
}
Standing = Literal["none", "met", "open", "due", "overdue", "not_met", "lost"]
STANDINGS: Mapping[Standing, Text] = {
    "none": Text("无条件", "nothing to show"),
    "met": Text("已达到", "met"),
    "open": Text("未到期", "not due yet"),
    "due": Text("到期待报", "due"),
    "overdue": Text("逾期", "overdue"),
    "not_met": Text("未达到", "not met"),
    "lost": Text("失访", "lost to follow-up"),
}
_ON_DECISION = Text("随决定拨付", "paid upon the decision")
_MET = Text("{day} 达到，{document}", "met on {day}, {document}")
_MET_BARE = Text("{day} 达到", "met on {day}")
_MET_LATE = Text("{day} 达到（迟于 {due}），{document}", "met on {day}, after {due}, {document}")
_NO_DOCUMENT = Text("{day} 达到，没有证明文件", "met on {day}, without a document")
_NOT_DUE = Text("{day} 到期", "due on {day}")
_UNDATED = Text("征集文件没有写期限", "the call says not when it is due")
_LATE = Text(
    "{day} 已到期，宽限至 {until}", "it was due on {day}; it may still be shown until {until}"
)
_OVERDUE = Text("{day} 到期，未报", "due on {day}, and nothing was reported")
_NOT_MET = Text("报告为未达到", "reported as not met")
_LOST = Text("失访", "lost to follow-up")
_AFTER = Text("等第 {n} 期", "waits for payment {n}")


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment of a grant on a day: where it stands, what follows, and why.

    ``due`` and ``until`` (with the grace) are None where the call does not say. ``recalled`` is
    what was paid before and is called back, in fen.
    """

    milestone: Milestone
    due: datetime.date | None
    until: datetime.date | None
    report: MilestoneReport | None
    standing: Standing
    action: Action
    why: Words
    recalled: int = 0


def after_months(day: datetime.date, months: int) -> datetime.date:
    """Return the day so many months later; the last of a month that is too short for it."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, min(day.day, last))


def payments(
    milestones: Sequence[Milestone],
    reports: Mapping[int, MilestoneReport],
    rules: FollowRules,
    decided: datetime.date,
    today: datetime.date,
) -> tuple[Payment, ...]:
    """Return the payments of one grant as they stand on a day.

    Parameters
    ----------
    milestones
        Of the grant, in order.
    reports
        The latest report of each, by its number.
    rules
        Of the call.
    decided, today
        The day of the decision, and the day on which it is looked at.
    """
    payments_of: list[Payment] = []
    paid, stopped = 0, 0
    for milestone in milestones:
        payment = _alone(milestone, reports.get(milestone.number), rules, decided, today)
        if payment.action == "recall":  # where nothing was paid there is nothing to call back
            payment = replace(payment, recalled=paid, action="recall" if paid else "hold")
        if stopped and payment.action == "release":
            payment = replace(payment, action="hold", why=_AFTER.of(n=stopped))
        if payment.action == "release":
            paid += milestone.fen
        elif not stopped:
            stopped = milestone.number
        payments_of.append(payment)
    return tuple(payments_of)


def _alone(
    milestone: Milestone,
    report: MilestoneReport | None,
    rules: FollowRules,
    decided: datetime.date,
    today: datetime.date,
) -> Payment:
    months = milestone.months
    due = None if months is None else after_months(decided, months)
    until = None if months is None else after_months(decided, months + rules.grace)
    stated = report if report is not None and report.state != "open" else None
    if stated is not None:
        standing, action, why = _reported(stated, rules, until)
    else:
        standing, action, why = _unreported(milestone, rules, due, until, today)
    return Payment(milestone, due, until, report, standing, action, why)


Said = tuple[Standing, Action, Words]


def _reported(report: MilestoneReport, rules: FollowRules, until: datetime.date | None) -> Said:
    if report.state == "lost":
        return "lost", _consequence(rules.lost), _LOST
    if report.state == "not_met":
        return "not_met", _consequence(rules.not_met), _NOT_MET
    if not report.document:
        bare = (_NO_DOCUMENT if rules.document else _MET_BARE).of(day=report.day)
        return "met", "hold" if rules.document else "release", bare
    late = until is not None and report.day > until.isoformat()
    text = _MET_LATE if late else _MET
    said = text.of(day=report.day, document=report.document, due=until or NOTHING)
    return "met", "release", said


def _unreported(
    milestone: Milestone,
    rules: FollowRules,
    due: datetime.date | None,
    until: datetime.date | None,
    today: datetime.date,
) -> Said:
    if milestone.shows == NOTHING:
        return "none", "release", _ON_DECISION
    if due is None or until is None:
        return "open", "wait", _UNDATED
    if today <= due:
        return "open", "wait", _NOT_DUE.of(day=due)
    if today <= until:
        return "due", "hold", _LATE.of(day=due, until=until)
    return "overdue", _consequence(rules.overdue), _OVERDUE.of(day=due)


def _consequence(word: str) -> Action:
    return "recall" if word == "recall" else "hold"
