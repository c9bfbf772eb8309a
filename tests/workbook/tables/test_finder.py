from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.workbook import ReadingOptions, Submission, read_workbooks
from tests.conftest import HEADERS, row, write_book

Read = Callable[..., Submission]


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


@pytest.fixture
def read(tmp_path: Path, criteria: CriteriaSet) -> Read:
    def run(
        rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), **options: Any
    ) -> Submission:
        path = write_book(tmp_path / "b.xlsx", {"表": rows})
        if merged:
            book = openpyxl.load_workbook(path)
            for area in merged:
                book["表"].merge_cells(area)
            book.save(path)
        return read_workbooks([path], criteria, ReadingOptions(**options))

    return run


def told(s: Submission, code: str) -> list[str]:
    return [f.place.cell for f in s.findings if f.code == code]


TOP = ["编号", "名称", "技术就绪水平", "", "一次合格率（%）", "安全"]
LOW = ["", "", "数值", "证据等级", "", "安全评估"]


def test_a_header_of_two_rows_with_merged_groups(read: Read):
    s = read(
        [["汇总表"], TOP, LOW, ["P-1", "甲", 6, "E2", 96, "已完成"]],
        ["A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:E3"],
    )
    assert s.ids == ("P-1",)
    assert s.values[0].tolist()[:2] == [6, 96]
    assert s.place(0, "trl").cell == "C4"
    assert s.evidence[0].tolist()[0] == 2
    assert s.states[0, 3] == 0
    assert next(f.values["row"] for f in s.findings if f.code == "B111") == 3


def test_a_header_of_three_rows_beginning_at_column_c(read: Read):
    s = read(
        [
            ["", "", "评价表"],
            [],
            ["", "", "基本信息", "", "技术", ""],
            ["", "", "编号", "名称", "技术就绪水平", ""],
            ["", "", "", "", "实测值", "证据等级"],
            ["", "", "P-1", "甲", 6, "E3"],
        ],
        ["C3:D3", "E3:F3", "C4:C5", "D4:D5", "E4:F4"],
    )
    assert (s.ids, s.values[0, 0], s.evidence[0, 0]) == (("P-1",), 6, 3)


def test_rows_of_units_explanations_and_examples_below_the_header(read: Read):
    headers = ["编号", "名称", "TRL", "连续运行时间", "环评批复"]
    s = read(
        [
            headers,
            ["单位", "", "级", "d", "-"],
            ["填写说明", "全称", "1-9", "最长一次", "是或否"],
            ["示例：X-1", "某成果", 5, 1, "是"],
            ["P-1", "甲", 6, 2, "是"],
            ["P-2", "乙", 7, "40 h", "否"],
        ]
    )
    assert s.ids == ("P-1", "P-2")
    assert s.values[:, 2].tolist() == [48, 40]  # days by the row of units; hours as the cell says
    assert (told(s, "R308"), told(s, "R309"), told(s, "R310")) == (["2"], ["3"], ["4"])
    assert told(s, "H208") == ["D1"]


def test_an_explanation_without_a_label_is_told_from_faulty_values(read: Read):
    headers = ["编号", "名称", "TRL", "连续运行时间", "环评批复"]
    s = read([headers, ["", "", "填 1 到 9", "最长一次", "是否取得"], ["P-1", "甲", 6, 2, "是"]])
    assert (s.ids, told(s, "R309")) == (("P-1",), ["2"])
    faulty = read([headers, ["P-0", "甲", "好", "很长", "也许"], ["P-1", "甲", 6, 2, "是"]])
    assert faulty.ids == ("P-0", "P-1")


def test_signatures_totals_notes_and_repeated_headers_are_passed_over(read: Read):
    s = read(
        [
            HEADERS,
            row(),
            HEADERS,
            row(id="P-2"),
            ["合计", "", 13],
            ["填表人：张三", "", "", "审核人：李四"],
            ["日期：2026-11-01", "", "盖章"],
            ["注：自评"],
        ]
    )
    assert s.ids == ("P-1", "P-2")
    assert (told(s, "R312"), told(s, "R306"), told(s, "R311"), told(s, "R302")) == (
        ["3"],
        ["5"],
        ["6", "7"],
        ["8"],
    )


def test_a_result_that_is_called_total_something_is_kept(read: Read):
    s = read(
        [HEADERS, row(id="总-1", title="总装线"), row(id="注塑-1"), row(id="P-3", title="合计算法")]
    )
    assert s.ids == ("总-1", "注塑-1", "P-3")


def test_a_second_table_ends_the_first_with_an_error(read: Read):
    s = read([HEADERS, row(), [], ["编号", "名称", "TRL", "安全评估"], ["Q-1", "乙", 5, "已完成"]])
    assert s.ids == ("P-1",)
    assert told(s, "B127") == ["4"]


def test_the_row_that_a_person_names_is_the_header(read: Read):
    rows = [
        ["编号", "TRL", "备注"],
        ["编号", "名称", "TRL", "安全评估"],
        ["P-1", "甲", 6, "已完成"],
    ]
    assert read(rows).tables[0].header_row == 1
    chosen = read(rows, header_row=1)
    assert (len(chosen), told(chosen, "B127")) == (0, ["2"])
    assert read([["TRL", "无关"], ["P-1", 6]], header_row=1).ids == ("表!2",)


def test_two_rows_that_are_as_much_a_header_are_told(read: Read):
    rows = [
        ["编号", "TRL", "备注"],
        ["说明文字"],
        ["编号", "安全评估", "其他"],
        ["P-1", "已完成", "x"],
    ]
    s = read(rows)
    assert told(s, "B128") == ["1"]


