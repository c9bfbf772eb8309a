"""Portfolios near the relaxation: within the gap that they claim, held against the whole programme."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.allocation.holding import total_value, violations
from pilotscore.allocation.milp import build
from pilotscore.allocation.near import Near, NotInFractionsError, near_of, relative_gap
from pilotscore.allocation.portfolio import nearly_best
from pilotscore.allocation.problem import Constraint, Limit
from tests.allocation.random_problems import brute, problem, small_problems


def near(p) -> Near | None:
    return near_of(p, build(p), time.monotonic() + 60)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(small_problems(), st.sampled_from([0.0, 0.03]))
def test_what_is_claimed_to_be_within_the_gap_is(p, gap):
    best = brute(p)
    found = nearly_best(p, gap=gap)
    if best is None:
        assert found is None
        return
    assert found is not None
    assert not violations(p, found.choice)
    assert found.value == pytest.approx(total_value(p, found.choice))
    assert found.value >= best * (1 - gap) - 1e-6
    assert found.bound >= best - 1e-6 * max(best, 1)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(small_problems())
def test_a_portfolio_that_is_known_is_never_made_worse(p):
    exact = nearly_best(p, gap=0.0)
    if exact is None:
        return
    again = nearly_best(p, gap=0.0, known=exact.choice)
    assert again is not None
    assert again.value == pytest.approx(exact.value)


def test_a_least_amount_that_rounding_down_misses_is_met():
    """Rounded down, the relaxation leaves the least amount open; the small programme meets it."""
    random = np.random.default_rng(3)
    n = 40
    costs, values = random.integers(20, 60, n), random.random(n) * 100
    members = np.arange(n) % 4 == 0
    least = Limit(Constraint("track", "0", "min"), members, least=150)
    p = problem(costs, values, 400)
    p = problem(costs, values, 400, limits=(*p.limits, least))
    found = near(p)
    assert found is not None
    candidate = found.search(0.02)
    assert candidate is not None
    assert candidate.choice is not None
    assert not violations(p, candidate.choice)
    assert relative_gap(candidate.value, candidate.bound) <= 0.02


def test_what_not_even_fractions_meet_is_told_at_once():
    members = np.array([True, False])
    least = Limit(Constraint("track", "0", "min"), members, least=50)
    p = problem([30, 30], [1, 1], 100)
    p = problem([30, 30], [1, 1], 100, limits=(*p.limits, least))
    with pytest.raises(NotInFractionsError):
        near(p)
    assert nearly_best(p) is None
