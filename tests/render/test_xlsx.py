"""A document as a workbook."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from pilotscore.document import Document
from pilotscore.language import LANGS, Lang
from pilotscore.render.xlsx import write_xlsx
from pilotscore.workbook.open.xlsx import REPORT_MARK


@pytest.mark.parametrize("lang", LANGS)
def test_sheets_with_notes_tables_and_charts(small: Document, tmp_path: Path, lang: Lang):
    write_xlsx(small, tmp_path / "a.xlsx", lang)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.properties.category == REPORT_MARK
    assert book.properties.title == {"zh": "pilotscore: 小文档", "en": "pilotscore: Small"}[lang]
    first, second = book.worksheets
    assert first.title == {"zh": "成果", "en": "Result"}[lang]
    assert first["A1"].value == {"zh": "注意：成果；比例", "en": "Note: Result; Share"}[lang]
    assert first["A2"].value == {"zh": "成果", "en": "Result"}[lang]
    assert first["C3"].number_format == "0.0%"
    assert (first["A4"].value, first["A4"].data_type) == ('=1+1 | "b"\n*c* <d>', "s")  # no formula
    assert [first[f"{x}4"].value for x in "CDE"] == [None, "∞", None]
    assert (first.freeze_panes, first.auto_filter.ref) == ("B3", "A2:E4")
    assert first.page_setup.paperSize == 8
    assert first.print_area == f"'{first.title}'!$A$1:$C$4"
    assert len(first._charts) == 1
    assert [r[0].value for r in second.iter_rows()] == ["a.b.1", "a.b.2", "c"]


def test_grades_and_shares_have_their_colours(small: Document, tmp_path: Path):
    write_xlsx(small, tmp_path / "a.xlsx", "en")
    rules = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0].conditional_formatting
    kinds = {str(r.sqref): [x.type for x in r.rules] for r in rules}
    assert kinds == {"B3:B4": ["cellIs", "cellIs"], "C3:C4": ["colorScale"]}


def test_a_chart_is_of_the_cells_of_its_table(small: Document, tmp_path: Path):
    write_xlsx(small, tmp_path / "a.xlsx", "en")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as z:
        chart = z.read("xl/charts/chart1.xml").decode()
    assert "Result!$A$3:$A$4" in chart
    assert "Result!$C$3:$C$4" in chart


def test_the_same_bytes_twice(small: Document, tmp_path: Path):
    for name in "ab":
        write_xlsx(small, tmp_path / f"{name}.xlsx", "zh")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
