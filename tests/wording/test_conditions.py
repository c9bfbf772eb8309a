"""Conditions of criteria sets in words."""

from __future__ import annotations

import pytest

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.criteria.condition import comparisons, parse
from pilotscore.wording.conditions import in_words


@pytest.fixture(scope="module")
def criteria() -> CriteriaSet:
    return load_criteria("pilot-maturity").criteria


@pytest.mark.parametrize(
    ("when", "zh", "en"),
    [
        ("trl_level < 4", "技术就绪水平 < 4", "Technology readiness level < 4"),
        (
            "emission_attainment >= 95",
            "污染物达标率 ≥ 95%",
            "Emission samples within limits ≥ 95%",
        ),
        ("ownership_status == disputed", "权属清晰度：存在争议", "Ownership clarity: Disputed"),
        ("ownership_status != disputed", "权属清晰度 ≠ 存在争议", "Ownership clarity ≠ Disputed"),
        ("has_recycle == yes", "是否有循环物流：是", "Recycle stream: yes"),
        (
            "pilot_permit_end < as_of",
            "中试备案到期日 < 评价日期",
            "Pilot permit end < date of assessment",
        ),
        (
            "domain not in [chemical, biomedical]",
            "技术领域不是化工、生物医药中的任何一个",
            "Domain is none of Chemicals, Biomedical",
        ),
        (
            "domain in [chemical]",
            "技术领域：化工",
            "Domain: Chemicals",
        ),
        (
            "eia_status is not missing and not (trl_level < 4 or fto_status is not_applicable)",
            "环评状态有值，且并非（技术就绪水平 < 4，或自由实施分析不适用）",
            "EIA status has a value and not (Technology readiness level < 4 or "
            "Freedom to operate does not apply)",
        ),
        (
            "trl_level < 4 or evidence_share < 0.6 and fto_status is missing",
            "技术就绪水平 < 4，或（达到证据要求的权重占比 < 0.6，且自由实施分析无值）",
            "Technology readiness level < 4 or (share of weight with evidence < 0.6 and "
            "Freedom to operate has no value)",
        ),
        ("fto_status is not not_applicable", "自由实施分析适用", "Freedom to operate does apply"),
        (
            "continuous_run_hours between 24 and 72",
            "最长连续稳定运行时间 ≥ 24 h，且最长连续稳定运行时间 ≤ 72 h",
            "Longest stable continuous run ≥ 24 h and Longest stable continuous run ≤ 72 h",
        ),
    ],
)
def test_a_condition_in_words(criteria: CriteriaSet, when: str, zh: str, en: str):
    said = in_words(when, criteria)
    assert (said.to("zh"), said.to("en")) == (zh, en)


def test_no_gate_of_a_shipped_set_says_a_name(criteria: CriteriaSet):
    names = {q.id for q in criteria.quantities if "_" in q.id}
    for gate in criteria.gates:
        said = in_words(gate.when, criteria)
        used = {leaf.name for leaf in comparisons(parse(gate.when))} & names
        for lang in ("zh", "en"):
            assert not any(name in said.to(lang) for name in used)


def test_a_name_that_no_set_has_stays_what_it_is(criteria: CriteriaSet):
    assert in_words("some_name == some_word", criteria).to("zh") == "some_name：some_word"
