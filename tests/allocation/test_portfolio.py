"""The portfolio: published optima, brute force, and decisions that do not hang on the engine."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotscore.allocation.conflicts import InfeasibleError
from pilotscore.allocation.holding import stopped_by, too_far, violations
from pilotscore.allocation.portfolio import allocate, nearly_best
from pilotscore.allocation.problem import MAX_JUMP, Constraint, Exclusive, Limit
from pilotscore.allocation.symmetry import exchange
from tests.allocation.random_problems import (
    BUDGET,
    brute,
    everything,
    holds,
    problem,
    small_problems,
)

# OR-Library, mknap1, first problem (Petersen 1967): optimum 3800.
MKNAP1 = (
    [100, 600, 1200, 2400, 500, 2000],
    """8 12 13 64 22 41|8 12 13 75 22 41|3 6 4 18 6 4|5 10 8 32 6 12|5 13 8 42 6 20|5 13 8 48 6 20
    |0 0 0 0 8 0|3 0 4 0 8 0|3 2 4 0 8 4|3 2 4 8 8 4""",
    [80, 96, 20, 36, 44, 48, 10, 18, 22, 24],
)
# Knapsacks of Florida State University (people.sc.fsu.edu/~jburkardt, KNAPSACK_01): P01, P07, P08.
FSU = {
    "P01": (
        165,
        [23, 31, 29, 44, 53, 38, 63, 85, 89, 82],
        [92, 57, 49, 68, 60, 43, 67, 84, 87, 72],
        309,
    ),
    "P07": (
        750,
        [70, 73, 77, 80, 82, 87, 90, 94, 98, 106, 110, 113, 115, 118, 120],
        [135, 139, 149, 150, 156, 163, 173, 184, 192, 201, 210, 214, 221, 229, 240],
        1458,
    ),
    "P08": (
        6404180,
        [382745, 799601, 909247, 729069, 467902, 44328, 34610, 698150, 823460, 903959, 853665,
         551830, 610856, 670702, 488960, 951111, 323046, 446298, 931161, 31385, 496951, 264724,
         224916, 169684],
        [825594, 1677009, 1676628, 1523970, 943972, 97426, 69666, 1296457, 1679693, 1902996,
         1844992, 1049289, 1252836, 1319836, 953277, 2067538, 675367, 853655, 1826027, 65731,
         901489, 577243, 466257, 369261],
        13549094,
    ),
    # OR-Tools' example of a knapsack (developers.google.com/optimization/pack/knapsack).
    "OR-Tools": (
        850,
        [7, 0, 30, 22, 80, 94, 11, 81, 70, 64, 59, 18, 0, 36, 3, 8, 15, 42, 9, 0, 42, 47, 52, 32,
         26, 48, 55, 6, 29, 84, 2, 4, 18, 56, 7, 29, 93, 44, 71, 3, 86, 66, 31, 65, 0, 79, 20, 65,
         52, 13],
        [360, 83, 59, 130, 431, 67, 230, 52, 93, 125, 670, 892, 600, 38, 48, 147, 78, 256, 63, 17,
         120, 164, 432, 35, 92, 110, 22, 42, 50, 323, 514, 28, 87, 73, 78, 15, 26, 78, 210, 36, 85,
         189, 274, 43, 33, 10, 19, 389, 276, 312],
        7534,
    ),
}  # fmt: skip


@pytest.mark.parametrize("engine", ["auto", "prices"])
def test_or_library_mknap1(engine):
    values, rows, most = MKNAP1
    costs = np.array([row.split() for row in rows.split("|")], dtype=int).T
    p = problem(costs, values, most)
    found = allocate(p, engine=engine)
    assert found.value == 3800
    assert (found.choice >= 0).tolist() == [False, True, True, False, False, True]
    assert found.bound >= 3800


@pytest.mark.parametrize("name", FSU)
def test_published_knapsacks(name):
    most, costs, values, best = FSU[name]
    found = allocate(problem(costs, values, most))
    assert found.value == best
    assert found.proved
    assert found.bound == pytest.approx(best)


def test_large_sums_of_money_hold_to_the_fen():
    """Costs that share no divisor, of 10^12 fen, and a budget one fen short of the three best."""
    costs = [1_000_000_000_003, 999_999_999_989, 1_000_000_000_039, 7]
    p = problem(costs, [10, 10, 10, 1], sum(costs[:3]) - 1)
    found = allocate(p)
    assert found.value == 21
    assert not violations(p, found.choice)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(small_problems())
def test_brute_force_agrees(p):
    best = brute(p)
    if best is None:
        with pytest.raises(InfeasibleError):
            allocate(p)
        return
    found = allocate(p)
    assert found.value == pytest.approx(best, abs=1e-9)
    assert holds(p, found.choice)
    assert found.proved
    assert found.bound >= best - 1e-9


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(small_problems())
def test_the_exact_check_agrees_with_loops_over_results(p):
    for k, choice in enumerate(everything(p)):
        if k % 7 == 0:
            assert holds(p, choice) == (not violations(p, choice))


@pytest.mark.slow
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(small_problems())
def test_prices_give_a_bound_and_never_a_portfolio_that_does_not_hold(p):
    best = brute(p)
    if best is None:
        return
    found = allocate(p, engine="prices")
    assert found.bound >= best - 1e-6
    if (found.choice >= 0).any():
        assert holds(p, found.choice)
        assert found.value <= best + 1e-9


def test_of_equal_portfolios_the_best_ranked_is_taken():
    p = problem([5, 5, 5, 5], [1, 1, 1, 1], 10, scores=[1, 4, 2, 3])
    assert np.flatnonzero(allocate(p).choice >= 0).tolist() == [1, 3]


def test_the_order_of_the_offers_does_not_decide():
    rng = np.random.default_rng(1)
    costs, scores = rng.integers(1, 5, 40), rng.permutation(40).astype(float)
    values = rng.integers(1, 4, 40)
    funded = allocate(problem(costs, values, 30, scores=scores)).choice >= 0
    turned = rng.permutation(40)
    again = allocate(problem(costs[turned], values[turned], 30, scores=scores[turned])).choice >= 0
    assert (funded[turned] == again).all()


def test_like_results_are_funded_in_the_order_of_rank_at_any_size():
    rng = np.random.default_rng(2)
    n = 900
    kinds = rng.integers(0, 5, n)
    scores = rng.uniform(0, 100, n)
    costs = (kinds + 3) * 1000
    p = problem(costs, scores * costs, int(costs.sum() * 0.3), scores=scores, tracks=kinds)
    found = allocate(p)
    for kind in range(5):
        of = np.flatnonzero(kinds == kind)
        of = of[np.argsort(-scores[of])]
        funded = found.choice[of] >= 0
        assert (np.diff(funded.astype(int)) <= 0).all()


def test_what_stopped_a_result_is_said():
    members = np.array([True, True, True, False, False])
    p = problem([5, 5, 5, 5, 90], [20, 8, 7, 6, 5], 60)
    cap = Limit(Constraint("cap", "a", "max_awards"), members, "awards", most=2)
    apart = Exclusive(Constraint("exclusion", "1"), (0, 3))
    p = dataclasses.replace(p, limits=(*p.limits, cap), exclusive=(apart,))
    assert allocate(p).binding == ((), (), (cap.id,), (apart.id,), (BUDGET,))


def test_nothing_to_allocate():
    p = problem([5, 5], [1, 2], 0)
    found = allocate(p)
    assert found.value == 0
    assert found.proved
    none = dataclasses.replace(p, eligible=np.zeros(2, dtype=bool))
    assert (allocate(none).choice == -1).all()


def test_the_engine_is_named_with_its_version_and_gap():
    engine = allocate(problem([5, 5], [1, 2], 5)).engine
    assert engine.startswith("portfolio: HiGHS 1.")
    assert "gap" in engine


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small_problems(), st.integers(0, 10**6))
def test_the_order_of_rows_never_matters(p, seed):
    """Whatever the solver, the gap and the rule: rows in another order fund the same results."""
    rng = np.random.default_rng(seed)
    place = rng.permutation(len(p))  # the result at each new place
    new = np.argsort(place)
    offers = np.argsort(new[p.owner], kind="stable")
    shuffled = dataclasses.replace(
        p,
        order=new[p.order],
        eligible=p.eligible[place],
        required=p.required[place],
        tracks=p.tracks[place],
        owner=new[p.owner][offers],
        level=p.level[offers],
        cost=p.cost[offers],
        value=p.value[offers],
        score=p.score[place],
        limits=tuple(dataclasses.replace(x, members=x.members[place]) for x in p.limits),
        exclusive=tuple(
            dataclasses.replace(x, members=tuple(int(new[i]) for i in x.members))
            for x in p.exclusive
        ),
        dependencies=tuple(
            dataclasses.replace(x, result=int(new[x.result]), needs=int(new[x.needs]))
            for x in p.dependencies
        ),
    )

    def levels(problem, found):
        return [-1 if o < 0 else int(problem.level[o]) for o in found.choice]

    one, other = nearly_best(p, gap=0.3), nearly_best(shuffled, gap=0.3)
    assert (one is None) == (other is None)
    if one is None:
        return
    assert [levels(p, one)[i] for i in place] == levels(shuffled, other)
    one, other = allocate(p), allocate(shuffled)
    assert [levels(p, one)[i] for i in place] == levels(shuffled, other)
    assert [one.binding[i] for i in place] == list(other.binding)


def test_nobody_to_be_funded_is_an_allocation_of_nothing():
    p = problem([], [], 100)
    for found in (allocate(p), nearly_best(p)):
        assert found.choice.tolist() == []
    nothing = dataclasses.replace(
        problem([5, 5], [1, 1], 10), owner=np.zeros(0, dtype=np.int64), level=np.zeros(0, dtype=np.int64),
        cost=np.zeros((0, 1), dtype=np.int64), value=np.zeros(0),
    )  # fmt: skip
    for found in (allocate(nothing), nearly_best(nothing)):
        assert found.choice.tolist() == [-1, -1]
        assert violations(nothing, found.choice) == {}


@pytest.mark.slow
def test_like_results_of_a_thousand_institutes_are_told_apart_without_a_table_of_all():
    n = 4_000
    group = np.arange(n) % 1_000
    caps = tuple(
        Limit(Constraint("cap", str(g)), group == g, "awards", most=2) for g in range(1_000)
    )
    p = problem(np.full(n, 10), np.ones(n), 20_000, limits=())
    p = dataclasses.replace(p, limits=caps)
    worst = np.full(n, -1)
    worst[2_000:] = np.arange(2_000, n)  # of each institute the two that rank lowest
    assert exchange(p, worst)[:2_000].tolist() == list(range(2_000))
    assert (exchange(p, worst)[2_000:] == -1).all()


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(small_problems(), st.integers(0, 4))
def test_who_is_said_to_be_stopped_by_the_bound_of_jumps_is(p, jump):
    p = dataclasses.replace(p, max_jump=float(jump), exclusive=(), dependencies=(), limits=())
    p = dataclasses.replace(p, required=np.zeros(len(p), dtype=bool))
    for choice in list(everything(p))[:40]:
        if not holds(p, choice):
            continue
        stops = stopped_by(p, choice)
        for i in np.flatnonzero((choice < 0) & p.eligible):
            own = np.flatnonzero(p.owner == i)
            tried = choice.copy()
            tried[i] = own[-1]
            assert (stops[i] == (MAX_JUMP,)) == (i in too_far(p, tried))
