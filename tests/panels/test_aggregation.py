"""One value by each rule; the trap of TRIMMEAN; blanks, groups and intervals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pilotscore.panels.aggregation import aggregate, pooled_deviation
from pilotscore.panels.rule import HOWS, PanelRule
from tests.panels.making import random_scores, scores_of

_ = np.nan
DROP = PanelRule("drop", drop=1, drop_from=5)


def value_of(row: list[float], rule: PanelRule) -> float:
    return float(aggregate(scores_of(np.array([row])), rule).value[0])


def test_the_medians_of_a_published_rule():
    # H2020 SME instrument: medians of four experts 4.5, 4, 4.5 (excellence, impact,
    # implementation); their sum 13 passes phase 1, and 1.5 impact and the others make 15.0.
    rule = PanelRule("median", scale=(0, 5))
    excellence = value_of([4, 4.5, 4.5, 5], rule)
    impact = value_of([3.5, 4, 4, 5], rule)
    implementation = value_of([4, 4.5, 4.5, 4.5], rule)
    assert (excellence, impact, implementation) == (4.5, 4.0, 4.5)
    assert excellence + implementation + impact == 13
    assert 1.5 * impact + excellence + implementation == 15.0


def test_without_the_highest_and_lowest_of_five_it_is_the_middle_three():
    row = [95, 60, 70, 80, 90]
    assert value_of(row, DROP) == pytest.approx(80)  # as TRIMMEAN(row, 2/5) gives it
    assert value_of(row, PanelRule("trimmed", trim=0.2)) == pytest.approx(stats.trim_mean(row, 0.2))


def test_a_fixed_share_drops_nobody_where_one_judge_of_eight_is_away():
    # TRIMMEAN with 2/8 and seven present leaves out none: 0.25 * 7 = 1.75, floored to 0.
    seven = [10, 70, 71, 72, 73, 74, 100]
    assert value_of(seven, PanelRule("trimmed", trim=1 / 8)) == pytest.approx(np.mean(seven))
    # A stated number does what it says.
    assert value_of(seven, DROP) == pytest.approx(72)


def test_scores_are_left_out_only_from_a_stated_number_on():
    assert value_of([10, 70, 80, 90], DROP) == pytest.approx(62.5)
    assert value_of([10, 70, 80, 90, _], DROP) == pytest.approx(62.5)


def test_a_blank_is_never_0_and_too_few_is_no_value():
    table = np.array([[80, 90, _], [80, _, _], [_, _, _]])
    a = aggregate(scores_of(table), PanelRule(least=2, scale=(0, 100)))
    assert a.value[0] == 85
    assert np.isnan(a.value[1:]).all()
    assert a.incomplete.tolist() == [False, True, True]
    assert a.count.tolist() == [2, 1, 0]


def test_too_few_of_one_group_is_incomplete_too():
    rule = PanelRule(least_by_group={"企业": 1})
    a = aggregate(scores_of(np.array([[80, 90, _], [_, 80, 70]])), rule, ("企业", "高校", "高校"))
    assert a.incomplete.tolist() == [False, True]


def test_groups_keep_their_share_however_many_of_each_are_there():
    rule = PanelRule(group_weights={"企业": 0.6, "高校": 0.4})
    table = np.array([[90, 60, 70, 80]])
    a = aggregate(scores_of(table), rule, ("企业", "高校", "高校", "高校"))
    assert a.value[0] == pytest.approx(0.6 * 90 + 0.4 * 70)
    assert a.by_group[:, 0].tolist() == [90, 70]


def test_an_absent_group_widens_the_interval_and_moves_no_proportion():
    rule = PanelRule(group_weights={"企业": 0.5, "高校": 0.3, "投资": 0.2})
    groups = ("企业", "企业", "高校", "高校", "投资", "投资")
    whole = np.array([[80, 84, 70, 72, 60, 66]], dtype=float)
    gone = whole.copy()
    gone[0, 4:] = _
    # A further result tells both how far experts differ.
    rest = [[50.0, 52, 60, 62, 70, 74]]
    a = aggregate(scores_of(np.vstack([whole, rest])), rule, groups)
    b = aggregate(scores_of(np.vstack([gone, rest])), rule, groups)
    assert b.value[0] == pytest.approx((0.5 * 82 + 0.3 * 71) / 0.8)
    assert b.absent[0] == pytest.approx(0.2)
    assert b.high[0] - b.low[0] > 0.2 * 100
    assert a.high[0] - a.low[0] < b.high[0] - b.low[0]


def test_the_least_opinion():
    assert value_of([90, 60, 75], PanelRule("minimum")) == 60


@pytest.mark.parametrize("how", HOWS)
def test_equal_scores_give_equal_values_to_the_last_digit(how: str):
    random = np.random.default_rng(3)
    row = random.uniform(0, 100, 9)
    table = np.array([random.permutation(row) for _ in range(50)])
    a = aggregate(scores_of(table), PanelRule(how))
    assert len(set(a.value.tolist())) == len(set(a.low.tolist())) == 1


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=9),
    st.sampled_from(HOWS),
    st.integers(0, 8),
    st.floats(0, 30),
)
def test_a_better_score_never_lowers_the_value(row: list[float], how: str, at: int, more: float):
    rule = PanelRule(how)
    better = list(row)
    better[at % len(row)] = min(better[at % len(row)] + more, 100)
    before, after = value_of(row, rule), value_of(better, rule)
    assert after >= before - 1e-9
    assert min(row) - 1e-9 <= before <= max(row) + 1e-9


@pytest.mark.parametrize("how", HOWS)
def test_the_value_lies_in_its_interval_and_this_on_the_scale(how: str):
    scores, *_ = random_scores(5, 200, 12, 5)
    a = aggregate(scores, PanelRule(how, scale=(0, 120)))
    assert ((a.low <= a.value + 1e-9) & (a.value <= a.high + 1e-9)).all()
    assert a.low.min() >= 0
    assert a.high.max() <= 120


def test_intervals_of_means_hold_the_level_of_the_result_at_least_as_often_as_they_say():
    hits = []
    for seed in range(20):
        scores, level, _ = random_scores(seed, 300, 40, 4, severity=0)
        a = aggregate(scores, PanelRule(scale=(-100, 300)))
        hits.append(((a.low <= level) & (level <= a.high)).mean())
    assert 0.95 <= np.mean(hits) < 0.98


def test_one_score_alone_is_as_uncertain_as_the_others_say():
    table = np.array([[60, 70, 80], [50, 60, 70], [90, _, _]])
    a = aggregate(scores_of(table), PanelRule(scale=(0, 200)))
    assert pooled_deviation(scores_of(table)) == (pytest.approx(10), 4)
    assert a.high[2] - 90 == pytest.approx(stats.t.ppf(0.975, 4) * 10)
    lonely = aggregate(scores_of(np.array([[90.0], [80.0]])), PanelRule(scale=(0, 200)))
    assert lonely.low.tolist() == [0, 0]  # nobody knows how far two experts differ
    assert lonely.high.tolist() == [200, 200]


def test_the_interval_of_a_median_is_of_order_statistics():
    row = np.arange(1.0, 11)
    a = aggregate(scores_of(row[None, :]), PanelRule("median", scale=(0, 20)))
    # n = 10: from the second to the ninth holds the median in 97.9 of 100 cases.
    assert (a.low[0], a.high[0]) == (2, 9)
    few = aggregate(scores_of(row[None, :4]), PanelRule("median", scale=(0, 20)))
    assert (few.low[0], few.high[0]) == (1, 4)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"how": "mode"}, "no rule"),
        ({"trim": 0.5}, "trim"),
        ({"how": "drop", "drop": 2, "drop_from": 4}, "drop_from"),
        ({"group_weights": {"企业": 0.0}}, "shares"),
    ],
)
def test_what_is_no_rule(change: dict, message: str):
    with pytest.raises(ValueError, match=message):
        replace(PanelRule(), **change)
