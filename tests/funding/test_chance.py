from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from pilotscore.allocation.problem import Allocation, Constraint, Exclusive, Limit
from pilotscore.allocation.walk import room_of, walk
from pilotscore.funding.chance import (
    Chances,
    FromScores,
    Zone,
    chances,
    order_after_draw,
    rank_orders,
    zones,
)
from tests.allocation.problems import problem, use_of


def drawn(scores, chunk=None):
    scores = np.asarray(scores, dtype=float)
    chunk = chunk or len(scores)
    for start in range(0, len(scores), chunk):
        part = scores[start : start + chunk]
        yield part, np.zeros(part.shape, dtype=np.int64)


def plainly(case, order, at_miss="skip", levels=None):
    """Go down one order in plain Python, as a yardstick of the array code."""
    left = {c: limit.most for c, limit in enumerate(case.limits)}
    closed, choice = set(), [-1] * len(case)
    use, _ = use_of(case)

    def uses(offer):
        return {c: int(use[offer, c]) for c in left if use[offer, c]}

    ahead = [i for i in order if case.required[i]]
    for i in [*ahead, *(i for i in order if not case.required[i])]:
        stopped = set()
        offers = [k for k in range(len(case.owner)) if case.owner[k] == i]
        for rank, offer in enumerate(offers if levels is None else offers[: len(levels)]):
            asked = uses(offer)
            over = {c for c, amount in asked.items() if amount > left[c] or c in closed}
            if case.required[i] or (case.eligible[i] and not over):
                choice[i] = offer
                for c, amount in asked.items():
                    left[c] -= amount
                break
            stopped |= over if rank == 0 else set()
        if case.eligible[i] and not case.required[i] and at_miss == "stop":
            closed |= stopped  # a lesser offer at the line closes it too
    return choice


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["skip", "stop"]), st.booleans())
def test_many_orders_at_once_as_one_by_one(seed, at_miss, all_levels):
    rng = np.random.default_rng(seed)
    n = 9
    base = problem(
        rng.integers(0, 60, n), 150, tracks=rng.integers(0, 3, n), quotas=[(0, 50), (1, 90)]
    )
    counted = Limit(Constraint("cap", "count"), rng.random(n) < 0.7, "awards", most=3)
    part = rng.integers(0, 30, (2 * n, 2))
    staged = Limit(Constraint("stage", "2", "amount"), np.ones(n, dtype=bool), most=90, stage=1)
    case = replace(
        base,
        owner=np.repeat(np.arange(n), 2),
        cost=part,
        value=np.ones(2 * n),
        level=np.tile([0, 1], n),
        limits=(*base.limits, counted, staged),
        eligible=rng.random(n) < 0.9,
        required=np.arange(n) == 4,
    )
    orders = np.stack([rng.permutation(n) for _ in range(5)])
    levels = None if all_levels else (0,)
    able = np.broadcast_to(case.eligible, orders.shape)
    found = walk(room_of(case), orders, able, case.required, at_miss, levels)
    assert found.tolist() == [plainly(case, o.tolist(), at_miss, levels) for o in orders]


def test_two_results_and_money_for_one():
    """P(A above B) for normal scores: the distribution function of the difference over its deviation."""
    rng = np.random.default_rng(1)
    scores = rng.normal([60.0, 57.0], [4.0, 3.0], (40_000, 2))
    found = chances(problem([100, 100], 100), drawn(scores, 7_000))
    assert found.draws == 40_000
    assert found.chance[0] == pytest.approx(norm.cdf(3 / 5), abs=4 * found.error[0])
    assert found.funded.sum() == 40_000
    assert found.error[0] == pytest.approx((0.7257 * 0.2743 / 40_000) ** 0.5, rel=0.01)


def test_the_line_is_money_and_not_a_number():
    """The dearer of two equals is passed over where it does not fit."""
    case = problem([60, 60, 30], 100)
    scores = np.array([[9.0, 8.0, 7.0], [8.0, 9.0, 7.0]])
    assert chances(case, drawn(scores)).chance.tolist() == [0.5, 0.5, 1.0]
    assert chances(case, drawn(scores), at_miss="stop").chance.tolist() == [0.5, 0.5, 0.0]


def test_grade_goes_before_score_and_ties_keep_the_order():
    case = problem([1, 1, 1, 1], 2, score=[4, 3, 2, 1])
    scores = np.array([[50.0, 60.0, 50.0, np.nan]])
    grades = np.array([[0, 1, 0, -1]])
    assert rank_orders(case, scores, grades).tolist() == [[0, 2, 1, 3]]
    swapped = replace(case, order=np.array([2, 0, 1, 3]))
    assert rank_orders(swapped, scores, grades).tolist() == [[2, 0, 1, 3]]


def test_eligibility_by_draw_and_by_problem():
    case = replace(problem([1, 1, 1], 3), eligible=np.array([True, True, False]))
    scores = np.array([[70.0, 50.0, 90.0], [70.0, 65.0, 90.0]])
    found = chances(case, drawn(scores), FromScores(eligible=lambda s, _: s >= 60))
    assert found.chance.tolist() == [1.0, 0.5, 0.0]


