from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.allocation.conflicts import InfeasibleError
from pilotscore.allocation.holding import used, violations
from pilotscore.allocation.portfolio import allocate
from pilotscore.allocation.problem import Constraint, Dependency, Exclusive, Limit
from pilotscore.allocation.rank_order import allocate_in_order
from pilotscore.allocation.walk import room_of, walk
from pilotscore.funding.jumps import jumps
from pilotscore.funding.reserve import reserve_list
from tests.allocation.random_problems import BUDGET, brute, problem

ONLY_WITH, ONE_OF = Constraint("dependency", "0"), Constraint("exclusion", "x")
QUOTA = Constraint("track", "t", "min")


def funded(found) -> list[int]:
    return np.flatnonzero(found.allocation.choice >= 0).tolist()


def test_stop_ends_where_the_money_does_and_skip_goes_on():
    case = problem([60, 60, 30], [3, 2, 1], 100)
    assert funded(allocate_in_order(case, "stop")) == [0]
    assert funded(allocate_in_order(case, "skip")) == [0, 2]
    assert allocate_in_order(case, "stop").allocation.binding == ((), (BUDGET,), (BUDGET,))


def test_every_step_is_logged_with_what_is_left():
    steps = allocate_in_order(problem([60, 60, 30], [3, 2, 1], 100), "skip").steps
    assert [(s.result, s.offer, s.stopped_by, s.left) for s in steps] == [
        (0, 0, (), 40), (1, -1, (BUDGET,), 40), (2, 2, (), 10)
    ]  # fmt: skip


def test_a_lesser_level_at_the_line_is_the_last_award_under_stop():
    case = replace(
        problem([60, 60, 30, 10], [4, 3, 2, 1], 100),
        owner=np.array([0, 1, 1, 2, 3]), level=np.array([0, 0, 1, 0, 0]),
        cost=np.array([[60], [60], [20], [30], [10]]), value=np.ones(5),
    )  # fmt: skip
    assert funded(allocate_in_order(case, "stop", partial=True)) == [0, 1]
    assert allocate_in_order(case, "stop", partial=True).allocation.choice[1] == 2
    assert funded(allocate_in_order(case, "stop")) == [0]


def quota(members, least):
    return Limit(QUOTA, np.array(members, dtype=bool), least=least)


def test_quotas_come_first_and_what_they_do_not_reach_is_told():
    case = problem([50, 50, 50], [3, 2, 1], 100)
    served = replace(case, limits=(*case.limits, quota([0, 0, 1], 40)))
    assert funded(allocate_in_order(served)) == [0, 2]
    assert allocate_in_order(served).steps[0].quota == QUOTA
    far = replace(case, limits=(*case.limits, quota([0, 0, 1], 90)))
    unmet = allocate_in_order(far).unmet
    assert [(u.constraint, u.least, u.reached) for u in unmet] == [(QUOTA, 90, 50)]


def test_a_result_waits_for_the_one_it_needs_and_exclusions_take_the_better():
    case = problem([10, 10, 10], [3, 2, 1], 100)
    waits = replace(case, dependencies=(Dependency(ONLY_WITH, 0, 2),))
    found = allocate_in_order(waits)
    assert funded(found) == [0, 1, 2]
    assert [s.result for s in found.steps] == [0, 1, 2, 0]
    only = replace(case, exclusive=(Exclusive(ONE_OF, (0, 1)),))
    assert funded(allocate_in_order(only)) == [0, 2]
    assert allocate_in_order(only).allocation.binding[1] == (ONE_OF,)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["skip", "stop"]), st.booleans())
def test_under_greatest_amounts_alone_it_is_the_walk(seed, miss, partial):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 9))
    case = problem(rng.integers(1, 60, n), np.ones(n), 120)
    count = Limit(Constraint("cap", "count"), rng.random(n) < 0.7, "awards", most=2)
    half = np.maximum(case.cost // 2, 1)
    case = replace(
        case, limits=(*case.limits, count), eligible=rng.random(n) < 0.8,
        owner=np.repeat(np.arange(n), 2), level=np.tile([0, 1], n),
        cost=np.stack([case.cost, half], axis=1).reshape(-1, 1), value=np.ones(2 * n),
        order=rng.permutation(n),
    )  # fmt: skip
    levels = None if partial else (0,)
    walked = walk(room_of(case), case.order[None], case.eligible[None], case.required, miss, levels)
    assert (
        allocate_in_order(case, miss, partial=partial).allocation.choice.tolist()
        == walked[0].tolist()
    )


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["skip", "stop"]))
def test_no_limit_is_broken_and_only_least_amounts_may_stay_unmet(seed, miss):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 10))
    case = problem(rng.integers(1, 60, n), np.ones(n), 120)
    members = rng.random(n) < 0.5
    case = replace(
        case,
        limits=(*case.limits, quota(members, int(rng.integers(1, 80)))),
        exclusive=(Exclusive(ONE_OF, (0, 1)),),
        dependencies=(Dependency(ONLY_WITH, int(rng.integers(0, n)), int(rng.integers(0, n))),),
    )
    found = allocate_in_order(case, miss)
    broken = violations(case, found.allocation.choice)
    assert set(broken) <= {u.constraint for u in found.unmet}
    for limit in case.limits:
        assert limit.most is None or used(case, limit, found.allocation.choice) <= limit.most


