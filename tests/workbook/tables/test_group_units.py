"""Units that stand over the columns: in the heads of their groups, in a title, and beside another unit."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workbook.tables.test_result_rows import read, told

ROW = ["P-1", "甲", 7, 30, 3_000_000]


def values(rows: list[list[Any]], merged: Any = ()) -> tuple[dict[str, float], list[Any]]:
    results, findings = read(rows, merged)
    assert results is not None
    found = {n: float(v[0]) for n, v in zip(results.quantities, results.values, strict=True)}
    return found, told(findings, "H209", "H211", "H212", "H213")


@pytest.mark.parametrize("merged", [(), (((0, 3), (0, 4)),)])
@pytest.mark.parametrize("head", ["资金（元）", "（元）", "Money (CNY)"])
def test_the_unit_of_a_group_holds_for_its_columns(head: str, merged: Any):
    rows = [
        ["基本信息", "", "", head, ""],
        ["编号", "名称", "TRL", "申请金额", "中试成本"],
        ["P-1", "甲", 7, 3_000_000, 8_000_000],
    ]
    found, said = values(rows, merged)
    assert (found["requested"], found["cost"]) == (300, 800)
    assert said == [("H211", "D2"), ("H211", "E2")]


def test_a_group_has_no_unit_for_columns_of_another_kind_or_with_their_own():
    rows = [
        ["基本信息", "", "", "运行与资金（天）", ""],
        ["编号", "名称", "TRL", "连续运行时间", "中试成本（元）"],
        ROW,
    ]
    found, said = values(rows)
    assert (found["run_hours"], found["cost"]) == (720, 300)
    assert said == [("H211", "D2")]


def test_other_money_over_a_group_is_an_error():
    rows = [
        ["", "", "", "", "资金（万美元）"],
        ["编号", "名称", "TRL", "连续运行时间", "中试成本"],
        ROW,
    ]
    _, said = values(rows)
    assert said == [("H209", "E2")]


@pytest.mark.parametrize(
    "above", ["2026年汇总表（3月）", "汇总表", "连续运行（自评）", "填报：2026（12）"]
)
def test_other_brackets_above_are_no_units(above: str):
    rows = [[above, "", "", "", ""], ["编号", "名称", "TRL", "连续运行时间", "中试成本"], ROW]
    found, said = values(rows)
    assert (found["run_hours"], found["cost"], said) == (30, 3_000_000, [])


@pytest.mark.parametrize(("unit", "codes"), [("元", [("H213", "E1")]), ("万元", []), ("", [])])
def test_a_row_of_units_that_contradicts_the_header_is_an_error(
    unit: str, codes: list[tuple[str, str]]
):
    rows = [
        ["编号", "名称", "TRL", "连续运行时间", "中试成本（万元）"],
        ["", "", "", "h", unit],
        ROW,
    ]
    found, said = values(rows)
    assert said == codes
    assert (found["cost"] == 3_000_000) != bool(codes)


@pytest.mark.parametrize("note", ["注：本表金额以元计。", "注：1.经费均以元为单位；2.其他"])
def test_a_note_that_says_in_what_money_is_counted_holds(note: str):
    rows = [["编号", "名称", "TRL", "连续运行时间", "中试成本"], ROW, [note, "", "", "", ""]]
    found, said = values(rows)
    assert (found["cost"], said) == (300, [("H211", "E1")])


def test_numbers_without_a_header_between_others_are_told():
    _, findings = read([["编号", "名称", "TRL", "", "中试成本"], ROW])
    assert told(findings, "H220") == [("H220", "D1")]
    _, findings = read([["编号", "名称", "TRL", "", "中试成本"], ["P-1", "甲", 7, "见附件", 5]])
    assert told(findings, "H220") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("P-2", "R325"), ("2026-017", "R325"), ("12", "R302"), ("以下为第2批", "R302")],
)
def test_an_id_alone_in_its_row_is_a_warning(text: str, code: str):
    head = ["编号", "名称", "TRL", "连续运行时间", "中试成本"]
    _, findings = read([head, ROW, [text, "", "", "", ""], ROW])
    assert told(findings, "R302", "R325") == [(code, "3")]


def test_running_numbers_without_a_header_are_not_told():
    head = ["", "编号", "名称", "TRL", "中试成本"]
    _, findings = read([head, [1, "P-1", "甲", 7, 5], [2, "P-2", "乙", 6, 5]])
    assert told(findings, "H220") == []
