"""A call applied to a ranking: the problem of allocation, and who is out of it and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from pilotscore.allocation.problem import Constraint, Problem
from pilotscore.arrays import Bools, Floats
from pilotscore.criteria import Call, LoadedCall
from pilotscore.criteria.amounts import MoneyUnit
from pilotscore.criteria.call import Track
from pilotscore.errors import FaultyFileError
from pilotscore.findings import Finding
from pilotscore.funding import kinds
from pilotscore.funding.constraints import (
    budget_limits,
    cap_limits,
    dependencies,
    exclusions,
    finding_at,
    title_of,
    track_limits,
)
from pilotscore.funding.eligibility import Refusal, Refusals, refusals_by_rules
from pilotscore.funding.grants import Grants, grants
from pilotscore.funding.offers import offers_of, worth
from pilotscore.funding.order import TieBroken, break_ties
from pilotscore.funding.recommendation import FundingPlan
from pilotscore.funding.tracks import track_findings, tracks_of
from pilotscore.index import Assessment
from pilotscore.language import NOTHING, Text, Words, counted, did_you_mean
from pilotscore.ranking import Ranking
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """A call applied to a ranking.

    ``problem`` is over all n results of the assessment, its tracks in the order of the call's;
    ``refusals`` has for each why it may not be funded, () where it may; ``ties`` says what decided
    between equal ranks.
    """

    loaded: LoadedCall
    ranking: Ranking
    plan: FundingPlan
    problem: Problem
    refusals: tuple[tuple[Refusal, ...], ...]
    grants: Grants
    ties: tuple[TieBroken, ...]
    findings: tuple[Finding, ...]

    def __len__(self) -> int:
        return len(self.problem)

    @property
    def call(self) -> Call:
        """The call."""
        return self.loaded.call

    @property
    def unit(self) -> MoneyUnit:
        """The unit of the call's money."""
        return self.loaded.call.money_unit

    @property
    def assessment(self) -> Assessment:
        """The results as they were assessed."""
        return self.ranking.assessment

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the results."""
        return self.ranking.assessment.measurements.ids

    def track(self, i: int) -> Track | None:
        """Return the track of a result."""
        number = int(self.problem.tracks[i])
        return None if number < 0 else tuple(self.call.tracks.values())[number]

    def title(self, constraint: Constraint) -> Words:
        """Return the words of a constraint."""
        return title_of(constraint, self.call, self.assessment.criteria)

    def line(self, constraint: Constraint) -> int | None:
        """Return the line of the call file on which a constraint stands."""
        if constraint.kind == "stage":  # the file numbers them
            number = [s.id for s in self.call.budget.stages].index(constraint.name)
            return self.loaded.line(f"budget.stages.{number}.{constraint.bound}")
        return self.loaded.line(constraint.address)

    def value(self, index: Floats) -> Floats:
        """Return the worth of each offer for other scores, shape (n,), under the objective."""
        return worth(self.call, self.problem, self.grants, index)


def apply_call(ranking: Ranking, plan: FundingPlan, loaded: LoadedCall) -> Instance:
    """Apply a call to a ranking.

    Parameters
    ----------
    ranking, plan
        The results, and what the policy says of each.
    loaded
        The call.

    Raises
    ------
    FaultyFileError
        The call names results that are not there, demands what a gate forbids, or has a quota for
        a track in which nobody may be funded.
    """
    call, a = loaded.call, ranking.assessment
    places = {name: i for i, name in enumerate(a.measurements.ids)}
    refusals = refusals_by_rules(ranking, plan, loaded)
    findings = _already_funded(loaded, places, refusals)
    tracks, strange = tracks_of(a, loaded, refusals)
    given, of_grants = grants(a, plan, loaded, refusals)
    findings += track_findings(a, loaded, tracks, strange, refusals)
    findings += of_grants
    findings += _large_requests(a, plan, loaded, given, refusals)
    findings += _needs_that_are_refused(loaded, places, refusals)
    required, of_required = _required(loaded, places, refusals)
    eligible = np.array([not r for r in refusals], dtype=bool)
    caps = cap_limits(a, loaded, given.amount, eligible)
    findings += [*of_required, *caps.findings, *_unknown_in_bonds(loaded, places)]
    _refuse_errors(findings)
    order, ties = break_ties(ranking, call, given.requested)
    owner, level, cost = offers_of(call, given)
    problem = Problem(
        order=order,
        eligible=eligible,
        required=required,
        tracks=tracks,
        owner=owner,
        level=level,
        cost=cost,
        value=np.zeros(len(owner)),
        score=a.index,
        limits=(*budget_limits(call, len(a)), *track_limits(call, tracks), *caps.limits),
        exclusive=tuple(exclusions(call, places)),
        dependencies=tuple(dependencies(call, places)),
        max_jump=call.max_jump,
    )
    problem = replace(problem, value=worth(call, problem, given, a.index))
    why_not = tuple(tuple(r) for r in refusals)
    return Instance(loaded, ranking, plan, problem, why_not, given, ties, tuple(findings))


def _refuse_errors(findings: list[Finding]) -> None:
    """Refuse a call that does not fit the batch."""
    count = sum(f.severity == "error" for f in findings)
    if count:
        raise FaultyFileError(
            Text(
                "征集文件与这批成果不符，有 {places}",
                "the call does not fit these results, in {places}",
            ).of(places=counted(count, Text("处", "place"))),
            sorted(findings, key=lambda f: f.severity != "error"),
        )


Places = Mapping[str, int]


def _unknown(loaded: LoadedCall, places: Places, name: str, address: str) -> list[Finding]:
    """Return a finding where the call names a result that is not in the batch."""
    if name in places:
        return []
    near = did_you_mean(name, places, Text("编号", "an id"), before=NOTHING)
    values = {"key": address, "name": name, "near": near}
    return [finding_at(loaded, kinds.UNKNOWN_RESULT, address, values)]


def _unknown_in_bonds(loaded: LoadedCall, places: Places) -> list[Finding]:
    findings = []
    for key, group in loaded.call.exclusive.items():
        for name in group.results:
            findings += _unknown(loaded, places, name, f"exclusive.{key}")
    for k, bond in enumerate(loaded.call.depends):
        for name in (bond.result, bond.needs):
            findings += _unknown(loaded, places, name, f"depends.{k}")
    return findings


def _already_funded(loaded: LoadedCall, places: Places, refusals: Refusals) -> list[Finding]:
    """Refuse those that have their money already."""
    findings = []
    for k, entry in enumerate(loaded.call.funded):
        findings += _unknown(loaded, places, entry.result, f"funded.{k}.result")
        if entry.result in places:
            text = Text("已获资助：{by}", "has its money already: {by}").of(by=entry.by)
            refusal = Refusal("funded", text, loaded.line(f"funded.{k}"))
            refusals[places[entry.result]].append(refusal)
    return findings


def _required(
    loaded: LoadedCall, places: Places, refusals: Refusals
) -> tuple[Bools, list[Finding]]:
    """Return who must be funded, and findings on those that may not be."""
    required = np.zeros(len(refusals), dtype=bool)
    findings = []
    for k, name in enumerate(loaded.call.required):
        findings += _unknown(loaded, places, name, f"required.{k}")
        if name not in places:
            continue
        why_not = refusals[places[name]]
        required[places[name]] = not why_not
        if why_not:
            values = {"name": name, "reason": why_not[0].text}
            findings.append(finding_at(loaded, kinds.REQUIRED_REFUSED, f"required.{k}", values))
    return required, findings


def _large_requests(
    a: Assessment, plan: FundingPlan, loaded: LoadedCall, given: Grants, refusals: Refusals
) -> list[Finding]:
    """Return findings on requests above the whole budget: a slip of the unit, mostly."""
    m, unit, whole = a.measurements, loaded.call.money_unit, loaded.call.budget_fen
    fact = loaded.call.requested or plan.policy.requested
    findings = []
    for i in np.flatnonzero(given.requested > whole).tolist():
        if refusals[i] or not whole:
            continue
        values = {
            "name": m.titles[i] or m.ids[i],
            "value": unit.said(int(given.requested[i])),
            "what": Text("全部预算", "the whole budget"),
            "most": unit.said(whole),
        }
        findings.append(Finding(kinds.ASKS_TOO_MUCH, m.place(i, fact), values, m.ids[i]))
    return findings


def _needs_that_are_refused(
    loaded: LoadedCall, places: Places, refusals: Refusals
) -> list[Finding]:
    """Return findings on results that need one which may not be funded: they never are."""
    have = {entry.result for entry in loaded.call.funded}
    findings = []
    for k, bond in enumerate(loaded.call.depends):
        i, j = places.get(bond.result), places.get(bond.needs)
        if i is None or j is None or refusals[i] or not refusals[j] or bond.needs in have:
            continue
        values = {"name": bond.result, "needs": bond.needs, "reason": refusals[j][0].text}
        findings.append(finding_at(loaded, kinds.NEEDS_REFUSED, f"depends.{k}", values))
    return findings
