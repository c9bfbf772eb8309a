"""Results that no limit can tell apart take what is given to their like in the order of rank.

A solver that may stop within a gap, or that meets equal values, funds any one of them; nobody could
explain why the lower ranked of two results of one institute at one price was funded.
"""

from __future__ import annotations

import numpy as np

from pilotscore.allocation.holding import fundable, total_value, violations
from pilotscore.allocation.problem import Problem
from pilotscore.arrays import Ints


def exchange(problem: Problem, choice: Ints) -> Ints:
    """Return an allocation of no less value in which like results stand in the order of rank.

    Like are results of the same track, in the same limits, with the same levels and costs, without
    bonds. The fullest offers go to the best ranked of them; where that would lose value, to those
    of most value; where that too would, all stays. Sums of money do not change.
    """
    changed = choice.copy()
    rank = problem.ranks
    first = np.searchsorted(problem.owner, np.arange(len(problem)))
    for group in groups_alike(problem):
        now = choice[group]
        taken = np.where(now >= 0, now - first[group], np.iinfo(np.int64).max)
        if (taken == taken[0]).all():
            continue
        given = np.sort(taken)
        best = _value(problem, now)
        by_rank = group[np.argsort(rank[group])]
        top = problem.value[first[group]]
        by_value = group[np.lexsort((rank[group], -top))]
        for sequence in (by_rank, by_value):
            new = np.where(given < np.iinfo(np.int64).max, given + first[sequence], -1)
            if _value(problem, new) >= best - 1e-12 * abs(best):
                changed[sequence] = new
                break
    same = total_value(problem, changed) >= total_value(problem, choice) * (1 - 1e-12)
    return changed if same and not violations(problem, changed) else choice


def _value(problem: Problem, offers: Ints) -> float:
    return float(problem.value[offers[offers >= 0]].sum())


def groups_alike(problem: Problem) -> list[Ints]:
    """Return the groups of two and more like results."""
    inside = np.flatnonzero(fundable(problem) & ~problem.required & ~problem.tied)
    if not len(inside):
        return []
    # A random number for each limit, summed: the same sum is the same limits, but for a chance of
    # 2^-64 (and what comes of it is checked). With a column each, thousands of caps take gigabytes.
    random = np.random.default_rng(1)
    limits = np.zeros(len(problem), dtype=np.int64)
    for limit in problem.limits:
        limits[limit.members] += random.integers(np.iinfo(np.int64).max)
    kinds = [problem.tracks[inside], limits[inside]]
    first = np.searchsorted(problem.owner, inside)
    count = np.searchsorted(problem.owner, inside, side="right") - first
    kinds.append(count)
    for step in range(int(count.max())):
        offer = np.where(step < count, first + step, first)
        kinds += [problem.level[offer], *problem.cost[offer].T]
    _, which = np.unique(np.stack(kinds, axis=1), axis=0, return_inverse=True)
    order = np.argsort(which.ravel(), kind="stable")
    cuts = np.flatnonzero(np.diff(which.ravel()[order])) + 1
    return [inside[part] for part in np.split(order, cuts) if len(part) > 1]
