"""The rule of rank order: strictly down the list, quotas first, every step logged."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

import numpy as np

from pilotscore.allocation.holding import contribution, fundable, total_value, violations
from pilotscore.allocation.portfolio import allocate
from pilotscore.allocation.problem import Allocation, Constraint, Limit, Problem
from pilotscore.allocation.walk import AtMiss, room_of
from pilotscore.arrays import Floats
from pilotscore.records import dataclass

Phase = Literal["required", "quota", "list"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step down the list: a result, the offer it got (-1 for none), and what stopped it.

    ``quota`` is the least amount that was being served, if one was. ``stopped_by`` has the limits
    and bonds that its full offer would have broken, () where it got that. ``left`` is what was left
    of the budget after it, in fen.
    """

    result: int
    offer: int
    phase: Phase
    quota: Constraint | None
    stopped_by: tuple[Constraint, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Unmet:
    """A least amount that going down the list did not reach: fen, or awards."""

    constraint: Constraint
    least: int
    reached: int


@dataclass(frozen=True, slots=True, eq=False)
class RankOrder:
    """What rank order gives, its log, and the least amounts that it did not reach."""

    allocation: Allocation
    steps: tuple[Step, ...]
    unmet: tuple[Unmet, ...]


def allocate_in_order(
    problem: Problem,
    miss: AtMiss = "stop",
    *,
    partial: bool = False,
    frame: Frame | None = None,
    log: bool = True,
) -> RankOrder:
    """Give the money strictly down the list.

    First those who must be funded, with what they need (in full if they fit together so, else the
    fullest that do); then, for each least amount in the order of the problem's
    limits, its members down the list until it is reached; then everyone down the list.

    Parameters
    ----------
    problem
        What is to be allocated; its ``max_jump`` does not bind here: whoever is passed over is so
        by a limit.
    miss
        ``stop``: a limit that stopped a better result in the last pass pays no worse one. ``skip``:
        a cheaper one below it may be funded.
    partial
        Whether a lesser level is given where the full one does not fit.
    frame
        That of a problem with the same offers and limits (:func:`frame_of`), where there are many.
    log
        Whether the steps are wanted; without them one of many draws takes less time.

    Notes
    -----
    A result that needs another waits until that one is funded. Ties were broken before: the order
    is the problem's.
    """
    walk = _Walk(problem, frame or frame_of(problem), miss, partial=partial, log=log)
    for i, offer in _offers_of_required(problem, walk.offers).items():
        over = walk.over(walk.offers[i][0])
        walk.give(i, offer, "required", None, tuple(walk.names[c] for c in over))
    for place in range(len(walk.quotas)):
        walk.serve(place)
    walk.go_down()
    return walk.result()


def with_needs(problem: Problem, results: Iterable[int]) -> frozenset[int]:
    """Return results and those that they need, directly or not."""
    needed = set(results)
    while more := {d.needs for d in problem.dependencies if d.result in needed} - needed:
        needed |= more
    return frozenset(needed)


def _offers_of_required(problem: Problem, offers: list[list[int]]) -> dict[int, int]:
    """Return the offers of those that must be funded and of what they need, best ranked first.

    The full ones, if all fit together; else the fullest that do, the better ranked first: a small
    integer programme, since a full offer for one may leave too little for the others.
    """
    first = with_needs(problem, np.flatnonzero(problem.required).tolist())
    full = {i: offers[i][0] for i in problem.order.tolist() if i in first and offers[i]}
    if not full:
        return full
    chosen = np.full(len(problem), -1, dtype=np.int64)
    chosen[list(full)] = list(full.values())
    alone = replace(
        problem,
        eligible=chosen >= 0,
        required=chosen >= 0,
        limits=tuple(replace(x, least=None) for x in problem.limits if x.most is not None),
        value=_fuller_first(problem),
        max_jump=None,
    )
    if not violations(alone, chosen):
        return full
    choice = allocate(alone, gap=0.0).choice
    return {i: int(choice[i]) for i in full}


def _fuller_first(problem: Problem) -> Floats:
    """Return a worth of offers by their share of the full one, more for the better ranked."""
    n, total = max(len(problem), 1), problem.total_cost
    full = np.zeros(n, dtype=np.int64)
    np.maximum.at(full, problem.owner, total)
    share: Floats = total / np.maximum(full[problem.owner], 1)
    return share * (2.0 - np.sqrt(problem.ranks[problem.owner] / n))


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What stays the same whatever the order and the eligible: offers, what they use, quotas.

    ``names`` are those of the limits of the room; ``quotas`` has each least amount with what the
    offers add to it. Plain lists: for a step down the list they are ten times as fast as arrays.
    """

    most: list[int]
    columns: list[list[int]]
    amounts: list[list[int]]
    offers: list[list[int]]
    total: list[int]
    names: list[Constraint]
    quotas: list[tuple[Limit, list[int]]]
    money: int


def frame_of(problem: Problem) -> Frame:
    """Return what many walks down other orders of the same offers and limits share."""
    room = room_of(problem)
    limits = problem.limits
    return Frame(
        [*room.most.tolist(), 0],
        room.columns.tolist(),
        room.amounts.tolist(),
        [[o for o in offers if o >= 0] for offers in room.offers.tolist()],
        problem.total_cost.tolist(),
        [limits[int(c)].id for c in room.places],
        [(limit, contribution(problem, limit).tolist()) for limit in limits if limit.least],
        sum(x.most or 0 for x in limits if x.id.kind in ("budget", "stage")),
    )


class _Walk:
    def __init__(
        self, problem: Problem, frame: Frame, miss: AtMiss, *, partial: bool, log: bool
    ) -> None:
        self.problem, self.miss, self.partial, self.logs = problem, miss, partial, log
        self.left = list(frame.most)
        self.columns, self.amounts, self.offers = frame.columns, frame.amounts, frame.offers
        self.names, self.total = frame.names, frame.total
        self.quotas, self.money = frame.quotas, frame.money
        self.choice = np.full(len(problem), -1, dtype=np.int64)
        self.given: list[bool] = [False] * len(problem)
        self.able: list[bool] = fundable(problem).tolist()
        self.steps: list[Step] = []
        self.stopped: dict[int, tuple[Constraint, ...]] = {}
        self.reached = [0] * len(self.quotas)
        self.waiting: dict[int, list[int]] = {}
        for bond in problem.dependencies:  # what a result needs may not be funded at all
            if problem.eligible[bond.result] and not self.able[bond.needs]:
                self.stopped.setdefault(bond.result, (bond.id,))
        self.bound: set[int] = {i for group in problem.exclusive for i in group.members}
        for bond in problem.dependencies:
            self.waiting.setdefault(bond.needs, []).append(bond.result)
            self.bound.add(bond.result)

    def give(
        self,
        i: int,
        offer: int,
        phase: Phase,
        quota: int | None,
        stopped: tuple[Constraint, ...],
    ) -> None:
        """Give an offer, and log it; ``quota`` is the place of the least amount being served."""
        if offer < 0:
            return
        self.choice[i] = offer
        self.given[i] = True
        for column, amount in zip(self.columns[offer], self.amounts[offer], strict=True):
            self.left[column] -= amount
        for place, (_, adds) in enumerate(self.quotas):
            self.reached[place] += adds[offer]
        self.money -= self.total[offer]
        self.log(i, offer, phase, quota, stopped)
        if stopped:
            self.stopped[i] = stopped
        else:
            self.stopped.pop(i, None)

    def log(
        self,
        i: int,
        offer: int,
        phase: Phase,
        quota: int | None,
        stopped: tuple[Constraint, ...],
    ) -> None:
        if not self.logs:
            return
        served = None if quota is None else self.quotas[quota][0].id
        self.steps.append(Step(i, offer, phase, served, stopped, self.money))

    def bonds(self, i: int) -> tuple[Constraint, ...]:
        """Return the exclusions that are full and the results that it needs and lacks."""
        full = [
            group.id
            for group in self.problem.exclusive
            if i in group.members
            and sum(self.given[j] for j in dict.fromkeys(group.members)) >= group.most
        ]
        lacking = [
            bond.id
            for bond in self.problem.dependencies
            if bond.result == i and not self.given[bond.needs] and bond.needs != i
        ]
        return (*full, *lacking)

    def over(self, offer: int) -> list[int]:
        """Return the limits (by their places in the room) that an offer would break."""
        left = self.left
        return [
            column
            for column, amount in zip(self.columns[offer], self.amounts[offer], strict=True)
            if amount > 0 and amount > left[column]
        ]

    def consider(self, i: int, phase: Phase, quota: int | None = None) -> bool:
        """Give a result what fits; say whether it got anything."""
        if not self.able[i] or self.given[i]:
            return False
        bonds = self.bonds(i) if i in self.bound else ()
        offers = self.offers[i]
        if bonds or not offers:
            self.stopped[i] = bonds
            self.log(i, -1, phase, quota, bonds)
            return False
        over = self.over(offers[0])
        stopped = tuple(self.names[c] for c in over)
        for offer in offers if self.partial else offers[:1]:
            if not (over if offer == offers[0] else self.over(offer)):
                self.give(i, offer, phase, quota, stopped)
                break
        else:
            self.stopped[i] = stopped
            self.log(i, -1, phase, quota, stopped)
        if self.miss == "stop" and phase == "list":
            for column in over:
                self.left[column] = -1
        if not self.given[i]:
            return False
        for follower in self.waiting.get(i, ()):
            if follower in self.stopped and self.is_due(follower, quota):
                self.consider(follower, phase, quota)
        return True

    def is_due(self, i: int, quota: int | None) -> bool:
        """Whether a result is to be served now: while a least amount is, its members alone."""
        return quota is None or (
            bool(self.quotas[quota][0].members[i]) and not self.is_reached(quota)
        )

    def is_reached(self, quota: int) -> bool:
        """Whether a least amount is reached."""
        return self.reached[quota] >= (self.quotas[quota][0].least or 0)

    def serve(self, quota: int) -> None:
        """Go down the members of a least amount until it is reached."""
        limit, adds = self.quotas[quota]
        for i in self.problem.order[limit.members[self.problem.order]].tolist():
            if self.is_reached(quota):
                return
            if self.offers[i] and adds[self.offers[i][0]] > 0:
                self.consider(i, "quota", quota)

    def go_down(self) -> None:
        """Go down the whole list."""
        for i in self.problem.order.tolist():
            self.consider(i, "list")

    def result(self) -> RankOrder:
        """Return the allocation, the log and what was not reached."""
        problem = self.problem
        unmet = tuple(
            Unmet(limit.id, limit.least, reached)
            for (limit, _), reached in zip(self.quotas, self.reached, strict=True)
            if limit.least is not None and reached < limit.least
        )
        binding = tuple(self.stopped.get(i, ()) for i in range(len(problem)))
        engine = f"rank order, {self.miss}" + (", partial" if self.partial else "")
        value = total_value(problem, self.choice)
        allocation = Allocation(self.choice, value, math.nan, False, math.nan, binding, engine)
        return RankOrder(allocation, tuple(self.steps), unmet)
