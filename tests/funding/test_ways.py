"""The nearest way to money, held against deciding the whole call anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pilotscore.allocation.rank_order import allocate_in_order
from pilotscore.funding.counterfactual import improved
from pilotscore.funding.decision import decide
from pilotscore.funding.ways import grade_needed, nearest_place, turns_of_decision, way_up
from tests.funding.test_instance import asks, instance

__all__ = ["instance"]

ROWS = [(9, 60), (8, 60), (5, 40), (5, 25), (3, 30), (3, 80)]


def decided(instance, **changes):
    rows = [asks(amount, id=f"P-{k}", trl=trl) for k, (trl, amount) in enumerate(ROWS, start=1)]
    return decide(instance(rows, **{"budget": {"total": 110}, "line": {"miss": "skip"}, **changes}))


@pytest.mark.parametrize("changes", [{}, {"least_grade": "B"}, {"caps": {"m": {"title": "m", "by": "mode", "max_awards": 2}}}, {"grant": {}}])  # fmt: skip
def test_what_a_better_grade_brings_is_what_deciding_anew_gives(instance, changes):
    decision = decided(instance, **changes)
    turns = turns_of_decision(decision)
    known = 0
    for i in np.flatnonzero(decision.award() == 0).tolist():
        way = way_up(decision, turns, i)
        if way.award is None or way.guidance.nearest is None:
            continue
        anew = {step.path.grade: step.amount for step in improved(decision, i)}
        if way.guidance.nearest.grade in anew:
            assert anew[way.guidance.nearest.grade] == way.award
            known += 1
        if not way.award:
            assert way.refusals or way.lacking
    assert known


def test_the_place_to_be_reached_is_the_nearest_that_gives_money(instance):
    decision = decided(instance)
    problem, turns = decision.instance.problem, turns_of_decision(decision)
    for i in np.flatnonzero(decision.amount() == 0).tolist():
        past = nearest_place(decision, turns, i)
        own = int(problem.ranks[i])
        given = []
        for place in range(own):
            rest = [j for j in problem.order.tolist() if j != i]
            order = np.array([*rest[:place], i, *rest[place:]])
            again = allocate_in_order(replace(problem, order=order), "skip").allocation
            given.append(bool(again.choice[i] >= 0))
        nearest = max((p for p, got in enumerate(given) if got), default=None)
        assert past == (None if nearest is None else int(problem.order[nearest]))


def test_the_grade_that_is_needed_has_money(instance):
    decision = decided(instance, least_grade="A")
    low = next(i for i, r in enumerate(decision.instance.refusals) if r)
    assert grade_needed(decision.instance, low) == 0
    assert turns_of_decision(decided(instance, rule="portfolio")) is None
