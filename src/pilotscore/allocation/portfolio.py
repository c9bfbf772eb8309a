"""The portfolio rule: the most value for the budget under all constraints, with its proof.

Small problems go to HiGHS as they are; large ones to prices with a small exact core
(:mod:`pilotscore.allocation.prices`), and to HiGHS in a child process with a hard stop where that
leaves more than the gap. What comes back is held against whole fen before it is believed.

A decision must not hang on the engine. Up to 400 offers the value is solved to the last digit, and
of all portfolios with that value (to 1e-9) the one is taken that funds the best ranked: a second
solve, for the sum of w over those funded, w falling with the square root of the rank. Whatever the
size, results that no limit can tell apart (same track, same limits, same costs, no bonds) take what
is given to their like in the order of rank, or where that would cost value in the order of value.
Beyond 400 offers two solvers may still give different portfolios within the gap: solver, version
and gap are in ``Allocation.engine``.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import numpy as np

from pilotscore.allocation.child import solve_apart
from pilotscore.allocation.conflicts import Conflict, InfeasibleError, find_conflict
from pilotscore.allocation.holding import stopped_by, total_value, violations
from pilotscore.allocation.milp import Model, build, restrict
from pilotscore.allocation.near import (
    Candidate,
    Near,
    NotInFractionsError,
    near_of,
    read,
    relative_gap,
)
from pilotscore.allocation.prices import by_prices, price
from pilotscore.allocation.problem import (
    Allocation,
    Constraint,
    Problem,
    as_it_was,
    in_rank_order,
)
from pilotscore.allocation.solver import Solved, solve
from pilotscore.allocation.symmetry import exchange
from pilotscore.arrays import Ints
from pilotscore.highs import version

Engine = Literal["auto", "exact", "prices"]
_IN_PROCESS = 2_000  # offers
_BY_RELAXATION = 40_000  # offers up to which the linear relaxation takes seconds
_TO_THE_LAST_DIGIT = 400  # offers
_TIE = 1e-9
_ROUNDS = 5


def allocate(
    problem: Problem,
    *,
    gap: float = 1e-4,
    seconds: float = 60.0,
    engine: Engine = "auto",
    explain: bool = True,
) -> Allocation:
    """Choose the offers of most value under all limits.

    Parameters
    ----------
    gap
        Within how much of the bound to stop, relative. Up to 400 offers it is solved exactly.
    seconds
        After which the best found so far is given, ``proved`` False where the gap is not reached.
    engine
        ``exact``: HiGHS on the whole problem; ``prices``: prices and a small core; ``auto``: what
        fits the size.
    explain
        Whether to search for the smallest conflict where there is no allocation; without, the
        error names none, and comes at once.

    Returns
    -------
    Allocation
        ``value`` and ``bound`` in the units of ``problem.value``; ``bound`` holds for every
        allocation.

    Raises
    ------
    InfeasibleError
        Constraints cannot hold together; it has a smallest set of such.
    """
    arranged, offers = in_rank_order(problem)
    best = _allocate(arranged, gap, seconds, engine)
    if best is None:
        conflict = find_conflict(arranged) if explain else Conflict()
        raise InfeasibleError(conflict.at(problem.order))
    binding: list[tuple[Constraint, ...]] = [()] * len(problem)
    for place, constraints in zip(problem.order.tolist(), best.binding, strict=True):
        binding[place] = constraints
    return replace(best, choice=as_it_was(problem, best.choice, offers), binding=tuple(binding))


def _allocate(problem: Problem, gap: float, seconds: float, engine: Engine) -> Allocation | None:
    """Return the best of an arranged problem; None where its constraints cannot hold together."""
    end = time.monotonic() + seconds
    small = len(problem.owner) < _IN_PROCESS
    best: Candidate | None = None
    if engine == "auto" and not small and problem.max_jump is None:
        best = _near_large(problem, gap, end)
        if best is not None and best.gap <= gap:
            return _allocation(problem, best, gap, version())
    if engine == "prices" or (engine == "auto" and not small):
        choice, bound = by_prices(problem, gap=gap, seconds=max(seconds * 0.5, 0.01))
        best = Candidate.of(problem, choice, bound)
        if best.gap <= gap or engine == "prices":
            return _allocation(problem, best, gap, "prices, " + version())
    best = _exact(problem, gap, end, best, apart=not small)
    if best.choice is None and best.bound == -math.inf:
        return None
    return _allocation(problem, best, gap, version())


def _near_large(problem: Problem, gap: float, end: float) -> Candidate | None:
    """Return a portfolio of a large problem near its relaxation; None where that takes too long."""
    if len(problem.owner) > _BY_RELAXATION:
        return None
    try:
        near = near_of(problem, build(problem), end)
    except NotInFractionsError:
        return None
    return None if near is None else near.search(gap * 0.5)


def nearly_best(
    problem: Problem, *, gap: float = 0.03, seconds: float = 60.0, known: Ints | None = None
) -> Allocation | None:
    """Return a portfolio within ``gap`` of the best, without the care for ties: one of many draws.

    None where the limits cannot be met: in a draw too few may be eligible for a least amount.
    ``known`` is a choice that holds, to begin from (:mod:`pilotscore.allocation.near`).
    """
    arranged, offers = in_rank_order(problem)
    if known is not None:
        known = _arranged(problem, known, offers)
    near = _nearly_best(arranged, gap, seconds, known)
    if near is None:
        return None
    return replace(near, choice=as_it_was(problem, near.choice, offers))


def _arranged(problem: Problem, choice: Ints, offers: Ints) -> Ints:
    """Return a choice of a problem for the same in the order of rank."""
    place = np.empty(len(offers), dtype=np.int64)
    place[offers] = np.arange(len(offers))
    mine = choice[problem.order]
    arranged: Ints = np.where(mine >= 0, place[np.maximum(mine, 0)] if len(place) else -1, -1)
    return arranged


def _nearly_best(
    problem: Problem, gap: float, seconds: float, known: Ints | None
) -> Allocation | None:
    model, end = build(problem), time.monotonic() + seconds
    if not len(model.gain):
        solved = solve(model, gap=gap, seconds=seconds)
        return None if solved.status == "infeasible" else _nothing(problem)
    try:
        near = near_of(problem, model, end)
    except NotInFractionsError:
        return None
    if near is not None and (solution := near.search(gap, known)) is not None:
        assert solution.choice is not None
        return _plainly(problem, solution.choice, solution.bound, gap)
    solved = solve(model, gap=gap, seconds=max(end - time.monotonic(), 0.01))
    if solved.columns is not None:
        choice = read(problem, model, solved.columns)
        if not violations(problem, choice):
            return _plainly(problem, choice, solved.bound, gap)
    if solved.status == "infeasible":
        return None
    return _allocate(problem, gap, seconds, "auto")


def _nothing(problem: Problem) -> Allocation | None:
    """Return the portfolio of nobody, where that is all there is."""
    choice = np.full(len(problem), -1, dtype=np.int64)
    return None if violations(problem, choice) else _plainly(problem, choice, 0.0, 0.0)


def _plainly(problem: Problem, choice: Ints, bound: float, gap: float) -> Allocation:
    value = total_value(problem, choice)
    bound = max(bound, value)
    reached = relative_gap(value, bound)
    empty = ((),) * len(problem)
    return Allocation(choice, value, bound, reached <= gap, reached, empty, version())


def _exact(
    problem: Problem, gap: float, end: float, known: Candidate | None, *, apart: bool
) -> Candidate:
    model = build(problem)
    digits = len(model.gain) <= _TO_THE_LAST_DIGIT
    to_reach = 0.0 if digits else gap * 0.5  # the rest is for what rounding and exchanging cost
    try:
        near = None if apart else near_of(problem, model, end)
    except NotInFractionsError:
        return Candidate(None, -math.inf, -math.inf)
    if near is not None and (solution := near.search(to_reach)) is not None:
        if digits:
            return replace(solution, choice=_best_ranked(problem, model, solution, end, near))
        return solution

    def run(model: Model) -> Solved:
        left = max(end - time.monotonic(), 0.5)
        return (solve_apart if apart else solve)(model, gap=to_reach, seconds=left)

    solved = run(model)
    if solved.status == "infeasible" and known is None:
        return Candidate(None, -math.inf, -math.inf)
    best = known or Candidate(None, -math.inf, math.inf)
    choice = _repaired(problem, model, solved, run)
    other = Candidate.of(problem, choice, solved.bound)
    better = other if other.value > best.value else best
    best = replace(better, bound=max(min(best.bound, other.bound), better.value))
    if digits and best.choice is not None and best.gap <= _TIE * 10:
        best = replace(best, choice=_best_ranked(problem, model, best, end, None))
    return best


def _repaired(
    problem: Problem, model: Model, solved: Solved, run: Callable[[Model], Solved]
) -> Ints | None:
    """Return the choice once it holds in whole fen; tighten a limit that it breaks and solve again.

    A tolerance of the solver may let a limit be exceeded by a sum far below what it counts in.
    """
    rows = {limit.id: j for j, limit in enumerate(problem.limits)}
    for _ in range(_ROUNDS):
        if solved.columns is None:
            return None
        choice = read(problem, model, solved.columns)
        broken = violations(problem, choice)
        if not broken:
            return choice
        low, high = model.low.copy(), model.high.copy()
        for constraint, amount in broken.items():
            if constraint not in rows:
                return None
            j = rows[constraint]
            step = 2 * amount / model.unit[j]
            low[j], high[j] = low[j] + step, high[j] - step
        if (low > high).any():
            return None
        model = replace(model, low=low, high=high)
        solved = run(model)
    return None


def _best_ranked(
    problem: Problem, model: Model, best: Candidate, end: float, near: Near | None
) -> Ints | None:
    """Return, of the portfolios of the same value, the one that funds the best ranked.

    With ``near`` only the columns that may differ in such a portfolio are looked at.
    """
    n = len(problem)
    worth = np.zeros(n)
    worth[problem.order] = 1.0 + np.sqrt(n - np.arange(n, dtype=float)) / math.sqrt(max(n, 1))
    offers = np.maximum(model.offers, 0)
    level = problem.level[offers]
    # A fuller offer counts a little more than a lesser one, never as much as another result.
    prefer = worth[problem.owner[offers]] * (1.0 - 0.01 * level / (1 + level.max(initial=0)))
    prefer = np.where(model.offers >= 0, prefer, 0.0)
    columns = np.flatnonzero(model.gain)
    scale = 1.0 / max(float(np.abs(model.gain).max(initial=0.0)), 1e-300)
    least = (best.value - _TIE * abs(best.value)) * scale
    tied = replace(
        model,
        gain=prefer,
        row=np.concatenate([model.row, np.full(len(columns), len(model.low))]),
        column=np.concatenate([model.column, columns]),
        entry=np.concatenate([model.entry, model.gain[columns] * scale]),
        low=np.append(model.low, least),
        high=np.append(model.high, np.inf),
        unit=np.append(model.unit, 1.0),
    )
    free = np.ones(len(model.gain), dtype=bool) if near is None else near.may_better(best.value)
    core = tied if near is None else restrict(tied, ~free, near.rest)
    if core is None:
        return best.choice
    solved = solve(core, gap=0.0, seconds=max(end - time.monotonic(), 0.05))
    if solved.columns is None or solved.status != "optimal":
        return best.choice
    whole = solved.columns if near is None else near.whole(free, solved.columns)
    choice = read(problem, model, whole)
    same = total_value(problem, choice) >= best.value - 1e-7 * abs(best.value)
    return choice if same and not violations(problem, choice) else best.choice


def _allocation(problem: Problem, best: Candidate, gap: float, engine: str) -> Allocation:
    if best.choice is None:
        nothing = np.full(len(problem), -1, dtype=np.int64)
        text = f"portfolio: {engine}; no portfolio was found in the time"
        empty = ((),) * len(problem)
        return Allocation(nothing, math.nan, best.bound, False, math.inf, empty, text)
    choice = exchange(problem, best.choice)
    value = total_value(problem, choice)
    bound = max(best.bound, value)
    reached = relative_gap(value, bound)
    prices = price(problem)
    binding = stopped_by(problem, choice, None if prices is None else prices.limits)
    text = f"portfolio: {engine}; gap {reached:.1e} of {gap:.0e} asked"
    return Allocation(choice, value, bound, reached <= gap, reached, binding, text)
