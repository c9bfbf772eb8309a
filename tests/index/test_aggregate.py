from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pilotscore.index.aggregate import dimension_means, dimension_shares, power_mean

INF = float("inf")
scores = st.floats(0, 100).map(lambda x: round(x, 3))
rows = arrays(float, st.tuples(st.integers(1, 4), st.just(5)), elements=scores)
weights = arrays(float, 5, elements=st.floats(0.5, 10))
exponents = st.sampled_from([1.0, 0.5, 0.0, -1.0, -3.0, -INF])


def test_published_means():
    """Of 2 and 8 with equal weights: 5, 4 and 3.2, the classical example of the three means.

    (Arithmetic (a+b)/2, geometric sqrt(ab), harmonic 2ab/(a+b): Hardy, Littlewood, Polya 1952,
    section 2.1.)
    """
    x, w = np.array([[2.0, 8.0]]), np.ones(2)
    assert power_mean(x, w, 1)[0] == 5
    assert power_mean(x, w, 0)[0] == pytest.approx(4)
    assert power_mean(x, w, -1)[0] == pytest.approx(3.2)
    assert power_mean(x, w, -INF)[0] == 2


@pytest.mark.slow
@given(rows, weights, exponents)
def test_a_mean_lies_between_least_and_greatest(x, w, p):
    m = power_mean(x, w, p)
    assert (m >= x.min(axis=1) - 1e-9).all()
    assert (m <= x.max(axis=1) + 1e-9).all()


@pytest.mark.slow
@given(rows, weights)
def test_the_mean_rises_with_the_exponent(x, w):
    """The power mean does not fall as the exponent rises (the same book, theorem 16)."""
    means = [power_mean(x, w, p) for p in (-INF, -20.0, -1.0, 0.0, 0.5, 1.0)]
    for lower, higher in zip(means, means[1:], strict=False):
        assert (lower <= higher + 1e-8).all()


@pytest.mark.slow
@given(rows, weights, exponents, st.integers(0, 4), st.floats(0, 50))
def test_monotone_in_each_value(x, w, p, j, more):
    better = x.copy()
    better[:, j] = np.minimum(100, better[:, j] + more)
    assert (power_mean(better, w, p) >= power_mean(x, w, p) - 1e-9).all()


@pytest.mark.slow
@given(rows, weights, exponents)
def test_a_weight_of_0_is_the_same_as_absence(x, w, p):
    wide = np.hstack([x, np.zeros((len(x), 1))])
    assert np.allclose(power_mean(wide, np.append(w, 0.0), p), power_mean(x, w, p), atol=1e-9)


@pytest.mark.slow
@given(rows, weights)
def test_continuous_towards_the_geometric_mean_and_the_minimum(x, w):
    x = np.maximum(x, 1.0)
    assert np.allclose(power_mean(x, w, 1e-7), power_mean(x, w, 0.0), rtol=1e-4)
    assert np.allclose(power_mean(x, w, -2000.0), x.min(axis=1), rtol=1e-2)


@pytest.mark.slow
@given(rows, weights, exponents)
def test_shares_add_up_to_the_mean(x, w, p):
    m = power_mean(x, w, p)
    assert np.allclose(dimension_shares(x, w, p, m).sum(axis=1), m, atol=1e-9)


@pytest.mark.slow
@given(arrays(float, st.tuples(st.integers(2, 30), st.just(5)), elements=scores), weights)
def test_a_row_does_not_depend_on_the_others(x, w):
    """To the last bit, with the default exponent."""
    together = power_mean(x, w, 1)
    assert together.tolist() == [power_mean(x[i : i + 1], w, 1)[0] for i in range(len(x))]


def test_a_weight_that_does_not_apply_goes_to_its_siblings():
    scores = np.array([[80.0, 40.0, 10.0], [80.0, 0.0, 10.0]])
    w = np.array([[0.5, 0.3, 0.2], [0.5, 0.0, 0.2]])
    means = dimension_means(scores, w, (slice(0, 3),))
    assert means[:, 0] == pytest.approx([54.0, (80 * 0.5 + 10 * 0.2) / 0.7])
