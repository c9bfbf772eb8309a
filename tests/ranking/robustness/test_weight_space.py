"""Draws of weights: on the simplex, evenly, and where they are wanted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pilotscore.errors import UsageError
from pilotscore.ranking.robustness import weight_space
from pilotscore.ranking.robustness.weight_space import Span

COUNT = 40_000


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.slow
@pytest.mark.parametrize("size", [2, 3, 6])
def test_anywhere_is_uniform(size: int):
    """Uniform on the simplex is Dirichlet(1, ..., 1): each weight is Beta(1, d - 1)."""
    drawn = weight_space.anywhere(size, COUNT, rng())
    assert drawn.sum(axis=1) == pytest.approx(1)
    for k in range(size):
        assert stats.kstest(drawn[:, k], stats.beta(1, size - 1).cdf).pvalue > 1e-3
    # the least weight of all: P(min > x) = (1 - d x)^(d - 1)
    least = drawn.min(axis=1)
    cdf = stats.beta(1, size - 1).cdf
    assert stats.kstest(size * least, cdf).pvalue > 1e-3


def test_in_order_is_uniform_among_the_weights_in_that_order():
    """Held against throwing away what is in another order."""
    stated = np.array([0.2, 0.5, 0.3])
    drawn = weight_space.in_order(stated, COUNT, rng())
    assert (drawn[:, 1] >= drawn[:, 2]).all()
    assert (drawn[:, 2] >= drawn[:, 0]).all()
    free = weight_space.anywhere(3, 6 * COUNT, rng(2))
    kept = free[(free[:, 1] >= free[:, 2]) & (free[:, 2] >= free[:, 0])]
    for k in range(3):
        assert stats.ks_2samp(drawn[:, k], kept[:, k]).pvalue > 1e-3
    # expected weights of the order: rank order centroids, (1 + 1/2 + 1/3) / 3 and so on
    assert drawn.mean(axis=0) == pytest.approx([2 / 18, 11 / 18, 5 / 18], abs=0.005)


def test_equal_weights_are_in_no_order():
    drawn = weight_space.in_order(np.array([0.4, 0.3, 0.3]), COUNT, rng())
    assert (drawn[:, 0] >= drawn[:, 1:].max(axis=1)).all()
    assert (drawn[:, 1] > drawn[:, 2]).mean() == pytest.approx(0.5, abs=0.01)
    assert stats.ks_2samp(drawn[:, 1], drawn[:, 2]).pvalue > 1e-3


SPANS = [Span(0.1, 0.5), Span(0.2, 0.9), Span(0.0, 0.3)]


@pytest.mark.slow
def test_within_ranges_is_uniform():
    drawn = weight_space.within(SPANS, COUNT, rng())
    free = weight_space.anywhere(3, 10 * COUNT, rng(2))
    low, high = [s.low for s in SPANS], [s.high for s in SPANS]
    kept = free[((free >= low) & (free <= high)).all(axis=1)]
    for k in range(3):
        assert stats.ks_2samp(drawn[:, k], kept[:, k]).pvalue > 1e-3


@pytest.mark.slow
def test_the_walk_is_uniform_too():
    low, high = np.array([s.low for s in SPANS]), np.array([s.high for s in SPANS])
    walked = weight_space._walk(low, high, COUNT, rng(3))
    drawn = weight_space.within(SPANS, COUNT, rng(4))
    assert ((walked >= low - 1e-9) & (walked <= high + 1e-9)).all()
    for k in range(3):
        assert stats.ks_2samp(walked[:, k], drawn[:, k]).statistic < 0.02


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=8),
    st.integers(0, 5),
)
def test_ranges_hold_or_are_refused(pairs: list[tuple[float, float]], seed: int):
    spans = [Span(min(p), max(p)) for p in pairs]
    possible = sum(s.low for s in spans) <= 1 <= sum(s.high for s in spans)
    if not possible:
        try:
            weight_space.within(spans, 10, rng(seed))
        except UsageError as error:
            assert "sum to" in str(error)
            return
        assert min(abs(sum(getattr(s, e) for s in spans) - 1) for e in ("low", "high")) < 1e-8
        return
    drawn = weight_space.within(spans, 50, rng(seed))
    assert drawn.shape == (50, len(spans))
    assert drawn.sum(axis=1) == pytest.approx(1)
    for k, span in enumerate(spans):
        assert (drawn[:, k] >= span.low - 1e-9).all()
        assert (drawn[:, k] <= span.high + 1e-9).all()


def test_ranges_that_cannot_be():
    with pytest.raises(UsageError, match=r"lower ends sum to 1\.2"):
        weight_space.within([Span(0.6, 0.7), Span(0.6, 0.7)], 5, rng())
    with pytest.raises(UsageError, match="under 1"):
        weight_space.within([Span(0.1, 0.2), Span(0.1, 0.3)], 5, rng())
    with pytest.raises(UsageError, match="lower end"):
        weight_space.within([Span(0.6, 0.2), Span(0.1, 0.9)], 5, rng())


def test_around_the_stated_weights():
    stated = np.array([0.5, 0.25, 0.25, 0.0])
    drawn = weight_space.around(stated, 0.2, COUNT, rng())
    assert drawn.mean(axis=0) == pytest.approx(stated, abs=0.003)
    # three weights count: a = 2 / 0.04 - 1 = 49, variance w (1 - w) / 50
    assert drawn[:, 0].std() == pytest.approx((0.25 / 50) ** 0.5, rel=0.02)
    assert (drawn[:, 3] == 0).all()
    average = weight_space.around(np.full(5, 0.2), 0.3, COUNT, rng())
    assert average.std(axis=0) / 0.2 == pytest.approx(0.3, rel=0.02)
    assert (weight_space.around(stated, 0.0, 3, rng()) == stated).all()
    wide = weight_space.around(stated, 2.0, 1000, rng())
    assert wide.sum(axis=1) == pytest.approx(1)
