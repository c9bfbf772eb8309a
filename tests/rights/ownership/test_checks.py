"""Each kind of finding: a result that has it, and the nearest one that has not."""

from __future__ import annotations

import numpy as np
import pytest

from pilotscore.criteria.legal.regions import load_regulations
from pilotscore.findings import all_kinds
from pilotscore.rights.ip.states import IpStates
from pilotscore.rights.ownership import kinds
from pilotscore.rights.ownership.hits import Hits, findings_of, place_of_result
from pilotscore.rights.ownership.in_force import not_in_force_by
from pilotscore.rights.ownership.ownership import Ownership

from .making import Book, book, done, university

TEAM = {"party": "团队", "kind": "team", "share": 70.0, "consents": 1}
UNIT = {"party": "某大学", "kind": "state_university", "share": 30.0, "consents": 1}
FIRM = {"party": "某公司", "kind": "enterprise", "role": "受让方"}
MILLION = {"item": "income", "amount": 1_000_000.0, "currency": "CNY", "date": "2026-01-05"}


def granted(mode: str = "transfer", region: str = "", *parties: dict, **case) -> dict:
    return {
        "cases": [{"region": region, "mode": mode, **case}],
        "parties": list(parties or (UNIT, TEAM)),
    }


def shared(percent: float, **more) -> dict:
    return {"item": "reward", "share": percent, "agreed": 1, **more}


def income(
    *rows: dict, region: str = "", mode: str = "licence", kind: str = "state_university", **case
) -> Book:
    return book(**university(region, mode, kind, **case), distributions=[MILLION, *rows])


def walked(*rows: dict, region: str = "", mode: str = "licence", **case) -> Book:
    return book(**university(region, mode, **case), steps=list(rows))


def company(**case) -> Book:
    base = {"appraised": 1, "title_transferred": 1}
    return walked(done("executed", "2026-06-01"), mode="shares", **{**base, **case})


