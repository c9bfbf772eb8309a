"""What the next money buys, and what each quota costs: the money given out anew, by both rules.

A price of the linear relaxation tells what a fen is worth where results can be cut into fractions;
awards come whole, so a price may promise what no budget buys, and a quota whose price is 0 may
still cost something. Here the budget is changed, or one rule of the call is taken away, and the
call is decided again: what is told was tried.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from pilotscore.allocation.conflicts import Conflict, InfeasibleError
from pilotscore.allocation.holding import MAX_JUMP, total_value, violations
from pilotscore.allocation.portfolio import nearly_best
from pilotscore.allocation.problem import Allocation, Problem
from pilotscore.allocation.rank_order import allocate_in_order
from pilotscore.arrays import Bools
from pilotscore.errors import FaultyFileError
from pilotscore.funding.decision import AtTheLine, Decision, give
from pilotscore.funding.overrides import Override, decided
from pilotscore.funding.variants import with_budget
from pilotscore.language import Text

CHANGES = (-0.10, -0.05, -0.01, 0.01, 0.05, 0.10, 0.20)
# Up to this many offers each trial is solved as the call itself is.
_AS_THE_CALL = 400
_GAP, _SECONDS = 1e-3, 5.0
# Offers times trials that are worked out unasked.
UNASKED = 40_000


@dataclass(frozen=True, slots=True)
class Totals:
    """What one rule gives: its worth, no allocation's bound (nan where none is known), fen, awards."""

    value: float
    bound: float
    spent: int
    awards: int

    @classmethod
    def of(cls, problem: Problem, given: Allocation) -> Totals:
        """Return what an allocation comes to."""
        taken = given.choice[given.choice >= 0]
        spent = int(problem.total_cost[taken].sum())
        return cls(given.value, given.bound, spent, len(taken))


@dataclass(frozen=True, slots=True)
class Scenario:
    """The call decided with one thing changed.

    Attributes
    ----------
    key
        The address of what was changed: ``budget``, or the rule that was taken away.
    title, line
        Its words, and its line in the call file.
    change, budget
        The change of the budget as a share, and the budget in fen; 0 and the call's own where a
        rule was taken away.
    in_order, portfolio
        What each rule then gives; None where it cannot be met (too little for the least amounts).
    gained, lost
        Results that the call's own rule then funds and did not before, and the reverse.
    """

    key: str
    title: Text
    line: int | None
    change: float
    budget: int
    in_order: Totals | None
    portfolio: Totals | None
    gained: tuple[int, ...]
    lost: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BudgetSensitivity:
    """The curve of the budget and the price of each rule.

    ``in_order`` and ``portfolio`` are what holds now; ``budget`` has a trial for each of
    :data:`CHANGES`, ``rules`` one for each quota, cap, exclusion, dependency and bound of jumps.
    """

    in_order: Totals
    portfolio: Totals
    budget: tuple[Scenario, ...]
    rules: tuple[Scenario, ...]


def scenario_count(funded: Decision) -> int:
    """Return how many times the call would be decided anew."""
    return len(CHANGES) + len(_rules(funded.instance.problem))


def is_quick(funded: Decision) -> bool:
    """Whether it is little enough work to be done unasked."""
    return scenario_count(funded) * len(funded.instance.problem.owner) <= UNASKED


def budget_sensitivity(
    funded: Decision,
    overrides: Sequence[Override] = (),
    told: Callable[[int, int], None] | None = None,
) -> BudgetSensitivity:
    """Try other budgets, and the call without each of its rules.

    Beyond 400 offers a portfolio is solved to 0.1 % or for five seconds; where the present one also
    meets the changed call and is worth more, it stands.

    Parameters
    ----------
    funded
        The call decided.
    overrides
        The decisions that it was decided with; they stay.
    told
        Called with the trials done and their number.
    """
    trial = _Trying(funded, overrides)
    total, found = scenario_count(funded), []
    for number, made in enumerate(trial.all(), start=1):
        found.append(made)
        if told is not None:
            told(number, total)
    return BudgetSensitivity(
        Totals.of(funded.instance.problem, funded.rank_order.allocation),
        Totals.of(funded.instance.problem, funded.portfolio),
        tuple(found[: len(CHANGES)]),
        tuple(found[len(CHANGES) :]),
    )


