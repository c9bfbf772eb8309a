"""Paths up: the least changes that bring a result to a better grade, proven by scoring it again."""

from __future__ import annotations

import math
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilotscore import highs
from pilotscore.arrays import Bools, Codes, Floats
from pilotscore.criteria import NUMBERS
from pilotscore.criteria.condition import (
    AllOf,
    Among,
    AnyOf,
    Compare,
    Condition,
    InState,
    evaluate,
)
from pilotscore.index.assessment import Assessment, Status, assess
from pilotscore.index.moves import LEAST_EFFORT, Move, apply_moves, possible_moves
from pilotscore.index.reasons import Reason, deciding_reasons
from pilotscore.index.value_functions import score_values
from pilotscore.index.weights import adds_up, is_linear
from pilotscore.language import Text
from pilotscore.measures import Measurements
from pilotscore.workbook import FactColumn

_MOST_ROUNDS = 25
_MOST_IN_PAIRS = 60
_MOST_SHOWN = 3
_GAP = 0.001
_SECONDS = 2.0
_SLACK = 1e-7
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


def assess_with(assessment: Assessment, i: int, moves: Sequence[Move]) -> Assessment:
    """Assess the whole batch again, one result of it with moves; the others stay as they are."""
    a = assessment
    values, states, evidence = apply_moves(a, i, [tuple(moves)])
    m = a.measurements

    def with_row(array: NDArray[Any], row: NDArray[Any]) -> NDArray[Any]:
        changed = array.copy()
        changed[i] = row[0]
        return changed

    changed = replace(
        m,
        values=with_row(m.values, values),
        low=with_row(m.low, values),
        high=with_row(m.high, values),
        states=with_row(m.states, states),
        evidence=with_row(m.evidence, evidence),
    )
    return assess(changed, a.criteria, a.as_of, tell=False)


def moved(assessment: Assessment, i: int, moves: Sequence[Move]) -> Assessment:
    """Assess one result of a batch alone, with moves."""
    a = assessment
    values, states, evidence = apply_moves(a, i, [tuple(moves)])
    alone = copies(a.measurements, i, 1)
    changed = replace(
        alone, values=values, low=values, high=values, states=states, evidence=evidence
    )
    return assess(changed, a.criteria, a.as_of, tell=False)


class _Search:
    def __init__(
        self, assessment: Assessment, i: int, target: int, moves: list[Move] | None = None
    ) -> None:
        self.assessment, self.i, self.target = assessment, i, target
        self.criteria = assessment.criteria
        self.moves = possible_moves(assessment, i) if moves is None else moves

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
            for row in _Rows(self, alone).rows:
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
        if scored.status[0] != Status.GRADED or scored.index[0] <= a.index[i] + _SLACK:
            return None
        lifting = tuple(m for m in everything if m.after > m.before + _SLACK)
        return search._path(lifting, search.score([lifting]), 0)

    def _least(self, path: PathUp) -> PathUp:
        """Return a path whose values are cut down to what it takes, the dearest move first."""
        for move in sorted(path.moves, key=lambda m: -m.effort):
            others = tuple(m for m in path.moves if m is not move)
            sets = [(self._with_value(move, x), *others) for x in self._smaller(move)]
            shorter = self._reaching(sets, self.score(sets)) if sets else ()
            if shorter and shorter[0].effort < path.effort - _SLACK:
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
        rows = _Rows(self, alone)
        if rows.blocked:
            return None, False, tuple(rows.blocked)
        exact = is_linear(self.criteria)
        for attempt in range(_MOST_ROUNDS):
            chosen, optimal = _solve(rows, self.moves)
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


def _meets(value: float, level: float, *, low: bool) -> bool:
    """Say whether a level is met; nan, where there is no value, meets none."""
    return value <= level if low else value >= level


