"""Paths up: the least changes that bring a result to a better grade, proven by scoring it again."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from pilotscore.criteria import NUMBERS
from pilotscore.index.assessment import Assessment, Status, assess
from pilotscore.index.moves import LEAST_EFFORT, Move, apply_moves, possible_moves
from pilotscore.index.path_programme import SLACK, Aim, Conditions, solve
from pilotscore.index.reasons import Reason, deciding_reasons
from pilotscore.index.scored_again import copies
from pilotscore.index.value_functions import score_values
from pilotscore.index.weights import adds_up, is_linear
from pilotscore.language import Text
from pilotscore.records import dataclass

_MOST_ROUNDS = 25
_MOST_IN_PAIRS = 60
_MOST_SHOWN = 3
_CLOSE = 1e-6  # of the index: sums in another order
_GRID = 64


@dataclass(frozen=True, slots=True)
class PathUp:
    """Moves that together reach a grade: what they take, and what the result then scores."""

    moves: tuple[Move, ...]
    effort: float
    grade: int
    index: float


@dataclass(frozen=True, slots=True)
class Guidance:
    """How a result gets to the next grade.

    ``singles`` and ``pairs`` are the cheapest ones that reach it by themselves (pairs only where no
    single one does); ``cheapest`` is the combination of least effort. ``proven`` says that among
    anchors, levels, categories and grades of evidence no other takes less (to a thousandth) than
    the one from which it was cut down. ``blocked`` says why there is no path. ``stating`` is what
    comes first where values have no stated evidence: to state it, nothing else. It is the least of
    it that reaches the grade, or, where that is not enough, all that lifts the index.
    """

    target: int | None
    singles: tuple[PathUp, ...] = ()
    pairs: tuple[PathUp, ...] = ()
    cheapest: PathUp | None = None
    proven: bool = False
    blocked: tuple[Reason, ...] = ()
    stating: PathUp | None = None

    @property
    def stating_reaches(self) -> bool:
        """Whether stating evidence is enough for the grade."""
        path, target = self.stating, self.target
        return path is not None and target is not None and path.grade <= target

    @property
    def nearest(self) -> PathUp | None:
        """The path of least effort, of all that were found; the first of equal ones."""
        paths = [p for p in (self.cheapest, *self.singles, *self.pairs) if p is not None]
        return min(paths, key=lambda p: p.effort) if paths else None


def paths_up(assessment: Assessment, i: int, target: int | None = None) -> Guidance:
    """Find the least changes that bring a result to a better grade.

    An integer programme chooses at most one move for each indicator, so that index, dimension
    floors, level floors and gates are met at least effort; where the aggregation is not linear it
    is tightened until scoring again confirms it. Whatever is returned was scored again.

    Parameters
    ----------
    assessment, i
        The assessment, and the result's place in it.
    target
        The place of the grade to reach; the next better one by default.
    """
    grade = int(assessment.grade[i])
    if assessment.status[i] != Status.GRADED:
        return Guidance(None, blocked=deciding_reasons(assessment, i))
    target = grade - 1 if target is None else target
    if target < 0 or target >= grade:
        return Guidance(None)
    return _Search(assessment, i, target).guidance()


class _Search:
    def __init__(
        self, assessment: Assessment, i: int, target: int, moves: list[Move] | None = None
    ) -> None:
        self.assessment, self.i, self.target = assessment, i, target
        self.criteria = assessment.criteria
        self.moves = possible_moves(assessment, i) if moves is None else moves
        self.aim = Aim(assessment, i, target, self.moves)

    def score(self, sets: list[tuple[Move, ...]]) -> Assessment:
        """Score the result again under each set of moves."""
        a = self.assessment
        values, states, evidence = apply_moves(a, self.i, sets)
        again = copies(a.measurements, self.i, len(sets))
        changed = replace(
            again, values=values, low=values, high=values, states=states, evidence=evidence
        )
        return assess(changed, self.criteria, a.as_of, tell=False)

    def guidance(self) -> Guidance:
        if not self.moves:
            return Guidance(self.target, blocked=self._short_of_everything())
        alone = self.score([(m,) for m in self.moves])
        reaching = self._reaching([(m,) for m in self.moves], alone)
        singles = tuple(sorted(map(self._least, reaching), key=lambda p: p.effort))
        pairs: tuple[PathUp, ...] = ()
        if not singles:
            both = self._pairs(alone)
            reached = self._reaching(both, self.score(both)) if both else ()
            pairs = tuple(sorted(map(self._least, reached), key=lambda p: p.effort))
        cheapest, proven, blocked = self._cheapest(alone)
        if cheapest is not None:
            cheapest = min((self._least(cheapest), *singles, *pairs), key=lambda p: p.effort)
        return Guidance(self.target, singles, pairs, cheapest, proven, blocked, self._stating())

    def _pairs(self, alone: Assessment) -> list[tuple[Move, ...]]:
        """Return pairs of the moves that bring most for their effort, best first.

        Where what moves bring adds up, those that fall short of the grade are left out.
        """
        gain = alone.index - self.assessment.index[self.i]
        effort = np.array([m.effort for m in self.moves])
        best = np.lexsort((np.arange(len(effort)), -gain / effort))[:_MOST_IN_PAIRS]
        first, second = (best[side] for side in np.triu_indices(len(best), 1))
        owner = np.array([m.indicator for m in self.moves])
        kept = owner[first] != owner[second]
        if adds_up(self.criteria):
            for row in Conditions(self.aim, alone).rows:
                if row.sure:
                    kept &= row.gains[first] + row.gains[second] >= row.least - _CLOSE
        pairs = zip(first[kept].tolist(), second[kept].tolist(), strict=True)
        return [(self.moves[a], self.moves[b]) for a, b in pairs]

    def _stating(self) -> PathUp | None:
        """Return the path of stating evidence alone, where some is not stated and it lifts."""
        a, i = self.assessment, self.i
        unstated = a.measurements.unstated(np.array([i]))[0]
        only = [
            m
            for m in self.moves
            if m.value is None and m.evidence is not None and unstated[m.indicator]
        ]
        if not only:
            return None
        search = _Search(a, i, self.target, only)
        enough, _, _ = search._cheapest(search.score([(m,) for m in only]))
        if enough is not None:
            return enough
        everything, scored = search.all_at_best(), search.at_best
        if scored.status[0] != Status.GRADED or scored.index[0] <= a.index[i] + SLACK:
            return None
        lifting = tuple(m for m in everything if m.after > m.before + SLACK)
        return search._path(lifting, search.score([lifting]), 0)

    def _least(self, path: PathUp) -> PathUp:
        """Return a path whose values are cut down to what it takes, the dearest move first."""
        for move in sorted(path.moves, key=lambda m: -m.effort):
            others = tuple(m for m in path.moves if m is not move)
            sets = [(self._with_value(move, x), *others) for x in self._smaller(move)]
            shorter = self._reaching(sets, self.score(sets)) if sets else ()
            if shorter and shorter[0].effort < path.effort - SLACK:
                path = shorter[0]
        return path

    def _smaller(self, move: Move) -> list[float]:
        """Return values between the present one and a move's, where it is not a level or word."""
        indicator = self.criteria.indicators[move.indicator]
        now = float(self.assessment.measurements.values[self.i, move.indicator])
        if move.value is None or np.isnan(now) or indicator.type not in NUMBERS:
            return []
        between = now + (move.value - now) * np.arange(1, _GRID) / _GRID
        if indicator.type == "count":
            onward = math.ceil if move.value > now else math.floor
            whole = dict.fromkeys(float(onward(x)) for x in between)
            return [x for x in whole if x not in (now, move.value)]
        return list(dict.fromkeys(_rounded(float(x), now, move.value) for x in between))

    def _with_value(self, move: Move, value: float) -> Move:
        """Return a move to another value, with the score and the effort that belong to it."""
        indicator = self.criteria.indicators[move.indicator]
        goal, new = score_values(np.array([move.value, value], dtype=float), indicator).tolist()
        effort = max(move.effort + indicator.effort * (new - goal) / 10, LEAST_EFFORT)
        # Where the evidence caps the move's score, it caps this one's there too.
        return replace(move, value=value, after=min(new, move.after), effort=effort)

    def _reaching(self, sets: Sequence[tuple[Move, ...]], scored: Assessment) -> tuple[PathUp, ...]:
        reached = (scored.status == Status.GRADED) & (scored.grade <= self.target)
        paths = [self._path(sets[k], scored, k) for k in np.flatnonzero(reached).tolist()]
        # Of the same indicators the least change says it all.
        least: dict[frozenset[int], PathUp] = {}
        for path in sorted(paths, key=lambda p: (p.effort, -p.index)):
            least.setdefault(frozenset(m.indicator for m in path.moves), path)
        return tuple(least.values())[:_MOST_SHOWN]

    def _path(self, moves: tuple[Move, ...], scored: Assessment, k: int) -> PathUp:
        effort = sum(m.effort for m in moves)
        gains = sorted(moves, key=lambda m: (-(m.after - m.before) / m.effort, m.indicator))
        return PathUp(tuple(gains), effort, int(scored.grade[k]), float(scored.index[k]))

    def _short_of_everything(self) -> tuple[Reason, ...]:
        text = Text("没有可改进的指标", "there is nothing left to improve")
        return (Reason("index", text),)

    def _cheapest(self, alone: Assessment) -> tuple[PathUp | None, bool, tuple[Reason, ...]]:
        rows = Conditions(self.aim, alone)
        if rows.blocked:
            return None, False, tuple(rows.blocked)
        exact = is_linear(self.criteria)
        for attempt in range(_MOST_ROUNDS):
            chosen, optimal = solve(rows, self.moves)
            if chosen is None:
                break
            moves = tuple(self.moves[k] for k in chosen)
            scored = self.score([moves])
            if scored.status[0] == Status.GRADED and scored.grade[0] <= self.target:
                return self._path(moves, scored, 0), exact and optimal and attempt == 0, ()
            rows.tighten(scored, chosen)
        return None, False, self._blocked_by_reach()

    def all_at_best(self) -> tuple[Move, ...]:
        """Return the move of each indicator that brings most."""
        best: dict[int, Move] = {}
        for move in self.moves:
            held = best.get(move.indicator)
            if held is None or (move.after, move.effort) > (held.after, held.effort):
                best[move.indicator] = move
        return tuple(best.values())

    @cached_property
    def at_best(self) -> Assessment:
        """The result scored again with every indicator at its best."""
        return self.score([self.all_at_best()])

    def _blocked_by_reach(self) -> tuple[Reason, ...]:
        """Say what stands in the way when every indicator were at its best."""
        scored = self.at_best
        if scored.grade[0] <= self.target and scored.status[0] == Status.GRADED:
            text = Text("未找到组合（约束相互牵制）", "no combination was found")
            return (Reason("index", text),)
        return deciding_reasons(scored, 0)


def _rounded(value: float, now: float, goal: float) -> float:
    """Return a value that people would write, between it and the goal: three digits that matter."""
    if value == 0:
        return value
    step = 10.0 ** (math.floor(math.log10(abs(value))) - 2)
    onward = math.ceil if goal > now else math.floor
    rounded = round(onward(value / step - 1e-9 if goal > now else value / step + 1e-9) * step, 12)
    return min(rounded, goal) if goal > now else max(rounded, goal)
