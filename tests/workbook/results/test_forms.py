from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.workbook import Submission, read_workbooks
from pilotscore.workbook.results.forms import find_forms
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.values.cells import State
from tests.conftest import write_book


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


def read(path: Path, criteria: CriteriaSet, rows: Sequence[Sequence[Any]]) -> Submission:
    return read_workbooks([write_book(path, {"申请书": rows})], criteria)


def told(s: Submission, code: str) -> list[str]:
    return [f.place.cell for f in s.findings if f.code == code]


SECTIONS = [
    ["中试成果申报书"],
    [],
    ["一、基本信息"],
    ["编号", "P-7", "成果名称", "硝化工艺"],
    ["工艺类型：", "连续", "权属争议", "☑否 □是"],
    ["二、技术"],
    ["（一）技术就绪水平", "TRL 6", "证据等级", "E3"],
    ["一次合格率", 96, "%"],
    ["连续运行时间", 3, "天"],
    ["三、安全"],
    ["安全评估", "已完成"],
    ["环评批复", "是"],
    ["负责人", "张三"],
    ["申报单位（盖章）"],
]


def test_a_form_with_names_on_the_left_and_values_on_the_right(
    tmp_path: Path, criteria: CriteriaSet
):
    s = read(tmp_path / "a.xlsx", criteria, SECTIONS)
    assert (s.ids, s.titles) == (("P-7",), ("硝化工艺",))
    assert s.values[0].tolist() == [6, 96, 72, 2, 1]
    assert s.facts["mode"].values.tolist() == ["continuous"]
    assert s.facts["disputed"].values.tolist() == ["no"]
    assert s.place(0, "trl").cell == "B7"
    assert s.evidence_place(0, "trl").cell == "D7"
    assert s.evidence[0, 0] == 3
    assert (told(s, "B126"), told(s, "H208"), told(s, "R314")) == ([""], ["B9"], ["A13"])


def test_a_form_with_titles_over_its_columns(tmp_path: Path, criteria: CriteriaSet):
    s = read(
        tmp_path / "a.xlsx",
        criteria,
        [
            ["序号", "指标", "说明", "填写值", "单位", "证据等级"],
            [1, "编号", "", "P-8"],
            [2, "TRL", "1-9", 7, "", "E2"],
            [3, "连续运行时间", "最长", 2, "d", "E1"],
            [4, "安全评估", "", "部分完成", "", ""],
        ],
    )
    assert s.values[0].tolist()[0::2][:2] == [7, 48]
    assert s.evidence[0].tolist()[:3:2] == [2, 1]


def test_merged_labels_and_values(tmp_path: Path, criteria: CriteriaSet):
    path = write_book(
        tmp_path / "a.xlsx", {"表": [["编号", "", "P-9"], ["TRL", "", 5], ["安全评估", "", "未做"]]}
    )
    book = openpyxl.load_workbook(path)
    for area in ("A1:B1", "A2:B2", "A3:B3", "C1:E1"):
        book["表"].merge_cells(area)
    book.save(path)
    s = read_workbooks([path], criteria)
    assert (s.ids, s.values[0, 0], s.values[0, 3]) == (("P-9",), 5, 0)


def test_a_form_over_several_sheets_is_one_result(tmp_path: Path, criteria: CriteriaSet):
    path = write_book(
        tmp_path / "a.xlsx",
        {
            "基本": [["编号", "P-1"], ["成果名称", "甲"], ["权属争议", "否"]],
            "技术": [["TRL", 6], ["连续运行时间", 100]],
            "安全": [["安全评估", "已完成"], ["环评批复", "是"]],
        },
    )
    s = read_workbooks([path], criteria)
    assert s.ids == ("P-1",)
    assert s.place(0, "hazard").sheet == "安全"
    assert s.values[0].tolist()[0] == 6


