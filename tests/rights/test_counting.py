"""Counting: the first day is not counted, months end on the same number, service by each way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.criteria.legal.holidays import shipped_holidays
from pilotscore.criteria.legal.periods import shipped_periods
from pilotscore.rights.calendar import working_days
from pilotscore.rights.counting import add_days, add_months, add_years, moved, service_days

SERVICE = shipped_periods().file.service
WAYS = ("electronic", "posted", "handed_over", "public_notice", "")


def day(text: str) -> np.ndarray:
    return np.array([text], "M8[D]")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2020-01-15", 2, "2020-03-15"),
        ("2020-01-31", 1, "2020-02-29"),  # no such day: the last of the month
        ("2021-01-31", 1, "2021-02-28"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2020-02-29", 48, "2024-02-29"),
        ("2020-08-31", 6, "2021-02-28"),
        ("2020-12-31", 2, "2021-02-28"),
        ("2019-06-01", 16, "2020-10-01"),
        ("2020-02-28", 1, "2020-03-28"),  # the same number, not the last day
        ("NaT", 3, "NaT"),
    ],
)
def test_article_5_months_end_on_the_same_number_or_the_last_day(start: str, months: int, end: str):
    assert str(add_months(day(start), months)[0]) == end


def test_article_5_years_are_twelve_months_and_days_do_not_count_the_first():
    assert str(add_years(day("2024-02-29"), 1)[0]) == "2025-02-28"
    assert str(add_days(day("2026-08-20"), 15)[0]) == "2026-09-04"


@pytest.mark.parametrize(
    ("way", "dispatched", "served", "counts_as"),
    [
        ("electronic", "NaT", "2026-09-01", "2026-09-01"),  # the day it enters the system
        ("electronic", "2026-08-31", "2026-09-01", "2026-09-01"),
        ("electronic", "2026-08-31", "NaT", "NaT"),  # nothing is presumed of it
        ("electronic", "2024-01-19", "NaT", "2024-02-03"),  # until then 15 days, as by post
        ("electronic", "2024-01-20", "NaT", "NaT"),
        ("posted", "2026-08-20", "NaT", "2026-09-04"),
        ("posted", "2026-08-20", "2026-08-25", "2026-08-25"),  # actual receipt is proven
        ("posted", "2026-08-20", "2026-09-10", "2026-09-10"),
        ("posted", "NaT", "NaT", "NaT"),
        ("handed_over", "NaT", "2026-08-20", "2026-08-20"),
        ("public_notice", "2026-08-31", "NaT", "2026-09-30"),
        ("public_notice", "2026-08-20", "2026-08-25", "2026-09-20"),
        ("public_notice", "NaT", "2026-08-25", "2026-08-25"),
        ("", "2026-08-20", "2026-08-25", "2026-08-25"),
        ("", "2026-08-20", "NaT", "NaT"),
    ],
)
def test_article_4_a_notice_is_served_by_its_way(
    way: str, dispatched: str, served: str, counts_as: str
):
    service = np.array([way], object)
    assert str(service_days(service, day(dispatched), day(served), SERVICE)[0]) == counts_as


@pytest.mark.slow
@given(st.integers(0, 40_000), st.integers(0, 400), st.integers(0, 60), st.booleans())
@settings(max_examples=150, deadline=None)
def test_a_later_trigger_never_gives_an_earlier_end(
    start: int, later: int, months: int, moves: bool
):
    starts = np.array([start, start + later], "M8[D]")
    ends = moved(add_months(starts, months), working_days(shipped_holidays()), moves=moves)
    assert ends.raw[0] <= ends.raw[1]
    assert ends.moved[0] <= ends.moved[1]
    assert (ends.moved >= ends.raw).all()


@pytest.mark.slow
@given(st.sampled_from(WAYS), st.integers(0, 25_000), st.integers(0, 400), st.booleans())
@settings(max_examples=100, deadline=None)
def test_a_later_notice_is_never_served_earlier(way: str, start: int, later: int, received: bool):
    starts = np.array([start, start + later], "M8[D]")
    blank = np.full(2, np.datetime64("NaT"), "M8[D]")
    service = np.array([way, way], object)
    early, late = service_days(
        service, *((blank, starts) if received else (starts, blank)), SERVICE
    )
    # The rule on electronic notices of before 2024-01-20 is one that ended, not a day.
    if not (np.isnat(early) or np.isnat(late)):
        assert early <= late


def test_a_term_is_not_moved():
    ends = moved(day("2040-01-15"), working_days(shipped_holidays()), moves=False)
    assert (str(ends.raw[0]), str(ends.moved[0]), ends.unconfirmed[0]) == (
        "2040-01-15",
        "2040-01-15",
        False,
    )
