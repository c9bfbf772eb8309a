"""Krippendorff's alpha by his own example and by the package of his name."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest

from pilotscore.panels.alpha import METRICS, MOST_VALUES, alpha
from tests.panels.making import KRIPPENDORFF, scores_of

PUBLISHED = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849}


@pytest.mark.parametrize("metric", METRICS)
def test_the_published_example(metric: str):
    assert round(alpha(scores_of(KRIPPENDORFF.T), metric).value, 3) == PUBLISHED[metric]


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("seed", range(4))
def test_it_is_that_of_the_package(metric: str, seed: int):
    random = np.random.default_rng(seed)
    table = random.integers(1, 6, (30, 5)).astype(float)
    table[random.random(table.shape) < 0.3] = np.nan
    theirs = krippendorff.alpha(reliability_data=table.T, level_of_measurement=metric)
    ours = alpha(scores_of(table), metric)
    assert ours.value == pytest.approx(theirs)
    assert ours.low < ours.value < ours.high


def test_the_same_scores_give_the_same_interval_in_any_order():
    table = KRIPPENDORFF.T
    shuffled = table[:, [2, 0, 3, 1]]
    a, b = alpha(scores_of(table)), alpha(scores_of(shuffled))
    assert (a.value, a.low, a.high) == pytest.approx((b.value, b.low, b.high), abs=1e-12)


def test_the_interval_holds_the_true_value_about_as_often_as_it_says():
    # With no agreement at all the true value is 0.
    hits = 0
    for seed in range(60):
        table = np.random.default_rng(seed).normal(50, 10, (40, 3))
        one = alpha(scores_of(table), seed=seed)
        hits += one.low <= 0 <= one.high
    assert hits >= 50


def test_where_it_is_not_defined():
    assert alpha(scores_of(np.array([[3.0, 3.0], [3.0, 3.0]]))) is None
    assert alpha(scores_of(np.array([[1.0], [2.0]]))) is None
    many = np.arange(2 * (MOST_VALUES + 2), dtype=float).reshape(-1, 2)
    assert alpha(scores_of(many), "nominal") is None
    assert alpha(scores_of(many), "interval") is not None
