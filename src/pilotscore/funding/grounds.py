"""On what a decision rests: the pass in which a result was served, and every limit that stopped it.

All of it is read off the record of the decision. For a rule by order the log is gone through once
more, so that what was left of a limit is what was left when the turn of the result came; under the
portfolio it is what the other awards leave.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotscore.allocation.problem import Allocation, Constraint, Counted, Problem
from pilotscore.allocation.rank_order import Phase, Step
from pilotscore.allocation.walk import AtMiss, Room, room_of
from pilotscore.arrays import Ints
from pilotscore.records import dataclass

_BONDS = ("exclusion", "dependency", "max_jump")


@dataclass(frozen=True, slots=True)
class Stop:
    """A limit that had too little left for an offer: fen, or awards.

    ``closed_by`` is the result that the limit did not suffice for, after which it paid no worse one
    (``line.miss: stop``); ``left`` may then be enough.
    """

    constraint: Constraint
    counts: Counted
    needs: int
    left: int
    most: int
    closed_by: int | None = None

    @property
    def enough(self) -> int:
        """What the greatest amount would have to be, with the awards before it as they are."""
        return self.most + max(self.needs - self.left, 0)


@dataclass(frozen=True, slots=True)
class Grounds:
    """On what the decision on a result rests.

    Attributes
    ----------
    phase, quota
        By order: the pass in which it was served last, and the least amount that was being served.
    offer
        The offer that was in question, its place among the problem's: of a result without money
        the least that the rule would give, of one given less the full one; -1 where none was.
    stops
        Every limit that had too little left for it.
    bonds
        What else kept it out: exclusions that are full, results that it needs, the bound of jumps.
    """

    phase: Phase | None = None
    quota: Constraint | None = None
    offer: int = -1
    stops: tuple[Stop, ...] = ()
    bonds: tuple[Constraint, ...] = ()


def grounds_by_order(
    problem: Problem,
    allocation: Allocation,
    steps: Sequence[Step],
    miss: AtMiss,
    *,
    partial: bool,
) -> tuple[Grounds, ...]:
    """Return the grounds of each result under a rule that goes down an order, from its log."""
    again = _Again(problem, allocation, miss, partial=partial)
    # What a result needs may never have been fundable: it has no step.
    grounds = [Grounds(bonds=_bonds(stops)) for stops in allocation.binding]
    for step in steps:
        grounds[step.result] = again.grounds(step)
        again.take(step)
    return tuple(grounds)


def grounds_of_portfolio(problem: Problem, allocation: Allocation) -> tuple[Grounds, ...]:
    """Return the grounds of each result under the portfolio: what the other awards leave."""
    room = room_of(problem)
    left = _left(room, allocation.choice)
    grounds = []
    for i, constraints in enumerate(allocation.binding):
        if not constraints:
            grounds.append(Grounds())
            continue
        now = int(allocation.choice[i])
        offer = _in_question(room, i, now, partial=True)
        mine = _left_for(room, left, now)
        over = [c for c, needs in room.uses(offer).items() if needs > mine[c]]
        rank = {constraint: k for k, constraint in enumerate(constraints)}
        stops = [_stop(problem, room, offer, c, int(mine[c])) for c in over]
        stops.sort(key=lambda s: rank.get(s.constraint, len(rank)))
        grounds.append(Grounds(None, None, offer, tuple(stops), _bonds(constraints)))
    return tuple(grounds)


def _left(room: Room, choice: Ints) -> Ints:
    spent = np.zeros(len(room.most) + 1, dtype=np.int64)
    chosen = choice[choice >= 0]
    np.add.at(spent, room.columns[chosen].ravel(), room.amounts[chosen].ravel())
    left: Ints = room.most - spent[:-1]
    return left


def _left_for(room: Room, left: Ints, own: int) -> Ints:
    """Return what is left for a result once it gives back its own award."""
    if own < 0:
        return left
    mine = left.copy()
    for column, amount in room.uses(own).items():
        mine[column] += amount
    return mine


def _in_question(room: Room, i: int, now: int, *, partial: bool) -> int:
    """Return the full offer of a result given less, else the least that it could be given."""
    offers = [o for o in room.offers[i].tolist() if o >= 0]
    if not offers:
        return -1
    first, last = int(offers[0]), int(offers[-1])
    return first if now >= 0 or not partial else last


def _stop(
    problem: Problem, room: Room, offer: int, column: int, left: int, closed: int | None = None
) -> Stop:
    limit = problem.limits[int(room.places[column])]
    needs = room.uses(offer)[column]
    return Stop(limit.id, limit.counts, needs, left, int(room.most[column]), closed)


def _bonds(constraints: Sequence[Constraint]) -> tuple[Constraint, ...]:
    return tuple(c for c in constraints if c.kind in _BONDS)


class _Again:
    """The log gone through once more: what is left of each limit at every turn."""

    def __init__(
        self, problem: Problem, allocation: Allocation, miss: AtMiss, *, partial: bool
    ) -> None:
        self.problem, self.allocation = problem, allocation
        self.miss, self.partial = miss, partial
        self.room = room_of(problem)
        self.left: list[int] = self.room.most.tolist()
        self.closed: dict[int, int] = {}

    def grounds(self, step: Step) -> Grounds:
        """Return what a step rests on, before it is taken."""
        if step.offer >= 0 and not step.stopped_by:
            return Grounds(step.phase, step.quota, step.offer)
        offer = _in_question(self.room, step.result, step.offer, partial=self.partial)
        over = [] if offer < 0 else self.over(offer)
        stops = tuple(
            _stop(self.problem, self.room, offer, c, self.left[c], self.closed.get(c)) for c in over
        )
        return Grounds(step.phase, step.quota, offer, stops, _bonds(step.stopped_by))

    def over(self, offer: int) -> list[int]:
        """Return the limits that an offer would break, or that are closed."""
        uses = sorted(self.room.uses(offer).items())
        return [c for c, needs in uses if needs > self.left[c] or (needs and c in self.closed)]

    def take(self, step: Step) -> None:
        """Take a step: what it uses is gone, and what it closes is closed."""
        full = int(self.room.offers[step.result, 0])
        bound = any(c.kind in _BONDS for c in step.stopped_by)
        closes = self.miss == "stop" and step.phase == "list" and not bound
        over = self.over(full) if closes and full >= 0 and step.stopped_by else []
        if step.offer >= 0:
            for column, amount in self.room.uses(step.offer).items():
                self.left[column] -= amount
        for column in over:
            self.closed.setdefault(column, step.result)
