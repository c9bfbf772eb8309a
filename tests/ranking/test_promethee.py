"""PROMETHEE II by sorting gives what comparing each with each gives."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from pilotscore.ranking.promethee import Preference, flows, preferred_to

KINDS = ["usual", "u_shape", "v_shape", "level", "linear", "gaussian"]
tables = hnp.arrays(
    float,
    hnp.array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=12),
    elements=st.integers(0, 20).map(lambda k: k * 5.0),
)


def by_pairs(matrix: np.ndarray, weights: np.ndarray, function: Preference) -> np.ndarray:
    apart = matrix[:, None, :] - matrix[None, :, :]
    pairs = function.of(apart) @ (weights / weights.sum())
    return (pairs.sum(axis=1) - pairs.sum(axis=0)) / (len(matrix) - 1)


@pytest.mark.slow
@given(tables, st.sampled_from(KINDS), st.integers(0, 4), st.integers(0, 4))
@settings(deadline=None)
def test_sorting_gives_what_pairs_give(matrix: np.ndarray, kind: str, q: int, more: int):
    function = Preference(kind, q * 5.0, (q + more) * 5.0, 15.0)
    weights = np.arange(1.0, matrix.shape[1] + 1)
    found = np.subtract(*flows(matrix, weights, function))
    assert found == pytest.approx(by_pairs(matrix, weights, function), abs=1e-12)
    assert found.sum() == pytest.approx(0, abs=1e-9)
    assert (abs(found) <= 1 + 1e-12).all()


@pytest.mark.slow
@given(tables, st.sampled_from(KINDS), st.floats(-50, 50))
@settings(deadline=None)
def test_only_differences_count(matrix: np.ndarray, kind: str, shift: float):
    weights = np.ones(matrix.shape[1])
    function = Preference(kind, 5, 20, 10)
    moved = np.subtract(*flows(matrix + shift, weights, function))
    assert moved == pytest.approx(np.subtract(*flows(matrix, weights, function)), abs=1e-6)


def test_a_threshold_is_met_whatever_the_last_bit():
    """0.3 - 0.1 is more than 0.2 in binary."""
    values = np.array([0.1, 0.3])
    assert preferred_to(values, Preference("u_shape", q=0.2)).tolist() == [0, 0]


@pytest.mark.parametrize("kind", KINDS)
def test_all_alike_have_no_flow(kind: str):
    leaving, entering = flows(np.full((5, 2), 7.0), np.ones(2), Preference(kind))
    assert not leaving.any()
    assert not entering.any()


def test_what_does_not_go_together():
    with pytest.raises(ValueError, match="less than q"):
        Preference("linear", q=5, p=2)
    with pytest.raises(ValueError, match="at least two"):
        flows(np.zeros((1, 2)), np.ones(2), Preference())


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["linear", "gaussian"])
def test_memory_does_not_grow_with_the_square(kind: str):
    n = 3000 if kind == "gaussian" else 20000
    values = np.random.default_rng(1).random((n, 2)) * 100
    tracemalloc.start()
    flows(values, np.ones(2), Preference(kind))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 0.7 * 8 * n * n
    if kind == "linear":
        assert peak < 200 * n
