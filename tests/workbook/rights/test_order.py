"""Neither the order of rows nor that of sheets and files changes what is read of rights."""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.workbook.rights.records import RightsRead
from tests.workbook.rights.making import Rows, read, sheet

D = datetime.date
DAYS = st.sampled_from([D(2020, 1, 15), D(2021, 5, 1), "2022年3月4日", "", "待定", "三月"])
IDS = st.sampled_from(["R1", "R2", "R3"])
NUMBERS = st.sampled_from(["ZL202010123456.7", "202010123456.7", "202120000001.5", "", "x"])
YES = st.sampled_from(["是", "否", "", "也许"])
SHEETS: dict[str, tuple[list[str], tuple[Any, ...]]] = {
    "知识产权": (
        [
            "成果编号",
            "类型",
            "专利号",
            "申请日",
            "授权公告日",
            "核心",
            "通知",
            "送达日",
            "送达方式",
        ],
        (
            # With its kind in each row: a notice alone is of the right above it.
            *(IDS, st.sampled_from(["发明", "实用新型"]), NUMBERS, DAYS, DAYS, YES),
            *(
                st.sampled_from(["授权", "一通", "", "怪"]),
                DAYS,
                st.sampled_from(["电子", "邮寄", ""]),
            ),
        ),
    ),
    "通知书": (
        ["专利号", "通知", "发文日", "送达方式"],
        (NUMBERS, st.sampled_from(["授权", "一通", ""]), DAYS, st.sampled_from(["电子", ""])),
    ),
    "权属": (
        [
            "成果编号",
            "所在地区",
            "转化方式",
            "合同金额（万元）",
            "当事人",
            "当事人类型",
            "份额（%）",
        ],
        (
            *(
                IDS,
                st.sampled_from(["浙江省", "北京市", ""]),
                st.sampled_from(["许可", "转让", ""]),
            ),
            *(st.sampled_from([30, 50, "", "若干"]), st.sampled_from(["甲", "乙", ""])),
            *(st.sampled_from(["高校", "企业", ""]), st.sampled_from([60, 40, 140, ""])),
        ),
    ),
    "权属进程": (
        ["成果编号", "步骤", "开始日期", "结束日期", "凭证", "凭证日期"],
        (IDS, st.sampled_from(["评估", "公示", "登记", "怪"]), DAYS, DAYS, YES, DAYS),
    ),
    "收益分配": (
        ["成果编号", "项目", "金额", "币种", "约定或实际"],
        (
            *(IDS, st.sampled_from(["转化收入", "奖励总额", "税费", "怪"])),
            *(st.sampled_from([1, "2万元", "5美元", ""]), st.sampled_from(["人民币", "美元", ""])),
            st.sampled_from(["约定", "实际", ""]),
        ),
    ),
    "保密措施": (
        ["成果编号", "保密措施", "是否采取"],
        (IDS, st.sampled_from(["保密协议", "加密", "怪"]), YES),
    ),
}


# Told once for each sheet, however many rows it is of.
OF_A_SHEET = ("K803", "K805", "K823")


def shown(rights: RightsRead) -> dict[str, Any]:
    """Return all that was read but where it stands, and how often each kind of finding is told."""
    said: dict[str, Any] = {"secrecy": rights.secrecy_measures}
    for name in ("ip", "notices", "cases", "parties", "steps", "distributions"):
        record = getattr(rights, name)
        if record is None:
            continue
        for part in dataclasses.fields(record):
            value = getattr(record, part.name)
            if part.name in ("dates", "flags"):
                said |= {f"{name}.{k}": plain(v) for k, v in value.items()}
            elif part.name != "at":
                said[f"{name}.{part.name}"] = plain(value)
    said["told"] = Counter(f.code for f in rights.findings if f.code not in OF_A_SHEET)
    return said


def plain(column: Any) -> list[str]:
    return [str(x) for x in np.asarray(column).tolist()]


@st.composite
def books(draw: st.DrawFn) -> tuple[dict[str, Rows], int]:
    rows = {
        name: [list(row) for row in draw(st.lists(st.tuples(*cells), min_size=1, max_size=6))]
        for name, (_, cells) in SHEETS.items()
    }
    return rows, draw(st.integers(0, 2**32))


@pytest.mark.slow
@given(books())
@settings(max_examples=8, deadline=None)
def test_the_order_of_rows_sheets_and_files_does_not_matter(
    made: tuple[dict[str, Rows], int],
) -> None:
    rows, seed = made
    whole = [sheet([SHEETS[name][0], *body], name) for name, body in rows.items()]
    chance = np.random.default_rng(seed)
    parts = []
    for name, body in rows.items():
        order = chance.permutation(len(body))
        cut = int(chance.integers(0, len(body) + 1))
        for file, some in (("b.xlsx", order[:cut]), ("c.xlsx", order[cut:])):
            if len(some):
                parts.append(sheet([SHEETS[name][0], *(body[i] for i in some)], name, file))
    shuffled = [parts[i] for i in chance.permutation(len(parts))]
    assert shown(read(*shuffled)) == shown(read(*whole))
