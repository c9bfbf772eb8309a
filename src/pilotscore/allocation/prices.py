"""Prices of the budget, the quotas and the caps; and what they are good for.

They guide the allocation of large problems, bound its value, and explain it: what a result is worth
against what it takes, at prices, of what the call has too little of.
"""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np

from pilotscore.allocation.child import solve_apart
from pilotscore.allocation.dual import Dual
from pilotscore.allocation.holding import contribution, total_value, violations
from pilotscore.allocation.local_search import improve
from pilotscore.allocation.milp import Model, build, restrict
from pilotscore.allocation.problem import Problem
from pilotscore.allocation.solver import solve
from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.records import dataclass

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
    charge
        Shape (k,): what each offer takes, at the prices.
    reduced
        Shape (k,): value less charge.
    bound
        No allocation is worth more.
    """

    limits: Floats
    charge: Floats
    reduced: Floats
    bound: float


def price(problem: Problem) -> Prices | None:
    """Return the prices of a problem; None where not even fractions of results can meet it."""
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
    charge = np.zeros(len(problem.owner))
    for price_of, limit in zip(per[:m].tolist(), problem.limits, strict=True):
        if price_of:
            charge += price_of * contribution(problem, limit)
    for group, place in zip(problem.exclusive, per[m : m + e], strict=True):
        charge[np.isin(problem.owner, group.members)] += place
    for bond, worth in zip(problem.dependencies, per[m + e :], strict=True):
        charge[problem.owner == bond.result] += worth
        charge[problem.owner == bond.needs] -= worth
    return Prices(per[:m], charge, problem.value - charge, bound)


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
    tied = problem.tied[dual.results]
    best = _Best(problem, dual, y, np.concatenate([share, np.zeros(len(model.gain) - len(share))]))
    if problem.max_jump is None:
        best.offer(share)
    size = _CORE
    while best.value == -math.inf or bound - best.value > gap * abs(bound):
        free = np.zeros(len(order), dtype=bool)
        free[order[:size]] = True
        free |= tied & (lead < lead[order[min(2 * size, len(order)) - 1]])
        fixed = np.concatenate([~free[dual.of], np.zeros(len(model.gain) - len(share), dtype=bool)])
        left = end - time.monotonic()
        core = restrict(model, fixed, best.values) if left > 0 else None
        if core is not None:
            # An absolute room: the core is a small part of what is decided.
            room = gap * 0.5 * abs(bound)
            best.offer_core(core, fixed, room, min(left, seconds / 3))
        if size >= len(order) or end <= time.monotonic():
            break
        size *= _GROWTH
    return best.choice, bound


class _Best:
    """The best choice so far, and the ``values`` of all columns that a core leaves fixed."""

    def __init__(self, problem: Problem, dual: Dual, prices: Floats, values: Floats) -> None:
        self.problem, self.dual, self.prices, self.values = problem, dual, prices, values
        self.choice: Ints | None = None
        self.value = -math.inf

    def offer(self, share: Floats) -> None:
        """Take a choice of columns (above a half) if it holds and is better, after pair moves."""
        taken = np.full(len(self.dual.results), -1, dtype=np.int64)
        chosen = np.flatnonzero(share > 0.5)
        taken[self.dual.of[chosen]] = chosen
        free_of_jumps = self.problem.max_jump is None
        if free_of_jumps:
            taken = improve(self.dual, self.prices, taken)
        choice = self.dual.choice(taken)
        worth = total_value(self.problem, choice)
        better = worth > self.value and not violations(self.problem, choice)
        if better:
            self.choice, self.value = choice, worth
        if free_of_jumps and (better or self.choice is None):
            self.values[: len(share)] = 0.0
            self.values[taken[taken >= 0]] = 1.0

    def offer_core(self, core: Model, fixed: Bools, room: float, seconds: float) -> None:
        """Solve what is not fixed, and take that with the rest if it is better."""
        run = solve if len(core.gain) <= _IN_PROCESS else solve_apart
        start = self.values[~fixed] if self.choice is not None else None
        solved = run(core, gap=0.0, room=room, seconds=seconds, start=start)
        if solved.columns is not None:
            x = self.values.copy()
            x[~fixed] = solved.columns
            self.offer(x[: len(self.dual.value)])


def _good_prices(problem: Problem, plain: Model, dual: Dual) -> tuple[Floats, float]:
    """Return prices and their bound: from the linear relaxation where it is small enough."""
    if len(plain.gain) <= _BY_SIMPLEX and problem.max_jump is None:
        relaxed = solve(plain, gap=0.0, seconds=30.0, relaxed=True)
        if relaxed.duals is not None:
            y = relaxed.duals[: plain.bonds]
            return y, dual.evaluate(y)[0]
    return dual.least()
