"""The reserve list: who is next, what stops each, and whose dropping out moves it up.

Awards are declined, fail their conditions or are withdrawn. The reserve list says beforehand who
then gets the money, so that nobody has to be asked, and nobody can ask. Horizon Europe and Chinese
calls (备选项目) keep such lists in rank order; what would move each result up is this tool's own.
"""

from __future__ import annotations

import numpy as np

from pilotscore.allocation.holding import fundable
from pilotscore.allocation.problem import Allocation, Constraint, Counted, Problem
from pilotscore.allocation.walk import Room, room_of
from pilotscore.arrays import Bools, Ints
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True)
class Shortage:
    """What a limit lacks for a result: ``short`` in fen, or in awards."""

    constraint: Constraint
    needs: int
    left: int
    counts: Counted = "money"

    @property
    def short(self) -> int:
        """How much more there would have to be."""
        return self.needs - self.left


@dataclass(frozen=True, slots=True)
class Reserve:
    """A place on the reserve list.

    Attributes
    ----------
    result
        Its place in the batch.
    offer
        What it would be given: the place of its dearest offer among the problem's.
    stopped_by
        The limits that have too little left for it; with nothing here and in ``blocked`` it could
        be funded now.
    blocked
        Exclusions that are full, and dependencies on results that are not funded.
    moved_up_by
        Funded results any one of which, dropping out alone, makes room for it.
    first_for
        Those of ``moved_up_by`` after which nobody above it on the list fits: it is next.
    together
        Where no single one suffices, results that do together: the lowest in the order first,
        without those that turn out not to be needed. () where even all would not.
    """

    result: int
    offer: int
    stopped_by: tuple[Shortage, ...]
    blocked: tuple[Constraint, ...]
    moved_up_by: tuple[int, ...]
    first_for: tuple[int, ...]
    together: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """An allocation as the limits see it. ``left`` has shape (c,), ``funded`` shape (n,)."""

    problem: Problem
    room: Room
    choice: Ints
    funded: Bools
    left: Ints

    def fits(self, result: int, dropped: tuple[int, ...]) -> bool:
        """Whether a result can be funded once some others have dropped out."""
        needs = self.room.uses(int(self.room.offers[result, 0]))
        freed = [self.room.uses(int(self.choice[j])) for j in dropped]
        for c, amount in needs.items():
            if amount > self.left[c] + sum(f.get(c, 0) for f in freed):
                return False
        return not self.blocked(result, dropped)

    def blocked(self, result: int, dropped: tuple[int, ...]) -> tuple[Constraint, ...]:
        """Return the exclusions and dependencies that stop a result."""

        def is_funded(i: int) -> bool:
            return bool(self.funded[i]) and i not in dropped

        full = (
            e.id
            for e in self.problem.exclusive
            if result in e.members and sum(map(is_funded, e.members)) >= e.most
        )
        lacking = (
            d.id for d in self.problem.dependencies if d.result == result and not is_funded(d.needs)
        )
        return (*full, *lacking)

    def with_followers(self, result: int) -> tuple[int, ...]:
        """Return a result and the funded ones that depend on it: they drop out with it."""
        gone = [result]
        for i in gone:
            gone += [
                d.result
                for d in self.problem.dependencies
                if d.needs == i and self.funded[d.result] and d.result not in gone
            ]
        return tuple(gone)


def reserve_list(
    problem: Problem, allocation: Allocation, most: int | None = None
) -> tuple[Reserve, ...]:
    """Return the reserve list of an allocation, in the problem's order.

    On it is who is eligible and has nothing, each with its dearest offer. A single dropout is tried
    for each funded result; the list is served from the top: the money of a dropout goes to the
    first that fits, whatever the call says of misses at the line. Least amounts (quotas) are not
    looked at: where a dropout leaves one unmet, the allocation is to be made anew.

    Parameters
    ----------
    problem
        What was allocated.
    allocation
        What came of it.
    most
        How many places the list has; None lists all. Work grows with places times funded results.
    """
    state = _state(problem, allocation)
    funded = problem.order[state.funded[problem.order]].tolist()
    able = fundable(problem)
    waiting = [i for i in problem.order.tolist() if able[i] and not state.funded[i]]
    waiting = [i for i in waiting if state.room.offers[i, 0] >= 0][:most]
    dropouts = {j: state.with_followers(j) for j in funded}
    taken: set[int] = set()
    entries = []
    for i in waiting:
        opens: list[int] = []
        if _short(state, i) or state.blocked(i, ()):
            opens = [j for j in funded if state.fits(i, dropouts[j])]
        first = tuple(j for j in opens if j not in taken)
        taken.update(opens)
        if not opens and state.fits(i, ()):
            taken.update(funded)  # it takes what is left now, before anyone drops out
        entries.append(_entry(state, i, tuple(opens), first, funded))
    return tuple(entries)


def _state(problem: Problem, allocation: Allocation) -> _State:
    room = room_of(problem)
    funded = allocation.choice >= 0
    chosen = allocation.choice[funded]
    spent = np.zeros(len(room.most) + 1, dtype=np.int64)
    np.add.at(spent, room.columns[chosen].ravel(), room.amounts[chosen].ravel())
    left: Ints = room.most - spent[:-1]
    return _State(problem, room, allocation.choice, funded, left)


def _short(state: _State, result: int) -> tuple[Shortage, ...]:
    """Return the limits that lack something for a result, and what each lacks."""
    lacking = []
    for column, amount in sorted(state.room.uses(int(state.room.offers[result, 0])).items()):
        if amount > state.left[column]:
            limit = state.problem.limits[int(state.room.places[column])]
            lacking.append(Shortage(limit.id, amount, int(state.left[column]), limit.counts))
    return tuple(lacking)


def _entry(
    state: _State, i: int, opens: tuple[int, ...], first: tuple[int, ...], funded: list[int]
) -> Reserve:
    offer = int(state.room.offers[i, 0])
    stopped = _short(state, i)
    blocked = state.blocked(i, ())
    together: tuple[int, ...] = ()
    if not opens and (stopped or blocked):
        together = _together(state, i, funded)
    return Reserve(i, offer, stopped, blocked, opens, first, together)


def _together(state: _State, i: int, funded: list[int]) -> tuple[int, ...]:
    """Return funded results whose dropping out together makes room, lowest first, none to spare."""

    def suffice(these: list[int]) -> bool:
        dropped = dict.fromkeys(k for j in these for k in state.with_followers(j))
        return state.fits(i, tuple(dropped))

    gone: list[int] = []
    for j in reversed(funded):
        gone.append(j)
        if suffice(gone):
            break
    else:
        return ()
    for j in reversed(gone[:-1]):  # the better ones are let off first
        without = [g for g in gone if g != j]
        if suffice(without):
            gone = without
    return tuple(gone)
