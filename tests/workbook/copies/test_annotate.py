from __future__ import annotations

import datetime
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from pilotscore.errors import UsageError
from pilotscore.findings import Finding, Kind, Place
from pilotscore.language import Lang, Text, Words
from pilotscore.runs import assess as assess_run
from pilotscore.workbook import Limits
from pilotscore.workbook.copies import copies, findings_sheet
from pilotscore.workbook.copies.annotate import annotated
from tests.conftest import AS_OF, HEADERS, row, write_book

BAD = Kind(
    "V401",
    "error",
    Text("“{text}”不是数值", "“{text}” is not a number"),
    Text("数值", "a number"),
    Text("填数值", "enter a number"),
)
ODD = Kind("V412", "warning", Text("“{text}”按空白", "“{text}” was taken for blank"))
NOTE = Kind("V411", "info", Text("读作 {text}", "read as {text}"))
RED, AMBER = "FFFFC7CE", "FFFFE8B3"
ROUND = "成果 '2026'"


def annotate(
    source: Path, findings: list[Finding], out: Path, lang: Lang, limits: Limits | None = None
) -> tuple[Words, ...]:
    """Write an annotated copy as the command does; return what there is to say of it."""
    copies.refuse_ending(source, out)
    copy = annotated(source, findings, lang, limits)
    copy.write(out)
    return (*copy.lost, *copy.notes)


def finding(kind: Kind, sheet: str | None, *cell: int | None, text: str = "abc") -> Finding:
    row_, column = cell or (None, None)
    return Finding(kind, Place("b.xlsx", sheet, row_, column), {"text": text})


def marked(source: Path, *findings: Finding, lang: Lang = "en") -> Any:
    out = source.with_name("out" + source.suffix)
    annotate(source, list(findings), out, lang)
    return openpyxl.load_workbook(out, rich_text=True)


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    """Return a workbook that has a bit of everything which must stay."""
    path = write_book(
        tmp_path / "b.xlsx",
        {
            ROUND: [["申报表"], HEADERS, row(), row(id="P-2", trl="abc"), row(id="P-3")],
            "说明": [["x"]],
        },
    )
    book = openpyxl.load_workbook(path)
    sheet = book[ROUND]
    side = Side("thick", color="FF00AA00")
    sheet["C4"].font = Font(bold=True, italic=True, color="FF0000FF", name="SimSun", size=13)
    sheet["C4"].border = Border(left=side, bottom=side)
    sheet["C4"].number_format = "0.00%"
    sheet["C4"].alignment = Alignment(horizontal="right", textRotation=30)
    sheet["C4"].comment = Comment("已核对", "张三")
    sheet["D3"].comment = Comment("look at this", "Li")
    sheet["G3"] = "=SUM(G4:G5)"
    sheet["B5"] = "=text that begins so"
    sheet["B5"].data_type = "s"
    sheet["P3"].number_format = "yyyy/mm/dd"
    sheet.merge_cells("A1:H1")
    sheet.merge_cells("I4:I5")
    sheet.column_dimensions["B"].width = 33
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[5].hidden = True
    sheet.row_dimensions[1].height = 40
    sheet.freeze_panes = "C3"
    sheet.print_area = "A1:P5"
    sheet.print_title_rows = "2:2"
    sheet.page_setup.orientation = "landscape"
    sheet.protection.sheet = True
    sheet.auto_filter.ref = "A2:P5"
    validation = DataValidation(type="list", formula1='"是,否"')
    validation.add("K3:K50")
    sheet.add_data_validation(validation)
    red = PatternFill("solid", bgColor="FFFF0000")
    sheet.conditional_formatting.add(
        "E3:E9", CellIsRule(operator="lessThan", formula=["5"], fill=red)
    )
    book.defined_names["产率"] = DefinedName("产率", attr_text="'成果 ''2026'''!$E$3:$E$5")
    book["说明"].sheet_state = "hidden"
    book.save(path)
    return path


def looks(cell: Any) -> tuple[Any, ...]:
    return (cell.font, cell.border, cell.number_format, cell.alignment, cell.protection)


