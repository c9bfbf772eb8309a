"""What other budgets buy and what rules cost: held against calls that say so, decided by themselves."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pilotscore.funding.budget_sensitivity import (
    CHANGES,
    BudgetSensitivity,
    budget_sensitivity,
    gain,
    is_quick,
    is_sure,
)
from pilotscore.funding.decision import decide
from pilotscore.funding.overrides import overrule
from pilotscore.workbook.decisions import DecisionFile
from tests.funding.test_instance import asks, instance
from tests.funding.test_overrides import decision

__all__ = ["instance"]

SIX = [
    ("P-1", 9, 40, "间歇"), ("P-2", 8, 35, "间歇"), ("P-3", 7, 30, "连续"),
    ("P-4", 6, 20, "连续"), ("P-5", 5, 15, "间歇"), ("P-6", 5, 10, "连续"),
]  # fmt: skip
RULES: dict[str, Any] = {
    "track": "mode",
    "tracks": {
        "run": {"title": "连续", "min": 30, "max": "80%"},
        "batch": {"title": "间歇", "max_awards": 1},
    },
}


@pytest.fixture
def six(instance):
    def make(**changes: Any):
        rows = [asks(sum_, id=name, trl=trl, mode=mode) for name, trl, sum_, mode in SIX]
        return instance(
            rows, **{"budget": {"total": 100}, "line": {"miss": "skip"}, **RULES, **changes}
        )

    return make


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["rank_order", "portfolio"])
def test_each_budget_is_what_a_call_with_that_budget_gives(six, rule: str):
    base = decide(six(rule=rule))
    tried = budget_sensitivity(base)
    assert [t.change for t in tried.budget] == list(CHANGES)
    for trial in tried.budget:
        whole = 100 * (1 + trial.change)
        assert trial.budget == round(whole * 10**6)
        other = decide(six(rule=rule, budget={"total": f"{whole:.6f}".rstrip("0").rstrip(".")}))
        assert trial.in_order is not None
        assert trial.portfolio is not None
        assert trial.in_order.value == pytest.approx(other.allocations["rank_order"].value)
        assert trial.in_order.spent == int(other.amount("rank_order").sum())
        assert trial.portfolio.value == pytest.approx(
            other.allocations["portfolio"].value, rel=1e-4
        )
        now, then = base.allocation.choice >= 0, other.allocation.choice >= 0
        if rule == "rank_order":
            assert sorted(trial.gained) == np.flatnonzero(then & ~now).tolist()
            assert sorted(trial.lost) == np.flatnonzero(now & ~then).tolist()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "tracks"),
    [
        (
            "tracks.run.min",
            {"run": {"title": "连续", "max": "80%"}, "batch": {"title": "间歇", "max_awards": 1}},
        ),
        (
            "tracks.run.max",
            {"run": {"title": "连续", "min": 30}, "batch": {"title": "间歇", "max_awards": 1}},
        ),
        (
            "tracks.batch.max_awards",
            {"run": {"title": "连续", "min": 30, "max": "80%"}, "batch": {"title": "间歇"}},
        ),
    ],
)
def test_a_rule_costs_what_the_call_without_it_gains(six, key: str, tracks: dict[str, Any]):
    base = decide(six())
    tried = budget_sensitivity(base)
    trial = next(t for t in tried.rules if str(t.constraint) == key)
    other = decide(six(tracks=tracks))
    assert trial.portfolio is not None
    assert trial.in_order is not None
    assert trial.portfolio.value == pytest.approx(other.allocations["portfolio"].value, rel=1e-4)
    assert trial.in_order.value == pytest.approx(other.allocations["rank_order"].value)
    assert trial.constraint is not None
    assert base.instance.line(trial.constraint) is not None


@pytest.mark.slow
def test_more_money_and_fewer_rules_never_cost_the_portfolio_anything(six):
    tracks = {"run": {"title": "连续", "min": 60}, "batch": {"title": "间歇", "max": "90%"}}
    tried: BudgetSensitivity = budget_sensitivity(decide(six(tracks=tracks)))
    gains = [gain(tried.portfolio, t.portfolio) for t in tried.budget if t.portfolio is not None]
    assert len(gains) == len(CHANGES)
    assert gains == sorted(gains)
    assert all((gain(tried.portfolio, t.portfolio) or 0.0) >= -1e-9 for t in tried.rules)
    binding = next(t for t in tried.rules if str(t.constraint) == "tracks.run.min")
    assert gain(tried.portfolio, binding.portfolio) > 0
    assert is_sure(tried.portfolio, binding.portfolio)
    slack = next(t for t in tried.rules if str(t.constraint) == "tracks.batch.max")
    assert gain(tried.portfolio, slack.portfolio) == 0


def test_a_budget_too_small_for_the_least_amounts_is_told_and_not_guessed(six):
    tight = {"run": {"title": "连续", "min": 60}}
    tried = budget_sensitivity(decide(six(budget={"total": 60}, tracks=tight)))
    less = next(t for t in tried.budget if t.change == -0.10)
    assert (less.in_order, less.portfolio, less.gained, less.lost) == (None, None, (), ())
    assert gain(tried.portfolio, less.portfolio) is None


@pytest.mark.slow
def test_caps_of_all_groups_are_one_rule_and_bonds_are_rules_too(six):
    found = six(
        tracks={},
        track=None,
        caps={"mode": {"title": "方式", "by": "mode", "max": 50}},
        exclusive={"x": {"results": ["P-1", "P-3"]}},
        depends=[{"result": "P-4", "needs": "P-2"}],
        max_jump=50,
    )
    tried = budget_sensitivity(decide(found))
    assert [str(t.constraint) for t in tried.rules] == [
        "caps.mode.max",
        "exclusive.x",
        "depends.0",
        "max_jump",
    ]


@pytest.mark.slow
def test_decisions_stay_as_they_are(six):
    base = overrule(
        decide(six()), DecisionFile("d", "0", (decision("P-1", "decline"),), ())
    ).decision
    made = overrule(decide(six()), DecisionFile("d", "0", (decision("P-1", "decline"),), ()))
    tried = budget_sensitivity(base, made.overrides)
    assert all(0 not in t.gained for t in (*tried.budget, *tried.rules))


@pytest.mark.slow
def test_what_is_done_unasked_goes_by_size_alone(six):
    assert is_quick(decide(six()))
    told: list[tuple[int, int]] = []
    budget_sensitivity(decide(six()), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(told), len(told))
