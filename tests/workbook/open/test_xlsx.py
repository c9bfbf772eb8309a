"""An .xlsx file as a whole: parts wherever they lie, formulas nobody calculated, what is told."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from pilotscore.workbook.open.sheets import Book, UnreadableBookError, open_book
from tests.workbook.open.xlsx_parts import parts, relations, styles, workbook, worksheet, write

ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


def codes(book: Book) -> list[str]:
    return [f.code for f in book.findings]


def unreadable(path: Path) -> str:
    with pytest.raises(UnreadableBookError) as caught:
        open_book(path)
    return caught.value.finding.sentence("en")


@pytest.mark.parametrize("part", ["xl/sheet1.xml", "s", "XL/Worksheets/Sheet1.XML", "a/b/c.xml"])
def test_a_sheet_is_read_with_its_notes_wherever_it_lies(tmp_path: Path, part: str):
    contents = parts("", **{"xl/styles.xml": styles("0%")})
    contents["xl/_rels/workbook.xml.rels"] = relations(
        {"s1": ("worksheet", f"/{part}"), "s2": ("styles", "Styles.XML")}
    )
    del contents["xl/worksheets/sheet1.xml"]
    contents[part] = worksheet(
        '<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1"><f>A2</f></c>'
        '<c r="C1" s="1"><v>0.95</v></c></row>',
        after='<mergeCells><mergeCell ref="A2:B2"/></mergeCells>',
    )
    book = open_book(write(tmp_path / "a.xlsx", contents))
    (sheet,) = book.sheets
    assert (sheet.notes.error_cells, sheet.notes.unsaved_formulas) == (
        {(0, 0): "#DIV/0!"},
        {(0, 1)},
    )
    form = sheet.notes.formats.at(0, 2)
    assert form is not None
    assert (form.percent, sheet.rows[0][2], sheet.merged) == (True, 0.95, (((1, 0), (1, 1)),))
    assert codes(book) == []


def test_a_long_formula_hides_no_error(tmp_path: Path):
    formula = "IF(A1=1,2," * 100 + "3" + ")" * 100
    rows = f'<row r="1"><c r="A1" t="e"><f>{formula}</f><v>#N/A</v></c></row>'
    book = open_book(write(tmp_path / "a.xlsx", parts(rows)))
    assert book.sheets[0].notes.error_cells == {(0, 0): "#N/A"}


@pytest.mark.parametrize(
    ("cell", "unsaved"),
    [
        ("<c r='A1'><f>1+1</f></c>", True),
        ("<c r='A1'><f>1+1</f><v/></c>", True),
        ("<c r='A1' t='str'><f>1+1</f></c>", True),
        ("<c r='A1' t='str'><f>A2</f></c>", True),
        ("<c r='A1' t='b'><f>A2</f></c>", True),
        ("<c r='A1' t='e'><f>A2</f></c>", True),
        ("<c r='A1'><f><![CDATA[A1+1]]></f></c>", True),
        ("<c r='A1'><v></v><f>A2</f></c>", True),
        ("<c r='A1' t='str'><f>1+1</f><v></v></c>", True),
        ("<c r='A1' t='str'><f>A2&amp;A3</f><v></v></c>", False),
        ("<c r='A1' t='str'><f>IF(A2,A3,\"\")</f><v></v></c>", False),
        ("<c r='A1'><v>2</v><f>1+1</f></c>", True),
        ("<c r='A1'><f>1+1</f><v>0</v></c>", False),
    ],
)
def test_formulas_without_a_stored_result(tmp_path: Path, cell: str, unsaved: bool):
    book = open_book(write(tmp_path / "a.xlsx", parts(f'<row r="1">{cell}</row>')))
    assert bool(book.sheets[0].notes.unsaved_formulas) is unsaved


def test_all_cells_of_an_array_without_result(tmp_path: Path):
    rows = '<row r="1"><c r="A1"><f t="array" ref="A1:A3">B1:B3</f></c></row>'
    book = open_book(write(tmp_path / "a.xlsx", parts(rows)))
    assert book.sheets[0].notes.unsaved_formulas == {(0, 0), (1, 0), (2, 0)}


def test_a_writer_that_never_calculates(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=50+45")
        sheet.write_formula("B1", "=50+45", None, 95)
        sheet.write_number("C1", 0)
    read = open_book(path)
    assert read.sheets[0].notes.uncalculated == {(0, 0)}
    assert read.sheets[0].rows[0] == ["", 95.0, 0.0]
    (finding,) = read.findings
    assert (finding.code, finding.values["count"]) == ("B147", 1)


def test_a_stored_0_is_a_result_where_somebody_calculated(tmp_path: Path):
    rows = '<row r="1"><c r="A1"><f>1-1</f><v>0</v></c></row>'
    book = open_book(write(tmp_path / "a.xlsx", parts(rows)))
    assert (book.sheets[0].rows, book.sheets[0].notes.without_result) == ([[0.0]], frozenset())


@pytest.mark.parametrize("first", ["yyyy-mm-dd", "0.0%"])
def test_formats_are_those_of_the_file_whatever_was_read_before_it(tmp_path: Path, first: str):
    rows = '<row r="1"><c r="A1" s="1"><v>0.5</v></c></row>'
    second = {"yyyy-mm-dd": "0.0%", "0.0%": "yyyy-mm-dd"}[first]
    for code in (first, second, first):
        contents = parts(rows)
        contents["xl/styles.xml"] = styles(code)
        book = open_book(write(tmp_path / "a.xlsx", contents))
        form = book.sheets[0].notes.formats.at(0, 0)
        assert (form.code if form else None) == ("0.0%" if code == "0.0%" else None)


def test_results_from_before_a_change_count_and_are_told(tmp_path: Path):
    rows = '<row r="1"><c r="A1"><f>1-1</f><v>0</v></c><c r="B1"><f>1</f><v>1</v></c></row>'
    contents = parts(rows)
    contents["xl/workbook.xml"] = workbook({"s1": "S"}, extra='<calcPr calcId="0"/>')
    book = open_book(write(tmp_path / "a.xlsx", contents))
    assert (book.sheets[0].rows, book.sheets[0].notes.without_result) == ([[0.0, 1.0]], frozenset())
    assert [(f.code, f.values["count"]) for f in book.findings] == [("B147", 2)]


def test_a_sheet_that_the_workbook_lists_and_does_not_hold(tmp_path: Path):
    contents = parts(ROW)
    contents["xl/workbook.xml"] = workbook({"s1": "S", "nowhere": "甲"})
    book = open_book(write(tmp_path / "a.xlsx", contents))
    assert [s.name for s in book.sheets] == ["S"]
    assert [(f.code, f.place.sheet) for f in book.findings] == [("B145", "甲")]


def test_charts_are_no_sheets(tmp_path: Path):
    contents = parts(ROW)
    contents["xl/workbook.xml"] = workbook({"s1": "S", "c": "图"})
    contents["xl/_rels/workbook.xml.rels"] = relations(
        {"s1": ("worksheet", "worksheets/sheet1.xml"), "c": ("chartsheet", "chartsheets/1.xml")}
    )
    book = open_book(write(tmp_path / "a.xlsx", contents))
    assert ([s.name for s in book.sheets], codes(book)) == (["S"], [])


@pytest.mark.parametrize("content", [None, "<styleSheet>"])
def test_formats_that_cannot_be_read_are_told(tmp_path: Path, content: str | None):
    contents = parts(ROW)
    if content is None:
        del contents["xl/styles.xml"]
    else:
        contents["xl/styles.xml"] = content
    assert codes(open_book(write(tmp_path / "a.xlsx", contents))) == ["B146"]


@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData>", "sheet1.xml cannot be read"),
        ("xl/sharedStrings.xml", "<sst><si>", "sharedStrings.xml cannot be read"),
        ("xl/workbook.xml", "<workbook>", "xl/workbook.xml cannot be read"),
        ("xl/workbook.xml", None, "xl/workbook.xml cannot be read (there is no such part)"),
        ("_rels/.rels", "<a>", "_rels/.rels cannot be read"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, part: str, content: str | None, said: str):
    contents = parts(ROW)
    if content is None:
        del contents[part]
    else:
        contents[part] = content
    assert said in unreadable(write(tmp_path / "a.xlsx", contents))


def test_a_reference_to_a_text_that_there_is_not(tmp_path: Path):
    contents = parts('<row r="1"><c r="A1" t="s"><v>3</v></c></row>')
    del contents["xl/sharedStrings.xml"]
    assert "the shared text 3, of which there are 0" in unreadable(
        write(tmp_path / "a.xlsx", contents)
    )


def test_what_stands_under_merged_cells_is_not_seen(tmp_path: Path):
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
    contents = parts("")
    contents["xl/worksheets/sheet1.xml"] = worksheet(
        rows, after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    )
    assert open_book(write(tmp_path / "a.xlsx", contents)).sheets[0].rows == [[1.0, "", 3.0]]


def test_comments_and_filters_of_tables(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_comment("B2", "核对")
        sheet.add_table("A1:B4", {"columns": [{"header": "a"}, {"header": "b"}]})
        sheet.set_row(2, None, None, {"hidden": True})
    notes = open_book(path).sheets[0].notes
    assert (notes.comments[1, 1], notes.hidden_rows, notes.filtered) == ("核对", {2}, True)


def test_dates_of_both_epochs(tmp_path: Path):
    for epoch in (openpyxl.utils.datetime.WINDOWS_EPOCH, openpyxl.utils.datetime.CALENDAR_MAC_1904):
        book = openpyxl.Workbook()
        book.epoch = epoch
        book.active["A1"] = datetime.date(2026, 5, 1)
        book.active["B1"] = datetime.datetime(2026, 5, 1, 8, 30)
        book.save(tmp_path / "a.xlsx")
        row = open_book(tmp_path / "a.xlsx").sheets[0].rows[0]
        assert row == [datetime.date(2026, 5, 1), datetime.datetime(2026, 5, 1, 8, 30)]


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        ("1", True),
        ("0", False),
        ("true", True),
        ("false", False),
        ("TRUE", True),
        ("False", False),
        (" 1 ", True),
        ("2", "2"),
        ("yes", "yes"),
    ],
)
@pytest.mark.parametrize("quote", ['"', "'"])
def test_truth_values(tmp_path: Path, stored: str, value: bool | str, quote: str):
    cell = f"<c r={quote}A1{quote} t={quote}b{quote}><v>{stored}</v></c>"
    book = open_book(write(tmp_path / "a.xlsx", parts(f'<row r="1">{cell}</row>')))
    assert book.sheets[0].rows == [[value]]


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("UTF-8", "utf-8"),
        ("utf8", "utf-8"),
        ("UTF-16", "utf-16"),
        ("GBK", "gbk"),
        ("gb2312", "gbk"),
        ("GB18030", "gb18030"),
        ("Big5", "big5"),
    ],
)
def test_a_part_in_any_encoding_that_it_states(tmp_path: Path, name: str, codec: str):
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>一二</t></is></c><c r="B1" t="e"><v>#N/A</v></c></row>'
    contents = parts("")
    sheet = worksheet(rows).replace("UTF-8", name)
    contents["xl/worksheets/sheet1.xml"] = sheet.encode(codec)
    (read,) = open_book(write(tmp_path / "a.xlsx", contents)).sheets
    assert (read.rows, read.notes.error_cells) == ([["一二", ""]], {(0, 1): "#N/A"})


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("x-none", "utf-8"),
        ("rot13", "utf-8"),
        ("zip", "utf-8"),
        ("GBK", "utf-16-le"),
        ("UCS-2", "utf-16"),
    ],
)
def test_a_part_in_an_encoding_that_is_not_known_or_is_not_that_one(
    tmp_path: Path, name: str, codec: str
):
    contents = parts("")
    contents["xl/worksheets/sheet1.xml"] = worksheet(ROW).replace("UTF-8", name).encode(codec)
    assert "xl/worksheets/sheet1.xml cannot be read" in unreadable(
        write(tmp_path / "a.xlsx", contents)
    )


@pytest.mark.parametrize("dynamic", [False, True])
def test_a_formula_of_an_array_that_nobody_calculated(tmp_path: Path, dynamic: bool):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        put = sheet.write_dynamic_array_formula if dynamic else sheet.write_array_formula
        put("B1:C3", "=A1:A3*2")
        sheet.write_column("A1", [1, 2, 0])
        sheet.write_column("D1", [0, 0, 5])
        sheet.write("C2", 7)  # written over, and so no part of the array
    (read,) = open_book(tmp_path / "a.xlsx").sheets
    assert read.notes.uncalculated == {(r, c) for r in range(3) for c in (1, 2)} - {(1, 2)}
    assert read.rows == [[1.0, "", "", 0.0], [2.0, "", 7.0, 0.0], [0.0, "", "", 5.0]]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" s="1"><v>&#48;.95</v></c>',
        '<c r="A1" s="1"><v>0.9&#x35;</v></c>',
        '<c r="A1" s="1"><v>0.95</v><extLst><ext><y:v xmlns:y="u">3</y:v></ext></extLst></c>',
    ],
)
def test_numbers_that_are_written_oddly(tmp_path: Path, cell: str):
    contents = parts(f'<row r="1">{cell}</row>', **{"xl/styles.xml": styles("0%")})
    assert open_book(write(tmp_path / "a.xlsx", contents)).sheets[0].rows == [[0.95]]


def test_rows_behind_the_end_of_the_rows_are_read(tmp_path: Path):
    rows = f'{ROW}</sheetData><sheetData><row r="2"><c r="A2"><v>2</v></c></row>'
    book = open_book(write(tmp_path / "a.xlsx", parts(rows)))
    assert book.sheets[0].rows == [[1.0], [2.0]]


@pytest.mark.parametrize(
    ("program", "stored", "uncalculated"),
    [
        ("Apache POI", ["0.0", "0.0"], True),
        ("Apache POI", ["0.0", "2.5"], False),
        ("Apache POI", ["0", "0"], False),
        ("Microsoft Excel", ["0.0", "0.0"], False),
    ],
)
def test_zeros_of_a_writer_that_calculates_nothing(
    tmp_path: Path, program: str, stored: list[str], uncalculated: bool
):
    cells = "".join(
        f'<c r="{c}1"><f>A2</f><v>{v}</v></c>' for c, v in zip("AB", stored, strict=True)
    )
    contents = parts(f'<row r="1">{cells}<c r="C1"><v>0.0</v></c></row>')
    contents["_rels/.rels"] = relations(
        {
            "r1": ("officeDocument", "xl/workbook.xml"),
            "r2": ("extended-properties", "docProps/app.xml"),
        }
    )
    contents["docProps/app.xml"] = f"<Properties><Application>{program}</Application></Properties>"
    (sheet,) = open_book(write(tmp_path / "a.xlsx", contents)).sheets
    assert sheet.notes.uncalculated == ({(0, 0), (0, 1)} if uncalculated else set())
    assert sheet.rows == [["", "", 0.0] if uncalculated else [*map(float, stored), 0.0]]
