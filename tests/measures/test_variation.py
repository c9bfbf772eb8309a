import numpy as np
import pytest

from pilotscore.measures.proportions import wilson
from pilotscore.measures.variation import (
    components,
    mean_interval,
    rsd,
)


def test_components_of_the_loom_example():
    """Montgomery, Design and Analysis of Experiments: looms, MS 29.73 and 1.90: 6.96 and 1.90."""
    looms = [[98, 97, 99, 96], [91, 90, 93, 92], [96, 95, 97, 95], [95, 96, 99, 98]]
    values = np.array(looms, dtype=float).ravel()
    found = components(values, np.arange(0, 17, 4), np.array([0, 4]))
    assert round(float(found.between[0] ** 2), 2) == 6.96
    assert round(float(found.within[0] ** 2), 2) == 1.90
    assert not found.truncated[0]


def test_a_negative_component_is_0_and_is_told():
    values = np.array([1.0, 9, 1, 9, 1, 9])
    found = components(values, np.array([0, 2, 4, 6]), np.array([0, 3]))
    assert found.between[0] == 0
    assert found.truncated[0]


def test_unequal_batches_recover_the_truth():
    draw = np.random.default_rng(1)
    sizes = np.tile([1, 2, 5], 4000)
    batch_starts = np.concatenate([[0], np.cumsum(sizes)])
    values = (
        50 + np.repeat(draw.normal(0, 3, len(sizes)), sizes) + draw.normal(0, 2, batch_starts[-1])
    )
    found = components(values, batch_starts, np.array([0, len(sizes)]))
    assert found.between[0] == pytest.approx(3, rel=0.05)
    assert found.within[0] == pytest.approx(2, rel=0.05)
    assert found.between_rsd[0] == pytest.approx(100 * found.between[0] / 50, rel=0.01)


@pytest.mark.slow
@pytest.mark.parametrize("n", [5, 10, 30])
@pytest.mark.parametrize("share", [0.02, 0.1, 0.3])
def test_coverage(n, share):
    count = 30_000
    values = np.random.default_rng(n).normal(1, share, count * n)
    starts = np.arange(0, count * n + 1, n)
    found = rsd(values, starts)
    known = ~np.isnan(found.value)
    assert 0.94 <= float((found.high[known] >= 100 * share).mean()) <= 0.961
    assert 0.94 <= float((found.low[known] <= 100 * share).mean()) <= 0.961
    mean = mean_interval(values, starts)
    assert 0.94 <= float((mean.low <= 1).mean()) <= 0.96


def test_no_relative_deviation_about_zero():
    values = np.array([-1.0, 1, -1, 1, 5, 5, 5])
    found = rsd(values, np.array([0, 4, 7, 7]))
    assert np.isnan(found.value[0])
    assert (found.value[1], found.high[1]) == (0, 0)
    assert np.isnan(found.value[2])


def test_bounds_of_a_proportion():
    """Newcombe 1998, table I: 81 of 263 and 15 of 148, 95 % two-sided, method 3."""
    x, n = np.array([81.0, 15, 0, 1]), np.array([263.0, 148, 20, 29])
    score = wilson(x, n, 0.975)
    rounded = [[round(float(v), 4) for v in (score.low[i], score.high[i])] for i in range(4)]
    assert rounded == [[0.2553, 0.3662], [0.0624, 0.1605], [0.0, 0.1611], [0.0061, 0.1718]]


def test_a_proportion_has_no_bounds_without_trials():
    assert np.isnan(wilson(np.array([0.0]), np.array([0.0])).low[0])
