"""Prices of the budget, the quotas and the caps; and what they are good for.

They guide the allocation of large problems, bound its value, and explain it: what a result is worth
against what it takes, at prices, of what the call has too little of.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pilotscore.funding.dual import Dual
from pilotscore.funding.holding import violations
from pilotscore.funding.milp import Model, build, restrict, solve
from pilotscore.funding.problem import Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BY_RELAXATION = 3_000  # columns up to which the linear relaxation is solved for the prices
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

    limits: NDArray[np.float64]
    exclusive: NDArray[np.float64]
    dependencies: NDArray[np.float64]
    charge: NDArray[np.float64]
    reduced: NDArray[np.float64]
    money: NDArray[np.float64]
    bound: float


def price(problem: Problem) -> Prices | None:
    """Return the prices of a problem; None where not even fractions of results can meet it."""
    from dataclasses import replace

    import numpy as np

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


def _prices(problem: Problem, model: Model, y: NDArray[np.float64], bound: float) -> Prices:
    import numpy as np

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
) -> tuple[NDArray[np.int64] | None, float]:
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

    import numpy as np

    from pilotscore.funding.child import solve_apart
    from pilotscore.funding.holding import total_value

    end = time.monotonic() + seconds
    plain = build(replace(problem, max_jump=None))
    model = plain if problem.max_jump is None else build(problem)
    if not len(plain.gain):
        return None, math.inf
    dual = Dual(problem, plain)
    y, bound = dual.least()
    _, share = dual.evaluate(y)
    lead = dual.undecided(y)
    order = np.argsort(lead, kind="stable")
    tied = _bound_together(problem)[dual.results]
    offers = len(share)
    values = np.concatenate([share, np.zeros(len(model.gain) - offers)])
    best: NDArray[np.int64] | None = None
    value, size = -math.inf, _CORE
    while True:
        free = np.zeros(len(order), dtype=bool)
        free[order[:size]] = True
        free |= tied & (lead < lead[order[min(2 * size, len(order)) - 1]])
        fixed = np.concatenate([~free[dual.of], np.zeros(len(values) - offers, dtype=bool)])
        core = restrict(model, fixed, values)
        left = end - time.monotonic()
        if core is not None and left > 0:
            run = solve if len(core.gain) <= _IN_PROCESS else solve_apart
            # An absolute room: the core is a small part of what is decided.
            worth = core.gain.sum() or 1.0
            share_of_core = min(gap * 0.3 * abs(bound) / worth, 0.01)
            solved = run(core, gap=share_of_core, seconds=left)
            if solved.columns is not None:
                x = values.copy()
                x[~fixed] = solved.columns
                choice = np.full(len(problem), -1, dtype=np.int64)
                taken = model.offers[:offers][x[:offers] > 0.5]
                choice[problem.owner[taken]] = taken
                worth = total_value(problem, choice)
                if worth > value and not violations(problem, choice):
                    best, value = choice, worth
        done = value > -math.inf and bound - value <= gap * abs(bound)
        if done or size >= len(order) or end <= time.monotonic():
            return best, bound
        size *= _GROWTH


def _bound_together(problem: Problem) -> NDArray[np.bool_]:
    """Return which results are in an exclusion or a dependency."""
    import numpy as np

    found = np.zeros(len(problem), dtype=bool)
    for group in problem.exclusive:
        found[list(group.members)] = True
    for bond in problem.dependencies:
        found[[bond.result, bond.needs]] = True
    return found
