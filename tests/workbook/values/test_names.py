"""Names as text, letter for letter, and what a spreadsheet makes of them, from cells to results."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pilotscore.criteria import CriteriaSet, Fact, Indicator, load_criteria
from pilotscore.language import Text
from pilotscore.workbook import Submission, read_workbooks
from pilotscore.workbook.open.number_format import PERCENT
from pilotscore.workbook.open.written_number import WrittenNumber
from pilotscore.workbook.values.columns import read_column
from pilotscore.workbook.values.names import is_rounded, name_remark
from tests.conftest import HEADERS, row, write_book

NAMES = ["26E01", "3E2", "1.10", "1.1", "2004E20", "007", "7", "7.0", "1e5", "-0", "1/3", "ａ-1"]


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


def write_csv(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def codes(s: Submission, letters: str = "RS") -> list[tuple[str, str]]:
    return [(f.code, f.place.cell) for f in s.findings if f.code[0] in letters]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (1e15, "R320"),
        (4100001234567890000, "R320"),
        (-1.5e17, "R320"),
        (999_999_999_999_999.0, None),
        (7.0, None),
        (True, None),
        ("1.23457E+17", "R321"),
        (WrittenNumber("1.23457E+17"), "R321"),
        (WrittenNumber("1E+15"), "R321"),
        (WrittenNumber("2004E20"), None),
        (WrittenNumber("26E01"), None),
        (WrittenNumber("1.10"), None),
        ("110105199001011234", None),
        ("E+17", None),
        ("1E+100 mg", None),
        ("", None),
        (datetime.datetime(2026, 5, 1), "R322"),
        (datetime.date(2026, 5, 1), "R322"),
        (datetime.time(5, 1), "R322"),
        ("2026-05-01", None),
    ],
)
def test_what_a_spreadsheet_made_of_a_name(cell: Any, code: str | None):
    remark = name_remark(cell)
    assert (remark and remark[0].code) == code
    assert is_rounded(cell) == (code in ("R320", "R321"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5月1日", True),
        ("1-Mar", True),
        ("Mar-26", True),
        ("2026-05-01", False),
        ("5-1", False),
        ("MAR1", False),
        ("1-mars", False),
    ],
)
def test_a_name_of_a_csv_that_is_shown_as_a_date_may_have_been_another(
    tmp_path: Path, criteria: CriteriaSet, text: str, shown: bool
):
    rows = [HEADERS, row(id=text)]
    told = [("R324", "A2")] if shown else []
    s = read_workbooks([write_csv(tmp_path / "a.csv", rows)], criteria)
    assert (s.ids, codes(s)) == ((text,), told)
    s = read_workbooks([write_book(tmp_path / "a.xlsx", {"csv": rows})], criteria)
    assert codes(s) == []  # a workbook says that it is a text
    lots = [
        ["成果编号", "批号", "纯度（%）"],
        ["P-1", text, 96],
        ["P-1", text, 97],
        ["P-1", "B2", 97],
    ]
    s = read_workbooks([write_csv(tmp_path / "批次.csv", lots)], criteria)
    assert [c for c in codes(s) if c[0] == "R324"] == ([("R324", "B2")] if shown else [])


def test_ids_and_titles_of_a_csv_are_letter_for_letter(tmp_path: Path, criteria: CriteriaSet):
    rows = [row(id=name, title=name) for name in NAMES]
    s = read_workbooks([write_csv(tmp_path / "a.csv", [HEADERS, *rows])], criteria)
    wanted = tuple("a-1" if name == "ａ-1" else name for name in NAMES)
    assert (s.ids, s.titles) == (wanted, wanted)
    assert codes(s) == []


@pytest.mark.parametrize("type_", ["number", "percent", "ratio", "count", "level", "money"])
@pytest.mark.parametrize("percent_header", [True, False])
@pytest.mark.parametrize("factor", [1.0, 100.0, None])
def test_a_number_with_its_letters_counts_as_the_number(
    type_: str, percent_header: bool, factor: float | None
):
    data = {"id": "x", "title": "X", "type": type_, "weight": 1, "points": [[0, 0], [9, 100]]}
    quantity = Indicator.model_validate(data | ({"scale": [1, 9]} if type_ == "level" else {}))
    written = [
        "0.0",
        "0.50",
        "0.95",
        "1.0",
        "1.50",
        "2.0",
        "7.0",
        "96.50",
        "120.0",
        "1E2",
        "-3.0",
        "1e400",
    ]
    (a, of_a), (b, of_b) = (
        read_column(
            cells,
            quantity,
            percent_header=percent_header,
            factor=factor,
            formats={1: PERCENT, 4: PERCENT},
        )
        for cells in (list(map(WrittenNumber, written)), list(map(float, written)))
    )
    np.testing.assert_array_equal(a.values, b.values)
    assert a.states.tolist() == b.states.tolist()
    assert [(i, kind.code) for i, (kind, _) in of_a] == [(i, kind.code) for i, (kind, _) in of_b]


def test_a_table_of_a_csv_is_read_as_in_a_workbook(tmp_path: Path, criteria: CriteriaSet):
    cells = [
        {"trl": 7, "yield_rate": 96.5, "run_hours": 80.25, "permit": 1},
        {"trl": 12, "yield_rate": 0.96, "run_hours": -1, "permit": 0},
        {"trl": 7.5, "yield_rate": 120, "run_hours": 1000, "permit": 2},
    ]
    rows = [row(id=f"P-{n}", permit_end="2030-01-01", **more) for n, more in enumerate(cells)]
    book = read_workbooks([write_book(tmp_path / "a.xlsx", {"csv": [HEADERS, *rows]})], criteria)
    written = [[f"{x:.2f}" if isinstance(x, int | float) else x for x in cells] for cells in rows]
    text = read_workbooks([write_csv(tmp_path / "a.csv", [HEADERS, *written])], criteria)
    np.testing.assert_array_equal(text.values, book.values)
    assert text.states.tolist() == book.states.tolist()
    told = [[(f.code, f.place.cell) for f in s.findings] for s in (text, book)]
    assert told[0] == told[1]


def test_words_of_a_csv_are_letters_and_never_confused():
    """1.10 and 1.1 are one number, and two texts; 2.0 is the category 2, as other programs write it."""
    fact = Fact(id="x", title=Text("x", "x"), type="text")
    column, _ = read_column([WrittenNumber("1.10"), WrittenNumber("1.100"), 1.1], fact)
    assert column.words is not None
    assert column.words.tolist() == ["1.10", "1.100", "1.1"]
    table = [{"id": f"c{i}", "title": i, "value": int(i)} for i in "12"]
    data = {"id": "x", "title": "X", "type": "category", "weight": 1, "table": table}
    column, _ = read_column(
        list(map(WrittenNumber, ["2.0", "1.00"])), Indicator.model_validate(data)
    )
    assert column.values.tolist() == [1, 0]


LONG = 110105199001011234


@pytest.mark.parametrize("other", [LONG + 1, LONG])
def test_results_whose_long_ids_fall_together_are_an_error(
    tmp_path: Path, criteria: CriteriaSet, other: int
):
    """110105199001011234 and ...235 are one number to a spreadsheet."""
    rows = [row(id=LONG), row(id="P-2"), row(id=other)]
    s = read_workbooks([write_book(tmp_path / "a.xlsx", {"成果": [HEADERS, *rows]})], criteria)
    assert len(s) == 3
    told = codes(s)
    assert sorted(told) == [("R320", "A2"), ("R320", "A4"), ("R323", "2"), ("R323", "4")]


def test_long_ids_that_differ_are_told_and_no_error(tmp_path: Path, criteria: CriteriaSet):
    rows = [row(id=LONG), row(id=LONG + 1_000_000)]
    s = read_workbooks([write_book(tmp_path / "a.xlsx", {"成果": [HEADERS, *rows]})], criteria)
    assert codes(s) == [("R320", "A2"), ("R320", "A3")]
    assert len(set(s.ids)) == 2


def test_ids_that_excel_shortened_in_a_csv_fall_together(tmp_path: Path, criteria: CriteriaSet):
    rows = [row(id="1.23457E+17"), row(id="1.23457E+17"), row(id="1.23457E+18")]
    s = read_workbooks([write_csv(tmp_path / "a.csv", [HEADERS, *rows])], criteria)
    assert s.ids == ("1.23457E+17", "1.23457E+17", "1.23457E+18")
    assert sorted(codes(s)) == [
        ("R321", "A2"),
        ("R321", "A3"),
        ("R321", "A4"),
        ("R323", "2"),
        ("R323", "3"),
    ]


def test_an_id_or_title_that_became_a_date_is_told_and_kept_in_iso_form(
    tmp_path: Path, criteria: CriteriaSet
):
    rows = [
        row(id=datetime.datetime(2026, 5, 1), title=datetime.datetime(2026, 3, 1)),
        row(id="P-2"),
    ]
    s = read_workbooks([write_book(tmp_path / "a.xlsx", {"成果": [HEADERS, *rows]})], criteria)
    assert (s.ids[0], s.titles[0]) == ("2026-05-01", "2026-03-01")
    assert codes(s) == [("R322", "A2"), ("R322", "B2")]


def test_the_id_of_a_form_is_told_too(tmp_path: Path, criteria: CriteriaSet):
    forms = [
        write_book(
            tmp_path / f"{n}.xlsx", {"表": [["编号", cell], ["TRL", 7], ["安全评估", "已完成"]]}
        )
        for n, cell in enumerate((LONG, LONG + 1, datetime.datetime(2026, 5, 1)))
    ]
    s = read_workbooks(forms, criteria)
    names = [code for code, _ in codes(s) if code.startswith("R32")]
    assert sorted(names) == ["R320", "R320", "R322", "R323", "R323"]
    assert s.ids[2] == "2026-05-01"


def test_a_sheet_of_documents_names_results_as_the_table_does(
    tmp_path: Path, criteria: CriteriaSet
):
    documents = [
        ["编号", "指标", "证据等级", "文件"],
        [LONG, "TRL", "E3", "报告"],
        ["", "TRL", "E3", "报告"],
    ]
    sheets = {"成果": [HEADERS, row(id=LONG)], "证据": documents}
    s = read_workbooks([write_book(tmp_path / "a.xlsx", sheets)], criteria)
    assert [d.result for d in s.documents] == [s.ids[0]] * 2
    assert codes(s) == [("R320", "A2"), ("R320", "A2")]


def wide(
    tmp_path: Path, criteria: CriteriaSet, lots: Sequence[Any], *, ids: Sequence[Any] = ()
) -> Submission:
    """Return what is read of a sheet with a row for each batch, of one result or of these."""
    rows = [
        [i, lot, 96 + n]
        for n, (i, lot) in enumerate(zip(ids or ["P-1"] * len(lots), lots, strict=True))
    ]
    table = [["成果编号", "批号", "纯度（%）"], *rows]
    return read_workbooks([write_book(tmp_path / "a.xlsx", {"批次": table})], criteria)


def test_batch_numbers_of_a_csv_keep_name_and_order(tmp_path: Path, criteria: CriteriaSet):
    lots = ["1.10", "1.9", "1.1", "26E2", "26E01", "007"]
    rows = [["成果编号", "批号", "纯度（%）"], *(["P-1", lot, "96.50"] for lot in lots)]
    s = read_workbooks([write_csv(tmp_path / "批次.csv", rows)], criteria)
    assert s.batches is not None
    assert s.batches.batches.name == ("1.1", "1.9", "1.10", "007", "26E01", "26E2")
    assert s.batches.values.value.tolist() == [96.5] * 6


def test_a_batch_number_that_became_a_date_is_told_once_and_kept(
    tmp_path: Path, criteria: CriteriaSet
):
    s = wide(
        tmp_path, criteria, [datetime.datetime(2026, 5, 1), "5-2", datetime.datetime(2026, 5, 3)]
    )
    assert s.batches is not None
    assert s.batches.batches.name == ("5-2", "2026-05-01", "2026-05-03")
    assert [c for c in codes(s) if c[0] == "R322"] == [("R322", "B2"), ("R322", "B4")]


@pytest.mark.parametrize(
    ("lots", "ids", "error"),
    [
        ([LONG, LONG + 1_000], (), []),
        ([LONG, LONG + 1], (), ["B3"]),
        (["1", "2", "3"], (LONG, LONG + 1, LONG + 1), []),  # may well be one result
        (["1", "2", "3"], (LONG, "P-2", LONG + 1), ["A4"]),
    ],
)
def test_batches_that_may_have_fallen_together_are_an_error(
    tmp_path: Path, criteria: CriteriaSet, lots: list[Any], ids: tuple[Any, ...], error: list[str]
):
    s = wide(tmp_path, criteria, lots, ids=ids)
    assert [cell for code, cell in codes(s) if code == "S627"] == error
    assert "R320" in {code for code, _ in codes(s)}
