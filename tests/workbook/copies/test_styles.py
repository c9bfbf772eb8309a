from __future__ import annotations

from pathlib import Path

import pytest

from pilotscore.workbook.copies.markup import Element, parse
from pilotscore.workbook.copies.package import Package
from pilotscore.workbook.copies.styles import Look, Styles
from pilotscore.workbook.open.limits import Limits
from tests.workbook.copies.packages import MAIN, STYLES, book_parts, packed, rels, sheet_part

RED, BLUE = "FFFFC7CE", "FF0000FF"


def styles_of(tmp_path: Path, part: str | None) -> tuple[Package, Styles]:
    parts = book_parts(sheet_part(""))
    if part is None:
        del parts["xl/styles.xml"]
        parts["xl/_rels/workbook.xml.rels"] = rels(rId1=("worksheet", "worksheets/sheet1.xml"))
    else:
        parts["xl/styles.xml"] = part
    package = Package(packed(tmp_path / "b.xlsx", parts).read_bytes(), Limits())
    return package, Styles(package)


def entries(styles: Styles, kind: str) -> tuple[Element, ...]:
    """Return the entries of a kind, of which there are as many as the part says."""
    listed = parse(styles.content()).child(kind)
    assert listed is not None
    assert int(listed.attributes["count"]) == len(listed.children)
    return listed.children


def colour_of(styles: Styles, number: int) -> str | None:
    fill = entries(styles, "fills")[int(entries(styles, "cellXfs")[number].attributes["fillId"])]
    colour = fill.children[0].child("fgColor")
    return colour.attributes["rgb"] if colour is not None else None


def test_a_fill_is_put_to_a_format_and_taken_away(tmp_path: Path):
    _, styles = styles_of(tmp_path, STYLES)
    red, blue = styles.filled(1, RED), styles.filled(1, BLUE)
    assert (red, blue, styles.filled(1, RED)) == (2, 3, 2)
    assert [colour_of(styles, n) for n in (red, blue)] == [RED, BLUE]
    assert entries(styles, "cellXfs")[red].attributes["numFmtId"] == "9"
    assert styles.content().startswith(STYLES.partition("<fills")[0].encode())
    (tmp_path / "again").mkdir()
    _, again = styles_of(tmp_path / "again", styles.content().decode())
    bare = again.cleared(red, frozenset([RED]))
    assert entries(again, "cellXfs")[bare].attributes["fillId"] == "0"
    assert again.cleared(blue, frozenset([RED])) == blue  # a colour of the person's own
    assert again.filled(bare, RED) != red or again.filled(1, RED) == red


def test_a_format_that_is_there_is_taken(tmp_path: Path):
    _, once = styles_of(tmp_path, STYLES)
    once.filled(1, RED)
    part = once.content().decode()
    _, again = styles_of(tmp_path, part)
    assert again.filled(1, RED) == 2
    assert again.content().decode() == part


@pytest.mark.parametrize(
    "part",
    [None, f'<styleSheet xmlns="{MAIN}"/>', f'<styleSheet xmlns="{MAIN}"><dxfs/></styleSheet>'],
)
def test_a_workbook_without_formats_gets_them_in_their_order(tmp_path: Path, part: str | None):
    package, styles = styles_of(tmp_path, part)
    number = styles.filled(0, RED)
    assert number == 1
    assert colour_of(styles, number) == RED
    assert [f.children[0].attributes["patternType"] for f in entries(styles, "fills")] == [
        "none",
        "gray125",
        "solid",
    ]
    names = [e.name for e in parse(styles.content()).children if e.name != "cellStyleXfs"]
    assert names == [n for n in ("fonts", "fills", "borders", "cellXfs", "dxfs") if n in names]
    assert package.related("xl/workbook.xml", "styles") is not None


def test_our_own_cells_have_the_font_of_the_workbook(tmp_path: Path):
    _, styles = styles_of(tmp_path, STYLES)
    number = styles.of(Look(bold=True, colour=BLUE, fill=RED, line=BLUE, alignment='wrapText="1"'))
    xf = entries(styles, "cellXfs")[number]
    font = entries(styles, "fonts")[int(xf.attributes["fontId"])]
    assert [(e.name, *e.attributes.values()) for e in font.children] == [
        ("b",),
        ("sz", "12"),
        ("color", BLUE),
        ("name", "宋体"),
    ]
    assert colour_of(styles, number) == RED
    assert xf.children[0].attributes == {"wrapText": "1"}
    assert (
        styles.of(Look(bold=True, colour=BLUE, fill=RED, line=BLUE, alignment='wrapText="1"'))
        == number
    )


def test_a_format_beyond_those_that_there_are_is_the_first(tmp_path: Path):
    _, styles = styles_of(tmp_path, STYLES)
    assert colour_of(styles, styles.filled(99, RED)) == RED
    assert styles.cleared(99, frozenset([RED])) == 99
