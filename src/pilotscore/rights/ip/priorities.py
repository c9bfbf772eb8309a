"""Priorities that cannot be, by the days that are stated: what runs from them proves nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotscore.arrays import Bools
from pilotscore.criteria.legal.periods import LoadedPeriods, Period
from pilotscore.rights.calendar import WorkingDays
from pilotscore.rights.counting import add_months
from pilotscore.rights.due import NO_DAY
from pilotscore.rights.ip.roles import FILING, FIRST, RightDays
from pilotscore.workbook.rights.records import Dates

_WITHIN = ("priority_claim", "priority_claim_design")
_AS_INVENTIONS = ("pct",)  # the same twelve months, by the Paris Convention


def last_filing(rights: RightDays, rules: LoadedPeriods, calendar: WorkingDays) -> Dates:
    """Return the last day on which a filing could claim each priority, restoration counted in."""
    last = np.full(len(rights), NO_DAY)
    for period in (p for p in rules.file.periods if p.id in _WITHIN):
        end = calendar.first_working(add_months(rights.days["priority"], period.ends[0].months))
        if period.restore:
            end = calendar.first_working(add_months(end, period.restore))
        concerned = np.isin(rights.ip.kind.astype("U16"), _kinds(period)) & rights.claims
        last[concerned] = end[concerned]
    return last


def doubtful_priorities(rights: RightDays, last: Dates) -> Bools:
    """Whether each right was filed before the priority that it claims, or later than it could be.

    One of its days is a slip, and nobody knows which. Periods are counted from them as they stand,
    and no right is lost by a period that runs from such a priority.
    """
    filed = rights.days[FILING]
    early = rights.claims & (filed < rights.days["priority"])
    doubtful: Bools = early | (filed > last)
    return doubtful


def rules_from_priority(rules: LoadedPeriods) -> frozenset[str]:
    """Return the rules of periods that run from a priority, or from filing without one."""
    return frozenset(p.id for p in rules.file.periods if p.ends[0].role in (FIRST, "priority"))


def _kinds(period: Period) -> Sequence[str]:
    return (*period.kinds, *(_AS_INVENTIONS if "invention" in period.kinds else ()))
