"""The made-up results with rights: what each was made to show, in the index and beside it."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

import pilotscore
from pilotscore.runs.outcome import Outcome

BOOK = Path(__file__).parents[2] / "examples" / "rights" / "rights.xlsx"
DAY = datetime.date(2026, 11, 30)


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return pilotscore.rank(BOOK, as_of=DAY)


@pytest.mark.slow
def test_every_result_is_graded_and_the_sheets_are_read_without_an_error(outcome: Outcome):
    assert len(outcome) == 12
    assert (outcome.assessment.grade >= 0).all()
    of_cells = [f for f in outcome.findings if f.code[0] in "VHRSDK" and f.severity == "error"]
    assert of_cells == []


# Which gates each result was made to close.
CLOSED = {
    "QY-01": {"core_patent_in_grace"},
    "QY-02": {"reward_below_floor"},
    "QY-03": {"core_patent_lapsed"},
    "QY-04": {"core_patent_lapsed"},
    "QY-08": {"core_patent_in_grace", "licence_not_filed"},
}


@pytest.mark.slow
def test_gates_close_for_what_the_sheets_show(outcome: Outcome):
    a = outcome.assessment
    gates = [g.id for g in a.criteria.gates]
    closed = {
        name: {gates[k] for k in a.gates.closed[i].nonzero()[0]}
        for i, name in enumerate(a.measurements.ids)
    }
    for name, ids in CLOSED.items():
        assert ids <= closed[name], name
    assert closed["QY-12"] == set()


def test_claims_beyond_what_the_sheets_show_are_told(outcome: Outcome):
    told = {f.result for f in outcome.findings if f.code == "E808"}
    assert told == {"QY-03", "QY-04", "QY-05", "QY-08"}


def test_it_says_that_it_is_made_up_in_both_languages():
    book = openpyxl.load_workbook(BOOK, read_only=True)
    said = [row[0] for row in book["说明"].iter_rows(values_only=True)]
    book.close()
    assert "虚构" in said[0]
    assert "made up" in said[1]
