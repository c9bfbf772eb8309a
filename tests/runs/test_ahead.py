"""What is due in a time ahead."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest

from pilotscore.language import Text
from pilotscore.rights.due import DueColumns, DueRule, DueState, due_columns
from pilotscore.runs.ahead import ahead, end_of, nothing_due
from pilotscore.workbook.rights.records import RowPlaces

RULES = (
    DueRule("exam", Text("实审", "examination"), Text("第35条", "art. 35")),
    DueRule("fee", Text("年费", "fee"), Text("第115条", "art. 115")),
)
DAY = datetime.date(2026, 11, 30)


def days(*texts: str | None) -> np.ndarray:
    return np.array([t or "NaT" for t in texts], "datetime64[D]")


def dues(state: list[DueState], moved: np.ndarray, **columns: Any) -> DueColumns:
    n = len(state)
    where = RowPlaces((("a.xlsx", "知识产权"),), ({},), np.zeros(n, int), np.arange(n))
    given = {
        "result": np.array([f"R{i}" for i in range(n)], object),
        "rule": np.zeros(n, int),
        "row": np.arange(n),
        "state": np.array(state, np.int8),
        "raw": moved,
        "moved": moved,
    }
    return due_columns(RULES, where, **(given | columns))


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (DueState.OPEN, "2026-12-01"),
        (DueState.IN_GRACE, "2027-06-01"),
        (DueState.UNPROVEN, "2026-12-01"),
        (DueState.LAPSED, "2027-01-15"),
        (DueState.PENDING, None),
        (DueState.DONE, None),
    ],
)
def test_the_last_day_to_act_by_state(state: DueState, act: str | None):
    windows = {"grace": days("2027-06-01"), "restorable": days("2027-01-15")}
    found = ahead(dues([state], days("2026-12-01"), **windows), DAY)
    assert list(found.act) == list(days(act) if act else days())


def test_what_can_no_longer_be_restored_is_not_ahead():
    lapsed = dues(
        [DueState.LAPSED] * 2, days("2026-01-01", None), restorable=days("2026-03-01", None)
    )
    assert len(ahead(lapsed, DAY)) == 0


def test_only_so_far_ahead_and_what_is_past_its_day_with_it():
    state = [DueState.UNPROVEN, DueState.OPEN, DueState.OPEN, DueState.OPEN]
    rows = dues(state, days("2025-01-01", "2027-02-28", "2027-03-01", "2026-11-30"))
    found = ahead(rows, DAY, (3, "months"))
    assert [d.result for d in found.due] == ["R0", "R3", "R1"]
    assert (found.overdue, found.until) == (1, datetime.date(2027, 2, 28))


def test_the_order_is_that_of_days_and_names_wherever_rows_stand():
    rows = dues(
        [DueState.OPEN] * 4,
        days(*["2026-12-31"] * 4),
        result=np.array(["B", "A", "A", "A"], object),
        right=np.array(["1", "2", "1", "1"], object),
        rule=np.array([0, 0, 1, 0]),
    )
    expected = [("A", "1", "exam"), ("A", "1", "fee"), ("A", "2", "exam"), ("B", "1", "exam")]
    for order in ([0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]):
        found = ahead(rows.take(np.array(order)), DAY)
        assert [(d.result, d.right, d.rule.id) for d in found.due] == expected


@pytest.mark.parametrize(
    ("day", "span", "end"),
    [
        ("2026-11-30", (90, "days"), "2027-02-28"),
        ("2026-11-30", (3, "months"), "2027-02-28"),
        ("2027-11-30", (3, "months"), "2028-02-29"),
        ("2026-12-31", (12, "months"), "2027-12-31"),
        ("2026-11-15", (1, "months"), "2026-12-15"),
        ("2026-11-15", (119_988, "months"), "9999-12-31"),
    ],
)
def test_the_end_of_a_time_ahead(day: str, span: tuple[int, str], end: str):
    assert end_of(datetime.date.fromisoformat(day), span) == datetime.date.fromisoformat(end)


def test_nothing_is_ahead_of_nothing():
    for none in (dues([], days()), nothing_due()):
        assert len(ahead(none, DAY, (90, "days"))) == 0
        assert len(ahead(none, DAY)) == 0
