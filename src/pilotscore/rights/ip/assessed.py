"""Rights held against the rules of their periods on a day: what is due, and how each stands."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import numpy as np

from pilotscore.criteria.legal.holidays import Holidays
from pilotscore.criteria.legal.periods import LoadedPeriods
from pilotscore.findings import Finding
from pilotscore.records import dataclass
from pilotscore.rights.calendar import working_days
from pilotscore.rights.due import DueColumns
from pilotscore.rights.ip.checks import check_rights
from pilotscore.rights.ip.fees import fee_blocks
from pilotscore.rights.ip.notices import notice_blocks
from pilotscore.rights.ip.periods import period_blocks
from pilotscore.rights.ip.priorities import doubtful_priorities, last_filing
from pilotscore.rights.ip.results import IpResults, ip_results
from pilotscore.rights.ip.roles import RightDays, right_days
from pilotscore.rights.ip.rows import Small, columns_of
from pilotscore.rights.ip.states import IpStates, ip_states
from pilotscore.workbook.rights.records import IpColumns, NoticeColumns


@dataclass(frozen=True, slots=True, eq=False)
class IpAssessment:
    """All that is worked out of the rights of a run.

    ``right`` is the place in ``ip`` of the right of each row of ``due``; ``states`` has each right,
    ``results`` each result that has one.
    """

    ip: IpColumns
    due: DueColumns
    right: Small
    states: IpStates
    results: IpResults
    findings: tuple[Finding, ...]


def assess_ip(
    ip: IpColumns,
    notices: NoticeColumns | None,
    rules: LoadedPeriods,
    holidays: Holidays,
    as_of: datetime.date,
    measures: Mapping[str, Mapping[str, bool]] | None = None,
    *,
    tell: bool = True,
) -> IpAssessment:
    """Return what is due of rights on a day, how each of them stands, and what contradicts itself.

    Parameters
    ----------
    ip, notices
        What was read.
    rules, holidays
        The rules of periods, and the calendar that moves them.
    as_of
        The day of evaluation: it changes states, never days.
    measures
        By result, which measures of confidentiality of a trade secret are stated.
    tell
        Whether findings are wanted.
    """
    day = np.datetime64(as_of, "D")
    rights = right_days(ip, notices, rules.file.service)
    due, right = _periods(rights, rules, holidays, day)
    last = last_filing(rights, rules, working_days(holidays))
    doubtful = doubtful_priorities(rights, last)
    states = ip_states(rights, due, right, rules, day, doubtful)
    results = ip_results(rights, due, right, states, day, rules, measures or {}, doubtful)
    findings = tuple(check_rights(rights, states, day, last)) if tell else ()
    return IpAssessment(ip, due, right, states, results, findings)


def running_periods(
    ip: IpColumns,
    notices: NoticeColumns | None,
    rules: LoadedPeriods,
    holidays: Holidays,
    as_of: datetime.date,
) -> DueColumns:
    """Return every period, term and fee of rights, by right, with its state on a day."""
    rights = right_days(ip, notices, rules.file.service)
    return _periods(rights, rules, holidays, np.datetime64(as_of, "D"))[0]


def _periods(
    rights: RightDays, rules: LoadedPeriods, holidays: Holidays, as_of: np.datetime64
) -> tuple[DueColumns, Small]:
    calendar = working_days(holidays)
    blocks = list(period_blocks(rights, rules, calendar, as_of))
    if rights.notices is not None:
        blocks += notice_blocks(rights, rules, calendar, as_of)
    blocks += fee_blocks(rights, rules, calendar, as_of)
    return columns_of(blocks, rights)
