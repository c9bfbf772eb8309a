"""The grade of evidence that a value counts with."""

from __future__ import annotations

from pilotscore.index.assessment import Assessment
from pilotscore.records import dataclass
from pilotscore.workbook import State


@dataclass(frozen=True, slots=True)
class CountedEvidence:
    """A grade of evidence: its place among the grades, its id, and whether it is the default."""

    place: int
    id: str
    by_default: bool


def counted_evidence(assessment: Assessment, i: int, j: int) -> CountedEvidence | None:
    """Return the grade of evidence that an indicator of a result counts with.

    Where none is stated it is the default of the criteria set; None where there is no value, or the
    criteria set does not grade evidence.
    """
    rules = assessment.criteria.evidence
    if rules is None or assessment.missing.states[i, j] != State.VALUE:
        return None
    ids = [grade.id for grade in rules.grades]
    stated = int(assessment.measurements.evidence[i, j])
    if stated < 0:
        return CountedEvidence(ids.index(rules.default), rules.default, by_default=True)
    return CountedEvidence(stated, ids[stated], by_default=False)
