"""Equal results: who cannot be told apart, and where an id decides between them in the end.

Results of one rank that no tie-break of the call separates stand in the natural order of their ids,
for a list must have some order. That order is no merit. So within draws such ties are broken at
random, results alike in everything get the same chance, and where the id decides over an award,
that is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from pilotscore.allocation.problem import Problem
from pilotscore.allocation.symmetry import groups_alike
from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.funding.instance import Instance
from pilotscore.funding.order import TieBroken
from pilotscore.records import dataclass

_NOTHING = -1e300  # what stands for a value that is not there, so that two such are equal


@dataclass(frozen=True, slots=True)
class ById:
    """Equal results of which the ids decided: who got more, and who less or nothing."""

    more: tuple[int, ...]
    less: tuple[int, ...]


def standings(order: Ints, ties: tuple[TieBroken, ...]) -> Ints:
    """Return the place of each result, from 0, shape (n,); those that an id alone separates share.

    Parameters
    ----------
    order
        Shape (n,): the places of the results, best first.
    ties
        What decided between neighbours of one rank.
    """
    equal = {(tie.first, tie.second) for tie in ties if tie.by == "id"}
    standing = np.zeros(len(order), dtype=np.int64)
    listed = order.tolist()
    for place, i in enumerate(listed):
        tied = place > 0 and (listed[place - 1], i) in equal
        standing[i] = standing[listed[place - 1]] if tied else place
    return standing


def at_random(standing: Ints, order: Ints, draws: int, random: np.random.Generator) -> Ints:
    """Return the order to break ties by in each draw, shape (draws, n): equal results shuffled."""
    n = len(standing)
    if len(np.unique(standing)) == n:
        return np.broadcast_to(standing, (draws, n))
    # Drawn by place in the order, so that the order of the rows does not matter.
    shuffled = np.empty((draws, n))
    shuffled[:, order] = random.random((draws, n))
    rank = np.empty((draws, n), dtype=np.int64)
    place = np.broadcast_to(np.arange(n), (draws, n))
    drawn = np.lexsort((shuffled, np.broadcast_to(standing, (draws, n))), axis=-1)
    np.put_along_axis(rank, drawn, place, axis=1)
    return rank


def alike(instance: Instance) -> tuple[Ints, ...]:
    """Return the groups of results that nothing tells apart but their ids.

    They share a place, no limit or bond tells them apart, they cost the same, and they were
    assessed on the same values, evidence and uncertainty.
    """
    standing = standings(instance.problem.order, instance.ties)
    _, which, count = np.unique(standing, return_inverse=True, return_counts=True)
    tied = np.flatnonzero(count[which.ravel()] > 1)
    if not len(tied):
        return ()
    m, a = instance.assessment.measurements, instance.assessment
    columns = [m.values, m.low, m.high, m.states, m.evidence, a.scores, a.grade[:, None]]
    known = [np.nan_to_num(np.asarray(x, dtype=float)[tied], nan=_NOTHING) for x in columns]
    basis = np.concatenate([standing[tied][:, None], *known], axis=1)
    groups: list[Ints] = []
    for like in groups_alike(instance.problem):
        inside = np.flatnonzero(np.isin(tied, like))
        if len(inside) < 2:
            continue
        _, which = np.unique(basis[inside], axis=0, return_inverse=True)
        which = which.ravel()
        groups += [tied[inside[which == k]] for k in range(int(which.max()) + 1)]
    return tuple(group for group in groups if len(group) > 1)


def shared(counts: Ints | Floats, groups: tuple[Ints, ...]) -> Floats:
    """Return counts of results, shape (n,), with those of each group evened out."""
    even = counts.astype(np.float64)
    for group in groups:
        even[group] = even[group].mean()
    return even


def decided_by_id(
    instance: Instance,
    amount: Ints,
    decided: Bools,
    again: Callable[[Problem], Ints] | None,
) -> tuple[ById, ...]:
    """Return where the order of ids decided who of equal results gets more.

    Parameters
    ----------
    amount
        Shape (n,): what each is given, in fen.
    decided
        Shape (n,): those who wait for the office or the lots have nothing decided yet.
    again
        Gives the money out anew in another order; None where order does not count but among results
        that no limit tells apart.
    """
    problem = instance.problem
    standing = standings(problem.order, instance.ties)
    able = decided & problem.eligible & ~problem.required
    listed = problem.order[able[problem.order]]
    by_id = []
    for group in np.split(listed, np.flatnonzero(np.diff(standing[listed])) + 1):
        if len(group) < 2 or (amount[group] == amount[group[0]]).all():
            continue
        if _hangs_on_ids(problem, group, amount, again):
            most = int(amount[group].max())
            more, less = group[amount[group] == most], group[amount[group] < most]
            by_id.append(ById(tuple(more.tolist()), tuple(less.tolist())))
    return tuple(by_id)


def _hangs_on_ids(
    problem: Problem, group: Ints, amount: Ints, again: Callable[[Problem], Ints] | None
) -> bool:
    """Whether equal results in the reverse order would be given other amounts."""
    if again is None:
        like = [set(g.tolist()) for g in groups_alike(problem)]
        return any(
            len({int(amount[i]) for i in group.tolist() if i in these}) > 1 for these in like
        )
    order = problem.order.copy()
    places = np.flatnonzero(np.isin(order, group))
    order[places] = order[places][::-1]
    return bool((again(replace(problem, order=order))[group] != amount[group]).any())
