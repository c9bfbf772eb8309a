"""Notes on days that are not sure."""

from __future__ import annotations

import dataclasses

import pytest

from pilotscore.criteria.legal.holidays import shipped_holidays
from pilotscore.rights.calendar import working_days
from pilotscore.rights.counting import moved
from pilotscore.rights.due import DueState
from pilotscore.views.periods import holidays_note, verify_note
from tests.runs.test_ahead import days, dues


def note(*texts: str) -> tuple[str, str] | None:
    """Return what is said of periods that end on these days, by the calendar as it is shipped."""
    calendar = working_days(shipped_holidays())
    ends = moved(days(*texts), calendar)
    rows = dues([DueState.OPEN] * len(texts), ends.moved, unconfirmed=ends.unconfirmed)
    said = holidays_note(dataclasses.replace(rows, raw=ends.raw), calendar)
    return None if said is None else (said.to("zh"), said.to("en"))


@pytest.mark.parametrize(
    ("ends", "zh", "en"),
    [
        (["2027-01-15", "2028-02-01"], "没有收录 2027–2028 年的", "No holidays of 2027–2028 are"),
        (["2027-01-15", "2031-02-05"], "2027、2031 年", "of 2027, 2031 are"),
        (["2026-01-15", "2027-02-01"], "没有收录 2027 年的", "No holidays of 2027 are"),
        (["1999-02-01"], "没有收录 1999 年的", "No holidays of 1999 are"),
        (
            ["2026-12-30"],
            "* 2026 年 12 月 29–31 日还可能随 2027 年的",
            "* 29–31 December 2026 may still be moved by the notice for 2027",
        ),
    ],
)
def test_the_holidays_that_are_not_at_hand_are_named(ends: list[str], zh: str, en: str):
    said = note(*ends)
    assert said is not None
    assert zh in said[0]
    assert en in said[1]


def test_a_published_year_is_named_for_its_last_days_alone():
    said = note("2026-06-15", "2026-12-29", "2027-03-01")
    assert said is not None
    assert "收录 2027 年的放假安排" in said[0]
    assert "2026 年 12 月 29–31 日" in said[0]
    assert "holidays of 2027 are" in said[1]


def test_nothing_is_said_where_every_day_is_sure():
    assert note("2026-01-15", "2026-12-28") is None


def test_a_rule_that_is_to_be_verified_is_told_where_it_is_used():
    rows = dues([DueState.OPEN], days("2027-01-15"))
    assert verify_note(rows) is None
    rules = tuple(dataclasses.replace(r, status="to verify") for r in rows.rules)
    said = verify_note(dataclasses.replace(rows, rules=rules))
    assert said is not None
    assert "to be verified" in said.to("en")
