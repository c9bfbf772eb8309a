"""A funder's own list of indicators becomes a criteria set."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilotscore.criteria import Indicator, load_criteria, load_policy
from pilotscore.criteria_book.indicator_list import find_list, read_list
from pilotscore.criteria_book.scoring_text import read_standard
from pilotscore.index.value_functions import score_values
from pilotscore.language import Text
from pilotscore.workbook.values.columns import read_one
from tests.conftest import to_yaml

LIST: list[list[Any]] = [
    ["××市中试项目评价指标表", "", "", "", ""],
    ["序号", "一级指标", "二级指标", "权重", "评分标准", "单位", "必填"],
    [1, "技术", "技术就绪水平", 20, "1-9级", "", "是"],
    [2, "", "连续运行时间", 15.5, "≥500得100分；≥72得50分；0得0分", "h", ""],
    [3, "安全", "安全评估", 30, "未做=0；部分=50；完成=100", "", "必填"],
    [4, "安全", "是否取得环评批复", 10, "是=100；否=0", "", ""],
    [5, "经济", "单位成本比", 14.5, "0.8→100\n1→70\n1.5→0", "", ""],
    [6, "技术", "一次合格率", "10%", "80%→0；95%→80；99%→100", "", ""],
    ["", "", "合计", 100, "", "", ""],
]


def read(rows: list[list[Any]]):
    found = find_list(rows)
    assert found is not None
    return read_list(rows, "我们的指标.xlsx", "Sheet1", *found)


def test_a_list_becomes_a_set_that_loads(tmp_path: Path):
    done = read(LIST)
    assert done.findings == ()
    path = tmp_path / "set.yaml"
    path.write_text(to_yaml(done.data), encoding="utf-8")
    policy = tmp_path / str(done.data["policy"])
    policy.write_text(to_yaml(done.policy, sort_keys=True), encoding="utf-8")
    loaded = load_criteria(path)
    c = loaded.criteria
    assert [(d.title.zh, d.weight) for d in c.dimensions] == [
        ("安全", 40),
        ("经济", 14.5),
        ("技术", 45.5),
    ]
    by = {i.title.zh: i for i in c.indicators}
    assert [(by[n].type, by[n].direction) for n in by] == [
        ("category", "max"),
        ("yes_no", "max"),
        ("number", "min"),
        ("level", "max"),
        ("number", "max"),
        ("percent", "max"),
    ]
    assert by["连续运行时间"].points == ((0, 0), (72, 50), (500, 100))
    assert by["连续运行时间"].unit is not None
    assert [x.value for x in by["安全评估"].categories] == [0, 50, 100]
    assert by["单位成本比"].points == ((0.8, 100), (1, 70), (1.5, 0))
    assert [i.title.zh for i in c.indicators if i.required] == ["安全评估", "技术就绪水平"]
    assert load_policy(policy, loaded).policy.placeholder_amounts


def test_faults_are_told_by_cell_and_all_at_once():
    rows = [list(r) for r in LIST]
    rows[2][4] = "看情况"
    rows[3][3] = "高"
    rows[5][4] = "是得200分；否得0分"
    told = [(f.code, f.place.cell) for f in read(rows).findings]
    assert told == [("C302", "E3"), ("C301", "D4"), ("C302", "E6")]
    for finding in read(rows).findings:
        assert finding.sentence("zh")
        assert finding.sentence("en")


def test_a_sheet_without_such_headers_is_none():
    assert find_list([["编号", "名称"], ["P-1", "x"]]) is None


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("≥500得100分，≥168得70分，0得0分", ((0, 0), (168, 70), (500, 100))),
        ("500小时以上得100分；72小时以上得50分；0小时得0分", ((0, 0), (72, 50), (500, 100))),
        ("0 -> 0; 72 -> 50; 500 -> 100", ((0, 0), (72, 50), (500, 100))),
        ("不少于10得100分；不少于1得20分", ((1, 20), (10, 100))),
        ("-5：0；0：50；15：100", ((-5, 0), (0, 50), (15, 100))),
    ],
)
def test_numbers(text: str, points: tuple[tuple[float, float], ...]):
    standard = read_standard(text)
    assert standard is not None
    assert standard.points == points


@pytest.mark.parametrize(
    "text", ["", "优秀100分", "专家打分", "100", "0→0", "5→50；5→60", "a=10；b=110", "9-1级"]
)
def test_what_cannot_be_scored_by(text: str):
    assert read_standard(text) is None


def test_raised_digits_in_a_standard_are_powers_of_ten_or_no_number():
    standard = read_standard("≥10³ 得 100 分；≥1.5×10² 得 50 分；0 得 0 分")
    assert standard is not None
    assert standard.points == ((0.0, 0.0), (150.0, 50.0), (1000.0, 100.0))
    odd = read_standard("≥5² 得 100 分；0 得 0 分")
    assert odd is None or odd.points == ()
    units = read_standard("≥10 m³ 得 100 分；0 得 0 分")
    assert units is not None
    assert (units.points, units.unit) == (((0.0, 0.0), (10.0, 100.0)), "m³")


def test_a_list_in_bands_becomes_a_set_that_scores_by_them():
    rows = [
        ["一级指标", "二级指标", "权重", "评分标准"],
        ["技术", "先进性", 30, "优（27-30分）：领先；良好21-26分；差20分以下"],
        ["", "成熟度", 70, "优 70 分；良 40 分"],
    ]
    done = read(rows)
    first, second = (
        Indicator.model_validate({k: v for k, v in i.items() if k != "dimension"})
        for i in done.data["dimensions"][0]["indicators"]
    )
    assert (first.type, second.type) == ("bands", "bands")
    table = [(b.title.zh, b.ends, b.aliases) for b in first.bands]
    assert table == [("优", (27, 30), ("优秀",)), ("良好", (21, 26), ("良",)), ("差", (0, 20), ())]
    assert first.bands[0].wording == Text("领先", "领先")
    for indicator, cell, score in [
        (first, "优秀 30", 100),
        (first, "优", 90),
        (first, 15, 50),
        (second, "良", pytest.approx(400 / 7)),
        (second, 70, 100),
    ]:
        value = read_one(cell, indicator).value
        assert score_values(np.array([value]), indicator)[0] == score
