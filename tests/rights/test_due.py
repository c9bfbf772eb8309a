"""What is due: rows of several rooms come together, and a row is a record."""

from __future__ import annotations

import numpy as np

from pilotscore.findings import Place
from pilotscore.language import NOTHING, Text
from pilotscore.rights.due import DueColumns, DueRule, DueState, due_columns, joined
from pilotscore.workbook.rights.records import RowPlaces

EXAM = DueRule("exam", Text("实审", "examination"), Text("专利法第35条", "Patent Law art. 35"))
TERM = DueRule("term", Text("期限", "term"), Text("专利法第42条", "Patent Law art. 42"), term=True)
SATURDAY, MONDAY = np.datetime64("2026-08-01"), np.datetime64("2026-08-03")


def some(book: str, rules: tuple[DueRule, ...], **columns: object) -> DueColumns:
    places = RowPlaces(((book, "知识产权"),), ({"filed": 2},), np.array([0, 0]), np.array([4, 5]))
    given = {
        "result": np.array(["R1", "R2"], object),
        "rule": np.array([0, 0]),
        "row": np.array([0, 1]),
        "raw": np.array([SATURDAY, SATURDAY]),
        "moved": np.array([MONDAY, MONDAY]),
    }
    return due_columns(rules, places, **(given | columns))


def test_a_row_is_a_record_with_its_cell():
    due = some("a.xlsx", (EXAM,), roles=("filed",), state=np.array([1, 5], np.int8)).row_of(1)
    assert (due.result, due.rule, due.state) == ("R2", EXAM, DueState.LAPSED)
    assert due.place == Place("a.xlsx", "知识产权", 5, 2)
    assert (due.trigger, due.grace, due.amount, due.waits) == (None, None, None, NOTHING)
    assert due.due == MONDAY


def test_the_end_of_a_term_is_not_moved():
    dues = some("a.xlsx", (EXAM, TERM), rule=np.array([0, 1]))
    assert list(dues.due) == [MONDAY, SATURDAY]
    assert [d.due for d in dues] == [MONDAY, SATURDAY]


def test_terms_end_and_options_pass_where_acts_lapse():
    option = DueRule("x", Text("可选", "option"), EXAM.source, option=True)
    dues = due_columns(
        (EXAM, TERM, option),
        some("a.xlsx", (EXAM,)).places[0],
        result=np.array(["R1", "R1", "R1"], object),
        rule=np.array([0, 1, 2]),
        row=np.array([0, 0, 0]),
        state=np.array([5, 5, 5], np.int8),
    )
    assert [d.state_title.en for d in dues] == ["lapsed", "ended", "passed"]


def test_rows_of_several_rooms_keep_what_is_theirs():
    grant = Text("需要授权通知", "needs the grant notice")
    waits = {"waiting": (NOTHING, grant), "waits": np.array([0, 1])}
    both = joined([some("a.xlsx", (TERM, EXAM)), some("b.xlsx", (EXAM,), **waits)])
    assert both.rules == (TERM, EXAM)
    assert [d.rule.id for d in both] == ["term", "term", "exam", "exam"]
    assert [d.place.file for d in both] == ["a.xlsx", "a.xlsx", "b.xlsx", "b.xlsx"]
    assert [d.waits for d in both] == [NOTHING, NOTHING, NOTHING, grant]


def test_some_rows_are_taken_by_mask_or_place():
    dues = some("a.xlsx", (EXAM,))
    assert [d.result for d in dues.take(np.array([False, True]))] == ["R2"]
    assert [d.result for d in dues.take(np.array([1, 0]))] == ["R2", "R1"]
    assert len(dues.take(np.zeros(2, bool)).due) == 0


def test_nothing_and_something_are_something():
    dues = some("a.xlsx", (EXAM,))
    both = joined([dues.take(np.zeros(2, bool)), dues])
    assert [d.result for d in both] == ["R1", "R2"]
