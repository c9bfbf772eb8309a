"""Several units in one cell are parties each; people together are one team."""

from __future__ import annotations

import math

import pytest

from pilotscore.workbook.rights.joint_parties import named
from tests.workbook.rights.making import read, sheet, told

HEAD = ["成果编号", "当事人", "当事人类型", "份额（%）", "债权（万元）", "同意"]


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("甲大学、乙公司", "", ("甲大学", "乙公司")),
        ("甲大学；乙研究所", "", ("甲大学", "乙研究所")),
        ("甲大学/乙医院", "", ("甲大学", "乙医院")),
        ("甲大学\n乙研究所", "", ("甲大学", "乙研究所")),
        ("甲大学,乙研究所", "", ("甲大学", "乙研究所")),
        ("甲大学和乙医院", "", ("甲大学", "乙医院")),
        ("西安某大学与某技术有限公司", "enterprise", ("西安某大学", "某技术有限公司")),
        ("Alpha University; Acme Co., Ltd.", "", ("Alpha University", "Acme Co., Ltd.")),
        ("Alpha University and Beta Ltd", "", ("Alpha University", "Beta Ltd")),
        ("甲、乙", "enterprise", ("甲", "乙")),  # the kind says that they are units
        ("甲大学等3家单位", "", ("甲大学", "")),
        ("甲大学、乙公司等", "", ("甲大学", "乙公司", "")),
        ("甲大学（南京）、乙公司（集团）", "", ("甲大学（南京）", "乙公司（集团）")),
        # One name each.
        ("某大学（材料学院、化学院）", "state_university", None),
        ("大学和医院", "", None),
        ("和平医院", "", None),
        ("某平等公司", "", None),
        ("北京某大学第一医院", "", None),
        ("Acme Co., Ltd.", "enterprise", None),
        ("Institute of Physics and Chemistry", "", None),
        # People.
        ("张三、李四", "", None),
        ("张三、李四", "team", None),
        ("甲大学团队、乙公司", "team", None),
    ],
)
def test_units_are_parted_and_one_name_stays_whole(
    text: str, kind: str, names: tuple[str, ...] | None
) -> None:
    assert named(text, kind) == (names or (text,))


def test_each_unit_is_a_party_and_a_joint_figure_is_no_ones() -> None:
    row = ["R1", "甲大学、乙公司", "", 100, 3, "是"]
    rights = read(sheet([HEAD, row, ["R1", "某团队", "团队", 0, "", ""]], "权属"))
    parties = rights.parties
    assert parties is not None
    assert parties.party.tolist() == ["乙公司", "某团队", "甲大学"]
    assert [math.isnan(s) for s in parties.share] == [True, False, True]
    assert all(map(math.isnan, parties.claim))
    assert parties.flags["consents"].tolist() == [1, -1, 1]
    assert sorted(told(rights)) == [("K845", "B2"), ("K846", "D2"), ("K846", "E2")]
    assert {parties.at.place(i, "share").cell for i in (0, 2)} == {"D2"}


def test_a_form_keeps_its_cells_for_each_unit() -> None:
    rights = read(
        sheet(
            [
                ["权属信息"],
                ["成果编号", "R1", "当事人", "甲大学、乙公司"],
                ["当事人类型", "", "份额（%）", ""],
            ],
            "权属",
        )
    )
    assert rights.parties is not None
    assert rights.parties.party.tolist() == ["乙公司", "甲大学"]
    assert {rights.parties.at.place(i, "party").cell for i in range(2)} == {"D2"}


def test_a_row_for_each_is_told_nothing() -> None:
    rows = [["R1", "甲大学", "", 60, "", ""], ["R1", "乙公司", "企业", 40, "", "是"]]
    assert told(read(sheet([HEAD, *rows], "权属"))) == []
