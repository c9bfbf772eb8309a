"""Rows of tables written straight into the part of a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
import xlsxwriter

from pilotscore.language import Text
from pilotscore.render.xlsx_rows import Rows, RowsSheet, as_cell, as_cells
from pilotscore.render.xlsx_texts import GrowingTexts


def written(path: Path, *blocks: tuple[int, list[list[Any]]]) -> list[tuple[Any, ...]]:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    book.str_table = GrowingTexts()
    page = book.add_worksheet("s", worksheet_class=RowsSheet)
    page.write_string(0, 0, "above")
    looks = [book.add_format()] * 3
    for first, values in blocks:
        page.add_rows(Rows(first, values, looks, "en"))
    page.write_string(9, 0, "below")
    book.close()
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))


def test_rows_stand_between_what_else_is_on_the_sheet(tmp_path: Path):
    rows = [["=1+1", 1.5, None], [" <b>&\n", 7, ""]]
    cells = written(tmp_path / "a.xlsx", (1, rows), (5, [["above", np.float64(0.1), True]]))
    assert cells[0] == ("above", None, None)
    assert cells[1:3] == [("=1+1", 1.5, None), (" <b>&\n", 7, None)]
    assert cells[5] == ("above", 0.1, "yes")
    assert cells[9] == ("below", None, None)


def test_no_rows_and_nothing_else(tmp_path: Path):
    assert len(written(tmp_path / "a.xlsx", (1, []))) == 10


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (True, "是"),
        (np.False_, "否"),
        (float("nan"), None),
        (float("inf"), "∞"),
        (Text("成果", "result"), "成果"),
        (Text("", ""), None),
        (np.int64(3), 3),
        (1e-12, 1e-12),
        ("x" * 40_000, "x" * 32_767),
    ],
)
def test_a_value_as_a_cell_holds_it(value: Any, cell: Any):
    assert as_cell(value, "zh") == cell


@pytest.mark.parametrize(
    "column",
    [
        [1.5, 2, None],
        [1.5, float("nan")],
        [float("inf"), -float("inf")],
        [1e308, 1e308],
        ["a", "", "x" * 40_000],
        ["a", None, 1.0],
        [Text("成果", "result"), True, "", np.float64(0.1)],
        [],
    ],
)
def test_a_column_is_its_values_one_by_one(column: list[Any]):
    assert as_cells(column, "zh") == [as_cell(x, "zh") for x in column]


def test_rows_in_their_order_where_there_are_many_of_them(tmp_path: Path):
    rows = [[f"t{n % 7}", n / 3, None if n % 2 else n] for n in range(300)]
    cells = written(tmp_path / "a.xlsx", (20, rows))
    assert [list(x) for x in cells[20:]] == rows


def test_a_chart_keeps_what_its_cells_hold(tmp_path: Path):
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.str_table = GrowingTexts()
    page = book.add_worksheet("s", worksheet_class=RowsSheet)
    page.add_rows(Rows(1, [["a", 1.0], ["b", None]], [book.add_format()] * 2, "en"))
    assert page._get_range_data(1, 1, 3, 1)[:2] == ["1", ""]
    assert page._get_range_data(2, 0, 2, 1) == ["b", ""]
    book.close()
