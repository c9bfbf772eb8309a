"""Which grade of evidence the words of a text mean; what it denies never counts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.workbook.values.evidence_words import GradeWords

WORDS = GradeWords(
    {
        "第三方检测报告": 3,
        "检测报告": 2,
        "CNAS": 3,
        "自评": 1,
        "third-party report": 3,
        "无损检测": 2,
    }
)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("第三方检测报告", 3),
        ("见附件：第三方 检测报告一份", 3),
        ("检测报告", 2),
        ("自评；CNAS检测报告", 3),
        ("自评，检测报告", 2),
        ("ＣＮＡＳ认可", 3),
        ("CNAS检测报告No.12", 3),
        ("report no: CNAS-12", 3),
        ("Third-Party reports attached", 3),
        ("无损检测报告", 2),
        ("检测报告（无锡市质检所）", 2),
        ("不锈钢件检测报告", 2),
        ("模拟工况第三方检测报告", 3),
        ("第三方检测报告（无异议）", 3),
        ("不确定度评定、检测报告", 2),
        ("未来三年计划见附件，检测报告", 2),
        ("国家重点研发计划检测报告", 2),
        ("not only self-assessed: third-party report", 3),
        ("没有自评，第三方检测报告齐全", 3),
        ("没有自评，但有检测报告", 2),
        ("无泄漏试验 CNAS 检测报告", 3),
        ("non-woven fabric, CNAS report", 3),
        ("CNAS No 12345", 3),
        ("CNASX", -1),
        ("中试现场检测报告", 2),
        ("中试中取得的检测报告", 2),
        ("检测中心出具的检测报告", 2),
        ("", -1),
        ("专家意见", -1),
    ],
)
def test_the_grade_of_a_text(text: str, grade: int):
    assert WORDS.judge(text).grade == grade


@pytest.mark.parametrize(
    "text",
    [
        "无第三方检测报告",
        "没有第三方检测报告",
        "尚未取得第三方检测报告",
        "第三方检测报告：无",
        "第三方检测报告（暂无）",
        "第三方检测报告待出具",
        "第三方检测报告未出具",
        "拟委托第三方检测报告",
        "计划委托第三方检测报告",
        "缺第三方检测报告",
        "非第三方检测报告",
        "第三方检测报告已过期",
        "无自评、第三方检测报告",
        "CNAS：否",
        "第三方检测报告 ×",
        "no third-party report",
        "third-party report pending",
        "without third-party report",
        "third-party report: none",
        "Third-party report hasn't been issued",
        "CNAS expired",
        "non-accredited third-party report",
    ],
)
def test_what_a_text_denies_is_no_grade(text: str):
    judged = WORDS.judge(text)
    assert judged.grade == -1
    assert judged.ceiling in (1, 3)


def test_of_words_in_one_another_the_longest_counts_even_where_it_means_less():
    words = GradeWords({"报告": 3, "自评报告": 1})
    assert words.judge("自评报告").grade == 1
    assert words.judge("自评报告、检测报告").grade == 3


@pytest.mark.slow
@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(["第三方检测报告", "检测报告", "CNAS", "自评", "附件一"]), max_size=4),
    st.sampled_from(["，", "；", "\n", "。"]),
)
def test_another_clause_with_a_word_never_lowers_the_grade(clauses: list[str], stop: str):
    text = stop.join(clauses)
    for more in ("自评", "CNAS", "无CNAS", "第三方检测报告待出具"):
        assert WORDS.judge(text + stop + more).grade >= WORDS.judge(text).grade
        assert WORDS.judge(more + stop + text).grade >= WORDS.judge(text).grade


@pytest.mark.parametrize("denial", ["无", "没有", "尚未取得", "缺", "拟出具", "without "])
@pytest.mark.parametrize("word", list(WORDS.grade_of))
def test_no_word_counts_behind_a_denial(denial: str, word: str):
    if denial + word == "无" + "损检测":
        return
    assert WORDS.judge(denial + word).grade == -1


@pytest.mark.parametrize(
    "text",
    [
        "检测报告正在办理",
        "检测报告：送检中",
        "检测报告（检测中）",
        "检测报告下月出具",
        "检测报告后补",
        "检测报告预计年底完成",
        "third-party report forthcoming",
        "third-party report expected in May",
        "third-party report under way",
    ],
)
def test_what_is_only_under_way_is_no_evidence(text: str):
    judged = WORDS.judge(text)
    assert judged.grade == -1
    assert judged.denied
