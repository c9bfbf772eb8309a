"""Portfolios of many draws: few results looked at, and what is claimed holds for all of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.allocation import sifting
from pilotscore.allocation.holding import total_value, violations
from pilotscore.allocation.portfolio import nearly_best
from pilotscore.allocation.problem import Constraint, Limit, Problem
from pilotscore.allocation.sifting import ManyDraws
from tests.allocation.random_problems import brute, small_problems

GAP = 0.03


def province(n: int, seed: int) -> Problem:
    """Two levels, four tracks with least and greatest amounts, and caps of a tenth of the results."""
    random = np.random.default_rng(seed)
    track, group = random.integers(0, 4, n), random.integers(0, n // 10, n)
    full = random.integers(30, 600, n) * 1_000_000
    score = np.round(random.uniform(40, 95, n), 2)
    cost = np.stack([full, full * 6 // 10], axis=1).ravel()[:, None]
    budget = int(full.sum()) // 20
    everyone = np.ones(n, dtype=bool)
    limits = [Limit(Constraint("budget", bound="total"), everyone, most=budget)]
    for t in range(4):
        quota = Constraint("track", str(t), "max")
        limits.append(Limit(quota, track == t, least=budget // 10, most=budget // 3))
    limits += [
        Limit(Constraint("cap", "institution", "max", str(g)), group == g, most=budget // 12)
        for g in range(n // 10)
    ]
    owner = np.repeat(np.arange(n), 2)
    value = score[owner] * cost[:, 0] / 1e6
    return Problem(
        np.argsort(-score, kind="stable"),
        everyone,
        ~everyone,
        track,
        owner,
        np.tile(np.arange(2), n),
        cost,
        value,
        score,
        tuple(limits),
    )


def draws(p: Problem, seed: int, count: int):
    random = np.random.default_rng(seed)
    for _ in range(count):
        score = np.clip(p.score + random.normal(0, 4, len(p)), 0, 100)
        value = score[p.owner] * p.cost[:, 0] / 1e6
        eligible = p.eligible & (score >= 50)
        order = np.argsort(-score, kind="stable")
        yield replace(p, order=order, score=score, value=value, eligible=eligible)


@pytest.mark.slow
def test_few_results_give_portfolios_that_hold_and_are_near_the_best_of_all(monkeypatch):
    p = province(600, 1)
    sifted = ManyDraws(p, gap=GAP, seconds=10)
    monkeypatch.setattr(sifting, "nearly_best", None)  # nothing falls back on all of them
    for drawn in draws(p, 2, 4):
        found = sifted.nearly_best(drawn)
        best = nearly_best(drawn, gap=1e-3, seconds=10)
        assert found is not None
        assert best is not None
        assert not violations(drawn, found.choice)
        assert found.value == pytest.approx(total_value(drawn, found.choice))
        assert found.value >= (1 - GAP) * best.value
        assert best.value - 1e-6 <= found.bound <= found.value * (1 + 2 * GAP)


@pytest.mark.slow
def test_the_same_draws_give_the_same_portfolios():
    p = province(400, 3)
    one, other = (
        [ManyDraws(p, gap=GAP, seconds=10).nearly_best(d).choice.tolist() for d in draws(p, 4, 2)]
        for _ in range(2)
    )
    assert one == other


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(small_problems(), st.integers(0, 3))
def test_a_few_of_any_problem_claim_no_more_than_holds(p, left_out):
    """As few as there can be are looked at, so that limits, bonds and the bound are put to the test."""
    drawn = replace(p, eligible=p.eligible & (np.arange(len(p)) != left_out))
    best = brute(drawn)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sifting, "_FEWEST", 1)
        patch.setattr(sifting, "_NEARLY_ALL", 1.0)
        found = ManyDraws(p, gap=GAP, seconds=10).nearly_best(drawn)
    if best is None:
        assert found is None
        return
    assert found is not None
    assert not violations(drawn, found.choice)
    assert found.value >= best * (1 - GAP) - 1e-6
    assert found.bound >= best - 1e-6 * max(best, 1)
