from fractions import Fraction

import numpy as np
import pytest
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


# Six evaluators by eight results: approvals, costs, budget, and what pabutools 1.2.3 funds
# (method_of_equal_shares) where results count, and where money counts.
SOLVED = [
    (
        "00101110 00011010 11111001 01101001 01011111 11000110",
        [984, 385, 931, 612, 734, 273, 612, 812], 2671, [1, 4, 5, 6], [1, 4, 5, 6],
    ),
    (
        "01010010 01110000 01101010 00000000 01010101 00010111",
        [155, 942, 491, 62, 256, 836, 788, 290], 1910, [2, 3, 7], [1, 3, 7],
    ),
    (
        "01100101 00111111 10101001 11011000 01101101 01100101",
        [694, 789, 771, 234, 395, 493, 522, 91], 1994, [3, 4, 5, 7], [2, 3, 4, 7],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("approvals", "costs", "budget", "results", "money"), SOLVED)
def test_cases_solved_with_pabutools(approvals, costs, budget, results, money):
    approved = np.array([[int(x) for x in row] for row in approvals.split()])
    found = [equal_shares(u, np.array(costs), budget) for u in (approved, approved * costs)]
    assert [sorted(one.funded) for one in found] == [results, money]


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
