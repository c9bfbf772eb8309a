"""Rights of results, from a workbook to what is due of ownership and IP rights together."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from pilotscore.criteria.shipped import data_folder
from pilotscore.errors import UnreadableInputError, UsageError
from pilotscore.rights.due import DueState
from pilotscore.runs.rights import rights_report
from tests.conftest import write_book

D = datetime.date
DAY = D(2026, 11, 30)
EXAMPLE = data_folder("examples") / "rights" / "rights.xlsx"
PARTIES = (
    ("成果编号", "所在地区", "转化方式", "支付方式", "当事人", "当事人类型", "角色", "份额（%）"),
    ("R-1", "浙江省", "许可", "提成", "甲大学", "高校", "完成单位", 100),
    ("R-1", None, None, None, "甲团队", "团队", "完成人", None),
    ("R-2", "宁夏", "许可", "提成", "乙公司", "企业", "完成单位", 100),
)
STEPS = (
    ("成果编号", "步骤", "开始日期", "结束日期", "办理人", "凭证", "凭证日期"),
    ("R-1", "成果披露", D(2026, 1, 5), D(2026, 1, 5), "团队", "披露书", D(2026, 1, 5)),
    ("R-1", "职务成果认定", D(2026, 2, 2), D(2026, 2, 2), "转化办", "认定表", D(2026, 2, 2)),
    ("R-1", "签订合同", D(2026, 10, 9), D(2026, 10, 9), "单位", "合同", D(2026, 10, 9)),
    ("R-2", "成果披露", D(2026, 1, 5), None, "团队", None, None),
)
AMOUNTS = (
    ("成果编号", "项目", "金额（元）", "币种", "约定或实际"),
    ("R-1", "净收入", 1_000_000, "人民币", "实际"),
    ("R-1", "奖励总额", 400_000, "人民币", "约定"),
    ("R-2", "净收入", 1_000_000, "人民币", "实际"),
    ("R-2", "奖励总额", 400_000, "人民币", "约定"),
)
IP = (
    ("成果编号", "类型", "专利号", "申请日", "授权公告日", "年费缴至", "许可合同生效日"),
    ("R-1", "发明", "ZL1", D(2021, 3, 18), D(2023, 5, 16), D(2027, 3, 18), D(2026, 10, 9)),
)


def book(folder: Path, **sheets: Any) -> Path:
    usual = {"权属": PARTIES, "权属进程": STEPS, "收益分配": AMOUNTS, "知识产权": IP}
    return write_book(folder / "rights.xlsx", {k: v for k, v in (usual | sheets).items() if v})


def test_the_same_forty_per_cent_is_a_violation_at_a_university_and_legal_at_a_firm(
    tmp_path: Path,
):
    report = rights_report(book(tmp_path), as_of=DAY)
    below = [f.result for f in report.findings if f.code == "T115"]
    assert below == ["R-1"]


@pytest.mark.slow
def test_one_result_has_its_own_findings_and_days(tmp_path: Path):
    whole = rights_report(book(tmp_path), as_of=DAY)
    one = rights_report(book(tmp_path), "r-2", as_of=DAY)
    assert one.case is not None
    assert one.results == ["R-2"]
    assert {f.result for f in one.findings} <= {None, "R-2"}
    assert set(one.ahead.due.result) <= {"R-2"}
    assert whole.results == ["R-1", "R-2"]


def test_what_is_due_of_ownership_and_of_rights_stands_together_and_once(tmp_path: Path):
    report = rights_report(book(tmp_path), as_of=DAY)
    rules = [d.rule.title.en for d in report.ahead.due if d.result == "R-1"]
    assert "Annual fee" in rules
    assert rules.count("Filing of a licence") == 1  # both have it, of the same day
    alone = rights_report(book(tmp_path, 知识产权=None), as_of=DAY)
    titles = [d.rule.title.en for d in alone.ahead.due if d.result == "R-1"]
    assert titles.count("Filing of a licence") == 1


def test_a_contract_on_a_right_that_had_ended_is_told(tmp_path: Path):
    paid_to = D(2024, 3, 18)  # the right ended as of that day
    head, row = IP
    ended = (head, (*row[:5], paid_to, row[6]))
    codes = [
        {f.code for f in rights_report(book(tmp_path, 知识产权=sheet), as_of=DAY).findings}
        for sheet in (IP, ended)
    ]
    assert ["T132" in found for found in codes] == [False, True]


def test_the_day_moves_states_and_no_days(tmp_path: Path):
    """But for yearly reports, of which the one on the year before is due."""
    days = [
        [str(d.due) for d in report.owned.due or () if "report" not in d.rule.title.en]
        for report in (rights_report(book(tmp_path), as_of=d) for d in (DAY, D(2028, 1, 1)))
    ]
    assert days[0] == days[1] != []


@pytest.mark.parametrize("sheet", ["权属", "权属进程", "收益分配"])
def test_any_one_sheet_is_enough(tmp_path: Path, sheet: str):
    sheets = dict.fromkeys(("权属", "权属进程", "收益分配", "知识产权"))
    usual = {"权属": PARTIES, "权属进程": STEPS, "收益分配": AMOUNTS}
    report = rights_report(book(tmp_path, **(sheets | {sheet: usual[sheet]})), as_of=DAY)
    assert sorted(report.results) == ["R-1", "R-2"]
    assert report.ip is None


def test_what_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(UsageError):
        rights_report(book(tmp_path), "R-9", as_of=DAY)
    none = write_book(tmp_path / "none.xlsx", {"其他": [["说明", "内容"], ["a", "b"]]})
    with pytest.raises(UnreadableInputError):
        rights_report(none, as_of=DAY)


def test_the_manifest_names_every_file_of_rules(tmp_path: Path):
    found = rights_report(book(tmp_path), as_of=DAY).manifest.to_dict()
    names = [r["file"] for r in found["rules"]]
    assert names[:4] == ["regions.yaml", "steps.yaml", "periods.yaml", "cn.yaml"]
    assert all(len(r["sha256"]) == 64 for r in found["rules"])


# What the page of the example says of each result, and what it was made to show.
SHOWN = {
    "QY-01": set(),
    "QY-02": {"T115"},
    "QY-03": set(),
    "QY-04": {"T130"},
    "QY-05": {"T111"},
    "QY-06": {"T106", "T102"},
    "QY-07": {"T148"},
    "QY-08": {"T104", "T109"},
    "QY-12": set(),
}


def test_the_example_shows_what_it_is_there_to_show():
    report = rights_report(EXAMPLE, as_of=DAY)
    assert len(report.results) == 12
    for name, codes in SHOWN.items():
        found = {f.code for f in report.findings if f.result == name}
        assert codes <= found, (name, found)
        if not codes:
            assert not [f for f in report.findings if f.result == name and f.severity == "error"]
    assert {f.values["region"] for f in report.findings if f.code == "T138"} == {"青岚省"}
    assert {"T115"} & {f.code for f in report.findings if f.result == "QY-03"} == set()
    assert bool(report.owned.claim_outstanding[report.owned.facts.results.place["QY-04"]])
    states = {d.state for d in report.ahead.due}
    assert states >= {DueState.OPEN, DueState.IN_GRACE, DueState.UNPROVEN}
