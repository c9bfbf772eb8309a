"""What merged cells of a table of results hold: the value of the first, as it is seen there."""

from __future__ import annotations

import math
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from pilotscore.criteria import load_criteria
from pilotscore.workbook import Submission, read_workbooks
from pilotscore.workbook.open.sheets import open_book
from pilotscore.workbook.values.cells import State
from pilotscore.workbook.values.merged_cells import read_more_than_once, spread_merged
from tests.conftest import HEADERS, row
from tests.workbook.open.xlsx_parts import parts, styles, worksheet, write
from tests.workbook.values.test_unread import (
    BROKEN,
    CODE,
    DOCUMENTS,
    ERROR,
    LONG,
    RESULTS,
    WIDE,
    ZERO,
    Rows,
    made,
    with_cell,
    xml_of_rows,
)

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
    tmp_path: Path,
    mini: Path,
    column: int,
    name: str,
    first: object,
    covered: object,
    code: str,
    value: float,
):
    s = read(merged(tmp_path / "a.xlsx", first, covered, column, code), mini)
    assert of(s, name)[:2] == [value, value]


def with_sheet(path: Path, name: str, rows: Rows, areas: Sequence[str]) -> Path:
    """Write results and a sheet beside them with merged cells."""
    made(path, {"成果": RESULTS, name: rows})
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    with zipfile.ZipFile(path) as archive:
        contents: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    sheet = contents["xl/worksheets/s1.xml"]
    assert isinstance(sheet, bytes)
    contents["xl/worksheets/s1.xml"] = sheet.replace(
        b"</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>".encode()
    )
    return write(path, contents)


def blanked(rows: Rows, column: int, value: object) -> Rows:
    """Return rows in which a column of the first two has one value, in the first alone."""
    return with_cell(with_cell(rows, 1, column, value), 2, column, "")


@pytest.mark.parametrize(
    ("title", "value", "of_batch"),
    [("备注", "报废：停电", "status"), ("判定", "不合格", "judged"), ("规模", "小试", "scale")],
)
def test_what_is_said_of_several_batches_holds_for_each(
    tmp_path: Path, mini: Path, title: str, value: str, of_batch: str
):
    column = LONG[0].index(title)
    letter = chr(65 + column)
    rows = blanked(LONG, column, value)
    path = with_sheet(tmp_path / "a.xlsx", "批次", rows, [f"{letter}2:{letter}3"])
    read = read_workbooks([path], load_criteria(mini).criteria)
    assert read.batches is not None
    batches = read.batches.batches
    said = zip(batches.result.tolist(), batches.name, getattr(batches, of_batch), strict=True)
    of_each = {name: what for result, name, what in said if result == 0}
    assert of_each["B1"] == of_each["B2"] != of_each["B3"]
    assert "V415" in [f.code for f in read.findings]


@pytest.mark.parametrize("layout", ["long", "wide"])
def test_values_and_limits_of_several_batches_are_those_of_each(
    tmp_path: Path, mini: Path, layout: str
):
    name, rows, columns = ("批次", LONG, (6, 8)) if layout == "long" else ("批次记录", WIDE, (4, 5))
    for column in columns:
        rows = blanked(rows, column, rows[1][column])
    areas = [f"{chr(65 + c)}2:{chr(65 + c)}3" for c in columns]
    read = read_workbooks(
        [with_sheet(tmp_path / "a.xlsx", name, rows, areas)], load_criteria(mini).criteria
    )
    assert read.batches is not None
    values = read.batches.values
    limited = values.lower == values.lower  # those without limits are of another characteristic
    assert len(values.value[limited]) == 6
    assert values.value[limited][0] == values.value[limited][1]
    assert "S610" not in [f.code for f in read.findings]


def test_hours_of_several_batches_count_once(tmp_path: Path, mini: Path):
    column = LONG[0].index("运行小时")
    rows = blanked(LONG, column, 12)
    path = with_sheet(tmp_path / "a.xlsx", "批次", rows, ["E2:E3"])
    read = read_workbooks([path], load_criteria(mini).criteria)
    assert read.batches is not None
    assert read.batches.batches.hours[:2].tolist() == pytest.approx([12, math.nan], nan_ok=True)


def test_what_is_said_of_several_documents_holds_for_each(tmp_path: Path, mini: Path):
    rows = blanked(blanked(DOCUMENTS, 6, "2020-01-01"), 2, "E3")
    path = with_sheet(tmp_path / "a.xlsx", "证据", rows, ["G2:G3", "C2:C3"])
    read = read_workbooks([path], load_criteria(mini).criteria)
    assert [d.expiry for d in read.documents] == ["2020-01-01"] * 2
    assert len({d.grade for d in read.documents}) == 1


def test_areas_that_do_not_matter_are_left(tmp_path: Path):
    (sheet,) = open_book(merged(tmp_path / "a.xlsx", 120, "", RUN)).sheets
    same, told = spread_merged(sheet, 0, [0, 1])
    assert (same is sheet, told) == (True, {})
    _, told = spread_merged(sheet, 0, [0, RUN])
    assert len(read_more_than_once(told, [1, 2])) == 1
    assert read_more_than_once(told, [1]) == []
