"""Single improvements that a result could make: a better value, better evidence, or both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pilotscore.arrays import Codes, Floats
from pilotscore.criteria import NUMERIC, CriteriaSet, Indicator
from pilotscore.criteria.categories import band_of
from pilotscore.criteria.condition import Compare, comparisons
from pilotscore.index.assessment import Assessment
from pilotscore.index.evidence import counted_evidence
from pilotscore.index.value_functions import score_values
from pilotscore.records import dataclass
from pilotscore.workbook import State

# What one grade of evidence more takes, in the unit in which ten points of an ordinary indicator
# take 1 [own default]. An indicator's own effort stands in the criteria file.
EVIDENCE_EFFORT = 0.5
LEAST_EFFORT = 0.1
_WHOLE = frozenset({"level", "count"})


@dataclass(frozen=True, slots=True)
class Move:
    """One improvement: which indicator, its new raw value and grade of evidence, and the effort.

    ``value`` is None where the value stays, ``evidence`` where the evidence stays; ``before`` and
    ``after`` are the scores, capped by the evidence, 0-100.
    """

    indicator: int
    value: float | None
    evidence: int | None
    before: float
    after: float
    effort: float


def possible_moves(assessment: Assessment, i: int) -> list[Move]:
    """Return every improvement of a result that is worth a thought.

    Values go to the anchors of the value function, the next levels and better categories, to both
    ends of bands, to the levels that grades ask for, and just past the constants of gates; evidence
    goes to the threshold and to the first grade that caps nothing.
    """
    criteria = assessment.criteria
    moves: list[Move] = []
    for j, indicator in enumerate(criteria.indicators):
        state = State(int(assessment.missing.states[i, j]))
        if state is State.NOT_APPLICABLE:
            continue
        moves.extend(_worth_it(_moves_of(assessment, i, j, indicator, state)))
    return moves


def _moves_of(
    assessment: Assessment, i: int, j: int, indicator: Indicator, state: State
) -> Iterator[Move]:
    criteria = assessment.criteria
    has_value = state is State.VALUE
    now = float(assessment.measurements.values[i, j]) if has_value else None
    uncapped = float(assessment.scores_uncapped[i, j]) if has_value else 0.0
    before = float(assessment.scores[i, j]) if has_value else 0.0
    counted = counted_evidence(assessment, i, j)
    grade_now = None if counted is None else counted.place
    for value, score in _better_values(indicator, now, uncapped, criteria):
        for grade in _better_evidence(criteria, grade_now):
            if value is None and grade is None:
                continue
            place = grade_now if grade is None else grade
            after = min(score, _cap(criteria, indicator, place))
            raised = 0 if grade is None or place is None else grade - (grade_now or 0)
            effort = indicator.effort * (score - uncapped) / 10 + EVIDENCE_EFFORT * raised
            yield Move(j, value, grade, before, after, max(effort, LEAST_EFFORT))


def _cap(criteria: CriteriaSet, indicator: Indicator, place: int | None) -> float:
    if criteria.evidence is None or place is None:
        return 100.0
    return float(criteria.evidence.grades[place].cap_of(required=indicator.required))


def _better_evidence(criteria: CriteriaSet, now: int | None) -> Sequence[int | None]:
    """Return grades of evidence to go to; None for no change (which a new value cannot have)."""
    rules = criteria.evidence
    if rules is None:
        return [None]
    ids = [g.id for g in rules.grades]
    most = max(g.cap for g in rules.grades)
    goals = {
        ids.index(rules.threshold),
        next(n for n, g in enumerate(rules.grades) if g.cap == most),
    }
    if now is None:
        return sorted({ids.index(rules.default), *goals})
    return [None, *sorted(g for g in goals if g > now)]


def _better_values(
    indicator: Indicator, now: float | None, score_now: float, criteria: CriteriaSet
) -> Iterator[tuple[float | None, float]]:
    """Yield (raw value, score), the present one as (None, its score) first where there is one."""
    if now is not None:
        yield None, score_now
    goals = sorted(set(_goals(indicator, criteria)))
    if indicator.bands:  # what lies between two of them is no value
        goals = [x for x in goals if band_of(indicator.bands, x) is not None]
    scores = score_values(np.array(goals, dtype=float), indicator).tolist()
    nearest_first = sorted(
        zip(goals, scores, strict=True),
        key=lambda g: abs(g[0] - (now if now is not None else g[0])),
    )
    yielded: set[float] = set()
    for value, score in nearest_first:
        if indicator.direction == "range" and score in yielded:
            continue  # as good, and further off its range
        further = now is None or value != now
        better = score > score_now or (score == score_now and _onward(indicator, value, now))
        if further and better:
            yielded.add(score)
            yield value, score


def _onward(indicator: Indicator, value: float, now: float | None) -> bool:
    """Say whether an equal score lies onward: gates and level floors ask for values, not scores."""
    if now is None or indicator.type not in NUMERIC or indicator.direction == "range":
        return False
    return value < now if indicator.direction == "min" else value > now


def _goals(indicator: Indicator, criteria: CriteriaSet) -> Iterator[float]:
    if indicator.scale:
        yield from map(float, range(indicator.scale[0], indicator.scale[1] + 1))
        return
    if indicator.bands:
        yield from (x for band in indicator.bands for x in band.ends)
    else:
        yield from (x for x, _ in indicator.anchors)
    if indicator.type not in NUMERIC:
        return
    step = 1.0 if indicator.type in _WHOLE else 0.0
    for grade in criteria.grades:
        if indicator.id in grade.levels:
            yield grade.levels[indicator.id]
    for gate in criteria.gates:
        for leaf in comparisons(gate.condition):
            if (
                isinstance(leaf, Compare)
                and leaf.name == indicator.id
                and isinstance(leaf.other, float)
            ):
                # A gate that closes at c itself opens just past it.
                past = step or abs(leaf.other) * 0.01 or 0.01
                strict = leaf.operator in ("<=", ">=", "==")
                yield leaf.other
                if strict:
                    yield leaf.other + past if leaf.operator == "<=" else leaf.other - past


def _worth_it(moves: Iterator[Move]) -> list[Move]:
    """Leave out moves that another of the same indicator beats in value, evidence and effort."""
    listed = sorted(moves, key=lambda m: m.effort)
    kept: list[Move] = []
    for move in listed:
        beaten = any(
            k.effort <= move.effort
            and k.after >= move.after
            and k.value == move.value
            and (k.evidence or 0) >= (move.evidence or 0)
            for k in kept
        )
        if not beaten:
            kept.append(move)
    return kept


def apply_moves(
    assessment: Assessment, i: int, sets: list[tuple[Move, ...]]
) -> tuple[Floats, Codes, Codes]:
    """Return values, states and evidence of a result under each set of moves, shape (k, m) each."""
    m = assessment.measurements
    values = np.repeat(m.values[i : i + 1], len(sets), axis=0)
    states = np.repeat(m.states[i : i + 1], len(sets), axis=0)
    evidence = np.repeat(m.evidence[i : i + 1], len(sets), axis=0)
    for row, moves in enumerate(sets):
        for move in moves:
            if move.value is not None:
                values[row, move.indicator] = move.value
                states[row, move.indicator] = State.VALUE
            if move.evidence is not None:
                evidence[row, move.indicator] = move.evidence
    return values, states, evidence
