"""Whether an allocation holds: every limit, in whole fen, and every bond between results.

A solver computes in floating point; what it answers is held against these integers before it is
believed.
"""

from __future__ import annotations

import math

import numpy as np

from pilotscore.allocation.problem import MAX_JUMP, REQUIRED, Constraint, Limit, Problem
from pilotscore.arrays import Bools, Floats, Ints

_EQUAL = 1e-9  # scores nearer than this are the same


def contribution(problem: Problem, limit: Limit, total: Ints | None = None) -> Ints:
    """Return what each offer adds to a limit: fen, or 1 for an award; shape (k,).

    ``total`` is the cost of each offer over all stages, where it is asked for many limits.
    """
    counted = limit.members[problem.owner]
    if limit.counts == "awards":
        return counted.astype(np.int64)
    if limit.stage is not None:
        return np.where(counted, problem.cost[:, limit.stage], 0)
    return np.where(counted, problem.total_cost if total is None else total, 0)


def chosen(choice: Ints) -> Ints:
    """Return the offers that are taken."""
    return choice[choice >= 0]


def used(problem: Problem, limit: Limit, choice: Ints) -> int:
    """Return how much of a limit an allocation uses: fen or awards."""
    taken = chosen(choice)
    mine = taken[limit.members[problem.owner[taken]]]
    if limit.counts == "awards":
        return len(mine)
    cost = problem.cost[mine]
    return int((cost if limit.stage is None else cost[:, limit.stage]).sum())


def total_value(problem: Problem, choice: Ints) -> float:
    """Return the worth of an allocation, summed so that the order of summing does not matter."""
    return math.fsum(problem.value[chosen(choice)].tolist())


def fundable(problem: Problem) -> Bools:
    """Return which results can be funded: eligible, with an offer, needing only such ones."""
    can = problem.eligible.copy()
    can &= np.bincount(problem.owner, minlength=len(problem)) > 0
    changed = True
    while changed:
        lost = [d.result for d in problem.dependencies if can[d.result] and not can[d.needs]]
        can[lost] = False
        changed = bool(lost)
    return can


def excused(problem: Problem, funded: Bools) -> Bools:
    """Return which results are out by a bond with another result, so that no jump counts over them.

    The places of an :class:`~pilotscore.allocation.problem.Exclusive` are taken by results that do
    not lie lower by more than ``max_jump``, or a result that it needs is not funded.
    """
    out = np.zeros(len(problem), dtype=bool)
    reach = problem.max_jump if problem.max_jump is not None else np.inf
    for group in problem.exclusive:
        members = np.unique(group.members)
        for a in members[~funded[members]]:
            near = problem.score[members] >= problem.score[a] - reach - _EQUAL
            out[a] |= int((funded[members] & near).sum()) >= group.most
    for bond in problem.dependencies:
        out[bond.result] |= not funded[bond.needs]
    return out


def too_far(problem: Problem, choice: Ints) -> Ints:
    """Return the funded results that lie lower by more than ``max_jump`` than one passed over.

    Results of the same track, and those of no track, are held against each other. One that must be
    funded passes over nobody: that was decided beforehand.
    """
    if problem.max_jump is None:
        return np.array([], dtype=np.int64)
    funded = choice >= 0
    passed = fundable(problem) & ~funded & ~excused(problem, funded)
    group = problem.tracks + 1
    top = np.full(int(group.max(initial=0)) + 1, -np.inf)
    np.maximum.at(top, group[passed], problem.score[passed])
    low = problem.score < top[group] - problem.max_jump - _EQUAL
    return np.flatnonzero(funded & ~problem.required & low)


def violations(problem: Problem, choice: Ints) -> dict[Constraint, int]:
    """Return the constraints that do not hold, and by how much (fen or a number of results)."""
    funded = choice >= 0
    excess: list[tuple[Constraint, int]] = []
    for limit in problem.limits:
        amount = used(problem, limit, choice)
        over = 0 if limit.most is None else amount - limit.most
        under = 0 if limit.least is None else limit.least - amount
        excess.append((limit.id, max(over, under)))
    excess += [
        (group.id, int(funded[np.unique(group.members)].sum()) - group.most)
        for group in problem.exclusive
    ]
    excess += [
        (bond.id, int(funded[bond.result] and not funded[bond.needs]))
        for bond in problem.dependencies
    ]
    excess += [
        (REQUIRED, int((problem.required & ~funded).sum())),
        (Constraint("eligible"), int((funded & ~problem.eligible).sum())),
        (Constraint("owner"), _strangers(problem, choice)),
        (MAX_JUMP, len(too_far(problem, choice))),
    ]
    return {constraint: amount for constraint, amount in excess if amount > 0}