def all_but_fills(book: Any) -> dict[str, Any]:
    """Return what a workbook holds, without fills, comments and the list of findings."""
    found: dict[str, Any] = {"names": {n: d.attr_text for n, d in book.defined_names.items()}}
    for sheet in book.worksheets:
        if str(sheet["A1"].value).startswith("[pilotscore]"):
            continue
        cells = {
            c.coordinate: (c.value, c.data_type, *map(repr, looks(c)))
            for r in sheet.iter_rows()
            for c in r
        }
        found[sheet.title] = {
            "cells": {k: v for k, v in cells.items() if v[0] is not None},
            "merged": sorted(map(str, sheet.merged_cells.ranges)),
            "widths": {k: (d.width, d.hidden) for k, d in sheet.column_dimensions.items()},
            "rows": {
                k: (d.height, d.hidden)
                for k, d in sheet.row_dimensions.items()
                if d.height or d.hidden
            },
            "validations": [
                (str(v.sqref), v.type, v.formula1) for v in sheet.data_validations.dataValidation
            ],
            "conditional": [
                (str(c.sqref), [r.formula for r in c.rules]) for c in sheet.conditional_formatting
            ],
            "frozen": sheet.freeze_panes,
            "print": (sheet.print_area, sheet.print_title_rows, sheet.page_setup.orientation),
            "state": (sheet.sheet_state, sheet.protection.sheet, sheet.auto_filter.ref),
        }
    return found


@pytest.mark.slow
def test_a_faulty_cell_is_filled_and_commented_and_keeps_its_looks(rich: Path):
    before = openpyxl.load_workbook(rich)[ROUND]["C4"]
    book = marked(rich, finding(BAD, ROUND, 3, 2))
    cell = book[ROUND]["C4"]
    assert cell.fill.fgColor.rgb == RED
    assert tuple(map(repr, looks(cell))) == tuple(map(repr, looks(before)))
    assert cell.comment.text == (
        "已核对\n\n[pilotscore]\nerror V401 “abc” is not a number\nexpected: a number\nmend: enter a number"
    )
    assert cell.comment.author == "张三"
    assert book[ROUND]["D3"].comment.text == "look at this"


def test_severities_and_places(rich: Path):
    book = marked(
        rich,
        finding(ODD, ROUND, 2, 4, text="-"),
        finding(ODD, ROUND, 2, 6), finding(BAD, ROUND, 2, 6),
        finding(NOTE, ROUND, 2, 8),
        finding(ODD, ROUND, 3, None),  # a row alone
        finding(ODD, ROUND, None, 9),  # a column alone
        finding(BAD, ROUND, 4, 8),  # covered by I4:I5
        finding(BAD, ROUND), finding(BAD, None), finding(BAD, "no such sheet", 1, 1),
    )  # fmt: skip
    sheet = book[ROUND]
    fills = {
        c.coordinate: c.fill.fgColor.rgb for r in sheet.iter_rows() for c in r if c.fill.fill_type
    }
    assert fills == {"E3": AMBER, "G3": RED, "A4": AMBER, "J2": AMBER, "I4": RED}
    assert sheet["E3"].comment.author == "pilotscore"
    assert "warning V412" in sheet["G3"].comment.text
    assert "error V401" in sheet["G3"].comment.text
    listed = book.worksheets[0]
    assert listed.max_row == 2 + 10
    links = [c.hyperlink.location if c.hyperlink else None for c in listed["C"][2:]]
    quoted = "'成果 ''2026'''!"
    assert links[:4] == [quoted + c for c in ("E3", "G3", "G3", "I3")]
    assert links[4:] == [quoted + c for c in ("A4", "J2", "I4", "A1")] + [None, None]


@pytest.mark.parametrize(("lang", "title"), [("zh", "检查结果"), ("en", "Findings")])
def test_the_list_stands_first_and_the_workbook_opens_on_it(rich: Path, lang: Lang, title: str):
    book = openpyxl.load_workbook(rich)
    book.create_sheet(title)
    for sheet in book.worksheets[:2]:
        sheet.sheet_view.tabSelected = True
    book.active = 1
    book.save(rich)
    copy = marked(rich, finding(BAD, ROUND, 3, 2), lang=lang)
    first = copy.worksheets[0]
    assert first.title == f"{title} 2"
    assert copy.active is first
    selected = [bool(s.sheet_view.tabSelected) for s in copy.worksheets]
    assert selected == [True, False, False, False]
    assert (first.freeze_panes, first.auto_filter.ref) == ("A3", "A2:F3")


