"""What rights come to for a result: core patents in force, and the facts that gates ask for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.rights.ip.making import assessed, rights

PATENT = {"filed": "2020-01-15", "granted": "2026-09-01", "fee_year": 7, "core": 1}
APPLIED = {"filed": "2024-06-03", "filing_fee_paid": "2024-06-03", "core": 1}
LAPSED = {**PATENT, "in_force": 0}


def test_core_patents_in_force_are_counted_with_those_in_their_window_shown_apart():
    rows = (
        {**PATENT, "result": "A"},
        {**PATENT, "result": "A", "core": 0},
        {**LAPSED, "result": "A"},
        {**APPLIED, "result": "A"},
        {**PATENT, "result": "B", "fee_year": 8},
        {**PATENT, "result": "C", "core": -1},
    )
    found = assessed(rights(*rows), as_of="2027-02-01").results
    assert list(found.result) == ["A", "B", "C"]
    assert list(found.core_valid[:2]) == [1, 1]
    assert list(found.core_in_grace[:2]) == [1, 0]
    assert list(found.core_lapsed[:2]) == [1, 0]
    assert list(found.core_applied[:2]) == [1, 0]
    # Nothing marks its patents: how many are core is not known, how many are in force is.
    assert np.isnan(found.core_valid[2])
    assert list(found.valid) == [2, 1, 1]
    assert list(found.of) == [0, 0, 0, 0, 1, 2]


FILED = {"filed": "2020-06-03", "core": 1}
CASES: list[tuple[str, str, dict[str, Any], int]] = [
    ("专利法第44条", "core_patent_lapsed", LAPSED, 1),
    ("专利法第44条", "core_patent_lapsed", PATENT, 0),
    ("专利法第44条", "core_patent_lapsed", {**LAPSED, "core": 0}, 0),
    ("专利法第44条", "core_patent_lapsed", {**LAPSED, "core": -1}, -1),
    ("细则第115条", "core_patent_in_grace", {**PATENT, "filed": "2020-09-15", "fee_year": 6}, 1),
    ("细则第115条", "core_patent_in_grace", PATENT, 0),
    ("专利法第35条", "examination_not_requested", FILED, 1),
    ("专利法第35条", "examination_not_requested", {**FILED, "core": -1}, 1),
    ("专利法第35条", "examination_not_requested", {**FILED, "core": 0}, 0),
    ("专利法第35条", "examination_not_requested", {**FILED, "exam_requested": "2021-06-03"}, 0),
    ("专利法第35条", "examination_not_requested", APPLIED, 0),
    ("细则第6条", "examination_not_requested", {**FILED, "restoration_requested": "2023-08-01"}, -1),
    ("专利法第35条", "examination_not_requested", {**FILED, "kind": "utility_model"}, 0),
    ("细则第122条", "pct_entry_missed", {**FILED, "kind": "pct"}, 1),
    ("细则第122条", "pct_entry_missed", {**FILED, "kind": "pct", "national_entry": "2022-12-01"}, 0),
    ("细则第122条", "pct_entry_missed", {**FILED, "kind": "pct", "national_entry": "2023-03-01"}, 1),
    # within 32 months, with the fee
    ("细则第122条", "pct_entry_missed", {**FILED, "kind": "pct", "national_entry": "2023-02-01"}, 0),
    ("专利法第24条", "published_before_filing", {**FILED, "own_publication": "2020-06-02", "grace_case": 0}, 1),
    ("专利法第24条", "published_before_filing", {**FILED, "own_publication": "2020-06-02", "grace_case": 1}, 0),
    ("专利法第24条", "published_before_filing", {**FILED, "own_publication": "2020-06-02"}, -1),
    ("专利法第24条", "published_before_filing", {**FILED, "own_publication": "2019-12-02", "grace_case": 1}, 1),
    ("专利法第24条", "published_before_filing", {**FILED, "own_publication": "2020-06-03", "grace_case": 0}, 0),
    ("专利法第24条", "published_before_filing", {**FILED, "kind": "software", "own_publication": "2019-12-02"}, 0),
    (
        "细则第12条",
        "published_before_filing",
        {**FILED, "own_publication": "2020-03-02", "grace_case": 0, "priority": "2020-01-02"},
        0,
    ),
    ("专利法第19条", "filed_abroad_unreviewed", {**FILED, "foreign_filed": "2021-01-05"}, 1),
    ("专利法第19条", "filed_abroad_unreviewed", {**FILED, "foreign_filed": "2021-01-05", "secrecy_cleared": "2021-01-05"}, 0),
    ("专利法第19条", "filed_abroad_unreviewed", {**FILED, "foreign_filed": "2021-01-05", "secrecy_cleared": "2021-01-06"}, 1),
    # no decision within four and two months: one may file, and whether it was so is not on record
    ("细则第9条", "filed_abroad_unreviewed", {**FILED, "foreign_filed": "2021-01-05", "secrecy_requested": "2020-06-03"}, -1),
    ("专利法第19条", "filed_abroad_unreviewed", {**FILED, "kind": "design", "foreign_filed": "2021-01-05"}, 0),
    ("细则第15条", "licence_not_filed", {**PATENT, "licensed": "2026-06-03"}, 1),
    ("细则第15条", "licence_not_filed", {**PATENT, "licensed": "2026-06-03", "licence_filed": "2026-09-03"}, 0),
    ("细则第15条", "licence_not_filed", {**PATENT, "licensed": "2026-09-30"}, 0),
    ("细则第93条", "reward_overdue", {**PATENT, "granted": "2026-08-20"}, -1),
    ("细则第93条", "reward_overdue", {**PATENT, "granted": "2026-08-20", "reward_paid": "2026-11-25"}, 1),
    ("细则第93条", "reward_overdue", PATENT, 0),
]  # fmt: skip


@pytest.mark.parametrize(("article", "fact", "row", "value"), CASES)
def test_facts_for_gates(article: str, fact: str, row: dict[str, Any], value: int):
    assert assessed(row).results.facts[fact][0] == value


def test_a_fact_is_unknown_where_no_column_would_say_it():
    bare = rights(FILED, columns=("filed", "core"))
    assert assessed(bare).results.facts["examination_not_requested"][0] == -1
    abroad = {**FILED, "foreign_filed": "2021-01-05"}
    no_word = assessed(rights(abroad, columns=("filed", "core", "foreign_filed")))
    assert no_word.results.facts["filed_abroad_unreviewed"][0] == -1


def test_yes_of_one_right_is_yes_of_the_result_and_unknown_comes_before_no():
    rows = [
        {**PATENT, "result": "A"},
        {**LAPSED, "result": "A"},
        {**PATENT, "result": "B"},
        {**PATENT, "result": "B", "core": -1},
    ]
    facts = assessed(rights(*rows)).results.facts
    assert list(facts["core_patent_lapsed"]) == [1, -1]


def test_measures_of_a_trade_secret_are_counted_where_they_are_asked_about():
    rows = [
        {"kind": "trade_secret", "result": "A"},
        {"result": "B"},
        {"kind": "trade_secret", "result": "C"},
    ]
    measures = {"A": {"agreement": True, "rules": False, "marking": True}, "B": {"agreement": True}}
    found = assessed(rights(*rows), measures=measures).results
    assert found.measures[0] == 2
    assert np.isnan(found.measures[1:]).all()


def test_no_rights_are_no_results():
    found = assessed(rights())
    assert (len(found.results), len(found.due), len(found.states)) == (0, 0, 0)
