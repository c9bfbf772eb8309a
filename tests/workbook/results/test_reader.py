from __future__ import annotations

import datetime
import zipfile
from pathlib import Path

import openpyxl
import pytest

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.workbook import ReadingOptions, State, Submission, read_workbooks
from pilotscore.workbook.open.limits import Limits
from tests.conftest import HEADERS, MakeBook, row, write_book


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


def codes(submission: Submission) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for f in submission.findings:
        found.setdefault(f.code, []).append(f.place.cell)
    return found


def test_a_plain_book(book: MakeBook, criteria: CriteriaSet):
    s = read_workbooks([book(row(), row(id="P-2", trl=4))], criteria)
    assert s.ids == ("P-1", "P-2")
    assert s.titles == ("硝化工艺", "硝化工艺")
    assert s.values.tolist() == [[7, 96, 80, 2, 1], [4, 96, 80, 2, 1]]
    assert (s.states == State.VALUE).all()
    assert (s.evidence == 3).all()
    assert s.facts["mode"].values.tolist() == ["continuous", "continuous"]
    assert s.facts["permit_end"].values.tolist() == ["2030-01-01"] * 2
    assert s.place(1, "yield_rate").cell == "E3"
    assert s.evidence_place(1, "yield_rate").cell == "F3"
    assert list(codes(s)) == ["B111"]


def test_every_fault_has_its_cell(book: MakeBook, criteria: CriteriaSet):
    s = read_workbooks(
        [
            book(
                row(trl=11),
                row(id="P-2", yield_rate=140),
                row(id="P-3", hazard="meh"),
                row(id="P-1", trl_evidence="E7"),
                row(id="", title="无编号"),
                row(id="P-6", trl="好"),
            )
        ],
        criteria,
    )
    found = codes(s)
    assert found["V402"] == ["C2", "E3"]
    assert found["V405"] == ["I4"]
    assert found["V414"] == ["D5"]
    assert found["V401"] == ["C7"]
    assert found["R303"] == ["A6"]
    assert found["R304"] == ["2", "5"]
    assert s.ids[4] == "成果!6"


def test_titles_above_notes_and_totals_below(book: MakeBook, criteria: CriteriaSet):
    path = book(
        row(),
        [],
        row(id="P-2"),
        above=[["中试成果汇总表"], [], ["填报单位：某研究院"]],
        below=[["合计", "", 11], [], ["注：数据由申报单位填写"], ["", "填表人：张三"]],
    )
    s = read_workbooks([path], criteria)
    assert s.ids == ("P-1", "P-2")
    found = codes(s)
    assert found["R301"] == ["4"]
    assert found["R302"] == ["10", "11"]
    assert found["R306"] == ["8"]
    assert [f.values for f in s.findings if f.code == "B111"] == [
        {"row": 4, "count": 16, "results": 2}
    ]


def test_several_sheets_hidden_ones_and_others(tmp_path: Path, criteria: CriteriaSet):
    path = write_book(
        tmp_path / "b.xlsx",
        {
            "一": [HEADERS, row()],
            "二": [HEADERS, row(id="P-2")],
            "说明": [["请逐行填写"]],
            "旧": [HEADERS, row(id="P-9")],
        },
    )
    book = openpyxl.load_workbook(path)
    book["旧"].sheet_state = "hidden"
    book.save(path)
    s = read_workbooks([path], criteria)
    assert s.ids == ("P-1", "P-2")
    assert {f.code: f.place.sheet for f in s.findings} == {
        "B111": "二",
        "B109": "说明",
        "B110": "旧",
    }
    assert read_workbooks([path], criteria, ReadingOptions(sheet="旧")).ids == ("P-9",)
    missing = read_workbooks([path], criteria, ReadingOptions(sheet="三"))
    assert [f.code for f in missing.findings] == ["B105"]
    assert "一, 二, 说明, 旧" in missing.findings[0].sentence("en")


def test_error_cells_formulas_without_result_hidden_rows_and_merged_cells(
    tmp_path: Path, criteria: CriteriaSet
):
    path = write_book(tmp_path / "b.xlsx", {"成果": [HEADERS, row(), row(id="P-2"), row(id="P-3")]})
    book = openpyxl.load_workbook(path)
    sheet = book["成果"]
    sheet["C2"] = "=1/0"
    sheet["B2"] = '="硝化" & "工艺"'
    sheet["D3"] = '="E" & 3'
    sheet["C3"] = "#DIV/0!"
    sheet["C3"].data_type = "e"
    sheet.row_dimensions[4].hidden = True
    sheet.merge_cells("O2:O4")
    book.save(path)
    s = read_workbooks([path], criteria)
    found = codes(s)
    assert found["V409"] == ["B2", "D3", "C2"]
    assert found["V408"] == ["C3"]
    assert found["R305"] == ["4"]
    assert found["V415"] == ["O2"]
    assert s.states[:, 0].tolist() == [State.FAULTY, State.FAULTY, State.VALUE]
    assert s.facts["mode"].values.tolist() == ["continuous"] * 3


def test_a_percentage_format_is_looked_up_in_the_file(tmp_path: Path, criteria: CriteriaSet):
    path = write_book(
        tmp_path / "b.xlsx",
        {"成果": [HEADERS, row(yield_rate=0.95), row(id="P-2", yield_rate=0.95)]},
    )
    book = openpyxl.load_workbook(path)
    book["成果"]["E2"].number_format = "0.0%"
    book.save(path)
    s = read_workbooks([path], criteria)
    assert s.values[:, 1].tolist() == [95.0, 0.95]  # the header says %, so the second is 0.95 %
    assert codes(s)["V416"] == ["E2"]


