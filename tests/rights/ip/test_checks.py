"""Cells of rights and notices that contradict each other are found, each at its place."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.language import LANGS
from pilotscore.rights.ip.checks import HINDRANCE_TITLES, ORDER
from pilotscore.workbook.rights.records import IP_DATES, IP_FLAGS, IP_KINDS, NOTICES, SERVICES
from tests.rights.ip.making import assessed, rights

PATENT = {"filed": "2020-01-15", "granted": "2022-09-01", "fee_year": 8}
OPEN = {**PATENT, "open_licence": 1}


def codes(row: dict[str, Any], *of_office: dict[str, Any]) -> list[str]:
    return [f.code for f in assessed(row, *of_office).findings]


@pytest.mark.parametrize(("earlier", "later"), ORDER)
def test_days_that_run_backwards_are_told_at_the_later_one(earlier: str, later: str):
    row = {earlier: "2022-03-02", later: "2022-03-01", "kind": "pct"}
    found = [f for f in assessed(row).findings if f.code == "L201"]
    assert len(found) == 1
    ip = rights(row)
    assert found[0].place == ip.at.place(0, later)
    assert found[0].result == "R1"
    for lang in LANGS:
        assert "2022-03-01" in found[0].sentence(lang)
    assert "L201" not in codes({**row, later: "2022-03-02"})


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"filed": "2020-01-15", "priority": "2019-06-01", "priority_claimed": 0}, "L202"),
        ({"filed": "2020-01-15", "priority_claimed": 1}, "L203"),
        ({"filed": "2020-01-15", "granted": "2027-01-05"}, "L208"),
        ({**PATENT, "in_force": 1, "fee_year": 4}, "L209"),
        ({"filed": "2026-05-06", "exam_requested": "2026-06-01", "kind": "utility_model"}, "L210"),
        ({"filed": "2026-05-06", "national_entry": "2026-06-01", "kind": "design"}, "L210"),
        ({**PATENT, "fees_paid_to": "2026-01-15"}, "L211"),
        ({**OPEN, "exclusive_licence": 1}, "L212"),
        ({"filed": "2026-05-06", "fee_year": 3}, "L213"),
        ({"filed": "2026-05-06", "fees_paid_to": "2029-05-06"}, "L213"),
        ({**PATENT, "fee_year": np.nan, "fees_paid_to": "2050-01-15"}, "L216"),
    ],
)
def test_what_contradicts_itself_is_told(row: dict[str, Any], code: str):
    assert codes(row) == [code]


@pytest.mark.parametrize(
    ("notice", "code"),
    [
        ({"kind": "first_action", "service": "posted"}, "L204"),
        ({"kind": "first_action", "service": "posted", "served": "2026-08-20"}, "L214"),
        ({"kind": "first_action", "service": "electronic", "dispatched": "2026-05-06"}, "L205"),
        ({"kind": "first_action", "service": "handed_over"}, "L205"),
        ({"kind": "other", "dispatched": "2026-05-06", "served": "2026-05-05"}, "L206"),
        (
            {"kind": "other", "dispatched": "2026-05-06", "served": "2026-05-07", "replied": "2026-05-05"},
            "L207",
        ),
        ({"kind": "other", "served": "2026-05-07", "replied": "2026-05-05"}, "L218"),
        (
            {"kind": "other", "dispatched": "2026-05-01", "served": "2026-05-07", "replied": "2026-05-05"},
            "L218",
        ),
        ({"kind": "other", "dispatched": "2026-12-01", "served": "2026-12-01"}, "L208 L208"),
        ({"kind": "other", "served": "2026-05-07", "replied": "2026-12-05"}, "L208"),
    ],
)  # fmt: skip
def test_a_notice_that_contradicts_itself_is_told(notice: dict[str, Any], code: str):
    found = assessed({"filed": "2026-01-15"}, notice).findings
    assert [f.code for f in found] == code.split()
    assert (found[0].place.sheet, found[0].result) == ("通知", "R1")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"filed": "2026-03-05", "open_licence": 1}, "not_granted"),
        ({**OPEN, "in_force": 0}, "ended"),
        ({**OPEN, "exclusive_licence": 1}, "exclusive"),
        ({"filed": "2020-09-15", "granted": "2022-09-01", "fee_year": 6, "open_licence": 1}, "unpaid"),
        ({**OPEN, "pledged": 1}, "pledged"),
        ({**OPEN, "kind": "design"}, "no_report"),
    ],
)  # fmt: skip
def test_articles_50_and_85_what_keeps_a_patent_from_an_open_licence(
    row: dict[str, Any], reason: str
):
    found = [
        f for f in assessed({"filing_fee_paid": "2026-03-05", **row}).findings if f.code == "L212"
    ]
    assert [f.values["reason"] for f in found] == [HINDRANCE_TITLES[reason]]


@pytest.mark.parametrize(
    "more",
    [{}, {"pledged": 1, "pledgee_consents": 1}, {"kind": "design", "evaluation_report": 1}],
)
def test_an_open_licence_that_nothing_hinders_is_not_told(more: dict[str, Any]):
    assert codes({**OPEN, **more}) == []


def test_a_reply_before_the_presumed_day_of_a_posted_notice_is_sound():
    posted = {"kind": "other", "dispatched": "2026-05-06", "service": "posted"}
    sent = {**posted, "served": "2026-05-21", "replied": "2026-05-15"}
    assert [f.code for f in assessed({"filed": "2026-01-15"}, sent).findings] == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"number": "CN202010000001.1", "filed": "2020-01-16"}, "L217"),
        ({"number": "2020 1 0000001.1", "granted": "2022-09-02"}, "L217"),
        ({"number": "ZL202010000001.1", "fee_year": np.nan, "fees_paid_to": "2027-01-15"}, "L217"),
        ({"number": "ZL202010000001.1", "in_force": 0, "status": "失效"}, "L217"),
        (
            {"number": "ZL202010000001.1", "granted": "NaT"},
            None,
        ),  # nothing said is no contradiction
        ({"number": "ZL202010000002.2", "filed": "2020-01-16"}, None),
        ({"number": "", "filed": "2020-01-16"}, None),
    ],
)
def test_one_number_has_the_same_days_and_status_in_every_result(
    row: dict[str, Any], code: str | None
):
    one = {**PATENT, "fee_year": np.nan, "fees_paid_to": "2028-01-15", "number": "ZL202010000001.1"}
    one |= {"in_force": 1, "status": "有效"}
    found = assessed(rights(one, {**one, **row, "result": "R2"})).findings
    told = [(f.code, f.result) for f in found if f.code == "L217"]
    assert told == ([("L217", "R2")] if code else [])


DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2045, 12, 31)).map(str)
ANY_ROW = st.fixed_dictionaries(
    {"kind": st.sampled_from((*IP_KINDS, ""))},
    optional=dict.fromkeys(IP_DATES, DAYS)
    | {flag: st.integers(-1, 1) for flag in IP_FLAGS}
    | {"fee_year": st.integers(1, 25), "status": st.sampled_from(("有效", "", "实审"))},
)
ANY_NOTICE = st.fixed_dictionaries(
    {"kind": st.sampled_from((*NOTICES, "")), "service": st.sampled_from((*SERVICES, ""))},
    optional={"served": DAYS, "dispatched": DAYS, "replied": DAYS, "months": st.integers(0, 12)},
)


@pytest.mark.slow
@given(st.lists(ANY_ROW, min_size=1, max_size=3), st.lists(ANY_NOTICE, max_size=2))
@settings(max_examples=20, deadline=None)
def test_whatever_is_read_comes_to_states_and_findings_that_can_be_told(
    rows: list[dict[str, Any]], sent: list[dict[str, Any]]
):
    found = assessed(rights(*rows), *sent)
    assert len(found.states) == len(rows)
    for finding in found.findings:
        assert finding.place.row is not None
        assert all("{" not in finding.sentence(lang) for lang in LANGS)
    for row in found.due:
        # What has no day says what it waits for, and nothing else does.
        assert (row.raw is None) == bool(row.waits.to("en"))
        assert row.raw is None or row.moved >= row.raw


def test_what_agrees_with_itself_is_not_told():
    sound = {
        "filed": "2020-01-15",
        "priority": "2019-06-03",
        "exam_requested": "2020-01-15",
        "grant_notice": "2022-05-06",
        "registered": "2022-06-06",
        "granted": "2022-06-24",
        "fees_paid_to": "2028-01-14",
        "in_force": 1,
    }
    assert codes(sound) == []
