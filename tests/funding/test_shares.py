from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.funding.shares import equal_shares

COSTS = np.array([50, 45, 40, 30])
# Six evaluators approve A and B, four others C and D.
APPROVED = np.array([[1, 1, 0, 0]] * 6 + [[0, 0, 1, 1]] * 4)


def test_a_minority_that_agrees_gets_its_share():
    """Solved with pabutools (utility is cost): equal shares funds A and C, greedy A and B."""
    found = equal_shares(APPROVED * COSTS, COSTS, 100)
    assert found.funded == (0, 2)
    assert found.left == 10
    assert found.rates == (Fraction(1, 6), Fraction(1, 4))
    votes = (APPROVED.sum(axis=0)).tolist()
    assert sorted(range(4), key=lambda i: -votes[i])[:2] == [0, 1]


def test_counting_results_the_cheaper_ones_are_bought():
    """By hand: rates 50/6, 45/6, 40/4, 30/4; B and D at 7.5, then nobody can pay the others."""
    found = equal_shares(APPROVED, COSTS, 100)
    assert found.funded == (1, 3)
    assert found.rates == (Fraction(15, 2), Fraction(15, 2))


def test_who_has_too_little_pays_all_of_it():
    """By hand: the first buys A alone for 5; then B's 12 is 5 from the first and 7 from the second."""
    utilities = np.array([[2, 1], [0, 1]])
    found = equal_shares(utilities, np.array([5, 12]), 20)
    assert found.funded == (0, 1)
    assert found.rates == (Fraction(5, 2), Fraction(7))
    assert found.left == 3


def test_nobody_values_anything():
    assert equal_shares(np.zeros((2, 2), dtype=np.int64), np.array([1, 1]), 10).funded == ()
    assert equal_shares(np.zeros((0, 2), dtype=np.int64), np.array([1, 1]), 10).left == 10


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 6), st.integers(1, 7))
def test_axioms(seed, voters, n):
    rng = np.random.default_rng(seed)
    utilities = rng.integers(0, 4, (voters, n))
    costs = rng.integers(1, 10**6, n)
    budget = int(rng.integers(0, costs.sum() + 1))
    found = equal_shares(utilities, costs, budget)
    assert int(costs[list(found.funded)].sum()) + found.left == budget
    assert found.left >= 0
    assert len(set(found.funded)) == len(found.funded)
    assert list(found.rates) == sorted(found.rates)
    assert all(utilities[:, i].any() for i in found.funded)
    # Those who alone could pay for a result that only they value have something funded.
    for i in range(n):
        friends = np.flatnonzero(utilities[:, i])
        if len(friends) and Fraction(budget, voters) * len(friends) >= int(costs[i]):
            assert any(utilities[friends][:, j].any() for j in found.funded)


def test_the_order_of_evaluators_never_matters():
    shuffled = APPROVED[[9, 0, 5, 1, 8, 2, 7, 3, 6, 4]] * COSTS
    assert equal_shares(shuffled, COSTS, 100) == equal_shares(APPROVED * COSTS, COSTS, 100)
