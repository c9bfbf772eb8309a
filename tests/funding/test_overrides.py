from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pytest

from pilotscore.criteria.amounts import Sum
from pilotscore.errors import FaultyFileError
from pilotscore.findings import Place
from pilotscore.funding.conflict import ConflictError
from pilotscore.funding.decision import Decision, FundingStatus, decide
from pilotscore.funding.instance import Instance
from pilotscore.funding.overrides import Overruled, overrule
from pilotscore.workbook.decisions import Decided, DecisionFile, DecisionRow
from tests.funding.test_instance import asks, instance

__all__ = ["instance"]


def decision(
    result: str, what: str, amount: float | None = None, row: int = 1, unit: str = ""
) -> DecisionRow:
    place = Place("d.xlsx", "决定", row, 1)
    number = None if amount is None else Sum(Decimal(str(amount)), unit)
    return DecisionRow(result, Decided(what), number, "王", "因", "2026-11-20", place, place)


def overruled(found: Instance | Decision, *decisions: DecisionRow) -> Overruled:
    funded = decide(found) if isinstance(found, Instance) else found
    return overrule(funded, DecisionFile("d.xlsx", "0" * 64, decisions, ()))


def amounts(found: Decision) -> dict[str, float]:
    ids = found.instance.ids
    return {name: amount / 10**6 for name, amount in zip(ids, found.amount().tolist(), strict=True)}


FOUR = [("P-1", 9, 40), ("P-2", 8, 40), ("P-3", 7, 40), ("P-4", 6, 20)]


@pytest.fixture
def four(instance):
    def make(**changes: Any) -> Instance:
        rows = [asks(amount, id=name, trl=trl) for name, trl, amount in FOUR]
        return instance(rows, budget={"total": 100}, line={"miss": "skip"}, **changes)

    return make


def test_the_money_of_one_that_is_declined_goes_down_the_list(four):
    found = overruled(four(), decision("P-1", "decline"))
    assert amounts(found.recommended) == {"P-1": 40, "P-2": 40, "P-3": 0, "P-4": 20}
    assert amounts(found.decision) == {"P-1": 0, "P-2": 40, "P-3": 40, "P-4": 20}
    problem = found.recommended.instance.problem
    points = problem.score.tolist()
    assert found.cost.lost == pytest.approx(40 * (points[0] - points[2]))
    assert (found.cost.displaced, found.cost.gained) == ((), (2,))
    assert found.decision.statuses[0] is FundingStatus.DECLINE


def test_one_that_is_funded_displaces_others_and_is_priced(four):
    found = overruled(four(), decision("P-3", "fund"))
    assert amounts(found.decision) == {"P-1": 40, "P-2": 0, "P-3": 40, "P-4": 20}
    assert found.cost.displaced == (1,)
    points = found.recommended.instance.problem.score.tolist()
    assert found.cost.lost == pytest.approx(40 * (points[1] - points[2]))
    assert found.costs == (found.cost,)


def test_an_amount_of_its_own_is_given_to_the_fen(four):
    found = overruled(four(), decision("P-3", "fund", 25.5))
    assert amounts(found.decision)["P-3"] == 25.5
    assert sum(amounts(found.decision).values()) <= 100
    points = found.recommended.instance.problem.score
    given = found.decision.allocation
    expected = sum(
        float(points[i]) * amount for i, amount in enumerate(amounts(found.decision).values())
    )
    assert given.value == pytest.approx(expected)


def test_each_decision_is_priced_alone_too(four):
    found = overruled(four(), decision("P-1", "decline"), decision("P-3", "fund", row=2))
    alone = [overruled(found.recommended, o.row).cost for o in found.overrides]
    assert [c.lost for c in found.costs] == pytest.approx([c.lost for c in alone])
    assert found.cost.lost == pytest.approx(alone[0].lost)  # P-3 gets it either way


def test_what_holds_only_together_has_no_price_alone(instance):
    rows = [asks(30, id="P-1", trl=9), asks(60, id="P-2", trl=8), asks(60, id="P-3", trl=7)]
    first = instance(
        rows,
        budget={"total": 100},
        rule="portfolio",
        track="mode",
        tracks={"t": {"title": "t", "names": ["continuous"], "min_awards": 2}},
    )
    found = overruled(first, decision("P-1", "decline"), decision("P-3", "fund", 40, row=2))
    assert amounts(found.decision) == {"P-1": 0, "P-2": 60, "P-3": 40}
    assert math.isnan(found.costs[0].lost)
    assert math.isfinite(found.cost.lost)
    with pytest.raises(ConflictError):
        overruled(first, decision("P-1", "decline"))


def test_deferred_and_settled_by_decision(four):
    found = overruled(four(), decision("P-2", "defer"))
    assert found.decision.statuses[1] is FundingStatus.DEFER
    assert amounts(found.decision)["P-2"] == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("decisions", "codes"),
    [
        ([decision("P-9", "fund")], ["F731"]),
        ([decision("P-3", "fund", 40.5)], ["F733"]),
        ([decision("P-3", "fund", 10, unit="USD")], ["F725"]),
        ([decision("P-3", "fund", 0.00000001)], ["F725"]),
        ([decision(f"P-{k}", "fund", row=k) for k in (1, 2, 3)], ["F734"]),
        ([decision("P-9", "fund"), decision("P-8", "decline", row=2)], ["F731", "F731"]),
    ],
)
def test_decisions_that_cannot_be_carried_out(four, decisions, codes):
    with pytest.raises(FaultyFileError) as error:
        overruled(four(), *decisions)
    assert [f.code for f in error.value.findings] == codes
    for finding in error.value.findings:
        for lang in ("zh", "en"):
            assert "{" not in finding.sentence(lang)


def test_the_decision_that_breaks_the_budget_is_named(four):
    with pytest.raises(FaultyFileError) as error:
        overruled(four(), *[decision(f"P-{k}", "fund", row=k) for k in (4, 3, 2, 1)])
    (finding,) = error.value.findings
    assert finding.place.row == 1
    assert "budget.total" in finding.found("en")
    assert [x in finding.found(lang) for lang, x in (("zh", "40 万元"), ("en", "0.4 M CNY"))] == [
        True
    ] * 2


def test_a_decision_opens_no_gate_and_undoes_no_requirement(instance):
    rows = [asks(40, id="P-1", disputed="是"), asks(40, id="P-2")]
    found = instance(rows, required=["P-2"])
    for made, code in ((decision("P-1", "fund"), "F732"), (decision("P-2", "decline"), "F735")):
        with pytest.raises(FaultyFileError) as error:
            overruled(found, made)
        assert [f.code for f in error.value.findings] == [code]
    later = overruled(found, decision("P-1", "defer"))
    assert later.decision.statuses[0] is FundingStatus.DEFER


def test_the_order_of_decisions_does_not_matter(four):
    made = [decision("P-1", "decline"), decision("P-4", "fund", 10, row=2)]
    one, other = overruled(four(), *made), overruled(four(), *made[::-1])
    assert amounts(one.decision) == amounts(other.decision)
    assert one.cost == other.cost


@pytest.mark.parametrize("rule", ["rank_order", "portfolio"])
def test_deciding_what_is_recommended_costs_nothing(four, rule):
    base = decide(four(rule=rule))
    made = [
        decision(f"P-{i + 1}", "fund" if amount else "decline", row=i)
        for i, amount in enumerate(base.amount().tolist())
    ]
    found = overruled(base, *made)
    assert amounts(found.decision) == amounts(base)
    assert found.cost.lost == pytest.approx(0)
