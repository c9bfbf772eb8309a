"""Every spelling stands for one thing, whole, without brackets, or in two languages."""

from __future__ import annotations

import pytest

from pilotscore.criteria.legal.steps import State, load_steps
from pilotscore.workbook.rights import case_words, words
from pilotscore.workbook.rights.records import (
    AMOUNTS,
    IP_KINDS,
    MODES,
    NOTICES,
    PARTY_KINDS,
    PAYMENTS,
    SERVICES,
    STEPS,
)
from pilotscore.workbook.rights.vocabulary import Vocabulary

COLOURS = Vocabulary.of(
    {"red": ("红|赤", "red|scarlet"), "blue": ("蓝", "blue")},
    {"blue": r"[0-9]号蓝"},
    {"紫|purple": ("red", "blue")},
)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("红", "red"),
        (" 赤 ", "red"),
        ("SCARLET", "red"),
        ("红（主）", "red"),
        ("蓝 / blue", "blue"),
        ("蓝\nBlue", "blue"),
        ("3号蓝", "blue"),
        ("红 / blue", ""),
        ("绿", ""),
        ("", ""),
        ("/", ""),
    ],
)
def test_what_a_word_means(text: str, meaning: str) -> None:
    assert COLOURS.meaning(text) == meaning


def test_the_first_spellings_are_the_title_and_the_nearest_is_suggested() -> None:
    assert (COLOURS.titles["red"].zh, COLOURS.titles["red"].en) == ("红", "red")
    assert COLOURS.near("bleu").to("en") == "; did you mean blue?"
    assert COLOURS.near("xyz").to("en") == ""
    assert COLOURS.meaning("紫") == ""
    assert COLOURS.near("Purple").to("en") == ": red or blue?"


@pytest.mark.parametrize(
    ("vocabulary", "ids"),
    [
        (words.KINDS, IP_KINDS),
        (words.SERVICES, SERVICES),
        (words.NOTICES, NOTICES),
        (words.PARTY_KINDS, PARTY_KINDS),
        (case_words.MODES, MODES),
        (case_words.PAYMENTS, PAYMENTS),
        (case_words.STEPS, STEPS),
        (case_words.AMOUNTS, AMOUNTS),
    ],
)
def test_every_id_of_the_records_has_words_and_no_word_has_two(
    vocabulary: Vocabulary, ids: tuple[str, ...]
) -> None:
    assert set(vocabulary.titles) == set(ids)
    for what, title in vocabulary.titles.items():
        assert vocabulary.meaning(title.zh) == vocabulary.meaning(title.en) == what


@pytest.mark.parametrize(
    "vocabulary",
    [v for room in (words, case_words) for v in vars(room).values() if isinstance(v, Vocabulary)],
)
def test_no_spelling_stands_for_two_things(vocabulary: Vocabulary) -> None:
    for what, both in vocabulary.spellings.items():
        for spelling in "|".join(both).split("|"):
            assert vocabulary.meaning(spelling) == what, spelling


@pytest.mark.parametrize("state", load_steps().states.values(), ids=lambda state: state.id)
def test_a_step_is_known_by_the_titles_under_which_states_are_shown(state: State) -> None:
    assert [case_words.STEPS.meaning(t) for t in (state.title.zh, state.title.en)] == [state.id] * 2


@pytest.mark.parametrize(
    ("known", "text", "near"),
    [
        (words.KINDS, "发名", "发明"),
        (case_words.MODES, "许克", "许可"),
        (words.SERVICES, "邮几", "邮寄"),
        (words.KINDS, "茶叶", ""),
        (words.KINDS, "ab", ""),
    ],
)
def test_one_wrong_sign_of_a_short_word_is_asked_about(
    known: Vocabulary, text: str, near: str
) -> None:
    assert known.near(text).to("zh") == (f"；是否指 {near}？" if near else "")
