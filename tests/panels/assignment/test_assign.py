"""Assignments beside all there are, published small cases, and what they have to keep."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from pilotscore.errors import SolverError
from pilotscore.panels.assignment import assign as module
from pilotscore.panels.assignment.assign import assign, balanced
from pilotscore.panels.assignment.programme import UnsolvedError
from tests.panels.assignment.making import every, keeps, problem, random_problem


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.integers(0, 100_000))
def test_it_is_there_when_there_is_one_and_its_worst_pair_is_the_best_there_is(seed: int):
    p = random_problem(seed)
    all_of_them = list(every(p))
    found = assign(p, seed=seed)
    assert (found is not None) == bool(all_of_them)
    if found is None:
        return
    assert keeps(p, found.chosen)
    worst = max(p.affinity[c].min() for c in all_of_them)
    assert found.worst == pytest.approx(worst)
    # Among those, the sum is the best there is, but for what even loads and chance may cost.
    best = max(p.affinity[c].sum() for c in all_of_them if p.affinity[c].min() >= worst - 1e-9)
    assert p.affinity[found.chosen].sum() >= best - 0.11


def test_the_published_case_of_four_reviewers_and_three_papers():
    # openreview-matcher, tests of its min-cost flow: loads 1 to 2, demands 1, 1, 2: cost 0.
    cost = np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0], [2, 2, 0]]).T
    p = problem(3, 4, 1, demand=[1, 1, 2], least=[1] * 4, most=[2] * 4, affinity=1 - cost / 2)
    assert cost[assign(p).chosen].sum() == 0


def test_loads_are_as_even_as_they_can_be_where_fields_say_nothing():
    p = problem(10, 6, 3, most=[10] * 6)
    assert set(assign(p).chosen.sum(axis=0)) == {5}


def test_the_least_common_load_is_sought():
    p = problem(10, 6, 3, most=[10, 10, 10, 10, 10, 2])
    stated = np.array([False] * 5 + [True])
    made = balanced(p, stated)
    assert made.most.tolist() == [6, 6, 6, 6, 6, 2]
    assert balanced(p, np.ones(6, dtype=bool)) is p


def test_a_group_that_is_scarce_raises_the_common_load():
    p = problem(10, 6, 3, group=[0, 1, 1, 1, 1, 1], of_group=[1, 0], most=[10] * 6)
    made = balanced(p, np.zeros(6, dtype=bool))
    assert made.most.tolist() == [10] * 6
    loads = assign(made).chosen.sum(axis=0)
    assert loads[0] == 10
    assert set(loads[1:]) == {4}


@pytest.mark.parametrize("seed", range(4))
def test_institutions_across_groups_are_kept_apart(seed: int):
    random = np.random.default_rng(seed)
    p = problem(
        30,
        16,
        4,
        group=np.arange(16) % 3,
        of_group=[1, 1, 1],
        unit=random.integers(0, 6, 16),
        per_unit=1,
        affinity=np.round(random.random((30, 16)), 2),
    )
    assert not p.nested
    assert keeps(p, assign(p).chosen)


def test_the_same_seed_gives_the_same_and_another_another():
    p = problem(12, 8, 3)
    a, b, c = (assign(p, seed=s).chosen for s in (1, 1, 2))
    assert (a == b).all()
    assert (a != c).any()


def test_backups_are_free_allowed_and_the_best_first():
    affinity = np.array([[0.9, 0.5, 0.7, 0.8], [0.1, 0.9, 0.2, 0.3]])
    allowed = np.ones((2, 4), dtype=bool)
    allowed[0, 3] = False
    p = problem(2, 4, 1, affinity=affinity, allowed=allowed, most=[2, 1, 2, 2])
    found = assign(p, backups=2)
    assert found.chosen.tolist() == [[True, False, False, False], [False, True, False, False]]
    assert found.backups == ((2,), (3, 2))  # the second expert has no room left


def test_a_large_call_looks_at_the_best_pairs_first(monkeypatch: pytest.MonkeyPatch):
    random = np.random.default_rng(5)
    p = problem(
        60, 20, 3, most=[12] * 20, group=np.arange(20) % 2, of_group=[1, 1],
        affinity=np.round(random.random((60, 20)), 2),
    )  # fmt: skip
    whole = assign(p)
    monkeypatch.setattr(module, "_MOST_PAIRS", 100)
    monkeypatch.setattr(module, "_KEPT", 6)
    few = assign(p)
    assert keeps(p, few.chosen)
    assert few.worst == whole.worst


def test_progress_is_told():
    told: list[tuple[int, int]] = []
    random = np.random.default_rng(5)
    p = problem(6, 6, 2, affinity=np.round(random.random((6, 6)), 2))
    assign(p, progress=lambda done, total: told.append((done, total)))
    assert told
    assert all(0 < done <= total for done, total in told)


def test_nothing_can_be_assigned():
    assert assign(problem(20, 5, 3, allowed=np.zeros((20, 5), dtype=bool))) is None
    assert assign(replace(problem(4, 3, 2), most=np.array([2, 2, 2]))) is None


@pytest.mark.parametrize(
    ("status", "error"),
    [(1, UnsolvedError), (4, SolverError), (3, SolverError)],
)
def test_a_solver_that_fails_is_not_one_that_ran_out_of_time(
    monkeypatch: pytest.MonkeyPatch, status: int, error: type[Exception]
):
    ended = optimize.OptimizeResult(status=status, x=None, message="it ended")
    monkeypatch.setattr(optimize, "milp", lambda *_, **__: ended)
    with pytest.raises(error, match="it ended"):
        assign(problem(3, 4, 1))
