import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pilotscore.measures import shapes as module
from pilotscore.measures.shapes import kurtosis_of, percentiles, reach_of, shapes, spread_of
from tests.measures.test_grouped import laid_out


def one(values):
    return np.asarray(values, dtype=float), np.array([0, len(values)])


def without_chance(true, n=50_000):
    """The quantiles of the distribution itself stand for a sample without chance."""
    return one(true.ppf((np.arange(n) + 0.5) / n))


@pytest.mark.parametrize(
    ("true", "above", "below"),
    [
        (stats.norm(3, 2), 1, 1),
        (stats.gamma(4), 1.008, 1.023),
        (stats.expon(), 1.024, 1.069),
        (stats.lognorm(0.3), 1, 1),
        (stats.lognorm(0.5), 1, 1),
        (stats.lognorm(1), 1, 1),
        (stats.t(5), 1.007, 1.007),
        (stats.weibull_min(1.5), 1.001, 1.071),
        (stats.weibull_min(2), 0.992, 1.073),
        (stats.uniform(), 1.01, 1.01),
    ],
)
def test_known_distributions(true, above, below):
    found = percentiles(*without_chance(true))
    low, median, high = true.ppf([0.00135, 0.5, 0.99865])
    assert (found.high[0] - found.median[0]) / (high - median) == pytest.approx(above, abs=0.003)
    assert (found.median[0] - found.low[0]) / (median - low) == pytest.approx(below, abs=0.003)
    assert found.median[0] == pytest.approx(median, abs=0.025 * true.std())


@pytest.mark.parametrize("sigma", [0.1, 0.5, 1.0])
def test_lognormal_values_are_met_in_all_figures(sigma):
    shape = shapes(*without_chance(stats.lognorm(sigma), 400_000))
    assert spread_of(shape.skewness)[0] == pytest.approx(sigma, rel=0.003)
    assert shape.excess[0] == pytest.approx(0, abs=0.001)


def test_normal_values():
    assert reach_of(np.zeros(1))[0] == pytest.approx(3 * np.sqrt(np.pi))
    assert kurtosis_of(np.zeros(1))[0] == pytest.approx(
        30 / np.pi * np.arctan(np.sqrt(2)) - 9, abs=3e-4
    )


def test_l_moments_of_a_small_sample_by_their_definition():
    # all pairs and triples, as L-moments are defined
    x = np.array([1.0, 2, 4, 7, 7.5, 9, 15, 30])
    pairs = [abs(a - b) for i, a in enumerate(x) for b in x[:i]]
    triples = [
        sorted((a, b, c)) for i, a in enumerate(x) for j, b in enumerate(x[:i]) for c in x[:j]
    ]
    found = shapes(*one(x))
    assert found.scale[0] == pytest.approx(np.mean(pairs) / 2)
    third = np.mean([c - 2 * b + a for a, b, c in triples]) / 3
    assert found.skewness[0] == pytest.approx(third / (np.mean(pairs) / 2))


@pytest.mark.slow
@given(st.lists(st.integers(-500, 500), min_size=8, max_size=30), st.integers(1, 9))
def test_percentiles_stand_in_order_and_turn_with_the_values(own, times):
    found = percentiles(*one(own))
    turned = percentiles(*one(-times * np.array(own)))
    if not np.isnan(found.median[0]):
        assert found.low[0] <= found.median[0] <= found.high[0]
        assert turned.low[0] == pytest.approx(-times * found.high[0], rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("own", [[], [1], [1, 2, 3, 4, 5, 6, 7], [0.1] * 12, [*[0] * 20, 1]])
def test_too_few_values_no_variation_or_too_much_skewness(own):
    assert np.isnan(percentiles(*one(own)).median[0])


def test_groups_are_worked_out_as_if_alone():
    draw = np.random.default_rng(1)
    own = [draw.normal(size=9), [], draw.gamma(1, size=30), [3.0], draw.normal(size=9)]
    together = shapes(*laid_out(own))
    for name in ("mean", "scale", "skewness", "excess"):
        alone = [float(getattr(shapes(*one(x)), name)[0]) for x in own]
        np.testing.assert_allclose(getattr(together, name), alone, rtol=1e-9, atol=1e-12)


def test_no_less_than_four_values_are_taken():
    assert np.isnan(shapes(*one([1.0, 2, 9]), least=1).skewness[0])
    assert module.MOST_SKEWED > 0.46