def test_no_more_links_and_rows_than_a_sheet_takes(rich: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(findings_sheet, "MOST_LINKS", 4)
    monkeypatch.setattr(findings_sheet, "MOST_ROWS", 3)
    listed = marked(rich, *(finding(BAD, ROUND, 3, c) for c in range(5))).worksheets[0]
    assert listed.max_row == 2 + 3
    assert [bool(c.hyperlink) for c in listed["C"][2:]] == [True, True, False]
    assert "error 5" in listed["A1"].value


def test_everything_else_stays_as_it_was(rich: Path):
    before = all_but_fills(openpyxl.load_workbook(rich, rich_text=True))
    content = rich.read_bytes()
    after = all_but_fills(marked(rich, finding(BAD, ROUND, 3, 2), finding(ODD, "说明", 0, 0)))
    assert after == before
    assert rich.read_bytes() == content


@pytest.mark.slow
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_is_marked_the_rest_stays(tmp_path: Path, data: st.DataObject):
    text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
    value = st.one_of(st.none(), text, st.integers(-10**9, 10**9), st.booleans(),
                      st.floats(-1e9, 1e9), st.dates(datetime.date(1950, 1, 1)))  # fmt: skip
    rows = data.draw(st.lists(st.lists(value, max_size=5), min_size=1, max_size=6))
    source = write_book(tmp_path / "b.xlsx", {"S": rows})
    kind, spot = st.sampled_from([BAD, ODD, NOTE]), st.integers(0, 7) | st.none()
    places = data.draw(st.lists(st.tuples(kind, spot, spot, text), max_size=6))
    before = all_but_fills(openpyxl.load_workbook(source, rich_text=True))
    copy = marked(source, *(finding(k, "S", r, c, text=t) for k, r, c, t in places))
    assert all_but_fills(copy) == before
    assert copy.worksheets[0].max_row == 2 + len(places)
    assert all(c.data_type in "sn" for r in copy.worksheets[0].iter_rows() for c in r)


def test_text_that_begins_with_a_formula_sign_stays_text_and_odd_signs_are_dropped(rich: Path):
    copy = marked(
        rich,
        finding(NOTE, ROUND, 3, 2, text="x\x07\x0b\ufffe"),
        finding(Kind("V999", "error", Text("=1+1", "=1+1"), Text("=2", "=2")), ROUND, 3, 3),
    )
    first = copy.worksheets[0]
    assert [c.data_type for c in first["D"]] == ["n", "s", "s", "s"]
    assert first["D3"].value == "read as x"
    assert first["D4"].value == "=1+1"


def test_a_copy_that_is_annotated_again_has_the_new_findings_only(rich: Path, tmp_path: Path):
    once, twice = tmp_path / "once.xlsx", tmp_path / "twice.xlsx"
    annotate(rich, [finding(BAD, ROUND, 3, 2), finding(BAD, ROUND, 2, 4)], once, "en")
    annotate(once, [finding(ODD, ROUND, 3, 2), finding(NOTE, "Findings")], twice, "en")
    book = openpyxl.load_workbook(twice)
    assert book.sheetnames == ["Findings", ROUND, "说明"]
    assert book[ROUND]["C4"].comment.text.count("[pilotscore]") == 1
    assert "V401" not in book[ROUND]["C4"].comment.text
    assert book[ROUND]["E3"].comment is None
    assert book[ROUND]["E3"].fill.fill_type is None
    assert book["Findings"].max_row == 3


def test_a_signature_is_lost_and_told(rich: Path, tmp_path: Path):
    out = tmp_path / "out.xlsx"
    assert annotate(rich, [], out, "en") == ()
    with zipfile.ZipFile(rich, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    told = annotate(rich, [], out, "en")
    assert [t.to("en").partition(" (")[0] for t in told] == ["the digital signature"]


def test_macros_are_kept(rich: Path, tmp_path: Path):
    macros = tmp_path / "b.xlsm"
    book = openpyxl.load_workbook(rich, keep_vba=True)
    book.save(macros)
    book.vba_archive.close()
    with zipfile.ZipFile(macros, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"not truly macros")
    out = tmp_path / "out.xlsm"
    assert annotate(macros, [finding(BAD, ROUND, 3, 2)], out, "en") == ()
    with zipfile.ZipFile(out) as archive:
        assert archive.read("xl/vbaProject.bin") == b"not truly macros"
        assert b"macroEnabled" in archive.read("[Content_Types].xml")
        assert len(archive.namelist()) == len(set(archive.namelist()))


def test_sources_that_cannot_be_annotated_are_refused_in_plain_words(rich: Path, tmp_path: Path):
    def refused(source: Path, out: str = "out.xlsx", limits: Limits | None = None) -> str:
        with pytest.raises(UsageError) as caught:
            annotate(source, [], tmp_path / out, "en", limits)
        assert not (tmp_path / out).exists()
        assert caught.value.text.to("zh")
        return caught.value.text.to("en")

    assert "save" in refused(tmp_path / "b.csv", "out.csv")
    assert "should end as its source" in refused(rich, "out.xlsm")
    (tmp_path / "old.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "password" in refused(tmp_path / "old.xlsx")
    (tmp_path / "text.xlsx").write_text("no workbook")
    assert "BadZipFile" in refused(tmp_path / "text.xlsx")
    for part, fault in (
        ("xl/styles.xml", b"<styleSheet><fonts/>"),
        ("xl/workbook.xml", b"<workbook/>"),
    ):
        damaged = tmp_path / "damaged.xlsx"
        with zipfile.ZipFile(rich) as source, zipfile.ZipFile(damaged, "w") as copy:
            for name in source.namelist():
                copy.writestr(name, fault if name == part else source.read(name))
        assert "open it in Excel or WPS" in refused(damaged)
    assert "raise it with --limit inflated_mb=N" in refused(rich, limits=Limits(inflated_mb=0))


def test_declared_entities_are_refused(rich: Path, tmp_path: Path):
    declaring = tmp_path / "declaring.xlsx"
    entities = b'<!DOCTYPE x [<!ENTITY a "short">]>'
    with zipfile.ZipFile(rich) as source, zipfile.ZipFile(declaring, "w") as copy:
        for name in source.namelist():
            part = source.read(name)
            copy.writestr(name, entities + part if name == "xl/workbook.xml" else part)
    with pytest.raises(UsageError):
        annotate(declaring, [], tmp_path / "out.xlsx", "en")


@pytest.mark.slow
def test_the_same_inputs_give_the_same_bytes(rich: Path, tmp_path: Path):
    code = (
        "import sys; from pathlib import Path\n"
        "from tests.workbook.copies.test_annotate import BAD, ROUND, annotate, finding\n"
        "annotate(Path(sys.argv[1]), [finding(BAD, ROUND, 3, 2)], Path(sys.argv[2]), 'zh')"
    )
    copies = []
    for seed in "12":
        out = tmp_path / f"{seed}.xlsx"
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        subprocess.run([sys.executable, "-c", code, rich, out], check=True, env=env)
        copies.append(out.read_bytes())
    assert copies[0] == copies[1]


def test_an_annotated_copy_gives_the_same_findings(tmp_path: Path, mini: Path):
    rows = [row(), row(id="P-2", trl="abc"), row(id="P-2", run_hours="-"), row(id="", hazard="差")]
    source = write_book(tmp_path / "b.xlsx", {"成果": [["申报表"], HEADERS, *rows]})
    checked = assess_run.check(source, mini, as_of=AS_OF)
    out = tmp_path / "out.xlsx"
    annotate(source, checked.findings, out, "zh")
    again = assess_run.check(out, mini, as_of=AS_OF)

    def seen(findings: tuple[Finding, ...]) -> list[tuple[str, str | None, str]]:
        return [
            (f.code, f.place.sheet, f.place.cell) for f in findings if f.place.sheet != "检查结果"
        ]

    assert seen(again.findings) == seen(checked.findings)
    assert again.books[0].results == 4
