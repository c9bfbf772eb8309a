"""Notes on days that are not sure."""

from __future__ import annotations

import dataclasses

import numpy as np

from pilotscore.rights.due import DueState
from pilotscore.views.periods import holidays_note, verify_note
from tests.runs.test_ahead import days, dues


def test_the_years_without_published_holidays_are_named():
    open_ = [DueState.OPEN] * 3
    rows = dues(open_, days("2027-01-15", "2028-02-01", None), unconfirmed=np.ones(3, bool))
    said = holidays_note(rows)
    assert said is not None
    assert "2027–2028 年" in said.to("zh")
    one = holidays_note(rows.take(np.array([0])))
    assert one is not None
    assert "holidays of 2027 are" in one.to("en")
    assert holidays_note(dues(open_, days("2026-01-15", "2026-02-01", None))) is None


def test_a_rule_that_is_to_be_verified_is_told_where_it_is_used():
    rows = dues([DueState.OPEN], days("2027-01-15"))
    assert verify_note(rows) is None
    rules = tuple(dataclasses.replace(r, status="to verify") for r in rows.rules)
    said = verify_note(dataclasses.replace(rows, rules=rules))
    assert said is not None
    assert "to be verified" in said.to("en")
