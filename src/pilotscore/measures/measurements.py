"""One number or category per result and indicator: its state, its origin, its uncertainty."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats
from pilotscore.criteria import CriteriaSet
from pilotscore.findings import Finding, Place
from pilotscore.measures.evidence import evidence_grades
from pilotscore.workbook import FactColumn, Submission

if TYPE_CHECKING:
    from pilotscore.measures.measured import Basis, MeasuredValues


class Origin(IntEnum):
    """Where a value came from."""

    STATED = 0
    MEASURED = 1
    PANEL = 2


@dataclass(frozen=True, slots=True, eq=False)
class Measurements:
    """The values that are scored.

    Shapes: n results, m indicators in the order of the criteria set. ``values`` are raw values (a
    category is its place in the table; nan where there is none); ``low`` and ``high`` bound what
    measurement leaves uncertain and equal ``values`` where nothing was measured; ``evidence`` is
    the place of the grade, -1 where none is stated. ``bases`` says what measured values were worked
    out from, and why some could not be.
    """

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    values: Floats
    low: Floats
    high: Floats
    states: Codes
    origins: Codes
    evidence: Codes
    facts: Mapping[str, FactColumn]
    reasons: Mapping[tuple[int, str], str]
    written: Mapping[tuple[int, str], str]
    faults: Mapping[str, tuple[Finding, ...]]
    place: Callable[[int, str | None], Place]
    findings: tuple[Finding, ...] = ()
    bases: Mapping[tuple[int, str], Basis] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)


def from_submission(
    submission: Submission,
    criteria: CriteriaSet | None = None,
    as_of: datetime.date | None = None,
) -> Measurements:
    """Take what batch data give, else what is stated, with its evidence as proven on the day.

    Without ``criteria`` and ``as_of`` the evidence is that stated beside the values. ``faults`` has, by the id of a result, its findings that block.
    """
    faults: dict[str, list[Finding]] = {}
    for finding in submission.findings:
        if finding.severity == "error" and finding.result is not None:
            faults.setdefault(finding.result, []).append(finding)
    evidence: Codes = submission.evidence
    told: tuple[Finding, ...] = ()
    if criteria is not None and as_of is not None:
        evidence, told = evidence_grades(submission, criteria, as_of)
    values = low = high = submission.values
    states: Codes = submission.states
    origins = np.full(values.shape, Origin.STATED, dtype=np.int8)
    bases: Mapping[tuple[int, str], Basis] = {}
    if criteria is not None and (measured := _measured(submission, criteria)) is not None:
        values, low, high = measured.values, measured.low, measured.high
        states, bases = measured.states, measured.bases
        origins[measured.measured] = Origin.MEASURED
        evidence = _raised(evidence, measured.measured, criteria)
        told = (*told, *measured.findings)
    return Measurements(
        ids=submission.ids,
        titles=submission.titles,
        values=values,
        low=low,
        high=high,
        states=states,
        origins=origins,
        evidence=evidence,
        facts=submission.facts,
        reasons=submission.reasons,
        written=submission.written,
        faults={name: tuple(found) for name, found in faults.items()},
        place=submission.place,
        findings=told,
        bases=bases,
    )


def _measured(submission: Submission, criteria: CriteriaSet) -> MeasuredValues | None:
    """Return the values with what was measured; None where the set measures nothing."""
    if not any(i.measured is not None for i in criteria.indicators):
        return None
    if submission.batches is None and not any(
        i.measured is not None and i.measured.stated == "nothing" for i in criteria.indicators
    ):
        return None
    from pilotscore.measures.measured import lay_over
    from pilotscore.measures.stability import Stability
    from pilotscore.workbook.batches.context import KnownResults
    from pilotscore.workbook.batches.joining import join_batches

    data = submission.batches or join_batches((), KnownResults(submission.ids), criteria)
    return lay_over(submission, criteria, Stability(data, criteria.measuring))


def _raised(evidence: Codes, measured: Bools, criteria: CriteriaSet) -> Codes:
    """Return the grades of evidence, where raw data have at least that of the criteria set."""
    rules, wanted = criteria.evidence, criteria.measuring.evidence
    if rules is None or wanted is None:
        return evidence
    least = [g.id for g in rules.grades].index(wanted)
    default = [g.id for g in rules.grades].index(rules.default)
    known = np.where(evidence < 0, default, evidence)
    return np.where(measured, np.maximum(known, least), evidence).astype(np.int8)
