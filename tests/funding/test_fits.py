"""What a result would need to be in the portfolio: asking for that it is in, read off the record."""

from __future__ import annotations

import dataclasses
import random

import pytest

from pilotscore.funding.decision import decide
from pilotscore.funding.fits import fit_of
from tests.funding.test_instance import asks, instance

__all__ = ["instance"]


def wanted(*sums, cells=()):
    """Return rows of results that ask for these sums."""
    of = cells or [{}] * len(sums)
    return [asks(x, id=f"P-{k}", **c) for k, (x, c) in enumerate(zip(sums, of, strict=True), 1)]


ROUND = {"rule": "portfolio", "objective": "points_above", "budget": {"total": 70}}


@pytest.mark.slow
def test_a_smaller_request_that_fits_is_in_the_portfolio(instance):
    wants = wanted(60, 30, 30)
    decision = decide(instance(wants, **ROUND))
    left_out = [i for i in range(3) if decision.allocation.choice[i] < 0]
    assert left_out == [0]
    fit = fit_of(decision, 0)
    assert fit is not None
    assert fit.amount == 10 * 10**6
    assert [short for _, short in fit.short] == [50 * 10**6]
    again = decide(instance(wanted(10, 30, 30), **ROUND))
    assert again.award()[0] == 10 * 10**6
    assert fit_of(decision, 1) is None  # it is in
    assert fit_of(decide(instance(wants, **{**ROUND, "rule": "rank_order"})), 0) is None


def test_what_keeps_it_out_otherwise_is_told_without_an_amount(instance):
    wants = wanted(60, 30, 30)
    for more in ({"grant": {"policy_range": False, "min": 20}}, {"budget": {"total": 60}}):
        decision = decide(instance(wants, **{**ROUND, **more}))
        fit = fit_of(decision, 0)
        assert fit is not None
        assert fit.amount is None
        assert fit.short


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_in_random_rounds_what_is_told_is_so(instance, seed):
    draw = random.Random(seed)
    cells = [{"trl": draw.randint(6, 9), "mode": draw.choice(["连续", "间歇"])} for _ in range(8)]
    sums = [draw.randint(20, 90) for _ in cells]
    tracks = {"run": {"title": "run", "names": ["连续"], "max": draw.choice([70, 90])}}
    call = {
        **ROUND,
        "budget": {"total": 160},
        "track": "mode",
        "tracks": tracks,
        "objective": draw.choice(["points_above", "score_money"]),
    }

    def decided(sums):
        return decide(instance(wanted(*sums, cells=cells), **call))

    decision = decided(sums)
    told = {i: fit.amount for i in range(8) if (fit := fit_of(decision, i)) and fit.amount}
    for i, amount in list(told.items())[:2]:
        fewer = [amount / 10**6 if k == i else x for k, x in enumerate(sums)]
        assert decided(fewer).award()[i] == amount
    assert told or seed != 0


def test_an_unproven_portfolio_promises_nothing(instance):
    decision = decide(instance(wanted(60, 30, 30), **ROUND))
    found = dataclasses.replace(decision.allocation, bound=decision.allocation.value + 1e9)
    loose = dataclasses.replace(decision, allocations={**decision.allocations, "portfolio": found})
    fit = fit_of(loose, 0)
    assert fit is not None
    assert fit.amount is None