@dataclass(slots=True)
class _Row:
    """One condition: the sum of what the chosen moves bring must be at least ``least``.

    ``sure`` says that no set of moves goes without it where what they bring adds up.
    """

    what: str
    gains: Floats
    least: float
    sure: bool = True


class _Rows:
    """The conditions of the target grade as rows of an integer programme."""

    def __init__(self, search: _Search, alone: Assessment) -> None:
        self.search, self.alone = search, alone
        a, i, criteria = search.assessment, search.i, search.criteria
        grade = criteria.grades[search.target]
        self.rows: list[_Row] = []
        self.cuts: list[frozenset[int]] = []
        self.blocked: list[Reason] = []
        dims = np.nan_to_num(alone.dimensions) - np.nan_to_num(a.dimensions[i])
        self._at_least("index", alone.index - a.index[i], grade.index - float(a.index[i]))
        for k, dimension in enumerate(criteria.dimensions):
            floor = max(grade.every_dimension or 0.0, grade.dimensions.get(dimension.id, 0.0))
            now = float(np.nan_to_num(a.dimensions[i, k]))
            self._at_least(f"d{k}", dims[:, k], floor - now)
        for name, level in grade.levels.items():
            j = criteria.indicator_position[name]
            low = criteria.indicators[j].direction == "min"
            now = float(a.measurements.values[i, j])
            if not _meets(now, level, low=low):
                meets = [
                    m.indicator == j and m.value is not None and _meets(m.value, level, low=low)
                    for m in search.moves
                ]
                self._one_of(f"level {name}", np.array(meets), None)
        for g, gate in enumerate(criteria.gates):
            cap = criteria.grade_position[gate.cap] if gate.cap else 0
            if a.gates.closed[i, g] and cap > search.target:
                self._open(g, gate.condition)

    def _at_least(self, what: str, gains: Floats, least: float) -> None:
        if least > _SLACK:
            self.rows.append(_Row(what, gains, least))

    def _one_of(self, what: str, meets: Bools, gate: int | None, *, sure: bool = True) -> None:
        if meets.any():
            self.rows.append(_Row(what, meets.astype(float), 1.0, sure))
        elif gate is not None:
            closed = self.search.criteria.gates[gate]
            text = Text("{gate}（{advice}）", "{gate} ({advice})")
            advice = closed.advice or closed.title
            self.blocked.append(Reason("gate", text.of(gate=closed.title, advice=advice)))
        else:
            text = Text("等级要求无法达到", "a level that is asked for cannot be reached")
            self.blocked.append(Reason("level", text))

    def _open(self, gate: int, condition: Condition) -> None:
        """Add what opens a closed gate: every part of an `or` made false, one of an `and`."""
        a, i = self.search.assessment, self.search.i
        if isinstance(condition, AnyOf):
            for part in condition.parts:
                if evaluate(part, a.names).holds[i]:
                    self._open(gate, part)
            return
        if isinstance(condition, Compare) and isinstance(condition.other, float):
            shares = {"evidence_share": 1.0, "required_without_evidence": -1.0}
            sign = shares.get(condition.name)
            if sign is not None:
                there = self.alone.names[condition.name].values.astype(float)
                now = float(a.names[condition.name].values[i])
                strict = 0.0 if condition.operator in ("<", ">") else 1e-6
                if condition.name == "required_without_evidence" and strict:
                    strict = 1.0
                self._at_least(
                    condition.name, sign * (there - now), sign * (condition.other - now) + strict
                )
                return
        opens = ~evaluate(condition, self.alone.names).holds
        what = "and" if isinstance(condition, AllOf) else "gate"
        self._one_of(f"{what} {gate}", opens, gate, sure=_opened_by_one(condition, a.names))

    def tighten(self, scored: Assessment, chosen: list[int]) -> None:
        """Ask for more where scoring again fell short; else rule this combination out."""
        grade = self.search.criteria.grades[self.search.target]
        short = {"index": grade.index - float(scored.index[0])}
        for k, dimension in enumerate(self.search.criteria.dimensions):
            floor = max(grade.every_dimension or 0.0, grade.dimensions.get(dimension.id, 0.0))
            short[f"d{k}"] = floor - float(np.nan_to_num(scored.dimensions[0, k]))
        lacking = [row for row in self.rows if short.get(row.what, 0.0) > _SLACK]
        for row in lacking:
            row.least += short[row.what]
        if not lacking:
            self.cuts.append(frozenset(chosen))


