"""Recalibration of stated chances: the figures of 103 findings, and known distortions undone."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pilotscore.outcomes.calibration import calibration, logit_of, recalibrated
from pilotscore.outcomes.logistic import chance_of
from tests.outcomes.market import market


def test_prices_of_a_market():
    found = calibration(*market())
    assert round(found.in_the_large.value, 3) == -0.707
    assert round(found.slope.value, 3) == 1.535
    assert found.in_the_large.high < 0  # on the whole stated too high
    assert found.slope.low < 1 < found.slope.value < found.slope.high


@pytest.mark.parametrize(("shift", "slope"), [(0.0, 1.0), (-0.8, 1.0), (0.3, 0.5), (0.0, 2.0)])
def test_a_known_distortion_is_seen(shift: float, slope: float):
    random = np.random.default_rng(1)
    chance = random.uniform(0.05, 0.95, 20_000)
    event = random.random(20_000) < chance_of(shift + slope * logit_of(chance))
    found = calibration(chance, event, level=0.999)
    assert found.slope.low < slope < found.slope.high
    assert found.intercept.low < shift < found.intercept.high
    again = calibration(recalibrated(logit_of(chance), found), event)
    assert again.slope.value == pytest.approx(1, abs=1e-4)
    assert again.in_the_large.value == pytest.approx(0, abs=1e-4)


def test_chances_of_0_and_1_are_taken():
    chance = np.array([0, 0, 0, 1, 1, 1.0])
    found = calibration(chance, np.array([0, 0, 1, 0, 1, 1], dtype=bool))
    assert 0 < found.slope.value < 0.2  # sure of what came two times of three


def test_a_line_that_tells_all_has_no_slope():
    found = calibration(np.array([0.1, 0.2, 0.8, 0.9]), np.array([0, 0, 1, 1], dtype=bool))
    assert found.separated
    assert math.isnan(found.slope.value)
    assert np.isnan(recalibrated(np.zeros(2), found)).all()
    assert math.isfinite(found.in_the_large.value)
