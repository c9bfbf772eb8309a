"""From a submission to the values of indicators: what is measured goes before what is stated."""

from __future__ import annotations

import datetime

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats
from pilotscore.criteria import CriteriaSet
from pilotscore.findings import Finding
from pilotscore.measures.derived import with_rights
from pilotscore.measures.evidence import evidence_grades
from pilotscore.measures.measurements import Z95, Measurements, Origin
from pilotscore.workbook import Submission


def from_submission(
    submission: Submission,
    criteria: CriteriaSet | None = None,
    as_of: datetime.date | None = None,
) -> Measurements:
    """Take what batch data and sheets of rights give, else what is stated.

    Evidence is as proven on the day; without ``criteria`` and ``as_of`` it is that stated beside
    the values.
    """
    measured = _with_batch_data(submission, criteria, as_of)
    if criteria is None or as_of is None:
        return measured
    if submission.rights is None:
        return with_rights(measured, criteria, None)
    # Rules of law are loaded where there is anything to hold against them.
    from pilotscore.measures.rights_engines import rights_state

    return with_rights(measured, criteria, rights_state(submission, as_of))


def _with_batch_data(
    submission: Submission, criteria: CriteriaSet | None, as_of: datetime.date | None
) -> Measurements:
    """Return what batch data give, else what is stated."""
    evidence: Codes = submission.evidence
    findings: tuple[Finding, ...] = ()
    if criteria is not None and as_of is not None:
        evidence, findings = evidence_grades(submission, criteria, as_of)
    values = submission.values
    origins = _origins(submission, criteria)
    low, high = _stated_bounds(submission, criteria)
    stated = Measurements(
        submission,
        values,
        low,
        high,
        submission.states,
        origins,
        evidence,
        findings,
        defaulted=_defaulted(submission, criteria),
    )
    if criteria is None or not _measures_anything(submission, criteria):
        return stated
    # What batch data are judged by is loaded where there are any, or have to be.
    from pilotscore.measures.laid_over import lay_over

    return lay_over(stated, criteria)


def _origins(submission: Submission, criteria: CriteriaSet | None) -> Codes:
    """Return where values come from before any is measured: stated, or judged by a panel."""
    origins = np.full(submission.values.shape, Origin.STATED, dtype=np.int8)
    if criteria is not None:
        for i, name in submission.judged:
            origins[i, criteria.indicator_position[name]] = Origin.PANEL
    return origins


def _defaulted(submission: Submission, criteria: CriteriaSet | None) -> Bools | None:
    """Return which grades are defaults of an office; None where there are none."""
    given = submission.given.grades
    if criteria is None or not any(g.manner == "default" for g in given.values()):
        return None
    defaulted = np.zeros(submission.values.shape, dtype=bool)
    for (i, name), how in given.items():
        if how.manner == "default":
            defaulted[i, criteria.indicator_position[name]] = True
    return defaulted


def _stated_bounds(submission: Submission, criteria: CriteriaSet | None) -> tuple[Floats, Floats]:
    """Return the values with what they state of their own uncertainty taken off and added.

    A bound is a one-sided one of 95 %, as those worked out from batch data are: 1.645 standard
    uncertainties from the value.
    """
    if criteria is None or not submission.spreads:
        return submission.values, submission.values
    low, high = submission.values.copy(), submission.values.copy()
    for (i, name), spread in submission.spreads.items():
        j = criteria.indicator_position[name]
        below, above = spread.standard(criteria.uncertainty)
        low[i, j] -= Z95 * below
        high[i, j] += Z95 * above
    return low, high


def _measures_anything(submission: Submission, criteria: CriteriaSet) -> bool:
    """Say whether batch data, or that there are none, make a difference."""
    rules = [i.measured for i in criteria.indicators if i.measured is not None]
    if submission.batches is None:
        return any(rule.stated == "nothing" for rule in rules)
    return bool(rules)
