"""The nearest way to money, held against deciding the whole call anew."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pilotscore.allocation.rank_order import allocate_in_order
from pilotscore.funding.counterfactual import improved
from pilotscore.funding.decision import decide
from pilotscore.funding.ways import grade_needed, nearest_place, turns_of_decision, way_up
from pilotscore.runs import assess as assess_run
from pilotscore.runs.fund import fund
from pilotscore.views.fund.decisions import decisions_table
from pilotscore.views.fund.ways import what_would_change
from tests.conftest import AS_OF, HEADERS, to_yaml, write_book
from tests.funding.test_instance import CALL, asks, instance

__all__ = ["instance"]

ROWS = [(9, 60), (8, 60), (5, 40), (5, 25), (3, 30), (3, 80)]


def decided(instance, **changes):
    rows = [asks(amount, id=f"P-{k}", trl=trl) for k, (trl, amount) in enumerate(ROWS, start=1)]
    return decide(instance(rows, **{"budget": {"total": 110}, "line": {"miss": "skip"}, **changes}))


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"least_grade": "B"},
        {"caps": {"m": {"title": "m", "by": "mode", "max_awards": 2}}},
        {"grant": {}},
    ],
)
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


@pytest.mark.slow
def test_the_grade_that_is_needed_has_money(instance):
    decision = decided(instance, least_grade="A")
    low = next(i for i, r in enumerate(decision.instance.refusals) if r)
    assert grade_needed(decision.instance, low) == 0
    assert turns_of_decision(decided(instance, rule="portfolio")) is None


def test_what_would_change_it_is_of_this_refusal_and_all_of_it(mini, tmp_path):
    rows = [
        asks(60),
        asks(60, id="P-2", fraud="是"),
        asks(None, id="P-3"),
        asks(60, cost=None, id="P-4"),
        asks(60, id="P-5", permit_end="2020-01-01", hazard="未做"),
        asks(60, id="P-6", trl=None),
    ]
    book = write_book(tmp_path / "b.xlsx", {"成果": [[*HEADERS, "申请金额", "中试成本"], *rows]})
    call = {**CALL, "least_grade": "B", "grant": {"policy_range": False, "cost_share": "40%"}}
    (tmp_path / "call.yaml").write_text(to_yaml(call), encoding="utf-8")
    report = fund(assess_run.rank(book, mini, as_of=AS_OF), tmp_path / "call.yaml")
    said = [" ".join(w.to("en") for w in what_would_change(report, i)) for i in range(6)]
    assert said[0] == ""
    assert "misconduct" in said[1]
    assert said[1].endswith("after that, the grade that it gets decides")
    assert said[2] == "enter a sum asked for above 0"
    assert "from 1.5 M CNY on it could be given 0.6 M CNY" in said[3]
    assert said[4].startswith(
        "all of these together: · this must no longer be so: gate: the permit"
    )
    assert "a grade of B is needed" in said[4]
    assert "C7: " in said[5]
    reasons = [r.text.to("en") for r in report.funded.instance.refusals[1]]
    assert reasons == ["gate: misconduct (so it has no grade)"]
    withheld = next(r for r in decisions_table(report).records("en") if r["id"] == "P-2")
    assert withheld["index"] is None
