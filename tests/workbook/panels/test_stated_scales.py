"""Scales as sheets state them: in words above the table, bare in the brackets of a header."""

from __future__ import annotations

import pytest

from pilotscore.workbook.panels.stated_scales import scale_in, scale_of_header, without_scale


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("满分100分", (0, 100)),
        ("满分：10", (0, 10)),
        ("满分为 5 分，3 分以上入围", (0, 5)),
        ("2026年评审（百分制）", (0, 100)),
        ("每项按5分制打分", (0, 5)),
        ("十分制", (0, 10)),
        ("请按0-10分打分", (0, 10)),
        ("0分至100分", (0, 100)),
        ("评分范围：1～5", (1, 5)),
        ("专家评分表（0-10）", (0, 10)),
        ("优90-100分，良80-89分，中60-79分，差0-59分", (0, 100)),
        ("out of 10", (0, 10)),
        ("Each is scored 0 to 10", (0, 10)),
        ("Scale of 1 to 5", (1, 5)),
        ("Full marks: 50", (0, 50)),
    ],
)
def test_above_a_table(text: str, scale: tuple[float, float]):
    assert scale_in(text) == scale


@pytest.mark.parametrize(
    "text",
    [
        "",
        "80-89分为良",
        "评审时间：2026年3月1-5日",
        "每项 3-5分钟",
        "评分标准",
        "满分",
        "最高分100",  # of the scores, it may be
        "总分100分",
        "评审成果（1-20）",
        "评分组 1-3 号",
        "2026-03-01",
        "评分完成 90-95%",
    ],
)
def test_what_states_none(text: str):
    assert scale_in(text) is None


@pytest.mark.parametrize(
    ("header", "scale", "bare"),
    [
        ("创新性(0-10)", (0, 10), "创新性"),
        ("创新性（20分）", (0, 20), "创新性"),
        ("技术水平（满分30）", (0, 30), "技术水平"),
        ("技术水平【最高30分】", (0, 30), "技术水平"),
        ("市场 (/10)", (0, 10), "市场"),
        ("score (1 to 5)", (1, 5), "score"),
        ("score (max 20)", (0, 20), "score"),
        ("得分（百分制）", (0, 100), "得分"),
        ("技术（必填）[0–100]", (0, 100), "技术（必填）"),
    ],
)
def test_in_a_header(header: str, scale: tuple[float, float], bare: str):
    assert scale_of_header(header) == (scale, bare)
    assert without_scale(header) == bare


@pytest.mark.parametrize(
    "header", ["创新性", "权重(20%)", "性能（h）", "技术(2)", "成果（5-20）", "分数/10"]
)
def test_a_header_without_one(header: str):
    assert scale_of_header(header) is None
    assert without_scale(header) == header
