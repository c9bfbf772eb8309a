"""Annual fees by patent year: what is paid, what is due next, window and surcharge."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.criteria.legal.periods import shipped_periods
from pilotscore.rights.due import DueState
from pilotscore.rights.ip.fees import fee_due, paid_year, patent_year, surcharges
from tests.rights.ip.making import assessed, due, rights, rules_of

GRANTED = {"filed": "2020-01-15", "granted": "2026-09-01"}


def days(*texts: str) -> np.ndarray:
    return np.array(texts, "M8[D]")


def test_article_115_the_fee_of_each_year_is_due_before_the_year_before_it_ends():
    # Granted in patent year 7: that of year 8 is the first.
    found = due(assessed({**GRANTED, "fee_year": 7}), "annual_fee")
    assert (found.part, str(found.raw), str(found.due)) == (8, "2027-01-15", "2027-01-15")
    assert (str(found.grace), found.state) == ("2027-07-15", DueState.OPEN)
    assert "115" in found.rule.source.en
    after = due(assessed({**GRANTED, "fee_year": 8}), "annual_fee")
    assert (after.part, str(after.raw), str(after.due)) == (9, "2028-01-15", "2028-01-17")


@pytest.mark.parametrize(
    ("filed", "due_open", "window_open"),
    [
        ("2020-03-10", False, False),  # due in March 2026, with a window to September
        ("2020-10-12", False, True),  # due in October 2026, with a window to April 2027
        ("2021-03-10", True, True),
    ],
)
def test_a_window_may_lie_in_a_year_without_holidays(filed: str, due_open: bool, window_open: bool):
    row = due(assessed({"filed": filed, "granted": "2022-09-01", "fee_year": 6}), "annual_fee")
    assert (row.unconfirmed, row.grace_unconfirmed) == (due_open, window_open)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("2020-01-15", 1),
        ("2021-01-14", 1),
        ("2021-01-15", 2),
        ("2026-09-01", 7),
        ("NaT", 0),
    ],
)
def test_patent_years_run_from_filing_to_filing(day: str, year: int):
    assert patent_year(days("2020-01-15"), days(day))[0] == year


def test_the_patent_year_of_a_filing_on_29_february_turns_on_the_28th():
    filed = days("2020-02-29")
    assert patent_year(filed, days("2021-02-27"))[0] == 1
    assert patent_year(filed, days("2021-02-28"))[0] == 2
    assert patent_year(filed, days("2024-02-28"))[0] == 4


@pytest.mark.parametrize(
    ("paid_to", "fee_year", "year"),
    [
        ("2027-01-14", np.nan, 7),
        ("2027-01-15", np.nan, 7),
        ("2027-01-13", np.nan, 6),
        ("2027-06-30", np.nan, 7),  # in the middle of a year: only whole ones are paid
        ("NaT", 7, 7),
        ("2030-01-15", 7, 7),  # the year that is stated
        ("NaT", np.nan, 0),
    ],
)
def test_fees_paid_to_a_day_are_whole_years(paid_to: str, fee_year: float, year: int):
    assert paid_year(days("2020-01-15"), days(paid_to), np.array([fee_year]))[0] == year


@pytest.mark.parametrize(
    ("as_of", "state", "surcharge"),
    [
        ("2027-01-15", DueState.OPEN, None),
        ("2027-01-16", DueState.IN_GRACE, 0),
        ("2027-02-15", DueState.IN_GRACE, 0),
        ("2027-02-16", DueState.IN_GRACE, 5),
        ("2027-03-16", DueState.IN_GRACE, 10),
        ("2027-04-16", DueState.IN_GRACE, 15),
        ("2027-05-16", DueState.IN_GRACE, 20),
        ("2027-06-16", DueState.IN_GRACE, 25),
        ("2027-07-15", DueState.IN_GRACE, 25),
        ("2027-07-16", DueState.LAPSED, None),
    ],
)
def test_the_surcharge_grows_by_each_month_of_the_window(
    as_of: str, state: DueState, surcharge: float | None
):
    found = due(assessed({**GRANTED, "fee_year": 7}, as_of=as_of), "annual_fee")
    assert (found.state, found.surcharge) == (state, surcharge)


def test_where_no_payment_is_stated_the_last_fee_is_unproven_and_the_next_open():
    old = {"filed": "2018-03-01", "granted": "2020-05-06"}
    found = assessed(rights(old, columns=("filed", "granted")), as_of="2026-11-30")
    last, following = due(found, "annual_fee", 9), due(found, "annual_fee", 10)
    assert (str(last.raw), last.state) == ("2026-03-01", DueState.UNPROVEN)
    assert (str(following.raw), following.state) == ("2027-03-01", DueState.OPEN)
    in_window = assessed(rights(old, columns=("filed", "granted")), as_of="2026-04-20")
    assert due(in_window, "annual_fee", 9).state == DueState.UNPROVEN
    assert due(in_window, "annual_fee", 9).surcharge == 5


def test_a_patent_granted_in_the_year_that_runs_owes_nothing_before_the_next():
    found = assessed(rights(GRANTED, columns=("filed", "granted")))
    assert [d.part for d in found.due if d.rule.id == "annual_fee"] == [8]


@pytest.mark.parametrize(
    ("row", "years"),
    [
        ({"kind": "utility_model", "filed": "2017-01-16", "granted": "2018-01-01", "fee_year": 10}, 10),
        ({"kind": "invention", "filed": "2005-01-17", "granted": "2008-01-01", "fee_year": 20}, 20),
        ({"kind": "design", "filed": "2022-01-17", "granted": "2022-08-01", "fee_year": 15}, 15),
        ({"kind": "design", "filed": "2017-01-17", "granted": "2017-08-01", "fee_year": 10}, 10),
    ],
)  # fmt: skip
def test_no_fee_is_due_after_the_last_year_of_the_term(row: dict[str, Any], years: int):
    assert "annual_fee" not in rules_of(assessed(row))
    last = due(assessed({**row, "fee_year": years - 1}), "annual_fee")
    assert last.part == years


def test_a_right_that_is_not_in_force_waits_for_no_grant():
    withdrawn = {"filed": "2020-01-15", "in_force": 0}
    assert not {"annual_fee", "grant", "inventor_reward"} & set(rules_of(assessed(withdrawn)))


@given(st.integers(10_000, 20_000), st.integers(1, 19))
@settings(max_examples=50, deadline=None)
def test_a_fee_is_due_on_the_last_anniversary_of_the_year_before(filed: int, year: int):
    start = np.array([filed], "M8[D]")
    day = fee_due(start, np.array([year + 1]))
    assert patent_year(start, day)[0] == year + 1
    assert patent_year(start, day - np.timedelta64(1, "D"))[0] == year
    assert paid_year(start, day, np.array([np.nan]))[0] == year


@given(st.integers(0, 200), st.integers(0, 30))
@settings(max_examples=30, deadline=None)
def test_a_later_day_never_bears_a_smaller_surcharge(past: int, later: int):
    rule, raw = shipped_periods().file.annual_fee, days("2027-01-31")
    first = surcharges(raw, rule, raw[0] + past)[0]
    assert first <= surcharges(raw, rule, raw[0] + past + later)[0]


@pytest.mark.parametrize(
    ("in_force", "as_of", "due_years"),
    [
        (0, "2026-11-30", []),  # over: the fee of January is none
        (0, "2027-01-15", [8]),  # what was due by the day tells why it ended
        (0, "2027-08-01", [8]),
        (1, "2026-11-30", [8]),
        (-1, "2026-11-30", [8]),
    ],
)
def test_a_right_that_is_over_owes_no_fee_to_come(in_force: int, as_of: str, due_years: list[int]):
    row = {"filed": "2020-01-15", "granted": "2022-09-01", "fee_year": 7, "in_force": in_force}
    found = assessed(row, as_of=as_of)
    assert [d.part for d in found.due if d.rule.id == "annual_fee"] == due_years
