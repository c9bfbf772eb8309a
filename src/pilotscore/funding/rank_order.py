"""The rule of rank order: strictly down the list, quotas first, every step logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pilotscore.funding.holding import contribution, fundable, total_value, used
from pilotscore.funding.problem import Allocation, Limit, Problem
from pilotscore.funding.walk import AtMiss, Room, room_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

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
    problem: Problem, miss: AtMiss = "stop", *, partial: bool = False
) -> RankOrder:
    """Give the money strictly down the list.

    First those who must be funded, with what they need; then, for each least amount in the order of the problem's
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

    Notes
    -----
    A result that needs another waits until that one is funded. Ties were broken before: the order
    is the problem's.
    """
    walk = _Walk(problem, miss, partial=partial)
    first = with_needs(problem)
    for i in problem.order.tolist():
        if i in first:
            walk.give(i, int(walk.room.offers[i, 0]), "required", "", ())
    for limit in problem.limits:
        if limit.least:
            walk.serve(limit)
    walk.go_down()
    return walk.result()


def with_needs(problem: Problem) -> frozenset[int]:
    """Return the results that must be funded, and those that they need."""
    import numpy as np

    found = set(np.flatnonzero(problem.required).tolist())
    while True:
        more = {d.needs for d in problem.dependencies if d.result in found} - found
        if not more:
            return frozenset(found)
        found |= more


class _Walk:
    def __init__(self, problem: Problem, miss: AtMiss, *, partial: bool) -> None:
        import numpy as np

        self.problem, self.miss, self.partial = problem, miss, partial
        self.room: Room = room_of(problem)
        self.left = self.room.most.copy()
        self.choice = np.full(len(problem), -1, dtype=np.int64)
        self.able = fundable(problem)
        self.keys = [problem.limits[int(c)].key for c in self.room.places]
        self.steps: list[Step] = []
        self.stopped: dict[int, tuple[str, ...]] = {}
        self.total = problem.total_cost
        whole = [x for x in problem.limits if x.key.startswith("budget") and x.most is not None]
        self.money = sum(x.most or 0 for x in whole)
        self.waiting: dict[int, list[int]] = {}
        for bond in problem.dependencies:
            self.waiting.setdefault(bond.needs, []).append(bond.result)

    def give(self, i: int, offer: int, phase: Phase, quota: str, stopped: tuple[str, ...]) -> None:
        """Give an offer, and log it."""
        if offer < 0:
            return
        self.choice[i] = offer
        self.left -= self.room.use[offer]
        self.money -= int(self.total[offer])
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

    def consider(self, i: int, phase: Phase, quota: str = "") -> bool:
        """Give a result what fits; say whether it got anything."""
        import numpy as np

        if not self.able[i] or self.choice[i] >= 0:
            return False
        bonds = self.bonds(i) if self.problem.exclusive or self.problem.dependencies else ()
        offers = [o for o in self.room.offers[i].tolist() if o >= 0]
        if bonds or not offers:
            self.stopped[i] = bonds
            self.steps.append(Step(i, -1, phase, quota, bonds, self.money))
            return False
        asked = self.room.use[offers[0]]
        over = (asked > self.left) & (asked > 0)
        stopped = tuple(self.keys[c] for c in np.flatnonzero(over).tolist())
        for offer in offers if self.partial else offers[:1]:
            uses = self.room.use[offer]
            if not ((uses > self.left) & (uses > 0)).any():
                self.give(i, offer, phase, quota, stopped)
                break
        else:
            self.stopped[i] = stopped
            self.steps.append(Step(i, -1, phase, quota, stopped, self.money))
        if self.miss == "stop" and phase == "list":
            self.left[over] = -1
        if self.choice[i] < 0:
            return False
        for follower in self.waiting.get(i, ()):
            if follower in self.stopped:
                self.consider(follower, phase, quota)
        return True

    def serve(self, limit: Limit) -> None:
        """Go down the members of a least amount until it is reached."""
        assert limit.least is not None
        adds = contribution(self.problem, limit)
        for i in self.problem.order.tolist():
            if used(self.problem, limit, self.choice) >= limit.least:
                return
            if limit.members[i] and adds[self.room.offers[i, 0]] > 0:
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
