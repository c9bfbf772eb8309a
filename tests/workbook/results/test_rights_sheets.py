"""Sheets of rights stand beside results, are joined to them by id, and are no tables of results."""

from __future__ import annotations

import datetime
import itertools
from pathlib import Path
from typing import Any

import pytest

from pilotscore.criteria import load_criteria
from pilotscore.workbook.results.joining import read_workbooks
from pilotscore.workbook.results.options import ReadingOptions
from pilotscore.workbook.results.submission import Submission
from tests.conftest import write_book

D = datetime.date
Sheets = dict[str, list[list[Any]]]
RESULTS = [["编号", "成果名称", "技术就绪水平"], ["R1", "甲成果", 6], ["R2", "乙成果", 7]]
IP = [
    ["成果编号", "类型", "专利号", "申请日"],
    ["R1", "发明", "ZL202010123456.7", D(2020, 1, 15)],
    ["R2", "实用新型", "202120000001.5", D(2021, 5, 1)],
]
NOTICES = [
    ["专利号", "通知", "送达日", "送达方式"],
    ["202010123456.7", "授权", D(2022, 1, 4), "电子"],
]
STEPS = [["成果编号", "步骤", "开始日期", "凭证"], ["R1", "评估", D(2024, 1, 1), ""]]
PARTIES = [["成果编号", "当事人", "当事人类型", "份额（%）"], ["R2", "某大学", "高校", 100]]
ALL: Sheets = {"成果": RESULTS, "知识产权": IP, "通知书": NOTICES, "进程": STEPS, "权属": PARTIES}


def read(criteria: Path, *paths: Path, **options: Any) -> Submission:
    return read_workbooks(paths, load_criteria(str(criteria)).criteria, ReadingOptions(**options))


def codes(submission: Submission) -> list[str]:
    return [f.code for f in submission.findings if f.severity != "info"]


def test_sheets_of_rights_are_read_beside_results(tmp_path: Path, mini: Path) -> None:
    s = read(mini, write_book(tmp_path / "a.xlsx", ALL))
    assert s.ids == ("R1", "R2")
    r = s.rights
    assert r is not None
    assert r.ip is not None
    assert r.notices is not None
    assert r.cases is not None
    assert r.parties is not None
    assert r.ip.result.tolist() == ["R1", "R2"]
    assert r.notices.right.tolist() == [0]
    assert r.cases.result.tolist() == ["R1", "R2"]
    assert [f.place.sheet for f in s.findings if f.code == "K816"] == list(ALL)[1:]
    assert not {"B107", "B109"} & {f.code for f in s.findings}
    assert codes(read(mini, write_book(tmp_path / "b.xlsx", {"成果": RESULTS}))) == codes(s)


def test_results_without_sheets_of_rights_have_none(tmp_path: Path, mini: Path) -> None:
    assert read(mini, write_book(tmp_path / "a.xlsx", {"成果": RESULTS})).rights is None


@pytest.mark.slow
def test_they_may_stand_in_other_files_in_any_order(tmp_path: Path, mini: Path) -> None:
    whole = read(mini, write_book(tmp_path / "all.xlsx", ALL)).rights
    one = write_book(tmp_path / "x.xlsx", {"成果": RESULTS})
    two = write_book(tmp_path / "y.xlsx", {n: ALL[n] for n in ("权属", "进程", "通知书")})
    three = write_book(tmp_path / "z.xlsx", {"知识产权": [IP[0], *IP[:0:-1]]})
    assert whole is not None
    assert whole.ip is not None
    for order in itertools.permutations((one, two, three)):
        found = read(mini, *order).rights
        assert found is not None
        assert found.ip is not None
        assert found.notices is not None
        assert found.ip.number.tolist() == whole.ip.number.tolist()
        assert found.notices.right.tolist() == [0]


