from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pilotscore.workbook.decisions import Decided, read_decisions
from tests.conftest import write_book
from tests.workbook.making import Formatted, formatted_xlsx

HEAD_ZH = ["编号", "决定", "金额", "决定人", "理由", "日期"]
HEAD_EN = ["Result", "Decision", "Amount", "Who", "Why", "Date"]


def book(tmp_path: Path, *rows: list[Any], head: list[Any] | None = None) -> Path:
    return write_book(tmp_path / "d.xlsx", {"决定": [["2026 年决定"], head or HEAD_ZH, *rows]})


@pytest.mark.parametrize("head", [HEAD_ZH, HEAD_EN, [*reversed(HEAD_ZH)]])
def test_a_decision_is_read_with_its_cell(tmp_path: Path, head: list[str]):
    row = dict(
        zip(
            HEAD_ZH,
            ["P-1", "资助", "120万元", "王", "急需", datetime.datetime(2026, 11, 20)],
            strict=True,
        )
    )
    order = head if head[0] in HEAD_ZH else HEAD_ZH
    found = read_decisions(book(tmp_path, [row[name] for name in order], head=head))
    assert not found.findings
    (d,) = found.decisions
    assert (d.result, d.decided, d.who, d.why, d.day) == (
        "P-1",
        Decided.FUND,
        "王",
        "急需",
        "2026-11-20",
    )
    assert d.amount is not None
    assert (d.amount.number, d.amount.unit) == (Decimal(120), "万元")
    assert str(d.place).endswith(("!A3", "!F3"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_text_files_of_any_encoding(tmp_path: Path, encoding: str):
    path = tmp_path / "d.csv"
    text = "编号,决定,金额,决定人,理由,日期\nP-1,缓议,,李,待补材料,2026年11月20日\n\nP-2,Decline,,李,重复,2026/11/21\n"
    path.write_text(text, encoding=encoding)
    found = read_decisions(path)
    assert [(d.result, d.decided, d.day) for d in found.decisions] == [
        ("P-1", Decided.DEFER, "2026-11-20"),
        ("P-2", Decided.DECLINE, "2026-11-21"),
    ]


def test_all_faults_at_once_with_their_cells(tmp_path: Path):
    found = read_decisions(
        book(
            tmp_path,
            ["P-1", "也许", None, "王", "x", "2026-11-20"],
            ["P-2", "资助", "一些", None, None, "下周"],
            ["P-3", "不予资助", 50, "王", "x", "2026-11-20"],
            ["P-4", "资助", None, "王", "x", "2026-11-20"],
            ["P-4", "资助", None, "王", "x", "2026-11-20"],
            [None, "资助", None, "王", "x", "2026-11-20"],
            ["P-5", "资助", "5%", "王", "x", None],
        )
    )
    assert [(f.code, f.place.cell) for f in found.findings] == [
        ("F722", "B3"),
        ("F723", "D4"),
        ("F723", "E4"),
        ("F724", "F4"),
        ("F725", "C4"),
        ("F727", "C5"),
        ("F726", "A7"),
        ("F723", "A8"),
        ("F723", "F9"),
        ("F725", "C9"),
    ]
    assert [d.result for d in found.decisions] == ["P-4"]
    for finding in found.findings:
        for lang in ("zh", "en"):
            assert "{" not in finding.sentence(lang)


def test_a_sheet_that_is_no_table_of_decisions(tmp_path: Path):
    (finding,) = read_decisions(book(tmp_path, ["P-1"], head=["编号", "备注"])).findings
    assert finding.code == "F721"
    assert "决定" in finding.found("zh")
    assert "编号" not in finding.found("zh")


def test_a_header_may_state_the_unit_and_what_is_not_read_is_told(tmp_path: Path):
    head = ["编号", "决定", "金额（万元）", "决定人", "理由", "日期", "备注"]
    found = read_decisions(
        book(tmp_path, ["P-1", "同意", 120, "王", "x", "2026-11-20", "急"], head=head)
    )
    assert [(f.code, f.severity, f.place.cell) for f in found.findings] == [
        ("F728", "warning", "G2")
    ]
    (d,) = found.decisions
    assert d.amount is not None
    assert (d.amount.number, d.amount.unit) == (Decimal(120), "万元")
    own = read_decisions(
        book(tmp_path, ["P-1", "同意", "3 元", "王", "x", "2026-11-20"], head=head[:6])
    )
    assert str(own.decisions[0].amount) == "3元"


def test_two_columns_that_mean_the_same_are_refused(tmp_path: Path):
    head = [*HEAD_ZH, "决策"]
    found = read_decisions(
        book(tmp_path, ["P-1", "资助", None, "王", "x", "2026-11-20", "不予资助"], head=head)
    )
    assert [(f.code, f.place.cell) for f in found.findings] == [("F729", "G2")]


def test_a_table_without_a_decision_is_no_success(tmp_path: Path):
    assert [f.code for f in read_decisions(book(tmp_path)).findings] == ["F730"]


@pytest.mark.parametrize(
    "day", ["45000", "2026-11", "9999-12-31", "0001-01-01", "长期", "3/4/2026"]
)
def test_a_day_that_is_none_is_not_taken_for_one(tmp_path: Path, day: str):
    found = read_decisions(book(tmp_path, ["P-1", "资助", None, "王", "x", day]))
    assert [f.code for f in found.findings] == ["F724"]


def test_a_row_with_an_amount_alone_is_not_dropped(tmp_path: Path):
    found = read_decisions(book(tmp_path, [None, None, 120, None, None, None]))
    assert "F723" in [f.code for f in found.findings]


@pytest.mark.slow
@pytest.mark.parametrize("amount", ["1,20", "12,34万元", "20，5", "1.2.3", "1e3", True])
def test_an_amount_in_odd_groups_of_digits_is_not_guessed(tmp_path: Path, amount: Any):
    found = read_decisions(book(tmp_path, ["P-1", "资助", amount, "王", "x", "2026-11-20"]))
    assert [f.code for f in found.findings] == ["F725"]


def test_the_id_of_a_decision_is_the_text_that_the_table_of_results_has(tmp_path: Path):
    rest = ["资助", "1E2", "王", "急需", "2026-11-20"]
    ids = ["26E01", "1.10", "007", "7", "1.23457E+17"]
    path = tmp_path / "d.csv"
    path.write_text(
        "\n".join(",".join(x) for x in (HEAD_ZH, *([i, *rest] for i in ids))), encoding="utf-8"
    )
    found = read_decisions(path)
    assert [(d.result, d.amount and d.amount.number) for d in found.decisions] == [
        (i, 100) for i in ids
    ]
    assert [(f.code, f.place.cell) for f in found.findings] == [("R321", "A6")]
    rest[1] = "100"
    found = read_decisions(
        book(tmp_path, [7.0, *rest], [1.5e17, *rest], [datetime.datetime(2026, 5, 1), *rest])
    )
    assert [d.result for d in found.decisions] == ["7", "150000000000000000", "2026-05-01"]
    assert [f.code for f in found.findings] == ["R320", "R322"]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (Formatted(1200000, '0!.0,"万元"'), (Decimal(120), "万元")),
        (Formatted(120, '0"万元"'), (Decimal(120), "万元")),
        (Formatted(120, '"¥"#,##0'), (Decimal(120), "")),
        (Formatted(120, "General"), (Decimal(120), "")),
        (Formatted(1200000, "#,##0,"), None),
        (Formatted(0.5, "0%"), None),
        (Formatted(5, '0"0"'), None),
    ],
)
def test_an_amount_is_read_as_its_format_shows_it(tmp_path: Path, cell: Formatted, amount: Any):
    row = [Formatted(7, '"P-"000'), "资助", cell, "王", "急需", "2026-11-20"]
    found = read_decisions(formatted_xlsx(tmp_path / "d.xlsx", {"决定": [HEAD_ZH, row]}))
    assert [f.code for f in found.findings] == ([] if amount else ["F725"])
    for decision in found.decisions:
        assert decision.result == "P-007"
        assert decision.amount is None or (decision.amount.number, decision.amount.unit) == amount
