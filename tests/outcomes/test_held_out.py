"""Chances for results that the curve has not seen."""

from __future__ import annotations

import numpy as np

from pilotscore.outcomes.brier import brier
from pilotscore.outcomes.calibration import logit_of, recalibrated, recalibration
from pilotscore.outcomes.held_out import held_out_chances
from pilotscore.outcomes.logistic import chance_of


def test_they_flatter_less_than_those_of_the_same_results():
    worse = 0
    for seed in range(8):
        random = np.random.default_rng(seed)
        score = random.normal(60, 10, 60)
        event = random.random(60) < 0.5
        fitted = recalibrated(score / 10, recalibration(score / 10, event))
        worse += brier(held_out_chances(score, event), event) > brier(fitted, event)
    assert worse == 8


def test_they_come_near_to_the_truth():
    random = np.random.default_rng(1)
    score = random.normal(60, 10, 4000)
    truth = chance_of((score - 60) / 8)
    chance = held_out_chances(score, random.random(4000) < truth)
    assert np.abs(chance - truth).max() < 0.05
    assert np.corrcoef(logit_of(chance), score)[0, 1] > 0.99


def test_no_curve_gives_no_chance():
    score = np.arange(40.0)
    assert np.isnan(held_out_chances(score, score >= 20)).any()