DECIDED = done("decided", "2025-03-01")
PUBLISHED = done("published", "2025-03-02", end="2025-03-20")
# code: what has it, what is nearest to it and has not
CASES: dict[str, list[tuple[Book, Book]]] = {
    "T101": [
        (book(parties=[UNIT, {**FIRM, "share": 60.0}]), book(parties=[UNIT, {**FIRM, "share": 70.0}])),
        (book(parties=[UNIT, {**TEAM, "share": 60.0}]), book(parties=[UNIT, TEAM])),
        (
            book(parties=[UNIT, {**TEAM, "share": 60.0}, {**FIRM, "role": "共有人", "share": 20.0}]),
            book(parties=[UNIT, {**TEAM, "share": 60.0}, {**FIRM, "role": "共有人", "share": 10.0}]),
        ),
        (
            book(parties=[UNIT, {**TEAM, "share": 80.0}]),
            book(parties=[{**UNIT, "share": 33.33}, {**TEAM, "share": 33.33}, {**TEAM, "party": "乙", "share": 33.34}]),
        ),
    ],
    "T102": [
        (walked(done("decided", "2025-03-05"), PUBLISHED), walked(DECIDED, PUBLISHED)),
        (
            walked(done("published", "2025-03-20", end="2025-03-02")),
            walked(PUBLISHED),
        ),
        (walked(PUBLISHED, done("executed", "2025-03-19")), walked(PUBLISHED, done("executed", "2025-03-21"))),
        (
            walked(done("received", "2025-06-01"), done("distributed", "2025-05-01")),
            walked(done("received", "2025-06-01"), done("distributed", "2025-07-01")),
        ),
    ],
    "T103": [(walked(DECIDED, done("published", "2025-03-01", end="2025-03-20")), walked(DECIDED, PUBLISHED))],
    "T104": [
        (walked(done("published", "2025-03-02", end="2025-03-16"), region="山东"), walked(done("published", "2025-03-02", end="2025-03-17"), region="山东")),
        (walked(done("published", "2025-03-02", end="2025-03-16"), region="浙江"), walked(done("published", "2025-03-02", end="2025-03-17"), region="浙江")),
        # a publicity that starts after the income came in is that of the rewards
        (walked(done("received", "2026-05-06"), done("published", "2026-05-08", end="2026-05-22"), region="浙江"), walked(done("received", "2026-05-06"), done("published", "2026-05-08", end="2026-05-23"), region="浙江")),
        # of two publicities the last counts
        (walked(PUBLISHED, done("published", "2025-04-02", end="2025-04-03"), region="浙江"), walked(done("published", "2025-01-02", end="2025-01-03"), PUBLISHED, region="浙江")),
        (walked(done("published", "2025-03-02", end="2025-03-02"), region="浙江"), walked(done("published", "2025-03-02", end="2025-03-02"))),
    ],
    "T105": [
        # fifteen working days from 2 March 2025 (a Sunday): the 21st, with no holiday between
        (walked(done("published", "2025-03-02", end="2025-03-20", days=15, day_kind="working")), walked(done("published", "2025-03-02", end="2025-03-21", days=15, day_kind="working"))),
        # the Sunday before National Day is a working day, the days of it are none
        (walked(done("published", "2025-09-26", end="2025-10-08", days=4, day_kind="working")), walked(done("published", "2025-09-26", end="2025-10-09", days=4, day_kind="working"))),
        (walked(done("published", "2025-03-02", end="2025-03-11", days=10)), walked(done("published", "2025-03-02", end="2025-03-12", days=10))),
    ],
    "T106": [(book(parties=[UNIT, {**TEAM, "use_years": 9.0}]), book(parties=[UNIT, {**TEAM, "use_years": 10.0}]))],
    "T107": [
        (walked(done("executed", "2025-05-01"), done("registered", "2025-04-30"), mode="transfer"), walked(done("executed", "2025-05-01"), done("registered", "2025-05-01"), mode="transfer")),
        (walked(done("vested", "2025-05-01"), done("registered", "2025-04-01")), walked(done("vested", "2025-05-01"), done("registered", "2025-06-01"))),
        (walked(done("executed", "2025-05-01"), done("registered", "2025-04-30"), mode="transfer"), walked(done("executed", "2025-05-01"), done("registered", "2025-04-30"), mode="licence")),
    ],
    "T108": [(walked(done("executed", "2026-01-15"), done("registered", "2026-04-16")), walked(done("executed", "2026-01-15"), done("registered", "2026-04-15")))],
    "T109": [(walked(done("executed", "2026-08-27")), walked(done("executed", "2026-09-01")))],
    "T110": [(company(appraised=0), company())],
    "T111": [(company(title_transferred=0), company())],
    "T112": [(company(appraised=-1), company()), (company(title_transferred=-1), company())],
    "T113": [(company(company_founded="2020-05-06", paid_in="2025-05-07"), company(company_founded="2020-05-06", paid_in="2025-05-06"))],
    "T114": [(company(company_founded="2021-11-26"), company(company_founded="2021-11-30"))],
    "T115": [
        # the reward of a person whom the sheet of rights names as a main contributor is their part
        (
            book(cases=[{"mode": "licence"}], parties=[{**UNIT, "share": 100.0}, {"party": "甲", "kind": "person", "main_contributor": 1}], distributions=[MILLION, {"item": "reward", "recipient": "甲", "amount": 299_999.99}, {"item": "reward", "recipient": "乙", "amount": 300_000.01}]),
            book(cases=[{"mode": "licence"}], parties=[{**UNIT, "share": 100.0}, {"party": "甲", "kind": "person", "main_contributor": 1}], distributions=[MILLION, {"item": "reward", "recipient": "甲", "amount": 300_000.0, "share": 30.0}, {"item": "reward", "recipient": "乙", "amount": 300_000.0}]),
        ),
        (income(shared(40)), income(shared(40), kind="enterprise", reward_agreed=1)),
        (income(shared(69.9), region="浙江"), income(shared(70), region="浙江")),
        (income({"item": "reward", "amount": 499_999.99, "currency": "CNY"}), income({"item": "reward", "amount": 500_000.0, "currency": "CNY"})),
        (income(shared(49.99), mode="shares"), income(shared(50), mode="shares")),
        (income(shared(4), mode="joint"), income(shared(5), mode="own_investment")),
        (income({"item": "main_contributors", "share": 49.0}, shared(60)), income({"item": "main_contributors", "share": 50.0}, shared(60))),
        (income({"item": "transfer_staff", "amount": 34_999.0}, shared(70), region="浙江"), income({"item": "transfer_staff", "amount": 35_000.0}, shared(70), region="浙江")),
    ],
    "T116": [(income(shared(60), region="北京"), income(shared(70), region="北京")), (income(shared(60), region="上海"), income(shared(60)))],
    "T117": [(income({"item": "reward", "share": 30.0}, kind="enterprise", reward_agreed=0), income({"item": "reward", "share": 30.0}, kind="enterprise", reward_agreed=1))],
    "T118": [(income(shared(40), kind=""), income(shared(50), kind=""))],
    "T120": [
        (book(**granted("licence", "浙江"), distributions=[MILLION, shared(70)]), book(**granted("licence", "北京"), distributions=[MILLION, shared(70)])),
        # in Shantou the unit may stop rewards: to give both is no violation
        (book(**granted("licence", "浙江"), distributions=[MILLION, shared(70)]), book(**granted("licence", "汕头"), distributions=[MILLION, shared(70)])),
    ],
    "T148": [
        (
            book(**granted("licence", "汕头", {**UNIT, "share": 100.0}, {**TEAM, "share": float("nan"), "use_years": 10.0}), distributions=[MILLION, shared(70)]),
            book(**granted("licence", "浙江", {**UNIT, "share": 100.0}, {**TEAM, "share": float("nan"), "use_years": 10.0}), distributions=[MILLION, shared(70)]),
        ),
    ],
    "T149": [
        (book(**granted("licence", "汕头", {**UNIT, "share": 40.0}, {**TEAM, "share": 60.0}, publicly_funded=1)), book(**granted("licence", "汕头", publicly_funded=1))),
        (book(**granted("licence", "汕头", {**UNIT, "share": 40.0}, {**TEAM, "share": 60.0}, publicly_funded=1)), book(**granted("licence", "汕头", {**UNIT, "share": 40.0}, {**TEAM, "share": 60.0}))),
    ],
    "T121": [
        (company(deferral_chosen=1, shares_only=0), company(deferral_chosen=1, shares_only=1)),
        (company(deferral_chosen=1, payment="mixed"), company(deferral_chosen=0, payment="mixed")),
    ],
    "T122": [(walked(done("received", "2023-03-01"), done("distributed", "2026-03-02"), non_profit=1), walked(done("received", "2023-03-01"), done("distributed", "2026-03-01"), non_profit=1))],
    "T123": [(walked(done("received", "2025-03-01"), done("distributed", "2025-04-01"), non_profit=1, contract_registered=0), walked(done("received", "2025-03-01"), done("distributed", "2025-04-01"), non_profit=1, contract_registered=1))],
    "T124": [(book(**granted("transfer", "浙江", UNIT, {**TEAM, "role": "受让方"})), book(**granted("transfer", "浙江", UNIT, {**TEAM, "role": "受让方", "related_buyer": 1})))],
    "T125": [
        (book(**granted("transfer", "", UNIT, {**TEAM, "role": "buyer"})), book(**granted("transfer", "", UNIT, TEAM))),
        (book(**granted("transfer", "", UNIT, TEAM, {**FIRM, "party": "团队"})), book(**granted("transfer", "", UNIT, TEAM, FIRM))),
    ],
    "T126": [
        (walked(done("protected", "2025-11-01"), region="北京"), walked(done("protected", "2025-12-01"), region="北京")),
        (walked(done("protected", "2024-11-01"), region="浙江"), walked(done("protected", "2024-11-01"), done("executed", "2025-01-01"), region="浙江")),
        (walked(done("protected", "2024-11-01"), region="山东", publicly_funded=1), walked(done("protected", "2024-11-01"), region="山东", publicly_funded=0)),
        (walked(done("protected", "2024-11-01"), region="上海"), walked(done("protected", "2024-11-01"))),
    ],
    "T127": [
        (book(**granted("transfer", "", UNIT, {**TEAM, "consents": 0})), book(**granted("licence", "", UNIT, {**TEAM, "consents": 0}))),
        (
            book(**granted("licence", "", UNIT, {**TEAM, "consents": 0}), ip=[{"exclusive_licence": 1}]),
            book(**granted("licence", "", UNIT, {**TEAM, "consents": 0}), ip=[{"exclusive_licence": 0}]),
        ),
        (
            book(**granted("licence", "", UNIT, {**TEAM, "consents": 0}, exclusive=1)),
            book(**granted("licence", "", UNIT, {**TEAM, "consents": 1}, exclusive=1)),
        ),
    ],
    "T128": [(book(**granted("shares", "", UNIT, {**TEAM, "consents": -1}), steps=[done("executed", "2026-01-01")]), book(**granted("shares", "", UNIT, {**TEAM, "consents": -1})))],
    "T129": [
        (
            book(cases=[{"mode": "shares"}], parties=[UNIT, {**TEAM, "party": "院长", "kind": "person", "share": float("nan"), "head_of_unit": 1}], distributions=[{"item": "reward", "recipient": "院长", "form": "shares", "share": 5.0}]),
            book(cases=[{"mode": "shares"}], parties=[UNIT, {**TEAM, "party": "院长", "kind": "person", "share": float("nan"), "head_of_unit": 1}], distributions=[{"item": "reward", "recipient": "院长", "form": "cash", "share": 5.0}]),
        ),(book(parties=[UNIT, {**TEAM, "head_of_unit": 1}]), book(parties=[UNIT, {**TEAM, "head_of_unit": 0}]))],
    "T130": [(book(parties=[{**UNIT, "claim": 100.0, "claim_due": "2026-11-27"}, TEAM]), book(parties=[{**UNIT, "claim": 100.0, "claim_due": "2026-11-29"}, TEAM]))],
    "T131": [(book(parties=[{**UNIT, "claim": 100.0}, TEAM]), book(parties=[{**UNIT, "claim": 100.0, "claim_due": "2027-01-01"}, TEAM]))],
    "T133": [(book(**granted("licence", "", on_negative_list=1)), book(**university(on_negative_list=1)))],
    "T134": [(income({"item": "reward", "amount": 1.0, "currency": "USD"}), income({"item": "reward", "amount": 500_000.0, "currency": "CNY"}))],
    "T135": [(income({"item": "net_income", "amount": 900_000.0, "currency": "CNY"}), income({"item": "net_income", "amount": 900_000.0, "currency": "CNY"}, {"item": "tax", "amount": 100_000.0}))],
    "T136": [(income({"item": "reward", "amount": 600_000.0}, {"item": "unit", "amount": 400_000.01}), income({"item": "reward", "amount": 600_000.0}, {"item": "unit", "amount": 400_000.0}))],
    "T137": [(walked(region="江苏"), walked(region="浙江"))],
    "T138": [(walked(region="火星"), walked(region="浙江省"))],
    "T139": [(walked(), walked(region="全国"))],
    "T140": [
        (income({"item": "reward", "amount": 700_000.0, "date": "2026-07-07"}, region="浙江", kind="state_university"), income({"item": "reward", "amount": 700_000.0, "date": "2026-07-06"}, region="浙江")),(walked(done("received", "2026-01-05"), done("distributed", "2026-07-07"), region="浙江"), walked(done("received", "2026-01-05"), done("distributed", "2026-07-07"), region="浙江", reward_agreed=1))],
    "T142": [
        (book(**university(amount=20_000_001.0), ip=[{"open_licence": 1}]), book(**university(amount=20_000_000.0), ip=[{"open_licence": 1}])),
        (book(**university(), ip=[{"open_licence": 1}], distributions=[{"item": "income", "share": 21.0}]), book(**university(), ip=[{"open_licence": 0}], distributions=[{"item": "income", "share": 21.0}])),
    ],
    "T119": [(income(shared(40), mode=""), income(shared(40)))],
    "T146": [
        (
            walked(done("received", "2026-05-06"), done("distributed", "2026-06-01"), region="浙江"),
            walked(done("received", "2026-05-06"), done("published", "2026-05-08", end="2026-05-25"), done("distributed", "2026-06-01"), region="浙江"),
        ),
        (
            walked(done("received", "2026-05-06"), done("distributed", "2026-06-01"), region="浙江"),
            walked(done("received", "2026-05-06"), done("distributed", "2026-06-01"), region="北京"),
        ),
    ],
    "T147": [
        (walked({**PUBLISHED, "objections": 1}, done("executed", "2025-04-01")), walked({**PUBLISHED, "objections": 0}, done("executed", "2025-04-01"))),
        (walked({**PUBLISHED, "objections": 1}, done("executed", "2025-04-01")), walked({**PUBLISHED, "objections": 1})),
    ],
    "T145": [
        (
            book(**granted("licence", "浙江", UNIT, TEAM, {**FIRM, "related_buyer": 1}), steps=[PUBLISHED]),
            book(**granted("licence", "浙江", UNIT, TEAM, {**FIRM, "related_buyer": 1}), steps=[{**PUBLISHED, "note": "已注明关联关系"}]),
        ),
        (
            book(**granted("licence", "浙江", UNIT, TEAM, {**FIRM, "related_buyer": 1}), steps=[PUBLISHED]),
            book(**granted("licence", "北京", UNIT, TEAM, {**FIRM, "related_buyer": 1}), steps=[PUBLISHED]),
        ),
    ],
    "T150": [
        (walked(done("executed", "2026-12-01")), walked(done("executed", "2026-11-30"))),
        (walked(done("disclosed", "2026-01-05", document_date="2026-12-01")), walked(done("disclosed", "2026-01-05"))),
        (
            book(**university(), distributions=[{**MILLION, "date": "2026-12-01"}]),
            book(**university(), distributions=[{**MILLION, "date": "2026-12-01", "agreed": 1}]),
        ),
    ],
    "T144": [(income({"item": "cost", "amount": 9.0}, {"item": "public_money", "amount": 8.0}, region="浙江"), income({"item": "cost", "amount": 9.0}, {"item": "public_money", "amount": 8.0}))],
}  # fmt: skip
PAIRS = [(code, *pair) for code, pairs in CASES.items() for pair in pairs]
OWN = {code for code in all_kinds() if code.startswith("T1")}