def test_a_missing_required_column_is_told_once_with_likely_headers(
    tmp_path: Path, criteria: CriteriaSet
):
    rows = [
        ["编号", "成果名称", "一次合格率", "安全评估情况"],
        ["P-1", "A", 96, "已完成"],
        ["P-2", "B", 97, "已完成"],
    ]
    s = read_workbooks([write_book(tmp_path / "b.xlsx", {"S": rows})], criteria)
    found = codes(s)
    assert found["H204"] == ["1", "1"]  # TRL and hazard study
    mends = {f.mend("zh") for f in s.findings if f.code == "H204"}
    assert mends == {"补上该列，或说明是哪一列（pilotscore map）"}
    assert found["H202"] == ["D1"]
    assert found["H205"] == ["1"]
    assert found["H206"] == ["1"]


@pytest.mark.parametrize("rows", [[], [["随便写写"]], [["编号", "备注"], ["P-1", "x"]]])
def test_no_table_is_never_a_silent_success(tmp_path: Path, criteria: CriteriaSet, rows: list):
    s = read_workbooks([write_book(tmp_path / "b.xlsx", {"S": rows})], criteria)
    assert len(s) == 0
    assert [f.code for f in s.findings] == ["B107" if rows else "B106"]


def test_a_header_without_results(book: MakeBook, criteria: CriteriaSet):
    s = read_workbooks([book()], criteria)
    assert "B108" in codes(s)


def bomb(path: Path) -> Path:
    source = write_book(path.with_name("source.xlsx"), {"S": [["x"]]})
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        with new.open("xl/media/big.bin", "w", force_zip64=True) as stream:
            for _ in range(900):
                stream.write(b"\0" * 1_000_000)
    return path


def cut(path: Path) -> Path:
    content = write_book(path, {"S": [HEADERS, row()]}).read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return path


def ole(path: Path) -> Path:
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 600
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 600
    )
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda p: p, "B101"),
        (lambda p: (p.write_bytes(b""), p)[1], "B102"),
        (lambda p: (p.write_text("not a zip"), p)[1], "B102"),
        (lambda p: (p.mkdir(), p)[1], "B123"),
        (lambda p: (p.with_suffix(".docx").write_bytes(b"PK"), p.with_suffix(".docx"))[1], "B102"),
        (cut, "B102"),
        (ole, "B103"),
        (bomb, "B104"),
    ],
    ids=["absent", "empty", "text", "folder", "docx", "cut", "encrypted", "bomb"],
)
def test_what_cannot_be_read_is_told_and_costs_that_file_alone(
    tmp_path: Path, book: MakeBook, criteria: CriteriaSet, make, code: str
):
    bad = make(tmp_path / "bad.xlsx")
    s = read_workbooks([bad, book(row())], criteria)
    assert s.ids == ("P-1",)
    assert [f.code for f in s.findings if f.place.file == str(bad)] == [code]
    assert [b.readable for b in s.books] == [False, True]


def test_the_same_file_twice_is_read_once(book: MakeBook, criteria: CriteriaSet):
    path = book(row())
    spelled_otherwise = path.parent / "." / ".." / path.parent.name / path.name
    assert read_workbooks([path, path, spelled_otherwise], criteria).ids == ("P-1",)


def test_dates_and_numbers_as_ids(book: MakeBook, criteria: CriteriaSet):
    s = read_workbooks([book(row(id=20260001), row(id=datetime.date(2026, 1, 1)))], criteria)
    assert s.ids == ("20260001", "2026-01-01")


def test_a_far_cell_costs_nothing_and_ends_nothing(tmp_path: Path, criteria: CriteriaSet):
    path = write_book(tmp_path / "a.xlsx", {"S": [HEADERS, row()]})
    book = openpyxl.load_workbook(path)
    book["S"]["ZZ3000"] = "x"
    book.save(path)
    few = ReadingOptions(limits=Limits(cells=5000))  # a row each, and one long row
    s = read_workbooks([path], criteria, few)
    assert (s.ids[0], s.values[0, 0]) == ("P-1", read_workbooks([path], criteria).values[0, 0])


def test_signs_that_steer_a_terminal_never_get_out(tmp_path: Path, criteria: CriteriaSet):
    """Excel writes them as _x001B_; calamine turns them back into the sign itself."""
    path = write_book(
        tmp_path / "b.xlsx",
        {"S": [HEADERS, row(id="P-_x001B_[31m1", title="a_x001B_[2Jb", trl="_x001B_[0m\u202e七")]},
    )
    s = read_workbooks([path], criteria)
    said = " ".join(
        [
            *s.ids,
            *s.titles,
            *s.written.values(),
            *(f.sentence("zh") + str(f.place) for f in s.findings),
        ]
    )
    assert not any(ord(c) < 32 or c == "\u202e" for c in said)


def test_what_a_message_quotes_is_never_endless(book: MakeBook, criteria: CriteriaSet):
    s = read_workbooks([book(row(trl="很" * 30_000))], criteria)
    assert max(len(f.sentence("zh")) for f in s.findings) < 600
