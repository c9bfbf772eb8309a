"""What merged cells of a table of results hold: the value of the first, as it is seen there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pilotscore.criteria import load_criteria
from pilotscore.workbook import Submission, read_workbooks
from pilotscore.workbook.open.sheets import open_book
from pilotscore.workbook.results.merged_cells import read_more_than_once, spread_merged
from pilotscore.workbook.values.cells import State
from tests.conftest import HEADERS, row
from tests.workbook.open.xlsx_parts import parts, styles, worksheet, write
from tests.workbook.values.test_unread import BROKEN, CODE, ERROR, ZERO, xml_of_rows

RUN, YIELD = 6, 4  # the columns of the hours run, and of the yield
PLACES = {"yield_rate": 1, "run_hours": 2}  # among the indicators of the small set
FORMATTED = '<c r="{}" s="1"><v>%s</v></c>'


def merged(path: Path, first: object, covered: object, column: int, code: str = "0") -> Path:
    """Write a table in which a column of the first two results is merged."""
    rows = [HEADERS, *(list(row(id=f"P-{n}")) for n in (1, 2, 3))]
    rows[1][column], rows[2][column] = first, covered
    letter = chr(65 + column)
    area = f'<mergeCells><mergeCell ref="{letter}2:{letter}3"/></mergeCells>'
    contents = parts("", **{"xl/styles.xml": styles(code.replace('"', "&quot;"))})
    contents["xl/worksheets/sheet1.xml"] = worksheet(xml_of_rows(rows), after=area)
    if first is ZERO:
        book = str(contents["xl/workbook.xml"])
        contents["xl/workbook.xml"] = book.replace(
            "</sheets>", '</sheets><calcPr fullCalcOnLoad="1"/>'
        )
    return write(path, contents)


def read(path: Path, mini: Path) -> Submission:
    return read_workbooks([path], load_criteria(mini).criteria)


def of(submission: Submission, name: str) -> list[float]:
    values: list[float] = submission.values[:, PLACES[name]].tolist()
    return values


@BROKEN
def test_a_cell_without_a_value_is_so_for_each_result(tmp_path: Path, mini: Path, broken: str):
    s = read(merged(tmp_path / "a.xlsx", broken, "", RUN), mini)
    told = [(f.place.cell, f.result) for f in s.findings if f.code == CODE[broken]]
    assert told == [("G2", "P-1"), ("G3", "P-2")]
    states = s.states[:, PLACES["run_hours"]].tolist()
    assert states == [State.FAULTY, State.FAULTY, State.VALUE]


@pytest.mark.parametrize("covered", [ERROR, 7, FORMATTED % 7])
def test_what_stands_under_the_first_cell_is_nothing(tmp_path: Path, mini: Path, covered: str):
    s = read(merged(tmp_path / "a.xlsx", 120, covered, RUN), mini)
    assert of(s, "run_hours")[:2] == [120, 120]
    assert not [f for f in s.findings if f.severity == "error"]


@pytest.mark.parametrize(
    ("column", "name", "first", "covered", "code", "value"),
    [
        (RUN, "run_hours", FORMATTED % 30, "", '0"天"', 720),
        (RUN, "run_hours", FORMATTED % 1.5, "", "[h]:mm", 36),
        (YIELD, "yield_rate", FORMATTED % 0.95, "", "0%", 95),
        (YIELD, "yield_rate", 95, FORMATTED % 0.5, "0%", 95),
        (YIELD, "yield_rate", FORMATTED % 0.95, FORMATTED % 0.5, "0%", 95),
    ],
)
def test_the_number_format_is_that_of_the_first(
    tmp_path: Path, mini: Path, column: int, name: str, first: object, covered: object, code: str,
    value: float,
):  # fmt: skip
    s = read(merged(tmp_path / "a.xlsx", first, covered, column, code), mini)
    assert of(s, name)[:2] == [value, value]


def test_areas_that_do_not_matter_are_left(tmp_path: Path):
    (sheet,) = open_book(merged(tmp_path / "a.xlsx", 120, "", RUN)).sheets
    same, told = spread_merged(sheet, 0, [0, 1])
    assert (same is sheet, told) == (True, {})
    _, told = spread_merged(sheet, 0, [0, RUN])
    assert len(read_more_than_once(told, [1, 2])) == 1
    assert read_more_than_once(told, [1]) == []