def test_a_form_on_each_sheet_is_a_result_on_each(tmp_path: Path, criteria: CriteriaSet):
    path = write_book(
        tmp_path / "a.xlsx",
        {n: [["编号", n], ["TRL", 6], ["安全评估", "已完成"]] for n in ("甲", "乙")},
    )
    assert read_workbooks([path], criteria).ids == ("甲", "乙")


def test_a_table_on_its_side_has_a_result_in_each_column(tmp_path: Path, criteria: CriteriaSet):
    s = read(
        tmp_path / "a.xlsx",
        criteria,
        [
            ["编号", "P-1", "P-2", "P-3"],
            ["TRL", 5, 6, 7],
            ["证据等级", "E1", "E2", "E3"],
            ["一次合格率（%）", 90, 95, ""],
            ["安全评估", "未做", "部分完成", "已完成"],
        ],
    )
    assert s.ids == ("P-1", "P-2", "P-3")
    assert s.values[:, 0].tolist() == [5, 6, 7]
    assert s.evidence[:, 0].tolist() == [1, 2, 3]
    assert s.place(2, "hazard").cell == "D5"


def test_without_an_id_the_name_of_the_file_serves(tmp_path: Path, criteria: CriteriaSet):
    s = read(
        tmp_path / "某单位申报.xlsx",
        criteria,
        [["成果名称", "甲"], ["TRL", 6], ["安全评估", "已完成"]],
    )
    assert (s.ids, told(s, "R313")) == (("某单位申报",), [""])


def test_faults_of_a_form_have_their_cells(tmp_path: Path, criteria: CriteriaSet):
    s = read(
        tmp_path / "a.xlsx",
        criteria,
        [
            ["编号", "P-1"],
            ["TRL", 12],
            ["技术就绪水平", 6],
            ["一次合格率", 0.95],
            ["安全评估", "不错"],
        ],
    )
    assert (told(s, "V402"), told(s, "R315"), told(s, "V404"), told(s, "V405")) == (
        ["B2"],
        ["A3"],
        ["B4"],
        ["B5"],
    )
    assert all(f.result == "P-1" for f in s.findings if f.code.startswith("V"))


def test_error_cells_of_a_form(tmp_path: Path, criteria: CriteriaSet):
    path = write_book(
        tmp_path / "a.xlsx", {"表": [["编号", "P-1"], ["TRL", 6], ["安全评估", "已完成"]]}
    )
    book = openpyxl.load_workbook(path)
    book["表"]["B2"] = "#REF!"
    book["表"]["B2"].data_type = "e"
    book["表"]["B3"] = "=1+1"
    book.save(path)
    s = read_workbooks([path], criteria)
    assert (told(s, "V408"), told(s, "V409")) == (["B2"], ["B3"])
    assert s.states[0, [0, 3]].tolist() == [4, 4]


CELLS = st.sampled_from(
    [
        "",
        "P-7",
        "TRL 6",
        96,
        3.5,
        "天",
        "编号",
        "成果名称",
        "证据等级",
        "E3",
        "数值",
        "指标",
        "填写值",
        "一次合格率",
        "连续运行时间",
        "安全评估",
        "已完成",
        "其他",
        True,
        "TRL",
    ]
)
GRID = st.lists(st.lists(CELLS, min_size=4, max_size=4), min_size=3, max_size=7)


@pytest.mark.slow
@given(
    start=st.sampled_from([SECTIONS, None]),
    grid=GRID,
    changes=st.lists(st.tuples(st.integers(0, 16), st.integers(0, 3), CELLS), max_size=6),
)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_form_known_from_the_one_before_is_read_as_by_itself(
    criteria: CriteriaSet, start: Any, grid: list[list[Any]], changes: list[tuple[int, int, Any]]
):
    rows = [list(r) + [""] * (6 - len(r)) for r in (start or grid)]
    other = [list(r) for r in rows]
    for r, c, cell in changes:
        if r < len(other):
            other[r][c] = cell
    names = HeaderNames.of(criteria)
    find_forms(rows, names)
    assert find_forms(other, names) == find_forms(other, HeaderNames.of(criteria))


