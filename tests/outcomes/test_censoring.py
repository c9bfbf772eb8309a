"""What is known at the end of a window."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.outcomes.censoring import known_by


@pytest.mark.parametrize(
    ("time", "happened", "means"),
    [
        (12, True, "success"),
        (36, True, "success"),
        (37, True, "failure"),  # too late
        (36, False, "failure"),
        (60, False, "failure"),
        (35, False, "open"),  # not yet
        (0, False, "open"),
        (np.nan, False, "open"),  # nothing was heard
        (np.nan, True, "open"),  # when is not known
    ],
)
def test_within_36_months(time: float, happened: bool, means: str):
    known = known_by(np.array([float(time)]), np.array([happened]), 36)
    assert {n for n in ("success", "failure", "open") if getattr(known, n)[0]} == {means}


@pytest.mark.slow
@given(st.lists(st.tuples(st.floats(0, 99), st.booleans()), max_size=20), st.floats(1, 50))
def test_a_longer_window_never_makes_a_failure_of_a_success(rows, window: float):
    time = np.array([r[0] for r in rows], dtype=float)
    happened = np.array([r[1] for r in rows], dtype=bool)
    short, long = known_by(time, happened, window), known_by(time, happened, window + 20)
    assert (long.success >= short.success).all()
    assert (long.settled <= short.settled).all()
    assert not (short.success & short.failure).any()
    assert (short.open ^ short.settled).all()


def test_an_end_for_good_is_a_failure_however_early():
    time, ended = np.array([3.0, np.nan, 3.0]), np.array([True, True, False])
    known = known_by(time, np.zeros(3, dtype=bool), 36, ended)
    assert known.failure.tolist() == [True, True, False]


def test_without_a_window_only_an_end_is_a_failure():
    time = np.array([np.nan, 999.0, 5.0])
    known = known_by(time, np.array([True, False, False]), ended=np.array([False, False, True]))
    assert known.success.tolist() == [True, False, False]
    assert known.failure.tolist() == [False, False, True]
    assert known.open.tolist() == [False, True, False]
