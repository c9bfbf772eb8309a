from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from pilotscore.workbook.copies.book_part import BookPart
from pilotscore.workbook.copies.earlier import sheets_with_mark
from pilotscore.workbook.copies.findings_sheet import MARK
from pilotscore.workbook.copies.package import Package
from pilotscore.workbook.open.limits import Limits
from tests.conftest import write_book
from tests.workbook.copies.packages import MAIN, book_parts, packed, rels, sheet_part
from tests.workbook.copies.test_annotate import BAD, ODD, annotate, finding


def test_a_copy_that_another_program_saved_is_annotated_again(tmp_path: Path):
    source = write_book(tmp_path / "b.xlsx", {"成果": [["编号", "值"], ["P-1", "abc"]]})
    book = openpyxl.load_workbook(source)
    book["成果"]["B2"].comment = Comment("已核对\n", "张三")
    book.save(source)
    once, saved, twice = (tmp_path / f"{n}.xlsx" for n in ("once", "saved", "twice"))
    annotate(source, [finding(BAD, "成果", 1, 1), finding(BAD, "成果", 1, 0)], once, "en")
    openpyxl.load_workbook(once).save(saved)  # comments are of one piece now
    annotate(saved, [finding(ODD, "成果", 0, 1)], twice, "en")
    after = openpyxl.load_workbook(twice)
    assert after.sheetnames == ["Findings", "成果"]
    sheet = after["成果"]
    assert sheet["B2"].comment.text == "已核对"
    assert sheet["A2"].comment is None
    assert [sheet[c].fill.fill_type for c in ("A2", "B2", "B1")] == [None, None, "solid"]
    assert after["Findings"].max_row == 3


CELLS = {
    "shared": '<c r="A1" t="s"><v>1</v></c>',
    "inline": '<c r="A1" t="inlineStr"><is><r><t>[pilot</t></r><r><t>score] x</t></r></is></c>',
}


def sheet_names(path: Path) -> list[str]:
    package = Package(path.read_bytes(), Limits())
    return [s.name for s in sheets_with_mark(package, BookPart(package), MARK)]


@pytest.mark.parametrize("kind", ["shared", "inline"])
def test_the_mark_is_found_however_the_text_is_written(tmp_path: Path, kind: str):
    rows = f'<!-- x --><row r="1">{CELLS[kind]}</row>'
    other = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    below = '<row r="2"><c r="A2" t="s"><v>1</v></c></row>'
    parts = book_parts(*map(sheet_part, (other, rows, below)))
    parts["xl/sharedStrings.xml"] = (
        f'<sst xmlns="{MAIN}"><si xml:space="preserve"/>'
        "<si><r><t>[pilot</t></r><r><rPr/><t>score] list</t></r></si><si><t>z</t></si></sst>"
    )
    parts["xl/_rels/workbook.xml.rels"] = rels(
        **{f"rId{i}": ("worksheet", f"worksheets/sheet{i}.xml") for i in (1, 2, 3)},
        s=("sharedStrings", "sharedStrings.xml"),
    )
    assert sheet_names(packed(tmp_path / "b.xlsx", parts)) == ["名单"]


def test_there_is_no_mark(tmp_path: Path):
    shared = sheet_part('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    assert sheet_names(packed(tmp_path / "a.xlsx", book_parts(shared, sheet_part("")))) == []
