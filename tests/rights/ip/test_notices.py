"""Replies to notices: by service and way, first and later actions, extension, re-counting."""

from __future__ import annotations

import numpy as np
import pytest

from pilotscore.rights.due import DueState
from tests.rights.ip.making import assessed, due, notices, rights, rules_of

FILED = {"filed": "2022-01-15"}
ELECTRONIC = {"service": "electronic"}


@pytest.mark.parametrize(
    ("notice", "rule", "raw", "holds"),
    [
        ({"kind": "first_action", "served": "2026-08-20"}, "first_action", "2026-12-20", "2026-12-21"),
        # Posted, one month designated: on a weekend-only calendar 2026-10-05, in truth after National Day.
        (
            {"kind": "later_action", "dispatched": "2026-08-20", "service": "posted", "months": 1},
            "later_action",
            "2026-10-04",
            "2026-10-08",
        ),
        ({"kind": "later_action", "served": "2025-03-01"}, "later_action", "2025-05-01", "2025-05-06"),
        ({"kind": "later_action", "served": "2026-06-01"}, "later_action", "2026-08-01", "2026-08-03"),
        # Public notice: served one month after it.
        (
            {"kind": "later_action", "dispatched": "2026-01-31", "service": "public_notice"},
            "later_action",
            "2026-04-28",
            "2026-04-28",
        ),
        ({"kind": "first_action", "served": "2026-08-20", "service": "handed_over"}, "first_action", "2026-12-20", "2026-12-21"),
    ],
)  # fmt: skip
def test_a_reply_is_due_so_many_months_after_service(
    notice: dict[str, object], rule: str, raw: str, holds: str
):
    found = due(assessed(FILED, {**ELECTRONIC, **notice}), rule)
    assert (str(found.raw), str(found.due)) == (raw, holds)
    assert found.place.sheet == "通知"


@pytest.mark.parametrize(
    ("replied", "state"),
    [
        ("NaT", DueState.OPEN),
        ("2026-11-01", DueState.DONE),
        ("2026-12-30", DueState.OPEN),  # after the day of evaluation
    ],
)
def test_a_reply_is_done_once_it_is_on_record(replied: str, state: DueState):
    notice = {"kind": "first_action", "served": "2026-08-20", "replied": replied}
    assert due(assessed(FILED, notice), "first_action").state == state


def test_a_reply_out_of_time_or_none_loses_the_application():
    notice = {"kind": "first_action", "served": "2026-01-05"}
    assert due(assessed(FILED, notice), "first_action").state == DueState.LAPSED
    late = {**notice, "replied": "2026-05-07"}  # due on the 6th, after Labour Day
    assert due(assessed(FILED, late), "first_action").state == DueState.LAPSED
    granted = {**FILED, "granted": "2026-10-01"}
    assert due(assessed(granted, notice), "first_action").state == DueState.DONE


def test_a_notice_without_its_day_is_pending():
    found = assessed(FILED, {"kind": "first_action", "service": "posted"})
    reply = due(found, "first_action")
    assert (reply.state, reply.due) == (DueState.PENDING, None)
    assert reply.waits.to("en") == "needs the day on which the notice was served"
    assert "extension" not in rules_of(found)


def test_a_running_period_can_be_extended_until_its_own_end():
    found = assessed(FILED, {"kind": "first_action", "served": "2026-08-20"})
    extension = due(found, "extension")
    assert (str(extension.due), extension.rule.option) == ("2026-12-21", True)
    assert "2 months" in extension.note.to("en")
    assert "116" in extension.rule.source.en
    over = assessed(FILED, {"kind": "first_action", "served": "2026-01-05"})
    assert "extension" not in rules_of(over)


def test_actions_of_a_right_are_numbered_by_their_service():
    sent = (
        {"kind": "later_action", "served": "2026-09-01", "right": 1},
        {"kind": "later_action", "served": "2026-10-01", "right": 0},
        {"kind": "later_action", "served": "2026-05-01", "right": 1},
    )
    found = assessed(rights(FILED, {**FILED, "result": "R2"}), *sent)
    rows = [d for d in found.due if d.rule.id == "later_action"]
    assert [(d.result, d.part, str(d.trigger)) for d in rows] == [
        ("R1", 1, "2026-10-01"),
        ("R2", 2, "2026-09-01"),
        ("R2", 1, "2026-05-01"),
    ]


@pytest.mark.parametrize(
    ("kind", "rule", "raw"),
    [
        ("grant", "grant", "2026-11-01"),
        ("rejection", "reexamination", "2026-12-01"),
        ("loss", "restoration", "2026-11-01"),
        ("exam_entered", "own_amendment", "2026-12-01"),
    ],
)
def test_notices_fill_in_the_days_that_the_sheet_of_rights_lacks(kind: str, rule: str, raw: str):
    sent = {"kind": kind, "served": "2026-09-01"}
    assert str(due(assessed(FILED, sent), rule).raw) == raw
    # What the sheet of rights says comes first.
    role = {"grant": "grant_notice", "rejection": "rejected", "loss": "lapse_notice"}.get(kind)
    if role:
        said = {**FILED, role: "2026-09-02"}
        assert due(assessed(said, sent), rule).trigger == np.datetime64("2026-09-02")


def test_a_grant_notice_without_its_day_leaves_the_grant_waiting_for_it():
    found = due(assessed(FILED, {"kind": "grant", "service": "electronic"}), "grant")
    assert found.waits.to("zh") == "待通知的送达日"


def test_a_notice_of_a_right_that_is_not_there_says_nothing():
    found = assessed(rights(FILED), {"kind": "first_action", "served": "2026-08-20", "right": -1})
    assert "first_action" not in rules_of(found)


def test_no_column_for_replies_leaves_them_unproven():
    from pilotscore.criteria.legal.holidays import shipped_holidays
    from pilotscore.criteria.legal.periods import shipped_periods
    from pilotscore.rights.ip import running_periods
    from tests.rights.ip.making import AS_OF

    sent = notices(
        {"kind": "first_action", "served": "2026-01-05"}, columns=("kind", "served", "service")
    )
    found = running_periods(rights(FILED), sent, shipped_periods(), shipped_holidays(), AS_OF)
    state = next(d.state for d in found if d.rule.id == "first_action")
    assert state == DueState.UNPROVEN


def test_a_period_that_cannot_be_read_is_not_replaced_by_that_of_the_law():
    notice = {"kind": "later_action", "served": "2026-06-01", "months": 0}
    found = assessed({"filed": "2025-01-15"}, notice)
    reply = due(found, "later_action")
    assert reply.state == DueState.PENDING
    assert reply.waits.to("en") == "needs the period that the notice designates"
    assert found.states.lost_by.tolist() == [-1]
