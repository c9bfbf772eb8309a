"""The rule of rank order: strictly down the list, quotas first, every step logged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from pilotscore.allocation.holding import contribution, fundable, total_value, used, violations
from pilotscore.allocation.problem import Allocation, Limit, Problem
from pilotscore.allocation.walk import AtMiss, Room, room_of
from pilotscore.arrays import Floats

Phase = Literal["required", "quota", "list"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step down the list: a result, the offer it got (-1 for none), and what stopped it.

    ``quota`` is the address of the least amount that was being served. ``stopped_by`` has the
    limits and bonds that its full offer would have broken, () where it got that. ``left`` is what
    was left of the budget after it, in fen.
    """

    result: int
    offer: int
    phase: Phase
    quota: str
    stopped_by: tuple[str, ...]
    left: int


@dataclass(frozen=True, slots=True)
class Unmet:
    """A least amount that going down the list did not reach: fen, or awards."""

    key: str
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

    Notes
    -----
    A result that needs another waits until that one is funded. Ties were broken before: the order
    is the problem's.
    """
    walk = _Walk(problem, frame or frame_of(problem), miss, partial=partial)
    for i, offer in _offers_of_required(problem, walk.offers).items():
        over = walk.over(walk.offers[i][0])
        walk.give(i, offer, "required", "", tuple(walk.keys[c] for c in over))
    for limit in problem.limits:
        if limit.least:
            walk.serve(limit)
    walk.go_down()
    return walk.result()


def with_needs(problem: Problem) -> frozenset[int]:
    """Return the results that must be funded, and those that they need."""
    found = set(np.flatnonzero(problem.required).tolist())
    while True:
        more = {d.needs for d in problem.dependencies if d.result in found} - found
        if not more:
            return frozenset(found)
        found |= more


def _offers_of_required(problem: Problem, offers: list[list[int]]) -> dict[int, int]:
    """Return the offers of those that must be funded and of what they need, best ranked first.

    The full ones, if all fit together; else the fullest that do, the better ranked first: a small
    integer programme, since a full offer for one may leave too little for the others.
    """
    from pilotscore.allocation.portfolio import allocate

    first = with_needs(problem)
    found = {i: offers[i][0] for i in problem.order.tolist() if i in first and offers[i]}
    if not found:
        return found
    chosen = np.full(len(problem), -1, dtype=np.int64)
    chosen[list(found)] = list(found.values())
    must = np.zeros(len(problem), dtype=bool)
    must[list(found)] = True
    alone = replace(
        problem,
        eligible=must,
        required=must,
        limits=tuple(replace(x, least=None) for x in problem.limits if x.most is not None),
        value=_fuller_first(problem),
        max_jump=None,
    )
    if violations(alone, chosen):
        given = allocate(alone, gap=0.0).choice
        found = {i: int(given[i]) for i in found}
    return found


def _fuller_first(problem: Problem) -> Floats:
    """Return a worth of offers by their share of the full one, more for the better ranked."""
    n = max(len(problem), 1)
    rank = np.empty(n)
    rank[problem.order] = np.arange(len(problem))
    total = problem.total_cost
    full = np.zeros(n, dtype=np.int64)
    np.maximum.at(full, problem.owner, total)
    share: Floats = total / np.maximum(full[problem.owner], 1)
    return share * (2.0 - np.sqrt(rank[problem.owner] / n))


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What stays the same whatever the order and the eligible: the offers, what they use, the quotas.

    Plain lists: for a step down the list they are ten times as fast as arrays.
    """

    room: Room
    most: list[int]
    columns: list[list[int]]
    amounts: list[list[int]]
    offers: list[list[int]]
    total: list[int]
    keys: list[str]
    quotas: dict[str, list[int]]
    served: dict[str, Limit]
    money: int


def frame_of(problem: Problem) -> Frame:
    """Return what many walks down other orders of the same offers and limits share."""
    room = room_of(problem)
    least = {limit.key: limit for limit in problem.limits if limit.least}
    whole = [x for x in problem.limits if x.key.startswith("budget") and x.most is not None]
    return Frame(
        room,
        [*room.most.tolist(), 0],
        room.columns.tolist(),
        room.amounts.tolist(),
        [[o for o in found if o >= 0] for found in room.offers.tolist()],
        problem.total_cost.tolist(),
        [problem.limits[int(c)].key for c in room.places],
        {key: contribution(problem, limit).tolist() for key, limit in least.items()},
        least,
        sum(x.most or 0 for x in whole),
    )


