"""How a right stands on a day; every state is reached, and only the day moves it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pilotscore.rights.due import DueState
from pilotscore.rights.ip.states import IP_STATE_TITLES, IpState
from pilotscore.workbook.rights.records import IP_DATES
from tests.rights.ip.making import assessed, due, rights

PATENT = {"filed": "2020-01-15", "granted": "2026-09-01", "fee_year": 7}
S = IpState
CASES: list[tuple[dict[str, Any], str, IpState]] = [
    (PATENT, "2026-11-30", S.IN_FORCE),
    (PATENT, "2026-08-31", S.APPLIED),  # granted the day after
    (PATENT, "2027-01-16", S.IN_GRACE),
    (PATENT, "2027-07-15", S.IN_GRACE),
    (PATENT, "2027-07-16", S.LAPSED),
    ({**PATENT, "in_force": 1}, "2027-07-16", S.UNPROVEN),  # its status says otherwise
    ({**PATENT, "in_force": 1, "fee_year": 20}, "2041-01-16", S.EXPIRED),
    ({**PATENT, "in_force": 0}, "2026-11-30", S.LAPSED),
    # Granted before it was filed: one of the days is wrong, and nobody knows which.
    ({**PATENT, "granted": "2019-09-01"}, "2026-11-30", S.UNPROVEN),
    ({**PATENT, "granted": "2019-09-01", "in_force": 1}, "2026-11-30", S.UNPROVEN),
    ({**PATENT, "lapse_notice": "2026-10-10"}, "2026-11-30", S.LAPSED),
    ({**PATENT, "lapse_notice": "2026-10-10"}, "2026-10-09", S.IN_FORCE),
    ({**PATENT, "lapse_notice": "2026-10-10", "restoration_requested": "2026-11-01"}, "2026-11-30", S.UNPROVEN),
    ({**PATENT, "lapse_notice": "2026-10-10", "in_force": 1}, "2026-11-30", S.IN_FORCE),
    ({**PATENT, "fee_year": 20}, "2040-01-14", S.IN_FORCE),
    # Guidelines, part V, chapter 9, 2.1: the day on which a term is full is that of its end.
    ({**PATENT, "fee_year": 20}, "2040-01-15", S.EXPIRED),
    ({"filed": "2024-01-15"}, "2026-11-30", S.APPLIED),
    ({"filed": "2024-01-15"}, "2027-01-16", S.LAPSED),  # examination not requested
    ({"filed": "2020-01-15", "exam_requested": "2021-01-15", "rejected": "2026-01-05"}, "2026-11-30", S.LAPSED),
    (
        {"filed": "2020-01-15", "exam_requested": "2021-01-15", "rejected": "2026-01-05", "reexam_requested": "2026-03-05"},
        "2026-11-30",
        S.APPLIED,
    ),
    ({}, "2026-11-30", S.UNPROVEN),
    ({"filed": "2026-12-15"}, "2026-11-30", S.UNPROVEN),  # not filed yet
    ({"filed": "2020-01-15", "restoration_requested": "2023-03-01"}, "2026-11-30", S.UNPROVEN),
    ({"kind": "pct", "filed": "2024-10-15"}, "2026-11-30", S.APPLIED),
    ({"kind": "pct", "filed": "2023-10-15"}, "2026-11-30", S.LAPSED),
    ({"kind": "software"}, "2026-11-30", S.IN_FORCE),  # a right without registration
    ({"kind": "software", "published": "1975-03-01"}, "2026-11-30", S.EXPIRED),
    ({"kind": "ic_layout", "filed": "2024-10-15"}, "2026-11-30", S.APPLIED),
    ({"kind": "ic_layout", "filed": "2024-10-15", "registered": "2025-01-15"}, "2026-11-30", S.IN_FORCE),
    ({"kind": "ic_layout", "filed": "2024-10-15", "first_use": "2021-01-15"}, "2026-11-30", S.UNPROVEN),  # to verify
    ({"kind": "plant_variety", "granted": "2024-10-15"}, "2026-11-30", S.IN_FORCE),
    ({"kind": "trademark", "granted": "2024-10-15"}, "2026-11-30", S.IN_FORCE),
    ({"kind": "trade_secret"}, "2026-11-30", S.UNPROVEN),
    ({"kind": "trade_secret", "in_force": 1}, "2026-11-30", S.IN_FORCE),
    # the rule of its term is to be verified; an adjustment lengthens it
    ({"kind": "plant_variety", "granted": "2010-10-15"}, "2026-11-30", S.UNPROVEN),
    ({"kind": "plant_variety", "granted": "2010-10-15", "in_force": 1}, "2026-11-30", S.IN_FORCE),
    ({"kind": "design", "filed": "2015-01-15", "granted": "2015-09-15", "fee_year": 10}, "2026-11-30", S.UNPROVEN),
    ({**PATENT, "fee_year": 20, "term_adjustment_asked": "2026-10-08"}, "2041-01-16", S.UNPROVEN),
    ({"kind": "trademark", "granted": "2014-10-15"}, "2026-11-30", S.UNPROVEN),
    ({"kind": "trademark", "granted": "2014-10-15", "in_force": 1}, "2026-11-30", S.IN_FORCE),
]  # fmt: skip


@pytest.mark.parametrize(("row", "as_of", "state"), CASES)
def test_a_right_stands_on_a_day(row: dict[str, Any], as_of: str, state: IpState):
    row = {"filing_fee_paid": row["filed"], **row} if "filed" in row else row
    assert IpState(int(assessed(row, as_of=as_of).states.state[0])) == state


def test_every_state_is_reached_and_has_its_words():
    assert {case[2] for case in CASES} == set(IpState)
    assert set(IP_STATE_TITLES) == set(IpState)


def test_a_patent_whose_fee_is_not_paid_ended_on_the_day_it_was_due():
    found = assessed(PATENT, as_of="2027-08-01")
    assert str(found.states.ended[0]) == "2027-01-15"
    lost = found.due.row_of(int(found.states.lost_by[0]))
    assert (lost.rule.id, lost.state) == ("annual_fee", DueState.LAPSED)


def test_the_window_of_a_fee_and_the_end_of_the_term_are_shown_apart():
    states = assessed(PATENT, as_of="2027-02-01").states
    assert str(states.window[0]) == "2027-07-15"
    assert str(states.expires[0]) == "2040-01-15"


def test_a_granted_patent_without_a_word_on_fees_is_unproven_unless_the_register_says_more():
    old = {"filed": "2018-03-01", "granted": "2020-05-06"}
    bare = rights(old, columns=("filed", "granted"))
    assert assessed(bare).states.state[0] == S.UNPROVEN
    said = rights({**old, "in_force": 1}, columns=("filed", "granted", "in_force"))
    assert assessed(said).states.state[0] == S.IN_FORCE


def test_what_was_lost_first_is_named():
    row = {"filed": "2015-01-15"}
    found = assessed(row)
    assert found.due.row_of(int(found.states.lost_by[0])).rule.id == "examination"
    assert due(found, "filing_fee").state == DueState.UNPROVEN
    late = assessed({**row, "filing_fee_paid": "2015-04-01"})
    assert late.due.row_of(int(late.states.lost_by[0])).rule.id == "filing_fee"


@pytest.mark.parametrize(
    ("row", "silent", "alive"),
    [
        ({"kind": "pct", "filed": "2022-01-10"}, "national_entry", "2024-09-10"),
        ({"kind": "invention", "filed": "2020-01-15"}, "exam_requested", "2023-01-16"),
    ],
)
def test_an_application_that_nothing_shows_alive_is_not_shown_as_pending(
    row: dict[str, Any], silent: str, alive: str
):
    """A sheet without a column for the act shows neither that it was done nor that it was not."""
    sheet = rights(row, columns=[c for c in IP_DATES if c != silent])
    after = str(np.datetime64(alive) + 1)
    states = {
        day: IpState(int(assessed(sheet, as_of=day).states.state[0])) for day in (alive, after)
    }
    assert states == {alive: S.APPLIED, after: S.UNPROVEN}
    stated = rights({**row, silent: "2022-02-01"}, columns=IP_DATES)
    assert IpState(int(assessed(stated, as_of=after).states.state[0])) == S.APPLIED
