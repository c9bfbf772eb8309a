"""Means of scores that do not all count the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.panels.aggregation import Aggregate, aggregate
from pilotscore.panels.funded_again import funded_again
from pilotscore.panels.rule import HOWS, PanelRule
from tests.panels.making import random_scores, scores_of

_ = np.nan
MEANS = [
    PanelRule("mean"),
    PanelRule("drop", drop=1, drop_from=3),
    PanelRule("trimmed", trim=0.25),
    PanelRule(group_weights={"a": 0.7, "b": 0.3}),
]


def weighed(
    table: list[list[float]], weight: list[float], rule: PanelRule, groups: tuple[str, ...] = ()
) -> Aggregate:
    return aggregate(scores_of(np.array(table)).weighed(np.array(weight)), rule, groups)


def test_a_mean_is_weighted_and_a_weight_of_0_leaves_the_expert_out():
    made = weighed([[90, 60, 0], [80, _, 70]], [2, 1, 0], PanelRule())
    assert made.value.tolist() == [80, 80]
    assert made.count.tolist() == [2, 1]
    assert made.effective.tolist() == pytest.approx([9 / 5, 1])


def test_one_left_out_does_not_make_a_panel_complete():
    made = weighed([[90, 60, 0]], [2, 1, 0], PanelRule(least=3))
    assert made.incomplete.tolist() == [True]
    assert np.isnan(made.value[0])


@pytest.mark.parametrize("rule", MEANS, ids=lambda r: r.how)
@pytest.mark.parametrize("weight", [0.3, 1.0, 7.0])
def test_equal_weights_change_nothing_to_the_last_bit(rule: PanelRule, weight: float):
    scores, *_ = random_scores(4, 40, 8, 5)
    groups = ("a", "b") * 4
    plain = aggregate(scores, rule, groups)
    same = aggregate(scores.weighed(np.full(8, weight)), rule, groups)
    for name in ("value", "low", "high", "used"):
        assert np.array_equal(getattr(plain, name), getattr(same, name), equal_nan=True), name


def test_of_what_is_left_after_the_extremes_the_weights_count():
    made = weighed([[0, 60, 90, 100]], [9, 1, 3, 9], MEANS[1])
    assert made.value[0] == pytest.approx((60 + 3 * 90) / 4)
    assert made.used[0] == 2


def test_which_of_equal_scores_is_left_out_does_not_matter():
    values = [weighed([[50, 50, 80]], list(w), MEANS[1]).value[0] for w in ((1, 9, 2), (9, 1, 2))]
    assert values[0] == values[1] == 50
    tied = [weighed([[50, 50, 80, 90]], [*w, 2, 2], MEANS[1]).value[0] for w in ((1, 9), (9, 1))]
    assert tied[0] == tied[1] == pytest.approx((5 * 50 + 2 * 80) / 7)


@pytest.mark.parametrize("how", ["median", "minimum"])
def test_orders_are_not_weighted(how: str):
    table = [[60, 70, 95]]
    made = weighed(table, [1, 1, 50], PanelRule(how))
    plain = aggregate(scores_of(np.array(table)), PanelRule(how))
    assert (made.value[0], made.low[0], made.high[0]) == (
        plain.value[0],
        plain.low[0],
        plain.high[0],
    )


def test_the_share_of_a_group_stays_whatever_its_experts_weigh():
    made = weighed([[90, 60, 70]], [1, 1, 3], MEANS[3], ("a", "b", "b"))
    assert made.value[0] == pytest.approx(0.7 * 90 + 0.3 * (60 + 3 * 70) / 4)


def test_uneven_weights_leave_fewer_scores_and_a_wider_interval():
    scores, *_ = random_scores(2, 60, 6, 6)
    even = aggregate(scores, PanelRule())
    uneven = aggregate(scores.weighed(np.array([20, 1, 1, 1, 1, 1.0])), PanelRule())
    assert np.all(uneven.effective < 2)
    assert np.median(uneven.high - uneven.low) > 1.3 * np.median(even.high - even.low)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 100), min_size=1, max_size=7),
    st.data(),
    st.sampled_from([rule for rule in MEANS if not rule.group_weights]),
)
def test_a_whole_weight_is_as_many_equal_scores(row: list[int], data: st.DataObject, rule):
    weight = data.draw(st.lists(st.integers(1, 4), min_size=len(row), max_size=len(row)))
    made = weighed([row], weight, PanelRule())
    repeated = np.repeat(row, weight)
    assert made.value[0] == pytest.approx(repeated.mean(), abs=1e-9)
    order = data.draw(st.permutations(range(len(row))))
    turned = weighed([[row[i] for i in order]], [weight[i] for i in order], rule)
    assert turned.value[0] == pytest.approx(weighed([row], weight, rule).value[0], abs=1e-9)
    assert min(row) - 1e-9 <= turned.value[0] <= max(row) + 1e-9


@pytest.mark.parametrize("how", HOWS)
def test_experts_drawn_anew_take_their_weight_along(how: str):
    scores, *_ = random_scores(5, 30, 8, 4)
    even = funded_again(scores, PanelRule(how), 5, draws=20)
    same = funded_again(scores.weighed(np.full(8, 2.0)), PanelRule(how), 5, draws=20)
    assert np.array_equal(even.chance, same.chance)


def test_nobody_counts_where_every_weight_is_0():
    made = weighed([[90, 60]], [0, 0], PanelRule())
    assert np.isnan(made.value[0])
    assert made.count[0] == 0