def test_the_unit_of_a_header_counts(read: Read):
    headers = ["编号", "名称", "TRL", "连续运行时间（天）", "中试成本（元）", "申请金额/亿元"]
    s = read([headers, ["P-1", "甲", 6, 2, 3_200_000, 0.01]])
    assert s.values[0, 2] == 48
    assert s.facts["cost"].values[0] == pytest.approx(320)
    assert s.facts["requested"].values[0] == pytest.approx(100)
    assert told(s, "H208") == ["D1", "E1", "F1"]


def test_a_unit_of_another_dimension_is_an_error_and_nothing_is_read(read: Read):
    s = read(
        [
            ["编号", "名称", "TRL", "连续运行时间（kg）"],
            ["P-1", "甲", 6, 2],
            ["P-2", "乙", 6, "48 h"],
        ]
    )
    assert told(s, "H209") == ["D1"]
    assert s.states[:, 2].tolist() == [4, 0]


def test_headers_in_both_languages_and_with_numbers(read: Read):
    headers = [
        "1. 编号",
        "名称\nTitle",
        "（一）技术就绪水平",
        "一次合格率（%）/ First-pass yield (%)",
    ]
    s = read([headers, ["P-1", "甲", 6, 96]])
    assert s.values[0].tolist()[:2] == [6, 96]


def test_a_likely_header_is_suggested_and_taken_only_when_asked(read: Read):
    rows = [["编号", "名称", "技术就绪水准", "安全评估"], ["P-1", "甲", 6, "已完成"]]
    s = read(rows)
    assert told(s, "H202") == ["C1"]
    assert s.states[0, 0] == 1
    taken = read(rows, accept_suggestions=True)
    assert (told(taken, "H207"), taken.values[0, 0]) == (["C1"], 6)


def test_merged_values_count_for_every_cell(read: Read):
    s = read(
        [HEADERS, row(), row(id="P-2", trl=""), row(id="P-3", run_hours=55, hazard="")], ["C2:C3"]
    )
    assert s.values[:, 0].tolist() == [7, 7, 7]
    assert told(s, "V415") == ["C2"]


def test_hidden_and_filtered_rows_and_columns_are_read_and_told(
    tmp_path: Path, criteria: CriteriaSet
):
    path = write_book(tmp_path / "b.xlsx", {"表": [HEADERS, row(), row(id="P-2")]})
    book = openpyxl.load_workbook(path)
    book["表"].column_dimensions["E"].hidden = True
    book["表"].row_dimensions[3].hidden = True
    book.save(path)
    s = read_workbooks([path], criteria)
    assert (s.ids, told(s, "H210"), told(s, "R305")) == (("P-1", "P-2"), ["E1"], ["3"])
    book["表"].auto_filter.ref = "A1:P3"
    book.save(path)
    assert told(read_workbooks([path], criteria), "R307") == ["3"]


@pytest.mark.slow
def test_two_hundred_columns_and_sixty_sheets(tmp_path: Path, criteria: CriteriaSet):
    wide = [[*HEADERS, *(f"其他 {i}" for i in range(200))], [*row(), *range(200)]]
    sheets = {f"表{i}": [["无关"]] for i in range(59)} | {"成果": wide}
    s = read_workbooks([write_book(tmp_path / "b.xlsx", sheets)], criteria)
    assert s.ids == ("P-1",)
    assert len(told(s, "B109")) == 59


@pytest.mark.slow
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
@given(st.permutations(range(5)), st.integers(0, 3), st.integers(0, 4))
def test_order_of_columns_and_what_stands_around_never_matters(
    tmp_path: Path, criteria: CriteriaSet, order: list[int], above: int, left: int
):
    headers = ["编号", "TRL", "一次合格率（%）", "安全评估", "环评批复"]
    cells = ["P-1", 6, 96, "已完成", "是"]
    rows = [["某某汇总表"]] * above + [
        [""] * left + [x[i] for i in order] for x in (headers, cells)
    ]
    s = read_workbooks([write_book(tmp_path / "b.xlsx", {"表": rows})], criteria)
    assert s.ids == ("P-1",)
    assert s.values[0, [0, 1, 3, 4]].tolist() == [6, 96, 2, 1]


@pytest.mark.parametrize("merged", [[], ["C1:D1", "E1:F1"]])
@pytest.mark.parametrize(
    ("target", "actual"), [("目标值", "实际值"), ("中试前", "中试后"), ("Target", "Actual")]
)
def test_of_what_a_header_is_divided_into_the_actual_value_is_read(
    read: Read, merged: list[str], target: str, actual: str
):
    s = read(
        [
            ["编号", "名称", "TRL", "", "一次合格率（%）", ""],
            ["", "", target, actual, target, actual],
            ["P-1", "x", 8, 6, 99, 95],
        ],
        merged,
    )
    assert s.values[0].tolist()[:2] == [6, 95]
    assert told(s, "H201") == ["C2", "E2"]


@pytest.mark.parametrize(("actual", "target"), [("实际值", "目标值"), ("实测值", "权重")])
def test_the_order_of_actual_values_and_others_does_not_matter(
    read: Read, actual: str, target: str
):
    s = read(
        [
            ["编号", "名称", "TRL", "", "一次合格率（%）", ""],
            ["", "", actual, target, actual, target],
            ["P-1", "x", 6, 8, 95, 99],
        ]
    )
    assert s.values[0].tolist()[:2] == [6, 95]
