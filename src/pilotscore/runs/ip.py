"""Dates of IP rights: every period that runs, how each right stands, what has to be done next."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from pilotscore.arrays import Ints
from pilotscore.criteria.legal.holidays import Holidays
from pilotscore.criteria.legal.periods import LoadedPeriods, shipped_periods
from pilotscore.errors import UnreadableInputError
from pilotscore.findings import Finding, in_order
from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.rights.calendar_file import holidays_with
from pilotscore.rights.due import DueColumns
from pilotscore.rights.ip import IpAssessment, assess_ip
from pilotscore.rights.ownership.rows import Grouped, grouped
from pilotscore.runs.ahead import Ahead, Span, ahead
from pilotscore.runs.assess import PathLike, place_of
from pilotscore.runs.rights_manifest import RightsManifest, RuleFile, manifest_of
from pilotscore.workbook.rights.reader import RightsFiles, RightsOptions, read_rights


@dataclass(frozen=True, slots=True, eq=False)
class LegalRules:
    """The rules of periods and the calendar of a run."""

    periods: LoadedPeriods
    holidays: Holidays

    def files(self) -> tuple[RuleFile, ...]:
        """Return the files that they were read from."""
        own = RuleFile(
            self.periods.source.name,
            self.periods.source.sha256,
            self.periods.file.as_of.isoformat(),
        )
        shipped, *added = self.holidays.files
        days = RuleFile(shipped.name, shipped.sha256, self.holidays.as_of.isoformat())
        return (own, days, *(RuleFile(s.name, s.sha256) for s in added))


@dataclass(frozen=True, slots=True, eq=False)
class IpReport:
    """The rights of a run on a day.

    Parameters
    ----------
    assessment
        Every period and right of all results.
    measures
        By result, the measures of confidentiality that are stated of a trade secret.
    rules
        What was gone by.
    only
        The place of the one result that was asked for; None for all.
    by_result
        The rights of each result.
    ahead
        What is due, of the one result or of all.
    """

    assessment: IpAssessment
    measures: Mapping[str, Mapping[str, bool]]
    rules: LegalRules
    only: int | None
    by_result: Grouped
    ahead: Ahead
    findings: tuple[Finding, ...]
    manifest: RightsManifest
    as_of: datetime.date

    @property
    def results(self) -> list[int]:
        """The places of the results that are shown."""
        count = len(self.assessment.results)
        return list(range(count)) if self.only is None else [self.only]

    @property
    def all_periods(self) -> DueColumns:
        """Every period of the results that are shown."""
        return _of_result(self.assessment, self.only)

    def rights_of(self, result: int) -> Ints:
        """Return the places of the rights of a result."""
        return self.by_result.of(result)

    def periods_of(self, right: int) -> DueColumns:
        """Return every period of a right; rows stand by right."""
        first, last = np.searchsorted(self.assessment.right, (right, right + 1))
        return self.assessment.due.take(np.arange(first, last))


def ip_report(
    book: PathLike,
    result: str | None = None,
    *,
    as_of: datetime.date | None = None,
    span: Span | None = None,
    calendar: PathLike | None = None,
    options: RightsOptions | None = None,
) -> IpReport:
    """Read the IP rights of a workbook and work out every period of theirs.

    Parameters
    ----------
    book
        A workbook, or a folder of them.
    result
        The id of one result; all where None.
    as_of
        The day of evaluation, which states depend on and days do not; today by default.
    span
        How far ahead what is due is listed; all of it where None.
    calendar
        A file with a further year of holidays, for this run.
    options
        How files are opened.

    Raises
    ------
    UnreadableInputError
        Nothing can be read, or no sheet has IP rights.
    UsageError
        There is no such result.
    """
    day = as_of or datetime.date.today()
    files = read_rights([Path(book)], options)
    if files.rights.ip is None:
        raise UnreadableInputError(_NO_RIGHTS, in_order(files.rights.findings))
    rules = legal_rules(calendar)
    whole = assessed(files, rules, day)
    assert whole is not None  # there is a sheet of them
    ids = whole.results.result
    only = None if result is None else place_of(result, tuple(ids))
    name = None if only is None else str(ids[only])
    return IpReport(
        whole,
        files.rights.secrecy_measures,
        rules,
        only,
        grouped(whole.results.of, len(ids)),
        ahead(_of_result(whole, only), day, span),
        tuple(in_order(_findings_of(files, whole, name))),
        manifest_of(day, rules.files(), files.files, named_options(name, span)),
        day,
    )


def legal_rules(calendar: PathLike | None = None) -> LegalRules:
    """Load the rules of periods, and the calendar with what a person added to it."""
    extra = () if calendar is None else (Path(calendar),)
    return LegalRules(shipped_periods(), holidays_with(extra))


def assessed(files: RightsFiles, rules: LegalRules, day: datetime.date) -> IpAssessment | None:
    """Return what is worked out of the IP rights that were read; None where there is no sheet."""
    read = files.rights
    if read.ip is None:
        return None
    measures = read.secrecy_measures
    return assess_ip(read.ip, read.notices, rules.periods, rules.holidays, day, measures)


def named_options(result: str | None, span: Span | None) -> dict[str, str]:
    """Return what was asked for, as a manifest names it."""
    options = {"result": result, "due": None if span is None else f"{span[0]} {span[1]}"}
    return {name: said for name, said in options.items() if said is not None}


def _of_result(whole: IpAssessment, only: int | None) -> DueColumns:
    if only is None:
        return whole.due
    rows = whole.results.of[whole.right] == only
    return whole.due.take(np.flatnonzero(rows))


def _findings_of(files: RightsFiles, whole: IpAssessment, result: str | None) -> list[Finding]:
    """Return the findings; those about other results are left out where one is asked for."""
    findings = (*files.rights.findings, *whole.findings)
    return [f for f in findings if result is None or f.result in (None, result)]


_NO_RIGHTS = Text(
    "没有读到知识产权表：需要有类型或专利号、申请日等列的工作表（pilotscore template 可制作）",
    "no sheet of IP rights was read: it takes one with the kind or number of each right and its "
    "filing date (pilotscore template makes it)",
)
