from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotscore.findings import Finding
from pilotscore.workbook.copies.boxes import Boxes, size_of
from pilotscore.workbook.copies.comments import Comments
from pilotscore.workbook.copies.findings_sheet import MARK
from pilotscore.workbook.copies.markup import UnknownMarkupError, parse
from pilotscore.workbook.copies.package import Package
from pilotscore.workbook.copies.sheet_survey import Spot
from pilotscore.workbook.open.limits import Limits
from tests.workbook.copies.packages import (
    MAIN,
    Parts,
    book_parts,
    packed,
    parts_of,
    rels,
    sheet_part,
    with_typed,
)
from tests.workbook.copies.test_annotate import BAD, annotate, finding

A1, B2 = finding(BAD, "成果", 0, 0), finding(BAD, "成果", 1, 1)
OURS = "[pilotscore]\nerror V401 “abc” is not a number\nexpected: a number\nmend: enter a number"


def comments_part(*texts: tuple[str, str]) -> str:
    listed = "".join(
        f'<comment ref="{ref}" authorId="0"><text>{text}</text></comment>' for ref, text in texts
    )
    return (
        f'<comments xmlns="{MAIN}"><authors><author>张三</author></authors>'
        f"<commentList>{listed}</commentList></comments>"
    )


def boxes_part(*spots: Spot) -> str:
    shapes = "".join(
        f'<v:shape id="_x0000_s{2049 + i}" type="#_x0000_t202"><v:textbox><div>a<br></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:Row>{r - 1}</x:Row>\n<x:Column>{c - 1}</x:Column></x:ClientData></v:shape>'
        for i, (r, c) in enumerate(spots)
    )
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        f'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202"/>{shapes}</xml>'
    )


def commented(
    comments: str, boxes: str | None, after: str = '<legacyDrawing r:id="rId2"/>'
) -> Parts:
    parts = book_parts(sheet_part('<row r="1"><c r="A1"><v>1</v></c></row>', after=after))
    parts = with_typed(parts, vml="application/vnd.openxmlformats-officedocument.vmlDrawing")
    targets = {"rId1": ("comments", "/xl/c.xml"), "rId2": ("vmlDrawing", "/xl/b.vml")}
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = rels(**targets)
    return parts | {"xl/c.xml": comments} | ({} if boxes is None else {"xl/b.vml": boxes})


def copied(tmp_path: Path, parts: Parts, *findings: Finding) -> dict[str, bytes]:
    out = tmp_path / "out.xlsx"
    annotate(packed(tmp_path / "b.xlsx", parts), list(findings), out, "en")
    return parts_of(out)


def texts_of(part: bytes) -> dict[str, str]:
    listed = parse(part).child("commentList")
    assert listed is not None
    found = {}
    for comment in listed.children:
        text = comment.child("text")
        assert text is not None
        runs = [r if r.name == "t" else r.child("t") for r in text.children if r.name in "tr"]
        found[comment.attributes["ref"]] = "".join(r.text for r in runs if r is not None)
    return found


RICH = (
    '<r><rPr><b/></rPr><t>张三:</t></r><r><t xml:space="preserve">\n_x000D_看 &lt;这里&gt;</t></r>'
    '<rPh sb="0" eb="1"><t>zh</t></rPh><phoneticPr fontId="1"/>'
)
THEIRS = "张三:\n_x000D_看 <这里>"


@pytest.mark.parametrize(
    ("text", "read"),
    [("<t>a</t>", "a"), (RICH, THEIRS), ("<t>a\n</t>", "a\n"), ("", ""), ("<t/>", "")],
)
def test_our_part_stands_behind_a_persons_own_and_goes_again(tmp_path: Path, text: str, read: str):
    before = commented(comments_part(("A1", text), ("C3", "<t>z</t>")), boxes_part((1, 1), (3, 3)))
    once = copied(tmp_path, before, A1)
    gap = "" if not read else "\n" if read.endswith("\n") else "\n\n"
    assert texts_of(once["xl/c.xml"]) == {"A1": read + gap + OURS, "C3": "z"}
    written = text.replace("<t/>", "<t></t>").partition("<rPh")[0] if read else ""
    assert written in once["xl/c.xml"].decode()
    again = copied(tmp_path, dict(once))
    if read:
        assert texts_of(again["xl/c.xml"]) == {"A1": read, "C3": "z"}
        assert again["xl/c.xml"].decode() == before["xl/c.xml"]
    else:
        assert texts_of(again["xl/c.xml"]) == {"C3": "z"}
        assert re.findall(rb'<v:shape id="(\w+)"', again["xl/b.vml"]) == [b"_x0000_s2050"]


