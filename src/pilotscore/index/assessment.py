"""The assessment: what every result scores, what it could reach, and what decides its grade."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
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
from pilotscore.index.scoring import Scores, score_results
from pilotscore.index.weights import dimension_weights, sub_indexes
from pilotscore.measures import Measurements
from pilotscore.records import dataclass

NO_GRADE = -1


class Status(IntEnum):
    """How far an assessment got."""

    GRADED = 0
    WITHHELD = 1
    NOT_ASSESSABLE = 2


_GRADED = int(Status.GRADED)  # looking up a member of a class of names takes longer


class _OfScores:
    """An array that an assessment has from its scores, under the same name."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, assessment: Assessment, owner: type | None = None) -> Floats:
        array: Floats = getattr(assessment.scored, self.name)
        return array


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """The assessment of n results by m indicators in d dimensions.

    Attributes
    ----------
    scored
        What the arithmetic gives; its arrays are here under their own names too.
    geometric, lowest
        Shape (n,), 0-100: the index as a geometric mean, and as the lowest dimension.
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
    scored: Scores
    geometric: Floats
    lowest: Floats
    gates: ClosedGates
    missing: Completeness
    grade_by_index: Ints
    grade_by_floors: Ints
    grade: Ints
    status: Codes
    names: Mapping[str, Operand]
    findings: tuple[Finding, ...]

    scores = _OfScores()
    scores_uncapped = _OfScores()
    weights = _OfScores()
    dimensions = _OfScores()
    dimensions_uncapped = _OfScores()
    index = _OfScores()
    index_uncapped = _OfScores()
    measured_low = _OfScores()
    measured_high = _OfScores()
    low = _OfScores()
    high = _OfScores()
    completeness = _OfScores()
    evidence_share = _OfScores()
    unstated_share = _OfScores()

    def __len__(self) -> int:
        return len(self.status)

    def has_index(self, i: int) -> bool:
        """Whether a result has an index: not where a gate withholds it, or too little is known."""
        return bool(self.status[i] == _GRADED)

    @property
    def sub_indexes(self) -> Floats:
        """The sub-indexes, shape (n, g), 0-100; of no columns where the set has none."""
        return sub_indexes(self.dimensions, self.criteria)


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
    filled, across = np.nan_to_num(scored.dimensions), dimension_weights(criteria)

    names |= built_in_operands(
        evidence_share=scored.evidence_share, required_without_evidence=scored.unproven
    )
    gates = close_gates(criteria, names, measurements)
    by_index, by_floors = grade_positions(criteria, scored.index, filled, measurements, states)
    grade = np.maximum(by_floors, gates.cap)
    # A veto comes before what is missing: completing the form would not open it.
    status = np.full(len(measurements), Status.GRADED, dtype=np.int8)
    status[missing.not_assessable] = Status.NOT_ASSESSABLE
    status[gates.no_grade] = Status.WITHHELD
    return Assessment(
        criteria=criteria,
        as_of=as_of,
        measurements=measurements,
        scored=scored,
        geometric=power_mean(filled, across, 0.0),
        lowest=power_mean(filled, across, -np.inf),
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
