"""Grades of evidence by the words of a text, or by a default with its reason."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.criteria import CriteriaSet
from pilotscore.findings import Finding
from pilotscore.index import assess, paths_up
from pilotscore.measures import from_submission
from pilotscore.workbook import ReadingOptions, load_mapping, read_workbooks
from pilotscore.workbook.results.joining import _joined
from tests.conftest import AS_OF, MINI, from_yaml, write_book
from tests.workbook.office_rules import faults_of, form_by, grade, table_by

BOTH = pytest.mark.parametrize("read", [table_by, form_by], ids=["table", "form"])
WORDS = "words: {第三方检测报告: E3, 检测报告: E2, 自评: E1}"
TEXT = f"evidence: {{columns: {{证明材料: all}}, {WORDS}}}"
DEFAULTS = """evidence:
  defaults:
    - {grade: E1, reason: 全表均为自报}
    - {grade: E2, indicator: trl, reason: 已抽查}
    - {grade: E3, result: P-2, reason: 现场核验}
    - {grade: E0, result: P-2, indicator: hazard, reason: 未提供}
"""


@functools.cache
def criteria() -> CriteriaSet:
    return CriteriaSet.model_validate(from_yaml(MINI))


def rows(*texts: Any, trl: Any = 6, grade_of_trl: Any = None) -> list[list[Any]]:
    stated = [] if grade_of_trl is None else ["TRL 证据等级"]
    cells = [] if grade_of_trl is None else [grade_of_trl]
    return [
        ["编号", "TRL", *stated, "安全评估", "证明材料"],
        *([f"P-{i}", trl, *cells, "已完成", text] for i, text in enumerate(texts, 1)),
    ]


def told(findings: list[Finding], *codes: str) -> list[str]:
    return sorted(f.code for f in findings if f.code in (codes or _OURS))


_OURS = ("V414", "V490", "V491", "V492", "V493", "V494", "V495", "H201", "H206")


@BOTH
@pytest.mark.parametrize(
    ("text", "expected", "code"),
    [
        ("第三方检测报告一份", 3, ["V490"]),
        ("检测报告", 2, ["V490"]),
        ("检测报告、自评", 2, ["V490"]),
        ("无第三方检测报告", -1, ["V491"]),
        ("若干照片", -1, ["V492"]),
        ("", -1, []),
    ],
)
def test_words_of_a_text_are_grades_of_the_values_beside(
    read: Any, text: str, expected: int, code: list[str]
):
    results, findings = read(criteria(), TEXT, rows(text))
    assert [grade(results, n) for n in ("trl", "hazard")] == [expected] * 2
    assert told(findings) == code
    assert len(results.given.grades) == (2 if expected >= 0 else 0)
    if expected >= 0:
        given_ = results.given.grades[0, "trl"]
        assert (given_.manner, len(given_.cells)) == ("words", 1)


@BOTH
def test_a_text_may_be_of_some_indicators_alone(read: Any):
    rules = f"evidence: {{columns: {{证明材料: [hazard]}}, {WORDS}}}"
    results, _ = read(criteria(), rules, rows("检测报告"))
    assert [grade(results, n) for n in ("trl", "hazard")] == [-1, 2]


@BOTH
def test_a_text_may_be_of_the_indicator_before_it_as_often_as_it_stands_there(read: Any):
    rules = f"evidence: {{columns: {{佐证说明: left}}, {WORDS}}}"
    table = [
        ["编号", "TRL", "佐证说明", "安全评估", "佐证说明", "环评批复", "佐证说明"],
        ["P-1", 6, "自评", "已完成", "第三方检测报告", "是", "照片"],
    ]
    results, findings = read(criteria(), rules, table)
    assert [grade(results, n) for n in ("trl", "hazard", "permit")] == [1, 3, -1]
    assert told(findings) == ["V490", "V490", "V492"]


@BOTH
@pytest.mark.parametrize(
    ("stated", "expected"),
    [("E0", 0), ("E3", 3), ("", 2), ("检测报告", 2), ("无检测报告", -1), ("无第三方检测报告", 2)],
)
def test_a_grade_that_is_stated_counts_and_may_be_a_word_itself(
    read: Any, stated: str, expected: int
):
    results, findings = read(criteria(), TEXT, rows("检测报告", grade_of_trl=stated))
    assert grade(results, "trl") == expected
    assert not told(findings, "V414")
    by_word = not stated.startswith("E") and expected >= 0
    assert ((0, "trl") in results.given.grades) is by_word


def test_what_is_no_grade_and_no_word_in_a_column_of_grades_is_told_as_ever():
    _, findings = table_by(criteria(), TEXT, rows("检测报告", grade_of_trl="甲等"))
    assert next(f.code for f in findings if "甲等" in f.sentence("zh")) != "V490"


def test_the_narrowest_default_counts_in_any_order():
    table = rows("", "")
    lines = DEFAULTS.splitlines()
    for rules in (DEFAULTS, "\n".join([*lines[:2], *lines[:1:-1]])):
        results, findings = table_by(criteria(), rules, table)
        assert [grade(results, "trl", i) for i in (0, 1)] == [2, 3]
        assert [grade(results, "hazard", i) for i in (0, 1)] == [1, 0]
        assert told(findings, "V493") == ["V493"] * 4
        rule = results.given.grades[0, "trl"].rule.to("zh")
        assert rule == "E2: 已抽查"


@BOTH
@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 2), ("若干照片", 2), ("无第三方检测报告", 2), ("无检测报告", -1), ("自评", 1)],
)
def test_a_default_counts_where_no_word_does_and_never_as_much_as_is_denied(
    read: Any, text: str, expected: int
):
    rules = TEXT[:-1] + ", defaults: [{grade: E2, reason: 惯例}]}"
    results, _ = read(criteria(), rules, rows(text))
    assert grade(results, "trl") == expected


def test_a_default_that_is_denied_leaves_the_next_one():
    rules = (
        TEXT[:-1]
        + ", defaults: [{grade: E1, reason: 惯例}, {grade: E3, result: P-1, reason: 核验}]}"
    )
    for text, expected in (("", 3), ("无第三方检测报告", 1)):
        results, _ = table_by(criteria(), rules, rows(text))
        assert grade(results, "trl") == expected


def test_only_values_have_grades():
    rules = "evidence: {defaults: [{grade: E2, reason: 惯例}]}"
    results, _ = table_by(criteria(), rules, rows("", trl=""))
    assert grade(results, "trl") == -1
    assert grade(results, "hazard") == 2


@BOTH
def test_a_column_of_text_that_is_not_there_is_told(read: Any):
    table = [row[:3] for row in rows("")]
    _, findings = read(criteria(), TEXT, table)
    assert told(findings) == ["V494"]


def read_files(tmp_path: Path, rules: str, sheets: dict[str, list[list[Any]]]) -> Any:
    file = tmp_path / "m.yaml"
    file.write_text("headers: {}\n" + rules, encoding="utf-8")
    book = write_book(tmp_path / "b.xlsx", sheets)
    options = ReadingOptions(mapping=load_mapping(file, criteria()), jobs=1)
    return read_workbooks([book], criteria(), options)


def test_a_default_of_a_result_that_is_not_there_is_told(tmp_path: Path):
    s = read_files(tmp_path, DEFAULTS, {"表": rows("")})
    (said,) = [f for f in s.findings if f.code == "V495"]  # once, of its two defaults
    assert "P-1" in said.sentence("en")


def test_listed_documents_decide_in_place_of_what_the_mapping_gives(tmp_path: Path):
    documents = [["编号", "指标", "证据等级", "文件"], ["P-1", "TRL", "E1", "说明"]]
    rules = "evidence: {defaults: [{grade: E3, reason: 惯例}]}"
    s = read_files(tmp_path, rules, {"表": rows(""), "证明": documents})
    m = from_submission(s, criteria(), AS_OF)
    j = criteria().indicator_position
    assert m.evidence[0, [j["trl"], j["hazard"]]].tolist() == [1, 3]
    assert m.given_grade(0, "trl") is None
    assert m.given_grade(0, "hazard") is not None
    assert "E801" not in {f.code for f in m.findings}


@pytest.mark.parametrize(
    ("written", "expected", "code"),
    [("CNAS 第三方检测报告", 3, "V490"), ("无第三方检测报告", 1, "V414"), ("照片", 1, "V414")],
)
def test_a_list_of_documents_may_say_what_they_are_in_the_words_of_the_office(
    tmp_path: Path, written: str, expected: int, code: str
):
    documents = [["编号", "指标", "证据类型", "文件"], ["P-1", "TRL", written, "说明"]]
    s = read_files(tmp_path, f"evidence: {{{WORDS}}}", {"表": rows(""), "证明": documents})
    assert from_submission(s, criteria(), AS_OF).evidence[0, 0] == expected
    (said,) = [
        f
        for f in s.findings
        if (f.place.sheet == "证明" and f.severity != "info") or f.code == "V490"
    ]
    assert said.code == code


def test_the_share_of_stated_grades_on_the_reading_page_is_of_cells():
    rules = "evidence: {defaults: [{grade: E3, reason: 惯例}]}"
    from pilotscore.workbook.results.pages import pages_of

    table = rows("", "", grade_of_trl="")
    table[1][2] = "E2"
    results, _ = table_by(criteria(), rules, table, understand=True)
    (page,) = pages_of([results], criteria())
    (column,) = [c for c in page.columns if c.head.role == "evidence"]
    assert (column.filled, column.of) == (1, 2)
    assert [(manner, count) for manner, _, count in page.given] == [("default", 3)]


def index_of(rules: str, table: list[list[Any]]) -> float:
    results, _ = table_by(criteria(), rules, table)
    s = _joined([results], criteria())
    return float(assess(from_submission(s, criteria(), AS_OF), criteria(), AS_OF).index[0])


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["自评", "检测报告", "第三方检测报告", "无检测报告", "照片"]), max_size=3
    ),
    st.sampled_from(["自评", "检测报告", "第三方检测报告"]),
    st.sampled_from([None, "E0", "E1", "E2"]),
)
def test_better_evidence_never_lowers_a_score(texts: list[str], more: str, default: str | None):
    given_ = f", defaults: [{{grade: {default}, reason: 惯例}}]" if default else ""
    rules = TEXT[:-1] + given_ + "}"
    before = index_of(rules, rows("；".join(texts)))
    # A word that means less than the default does say less than the default; any other word is more.
    better = ["自评", "检测报告", "第三方检测报告"]
    if default is None or better.index(more) + 1 >= int(default[1]):
        assert index_of(rules, rows("；".join([*texts, more]))) >= before - 1e-9
    if default:
        raised = rules.replace(f"grade: {default}", "grade: E3")
        assert index_of(raised, rows("；".join(texts))) >= before - 1e-9


def test_a_default_does_not_look_as_if_it_were_stated():
    table = rows("检测报告")
    scored = {}
    for name, rules in (
        ("none", ""),
        ("default", "evidence: {defaults: [{grade: E2, reason: 惯例}]}"),
        ("words", TEXT),
    ):
        results, _ = table_by(criteria(), rules, table)
        s = _joined([results], criteria())
        scored[name] = assess(from_submission(s, criteria(), AS_OF), criteria(), AS_OF)
    assert scored["default"].index[0] == scored["words"].index[0] > scored["none"].index[0]
    assert scored["default"].unstated_share[0] == scored["none"].unstated_share[0] > 0
    assert scored["words"].unstated_share[0] == 0
    assert scored["default"].high[0] == scored["none"].high[0] > scored["words"].high[0]
    stating = paths_up(scored["default"], 0).stating
    assert stating is not None
    assert paths_up(scored["words"], 0).stating is None


@settings(max_examples=20, deadline=None)
@given(
    st.permutations(["第三方检测报告: E3", "CNAS: E3", "检测报告: E2", "自评: E1"]),
    st.permutations(["证明材料: all", "补充材料: all"]),
    st.permutations(["{grade: E0, reason: 惯例}", "{grade: E2, indicator: permit, reason: 抽查}"]),
    st.permutations(["words", "columns", "defaults"]),
)
def test_the_order_of_keys_does_not_matter(
    words: list[str], columns: list[str], defaults: list[str], keys: list[str]
):
    parts = {
        "words": "{" + ", ".join(words) + "}",
        "columns": "{" + ", ".join(columns) + "}",
        "defaults": "[" + ", ".join(defaults) + "]",
    }
    rules = "evidence: {" + ", ".join(f"{key}: {parts[key]}" for key in keys) + "}"
    table = [
        ["编号", "TRL", "安全评估", "环评批复", "证明材料", "补充材料"],
        ["P-1", 6, "已完成", "是", "CNAS 第三方检测报告", "第三方检测报告、CNAS"],
        ["P-2", 6, "已完成", "是", "自评", "检测报告"],
        ["P-3", 6, "已完成", "是", "", ""],
    ]
    results, findings = table_by(criteria(), rules, table)
    assert results.evidence.tolist() == [[3, 2, 0], [3, 2, 0], [3, 2, 2]]
    said = [(g.rule.to("zh"), g.cells[0].cell) for g in results.given.grades.values() if g.cells]
    assert set(said) == {("CNAS = E3", "E2"), ("检测报告 = E2", "F3")}
    assert told(findings) == ["V490"] * 4 + ["V493"] * 2


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("evidence: 3", "such as"),
        ("evidence: {default: []}", "defaults"),
        ("evidence: {defaults: [{grade: E2}]}", "no reason"),
        ("evidence: {defaults: [{grade: E2, reason: ' '}]}", "no reason"),
        ("evidence: {defaults: [{grade: E9, reason: a}]}", "there is no E9"),
        ("evidence: {defaults: [{reason: a}]}", "one of E0"),
        ("evidence: {defaults: [{grade: E2, reason: a, indicator: trll}]}", "did you mean trl"),
        ("evidence: {defaults: [{grade: E2, reason: a}, {grade: E1, reason: b}]}", "same scope"),
        ("evidence: {defaults: [{grade: E2, reason: a, column: b}]}", "column"),
        ("evidence: {defaults: [E2]}", "such as"),
        ("evidence: {columns: {甲: all}}", "no words"),
        ("evidence: {columns: {甲: trll}, words: {乙: E1}}", "did you mean trl"),
        ("evidence: {words: {乙: E7}}", "there is no E7"),
        ("evidence: {words: {CNAS: E3, cnas: E2}}", "two grades"),
    ],
)
def test_what_cannot_be_meant_is_refused(rules: str, said: str):
    faults = faults_of(criteria(), rules)
    assert any(said in f.sentence("en") for f in faults), [f.sentence("en") for f in faults]
    assert all(f.sentence("zh") for f in faults)


def test_a_set_without_grades_has_no_evidence_to_speak_of():
    data = from_yaml(MINI)
    for key in ("evidence", "gates"):
        del data[key]
    plain = CriteriaSet.model_validate(data)
    assert [f.code for f in faults_of(plain, TEXT)] == ["M620"]