def test_new_comments_get_a_box_each(tmp_path: Path):
    after = copied(
        tmp_path, commented(comments_part(("C3", "<t>z</t>")), boxes_part((3, 3))), A1, B2
    )
    assert texts_of(after["xl/c.xml"]) == {"C3": "z", "A1": OURS, "B2": OURS}
    boxes = after["xl/b.vml"].decode()
    assert boxes.startswith(boxes_part((3, 3))[:-6])
    assert re.findall(r'<v:shape .*?id="(\w+)"', boxes) == [
        f"_x0000_s{n}" for n in (2049, 2050, 2051)
    ]
    assert re.findall(r"<x:Row>(\d)</x:Row>\s*<x:Column>(\d)<", boxes) == [
        ("2", "2"),
        ("0", "0"),
        ("1", "1"),
    ]
    assert boxes.count("<v:shapetype") == 1
    assert re.findall(rb"<author>([^<]*)<", after["xl/c.xml"])[1:] == [b"pilotscore"]


@pytest.mark.parametrize("inner", ["", "<authors/>", "<commentList/>", "<commentList/><extLst/>"])
def test_a_part_of_comments_without_any(tmp_path: Path, inner: str):
    part = (
        f'<comments xmlns="{MAIN}">{inner}</comments>' if inner else f'<comments xmlns="{MAIN}"/>'
    )
    after = copied(tmp_path, commented(part, boxes_part()), A1, B2)
    assert texts_of(after["xl/c.xml"]) == {"A1": OURS, "B2": OURS}
    names = [e.name for e in parse(after["xl/c.xml"]).children]
    assert names == ["authors", "commentList"] + ["extLst"] * ("extLst" in inner)


def test_what_we_added_is_taken_away_with_its_box(tmp_path: Path):
    before = commented(comments_part(("C3", "<t>z</t>")), boxes_part((3, 3)))
    once = copied(tmp_path, before, A1, B2)
    again = copied(tmp_path, dict(once), B2)
    assert texts_of(again["xl/c.xml"]) == {"C3": "z", "B2": OURS}
    assert again["xl/b.vml"].count(b"<v:shape ") == 2
    none = copied(tmp_path, dict(again))
    assert none["xl/b.vml"].decode() == before["xl/b.vml"]
    assert texts_of(none["xl/c.xml"]) == {"C3": "z"}


@pytest.mark.parametrize(
    "after", ["", '<legacyDrawing r:id="rId9"/>', '<legacyDrawingHF r:id="rId2"/>']
)
def test_comments_without_boxes_all_get_one(tmp_path: Path, after: str):
    has_others = "HF" in after  # boxes of headers and footers are none of comments
    parts = commented(
        comments_part(("C3", "<t>z</t>")), boxes_part((9, 9)) if has_others else None, after
    )
    out = copied(tmp_path, parts, A1)
    made = out["xl/drawings/vmlDrawing1.vml"].decode()
    assert re.findall(r"<x:Row>(\d)</x:Row><x:Column>(\d)<", made) == [("0", "0"), ("2", "2")]
    sheet = out["xl/worksheets/sheet1.xml"].decode()
    assert sheet.count("<legacyDrawing ") == 1
    if has_others:
        assert out["xl/b.vml"].decode() == parts["xl/b.vml"]
        assert sheet.index("<legacyDrawing ") < sheet.index("<legacyDrawingHF ")


