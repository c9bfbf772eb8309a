"""Priorities that cannot be are told at their cell, and no right is lost by what runs from them."""

from __future__ import annotations

from typing import Any

import pytest

from pilotscore.rights.ip.results import UNKNOWN, YES
from pilotscore.rights.ip.states import IpState
from tests.rights.ip.making import assessed, due, rights


@pytest.mark.parametrize(
    ("kind", "priority", "filed", "told"),
    [
        ("invention", "2023-03-01", "2024-03-01", False),
        ("invention", "2023-01-01", "2024-03-04", False),  # restored: 2024-01-02 and two months
        ("invention", "2023-01-01", "2024-03-05", True),
        ("utility_model", "2022-03-01", "2024-03-01", True),
        ("pct", "2023-03-31", "2024-05-31", False),
        ("pct", "2023-03-31", "2024-06-04", True),
        ("design", "2023-09-01", "2024-03-01", False),
        ("design", "2023-08-31", "2024-03-01", True),  # six months end on 29 February
        ("trademark", "2020-03-01", "2024-03-01", False),
    ],
)
def test_a_priority_that_no_filing_of_its_day_can_have_is_told(
    kind: str, priority: str, filed: str, told: bool
):
    row = {"kind": kind, "priority": priority, "filed": filed}
    found = [f for f in assessed(row).findings if f.code == "L215"]
    assert [f.place for f in found] == ([rights(row).at.place(0, "priority")] if told else [])


@pytest.mark.parametrize(
    ("row", "fact"),
    [
        ({"priority": "2022-03-01", "filed": "2024-03-01"}, "examination_not_requested"),
        ({"priority": "2023-03-01", "filed": "2022-03-01"}, "examination_not_requested"),
        ({"kind": "pct", "priority": "2023-03-01", "filed": "2025-03-01"}, "pct_entry_missed"),
    ],
)
def test_no_right_is_lost_by_a_period_that_runs_from_such_a_priority(
    row: dict[str, Any], fact: str
):
    sound = {"filing_fee_paid": row["filed"], "core": 1, **row}
    found = assessed(sound)
    assert IpState(int(found.states.state[0])) == IpState.UNPROVEN
    assert found.results.facts[fact].tolist() == [UNKNOWN]
    assert found.results.facts["core_patent_lapsed"].tolist() == [UNKNOWN]
    # Without the claim the same right is judged by its filing.
    alone = assessed({**sound, "priority": "NaT", "filed": "2022-03-01"})
    assert alone.results.facts[fact].tolist() == [YES]


def test_a_publication_between_such_a_priority_and_filing_is_not_known_to_be_harmless():
    row = {"priority": "2022-03-01", "filed": "2024-03-01", "own_publication": "2023-01-05"}
    fact = "published_before_filing"
    assert assessed(row).results.facts[fact].tolist() == [UNKNOWN]
    before_both = {**row, "own_publication": "2020-01-05"}
    assert assessed(before_both).results.facts[fact].tolist() == [YES]


def test_what_does_not_run_from_it_still_loses_the_right():
    row = {"priority": "2022-03-01", "filed": "2024-03-01", "filing_fee_paid": "2024-09-01"}
    found = assessed(row)
    assert IpState(int(found.states.state[0])) == IpState.LAPSED
    assert str(due(found, "examination").raw) == "2025-03-01"  # counted as it stands
