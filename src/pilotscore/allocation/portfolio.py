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
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from pilotscore.allocation.child import solve_apart
from pilotscore.allocation.conflicts import Conflict, InfeasibleError, find_conflict
from pilotscore.allocation.dual import Dual
from pilotscore.allocation.holding import stopped_by, total_value, violations
from pilotscore.allocation.local_search import improve
from pilotscore.allocation.milp import Model, Solved, build, solve, version
from pilotscore.allocation.prices import by_prices, price
from pilotscore.allocation.problem import (
    Allocation,
    Constraint,
    Problem,
    as_it_was,
    in_rank_order,
)
from pilotscore.allocation.symmetry import exchange
from pilotscore.allocation.walk import room_of, walk
from pilotscore.arrays import Floats, Ints

Engine = Literal["auto", "exact", "prices"]
_IN_PROCESS = 2_000  # offers
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
    best: _Candidate | None = None
    if engine == "prices" or (engine == "auto" and not small):
        choice, bound = by_prices(problem, gap=gap, seconds=max(seconds * 0.5, 0.01))
        best = _Candidate.of(problem, choice, bound)
        if best.gap <= gap or engine == "prices":
            return _allocation(problem, best, gap, "prices, " + version())
    best = _exact(problem, gap, end, best, apart=not small)
    if best.choice is None and best.bound == -math.inf:
        return None
    return _allocation(problem, best, gap, version())


def nearly_best(problem: Problem, *, gap: float = 0.03, seconds: float = 60.0) -> Allocation | None:
    """Return a portfolio within ``gap`` of the best, without the care for ties: one of many draws.

    None where the limits cannot be met: in a draw too few may be eligible for a least amount.

    The linear relaxation, rounded down and filled up, comes first: few of its results are cut (no
    more than there are rows), so that little is lost where there are many.
    """
    arranged, offers = in_rank_order(problem)
    near = _nearly_best(arranged, gap, seconds)
    if near is None:
        return None
    return replace(near, choice=as_it_was(problem, near.choice, offers))


def _nearly_best(problem: Problem, gap: float, seconds: float) -> Allocation | None:
    model = build(problem)
    rounded = _rounded(problem, model, seconds)
    if rounded is not None and rounded.gap <= gap:
        return replace(rounded, proved=True)
    solved = solve(model, gap=gap, seconds=seconds)
    if solved.columns is not None:
        choice = read(problem, model, solved.columns)
        if not violations(problem, choice):
            return _plainly(problem, choice, solved.bound, gap)
    if solved.status == "infeasible":
        return None
    return _allocate(problem, gap, seconds, "auto")


def _rounded(problem: Problem, model: Model, seconds: float) -> Allocation | None:
    """Return the linear relaxation rounded down and filled up; None where that breaks a rule."""
    if not len(problem.owner):
        return None
    relaxed = solve(model, gap=0.0, seconds=seconds, relaxed=True)
    if relaxed.columns is None or not math.isfinite(relaxed.bound):
        return None
    choice = read(problem, model, np.where(relaxed.columns > 1 - 1e-6, 1.0, 0.0))
    small = len(problem.owner) < _IN_PROCESS and relaxed.duals is not None
    if small and problem.max_jump is None:
        choice = _improved(problem, model, relaxed, choice)
    elif not (problem.exclusive or problem.dependencies or problem.max_jump is not None):
        room = room_of(problem)
        full = room.offers[:, 0]
        worth = problem.value[full] / np.maximum(problem.total_cost[full], 1)
        able = problem.eligible & (full >= 0) & (choice < 0)
        wanting = np.flatnonzero(able)
        order = wanting[np.argsort(-worth[wanting], kind="stable")]
        filled = walk(
            room, order[None], able[None], problem.required, "skip", None, start=choice[None]
        )
        choice = filled[0]
    if violations(problem, choice):
        return None
    return _plainly(problem, choice, relaxed.bound, 0.0)


def _improved(problem: Problem, model: Model, relaxed: Solved, choice: Ints) -> Ints:
    """Return a choice after pair moves at the prices of the relaxation."""
    assert relaxed.duals is not None
    dual = Dual(problem, model)
    column = np.full(len(problem.owner) + 1, -1, dtype=np.int64)  # the last is that of no offer
    column[model.offers] = np.arange(len(model.offers))
    column[-1] = -1
    taken = improve(dual, relaxed.duals[: model.bonds], column[choice[dual.results]])
    return dual.choice(taken)


def _plainly(problem: Problem, choice: Ints, bound: float, gap: float) -> Allocation:
    value = total_value(problem, choice)
    bound = max(bound, value)
    reached = relative_gap(value, bound)
    empty = ((),) * len(problem)
    return Allocation(choice, value, bound, reached <= gap, reached, empty, version())


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    """The best so far, and the least bound so far."""

    choice: Ints | None
    value: float
    bound: float

    @property
    def gap(self) -> float:
        return relative_gap(self.value, self.bound)

    @classmethod
    def of(cls, problem: Problem, choice: Ints | None, bound: float) -> _Candidate:
        if choice is None:
            return cls(None, -math.inf, bound)
        value = total_value(problem, choice)
        return cls(choice, value, max(bound, value))

    def with_other(self, other: _Candidate) -> _Candidate:
        better = other if other.value > self.value else self
        return replace(better, bound=max(min(self.bound, other.bound), better.value))


def relative_gap(value: float, bound: float) -> float:
    """Return by what share a value may still be bettered: 0 where it cannot, inf where unknown."""
    if not math.isfinite(value) or not math.isfinite(bound):
        return math.inf
    return max(bound - value, 0.0) / max(abs(bound), 1e-12) if bound > value else 0.0


def read(problem: Problem, model: Model, columns: Floats) -> Ints:
    """Return the choice that a solver's columns mean, shape (n,)."""
    choice = np.full(len(problem), -1, dtype=np.int64)
    taken = model.offers[(columns > 0.5) & (model.offers >= 0)]
    choice[problem.owner[taken]] = taken
    return choice


def _exact(
    problem: Problem, gap: float, end: float, known: _Candidate | None, *, apart: bool
) -> _Candidate:
    model = build(problem)
    digits = len(model.gain) <= _TO_THE_LAST_DIGIT
    to_reach = 0.0 if digits else gap * 0.5  # the rest is for what rounding and exchanging cost

    def run(model: Model) -> Solved:
        left = max(end - time.monotonic(), 0.5)
        return (solve_apart if apart else solve)(model, gap=to_reach, seconds=left)

    solved = run(model)
    if solved.status == "infeasible" and known is None:
        return _Candidate(None, -math.inf, -math.inf)
    best = known or _Candidate(None, -math.inf, math.inf)
    choice = _repaired(problem, model, solved, run)
    best = best.with_other(_Candidate.of(problem, choice, solved.bound))
    if digits and best.choice is not None and best.gap <= _TIE * 10:
        best = replace(best, choice=_best_ranked(problem, model, best, end))
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


def _best_ranked(problem: Problem, model: Model, best: _Candidate, end: float) -> Ints | None:
    """Return, of the portfolios of the same value, the one that funds the best ranked."""
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
    solved = solve(tied, gap=0.0, seconds=max(end - time.monotonic(), 0.05))
    if solved.columns is None or solved.status != "optimal":
        return best.choice
    choice = read(problem, model, solved.columns)
    same = total_value(problem, choice) >= best.value - 1e-7 * abs(best.value)
    return choice if same and not violations(problem, choice) else best.choice


def _allocation(problem: Problem, best: _Candidate, gap: float, engine: str) -> Allocation:
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