class _Walk:
    def __init__(self, problem: Problem, frame: Frame, miss: AtMiss, *, partial: bool) -> None:
        self.problem, self.miss, self.partial = problem, miss, partial
        self.left = list(frame.most)
        self.columns, self.amounts, self.offers = frame.columns, frame.amounts, frame.offers
        self.keys, self.total = frame.keys, frame.total
        self.quotas, self.served, self.money = frame.quotas, frame.served, frame.money
        self.choice = np.full(len(problem), -1, dtype=np.int64)
        self.given: list[bool] = [False] * len(problem)
        self.able: list[bool] = fundable(problem).tolist()
        self.steps: list[Step] = []
        self.stopped: dict[int, tuple[str, ...]] = {}
        self.reached = dict.fromkeys(self.quotas, 0)
        self.waiting: dict[int, list[int]] = {}
        for bond in problem.dependencies:  # what a result needs may not be funded at all
            if problem.eligible[bond.result] and not self.able[bond.needs]:
                self.stopped.setdefault(bond.result, (bond.key,))
        self.bound: set[int] = {i for group in problem.exclusive for i in group.members}
        for bond in problem.dependencies:
            self.waiting.setdefault(bond.needs, []).append(bond.result)
            self.bound.add(bond.result)

    def give(self, i: int, offer: int, phase: Phase, quota: str, stopped: tuple[str, ...]) -> None:
        """Give an offer, and log it."""
        if offer < 0:
            return
        self.choice[i] = offer
        self.given[i] = True
        for column, amount in zip(self.columns[offer], self.amounts[offer], strict=True):
            self.left[column] -= amount
        for key, adds in self.quotas.items():
            self.reached[key] += adds[offer]
        self.money -= self.total[offer]
        self.steps.append(Step(i, offer, phase, quota, stopped, self.money))
        if stopped:
            self.stopped[i] = stopped
        else:
            self.stopped.pop(i, None)

    def bonds(self, i: int) -> tuple[str, ...]:
        """Return the exclusions that are full and the results that it needs and lacks."""
        found = []
        for group in self.problem.exclusive:
            if i in group.members:
                funded = sum(self.choice[j] >= 0 for j in dict.fromkeys(group.members))
                if funded >= group.most:
                    found.append(group.key)
        found += [
            d.key
            for d in self.problem.dependencies
            if d.result == i and self.choice[d.needs] < 0 and d.needs != i
        ]
        return tuple(found)

    def over(self, offer: int) -> list[int]:
        """Return the limits (by their places in the room) that an offer would break."""
        left = self.left
        return [
            column
            for column, amount in zip(self.columns[offer], self.amounts[offer], strict=True)
            if amount > 0 and amount > left[column]
        ]

    def consider(self, i: int, phase: Phase, quota: str = "") -> bool:
        """Give a result what fits; say whether it got anything."""
        if not self.able[i] or self.given[i]:
            return False
        bonds = self.bonds(i) if i in self.bound else ()
        offers = self.offers[i]
        if bonds or not offers:
            self.stopped[i] = bonds
            self.steps.append(Step(i, -1, phase, quota, bonds, self.money))
            return False
        over = self.over(offers[0])
        stopped = tuple(self.keys[c] for c in over)
        for offer in offers if self.partial else offers[:1]:
            if not (over if offer == offers[0] else self.over(offer)):
                self.give(i, offer, phase, quota, stopped)
                break
        else:
            self.stopped[i] = stopped
            self.steps.append(Step(i, -1, phase, quota, stopped, self.money))
        if self.miss == "stop" and phase == "list":
            for column in over:
                self.left[column] = -1
        if not self.given[i]:
            return False
        for follower in self.waiting.get(i, ()):
            if follower in self.stopped and self.is_due(follower, quota):
                self.consider(follower, phase, quota)
        return True

    def is_due(self, i: int, quota: str) -> bool:
        """Whether a result is to be served now: while a least amount is, its members alone."""
        limit = self.served.get(quota)
        if limit is None or limit.least is None:
            return True
        return bool(limit.members[i]) and self.reached[quota] < limit.least

    def serve(self, limit: Limit) -> None:
        """Go down the members of a least amount until it is reached."""
        assert limit.least is not None
        adds = self.quotas[limit.key]
        for i in self.problem.order[limit.members[self.problem.order]].tolist():
            if self.reached[limit.key] >= limit.least:
                return
            if self.offers[i] and adds[self.offers[i][0]] > 0:
                self.consider(i, "quota", limit.key)

    def go_down(self) -> None:
        """Go down the whole list."""
        for i in self.problem.order.tolist():
            self.consider(i, "list")

    def result(self) -> RankOrder:
        """Return the allocation, the log and what was not reached."""
        problem = self.problem
        unmet = []
        for limit in problem.limits:
            reached = used(problem, limit, self.choice)
            if limit.least is not None and reached < limit.least:
                unmet.append(Unmet(limit.key, limit.least, reached))
        binding = tuple((self.stopped.get(i) or ("",))[0] for i in range(len(problem)))
        engine = f"rank order, {self.miss}" + (", partial" if self.partial else "")
        value = total_value(problem, self.choice)
        allocation = Allocation(
            self.choice, value, float("nan"), False, float("nan"), binding, engine
        )
        return RankOrder(allocation, tuple(self.steps), tuple(unmet))
