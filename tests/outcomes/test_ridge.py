"""The model with weights drawn towards the present ones, by another way to its least value."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import minimize

from pilotscore.outcomes.logistic import chance_of, logistic
from pilotscore.outcomes.ridge import Ridge, ridge

PRESENT = np.array([0.5, 0.3, 0.2])


def outcomes(seed: int, n: int = 200, truth=(0.8, 0.1, 0.9)) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    columns = random.normal(0, 1, (n, 3))
    return columns, random.random(n) < chance_of(columns @ np.array(truth) - 0.4)


def objective(at: np.ndarray, columns, event, strength: float) -> float:
    fit = Ridge(at[0], at[1:])
    away = fit.beta - fit.beta.sum() * PRESENT
    return float(fit.loss(columns, event).sum()) + strength / 2 * float(away @ away)


@pytest.mark.parametrize("strength", [0.0, 1.0, 30.0, 1e3])
@pytest.mark.parametrize("truth", [(0.8, 0.1, 0.9), (1.0, -0.6, 0.5), (-0.3, -0.2, -0.4)])
def test_it_is_the_least(truth, strength: float):
    data = outcomes(1, truth=truth)
    ours = ridge(*data, PRESENT, strength)
    bounds = [(None, None)] + [(0, None)] * 3
    start = np.array([0.0, 0.1, 0.1, 0.1])
    theirs = minimize(objective, start, (*data, strength), method="L-BFGS-B", bounds=bounds)
    at = np.array([ours.intercept, *ours.beta])
    assert objective(at, *data, strength) <= theirs.fun + 1e-5
    assert (ours.beta >= 0).all()
    assert at == pytest.approx(theirs.x, abs=5e-3)


def test_without_a_pull_it_is_the_logistic_model():
    columns, event = outcomes(2, truth=(0.8, 0.6, 0.9))
    free = logistic(np.column_stack([np.ones(len(event)), columns]), event)
    ours = ridge(columns, event, PRESENT, 0.0)
    assert [ours.intercept, *ours.beta] == pytest.approx(free.coefficients, abs=1e-4)


def test_the_stronger_the_pull_the_nearer_to_the_present_weights():
    data = outcomes(3)
    away = [
        float(np.abs(ridge(*data, PRESENT, s).weights(PRESENT) - PRESENT).max())
        for s in (0.0, 1.0, 10.0, 100.0, 1e3, 1e5, math.inf)
    ]
    assert away == sorted(away, reverse=True)
    assert away[0] > 0.2
    assert away[-2] < 0.01
    assert away[-1] == pytest.approx(0, abs=1e-12)


def test_the_pull_is_on_the_weights_and_not_on_the_slope():
    columns, event = outcomes(4, n=4000, truth=tuple(3 * PRESENT))
    slopes = [ridge(columns, event, PRESENT, s).beta.sum() for s in (0.0, 1e6)]
    assert slopes[1] == pytest.approx(slopes[0], rel=0.05)


def test_scores_that_tell_nothing_leave_the_weights():
    columns, _ = outcomes(5)
    event = np.arange(len(columns)) % 2 == 0
    fit = ridge(-np.abs(columns) * event[:, None], event, PRESENT, 1.0)
    assert fit.beta.sum() == pytest.approx(0, abs=1e-9)
    assert fit.weights(PRESENT).sum() == pytest.approx(1)


def test_separated_outcomes_end():
    columns = np.array([[0.0, 1], [1, 0], [5, 5], [6, 7]])
    event = np.array([False, False, True, True])
    for strength in (0.0, 10.0, math.inf):
        fit = ridge(columns, event, np.array([0.5, 0.5]), strength)
        assert np.isfinite(fit.beta).all()
        assert fit.loss(columns, event).max() < 0.01
