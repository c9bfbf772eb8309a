from __future__ import annotations

import re
from pathlib import Path

import pytest

import pilotscore
from pilotscore.funding import Recommendation
from pilotscore.language import Words
from tests.conftest import AS_OF, HEADERS, MakeBook, row


def recommended(book: MakeBook, mini: Path, *extra: object, **changes: object) -> Recommendation:
    """Recommend for one result; ``extra`` are the sum asked for and the pilot's cost."""
    headers = [*HEADERS, "申请金额（万元）", "中试成本（万元）"]
    return pilotscore.rank(
        book([*row(**changes), *extra], headers=headers), mini, as_of=AS_OF
    ).plan.recommendations[0]


def test_a_grade_brings_its_support_instruments_and_approval(book: MakeBook, mini: Path):
    r = recommended(book, mini)
    assert r.approval.decision == "approve"
    assert [t.zh for t in r.support] == ["首台套推荐"]
    assert [(o.instrument.id, o.low, o.high) for o in r.open_offers] == [
        ("equity", 500, 3000),
        ("loan", None, None),
    ]


@pytest.mark.parametrize(
    ("asked", "cost", "high", "by"),
    [
        (250, 2000, 250, "the sum asked for"),
        (400, 1000, 300, "30% of the pilot's cost"),
        (900, 9000, 500, None),
        ("", "", 500, None),
    ],
)
def test_an_amount_is_no_more_than_asked_for_and_the_share_of_the_cost(
    book: MakeBook, mini: Path, asked, cost, high, by
):
    (offer,) = recommended(book, mini, asked, cost, trl=6).open_offers
    assert (offer.low, offer.high) == (100, high)
    assert (offer.limited_by.en if offer.limited_by else None) == by


def test_less_than_the_least_amount_closes_an_instrument_and_says_why(book: MakeBook, mini: Path):
    r = recommended(book, mini, 50, 9000, trl=6)
    assert not r.open_offers
    assert r.offers[0].closed is not None
    assert r.offers[0].closed.to("en") == "the sum asked for, 50, is below the least, 100"


def test_a_condition_that_is_unknown_keeps_an_instrument_closed(book: MakeBook, mini: Path):
    r = recommended(book, mini, disputed="")
    assert [o.instrument.id for o in r.open_offers] == ["loan"]
    assert "Ownership disputed" in r.offers[0].closed.to("en")


@pytest.mark.parametrize(
    ("changes", "decision"),
    [
        ({"disputed": "是"}, "hold"),
        ({"permit_end": "2026-01-01"}, "hold"),
        ({"fraud": "是"}, "reject"),
        ({"fraud": "是", "disputed": "是"}, "reject"),
        ({"fraud": "是", "trl": ""}, "reject"),
        ({"trl": ""}, "return"),
        ({"trl": 2, "hazard": "未做"}, "nurture"),
    ],
)
def test_gates_and_missing_values_come_before_the_grade(
    book: MakeBook, mini: Path, changes: dict, decision: str
):
    r = recommended(book, mini, **changes)
    assert r.approval.decision == decision
    assert not r.open_offers


def test_what_opens_a_gate_is_among_the_conditions(book: MakeBook, mini: Path):
    assert [c.en for c in recommended(book, mini, disputed="是").conditions] == [
        "settle the ownership"
    ]


def test_placeholder_amounts_are_told_with_every_outcome(book: MakeBook, mini: Path):
    notes = pilotscore.rank(book(row()), mini, as_of=AS_OF).notes()
    assert ["placeholders" in n.to("en") and "示例" in n.to("zh") for n in notes] == [True]


def test_a_withheld_grade_is_on_hold_even_where_its_gate_says_nothing_of_money(
    book: MakeBook, mini: Path
):
    text = mini.read_text(encoding="utf-8")
    mini.write_text(
        text.replace("no_grade: true, funding: refuse", "no_grade: true"), encoding="utf-8"
    )
    assert recommended(book, mini, fraud="是").approval.decision == "hold"


MONEY = [
    ((250, 2000), {"trl": 6}),
    ((250, 2000), {"trl": 6, "fraud": "是"}),
    ((400, 1000), {"trl": 6}),
    ((50, 9000), {"trl": 6}),
    (("", ""), {"trl": 6}),
    (("", ""), {"trl": "坏"}),
    ((250, 2000), {"disputed": "是"}),
    ((250, 2000), {}),
]


@pytest.mark.slow
def test_what_is_recommended_is_the_same_beside_others_and_alone(book: MakeBook, mini: Path):
    headers = [*HEADERS, "申请金额（万元）", "中试成本（万元）"]
    rows = [[*row(id=f"P-{n}", **changes), *asked] for n, (asked, changes) in enumerate(MONEY)]
    rows += [[*row(id=f"Q-{n}", **changes), *asked] for n, (asked, changes) in enumerate(MONEY)]
    together = pilotscore.rank(book(*rows, headers=headers), mini, as_of=AS_OF).plan
    of_each = together.recommendations
    for n, (asked, changes) in enumerate(MONEY):
        alone, one, other = (
            (r.approval, r.support, r.offers, r.transfer, [_without_cell(c) for c in r.conditions])
            for r in (
                recommended(book, mini, *asked, **changes),
                of_each[n],
                of_each[n + len(MONEY)],
            )
        )
        assert one == other == alone
    assert of_each[0] is of_each[len(MONEY)]  # kept once for all for which it is the same


def _without_cell(condition: Words) -> str:
    return re.sub(r"^[A-Z]+\d+: ", "", condition.to("en"))