def _rules(problem: Problem) -> dict[str, tuple[Text, int | None]]:
    """Return the rules that can be taken away, by address: a cap for all its groups together."""
    found: dict[str, tuple[Text, int | None]] = {}
    for limit in problem.limits:
        if not limit.key.startswith("budget."):
            found.setdefault(_setting(limit.key), (limit.title, limit.line))
    for group in problem.exclusive:
        found[group.key] = (group.title, group.line)
    for bond in problem.dependencies:
        found[bond.key] = (bond.title, bond.line)
    if problem.max_jump is not None:
        found[MAX_JUMP] = (Text("越过的分差上限", "the bound on jumps"), None)
    return found


def _setting(key: str) -> str:
    """Return the address in the call file: ``caps.institution.max`` for that of one institution."""
    return key.partition("[")[0]


def _without(problem: Problem, key: str) -> Problem:
    return replace(
        problem,
        limits=tuple(x for x in problem.limits if _setting(x.key) != key),
        exclusive=tuple(x for x in problem.exclusive if x.key != key),
        dependencies=tuple(x for x in problem.dependencies if x.key != key),
        max_jump=None if key == MAX_JUMP else problem.max_jump,
    )


class _Trying:
    def __init__(self, funded: Decision, overrides: Sequence[Override]) -> None:
        self.funded, self.instance, self.overrides = funded, funded.instance, overrides
        self.call = funded.instance.loaded.call
        line = funded.line
        self.drawn: AtTheLine | None = line if line is not None and line.draw is not None else None
        self.before: Bools = funded.given.choice >= 0

    def all(self) -> Iterator[Scenario]:
        """Yield every trial: the budgets, then the rules."""
        whole = self.call.budget_fen
        title = Text("预算", "the budget")
        for change in CHANGES:
            budget = max(whole + round(whole * change), 0)
            yield self.trial("budget", title, None, change, budget)
        for key, (words, line) in _rules(self.instance.problem).items():
            yield self.trial(key, words, line, 0.0, whole)

    def trial(
        self, key: str, title: Text, line: int | None, change: float, budget: int
    ) -> Scenario:
        """Decide the call with one thing changed."""
        try:
            if change:
                after = decided(with_budget(self.instance, budget), self.overrides)
                after = replace(after, problem=replace(after.problem, order=self.instance.problem.order))  # fmt: skip
            else:
                after = replace(self.instance, problem=_without(self.instance.problem, key))
            best = self.portfolio(after.problem)
        except FaultyFileError:  # what must be reached cannot be
            return Scenario(key, title, line, change, budget, None, None, (), ())
        in_order = allocate_in_order(
            after.problem, self.call.line.miss, partial=self.call.line.partial
        ).allocation
        if self.drawn is not None:
            given = give(after, self.drawn)
        else:
            given = best if self.call.rule == "portfolio" else in_order
        now = given.choice >= 0
        order = self.instance.problem.order
        gained, lost = (now & ~self.before)[order], (self.before & ~now)[order]
        return Scenario(
            key, title, line, change, budget, Totals.of(after.problem, in_order),
            Totals.of(after.problem, best), tuple(order[gained].tolist()), tuple(order[lost].tolist()),
        )  # fmt: skip

    def portfolio(self, problem: Problem) -> Allocation:
        """Return the best portfolio found; the present one if it is no worse and still holds."""
        solver = self.call.solver
        gap, seconds = solver.gap, solver.seconds
        if len(problem.owner) > _AS_THE_CALL:
            gap, seconds = max(gap, _GAP), min(seconds, _SECONDS)
        found = nearly_best(problem, gap=gap, seconds=seconds)
        if found is None:
            raise InfeasibleError(Conflict((), False))
        old = self.funded.portfolio.choice
        same = len(problem.owner) == len(self.instance.problem.owner) and bool(
            (problem.total_cost == self.instance.problem.total_cost).all()
        )
        if not same or violations(problem, old):
            return found
        value = total_value(problem, old)
        if math.isfinite(found.value) and found.value > value + 1e-9 * abs(value):
            return found
        return replace(found, choice=old, value=value, bound=max(found.bound, value))


def gain(now: Totals, then: Totals | None) -> float | None:
    """Return the worth that a change brings (negative: what it takes); None where there is none."""
    if then is None or not math.isfinite(then.value):
        return None
    return then.value - now.value


def is_sure(now: Totals, then: Totals | None) -> bool:
    """Whether a portfolio's gain, or its loss, is proved to be one: not within what is unproved."""
    if then is None or not math.isfinite(now.bound) or not math.isfinite(then.bound):
        return False
    room = 1e-9 * max(abs(now.value), 1.0)
    return then.value > now.bound + room or then.bound < now.value - room
