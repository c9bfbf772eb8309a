from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from pilotscore.workbook.copies.book_part import BookPart
from pilotscore.workbook.copies.markup import UnknownMarkupError
from pilotscore.workbook.copies.package import Package
from pilotscore.workbook.open.limits import BoundExceededError, Limits
from tests.workbook.copies.packages import (
    MAIN,
    PACKAGE,
    RELATIONS,
    STRICT,
    STRICT_RELATIONS,
    Parts,
    book_parts,
    packed,
    parts_of,
    related,
    rels,
    sheet_part,
    with_typed,
)
from tests.workbook.copies.test_annotate import BAD, Finding, annotate, finding

ONE = sheet_part('<row r="1"><c r="A1" t="inlineStr"><is><t>编号</t></is></c></row>')


def opened(path: Path) -> Package:
    return Package(path.read_bytes(), Limits())


def marked(path: Path, *findings: Finding) -> dict[str, bytes]:
    """Return the parts of a copy whose A1 and B2 are marked."""
    out = path.with_name("out.xlsx")
    annotate(
        path, list(findings) or [finding(BAD, "成果", 0, 0), finding(BAD, "成果", 1, 1)], out, "en"
    )
    return parts_of(out)


ELSEWHERE = {
    "_rels/.rels": rels(rId1=("officeDocument", "/Book/Main.xml")),
    "book/main.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="成果" sheetId="7" r:id="a"/></sheets></workbook>',
    "book/_rels/main.xml.rels": rels(
        a=("worksheet", "../SHEETS/one.data"), b=("styles", "/looks.xml")
    ),
    "[content_types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="data" ContentType="application/xml"/></Types>',
    "sheets/One.data": ONE,
    "looks.xml": book_parts(ONE)["xl/styles.xml"],
}


def test_parts_are_found_wherever_they_lie(tmp_path: Path):
    path = packed(tmp_path / "b.xlsx", ELSEWHERE)
    after = marked(path)
    assert b'r="B2"' in after["sheets/One.data"]
    assert after["sheets/_rels/One.data.rels"].count(b"<Relationship ") == 2
    assert {"looks.xml", "xl/worksheets/sheet1.xml", "xl/comments1.xml"} <= set(after)
    book = after["book/main.xml"].decode()
    assert re.findall(r'name="(\w+)" sheetId="(\d)"', book) == [("Findings", "8"), ("成果", "7")]
    types = after["[content_types].xml"].decode()
    assert 'Extension="rels"' in types  # there was none
    assert 'Extension="vml"' in types
    assert related({**after}, "sheets/One.data")


def test_names_of_parts_are_taken_however_they_are_written(tmp_path: Path):
    windows = {n.replace("/", "\\"): part for n, part in book_parts(ONE).items()}
    after = marked(packed(tmp_path / "b.xlsx", windows))
    assert b'r="B2"' in after["xl\\worksheets\\sheet1.xml"]
    assert "xl/worksheets/_rels/sheet1.xml.rels" in after