def test_the_same_form_filled_in_differently_is_known_at_once(criteria: CriteriaSet):
    names = HeaderNames.of(criteria)
    first = find_forms(SECTIONS, names)
    other = [list(r) for r in SECTIONS]
    other[3][1], other[7][1] = "P-8", "95 %"
    assert find_forms(other, names)[0] is first[0]


@pytest.mark.parametrize(
    "stamp", ["申报单位（盖章）：", "申报单位（公章）", "编号（签字）", "成果名称（签章）"]
)
@pytest.mark.parametrize("beside", ["", "日期：   年  月  日", "签字："])
def test_a_line_to_sign_without_a_name_is_no_item(
    tmp_path: Path, criteria: CriteriaSet, stamp: str, beside: str
):
    rows = [*SECTIONS, [stamp, beside]]
    s = read(tmp_path / "a.xlsx", criteria, rows)
    assert (s.ids, s.titles) == (("P-7",), ("硝化工艺",))
    assert told(s, "R315") == []


def test_a_line_to_stamp_with_a_name_is_an_item(tmp_path: Path, criteria: CriteriaSet):
    rows = [["TRL", 6], ["一次合格率", 96, "%"], ["成果名称（盖章）", "硝化工艺"]]
    assert read(tmp_path / "a.xlsx", criteria, rows).titles == ("硝化工艺",)


def test_a_form_over_two_sheets_with_lines_to_sign_on_both_is_one_result(
    tmp_path: Path, criteria: CriteriaSet
):
    first = [["编号", "P-7"], ["TRL", 6], ["工艺类型", "连续"], ["安全评估", ""]]
    second = [
        ["一次合格率", 96, "%"],
        ["连续运行时间", 3, "天"],
        ["安全评估", "已完成"],
        ["工艺类型", ""],
    ]
    s = read_workbooks([write_book(tmp_path / "a.xlsx", {"一": first, "二": second})], criteria)
    assert s.ids == ("P-7",)
    assert s.values[0].tolist()[:4] == [6, 96, 72, 2]
    assert s.facts["mode"].values.tolist() == ["continuous"]


def test_forms_that_both_ask_for_an_id_are_two_results(tmp_path: Path, criteria: CriteriaSet):
    forms = {
        n: [
            ["编号", f"P-{n}"],
            ["TRL", 6 if n == "1" else ""],
            ["一次合格率", "" if n == "1" else 90],
        ]
        for n in "12"
    }
    s = read_workbooks([write_book(tmp_path / "a.xlsx", forms)], criteria)
    assert s.ids == ("P-1", "P-2")


def test_two_items_in_a_row_with_numbers_are_no_results_side_by_side(
    tmp_path: Path, criteria: CriteriaSet
):
    rows = [
        ["编号", "P-7"],
        ["成果名称", "硝化工艺"],
        ["TRL", 6, "一次合格率（%）", 96],
        ["连续运行时间", 80, "中试成本", 800],
        ["安全评估", "已完成", "申请金额", 300],
    ]
    s = read(tmp_path / "a.xlsx", criteria, rows)
    assert s.ids == ("P-7",)
    assert s.values[0].tolist()[:4] == [6, 96, 80, 2]
    assert s.facts["requested"].values.tolist() == [300]


@pytest.mark.parametrize("answer", ["Batch", "批次", "batch"])
def test_the_answer_batch_makes_no_sheet_of_batches_of_a_form(
    tmp_path: Path, criteria: CriteriaSet, answer: str
):
    rows = [
        ["编号", "P-7"],
        ["工艺类型", answer, "成果名称", "硝化工艺"],
        ["TRL", 6, "中试成本", 800],
        ["一次合格率", 96, "申请金额", 300],
    ]
    s = read(tmp_path / "a.xlsx", criteria, rows)
    assert (s.ids, s.batches) == (("P-7",), None)
    assert s.values[0].tolist()[:2] == [6, 96]


