"""One number or category per result and indicator: its state, its origin, its uncertainty."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from pilotscore.criteria import CriteriaSet
from pilotscore.findings import Finding, Place
from pilotscore.measures.evidence import evidence_grades
from pilotscore.workbook import FactColumn, Submission

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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
    the place of the grade, -1 where none is stated.
    """

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    values: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    states: NDArray[np.int8]
    origins: NDArray[np.int8]
    evidence: NDArray[np.int8]
    facts: Mapping[str, FactColumn]
    reasons: Mapping[tuple[int, str], str]
    written: Mapping[tuple[int, str], str]
    faults: Mapping[str, tuple[Finding, ...]]
    place: Callable[[int, str | None], Place]
    findings: tuple[Finding, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)


def from_submission(
    submission: Submission,
    criteria: CriteriaSet | None = None,
    as_of: datetime.date | None = None,
) -> Measurements:
    """Take every value as stated, and its evidence as documents prove it on the day.

    Without ``criteria`` and ``as_of`` the evidence is that stated beside the values. ``faults`` has, by the id of a result, its findings that block.
    """
    import numpy as np

    faults: dict[str, list[Finding]] = {}
    for finding in submission.findings:
        if finding.severity == "error" and finding.result is not None:
            faults.setdefault(finding.result, []).append(finding)
    evidence: NDArray[np.int8] = submission.evidence
    told: tuple[Finding, ...] = ()
    if criteria is not None and as_of is not None:
        evidence, told = evidence_grades(submission, criteria, as_of)
    return Measurements(
        ids=submission.ids,
        titles=submission.titles,
        values=submission.values,
        low=submission.values,
        high=submission.values,
        states=submission.states,
        origins=np.full(submission.values.shape, Origin.STATED, dtype=np.int8),
        evidence=evidence,
        facts=submission.facts,
        reasons=submission.reasons,
        written=submission.written,
        faults={name: tuple(found) for name, found in faults.items()},
        place=submission.place,
        findings=told,
    )