def test_a_better_score_never_loses_money_under_skip_with_one_budget_and_equal_sums():
    for n in range(2, 7):
        case = problem([10] * n, np.ones(n), 10 * (n // 2))
        for i in range(n):
            up = replace(case, order=np.array([i, *(j for j in case.order if j != i)]))
            assert allocate_in_order(up).allocation.choice[i] >= 0


def test_score_weighted_money_agrees_with_rank_order_where_all_fits():
    """FUNDING.md: under score-weighted money strict rank order loses nothing."""
    rng = np.random.default_rng(1)
    score = np.sort(rng.uniform(40, 95, 60))[::-1]
    cost = np.full(60, 7)
    case = problem(cost, (score - 40) * cost, 210, scores=score)
    best = allocate(case)
    assert best.value == pytest.approx(allocate_in_order(case).allocation.value)
    assert jumps(case, best) == ()


def test_jumps_are_listed_within_a_track_with_the_constraint():
    case = problem([60, 30, 30], [1, 1, 1], 60, scores=[90, 80, 50])
    best = allocate(case)
    assert np.flatnonzero(best.choice >= 0).tolist() == [1, 2]
    found = jumps(case, best)
    assert [(j.result, j.lowest, j.points, j.count, j.stopped_by) for j in found] == [
        (0, 2, 40.0, 2, (BUDGET,))
    ]
    apart = replace(case, tracks=np.array([0, 1, 1]))
    assert jumps(apart, best) == ()


def levelled(costs, most, **changes):
    """Return a problem in which each result may have all or half."""
    case = problem(costs, np.ones(len(costs)), most)
    both = np.stack([case.cost, case.cost // 2], axis=1).reshape(-1, 1)
    n = len(costs)
    return replace(
        case,
        owner=np.repeat(np.arange(n), 2),
        level=np.tile([0, 1], n),
        cost=both,
        value=np.ones(2 * n),
        **changes,
    )


def test_those_that_must_be_funded_take_the_fullest_that_fits_the_better_first():
    case = levelled([60, 60, 10], 100, required=np.array([True, True, False]))
    found = allocate_in_order(case, "skip")
    assert found.allocation.choice.tolist() == [0, 3, 4]
    assert [s.phase for s in found.steps[:2]] == ["required", "required"]
    assert found.steps[1].stopped_by == (BUDGET,)
    roomy = allocate_in_order(replace(case, limits=levelled([60, 60, 10], 200).limits))
    assert roomy.allocation.choice.tolist() == [0, 2, 4]


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["skip", "stop"]), st.booleans())
def test_no_greatest_amount_is_broken_for_those_that_must_be_funded(seed, miss, partial):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(2, 7))
    case = levelled(
        rng.integers(2, 60, n), int(rng.integers(20, 120)), required=rng.random(n) < 0.5
    )
    few = Limit(Constraint("cap", "few"), rng.random(n) < 0.5, most=int(rng.integers(10, 60)))
    case = replace(
        case,
        limits=(*case.limits, few),
        dependencies=(Dependency(ONLY_WITH, int(rng.integers(0, n)), int(rng.integers(0, n))),),
    )
    try:
        found = allocate_in_order(case, miss, partial=partial)
    except InfeasibleError:
        assert brute(case) is None
        return
    assert violations(case, found.allocation.choice) == {}


def test_who_needs_another_is_not_served_for_a_quota_that_is_not_its_own():
    case = problem([30, 30, 30, 30], [4, 3, 2, 1], 90)
    one = Limit(
        Constraint("track", "a", "min_awards"),
        np.array([0, 0, 0, 1], dtype=bool),
        "awards",
        least=1,
    )
    case = replace(case, limits=(*case.limits, one), dependencies=(Dependency(ONLY_WITH, 2, 3),))
    found = allocate_in_order(case, "skip")
    assert funded(found) == [0, 1, 3]
    assert [s.quota for s in found.steps if s.result == 2] == [None]


def test_who_needs_one_that_may_not_be_funded_is_told_so():
    case = problem([10, 10], [2, 1], 100)
    case = replace(
        case, eligible=np.array([True, False]), dependencies=(Dependency(ONLY_WITH, 0, 1),)
    )
    found = allocate_in_order(case)
    assert funded(found) == []
    assert found.allocation.binding == ((ONLY_WITH,), ())
    assert reserve_list(case, found.allocation) == ()


@pytest.mark.slow
def test_ten_thousand_results_with_a_cap_for_each_of_a_thousand_institutes():
    rng = np.random.default_rng(0)
    n, groups = 10_000, rng.integers(0, 1_000, 10_000)
    case = problem(rng.integers(1, 60, n), np.ones(n), 60_000)
    caps = tuple(
        Limit(Constraint("cap", str(g), "max"), groups == g, most=80) for g in range(1_000)
    )
    case = replace(case, limits=(*case.limits, *caps))
    assert room_of(case).columns.shape == (n + 1, 2)
    found = allocate_in_order(case, "skip")
    assert violations(case, found.allocation.choice) == {}
    given = found.allocation.choice >= 0
    spent = np.bincount(groups, weights=np.where(given, case.cost[:, 0], 0))
    left = 80 - spent[groups[~given]]
    assert (case.cost[~given, 0] > left).all() or spent.sum() + case.cost[~given, 0].min() > 60_000
