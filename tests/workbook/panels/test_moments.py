"""When a score was given: a date, and the time of day where it is said."""

from __future__ import annotations

import datetime
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.workbook.panels.moments import moment_of, written

DAY = datetime.date(2026, 3, 1).toordinal() - datetime.date(1970, 1, 1).toordinal()
MORNING = DAY + (9 * 60 + 10) / 1440


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        (datetime.datetime(2026, 3, 1, 9, 10), MORNING),
        (datetime.date(2026, 3, 1), DAY),
        ("2026-03-01", DAY),
        ("2026-03-01 09:10", MORNING),
        ("2026-03-01T09:10:00", MORNING),
        ("2026-03-01T09:10:00+08:00", MORNING),
        ("2026/3/1 9:10", MORNING),
        ("2026年3月1日 9：10", MORNING),
        ("2026年3月1日 上午9:10", MORNING),
        ("2026-03-01 9:10 am", MORNING),
        ("2026-03-01 下午3:00", DAY + 15 / 24),
        ("2026-03-01 12:00 AM", DAY),
    ],
)
def test_what_is_read(cell: Any, moment: float):
    assert moment_of(cell) == pytest.approx(moment)


@pytest.mark.parametrize("cell", ["", "昨天", "2026-03-01 27:10", None, 3.5, True])
def test_what_is_no_moment(cell: Any):
    assert math.isnan(moment_of(cell))


@pytest.mark.slow
@given(st.datetimes(datetime.datetime(1990, 1, 1), datetime.datetime(2100, 1, 1)))
def test_what_is_written_is_read_again(moment: datetime.datetime):
    at = moment_of(moment)
    assert moment_of(written(at)) == pytest.approx(at, abs=1 / 86_400)