ON_ITS_SIDE = [
    ["编号", "P-1", "P-2"],
    ["TRL", 7, 6],
    ["一次合格率（%）", 95, 93],
    ["中试成本", 10, 30],
]


@pytest.mark.slow
@pytest.mark.parametrize("what", ["平均", "合计", "权重", "Mean", "满分", "备注", "目标值"])
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_column_that_sums_up_is_no_result(
    tmp_path: Path, criteria: CriteriaSet, what: str, place: int
):
    rows = [
        [*row[:place], what if r == 0 else 8, *row[place:]] for r, row in enumerate(ON_ITS_SIDE)
    ]
    s = read(tmp_path / "a.xlsx", criteria, rows)
    assert s.ids == ("P-1", "P-2")
    assert s.values[:, 0].tolist() == [7, 6]
    assert told(s, "R333") == ["BCD"[place - 1] + "1"]


def test_a_column_of_units_before_the_results(tmp_path: Path, criteria: CriteriaSet):
    units = ["单位", "级", "%", "元"]
    rows = [[row[0], unit, *row[1:]] for row, unit in zip(ON_ITS_SIDE, units, strict=True)]
    s = read(tmp_path / "a.xlsx", criteria, rows)
    assert s.ids == ("P-1", "P-2")
    assert s.facts["cost"].values.tolist() == [0.001, 0.003]


def test_values_beyond_a_blank_column(tmp_path: Path, criteria: CriteriaSet):
    rows = [
        ["编号", "", "P-1"],
        ["TRL", "", 7],
        ["一次合格率（%）", "", 95],
        ["安全评估", "", "已完成"],
    ]
    s = read(tmp_path / "a.xlsx", criteria, rows)
    assert s.ids == ("P-1",)
    assert s.values[0].tolist()[:2] == [7, 95]


def test_a_form_that_nobody_filled_in_takes_no_units_for_values(
    tmp_path: Path, criteria: CriteriaSet
):
    rows = [["编号", "", ""], ["TRL", "", "级"], ["一次合格率", "", "%"], ["连续运行时间", "", "h"]]
    s = read(tmp_path / "a.xlsx", criteria, rows)
    assert told(s, "V401") == []


@pytest.mark.parametrize(
    "text", ["TRL：6", "TRL: 6", "（一）技术就绪水平：六级", "一次合格率：96%"]
)
def test_a_name_with_its_value_in_one_cell_is_told(
    tmp_path: Path, criteria: CriteriaSet, text: str
):
    rows = [["编号", "P-1"], ["安全评估", "已完成"], ["连续运行时间", 80], [text]]
    assert told(read(tmp_path / "a.xlsx", criteria, rows), "R334") == ["A4"]


@pytest.mark.parametrize(
    "text", ["日期：2026-11-30", "单位：万元", "TRL：", "说明：TRL 为 1-9 级", "电话：123"]
)
def test_other_lines_with_a_colon_are_none(tmp_path: Path, criteria: CriteriaSet, text: str):
    rows = [["编号", "P-1"], ["安全评估", "已完成"], ["连续运行时间", 80], [text]]
    assert told(read(tmp_path / "a.xlsx", criteria, rows), "R334") == []


def test_an_answer_that_is_a_name_of_something_else_is_an_answer(tmp_path: Path):
    set_ = load_criteria("pilot-maturity").criteria
    rows = [["Project ID", "P-1"], ["TRL", 6], ["IP ownership", "Institution"], ["MRL", 5]]
    s = read(tmp_path / "a.xlsx", set_, rows)
    j = set_.indicator_position["ownership_status"]
    assert (s.values[0, j], s.facts["institution"].states.tolist()) == (2, [State.BLANK])


