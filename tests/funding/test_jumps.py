"""Who is passed over: under rank order by rank, under the portfolio by points."""

from __future__ import annotations

import numpy as np
import pytest

from pilotscore.allocation.rank_order import allocate_in_order
from pilotscore.funding.at_the_line import AtTheLine
from pilotscore.funding.decision import FundingStatus, decide
from pilotscore.funding.grounds import grounds_by_order
from pilotscore.funding.jumps import jumps
from tests.allocation.random_problems import BUDGET, problem
from tests.funding.test_at_the_line import LINE, drawn
from tests.funding.test_instance import asks, instance

__all__ = ["instance"]


def by_rank(case, miss="skip", **other):
    listed = allocate_in_order(case, miss)
    grounds = grounds_by_order(case, listed.allocation, listed.steps, miss, partial=False)
    return jumps(case, listed.allocation, "rank", grounds=grounds, **other)


def test_one_that_has_more_points_and_a_lower_grade_is_passed_over_by_nobody():
    # In the order of grade: the last has the most points.
    case = problem([60, 40, 30], [1, 1, 1], 100, scores=[70, 60, 90], order=np.array([0, 1, 2]))
    assert by_rank(case) == ()
    case = problem([60, 50, 30], [1, 1, 1], 100, scores=[70, 60, 90], order=np.array([0, 1, 2]))
    (jump,) = by_rank(case)
    assert (jump.result, jump.lowest, jump.places, jump.points) == (1, 2, 1, -30.0)
    assert (jump.stopped_by, jump.cause) == ((BUDGET,), "limit")


def test_equal_results_pass_over_nobody_and_neither_do_the_undecided():
    case = problem([60, 50, 30], [1, 1, 1], 100)
    assert by_rank(case, standing=np.array([0, 1, 1])) == ()
    assert by_rank(case, undecided=np.array([False, False, True])) == ()
    assert by_rank(case, undecided=np.array([False, True, False])) == ()


def test_a_jump_over_a_closed_line_says_so():
    tracks = np.array([0, 1, 0, 1])
    case = problem([60, 60, 30, 20], [1, 1, 1, 1], 100, tracks=tracks)
    found = by_rank(case, "stop")
    assert found == ()  # a closed line lets nobody pass
    listed = allocate_in_order(case, "stop")
    assert listed.allocation.choice.tolist() == [0, -1, -1, -1]


@pytest.mark.slow
def test_who_waits_for_the_office_is_not_called_funded(instance):
    rows = [asks(50, id="P-1", trl=9), asks(60, id="P-2", trl=8), asks(50, id="P-3", trl=7)]
    found = instance(rows, budget={"total": 100}, line=LINE)
    funded = decide(found, drawn(found, [[90, 80, 70], [90, 60, 70], [90, 65, 60]]))
    assert isinstance(funded.line, AtTheLine)
    for jump in funded.jumps["rank_order"]:
        assert funded.statuses[jump.lowest] is FundingStatus.FUND
        assert funded.statuses[jump.result] not in (FundingStatus.DISCUSS, FundingStatus.DRAW)
