"""What is due by the rules of ownership: days, states, and which rule they stand on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.rights.due import Due, DueState

from .making import Book, book, done, university


def due(made: Book, rule: str, as_of: str = "2026-11-30") -> Due:
    (row,) = [d for d in made.owned(as_of).due or () if d.rule.id == rule]
    return row


def walked(*rows: dict, region: str = "", mode: str = "licence", **case) -> Book:
    return book(**university(region, mode, **case), steps=list(rows))


EXECUTED, RECEIVED = done("executed", "2026-09-08"), done("received", "2026-06-15")
PAID = done("distributed", "2026-07-01")
FILED = done("registered", "2026-10-20")
FOUNDED = {"mode": "shares", "company_founded": "2024-10-01"}
# rule, what makes it, the day as counted, the one that holds, and how it stands on 30 November 2026
ROWS = [
    ("CN-licence-filing", walked(EXECUTED), "2026-12-08", "2026-12-08", DueState.OPEN),
    ("CN-licence-filing", walked(EXECUTED, FILED), "2026-12-08", "2026-12-08", DueState.DONE),
    ("CN-licence-filing", walked(done("executed", "2026-07-03")), "2026-10-03", "2026-10-08", DueState.UNPROVEN),
    ("CN-licence-filing", walked(done("executed", "2026-06-01"), FILED), "2026-09-01", "2026-09-01", DueState.LAPSED),
    ("CN-paid-in", walked(**FOUNDED), "2029-10-01", "2029-10-01", DueState.OPEN),
    ("CN-paid-in", walked(**{**FOUNDED, "paid_in": "2025-01-01"}), "2029-10-01", "2029-10-01", DueState.DONE),
    ("ZJ-reward-due", walked(RECEIVED, region="浙江"), "2026-12-15", "2026-12-15", DueState.OPEN),
    ("ZJ-reward-due", walked(RECEIVED, PAID, region="浙江"), "2026-12-15", "2026-12-15", DueState.DONE),
    ("CN-half-tax", walked(RECEIVED, non_profit=1), "2029-06-15", "2029-06-15", DueState.OPEN),
    ("CN-half-tax", walked(RECEIVED, PAID, non_profit=1), "2029-06-15", "2029-06-15", DueState.DONE),
    ("CN-report", walked(EXECUTED), "2027-03-30", "2027-03-30", DueState.OPEN),
    ("SD-report", walked(EXECUTED, region="山东"), "2027-03-31", "2027-03-31", DueState.OPEN),
    ("ZJ-price-publicity", walked(done("published", "2026-11-20", end="NaT"), region="浙江"), "2026-12-05", "2026-12-05", DueState.OPEN),
    ("ZJ-price-publicity", walked(done("published", "2026-11-02", end="2026-11-20"), region="浙江"), "2026-11-17", "2026-11-17", DueState.DONE),
    ("ZJ-price-publicity", walked(done("published", "2026-11-02", end="2026-11-05"), region="浙江"), "2026-11-17", "2026-11-17", DueState.LAPSED),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "made", "raw", "moved", "state"), ROWS)
def test_what_is_due(rule, made, raw, moved, state):
    row = due(made, rule)
    assert (str(row.raw), str(row.due), row.state) == (raw, moved, state)
    assert row.rule.source.zh
    assert row.rule.actor.en


def test_a_day_in_a_year_without_a_calendar_is_unconfirmed():
    assert due(walked(**FOUNDED), "CN-paid-in").unconfirmed
    assert not due(walked(done("executed", "2026-07-03")), "CN-licence-filing").unconfirmed


def test_a_claim_without_a_day_waits_for_one():
    owed = {"party": "某大学", "kind": "state_university", "claim": 10.0, "currency": "USD"}
    row = due(book(parties=[owed]), "CN-claim")
    assert (row.state, row.due, row.currency) == (DueState.PENDING, None, "USD")
    assert row.waits.to("en") == "needs the agreed day"


FIRM = book(**university(kind="enterprise"), steps=[EXECUTED, RECEIVED])
DUE = [
    (walked(RECEIVED, region="浙江", reward_agreed=1), {"ZJ-report", "CN-half-tax"}),
    (walked(RECEIVED, region="浙江"), {"ZJ-report", "CN-half-tax", "ZJ-reward-due"}),
    (walked(RECEIVED, region="北京"), {"CN-report", "CN-half-tax"}),
    (walked(RECEIVED, non_profit=0), {"CN-report"}),
    (walked(RECEIVED, mode="shares"), {"CN-report"}),
    (walked(EXECUTED, mode="transfer"), {"CN-report"}),
    (walked(EXECUTED), {"CN-report", "CN-licence-filing"}),
    (FIRM, {"CN-licence-filing"}),
    (book(), set()),
]


@pytest.mark.parametrize(("made", "rules"), DUE)
def test_what_is_due_goes_by_unit_mode_and_region(made, rules):
    assert {d.rule.id for d in made.owned().due or ()} == rules


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1500), st.integers(0, 60))
def test_a_later_day_of_evaluation_moves_states_and_no_day(days, more):
    made = walked(EXECUTED, RECEIVED, region="浙江", non_profit=1)
    first = np.datetime64("2026-09-08") + days
    before, after = (
        {d.rule.id: d for d in made.owned(day).due if not d.rule.id.endswith("report")}
        for day in (first, first + more)
    )
    for rule, row in before.items():
        assert (row.raw, row.due) == (after[rule].raw, after[rule].due)
        assert row.state <= after[rule].state