def test_what_readers_take_is_taken(tmp_path: Path):
    parts = book_parts(ONE) | {"_rels/.rels": "<x/>"}  # the usual name then
    parts["xl/worksheets/my sheet.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    parts["xl/_rels/workbook.xml.rels"] = rels(rId1=("worksheet", "worksheets/my%20sheet.xml"))
    after = marked(packed(tmp_path / "b.xlsx", parts))
    assert b'r="B2"' in after["xl/worksheets/my sheet.xml"]
    assert "xl/worksheets/_rels/my sheet.xml.rels" in after


@pytest.mark.parametrize("code", ["utf-16", "utf-16-be", "gb18030", "utf-8-sig"])
def test_parts_in_other_codes(tmp_path: Path, code: str):
    declared = {"utf-16-be": "utf-16", "utf-8-sig": "utf-8"}.get(code, code)
    parts: Parts = {
        name: f'<?xml version="1.0" encoding="{declared}"?>\n{part}'.encode(code)
        for name, part in book_parts(ONE, ONE).items()
        if isinstance(part, str)
    }
    after = marked(packed(tmp_path / "b.xlsx", parts))
    sheet = after["xl/worksheets/sheet1.xml"].decode("utf-8-sig")
    assert "编号" in sheet
    assert 'r="B2"' in sheet
    assert ('encoding="' in sheet) == (code == "utf-8-sig")
    assert after["xl/worksheets/sheet2.xml"] == parts["xl/worksheets/sheet2.xml"]
    assert "成果" in after["xl/workbook.xml"].decode("utf-8-sig")


def test_a_code_that_is_declared_and_not_there(tmp_path: Path):
    parts = book_parts(f'<?xml version="1.0" encoding="utf-16"?>{ONE}')
    assert b'r="B2"' in marked(packed(tmp_path / "b.xlsx", parts))["xl/worksheets/sheet1.xml"]
    for none in ("x-none", "zlib", "rot13"):
        parts = book_parts(f'<?xml version="1.0" encoding="{none}"?>{ONE}')
        with pytest.raises(UnknownMarkupError, match=f"encoding {none}"):
            opened(packed(tmp_path / "b.xlsx", parts)).read("xl/worksheets/sheet1.xml")


def test_prefixes_are_kept(tmp_path: Path):
    parts: Parts = {
        name: str(part).replace("<", "<p:").replace("<p:/", "</p:").replace("xmlns=", "xmlns:p=")
        for name, part in book_parts(ONE).items()
    }
    after = marked(packed(tmp_path / "b.xlsx", parts))
    assert b'<p:c r="B2" s="' in after["xl/worksheets/sheet1.xml"]
    assert b"<p:legacyDrawing " in after["xl/worksheets/sheet1.xml"]
    assert b"<p:Relationship Id=" in after["xl/_rels/workbook.xml.rels"]
    assert b"<p:patternFill " in after["xl/styles.xml"]
    assert b"<p:Override PartName=" in after["[Content_Types].xml"]
    assert opened(tmp_path / "out.xlsx").related("xl/workbook.xml", "styles") == "xl/styles.xml"
    assert [s.name for s in BookPart(opened(tmp_path / "out.xlsx")).sheets] == ["Findings", "成果"]


def test_the_strict_form_stays_strict(tmp_path: Path):
    parts = {
        name: str(part).replace(MAIN, STRICT).replace(RELATIONS, STRICT_RELATIONS)
        for name, part in book_parts(ONE).items()
    }
    after = marked(packed(tmp_path / "b.xlsx", parts))
    for name in ("xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        assert STRICT.encode() in after[name]
        assert MAIN.encode() not in after[name]
    assert f"{STRICT_RELATIONS}/worksheet".encode() in after["xl/_rels/workbook.xml.rels"]
    assert f"{STRICT_RELATIONS}/comments".encode() in after["xl/worksheets/_rels/sheet1.xml.rels"]


def test_of_two_parts_of_one_name_the_last_counts(tmp_path: Path):
    path = packed(tmp_path / "b.xlsx", book_parts("<worksheet/>"))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/worksheets/sheet1.xml", ONE)
    assert "编号" in marked(path)["xl/worksheets/sheet1.xml"].decode()


def test_new_parts_take_names_and_ids_that_are_free(tmp_path: Path):
    parts = book_parts(ONE) | {"xl/Comments1.XML": "<x/>", "xl/drawings/vmlDrawing1.vml": "<x/>"}
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = rels(rId2=("printerSettings", "../printer.bin"))
    after = marked(packed(tmp_path / "b.xlsx", parts | {"xl/printer.bin": b"x"}))
    assert {"xl/comments2.xml", "xl/drawings/vmlDrawing2.vml"} <= set(after)
    assert b'Id="rId1"' in after["xl/worksheets/_rels/sheet1.xml.rels"]
    assert b'Id="rId3"' in after["xl/worksheets/_rels/sheet1.xml.rels"]
    assert after["xl/Comments1.XML"] == b"<x/>"


def test_another_type_of_the_same_ending_is_told_by_the_part(tmp_path: Path):
    after = marked(packed(tmp_path / "b.xlsx", with_typed(book_parts(ONE), vml="text/plain")))
    types = after["[Content_Types].xml"].decode()
    assert 'PartName="/xl/drawings/vmlDrawing1.vml"' in types
    assert types.count('Extension="vml"') == 1


def test_a_sheet_that_is_taken_away_takes_what_only_it_leads_to(tmp_path: Path):
    mark = ONE.replace("编号", "[pilotscore] list")
    parts = book_parts(mark, ONE, names=("Findings", "成果"))
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "</sheets>",
        '</sheets><definedNames><definedName name="a" localSheetId="0">Findings!$A$1</definedName>'
        '<definedName name="b" localSheetId="1">成果!$A$1</definedName><definedName name="c">1</definedName></definedNames>',
    )
    for number in (1, 2):
        parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = rels(
            rId1=("printerSettings", f"../printer{number}.bin"), rId2=("image", "../shared.png")
        )
    parts |= {
        "xl/printer1.bin": b"1",
        "xl/printer2.bin": b"2",
        "xl/shared.png": b"3",
        "xl/loose.bin": b"4",
    }
    after = marked(packed(tmp_path / "b.xlsx", parts))
    gone = {"xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels", "xl/printer1.bin"}
    assert set(parts) - set(after) == gone
    assert b"sheet1.xml" not in after["[Content_Types].xml"]
    book = after["xl/workbook.xml"].decode()
    assert 'name="a"' not in book
    assert '<definedName name="b" localSheetId="1">' in book
    assert '<definedName name="c">1<' in book
    assert book.index('name="Findings"') < book.index('name="成果"')


def test_a_workbook_opens_on_the_list_also_where_a_chart_was_selected(tmp_path: Path):
    selected = '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
    parts = book_parts(
        sheet_part("", before=selected), f'<chartsheet xmlns="{MAIN}">{selected}</chartsheet>', ONE
    )
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "<sheets>",
        '<bookViews><workbookView activeTab="1" firstSheet="1" tabRatio="600"/></bookViews><sheets>',
    )
    kinds = str(parts["xl/_rels/workbook.xml.rels"])
    parts["xl/_rels/workbook.xml.rels"] = kinds.replace(
        '/worksheet" Target="worksheets/sheet2', '/chartsheet" Target="worksheets/sheet2'
    )
    after = marked(packed(tmp_path / "b.xlsx", parts))
    assert b'<workbookView tabRatio="600"/>' in after["xl/workbook.xml"]
    for number in (1, 2):
        assert b'tabSelected="0"' in after[f"xl/worksheets/sheet{number}.xml"]
    assert after["xl/worksheets/sheet3.xml"].decode() == ONE


def test_what_is_refused(tmp_path: Path):
    with pytest.raises(BoundExceededError):
        Package(packed(tmp_path / "b.xlsx", book_parts(ONE)).read_bytes(), Limits(inflated_mb=0))
    for parts, said in (
        ({"a": "b"}, "no part of a workbook"),
        (book_parts(ONE) | {"xl/workbook.xml": f'<workbook xmlns="{MAIN}"/>'}, "no sheets"),
        (book_parts(ONE) | {"xl/workbook.xml": "<!DOCTYPE x><x/>"}, "document type"),
    ):
        package = opened(packed(tmp_path / "b.xlsx", parts))
        with pytest.raises(UnknownMarkupError, match=said):
            BookPart(package)
