"""A whole batch: results, regions, clauses, claims, findings, what is due; speed in columns."""

from __future__ import annotations

import time
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.findings import Place
from pilotscore.rights.due import DueState
from pilotscore.rights.ownership.amounts import NOT_STATED, fen_of, least
from pilotscore.rights.ownership.ownership import TERMS
from pilotscore.workbook.rights.records import RightsRead

from .making import AS_OF, CALENDAR, Book, book, done, ownership_of, university

MILLION = {"item": "income", "amount": 1_000_000.0, "currency": "CNY"}


def floors(region: str, **more) -> dict[str, int]:
    case = book(**university(region, **more), distributions=[MILLION]).owned()
    at = case.amounts.floors
    return {item: int(at[item].must_fen[0]) for item in at}


def test_national_law_on_a_million():
    assert floors("") == {
        "reward": 500_000_00, "main_contributors": 250_000_00, "transfer_staff": NOT_STATED,
    }  # fmt: skip


def test_zhejiang_on_a_million():
    assert floors("浙江") == {
        "reward": 700_000_00, "main_contributors": 490_000_00, "transfer_staff": 35_000_00,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("region", "must", "may"),
    [
        ("北京", 50, 70),
        ("上海", 50, 70),
        ("浙江", 70, None),
        ("山东", 70, None),
        ("江苏", 50, None),
    ],
)
def test_what_a_region_says_may_be_is_no_floor(region, must, may):
    owned = book(**university(region), distributions=[MILLION]).owned()
    rules, floor = owned.facts.regimes.rules, owned.amounts.floors["reward"]
    assert rules[floor.must[0]].share == must
    assert may == (rules[floor.may[0]].share if floor.may[0] >= 0 else None)


def deducting(region: str, **amounts: float) -> int:
    rows = [MILLION, *({"item": k, "amount": v, "currency": "CNY"} for k, v in amounts.items())]
    return int(book(**university(region), distributions=rows).owned().amounts.net[0])


def test_net_income_is_what_the_region_says():
    every = {
        "cost": 100_000.0,
        "tax": 60_000.0,
        "upkeep": 5_000.0,
        "appraisal": 3_000.0,
        "negotiation": 2_000.0,
    }
    assert deducting("", **every) == 830_000_00
    assert deducting("北京", **every) == 930_000_00  # the cost of research is not among them
    assert deducting("上海", **every) == 930_000_00
    assert deducting("浙江", **every) == 840_000_00  # cost and tax alone
    assert deducting("浙江", cost=100_000.0, public_money=80_000.0) == 980_000_00
    assert deducting("", cost=100_000.0, public_money=80_000.0) == 900_000_00


@pytest.mark.slow
@given(st.integers(0, 10**17), st.decimals(0, 100, places=2))
def test_a_share_of_a_sum_is_never_a_cent_below_it(fen, percent):
    exact = Decimal(fen) * percent / 100
    worked = int(least(np.array([fen]), np.array([float(percent)]))[0])
    assert worked - 1 < exact <= worked


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=6))
def test_amounts_add_up_to_the_fen(parts):
    rows = [{"item": "income", "amount": fen / 100, "currency": "CNY"} for fen in parts]
    owned = book(**university(), distributions=rows).owned()
    assert int(owned.amounts.paid.fen["income"][0]) == sum(parts)


@pytest.mark.parametrize(
    ("rows", "fen", "percent"),
    [
        ([{"share": 30.0}, {"share": 40.0}], 700_000_00, 70.0),
        ([{"share": 30.0}, {"amount": 400_000.0}], 700_000_00, None),
        ([{"share": 30.0, "amount": 300_000.0}, {"amount": 400_000.0}], 700_000_00, None),
        ([{"share": 70.0, "amount": 700_000.0}], 700_000_00, 70.0),
        ([{"share": 30.0, "of": "income"}, {"share": 40.0, "of": "net_income"}], None, None),
    ],
)
def test_a_reward_to_several_is_the_sum_of_what_each_gets(rows, fen, percent):
    given = [{"item": "reward", "agreed": 1, **row} for row in rows]
    agreed = book(**university(), distributions=[MILLION, *given]).owned().amounts.agreed
    assert (
        None if np.isnan(agreed.percent["reward"][0]) else agreed.percent["reward"][0]
    ) == percent
    if fen is not None:
        assert int(agreed.fen["reward"][0]) == fen


def test_a_third_of_a_cent_is_the_nearest_fen():
    assert list(fen_of(np.array([0.1 + 0.2, 1234.565, 1e12 + 0.01]))) == [30, 123456, 10**14 + 1]