@pytest.mark.parametrize(
    "more",
    [
        {"权属": "清晰"},
        {"权属": "清晰", "专利号": "ZL202010123456.7", "申请日": D(2020, 1, 1), "类型": "发明"},
        {
            "当事人": "某大学",
            "份额（%）": 100,
            "类型": "高校",
            "所在地区": "浙江",
            "转化方式": "许可",
        },
        {"步骤": "评估", "开始日期": D(2024, 1, 1), "凭证": "报告"},
    ],
)
@pytest.mark.parametrize("layout", ["table", "form"])
def test_results_with_columns_of_rights_stay_results(
    more: dict[str, Any], layout: str, tmp_path: Path, mini: Path
) -> None:
    row = {"编号": "R1", "成果名称": "甲", "技术就绪水平": 6, "一次合格率": "95%", **more}
    rows = [list(row), list(row.values())] if layout == "table" else [*map(list, row.items())]
    s = read(mini, write_book(tmp_path / "a.xlsx", {"Sheet1": rows}))
    assert s.ids == ("R1",)
    assert s.rights is None


def test_an_id_that_is_no_result_is_told_with_the_nearest(tmp_path: Path, mini: Path) -> None:
    ip = [IP[0], ["R-1", *IP[1][1:]], ["甲成果", *IP[2][1:]]]
    s = read(mini, write_book(tmp_path / "a.xlsx", {"成果": RESULTS, "知识产权": ip}))
    assert s.rights is not None
    assert s.rights.ip is not None
    assert s.rights.ip.result.tolist() == ["R1", "R1"]  # by another spelling, and by the title
    ip[1][0] = "RR1"
    s = read(mini, write_book(tmp_path / "b.xlsx", {"成果": RESULTS, "知识产权": ip}))
    (finding,) = [f for f in s.findings if f.code == "K814"]
    assert finding.place.cell == "A2"
    assert "R1" in finding.found("zh")


def test_a_sheet_without_ids_is_of_the_one_result_of_its_workbook(
    tmp_path: Path, mini: Path
) -> None:
    form = [["编号", "R7"], ["成果名称", "甲"], ["技术就绪水平", 6], ["一次合格率", "95%"]]
    without = [row[1:] for row in IP]
    s = read(mini, write_book(tmp_path / "a.xlsx", {"申报表": form, "知识产权": without}))
    assert s.ids == ("R7",)
    assert s.rights is not None
    assert s.rights.ip is not None
    assert s.rights.ip.result.tolist() == ["R7", "R7"]
    assert [f.code for f in s.findings if f.code == "K834"] == ["K834"]
    several = read(mini, write_book(tmp_path / "b.xlsx", {"成果": RESULTS, "知识产权": without}))
    assert several.rights is not None
    assert several.rights.ip is not None
    assert several.rights.ip.result.tolist() == ["", ""]
    assert "K822" in codes(several)


def test_what_was_understood_has_a_page_for_each(tmp_path: Path, mini: Path) -> None:
    s = read(mini, write_book(tmp_path / "a.xlsx", ALL), understand=True)
    assert [p.layout for p in s.pages] == ["table", "ip", "notices", "steps", "rights"]
    ip = s.pages[1]
    assert [(c.head.text, c.head.role, c.head.name) for c in ip.columns] == [
        ("成果编号", "id", "result"),
        ("类型", "rights", "kind"),
        ("专利号", "rights", "number"),
        ("申请日", "rights", "filed"),
    ]
    assert [(c.filled, c.of) for c in ip.columns] == [(2, 2)] * 4
    assert ip.columns[1].sample is not None
    assert (ip.columns[1].sample.row, ip.columns[1].sample.text) == (1, "发明")


def test_a_workbook_of_rights_alone_is_no_table_that_was_not_found(
    tmp_path: Path, mini: Path
) -> None:
    s = read(mini, write_book(tmp_path / "a.xlsx", {"知识产权": IP}))
    assert len(s) == 0
    assert "B107" not in {f.code for f in s.findings}


def test_rights_may_name_results_by_their_titles_alone(tmp_path: Path, mini: Path) -> None:
    ip = [["成果名称", *IP[0][1:]], ["甲成果", *IP[1][1:]], ["乙成果", *IP[2][1:]]]
    s = read(mini, write_book(tmp_path / "a.xlsx", {"成果": RESULTS, "知识产权": ip}))
    assert s.rights is not None
    assert s.rights.ip is not None
    assert s.rights.ip.result.tolist() == ["R1", "R2"]


def test_a_sheet_of_rights_by_its_name_alone_is_told(tmp_path: Path, mini: Path) -> None:
    sheets = {"成果": RESULTS, "权属进程": [["事情", "何时"], ["披露", D(2024, 1, 1)]]}
    s = read(mini, write_book(tmp_path / "a.xlsx", sheets))
    assert "K835" in codes(s)
