from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from pilotscore.funding.at_the_line import give
from pilotscore.funding.counterfactual import _first, _first_from_below, counterfactual, improved
from pilotscore.funding.decision import decide
from pilotscore.funding.instance import Instance
from pilotscore.funding.variants import with_amount, with_budget
from tests.funding.test_instance import asks, instance

__all__ = ["instance"]

FOUR = [("P-1", 9, 40), ("P-2", 8, 40), ("P-3", 7, 40), ("P-4", 6, 20)]
M = 10**6  # fen in 万元


@pytest.fixture
def four(instance):
    def make(**changes: Any) -> Instance:
        rows = [asks(amount, id=name, trl=trl) for name, trl, amount in FOUR]
        return instance(rows, **{"budget": {"total": 100}, "line": {"miss": "skip"}, **changes})

    return make


def test_an_unfunded_one_is_told_whom_to_pass_and_what_money_would_do(four):
    found = decide(four())
    f = counterfactual(found, 2)
    assert f is not None
    index = found.instance.ranking.assessment.index
    # Before P-2 it takes that one's place; 20 more pays it too; with 20 it fits beside the others.
    assert (f.funded, f.past, f.money, f.amount) == (False, 1, 40 * M - 20 * M, 20 * M)
    same = found.instance.ranking.assessment.grade[1] == found.instance.ranking.assessment.grade[2]
    assert (f.points is not None) == same
    if f.points is not None:
        assert f.points == pytest.approx(index[1] - index[2])


def test_a_funded_one_is_told_what_it_would_lose_by(four):
    f = counterfactual(decide(four()), 1)
    assert f is not None
    assert (f.funded, f.past, f.money, f.amount) == (True, 2, 20 * M + 1, None)


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["rank_order", "portfolio"])
@pytest.mark.parametrize("i", range(4))
def test_what_is_told_turns_the_decision_and_a_little_less_does_not(four, rule: str, i: int):
    base = decide(four(rule=rule))
    f = counterfactual(base, i)
    assert f is not None
    now = base.allocation.choice[i] >= 0
    assert f.funded == now
    whole = base.instance.loaded.call.budget_fen
    sign = -1 if now else 1

    def funded_with(**changes: Any) -> bool:
        changed = base.instance
        if "money" in changes:
            changed = with_budget(changed, whole + sign * changes["money"])
        if "amount" in changes:
            changed = replace(
                changed, problem=with_amount(changed, changed.problem, i, changes["amount"])
            )
        if "points" in changes:
            index = changed.ranking.assessment.index.copy()
            index[i] += sign * changes["points"]
            mine = changed.problem.owner == i
            value = np.where(mine, changed.value(index), changed.problem.value)
            changed = replace(changed, problem=replace(changed.problem, value=value, score=index))
        return bool(give(changed, None).choice[i] >= 0)

    if f.money is not None:
        assert funded_with(money=f.money) != now
        assert funded_with(money=f.money - M) == now
    if f.amount is not None:
        assert funded_with(amount=f.amount) != now
    if rule == "portfolio" and f.points is not None:
        assert funded_with(points=f.points) != now
        assert funded_with(points=f.points - 0.1) == now


def test_there_is_none_for_those_that_may_not_be_funded(instance):
    found = decide(instance([asks(40, disputed="是"), asks(40, id="P-2")], required=["P-2"]))
    assert counterfactual(found, 0) is None
    assert counterfactual(found, 1) is None


def test_a_cap_that_no_budget_opens_is_not_said_to_open(four):
    found = decide(four(caps={"m": {"title": "m", "by": "mode", "max_awards": 1}}))
    f = counterfactual(found, 2)
    assert f is not None
    assert f.money is None
    assert f.past == 0


def test_stages_keep_their_shares_of_another_budget(four):
    stages = [{"id": "a", "amount": "70万元"}, {"id": "b", "amount": "30万元"}]
    base = four(
        budget={"stages": stages},
        tracks={"t": {"title": "t", "names": ["continuous"], "max": "50%"}},
        track="mode",
    )
    changed = with_budget(base, 100 * M + 1)
    most = {str(x.id): x.most for x in changed.problem.limits}
    assert most["budget.stages.a.amount"] == 70 * M
    assert most["budget.stages.b.amount"] == 30 * M + 1
    assert most["tracks.t.max"] == 50 * M
    assert base.loaded.call.budget_fen == 100 * M


def test_paths_up_say_whether_the_money_follows(instance):
    rows = [asks(60, id="P-1", trl=7), asks(60, id="P-2", trl=3)]
    found = decide(instance(rows, budget={"total": 60}))
    assert found.amount().tolist() == [60 * M, 0]
    steps = improved(found, 1)
    assert steps
    assert all(s.amount == 0 for s in steps[:-1])
    grades = [s.path.grade for s in steps]
    assert grades == sorted(set(grades), reverse=True)
    best = steps[-1]
    a = found.instance.ranking.assessment
    if best.amount:
        assert (best.path.grade, -best.path.index) < (a.grade[0], -a.index[0])


@pytest.mark.parametrize("count", [1, 2, 7, 100])
def test_halving_finds_the_first(count: int):
    for at in range(count):
        assert _first(count, lambda k, at=at: k >= at) == at
        assert _first_from_below(count, lambda k, at=at: k >= at) == at
    assert _first(count, lambda _: False) is None
    assert _first_from_below(count, lambda _: False) is None
    assert _first(0, lambda _: True) is None
