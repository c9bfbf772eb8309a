"""Newton's logistic regression by statsmodels; separation is told, not fitted."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.outcomes.logistic import chance_of, deviance, logistic


@pytest.mark.parametrize("seed", range(4))
def test_coefficients_and_errors_are_those_of_statsmodels(seed: int):
    random = np.random.default_rng(seed)
    columns = sm.add_constant(random.normal(0, 2, (120, 2)))
    offset = random.normal(0, 1, 120)
    event = random.random(120) < chance_of(columns @ [-0.5, 0.7, -0.2] + offset)
    ours = logistic(columns, event, offset)
    theirs = sm.GLM(event, columns, sm.families.Binomial(), offset=offset).fit()
    assert ours.coefficients == pytest.approx(theirs.params, abs=1e-6)
    assert ours.error == pytest.approx(theirs.bse, abs=1e-5)
    assert not ours.separated


@pytest.mark.parametrize(
    ("score", "event"),
    [
        ([1, 2, 3, 4], [0, 0, 1, 1]),  # completely
        ([1, 2, 2, 3], [0, 0, 1, 1]),  # but for a tie
        ([1, 2, 3, 4], [1, 1, 1, 1]),  # there was no failure
        ([50, 60, 70, 80, 90], [0, 0, 0, 0, 1]),
    ],
)
def test_separation_has_no_estimate(score: list[float], event: list[int]):
    columns = np.column_stack([np.ones(len(score)), score])
    fit = logistic(columns, np.array(event, dtype=bool))
    assert fit.separated
    assert np.isnan(fit.coefficients).all()
    assert np.isnan(fit.error).all()


def test_columns_that_say_the_same_are_no_separation():
    random = np.random.default_rng(0)
    one = random.normal(0, 1, 40)
    fit = logistic(np.column_stack([one, 2 * one]), random.random(40) < 0.5)
    assert not fit.separated
    assert np.isnan(fit.coefficients).all()


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=3, max_size=25))
def test_any_outcomes_have_the_greatest_likelihood_or_none(rows: list[tuple[int, bool]]):
    score = np.array([r[0] for r in rows], dtype=float)
    event = np.array([r[1] for r in rows])
    columns = np.column_stack([np.ones(len(rows)), score])
    fit = logistic(columns, event)
    if np.isnan(fit.coefficients).any():
        yes, no = score[event], score[~event]
        apart = not len(yes) or not len(no) or yes.min() >= no.max() or no.min() >= yes.max()
        assert apart or np.ptp(score) == 0
        return
    at = fit.coefficients
    best = deviance(columns @ at, event)
    for step in (1e-3, -1e-3):
        for move in np.eye(2) * step:
            assert deviance(columns @ (at + move), event) >= best - 1e-9


def test_chances_do_not_overflow():
    assert chance_of(np.array([-1e4, 0.0, 1e4])).tolist() == [0, 0.5, 1]
