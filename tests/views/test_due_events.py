"""What is due, as days of a calendar."""

from __future__ import annotations

import numpy as np

from pilotscore.rights.due import DueState
from pilotscore.runs.ahead import ahead
from pilotscore.views.due_events import events
from tests.runs.test_ahead import DAY, days, dues
from tests.views.test_due import ALL_OPEN, STATES, some


def test_an_event_keeps_its_name_when_its_day_moves():
    before = {e.uid: e.day for e in events(ahead(some(), DAY))}
    after = {e.uid: e.day for e in events(ahead(some(moved="2027-01-04"), DAY))}
    assert before.keys() == after.keys()
    assert before != after


def test_events_have_names_of_their_own_also_where_everything_else_is_alike():
    n = len(STATES)
    alike = some(
        [DueState.OPEN] * n,
        result=np.array(["R"] * n, object),
        right=np.array(["ZL"] * n, object),
    )
    assert len({e.uid for e in events(ahead(alike, DAY))}) == n


def test_days_that_are_past_are_no_events():
    past = dues([DueState.UNPROVEN, DueState.OPEN], days("2026-01-01", "2026-11-30"))
    found = ahead(past, DAY)
    assert found.overdue == 1
    assert [str(e.day) for e in events(found)] == ["2026-11-30"]


def test_every_event_says_that_it_is_no_advice():
    for event in events(ahead(some(), DAY)):
        assert "不构成法律意见" in event.description.to("zh")
        assert "Not legal advice" in event.description.to("en")


def test_a_day_that_a_holiday_may_move_says_so():
    rows = some(**ALL_OPEN)
    for event in events(ahead(rows, DAY)):
        assert "a holiday not published yet may move it" in event.description.to("en")
