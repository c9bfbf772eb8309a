"""What each result may be given at each level, how the stages pay it, and what it is worth."""

from __future__ import annotations

import numpy as np

from pilotscore.allocation.problem import Problem
from pilotscore.arrays import Floats, Ints
from pilotscore.criteria import Call, Level
from pilotscore.funding.grants import Grants, rounded_to


def offers_of(call: Call, given: Grants) -> tuple[Ints, Ints, Ints]:
    """Return owner, level and cost of every offer: the full one and the lesser levels."""
    amounts = of_levels(call, given.amount)
    wanted = (amounts >= np.maximum(given.least, 1)[:, None]) & (given.amount > 0)[:, None]
    owner, level_of = np.nonzero(wanted)
    cost = np.zeros((len(owner), max(1, len(call.budget.stages))), dtype=np.int64)
    for k, level in enumerate(call.funding_levels):
        here = level_of == k
        cost[here] = by_stage(call, amounts[owner[here], k], level)
    return owner.astype(np.int64), level_of.astype(np.int64), cost


def of_levels(call: Call, full: Ints) -> Ints:
    """Return what each level gives of full amounts, in fen, shape (n, levels)."""
    step = rounded_to(call)
    amounts = np.zeros((len(full), len(call.funding_levels)), dtype=np.int64)
    for k, level in enumerate(call.funding_levels):
        part = _millionths(full, round(level.share * 1_000_000))
        amounts[:, k] = part // step * step if level.share < 1 else full
    return amounts


def _millionths(amounts: Ints, share: int) -> Ints:
    """Return a share, in millionths, of amounts in fen, rounded down; all within 64 bits."""
    part: Ints = amounts // 1_000_000 * share + amounts % 1_000_000 * share // 1_000_000
    return part


def by_stage(call: Call, amounts: Ints, level: Level) -> Ints:
    """Spread amounts of a level, in fen, over the stages that pay it; shape (k, s).

    Milestones say which stage pays which share. A level whose milestones name no stage is paid by
    all of them, each by its share of the budget; the last takes what rounding leaves.
    """
    ids = [s.id for s in call.budget.stages]
    cost = np.zeros((len(amounts), max(1, len(ids))), dtype=np.int64)
    left = amounts.copy()
    if len(ids) < 2:
        cost[:, 0] = amounts
        return cost
    if not any(m.stage for m in level.milestones):
        whole = max(call.budget_fen, 1)
        for k, stage in enumerate(call.budget.stages[:-1]):
            cost[:, k] = _millionths(amounts, call.fen(stage.amount) * 1_000_000 // whole)
            left = left - cost[:, k]
        cost[:, -1] = left
        return cost
    for number, milestone in enumerate(level.milestones):
        last = number == len(level.milestones) - 1
        part = left if last else (amounts * round(milestone.share * 10_000)) // 10_000
        cost[:, ids.index(milestone.stage) if milestone.stage else 0] += part
        left = left - part
    return cost


def worth(call: Call, problem: Problem, given: Grants, index: Floats) -> Floats:
    """Return the worth of each offer: points, or points times money in the call's unit."""
    levels = call.funding_levels
    share = np.array([x.share if x.value is None else x.value for x in levels])[problem.level]
    floor = 0.0 if call.objective == "score" else call.floor
    points: Floats = np.maximum(index - floor, 0.0)[problem.owner]
    if call.objective != "score_money":
        return np.asarray(points * share, dtype=np.float64)
    stated = np.array([x.value is not None for x in levels])[problem.level]
    money = np.where(stated, given.amount[problem.owner] * share, problem.total_cost)
    return np.asarray(points * money / call.money_unit.fen, dtype=np.float64)
