"""Weights of a list in two levels, and rows that must not be lost in silence."""

from __future__ import annotations

from typing import Any

import pytest

from pilotscore.criteria import CriteriaSet
from pilotscore.criteria_book.check import list_from_book
from pilotscore.criteria_book.indicator_list import ListRead, find_list, read_list
from pilotscore.criteria_book.list_weights import split_title
from pilotscore.errors import FaultyFileError
from pilotscore.workbook.open.sheets import Sheet

SCORED = "1-5级"


def read(*rows: list[Any], header: list[str] | None = None) -> ListRead:
    cells = [header or ["一级指标", "二级指标", "权重", "评分标准"], *rows]
    found = find_list(cells)
    assert found is not None
    return read_list(cells, "list.xlsx", "S", *found)


def codes(done: ListRead) -> list[tuple[str, str]]:
    return [(f.code, f.place.cell) for f in (*done.findings, *done.remarks)]


def shares(done: ListRead) -> dict[str, float]:
    """Return what each indicator weighs of the whole."""
    criteria = CriteriaSet.model_validate(done.data)
    whole = sum(d.weight for d in criteria.dimensions)
    return {
        i.title.zh: round(d.weight / whole * i.weight / sum(x.weight for x in d.indicators), 6)
        for d in criteria.dimensions
        for i in d.indicators
    }


TWO = {"创新": 0.32, "水平": 0.48, "市场": 0.2}


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["技术（80%）", "创新", 40, SCORED],
            ["", "水平", 60, SCORED],
            ["效益（20%）", "市场", 100, SCORED],
        ],
        [
            ["技术（80分）", "创新", 32, SCORED],
            ["", "水平", 48, SCORED],
            ["效益 20分", "市场", 20, SCORED],
        ],
        [
            ["技术 80%", "创新", 0.4, SCORED],
            ["", "水平", 0.6, SCORED],
            ["效益(权重:20%)", "市场", 1, SCORED],
        ],
    ],
)
def test_the_weight_in_the_title_of_a_group_counts(rows: list[list[Any]]):
    done = read(*rows)
    assert done.findings == ()
    assert shares(done) == TWO
    assert [d["title"] for d in done.data["dimensions"]] == ["技术", "效益"]


@pytest.mark.parametrize(
    "header",
    [
        ["一级指标", "一级权重", "二级指标", "二级权重", "评分标准"],
        ["一级指标", "权重", "二级指标", "权重", "评分标准"],
        ["一级指标", "权重（%）", "二级指标", "组内权重", "评分标准"],
    ],
)
def test_weights_of_groups_and_within_them_are_multiplied_and_told(header: list[str]):
    done = read(
        ["技术", 80, "创新", 40, SCORED],
        ["", "", "水平", 60, SCORED],
        ["效益", "20%", "市场", 100, SCORED],
        header=header,
    )
    assert done.findings == ()
    assert shares(done) == TWO
    assert codes(done) == [("C306", "A2"), ("C306", "A4")]


def test_weights_within_a_group_that_sum_to_its_own_are_parts_of_the_whole():
    done = read(
        ["技术", 80, "创新", 32, SCORED],
        ["", "", "水平", 48, SCORED],
        ["效益", 20, "市场", 20, SCORED],
        header=["一级指标", "一级权重", "二级指标", "权重", "评分标准"],
    )
    assert shares(done) == TWO
    assert codes(done) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [["技术（80%）", "创新", 50, SCORED], ["效益（20%）", "市场", 20, SCORED]],
            [("C307", "A2")],
        ),
        ([["技术（80%）", "创新", 80, SCORED], ["效益", "市场", 20, SCORED]], [("C308", "A3")]),
        (
            [["技术", "创新", 100, SCORED], ["效益", "市场", 100, SCORED]],
            [("C309", "A2"), ("C309", "A3")],
        ),
        ([["技术", "创新", 110, SCORED], ["效益", "扣分", -10, SCORED]], [("C304", "C3")]),
        ([["技术", "创新", 60, SCORED], ["", "", 40, ""]], [("C310", "C3")]),
        ([["技术", "创新", 60, SCORED], ["", "市场", "", SCORED]], [("C301", "C3")]),
    ],
)
def test_weights_that_cannot_be_put_together_are_refused(
    rows: list[list[Any]], expected: list[tuple[str, str]]
):
    done = read(*rows)
    assert [(f.code, f.place.cell) for f in done.findings] == expected


@pytest.mark.parametrize(("weight", "told"), [(40, []), (45, ["C305"]), (35, ["C305"])])
def test_a_sum_that_is_not_100_is_told(weight: int, told: list[str]):
    done = read(["技术", "创新", 60, SCORED], ["效益", "市场", weight, SCORED])
    assert done.findings == ()
    assert [f.code for f in done.remarks] == told
    assert all(f.severity == "warning" for f in done.remarks)


@pytest.mark.parametrize("label", ["合计", "合 计", "总计（2项）", "Total"])
def test_a_row_of_totals_is_held_against_the_sum(label: str):
    rows = [["技术", "创新", 60, SCORED], ["效益", "市场", 40, SCORED]]
    assert codes(read(*rows, ["", label, 100, ""])) == []
    assert codes(read(*rows, [label, "", 105, ""])) == [("C312", "C4")]


def test_a_note_in_a_list_is_told():
    done = read(["技术", "创新", 100, SCORED], ["", "本表由科技处负责解释", "", ""])
    assert codes(done) == [("C311", "B3")]


@pytest.mark.parametrize(
    ("standard", "weight", "table", "code"),
    [
        ("优 20 分；良 15 分；中 5 分", 20, [100, 75, 25], "C313"),
        ("优秀（20分）；良好（10分）；差（0分）", 20, [100, 50, 0], "C313"),
        ("优秀=100；良好=80", 20, [100, 80], None),
        ("优=60；良=40", 20, [60, 40], "C314"),
    ],
)
def test_points_of_the_whole_are_taken_as_parts_of_the_weight(
    standard: str, weight: int, table: list[float], code: str | None
):
    done = read(["技术", "创新", weight, standard], ["效益", "市场", 100 - weight, SCORED])
    (indicator,) = done.data["dimensions"][0]["indicators"]
    assert [c["value"] for c in indicator["table"]] == table
    assert [f.code for f in done.remarks] == ([code] if code else [])
    CriteriaSet.model_validate(done.data)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("技术（80%）", ("技术", 80)),
        ("一、技术水平 (30 分)", ("一、技术水平", 30)),
        ("技术", ("技术", None)),
        ("TRL 9", ("TRL 9", None)),
        ("2024年指标", ("2024年指标", None)),
    ],
)
def test_the_title_of_a_group_without_its_weight(text: str, expected: tuple[str, float | None]):
    assert split_title(text) == expected


@pytest.mark.parametrize("name", ["指标", "Indicators", "维度", "Sheet1"])
def test_a_list_may_stand_on_a_sheet_of_any_name(name: str):
    rows = [
        ["一级指标", "二级指标", "权重", "评分标准"],
        ["技术", "创新", 60, SCORED],
        ["效益", "市场", 40, SCORED],
    ]
    done = list_from_book("l.xlsx", [Sheet("l.xlsx", name, visible=True, rows=rows)])
    assert done is not None
    assert shares(done) == {"创新": 0.6, "市场": 0.4}


def test_a_faulty_list_is_refused():
    rows = [["一级指标", "二级指标", "权重", "评分标准"], ["技术", "创新", -60, SCORED]]
    with pytest.raises(FaultyFileError):
        list_from_book("l.xlsx", [Sheet("l.xlsx", "S", visible=True, rows=rows)])
