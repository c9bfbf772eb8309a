"""Chances that never fall, by scikit-learn's, with ties and weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression

from pilotscore.outcomes.isotonic import isotonic, pooled, read_off


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.booleans(), st.integers(1, 4)), min_size=1, max_size=40
    )
)
def test_any_outcomes(rows: list[tuple[int, bool, int]]):
    score, outcome, weight = (np.array(x, dtype=float) for x in zip(*rows, strict=True))
    curve = isotonic(score, outcome, weight)
    theirs = IsotonicRegression().fit(score, outcome, sample_weight=weight)
    assert read_off(curve, score) == pytest.approx(theirs.predict(score))
    assert (np.diff(curve[1]) >= 0).all()
    # What is fitted has the mean of what came.
    assert weight @ read_off(curve, score) == pytest.approx(weight @ outcome)


def test_violators_are_pooled():
    assert pooled(np.array([1.0, 3, 2, 4]), np.array([1.0, 1, 3, 1])).tolist() == [1, 2.25, 2.25, 4]


def test_it_says_nothing_beyond_its_ends():
    curve = isotonic(np.array([40.0, 60, 80]), np.array([0, 1.0, 1]))
    assert read_off(curve, np.array([0, 50, 100.0])).tolist() == [0, 0.5, 1]
