"""Decisions of the funder on top of what was recommended: checked, carried out, and priced.

The funder decides and the tool recommends (the UK Research Partnership Investment Fund and the ERC
keep such decisions with their reasons beside the panel's ranking). What it costs is told by giving
out the money anew under the same call: the worth that is lost, and who is displaced.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from pilotscore.allocation.conflicts import Conflict, InfeasibleError
from pilotscore.allocation.holding import violations
from pilotscore.allocation.problem import Allocation, Constraint, Problem
from pilotscore.allocation.rank_order import with_needs
from pilotscore.criteria.amounts import in_fen
from pilotscore.errors import FaultyFileError
from pilotscore.findings import Finding, Kind, Place
from pilotscore.funding import kinds
from pilotscore.funding.at_the_line import give
from pilotscore.funding.conflict import ConflictError, conflict_error
from pilotscore.funding.decision import Decision, FundingStatus, amounts, decide_at
from pilotscore.funding.instance import Instance
from pilotscore.funding.variants import with_amount
from pilotscore.language import NOTHING, Text, Words, counted, did_you_mean
from pilotscore.records import dataclass
from pilotscore.workbook.decisions import NOT_AN_AMOUNT, Decided, DecisionFile, DecisionRow

MOST_PRICED = 50
_STATUSES = {
    Decided.FUND: FundingStatus.FUND,
    Decided.DECLINE: FundingStatus.DECLINE,
    Decided.DEFER: FundingStatus.DEFER,
}


@dataclass(frozen=True, slots=True)
class Override:
    """A decision on a result of the batch; ``amount`` in fen, 0 where nothing is given."""

    result: int
    amount: int
    row: DecisionRow


@dataclass(frozen=True, slots=True)
class Cost:
    """What decisions cost: worth lost under the objective, and whose award they change.

    ``lost`` is negative where the money buys more than before, and nan where decisions hold only
    together with others. ``displaced`` have less than was recommended, or nothing; ``gained`` more.
    """

    lost: float
    displaced: tuple[int, ...]
    gained: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Overruled:
    """A call with decisions on top of it.

    ``recommended`` is what the rules gave, ``decision`` what holds now; ``cost`` is of all
    decisions together, ``costs`` of each alone (the first :data:`MOST_PRICED`).
    """

    recommended: Decision
    decision: Decision
    overrides: tuple[Override, ...]
    file: DecisionFile
    cost: Cost
    costs: tuple[Cost, ...]

    def of(self, i: int) -> Override | None:
        """Return the decision on a result, if there is one."""
        return next((o for o in self.overrides if o.result == i), None)


def overrule(recommended: Decision, file: DecisionFile) -> Overruled:
    """Carry out decisions on top of what was recommended, and price them.

    A decision to fund gives the stated amount (the full one without); one to decline or to defer
    takes the result out of the allocation. The rest is given out anew by the call's own rule, with
    the same line and the same draw.

    Raises
    ------
    FaultyFileError
        Decisions are faulty, name no result, open a gate, or break the budget or another limit;
        ``findings`` has each with its cell.
    ConflictError
        What is left cannot meet the call's least amounts.
    """
    instance, line = recommended.instance, recommended.line
    overrides = _checked(instance, file)
    after = decided(instance, overrides)
    settled = {o.result: _STATUSES[o.row.decided] for o in overrides}
    try:
        decision = decide_at(after, line, settled=settled)
    except InfeasibleError as error:
        raise _clashing(error.conflict, after, overrides) from error
    total = _cost(recommended, after, decision.allocation, overrides)
    costs = [total] if len(overrides) == 1 else []
    for override in overrides[len(costs) : MOST_PRICED]:
        alone = decided(instance, [override])
        try:
            costs.append(_cost(recommended, alone, give(alone, line), [override]))
        except InfeasibleError:
            costs.append(Cost(math.nan, (), ()))
    return Overruled(recommended, decision, tuple(overrides), file, total, tuple(costs))


def _clashing(conflict: Conflict, after: Instance, overrides: Sequence[Override]) -> ConflictError:
    """Return a conflict with the cells of the decisions that are part of it."""
    members = {limit.id: limit.members for limit in after.problem.limits}
    named = {i for part in conflict.parts for i in part.results}
    least = [members[part.constraint] for part in conflict.parts if part.side == "least"]
    cells = [
        Finding(kinds.DECIDED_CLASH, o.row.place, {"name": o.row.result})
        for o in overrides
        if o.result in named or (not o.amount and any(bool(m[o.result]) for m in least))
    ]
    return conflict_error(conflict, after, cells)


def decided(instance: Instance, overrides: Sequence[Override]) -> Instance:
    """Return a call with decisions in its problem of allocation."""
    problem = instance.problem
    eligible, required = problem.eligible.copy(), problem.required.copy()
    for o in overrides:
        eligible[o.result] = bool(o.amount)
        required[o.result] = bool(o.amount)
    changed = replace(problem, eligible=eligible, required=required)
    for o in overrides:
        if o.amount:
            changed = with_amount(instance, changed, o.result, o.amount)
    return replace(instance, problem=changed)


def _cost(
    recommended: Decision, after: Instance, given: Allocation, overrides: Sequence[Override]
) -> Cost:
    before, now = recommended.amount(), amounts(after, given)
    others = np.ones(len(before), dtype=bool)
    others[[o.result for o in overrides]] = False
    order = after.problem.order
    less, more = (others & (now < before))[order], (others & (now > before))[order]
    lost = recommended.allocation.value - given.value
    return Cost(lost, tuple(order[less].tolist()), tuple(order[more].tolist()))


def _checked(instance: Instance, file: DecisionFile) -> list[Override]:
    checker = _Checker(instance)
    overrides = [o for d in file.decisions if (o := checker.override(d)) is not None]
    wrong = [f for f in file.findings if f.severity == "error"]
    findings = sorted((*wrong, *checker.findings), key=lambda f: f.place.row or 0)
    if not findings:
        findings += _broken(instance, overrides)
    if findings:
        faults = counted(len(findings), Text("处问题", "fault"))
        text = Text("决定文件 {file} 有 {faults}", "the decisions of {file} have {faults}")
        raise FaultyFileError(text.of(file=file.name, faults=faults), findings)
    return overrides


class _Checker:
    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.places = {name: i for i, name in enumerate(instance.ids)}
        self.findings: list[Finding] = []

    def override(self, d: DecisionRow) -> Override | None:
        """Return the decision as one on a result of the batch; None where it is faulty."""
        i = self.places.get(d.result)
        if i is None:
            near = did_you_mean(d.result, self.places, Text("编号", "an id"), before=NOTHING)
            self._tell(kinds.DECIDED_UNKNOWN, d.place, name=d.result, near=near)
            return None
        refused = self.instance.refusals[i]
        if d.decided is not Decided.FUND:
            if self.instance.problem.required[i]:
                self._tell(kinds.DECIDED_REQUIRED, d.place, name=d.result)
                return None
            return Override(i, 0, d)
        if refused:
            self._tell(kinds.DECIDED_REFUSED, d.place, name=d.result, reason=refused[0].text)
            return None
        amount = self._amount(i, d)
        return None if amount is None else Override(i, amount, d)

    def _amount(self, i: int, d: DecisionRow) -> int | None:
        unit, grants = self.instance.unit, self.instance.grants
        most = int(grants.amount[i])
        if d.amount is None:
            return most
        amount = in_fen(d.amount, unit)
        if amount is None:
            self._tell(NOT_AN_AMOUNT, d.amount_place, text=str(d.amount))
            return None
        least = max(int(grants.least[i]), 1)
        if not least <= amount <= most:
            sums = {"amount": amount, "least": least, "most": most}
            shown = {name: unit.said(fen) for name, fen in sums.items()}
            self._tell(kinds.DECIDED_AMOUNT, d.amount_place, name=d.result, **shown)
            return None
        return amount

    def _tell(self, kind: Kind, place: Place, **values: Any) -> None:
        self.findings.append(Finding(kind, place, values))


def _broken(instance: Instance, overrides: Sequence[Override]) -> list[Finding]:
    """Return each limit that decisions break, at the one that does, in the file's order."""
    after = decided(instance, overrides).problem
    problem = _upper(after)
    offers = list(enumerate(problem.owner.tolist()))
    cheapest = {result: offer for offer, result in offers}
    first = {result: offer for offer, result in reversed(offers)}
    choice = np.full(len(problem), -1, dtype=np.int64)
    for i in np.flatnonzero(instance.problem.required).tolist():
        choice[i] = first[i]
    findings: list[Finding] = []
    known = set(violations(problem, choice))
    for o in overrides:
        if not o.amount:
            continue
        choice[o.result] = first[o.result]
        for other in with_needs(after, [o.result]):  # is paid too, if with its least level
            if choice[other] < 0 and other in cheapest:
                choice[other] = cheapest[other]
        broken = violations(problem, choice)
        findings += [
            Finding(kinds.OVER_LIMIT, o.row.place, _excess(instance, problem, constraint, over))
            for constraint, over in broken.items()
            if constraint not in known
        ]
        known.update(broken)
    return findings


def _excess(
    instance: Instance, problem: Problem, constraint: Constraint, over: int
) -> dict[str, Any]:
    """Return the values of a finding on a limit that is exceeded."""
    limit = next((x for x in problem.limits if x.id == constraint), None)
    shown: Words = Text("{n} 项", "{n}").of(n=over)
    if limit is not None and limit.counts == "money":
        shown = instance.unit.said(over)
    return {"title": instance.title(constraint), "key": str(constraint), "over": shown}


def _upper(problem: Problem) -> Problem:
    """Return a problem with its greatest amounts and exclusions alone."""
    limits = tuple(replace(x, least=None) for x in problem.limits if x.most is not None)
    nobody = np.zeros(len(problem), dtype=bool)
    return replace(problem, limits=limits, dependencies=(), max_jump=None, required=nobody)
