"""Who owns what, how far each result has come, what is owed and due: of a whole batch at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.criteria.legal.regions import (
    NATION,
    RegionMatch,
    Regulations,
    load_regulations,
)
from pilotscore.criteria.legal.steps import StateMachine, load_steps
from pilotscore.findings import Finding, Kind
from pilotscore.language import COMMA, NOTHING, Text, counted, meant
from pilotscore.records import dataclass
from pilotscore.rights.calendar import WorkingDays
from pilotscore.rights.due import DueColumns
from pilotscore.rights.ownership import kinds
from pilotscore.rights.ownership.amounts import Amounts, amounts_of
from pilotscore.rights.ownership.company_checks import NotInForce, company_hits
from pilotscore.rights.ownership.due_rows import due_rows
from pilotscore.rights.ownership.facts import Facts, facts_of
from pilotscore.rights.ownership.hits import Hits, Work, findings_of, place_of_result
from pilotscore.rights.ownership.money_checks import money_hits
from pilotscore.rights.ownership.party_checks import party_hits
from pilotscore.rights.ownership.progress import Progress, progress_of
from pilotscore.rights.ownership.publicity import Publicity, publicity_of, reward_publicity_of
from pilotscore.rights.ownership.publicity_checks import publicity_hits
from pilotscore.rights.ownership.rows import Grouped, codes_of, grouped, results_of
from pilotscore.rights.ownership.step_checks import step_hits
from pilotscore.workbook.rights.records import CASE_FLAGS, RightsRead, Texts

TERMS = tuple(flag for flag in CASE_FLAGS if flag.startswith("terms_"))


@dataclass(frozen=True, eq=False)
class Ownership:
    """Everything that the sheets of ownership come to, in columns with a place for each result.

    ``terms`` is the share of the eight clauses that are agreed, nan where none is said. ``errors``
    and ``warnings`` count what the checks came upon; `findings` makes them, each with its cell.
    """

    work: Work
    regulations: Regulations
    machine: StateMachine
    hits: tuple[Hits, ...]
    due: DueColumns | None
    terms: Floats

    def __len__(self) -> int:
        """Return how many results there are."""
        return len(self.work.facts)

    @property
    def results(self) -> Texts:
        """The ids of the results."""
        return self.work.facts.results.ids

    @property
    def facts(self) -> Facts:
        """What the sheets say of each result."""
        return self.work.facts

    @property
    def progress(self) -> Progress:
        """How far each result has come."""
        return self.work.progress

    @property
    def publicity(self) -> Publicity:
        """How long each result was published."""
        return self.work.publicity

    @property
    def amounts(self) -> Amounts:
        """What each distribution comes to."""
        return self.work.amounts

    @property
    def as_of(self) -> np.datetime64:
        """The day of evaluation."""
        return self.work.as_of

    @cached_property
    def errors(self) -> Ints:
        """How many rules that must be kept each result violates."""
        return self._counted("error")

    @cached_property
    def warnings(self) -> Ints:
        """How many warnings there are on each result."""
        return self._counted("warning")

    def _counted(self, severity: str) -> Ints:
        counts = np.zeros(len(self), np.int64)
        for hit in self.hits:
            if hit.kind.severity == severity:
                counts += np.bincount(hit.result, minlength=len(self))
        return counts

    @cached_property
    def claim_outstanding(self) -> Bools:
        """Whether a claim of each result is still to be settled."""
        outstanding, parties = np.zeros(len(self), bool), self.work.read.parties
        if parties is not None:
            open_ = np.isnat(parties.claim_settled) | (parties.claim_settled > self.as_of)
            outstanding[self.facts.results.parties[(parties.claim > 0) & open_]] = True
        return outstanding

    def hit(self, kind: Kind) -> Bools:
        """Return which results a check came upon."""
        results = np.zeros(len(self), bool)
        for hit in self.hits:
            if hit.kind is kind:
                results[hit.result] = True
        return results

    def findings(self, result: str | None = None) -> Iterator[Finding]:
        """Give what the checks came upon: of one result, or of all with those on regions."""
        if result is None:
            yield from region_findings(self.work)
            wanted = self.hits
        else:
            at = self.facts.results.place[result]
            by_result = zip(self.hits, self._hits_by_result, strict=True)
            hits = ((hit, rows.of(at)) for hit, rows in by_result)
            wanted = tuple(hit.take(rows) for hit, rows in hits if len(rows))
        for hit in wanted:
            yield from findings_of(self.work, hit)

    @cached_property
    def _hits_by_result(self) -> tuple[Grouped, ...]:
        return tuple(grouped(hit.result, len(self)) for hit in self.hits)

    @cached_property
    def party_rows(self) -> Grouped:
        """The rows of parties by result."""
        return grouped(self.facts.results.parties, len(self))

    @cached_property
    def due_by_result(self) -> Grouped:
        """The rows of what is due by result."""
        results = np.zeros(0, object) if self.due is None else self.due.result
        return grouped(codes_of(results, self.facts.results.place), len(self))


def ownership_of(
    read: RightsRead,
    calendar: WorkingDays,
    as_of: np.datetime64,
    *,
    regulations: Regulations | None = None,
    machine: StateMachine | None = None,
    not_in_force: NotInForce | None = None,
) -> Ownership:
    """Return what the sheets of ownership come to on a day.

    Parameters
    ----------
    read
        The sheets as they were read.
    calendar
        Working days, for periods that end on a holiday.
    as_of
        The day of evaluation.
    regulations, machine
        The rules of regions, and the states with their steps; those that ship by default.
    not_in_force
        Which core right of a result was not in force on a day, from the states of IP rights.
    """
    regulations, machine = regulations or load_regulations(), machine or load_steps()
    facts = facts_of(read, regulations, results_of(read))
    work = Work(
        read=read,
        facts=facts,
        progress=progress_of(facts, machine, as_of),
        publicity=publicity_of(facts, read, calendar),
        reward_publicity=reward_publicity_of(facts, read, calendar),
        amounts=amounts_of(facts, read),
        calendar=calendar,
        as_of=as_of,
    )
    checks = (
        party_hits(work),
        step_hits(work),
        publicity_hits(work),
        company_hits(work, not_in_force),
        money_hits(work),
    )
    hits = tuple(hit for check in checks for hit in check if len(hit))
    return Ownership(work, regulations, machine, hits, due_rows(work), _terms(facts))


def _terms(facts: Facts) -> Floats:
    """Return the share of the eight clauses that are agreed; what is not said is not agreed."""
    said = np.stack([facts.flags[name] for name in TERMS])
    return np.where((said >= 0).any(axis=0), (said == 1).mean(axis=0), np.nan)


def region_findings(work: Work) -> Iterator[Finding]:
    """Give a finding for each region that is not known, not ruled or not stated."""
    facts = work.facts
    for i, match in enumerate(facts.matches):
        of_it = np.flatnonzero(facts.match == i)
        national = match.region is not None and match.region.id == NATION
        if match.ruled or national or not len(of_it):
            continue
        yield _region_finding(work, match, of_it)


def _region_finding(work: Work, match: RegionMatch, results: Sequence[int] | Ints) -> Finding:
    place = place_of_result(work.read, work.facts, int(results[0]), "region")
    of_it = counted(len(results), Text("项成果", "result"))
    values = {"region": match.written, "results": of_it}
    if not match.written.strip():
        return Finding(kinds.NO_REGION, place, {"results": of_it})
    if match.region is not None:
        return Finding(kinds.NO_REGIONAL_RULE, place, values)
    near = NOTHING if match.nearest is None else meant(match.nearest, before=COMMA)
    return Finding(kinds.UNKNOWN_REGION, place, {**values, "near": near})
