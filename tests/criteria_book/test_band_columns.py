"""Lists with a column for each band, what each takes below."""

from __future__ import annotations

from typing import Any

import pytest

from pilotscore.criteria_book.band_columns import band_headings
from pilotscore.criteria_book.indicator_list import ListRead, find_list, read_list

FIRST = ["一级指标", "二级指标", "分值"]
SAID = ["国际领先；有核心专利2项", "国内领先", "行业平均", ""]


def read(*rows: list[Any]) -> ListRead:
    found = find_list(rows)
    assert found is not None
    return read_list(rows, "list.xlsx", "S", *found)


def bands(done: ListRead) -> list[tuple[str, list[float], str]]:
    assert done.findings == ()
    (indicator, *_) = done.data["dimensions"][0]["indicators"]
    assert indicator["type"] == "bands"
    return [(b["title"], b["range"], b.get("wording", "")) for b in indicator["table"]]


EXPECTED = [
    ("优", [90, 100], "国际领先,有核心专利2项"), ("良", [80, 89], "国内领先"),
    ("中", [60, 79], "行业平均"), ("差", [0, 59], ""),
]  # fmt: skip


@pytest.mark.parametrize(
    "heads",
    [
        ["优（90-100分）", "良（80-89分）", "中（60-79分）", "差（0-59分）"],
        ["优\n90-100分", "良\n80-89分", "中\n60-79分", "差\n0-59分"],
        ["优 90～100", "良 80～89", "中 60～79", "差 0～59"],
        ["优（90分以上）", "良（80-89分）", "中（60-79分）", "差（59分及以下）"],
    ],
)
@pytest.mark.parametrize("rows", [1, 2])
def test_the_points_may_stand_in_the_headings(heads: list[str], rows: int):
    header = [[*FIRST, *heads]]
    if rows == 2:  # 评分标准 across the bands
        header = [[*FIRST, "评分标准", "", "", ""], ["", "", "", *heads]]
    done = read(["评价指标表"], *header, ["技术", "先进性", 100, *SAID])
    assert bands(done) == EXPECTED


def test_the_points_may_stand_in_the_cells():
    row = ["技术", "先进性", 20, "16-20分：国际领先", "11-15分：国内领先", "0-10分：其他"]
    done = read([*FIRST, "优", "良", "中"], row)
    assert bands(done) == [
        ("优", [16, 20], "国际领先"),
        ("良", [11, 15], "国内领先"),
        ("中", [0, 10], "其他"),
    ]
    assert done.data["dimensions"][0]["indicators"][0]["points"] == [[0, 0], [20, 100]]


def test_a_list_of_both_kinds():
    header = [*FIRST, "评分标准", "优（90-100分）", "良（0-89分）"]
    done = read(
        header, ["技术", "先进性", 50, "", "领先", "其他"], ["", "环评", 50, "是=100；否=0", "", ""]
    )
    assert [i["type"] for i in done.data["dimensions"][0]["indicators"]] == ["bands", "yes_no"]


def test_bands_without_points_cannot_be_scored_by_and_are_told():
    done = read([*FIRST, "优", "良"], ["技术", "先进性", 100, "国际领先", "国内领先"])
    assert [(f.code, f.place.cell) for f in done.findings] == [("C302", "D2")]


@pytest.mark.parametrize(
    "row",
    [
        FIRST,
        ["指标", "权重", "良"],
        ["高度", "中心", "低温"],
        ["单位", "备注", "说明"],
        [1, 2, None],
    ],
)
def test_headings_that_are_no_bands(row: list[Any]):
    assert band_headings(row) == {}
