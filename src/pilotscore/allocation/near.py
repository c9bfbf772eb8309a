"""Portfolios near the bound of the linear relaxation, by small integer programmes.

The relaxation leaves few results undecided (no more are cut than there are rows), and its bound is
near. So the columns whose reduced cost is the least are a small integer programme, with the others
as the relaxation has them. Where that is not near enough, the columns are left free whose reduced
cost does not exceed what is missing to the bound: no other can be part of a better portfolio
(reduced cost fixing; from general knowledge). What comes of it is proved for the whole problem.
"""

from __future__ import annotations

import math
import time

import numpy as np

from pilotscore.allocation.holding import total_value, violations
from pilotscore.allocation.milp import Model, restrict
from pilotscore.allocation.problem import Problem
from pilotscore.allocation.solver import Solved, solve
from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.records import dataclass

_UNDECIDED = (60, 240)  # columns of the first, and of the second small programme
_WHOLE = 1e-6
_SAME = 1e-7
# The first small programme: within how much of the bound, which lies above what can be reached, of
# the gap; and where the gap is small, within how much to begin with. It costs less to come nearer
# with few columns than to prove it with the many that a portfolio further off leaves.
_OF_GAP, _TO_BEGIN = 0.1, 5e-4
# A portfolio that is known and no further from the bound than this needs none before it is proved.
_KNOWN_TO_BE_NEAR = 3e-3


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


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """The best so far, and the least bound so far."""

    choice: Ints | None
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """By what share it may still be bettered."""
        return relative_gap(self.value, self.bound)

    @classmethod
    def of(cls, problem: Problem, choice: Ints | None, bound: float) -> Candidate:
        """Return a choice, if there is one, with its value."""
        if choice is None:
            return cls(None, -math.inf, bound)
        value = total_value(problem, choice)
        return cls(choice, value, max(bound, value))


class Near:
    """The small integer programmes of a problem whose linear relaxation is solved.

    Parameters
    ----------
    relaxed
        The relaxation, with its columns and duals.
    end
        When to stop (:func:`time.monotonic`).
    """

    def __init__(self, problem: Problem, model: Model, relaxed: Solved, end: float) -> None:
        assert relaxed.duals is not None
        assert relaxed.columns is not None
        self.problem, self.model, self.end = problem, model, end
        self.bound = relaxed.bound
        self.rest = np.round(relaxed.columns)
        priced = np.bincount(
            model.column,
            weights=model.entry * relaxed.duals[model.row],
            minlength=len(model.gain),
        )
        self.reduced = np.abs(model.gain - priced)
        self.helpers = model.offers < 0
        self.always = self.helpers | (np.abs(relaxed.columns - self.rest) >= _WHOLE)

    def search(self, gap: float, known: Ints | None = None) -> Candidate | None:
        """Return a portfolio within a gap, proved; None where none was found so.

        ``known`` is one that holds, to begin from; where it is far from the bound a better one is
        looked for first, since the nearer it is the fewer columns are left for the proof.
        """
        near = Candidate.of(self.problem, known, self.bound)
        if near.gap > max(gap, _KNOWN_TO_BE_NEAR):
            choice = self.first(max(gap * _OF_GAP, _TO_BEGIN))
            first = Candidate.of(self.problem, choice, self.bound)
            near = max(first, near, key=lambda c: c.value)
        if near.choice is None:
            return None
        if near.gap > gap:
            near = self.proved(near, gap)
        return near if near.gap <= max(gap, _SAME) else None

    def first(self, gap: float) -> Ints | None:
        """Return a portfolio with few columns free, the nearest to being taken or let go."""
        undecided = np.argsort(self.reduced, kind="stable")
        for size in _UNDECIDED:
            free = self.always.copy()
            free[undecided[:size]] = True
            choice, _ = self.solved(free, gap)
            if choice is not None:
                return choice
        return None

    def may_better(self, value: float) -> Bools:
        """Return the columns that may differ in a portfolio worth this much, shape (c,)."""
        missing = max(self.bound - value, 0.0) + _SAME * abs(self.bound)
        return self.always | (self.reduced <= missing)

    def proved(self, near: Candidate, gap: float) -> Candidate:
        """Return the best of what may be better than a portfolio, within the gap."""
        choice, bound = self.solved(self.may_better(near.value), gap * 0.9, near.choice)
        better = Candidate.of(self.problem, choice, max(bound, near.value))
        if better.value >= near.value:
            return better
        return Candidate(near.choice, near.value, max(bound, near.value))

    def solved(
        self, free: Bools, gap: float, start: Ints | None = None
    ) -> tuple[Ints | None, float]:
        """Return the best with some columns free and the rest as relaxed, and its bound.

        ``gap`` is of the bound of the relaxation; ``start`` a choice to begin from. None
        where there is none, or where a tolerance of the solver breaks a limit in whole fen.
        """
        core, left = restrict(self.model, ~free, self.rest), self.end - time.monotonic()
        if core is None or left <= 0:
            return None, math.inf
        fixed = float((self.model.gain * self.rest)[~free].sum())
        begin = None if start is None or self.helpers.any() else self.taken(start)[free]
        room = gap * abs(self.bound)
        done = solve(core, gap=0.0, room=room, seconds=left, start=begin)
        if done.columns is None:
            return None, -math.inf if done.status == "infeasible" else math.inf
        choice = read(self.problem, self.model, self.whole(free, done.columns))
        return (None if violations(self.problem, choice) else choice), fixed + done.bound

    def whole(self, free: Bools, columns: Floats) -> Floats:
        """Return all columns where some are free."""
        every: Floats = self.rest.copy()
        every[free] = columns
        return every

    def taken(self, choice: Ints) -> Floats:
        """Return the columns that a choice takes."""
        return np.isin(self.model.offers, choice[choice >= 0]).astype(np.float64)


class NotInFractionsError(Exception):
    """Not even fractions of results can meet a problem."""


def near_of(problem: Problem, model: Model, end: float) -> Near | None:
    """Return what searches near the linear relaxation; None where that was not solved in the time.

    Raises
    ------
    NotInFractionsError
        The relaxation has no answer.
    """
    if not len(model.gain):
        return None
    relaxed = solve(model, gap=0.0, seconds=max(end - time.monotonic(), 0.01), relaxed=True)
    if relaxed.status == "infeasible":
        raise NotInFractionsError
    if relaxed.duals is None or relaxed.columns is None:
        return None
    return Near(problem, model, relaxed, end)
