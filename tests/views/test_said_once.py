"""What rows of a list say alike, said once under it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.language import Text, same
from pilotscore.views.said_once import Notes, Saying, cells_of, said_once

LONG = Text("须在签订任务书之前办妥", "to be settled before the contract is signed")
OTHER = Text("须提交审计报告原件", "the audit report is to be handed in")


def texts(rows: list[list[Saying]], rooms: list[int], notes: Notes) -> list[str]:
    return [words.to("en") for words in said_once(rows, rooms, notes)]


def noted(notes: Notes) -> list[tuple[str, str]]:
    return [(f.label.to("en"), f.text.to("en")) for f in notes.facts()]


def test_what_two_rows_say_has_one_mark_and_what_one_says_stays():
    notes = Notes()
    rows = [[Saying(LONG), Saying(OTHER)], [Saying(LONG)], []]
    assert texts(rows, [80, 80, 80], notes) == [f"[1]; {OTHER.en}", "[1]", ""]
    assert noted(notes) == [("[1]", LONG.en)]


def test_a_frame_keeps_the_words_of_its_row_round_the_mark():
    notes = Notes(first=3)
    text = Text("申请 {sum}，{what}", "{sum} asked, {what}")
    rows = [[Saying(LONG, lambda x, s=s: text.of(sum=s, what=x))] for s in (1, 2)]
    assert texts(rows, [80, 80], notes) == ["1 asked, [3]", "2 asked, [3]"]


@pytest.mark.parametrize("saying", [Saying(LONG, own=True), Saying(same("no funding"))])
def test_what_is_a_rows_own_or_short_stays_in_both_rows(saying: Saying):
    notes = Notes()
    assert texts([[saying], [saying]], [80, 80], notes) == [saying.what.to("en")] * 2
    assert len(notes) == 0


def test_what_has_no_room_is_said_under_the_list():
    notes = Notes()
    assert texts([[Saying(LONG, own=True)]], [20], notes) == ["[1]"]
    assert noted(notes) == [("[1]", LONG.en)]


@pytest.mark.slow
@given(st.lists(st.lists(st.text("ab中", min_size=1, max_size=30), max_size=5), max_size=6))
def test_every_part_is_in_its_row_or_behind_its_mark_and_rows_keep_to_their_room(
    said: list[list[str]],
):
    notes, room = Notes(), 40
    rows = [[Saying(same(x)) for x in row] for row in said]
    words = said_once(rows, [room] * len(rows), notes)
    behind = dict(noted(notes))
    assert len(set(behind.values())) == len(behind)
    for parts, shown in zip(said, words, strict=True):
        texts_of = shown.to("en").split("; ") if parts else []
        assert [behind.get(x, x) for x in texts_of] == parts
        assert cells_of(shown) <= room
