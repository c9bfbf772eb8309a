"""No sheet of any kind takes an error cell, or a formula without a result, for a blank."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from pilotscore.criteria import load_criteria
from pilotscore.findings import Finding
from pilotscore.index import assess
from pilotscore.measures import from_submission
from pilotscore.workbook import read_workbooks
from pilotscore.workbook.decisions import read_decisions
from pilotscore.workbook.judgements import JudgedBy, groups_of, read_judgements
from pilotscore.workbook.open.sheets import open_book
from pilotscore.workbook.values.unread import has_unread, is_unread, unread, unread_cells
from tests.conftest import AS_OF, HEADERS, MINI, row
from tests.workbook.open.xlsx_parts import parts, relations, workbook, worksheet, write

ERROR, UNSAVED = '<c r="{}" t="e"><f>1/0</f><v>#DIV/0!</v></c>', '<c r="{}"><f>A1</f></c>'
ZERO = '<c r="{}"><f>A1</f><v>0</v></c>'  # as XlsxWriter writes every formula
BROKEN = pytest.mark.parametrize("broken", [ERROR, UNSAVED, ZERO], ids=["error", "unsaved", "zero"])
CODE = {ERROR: "V408", UNSAVED: "V409", ZERO: "V428"}
Rows = Sequence[Sequence[Any]]

RESULTS = [HEADERS, row(), row(id="P-2")]
DOCUMENTS = [
    ["成果编号", "指标", "证据等级", "材料名称", "出具日期", "出具单位", "有效期至"],
    ["P-1", "TRL", "E3", "检测报告", "2025-01-01", "某院", "2029-01-01"],
    ["P-2", "TRL", "E3", "检测报告", "2025-01-01", "某院", "2029-01-01"],
]
TECHNOLOGIES = [["成果编号", "关键技术", "TRL"], ["P-1", "甲", 7], ["P-2", "乙", 7]]
LONG = [
    [
        "成果编号",
        "批号",
        "开始时间",
        "结束时间",
        "运行小时",
        "特性",
        "数值",
        "单位",
        "下限",
        "上限",
        "目标",
        "规模",
        "判定",
        "备注",
        "原因",
    ],
    *(
        [
            f"P-{n}",
            f"B{b}",
            f"2026-03-0{b} 08:00",
            f"2026-03-0{b} 20:00",
            12,
            "纯度",
            99 + b / 10,
            "%",
            98,
            100,
            99.5,
            "中试",
            "合格",
            "返工",
            "停电",
        ]
        for n in (1, 2)
        for b in (1, 2, 3)
    ),
]
WIDE = [
    [
        "成果编号",
        "批号",
        "开始时间",
        "收率(%)",
        "水分(%)",
        "水分下限",
        "水分上限",
        "储存时间",
        "样品",
        "判定",
        "备注",
    ],
    *(
        [
            f"P-{n}",
            f"B{b}",
            f"2026-03-0{b} 08:00",
            86 + b,
            0.3 + b / 10,
            0.1,
            0.9,
            0,
            f"S{b}",
            "合格",
            "返工",
        ]
        for n in (1, 2)
        for b in (1, 2, 3)
    ),
]
SERIES = [
    ["成果编号", "时间", "温度(℃)"],
    *(["P-1", f"2026-03-01 08:{m:02d}", 80 + m / 10] for m in range(12)),
]
DECISIONS = [
    ["编号", "决定", "金额", "决定人", "理由", "日期"],
    ["P-1", "资助", "50万元", "王", "急需", "2026-11-20"],
    ["P-2", "资助", "50万元", "王", "急需", "2026-11-20"],
]


@pytest.fixture
def several(mini: Path) -> Path:
    """Return the small set with an indicator of which a result may state several."""
    text = MINI.replace("aliases: [TRL]", "aliases: [TRL]\n        several: true")
    mini.write_text(text, encoding="utf-8")
    return mini


def _cell(r: int, c: int, value: Any) -> str:
    reference = f"{chr(65 + c)}{r + 1}"
    if isinstance(value, str) and value.startswith("<c "):
        return value.format(reference)
    if isinstance(value, datetime.date):
        value = value.isoformat()
    if isinstance(value, int | float):
        return f'<c r="{reference}"><v>{value}</v></c>'
    text = escape(str(value or ""))
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>' if text else ""


def xml_of_rows(rows: Rows) -> str:
    return "".join(
        f'<row r="{r + 1}">{"".join(_cell(r, c, x) for c, x in enumerate(cells))}</row>'
        for r, cells in enumerate(rows)
    )


def made(path: Path, sheets: dict[str, Rows], *, on_load: bool = False) -> Path:
    """Write a workbook in which a cell may be XML of its own."""
    ids = {f"s{k}": name for k, name in enumerate(sheets)}
    extra = '<calcPr fullCalcOnLoad="1"/>' if on_load else ""
    contents = parts("", **{"xl/workbook.xml": workbook(ids, extra=extra)})
    contents["xl/_rels/workbook.xml.rels"] = relations(
        {i: ("worksheet", f"worksheets/{i}.xml") for i in ids}
    )
    for i, rows in zip(ids, sheets.values(), strict=True):
        contents[f"xl/worksheets/{i}.xml"] = worksheet(xml_of_rows(rows))
    return write(path, contents)


def with_cell(rows: Rows, r: int, c: int, value: Any) -> list[list[Any]]:
    """Return rows with one cell that is another."""
    changed = [list(cells) for cells in rows]
    changed[r][c] = value
    return changed


def at(findings: Sequence[Finding], r: int, c: int) -> list[Finding]:
    return [f for f in findings if f.place.cell == f"{chr(65 + c)}{r + 1}"]


SHEETS = {
    "证据": DOCUMENTS,
    "关键技术": TECHNOLOGIES,
    "批次": LONG,
    "批次记录": WIDE,
    "DCS": SERIES,
}


@pytest.mark.slow
@BROKEN
@pytest.mark.parametrize(
    ("name", "column"), [(n, c) for n, s in SHEETS.items() for c in range(len(s[0]))]
)
def test_beside_the_results(tmp_path: Path, several: Path, name: str, column: int, broken: str):
    rows = with_cell(SHEETS[name], 2, column, broken)
    sheets = {"成果": RESULTS, name: rows}
    path = made(tmp_path / "b.xlsx", sheets, on_load=broken is ZERO)
    read = read_workbooks([path], load_criteria(several).criteria)
    told = at([f for f in read.findings if f.place.sheet == name], 2, column)
    # Values and limits of a characteristic are told of it, at the value.
    of_it = [f for f in read.findings if f.code in ("S607", "S623", "S626")]
    assert [f.code for f in told if f.code == CODE[broken]] or of_it


@BROKEN
@pytest.mark.parametrize("column", range(2))
def test_a_row_whose_result_or_batch_is_not_known_is_nobody_elses(
    tmp_path: Path, mini: Path, column: int, broken: str
):
    rows = with_cell(LONG, 2, column, broken)
    sheets = {"成果": RESULTS, "批次": rows}
    path = made(tmp_path / "b.xlsx", sheets, on_load=broken is ZERO)
    data = read_workbooks([path], load_criteria(mini).criteria).batches
    assert data is not None
    values = data.values.batch[data.values.result == 0]
    assert len(set(values.tolist())) == len(values)  # none was added to the batch above


@BROKEN
def test_a_document_whose_expiry_is_not_known_proves_nothing(
    tmp_path: Path, mini: Path, broken: str
):
    rows = with_cell(DOCUMENTS, 1, 6, broken)
    path = made(tmp_path / "b.xlsx", {"成果": RESULTS, "证据": rows}, on_load=broken is ZERO)
    read = read_workbooks([path], load_criteria(mini).criteria)
    assert [d.result for d in read.documents] == ["P-2"]


@BROKEN
@pytest.mark.parametrize("name", ["关键技术", "批次", "批次记录"])
def test_a_result_with_such_a_cell_is_not_assessed(
    tmp_path: Path, several: Path, name: str, broken: str
):
    rows = with_cell(SHEETS[name], 1, 2, broken)
    sheets = {"成果": RESULTS, name: rows}
    path = made(tmp_path / "b.xlsx", sheets, on_load=broken is ZERO)
    criteria = load_criteria(several).criteria
    assessed = assess(
        from_submission(read_workbooks([path], criteria), criteria, AS_OF), criteria, AS_OF
    )
    assert list(assessed.measurements.faults()) == ["P-1"]


@BROKEN
def test_a_characteristic_of_which_no_value_is_known_is_told(
    tmp_path: Path, mini: Path, broken: str
):
    rows = [WIDE[0], *([*cells[:3], broken, *cells[4:]] for cells in WIDE[1:])]
    sheets = {"成果": RESULTS, "批次": rows}
    path = made(tmp_path / "b.xlsx", sheets, on_load=broken is ZERO)
    read = read_workbooks([path], load_criteria(mini).criteria)
    assert sum(f.code == "S607" for f in read.findings) == 6


@BROKEN
@pytest.mark.parametrize("column", range(6))
def test_a_decision_with_such_a_cell_is_none(tmp_path: Path, column: int, broken: str):
    rows = with_cell(DECISIONS, 1, column, broken)
    path = made(tmp_path / "d.xlsx", {"决定": rows}, on_load=broken is ZERO)
    read = read_decisions(path)
    assert [d.result for d in read.decisions] == ["P-2"]
    assert [f.code for f in at(read.findings, 1, column)] == [CODE[broken]]


@BROKEN
@pytest.mark.parametrize("method", ["ahp", "bwm", "swing"])
@pytest.mark.parametrize("whole", [False, True])
def test_judgements_with_such_a_cell_are_none(
    tmp_path: Path, mini: Path, method: JudgedBy, whole: bool, broken: str
):
    criteria = load_criteria(mini).criteria
    group = groups_of(criteria)[0]
    count = len(group.ids)
    width = {"ahp": count, "bwm": 2}.get(method, 1)
    rows: list[list[Any]] = [["", *group.ids[:width]]]
    for n, name in enumerate(group.ids):
        rows.append([name, *(broken if whole and c != n else 1 for c in range(width))])
    rows[1][1 if method != "ahp" else 2] = broken
    path = made(tmp_path / "j.xlsx", {"张三": rows}, on_load=broken is ZERO)
    judged, findings, _ = read_judgements(path, criteria, method)
    assert (judged, {f.code for f in findings}) == ([], {CODE[broken]})


@BROKEN
def test_a_name_in_judgements_that_has_no_value_is_told(tmp_path: Path, mini: Path, broken: str):
    criteria = load_criteria(mini).criteria
    rows = [["", "x"], *([name, 5] for name in groups_of(criteria)[0].ids)]
    path = made(tmp_path / "j.xlsx", {"A": with_cell(rows, 1, 0, broken)}, on_load=broken is ZERO)
    judged, findings, _ = read_judgements(path, criteria, "direct")
    assert (judged, [f.code for f in findings]) == ([], [CODE[broken]])


@pytest.mark.parametrize("blank", ["", "<!-- -->"])
def test_a_last_row_of_formulas_without_a_result_is_a_row(tmp_path: Path, blank: str):
    path = made(tmp_path / "a.xlsx", {"S": [[1, 2], [UNSAVED + blank, UNSAVED]]})
    (sheet,) = open_book(path).sheets
    assert sheet.rows == [[1, 2], ["", ""]]


@BROKEN
def test_a_result_of_which_a_name_alone_is_known_is_no_note(
    tmp_path: Path, mini: Path, broken: str
):
    rows = [*RESULTS, ["P-3", *[broken] * 12], [broken] * 13]
    path = made(tmp_path / "a.xlsx", {"S": rows}, on_load=broken is ZERO)
    read = read_workbooks([path], load_criteria(mini).criteria)
    assert read.ids == ("P-1", "P-2", "P-3", "S!5")
    assert {f.code for f in read.findings if f.result in ("P-3", "S!5")} >= {CODE[broken]}


@BROKEN
def test_formulas_of_rows_that_are_not_filled_in_are_told_once(
    tmp_path: Path, mini: Path, broken: str
):
    rows = [*RESULTS, *([["", "", "", "", broken]] * 5)]
    path = made(tmp_path / "a.xlsx", {"S": rows}, on_load=broken is ZERO)
    read = read_workbooks([path], load_criteria(mini).criteria)
    assert read.ids == ("P-1", "P-2")
    assert [f.place.cell for f in read.findings if f.code == CODE[broken]] == ["E4"]


@BROKEN
def test_a_header_that_has_no_value_is_told(tmp_path: Path, mini: Path, broken: str):
    rows = [[*HEADERS[:2], broken, *HEADERS[3:]], row()]
    path = made(tmp_path / "a.xlsx", {"S": rows}, on_load=broken is ZERO)
    read = read_workbooks([path], load_criteria(mini).criteria)
    assert [f.place.cell for f in read.findings if f.code == "H218"] == ["C1"]


@BROKEN
def test_the_name_of_an_item_in_a_form_that_has_no_value_is_told(
    tmp_path: Path, mini: Path, broken: str
):
    items = [["编号", "P-1"], ["TRL", 7], [broken, 96], ["连续运行时间", 80, broken]]
    path = made(tmp_path / "a.xlsx", {"S": items}, on_load=broken is ZERO)
    read = read_workbooks([path], load_criteria(mini).criteria)
    assert [f.place.cell for f in read.findings if f.code == "H218"] == ["A3", "C4"]
    assert read.ids == ("P-1",)


@pytest.mark.parametrize("name", ["", ERROR, UNSAVED])
@pytest.mark.parametrize("place", [2, 3])
def test_a_result_of_several_on_their_side_without_a_name_ends_nothing(
    tmp_path: Path, mini: Path, name: str, place: int
):
    rows = [
        ["编号", "P-1", "P-2", "P-3"],
        ["TRL", 7, 6, 5],
        ["一次合格率（%）", 96, 95, 94],
        ["连续运行时间（h）", 80, 90, 70],
        ["安全评估", "已完成", "已完成", "已完成"],
    ]
    path = made(tmp_path / "form.xlsx", {"S": with_cell(rows, 0, place, name)})
    read = read_workbooks([path], load_criteria(mini).criteria)
    expected = ["P-1", "P-2", "P-3"]
    expected[place - 1] = "form"  # the name of the file, which is told
    assert (list(read.ids), read.values[:, 0].tolist()) == (expected, [7, 6, 5])
    assert "R313" in [f.code for f in read.findings]


@pytest.mark.parametrize("beside", [["", "说明", "整数", "检测值"], ["", "", "级", "%"]])
def test_what_stands_beside_a_form_is_no_result(tmp_path: Path, mini: Path, beside: list[str]):
    items = [["编号", "P-1"], ["TRL", 7], ["一次合格率", 96]]
    rows = [[*item, "", text] for item, text in zip(items, beside[1:], strict=True)]
    path = made(tmp_path / "form.xlsx", {"S": rows})
    assert read_workbooks([path], load_criteria(mini).criteria).ids == ("P-1",)


def test_such_cells_are_known_by_their_place(tmp_path: Path):
    path = made(tmp_path / "a.xlsx", {"S": [[ERROR, 1, UNSAVED], [2]]})
    (sheet,) = open_book(path).sheets
    assert has_unread(sheet)
    assert [is_unread(sheet, 0, c) for c in (0, 1, 2, None)] == [True, False, True, False]
    assert [c for c, _ in unread_cells(sheet, 0, (2, None, 1, 0))] == [0, 2]
    assert list(unread_cells(sheet, 1, (0,))) == []
    cell = unread(sheet, (0, 0))
    assert cell is not None
    assert cell[0] == "#DIV/0!"
