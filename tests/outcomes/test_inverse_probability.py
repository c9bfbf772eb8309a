"""Weights from recorded chances: an example by hand, and a draw whose truth is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.outcomes.inverse_probability import represented


def test_by_hand():
    # Three sure ones, two of them successes; one drawn at 1 in 4, a success: (2 + 4) of (3 + 4).
    chance = np.array([1, 1, 1, 0.25])
    success = np.array([1, 1, 0, 1], dtype=bool)
    found = represented(chance, success, np.ones(4, dtype=bool))
    assert found.share.value == pytest.approx(6 / 7)
    assert found.effective == pytest.approx(49 / 19)
    assert found.heaviest == pytest.approx(4 / 7)
    assert found.known == 4


def test_a_draw_whose_truth_is_known():
    random = np.random.default_rng(3)
    n = 4000
    merit = random.random(n)
    chance = np.clip(merit, 0.1, 1)
    success = random.random(n) < merit
    held, naive = [], []
    for _ in range(60):
        funded = random.random(n) < chance
        found = represented(chance[funded], success[funded], np.ones(funded.sum(), dtype=bool))
        held.append(found.share.low <= success.mean() <= found.share.high)
        naive.append(success[funded].mean())
    assert np.mean(held) > 0.9
    assert min(naive) > success.mean() + 0.1  # those funded were the better ones


@pytest.mark.slow
@given(st.lists(st.booleans(), min_size=1, max_size=30), st.floats(0.05, 1))
def test_equal_chances_change_nothing(came: list[bool], chance: float):
    success = np.array(came)
    found = represented(np.full(len(came), chance), success, np.ones(len(came), dtype=bool))
    assert found.share.value == pytest.approx(success.mean())
    assert found.effective == pytest.approx(len(came))


def test_what_has_no_chance_or_no_outcome_is_left_out():
    chance = np.array([np.nan, 0.0, 0.5, 0.5])
    known = np.array([True, True, False, True])
    found = represented(chance, np.ones(4, dtype=bool), known)
    assert found.known == 1
    assert found.share.low < 0.3
    nothing = represented(chance[:2], known[:2], known[:2])
    assert nothing.known == 0
    assert math.isnan(nothing.share.value)
