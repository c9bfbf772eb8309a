"""How each right stands on a day: in force, in its fee window, applied for, lapsed, expired.

A patent whose fee is not paid ends as of the day on which the fee was due, but only once the window
has passed: until then it is in force and counted apart.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from pilotscore.arrays import Bools, Codes, Ints
from pilotscore.criteria.legal.periods import LoadedPeriods
from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.rights.due import NO_DAY, DueColumns, DueState
from pilotscore.rights.ip.priorities import rules_from_priority
from pilotscore.rights.ip.roles import RightDays
from pilotscore.rights.ip.rows import Small
from pilotscore.workbook.rights.records import Dates


class IpState(IntEnum):
    """How a right stands, from best to worst."""

    IN_FORCE = 0
    IN_GRACE = 1  # in force, with a fee unpaid inside its window
    APPLIED = 2  # applied for and not granted yet
    UNPROVEN = 3  # nothing on record says whether it is in force
    LAPSED = 4  # lost by a period that was missed, or by notice of the office
    EXPIRED = 5  # its term has ended


IP_STATE_TITLES: dict[IpState, Text] = {
    IpState.IN_FORCE: Text("有效", "in force"),
    IpState.IN_GRACE: Text("滞纳期内", "in fee window"),
    IpState.APPLIED: Text("申请中", "applied for"),
    IpState.UNPROVEN: Text("未见证明", "unproven"),
    IpState.LAPSED: Text("已失效", "lapsed"),
    IpState.EXPIRED: Text("期满", "expired"),
}
_TERMS = (
    "term_invention",
    "term_utility_model",
    "term_design",
    "term_design_before_2021",
    "term_layout",
    "term_software",
    "term_variety",
    "term_variety_tree",
)
_RENEWALS = ("trademark_renewal",)
# Acts without which no application lives on, whatever the office does meanwhile.
_KEPT_ALIVE_BY = ("examination", "pct_entry")


@dataclass(frozen=True, slots=True, eq=False)
class IpStates:
    """The state of each right.

    ``lost_by`` is the row of what is due by which a right lapsed, -1 for none; ``ended`` the day
    as of which it ended, the due day of a fee that was not paid; ``window`` the last day of a fee
    window that runs; ``expires`` the end of its term.
    """

    state: Codes
    lost_by: Ints
    ended: Dates
    window: Dates
    expires: Dates

    def __len__(self) -> int:
        """Return how many rights there are."""
        return len(self.state)


def losing_rules(rules: LoadedPeriods) -> frozenset[str]:
    """Return the rules by which an application is lost."""
    file = rules.file
    periods = {p.id for p in file.periods if p.loses}
    return frozenset(periods | {n.id for n in file.notices})


def rows_of(due: DueColumns, *ids: str) -> Bools:
    """Whether each row is one of these rules."""
    codes = [i for i, rule in enumerate(due.rules) if rule.id in ids]
    rows: Bools = np.isin(due.rule, codes)
    return rows


def ip_states(
    rights: RightDays,
    due: DueColumns,
    right: Small,
    rules: LoadedPeriods,
    as_of: np.datetime64,
    doubtful: Bools,
) -> IpStates:
    """Return how each right stands on a day.

    Parameters
    ----------
    rights, due, right
        Rights, what is due of them, and the right of each row.
    rules
        The rules of periods.
    as_of
        The day of evaluation.
    doubtful
        Rights whose priority cannot be as it is stated: nothing is lost by what runs from it.
    """
    n = len(rights)
    expires = _latest(n, right, due.raw, rows_of(due, *_TERMS))
    fee = rows_of(due, rules.file.annual_fee.id)
    lapsed = due.state == DueState.LAPSED
    certain = np.array([rule.status == "in force" for rule in due.rules], bool)[due.rule]
    certain &= ~(doubtful[right] & rows_of(due, *rules_from_priority(rules)))
    missed = rows_of(due, *losing_rules(rules)) & lapsed
    lost = missed & certain
    unpaid = fee & lapsed
    window = _latest(n, right, due.grace, fee & (due.state == DueState.IN_GRACE))
    lost_by = np.full(n, -1, np.int64)
    granted = _granted(rights, as_of)
    for rows, of in ((lost, ~granted), (unpaid, granted)):
        places = np.flatnonzero(rows & of[right])[::-1]  # the first one of a right holds
        lost_by[right[places]] = places
    open_ends = fee | rows_of(due, *_RENEWALS)
    not_shown = due.state == DueState.UNPROVEN
    unkept = rows_of(due, *_KEPT_ALIVE_BY) & not_shown & ~granted[right]
    over = rows_of(due, *_TERMS) & lapsed
    known = _Known(
        granted,
        lost_by >= 0,
        ~np.isnat(window),
        _of_rights(n, right, over & certain),
        _of_rights(n, right, (over | missed) & ~certain | unkept),
        _of_rights(n, right, open_ends & not_shown),
    )
    state = _states(rights, known, as_of)
    ended = np.full(n, NO_DAY)
    gone = state == IpState.LAPSED
    at = lost_by >= 0
    ended[at & gone] = due.raw[lost_by[at & gone]]
    notice = np.isnat(ended) & gone
    ended[notice] = rights.days["lapse_notice"][notice]
    expired = state == IpState.EXPIRED
    ended[expired] = expires[expired]
    return IpStates(state, lost_by, ended, window, expires)


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """What the rows of each right come to.

    ``over`` is whether its term has ended, ``may_be_over`` whether it has, or was lost, by a rule
    that is to be verified or from a day that cannot be, or nothing shows the act that keeps an
    application alive; ``unproven`` whether nothing says that a fee or a renewal was paid.
    """

    granted: Bools
    lost: Bools
    in_window: Bools
    over: Bools
    may_be_over: Bools
    unproven: Bools


def _of_rights(n: int, right: Small, rows: Bools) -> Bools:
    """Whether each right has one of some rows."""
    marked = np.zeros(n, bool)
    marked[right[rows]] = True
    return marked


def _states(rights: RightDays, known: _Known, as_of: np.datetime64) -> Codes:
    said, granted, by_dates = rights.ip.flags["in_force"], known.granted, known.lost
    by_notice = rights.days["lapse_notice"] <= as_of
    restored = rights.days["restoration_requested"] <= as_of
    lapsed = (said == 0) | ((by_dates | by_notice) & ~restored & (said != 1))
    software = rights.ip.kind == "software"
    secret = rights.ip.kind == "trade_secret"
    nothing = ~(rights.days["filed"] <= as_of) & ~granted & ~software
    # An adjustment that was asked for lengthens the term by nobody knows how much.
    adjusted = known.over & (rights.days["term_adjustment_asked"] <= as_of)
    muddled = rights.days["granted"] < rights.days["filed"]
    # Nothing is shown: its dates say that it is lost and its status that it is in force, or they
    # run backwards; a request for restoration is no decision; nothing is said of its fees, or of
    # the right at all.
    unsaid = adjusted | known.may_be_over | (by_notice & restored) | secret | nothing
    unproven = (
        by_dates | muddled | (unsaid & (said == -1)) | (granted & known.unproven & (said != 1))
    )
    state = np.select(
        [
            known.over & ~adjusted,
            lapsed,
            granted & known.in_window & ~by_dates & ~muddled,
            unproven,
            granted | software | (said == 1),
        ],
        [IpState.EXPIRED, IpState.LAPSED, IpState.IN_GRACE, IpState.UNPROVEN, IpState.IN_FORCE],
        IpState.APPLIED,
    )
    return state.astype(np.int8)


def _granted(rights: RightDays, as_of: np.datetime64) -> Bools:
    """Whether each right is granted (of a layout: registered) on a day."""
    granted: Bools = rights.days["granted"] <= as_of
    layouts = rights.ip.kind == "ic_layout"
    registered: Bools = layouts & (rights.days["registered"] <= as_of)
    return granted | registered


def _latest(n: int, right: Small, day: Dates, rows: Bools) -> Dates:
    latest = np.full(n, NO_DAY)
    places = np.flatnonzero(rows)
    order = places[np.argsort(day[places], kind="stable")]
    latest[right[order]] = day[order]
    return latest
