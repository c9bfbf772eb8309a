"""Cells of rights that contradict each other: each with its place, none mended in silence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pilotscore.arrays import Bools
from pilotscore.findings import Finding, Kind
from pilotscore.language import Text, same
from pilotscore.rights.ip import kinds
from pilotscore.rights.ip.fees import paid_year
from pilotscore.rights.ip.roles import ROLE_TITLES, RightDays
from pilotscore.rights.ip.states import IP_STATE_TITLES, IpState, IpStates
from pilotscore.workbook.rights.numbers import same_number
from pilotscore.workbook.rights.records import Dates, NoticeColumns

# The later of two roles never lies before the earlier one.
ORDER = (
    ("priority", "filed"),
    ("filed", "received"),
    ("filed", "filing_fee_paid"),
    ("filed", "published"),
    ("filed", "exam_requested"),
    ("filed", "exam_entered"),
    ("filed", "grant_notice"),
    ("filed", "rejected"),
    ("filed", "granted"),
    ("filed", "national_entry"),
    ("filed", "registered"),
    ("exam_requested", "exam_entered"),
    ("exam_entered", "grant_notice"),
    ("grant_notice", "registered"),
    ("grant_notice", "granted"),
    ("granted", "fees_paid_to"),
    ("rejected", "reexam_requested"),
    ("lapse_notice", "restoration_requested"),
    ("secrecy_requested", "secrecy_cleared"),
    ("licensed", "licence_filed"),
    ("granted", "term_adjustment_asked"),
)
# What only these kinds have. A layout, a variety, a mark may be registered and examined too.
_PATENTS = ("utility_model", "design")
_ONLY_OF = {"exam_requested": _PATENTS, "exam_entered": _PATENTS}
_NO_ENTRY = ("utility_model", "design", "software", "ic_layout", "plant_variety", "trademark")
KIND_TITLES = {
    "invention": Text("发明", "invention"),
    "utility_model": Text("实用新型", "utility model"),
    "design": Text("外观设计", "design"),
    "pct": Text("PCT 申请", "PCT application"),
    "software": Text("软件著作权", "software copyright"),
    "ic_layout": Text("集成电路布图设计", "IC layout"),
    "plant_variety": Text("植物新品种", "plant variety"),
    "trade_secret": Text("商业秘密", "trade secret"),
    "trademark": Text("商标", "trade mark"),
}
# Facts that lie ahead of the day of evaluation: what is paid up to a day may.
_AHEAD = frozenset({"fees_paid_to", "priority_or_filed"})


def check_rights(
    rights: RightDays, states: IpStates, as_of: np.datetime64, last_filing: Dates
) -> Iterator[Finding]:
    """Yield what contradicts itself in rights and notices.

    ``last_filing`` is the last day on which a filing could claim the priority of each.
    """
    yield from _backwards(rights)
    yield from _priority(rights, last_filing)
    yield from _kinds(rights)
    yield from _fees(rights)
    yield from _fees_past_the_term(rights, states)
    yield from _same_number(rights)
    yield from _future(rights, as_of)
    yield from _status(rights, states)
    yield from _open_licences(rights, states, as_of)
    if rights.notices is not None:
        yield from _notices(rights, rights.notices)
        yield from _notices_to_come(rights, rights.notices, as_of)


def _backwards(rights: RightDays) -> Iterator[Finding]:
    for earlier, later in ORDER:
        first, second = rights.ip.dates[earlier], rights.ip.dates[later]
        for i in np.flatnonzero(second < first):
            values = {"first": _shown(first[i]), "second": _shown(second[i])}
            titles = {"earlier": ROLE_TITLES[earlier], "later": ROLE_TITLES[later]}
            yield _at(rights, kinds.RUNS_BACKWARDS, i, later, **values, **titles)


def _priority(rights: RightDays, last: Dates) -> Iterator[Finding]:
    flag, priority = rights.ip.flags["priority_claimed"], rights.ip.dates["priority"]
    for i in np.flatnonzero((flag == 0) & ~np.isnat(priority)):
        yield _at(rights, kinds.PRIORITY_UNCLAIMED, i, "priority", day=_shown(priority[i]))
    for i in np.flatnonzero((flag == 1) & np.isnat(priority)):
        yield _at(rights, kinds.CLAIM_WITHOUT_DATE, i, "priority")
    for i in np.flatnonzero(rights.ip.dates["filed"] > last):
        values = {"day": _shown(priority[i]), "filed": _shown(rights.ip.dates["filed"][i])}
        yield _at(rights, kinds.PRIORITY_TOO_OLD, i, "priority", **values, last=_shown(last[i]))


def _kinds(rights: RightDays) -> Iterator[Finding]:
    for role, of in (*_ONLY_OF.items(), ("national_entry", _NO_ENTRY)):
        known = ~np.isnat(rights.ip.dates[role])
        for i in np.flatnonzero(known & np.isin(rights.ip.kind.astype("U16"), of)):
            of_kind = KIND_TITLES[rights.ip.kind[i]]
            name = ROLE_TITLES[role]
            yield _at(rights, kinds.OF_ANOTHER_KIND, i, role, of=of_kind, name=name)


def _fees(rights: RightDays) -> Iterator[Finding]:
    days, year = rights.ip.dates, rights.ip.fee_year
    paid_to = days["fees_paid_to"]
    by_day = paid_year(days["filed"], paid_to, np.full(len(rights), np.nan))
    for i in np.flatnonzero((by_day > 0) & ~np.isnan(year) & (by_day != year)):
        values = {"day": _shown(paid_to[i]), "by_day": int(by_day[i]), "year": int(year[i])}
        yield _at(rights, kinds.FEES_DIFFER, i, "fees_paid_to", **values)
    paid = ~np.isnat(paid_to) | ~np.isnan(year)
    patents = np.isin(rights.ip.kind.astype("U16"), ("invention", *_PATENTS))
    for i in np.flatnonzero(paid & patents & np.isnat(days["granted"])):
        role = "fees_paid_to" if not np.isnat(paid_to[i]) else "fee_year"
        yield _at(rights, kinds.FEES_BEFORE_GRANT, i, role)


def _fees_past_the_term(rights: RightDays, states: IpStates) -> Iterator[Finding]:
    paid_to, expires = rights.ip.dates["fees_paid_to"], states.expires
    for i in np.flatnonzero(paid_to > expires):
        values = {"day": _shown(paid_to[i]), "expires": _shown(expires[i])}
        yield _at(rights, kinds.FEES_PAST_THE_TERM, i, "fees_paid_to", **values)


def _same_number(rights: RightDays) -> Iterator[Finding]:
    """Tell what rows of one number say otherwise in another result: it is one right."""
    first: dict[str, int] = {}
    for i, number in enumerate(rights.ip.number.tolist()):
        j = first.setdefault(same_number(number), i) if number else i
        if i != j and rights.ip.kind[i] == rights.ip.kind[j]:
            yield from _otherwise(rights, i, j)


def _otherwise(rights: RightDays, i: int, j: int) -> Iterator[Finding]:
    ip = rights.ip
    for role in ("filed", "priority", "granted", "fees_paid_to"):
        here, there = ip.dates[role][i], ip.dates[role][j]
        if here != there and not (np.isnat(here) or np.isnat(there)):
            days = {"here": _shown(here), "there": _shown(there)}
            yield _other_row(rights, i, j, role, name=ROLE_TITLES[role], **days)
    if {int(ip.flags["in_force"][i]), int(ip.flags["in_force"][j])} == {0, 1}:
        said = {"here": same(ip.status[i]), "there": same(ip.status[j])}
        yield _other_row(rights, i, j, "status", name=_STATUS, **said)


def _other_row(rights: RightDays, i: int, j: int, role: str, **values: Any) -> Finding:
    more = {"number": rights.ip.number[i], "other": rights.ip.result[j]}
    return _at(rights, kinds.OTHERWISE_ELSEWHERE, i, role, **values, **more)


_STATUS = Text("法律状态", "legal status")


def _future(rights: RightDays, as_of: np.datetime64) -> Iterator[Finding]:
    for role, days in rights.ip.dates.items():
        if role not in _AHEAD:
            for i in np.flatnonzero(days > as_of):
                values = {"name": ROLE_TITLES[role], "day": _shown(days[i]), "as_of": str(as_of)}
                yield _at(rights, kinds.IN_THE_FUTURE, i, role, **values)


def _status(rights: RightDays, states: IpStates) -> Iterator[Finding]:
    expired = states.state == IpState.EXPIRED
    ended = (states.lost_by >= 0) | expired
    for i in np.flatnonzero((rights.ip.flags["in_force"] == 1) & ended):
        status = same(rights.ip.status[i]) if rights.ip.status[i] else _IN_FORCE
        state = IP_STATE_TITLES[IpState.EXPIRED if expired[i] else IpState.LAPSED]
        yield _at(rights, kinds.STATUS_CONTRADICTS, i, "status", status=status, state=state)


_IN_FORCE = Text("有效", "in force")


def hindrances(rights: RightDays, states: IpStates, as_of: np.datetime64) -> dict[str, Bools]:
    """Return what keeps each right from an open licence, by its words' key."""
    flags, kind = rights.ip.flags, rights.ip.kind
    report = (kind == "utility_model") | (kind == "design")
    ended = (states.state == IpState.LAPSED) | (states.state == IpState.EXPIRED)
    granted = rights.days["granted"] <= as_of
    return {
        "not_granted": ~granted & ~ended,
        "ended": ended,
        "exclusive": flags["exclusive_licence"] == 1,
        "unpaid": states.state == IpState.IN_GRACE,
        "pledged": (flags["pledged"] == 1) & (flags["pledgee_consents"] != 1),
        "no_report": report & (flags["evaluation_report"] != 1),
    }


