"""Parties and what holds for a result are read in the styles of offices."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import numpy as np
import pytest

from pilotscore.workbook.rights.case_words import MODES, PAYMENTS
from pilotscore.workbook.rights.records import EXCLUSIVE, PARTY_KINDS, RightsRead
from pilotscore.workbook.rights.records import MODES as MODE_NAMES
from pilotscore.workbook.rights.words import PARTY_KINDS as KIND_WORDS
from tests.workbook.rights.making import Rows, read, sheet, told

D = datetime.date
HEAD = [
    *("成果编号", "所在地区", "转化方式", "支付方式", "合同金额（万元）", "财政资金资助"),
    *("当事人", "当事人类型", "份额（%）", "主要贡献人"),
]
UNIT = ["R1", "浙江省", "许可", "提成", 30, "是", "某大学", "高校", 60, ""]
TEAM = ["R1", "", "", "", "", "", "某团队", "团队", 40, "是"]
STYLES: dict[str, Rows] = {
    "as a template": [HEAD, UNIT, TEAM],
    "with a title, a unit above and a serial number": [
        ["成果权属情况表"],
        ["金额单位：万元"],
        ["序号", *(h.replace("（万元）", "") for h in HEAD)],
        [1, *UNIT],
        [2, *TEAM],
        ["合计", "", "", "", "", 30, "", "", "", 100],
        ["填表人：张三", "", "审核人：李四"],
    ],
    "in English": [
        [
            *("Result ID", "Region", "Mode", "Way of payment", "Contract price (10k CNY)"),
            *("Publicly funded", "Party", "Kind of party", "Share (%)", "Main contributor"),
        ],
        ["R1", "浙江省", "licence", "royalty", 30, "yes", "某大学", "university", 60, ""],
        ["R1", "", "", "", "", "", "某团队", "research team", 40, "yes"],
    ],
    "with a row of units, percentages and units in cells": [
        [h.replace("（万元）", "").replace("（%）", "") for h in HEAD],
        ["", "", "", "", "万元", "", "", "", "%", ""],
        [*UNIT[:4], "300,000元", "√", *UNIT[6:8], "60%", ""],
        [*TEAM[:8], "40%", "√"],
    ],
    "with facts repeated, in another order": [
        HEAD,
        ["R1", *UNIT[1:6], *TEAM[6:]],
        UNIT,
    ],
}


def shown(rights: RightsRead) -> dict[str, Any]:
    c, p = rights.cases, rights.parties
    assert c is not None
    assert p is not None
    return {
        "results": c.result.tolist(),
        "region": c.region.tolist(),
        "mode": c.mode.tolist(),
        "payment": c.payment.tolist(),
        "amount": list(zip(c.amount.tolist(), c.currency, strict=True)),
        "funded": c.flags["publicly_funded"].tolist(),
        "parties": list(zip(p.party, p.kind, p.share.tolist(), strict=True)),
        "main": p.flags["main_contributor"].tolist(),
    }


WANTED = {
    "results": ["R1"],
    "region": ["浙江省"],
    "mode": ["licence"],
    "payment": ["royalty"],
    "amount": [(300_000, "CNY")],
    "funded": [1],
    "parties": [("某团队", "team", 40), ("某大学", "state_university", 60)],
    "main": [1, -1],
}
WANTED["parties"].sort()  # type: ignore[attr-defined]
WANTED["main"] = [-1, 1] if WANTED["parties"][0][0] == "某大学" else [1, -1]  # type: ignore[index]


@pytest.mark.parametrize("style", STYLES)
def test_parties_in_the_style_of_an_office(style: str) -> None:
    rights = read(sheet(STYLES[style], "权属"))
    assert shown(rights) == WANTED
    assert told(rights) == []


def test_the_order_of_rows_and_files_does_not_matter() -> None:
    other = ["R0", "上海市", "转让", "", 5, "否", "某公司", "企业", 100, ""]
    rows = [UNIT, TEAM, other]
    wanted = shown(read(sheet([HEAD, *rows], "权属")))
    for order in itertools.permutations(rows):
        split = [
            sheet([HEAD, *part], "权属", f"{i}.xlsx")
            for i, part in enumerate((order[:1], order[1:]))
        ]
        assert shown(read(*split)) == wanted
        assert shown(read(*split[::-1])) == wanted


@pytest.mark.parametrize("kind", PARTY_KINDS)
def test_every_kind_of_party_is_known_by_its_titles(kind: str) -> None:
    for text in (KIND_WORDS.titles[kind].zh, KIND_WORDS.titles[kind].en):
        rights = read(sheet([HEAD, [*UNIT[:7], text, 100]], "权属"))
        assert rights.parties is not None
        assert rights.parties.kind.tolist() == [kind]


@pytest.mark.parametrize("mode", MODE_NAMES)
def test_every_mode_is_known_by_its_titles(mode: str) -> None:
    for text in (MODES.titles[mode].zh, MODES.titles[mode].en):
        rights = read(sheet([HEAD, [*UNIT[:2], text, *UNIT[3:]]], "权属"))
        assert rights.cases is not None
        assert rights.cases.mode.tolist() == [mode]


def test_paying_after_use_is_a_payment_and_no_mode() -> None:
    assert MODES.meaning("先使用后付费") == ""
    assert PAYMENTS.meaning("先使用后付费") == "use_first"


@pytest.mark.parametrize(
    ("column", "cell", "codes"),
    [
        (2, "转卖", ["K807"]),
        (7, "高效", ["K807"]),
        (8, 140, ["V402"]),
        (8, "六成左右", ["V401"]),
        (4, "约三十万", ["K824"]),
        (4, -3, ["K824"]),
        (4, "3万美元", []),
        (9, "大概", ["V406"]),
        (0, "", ["K813"]),
    ],
)
def test_what_cannot_be_read_is_told(column: int, cell: Any, codes: list[str]) -> None:
    row = [*UNIT]
    row[column] = cell
    assert [code for code, _ in told(read(sheet([HEAD, row], "权属")))] == codes


def test_a_share_that_may_be_a_fraction_is_asked_about() -> None:
    bare = [h.replace("（%）", "") for h in HEAD]
    one = read(sheet([bare, [*UNIT[:8], 0.6]], "权属"))
    assert told(one) == [("V404", "I2")]
    both = read(sheet([HEAD, [*UNIT[:8], 0.6], [*TEAM[:8], 0.4]], "权属"))
    assert [code for code, _ in told(both)] == ["K829"]


def test_an_amount_without_a_unit_is_not_taken_for_yuan() -> None:
    bare = [h.replace("（万元）", "") for h in HEAD]
    rights = read(sheet([bare, UNIT], "权属"))
    assert rights.cases is not None
    assert np.isnan(rights.cases.amount).all()
    assert told(rights) == [("K823", "E2")]


def test_facts_of_a_result_that_contradict_are_left_open() -> None:
    rights = read(sheet([HEAD, UNIT, [*TEAM[:1], "江苏省", *TEAM[2:]]], "权属"))
    assert rights.cases is not None
    assert rights.cases.region.tolist() == [""]
    assert told(rights) == [("K811", "B3")]
    assert rights.cases.at.place(0, "mode").cell == "C2"


def test_a_claim_instead_of_a_share() -> None:
    head = ["成果编号", "当事人", "当事人类型", "约定收益（万元）", "触发条件", "应付日"]
    rows = [head, ["R1", "某大学", "高校", 260, "首次融资", D(2027, 6, 30)]]
    p = read(sheet(rows, "权属")).parties
    assert p is not None
    assert (p.claim.tolist(), p.currency.tolist()) == ([2_600_000], ["CNY"])
    assert (p.claim_trigger.tolist(), str(p.claim_due[0])) == (["首次融资"], "2027-06-30")


def test_every_result_that_a_sheet_names_has_its_case() -> None:
    steps = [["成果编号", "步骤", "开始日期", "凭证"], ["R0", "评估", D(2024, 1, 1), ""]]
    rights = read(sheet([HEAD, UNIT], "权属"), sheet(steps, "权属进程"))
    assert rights.cases is not None
    assert rights.cases.result.tolist() == ["R0", "R1"]
    assert rights.cases.region.tolist() == ["", "浙江省"]
    assert rights.cases.at.place(0).sheet == "权属进程"
    assert rights.cases.at.place(1, "region").cell == "B2"


@pytest.mark.parametrize(
    ("written", "mode", "payment"),
    [
        ("先使用后付费", "licence", "use_first"),
        ("赋权+转让+约定收益", "transfer", "agreed_income"),
        ("Use first, pay later", "licence", "use_first"),
    ],
)
@pytest.mark.parametrize("stated", ["", "提成"])
def test_a_way_of_payment_written_as_the_mode_is_read_and_told(
    written: str, mode: str, payment: str, stated: str
) -> None:
    found = read(sheet([HEAD, ["R1", "浙江省", written, stated, *UNIT[4:]]], "权属"))
    assert found.cases is not None
    assert found.cases.mode.tolist() == [mode]
    assert found.cases.payment.tolist() == ["royalty" if stated else payment]
    assert "K841" in [code for code, _ in told(found, infos=True)]
    assert told(found) == []


@pytest.mark.parametrize(
    ("written", "exclusive"),
    [
        *(("独占许可", 1), ("排他许可", 1), ("独家许可", 1), ("exclusive licence", 1)),
        *(("sole licence", 1), ("普通许可", -1), ("许可", -1), ("non-exclusive licence", -1)),
    ],
)
def test_a_mode_that_keeps_others_out_is_known_as_one(written: str, exclusive: int) -> None:
    found = read(sheet([HEAD, ["R1", "浙江省", written, *UNIT[3:]], TEAM], "权属"))
    assert found.cases is not None
    assert found.cases.mode.tolist() == ["licence"]
    assert found.cases.flags[EXCLUSIVE].tolist() == [exclusive]


def test_a_share_of_nobody_is_told_and_counts() -> None:
    head = ["成果编号", "当事人", "当事人类型", "份额（%）"]
    rows = [
        head,
        ["R1", "", "高校", 60],
        ["R1", "某团队", "团队", 40],
        ["R2", "某大学", "高校", 100],
    ]
    rights = read(sheet(rows, "权属"))
    assert told(rights) == [("K844", "D2")]
    assert rights.parties is not None
    assert sorted(rights.parties.share.tolist()) == [40, 60, 100]
