"""Sheets with several rows for each result: documents, critical technologies."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from pilotscore.criteria import load_criteria
from pilotscore.index import assess
from pilotscore.measures import from_submission
from pilotscore.workbook import read_workbooks
from tests.conftest import AS_OF, HEADERS, MINI, row, write_book
from tests.workbook.making import Formatted, formatted_xlsx

DOCUMENTS = [
    ["证明材料清单"],
    ["成果编号", "指标", "证据等级", "材料名称", "出具日期", "出具单位", "有效期至"],
    [
        "P-1",
        "一次合格率",
        "E3",
        "检测报告",
        datetime.date(2025, 1, 1),
        "某检测院",
        datetime.date(2027, 1, 1),
    ],
    ["P-1", "TRL", "E2", "自评表", "", "", "长期"],
    ["", "连续运行时间", "E3", "旧报告", "", "", "2024-12-31"],
]


def assessed(path: Path, mini: Path, as_of: datetime.date = AS_OF) -> Any:
    criteria = load_criteria(mini).criteria
    s = read_workbooks([path], criteria)
    return s, assess(from_submission(s, criteria, as_of), criteria, as_of)


def codes(a: Any) -> list[str]:
    return [f.code for f in a.findings]


def test_documents_decide_the_grade_of_evidence(tmp_path: Path, mini: Path):
    book = write_book(tmp_path / "b.xlsx", {"成果": [HEADERS, row()], "证据": DOCUMENTS})
    s, a = assessed(book, mini)
    grades = [g.id for g in a.criteria.evidence.grades]
    assert [d.indicator for d in s.documents] == ["yield_rate", "trl", "run_hours"]
    assert [grades[g] for g in a.measurements.evidence[0, :3]] == ["E2", "E3", "E1"]
    # all of them said E3 beside the value: trl is told, run_hours has expired
    told = {f.code: f for f in a.findings}
    assert told["E801"].place.cell == "D5"
    assert told["E801"].values["expiry"] == "2024-12-31"
    assert sorted(f.place.cell for f in a.findings if f.code == "E802") == ["D2", "H2"]
    assert "B130" in [f.code for f in s.findings]
    assert len(s) == 1


def test_a_document_is_valid_until_its_day(tmp_path: Path, mini: Path):
    book = write_book(tmp_path / "b.xlsx", {"成果": [HEADERS, row()], "证据": DOCUMENTS})
    for day, expired in ((31, False), (32, True)):
        as_of = datetime.date(2024, 12, 1) + datetime.timedelta(days=day - 1)
        _, a = assessed(book, mini, as_of)
        assert ("E801" in codes(a)) is expired


def test_the_best_of_the_valid_documents_counts(tmp_path: Path, mini: Path):
    more = [*DOCUMENTS, ["P-1", "连续运行时间", "E2", "新记录", "", "", ""]]
    _, a = assessed(write_book(tmp_path / "b.xlsx", {"S": [HEADERS, row()], "D": more}), mini)
    assert a.measurements.evidence[0, 2] == 2


def test_faults_in_the_list_are_told_and_cost_that_row_alone(tmp_path: Path, mini: Path):
    rows = [
        *DOCUMENTS[:2],
        ["P-9", "TRL", "E3", "x"],
        ["P-1", "颜色", "E3", "x"],
        ["P-1", "TRL", "E7", "x"],
        ["P-1", "一次合格率", "E3", "x", "", "", "去年"],
        ["P-1", "安全评估", "E2", "x"],
    ]
    s, a = assessed(write_book(tmp_path / "b.xlsx", {"S": [HEADERS, row()], "D": rows}), mini)
    told = {(f.code, f.place.cell) for f in s.findings if f.place.sheet == "D"}
    assert told == {("B130", ""), ("R317", "D3"), ("R316", "B4"), ("V414", "C5"), ("V407", "G6")}
    # a grade that is not known counts as the applicant's own statement
    assert [(d.indicator, d.grade) for d in s.documents] == [("trl", 1), ("hazard", 2)]
    assert a.status[0] == 0


def test_columns_that_are_not_read_are_told(tmp_path: Path, mini: Path):
    rows = [["序号", *DOCUMENTS[1], "备注"], [1, *DOCUMENTS[2], "x"]]
    s, _ = assessed(write_book(tmp_path / "b.xlsx", {"S": [HEADERS, row()], "D": rows}), mini)
    told = [(f.code, f.place.cell) for f in s.findings if f.place.sheet == "D"]
    assert sorted(told) == [("B130", ""), ("H201", "I1")]


def test_documents_in_a_file_of_their_own(tmp_path: Path, mini: Path):
    criteria = load_criteria(mini).criteria
    a = write_book(tmp_path / "a.xlsx", {"S": [HEADERS, row()]})
    b = write_book(tmp_path / "b.xlsx", {"D": DOCUMENTS})
    s = read_workbooks([b, a], criteria)
    assert (s.ids, len(s.documents)) == (("P-1",), 3)
    assert "B107" not in [f.code for f in s.findings]


TECHNOLOGIES = [
    ["成果编号", "关键技术", "TRL"],
    ["P-1", "反应", 6],
    ["", "分离", "TRL 4"],
    ["P-2", "控制", 8],
    ["P-2", "封装", "高"],
]


@pytest.fixture
def several(mini: Path) -> Path:
    mini.write_text(
        MINI.replace("aliases: [TRL]", "aliases: [TRL]\n        several: true"), encoding="utf-8"
    )
    return mini


def test_the_least_mature_of_several_technologies_counts(tmp_path: Path, several: Path):
    book = write_book(
        tmp_path / "b.xlsx",
        {
            "成果": [HEADERS, row(), row(id="P-2"), row(id="P-3", trl="6；5、8")],
            "关键技术": TECHNOLOGIES,
        },
    )
    s, a = assessed(book, several)
    assert s.values[:, 0].tolist() == [4, 7, 5]
    told = {(f.code, f.place.sheet, f.place.cell) for f in a.findings} | {
        (f.code, f.place.sheet, f.place.cell) for f in s.findings
    }
    assert ("V427", "成果", "C2") in told
    assert ("V426", "成果", "C4") in told
    assert ("V401", "关键技术", "C5") in told
    assert ("B131", "关键技术", "") in told


def test_a_level_left_blank_comes_from_the_list(tmp_path: Path, several: Path):
    book = write_book(
        tmp_path / "b.xlsx", {"成果": [HEADERS, row(trl="")], "关键技术": TECHNOLOGIES[:3]}
    )
    s, a = assessed(book, several)
    assert (s.values[0, 0], a.status[0]) == (4, 0)


def test_several_values_where_the_set_does_not_allow_them_are_no_number(tmp_path: Path, mini: Path):
    book = write_book(tmp_path / "b.xlsx", {"成果": [HEADERS, row(trl="6；5")]})
    s, _ = assessed(book, mini)
    assert [f.code for f in s.findings if f.severity == "error"] == ["V401"]


def test_ids_and_grades_of_documents_are_read_as_their_formats_show_them(
    tmp_path: Path, mini: Path
):
    header, document, *_ = DOCUMENTS[1:]
    of = [Formatted(1, '"P-"0'), document[1], Formatted(2, '"E"0'), *document[3:]]
    book = formatted_xlsx(tmp_path / "b.xlsx", {"成果": [HEADERS, row()], "证据": [header, of]})
    s, _ = assessed(book, mini)
    assert [(d.result, d.grade) for d in s.documents] == [("P-1", 2)]
