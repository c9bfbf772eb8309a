"""Words that were categories once, under the headers of today."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pilotscore.workbook import ReadingOptions, State, Submission, read_workbooks
from tests.conftest import built_in

CRITERIA = built_in().criteria


def read(path: Path, rows: list[list[Any]]) -> Submission:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path / "book.xlsx")
    return read_workbooks([path / "book.xlsx"], CRITERIA, ReadingOptions())


def table(path: Path, *rows: tuple[Any, Any]) -> Submission:
    head = ["成果编号", "成果名称", "技术就绪水平", "转化方式", "付款方式"]
    body = [[f"R-{i}", f"成果{i}", 6, *row] for i, row in enumerate(rows, start=1)]
    return read(path, [head, *body])


def said(submission: Submission, name: str) -> list[str]:
    return [str(x) for x in submission.facts[name].values.tolist()]


def codes(submission: Submission, code: str) -> list[str | None]:
    return [f.result for f in submission.findings if f.code == code]


OLD = {
    "转让": "transfer",
    "Assignment": "transfer",
    "assignment": "transfer",
    "许可": "licence",
    "作价入股": "shares",
    "equity": "shares",
    "自行实施": "own_investment",
    "own_use": "own_investment",
}


def test_renamed_forms_are_read_by_their_old_names(tmp_path: Path):
    submission = table(tmp_path, *((word, None) for word in OLD))
    assert said(submission, "transfer_mode") == list(OLD.values())
    assert set(said(submission, "payment_mode")) == {""}
    assert codes(submission, "V454") == []


@pytest.mark.parametrize(
    "word",
    [
        "先使用后付费",
        "use_first",
        "Use first, pay later",
        "先使用后付费 / Use first, pay later",
        "☑先用后付 □许可",
    ],
)
def test_to_use_first_is_a_licence_and_a_way_of_paying(tmp_path: Path, word: str):
    submission = table(tmp_path, (word, None), ("许可", None))
    assert said(submission, "transfer_mode") == ["licence", "licence"]
    assert said(submission, "payment_mode") == ["use_first", ""]
    assert submission.facts["payment_mode"].states.tolist() == [State.VALUE, State.BLANK]
    assert len(codes(submission, "V454")) == 1
    assert codes(submission, "V456") == []


def test_what_is_written_of_the_payment_counts_and_the_contradiction_is_told(tmp_path: Path):
    word = "先使用后付费"
    submission = table(tmp_path, (word, "分期付款"), (word, word), (word, "不适用：未定"))
    assert said(submission, "transfer_mode") == ["licence"] * 3
    assert said(submission, "payment_mode")[:2] == ["instalments", "use_first"]
    assert submission.facts["payment_mode"].states[2] == State.NOT_APPLICABLE
    (told,) = [f for f in submission.findings if f.code == "V456"]
    assert (told.result, told.place.cell) == ("R-1", "E2")


def test_a_form_has_them_too(tmp_path: Path):
    rows = [
        ["成果编号", "R-1"],
        ["成果名称", "成果"],
        ["技术就绪水平", 6],
        ["转化方式", "先用后付"],
    ]
    submission = read(tmp_path, rows)
    assert said(submission, "transfer_mode") == ["licence"]
    assert said(submission, "payment_mode") == ["use_first"]
