"""A document as a workbook."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from pilotscore.document import Axis, Chart, Column, Document, Series, Sheet, Table
from pilotscore.language import LANGS, Lang, Text, same
from pilotscore.render.xlsx import write_xlsx
from pilotscore.workbook.open.xlsx import REPORT_MARK


@pytest.mark.parametrize("lang", LANGS)
def test_sheets_with_notes_tables_and_charts(small: Document, tmp_path: Path, lang: Lang):
    write_xlsx(small, tmp_path / "a.xlsx", lang)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.properties.category == REPORT_MARK
    assert book.properties.title == {"zh": "pilotscore: 小文档", "en": "pilotscore: Small"}[lang]
    first, second, _ = book.worksheets
    assert first.title == {"zh": "成果", "en": "Result"}[lang]
    assert first["A1"].value == {"zh": "注意：成果；比例", "en": "Note: Result; Share"}[lang]
    assert first["A2"].value == {"zh": "成果", "en": "Result"}[lang]
    assert first["C3"].number_format == "0.0%"
    assert (first["A4"].value, first["A4"].data_type) == ('=1+1 | "b"\n*c* <d>', "s")  # no formula
    assert [first[f"{x}4"].value for x in "CDE"] == [None, "∞", None]
    assert (first.freeze_panes, first.auto_filter.ref) == ("B3", "A2:E4")
    assert first.page_setup.paperSize == 9
    assert first.page_setup.orientation == "landscape"
    assert first.print_title_rows == "$2:$2"
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


def test_the_last_sheet_is_the_table_with_nothing_but_its_values(small: Document, tmp_path: Path):
    write_xlsx(small, tmp_path / "a.xlsx", "en")
    data = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[-1]
    rows = list(data.iter_rows(values_only=True))
    assert rows[0] == ("成果 Result", "等级 Grade", "比例 Share", "金额 Sum", "指数 Index")
    assert rows[1] == ("a name", "A", 0.256, 1234.5, 71.04)
    assert not data.merged_cells.ranges
    assert not list(data.conditional_formatting)
    assert {c.fill.fill_type for r in data.iter_rows() for c in r} == {None}
    assert data.auto_filter.ref == "A1:E3"


def test_headings_of_the_data_are_told_apart(tmp_path: Path):
    columns = (Column("a", same("Share")), Column("b", same("Share")))
    write_xlsx(
        Document(same("t"), table=lambda: Table(columns, [[1, 2]])), tmp_path / "a.xlsx", "en"
    )
    data = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[-1]
    assert [c.value for c in data[1]] == ["Share", "Share b"]


def test_what_is_printed_is_chosen_and_the_data_has_all(tmp_path: Path):
    whole = Table(tuple(Column(k, same(k)) for k in "abc"), [[1, 2, 3]])
    sheet = Sheet(same("s"), (whole,), printed=("c", "none", "a"))
    document = Document(same("t"), sheets=lambda: [sheet], table=lambda: whole)
    write_xlsx(document, tmp_path / "a.xlsx", "en")
    shown, data = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets
    assert list(shown.iter_rows(values_only=True)) == [("c", "a"), (3, 1)]
    assert list(data.iter_rows(values_only=True)) == [("a", "b", "c"), (1, 2, 3)]


def test_pages_have_title_number_day_and_digest_at_their_foot(tmp_path: Path):
    sheet = Sheet(same("s"), (Table((Column("a", same("a")),), [[1]]),))
    document = Document(
        same("R & D"), "1.2", "2026-11-30", digest="0123456789abcdef99", sheets=lambda: [sheet]
    )
    write_xlsx(document, tmp_path / "a.xlsx", "en")
    foot = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0].oddFooter
    assert foot.left.text.strip() == "R && D"
    assert foot.center.text.split() == ["&P", "/", "&N"] or "&[Page]" in foot.center.text
    assert foot.right.text.strip() == "2026-11-30 · pilotscore 1.2 · 0123456789abcdef"


@pytest.mark.parametrize(
    ("amounts", "look"), [([1.0, 2500], "#,##0"), ([1.5, None], "#,##0.0#"), ([None], "#,##0")]
)
def test_whole_amounts_have_no_decimals(tmp_path: Path, amounts: list[float | None], look: str):
    table = Table((Column("a", same("a"), "amount"),), [[x] for x in amounts])
    write_xlsx(
        Document(same("t"), sheets=lambda: [Sheet(same("s"), (table,))]), tmp_path / "a.xlsx", "en"
    )
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]["A2"].number_format == look


def test_columns_that_do_not_fit_go_on_further_pages_with_the_first_repeated(tmp_path: Path):
    columns = [Column("id", same("ID"), width=12)]
    columns += [Column(f"c{n}", same(f"{'word' * 3} {n}"), "score") for n in range(40)]
    table = Table(tuple(columns), [["P-1", *range(40)]])
    sheet = Sheet(same("s"), (same("a note"), table), freeze=1)
    write_xlsx(Document(same("t"), sheets=lambda: [sheet]), tmp_path / "a.xlsx", "en")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert page["A1"].value is None  # what further pages repeat has no part of a note
    assert page["B1"].value == "a note"
    first_break = min(b.id for b in page.col_breaks.brk)
    assert all(r.max_col <= first_break for r in page.merged_cells.ranges)
    assert page.print_title_cols == "$A:$A"
    assert page.print_title_rows == "$2:$2"
    assert page.page_setup.scale >= 60
    assert len(page.col_breaks.brk) >= 2


def test_no_heading_of_the_data_is_cut(tmp_path: Path):
    heading = Text("指数（不计证据上限）", "Index without caps of evidence")
    table = Table((Column("a", heading, "score", 5), Column("b", same("ID"))), [[1.0, "x"]])
    write_xlsx(Document(same("t"), table=lambda: table), tmp_path / "a.xlsx", "en")
    data = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[-1]
    assert data.column_dimensions["A"].width > len(str(data["A1"].value)) + 10  # wide ones twice
    assert not data["A1"].alignment.wrap_text
    assert data.column_dimensions["B"].width < 12


def test_each_category_of_a_chart_has_its_label_where_that_is_asked_for(tmp_path: Path):
    table = Table((Column("a", same("a")), Column("n", same("n"), "rank")), [["x", 1], ["y", 2]])
    bars = (Series(same("n"), values="n", categories="a", look="bars"),)
    charts = [Chart("bar", same("c"), bars, y=Axis(all_named=x)) for x in (True, False)]
    sheet = Sheet(same("s"), (table, *charts))
    write_xlsx(Document(same("t"), sheets=lambda: [sheet]), tmp_path / "a.xlsx", "en")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as z:
        named, plain = (z.read(f"xl/charts/chart{n}.xml").decode() for n in (1, 2))
    assert '<c:tickLblSkip val="1"/>' in named
    assert "tickLblSkip" not in plain
