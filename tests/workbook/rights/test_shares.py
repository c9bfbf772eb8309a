"""Shares are read as agreements state them: per cent, and parts of a whole."""

from __future__ import annotations

import math

import pytest

from pilotscore.workbook.rights.shares import fraction
from tests.workbook.rights.making import read, sheet, told

HEAD = ["成果编号", "当事人", "当事人类型", "份额"]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        *(("1/3", 100 / 3), (" 2 / 3 ", 200 / 3), ("1／4", 25), ("三分之一", 100 / 3)),
        *(("十分之三", 30), ("三分之两", 200 / 3), ("7/7", 100), ("0/5", 0)),
    ],
)
def test_a_part_of_a_whole_is_its_per_cent(text: str, share: float) -> None:
    assert fraction(text) == pytest.approx(share)


@pytest.mark.parametrize(
    "text", ["", "60%", "60", "4/3", "1/0", "1/3/2", "三分", "一半", "2026/1/3"]
)
def test_what_is_no_part_of_a_whole_is_left_to_others(text: str) -> None:
    assert math.isnan(fraction(text))


def test_fractions_stand_beside_per_cent_and_add_up() -> None:
    rows = [HEAD, ["R1", "某大学", "高校", "1/3"], ["R1", "某团队", "团队", "三分之二"]]
    rows += [["R2", "某大学", "高校", "60%"], ["R2", "某团队", "团队", "2/5"]]
    rights = read(sheet(rows, "权属"))
    assert rights.parties is not None
    by_party = zip(rights.parties.result, rights.parties.party, rights.parties.share, strict=True)
    assert {(r, p): round(s, 6) for r, p, s in by_party} == {
        ("R1", "某大学"): 33.333333,
        ("R1", "某团队"): 66.666667,
        ("R2", "某大学"): 60,
        ("R2", "某团队"): 40,
    }
    assert told(rights) == []


@pytest.mark.parametrize("cell", ["4/3", "1/0", "60%、40%"])
def test_a_share_that_is_none_is_told_at_its_cell(cell: str) -> None:
    rights = read(sheet([HEAD, ["R1", "某大学", "高校", cell]], "权属"))
    assert [cell for _, cell in told(rights)] == ["D2"]
