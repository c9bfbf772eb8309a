"""From draws of scores to a decision at the line: chances, zones, a draw by lot, money."""

from dataclasses import replace

import numpy as np
import pytest

from pilotscore.allocation.walk import room_of, walk
from pilotscore.funding.chance import Zone, chances, order_after_draw, zones
from pilotscore.funding.lottery import draw, key_of
from tests.allocation.problems import problem

IDS = [f"P-{i}" for i in range(1, 21)]
COSTS = np.random.default_rng(7).integers(10_000_01, 99_999_99, 20)
MEANS = np.linspace(80, 45, 20)


def decide(value, rows=slice(None)):
    """Return which ids are funded, and the fen spent, after a draw with a public value."""
    places = np.arange(20)[rows]
    ids, costs, means = [IDS[i] for i in places], COSTS[places], MEANS[places]
    case = problem(costs, int(COSTS.sum() // 2), score=means)
    noise = np.random.default_rng(3).normal(0, 5, (2_000, 20))[:, places]
    found = zones(chances(case, [(means + noise, np.zeros((2_000, 20), dtype=np.int64))]))
    pool = [ids[i] for i in np.flatnonzero(found.zone == Zone.DISCUSSION)]
    drawn = draw(pool, key_of([value])).order
    order = order_after_draw(case.order, found.zone, np.array([ids.index(name) for name in drawn]))
    case = replace(case, order=order)
    choice = walk(room_of(case), order[None], case.eligible[None], case.required)[0]
    paid = {ids[i]: int(costs[i]) for i in np.flatnonzero(choice >= 0)}
    return paid, found, case


def test_the_same_public_value_gives_the_same_awards_whatever_the_order_of_rows():
    paid, found, _ = decide("3456.78")
    again, _, _ = decide("3456.780", slice(None, None, -1))
    assert paid == again
    assert (found.zone == Zone.DISCUSSION).sum() >= 4
    other = [decide(str(value))[0] for value in range(5)]
    assert len({tuple(sorted(p)) for p in other}) > 1


@pytest.mark.slow
def test_money_suffices_and_the_sure_ones_are_funded_whatever_the_lot():
    for value in range(20):
        paid, found, case = decide(str(value))
        assert sum(paid.values()) <= case.limits[0].most
        sure = {IDS[i] for i in np.flatnonzero(found.zone == Zone.SURE)}
        assert sure <= set(paid)
