"""A text that is an error is one in every format, whatever wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwt

from pilotscore.criteria import load_criteria
from pilotscore.workbook import read_workbooks
from pilotscore.workbook.open.sheets import open_book
from pilotscore.workbook.values.error_texts import ERRORS, with_written_errors
from tests.conftest import HEADERS, row
from tests.workbook.making import ods
from tests.workbook.open.xlsx_parts import parts, write

INLINE = '<c r="A1" t="inlineStr"><is><t>{}</t></is></c>'
FORMULA = '<c r="A1" t="str"><f>B1</f><v>{}</v></c>'
SHARED = '<c r="A1" t="s"><v>0</v></c>'


def made(path: Path, text: str) -> Path:
    """Write a file whose first cell is a text, in the format of its name."""
    if path.suffix == ".csv":
        path.write_text(f"{text},1\n", encoding="utf-8")
    elif path.suffix == ".ods":
        ods(path, [[text, 1]])
    elif path.suffix == ".xls":
        book = xlwt.Workbook()
        sheet = book.add_sheet("S")
        sheet.write(0, 0, text)
        sheet.write(0, 1, 1)
        book.save(str(path))
    else:
        cell = {"inline": INLINE, "formula": FORMULA, "shared": SHARED}[path.stem].format(text)
        contents = parts(f'<row r="1">{cell}<c r="B1"><v>1</v></c></row>')
        strings = str(contents["xl/sharedStrings.xml"]).replace(
            "/>", f"><si><t>{text}</t></si></sst>"
        )
        write(path, {**contents, "xl/sharedStrings.xml": strings})
    return path


@pytest.mark.parametrize(
    "name", ["a.csv", "a.ods", "a.xls", "inline.xlsx", "formula.xlsx", "shared.xlsx"]
)
@pytest.mark.parametrize("text", ["#N/A", "#DIV/0!", "#SPILL!", "Err:502"])
def test_in_every_format(tmp_path: Path, name: str, text: str):
    (sheet,) = with_written_errors(open_book(made(tmp_path / name, text))).sheets
    assert sheet.rows[0][0] == ""
    assert sheet.notes.error_cells == {(0, 0): text}


@pytest.mark.parametrize("text", ["#N/A!", "N/A", "#1", "# N/A", "见 #REF!", "Err:1"])
def test_other_texts_are_texts(tmp_path: Path, text: str):
    book = open_book(made(tmp_path / "inline.xlsx", text))
    assert with_written_errors(book) is book
    assert book.sheets[0].rows[0][0] == text


@pytest.mark.parametrize("column", [0, 1, 2, 3, 5, 8, 14, 15])
def test_each_kind_of_column_tells_it(tmp_path: Path, mini: Path, column: int):
    cells = [str(x) for x in row()]
    cells[column] = "#N/A"
    path = tmp_path / "a.csv"
    lines = (",".join(HEADERS), ",".join(cells))
    path.write_text("\n".join(lines), encoding="utf-8")
    read = read_workbooks([path], load_criteria(mini).criteria)
    assert [f.place.cell for f in read.findings if f.code == "V408"] == [f"{chr(65 + column)}2"]


def test_each_is_as_it_is_written():
    assert all(error.strip() == error for error in ERRORS)
