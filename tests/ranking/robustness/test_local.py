"""How far weights move, and the least change that swaps two."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.index.aggregate import power_mean
from pilotscore.ranking.robustness.local import (
    firsts,
    linear_values,
    others_come_first,
    smallest_swap,
    stable_between,
)


def test_stable_between_by_hand():
    """x leads with w x 100 + (1 - w) x 0 against 40: as long as its weight is above 0.4."""
    values = np.array([[100.0, 0], [40, 40], [0, 30]])
    found = stable_between(np.array([0.6, 0.4]), 1, lambda w: w @ values.T, ("first", "second"))
    assert found[0].low == pytest.approx(0.4, abs=1e-9)
    assert found[0].high is None
    assert found[1].low is None
    assert found[1].high == pytest.approx(0.6, abs=1e-9)
    # among the first two nothing ever changes but where the third overtakes: 30 (1 - w) > 100 w
    two = stable_between(np.array([0.6, 0.4]), 2, lambda w: w @ values.T, ("a", "b"))
    assert two[0].low == pytest.approx(30 / 130, abs=1e-9)


@pytest.mark.slow
@settings(deadline=None)
@given(st.data())
def test_the_first_ones_are_others_where_putting_all_in_order_says_so(data):
    n = data.draw(st.integers(1, 6))
    levels = st.sampled_from([0.0, 1.0, 2.0, 50.0])
    keys = np.array(data.draw(st.lists(st.lists(levels, min_size=n, max_size=n), min_size=2)))
    now = firsts(keys[:1], data.draw(st.integers(1, n)))[0]
    wanted = [set(row) != set(now.tolist()) for row in firsts(keys, len(now)).tolist()]
    assert others_come_first(keys, now).tolist() == wanted


WEIGHTS = st.lists(st.floats(0.01, 1), min_size=2, max_size=6)


@pytest.mark.slow
@settings(deadline=None, max_examples=80)
@given(WEIGHTS, st.data())
def test_the_smallest_swap_is_that_of_the_linear_programme(weights, data):
    from scipy.optimize import linprog

    w = np.array(weights) / sum(weights)
    # tenths of a point: HiGHS takes a gap below 1e-7 for none, the closed form does not
    scores = st.lists(st.integers(0, 1000), min_size=len(w), max_size=len(w))
    x, y = (np.array(data.draw(scores)) / 10 for _ in range(2))
    ahead, behind = (x, y) if w @ x >= w @ y else (y, x)
    found = smallest_swap(w, ahead, behind)
    d = len(w)
    gap = ahead - behind
    # variables: w', and u >= |w' - w|
    solved = linprog(
        np.r_[np.zeros(d), np.ones(d)],
        A_ub=np.block(
            [
                [gap[None, :], np.zeros((1, d))],
                [np.eye(d), -np.eye(d)],
                [-np.eye(d), -np.eye(d)],
            ]
        ),
        b_ub=np.r_[0.0, w, -w],
        A_eq=np.r_[np.ones(d), np.zeros(d)][None, :],
        b_eq=[1.0],
        bounds=[(0, None)] * (2 * d),
    )
    if found is None:
        assert solved.status == 2 or (gap > -1e-6).all()
        return
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()
    assert gap @ found <= 1e-6
    assert np.abs(found - w).sum() == pytest.approx(solved.fun, abs=1e-5)


@pytest.mark.slow
@given(
    st.lists(st.lists(st.floats(0.5, 100), min_size=3, max_size=3), min_size=2, max_size=5),
    st.sampled_from([1.0, 0.5, 0.0, -1.0]),
)
def test_the_order_is_that_of_the_power_mean(rows, exponent):
    values, weights = np.array(rows), np.array([0.5, 0.3, 0.2])
    index = power_mean(values, weights, exponent)
    linear = linear_values(values, exponent) @ weights
    for i in range(len(rows)):
        for j in range(len(rows)):
            if index[i] > index[j] + 1e-6:
                assert linear[i] > linear[j]
