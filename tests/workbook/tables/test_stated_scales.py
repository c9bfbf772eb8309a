"""A header that states another scale of levels than its indicator has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotscore.criteria import load_criteria
from pilotscore.workbook import ReadingOptions, read_workbooks
from pilotscore.workbook.tables.stated_scales import stated_scale
from tests.conftest import write_book


@pytest.mark.parametrize(
    ("header", "scale"),
    [
        ("TRL（1-5）", (1, 5)),
        ("TRL (1~13级)", (1, 13)),
        ("成熟度（十三级制）", (1, 13)),
        ("水平（满分100分）", (0, 100)),
        ("水平（百分制）", (0, 100)),
        ("Level (out of 10)", (0, 10)),
        ("TRL【１－９】", (1, 9)),
        ("TRL（5级制）", (1, 5)),
        ("TRL（9-1）", None),
        ("TRL（6级）", None),
        ("TRL（2024-2026）", None),
        ("TRL", None),
        ("TRL（自评）", None),
    ],
)
def test_what_a_header_states(header: str, scale: tuple[int, int] | None):
    assert stated_scale(header) == scale


@pytest.mark.parametrize(("header", "codes"), [("TRL（1-5）", ["H240"]), ("TRL（1-9）", [])])
@pytest.mark.parametrize("form", [True, False])
def test_another_scale_is_told_in_tables_and_forms(
    mini: Path, tmp_path: Path, header: str, codes: list[str], form: bool
):
    rows: list[list[Any]] = [["编号", header, "安全评估"], ["P-1", 4, "已完成"]]
    if form:
        rows = [["编号", "P-1"], [header, 4], ["安全评估", "已完成"]]
    book = write_book(tmp_path / "b.xlsx", {"表": rows})
    s = read_workbooks([book], load_criteria(mini).criteria, ReadingOptions(jobs=1))
    assert s.values[0, 0] == 4
    assert [f.code for f in s.findings if f.code == "H240"] == codes
