"""The rules of periods are data: each with its law, article, status and words in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotscore.criteria.legal.periods import Rule, load_periods, shipped_periods
from pilotscore.criteria.shipped import data_folder
from pilotscore.errors import FaultyFileError
from pilotscore.workbook.rights.records import IP_DATES, IP_KINDS, NOTICES

FILE = shipped_periods().file
# Every row of the table of periods, with the article that it stands on.
ARTICLES = {
    "priority": ("29", "36"),
    "priority_design": ("29",),
    "priority_claim": ("29", "36"),
    "priority_claim_design": ("29",),
    "priority_copy": ("30", "34"),
    "priority_copy_design": ("30",),
    "priority_add": ("37",),
    "novelty_grace": ("24", "33"),
    "grace_proof": ("24", "33"),
    "filing_fee": ("112",),
    "publication": ("34",),
    "examination": ("35", "113"),
    "own_amendment": ("57",),
    "own_amendment_early": ("57",),
    "restoration": ("6",),
    "reexamination": ("41", "6"),
    "grant": ("60, 114",),
    "divisional": ("48",),
    "term_invention": ("42",),
    "term_utility_model": ("42",),
    "term_design": ("42",),
    "term_design_before_2021": ("42", "1"),
    "term_adjustment": ("42", "77, 78"),
    "term_adjustment_drug": ("42", "81, 82"),
    "pct_entry": ("120, 122",),
    "pct_amendments": ("123",),
    "pct_exhibition_proof": ("124",),
    "secrecy_review": ("19", "8, 9"),
    "secrecy_notice": ("9",),
    "secrecy_decision": ("9",),
    "licence_filing": ("15",),
    "inventor_reward": ("93",),
    "inventor_reward_before_2024": ("77",),
    "layout_registration": ("17",),
    "term_layout": ("12",),
    "term_software": ("14",),
    "term_variety_tree": ("34",),
    "term_variety": ("34",),
    "trademark_renewal": ("39, 40",),
    "first_action": ("part V, chapter 7", "37"),
    "later_action": ("part V, chapter 7", "37"),
    "extension": ("6, 116",),
    "annual_fee": ("44", "115"),
}


def test_every_rule_names_its_article():
    assert {r.id: tuple(b.en for b in r.basis.values()) for r in FILE.rules} == ARTICLES


@pytest.mark.parametrize("rule", FILE.rules, ids=lambda r: r.id)
def test_a_rule_speaks_both_languages_and_names_roles_that_sheets_have(rule: Rule):
    for words in (rule.title, rule.effect, shipped_periods().basis(rule.basis)):
        assert words.zh
        assert words.en
        assert words.zh != words.en
    assert shipped_periods().as_of(rule) <= FILE.as_of
    roles = {*IP_DATES, "priority_or_filed"}
    for period in (p for p in FILE.periods if p is rule):
        counts = (*period.ends, *period.window, *period.late_by)
        named = {c.role for c in counts} | {*period.proved_by, *period.needs}
        assert named | ({period.done} if period.done else set()) <= roles
        assert set(period.kinds) | set(period.amount) <= set(IP_KINDS)


def test_what_was_not_read_in_its_source_says_so():
    to_verify = {r.id for r in FILE.rules if r.status == "to verify"}
    assert to_verify == {
        "inventor_reward_before_2024",
        "layout_registration",
        "term_design_before_2021",
        "term_layout",
        "term_variety",
        "term_variety_tree",
        "trademark_renewal",
    }


def test_notices_are_those_that_sheets_have():
    assert {r.notice for r in FILE.notices} <= set(NOTICES)


def test_the_surcharge_has_a_step_for_each_month_of_the_window():
    assert FILE.annual_fee.surcharge == (0, 5, 10, 15, 20, 25)
    assert len(FILE.annual_fee.surcharge) == FILE.annual_fee.window_months


def test_the_reward_is_that_of_the_regulations_of_2023():
    reward = next(r for r in FILE.periods if r.id == "inventor_reward")
    assert reward.amount == {"invention": 4000, "utility_model": 1500, "design": 1500, "pct": 4000}


def test_the_checklist_of_a_trade_secret_has_seven_measures_and_article_10():
    assert len(FILE.trade_secret.measures) == 7
    basis = shipped_periods().basis(FILE.trade_secret.basis)
    assert basis.zh.startswith("反不正当竞争法（2025年修订）第10条")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('basis: {patent_law: "34"}', 'basis: {patent_lav: "34"}', "C210"),
        ("actor: unit", "actor: units", "C210"),
        ("kinds: [invention, utility_model]", "kinds: [invention, utility]", "C104"),
        ("restore: 2", "restored: 2", "C102"),
    ],
)
def test_a_fault_of_the_file_is_told_with_its_line(tmp_path: Path, old: str, new: str, code: str):
    text = (data_folder("rules") / "periods.yaml").read_text(encoding="utf-8")
    path = tmp_path / "periods.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FaultyFileError) as error:
        load_periods(path)
    assert [f.code for f in error.value.findings] == [code]
    assert error.value.findings[0].place.line