@pytest.mark.parametrize(
    "after",
    [
        "<pageMargins/><tableParts/>",
        "<pageMargins/><drawing/><extLst/>",
        "<drawing/>",
        '<mc:AlternateContent xmlns:mc="m"><mc:Choice><controls/></mc:Choice></mc:AlternateContent><tableParts/>',
        '<mc:AlternateContent xmlns:mc="m"><mc:Choice><drawing/></mc:Choice></mc:AlternateContent><oleObjects/>',
    ],
)
def test_a_sheet_refers_to_its_boxes_in_the_right_place(tmp_path: Path, after: str):
    parts = book_parts(sheet_part('<row r="1"/>', after=after))
    root = parse(copied(tmp_path, parts, A1)["xl/worksheets/sheet1.xml"])
    names = [e.name for e in root.children]
    at = names.index("legacyDrawing")
    assert not {"pageMargins", "drawing"} & set(names[at:])
    assert not {"tableParts", "extLst", "oleObjects"} & set(names[:at])
    if "controls" in after:
        assert names[at + 1] == "AlternateContent"


@pytest.mark.slow
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8), max_size=4),
    st.booleans(),
)
def test_whatever_a_person_wrote_stays(tmp_path: Path, texts: list[str], marked_before: bool):
    from xml.sax.saxutils import escape

    runs = [f'<r><t xml:space="preserve">{escape(t)}</t></r>' for t in texts]
    before = commented(
        comments_part(("A1", "".join(runs)), ("B2", "<t>b</t>")), boxes_part((1, 1), (2, 2))
    )
    once = copied(tmp_path, before, *([A1] if marked_before else []), B2)
    again = texts_of(copied(tmp_path, dict(once))["xl/c.xml"])
    assert again["B2"] == "b"
    theirs = "".join(texts)
    kept = again.get("A1", "")
    assert kept == theirs or (marked_before and not theirs.strip())


def test_long_texts_are_cut_where_a_comment_ends(tmp_path: Path):
    before = commented(comments_part(("A1", f"<t>{'x' * 31_990}</t>")), boxes_part((1, 1)))
    text = texts_of(copied(tmp_path, before, A1)["xl/c.xml"])["A1"]
    assert len(text) == 32_000


def test_boxes_that_are_not_understood():
    with pytest.raises(UnknownMarkupError, match="does not end"):
        Boxes(b"<xml>").add({(1, 1): "x"})
    odd = b'<xml><v:shape id="a"><x:ClientData ObjectType="Note"><x:Anchor>auto</x:Anchor><x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData></v:shape></xml>'
    boxes = Boxes(odd)
    boxes.widen({(1, 1): "x" * 999})
    assert boxes.content == odd


@pytest.mark.parametrize(
    ("anchor", "wider"), [("1, 2, 3, 4, 90, 6, 80, 8", True), ("1, 2, 3, 4, 2, 6, 4, 8", False)]
)
def test_a_box_is_made_no_smaller(anchor: str, wider: bool):
    boxes = Boxes(
        boxes_part((1, 1)).replace("<x:Row>", f"<x:Anchor>{anchor}</x:Anchor><x:Row>").encode()
    )
    boxes.widen({(1, 1): "行\n" * 10})
    corners = [int(n) for n in re.search(rb"<x:Anchor>([^<]*)", boxes.content)[1].split(b",")]  # type: ignore[index]
    assert corners == ([1, 2, 3, 4, 90, 6, 80, 8] if wider else [1, 2, 3, 4, 6, 6, 14, 8])


def test_a_box_fits_its_text():
    assert size_of("短") == (200, 60)
    wide, high = size_of("行\n" * 10)
    assert (wide, high) == (320, 233)
    assert size_of("x" * 40_000)[1] == 600


def test_the_threads_of_a_sheet(tmp_path: Path):
    package = Package(
        packed(tmp_path / "b.xlsx", commented(comments_part(), None)).read_bytes(), Limits()
    )
    comments = Comments(package, "xl/worksheets/sheet1.xml", MARK)
    assert (comments.threads, comments.ours) == (frozenset(), frozenset())
    assert comments.replace({}, None) is None
