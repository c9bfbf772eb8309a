"""The grade of evidence that a value counts with."""

from __future__ import annotations

from pathlib import Path

from pilotscore.criteria import load_criteria
from pilotscore.index import CountedEvidence, assess, counted_evidence
from pilotscore.measures import from_submission
from pilotscore.workbook import read_workbooks
from tests.conftest import AS_OF, HEADERS, row, write_book


def test_stated_by_default_and_none_without_a_value(mini: Path, tmp_path: Path):
    criteria = load_criteria(mini).criteria
    assert criteria.evidence is not None
    first = criteria.evidence.default
    rows = [
        row(trl_evidence="E3"),
        row(id="P-2", trl_evidence=""),
        row(id="P-3", trl_evidence=first),
        row(id="P-4", trl="", trl_evidence="E3"),
    ]
    book = write_book(tmp_path / "b.xlsx", {"S": [HEADERS, *rows]})
    a = assess(from_submission(read_workbooks([book], criteria), criteria, AS_OF), criteria, AS_OF)
    j = criteria.indicator_position["trl"]
    place = [g.id for g in criteria.evidence.grades].index
    assert [counted_evidence(a, i, j) for i in range(4)] == [
        CountedEvidence(place("E3"), "E3", by_default=False),
        CountedEvidence(place(first), first, by_default=True),
        CountedEvidence(place(first), first, by_default=False),
        None,
    ]
