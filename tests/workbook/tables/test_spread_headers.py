from __future__ import annotations

import pytest

from pilotscore.criteria import CriteriaSet
from pilotscore.workbook.tables.columns import match_columns
from pilotscore.workbook.tables.headers import HeaderNames, Target
from pilotscore.workbook.tables.spread_headers import SpreadColumn, spread_of
from tests.conftest import MINI, from_yaml

NAMES = HeaderNames.of(CriteriaSet.model_validate(from_yaml(MINI)))


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("一次合格率不确定度", "standard"),
        ("一次合格率的标准不确定度（%）", "standard"),
        ("u(一次合格率)", "standard"),
        ("U（一次合格率）", "expanded"),
        ("一次合格率扩展不确定度", "expanded"),
        ("一次合格率不确定度（k=2）", "expanded"),
        ("First-pass yield standard uncertainty", "standard"),
        ("Uncertainty of first-pass yield", "standard"),
        ("First-pass yield (%) SE", "standard"),
        ("一次合格率下限", "low"),
        ("一次合格率95%置信上限", "high"),
        ("First-pass yield lower limit", "low"),
        ("First-pass yield high", "high"),
    ],
)
def test_by_name(header: str, part: str):
    for left in (None, "run_hours"):
        found = spread_of(header, left, NAMES)
        assert found is not None
        assert (found.name, found.part) == ("yield_rate", part)


@pytest.mark.parametrize(
    ("header", "part", "unit", "k"),
    [
        ("不确定度", "standard", None, None),
        ("标准不确定度", "standard", None, None),
        ("u(x)", "standard", None, None),
        ("u", "standard", None, None),
        ("U", "expanded", None, None),
        ("U(k=2)", "expanded", None, 2),
        ("u(h)", "standard", "h", None),
        ("不确定度（%）", "standard", "%", None),
        ("不确定度 (k=3)", "expanded", None, 3),
        ("Standard\nuncertainty", "standard", None, None),
        ("standard error", "standard", None, None),
        ("下限", "low", None, None),
        ("Upper bound", "high", None, None),
        ("95%置信下限", "low", None, None),
    ],
)
def test_by_the_column_to_its_left(header: str, part: str, unit: str | None, k: float | None):
    assert spread_of(header, "run_hours", NAMES) == SpreadColumn("run_hours", part, unit, k)
    assert spread_of(header, None, NAMES) is None


@pytest.mark.parametrize(
    "header", ["备注", "menu", "House", "uuu", "价格下限", "安全评估下限", "u(kg)", "下限（kg）"]
)
def test_what_is_none(header: str):
    assert spread_of(header, "run_hours", NAMES) is None


def test_only_numbers_have_one():
    for name in ("hazard", "permit", "mode", "permit_end"):
        assert spread_of("不确定度", name, NAMES) is None


def test_a_mapped_header_has_one():
    names = HeaderNames.of(NAMES.criteria, {"转化率": Target("yield_rate")})
    assert spread_of("转化率不确定度", None, names) == SpreadColumn("yield_rate", "standard")


def test_in_a_header():
    columns = match_columns(
        ["编号", "TRL", "一次合格率", "下限", "上限", "证据", "连续运行时间（天）", "u（d）", "U"],
        NAMES,
    )
    spreads = {("yield_rate", "low"): 3, ("yield_rate", "high"): 4, ("run_hours", "standard"): 7}
    assert columns.spreads == spreads
    assert columns.spread_heads["run_hours", "standard"].unit == "d"
    assert columns.evidence == {"yield_rate": 5}  # what is between does not come between
    assert columns.unknown == {8: "U"}  # one uncertainty is enough
    assert set(spreads.values()) <= set(columns.used)


def test_two_rows_of_header():
    header = [
        ("编号", ""),
        ("一次合格率", "数值"),
        ("一次合格率", "不确定度"),
        ("连续运行时间", ""),
    ]
    columns = match_columns(header, NAMES)
    assert columns.spreads == {("yield_rate", "standard"): 2}


@pytest.mark.parametrize(
    "header",
    [
        ["编号", "TRL", "一次合格率", "上限"],
        ["编号", "TRL", "下限", "上限"],
        ["编号", "一次合格率不确定度", "TRL", "连续运行时间"],
    ],
)
def test_one_end_alone_or_of_no_column_is_not_known(header: list[str]):
    columns = match_columns(header, NAMES)
    assert not {n for n, _ in columns.spreads} - {"trl"}
    assert columns.spreads == {} or header[2] == "下限"


def test_ignored_by_a_mapping():
    names = HeaderNames.of(NAMES.criteria, {"不确定度": Target("ignore")})
    columns = match_columns(["编号", "一次合格率", "不确定度"], names)
    assert columns.spreads == {}
