"""What a refusal is said to rest on, derived once more in plain loops that share nothing with the code."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.allocation.conflicts import InfeasibleError
from pilotscore.allocation.portfolio import allocate
from pilotscore.allocation.rank_order import allocate_in_order
from pilotscore.funding.grounds import grounds_by_order, grounds_of_portfolio
from tests.allocation.random_problems import BUDGET, problem, small_problems


def takes(p, offer: int, limit) -> int:
    """Return what an offer takes of a limit."""
    if not limit.members[p.owner[offer]]:
        return 0
    if limit.counts == "awards":
        return 1
    return int(sum(p.cost[offer])) if limit.stage is None else int(p.cost[offer][limit.stage])


def left_of(p, limit, given: dict[int, int]) -> int:
    return limit.most - sum(takes(p, offer, limit) for offer in given.values())


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(small_problems(), st.sampled_from(["skip", "stop"]), st.booleans())
def test_every_limit_that_stopped_a_result_at_its_turn_is_named_with_what_was_left(
    p, miss, partial
):
    try:
        listed = allocate_in_order(p, miss, partial=partial)
    except InfeasibleError:  # who must be funded cannot be
        return
    grounds = grounds_by_order(p, listed.allocation, listed.steps, miss, partial=partial)
    most = [limit for limit in p.limits if limit.most is not None]
    last = {step.result: number for number, step in enumerate(listed.steps)}
    for i, number in last.items():
        step = listed.steps[number]
        if step.offer >= 0 and not step.stopped_by:
            continue
        before = {s.result: s.offer for s in listed.steps[:number] if s.offer >= 0}
        mine = [o for o in range(len(p.owner)) if p.owner[o] == i]
        offer = mine[0] if step.offer >= 0 or not partial else mine[-1]
        short = {
            str(limit.id): (takes(p, offer, limit), left_of(p, limit, before))
            for limit in most
            if takes(p, offer, limit) > left_of(p, limit, before)
        }
        said = {str(s.constraint): (s.needs, s.left) for s in grounds[i].stops}
        assert short.items() <= said.items()
        closed = [s for s in grounds[i].stops if str(s.constraint) not in short]
        assert all(s.closed_by in before.keys() | last.keys() for s in closed)
        assert miss == "stop" or not closed
        for s in grounds[i].stops:
            assert s.enough - s.most == max(s.needs - s.left, 0)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(small_problems())
def test_under_the_portfolio_what_the_other_awards_leave_is_named(p):
    try:
        best = allocate(p)
    except InfeasibleError:
        return
    grounds = grounds_of_portfolio(p, best)
    for i, ground in enumerate(grounds):
        others = {j: int(o) for j, o in enumerate(best.choice) if o >= 0 and j != i}
        if ground.offer < 0:
            continue
        short = {
            str(limit.id): (takes(p, ground.offer, limit), left_of(p, limit, others))
            for limit in p.limits
            if limit.most is not None and takes(p, ground.offer, limit) > left_of(p, limit, others)
        }
        assert {str(s.constraint): (s.needs, s.left) for s in ground.stops} == short


def test_two_limits_at_once_are_both_named_and_a_closed_one_names_who_closed_it():
    case = problem([60, 60, 30], [3, 2, 1], 100)
    stop = allocate_in_order(case, "stop")
    grounds = grounds_by_order(case, stop.allocation, stop.steps, "stop", partial=False)
    assert [(s.constraint, s.needs, s.left, s.closed_by) for s in grounds[2].stops] == [
        (BUDGET, 30, 40, 1)
    ]
    staged = problem(np.array([[60, 10], [50, 50]]), [2, 1], [100, 50])
    listed = allocate_in_order(staged, "skip")
    both = grounds_by_order(staged, listed.allocation, listed.steps, "skip", partial=False)[1]
    assert [(s.needs, s.left, s.enough) for s in both.stops] == [(50, 40, 110), (50, 40, 60)]
    with pytest.raises(AttributeError):
        both.offer = 3