def _strangers(problem: Problem, choice: Ints) -> int:
    """Return how many results have an offer that is not theirs."""
    taken = np.flatnonzero(choice >= 0)
    if not len(problem.owner):
        return len(taken)
    return int((problem.owner[choice[taken]] != taken).sum())


Stops = list[list[Constraint]]


def stopped_by(
    problem: Problem, choice: Ints, prices: Floats | None = None
) -> tuple[tuple[Constraint, ...], ...]:
    """Return for each result all that kept it from its full offer, () where nothing did.

    Bonds with other results come first, then the limits that the full offer (for one not funded:
    its cheapest) would break, the one of the highest price first. The bound of jumps is named where
    nothing else stops a result.

    Parameters
    ----------
    choice
        Shape (n,).
    prices
        Shape (number of limits,): value for a fen or an award more; see
        :func:`pilotscore.allocation.prices.price`.
    """
    n = len(problem)
    stops: Stops = [[] for _ in range(n)]
    if not len(problem.owner):
        return ((),) * n
    funded = choice >= 0
    first = np.searchsorted(problem.owner, np.arange(n))
    last = np.searchsorted(problem.owner, np.arange(n), side="right") - 1
    wants = (last >= first) & problem.eligible & (choice != first)
    wanted = np.where(wants, np.where(funded, first, last), 0)
    _by_bonds(problem, stops, wants & ~funded, funded)
    _by_limits(problem, stops, choice, wants, wanted, prices)
    if problem.max_jump is not None:
        free = np.array([not reasons for reasons in stops], dtype=bool)
        alone = np.flatnonzero(wants & ~funded & free)
        for i in alone[_would_be_too_far(problem, choice, alone, wanted)].tolist():
            stops[i].append(MAX_JUMP)
    return tuple(map(tuple, stops))


def _by_bonds(problem: Problem, stops: Stops, out: Bools, funded: Bools) -> None:
    """Add the dependencies and exclusions that stop results, of dependencies the last first."""
    for bond in problem.dependencies:
        if out[bond.result] and not funded[bond.needs]:
            stops[bond.result].insert(0, bond.id)
    for group in problem.exclusive:
        members = np.unique(group.members)
        if funded[members].sum() >= group.most:
            for i in members[out[members]].tolist():
                stops[i].append(group.id)


def _by_limits(
    problem: Problem,
    stops: Stops,
    choice: Ints,
    wants: Bools,
    wanted: Ints,
    prices: Floats | None,
) -> None:
    """Add the limits that the offers wanted would break, the one of the highest price first."""
    broken: list[tuple[int, float, int]] = []
    total = problem.total_cost
    for j, limit in enumerate(problem.limits):
        if limit.most is None:
            continue
        adds = contribution(problem, limit, total)
        now = np.where(choice >= 0, adds[np.maximum(choice, 0)], 0)
        step = adds[wanted] - now
        breaks = np.flatnonzero(wants & (step > 0) & (int(now.sum()) + step > limit.most))
        price = 0.0 if prices is None else max(float(prices[j]), 0.0)
        worth = price * step[breaks]
        broken += zip(breaks.tolist(), (-worth).tolist(), [j] * len(breaks), strict=True)
    for i, _, j in sorted(broken):
        stops[i].append(problem.limits[j].id)


def _would_be_too_far(problem: Problem, choice: Ints, alone: Ints, wanted: Ints) -> Bools:
    """Return which of some results, funded alone besides, would lie too far below one passed over.

    Without bonds between results that one is the best of the others of its track that get nothing;
    with bonds each is looked at by itself.
    """
    assert problem.max_jump is not None
    if problem.exclusive or problem.dependencies:
        far = np.zeros(len(alone), dtype=bool)
        for k, i in enumerate(alone.tolist()):
            with_it = choice.copy()
            with_it[i] = wanted[i]
            far[k] = i in too_far(problem, with_it)
        return far
    passed = np.flatnonzero(fundable(problem) & (choice < 0))
    group = problem.tracks + 1
    best = np.full((int(group.max(initial=0)) + 1, 2), -np.inf)  # of each track, the two best
    holder = np.full(len(best), -1)
    for i in passed[np.argsort(problem.score[passed], kind="stable")].tolist():
        g = group[i]
        best[g] = problem.score[i], best[g, 0]
        holder[g] = i
    g = group[alone]
    top = np.where(holder[g] == alone, best[g, 1], best[g, 0])
    low: Bools = problem.score[alone] < top - problem.max_jump - _EQUAL
    return low & ~problem.required[alone]
