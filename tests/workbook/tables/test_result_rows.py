"""Rows of a table of results that hold none: what is passed over, and how it is told."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import pytest

from pilotscore.criteria import CriteriaSet
from pilotscore.findings import Finding
from pilotscore.workbook.open.notes import Area
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.results.submission import Results
from pilotscore.workbook.results.table_reader import read_table
from pilotscore.workbook.tables.finder import find_table
from pilotscore.workbook.tables.headers import HeaderNames
from tests.conftest import MINI, from_yaml

HEAD = ["编号", "名称", "TRL", "一次合格率（%）", "连续运行时间", "中试成本", "环评批复"]
ONE = ["P-1", "甲工艺", 7, 95, 100, 10, "是"]
TWO = ["P-2", "乙工艺", 6, 90, 200, 30, "是"]


@functools.cache
def names() -> HeaderNames:
    return HeaderNames.of(CriteriaSet.model_validate(from_yaml(MINI)))


def read(
    rows: Sequence[Sequence[Any]], merged: tuple[Area, ...] = ()
) -> tuple[Results | None, list[Finding]]:
    width = max(map(len, rows))
    cells = [[*r, *[""] * (width - len(r))] for r in rows]
    sheet = Sheet("b.xlsx", "表", visible=True, rows=cells, merged=merged)
    return read_table(sheet, find_table(sheet.rows, names(), merged), names())


def ids(rows: Sequence[Sequence[Any]], merged: tuple[Area, ...] = ()) -> list[str]:
    results, _ = read(rows, merged)
    return [] if results is None else list(results.ids)


def told(findings: list[Finding], *codes: str) -> list[tuple[str, str]]:
    return [(f.code, f.place.cell) for f in findings if f.code in codes]


LABELS = [
    "合 计",
    "合计（2项）",
    "本页合计",
    "累计",
    "平均分",
    "最高分",
    "RSD",
    "标准差",
    "质量标准",
    "规格下限",
    "目标值",
    "Total",
    "Mean",
    "Max",
    "Std dev",
]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("place", ["id", "title", "numbered"])
@pytest.mark.parametrize("where", ["below", "above", "between"])
def test_a_row_that_sums_up_or_lays_down_is_passed_over_and_told(
    label: str, place: str, where: str
):
    names_ = {"id": [label, ""], "title": ["", label], "numbered": [3, label]}[place]
    special = [*names_, 13, 92.5, 333, 44, ""]
    rows = {
        "below": [ONE, TWO, special],
        "above": [special, ONE, TWO],
        "between": [ONE, special, TWO],
    }
    results, findings = read([HEAD, *rows[where]])
    assert results is not None
    assert list(results.ids) == ["P-1", "P-2"]
    row = str(rows[where].index(special) + 2)
    assert told(findings, "R306") == [("R306", row)]


def test_a_label_before_the_ids_counts_where_the_row_has_no_other_name():
    head = ["部门", *HEAD]
    rows = [["A组", *ONE], ["标准", *TWO], ["A组小计", "", "", 13, 92.5, 333, 44, ""]]
    results, findings = read([head, *rows])
    assert results is not None
    assert list(results.ids) == ["P-1", "P-2"]
    assert told(findings, "R306", "R325", "R326") == [("R306", "4")]


@pytest.mark.parametrize(
    "title", ["标准化平台", "平均年龄预测", "合计算法", "Total synthesis of X"]
)
def test_a_result_that_is_only_called_like_it_is_read_in_silence(title: str):
    results, findings = read([HEAD, ONE, ["P-9", title, 5, 80, 10, 99, "否"]])
    assert results is not None
    assert list(results.ids) == ["P-1", "P-9"]
    assert not told(findings, "R306", "R325", "R326")


@pytest.mark.parametrize("name", ["P-9", "157166", "9"])
@pytest.mark.parametrize(
    "title",
    ["Sample Return Robot", "Example-based translation", "Sample prep", "例行检测", "示例工厂"],
)
def test_a_title_that_begins_with_example_is_a_result(name: str, title: str):
    assert ids([HEAD, ONE, [name, title, 5, 80, 10, 99, "否"]]) == ["P-1", name]


@pytest.mark.parametrize(
    "name",
    [
        ["示例", "某成果"],
        ["示例-1", "某成果"],
        ["", "示例：某成果"],
        ["Example 1", "x"],
        ["P-0", "（示例）"],
    ],
)
def test_an_example_is_passed_over(name: list[str]):
    results, findings = read([HEAD, [*name, 5, 80, 10, 99, "否"], ONE])
    assert results is not None
    assert list(results.ids) == ["P-1"]
    assert told(findings, "R310") == [("R310", "2")]


def test_a_long_number_is_an_id_and_no_running_number():
    results, findings = read([HEAD, ONE, ["157166", "标准", 5, 80, 10, 99, "否"]])
    assert results is not None
    assert len(results.ids) == 2
    assert told(findings, "R326") == [("R326", "3")]


@pytest.mark.parametrize(
    ("name", "code", "read_"),
    [
        (["P-9", "标准"], "R326", True),
        (["P-9", "合计"], "R325", False),
        (["3", "标准"], "R325", False),
        (["目标", "多目标优化平台"], "R326", True),
        (["平均", "平均场理论软件"], "R325", False),
        (["", "平均粒径"], "R326", True),
        (["", "Relative standard deviation"], "R306", False),
        (["9", "Relative standard deviation"], "R306", False),
    ],
)
def test_a_row_that_could_be_either_is_a_warning_that_says_how_it_was_taken(
    name: list[str], code: str, read_: bool
):
    results, findings = read([HEAD, ONE, [*name, 5, 80, 10, 99, "否"]])
    assert results is not None
    assert len(results.ids) == 1 + read_
    assert told(findings, "R306", "R325", "R326") == [(code, "3")]
    (finding,) = (f for f in findings if f.code == code)
    assert finding.severity == ("info" if code == "R306" else "warning")


@pytest.mark.parametrize(
    ("numbers", "code"),
    [((13, 185, 300, 40), "R327"), ((6.5, 92.5, 150, 20), "R327"), ((7, 185, 300, 41), "R303")],
)
def test_a_nameless_row_of_sums_or_means_is_no_result(numbers: tuple[float, ...], code: str):
    _, findings = read([HEAD, ONE, TWO, ["", "", *numbers, ""]])
    assert [c for c, _ in told(findings, "R327", "R303")] == [code]


def test_a_nameless_row_like_the_others_is_no_average():
    same = ["", "", *ONE[2:]]
    assert len(ids([HEAD, ONE, ["P-2", "乙", *ONE[2:]], same])) == 3


@pytest.mark.parametrize(
    "header",
    [
        ["编号", "名称", "单价", "库存", "层数", "面积", "结论"],
        ["", "", "材料", "牌号", "数量", "单价", "供应商"],
        ["ID", "Item", "Price", "Stock", "Floor", "Area", "Verdict"],
    ],
)
def test_a_second_table_below_is_left_and_told(header: list[str]):
    rows = [
        HEAD,
        ONE,
        TWO,
        [],
        header,
        ["Q-1", "y", 7, 3, 4, 5, "是"],
        ["Q-2", "z", 7, 3, 4, 5, "是"],
    ]
    results, findings = read(rows)
    assert results is not None
    assert list(results.ids) == ["P-1", "P-2"]
    assert [(c, f) for c, f in told(findings, "B127")] == [("B127", "5")]
    assert next(f.values["count"] for f in findings if f.code == "B127") == 3


def test_a_table_of_words_below_is_left_and_told():
    rows = [
        HEAD,
        ONE,
        TWO,
        ["附表：人员名单"],
        ["姓名", "职称", "单位", "电话"],
        ["张三", "教授", "某所", "123"],
    ]
    results, findings = read(rows)
    assert results is not None
    assert list(results.ids) == ["P-1", "P-2"]
    assert told(findings, "B127") == [("B127", "5")]


def test_a_faulty_result_after_a_gap_is_no_second_header():
    assert ids(
        [HEAD, ONE, [], ["P-2", "乙", "好", "高", "很长", "多", "也许"], ["P-3", *TWO[1:]]]
    ) == [
        "P-1",
        "P-2",
        "P-3",
    ]


def test_a_result_of_words_that_cannot_be_read_is_no_second_header():
    rows = [
        HEAD,
        ONE,
        [],
        ["P-2", "乙", "待定", "待定", "暂缺", "未知", "也许"],
        TWO[:0] or ["P-3", *TWO[1:]],
    ]
    assert ids(rows) == ["P-1", "P-2", "P-3"]


def test_a_second_table_beside_is_left_and_told():
    head = [*HEAD[:4], "", "编号", "名称", "连续运行时间"]
    rows = [head, [*ONE[:4], "", "Q-1", "x", 50], [*TWO[:4], "", "Q-2", "y", 60]]
    results, findings = read(rows)
    assert results is not None
    assert list(results.ids) == ["P-1", "P-2"]
    assert "run_hours" not in results.quantities
    assert told(findings, "H214", "H203") == [("H214", "F1")]


def test_a_result_merged_over_several_rows_is_one():
    head = [*HEAD, "意见"]
    rows = [head, [*ONE, "优点"], [""] * 7 + ["缺点"], [*TWO, "优点"], [""] * 7 + ["缺点"]]
    merged = tuple(((r, c), (r + 1, c)) for r in (1, 3) for c in range(7))
    results, findings = read(rows, merged)
    assert results is not None
    assert list(results.ids) == ["P-1", "P-2"]
    assert told(findings, "R304", "V415", "R328") == [("R328", "A2"), ("R328", "A4")]


def test_two_values_under_a_merged_id_are_two_rows():
    rows = [HEAD, ONE, ["", *ONE[1:4], 300, 10, "是"], TWO]
    assert ids(rows, (((1, 0), (2, 0)),)) == ["P-1", "P-1", "P-2"]


def test_rows_that_are_filled_beside_the_table_only_are_told():
    rows = [[*HEAD, "", "附"], ONE, [""] * 8 + ["另见附件"], TWO]
    results, findings = read(rows)
    assert results is not None
    assert list(results.ids) == ["P-1", "P-2"]
    assert told(findings, "R302", "R329") == [("R302", "3")]
    _, findings = read([[*HEAD, "", "附", "页"], ONE, [""] * 8 + ["另见附件", 3], TWO])
    assert told(findings, "R302", "R329") == [("R329", "3")]


@pytest.mark.parametrize(
    ("first", "second", "column"),
    [
        ("一次合格率（首次）", "一次合格率", 5),
        ("一次合格率（%）", "一次合格率（复检）", 4),
        ("一次合格率（旧）", "一次合格率（%）", 5),
    ],
)
def test_of_two_headers_that_differ_in_brackets_the_exact_one_is_read(
    first: str, second: str, column: int
):
    head = [*HEAD[:3], "证据等级", first, second]
    results, findings = read([head, ["P-1", "甲", 7, "E3", 91, 92], ["P-2", "乙", 7, "E3", 93, 94]])
    assert results is not None
    assert results.table.columns["yield_rate"] == column
    assert told(findings, "H203", "H215") == [("H215", "EF"[9 - column - 4] + "1")]


def test_evidence_beside_a_header_that_was_not_taken_is_not_the_other_ones():
    head = ["编号", "TRL", "一次合格率（旧）", "证据等级", "一次合格率（%）"]
    results, _ = read([head, ["P-1", 7, 91, "E3", 92], ["P-2", 7, 91, "E3", 92]])
    assert results is not None
    assert results.graded == ()


@pytest.mark.parametrize("suffix", [".1", "_2", " 3", "#2", "-2"])
def test_a_column_with_a_number_behind_a_known_name_is_a_warning(suffix: str):
    _, findings = read([[*HEAD[:3], f"TRL{suffix}"], [*ONE[:3], 5], [*TWO[:3], 5]])
    assert told(findings, "H216", "H201") == [("H216", "D1")]


@pytest.mark.parametrize(
    "numbering",
    [
        ["甲", "乙", 1, 2, 3, 4, 5],
        ["栏次", "", "1", "2", "3", "4=2+3", "5"],
        ["A", "B", "(1)", "(2)", "(3)", "(4)", "(5)"],
        [1, 2, 3, 4, 5, 6, 7],
        ["①", "②", "③", "④", "⑤", "⑥", "⑦"],
    ],
)
def test_a_row_that_numbers_the_columns_is_no_result(numbering: list[Any]):
    results, findings = read([HEAD, numbering, ONE, TWO])
    assert results is not None
    assert list(results.ids) == ["P-1", "P-2"]
    assert told(findings, "R332") == [("R332", "2")]


def test_a_result_whose_values_count_up_is_one():
    assert ids([HEAD, ["P-0", "丙工艺", 1, 2, 3, 4, "是"], ONE]) == ["P-0", "P-1"]
    assert ids([HEAD, ONE, [1, 2, 3, 4, 5, 6, 7]]) == ["P-1", "1"]


@pytest.mark.parametrize(
    "label", ["权重", "权 重（%）", "满分", "分值", "Weight", "Weighting (%)", "Full marks"]
)
def test_a_row_of_weights_is_no_result(label: str):
    results, findings = read([HEAD, [label, "", 10, 20, 20, 10, 5], ONE, TWO])
    assert results is not None
    assert list(results.ids) == ["P-1", "P-2"]
    assert told(findings, "R306") == [("R306", "2")]


@pytest.mark.parametrize(
    "end", [["合计", "", "", "", "", 40], ["填表人：李四"], ["注：数据为自评"]]
)
@pytest.mark.parametrize(
    "other",
    [
        [["经费科目", "预算数", "说明"], ["设备费", 20, "—"], ["材料费", 30, "—"]],
        [["科目", "金额"], ["设备费", 20]],
        [["Cost item", "Budget", "Remarks"], ["Rig", 20, "-"]],
    ],
)
def test_a_smaller_table_below_the_end_of_the_first_is_left_and_told(
    end: list[Any], other: list[list[Any]]
):
    results, findings = read([HEAD, ONE, TWO, end, [], *other])
    assert results is not None
    assert list(results.ids) == ["P-1", "P-2"]
    assert told(findings, "B127") == [("B127", "6")]


@pytest.mark.parametrize(
    "more", [["P-3", "丙工艺", 5], ["", "丙工艺", "", 80], ["P-3", "丙工艺", "未测"]]
)
def test_results_go_on_below_a_total(more: list[Any]):
    results, findings = read([HEAD, ONE, TWO, ["小计", "", "", "", "", 40], [], more])
    assert results is not None
    assert len(results) == 3
    assert told(findings, "B127") == []


def test_running_numbers_that_were_filled_in_beforehand_are_no_results():
    head = ["序号", "名称", "TRL", "一次合格率（%）"]
    results, findings = read([head, [1, "甲", 7, 95], [2.0, "", "", ""], [3, "", "", ""]])
    assert results is not None
    assert list(results.ids) == ["1"]
    assert [(f.place.cell, f.values["text"]) for f in findings if f.code == "R302"] == [
        ("3", "2"),
        ("4", "3"),
    ]


@pytest.mark.parametrize(
    "row", [["文本", "文本", "整数", "数值型"], ["字符", "不超过30字", "1-9", "百分数"]]
)
def test_a_row_of_types_below_the_header_is_no_result(row: list[str]):
    results, findings = read([["编号", "名称", "TRL", "一次合格率（%）"], row, ONE[:4]])
    assert results is not None
    assert list(results.ids) == ["P-1"]
    assert told(findings, "R309") == [("R309", "2")]


@pytest.mark.parametrize("name", ["张三", "以下空白", "结论", "某种没见过的汇总"])
def test_an_id_without_a_number_among_numbered_ones_is_asked_about(name: str):
    more = [[f"P-{n}", "丙工艺", 6, 90, 200, 30, "是"] for n in range(3, 6)]
    results, findings = read([HEAD, ONE, TWO, *more, [name, "", 5, 80, 50, 5, "否"]])
    assert results is not None
    assert results.ids[-1] == name
    assert told(findings, "R326") == [("R326", "7")]
    named = zip("甲乙丙丁戊", [ONE, TWO, *more], strict=True)
    _, findings = read([HEAD, *([c, *r[1:]] for c, r in named)])
    assert told(findings, "R326") == []


@pytest.mark.parametrize("count", [3, "3", "共3项", "12 个", "3 results", ""])
@pytest.mark.parametrize("label", ["合计", "小计", "Total"])
def test_a_total_beside_the_columns_says_how_many_there_are(label: str, count: object):
    head, one, two = (["序号", *HEAD], [1, *ONE], [2, *TWO])
    results, findings = read([head, one, two, [label, "", count, "", "", "", 40]])
    assert results is not None
    assert list(results.ids) == ["P-1", "P-2"]
    assert told(findings, "R306")
    # Without a column of ids the title is the name.
    results, _ = read(
        [[*head[:1], *head[2:]], [1, *ONE[1:]], [2, *TWO[1:]], [label, count, "", 40]]
    )
    assert results is not None
    assert len(results) == 2


def test_a_kind_of_results_before_their_names_is_no_label():
    head, one = (["类别", *HEAD], ["标准", *ONE])
    assert ids([head, one, ["标准", *TWO], ["标准", "", "丙工艺", 5]]) == ["P-1", "P-2", "表!4"]
