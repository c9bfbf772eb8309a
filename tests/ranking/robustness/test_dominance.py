from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pilotscore.ranking.robustness.dominance import dominated_by, pareto_front

VALUES = arrays(
    float,
    st.tuples(st.integers(1, 12), st.integers(1, 3)),
    elements=st.sampled_from([0.0, 1.0, 2.0, 3.0, np.nan]),
)


def test_by_hand():
    values = np.array([[3.0, 1], [2, 2], [2, 1], [1, 1], [3, 1]])
    by = dominated_by(values)
    assert {i: np.flatnonzero(by[i]).tolist() for i in range(5)} == {
        0: [], 1: [], 2: [0, 1, 4], 3: [0, 1, 2, 4], 4: [],
    }  # fmt: skip
    assert pareto_front(values).tolist() == [True, True, False, False, True]


@pytest.mark.slow
@given(VALUES)
def test_the_front_is_who_is_dominated_by_none(values):
    by = dominated_by(values)
    assert (pareto_front(values) == ~by.any(axis=1)).all()
    assert not (by & by.T).any()
    for i, j in np.argwhere(by).tolist():
        assert (by[j] <= by[i]).all()  # who dominates the one that dominates
