"""Assigns experts to results: the worst served result as well as can be, then all of them.

Source of the threshold: the bottleneck assignment of R. E. Burkard, M. Dell'Amico, S. Martello,
Assignment Problems, 2009, chapter 6, as fairness among papers has it (A. Kobren, B. Saha, A.
McCallum, Paper matching with local fairness constraints, KDD 2019): the worst pair is as good as
can be, then the sum.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.panels.assignment.problem import Problem
from pilotscore.panels.assignment.programme import Pairs, Rows, constraints, solve
from pilotscore.panels.assignment.threshold import Progress, at_best_threshold
from pilotscore.records import dataclass

# Beyond so many pairs only the best of each result and of each expert are looked at first.
_MOST_PAIRS = 200_000
_KEPT = 40
_WHOLE = 1e-6
_SEGMENTS = 40  # in which the cost of a load rises
_UNEVEN = 0.005  # own: by how much each further result of an expert costs more, in affinity
_TIE = 1e-4  # what chance adds to affinities: less than one step of any that is told


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """Who scores what.

    Parameters
    ----------
    chosen
        The pairs, shape (results, experts).
    backups
        The experts who could step in for each result, the best first.
    worst
        The least affinity of a pair.
    chance
        With which probability each pair was to be assigned, shape (results, experts); None where
        nothing was left to chance.
    """

    chosen: Bools
    backups: tuple[tuple[int, ...], ...]
    worst: float
    chance: Floats | None = None


def assign(
    problem: Problem,
    *,
    seed: int = 0,
    backups: int = 2,
    seconds: float | None = None,
    progress: Progress | None = None,
) -> Assignment | None:
    """Return an assignment; None where there is none.

    Equal choices are made by chance, the same with the same seed.

    Parameters
    ----------
    problem
        What is to be kept.
    seed
        Of the choices between equals.
    backups
        How many experts to name for each result who could step in.
    seconds
        How long the solver may take each time.
    progress
        Called with how many steps are done of how many.

    Raises
    ------
    UnsolvedError
        The solver ran out of time, or failed.
    """
    random = np.random.default_rng(seed)
    gain = problem.affinity + _TIE * random.random(problem.affinity.shape)
    chosen = at_best_threshold(
        problem, lambda above: _solved(problem, gain, above, seconds), lambda best: best, progress
    )
    if chosen is None:
        return None
    return Assignment(chosen, backups_of(problem, gain, chosen, backups), worst_of(problem, chosen))


def _solved(
    problem: Problem, gain: Floats, considered: Bools, seconds: float | None
) -> Bools | None:
    """Return the pairs with the greatest gain; in a large call among the best of each at first."""
    for pairs in looked_at(problem, gain, considered):
        chosen = _whole(problem, gain, pairs, seconds)
        if chosen is not None:
            return chosen
    return None


def looked_at(problem: Problem, gain: Floats, considered: Bools) -> Iterator[Bools]:
    """Yield the pairs to look at: in a large call the best of each at first, then all."""
    if considered.sum() > _MOST_PAIRS:
        yield considered & _best_pairs(problem, gain, considered)
    yield considered


def worst_of(problem: Problem, chosen: Bools) -> float:
    """Return the least affinity of the pairs that are chosen."""
    return float(problem.affinity[chosen].min()) if chosen.any() else 0.0


def _whole(
    problem: Problem, gain: Floats, considered: Bools, seconds: float | None
) -> Bools | None:
    """Return the pairs with the greatest gain, less what uneven loads cost."""
    pairs = Pairs.of(considered)
    rows = constraints(problem, pairs)
    values = with_even_loads(problem, pairs, rows, gain, seconds, whole=False)
    if values is None:
        return None
    if np.any(np.abs(values - np.round(values)) > _WHOLE):
        return _whole_pairs(problem, pairs, values, gain, seconds)
    return _chosen_of(pairs, values > 0.5, considered.shape)


def _chosen_of(pairs: Pairs, taken: Bools, shape: tuple[int, ...]) -> Bools:
    chosen = np.zeros(shape, dtype=bool)
    chosen[pairs.result[taken], pairs.expert[taken]] = True
    return chosen


def with_even_loads(
    problem: Problem,
    pairs: Pairs,
    rows: Rows,
    gain: Floats,
    seconds: float | None,
    *,
    whole: bool,
) -> Floats | None:
    """Return the values of pairs; each further result of an expert costs a little more.

    The costs of a load rise, so that the programme stays one of a flow with convex costs.
    """
    n, experts = len(pairs), problem.experts
    beyond = np.maximum(problem.most - problem.least, 0)
    width = np.maximum(-(-beyond // _SEGMENTS), 1)
    count = -(-beyond // width)
    owner = np.repeat(np.arange(experts), count)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    column = n + np.arange(len(owner), dtype=np.int64)
    eased = rows.eased(rows.loads.start + owner, column, -1.0)
    # An expert has the least load, and each place above it at its price.
    most = eased.high.copy()
    most[list(rows.loads)] = np.minimum(problem.most, problem.least)
    cost = _UNEVEN * (1.0 + step * width[owner])
    values = solve(
        np.concatenate([gain[pairs.result, pairs.expert], -cost]),
        replace(eased, high=most),
        np.concatenate([np.full(n, problem.cap), width[owner].astype(float)]),
        whole=whole,
        seconds=seconds,
    )
    return None if values is None else values[:n]


def _whole_pairs(
    problem: Problem, pairs: Pairs, values: Floats, gain: Floats, seconds: float | None
) -> Bools | None:
    """Return whole pairs: results that are whole keep theirs, the others are solved as integers.

    Where institutions cut across groups only these can break; should they not fit into what the
    others leave, all are solved anew.
    """
    shape = problem.allowed.shape
    broken = np.unique(pairs.result[np.abs(values - np.round(values)) > _WHOLE])
    open_ = np.isin(pairs.result, broken)
    kept = _chosen_of(pairs, ~open_ & (values > 0.5), shape)
    loads = kept.sum(axis=0)
    rest = replace(
        problem,
        demand=np.where(np.isin(np.arange(shape[0]), broken), problem.demand, 0),
        least=np.maximum(problem.least - loads, 0),
        most=problem.most - loads,
    )
    few = Pairs(pairs.result[open_], pairs.expert[open_])
    rows = constraints(rest, few)
    free = ~np.isin(np.arange(shape[0]), broken)
    low = rows.low.copy()
    # What results that are whole need of groups, they have.
    for first in range(rows.groups.start, rows.groups.stop, shape[0]):
        low[first : first + shape[0]][free] = 0
    shares = with_even_loads(rest, few, replace(rows, low=low), gain, seconds, whole=True)
    if shares is not None:
        return kept | _chosen_of(few, shares > 0.5, shape)
    shares = with_even_loads(problem, pairs, constraints(problem, pairs), gain, seconds, whole=True)
    return None if shares is None else _chosen_of(pairs, shares > 0.5, shape)


def _best_pairs(problem: Problem, gain: Floats, considered: Bools) -> Bools:
    """Return the best pairs of each result within each group, and of each expert."""
    score = np.where(considered, gain, -np.inf)
    kept = np.zeros(considered.shape, dtype=bool)
    groups = len(problem.of_group)
    for group in range(groups):
        mine = np.flatnonzero(problem.group == group)
        _keep_best(kept, score, mine, max(_KEPT // groups, int(problem.demand.max() / problem.cap)))
    by_expert = np.zeros(considered.T.shape, dtype=bool)
    results = np.arange(problem.results)
    share = int(np.ceil(2 * problem.demand.sum() / max(problem.experts, 1)))
    _keep_best(by_expert, score.T, results, max(_KEPT, share))
    return kept | by_expert.T


def _keep_best(kept: Bools, score: Floats, among: Ints, number: int) -> None:
    """Mark the best so many columns of each row among some."""
    if not len(among):
        return
    number = min(number, len(among))
    part = np.argpartition(-score[:, among], number - 1, axis=1)[:, :number]
    kept[np.arange(len(kept))[:, None], among[part]] = True


def backups_of(
    problem: Problem, gain: Floats, chosen: Bools, number: int
) -> tuple[tuple[int, ...], ...]:
    """Return who could step in for each result: allowed, with room, the best first."""
    room = problem.most - chosen.sum(axis=0) > 0
    free = problem.allowed & ~chosen & room
    order = np.argsort(-np.where(free, gain, -np.inf), axis=1, kind="stable")[:, :number]
    return tuple(tuple(int(e) for e in order[r] if free[r, e]) for r in range(problem.results))


def balanced(problem: Problem, stated: Bools) -> Problem:
    """Return the problem with the least common load that experts without a stated one can bear.

    Parameters
    ----------
    problem
        With any ``most`` for those.
    stated
        Which experts have a stated greatest load, shape (experts,).
    """
    if stated.all():
        return problem
    total = int(problem.demand.sum())
    open_ = int((~stated).sum())
    even = -(-max(total - int(problem.most[stated].sum()), 0) // open_)
    fair = -(-total // problem.experts)
    load = max(even, fair, int(problem.least.max(initial=0)), 1)
    while load < problem.results:
        levelled = _with_load(problem, stated, load)
        pairs = Pairs.of(problem.allowed)
        rows = constraints(levelled, pairs)
        high = np.full(len(pairs), problem.cap)
        if solve(np.zeros(len(pairs)), rows, high, whole=False) is not None:
            return levelled
        load = load + max(1, load // 10)
    return _with_load(problem, stated, problem.results)


def _with_load(problem: Problem, stated: Bools, load: int) -> Problem:
    return replace(problem, most=np.where(stated, problem.most, load).astype(np.int64))
