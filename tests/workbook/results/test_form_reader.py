"""Cells of a form as their number formats show them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.workbook import read_workbooks
from tests.workbook.making import Formatted, formatted_xlsx


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


def test_a_form_is_read_as_its_formats_show_it(tmp_path: Path, criteria: CriteriaSet):
    rows = [
        ["编号", Formatted(7, '"P-"000'), "成果名称", "硝化工艺"],
        ["技术就绪水平", Formatted(6, '"TRL "0'), "证据等级", Formatted(3, '"E"0')],
        ["一次合格率", Formatted(0.96, "0.0%")],
        ["连续运行时间", Formatted(3, '0"天"')],
        ["安全评估", "已完成"],
    ]
    s = read_workbooks([formatted_xlsx(tmp_path / "a.xlsx", {"申报书": rows})], criteria)
    assert s.ids == ("P-007",)
    assert s.values[0].tolist()[:4] == [6, 96, 72, 2]
    assert s.evidence[0, 0] == 3
    told = [(f.place.cell, f.code) for f in s.findings if f.code.startswith("V")]
    assert told == [("B2", "V411"), ("B3", "V416"), ("B4", "V418")]
    assert s.written[0, "run_hours"] == "3天"


@pytest.mark.parametrize(
    ("cell", "hours", "codes"),
    [
        (Formatted(3, '0"小时"'), 3, ["V411"]),  # its own unit, not the one beside it
        (Formatted(1.5, "[h]:mm"), 36, ["V430"]),
        (Formatted(3, "0.0"), 72, ["H208"]),
        (Formatted(3000, "0,"), None, ["V437"]),
    ],
)
def test_the_unit_beside_a_value_is_of_numbers_without_one(tmp_path, criteria, cell, hours, codes):
    rows = [["编号", "P-1"], ["TRL", 6], ["连续运行时间", cell, "天"], ["安全评估", "已完成"]]
    s = read_workbooks([formatted_xlsx(tmp_path / "a.xlsx", {"申报书": rows})], criteria)
    assert [f.code for f in s.findings if f.code[0] in "VH" and f.place.row == 2] == codes
    if hours is not None:
        assert s.values[0, 2] == hours


def test_a_table_on_its_side_has_a_format_in_each_cell(tmp_path: Path, criteria: CriteriaSet):
    rows = [
        ["编号", "P-1", "P-2"],
        ["TRL", 5, 6],
        [
            "连续运行时间（h）",
            Formatted(2, '0"d"'),
            Formatted(datetime.timedelta(hours=30) / datetime.timedelta(days=1), "[h]:mm"),
        ],
        ["安全评估", "未做", "部分完成"],
    ]
    s = read_workbooks([formatted_xlsx(tmp_path / "a.xlsx", {"表": rows})], criteria)
    assert s.values[:, 2].tolist() == [48, 30]
