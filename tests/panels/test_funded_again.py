"""How many would be funded again by other experts."""

from __future__ import annotations

import numpy as np
import pytest

from pilotscore.panels.funded_again import funded_again
from pilotscore.panels.rule import PanelRule
from tests.panels.making import random_scores, scores_of


def test_who_agree_fund_the_same_again():
    table = np.repeat(np.arange(10.0)[:, None] * 10, 4, axis=1)
    f = funded_again(scores_of(table), PanelRule(), 3, draws=50)
    assert f.again == 3
    assert f.chance.tolist() == [0] * 7 + [1] * 3


def test_pure_noise_is_little_better_than_drawing_lots():
    random = np.random.default_rng(1)
    table = random.normal(60, 10, (100, 3))
    f = funded_again(scores_of(table), PanelRule(scale=(0, 120)), 10, draws=200)
    assert 1 < f.again < 7
    assert f.chance.sum() == pytest.approx(10)


def test_equals_at_the_line_have_equal_chances_about_and_share_places():
    table = np.array([[90, 90], [70, 70], [70, 70], [10, 10]], dtype=float)
    f = funded_again(scores_of(table), PanelRule(), 2, draws=20)
    assert f.chance.tolist() == [1, 0.5, 0.5, 0]
    assert f.again == pytest.approx(1 + 2 * 0.25)


def test_the_same_seed_gives_the_same_and_groups_stay_as_large_as_they_are():
    scores, *_ = random_scores(2, 60, 9, 5)
    rule = PanelRule(group_weights={"a": 1, "b": 1, "c": 1}, scale=(0, 140))
    groups = ("a", "b", "c") * 3
    one, two = (funded_again(scores, rule, 10, groups, draws=30, seed=4) for _ in range(2))
    assert one.again == two.again
    assert one.chance.tolist() == two.chance.tolist()


def test_nothing_to_choose_between():
    assert funded_again(scores_of(np.ones((3, 2))), PanelRule(), 3) is None
    assert funded_again(scores_of(np.ones((3, 2))), PanelRule(), 0) is None
