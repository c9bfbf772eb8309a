"""What a person says once of a whole column: shares under a percentage, percentages under a ratio."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotscore.criteria import CriteriaSet
from pilotscore.errors import UsageError
from pilotscore.workbook import ReadingOptions, Submission, read_workbooks
from tests.conftest import write_book
from tests.workbook.results.test_implausible import criteria


def read(path: Path, rows: list[list[Any]], *fixes: str) -> Submission:
    book = write_book(path / "b.xlsx", {"表": rows})
    return read_workbooks([book], criteria(), ReadingOptions(fixes=fixes, jobs=1))


def values(s: Submission, name: str, c: CriteriaSet) -> list[float]:
    return [round(float(x), 6) for x in s.values[:, c.indicator_position[name]]]


@pytest.mark.parametrize("header", ["一次合格率（%）", "一次合格率"])
@pytest.mark.parametrize(
    "fix",
    [
        "percent:一次合格率",
        "percent：一次合格率",
        "percent: First-pass yield",
        "percent:yield_rate",
    ],
)
def test_shares_under_a_percentage_are_multiplied(tmp_path: Path, header: str, fix: str):
    rows = [
        ["编号", "TRL", header],
        ["P-1", 7, 0.987],
        ["P-2", 7, "0.91"],
        ["P-3", 7, "95%"],
        ["P-4", 7, 1],
    ]
    s = read(tmp_path, rows, fix)
    assert values(s, "yield_rate", criteria()) == [98.7, 91, 95, 100]
    told = [f.code for f in s.findings]
    assert "H230" in told
    assert not {"V440", "V404", "H208"} & set(told)
    assert "V440" in [f.code for f in read(tmp_path, rows).findings] or header == "一次合格率"


def test_percentages_under_a_ratio_are_divided(tmp_path: Path):
    rows = [["编号", "TRL", "成本比"], ["P-1", 7, 88], ["P-2", 7, 105], ["P-3", 7, "1.2"]]
    s = read(tmp_path, rows, "percent:成本比")
    assert values(s, "cost_ratio", criteria()) == [0.88, 1.05, 0.012]
    assert "V441" not in [f.code for f in s.findings]


def test_a_form_is_read_by_it_too(tmp_path: Path):
    rows = [
        ["编号", "P-1"],
        ["TRL", 7],
        ["一次合格率（%）", 0.987],
        ["安全评估", "已完成"],
        ["环评批复", "是"],
    ]
    s = read(tmp_path, rows, "percent:一次合格率")
    assert values(s, "yield_rate", criteria()) == [98.7]
    assert "H230" in [f.code for f in s.findings]


@pytest.mark.parametrize(
    ("fix", "part"),
    [
        ("一次合格率", "percent:"),
        ("unit:TRL", "percent:"),
        ("percent:", "percent:"),
        ("percent:一次合格律", "一次合格率"),
        ("percent:TRL", "neither"),
    ],
)
def test_a_fix_that_cannot_be_meant_is_refused(tmp_path: Path, fix: str, part: str):
    with pytest.raises(UsageError) as raised:
        read(tmp_path, [["编号", "TRL"], ["P-1", 7]], fix)
    assert part in raised.value.message("en")


def test_the_manifest_names_it():
    assert ReadingOptions(fixes=("percent:TRL",)).named() == {"fix": "percent:TRL"}
