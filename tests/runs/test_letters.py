"""Who is told in a text: ids as words of their own, titles, institutions; bare numbers are nobody."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from pilotscore.findings import Finding, Kind, Place
from pilotscore.language import Text
from pilotscore.runs.assess import load_rules, rank_by
from pilotscore.runs.letters import Letters, NotAsDecidedError, Others
from tests.conftest import MakeBook, row


def rows(*results: tuple[str, str, str]):
    return {
        name: {lang: {"title": title, "institution": unit} for lang in ("zh", "en")}
        for name, title, unit in results
    }


ROWS = rows(
    ("P-1", "硝化工艺", "甲研究院"),
    ("P-10", "硝化工艺中试", "乙研究院"),
    ("12", "Spray dryer", "甲研究院"),
    ("A 7", "Sieve", "丙研究院"),
)


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("P-1", "next if P-10 drops out", True),
        ("P-1", "若P-10退出", True),
        ("P-1", "XP-10", False),
        ("P-1", "若 P-10 退出", True),
        ("P-10", "P-1，P-10", True),
        ("P-10", "P-10; p-10.", False),
        ("P-1", "12 rows, 12 batches", False),  # a bare number names nobody
        ("P-1", "before Spray dryer", True),
        ("P-10", "同 硝化工艺中试", False),  # its own title has the other's in it
        ("12", "甲研究院", False),  # the same applicant
        ("P-1", "乙研究院", True),
        ("P-1", "after A 7", True),
        ("P-1", "", False),
    ],
)
def test_who_is_named(name: str, text: str, named: bool):
    assert Others.of(ROWS).named(name, ROWS[name]["en"], text) is named


def read(mini: Path, *books: Path) -> Letters:
    rules = load_rules(mini, None, None, datetime.date(2026, 11, 23))
    outcome = rank_by(rules, books)
    decisions = [{"id": n, "title": "", "index": None} for n in outcome.assessment.measurements.ids]
    return Letters({lang: {"decisions": decisions} for lang in ("zh", "en")}, {}, "", outcome)


@pytest.mark.parametrize("severity", ["error", "warning", "info"])
def test_what_is_wrong_with_a_workbook_is_told_to_the_one_who_is_alone_in_it(
    book: MakeBook, mini: Path, severity
):
    both = book(row(id="P-1"), row(id="P-2", trl=11), name="both.xlsx")
    own = book(row(id="P-3"), name="own.xlsx")
    letters = read(mini, both, own)
    kind = Kind("X999", severity, Text("x", "x"))
    of_books = tuple(Finding(kind, Place(str(path))) for path in (both, own))
    outcome = replace(letters.outcome, findings=(*letters.outcome.findings, *of_books))
    found = replace(letters, outcome=outcome).findings
    assert [f.place.cell for f in found["P-2"]] == ["C3"]
    assert "P-1" not in found
    assert ("P-3" in found) is (severity != "info")


def test_a_result_that_is_not_scored_as_it_was_has_no_letter(book: MakeBook, mini: Path):
    letters = read(mini, book(row(id="P-1")))
    with pytest.raises(NotAsDecidedError, match="scored again"):
        letters.place("P-1")  # the record has no index