@pytest.mark.parametrize(("code", "has", "has_not"), PAIRS)
def test_a_check_comes_upon_what_it_is_for_and_nothing_near_it(code, has, has_not):
    assert code in has.codes()
    assert code not in has_not.codes()


def test_every_kind_is_here():
    assert set(CASES) | {"T132"} == OWN


@pytest.mark.parametrize(("code", "has", "has_not"), [PAIRS[0], PAIRS[8], PAIRS[22]])
def test_every_finding_names_the_rule_its_source_and_its_result(code, has, has_not):
    (finding,) = [f for f in has.owned().findings("R1") if f.code == code][:1]
    assert finding.values["rule"] in load_regulations().rules
    assert finding.result == "R1"
    for lang in ("zh", "en"):
        said = finding.sentence(lang)
        assert finding.values["source"].to(lang) in said
        assert "{" not in said


@pytest.mark.parametrize(
    ("ended", "expires", "core", "signed", "told"),
    [
        ("2025-01-01", "NaT", 1, "2025-01-01", True),
        ("2025-01-01", "NaT", -1, "2025-06-01", True),
        ("2025-01-01", "NaT", 1, "2024-12-31", False),
        ("2025-01-01", "NaT", 0, "2025-06-01", False),
        ("NaT", "2025-01-01", 1, "2025-01-01", False),
        ("NaT", "2025-01-01", 1, "2025-01-02", True),
        ("NaT", "NaT", 1, "2025-01-02", False),
    ],
)
def test_a_patent_that_was_not_in_force_on_the_day_of_the_contract(
    ended, expires, core, signed, told
):
    rights = [{"number": "ZL202010000001.X", "core": core}, {"result": "R7", "number": "other"}]
    made = book(**university(mode="transfer"), steps=[done("executed", signed)], ip=rights)
    no_day = np.full(2, np.datetime64("NaT", "D"))
    ends, terms = (np.array([day, "2020-01-01"], "M8[D]") for day in (ended, expires))
    states = IpStates(np.zeros(2, np.int8), np.full(2, -1), ends, no_day, terms)
    found = list(made.owned(not_in_force=not_in_force_by(made.read().ip, states)).findings("R1"))
    assert ["ZL202010000001.X"] * told == [f.values["number"] for f in found if f.code == "T132"]


