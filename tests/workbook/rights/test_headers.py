"""No header of a sheet of rights means two things; a sheet is known by its header."""

from __future__ import annotations

import datetime

import pytest

from pilotscore.workbook.rights.headers import (
    SHEET_NAMES,
    SHEETS,
    likely_role,
    named_kind,
    role_of,
)
from pilotscore.workbook.rights.roles import SheetKind
from tests.workbook.rights.making import read, sheet, told


@pytest.mark.parametrize("kind", list(SHEETS))
def test_no_header_means_two_things(kind: SheetKind) -> None:
    for role, spec in SHEETS[kind].items():
        for name in f"{spec.zh}|{spec.en}".split("|"):
            assert role_of(kind, name) == role, name
            assert role_of(kind, f"{name}*（必填）") == role, name
        both = spec.title
        assert role_of(kind, f"{both.zh}\n{both.en}") == role
        assert role_of(kind, f"{both.zh} / {both.en}") == role


@pytest.mark.parametrize("kind", list(SHEET_NAMES))
def test_a_sheet_is_known_by_its_name(kind: SheetKind) -> None:
    for name in "|".join(SHEET_NAMES[kind]).split("|"):
        assert named_kind(name) == kind
        assert named_kind(f"{name}（2026）") == kind
    assert named_kind("成果") is None


@pytest.mark.parametrize("kind", list(SHEETS))
def test_the_day_of_a_date_may_be_called_date_or_time(kind: SheetKind) -> None:
    listed = {name for spec in SHEETS[kind].values() for name in spec.zh.split("|")}
    for role, spec in SHEETS[kind].items():
        days = [n.removesuffix("日") for n in spec.zh.split("|") if n.endswith("日")]
        for name in {n + ending for n in days for ending in ("时间", "日期")} - listed:
            assert role_of(kind, name) == (role if spec.read == "date" else None), name


@pytest.mark.parametrize(
    ("kind", "header", "role"),
    [
        ("ip", "授权公告之日", "granted"),
        ("ip", "专利权评价报告书", "evaluation_report"),
        ("rights", "约定收益数额（万元）", "claim"),
        ("distributions", "约定或者实际", "agreed"),
        ("notices", "Response periods", "months"),
        ("ip", "代理机构", None),
        ("ip", "甲" * 200, None),
    ],
)
def test_a_header_that_is_nearly_known(kind: SheetKind, header: str, role: str | None) -> None:
    assert role_of(kind, header) is None
    assert likely_role(kind, header) == role


def test_a_header_like_one_that_is_not_there_is_asked_about() -> None:
    """One like a column that is there, or like one that nobody reads, is only said to be unread."""
    day = datetime.date(2020, 1, 15)
    head = ["成果编号", "类型", "专利号", "申请日", "授权公告之日", "申请日历", "备注栏"]
    found = read(sheet([head, ["R1", "发明", "ZL202010123456.7", day, day, "x", "y"]]))
    assert told(found) == [("K843", "E1")]
    assert [c for c in told(found, infos=True) if c[0] == "K801"] == [
        ("K801", "F1"),
        ("K801", "G1"),
    ]
    assert found.findings[0].values["near"].to("zh") == "授权公告日"
