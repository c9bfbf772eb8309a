from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.workbook.values.moments import has_offset, moment, read_moments

EIGHT = "2026-05-01T08:00:00"
CHINA = dt.timezone(dt.timedelta(hours=8))


@pytest.mark.parametrize(
    ("text", "hours_later"),
    [
        (EIGHT + "Z", 0),
        (EIGHT + "z", 0),
        (EIGHT + "+08:00", -8),
        (EIGHT + "+0800", -8),
        (EIGHT + "+08", -8),
        (EIGHT + " -03:30", 3.5),
        ("2026-05-01 16:00+08:00", 0),
        ("2026-05-01T08:30:00.000Z", 0.5),
        ("2026-05-01T08:30:00,000Z", 0.5),
        ("2026-05-01T08:00:00", 0),
        (dt.datetime(2026, 5, 1, 16, tzinfo=CHINA), 0),
        (dt.datetime(2026, 5, 1, 8, tzinfo=dt.UTC), 0),
    ],
)
def test_offsets_are_honoured(text, hours_later: float):
    assert moment(text) == pytest.approx(moment(EIGHT) + hours_later)
    assert has_offset(text) is (text != EIGHT)


@pytest.mark.slow
@given(st.integers(-14 * 60, 14 * 60), st.integers(-14 * 60, 14 * 60))
def test_two_clocks_at_one_moment_agree(first: int, second: int):
    at = dt.datetime(2026, 5, 1, 8, tzinfo=dt.UTC)
    clocks = [at.astimezone(dt.timezone(dt.timedelta(minutes=m))) for m in (first, second)]
    hours, wrong = read_moments([clock.isoformat() for clock in clocks])
    assert wrong == []
    assert hours[0] == pytest.approx(hours[1])


def test_durations_are_hours():
    assert moment(dt.timedelta(hours=36)) == 36
    assert moment(dt.time(0, 30)) == 0.5
    assert not has_offset(dt.timedelta(hours=36))


@pytest.mark.parametrize("text", ["2026-05-01T08:00:00+8", "2026-05-01T08:00:00Q", "Z", "+08:00"])
def test_what_is_no_time(text: str):
    assert moment(text) is None
