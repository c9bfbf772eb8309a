"""Two-stage reviews: the second panel's scores replace the first ones or join them by a share."""

from __future__ import annotations

import numpy as np
import pytest

from pilotscore.panels.aggregation import aggregate
from pilotscore.panels.funded_again import funded_again
from pilotscore.panels.other_rules import under_other_rules
from pilotscore.panels.rule import HOWS, PanelRule
from pilotscore.panels.stages import pooled
from tests.panels.making import scores_of

_ = np.nan
FIRST = scores_of(np.array([[60, 70, 80, _, _], [90, 80, 70, _, _], [50, 60, 40, _, _]], float))
SECOND = scores_of(np.array([[_, _, _, 85, 95], [_, _, _, 60, 70], [_] * 5], float))


def test_a_second_stage_replaces_and_without_one_the_first_is_kept():
    made, stages = pooled(FIRST, PanelRule(), (), SECOND)
    assert made.value.tolist() == [90, 65, 50]
    assert stages.there.tolist() == [True, True, False]
    alone = aggregate(SECOND, PanelRule())
    assert np.array_equal(made.low[:2], alone.low[:2])
    assert made.low[2] == aggregate(FIRST, PanelRule()).low[2]
    assert made.count.tolist() == [5, 5, 3]
    assert made.used.tolist() == [2, 2, 3]


@pytest.mark.parametrize("how", HOWS)
def test_or_counts_beside_the_first_and_half_widths_add_by_squares(how: str):
    rule = PanelRule(how, first_share=0.4)
    made, stages = pooled(FIRST, rule, (), SECOND)
    first, second = stages.first, stages.second
    assert made.value[:2] == pytest.approx(0.4 * first.value[:2] + 0.6 * second.value[:2])
    assert made.value[2] == first.value[2]
    half = np.hypot(0.4 * (first.high - first.value), 0.6 * (second.high - second.value))
    assert (made.high - made.value)[:2] == pytest.approx(half[:2])


def test_without_a_second_stage_nothing_changes():
    made, stages = pooled(FIRST, PanelRule(first_share=0.4))
    assert stages is None
    assert np.array_equal(made.value, aggregate(FIRST, PanelRule()).value)


def test_a_second_panel_that_is_incomplete_is_no_value_and_no_low_one():
    made, _stages = pooled(FIRST, PanelRule(least=3), (), SECOND)
    assert made.incomplete.tolist() == [True, True, False]
    assert np.isnan(made.value).tolist() == [True, True, False]


def test_orders_and_draws_go_by_both_stages():
    orders = under_other_rules(FIRST, PanelRule(), second=SECOND)
    assert orders[0].rank.tolist() == [1, 2, 3]
    assert under_other_rules(FIRST, PanelRule())[0].rank.tolist() == [2, 1, 3]
    assert funded_again(FIRST, PanelRule(), 1, draws=20, second=SECOND).chance.tolist() == [1, 0, 0]


@pytest.mark.parametrize("share", [-0.1, 1.0])
def test_a_share_of_the_first_that_is_none(share: float):
    with pytest.raises(ValueError, match="first stage"):
        PanelRule(first_share=share)
