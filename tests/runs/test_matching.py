"""Needs matched to results: by field, by words, and by nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.runs.matching import Offered, matches, terms

OFFERED = (
    Offered(0, "微通道连续流硝化制备4-硝基邻二甲苯", ("化工", "Chemicals")),
    Offered(1, "可降解镁合金骨固定螺钉", ("生物医药", "Biomedical")),
    Offered(2, "Continuous crystallisation of an active ingredient", ("化工", "Chemicals")),
    Offered(3, "釜式间歇硝化安全控制", ("化工", "Chemicals")),
)


def found(text: str, field: str = "", most: int = 5):
    return [(m.place, m.field, m.words) for m in matches(text, field, OFFERED, most)]


def test_words_of_both_count_and_are_named_as_they_stand_in_the_title():
    (first, field, words), (second, *_) = found("需要连续流硝化技术")
    assert (first, second) == (0, 3)
    assert (field, words) == ("", ("连续流硝化",))
    assert found("continuous CRYSTALLISATION wanted")[0] == (
        2,
        "",
        ("crystallisation", "Continuous"),
    )


def test_a_field_goes_before_words_and_names_itself():
    order = [place for place, *_ in found("骨固定用硝化", "化工")]
    assert set(order[:3]) == {0, 2, 3}
    assert order[3] == 1
    assert found("", "chemicals")[0][1] == "Chemicals"
    assert found("", "绿色化工")[0][1] == "化工"


def test_what_has_nothing_in_common_does_not_go_at_all():
    assert found("稀土永磁电机") == []
    assert found("高性能技术研发", "航天") == []  # words that every need has say nothing


def test_no_more_than_was_asked_for():
    assert len(found("硝化", "化工", most=2)) == 2


@pytest.mark.parametrize("text", ["", "。", "的", "A", "12"])
def test_texts_without_terms(text):
    assert terms(text) == set()
    assert matches(text, "", OFFERED, 5) == ()


@pytest.mark.slow
@given(st.text(max_size=40), st.text(max_size=8))
def test_scores_are_of_100_in_order_and_never_without_a_reason(text, field):
    made = matches(text, field, OFFERED, 4)
    assert all(0 <= m.score <= 100 + 1e-6 for m in made)
    assert [m.score for m in made] == sorted((m.score for m in made), reverse=True)
    assert all(m.field or m.words for m in made)
