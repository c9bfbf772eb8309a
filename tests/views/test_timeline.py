"""What is due as a drawing."""

from __future__ import annotations

from pilotscore.language import same
from pilotscore.rights.due import DueState
from pilotscore.runs.ahead import ahead
from pilotscore.views.timeline import timeline
from tests.runs.test_ahead import DAY, days, dues


def test_what_is_to_come_is_drawn_before_what_is_past():
    rows = dues([DueState.UNPROVEN, DueState.OPEN], days("2026-01-01", "2026-12-31"))
    drawn = timeline(same("t"), ahead(rows, DAY)).data
    assert [(str(r.end), r.look) for r in drawn.rows] == [
        ("2026-12-31", "open"),
        ("2026-01-01", "unproven"),
    ]
    assert [look for look, _ in drawn.legend] == ["open", "unproven"]
    assert drawn.more is None


def test_no_more_than_can_be_looked_at_and_it_is_said():
    rows = dues([DueState.OPEN] * 50, days(*["2026-12-31"] * 50))
    drawn = timeline(same("t"), ahead(rows, DAY)).data
    assert len(drawn.rows) == 40
    assert "10 more" in drawn.more.to("en")


def test_a_right_that_is_lapsed_has_the_window_in_which_it_can_be_restored():
    rows = dues([DueState.LAPSED], days("2026-10-01"), restorable=days("2026-12-31"))
    (drawn,) = timeline(same("t"), ahead(rows, DAY)).data.rows
    assert (drawn.look, str(drawn.window)) == ("lapsed", "2026-12-31")
