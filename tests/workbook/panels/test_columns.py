"""What headers of score sheets mean."""

from __future__ import annotations

import pytest

from pilotscore.workbook.panels.columns import (
    header_in,
    is_numbered_expert,
    is_total,
    named_expert,
    role_of,
)


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("专家", "expert"),
        ("评审 专家", "expert"),
        ("Expert", "expert"),
        ("编号", "result"),
        ("成果编号", "result"),
        ("ID", "result"),
        ("指标", "indicator"),
        ("分数（满分100）", "score"),
        ("Score", "score"),
        ("评语", "comment"),
        ("技术水平", None),
    ],
)
def test_roles(header: str, role: str | None):
    assert role_of(header) == role


def test_the_header_is_the_row_with_most_roles():
    rows = [
        ["2026 年评审", ""],
        ["专家", "张三"],
        ["专家", "编号", "指标", "分数"],
        ["张三", "P-1", "a", 1],
    ]
    assert header_in(rows)[0] == 2
    assert header_in([["编号"], ["x", "y"]]) is None


@pytest.mark.parametrize(
    "name", ["专家1", "评委 A", "专家三", "Expert 2", "reviewer_b", "R3", "专家甲"]
)
def test_experts_by_number(name: str):
    assert is_numbered_expert(name)


@pytest.mark.parametrize("name", ["技术水平", "R&D", "Expertise", "张三"])
def test_what_is_no_expert_by_number(name: str):
    assert not is_numbered_expert(name)


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        (["专家：张三"], "张三"),
        (["评审专家（签名）:", "", "李四"], "李四"),
        (["Reviewer: J. Doe"], "J. Doe"),
        (["专家：", ""], None),
        (["专家", "编号"], None),
    ],
)
def test_the_expert_above_a_table(cells: list[str], name: str | None):
    assert named_expert(cells) == name


def test_totals():
    assert is_total("总分（100）")
    assert is_total("Average")
    assert not is_total("技术总体水平")
