"""TRIMMEAN with a fixed fraction in a score workbook is told, with what it leaves out."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from pilotscore.findings import Finding
from pilotscore.workbook.panels.reader import read_panel
from pilotscore.workbook.panels.trimmed_means import left_out


def told(tmp_path: Path, formula: str, present: int = 8, experts: int = 8) -> list[Finding]:
    book = openpyxl.Workbook()
    book.active.append(["编号", *(f"专家{n + 1}" for n in range(experts)), "平均分"])
    for row, count in ((2, experts), (3, present), (4, experts)):
        scores = [70 + n if n < count else None for n in range(experts)]
        book.active.append([f"P-{row}", *scores, formula.replace("#", str(row))])
    book.save(tmp_path / "t.xlsx")
    return [f for f in read_panel([tmp_path / "t.xlsx"]).findings if f.code == "E931"]


@pytest.mark.parametrize(
    ("number", "fraction", "out"),
    [(8, 2 / 8, 2), (7, 2 / 8, 0), (10, 0.4, 4), (5, 2 / 5, 2), (4, 2 / 5, 0), (30, 0.1, 2)],
)
def test_as_excel_counts(number: int, fraction: float, out: int):
    assert left_out(number, fraction) == out


@pytest.mark.slow
@pytest.mark.parametrize(
    "formula",
    [
        "=TRIMMEAN(B#:I#,2/8)",
        "=ROUND(TRIMMEAN($B#:$I#, 0.25),2)",
        "=IF(B#>0,trimmean(B#:I#,25%),0)",
    ],
)
def test_a_fixed_fraction_is_told_once_where_a_judge_is_away(tmp_path: Path, formula: str):
    (finding,) = told(tmp_path, formula, present=7)
    assert finding.place.cell == "J3"
    shown = {k: finding.values[k] for k in ("all", "whole", "present", "left")}
    assert shown == {"all": 8, "whole": 2, "present": 7, "left": 0}
    assert "0 of 7" in finding.sentence("en")


def test_with_everybody_there_what_one_less_would_come_to(tmp_path: Path):
    (finding,) = told(tmp_path, "=TRIMMEAN(B#:I#,2/8)")
    assert (finding.place.cell, finding.values["present"], finding.values["left"]) == ("J2", 7, 0)


@pytest.mark.parametrize("formula", ["=TRIMMEAN(B#:I#,2/COUNT(B#:I#))", "=AVERAGE(B#:I#)", "85"])
def test_a_fraction_that_follows_the_experts_is_not(tmp_path: Path, formula: str):
    assert told(tmp_path, formula, present=7) == []
