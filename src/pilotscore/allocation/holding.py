"""Whether an allocation holds: every limit, in whole fen, and every bond between results.

A solver computes in floating point; what it answers is held against these integers before it is
believed.
"""

from __future__ import annotations

import numpy as np

from pilotscore.allocation.problem import Limit, Problem
from pilotscore.arrays import Bools, Floats, Ints

MAX_JUMP = "max_jump"
REQUIRED = "required"
_EQUAL = 1e-9  # scores nearer than this are the same


def contribution(problem: Problem, limit: Limit) -> Ints:
    """Return what each offer adds to a limit: fen, or 1 for an award; shape (k,)."""
    counted = limit.members[problem.owner]
    if limit.counts == "awards":
        return counted.astype(np.int64)
    money = problem.total_cost if limit.stage is None else problem.cost[:, limit.stage]
    return np.where(counted, money, 0)


def chosen(choice: Ints) -> Ints:
    """Return the offers that are taken."""
    return choice[choice >= 0]


def used(problem: Problem, limit: Limit, choice: Ints) -> int:
    """Return how much of a limit an allocation uses: fen or awards."""
    return int(contribution(problem, limit)[chosen(choice)].sum())


def total_value(problem: Problem, choice: Ints) -> float:
    """Return the worth of an allocation, summed so that the order of summing does not matter."""
    import math

    return math.fsum(problem.value[chosen(choice)].tolist())


def fundable(problem: Problem) -> Bools:
    """Return which results can be funded at all: eligible, with an offer, needing only such ones."""
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

    The places of an :class:`Exclusive` are taken by results that do not lie lower by more than
    ``max_jump``, or a result that it needs is not funded.
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


def violations(problem: Problem, choice: Ints) -> dict[str, int]:
    """Return what does not hold, by key, and by how much (fen or a number of results)."""
    found: dict[str, int] = {}
    funded = choice >= 0
    for limit in problem.limits:
        amount = used(problem, limit, choice)
        over = 0 if limit.most is None else amount - limit.most
        under = 0 if limit.least is None else limit.least - amount
        if max(over, under) > 0:
            found[limit.key] = max(over, under)
    for group in problem.exclusive:
        over = int(funded[np.unique(group.members)].sum()) - group.most
        if over > 0:
            found[group.key] = over
    for bond in problem.dependencies:
        if funded[bond.result] and not funded[bond.needs]:
            found[bond.key] = 1
    for name, faulty in (
        (REQUIRED, problem.required & ~funded),
        ("eligible", funded & ~problem.eligible),
        ("owner", _strangers(problem, choice)),
    ):
        if faulty.any():
            found[name] = int(faulty.sum())
    far = too_far(problem, choice)
    if len(far):
        found[MAX_JUMP] = len(far)
    return found


def _strangers(problem: Problem, choice: Ints) -> Bools:
    """Return which results have an offer that is not theirs."""
    if not len(problem.owner):
        return choice >= 0
    others: Bools = problem.owner[choice] != np.arange(len(choice))
    return (choice >= 0) & others


def stopped_by(problem: Problem, choice: Ints, prices: Floats | None = None) -> tuple[str, ...]:
    """Return for each result what kept it from its full offer: a key, '' where nothing did.

    A limit stopped it if the full offer (for one not funded: its cheapest) would break it. Of
    several limits the one of the highest price counts, of equal ones the first.

    Parameters
    ----------
    choice
        Shape (n,).
    prices
        Shape (number of limits,): value for a fen or an award more; see
        :func:`pilotscore.allocation.prices.price`.
    """
    n = len(problem)
    keys = np.full(n, "", dtype=object)
    if not len(problem.owner):
        return tuple(keys)
    funded = choice >= 0
    total = problem.total_cost
    first = np.searchsorted(problem.owner, np.arange(n))
    last = np.searchsorted(problem.owner, np.arange(n), side="right") - 1
    wanted = np.where(funded, first, last)
    asked = (last >= first) & problem.eligible & (choice != first)
    for bond in problem.dependencies:
        if asked[bond.result] and not funded[bond.result] and not funded[bond.needs]:
            keys[bond.result] = bond.key
    for group in problem.exclusive:
        members = np.unique(group.members)
        if funded[members].sum() >= group.most:
            out = members[asked[members] & ~funded[members]]
            keys[out[keys[out] == ""]] = group.key
    open_ = asked & (keys == "")
    wanted = np.where(open_, wanted, 0)
    weight = np.full(n, -np.inf)
    for j, limit in enumerate(problem.limits):
        if limit.most is None:
            continue
        adds = contribution(problem, limit)
        now = np.where(funded, adds[np.maximum(choice, 0)], 0)
        step = adds[wanted] - now
        breaks = open_ & (step > 0) & (int(now.sum()) + step > limit.most)
        price = 0.0 if prices is None else max(float(prices[j]), 0.0)
        worth = price * step
        better = breaks & (worth > weight)
        keys[better] = limit.key
        weight[better] = worth[better]
    if problem.max_jump is not None:
        alone = np.flatnonzero(open_ & (keys == "") & ~funded & (total[wanted] >= 0))
        if not (problem.exclusive or problem.dependencies):
            keys[alone[_would_be_too_far(problem, funded, alone)]] = MAX_JUMP
            alone = alone[:0]
        for i in alone:
            tried = choice.copy()
            tried[i] = wanted[i]
            if i in too_far(problem, tried):
                keys[i] = MAX_JUMP
    return tuple(keys)


def _would_be_too_far(problem: Problem, funded: Bools, tried: Ints) -> Bools:
    """Return which of some results, funded alone besides, would lie too far below one passed over.

    Without bonds between results that one is the best of the others of its track that get nothing.
    """
    assert problem.max_jump is not None
    passed = np.flatnonzero(fundable(problem) & ~funded)
    group = problem.tracks + 1
    best = np.full((int(group.max(initial=0)) + 1, 2), -np.inf)  # of each track, the two best
    holder = np.full(len(best), -1)
    for i in passed[np.argsort(problem.score[passed], kind="stable")].tolist():
        g = group[i]
        best[g] = problem.score[i], best[g, 0]
        holder[g] = i
    g = group[tried]
    top = np.where(holder[g] == tried, best[g, 1], best[g, 0])
    far: Bools = problem.score[tried] < top - problem.max_jump - _EQUAL
    return far & ~problem.required[tried]
