from __future__ import annotations

import io
import zipfile

import pytest

from pilotscore.workbook.open.inflating import Budget
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.package import Package
from pilotscore.workbook.open.sheet_contents import PartError
from pilotscore.workbook.open.xlsx_workbook import cell_formats, places, workbook_part
from tests.workbook.open.xlsx_parts import MAIN, parts, relations, styles, workbook


def package(contents: dict[str, str | bytes]) -> Package:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return Package(zipfile.ZipFile(stream), Budget(Limits()))


def test_parts_are_where_the_relationships_say():
    at = places(package(parts("")))
    assert (at.workbook, at.styles, at.strings) == (
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
    )
    moved = {
        "_rels/.rels": relations({"a": ("officeDocument", "/Book.XML")}),
        "_rels/book.xml.rels": relations(
            {"x": ("worksheet", "s"), "y": ("chartsheet", "c"), "z": ("styles", "/st")}
        ),
    }
    at = places(package(moved))
    assert (at.workbook, at.sheets, at.styles) == ("Book.XML", {"x": "s"}, "st")
    assert (at.strings, at.others) == (None, {"y"})


@pytest.mark.parametrize(
    ("extra", "flags"),
    [
        ("", (False, False)),
        ('<workbookPr date1904="1"/>', (True, False)),
        ('<workbookPr date1904="0"/><calcPr fullCalcOnLoad="true"/>', (False, True)),
    ],
)
def test_what_the_workbook_says(extra: str, flags: tuple[bool, bool]):
    content = workbook({"a": "一", "b": "二"}, extra=extra).replace(
        'sheetId="2"', 'sheetId="2" state="veryHidden"'
    )
    read = workbook_part(package({"w": content}), "w")
    assert [(s.name, s.visible, s.relation) for s in read.sheets] == [
        ("一", True, "a"),
        ("二", False, "b"),
    ]
    assert (read.epoch_1904, read.calculated_on_load) == flags


def test_formats_of_cells_and_never_those_of_rules():
    rules = '<dxfs><dxf><numFmt numFmtId="200" formatCode="0%"/></dxf></dxfs></styleSheet>'
    content = styles("0.00").replace("</styleSheet>", rules)
    assert [f.code for f in cell_formats(package({"s": content}), "s")] == ["General", "0.00"]


def test_formats_by_number():
    content = (
        f'<styleSheet xmlns="{MAIN}"><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>'
        '<xf numFmtId="10"/><xf/><xf numFmtId="x"/></cellXfs></styleSheet>'
    )
    formats = cell_formats(package({"s": content}), "s")
    assert [(f.code, f.percent) for f in formats] == [
        ("0.00%", True),
        ("General", False),
        ("General", False),
    ]


def test_an_unsound_part_is_named():
    with pytest.raises(PartError) as caught:
        cell_formats(package({"s": "<a>"}), "s")
    assert caught.value.part == "s"
