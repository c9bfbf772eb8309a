"""The strength of the pull, and what a choice gains on results that it never saw."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pilotscore.outcomes.strength import (
    FOLDS,
    STRENGTHS,
    Gain,
    chosen_and_judged,
    chosen_strength,
    folds,
    gain_held_out,
)
from tests.outcomes.test_ridge import PRESENT, outcomes


@pytest.mark.parametrize(("n", "yes"), [(50, 12), (200, 100), (60, 55)])
def test_folds_have_as_many_of_both_ends(n: int, yes: int):
    event = np.arange(n) < yes
    fold = folds(event, 3)
    for end in (True, False):
        counts = np.bincount(fold[event == end], minlength=FOLDS)
        assert np.ptp(counts) <= 1
    assert fold.tolist() == folds(event, 3).tolist()
    assert fold.tolist() != folds(event, 4).tolist()


@pytest.mark.slow
def test_true_present_weights_are_kept():
    columns, event = outcomes(1, 300, tuple(2 * PRESENT))
    assert math.isinf(chosen_strength(columns, event, PRESENT))
    assert gain_held_out(columns, event, PRESENT).deviates < 1.6


@pytest.mark.slow
def test_wrong_ones_are_let_go():
    columns, event = outcomes(1, 300, (0.0, 0.2, 1.8))
    assert chosen_strength(columns, event, PRESENT) in STRENGTHS[1:]
    gain = gain_held_out(columns, event, PRESENT)
    assert gain.deviates > 3
    assert gain.count == 300


def test_no_difference_is_no_gain():
    assert Gain(0.0, 0.0, 10).deviates == 0


@pytest.mark.parametrize(("truth", "moves"), [((0.0, 0.2, 1.8), True), ((1.0, 0.6, 0.4), False)])
def test_one_division_of_very_many_says_the_same(truth: tuple[float, ...], moves: bool):
    columns, event = outcomes(2, 12_000, truth)
    strength, gain = chosen_and_judged(columns, event, PRESENT)
    assert (gain.deviates > 2) == moves
    assert math.isfinite(strength) or not moves
    assert gain.count == pytest.approx(2_400, abs=5)


def test_who_judges_neither_fitted_nor_chose():
    # Noise alone: what was fitted or chosen on would look better than it is.
    random = np.random.default_rng(0)
    columns = random.normal(0, 1, (3_000, 3))
    gains = [
        chosen_and_judged(columns, random.random(3_000) < 0.4, PRESENT, seed)[1].deviates
        for seed in range(8)
    ]
    assert max(gains) < 2.5
