"""A call with one thing changed: another budget, another sum for one result."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilotscore.allocation.problem import Problem
from pilotscore.arrays import Floats, Ints
from pilotscore.funding.instance import Instance, apply_call
from pilotscore.funding.offers import by_stage, of_levels, worth


def with_budget(instance: Instance, whole: int) -> Instance:
    """Return the call applied anew with another budget, in fen.

    Stages keep their shares of it (to the fen), and what is written as a share of the budget grows
    and shrinks with it.
    """
    loaded = replace(instance.loaded, call=instance.call.with_budget(whole))
    return apply_call(instance.ranking, instance.plan, loaded)


def with_amount(instance: Instance, problem: Problem, i: int, amount: int) -> Problem:
    """Return a problem in which a result is offered one amount alone, in fen.

    An amount of one of its levels is that level; another one is paid like the fullest, and is worth
    its share of that.
    """
    call = instance.call
    offers = np.flatnonzero(problem.owner == i)
    same_sum = offers[problem.total_cost[offers] == amount]
    like = int(same_sum[0] if len(same_sum) else offers[0])
    cost, value = problem.cost[[like]], problem.value[[like]]
    if not len(same_sum):
        cost = by_stage(call, np.array([amount]), call.funding_levels[int(problem.level[like])])
        value = value * (amount / max(int(problem.total_cost[like]), 1))
    return _with_offers(problem, i, problem.level[[like]], cost, value)


def with_request(instance: Instance, problem: Problem, i: int, amount: int) -> Problem:
    """Return a problem in which a result asks for less: in full it is given this amount, in fen.

    Its lesser levels follow, down to its least grant; what it is worth is told by the objective.
    """
    call, given = instance.call, instance.grants
    amount_of = given.amount.copy()
    amount_of[i] = amount
    amounts = of_levels(call, np.array([amount]))[0]
    level = np.flatnonzero(amounts >= max(int(given.least[i]), 1))
    cost = np.concatenate([by_stage(call, amounts[[k]], call.funding_levels[k]) for k in level])
    changed = _with_offers(problem, i, level, cost, np.zeros(len(level)))
    worths = worth(call, changed, replace(given, amount=amount_of), instance.assessment.index)
    return replace(changed, value=np.where(changed.owner == i, worths, changed.value))


def _with_offers(problem: Problem, i: int, level: Ints, cost: Ints, value: Floats) -> Problem:
    """Return a problem in which a result has other offers; their number may be another."""
    first = int(np.searchsorted(problem.owner, i))
    last = int(np.searchsorted(problem.owner, i, side="right"))

    def put(array: NDArray[Any], mine: NDArray[Any]) -> NDArray[Any]:
        return np.concatenate([array[:first], mine, array[last:]])

    return replace(
        problem,
        owner=put(problem.owner, np.full(len(level), i, dtype=np.int64)),
        level=put(problem.level, level),
        cost=put(problem.cost, cost),
        value=put(problem.value, value),
    )
