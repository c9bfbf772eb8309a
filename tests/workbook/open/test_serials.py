from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.workbook.open.number_format import number_format
from pilotscore.workbook.open.serials import NoDate, from_serial

DATE, TIME, HOURS = map(number_format, ("yyyy-mm-dd", "h:mm", "[h]:mm"))


@pytest.mark.parametrize(
    ("value", "form", "epoch_1904", "held"),
    [
        (46000, DATE, False, dt.date(2025, 12, 9)),
        (46000.25, DATE, False, dt.datetime(2025, 12, 9, 6)),
        (44538, DATE, True, dt.date(2025, 12, 9)),
        (0, DATE, True, dt.date(1904, 1, 1)),
        (0.5, DATE, True, dt.datetime(1904, 1, 1, 12)),
        (1, DATE, False, dt.date(1900, 1, 1)),
        (59, DATE, False, dt.date(1900, 2, 28)),
        (61, DATE, False, dt.date(1900, 3, 1)),
        (61, DATE, True, dt.date(1904, 3, 2)),
        (2958465, DATE, False, dt.date(9999, 12, 31)),
        (2957003, DATE, True, dt.date(9999, 12, 31)),
        (0.5, TIME, False, dt.time(12)),
        (0.5, TIME, True, dt.time(12)),
        (0.75, DATE, False, dt.time(18)),
        (0.1 + 0.2 - 0.3 + 46000.1, TIME, False, dt.datetime(2025, 12, 9, 2, 24)),
        (1.5, HOURS, False, dt.timedelta(hours=36)),
        (0.5, HOURS, True, dt.timedelta(hours=12)),
        (-0.5, HOURS, True, dt.timedelta(hours=-12)),
        (60, HOURS, False, dt.timedelta(days=60)),
        # A millisecond is the least that is told apart.
        (46000.9999999999, DATE, False, dt.date(2025, 12, 10)),
        (46000 + 1.4 / 86400e3, DATE, False, dt.datetime(2025, 12, 9, 0, 0, 0, 1000)),
    ],
)
def test_what_a_serial_number_is(value, form, epoch_1904, held):
    read = from_serial(value, form, epoch_1904=epoch_1904)
    assert read == held
    assert type(read) is type(held)


@pytest.mark.parametrize("value", [-1, -0.5, 60, 60.5, 2958466, 1e300, math.inf])
def test_a_number_that_excel_shows_no_date_for_is_none(value: float):
    read = from_serial(value, DATE, epoch_1904=False)
    assert isinstance(read, NoDate)
    assert read == value


def test_a_negative_duration_is_one_in_the_system_of_1904_only():
    assert isinstance(from_serial(-0.5, HOURS, epoch_1904=False), NoDate)


def test_the_section_of_the_number_decides():
    form = number_format("[<1]h:mm;0.0")
    assert from_serial(0.5, form, epoch_1904=False) == dt.time(12)
    assert from_serial(7.5, form, epoch_1904=False) == 7.5


@pytest.mark.slow
@given(st.floats(0, 2958464), st.booleans())
def test_dates_are_within_a_millisecond_of_their_number(value: float, epoch_1904: bool):
    read = from_serial(value, DATE, epoch_1904=epoch_1904)
    if isinstance(read, dt.datetime) and read.year > 1900:
        first = dt.datetime(1904, 1, 1) if epoch_1904 else dt.datetime(1899, 12, 30)
        assert abs((read - first) / dt.timedelta(days=1) - value) <= 0.6 / 86400e3
