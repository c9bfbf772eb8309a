"""Which figures so many events can carry."""

from __future__ import annotations

import pytest

from pilotscore.outcomes.tools_allowed import (
    EVENTS_NEEDED,
    Tool,
    allowed,
    events_of,
    more_needed,
)

ORDER = {9: 1, 10: 6, 49: 6, 50: 10, 999: 10, 1000: 11}


@pytest.mark.parametrize(("events", "tools"), ORDER.items())
def test_tools_by_events(events: int, tools: int):
    assert len(allowed(events)) == tools


def test_below_ten_events_there_is_a_table_and_nothing_else():
    assert allowed(9) == {Tool.TABLE}
    assert Tool.ISOTONIC not in allowed(227)
    assert set(EVENTS_NEEDED) == set(Tool)


def test_the_rarer_end_counts():
    assert events_of(1000, 4) == events_of(4, 1000) == 4


@pytest.mark.parametrize("tool", Tool)
@pytest.mark.parametrize("events", [0, 9, 10, 60, 2000])
def test_with_as_many_more_it_is_allowed(tool: Tool, events: int):
    more = more_needed(tool, events)
    assert (more == 0) == (tool in allowed(events))
    assert tool in allowed(events + more)


def test_ten_events_for_each_coefficient():
    assert more_needed(Tool.WEIGHTS, 55, coefficients=12) == 65
    assert more_needed(Tool.WEIGHTS, 120, coefficients=12) == 0
