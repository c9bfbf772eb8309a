"""The chances at the line of a call: whose order, whose rules, and who is sure whatever the scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from pilotscore.errors import FaultyFileError
from pilotscore.funding.core import Standing
from pilotscore.funding.decision import FundingStatus, decide
from pilotscore.funding.lottery import pool_digest
from tests.funding.test_instance import asks, instance

__all__ = ["instance"]

LINE: dict[str, Any] = {"miss": "skip", "discussion": {"draws": 200, "sure": "95%", "out": "5%"}}
THREE = [("P-1", 9, 50), ("P-2", 8, 50), ("P-3", 7, 50)]


def drawn(found, scores, grades=None):
    """Return chunks of these scores in turn, with the grades that the results have."""
    own = found.ranking.assessment.grade

    def chunks(draws: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        rows = np.array([scores[k % len(scores)] for k in range(draws)], dtype=float)
        if grades is None:
            yield rows, np.tile(own, (draws, 1)).astype(np.int64)
        else:
            yield rows, np.array([grades[k % len(grades)] for k in range(draws)], dtype=np.int64)

    return chunks


def three(instance, **changes: Any):
    rows = [asks(amount, id=name, trl=trl) for name, trl, amount in THREE]
    return instance(rows, **{"budget": {"total": 100}, "line": LINE, **changes})


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["rank_order", "portfolio"])
def test_who_must_be_funded_is_so_in_every_draw_and_costs_nobody_else_a_chance(instance, rule):
    found = three(instance, rule=rule, required=["P-3"], floor=60)
    funded = decide(found, drawn(found, [[90, 80, 70], [90, 80, 20]]))  # below the floor in half
    assert funded.line is not None
    assert funded.line.chances.chance.tolist() == [1, 0, 1]
    assert funded.line.chances.unmet == 0


@pytest.mark.slow
def test_draws_go_by_the_order_of_the_criteria_set(instance):
    found = three(instance, budget={"total": 50})
    a = found.ranking.assessment
    by_index = replace(a, criteria=a.criteria.model_copy(update={"order": ("index",)}))
    other = replace(found, ranking=replace(found.ranking, assessment=by_index))
    grades = [[1, 0, 0]]  # the best index has the worse grade
    for case, first in ((found, 1), (other, 0)):
        funded = decide(case, drawn(case, [[90, 80, 70]], grades))
        assert funded.line is not None
        assert np.flatnonzero(funded.line.chances.chance).tolist() == [first]
    by_method = replace(a, criteria=a.criteria.model_copy(update={"order": ("topsis",)}))
    none = replace(found, ranking=replace(found.ranking, assessment=by_method))
    assert decide(none, drawn(none, [[90, 80, 70]])).line is None


@pytest.mark.slow
def test_a_grade_that_the_policy_gives_no_money_gives_none_in_a_draw(instance):
    found = three(instance)
    policy = found.plan.policy
    rejected = policy.grades["C"].model_copy(
        update={"approval": policy.grades["C"].approval.model_copy(update={"decision": "reject"})}
    )
    strict = policy.model_copy(update={"grades": {**policy.grades, "C": rejected}})
    found = replace(found, plan=replace(found.plan, policy=strict))
    funded = decide(found, drawn(found, [[90, 80, 70]], [[0, 0, 1], [0, 2, 1]]))
    assert funded.line is not None
    assert funded.line.chances.chance.tolist() == [1, 0.5, 0.5]


@pytest.mark.slow
def test_draws_that_no_portfolio_can_meet_are_left_out_and_counted(instance):
    found = three(
        instance,
        rule="portfolio",
        floor=60,
        track="mode",
        tracks={"run": {"title": "连续", "min_awards": 2}},
    )
    funded = decide(found, drawn(found, [[90, 80, 70], [90, 20, 20]]))
    assert funded.line is not None
    assert (funded.line.chances.draws, funded.line.chances.unmet) == (100, 100)
    assert funded.line.chances.chance.tolist() == [1, 1, 0]


@pytest.mark.slow
def test_core_borderline_and_exterior_are_those_of_the_best_portfolios(instance):
    found = three(instance, floor=60)
    funded = decide(found, drawn(found, [[90, 80, 70], [90, 70, 80], [90, 80, 70]]))
    assert funded.line is not None
    assert funded.line.core.scenarios == 60
    assert [Standing(s) for s in funded.line.core.standing()] == [
        Standing.CORE,
        Standing.BORDERLINE,
        Standing.BORDERLINE,
    ]
    sure = decide(found, drawn(found, [[90, 80, 70]]))
    assert sure.line is not None
    assert sure.line.core.standing().tolist() == [1, 1, -1]


@pytest.mark.slow
def test_what_is_undecided_is_no_award(instance):
    found = three(instance)
    funded = decide(found, drawn(found, [[90, 80, 70], [90, 70, 80]]))
    assert funded.statuses[1:] == (FundingStatus.DISCUSS, FundingStatus.DISCUSS)
    assert funded.amount().sum() == 100 * 10**6
    assert funded.award().tolist() == [50 * 10**6, 0, 0]
    assert funded.undecided().tolist() == [0, 50 * 10**6, 0]
    assert funded.by_stage().sum() == 50 * 10**6


def lots(**changes: Any) -> dict[str, Any]:
    lottery = {"source": "no. 7", "values": [["9", "18"], "2"], **changes}
    return {**LINE, "discussion": {**LINE["discussion"], "decide": "lottery", "lottery": lottery}}


@pytest.mark.slow
def test_after_a_draw_the_jumps_are_those_of_the_draw(instance):
    rows = [asks(50 - k // 4, id=f"P-{k}", trl=9 - k % 3) for k in range(1, 7)]
    found = instance(rows, budget={"total": 150}, line=lots())
    order = found.problem.order
    scores = np.zeros((2, 6))
    scores[0, order] = [90, 89, 88, 87, 86, 85]
    scores[1, order] = [90, 85, 86, 87, 88, 89]
    funded = decide(found, drawn(found, scores))
    assert funded.line is not None
    assert funded.line.draw is not None
    assert len(funded.line.pool) == 4
    given = funded.allocation.choice >= 0
    passed = {
        i
        for i in np.flatnonzero(~given).tolist()
        if (found.problem.score[given] < found.problem.score[i] - 1e-9).any()
    }
    assert {j.result for j in funded.jumps["draw"]} == passed


@pytest.mark.slow
def test_a_draw_from_another_pool_than_the_published_one_is_refused(instance):
    scores = [[90, 80, 70], [90, 70, 80]]
    digest = pool_digest(["P-2", "P-3"])
    found = three(instance, line=lots(pool_sha256=digest.lower()))
    funded = decide(found, drawn(found, scores))
    assert funded.line is not None
    assert funded.line.draw is not None
    assert funded.line.pool == ("P-2", "P-3")
    found = three(instance, line=lots(pool_sha256="0" * 64))
    with pytest.raises(FaultyFileError) as error:
        decide(found, drawn(found, scores))
    (finding,) = error.value.findings
    assert finding.code == "F712"
    assert finding.place.line is not None
    assert digest[:12] in finding.sentence("en")


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["rank_order", "portfolio"])
def test_where_no_draw_can_be_met_nothing_is_said_of_chances(instance, rule: str):
    tracks = {"run": {"title": "连续", "min_awards": 2}}
    found = three(instance, rule=rule, floor=60, track="mode", tracks=tracks)
    funded = decide(found, drawn(found, [[90, 20, 20]]))
    if rule == "portfolio":
        assert funded.line is None
    else:  # rank order does what it can; no portfolio does
        assert funded.line is not None
        assert funded.line.core is None
    assert (funded.allocation.choice >= 0).sum() == 2