@pytest.mark.parametrize(
    ("stated", "share"),
    [
        ({}, None),
        (dict.fromkeys(TERMS, 1), 1.0),
        (dict.fromkeys(TERMS, 0), 0.0),
        ({TERMS[0]: 1}, 1 / 8),
    ],
)
def test_the_share_of_the_eight_clauses_that_are_agreed(stated, share):
    owned = book(**university(**stated)).owned()
    assert len(TERMS) == 8
    assert (None if np.isnan(owned.terms[0]) else owned.terms[0]) == share


def test_a_claim_stands_beside_shares_with_its_amount_trigger_and_day():
    owed = {
        "party": "某大学",
        "kind": "state_university",
        "claim": 500_000.0,
        "claim_trigger": "首轮融资",
        "claim_due": "2027-06-30",
    }
    team = {"party": "团队", "kind": "team", "share": 100.0}
    model = book(
        cases=[{"region": "安徽", "mode": "transfer", "payment": "agreed_income"}],
        parties=[owed, team],
    )
    owned = model.owned()
    assert owned.claim_outstanding[0]
    (claim,) = [d for d in owned.due if d.rule.id == "CN-claim"]
    assert (claim.amount, claim.currency, claim.note.zh) == (500_000.0, "CNY", "首轮融资")
    assert (claim.state, str(claim.due)) == (DueState.OPEN, "2027-06-30")
    assert not model.codes() & {"T101", "T130", "T131"}
    settled = book(**{**model.sheets, "parties": [{**owed, "claim_settled": "2026-01-05"}, team]})
    assert not settled.owned().claim_outstanding[0]
    assert settled.owned("2025-12-31").claim_outstanding[0]


def test_regions_are_told_once_each_with_their_results():
    rows = [
        {"result": f"R{i}", "region": r, "mode": "licence"}
        for i, r in enumerate(["浙江", "江苏", "江苏", "Zhejang", ""])
    ]
    found = list(book(cases=rows).owned().findings())
    told = [(f.code, f.values["results"].to("en")) for f in found]
    assert told == [("T137", "2 results"), ("T138", "1 result"), ("T139", "1 result")]
    assert found[1].place == Place("rights.xlsx", "权属", 4, 9)
    assert "Zhejiang" in found[1].sentence("zh")


def test_results_of_any_sheet_are_there_and_none_is_invented():
    rows = [{**done("disclosed", "2025-01-01"), "result": "R2"}]
    owned = book(parties=[{"party": "某大学"}], steps=rows).owned()
    assert list(owned.results) == ["R1", "R2"]
    nothing = ownership_of(RightsRead(), CALENDAR, AS_OF)
    assert (len(nothing), list(nothing.findings()), nothing.due) == (0, [], None)


def test_the_order_of_rows_changes_nothing():
    sheets = {
        **university("浙江"),
        "steps": [done("decided", "2025-04-01"), done("published", "2025-03-01", end="2025-03-05")],
        "distributions": [MILLION, {"item": "reward", "amount": 1.0, "currency": "CNY"}],
    }
    turned = Book({name: rows[::-1] for name, rows in sheets.items()})
    assert turned.codes() == Book(sheets).codes()


@pytest.mark.slow
def test_a_hundred_thousand_results_take_seconds():
    n = 100_000
    ids = [f"R{i}" for i in range(n)]
    made = {
        "cases": [{"result": r, "region": "浙江", "mode": "licence"} for r in ids],
        "parties": [
            {"result": r, "party": "某大学", "kind": "state_university", "share": 100.0}
            for r in ids
        ],
        "steps": [{**done("executed", "2026-10-08"), "result": r} for r in ids],
        "distributions": [{"result": r, **MILLION} for r in ids],
    }
    read = Book(made).read()
    start = time.process_time()
    owned = ownership_of(read, CALENDAR, AS_OF)
    assert len(owned) == n
    assert time.process_time() - start < 8


@pytest.mark.parametrize(
    ("written", "meant"), [("淅江", "浙江"), ("浙汪", "浙江"), ("青岚省", "青海省")]
)
def test_a_region_that_is_not_known_names_the_one_it_is_near(written: str, meant: str):
    cases = [{"result": "R1", "region": written, "mode": "licence"}]
    (told,) = [f for f in book(cases=cases).owned().findings() if f.code == "T138"]
    assert f"是否指 {meant}？" in told.sentence("zh")


def test_a_sum_of_thirds_is_told_as_people_write_it():
    parties = [{"result": "R1", "party": p, "kind": "team", "share": 100 / 3} for p in "甲乙"]
    (told,) = [f for f in book(parties=parties).owned().findings() if f.code == "T101"]
    assert "66.67%" in told.sentence("zh")
