"""The assessment: what every result scores, what it could reach, and what decides its grade."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from pilotscore.criteria import CriteriaSet
from pilotscore.criteria.condition import Operand
from pilotscore.findings import Finding
from pilotscore.index.aggregate import dimension_means, power_mean
from pilotscore.index.gates import ClosedGates, close_gates, tell_unjudged
from pilotscore.index.grades import grade_positions
from pilotscore.index.missing import Completeness, examine_missing
from pilotscore.index.operands import operands
from pilotscore.index.value_functions import score_values
from pilotscore.measures import Measurements
from pilotscore.workbook import State

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
    low, high
        Shape (n,): the index if every missing value came in at 0, or at 100.
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
    scores: NDArray[np.float64]
    scores_uncapped: NDArray[np.float64]
    weights: NDArray[np.float64]
    dimensions: NDArray[np.float64]
    dimensions_uncapped: NDArray[np.float64]
    index: NDArray[np.float64]
    index_uncapped: NDArray[np.float64]
    geometric: NDArray[np.float64]
    lowest: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    completeness: NDArray[np.float64]
    evidence_share: NDArray[np.float64]
    gates: ClosedGates
    missing: Completeness
    grade_by_index: NDArray[np.int64]
    grade_by_floors: NDArray[np.int64]
    grade: NDArray[np.int64]
    status: NDArray[np.int8]
    names: Mapping[str, Operand]
    findings: tuple[Finding, ...]

    def __len__(self) -> int:
        return len(self.index)


def dimension_weights(criteria: CriteriaSet) -> NDArray[np.float64]:
    """Return the weights of the dimensions, summing to 1."""
    import numpy as np

    weights = np.array([d.weight for d in criteria.dimensions], dtype=float)
    shares: NDArray[np.float64] = weights / weights.sum()
    return shares


def indicator_weights(criteria: CriteriaSet) -> NDArray[np.float64]:
    """Return the weight of each indicator in its dimension, summing to 1 in each, shape (m,)."""
    import numpy as np

    return np.concatenate(
        [
            np.array([i.weight for i in d.indicators]) / sum(i.weight for i in d.indicators)
            for d in criteria.dimensions
        ]
    )


def assess(measurements: Measurements, criteria: CriteriaSet, as_of: datetime.date) -> Assessment:
    """Assess every result by its own values alone.

    Parameters
    ----------
    measurements
        The raw values, shape (n, m).
    criteria
        The criteria set.
    as_of
        The date that conditions may compare with.
    """
    import numpy as np

    missing = examine_missing(measurements, criteria, operands(measurements, criteria, as_of))
    states = missing.states
    has_value = states == State.VALUE
    applies = states != State.NOT_APPLICABLE

    uncapped = np.zeros(states.shape)
    for j, indicator in enumerate(criteria.indicators):
        values = measurements.values[:, j]
        scored = score_values(np.where(has_value[:, j], values, np.nan), indicator)
        uncapped[:, j] = np.where(has_value[:, j], scored, 0.0)
    caps, proven = _evidence(measurements, criteria)
    capped = np.minimum(uncapped, caps)

    base = indicator_weights(criteria)
    weights = np.where(applies, base, 0.0)
    slices = criteria.dimension_slices
    across = dimension_weights(criteria)
    exponent = criteria.aggregation.exponent

    def combined(scores: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        dims = dimension_means(scores, weights, slices)
        return dims, power_mean(np.nan_to_num(dims), across, exponent)

    dims, index = combined(capped)
    dims_uncapped, index_uncapped = combined(uncapped)
    _, high = combined(np.where(has_value | ~applies, capped, 100.0))
    filled = np.nan_to_num(dims)
    normal = _normalised(weights, slices)
    overall = normal * np.repeat(across, [s.stop - s.start for s in slices])
    completeness = (overall * has_value).sum(axis=1)
    evidence_share = (overall * (has_value & proven)).sum(axis=1)
    required = np.array([i.required for i in criteria.indicators])
    unproven = (required & applies & ~(has_value & proven)).sum(axis=1).astype(float)

    names = operands(
        measurements,
        criteria,
        as_of,
        evidence_share=evidence_share,
        required_without_evidence=unproven,
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
        scores=np.where(applies, capped, np.nan),
        scores_uncapped=np.where(applies, uncapped, np.nan),
        weights=normal,
        dimensions=dims,
        dimensions_uncapped=dims_uncapped,
        index=index,
        index_uncapped=index_uncapped,
        geometric=power_mean(filled, across, 0.0),
        lowest=power_mean(filled, across, -np.inf),
        low=index,
        high=high,
        completeness=completeness,
        evidence_share=evidence_share,
        gates=gates,
        missing=missing,
        grade_by_index=by_index,
        grade_by_floors=by_floors,
        grade=np.where(status == Status.GRADED, grade, NO_GRADE),
        status=status,
        names=names,
        findings=(
            *missing.findings,
            *tell_unjudged(gates, criteria, names, measurements, missing.not_assessable),
        ),
    )


def _evidence(
    measurements: Measurements, criteria: CriteriaSet
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the cap of each value by its evidence, and whether that reaches the threshold."""
    import numpy as np

    shape = measurements.values.shape
    rules = criteria.evidence
    if rules is None:
        return np.full(shape, 100.0), np.ones(shape, dtype=bool)
    ids = [g.id for g in rules.grades]
    stated = measurements.evidence
    graded = np.where(stated < 0, ids.index(rules.default), stated)
    caps = np.array([g.cap for g in rules.grades])
    required_caps = np.array(
        [g.cap if g.cap_required is None else g.cap_required for g in rules.grades]
    )
    required = np.array([i.required for i in criteria.indicators])
    cap = np.where(required, required_caps[graded], caps[graded])
    return cap, graded >= ids.index(rules.threshold)


def _normalised(weights: NDArray[np.float64], slices: tuple[slice, ...]) -> NDArray[np.float64]:
    """Return weights that sum to 1 over what applies in each dimension, 0 where nothing does."""
    import numpy as np

    normal = np.empty_like(weights)
    for columns in slices:
        total = weights[:, columns].sum(axis=1, keepdims=True)
        safe = np.where(total > 0, total, 1.0)
        normal[:, columns] = weights[:, columns] / safe
    return normal
