"""Values that can be read and are hardly meant: asked about, and not changed."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import pytest

from pilotscore.criteria import CriteriaSet
from pilotscore.findings import Finding
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.results.implausible import beyond_cost, implausible
from pilotscore.workbook.results.joining import _joined
from pilotscore.workbook.results.submission import Submission
from pilotscore.workbook.results.table_reader import read_table
from pilotscore.workbook.tables.finder import find_table
from pilotscore.workbook.tables.headers import HeaderNames
from tests.conftest import MINI, from_yaml

RATIO = {
    "id": "cost_ratio",
    "title": {"zh": "成本比", "en": "Cost ratio"},
    "type": "ratio",
    "range": [0.01, 20],
    "direction": "min",
    "points": [[0.5, 100], [1.2, 0]],
    "weight": 10,
}
DEFECTS = {
    "id": "rsd",
    "title": {"zh": "批间RSD", "en": "RSD"},
    "type": "percent",
    "direction": "min",
    "points": [[1, 100], [20, 0]],
    "weight": 10,
}
SCALE_UP = {
    "id": "scale_up",
    "title": {"zh": "放大倍数", "en": "Scale-up"},
    "type": "ratio",
    "axis": "log",
    "range": [0.001, 1e6],
    "points": [[1, 0], [1000, 100]],
    "weight": 10,
}


@functools.cache
def criteria() -> CriteriaSet:
    data = from_yaml(MINI)
    data["dimensions"][1]["indicators"] += [RATIO, DEFECTS, SCALE_UP]
    return CriteriaSet.model_validate(data)


def asked(header: str | Sequence[str], *rows: Any) -> list[Finding]:
    """Return what is asked of a column, or of several."""
    return list(implausible(submitted(header, *rows), criteria()))


def submitted(header: str | Sequence[str], *rows: Any) -> Submission:
    """Return what a table with these columns says."""
    headers = [header] if isinstance(header, str) else header
    cells = [[x] if not isinstance(x, Sequence) or isinstance(x, str) else list(x) for x in rows]
    table = [["编号", *headers, "TRL"], *([f"P-{i}", *r, 5] for i, r in enumerate(cells))]
    sheet = Sheet("b.xlsx", "表", visible=True, rows=table)
    names = HeaderNames.of(criteria())
    results, _ = read_table(sheet, find_table(sheet.rows, names), names)
    assert results is not None
    return _joined([results], criteria())


def codes(findings: Sequence[Finding]) -> list[tuple[str, str, str]]:
    return [(f.code, f.place.cell, f.values["meant"]) for f in findings]


@pytest.mark.parametrize(
    ("header", "values", "expected"),
    [
        ("一次合格率（%）", [0.987], ("V440", "B2", "98.7")),
        ("一次合格率（%）", [0.987, 0.91, 0.95], ("V440", "B2", "98.7")),
        ("一次合格率（%）", [97, 0.91, 95], ("V440", "B3", "91")),
        ("批间RSD（%）", [2.4, 0.041, 1.3, 7], ("V442", "B3", "4.1")),
        ("成本比", [88], ("V441", "B2", "0.88")),
        ("成本比", [0.9, 88, 1.1], ("V441", "B3", "0.88")),
        ("成本比", [0.1, 0.2, 8, 0.09], ("V442", "B4", "0.08")),
        ("成本比", [19, 18, 17.5], ("V441", "B2", "0.19")),
    ],
)
def test_shares_and_percentages_that_were_mixed_are_asked_about(
    header: str, values: list[float], expected: tuple[str, str, str]
):
    findings = asked(header, *values)
    assert codes(findings) == [expected]
    assert findings[0].severity == "warning"


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("一次合格率（%）", [97, 91, 55]),
        ("一次合格率（%）", ["0.5%", 97, 92]),
        ("批间RSD（%）", [0.5, 0.8, 2, 1]),
        ("批间RSD（%）", [0.02]),
        ("成本比", [0.9, 1.1, 3]),
        ("成本比", [9, 12, 8]),
        ("放大倍数", [4, 5, 6, 200]),
        ("中试成本（万元）", [100, 300, 2000, 50]),
        ("申请金额（万元）", [300]),
    ],
)
def test_what_can_be_meant_is_not_asked_about(header: str, values: list[Any]):
    assert asked(header, *values) == []


@pytest.mark.parametrize(
    ("values", "cell", "meant"),
    [
        ([300, 500, 3_000_000, 800], "B4", "300"),
        ([300, 500, 0.04, 800], "B4", "400"),
        ([3_000_000, 5_000_000, 400, 8_000_000], "B4", "4000000"),
    ],
)
def test_a_sum_in_another_unit_than_the_others_is_asked_about(
    values: list[float], cell: str, meant: str
):
    assert codes(asked("申请金额", *values)) == [("V443", cell, meant)]


def test_a_request_far_above_the_cost_of_the_same_result_is_asked_about():
    findings = asked(["申请金额", "中试成本"], [3_000_000, 800])
    assert codes(findings) == [("V444", "B2", "300")]
    assert findings[0].values["times"] == "3750"
    assert asked(["申请金额", "中试成本"], [300, 800]) == []
    both = asked(["申请金额", "中试成本"], [3_000_000, 800], [300, 700], [400, 900])
    assert codes(both) == [("V443", "B2", "300")]


@pytest.mark.parametrize(
    ("sums", "times"),
    [
        ([900, 300], "3"),
        ([600, 300], "2"),
        ([300, 300], None),
        ([500_000, 300], None),
        ([900, ""], None),
    ],
)
def test_a_request_of_a_multiple_of_the_cost_is_asked_about(sums: list[Any], times: str | None):
    submission = submitted(["申请金额", "中试成本"], sums)
    found = list(beyond_cost(submission, criteria(), "requested", "cost"))
    assert [(f.code, f.values["times"]) for f in found] == ([("V445", times)] if times else [])
    assert list(beyond_cost(submission, criteria(), None, "cost")) == []


@pytest.mark.parametrize(
    ("levels", "meant"),
    [
        ([6, 10, 10], "a scale from 1 to 10"),
        ([4, 11, 13], "a scale from 1 to 13"),
        ([7, "12级", "TRL 10"], "a scale from 1 to 13"),
        ([65, 80, 92], "points from 0 to 100"),
        (["85分", 6], "points from 0 to 100"),
    ],
)
def test_levels_of_another_scale_are_asked_about_once(levels: list[Any], meant: str):
    findings = asked("技术就绪水平", *([x] for x in levels))
    assert [f.code for f in findings] == ["V453"]
    assert meant in findings[0].sentence("en")


@pytest.mark.parametrize("levels", [[6, 7, 9], [6, 11, 7], [6, "", 7], [1, "不适用：无", 9]])
def test_levels_of_the_scale_and_a_single_slip_are_not_asked_about(levels: list[Any]):
    assert not asked("技术就绪水平", *([x] for x in levels))


@pytest.mark.parametrize(
    "values", [[8_000_000, 7_500_000, 9_000_000], [3_000_000, 2_000_000], [5_000_000]]
)
def test_a_whole_column_of_yuan_under_ten_thousands_is_asked_about(values: list[float]):
    findings = asked("申请金额", *values)
    assert codes(findings) == [("V446", "B2", f"{values[0] / 1e4:g}")]
    assert findings[0].values["count"] == len(values)
    assert asked("申请金额", *(v / 1e4 for v in values)) == []
