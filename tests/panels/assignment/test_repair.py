"""The smallest changes are enough, and nothing smaller of their kind is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pilotscore.panels.assignment.assign import assign
from pilotscore.panels.assignment.problem import Problem
from pilotscore.panels.assignment.repair import Repair, repairs
from tests.panels.assignment.making import every, problem, random_problem


def applied(p: Problem, repair: Repair, conflicts: np.ndarray) -> Problem:
    by = np.zeros(max(p.experts, p.results), dtype=int)
    for n, count in repair.by.items():
        by[n] = count
    if repair.what == "loads":
        return replace(p, most=p.most + by[: p.experts])
    if repair.what == "least":
        return replace(p, least=p.least - by[: p.experts])
    if repair.what == "demand":
        return replace(p, demand=p.demand - by[: p.results])
    if repair.what == "conflicts":
        allowed = p.allowed.copy()
        for r, e in repair.pairs:
            allowed[r, e] = True
        return replace(p, allowed=allowed)
    raise AssertionError(repair.what)


IMPOSSIBLE = [s for s in range(120) if next(every(random_problem(s)), None) is None]


@pytest.mark.slow
@pytest.mark.parametrize("seed", IMPOSSIBLE[:25])
def test_each_change_is_enough(seed: int):
    p = random_problem(seed)
    conflicts = ~p.allowed
    for repair in repairs(p, conflicts):
        if repair.what in ("loads", "least", "demand", "conflicts"):
            assert assign(applied(p, repair, conflicts)) is not None, repair
            assert repair.places == sum(repair.by.values()) + len(repair.pairs)


@pytest.mark.slow
@pytest.mark.parametrize("seed", IMPOSSIBLE[:15])
def test_one_place_less_of_its_kind_is_not(seed: int):
    p = random_problem(seed)
    for repair in repairs(p, ~p.allowed):
        if repair.what == "loads":
            for e in repair.by:
                less = replace(repair, by={**repair.by, e: repair.by[e] - 1})
                assert assign(applied(p, less, ~p.allowed)) is None


def test_all_pairs_in_conflict():
    # 20 papers, 5 reviewers, loads 5 to 20, 3 each, all in conflict (openreview-matcher's test).
    p = problem(20, 5, 3, least=[5] * 5, most=[20] * 5, allowed=np.zeros((20, 5), dtype=bool))
    assert assign(p) is None
    (change,) = repairs(p, ~p.allowed)
    assert (change.what, change.places) == ("conflicts", 60)


def test_how_many_more_experts_of_which_group():
    p = problem(10, 4, 2, group=[0, 1, 1, 1], of_group=[1, 0], most=[4, 10, 10, 10])
    found = {r.what: r for r in repairs(p, ~p.allowed)}
    assert found["experts"].by == {0: 6}
    assert found["experts"].more == {0: 1}
    assert found["loads"].by == {0: 6}
    assert found["groups"].by == {0: 6}


def test_institutions_that_are_all_there_is():
    p = problem(3, 2, 2, unit=[0, 0], per_unit=1)
    found = {r.what: r for r in repairs(p, ~p.allowed)}
    assert found["units"].by == {0: 1, 1: 1, 2: 1}


def test_least_loads_that_cannot_be_met():
    p = problem(2, 3, 1, least=[1, 1, 1])
    found = {r.what: r for r in repairs(p, ~p.allowed)}
    assert found["least"].places == 1