def test_an_order_of_the_calls_own_and_draws_without_a_score():
    case = problem([1, 1, 1], 1)
    scores = np.array([[3.0, 2.0, 1.0], [np.nan, 2.0, 3.0]])
    lowest_first = chances(
        case, drawn(scores), FromScores(order=lambda s, _: np.argsort(s, axis=1))
    )
    assert lowest_first.chance.tolist() == [0.0, 0.5, 0.5]
    plenty = chances(problem([1, 1, 1], 3), drawn(scores))
    assert plenty.chance.tolist() == [0.5, 1.0, 1.0]


def test_required_ones_are_paid_first():
    case = replace(problem([6, 6], 10), required=np.array([False, True]))
    assert chances(case, drawn([[9.0, np.nan]])).chance.tolist() == [0.0, 1.0]


def test_another_rule_may_be_passed_in():
    case = replace(
        problem([1, 1, 1], 3), exclusive=(Exclusive(Constraint("exclusion", "either"), (0, 1)),)
    )
    scores = np.array([[3.0, 2.0, 1.0], [2.0, 3.0, 1.0], [3.0, 2.0, 1.0], [3.0, 2.0, 1.0]])
    with pytest.raises(ValueError, match="rule"):
        chances(case, drawn(scores))

    def best_alone(drawn_case):
        choice = np.full(3, -1)
        choice[drawn_case.order[0]] = drawn_case.order[0]
        assert drawn_case.score[drawn_case.order[0]] == 3.0
        assert drawn_case.value[drawn_case.order[0]] == 30.0
        return Allocation(choice, 0.0, 0.0, False, 0.0, ("",) * 3, "test")

    found = chances(case, drawn(scores), FromScores(value=lambda s, _: 10 * s), allocate=best_alone)
    assert found.chance.tolist() == [0.75, 0.25, 0.0]


def test_without_a_draw_there_is_no_chance():
    with pytest.raises(ValueError, match="no draw"):
        chances(problem([1], 1), iter(()))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 7), st.floats(0, 30))
def test_more_points_never_lower_the_chance_where_costs_are_equal(seed, places, lift):
    """One budget and equal costs alone: with unequal costs a better place may fit worse."""
    rng = np.random.default_rng(seed)
    case = problem([10] * 8, 10 * places)
    scores = rng.normal(50, 5, (50, 8))
    better = scores.copy()
    better[:, 3] += lift
    before, after = (chances(case, drawn(s)).chance for s in (scores, better))
    assert after[3] >= before[3]
    assert (np.delete(after, 3) <= np.delete(before, 3)).all()


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_never_more_than_the_budget_and_more_money_helps_all_where_costs_are_equal(seed):
    rng = np.random.default_rng(seed)
    costs = rng.integers(1, 10**9, 8)
    case = problem(costs, int(costs.sum() // 3))
    scores = rng.normal(50, 5, (20, 8))
    choice = walk(
        room_of(case), rank_orders(case, scores), np.ones((20, 8), dtype=bool), case.required
    )
    spent = np.where(choice >= 0, costs, 0).sum(axis=1)
    assert (spent <= costs.sum() // 3).all()
    equal = [chances(problem([5] * 8, m), drawn(scores)).chance for m in (15, 20)]
    assert (equal[1] >= equal[0]).all()


def test_zones_between_two_stated_chances():
    found = Chances(np.array([1000, 960, 940, 500, 60, 40, 0]), np.zeros(7, dtype=np.int64), 1000)
    made = zones(found, 0.95, 0.05)
    assert made.zone.tolist() == [1, 1, 0, 0, 0, -1, -1]
    assert made.unsettled.tolist() == [False, True, True, False, True, True, False]
    for sure, out in ((0.05, 0.95), (1.1, 0.5), (0.5, 0.5)):
        with pytest.raises(ValueError, match="bound no zone"):
            zones(found, sure, out)


def test_a_hair_moves_nobody_far():
    """The chance changes with the scores without a jump, unlike a rule by intervals of ranks."""
    rng = np.random.default_rng(3)
    scores = rng.normal(np.linspace(60, 40, 15), 5.0, (4_000, 15))
    case = problem([10] * 15, 50)
    before = chances(case, drawn(scores)).chance
    scores[:, 6] += 0.05
    after = chances(case, drawn(scores)).chance
    assert 0 < after[6] - before[6] < 0.01


def test_the_order_after_a_draw():
    order, zone = np.array([3, 1, 0, 2, 4]), np.array([0, 1, 0, 1, -1], dtype=np.int8)
    assert Zone(int(zone[4])) is Zone.OUT
    assert order_after_draw(order, zone, np.array([2, 0])).tolist() == [3, 1, 2, 0, 4]
    with pytest.raises(ValueError, match="discussion"):
        order_after_draw(order, zone, np.array([2, 4]))
