"""Decisions of the funder on top of what was recommended: checked, carried out, and priced.

The funder decides and the tool recommends (the UK Research Partnership Investment Fund and the ERC
keep such decisions with their reasons beside the panel's ranking). What it costs is told by giving
out the money anew under the same call: the worth that is lost, and who is displaced.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pilotscore.allocation.conflicts import InfeasibleError
from pilotscore.allocation.holding import violations
from pilotscore.allocation.problem import Allocation, Problem
from pilotscore.criteria.amounts import in_fen
from pilotscore.errors import FaultyFileError
from pilotscore.findings import Finding, Kind, Place
from pilotscore.funding import kinds
from pilotscore.funding.decision import Decision, FundingStatus, decide_at, give
from pilotscore.funding.instance import Instance
from pilotscore.funding.variants import with_amount
from pilotscore.language import Text, nearest
from pilotscore.workbook.decisions import NOT_AN_AMOUNT, Decided, DecisionFile, DecisionRow

MOST_PRICED = 50
_OUTCOMES = {
    Decided.FUND: FundingStatus.FUND,
    Decided.DECLINE: FundingStatus.DECLINE,
    Decided.DEFER: FundingStatus.DEFER,
}


@dataclass(frozen=True, slots=True)
class Override:
    """A decision on a result of the batch; ``amount`` in fen, 0 where nothing is given."""

    result: int
    amount: int
    decision: DecisionRow


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

    ``recommended`` is what the rules gave, ``funded`` what holds now; ``cost`` is of all decisions
    together, ``costs`` of each alone (the first :data:`MOST_PRICED`).
    """

    recommended: Decision
    funded: Decision
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
    InfeasibleError
        What is left cannot meet the call's least amounts.
    """
    instance, line = recommended.instance, recommended.line
    overrides = _checked(instance, file)
    after = decided(instance, overrides)
    settled = {o.result: _OUTCOMES[o.decision.decided] for o in overrides}
    try:
        funded = decide_at(after, line, settled=settled)
    except InfeasibleError as error:
        raise _clashing(error, after, overrides) from error
    total = _cost(recommended, after, funded.given, overrides)
    costs = []
    for override in overrides[:MOST_PRICED]:
        if len(overrides) == 1:
            costs.append(total)
            break
        alone = decided(instance, [override])
        try:
            costs.append(_cost(recommended, alone, give(alone, line), [override]))
        except InfeasibleError:
            costs.append(Cost(math.nan, (), ()))
    return Overruled(recommended, funded, tuple(overrides), file, total, tuple(costs))


def _clashing(
    error: InfeasibleError, after: Instance, overrides: Sequence[Override]
) -> InfeasibleError:
    """Return a conflict with the cells of the decisions that are part of it."""
    parts = error.conflict.parts
    members = {limit.key: limit.members for limit in after.problem.limits}
    named = {i for part in parts for i in part.results}

    def is_part(o: Override) -> bool:
        if o.result in named:
            return True
        least = [members[p.key] for p in parts if p.side == "least" and p.key in members]
        return not o.amount and any(bool(m[o.result]) for m in least)

    cells = [
        Finding(kinds.DECIDED_CLASH, o.decision.place, {"name": o.decision.result})
        for o in overrides
        if is_part(o)
    ]
    return error.told(after.loaded, cells)


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
    before = recommended.amount()
    total = after.problem.total_cost
    now = np.where(given.choice >= 0, total[np.maximum(given.choice, 0)] if len(total) else 0, 0)
    others = np.ones(len(before), dtype=bool)
    others[[o.result for o in overrides]] = False
    order = after.problem.order
    less, more = (others & (now < before))[order], (others & (now > before))[order]
    lost = recommended.given.value - given.value
    return Cost(lost, tuple(order[less].tolist()), tuple(order[more].tolist()))


def _checked(instance: Instance, file: DecisionFile) -> list[Override]:
    checker = _Checker(instance)
    overrides = [o for d in file.decisions if (o := checker.override(d)) is not None]
    wrong = [f for f in file.findings if f.severity == "error"]
    findings = sorted((*wrong, *checker.findings), key=lambda f: f.place.row or 0)
    if not findings:
        findings += _broken(instance, overrides)
    if findings:
        count = len(findings)
        raise FaultyFileError(
            Text(f"决定文件 {file.name} 有 {count} 处问题", f"the decisions of {file.name} have {count} fault{'s' if count > 1 else ''}"),
            findings,
        )  # fmt: skip
    return overrides


class _Checker:
    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        ids = instance.ranking.assessment.measurements.ids
        self.places = {name: i for i, name in enumerate(ids)}
        self.findings: list[Finding] = []

    def override(self, d: DecisionRow) -> Override | None:
        """Return the decision as one on a result of the batch; None where it is faulty."""
        i = self.places.get(d.result)
        if i is None:
            near = nearest(d.result, self.places)
            guess = Text(f"是否指 {near}？", f"did you mean {near}?") if near else Text("编号", "an id")  # fmt: skip
            self._tell(kinds.DECIDED_UNKNOWN, d.place, name=d.result, near=guess)
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
        call, most = self.instance.loaded.call, int(self.instance.grants.amount[i])
        if d.amount is None:
            return most
        found = in_fen(d.amount, call.money_unit)
        if found is None:
            self._tell(NOT_AN_AMOUNT, d.amount_place, text=str(d.amount))
            return None
        least = max(int(self.instance.grants.least[i]), 1)
        if not least <= found <= most:
            unit = call.money_unit
            least_shown, most_shown = (f"{unit.shown(x)} {unit.name}" for x in (least, most))
            amount = f"{unit.shown(found)} {unit.name}"
            self._tell(
                kinds.DECIDED_AMOUNT, d.amount_place,
                name=d.result, amount=amount, least=least_shown, most=most_shown,
            )  # fmt: skip
            return None
        return found

    def _tell(self, kind: Kind, place: Place, **values: Any) -> None:
        self.findings.append(Finding(kind, place, values))


def _broken(instance: Instance, overrides: Sequence[Override]) -> list[Finding]:
    """Return each limit that the decisions break, at the decision that does, in the file's order."""
    after = decided(instance, overrides)
    problem = _upper(after.problem)
    needed = _needed_by(after.problem)
    cheapest = {int(r): int(k) for k, r in enumerate(problem.owner.tolist())}
    titles = instance.limit_titles
    choice = np.full(len(problem), -1, dtype=np.int64)
    first = {int(r): int(k) for k, r in reversed(list(enumerate(problem.owner.tolist())))}
    for i in np.flatnonzero(instance.problem.required).tolist():
        choice[i] = first[i]
    found: list[Finding] = []
    known = set(violations(problem, choice))
    unit = instance.loaded.call.money_unit
    for o in overrides:
        if not o.amount:
            continue
        choice[o.result] = first[o.result]
        for other in needed(o.result):  # what it needs is paid too, if with its least level
            if choice[other] < 0 and other in cheapest:
                choice[other] = cheapest[other]
        for key, over in violations(problem, choice).items():
            if key in known:
                continue
            known.add(key)
            limit = next((x for x in problem.limits if x.key == key), None)
            money = limit is not None and limit.counts == "money"
            zh, en = (f"{unit.shown(over)} {unit.name}",) * 2 if money else (f"{over} 项", str(over))  # fmt: skip
            values = {"title": titles.get(key, Text(key, key)), "key": key, "over": Text(zh, en)}
            found.append(Finding(kinds.OVER_LIMIT, o.decision.place, values))
    return found


def _needed_by(problem: Problem) -> Callable[[int], list[int]]:
    """Return a function that tells what a result needs, directly or not."""

    def needed(i: int) -> list[int]:
        found = [i]
        for j in found:
            found += [
                d.needs for d in problem.dependencies if d.result == j and d.needs not in found
            ]
        return found[1:]

    return needed


def _upper(problem: Problem) -> Problem:
    """Return a problem with its greatest amounts and exclusions alone."""
    limits = tuple(replace(x, least=None) for x in problem.limits if x.most is not None)
    nobody = np.zeros(len(problem), dtype=bool)
    return replace(problem, limits=limits, dependencies=(), max_jump=None, required=nobody)
