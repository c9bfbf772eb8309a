"""Working days: holidays, make-up Saturdays, and days that nobody has published yet."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.criteria.legal.holidays import load_holidays, shipped_holidays
from pilotscore.rights.calendar import WorkingDays, working_days
from tests.conftest import to_yaml

ANY_DAY = st.integers(-25_000, 90_000)  # 1901 to 2216


def calendar() -> WorkingDays:
    return working_days(shipped_holidays())


def days(*texts: str) -> np.ndarray:
    return np.array(texts, "M8[D]")


@pytest.mark.parametrize(
    ("day", "to"),
    [
        ("2026-10-04", "2026-10-08"),  # National Day, a Sunday
        ("2025-05-01", "2025-05-06"),  # Labour Day
        ("2026-02-14", "2026-02-14"),  # a Saturday on which people work
        ("2026-02-15", "2026-02-24"),  # Spring Festival
        ("2026-09-20", "2026-09-20"),  # a Sunday on which people work
        ("2026-12-20", "2026-12-21"),  # a plain Sunday
        ("2018-12-29", "2018-12-29"),  # of the notice for 2019
        ("2018-12-31", "2019-01-02"),
        ("2020-01-31", "2020-02-03"),  # the Spring Festival that was lengthened
        ("2028-01-15", "2028-01-17"),  # beyond the published years: weekends alone
        ("2250-01-05", "2250-01-07"),  # beyond the tables
        ("1949-10-01", "1949-10-03"),
    ],
)
def test_the_first_working_day_from_a_day_on(day: str, to: str):
    found = calendar().first_working(days(day))
    assert list(found) == list(days(to))
    assert calendar().is_working(found).all()


def test_make_up_days_of_2026_are_these():
    year = np.arange("2026-01-01", "2027-01-01", dtype="M8[D]")
    working = year[calendar().is_working(year) & ~np.is_busday(year)]
    wanted = ("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10")
    assert list(working) == list(days(*wanted))


@pytest.mark.parametrize(
    ("day", "unconfirmed"),
    [
        ("2026-12-28", False),
        ("2026-12-29", True),  # the notice for 2027 may move it, as that for 2019 did
        ("2027-06-01", True),
        ("2003-12-28", True),  # before the first year that is known
        ("2004-06-01", False),
        ("2300-06-01", True),
        ("NaT", False),
    ],
)
def test_a_day_that_a_notice_may_still_move_is_unconfirmed(day: str, unconfirmed: bool):
    assert list(calendar().unconfirmed(days(day))) == [unconfirmed]


def test_a_year_that_is_added_confirms_its_days_and_the_end_of_the_one_before(tmp_path: Path):
    path = tmp_path / "2027.yaml"
    first = {"name": "元旦", "from": "2027-01-01", "to": "2027-01-03"}
    path.write_text(to_yaml({"year": 2027, "holidays": [first]}), encoding="utf-8")
    added = working_days(load_holidays([path], users=False))
    assert list(added.unconfirmed(days("2026-12-30", "2027-01-01", "2027-12-30"))) == [
        False,
        False,
        True,
    ]
    assert list(added.first_working(days("2027-01-01"))) == list(days("2027-01-04"))


def test_working_days_are_counted_with_holidays():
    calendar_ = calendar()
    # The first is not counted; National Day and a make-up Saturday lie between.
    end = calendar_.add_working(days("2026-09-30"), 3)
    assert list(end) == list(days("2026-10-10"))
    between = calendar_.working_between(days("2026-10-01", "2026-10-09"), days("2026-10-10", "NaT"))
    assert list(between) == [3, 0]
    assert list(calendar_.working_between(days("2026-10-10"), days("2026-10-01"))) == [0]


@pytest.mark.slow
@given(st.lists(ANY_DAY, min_size=2, max_size=20))
@settings(max_examples=50, deadline=None)
def test_a_later_day_never_moves_to_an_earlier_one(numbers: list[int]):
    some = np.sort(np.array(numbers, "M8[D]"))
    moved = calendar().first_working(some)
    assert (moved >= some).all()
    assert (np.diff(moved.astype(np.int64)) >= 0).all()
    assert (calendar().first_working(moved) == moved).all()


@pytest.mark.slow
@given(st.integers(12_500, 20_700), st.integers(1, 300))
@settings(max_examples=50, deadline=None)
def test_working_days_added_are_working_days_between(day: int, count: int):
    start = np.array([day], "M8[D]")
    end = calendar().add_working(start, count)
    assert calendar().is_working(end).all()
    assert calendar().working_between(start + np.timedelta64(1, "D"), end)[0] == count
