"""Units that stand in a row below the header, and around the table."""

from __future__ import annotations

from typing import Any

import pytest

from pilotscore.findings import Finding
from pilotscore.workbook.results.submission import Results
from tests.workbook.tables.test_result_rows import HEAD, ONE, TWO, read, told


def value(results: Results | None, name: str) -> Any:
    assert results is not None
    return float(results.values[results.quantities.index(name)][0])


def codes(findings: list[Finding]) -> list[str]:
    return [f.code for f in findings if f.code in ("R308", "R330", "H208", "R331")]


@pytest.mark.parametrize("word", ["起", "次", "个", "项", "件", "家", "人", "勺", "mLu"])
def test_one_word_that_is_no_unit_does_not_take_the_others_away(word: str):
    row = ["", "", word, "%", "天", "元", ""]
    results, findings = read([HEAD, row, ONE, TWO])
    assert value(results, "run_hours") == 2400
    assert value(results, "cost") == pytest.approx(0.001)
    known = word in "起次个项件家人"
    assert [c for c, _ in told(findings, "R330")] == [] if known else ["R330"]
    assert "R308" in codes(findings)


def test_a_row_that_says_it_holds_units_may_have_more_words_than_units():
    results, findings = read([HEAD, ["单位", "", "勺", "斤斤", "天", "", ""], ONE, TWO])
    assert value(results, "run_hours") == 2400
    assert told(findings, "R330") == [("R330", "C2"), ("R330", "D2")]


def test_units_of_columns_that_are_not_known_do_not_matter():
    results, _ = read([[*HEAD, "占地"], ["", "", "", "%", "天", "元", "", "亩"], ONE, TWO])
    assert value(results, "run_hours") == 2400


def test_a_result_whose_values_are_words_is_no_row_of_units():
    results, _ = read([HEAD, ["P-0", "丙", "%", "天", "元", "", "是"], ONE])
    assert results is not None
    assert len(results.ids) == 2


def test_a_skipped_row_with_units_is_a_warning():
    row = ["填写说明", "全称", "1-9", "百分数", "天", "最长一次运行的成本，不含税", ""]
    _, findings = read([HEAD, row, ONE, TWO])
    assert told(findings, "R331") == [("R331", "2")]
    assert next(f.severity for f in findings if f.code == "R331") == "warning"


def test_what_a_column_of_words_takes_is_no_unknown_unit():
    _, findings = read([HEAD, ["", "", "级", "%", "h", "万元", "是/否"], ONE, TWO])
    assert told(findings, "R308", "R330") == [("R308", "2")]


@pytest.mark.parametrize("label", ["合计（元）", "合计(万元)", "平均值（h）"])
def test_a_unit_in_the_label_of_a_skipped_row_is_a_warning(label: str):
    _, findings = read([HEAD, ONE, TWO, [label, "", "", "", 300, 40, ""]])
    assert told(findings, "R306", "R331") == [("R306", "4"), ("R331", "4")]


LINES = [
    "单位：元",
    "（金额单位：元）",
    "单位: 元",
    "2024年汇总表（金额单位：人民币元）",
    "单 位：元",
    "计量单位：元、%",
    "金额单位为元",
    "Unit: CNY",
    "All amounts in yuan",
]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("where", ["above", "right", "footer", "header"])
def test_a_unit_beside_the_table_holds_for_money_without_a_unit(line: str, where: str):
    head = [*HEAD, line] if where == "header" else HEAD
    above = {"above": [[line]], "right": [["汇总表", *[""] * 5, line]]}.get(where, [])
    below = [[line]] if where == "footer" else []
    results, findings = read([*above, head, ONE, TWO, *below])
    assert results is not None
    assert len(results.ids) == 2
    assert value(results, "cost") == pytest.approx(0.001)
    assert value(results, "run_hours") == 100
    assert told(findings, "H211", "H208") == [("H211", f"F{len(above) + 1}")]


def test_a_header_with_a_unit_of_its_own_keeps_it():
    head = [*HEAD[:5], "中试成本（亿元）", "环评批复"]
    results, findings = read([["单位：元"], head, ONE, TWO])
    assert value(results, "cost") == pytest.approx(100_000)
    assert not told(findings, "H211", "H212")


def test_the_same_unit_is_told_and_changes_nothing():
    results, findings = read([["单位：万元"], HEAD, ONE, TWO])
    assert value(results, "cost") == 10
    assert told(findings, "H211", "H212") == [("H212", "F2")]


def test_two_units_around_a_table_are_an_error_and_nothing_is_read():
    results, findings = read([["单位：元"], HEAD, ONE, TWO, ["金额单位：万元"]])
    assert told(findings, "H213", "H209") == [("H213", "F2")]
    assert value(results, "cost") != value(results, "cost")


@pytest.mark.parametrize(
    ("line", "cost"),
    [
        ("Unit: RMB million", 1000),
        ("All amounts in CNY '000", 1),
        ("(Amounts in CNY thousand)", 1),
        ("Amounts are in thousands of yuan", 1),
        ("(in millions of RMB)", 1000),
        ("(RMB million)", 1000),
        ("注：经费为亿元", 100_000),
        ("说明：1. 经费均为元；2. 其余见附件", 0.001),
        ("（亿元）", 100_000),
    ],
)
def test_scales_of_money_and_units_in_notes_hold_too(line: str, cost: float):
    results, findings = read([[line], HEAD, ONE, TWO])
    assert value(results, "cost") == pytest.approx(cost)
    assert told(findings, "H211") == [("H211", "F2")]


def test_a_row_of_units_may_stand_right_above_the_header():
    results, findings = read([["", "", "", "%", "天", "亿元", ""], HEAD, ONE, TWO])
    assert (value(results, "run_hours"), value(results, "cost")) == (2400, 100_000)
    assert told(findings, "R308") == [("R308", "1")]


def test_money_that_is_not_known_is_told():
    _, findings = read([["Unit: RMB lakh"], HEAD, ONE, TWO])
    assert told(findings, "H217") == [("H217", "A1")]


@pytest.mark.parametrize(
    "line",
    ["填报单位：某某研究院", "申报单位：千元科技公司", "单位负责人：元某", "主管单位：万元厅"],
)
def test_an_institution_is_no_unit(line: str):
    results, findings = read([[line], HEAD, ONE, TWO])
    assert value(results, "cost") == 10
    assert not told(findings, "H211", "H212", "H217")


@pytest.mark.parametrize("line", ["单位：美元", "金额单位：万欧元", "Unit: USD million"])
def test_money_that_cannot_be_converted_is_a_warning(line: str):
    results, findings = read([[line], HEAD, ONE, TWO])
    assert value(results, "cost") == 10
    assert told(findings, "H217") == [("H217", "A1")]
