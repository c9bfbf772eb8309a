"""The estimate by a printed table, by statsmodels, and what must hold of any."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from pilotscore.outcomes.kaplan_meier import kaplan_meier

# E. J. Freireich and others, Blood 21 (1963) 699-716: weeks of remission of 21 patients on 6-MP, and
# of 21 on placebo; the table as in E. A. Gehan, Biometrika 52 (1965), and in D. R. Cox, D. Oakes,
# Analysis of Survival Data, 1984. Below 0: still in remission then.
TREATED = [6, 6, 6, 7, 10, 13, 16, 22, 23, -6, -9, -10, -11, -17, -19, -20, -25, -32, -32, -34, -35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def followed(weeks: list[int]) -> tuple[np.ndarray, np.ndarray]:
    at = np.array(weeks, dtype=float)
    return abs(at), at > 0


def test_the_printed_table():
    found = kaplan_meier(*followed(TREATED))
    assert found.time.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert found.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert found.events.tolist() == [3, 1, 1, 1, 1, 1, 1]
    assert found.share.round(3).tolist() == [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert found.error.round(3).tolist() == [0.076, 0.087, 0.096, 0.107, 0.114, 0.128, 0.135]
    assert found.low.round(3).tolist()[0] == 0.620
    assert found.high.round(3).tolist()[0] == 0.952
    assert found.median == 23
    assert kaplan_meier(*followed(PLACEBO)).median == 8


times = st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=30)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(times)
def test_any_follow_up(rows: list[tuple[int, bool]]):
    time = np.array([r[0] for r in rows], dtype=float)
    happened = np.array([r[1] for r in rows])
    found = kaplan_meier(time, happened)
    assert (np.diff(found.share) < 0).all()
    inner = found.share > 0
    assert (found.low[inner] <= found.share[inner]).all()
    assert (found.share[inner] <= found.high[inner]).all()
    if happened.any():
        theirs = SurvfuncRight(time, happened.astype(int))
        assert found.share == pytest.approx(theirs.surv_prob)
        assert found.at_risk.tolist() == theirs.n_risk.tolist()
        assert found.error[inner] == pytest.approx(theirs.surv_prob_se[inner])


def test_not_yet_is_not_no():
    time = np.array([1.0, 2, 3, 4])
    happened = np.array([True, False, True, False])
    found = kaplan_meier(time, happened)
    # One of four, then one of the two that were still followed: not two of four.
    assert found.share.tolist() == [0.75, 0.375]
    assert found.after(0.5)[0] == 1
    assert np.isnan(found.after(0.5)[1:]).all()  # none so far is not never
    assert found.after(2)[0] == 0.75
    assert found.after(9)[0] == 0.375


def test_no_event_and_everybody():
    none = kaplan_meier(np.array([3.0, 5]), np.array([False, False]))
    assert len(none.share) == 0
    assert np.isnan(none.median)
    everyone = kaplan_meier(np.array([3.0, 5]), np.array([True, True]))
    assert everyone.share.tolist() == [0.5, 0]
    assert np.isnan(everyone.low[-1])
