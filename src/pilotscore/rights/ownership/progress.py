"""How far each result has come: the state that is stated, the one that is proven, and what is next.

A state is proven where a document with its day shows it and every state that has to come before it
is proven too. What is missing is unproven; that is not to say that it did not happen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from pilotscore.arrays import Bools, Ints
from pilotscore.criteria.legal.steps import Edge, StateMachine
from pilotscore.records import dataclass
from pilotscore.rights.ownership.facts import Facts
from pilotscore.workbook.rights.records import Dates

NO_STATE = -1
NO_EDGE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """Columns with a place for each result.

    ``stated`` and ``proven`` are places in ``machine.order`` of the furthest state; ``next`` a
    place in ``machine.file.edges`` of the step that follows the stated one, `NO_EDGE` for none.
    ``reached`` has, by state, which results state it by the day of evaluation; ``shown`` for which
    a document does and all before it; ``needed`` which of the states up to the stated one have to
    be there.
    """

    machine: StateMachine
    stated: Ints
    proven: Ints
    next: Ints
    reached: Mapping[str, Bools]
    shown: Mapping[str, Bools]
    needed: Mapping[str, Bools]

    @property
    def unproven(self) -> Mapping[str, Bools]:
        """For which results a state that has to be there is not shown by a document."""
        return {state: self.needed[state] & ~self.shown[state] for state in self.machine.order}


def progress_of(facts: Facts, machine: StateMachine, as_of: np.datetime64) -> Progress:
    """Return how far each result has come on a day."""
    n = len(facts)
    open_edges = [_open(edge, facts) for edge in machine.file.edges]
    reached = {s: _by(facts, s, as_of) for s in machine.order}
    proofs = {s: _on(facts.steps[s].proven, as_of) for s in machine.order}
    shown = _walk(machine, open_edges, proofs, n)
    rank = _ranks(machine, facts.granted & ~facts.use_only)
    stated = _furthest(machine, reached, rank, n)
    return Progress(
        machine=machine,
        stated=stated,
        proven=_furthest(machine, shown, rank, n),
        next=_next(machine, open_edges, stated),
        reached=reached,
        shown=shown,
        needed=_needed(machine, open_edges, reached, stated, rank),
    )


def _on(days: Dates, as_of: np.datetime64) -> Bools:
    known: Bools = ~np.isnat(days) & (days <= as_of)
    return known


def _by(facts: Facts, state: str, as_of: np.datetime64) -> Bools:
    """Whether a state is stated by a day: with a day up to it, or without any."""
    step = facts.steps[state]
    by: Bools = step.stated & (np.isnat(step.start) | (step.start <= as_of))
    return by


def _open(edge: Edge, facts: Facts) -> Bools:
    """Whether a step is there for each result; of a mode that is not known, for any mode."""
    there = np.ones(len(facts), bool)
    if edge.modes:
        there &= np.isin(facts.mode, (*edge.modes, ""))
    for wanted, holds in (
        (edge.granted, facts.granted),
        (edge.state, facts.state_unit),
        (edge.use_right, facts.use_only),
    ):
        if wanted is not None:
            there &= holds == wanted
    return there


def _in_turn(machine: StateMachine) -> Iterator[str]:
    """Give the states twice in their order: without a share granted, registration follows later."""
    yield from machine.order
    yield from machine.order


def _walk(
    machine: StateMachine, open_edges: list[Bools], proofs: Mapping[str, Bools], n: int
) -> dict[str, Bools]:
    """Return what is shown through an unbroken chain of documents."""
    edges = machine.file.edges
    shown = {s: np.zeros(n, bool) for s in machine.order}
    for state in _in_turn(machine):
        for at, edge in enumerate(edges):
            if edge.to == state:
                before = ~np.zeros(n, bool) if not edge.sources else _any(shown, edge.sources, n)
                shown[state] |= proofs[state] & open_edges[at] & before
    return shown


def _any(of: Mapping[str, Bools], states: tuple[str, ...], n: int) -> Bools:
    reached = np.zeros(n, bool)
    for state in states:
        reached |= of[state]
    return reached


def _ranks(machine: StateMachine, shared: Bools) -> dict[str, Ints]:
    """Return how far along each state is.

    Where a share is granted the register is changed before the contract, elsewhere after it.
    """
    order = list(machine.order)
    plain = [*order]
    at, after = plain.index("registered"), plain.index("executed")
    plain[at], plain[after] = plain[after], plain[at]
    return {s: np.where(shared, order.index(s), plain.index(s)) for s in order}


def _furthest(
    machine: StateMachine, of: Mapping[str, Bools], rank: Mapping[str, Ints], n: int
) -> Ints:
    best, furthest = np.full(n, -1), np.full(n, NO_STATE)
    for place, state in enumerate(machine.order):
        ahead = of[state] & (rank[state] > best)
        best = np.where(ahead, rank[state], best)
        furthest = np.where(ahead, place, furthest)
    return furthest


def _next(machine: StateMachine, open_edges: list[Bools], stated: Ints) -> Ints:
    """Return the step that follows each state, of several the first that may not be passed over."""
    following = np.full(len(stated), NO_EDGE, np.int64)
    place = {state: i for i, state in enumerate(machine.order)}
    for at, edge in enumerate(machine.file.edges):
        if edge.optional:
            continue
        sources = [place[s] for s in edge.sources] or [NO_STATE]
        free = np.isin(stated, sources) & open_edges[at] & (following == NO_EDGE)
        following[free] = at
    return following


def _needed(
    machine: StateMachine,
    open_edges: list[Bools],
    reached: Mapping[str, Bools],
    stated: Ints,
    rank: Mapping[str, Ints],
) -> dict[str, Bools]:
    """Return which states have to be there by the one that is stated.

    Those that are stated themselves, and those on the way that no step passes over.
    """
    far = np.full(len(stated), -1)
    for place, state in enumerate(machine.order):
        far = np.where(stated == place, rank[state], far)
    return {
        s: reached[s] | ((rank[s] < far) & _on_the_way(machine, open_edges, s))
        for s in machine.order
    }


def _on_the_way(machine: StateMachine, open_edges: list[Bools], state: str) -> Bools:
    """Whether a state may not be passed over: a step that is no optional one leads into it."""
    must = np.zeros(len(open_edges[0]), bool)
    for at, edge in enumerate(machine.file.edges):
        if edge.to == state and not edge.optional:
            must |= open_edges[at]
    return must
