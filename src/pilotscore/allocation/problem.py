"""An allocation as arrays: who may be given what, at what price, within which limits.

Each rule takes a :class:`Problem` and gives an :class:`Allocation`. Money is in whole fen (分), as
integers, so that sums are exact to the cent whatever their order.

Shapes: n results, k offers (a result's levels of funding: full, part, staged), s stages or years.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.records import dataclass

Counted = Literal["money", "awards"]
ConstraintKind = Literal[
    "budget",
    "stage",
    "track",
    "cap",
    "exclusion",
    "dependency",
    "max_jump",
    "required",
    "eligible",
    "owner",
]
# Where the kinds stand in a call file, if under another name.
_SECTIONS = {
    "stage": "budget.stages",
    "track": "tracks",
    "cap": "caps",
    "exclusion": "exclusive",
    "dependency": "depends",
}


@dataclass(frozen=True, slots=True)
class Constraint:
    """Which constraint it is: of its ``kind`` the one of this ``name``, and which bound of it.

    ``bound`` is as call files write it (``total``, ``min``, ``max_awards``), ``group`` the word of
    the group where a cap holds for each of several. As text it is its address with the group.
    """

    kind: ConstraintKind
    name: str = ""
    bound: str = ""
    group: str = ""

    @property
    def address(self) -> str:
        """The address in a call file, one for all groups: ``caps.institution.max``."""
        section = _SECTIONS.get(self.kind, self.kind)
        return ".".join(part for part in (section, self.name, self.bound) if part)

    @property
    def setting(self) -> Constraint:
        """The constraint as the call sets it: of a cap that of all groups."""
        return replace(self, group="")

    def __str__(self) -> str:
        return f"{self.address}[{self.group}]" if self.group else self.address


MAX_JUMP = Constraint("max_jump")
REQUIRED = Constraint("required")


@dataclass(frozen=True, slots=True, eq=False)
class Limit:
    """A least and a greatest amount over some results: the budget, a track's quota, a cap.

    ``members`` has shape (n,): the results that it counts. ``stage`` counts the money of one stage
    alone; None counts all. ``least`` and ``most`` are in fen or numbers of awards; None is no
    bound.
    """

    id: Constraint
    members: Bools
    counts: Counted = "money"
    least: int | None = None
    most: int | None = None
    stage: int | None = None


@dataclass(frozen=True, slots=True)
class Exclusive:
    """At most ``most`` of these results may be funded (places in the batch)."""

    id: Constraint
    members: tuple[int, ...]
    most: int = 1


@dataclass(frozen=True, slots=True)
class Dependency:
    """``result`` may be funded only if ``needs`` is (places in the batch)."""

    id: Constraint
    result: int
    needs: int


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """What is to be allocated.

    Attributes
    ----------
    order
        Shape (n,): the places of the results, best first, after the chain of tie-breaks.
    eligible
        Shape (n,): may be funded at all; the others never are.
    required
        Shape (n,): must be funded (decided beforehand, or already funded and paid from this call).
    tracks
        Shape (n,): number of the track, -1 for none.
    owner
        Shape (k,): the result of each offer, ascending; the dearest (full) offer first.
    level
        Shape (k,): number of the funding level in the call (0 is full).
    cost
        Shape (k, s): fen in each stage.
    value
        Shape (k,): worth of the offer under the call's objective, at least 0.
    limits, exclusive, dependencies
        What holds between results.
    max_jump
        The greatest difference of score by which a result may be passed over within its track by
        the portfolio; None is no bound. ``score`` says the scores.
    score
        Shape (n,): 0-100, by which jumps are measured.
    """

    order: Ints
    eligible: Bools
    required: Bools
    tracks: Ints
    owner: Ints
    level: Ints
    cost: Ints
    value: Floats
    score: Floats
    limits: tuple[Limit, ...]
    exclusive: tuple[Exclusive, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    max_jump: float | None = None

    def __len__(self) -> int:
        return len(self.order)

    @property
    def total_cost(self) -> Ints:
        """Fen of each offer over all stages, shape (k,)."""
        total: Ints = self.cost.sum(axis=1)
        return total

    @property
    def ranks(self) -> Ints:
        """The place of each result in the order, from 0, shape (n,)."""
        ranks = np.empty(len(self), dtype=np.int64)
        ranks[self.order] = np.arange(len(self))
        return ranks

    @property
    def tied(self) -> Bools:
        """Which results are in an exclusion or a dependency, shape (n,)."""
        tied = np.zeros(len(self), dtype=bool)
        for group in self.exclusive:
            tied[list(group.members)] = True
        for bond in self.dependencies:
            tied[[bond.result, bond.needs]] = True
        return tied


def in_rank_order(problem: Problem, places: Ints | None = None) -> tuple[Problem, Ints]:
    """Return the problem with its results in the order of rank, and the old place of each offer.

    A solver that stops within a gap gives what the order of its columns leads it to; in the order
    of rank, that of the rows of a workbook does not matter.

    Parameters
    ----------
    places
        These results alone, best first, among them all that are required or in a bond; limits that
        say nothing of them are left out. All, in the problem's order, by default.
    """
    order = problem.order if places is None else places
    rank = np.full(len(problem), -1, dtype=np.int64)
    rank[order] = np.arange(len(order))
    owner = rank[problem.owner]
    offers = np.argsort(owner, kind="stable")[int((owner < 0).sum()) :]

    def at(these: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(sorted(int(rank[i]) for i in these))

    limits = (replace(x, members=x.members[order]) for x in problem.limits)
    changed = replace(
        problem,
        order=np.arange(len(order), dtype=np.int64),
        eligible=problem.eligible[order],
        required=problem.required[order],
        tracks=problem.tracks[order],
        owner=owner[offers],
        level=problem.level[offers],
        cost=problem.cost[offers],
        value=problem.value[offers],
        score=problem.score[order],
        limits=tuple(x for x in limits if places is None or x.least or x.members.any()),
        exclusive=tuple(replace(x, members=at(x.members)) for x in problem.exclusive),
        dependencies=tuple(
            replace(x, result=int(rank[x.result]), needs=int(rank[x.needs]))
            for x in problem.dependencies
        ),
    )
    return changed, offers


def as_it_was(problem: Problem, choice: Ints, offers: Ints, places: Ints | None = None) -> Ints:
    """Return a choice for a problem :func:`in_rank_order` for the problem as it was, shape (n,)."""
    before = np.full(len(problem), -1, dtype=np.int64)
    if len(offers):
        order = problem.order if places is None else places
        before[order] = np.where(choice >= 0, offers[np.maximum(choice, 0)], -1)
    return before


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """What a rule gives.

    ``choice`` has shape (n,): the offer of each result (its place among the offers), -1 for none.
    ``value`` is the sum under the objective; ``bound`` no allocation can exceed it (nan where the
    rule proves none); ``proved`` says that ``value`` is the best there is, to ``gap``.
    ``binding`` has, for each result not funded (or given less), all constraints that stopped it,
    the one that weighs most first; () where none did. ``engine`` names the rule or the solver and
    its version.
    """

    choice: Ints
    value: float
    bound: float
    proved: bool
    gap: float
    binding: tuple[tuple[Constraint, ...], ...]
    engine: str
