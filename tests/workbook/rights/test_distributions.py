"""Distributions are read a row or a column for each amount; money keeps its currency."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from pilotscore.workbook.rights.case_words import AMOUNTS as AMOUNT_WORDS
from pilotscore.workbook.rights.records import AMOUNTS, DistributionColumns
from tests.workbook.rights.making import Rows, read, sheet, told

D = datetime.date
HEAD = ["成果编号", "项目", "金额（万元）", "币种", "约定或实际", "日期", "形式"]
INCOME = ["R1", "转化收入", 100, "人民币", "实际", D(2024, 7, 15), ""]
REWARD = ["R1", "奖励总额", 70, "人民币", "实际", D(2024, 7, 15), ""]
STYLES: dict[str, Rows] = {
    "as a template": [HEAD, INCOME, REWARD],
    "with a title, a unit above and totals": [
        ["收益分配明细表"],
        ["", "", "单位：万元"],
        ["序号", *(h.replace("（万元）", "") for h in HEAD)],
        [1, *REWARD],
        [2, *INCOME],
        ["合计", "", "", 170],
    ],
    "in English, in yuan": [
        ["Result ID", "Item", "Amount (CNY)", "Agreed or paid", "Date"],
        ["R1", "income", 1_000_000, "paid", "15 July 2024"],
        ["R1", "total reward", "700,000", "paid", "2024-07-15"],
    ],
    "with units in the cells": [
        ["成果编号", "款项", "金额", "约定/实际", "到账日期"],
        ["R1", "收入", "100万元", "已到账", "2024年7月15日"],
        ["", "奖励", "￥700,000", "已发放", "2024.7.15"],
    ],
    "with a column for each": [
        ["成果编号", "转化收入（万元）", "奖励总额（万元）", "日期", "约定或实际"],
        ["R1", 100, 70, D(2024, 7, 15), "实际"],
    ],
}


def distributions(rows: Rows) -> DistributionColumns:
    found = read(sheet(rows, "收益分配")).distributions
    assert found is not None
    return found


@pytest.mark.parametrize("style", STYLES)
def test_a_distribution_in_the_style_of_an_office(style: str) -> None:
    d = distributions(STYLES[style])
    assert told(read(sheet(STYLES[style], "收益分配"))) == []
    assert (d.result.tolist(), d.item.tolist()) == (["R1", "R1"], ["income", "reward"])
    assert (d.amount.tolist(), d.currency.tolist()) == ([1_000_000, 700_000], ["CNY", "CNY"])
    assert d.agreed.tolist() == [0, 0]
    assert [str(x) for x in d.date] == ["2024-07-15", "2024-07-15"]


@pytest.mark.parametrize("item", AMOUNTS)
def test_every_item_is_known_by_its_titles(item: str) -> None:
    for text in (AMOUNT_WORDS.titles[item].zh, AMOUNT_WORDS.titles[item].en):
        assert distributions([HEAD, ["R1", text, 1]]).item.tolist() == [item]


def test_a_table_with_every_item_is_no_form() -> None:
    rows = [["R1", title.zh, n] for n, title in enumerate(AMOUNT_WORDS.titles.values())]
    assert distributions([HEAD, *rows]).amount.tolist() == [n * 10_000.0 for n in range(len(rows))]


def test_an_amount_in_a_column_of_its_own_is_told_at_its_cell() -> None:
    rights = read(sheet([["成果编号", "净收入（万元）", "奖励（万元）"], ["R1", 5, "若干"]]))
    assert told(rights) == [("K824", "C2")]


def test_what_a_unit_keeps_is_no_row_of_units() -> None:
    assert distributions([HEAD, ["", "单位", 5], ["R1", "单位", 5]]).item.tolist() == ["unit"]


def test_a_share_of_what_is_agreed() -> None:
    head = ["成果编号", "项目", "比例（%）", "比例基数", "约定或实际"]
    d = distributions([head, ["R1", "奖励总额", 40, "净收入", "约定"]])
    assert (d.share.tolist(), d.of.tolist(), d.agreed.tolist()) == ([40], ["net_income"], [1])


@pytest.mark.parametrize(
    ("column", "cell", "codes"),
    [
        (1, "招待费", ["K807"]),
        (1, "", ["K833"]),
        (2, "若干", ["K824"]),
        (3, "比特币", ["K827"]),
        (3, "美元", ["K825"]),
        (4, "可能", ["K807"]),
        (5, "2024年7月", ["K806"]),
    ],
)
def test_what_cannot_be_read_is_told(column: int, cell: Any, codes: list[str]) -> None:
    row = [*INCOME]
    row[column] = cell
    assert [c for c, _ in told(read(sheet([HEAD, row], "收益分配")))] == codes


def test_currencies_mixed_in_one_result_are_told() -> None:
    head = ["成果编号", "项目", "金额", "币种"]
    rows = [head, ["R1", "转化收入", 100, "CNY"], ["R1", "奖励总额", 10, "美元"]]
    rows.append(["R2", "转化收入", 10, "USD"])
    rights = read(sheet(rows, "收益分配"))
    assert told(rights) == [("K826", "C3")]
    assert rights.distributions is not None
    assert rights.distributions.currency.tolist() == ["CNY", "USD", "USD"]


def test_a_table_of_money_of_something_else_is_none() -> None:
    rows = [["成果编号", "项目", "金额（万元）"], ["R1", "设备费", 5], ["R1", "材料费", 3]]
    assert read(sheet(rows, "预算")).distributions is None