def test_where_currencies_are_mixed_nothing_is_worked_out():
    owned = income({"item": "reward", "amount": 1.0, "currency": "USD"}).owned()
    assert int(owned.amounts.net[0]) == -1
    assert "T115" not in {f.code for f in owned.findings()}


def test_errors_and_warnings_are_counted_by_result():
    owned: Ownership = income(shared(40), region="浙江").owned()
    assert (owned.errors[0], owned.warnings[0]) == (1, 0)


def test_a_hit_without_a_row_stands_at_the_first_row_of_its_result():
    steps = [
        {"result": result, **done("executed", day)}
        for result, day in (("R2", "2025-03-01"), ("R1", "2025-03-02"), ("R2", "2025-03-03"))
    ]
    owned = book(steps=steps, cases=[{"result": "R3", "mode": "licence"}]).owned()
    ids = owned.results.tolist()
    every = np.arange(len(ids))
    group = Hits(kinds.SAME_DAY, every, np.zeros(len(ids), int), None, np.full(len(ids), -1))
    places = {f.result: f.place for f in findings_of(owned.work, group)}
    for i, result in enumerate(ids):
        sheet, at = (
            (owned.work.read.cases, owned.facts.results.cases)
            if result == "R3"
            else (owned.work.read.steps, owned.facts.results.steps)
        )
        assert places[result] == sheet.at.place(int(np.flatnonzero(at == i)[0]), None)
        assert places[result] == place_of_result(owned.work.read, owned.facts, i)
