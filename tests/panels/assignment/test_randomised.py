"""Assignments that are drawn: each pair has its probability, and all that is asked holds."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pilotscore.errors import UsageError
from pilotscore.panels.assignment.assign import assign
from pilotscore.panels.assignment.problem import Problem
from pilotscore.panels.assignment.randomised import assign_by_chance, drawn
from pilotscore.panels.assignment.reasons import shortage
from pilotscore.panels.assignment.repair import repairs
from tests.panels.assignment.making import keeps, problem

# Six results, eight experts: two groups, in each of them an institution with three experts.
GROUPS = np.array([0, 0, 0, 0, 1, 1, 1, 1])
UNITS = np.array([0, 0, 0, 1, 2, 2, 2, -1])


def nested(seed: int, cap: float) -> Problem:
    random = np.random.default_rng(seed)
    allowed = random.random((6, 8)) > 0.05
    return problem(
        6,
        8,
        3,
        group=GROUPS,
        of_group=np.array([1, 1]),
        unit=UNITS,
        per_unit=2,
        most=np.full(8, 3),
        least=np.array([1, 0, 0, 1, 0, 0, 0, 0]),
        allowed=allowed,
        affinity=np.round(random.random((6, 8)), 2),
        cap=cap,
    )


@pytest.mark.slow
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.integers(0, 10_000), st.sampled_from([0.4, 0.5, 0.7, 0.95]))
def test_whatever_is_drawn_keeps_all_that_is_asked(seed: int, cap: float):
    p = nested(seed, cap)
    found = assign_by_chance(p, seed=seed)
    assume(found is not None)
    assert found is not None
    assert found.chance is not None
    assert keeps(p, found.chosen)
    assert found.chance.max() <= cap + 1e-9
    assert found.chance.sum(axis=1) == pytest.approx(p.demand)
    assert not (found.chosen & (found.chance == 0)).any()
    assert found.worst >= p.affinity[found.chance > 0].min()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_each_pair_has_its_probability(seed: int):
    p = nested(seed, 0.5)
    found = assign_by_chance(p)
    assert found is not None
    assert found.chance is not None
    random, draws = np.random.default_rng(1), 1_000
    total = np.zeros(p.allowed.shape)
    for _ in range(draws):
        chosen = drawn(p, found.chance, random)
        assert keeps(p, chosen)
        total += chosen
    error = np.sqrt(found.chance * (1 - found.chance) / draws)
    assert (np.abs(total / draws - found.chance) <= 4.5 * error + 1e-9).all()


def test_without_groups_and_institutions_each_expert_of_a_result_is_as_likely():
    p = problem(4, 4, 2, most=np.full(4, 2), cap=0.5)
    found = assign_by_chance(p)
    assert found is not None
    assert found.chance == pytest.approx(np.full((4, 4), 0.5))
    assert (found.chosen.sum(axis=0) == 2).all()
    assert (found.chosen.sum(axis=1) == 2).all()


def test_a_higher_cap_suits_no_worse():
    def expected(cap: float) -> float:
        p = replace(nested(3, cap), allowed=np.ones((6, 8), dtype=bool))
        found = assign_by_chance(p)
        assert found is not None
        assert found.chance is not None
        return float(p.affinity[found.chance > 0].min())

    assert all(a <= b for a, b in pairwise(expected(cap) for cap in (0.4, 0.6, 0.8, 0.99)))


def test_the_same_seed_draws_the_same_and_others_do_not():
    p = nested(0, 0.5)
    one, same = (assign_by_chance(p, seed=1) for _ in range(2))
    assert one is not None
    assert same is not None
    assert np.array_equal(one.chosen, same.chosen)
    others = [assign_by_chance(p, seed=s) for s in range(2, 12)]
    assert any(o is not None and not np.array_equal(o.chosen, one.chosen) for o in others)


def test_institutions_that_cut_across_groups_are_refused():
    p = replace(nested(0, 0.5), unit=np.array([0, 0, 0, 1, 0, 2, 2, -1]))
    with pytest.raises(UsageError):
        assign_by_chance(p)


def test_too_low_a_cap_is_said_with_the_least_that_would_do():
    p = problem(3, 4, 3, cap=0.5)  # three of four experts: 0.75 each
    assert assign_by_chance(p) is None
    assert shortage(p).results == ((0, 4, 6), (1, 4, 6), (2, 4, 6))
    by_kind = {r.what: r for r in repairs(p, ~p.allowed)}
    assert by_kind["cap"].cap == 0.75
    assert assign_by_chance(replace(p, cap=0.75)) is not None
    assert assign_by_chance(replace(p, cap=0.74)) is None
    assert by_kind["demand"].places == 3  # two each
    # One place is missing on each result: two experts who have half a chance each fill it.
    assert by_kind["experts"].more == {0: 2}
    wider = problem(3, 6, 3, cap=0.5)
    assert assign_by_chance(wider) is not None


@pytest.mark.parametrize("seed", range(12))
def test_changes_under_a_cap_are_enough(seed: int):
    random = np.random.default_rng(seed)
    p = problem(4, 5, 2, most=np.full(5, 2), allowed=random.random((4, 5)) > 0.4, cap=0.5)
    if assign_by_chance(p) is not None:
        return
    for repair in repairs(p, ~p.allowed):
        mended = {
            "cap": lambda r: replace(p, cap=r.cap),
            "loads": lambda r: replace(p, most=p.most + _each(r.by, 5)),
            "demand": lambda r: replace(p, demand=p.demand - _each(r.by, 4)),
            "conflicts": lambda r: replace(p, allowed=p.allowed | _pairs(r.pairs)),
        }.get(repair.what)
        if mended is not None:
            assert assign_by_chance(mended(repair)) is not None, repair


def _each(by, size: int) -> np.ndarray:
    table = np.zeros(size, dtype=int)
    for n, count in by.items():
        table[n] = count
    return table


def _pairs(pairs) -> np.ndarray:
    table = np.zeros((4, 5), dtype=bool)
    for r, e in pairs:
        table[r, e] = True
    return table


def test_a_cap_of_one_is_the_assignment_without_chance_in_its_worst_pair():
    p = replace(nested(5, 1.0), allowed=np.ones((6, 8), dtype=bool))
    sure, by_chance = assign(p), assign_by_chance(p)
    assert sure is not None
    assert by_chance is not None
    assert by_chance.worst == sure.worst
