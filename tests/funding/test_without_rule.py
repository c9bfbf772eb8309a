"""The portfolio without each rule: as solved one by one, with fewer solves where rules are slack."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from pilotscore.allocation.portfolio import nearly_best
from pilotscore.allocation.problem import Constraint, Limit
from pilotscore.funding.without_rule import portfolios_without, rules_of, without
from tests.allocation.random_problems import brute, problem, small_problems


def exact(p):
    return nearly_best(p, gap=0.0)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(small_problems())
def test_each_is_what_the_problem_without_the_rule_gives(p):
    given_by = portfolios_without(p, exact)
    assert list(given_by) != [] or rules_of(p) == []
    for rule in rules_of(p):
        best, found = brute(without(p, rule)), given_by[rule]
        assert (best is None) == (found is None)
        if found is not None:
            assert found.value == pytest.approx(best, abs=1e-6)
            assert found.bound >= best - 1e-6 * max(best, 1)


def limited(*mosts: int):
    """Eight results of 10 under a budget of 45; of the first k at most so much."""
    p = problem([10] * 8, np.arange(8, 0, -1.0), 45)
    limits = [
        Limit(Constraint("track", str(k), "max"), np.arange(8) <= k, most=most)
        for k, most in enumerate(mosts)
    ]
    return problem([10] * 8, np.arange(8, 0, -1.0), 45, limits=(*p.limits, *limits))


@pytest.mark.parametrize(
    ("mosts", "solves"),
    [((100, 100, 100, 100, 100), 1), ((100, 100, 100, 100, 20), 2), ((100,), 1), ((), 0)],
)
def test_rules_that_do_not_bind_are_answered_together(mosts: tuple[int, ...], solves: int):
    p, asked = limited(*mosts), []

    def counted(changed):
        asked.append(changed)
        return exact(changed)

    given_by = portfolios_without(p, counted)
    assert set(given_by) == set(rules_of(p))
    assert len(asked) == solves


def test_a_rule_without_a_price_that_binds_whole_awards_is_told_from_the_others():
    """Fractions fill the budget whatever the cap; whole awards are worth more without it."""
    costs, values = [6, 6, 5, 5], [6.0, 6.0, 5.0, 5.0]
    p = problem(costs, values, 12)
    caps = [
        Limit(Constraint("cap", "a", "max"), np.array([True, True, False, False]), most=6),
        Limit(Constraint("cap", "b", "max"), np.ones(4, dtype=bool), most=100),
        Limit(Constraint("cap", "c", "max"), np.array([False, False, True, True]), most=100),
    ]
    p = problem(costs, values, 12, limits=(*p.limits, *caps))
    worth = {rule.name: found.value for rule, found in portfolios_without(p, exact).items()}
    assert worth == pytest.approx({"a": 12.0, "b": 11.0, "c": 11.0})
