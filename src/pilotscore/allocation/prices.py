"""Prices of the budget, the quotas and the caps; and what they are good for.

They guide the allocation of large problems, bound its value, and explain it: what a result is worth
against what it takes, at prices, of what the call has too little of.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

import numpy as np

from pilotscore.allocation.dual import Dual
from pilotscore.allocation.holding import violations
from pilotscore.allocation.milp import Model, build, restrict, solve
from pilotscore.allocation.problem import Problem
from pilotscore.arrays import Bools, Floats, Ints

_BY_RELAXATION = 3_000  # columns up to which the linear relaxation is solved for the prices
_BY_SIMPLEX = 60_000  # the same where it only serves to begin with
_CORE = 600  # results
_GROWTH = 3
_IN_PROCESS = 20_000  # columns of a core


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """What scarce things are worth: the duals of the relaxed problem.

    Attributes
    ----------
    limits
        Shape (number of limits,): value for a fen (an award) more; positive where the greatest
        amount binds, negative where the least does, 0 where neither.
    exclusive, dependencies
        Value for a place more; value that a dependency costs.
    charge
        Shape (k,): what each offer takes, at the prices.
    reduced
        Shape (k,): value less charge.
    money
        Shape (k,): value for a fen less of each offer's cost: the prices of all limits that count
        its money; of stages, weighed by its money in each.
    bound
        No allocation is worth more.
    """

    limits: Floats
    exclusive: Floats
    dependencies: Floats
    charge: Floats
    reduced: Floats
    money: Floats
    bound: float


def price(problem: Problem) -> Prices | None:
    """Return the prices of a problem; None where not even fractions of results can meet it."""
    from dataclasses import replace

    model = build(problem)
    if len(model.gain) <= _BY_RELAXATION:
        relaxed = solve(model, gap=0.0, seconds=30.0, relaxed=True)
        if relaxed.status == "infeasible":
            return None
        if relaxed.duals is not None:
            return _prices(problem, model, relaxed.duals[: model.bonds], relaxed.bound)
    if problem.max_jump is not None:
        model = build(replace(problem, max_jump=None))
    if not len(model.gain):
        return _prices(problem, model, np.zeros(model.bonds), 0.0)
    y, bound = Dual(problem, model).least()
    return _prices(problem, model, y, bound)


def _prices(problem: Problem, model: Model, y: Floats, bound: float) -> Prices:
    per = y / model.unit[: model.bonds]
    m, e = len(problem.limits), len(problem.exclusive)
    charge, money = np.zeros(len(problem.owner)), np.zeros(len(problem.owner))
    total = np.maximum(problem.total_cost, 1)
    for j, limit in enumerate(problem.limits):
        if per[j] == 0:
            continue
        counted = limit.members[problem.owner]
        if limit.counts == "awards":
            charge += counted * per[j]
            continue
        spent = problem.total_cost if limit.stage is None else problem.cost[:, limit.stage]
        charge += counted * (per[j] * spent)
        money += counted * (per[j] * spent / total)
    for group, place in zip(problem.exclusive, per[m : m + e], strict=True):
        charge[np.isin(problem.owner, group.members)] += place
    for bond, worth in zip(problem.dependencies, per[m + e :], strict=True):
        charge[problem.owner == bond.result] += worth
        charge[problem.owner == bond.needs] -= worth
    return Prices(
        per[:m], per[m : m + e], per[m + e :], charge, problem.value - charge, money, bound
    )


def by_prices(
    problem: Problem, *, gap: float = 1e-4, seconds: float = 30.0
) -> tuple[Ints | None, float]:
    """Allocate by prices: decide what they decide clearly, and the undecided rest exactly.

    Parameters
    ----------
    gap, seconds
        When to stop enlarging the core.

    Returns
    -------
    choice
        Shape (n,); None where no core has a solution.
    bound
        The dual bound: it holds for every allocation, however this one was found.
    """
    from dataclasses import replace

    from pilotscore.allocation.child import solve_apart

    end = time.monotonic() + seconds
    plain = build(replace(problem, max_jump=None))
    model = plain if problem.max_jump is None else build(problem)
    if not len(plain.gain):
        return None, math.inf
    dual = Dual(problem, plain)
    y, bound = _good_prices(problem, plain, dual)
    _, share = dual.evaluate(y)
    lead = dual.undecided(y)
    order = np.argsort(lead, kind="stable")
    tied = _bound_together(problem)[dual.results]
    offers = len(share)
    values = np.concatenate([share, np.zeros(len(model.gain) - offers)])
    found = _Best(problem, model, dual, y)
    if problem.max_jump is None:
        found.offer(share)
        values[:offers] = found.columns
    size = _CORE
    while True:
        if found.value > -math.inf and bound - found.value <= gap * abs(bound):
            return found.choice, bound
        free = np.zeros(len(order), dtype=bool)
        free[order[:size]] = True
        free |= tied & (lead < lead[order[min(2 * size, len(order)) - 1]])
        fixed = np.concatenate([~free[dual.of], np.zeros(len(values) - offers, dtype=bool)])
        core = restrict(model, fixed, values)
        left = end - time.monotonic()
        if core is not None and left > 0:
            run = solve if len(core.gain) <= _IN_PROCESS else solve_apart
            start = values[~fixed] if found.choice is not None else None
            # An absolute room: the core is a small part of what is decided.
            solved = run(
                core,
                gap=0.0,
                room=gap * 0.5 * abs(bound),
                seconds=min(left, seconds / 3),
                start=start,
            )
            if solved.columns is not None:
                x = values.copy()
                x[~fixed] = solved.columns
                found.offer(x[:offers])
                if problem.max_jump is None:
                    values[:offers] = found.columns
        if size >= len(order) or end <= time.monotonic():
            return found.choice, bound
        size *= _GROWTH


class _Best:
    """The best choice so far, as offers of the results and as columns."""

    def __init__(self, problem: Problem, model: Model, dual: Dual, prices: Floats) -> None:
        self.problem, self.model, self.dual, self.prices = problem, model, dual, prices
        self.choice: Ints | None = None
        self.value = -math.inf
        self.columns = np.zeros(len(dual.value))

    def offer(self, share: Floats) -> None:
        """Take a choice of columns (above a half) if it holds and is better, after pair moves."""
        from pilotscore.allocation.holding import total_value
        from pilotscore.allocation.local_search import improve

        taken = np.full(len(self.dual.results), -1, dtype=np.int64)
        chosen = np.flatnonzero(share > 0.5)
        taken[self.dual.of[chosen]] = chosen
        if self.problem.max_jump is None:
            taken = improve(self.dual, self.prices, taken)
        choice = np.full(len(self.problem), -1, dtype=np.int64)
        have = taken >= 0
        choice[self.dual.results[have]] = self.model.offers[taken[have]]
        worth = total_value(self.problem, choice)
        better = worth > self.value and not violations(self.problem, choice)
        if better:
            self.choice, self.value = choice, worth
        if better or self.choice is None:
            self.columns = np.zeros(len(self.dual.value))
            self.columns[taken[have]] = 1.0


def _good_prices(problem: Problem, plain: Model, dual: Dual) -> tuple[Floats, float]:
    """Return prices and their bound: from the linear relaxation where it is small enough to solve."""
    if len(plain.gain) <= _BY_SIMPLEX and problem.max_jump is None:
        relaxed = solve(plain, gap=0.0, seconds=30.0, relaxed=True)
        if relaxed.duals is not None:
            y = relaxed.duals[: plain.bonds]
            return y, dual.evaluate(y)[0]
    return dual.least()


def _bound_together(problem: Problem) -> Bools:
    """Return which results are in an exclusion or a dependency."""
    found = np.zeros(len(problem), dtype=bool)
    for group in problem.exclusive:
        found[list(group.members)] = True
    for bond in problem.dependencies:
        found[[bond.result, bond.needs]] = True
    return found