HINDRANCE_TITLES = {
    "not_granted": Text("尚未授权", "it is not granted"),
    "ended": Text("权利已终止", "the right has ended"),
    "exclusive": Text("独占或排他许可仍有效", "an exclusive licence runs"),
    "unpaid": Text("年费未缴", "an annual fee is unpaid"),
    "pledged": Text("已质押，未见质权人同意", "pledged, without consent of the pledgee on record"),
    "no_report": Text("未见专利权评价报告", "no evaluation report on record"),
}


def _open_licences(rights: RightDays, states: IpStates, as_of: np.datetime64) -> Iterator[Finding]:
    declared = rights.ip.flags["open_licence"] == 1
    if not declared.any():
        return
    for name, hindered in hindrances(rights, states, as_of).items():
        for i in np.flatnonzero(declared & hindered):
            reason = HINDRANCE_TITLES[name]
            yield _at(rights, kinds.OPEN_LICENCE, i, "open_licence", reason=reason)


def _notices(rights: RightDays, notices: NoticeColumns) -> Iterator[Finding]:
    sent, served, replied = notices.dispatched, notices.served, notices.replied
    unsaid, unsent = np.isnat(rights.service), np.isnat(sent)
    posted = notices.service == "posted"
    known = (notices.service == "electronic") | (notices.service == "handed_over")
    for mask, kind, role, values in (
        (posted & unsaid, kinds.NO_DISPATCH, "dispatched", {}),
        (posted & unsent & ~unsaid, kinds.RECEIPT_OF_POST, "served", {"day": served}),
        (known & unsaid, kinds.NO_DAY_OF_SERVICE, "served", {}),
        (served < sent, kinds.SERVED_BEFORE_DISPATCH, "served", {"first": sent, "second": served}),
        (
            replied < sent,
            kinds.REPLIED_BEFORE_SERVICE,
            "replied",
            {"first": sent, "second": replied},
        ),
        # The day of receipt of a posted notice may be the presumed one: a reply can come first.
        (
            (replied < served) & ~(replied < sent) & ~posted,
            kinds.REPLIED_BEFORE_RECEIPT,
            "replied",
            {"first": served, "second": replied},
        ),
    ):
        for i in np.flatnonzero(mask):
            shown = {name: _shown(days[i]) for name, days in values.items()}
            yield _of_notice(rights, notices, kind, i, role, **shown)


def _notices_to_come(
    rights: RightDays, notices: NoticeColumns, as_of: np.datetime64
) -> Iterator[Finding]:
    for role, name in _NOTICE_TITLES.items():
        days: Dates = getattr(notices, role)
        for i in np.flatnonzero(days > as_of):
            values = {"name": name, "day": _shown(days[i]), "as_of": str(as_of)}
            yield _of_notice(rights, notices, kinds.IN_THE_FUTURE, i, role, **values)


_NOTICE_TITLES = {
    "dispatched": Text("发文日", "dispatch of the notice"),
    "served": ROLE_TITLES["served"],
    "replied": Text("答复日", "reply"),
}


def _of_notice(
    rights: RightDays, notices: NoticeColumns, kind: Kind, i: Any, role: str, **values: Any
) -> Finding:
    right = int(notices.right[i])
    result = rights.ip.result[right] if right >= 0 else None
    return Finding(kind, notices.at.place(int(i), role), values, result)


def _at(rights: RightDays, kind: Kind, i: Any, role: str, **values: Any) -> Finding:
    return Finding(kind, rights.ip.at.place(int(i), role), values, rights.ip.result[i])


def _shown(day: np.datetime64) -> str:
    return str(day)
