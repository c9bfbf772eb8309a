"""The assessment: what every result scores, what it could reach, and what decides its grade."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from pilotscore.arrays import Codes, Floats, Ints
from pilotscore.criteria import CriteriaSet
from pilotscore.criteria.condition import Operand
from pilotscore.findings import Finding
from pilotscore.index.aggregate import power_mean
from pilotscore.index.gates import ClosedGates, close_gates, tell_unjudged
from pilotscore.index.grades import grade_positions
from pilotscore.index.missing import Completeness, examine_missing
from pilotscore.index.operands import built_in_operands, operands
from pilotscore.index.scoring import score_results
from pilotscore.index.weights import dimension_weights
from pilotscore.measures import Measurements

NO_GRADE = -1


class Status(IntEnum):
    """How far an assessment got."""

    GRADED = 0
    WITHHELD = 1
    NOT_ASSESSABLE = 2


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """The assessment of n results by m indicators in d dimensions.

    Attributes
    ----------
    scores, scores_uncapped
        Shape (n, m), 0-100: with and without the caps of the evidence; 0 where nothing is given,
        nan where it does not apply.
    weights
        Shape (n, m): the weight of each indicator in its dimension, summing to 1 over those that
        apply.
    dimensions, dimensions_uncapped
        Shape (n, d), 0-100; nan where nothing of a dimension applies.
    index, index_uncapped, geometric, lowest
        Shape (n,), 0-100.
    measured_low, measured_high
        Shape (n,): what measurement leaves uncertain of the index; equal to it where nothing was
        measured.
    low, high
        Shape (n,): the index if, besides, every missing value came in at 0, or at 100.
    completeness
        Shape (n,), 0-1: share of the weight that has a value.
    evidence_share
        Shape (n,), 0-1: share of the weight with evidence at or above the threshold.
    grade_by_index, grade_by_floors, grade
        Shape (n,): place of the grade by the index alone, with floors, and with gates; -1 none.
    status
        Shape (n,), :class:`Status`.
    names
        The values that conditions speak of, built-in ones included.
    """

    criteria: CriteriaSet
    as_of: datetime.date
    measurements: Measurements
    scores: Floats
    scores_uncapped: Floats
    weights: Floats
    dimensions: Floats
    dimensions_uncapped: Floats
    index: Floats
    index_uncapped: Floats
    geometric: Floats
    lowest: Floats
    measured_low: Floats
    measured_high: Floats
    low: Floats
    high: Floats
    completeness: Floats
    evidence_share: Floats
    gates: ClosedGates
    missing: Completeness
    grade_by_index: Ints
    grade_by_floors: Ints
    grade: Ints
    status: Codes
    names: Mapping[str, Operand]
    findings: tuple[Finding, ...]

    def __len__(self) -> int:
        return len(self.index)


def assess(
    measurements: Measurements, criteria: CriteriaSet, as_of: datetime.date, *, tell: bool = True
) -> Assessment:
    """Assess every result by its own values alone.

    Parameters
    ----------
    measurements
        The raw values, shape (n, m).
    criteria
        The criteria set.
    as_of
        The date that conditions may compare with.
    tell
        Whether findings are wanted; what blocks an assessment is found all the same.
    """
    names = operands(measurements, criteria, as_of)
    missing = examine_missing(measurements, criteria, names, tell=tell)
    states = missing.states
    scored = score_results(measurements, criteria, states)
    index, filled = scored.index, np.nan_to_num(scored.dimensions)
    across = dimension_weights(criteria)

    names |= built_in_operands(
        evidence_share=scored.evidence_share, required_without_evidence=scored.unproven
    )
    gates = close_gates(criteria, names, measurements)
    by_index, by_floors = grade_positions(criteria, index, filled, measurements, states)
    grade = np.maximum(by_floors, gates.cap)
    # A veto comes before what is missing: completing the form would not open it.
    status = np.full(len(measurements), Status.GRADED, dtype=np.int8)
    status[missing.not_assessable] = Status.NOT_ASSESSABLE
    status[gates.no_grade] = Status.WITHHELD
    return Assessment(
        criteria=criteria,
        as_of=as_of,
        measurements=measurements,
        scores=scored.scores,
        scores_uncapped=scored.scores_uncapped,
        weights=scored.weights,
        dimensions=scored.dimensions,
        dimensions_uncapped=scored.dimensions_uncapped,
        index=index,
        index_uncapped=scored.index_uncapped,
        geometric=power_mean(filled, across, 0.0),
        lowest=power_mean(filled, across, -np.inf),
        measured_low=scored.measured_low,
        measured_high=scored.measured_high,
        low=scored.measured_low,
        high=scored.high,
        completeness=scored.completeness,
        evidence_share=scored.evidence_share,
        gates=gates,
        missing=missing,
        grade_by_index=by_index,
        grade_by_floors=by_floors,
        grade=np.where(status == Status.GRADED, grade, NO_GRADE),
        status=status,
        names=names,
        findings=(
            *measurements.findings,
            *missing.findings,
            *tell_unjudged(gates, criteria, names, measurements, missing.not_assessable),
        )
        if tell
        else (),
    )
