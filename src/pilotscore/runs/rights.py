"""Rights of results: who owns what, how far each has come, what is owed, what is due."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from pilotscore.errors import UnreadableInputError
from pilotscore.findings import Finding, in_order
from pilotscore.language import Text
from pilotscore.records import dataclass
from pilotscore.rights.calendar import working_days
from pilotscore.rights.due import DueColumns
from pilotscore.rights.ip import IpAssessment
from pilotscore.rights.ownership.case import Case, case_of
from pilotscore.rights.ownership.in_force import not_in_force_by
from pilotscore.rights.ownership.ownership import Ownership, ownership_of
from pilotscore.rights.together import together
from pilotscore.runs.ahead import Ahead, Span, ahead, nothing_due
from pilotscore.runs.assess import PathLike, place_of
from pilotscore.runs.ip import LegalRules, assessed, legal_rules, named_options
from pilotscore.runs.rights_manifest import RightsManifest, RuleFile, manifest_of
from pilotscore.workbook.rights.reader import RightsFiles, RightsOptions, read_rights


@dataclass(frozen=True, slots=True, eq=False)
class RightsReport:
    """The rights of a run on a day.

    Parameters
    ----------
    owned
        What the sheets of ownership come to, for each result.
    ip
        What the sheet of IP rights comes to; None where there is none.
    case
        The one result that was asked for, in full; None for all.
    ahead
        What is due of ownership and IP rights together, of the one result or of all.
    """

    owned: Ownership
    ip: IpAssessment | None
    case: Case | None
    ahead: Ahead
    findings: tuple[Finding, ...]
    manifest: RightsManifest
    as_of: datetime.date

    @property
    def results(self) -> list[str]:
        """The ids of the results that are shown."""
        return list(self.owned.results) if self.case is None else [self.case.result]


def rights_report(
    book: PathLike,
    result: str | None = None,
    *,
    as_of: datetime.date | None = None,
    span: Span | None = None,
    calendar: PathLike | None = None,
    options: RightsOptions | None = None,
) -> RightsReport:
    """Read the sheets of rights of a workbook and say what they come to.

    Parameters
    ----------
    book
        A workbook, or a folder of them.
    result
        The id of one result; all where None.
    as_of
        The day of evaluation; today by default.
    span
        How far ahead what is due is listed; all of it where None.
    calendar
        A file with a further year of holidays, for this run.
    options
        How files are opened.

    Raises
    ------
    UnreadableInputError
        Nothing can be read, or no sheet says anything of ownership.
    UsageError
        There is no such result.
    """
    day = as_of or datetime.date.today()
    files = read_rights([Path(book)], options)
    read = files.rights
    if not any((read.cases, read.parties, read.steps, read.distributions)):
        raise UnreadableInputError(_NO_RIGHTS, in_order(read.findings))
    rules = legal_rules(calendar)
    ip = assessed(files, rules, day)
    ended = None if ip is None else not_in_force_by(ip.ip, ip.states)
    days, today = working_days(rules.holidays), np.datetime64(day, "D")
    owned = ownership_of(read, days, today, not_in_force=ended)
    ids = tuple(map(str, owned.results))
    name = None if result is None else ids[place_of(result, ids)]
    return RightsReport(
        owned,
        ip,
        None if name is None else case_of(owned, name),
        ahead(_due_of(owned, ip, name), day, span),
        tuple(in_order(_findings_of(files, owned, ip, name))),
        manifest_of(day, _rule_files(rules, owned), files.files, named_options(name, span)),
        day,
    )


def _due_of(owned: Ownership, ip: IpAssessment | None, name: str | None) -> DueColumns:
    """Return what is due of ownership and of IP rights together."""
    parts = [
        due if due is None or name is None else due.take(np.flatnonzero(due.result == name))
        for due in (owned.due, None if ip is None else ip.due)
    ]
    return together(*parts) or nothing_due()


def _findings_of(
    files: RightsFiles, owned: Ownership, ip: IpAssessment | None, name: str | None
) -> Iterable[Finding]:
    """Yield the findings; those about other results are left out where one is asked for."""
    yield from (f for f in files.rights.findings if name is None or f.result in (None, name))
    yield from owned.findings(name)
    yield from (f for f in (ip.findings if ip else ()) if name is None or f.result == name)


def _rule_files(rules: LegalRules, owned: Ownership) -> tuple[RuleFile, ...]:
    own = (
        RuleFile("regions.yaml", owned.regulations.sha256),
        RuleFile("steps.yaml", owned.machine.sha256),
    )
    return (*own, *rules.files())


_NO_RIGHTS = Text(
    "没有读到权属、权属进程或收益分配表（pilotscore template 可制作）；知识产权表用 pilotscore ip",
    "no sheet of ownership, steps or distributions was read (pilotscore template makes them); for "
    "IP rights there is pilotscore ip",
)
