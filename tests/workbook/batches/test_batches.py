"""Sheets of batch data: long, wide, and time series, and everything that can be wrong with them."""

from __future__ import annotations

import datetime
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotscore.criteria import load_criteria
from pilotscore.findings import Place
from pilotscore.workbook import Submission, read_workbooks
from pilotscore.workbook.batches.context import natural
from pilotscore.workbook.batches.words import Status, judgement, says_failed, status_of
from pilotscore.workbook.values.moments import moment
from tests.conftest import HEADERS, MINI, from_yaml, row, to_yaml, write_book

LONG = [
    "成果编号",
    "批号",
    "开始时间",
    "结束时间",
    "特性",
    "数值",
    "单位",
    "下限",
    "上限",
    "规模",
    "备注",
]
START = datetime.datetime(2026, 3, 1, 8)


def hour(h: float) -> datetime.datetime:
    return START + datetime.timedelta(hours=h)


def long_rows(count: int = 6, result: str = "P-1") -> list[list[Any]]:
    return [
        [result, f"B{b}", hour(24 * b), hour(24 * b + 20), "纯度", 99 + b / 10, "%", 98.5, None, "中试", None]
        for b in range(1, count + 1)
    ]  # fmt: skip


def read(path: Path, mini: Path, sheets: dict[str, Any]) -> Submission:
    book = write_book(path / "b.xlsx", {"成果": [HEADERS, row()], **sheets})
    return read_workbooks([book], load_criteria(mini).criteria)


def codes(submission: Submission) -> list[str]:
    return [f.code for f in submission.findings if f.code.startswith("S")]


def test_a_long_sheet_is_read_with_its_cells(tmp_path: Path, mini: Path):
    data = read(tmp_path, mini, {"批次": [LONG, *long_rows()]}).batches
    assert data is not None
    assert data.ids == ("P-1",)
    assert data.characteristics[0].title.zh == "纯度"
    assert data.units == {(0, 0): "%"}
    assert data.batches.name == ("B1", "B2", "B3", "B4", "B5", "B6")
    assert data.values.value.tolist() == pytest.approx([99.1, 99.2, 99.3, 99.4, 99.5, 99.6])
    assert data.values.lower.tolist() == [98.5] * 6
    assert np.isnan(data.values.upper).all()
    assert (data.batches.end - data.batches.begin).tolist() == pytest.approx([20] * 6)
    book, sheet = data.sheets[int(data.values.sheet[2])]
    place = Place(book, sheet, int(data.values.row[2]), int(data.values.column[2]))
    assert str(place).endswith("[批次]!F4")


def test_a_wide_sheet_has_its_limits_below_the_header_or_beside(tmp_path: Path, mini: Path):
    rows = [
        ["批号", "收率(%)", "水分", "水分上限", "备注"],
        ["单位", "", "ppm", "", ""],
        ["下限", 85, None, None, ""],
        *([f"B{b}", 86 + b, 300, 500, ""] for b in range(1, 4)),
    ]
    data = read(tmp_path, mini, {"批次数据": rows}).batches
    assert data is not None
    assert {t.id for t in data.characteristics} >= {"yield"}
    by_title = {t.title.zh: i for i, t in enumerate(data.characteristics)}
    of_yield = data.values.characteristic == by_title["收率"]
    assert data.values.lower[of_yield].tolist() == [85, 85, 85]
    assert data.values.upper[~of_yield].tolist() == [500, 500, 500]
    assert data.units[0, by_title["水分"]] == "ppm"


def test_a_time_series_is_read(tmp_path: Path, mini: Path):
    rows = [["时间", "温度(℃)", "压力"], *([hour(h / 6), 80.0, 1.0] for h in range(20))]
    submission = read(tmp_path, mini, {"DCS": rows})
    assert "S602" in codes(submission)
    data = submission.batches
    assert data is not None
    assert len(data.readings) == 40
    assert data.readings.time[1] - data.readings.time[0] == pytest.approx(1 / 6)


def test_a_table_of_results_is_never_batch_data(tmp_path: Path, mini: Path):
    headers = [*HEADERS, "批次", "日期"]
    rows = [[*row(), "第一批", START], [*row(id="P-2"), 2, START]]
    book = write_book(tmp_path / "b.xlsx", {"申报批次": [headers, *rows]})
    submission = read_workbooks([book], load_criteria(mini).criteria)
    assert submission.ids == ("P-1", "P-2")
    assert submission.batches is None


