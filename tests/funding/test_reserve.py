from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.allocation.problem import Allocation, Constraint, Dependency, Exclusive
from pilotscore.allocation.walk import room_of, walk
from pilotscore.funding.reserve import Shortage, reserve_list
from tests.allocation.problems import BUDGET, problem, use_of

EITHER, NEEDS = Constraint("exclusion", "either"), Constraint("dependency", "3")


def down_the_order(case, at_miss="skip"):
    able = case.eligible[None]
    choice = walk(room_of(case), case.order[None], able, case.required, at_miss)[0]
    n = len(case)
    return Allocation(choice, 0.0, float("nan"), False, float("nan"), ((),) * n, "rank order")


def test_who_is_next_and_what_moves_it_up():
    """By hand: 100 for 50, 30, (40), 15, (60); 5 are left."""
    case = problem([50, 30, 40, 15, 60], 100)
    made = down_the_order(case)
    assert made.choice.tolist() == [0, 1, -1, 3, -1]
    next_one, last = reserve_list(case, made)
    assert (next_one.result, next_one.offer) == (2, 2)
    assert next_one.stopped_by == (Shortage(BUDGET, 40, 5),)
    assert next_one.stopped_by[0].short == 35
    assert next_one.moved_up_by == (0,)  # 5 + 50; 5 + 30 is not enough
    assert next_one.first_for == (0,)
    assert next_one.together == ()
    # The last has no single dropout that helps; 15 and 30 free 45, with 5 left it is 50: not 60.
    assert last.moved_up_by == ()
    assert last.together == (3, 0)


def test_a_dropout_goes_to_the_first_that_fits():
    case = problem([50, 30, 60, 20, 25], 80)
    made = down_the_order(case)
    assert made.choice.tolist() == [0, 1, -1, -1, -1]
    sixty, twenty, twenty_five = reserve_list(case, made)
    assert sixty.moved_up_by == ()
    assert sixty.together == (1, 0)
    assert twenty.moved_up_by == twenty.first_for == (0, 1)
    assert twenty_five.moved_up_by == (0, 1)
    assert twenty_five.first_for == ()
    assert len(reserve_list(case, made, most=2)) == 2


def test_the_limit_that_stops_it_is_named():
    """A track's quota stops the third although the budget would pay it."""
    case = problem([40, 20, 30], 200, tracks=[0, 1, 0], quotas=[(0, 50)])
    (entry,) = reserve_list(case, down_the_order(case))
    assert entry.stopped_by == (Shortage(Constraint("track", "0", "max"), 30, 10),)
    assert entry.moved_up_by == (0,)


def test_what_could_be_funded_now_takes_the_money_first():
    case = problem([90, 40, 10], 130, eligible=np.array([True, True, True]))
    made = down_the_order(replace(case, eligible=np.array([True, False, True])))
    first, *rest = reserve_list(case, made)
    assert (first.result, first.stopped_by, first.moved_up_by) == (
        1,
        (Shortage(BUDGET, 40, 30),),
        (0, 2),
    )
    assert rest == []
    stopped = down_the_order(problem([90, 140, 10], 130), "stop")
    could = reserve_list(problem([90, 140, 10], 130), stopped)[1]
    assert (could.result, could.stopped_by, could.blocked) == (2, (), ())
    assert could.moved_up_by == ()


def test_exclusions_and_dependencies():
    case = replace(
        problem([10, 10, 10, 10], 100),
        exclusive=(Exclusive(EITHER, (0, 1)),),
        dependencies=(Dependency(NEEDS, 3, 1), Dependency(Constraint("dependency", "2"), 2, 0)),
    )
    made = replace(down_the_order(case), choice=np.array([0, -1, 2, -1]))
    second, fourth = reserve_list(case, made)
    assert (second.result, second.blocked, second.moved_up_by) == (1, (EITHER,), (0,))
    assert (fourth.result, fourth.blocked, fourth.moved_up_by) == (3, (NEEDS,), ())
    assert fourth.together == ()


def test_who_depends_on_a_dropout_drops_out_too():
    """By hand: the second needs the first; together they free the 20 that the third asks."""
    case = replace(problem([10, 10, 20], 20), dependencies=(Dependency(NEEDS, 1, 0),))
    (entry,) = reserve_list(case, down_the_order(case))
    assert entry.moved_up_by == (0,)


def test_not_eligible_is_not_on_the_list():
    case = problem([10, 10, 10], 10, eligible=np.array([True, False, True]))
    assert [e.result for e in reserve_list(case, down_the_order(case))] == [2]


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6))
def test_what_the_list_says_comes_true(seed):
    """Whoever drops out: the money goes to the one that the list calls first, and it suffices."""
    rng = np.random.default_rng(seed)
    costs = rng.integers(1, 50, 9)
    case = problem(
        costs,
        int(costs.sum() // 2),
        tracks=rng.integers(0, 2, 9),
        quotas=[(0, int(costs.sum() // 4))],
    )
    made = down_the_order(case)
    entries = reserve_list(case, made)
    use, most = use_of(case)
    funded = np.flatnonzero(made.choice >= 0)
    assert sorted([*funded, *(e.result for e in entries)]) == list(range(9))
    spent = use[funded].sum(axis=0)
    for out in funded.tolist():
        left = most - spent + use[out]
        served = [e.result for e in entries if (use[e.result] <= left).all()]
        told = [e.result for e in entries if out in e.first_for]
        assert told == served[:1]
        assert [e.result for e in entries if out in e.moved_up_by] == served
    for entry in entries:
        assert entry.stopped_by
        if entry.together:
            freed = use[list(entry.together)].sum(axis=0)
            assert (use[entry.result] <= most - spent + freed).all()
            assert len(entry.together) > 1


def test_a_long_list_takes_no_time():
    rng = np.random.default_rng(0)
    costs = rng.integers(10**6, 10**8, 2_000)
    case = problem(costs, int(costs.sum() * 0.15))
    entries = reserve_list(case, down_the_order(case), most=50)
    assert len(entries) == 50
    assert entries[0].stopped_by[0].short == pytest.approx(
        costs[entries[0].result] - entries[0].stopped_by[0].left
    )
