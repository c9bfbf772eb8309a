"""Correlations by the published figure, by scipy, and how often the interval holds the truth."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from pilotscore.outcomes.correlation import pearson, spearman
from tests.outcomes.market import market


def test_prices_of_a_market():
    price, came = market()
    r = pearson(price, came.astype(float))
    assert round(r.value, 4) == 0.5812  # published as .581
    theirs = stats.pearsonr(price, came).confidence_interval(0.95)
    assert (r.low, r.high) == pytest.approx((theirs.low, theirs.high))


@pytest.mark.parametrize("seed", range(4))
def test_ranks_with_ties_are_those_of_scipy(seed: int):
    random = np.random.default_rng(seed)
    a = random.integers(0, 8, 30).astype(float)
    b = a + random.integers(-4, 5, 30)
    ours = spearman(a, b)
    assert ours.value == pytest.approx(stats.spearmanr(a, b).statistic)
    assert ours.low < ours.value < ours.high
    assert spearman(a**3, np.exp(b)) == pytest.approx(ours)  # the order alone counts


def test_the_interval_of_ranks_holds_the_truth_as_often_as_it_says():
    random = np.random.default_rng(2)
    rho = 0.6
    truth = 6 / math.pi * math.asin(rho / 2)
    held = []
    for _ in range(300):
        a = random.standard_normal(50)
        b = rho * a + math.sqrt(1 - rho**2) * random.standard_normal(50)
        r = spearman(a, b)
        held.append(r.low <= truth <= r.high)
    assert 0.91 < np.mean(held) < 0.985


@pytest.mark.parametrize("correlation", [pearson, spearman])
def test_no_order_and_a_perfect_one(correlation):
    one = np.arange(5.0)
    assert math.isnan(correlation(one, np.ones(5)).value)
    assert math.isnan(correlation(one[:1], one[:1]).value)
    perfect = correlation(one, one * 2)
    assert perfect.value == pytest.approx(1)
    assert math.isnan(perfect.low)
    assert math.isnan(correlation(one[:3], np.array([1.0, 3, 2])).low)
