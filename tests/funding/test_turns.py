"""What a result would be given at another place, held against giving the money out anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.allocation.conflicts import InfeasibleError
from pilotscore.allocation.problem import Constraint, Exclusive
from pilotscore.allocation.rank_order import allocate_in_order
from pilotscore.funding.turns import offers_of_result, turns_of
from tests.allocation.random_problems import problem, small_problems


def moved(p, i: int, place: int):
    """Return a problem in which a result stands at a place of the order."""
    rest = [j for j in p.order.tolist() if j != i]
    return replace(p, order=np.array([*rest[:place], i, *rest[place:]], dtype=np.int64))


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(small_problems(), st.sampled_from(["skip", "stop"]), st.booleans())
def test_the_place_that_it_takes_is_that_of_giving_the_money_out_anew(p, miss, partial):
    p = replace(p, exclusive=(), dependencies=(), max_jump=None)
    try:
        listed = allocate_in_order(p, miss, partial=partial)
    except InfeasibleError:  # who must be funded cannot be
        return
    turns = turns_of(p, listed.steps, miss)
    assert turns is not None
    for i in np.flatnonzero((listed.allocation.choice < 0) & p.eligible).tolist():
        offers = offers_of_result(p, i, partial=partial)
        own = int(p.ranks[i])

        def given_at(place: int, i: int = i) -> tuple[int, ...] | None:
            again = allocate_in_order(moved(p, i, place), miss, partial=partial).allocation
            return tuple(p.cost[again.choice[i]].tolist()) if again.choice[i] >= 0 else None

        for place in range(own + 1):
            fits = turns.fitting(i, offers, place)
            assert (None if fits is None else fits.stages) == given_at(place)
        funded = [place for place in range(own) if given_at(place)]
        assert turns.nearest(i, offers) == max(funded, default=None)


def test_where_results_are_bound_to_each_other_nothing_is_told():
    together = Exclusive(Constraint("exclusion", "either"), (0, 1))
    case = problem([60, 60], [2, 1], 100, exclusive=(together,))
    assert turns_of(case, allocate_in_order(case, "skip").steps, "skip") is None