def _opened_by_one(condition: Condition, names: Container[str]) -> bool:
    """Whether a condition that holds is made false by a change of one indicator, or by none."""
    match condition:
        case AllOf(parts):
            return all(_opened_by_one(part, names) for part in parts)
        case Compare():
            return condition.other not in names
        case Among() | InState():
            return True
        case _:
            return False


def _solve(rows: _Rows, moves: list[Move]) -> tuple[list[int] | None, bool]:
    """Choose moves of least effort that meet every row; None where there are none."""
    import highspy

    n = len(moves)
    owner = np.array([m.indicator for m in moves])
    matrix = [(owner == j).astype(float) for j in np.unique(owner)]
    low, high = [0.0] * len(matrix), [1.0] * len(matrix)
    for row in rows.rows:
        matrix.append(row.gains)
        low.append(row.least)
        high.append(highspy.kHighsInf)
    for cut in rows.cuts:
        matrix.append(np.isin(np.arange(n), list(cut)).astype(float))
        low.append(0.0)
        high.append(len(cut) - 1.0)
    columns = np.array(matrix).T
    entries = [np.flatnonzero(column) for column in columns]
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = n, len(matrix)
    model.col_cost_ = np.array([m.effort for m in moves])
    model.col_lower_, model.col_upper_ = np.zeros(n), np.ones(n)
    model.row_lower_, model.row_upper_ = np.array(low), np.array(high)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.concatenate([[0], np.cumsum([len(e) for e in entries])])
    model.a_matrix_.index_ = np.concatenate(entries) if entries else np.array([], dtype=int)
    model.a_matrix_.value_ = np.concatenate(
        [column[e] for column, e in zip(columns, entries, strict=True)]
    )
    model.integrality_ = [highspy.HighsVarType.kInteger] * n
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # it ships no types
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 1)
    solver.setOptionValue("mip_rel_gap", _GAP)
    solver.setOptionValue("time_limit", _SECONDS)
    solver.passModel(model)
    highs.run(solver)
    solution = np.array(solver.getSolution().col_value)
    if len(solution) != n or solver.getInfo().primal_solution_status != 2:
        return None, False
    optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return np.flatnonzero(solution > 0.5).tolist(), optimal


def copies(measurements: Measurements, i: int, count: int) -> Measurements:
    """Return one result several times, as results of their own."""
    m, read = measurements, measurements.submission

    def rows(array: Codes) -> Codes:
        return np.repeat(array[i : i + 1], count, axis=0)

    values = np.repeat(m.values[i : i + 1], count, axis=0)
    states, evidence = rows(m.states), rows(m.evidence)
    own = {name: text for (row, name), text in m.reasons.items() if row == i}
    submission = replace(
        read,
        ids=tuple(map(str, range(count))),
        titles=(m.titles[i],) * count,
        values=values,
        states=states,
        evidence=evidence,
        facts={name: _repeated(fact, i, count) for name, fact in m.facts.items()},
        reasons={(k, name): text for name, text in own.items() for k in range(count)},
        written={},
        table_of=np.repeat(read.table_of[i : i + 1], count),
        row_of=np.repeat(read.row_of[i : i + 1], count),
        findings=(),
    )
    return Measurements(submission, values, values, values, states, rows(m.origins), evidence)


def _repeated(fact: FactColumn, i: int, count: int) -> FactColumn:
    values: Any = np.repeat(fact.values[i : i + 1], count)
    return FactColumn(values, np.repeat(fact.states[i : i + 1], count))
