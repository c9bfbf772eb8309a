"""What a header is suggested to mean, and what it is not, however alike."""

from __future__ import annotations

import pytest

from pilotscore.criteria import load_criteria
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.tables.suggestions import LIKELY, candidates, suggest


@pytest.fixture(scope="module")
def names() -> HeaderNames:
    return HeaderNames.of(load_criteria("pilot-maturity").criteria)


def meant(names: HeaderNames, header: str) -> str | None:
    """Return what a header is read as, or is suggested to be."""
    named = names.resolve(header)
    if named is not None:
        return named.name
    likely = suggest(names, {0: header}, set())
    return likely[0].name if likely else None


@pytest.mark.parametrize(
    "header",
    [
        "批准金额", "已到账金额（万元）", "项目负责人", "联系电话", "TRL得分", "成果名次", "目标TRL", "立项时TRL",
        "不合格率", "实用新型专利数", "软件著作权（项）", "平均运行时间", "论文数", "备注", "附件", "证书号",
        "近三年销售收入（万元）", "年产值（万元）", "员工人数", "环评批复文号", "中试花费（天）",
        "Approved amount ($K)", "Target TRL", "TRL score", "Contact person", "Utility models granted",
        "Failure rate", "Annual revenue", "Remarks", "Paper count", "Reject rate %", "Baseline TRL",
    ],
)  # fmt: skip
def test_a_word_that_turns_the_meaning_is_never_passed_over(names: HeaderNames, header: str):
    assert meant(names, header) is None


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("考核指标达标率", "key_spec_attainment"),
        ("任务书指标完成情况", "key_spec_attainment"),
        ("近三年事故", "incidents_3y"),
        ("近三年有无事故", "major_accident_3y"),
        ("是否有失信记录", "integrity_breach"),
        ("拟申请资助", "funding_requested"),
        ("中试总投资", "pilot_cost"),
        ("Emissions compliance", "emission_attainment"),
        ("Lot-to-lot RSD, %", "batch_rsd"),
        ("Mass bal. %", "mass_balance_closure"),
    ],
)
def test_what_offices_write_is_suggested(names: HeaderNames, header: str, name: str):
    assert meant(names, header) == name


def test_candidates_are_each_there_once_and_in_order(names: HeaderNames):
    found = candidates(names, "中试时间")
    assert len({s.name for s in found}) == len(found) <= 5
    assert [s.likeness for s in found] == sorted((s.likeness for s in found), reverse=True)
    best = candidates(names, "安全评估的结论")
    assert (best[0].name, best[0].likeness >= LIKELY) == ("safety_assessment", True)
    left = candidates(names, "安全评估的结论", ["safety_assessment"])
    assert "safety_assessment" not in {s.name for s in left}


def test_two_headers_that_claim_one_indicator_get_no_suggestion(names: HeaderNames):
    one = "考核指标达标率"
    assert suggest(names, {0: one}, set())
    assert not suggest(names, {0: one, 1: "考核指标达标情况"}, set())
    assert not suggest(names, {0: one}, {"key_spec_attainment"})
