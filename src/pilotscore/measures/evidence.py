"""The grade of evidence of each value: as stated beside it, or by the documents that prove it."""

from __future__ import annotations

import datetime

import numpy as np

from pilotscore.arrays import Bools, Codes
from pilotscore.criteria import CriteriaSet, Evidence
from pilotscore.findings import Finding
from pilotscore.measures import kinds
from pilotscore.workbook import Submission
from pilotscore.workbook.results.details import EvidenceDocument


def evidence_grades(
    submission: Submission, criteria: CriteriaSet, as_of: datetime.date
) -> tuple[Codes, tuple[Finding, ...]]:
    """Return the place of each value's grade of evidence, -1 where none, and what to tell.

    Where documents are listed for a value they decide: the best of those that are valid on the day,
    whatever is stated beside the value. A value all of whose documents have expired counts with the
    grade of one that states none.

    Parameters
    ----------
    submission
        What was read; its evidence has shape (n, m).
    criteria
        The criteria set, with grades of evidence.
    as_of
        The day on which documents must be valid.
    """
    if not submission.documents or criteria.evidence is None:
        return submission.evidence, ()
    grades = submission.evidence.copy()
    ids = [g.id for g in criteria.evidence.grades]
    default = ids.index(criteria.evidence.default)
    day = as_of.isoformat()
    findings: list[Finding] = []
    proofs: dict[tuple[int, int], list[EvidenceDocument]] = {}
    rows = {name: i for i, name in enumerate(submission.ids)}
    for document in submission.documents:
        place = rows[document.result], criteria.indicator_position[document.indicator]
        valid = proofs.setdefault(place, [])
        if document.expiry and document.expiry < day:
            values = {
                "title": document.title or document.indicator,
                "expiry": document.expiry,
                "day": day,
            }
            findings.append(Finding(kinds.EXPIRED, document.place, values, document.result))
        else:
            valid.append(document)
    for (i, j), valid in proofs.items():
        stated = int(grades[i, j])
        grades[i, j] = max((d.grade for d in valid), default=default)
        if stated >= 0 and stated != grades[i, j]:
            name = criteria.indicators[j].id
            values = {"stated": ids[stated], "proven": ids[int(grades[i, j])]}
            at = submission.evidence_place(i, name)
            findings.append(Finding(kinds.OTHER_GRADE, at, values, submission.ids[i]))
    return grades, tuple(findings)


def raised(evidence: Codes, proven: Bools, rules: Evidence | None, wanted: str | None) -> Codes:
    """Return the grades of evidence, those of what is proven being at least one of the set's.

    Parameters
    ----------
    evidence
        The grade of each value by its place in the set, below 0 where none is stated.
    proven
        Where raw data or documents show the value.
    rules
        What the set says of evidence; nothing is raised where it says nothing.
    wanted
        The grade that such proof has; None for none.
    """
    if rules is None or wanted is None:
        return evidence
    ids = [g.id for g in rules.grades]
    known = np.where(evidence < 0, ids.index(rules.default), evidence)
    return np.where(proven, np.maximum(known, ids.index(wanted)), evidence).astype(np.int8)
