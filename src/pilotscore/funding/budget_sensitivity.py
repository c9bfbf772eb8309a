"""What the next money buys, and what each quota costs: the money given out anew, by both rules.

A price of the linear relaxation tells what a fen is worth where results can be cut into fractions;
awards come whole, so a price may promise what no budget buys, and a quota whose price is 0 may
still cost something. Here the budget is changed, or one rule of the call is taken away, and the
call is decided again: what is told was tried.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from pilotscore.allocation.holding import total_value, violations
from pilotscore.allocation.portfolio import nearly_best
from pilotscore.allocation.problem import Allocation, Constraint, Problem
from pilotscore.errors import FaultyFileError
from pilotscore.funding.at_the_line import give
from pilotscore.funding.decision import Decision
from pilotscore.funding.overrides import Override, decided
from pilotscore.funding.rule import in_order
from pilotscore.funding.variants import with_budget
from pilotscore.funding.without_rule import portfolios_without, rules_of, without
from pilotscore.records import dataclass

CHANGES = (-0.10, -0.05, -0.01, 0.01, 0.05, 0.10, 0.20)
# Up to this many offers each trial is solved as the call itself is.
_AS_THE_CALL = 400
_GAP, _SECONDS = 1e-3, 5.0
# Offers times trials that are worked out unasked.
UNASKED = 40_000


@dataclass(frozen=True, slots=True)
class Totals:
    """What one rule gives: its worth, the bound of all (nan where unknown), fen, awards."""

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
    constraint
        The rule that was taken away (a cap for all its groups together); None where the budget was
        changed.
    change, budget
        The change of the budget as a share, and the budget in fen; 0 and the call's own where a
        rule was taken away.
    in_order, portfolio
        What each rule then gives; None where it cannot be met (too little for the least amounts).
    gained, lost
        Results that the call's own rule then funds and did not before, and the reverse.
    """

    constraint: Constraint | None
    change: float
    budget: int
    in_order: Totals | None = None
    portfolio: Totals | None = None
    gained: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BudgetSensitivity:
    """The curve of the budget and the price of each rule.

    ``in_order`` and ``portfolio`` are what holds now; ``budget`` has a scenario for each of
    :data:`CHANGES`, ``rules`` one for each quota, cap, exclusion, dependency and bound of jumps.
    """

    in_order: Totals
    portfolio: Totals
    budget: tuple[Scenario, ...]
    rules: tuple[Scenario, ...]


def scenario_count(decision: Decision) -> int:
    """Return how many times the call would be decided anew."""
    return len(CHANGES) + len(rules_of(decision.instance.problem))


def is_quick(decision: Decision) -> bool:
    """Whether it is little enough work to be done unasked."""
    return scenario_count(decision) * len(decision.instance.problem.owner) <= UNASKED


def budget_sensitivity(
    decision: Decision,
    overrides: Sequence[Override] = (),
    progress: Callable[[int, int], None] | None = None,
) -> BudgetSensitivity:
    """Try other budgets, and the call without each of its rules.

    Beyond 400 offers a portfolio is solved to 0.1 % or for five seconds; where the present one also
    meets the changed call and is worth more, it stands.

    Parameters
    ----------
    decision
        The call decided.
    overrides
        The decisions that it was decided with; they stay.
    progress
        Called with the scenarios done and their number.
    """
    total, scenarios = scenario_count(decision), []
    for number, scenario in enumerate(_scenarios(decision, overrides), start=1):
        scenarios.append(scenario)
        if progress is not None:
            progress(number, total)
    problem = decision.instance.problem
    return BudgetSensitivity(
        Totals.of(problem, decision.allocations["rank_order"]),
        Totals.of(problem, decision.allocations["portfolio"]),
        tuple(scenarios[: len(CHANGES)]),
        tuple(scenarios[len(CHANGES) :]),
    )


def _scenarios(decision: Decision, overrides: Sequence[Override]) -> Iterator[Scenario]:
    """Yield every scenario: the budgets, then the rules."""
    instance = decision.instance
    problem, whole = instance.problem, instance.call.budget_fen
    for change in CHANGES:
        budget = max(whole + round(whole * change), 0)
        scenario = Scenario(None, change, budget)
        try:
            after = decided(with_budget(instance, budget), overrides)
        except FaultyFileError:  # nobody is left in a track that has a quota
            yield scenario
            continue
        changed = replace(after.problem, order=problem.order)
        yield _worked_out(decision, scenario, changed, _portfolio(decision, changed))
    best = portfolios_without(problem, partial(_portfolio, decision))
    for rule in rules_of(problem):
        yield _worked_out(decision, Scenario(rule, 0.0, whole), without(problem, rule), best[rule])


def _worked_out(
    decision: Decision, scenario: Scenario, problem: Problem, best: Allocation | None
) -> Scenario:
    """Return a scenario with what both rules give, and whom the call's own funds or does not."""
    if best is None:  # what must be reached cannot be
        return scenario
    after, line = replace(decision.instance, problem=problem), decision.line
    listed = in_order(after.call, problem).allocation
    given = best if decision.rule == "portfolio" else listed
    if decision.rule == "draw":
        given = give(after, line)
    before, now = decision.allocation.choice >= 0, given.choice >= 0
    order = decision.instance.problem.order
    gained, lost = (now & ~before)[order], (before & ~now)[order]
    return replace(
        scenario,
        in_order=Totals.of(problem, listed),
        portfolio=Totals.of(problem, best),
        gained=tuple(order[gained].tolist()),
        lost=tuple(order[lost].tolist()),
    )


def _portfolio(decision: Decision, problem: Problem) -> Allocation | None:
    """Return the best portfolio; the present one if it is no worse and still holds."""
    before, solver = decision.instance.problem, decision.instance.call.solver
    gap, seconds = solver.gap, solver.seconds
    if len(problem.owner) > _AS_THE_CALL:
        gap, seconds = max(gap, _GAP), min(seconds, _SECONDS)
    present = decision.allocations["portfolio"].choice
    holds = np.array_equal(problem.total_cost, before.total_cost)
    holds = holds and not violations(problem, present)
    best = nearly_best(problem, gap=gap, seconds=seconds, known=present if holds else None)
    if best is None or not holds:
        return best
    value = total_value(problem, present)
    if math.isfinite(best.value) and best.value > value + 1e-9 * abs(value):
        return best
    return replace(best, choice=present, value=value, bound=max(best.bound, value))


def falls(sensitivity: BudgetSensitivity, whole: int) -> dict[int, int]:
    """Return the budgets with which rank order is worth less than with a smaller one, and which.

    Going down a list is no optimum: more money may pay for a large award further up that takes what
    several worse ranked ones together are worth more. Of the smaller budgets the one that is worth
    most is told.

    Parameters
    ----------
    whole
        The call's own budget, in fen.
    """
    known = [(s.budget, s.in_order.value) for s in sensitivity.budget if s.in_order is not None]
    known = sorted([*known, (whole, sensitivity.in_order.value)])
    worse = {}
    best, at = known[0][1], known[0][0]
    for budget, value in known[1:]:
        if value < best - 1e-9 * max(abs(best), 1.0):
            worse[budget] = at
        elif value > best:
            best, at = value, budget
    return worse


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
