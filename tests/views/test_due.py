"""What is due, as a listing, a table, a record and days of a calendar."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from pilotscore.language import LANGS, Text
from pilotscore.render.plain_text import page_text
from pilotscore.rights.due import DueState
from pilotscore.runs.ahead import ahead
from pilotscore.views.due import listing_of, page_ahead
from tests.runs.test_ahead import DAY, days, dues

STATES = list(DueState)


def some(states: list[DueState] = STATES, moved: str = "2026-12-31", **columns: Any):
    n = len(states)
    windows = {
        "grace": days(*["2027-04-01"] * n),
        "restorable": days(*["2027-01-15"] * n),
        "trigger": days(*["2024-11-30"] * n),
        "triggers": (Text("申请日", "filing"),),
        "right": np.array([f"ZL{i}" for i in range(n)], object),
    }
    return dues(states, days(*[moved] * n), **(windows | columns))


ALL_OPEN = {
    name: np.ones(len(STATES), bool)
    for name in ("unconfirmed", "grace_unconfirmed", "restorable_unconfirmed")
}


def test_a_listing_has_each_row_with_the_day_that_it_runs_from():
    for lang, said in (("zh", "自申请日 2024-11-30 起算"), ("en", "from 2024-11-30, filing")):
        text = page_text([listing_of(some())], lang)
        assert text.count("2026-12-31") == len(STATES)
        assert text.count(said) == len(STATES)


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_has_the_first_rows_and_says_how_many_there_are_more(lang: str):
    found = ahead(some(), DAY)
    text = page_text(page_ahead(found, 2), lang)
    assert len(re.findall(r"^20\d\d-", text, re.MULTILINE)) == 2
    assert str(len(found) - 2) in text.splitlines()[-1]
    assert len(page_text(page_ahead(found, 50), lang).splitlines()) == len(found) + 2
    assert page_text(page_ahead(found, 50), lang).count("ZL") == len(found)


def test_a_year_whose_holidays_are_not_published_is_told_wherever_a_day_is():
    rows = some(**ALL_OPEN)
    found = ahead(rows, DAY)
    assert page_text(page_ahead(found, 9), "en").count("*") == len(found)
    text = page_text([listing_of(rows)], "en")
    assert text.count("2026-12-31*") == len(rows)
    shown = sum(state != DueState.DONE for state in STATES)
    assert text.count("2027-04-01*") == text.count("2027-01-15*") == shown


@pytest.mark.parametrize(
    ("state", "act", "column"),
    [
        (DueState.OPEN, "2026-12-31", "unconfirmed"),
        (DueState.UNPROVEN, "2026-12-31", "unconfirmed"),
        (DueState.IN_GRACE, "2027-04-01", "grace_unconfirmed"),
        (DueState.LAPSED, "2027-01-15", "restorable_unconfirmed"),
    ],
)
def test_the_last_day_to_act_has_the_star_that_is_its_own(state: DueState, act: str, column: str):
    """A due day that is sure says nothing of the window after it, and the other way round."""
    for name in ALL_OPEN:
        rows = some([state], **{name: np.ones(1, bool)})
        assert (f"{act}*" in page_text(page_ahead(ahead(rows, DAY), 9), "en")) is (name == column)


def test_what_is_to_come_stands_before_what_is_past():
    past = dues([DueState.UNPROVEN, DueState.OPEN], days("2026-01-01", "2026-12-31"))
    text = page_text(page_ahead(ahead(past, DAY, (3, "months")), 9), "en")
    assert text.index("2026-12-31") < text.index("Past their day") < text.index("2026-01-01")
    assert "by 2027-02-28" in text
