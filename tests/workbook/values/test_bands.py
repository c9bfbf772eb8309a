"""Cells of an indicator in bands: a band, points, or both."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.criteria import CriteriaSet, Indicator
from pilotscore.measures import from_submission
from pilotscore.workbook import read_workbooks
from pilotscore.workbook.values.cells import Cell, State
from pilotscore.workbook.values.columns import read_column, read_one
from tests.conftest import AS_OF, HEADERS, MINI, from_yaml, row, write_book

TABLE = [
    {
        "id": "a",
        "title": {"zh": "优", "en": "excellent"},
        "range": [90, 100],
        "wording": {"zh": "国际领先（原创）", "en": "leads the world"},
        "aliases": ["优秀"],
    },
    {"id": "b", "title": {"zh": "良", "en": "good"}, "range": [80, 89], "wording": "国内领先"},
    {"id": "c", "title": {"zh": "中", "en": "fair"}, "range": [60, 79]},
    {"id": "d", "title": {"zh": "1档", "en": "tier 1"}, "range": [0, 40]},
]
INDICATOR = Indicator.model_validate(
    {"id": "x", "title": "X", "type": "bands", "weight": 1, "table": TABLE}
)
SINGLE = Indicator.model_validate(
    {
        "id": "x",
        "title": "X",
        "type": "bands",
        "weight": 1,
        "table": [
            {"id": "a", "title": "优", "range": [20, 20]},
            {"id": "b", "title": "良", "range": [15, 15]},
        ],
    }
)


def codes(cell: Cell) -> list[str]:
    return [kind.code for kind, _ in cell.remarks]


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        (92, 92, None),
        (89.5, 89.5, None),
        ("92", 92, "V411"),
        ("92分", 92, "V411"),
        ("优 92", 92, None),
        ("优92分", 92, None),
        ("优(92)", 92, None),
        ("优（92 分）", 92, None),
        ("优：92分", 92, None),
        ("92（优）", 92, None),
        ("92分，优", 92, None),
        ("excellent 92 points", 92, None),
        ("优 / excellent 92", 92, None),
        ("优-92", 92, None),
        ("a 92", 92, None),
        ("优：国际领先（原创）92", 92, None),
        ("国内领先 85", 85, None),
        ("1档 30", 30, None),
        ("优", 90, "V462"),
        ("优秀", 90, "V462"),
        ("优 / excellent", 90, "V462"),
        ("Good", 80, "V462"),
        ("国内领先", 80, "V462"),
        ("优（国际领先）", 90, "V462"),
        ("优（90-100分）", 90, "V462"),
        ("1档", 0, "V462"),
        ("☑优 □良 □中", 90, "V462"),
        ("优 92-95", 92, "V419"),
        ("85-88", 85, "V419"),
    ],
)
def test_what_can_be_read(cell: Any, value: float, code: str | None):
    read = read_one(cell, INDICATOR)
    assert (read.state, read.value) == (State.VALUE, value)
    assert codes(read) == ([code] if code else [])


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("优 85", "V461"),
        ("良 95", "V461"),
        ("优(85)", "V461"),
        ("良（90-100分）", "V461"),
        ("优 88-95", "V461"),
        ("1档 -5", "V461"),
        (50, "V460"),
        ("50分", "V460"),
        (101, "V402"),
        (-1, "V402"),
        ("优良", "V405"),
        ("还行", "V405"),
        ("优 92 95", "V405"),
        ("92%", "V410"),
    ],
)
def test_what_is_refused(cell: Any, code: str):
    read = read_one(cell, INDICATOR)
    assert (read.state, codes(read)) == (State.FAULTY, [code])
    assert math.isnan(read.value)


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("优", 20, None),
        (20, 20, None),
        ("优(20)", 20, None),
        ("优 18", None, "V461"),
        (17, None, "V460"),
        ("良15分", 15, None),
    ],
)
def test_bands_of_one_number(cell: Any, value: float | None, code: str | None):
    read = read_one(cell, SINGLE)
    assert codes(read) == ([code] if code else [])
    assert read.value == value or (value is None and math.isnan(read.value))


def test_what_says_nothing_is_no_band():
    assert read_one("-", INDICATOR).state is State.BLANK
    assert read_one("未测", INDICATOR).state is State.NOT_MEASURED
    assert read_one("不适用：软件", INDICATOR).state is State.NOT_APPLICABLE


CELLS = [92, 50, 89.5, "优", "优 92", "良 95", "", 100, 0, 41, "79.5", None]


@pytest.mark.slow
@given(st.lists(st.sampled_from(CELLS), max_size=12))
def test_a_column_is_read_as_each_of_its_cells(cells: list[Any]):
    column, remarks = read_column(cells, INDICATOR)
    one_by_one = [read_one(cell, INDICATOR) for cell in cells]
    assert column.states.tolist() == [c.state for c in one_by_one]
    assert [x for x in column.values.tolist() if x == x] == [
        c.value for c in one_by_one if c.value == c.value
    ]
    assert [k.code for _, (k, _) in remarks] == [code for c in one_by_one for code in codes(c)]


@given(st.sampled_from(["优", "良", "中"]), st.integers(0, 100))
def test_points_beside_a_band_never_count_less_than_the_band_alone(band: str, points: int):
    alone, both = read_one(band, INDICATOR), read_one(f"{band} {points}", INDICATOR)
    assert both.state is State.FAULTY or both.value >= alone.value


def test_the_interval_of_a_band_alone_reaches_its_upper_end(tmp_path: Path):
    data = from_yaml(MINI)
    data["dimensions"][1]["indicators"][0] |= {"type": "bands", "table": TABLE}
    criteria = CriteriaSet.model_validate(data)
    j = criteria.indicator_position["hazard"]
    rows = [row(id=f"P-{n}", hazard=cell) for n, cell in enumerate(["优", "良", "优 95", 85])]
    book = write_book(tmp_path / "b.xlsx", {"成果": [HEADERS, *rows]})
    m = from_submission(read_workbooks([book], criteria), criteria, AS_OF)
    assert m.values[:, j].tolist() == [90, 80, 95, 85]
    assert m.low[:, j].tolist() == [90, 80, 95, 85]
    assert m.high[:, j].tolist() == pytest.approx([100, 89, 95, 85])
