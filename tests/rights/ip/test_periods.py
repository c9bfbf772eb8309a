"""Every period of the table, by its article; worked dates as printed and by the real calendar."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.language import LANGS
from pilotscore.rights.due import DueState
from pilotscore.workbook.rights.records import IP_DATES, IP_KINDS
from tests.rights.ip.making import assessed, due, rights, rules_of

FILED = {"filed": "2020-01-15"}
CLAIMED = {"filed": "2020-01-15", "priority": "2019-06-01", "priority_claimed": 1}
# (article, rule, right, as counted, the day that holds)
TABLE: list[tuple[str, str, dict[str, Any], str, str]] = [
    ("专利法第29条", "priority", FILED, "2021-01-15", "2021-01-15"),
    ("专利法第29条", "priority_design", {**FILED, "kind": "design"}, "2020-07-15", "2020-07-15"),
    ("专利法第29条", "priority_claim", CLAIMED, "2020-06-01", "2020-06-01"),
    ("专利法第29条", "priority_claim_design", {**CLAIMED, "kind": "design"}, "2019-12-01", "2019-12-02"),
    ("专利法第30条", "priority_copy", CLAIMED, "2020-10-01", "2020-10-09"),
    ("专利法第30条", "priority_copy_design", {**CLAIMED, "kind": "design"}, "2020-04-15", "2020-04-15"),
    # 16 months from priority beat 4 from filing; then the other way round.
    ("细则第37条", "priority_add", CLAIMED, "2020-10-01", "2020-10-09"),
    ("细则第37条", "priority_add", {**CLAIMED, "priority": "2019-01-16"}, "2020-05-16", "2020-05-18"),
    ("专利法第24条", "novelty_grace", {**FILED, "own_publication": "2019-08-31"}, "2020-02-29", "2020-02-29"),
    ("细则第33条", "grace_proof", {**FILED, "own_publication": "2020-01-02"}, "2020-03-15", "2020-03-16"),
    ("细则第112条", "filing_fee", FILED, "2020-03-15", "2020-03-16"),
    ("细则第112条", "filing_fee", {**FILED, "received": "2020-03-10"}, "2020-03-25", "2020-03-25"),
    ("专利法第34条", "publication", FILED, "2021-07-15", "2021-07-15"),
    ("专利法第34条", "publication", CLAIMED, "2020-12-01", "2020-12-01"),
    ("专利法第35条", "examination", FILED, "2023-01-15", "2023-01-16"),
    ("专利法第35条", "examination", CLAIMED, "2022-06-01", "2022-06-01"),
    ("细则第57条", "own_amendment", {**FILED, "exam_entered": "2021-02-28"}, "2021-05-28", "2021-05-28"),
    ("细则第57条", "own_amendment_early", {**FILED, "kind": "utility_model"}, "2020-03-15", "2020-03-16"),
    ("细则第6条", "restoration", {**FILED, "lapse_notice": "2026-12-31"}, "2027-02-28", "2027-03-01"),
    ("专利法第41条", "reexamination", {**FILED, "rejected": "2026-07-01"}, "2026-10-01", "2026-10-08"),
    ("细则第60条", "grant", {**FILED, "grant_notice": "2026-09-01"}, "2026-11-01", "2026-11-02"),
    ("细则第48条", "divisional", {**FILED, "grant_notice": "2026-09-01"}, "2026-11-01", "2026-11-02"),
    ("专利法第42条", "term_invention", FILED, "2040-01-15", "2040-01-15"),  # a Sunday: not moved
    ("专利法第42条", "term_invention", CLAIMED, "2040-01-15", "2040-01-15"),  # from actual filing
    ("专利法第42条", "term_utility_model", {**FILED, "kind": "utility_model"}, "2030-01-15", "2030-01-15"),
    ("专利法第42条", "term_design", {"filed": "2021-06-01", "kind": "design"}, "2036-06-01", "2036-06-01"),
    ("公告第423号", "term_design_before_2021", {"filed": "2021-05-31", "kind": "design"}, "2031-05-31", "2031-05-31"),
    (
        "细则第77条",
        "term_adjustment",
        {**FILED, "exam_requested": "2020-02-01", "granted": "2024-02-06"},
        "2024-05-06",
        "2024-05-06",
    ),
    (
        "细则第81条",
        "term_adjustment_drug",
        {**FILED, "granted": "2022-01-04", "approved": "2025-09-30"},
        "2025-12-30",
        "2025-12-30",
    ),
    ("细则第120条", "pct_entry", {"kind": "pct", **CLAIMED}, "2021-12-01", "2021-12-01"),
    ("细则第123条", "pct_amendments", {"kind": "pct", **FILED, "national_entry": "2022-02-01"}, "2022-04-01", "2022-04-01"),
    (
        "细则第124条",
        "pct_exhibition_proof",
        {"kind": "pct", **FILED, "national_entry": "2022-03-04", "own_publication": "2019-12-01"},
        "2022-05-04",
        "2022-05-05",
    ),
    ("专利法第19条", "secrecy_review", {**FILED, "foreign_filed": "2020-05-02"}, "2020-05-02", "2020-05-02"),
    ("细则第9条", "secrecy_notice", {**FILED, "secrecy_requested": "2020-03-02"}, "2020-05-02", "2020-05-02"),
    ("细则第9条", "secrecy_decision", {**FILED, "secrecy_requested": "2020-03-02"}, "2020-07-02", "2020-07-02"),
    ("细则第15条", "licence_filing", {**FILED, "licensed": "2025-02-01"}, "2025-05-01", "2025-05-06"),
    ("细则第93条", "inventor_reward", {**FILED, "granted": "2026-09-01"}, "2026-12-01", "2026-12-01"),
    ("专利法实施细则（2010年修订）第77条", "inventor_reward_before_2024", {**FILED, "granted": "2022-03-03"}, "2022-06-03", "2022-06-06"),
    ("布图设计条例第17条", "layout_registration", {"kind": "ic_layout", "first_use": "2022-10-02"}, "2024-10-02", "2024-10-08"),
    ("布图设计条例第12条", "term_layout", {"kind": "ic_layout", "filed": "2023-01-05", "first_use": "2022-10-02"}, "2032-10-02", "2032-10-02"),
    ("布图设计条例第12条", "term_layout", {"kind": "ic_layout", "filed": "2023-01-05"}, "2033-01-05", "2033-01-05"),
    ("软件保护条例第14条", "term_software", {"kind": "software", "published": "2020-03-07"}, "2070-12-31", "2070-12-31"),
    ("品种条例第34条", "term_variety", {"kind": "plant_variety", "granted": "2020-01-03"}, "2035-01-03", "2035-01-03"),
    ("品种条例第34条", "term_variety_tree", {"kind": "plant_variety", "granted": "2020-01-03"}, "2040-01-03", "2040-01-03"),
    ("商标法第39条", "trademark_renewal", {"kind": "trademark", "granted": "2020-01-03"}, "2030-01-03", "2030-01-03"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("article", "rule", "row", "raw", "holds"), TABLE, ids=[f"{r[1]}-{r[0]}" for r in TABLE]
)
def test_every_period_ends_as_its_article_has_it(
    article: str, rule: str, row: dict[str, Any], raw: str, holds: str
):
    found = due(assessed(row), rule)
    assert (str(found.raw), str(found.due)) == (raw, holds)
    law, number = article.split("第")
    laws = {"细则": "实施细则", "公告": "公告第423号", "布图设计条例": "布图设计", "软件保护条例": "软件", "品种条例": "新品种", "商标法": "商标法"}  # fmt: skip
    assert laws.get(law, law) in found.rule.source.zh
    assert number.removesuffix("号").removesuffix("条") in found.rule.source.zh


def test_restoration_of_priority_runs_from_the_end_of_the_period():
    found = due(assessed(FILED), "priority")
    assert str(found.restorable) == "2021-03-15"
    # Nothing restores the priority of a design, and reading it is the rule's word.
    assert due(assessed({**FILED, "kind": "design"}), "priority_design").restorable is None


def test_restoration_of_re_examination_runs_from_the_moved_end():
    found = due(assessed({**FILED, "rejected": "2026-07-01"}), "reexamination")
    assert str(found.restorable) == "2026-12-08"


def test_national_entry_has_a_window_of_two_months_with_a_fee():
    found = due(assessed({"kind": "pct", **CLAIMED}, as_of="2022-01-15"), "pct_entry")
    assert (str(found.grace), found.state) == ("2022-02-07", DueState.IN_GRACE)  # 02-01: holiday


@pytest.mark.parametrize(
    ("row", "absent"),
    [
        (FILED, "priority_claim"),
        (CLAIMED, "priority"),
        ({**FILED, "kind": "utility_model"}, "examination"),
        ({**FILED, "kind": "utility_model"}, "publication"),
        # granted within four years of filing; within three of the request for examination
        ({**FILED, "exam_requested": "2020-02-01", "granted": "2024-01-15"}, "term_adjustment"),
        ({**FILED, "exam_requested": "2021-02-06", "granted": "2024-02-06"}, "term_adjustment"),
        ({"kind": "pct", **FILED}, "examination"),  # not entered yet
        ({"kind": "design", "filed": "2021-06-01"}, "term_design_before_2021"),
        ({"kind": "design", "filed": "2021-05-31"}, "term_design"),
        ({"kind": "software", **FILED}, "annual_fee"),
        ({"kind": "trade_secret"}, "term_invention"),
    ],
)
def test_a_rule_that_does_not_concern_a_right_gives_no_row(row: dict[str, Any], absent: str):
    assert absent not in rules_of(assessed(row))


def test_a_pct_application_is_an_invention_once_it_has_entered():
    entered = {"kind": "pct", **CLAIMED, "national_entry": "2021-11-01", "granted": "2024-03-01"}
    found = assessed(entered)
    assert str(due(found, "examination").raw) == "2022-06-01"
    assert {"annual_fee", "term_invention", "inventor_reward"} <= set(rules_of(found))
    assert due(found, "inventor_reward").amount == 4000


@pytest.mark.parametrize(("kind", "amount"), [("invention", 4000), ("design", 1500)])
def test_the_reward_has_its_least_amount(kind: str, amount: float):
    found = due(assessed({**FILED, "kind": kind, "granted": "2026-09-01"}), "inventor_reward")
    assert (found.amount, found.currency) == (amount, "CNY")


@pytest.mark.parametrize(
    ("granted", "kind", "rule", "amount"),
    [
        ("2024-01-19", "invention", "inventor_reward_before_2024", 3000),
        ("2020-11-03", "utility_model", "inventor_reward_before_2024", 1000),
        ("2024-01-20", "invention", "inventor_reward", 4000),
        ("2024-01-20", "utility_model", "inventor_reward", 1500),
    ],
)
def test_the_reward_is_that_of_the_regulations_in_force_at_grant(
    granted: str, kind: str, rule: str, amount: float
):
    found = assessed({**FILED, "kind": kind, "granted": granted})
    rules = [r for r in rules_of(found) if r.startswith("inventor_reward")]
    assert rules == [rule]
    assert due(found, rule).amount == amount


# ------------------------------------------------------------------------------------ states

EXAM = {**FILED, "kind": "invention"}


@pytest.mark.parametrize(
    ("row", "as_of", "state"),
    [
        (EXAM, "2023-01-16", DueState.OPEN),  # the moved day itself
        (EXAM, "2023-01-17", DueState.LAPSED),
        ({**EXAM, "exam_requested": "2023-01-16"}, "2023-01-17", DueState.DONE),
        ({**EXAM, "exam_requested": "2023-01-17"}, "2023-02-01", DueState.LAPSED),  # too late
        ({**EXAM, "exam_requested": "2022-05-01"}, "2022-04-30", DueState.OPEN),  # not yet
        ({**EXAM, "granted": "2023-08-01"}, "2024-01-01", DueState.DONE),  # cannot be without it
        ({**EXAM, "granted": "2023-08-01"}, "2023-07-01", DueState.DONE),  # as was to be seen
        ({**EXAM, "granted": "2023-08-01"}, "2023-01-10", DueState.OPEN),
        ({"kind": "invention"}, "2023-01-16", DueState.PENDING),
    ],
)
def test_an_act_is_done_open_lapsed_or_pending(row: dict[str, Any], as_of: str, state: DueState):
    assert due(assessed(row, as_of=as_of), "examination").state == state


def test_a_day_that_passed_proves_nothing_where_there_is_no_column():
    bare = rights(EXAM, columns=("filed",))
    assert due(assessed(bare), "examination").state == DueState.UNPROVEN
    assert due(assessed(bare, as_of="2022-01-01"), "examination").state == DueState.OPEN


def test_what_the_office_does_is_unproven_or_done_and_never_lapsed():
    assert due(assessed(EXAM), "publication").state == DueState.UNPROVEN
    late = {**EXAM, "published": "2022-07-15"}
    assert due(assessed(late), "publication").state == DueState.DONE


@pytest.mark.parametrize("rule", ["filing_fee", "inventor_reward", "priority_copy"])
def test_a_blank_cell_of_what_sheets_seldom_record_says_nothing(rule: str):
    row = {**CLAIMED, "granted": "2024-09-01"} if rule == "inventor_reward" else CLAIMED
    assert due(assessed(row), rule).state == DueState.UNPROVEN


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("实质审查的生效", DueState.DONE),
        ("实审中", DueState.DONE),
        ("Under examination", DueState.DONE),
        ("等待实审提案", DueState.LAPSED),
        ("未提实审", DueState.LAPSED),
        ("公开", DueState.LAPSED),
    ],
)
def test_a_status_may_show_that_examination_was_requested(status: str, state: DueState):
    assert due(assessed({**EXAM, "status": status}), "examination").state == state


@pytest.mark.parametrize(
    ("row", "rule", "words"),
    [
        (FILED, "grant", "needs the grant notice"),
        (FILED, "inventor_reward", "needs the publication of the grant"),
        (FILED, "annual_fee", "needs the publication of the grant"),
        ({}, "examination", "needs: filing"),
        ({"filed": "2020-01-15", "priority_claimed": 1}, "priority_copy", "needs: priority date"),
    ],
)
def test_what_cannot_be_said_yet_names_what_it_waits_for(
    row: dict[str, Any], rule: str, words: str
):
    found = due(assessed(row), rule)
    assert (found.state, found.due) == (DueState.PENDING, None)
    assert found.waits.to("en") == words


def test_a_day_in_a_year_without_a_calendar_is_unconfirmed():
    found = due(assessed({**FILED, "lapse_notice": "2026-12-31"}), "restoration")
    assert found.unconfirmed
    assert not due(assessed({**FILED, "lapse_notice": "2025-12-31"}), "restoration").unconfirmed
    assert not due(assessed(FILED), "term_invention").unconfirmed  # nothing moves a term


def test_every_row_has_its_cell_and_words():
    for row in assessed({**CLAIMED, "granted": "2026-09-01"}).due:
        assert row.place.file == "a.xlsx"
        assert row.place.row == 1
        assert row.place.column is not None
        for words in (row.rule.title, row.rule.effect, row.rule.source, row.trigger_title):
            assert all(words.to(lang) for lang in LANGS)
        assert datetime.date.fromisoformat(row.rule.as_of) <= datetime.date(2026, 11, 30)


# -------------------------------------------------------------------------------- properties

DAYS = st.dates(datetime.date(2005, 1, 1), datetime.date(2029, 12, 31))
ROWS = st.fixed_dictionaries(
    {"kind": st.sampled_from(IP_KINDS)},
    optional={role: DAYS.map(str) for role in IP_DATES} | {"priority_claimed": st.integers(-1, 1)},
)


@pytest.mark.slow
@given(ROWS, DAYS, DAYS)
@settings(max_examples=30, deadline=None)
def test_the_day_of_evaluation_only_moves_states(row: dict[str, Any], one: Any, other: Any):
    def days(as_of: datetime.date) -> dict[tuple[str, int], tuple[object, ...]]:
        rows = [d for d in assessed(row, as_of=as_of).due if d.rule.id != "annual_fee"]
        return {(d.rule.id, d.part): (d.raw, d.moved, d.grace, d.restorable) for d in rows}

    assert days(one) == days(other)


@pytest.mark.slow
@given(st.sampled_from([r for r in TABLE if r[1] != "pct_exhibition_proof"]), st.integers(1, 900))
@settings(max_examples=40, deadline=None)
def test_everything_later_makes_no_day_earlier(case: tuple[Any, ...], later: int):
    _, rule, row, _, _ = case
    if rule in ("term_adjustment", "term_design_before_2021", "term_design"):
        return
    shifted = {k: str(np.datetime64(v) + later) if k in IP_DATES else v for k, v in row.items()}
    found = assessed(shifted)
    if rule not in rules_of(found):  # a later law has taken its place
        assert rule == "inventor_reward_before_2024"
        first, second = due(assessed(row), rule), due(found, "inventor_reward")
    else:
        first, second = due(assessed(row), rule), due(found, rule)
    assert first.raw <= second.raw
    assert first.moved <= second.moved


@pytest.mark.slow
@given(ROWS, st.sampled_from(("exam_requested", "filing_fee_paid", "registered", "reward_paid")))
@settings(max_examples=40, deadline=None)
def test_a_document_in_time_makes_no_state_worse(row: dict[str, Any], role: str):
    rules = {
        "exam_requested": "examination",
        "filing_fee_paid": "filing_fee",
        "registered": "grant",
        "reward_paid": "inventor_reward",
    }
    row = {k: v for k, v in row.items() if k != role}
    before = [d for d in assessed(row).due if d.rule.id == rules[role]]
    for act in before:
        if act.moved is not None and act.trigger is not None and act.trigger <= act.moved:
            after = due(assessed({**row, role: str(act.trigger)}), rules[role])
            assert after.state <= act.state