@pytest.mark.parametrize(
    "titles",
    [
        ["指标", "目标值", "实际完成值"],
        ["考核指标", "考核要求", "完成值"],
        ["指标", "权重", "自评值"],
        ["指标", "中试前", "中试后"],
        ["Indicator", "Target", "Actual"],
        ["指标", "目标值", "本单位情况"],
        ["指标", "目标值", ""],
    ],
)
def test_targets_beside_the_values_are_no_values(
    tmp_path: Path, criteria: CriteriaSet, titles: list[str]
):
    rows = [
        titles,
        ["编号", "", "P-1"],
        ["TRL", 8, 6],
        ["一次合格率（%）", 99, 95],
        ["安全评估", "已完成", "部分完成"],
    ]
    s = read(tmp_path / "a.xlsx", criteria, rows)
    assert s.ids == ("P-1",)
    assert s.values[0].tolist()[:4:3] == [6, 1]
    assert s.values[0, 1] == 95


def test_an_item_that_says_target_is_asked_about(tmp_path: Path, criteria: CriteriaSet):
    rows = [["编号", "P-1"], ["TRL（目标）", 8], ["一次合格率（%）", 95], ["安全评估", "已完成"]]
    assert told(read(tmp_path / "a.xlsx", criteria, rows), "H221") == ["A2"]


def test_values_of_further_results_are_no_names_behind_a_column_of_units(tmp_path: Path):
    set_ = load_criteria("pilot-maturity").criteria
    rows = [
        ["Project ID", "Unit", "P-1", "P-2", "P-3"],
        ["TRL", "", 6, 5, 4],
        ["Run hours", "days", 3, 4, 5],
        ["IP ownership", "", "", "Institution", "Unclear"],
        ["MRL", "", 6, 5, 4],
    ]
    s = read(tmp_path / "a.xlsx", set_, rows)
    j = set_.indicator_position["ownership_status"]
    assert s.ids == ("P-1", "P-2", "P-3")
    assert s.states[:, j].tolist() == [State.BLANK, State.VALUE, State.VALUE]
    assert set(s.facts["institution"].states.tolist()) == {State.BLANK}


def test_a_unit_beside_a_value_that_contradicts_the_name_is_an_error(
    tmp_path: Path, criteria: CriteriaSet
):
    rows = [
        ["编号", "P-1", ""],
        ["TRL", 6, ""],
        ["中试成本（万元）", 8000000, "元"],
        ["连续运行时间（h）", 80, "小时"],
    ]
    s = read(tmp_path / "a.xlsx", criteria, rows)
    assert (told(s, "H213"), told(s, "H209")) == (["B3"], [])
    assert s.facts["cost"].states.tolist() == [State.FAULTY]
    assert s.values[0, 2] == 80


def test_a_column_of_numbers_without_an_id_beside_results_is_an_error(
    tmp_path: Path, criteria: CriteriaSet
):
    rows = [
        ["编号", "P-1", ""],
        ["TRL", 6, 9],
        ["一次合格率（%）", 95, 100],
        ["连续运行时间", 80, 1000],
    ]
    s = read(tmp_path / "a.xlsx", criteria, rows)
    assert (len(s), told(s, "R303")) == (2, ["C1"])


def test_a_form_over_a_table_of_batches_is_told(tmp_path: Path, criteria: CriteriaSet):
    rows = [
        ["编号", "P-1"],
        ["TRL", 6],
        ["一次合格率（%）", 95],
        [],
        ["批号", "水分"],
        ["B1", 0.5],
        ["B2", 0.6],
    ]
    assert told(read(tmp_path / "a.xlsx", criteria, rows), "R335") == ["A2"]
    alone = [["编号", "P-1"], ["工艺类型", "间歇"], ["中试成本", 95], *rows[3:]]
    assert told(read(tmp_path / "b.xlsx", criteria, alone), "R335") == []
