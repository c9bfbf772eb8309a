"""Assigns experts by chance, no pair with more than a stated probability: against collusion.

Nobody who would deal with an expert can be sure whom a result will get. Source: S. Jecmen, H.
Zhang, R. Liu, N. Shah, V. Conitzer, F. Fang, Mitigating manipulation in peer review via randomized
reviewer assignments, NeurIPS 2020 (arXiv 2006.16437): a linear programme with each pair at most the
cap, then a draw that keeps each pair's probability. The draw is by cycles of a flow (E. Budish,
Y.-K. Che, F. Kojima, P. Milgrom, Designing random allocation mechanisms, American Economic Review
103 (2013), appendix B): what is nested on both sides (institution in group in result; expert) stays
between the whole numbers around its mean, so that demands, groups, institutions and loads hold.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from pilotscore.arrays import Bools, Floats
from pilotscore.errors import SolverError, UsageError
from pilotscore.language import Text
from pilotscore.panels.assignment.assign import (
    Assignment,
    backups_of,
    looked_at,
    with_even_loads,
    worst_of,
)
from pilotscore.panels.assignment.problem import Problem
from pilotscore.panels.assignment.programme import Pairs, constraints
from pilotscore.panels.assignment.threshold import Progress, at_best_threshold

_TIE = 1e-4  # as where nothing is left to chance
_WHOLE = 1e-6  # nearer than this to a whole number is one
_CROSSING = Text(
    "有的单位的专家分在几个组别，不能按概率上限分配：请把一个单位放在一个组，或加大 --per-unit",
    "some institution has experts in several groups, which a cap on probabilities does not allow: "
    "keep each institution in one group, or raise --per-unit",
)
_NOT_KEPT = Text(
    "抽取的分配不满足要求", "the assignment that was drawn does not keep what is asked"
)


def assign_by_chance(
    problem: Problem,
    *,
    seed: int = 0,
    backups: int = 2,
    seconds: float | None = None,
    progress: Progress | None = None,
) -> Assignment | None:
    """Return an assignment that was drawn, with the probability of each pair; None for none.

    The worst pair that can be drawn is as good as can be, then the expected affinity.

    Parameters
    ----------
    problem
        What is to be kept, with the cap.
    seed
        Of choices between equals and of the draw.
    backups, seconds, progress
        As for :func:`~pilotscore.panels.assignment.assign.assign`.

    Raises
    ------
    UsageError
        Institutions cut across groups: probabilities could not be kept.
    UnsolvedError, SolverError
        The solver ran out of time, or failed.
    """
    if not problem.nested:
        raise UsageError(_CROSSING)
    random = np.random.default_rng(seed)
    gain = problem.affinity + _TIE * random.random(problem.affinity.shape)
    chance = at_best_threshold(
        problem, lambda above: _chances(problem, gain, above, seconds), lambda x: x > 0, progress
    )
    if chance is None:
        return None
    chosen = drawn(problem, chance, random)
    return Assignment(
        chosen, backups_of(problem, gain, chosen, backups), worst_of(problem, chosen), chance
    )


def _chances(
    problem: Problem, gain: Floats, considered: Bools, seconds: float | None
) -> Floats | None:
    """Return the probabilities with the greatest expected gain among some pairs."""
    for among in looked_at(problem, gain, considered):
        pairs = Pairs.of(among)
        rows = constraints(problem, pairs)
        values = with_even_loads(problem, pairs, rows, gain, seconds, whole=False)
        if values is not None:
            chance = np.zeros(considered.shape)
            kept = np.where(values < _WHOLE, 0.0, np.minimum(values, problem.cap))
            chance[pairs.result, pairs.expert] = kept
            return chance
    return None


def drawn(problem: Problem, chance: Floats, random: np.random.Generator) -> Bools:
    """Draw an assignment in which each pair has its probability.

    Parameters
    ----------
    problem
        Whose demands, groups, institutions and loads the probabilities keep in the mean.
    chance
        Shape (results, experts).
    random
        Where chance comes from.

    Raises
    ------
    SolverError
        The probabilities did not keep them.
    """
    flow = _Flow(problem, chance)
    flow.make_whole(random)
    chosen = np.zeros(chance.shape, dtype=bool)
    taken = np.round(np.array(flow.value[: flow.pairs])) == 1
    chosen[flow.result[taken], flow.expert[taken]] = True
    loads = chosen.sum(axis=0)
    kept = (chosen.sum(axis=1) == problem.demand).all() and (loads <= problem.most).all()
    if not (kept and (loads >= problem.least).all()):
        raise SolverError(_NOT_KEPT)
    return chosen


class _Flow:
    """The flow of an assignment: from results over groups and institutions to experts.

    Attributes
    ----------
    result, expert
        Of each pair; the pairs are the first edges.
    tail, head, value
        Of each edge.
    open
        The edges at each node whose value is not whole, in order.
    """

    def __init__(self, problem: Problem, chance: Floats) -> None:
        self.result, self.expert = np.nonzero(chance)
        self.pairs = len(self.result)
        self.value: list[float] = chance[self.result, self.expert].tolist()
        self.tail: list[int] = []
        self.head: list[int] = self.expert.tolist()
        self._nodes = problem.experts + 1  # and one behind the experts, where all flow goes
        self._sums: dict[tuple[int, int], float] = {}
        self._levels(problem)
        for (tail, head), value in self._sums.items():
            self.tail.append(tail)
            self.head.append(head)
            self.value.append(value)
        self.open: list[dict[int, None]] = [{} for _ in range(self._nodes)]
        for edge, value in enumerate(self.value):
            if _is_open(value):
                self.open[self.tail[edge]][edge] = None
                self.open[self.head[edge]][edge] = None

    def _levels(self, problem: Problem) -> None:
        """Lay the edges from each result to its experts, and from these to the end."""
        named: dict[tuple[int, str, int], int] = {}

        def node(result: int, level: str, number: int) -> int:
            key = result, level, number
            if key not in named:
                named[key] = self._nodes
                self._nodes += 1
            return named[key]

        large = set(problem.large_units.tolist())
        with_groups = set(np.flatnonzero(problem.of_group).tolist())
        group, unit = problem.group.tolist(), problem.unit.tolist()
        for edge, (r, e) in enumerate(zip(self.result.tolist(), self.expert.tolist(), strict=True)):
            at = node(r, "result", 0)
            steps = [node(r, "group", group[e])] if group[e] in with_groups else []
            steps += [node(r, "unit", unit[e])] if unit[e] in large else []
            for step in steps:
                self._add(at, step, self.value[edge])
                at = step
            self.tail.append(at)
            self._add(e, problem.experts, self.value[edge])

    def _add(self, tail: int, head: int, value: float) -> None:
        self._sums[tail, head] = self._sums.get((tail, head), 0.0) + value

    def make_whole(self, random: np.random.Generator) -> None:
        """Push flow round cycles of open edges, by chance one way or the other, until none is."""
        for start in range(self._nodes):
            nodes, place = [start], {start: 0}
            edges: list[int] = []
            while self.open[start]:
                here = nodes[-1]
                edge = next((x for x in self.open[here] if not edges or x != edges[-1]), None)
                if edge is None:
                    # Left over by rounding: nothing else at this node is open.
                    self._settle([edges.pop()])
                    del place[nodes.pop()]
                    continue
                other = self.head[edge] if self.tail[edge] == here else self.tail[edge]
                if other not in place:
                    place[other] = len(nodes)
                    nodes.append(other)
                    edges.append(edge)
                    continue
                first = place[other]
                self._push([*edges[first:], edge], nodes[first:], random)
                for gone in nodes[first + 1 :]:
                    del place[gone]
                del nodes[first + 1 :], edges[first:]

    def _push(self, cycle: list[int], nodes: list[int], random: np.random.Generator) -> None:
        """Push flow round a cycle as far as it goes, so that no edge changes in the mean."""
        signs = [1 if self.tail[x] == n else -1 for x, n in zip(cycle, nodes, strict=True)]
        rooms = [(math.ceil(self.value[x]) - self.value[x]) for x in cycle]
        under = [(self.value[x] - math.floor(self.value[x])) for x in cycle]
        pairs = list(zip(signs, rooms, under, strict=True))
        forth = min(up if sign > 0 else down for sign, up, down in pairs)
        back = min(down if sign > 0 else up for sign, up, down in pairs)
        step = forth if random.random() * (forth + back) < back else -back
        for edge, sign in zip(cycle, signs, strict=True):
            self.value[edge] += sign * step
        self._settle(x for x in cycle if not _is_open(self.value[x]))

    def _settle(self, edges: Iterable[int]) -> None:
        """Make edges whole."""
        for edge in edges:
            self.value[edge] = float(round(self.value[edge]))
            self.open[self.tail[edge]].pop(edge, None)
            self.open[self.head[edge]].pop(edge, None)


def _is_open(value: float) -> bool:
    return abs(value - round(value)) > _WHOLE
