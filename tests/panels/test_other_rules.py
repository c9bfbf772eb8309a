"""What the order would be under each other rule."""

from __future__ import annotations

import numpy as np

from pilotscore.panels.other_rules import ranks, under_other_rules
from pilotscore.panels.rule import HOWS, PanelRule
from tests.panels.making import scores_of


def test_who_moves_and_who_crosses_the_line():
    table = np.array([[90, 90, 90], [100, 100, 62], [80, 80, 80], [60, 60, 60]], dtype=float)
    orders = {u.rule.how: u for u in under_other_rules(scores_of(table), PanelRule(), (), 1)}
    assert set(orders) == set(HOWS)
    assert orders["mean"].rank.tolist() == [1, 2, 3, 4]
    assert orders["median"].rank.tolist() == [2, 1, 3, 4]
    assert orders["median"].moved.tolist() == [-1, 1, 0, 0]
    assert orders["median"].crosses.tolist() == [True, True, False, False]
    assert orders["minimum"].rank.tolist() == [1, 3, 2, 4]
    assert not orders["minimum"].crosses.any()


def test_equals_have_the_same_rank_and_no_value_none():
    assert ranks(np.array([5.0, np.nan, 7, 5 + 1e-12, 1])).tolist() == [2, 0, 1, 2, 4]
