"""One result in full: what a page of it shows."""

from __future__ import annotations

import numpy as np
import pytest

from pilotscore.rights.ownership.case import case_of
from pilotscore.workbook.rights.records import AMOUNTS

from .making import book, done, university

MAIN = ["disclosed", "service_invention", "protected", "planned", "decided"]
DECIDED = [done(s, f"2025-01-{i + 1:02d}") for i, s in enumerate(MAIN)]
PUBLISHED = done("published", "2025-02-01", end="2025-02-20")


def test_the_contract_may_follow_the_publicity_on_the_next_day():
    step = book(**university("浙江"), steps=[*DECIDED, PUBLISHED]).case().next
    assert (step.state, str(step.earliest), step.latest) == ("executed", "2025-02-21", None)
    assert step.actor.en == "transfer office"
    assert step.rule.id == "ZJ-price-publicity"


def test_a_publicity_that_was_too_short_puts_the_contract_off():
    short = done("published", "2025-02-01", end="2025-02-03")
    step = book(**university("浙江"), steps=[*DECIDED, short]).case().next
    assert str(step.earliest) == "2025-02-17"


@pytest.mark.parametrize(
    ("region", "agreed", "latest"),
    [("浙江", -1, "2026-12-15"), ("浙江", 1, None), ("北京", -1, None)],
)
def test_a_distribution_has_a_last_day_where_the_region_says_so(region, agreed, latest):
    rows = [done("executed", "2026-05-06"), done("received", "2026-06-15")]
    step = book(**university(region, reward_agreed=agreed), steps=rows).case().next
    assert step.state == "distributed"
    assert (None if step.latest is None else str(step.latest)) == latest
    assert step.rule.item == "reward_transfer"


def test_parties_claims_clauses_and_publicity():
    sheets = university("浙江", terms_income=1, terms_exit=0)
    sheets["parties"].append(
        {
            "party": "团队",
            "kind": "team",
            "use_years": 12.0,
            "claim": 0.29,
            "claim_due": "2027-01-01",
            "claim_settled": "2026-12-30",
        }
    )
    case = book(**sheets, steps=[PUBLISHED]).case()
    assert [(p.name, p.share, p.use_years) for p in case.parties] == [
        ("某大学", 100.0, None),
        ("团队", None, 12.0),
    ]
    (claim,) = case.claims
    assert (claim.amount.to("en"), claim.settled) == ("0.29 CNY", None)
    assert (case.terms["terms_income"], case.terms["terms_exit"], case.terms["terms_costs"]) == (
        True,
        False,
        None,
    )
    assert case.terms_share == 1 / 8
    shown = case.publicity
    assert (shown.lasted, shown.lasted_working, shown.required, shown.rule_said) == (
        19.0,
        13.0,
        15.0,
        False,
    )
    assert case.region.id == "zhejiang"


def test_amounts_stand_beside_their_floors():
    rows = [
        {"item": "income", "amount": 1_000_000.0, "currency": "CNY"},
        {"item": "reward", "share": 70.0, "agreed": 1},
        {"item": "reward", "amount": 650_000.0, "agreed": 0},
    ]
    case = book(**university("浙江"), distributions=rows).case()
    shown = {row.item: row for row in case.amounts}
    assert list(shown) == [item for item in AMOUNTS if item in shown]
    reward = shown["reward"]
    assert (reward.agreed_fen, reward.agreed_percent, reward.paid_fen) == (
        700_000_00,
        70.0,
        650_000_00,
    )
    assert [(f.rule.id, f.percent, f.amount.to("en")) for f in reward.floors] == [
        ("ZJ-reward-transfer", 70.0, "700,000 CNY")
    ]
    assert [f.amount.to("en") for f in shown["main_contributors"].floors] == ["490,000 CNY"]
    assert [f.amount.to("en") for f in shown["transfer_staff"].floors] == ["35,000 CNY"]
    assert (case.net_fen, case.net_rule.id) == (1_000_000_00, "ZJ-net")
    assert [f.code for f in case.violations] == ["T115"]


def test_a_firm_has_the_floor_that_holds_without_agreement():
    rows = [{"item": "income", "amount": 100.0, "currency": "CNY"}]
    case = book(**university(kind="enterprise"), distributions=rows).case()
    (reward,) = [row for row in case.amounts if row.item == "reward"]
    assert [(f.rule.id, f.rule.binding) for f in reward.floors] == [
        ("CN-default-transfer", "default")
    ]


def test_a_result_that_no_sheet_names_is_a_key_error():
    with pytest.raises(KeyError):
        case_of(book(**university()).owned(), "R9")


def test_a_last_day_in_a_year_without_a_calendar_is_unconfirmed():
    rows = [done("executed", "2026-05-06"), done("received", "2026-09-15")]
    step = book(**university("浙江"), steps=rows).case("2026-10-01").next
    assert step.unconfirmed
    assert step.latest == np.datetime64("2027-03-15")


def test_an_income_that_is_a_claim_has_its_day():
    sheets = university("安徽", "transfer")
    owed = {"claim": 9.0, "claim_due": "2026-10-31"}  # a Saturday
    sheets["parties"] = [
        {**sheets["parties"][0], "share": 0.0, **owed},
        {"party": "团队", "kind": "team", "share": 100.0},
    ]
    rows = [done("executed", "2025-05-20")]
    assert str(book(**sheets, steps=rows).case().next.latest) == "2026-11-02"
    sheets["parties"][0]["claim_settled"] = "2026-10-30"
    assert book(**sheets, steps=rows).case().next.latest is None


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        ([done("executed", "2026-05-06")], ["reward", "main_contributors", "transfer_staff"]),
        ([], []),
    ],
)
def test_once_there_is_a_contract_floors_are_known_without_any_amount(steps, shown):
    case = book(**university("浙江"), steps=steps).case()
    assert [row.item for row in case.amounts] == shown
    assert [(f.percent, f.amount) for row in case.amounts for f in row.floors] == [
        (70.0, None),
        (70.0, None),
        (5.0, None),
    ][: len(shown)]
