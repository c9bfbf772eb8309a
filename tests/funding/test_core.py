from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.allocation.problem import Allocation
from pilotscore.funding.core import (
    CoreIndex,
    Standing,
    core_index,
    non_dominated,
    price_portfolios,
)
from tests.allocation.problems import problem

# FSU data sets for the knapsack problem: P01 (optimum 309) and P07 (1458).
P01 = (
    165,
    [23, 31, 29, 44, 53, 38, 63, 85, 89, 82],
    [92, 57, 49, 68, 60, 43, 67, 84, 87, 72],
    309,
)
P07 = (
    750,
    [70, 73, 77, 80, 82, 87, 90, 94, 98, 106, 110, 113, 115, 118, 120],
    [135, 139, 149, 150, 156, 163, 173, 184, 192, 201, 210, 214, 221, 229, 240],
    1458,
)


def exactly(case):
    """Return the best portfolio of full grants under the budget, by trying them all."""
    n, cost = len(case), case.total_cost
    sets = (np.arange(1 << n)[:, None] >> np.arange(n)) & 1 == 1
    fits = sets[np.where(sets, cost, 0).sum(axis=1) <= case.limits[0].most]
    best = fits[(fits @ case.value).argmax()]
    choice = np.where(best, np.arange(n), -1)
    return Allocation(choice, float(best @ case.value), 0.0, True, 0.0, ("",) * n, "enumeration")


def test_good_portfolios_by_hand():
    """A is best for both weights, B for the one, C for the other; D is worse than each."""
    worth = np.array([[3.0, 2.0, 1.0, 0.5], [3.0, 1.0, 2.0, 0.5]])
    portfolios, good = non_dominated(worth, worth, np.ones(4, dtype=np.int64), 2)
    assert {tuple(p.astype(int)) for p in portfolios[good]} == {(1, 1, 0, 0), (1, 0, 1, 0)}
    assert portfolios[good].mean(axis=0).tolist() == [1.0, 0.5, 0.5, 0.0]
    # If D may be worth as much as 1.5, neither B nor C is better for sure, and A and D are good too.
    low, high = worth.copy(), worth.copy()
    low[:, 3], high[:, 3] = 0.0, 1.5
    _, wider = non_dominated(low, high, np.ones(4, dtype=np.int64), 2)
    assert {tuple(p.astype(int)) for p in portfolios[wider]} == {
        (1, 1, 0, 0), (1, 0, 1, 0), (1, 0, 0, 1),
    }  # fmt: skip


def test_too_many_to_list():
    with pytest.raises(ValueError, match="at most"):
        non_dominated(np.ones((1, 20)), np.ones((1, 20)), np.ones(20, dtype=np.int64), 3)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_scenarios_agree_with_the_full_list(seed):
    """The best portfolio of a scenario is a good one: core has index 1, exterior 0."""
    rng = np.random.default_rng(seed)
    extreme = rng.uniform(0.1, 10, (2, 7))
    costs = rng.integers(1, 30, 7)
    case = problem(costs, int(costs.sum() // 2))
    portfolios, good = non_dominated(extreme, extreme, costs, case.limits[0].most)
    share = portfolios[good].mean(axis=0)
    weights = rng.dirichlet([1, 1], 15)
    found = core_index(case, [weights[:5] @ extreme, weights[5:] @ extreme], exactly)
    assert found.scenarios == 15
    assert (found.index[share == 1] == 1).all()
    assert (found.index[share == 0] == 0).all()
    listed = {p.tobytes() for p in portfolios[good]}
    for row in weights @ extreme:
        assert (exactly(replace(case, value=row)).choice >= 0).tobytes() in listed


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.floats(0.05, 0.45))
def test_to_know_more_keeps_core_and_exterior(seed, cut):
    """Narrower weights leave fewer good portfolios (Liesiö, Mild, Salo 2007)."""
    rng = np.random.default_rng(seed)
    extreme = rng.uniform(0.1, 10, (2, 7))
    costs = rng.integers(1, 30, 7)
    narrower = np.array([[1 - cut, cut], [cut, 1 - cut]]) @ extreme
    portfolios, wide = non_dominated(extreme, extreme, costs, int(costs.sum() // 2))
    _, narrow = non_dominated(narrower, narrower, costs, int(costs.sum() // 2))
    assert not (narrow & ~wide).any()
    before, after = (portfolios[good].mean(axis=0) for good in (wide, narrow))
    assert (after[before == 1] == 1).all()
    assert (after[before == 0] == 0).all()


@pytest.mark.parametrize(("capacity", "costs", "worth", "optimum"), [P01, P07])
def test_prices_come_near_the_published_optima(capacity, costs, worth, optimum):
    case = problem(costs, capacity)
    assert exactly(replace(case, value=np.array(worth, dtype=float))).value == optimum
    chosen = price_portfolios(case, np.array([worth], dtype=float))[0] >= 0
    value = int(np.where(chosen, worth, 0).sum())
    assert optimum - max(worth) <= value <= optimum
    assert np.where(chosen, costs, 0).sum() <= capacity


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_the_loss_of_prices_is_at_most_one_result(seed):
    rng = np.random.default_rng(seed)
    costs = rng.integers(1, 50, 8)
    values = rng.integers(1, 6, (4, 8)) * costs * 1.0  # many ties of value per fen
    case = problem(costs, int(costs.sum() * rng.uniform(0.1, 1.2)))
    chosen = price_portfolios(case, values) >= 0
    assert (np.where(chosen, costs, 0).sum(axis=1) <= case.limits[0].most).all()
    for row, made in zip(values, chosen, strict=True):
        assert row[made].sum() >= exactly(replace(case, value=row)).value - row.max() - 1e-9


def test_levels_required_and_not_eligible():
    """By hand: the required third is paid first; the first has to do with its cheaper level."""
    case = problem([10, 10, 10], 10)
    case = replace(
        case,
        owner=np.array([0, 0, 1, 2]),
        level=np.array([0, 1, 0, 0]),
        cost=np.array([[10], [4], [3], [6]]),
        eligible=np.array([True, False, True]),
        required=np.array([False, False, True]),
        value=np.zeros(4),
    )
    found = price_portfolios(case, np.array([[20.0, 11.0, 99.0, 0.5]]))
    assert found.tolist() == [[1, -1, 3]]


def test_standings():
    found = CoreIndex(np.array([100, 96, 50, 5, 0]), 100)
    assert found.standing().tolist() == [1, 1, 0, -1, -1]
    assert found.standing(1.0, 0.0).tolist() == [1, 0, 0, 0, -1]
    assert Standing(int(found.standing()[0])) is Standing.CORE
    with pytest.raises(ValueError, match="borderline"):
        found.standing(0.1, 0.9)


def test_what_prices_cannot_heed_is_refused():
    quotas = problem([1, 1], 2, tracks=[0, 1], quotas=[(0, 1)])
    with pytest.raises(ValueError, match="single budget"):
        core_index(quotas, [np.ones((1, 2))])
    with pytest.raises(ValueError, match="no scenario"):
        core_index(problem([1], 1), [])