def test_batches_alone_need_no_table_of_results(tmp_path: Path, mini: Path):
    book = write_book(
        tmp_path / "炉子.xlsx", {"run": [["run", "厚度"], [1, 560], [2, 570], [10, 555]]}
    )
    data = read_workbooks([book], load_criteria(mini).criteria).batches
    assert data is not None
    assert data.ids == ("炉子",)
    assert data.batches.name == ("1", "2", "10")


FAULTS: list[tuple[str, int, int, Any, str | None]] = [
    ("S604", 3, 0, "P-9", None),
    ("S606", 1, 1, None, None),
    ("S607", 3, 5, "abc", "values"),
    ("S608", 3, 5, ">98.6", None),
    ("S607", 3, 5, "<98.6", "values"),
    ("S609", 3, 8, 98, "limits"),
    ("S610", 3, 7, 98, "capability"),
    ("S611", 3, 6, "kg", "values"),
    ("S612", 3, 6, "ppm", "capability"),
    ("S615", 3, 2, "soon", None),
    ("S616", 3, 3, START, "running"),
    ("S618", 3, 9, "大概", None),
    ("S620", 3, 10, "报废", None),
    ("S621", 3, 10, "报废：停电", None),
    ("S623", 3, 7, "abc", "limits"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("code", "at", "column", "value", "blocks"), FAULTS)
def test_each_fault_is_told_with_its_cell(
    tmp_path: Path, mini: Path, code: str, at: int, column: int, value: Any, blocks: str | None
):
    rows = long_rows()
    rows[at - 1][column] = value
    if code == "S606":
        rows[0][0] = "P-1"
    submission = read(tmp_path, mini, {"批次": [LONG, *rows]})
    found = [f for f in submission.findings if f.code == code]
    assert len(found) == 1
    assert found[0].place.row == at
    assert found[0].sentence("zh")
    assert found[0].sentence("en")
    assert submission.batches is not None
    assert [b.what for b in submission.batches.blocks] == ([blocks] if blocks else [])


def test_a_batch_number_used_twice(tmp_path: Path, mini: Path):
    wide = [
        ["批号", "开始时间", "纯度"],
        ["B1", hour(0), 99],
        ["B1", hour(30), 98],
        ["B2", hour(60), 99],
    ]
    submission = read(tmp_path, mini, {"批次": wide})
    assert "S614" in codes(submission)
    assert submission.batches is not None
    assert submission.batches.blocks[0].what == "batches"
    wide = [["批号", "纯度"], ["B1", 99], ["B1", 98], ["B2", 99]]
    submission = read(tmp_path, mini, {"批次": wide})
    assert "S613" in codes(submission)
    wide = [["批号", "样品", "纯度"], ["B1", 1, 99], ["B1", 2, 98], ["B2", 1, 99]]
    assert codes(read(tmp_path, mini, {"批次": wide})) == ["S601"]


def test_a_clock_that_was_put_back(tmp_path: Path, mini: Path):
    rows = [[hour(h), 80.0 + h] for h in range(20)]
    rows[7], rows[8] = rows[8], rows[7]
    submission = read(tmp_path, mini, {"DCS": [["时间", "温度"], *rows]})
    assert "S617" in codes(submission)
    data = submission.batches
    assert data is not None
    assert (np.diff(data.readings.time) > 0).all()
    assert data.readings.value.tolist() == [80.0 + h for h in range(20)]


def test_whose_batches_they_are_must_be_known(tmp_path: Path, mini: Path):
    results = [HEADERS, row(), row(id="P-2", title="另一")]
    batches = [["批号", "纯度"], ["B1", 99], ["B2", 98]]
    book = write_book(tmp_path / "b.xlsx", {"成果": results, "批次": batches})
    submission = read_workbooks([book], load_criteria(mini).criteria)
    assert "S605" in codes(submission)
    book = write_book(tmp_path / "b.xlsx", {"成果": results, "P-2": batches})
    data = read_workbooks([book], load_criteria(mini).criteria).batches
    assert data is not None
    assert data.batches.result.tolist() == [1, 1]


def test_stops_are_no_batches_and_limits_come_from_the_set(tmp_path: Path, mini: Path):
    criteria = from_yaml(MINI)
    purity = {
        "id": "assay",
        "title": {"zh": "纯度", "en": "Purity"},
        "unit": "%",
        "lower": 98.0,
        "upper": 102.0,
    }
    criteria["measuring"] = {"characteristics": [purity]}
    mini.write_text(to_yaml(criteria, sort_keys=True), encoding="utf-8")
    rows = long_rows(3)
    for cells in rows:
        cells[7] = None
    rows.append(
        ["P-1", None, hour(100), hour(110), None, None, None, None, None, None, "计划停车检修"]
    )
    data = read(tmp_path, mini, {"批次": [LONG, *rows]}).batches
    assert data is not None
    assert data.characteristics[0].id == "assay"
    assert data.values.lower.tolist() == [98.0] * 3
    assert data.values.upper.tolist() == [102.0] * 3
    assert data.batches.status[data.batches.name.index("")] == Status.PLANNED_STOP


@pytest.mark.slow
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_rows_and_sheets_never_matters(tmp_path: Path, mini: Path, seed: int):
    rows = [*long_rows(5), *long_rows(4, "P-2")]
    more = [
        ["批号", "成果编号", "水分(%)"],
        ["B1", "P-1", 0.1],
        ["B2", "P-1", 0.2],
        ["B3", "P-2", 0.3],
    ]
    results = [HEADERS, row(), row(id="P-2", title="另一")]
    criteria = load_criteria(mini).criteria
    book = write_book(tmp_path / "b.xlsx", {"成果": results, "批次": [LONG, *rows], "批次2": more})
    data = read_workbooks([book], criteria).batches
    draw = random.Random(seed)
    draw.shuffle(rows)
    rest = more[1:]
    draw.shuffle(rest)
    book = write_book(
        tmp_path / "b.xlsx", {"批次2": [more[0], *rest], "成果": results, "批次": [LONG, *rows]}
    )
    other = read_workbooks([book], criteria).batches
    assert data is not None
    assert other is not None
    assert data.batches.name == other.batches.name
    for name in ("value", "result", "characteristic", "batch", "lower"):
        assert getattr(data.values, name).tolist() == pytest.approx(
            getattr(other.values, name).tolist(), nan_ok=True
        )


def test_words_and_times():
    assert status_of("非计划停车：泵故障") == (Status.UNPLANNED_STOP, "泵故障")
    assert status_of("计划停车") == (Status.PLANNED_STOP, "")
    assert status_of("discarded: power failure") == (Status.DISCARDED, "power failure")
    assert status_of("正常")[0] == Status.DONE
    assert [judgement(t) for t in ("合格", "不合格", "", "也许")] == [1, 0, -1, None]
    assert (
        moment("2026年3月1日 8时30分")
        == moment("2026-03-01 08:30")
        == moment(datetime.datetime(2026, 3, 1, 8, 30))
    )
    assert moment("2026-02-30") is None
    assert sorted(["B10", "B2", "B1"], key=natural) == ["B1", "B2", "B10"]


@pytest.mark.parametrize(
    "remark",
    [
        "未报废",
        "没有报废",
        "无返工",
        "未发生返工",
        "返工：无",
        "返工 0 次",
        "无非计划停车",
        "no rework",
        "not discarded",
        "Rework: none",
        "未出现不合格",
        "无需返工，正常",
    ],
)
def test_what_a_remark_denies_did_not_happen(remark: str):
    assert status_of(remark) == (Status.DONE, "")
    assert not says_failed(remark)


@pytest.mark.parametrize(
    ("remark", "status"),
    [
        ("未返工，报废：停电", Status.DISCARDED),
        ("不予返工，作废", Status.DISCARDED),
        ("不合格", Status.FAILED),
    ],
)
def test_what_a_remark_says_beside_what_it_denies_counts(remark: str, status: Status):
    assert status_of(remark)[0] is status
    assert says_failed(remark) == (status is Status.FAILED)


def test_a_share_among_percentages_is_asked_about(tmp_path: Path, mini: Path):
    values = [98.1, 98.3, 0.985, 98.2, 98.6]
    rows = [["批号", "含量(%)", "杂质"], *([f"B{n}", v, 0.1] for n, v in enumerate(values))]
    found = [f for f in read(tmp_path, mini, {"批次": rows}).findings if f.code == "S662"]
    assert [(f.place.cell, f.values["meant"]) for f in found] == [("B4", "98.5")]
    # Skewed data may have a value that is far off.
    skewed = [["批号", "杂质"], *([f"B{n}", v] for n, v in enumerate([0.01, 0.02, 0.9, 0.05, 1.1]))]
    assert "S662" not in codes(read(tmp_path, mini, {"批次": skewed}))


@pytest.mark.parametrize("text", ["约98", "98±0.3", "98左右"])
def test_an_estimate_among_batches_is_told(text: str, tmp_path: Path, mini: Path):
    rows = [["批号", "含量(%)"], ["B1", 98], ["B2", text], ["B3", 97]]
    found = [f for f in read(tmp_path, mini, {"批次": rows}).findings if f.code == "S661"]
    assert [f.place.cell for f in found] == ["B3"]
