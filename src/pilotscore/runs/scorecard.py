"""The scorecard of one result as plain values, for programs that use pilotscore as a library."""

from __future__ import annotations

from collections.abc import Mapping

from pilotscore.findings import Finding, Place
from pilotscore.funding import Recommendation
from pilotscore.index import (
    Guidance,
    Reason,
    Status,
    contributions,
    counted_evidence,
    deciding_reasons,
    origin_of,
    origin_shares,
    paths_up,
)
from pilotscore.language import Text
from pilotscore.measures import Origin
from pilotscore.measures.measurements import Basis
from pilotscore.records import dataclass
from pilotscore.runs.outcome import Outcome
from pilotscore.workbook import State


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """What one indicator says of a result.

    ``value`` is the raw value (a category is its place in the table; None where there is none),
    ``score`` and ``score_uncapped`` 0-100 (None where it does not apply), ``weight`` its weight in
    the dimension, 0-1, ``contribution`` in points of the index, ``evidence`` the grade it counts
    with, None where the set has no grades or there is no value. ``basis`` says what a value was
    worked out from, or why it could not be; None where it is stated. ``low`` and ``high`` bound
    what is uncertain of the value, each on one side with 95 %; the value itself where nothing is.
    ``origin`` says whether the value is stated, measured, or judged by a panel; None without one.
    """

    id: str
    title: Text
    dimension: str
    value: float | None
    state: State
    evidence: str | None
    score: float | None
    score_uncapped: float | None
    weight: float
    contribution: float
    place: Place
    basis: Basis | None = None
    low: float | None = None
    high: float | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One result from raw values to recommendation; contributions add up to the index.

    ``measured_low`` and ``measured_high`` bound what measurement leaves uncertain of the index,
    ``low`` and ``high`` what is missing besides; ``guidance`` has the paths to the next grade.
    ``judged_share``, ``measured_share`` and ``stated_share`` are the shares of the weight by where
    values come from; they add up to ``completeness``.
    """

    id: str
    title: str
    index: float
    index_uncapped: float
    measured_low: float
    measured_high: float
    low: float
    high: float
    completeness: float
    evidence_not_stated: float
    judged_share: float
    measured_share: float
    stated_share: float
    status: Status
    grade: str | None
    sub_indexes: Mapping[str, float]
    dimensions: Mapping[str, float]
    indicators: tuple[IndicatorScore, ...]
    reasons: tuple[Reason, ...]
    recommendation: Recommendation
    guidance: Guidance
    findings: tuple[Finding, ...]


def _given(value: float) -> float | None:
    return None if value != value else float(value)


def scorecard(outcome: Outcome, i: int) -> Scorecard:
    """Return the scorecard of the i-th result of an outcome."""
    a = outcome.assessment
    parts = contributions(a)[i]
    names = [d.id for d in a.criteria.dimensions for _ in d.indicators]

    def evidence(j: int) -> str | None:
        counted = counted_evidence(a, i, j)
        return None if counted is None else counted.id

    indicators = tuple(
        IndicatorScore(
            indicator.id,
            indicator.title,
            names[j],
            _given(a.measurements.values[i, j]),
            State(int(a.missing.states[i, j])),
            evidence(j),
            _given(a.scores[i, j]),
            _given(a.scores_uncapped[i, j]),
            float(a.weights[i, j]),
            float(parts[j]),
            a.measurements.place(i, indicator.id),
            a.measurements.bases.get((i, indicator.id)),
            _given(a.measurements.low[i, j]),
            _given(a.measurements.high[i, j]),
            origin_of(a, i, j),
        )
        for j, indicator in enumerate(a.criteria.indicators)
    )
    shares = origin_shares(a)
    place, name = int(a.grade[i]), a.measurements.ids[i]
    return Scorecard(
        id=name,
        title=a.measurements.titles[i],
        index=float(a.index[i]),
        index_uncapped=float(a.index_uncapped[i]),
        measured_low=float(a.measured_low[i]),
        measured_high=float(a.measured_high[i]),
        low=float(a.low[i]),
        high=float(a.high[i]),
        completeness=float(a.completeness[i]),
        evidence_not_stated=float(a.unstated_share[i]),
        judged_share=float(shares.judged[i]),
        measured_share=float(shares.measured[i]),
        stated_share=float(shares.stated[i]),
        status=Status(int(a.status[i])),
        grade=a.criteria.grades[place].id if place >= 0 else None,
        sub_indexes={
            s.id: float(x) for s, x in zip(a.criteria.sub_indexes, a.sub_indexes[i], strict=True)
        },
        dimensions={
            d.id: float(x) for d, x in zip(a.criteria.dimensions, a.dimensions[i], strict=True)
        },
        indicators=indicators,
        reasons=deciding_reasons(a, i),
        recommendation=outcome.plan.recommendations[i],
        guidance=paths_up(a, i),
        findings=tuple(f for f in outcome.findings if f.result == name),
    )
