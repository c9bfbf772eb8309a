"""What a copy keeps byte for byte: parts that no library of ours knows, and the rest of those it changes."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from pilotscore.findings import Place
from pilotscore.workbook.copies.annotate import AnnotatedCopy, annotated
from pilotscore.workbook.copies.answer_cells import look_at_cells
from pilotscore.workbook.copies.package import Package
from pilotscore.workbook.open.limits import Limits
from tests.workbook.copies.packages import (
    MAIN,
    PACKAGE,
    STYLES,
    Parts,
    book_parts,
    packed,
    parts_of,
    rels,
    sheet_part,
    with_typed,
)
from tests.workbook.copies.test_annotate import BAD, finding

MS = "http://schemas.microsoft.com/office"
X14 = f'xmlns:x14="{MS}/spreadsheetml/2009/9/main"'
CHECKBOX = (
    '<xf xfId="0" applyFont="1"><extLst><ext uri="{C7286773-470A-42A8-94C5-96B5CB345126}" '
    f'xmlns:xfpb="{MS}/spreadsheetml/2022/featurepropertybag">'
    '<xfpb:xfComplement i="0"/></ext></extLst></xf>'
)
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>编号</t></is></c></row>\n'
    '<row r="3" spans="2:8">'
    '<c r="B3" t="e" vm="1"><v>#VALUE!</v></c>'  # a picture in a cell, as Excel has it
    '<c r="C3" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'  # as WPS has it
    '<c r="D3" s="2" t="b"><v>1</v></c>'  # a check box
    '<c r="E3" cm="1"><f t="array" ref="E3:E5">_xlfn.SEQUENCE(3)</f><v>1</v></c>'
    '<c r="H3"><f>SUM(E3:E5)</f><v>6</v></c></row>'
    '<row r="4"><c r="E4"><v>2</v></c></row><row r="5"><c r="E5"><v>3</v></c></row>'
)
AFTER = (
    '<legacyDrawing r:id="rId2"/><extLst>'
    f'<ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" {X14}><x14:dataValidations count="1" '
    f'xmlns:xm="{MS}/excel/2006/main"><x14:dataValidation type="list"><x14:formula1><xm:f>名单!$A$1:$A$9</xm:f>'
    "</x14:formula1><xm:sqref>G3:G9</xm:sqref></x14:dataValidation></x14:dataValidations></ext>"
    f'<ext uri="{{A8765BA9-456A-4dab-B4F3-ACF838C121DE}}" {X14}><x14:slicerList>'
    '<x14:slicer r:id="rId4"/></x14:slicerList></ext></extLst>'
)
THREAD = "{11111111-2222-4333-8444-555555555555}"
COMMENTS = (
    f'<comments xmlns="{MAIN}"><authors><author>tc={THREAD}</author></authors><commentList>'
    f'<comment ref="E3" authorId="0" shapeId="0" xr:uid="{THREAD}" xmlns:xr="{MS}/spreadsheetml/2014/revision">'
    "<text><t>[Threaded comment]\n\nComment:\n    请核对</t></text></comment></commentList></comments>"
)
VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml"\r\n xmlns:o="urn:schemas-microsoft-com:office:office"\r\n'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"/>'
    '<v:shape id="_x0000_s1030" type="#_x0000_t202" style=\'position:absolute\'><v:textbox><div><br></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:Anchor>5, 15, 1, 10, 7, 31, 4, 9</x:Anchor><x:Row>2</x:Row>'
    "<x:Column>4</x:Column></x:ClientData></v:shape></xml>"
)


@pytest.fixture
def whole() -> Parts:
    """Return a workbook that has everything openpyxl drops."""
    styles = STYLES.replace('<cellXfs count="2">', '<cellXfs count="3">').replace(
        "</cellXfs>", CHECKBOX + "</cellXfs>"
    )
    parts = book_parts(sheet_part(ROWS, after=AFTER), sheet_part('<row r="1"/>'))
    parts = with_typed(
        parts, png="image/png", vml="application/vnd.openxmlformats-officedocument.vmlDrawing"
    )
    parts["_rels/.rels"] = rels(
        rId1=("officeDocument", "xl/workbook.xml"),
        rId2=(f"{MS}/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml"),
    )
    parts["xl/_rels/workbook.xml.rels"] = rels(
        rId1=("worksheet", "worksheets/sheet1.xml"),
        rId2=("worksheet", "worksheets/sheet2.xml"),
        rId3=("styles", "styles.xml"),
        rId4=("sheetMetadata", "metadata.xml"),
        rId5=(
            f"{MS}/2022/11/relationships/FeaturePropertyBag",
            "featurePropertyBag/featurePropertyBag.xml",
        ),
        rId6=(f"{MS}/2017/06/relationships/rdRichValue", "richData/rdrichvalue.xml"),
        rId7=(f"{MS}/2022/10/relationships/richValueRel", "richData/richValueRel.xml"),
        rId8=(f"{MS}/2017/10/relationships/person", "persons/person.xml"),
        rId9=("http://www.wps.cn/officeDocument/2020/cellImage", "cellimages.xml"),
        rId10=(f"{MS}/2007/relationships/slicerCache", "slicerCaches/slicerCache1.xml"),
    )
    return parts | {
        "xl/styles.xml": styles,
        "xl/worksheets/_rels/sheet1.xml.rels": rels(
            rId1=("comments", "../comments1.xml"),
            rId2=("vmlDrawing", "../drawings/vmlDrawing1.vml"),
            rId3=(
                f"{MS}/2017/10/relationships/threadedComment",
                "../threadedComments/threadedComment1.xml",
            ),
            rId4=(f"{MS}/2007/relationships/slicer", "../slicers/slicer1.xml"),
        ),
        "xl/comments1.xml": COMMENTS,
        "xl/drawings/vmlDrawing1.vml": VML,
        "xl/threadedComments/threadedComment1.xml": f'<ThreadedComments xmlns="{MS}/spreadsheetml/2018/threadedcomments">'
        f'<threadedComment ref="E3" dT="2026-11-01T00:00:00.00" personId="{THREAD}" id="{THREAD}"><text>请核对</text>'
        "</threadedComment></ThreadedComments>",
        "xl/persons/person.xml": f'<personList xmlns="{MS}/spreadsheetml/2018/threadedcomments"/>',
        "xl/metadata.xml": f'<metadata xmlns="{MAIN}"/>',
        "xl/featurePropertyBag/featurePropertyBag.xml": f'<FeaturePropertyBags xmlns="{MS}/spreadsheetml/2022/featurepropertybag"/>',
        "xl/richData/rdrichvalue.xml": f'<rvData xmlns="{MS}/spreadsheetml/2017/richdata"/>',
        "xl/richData/richValueRel.xml": f'<richValueRels xmlns="{MS}/spreadsheetml/2022/richvaluerel"/>',
        "xl/cellimages.xml": '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>',
        "xl/slicers/slicer1.xml": f'<slicers xmlns="{MS}/spreadsheetml/2009/9/main"/>',
        "xl/slicerCaches/slicerCache1.xml": f'<slicerCacheDefinition xmlns="{MS}/spreadsheetml/2009/9/main"/>',
        "xl/media/image1.png": bytes(range(256)),
        "docMetadata/LabelInfo.xml": '<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata"/>',
        "customXml/item1.xml": "<x/>",
        "xl/unknown/thing.bin": b"\x00what nobody knows",
    }


def copied(path: Path, *cells: tuple[int, int]) -> tuple[AnnotatedCopy, dict[str, bytes]]:
    """Return a copy with these cells of the first sheet marked, and its parts."""
    copy = annotated(path, [finding(BAD, "成果", *cell) for cell in cells], "en")
    out = path.with_name("out.xlsx")
    copy.write(out)
    return copy, parts_of(out)


CHANGED = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
OF_THE_SHEET = {"xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}


def test_all_other_parts_stay_byte_for_byte(whole: Parts, tmp_path: Path):
    path = packed(tmp_path / "b.xlsx", whole)
    before = parts_of(path)
    copy, after = copied(path, (2, 1), (2, 3), (2, 4), (6, 6))
    changed = {n for n, part in before.items() if after[n] != part}
    assert changed == CHANGED | OF_THE_SHEET
    assert set(after) - set(before) == {"xl/worksheets/sheet3.xml"}
    assert copy.lost == ()
    assert list(after)[: len(before)] == [n for n in before if n != "xl/styles.xml"] + [
        "xl/worksheets/sheet3.xml"
    ]


def test_a_marked_cell_keeps_what_it_is(whole: Parts, tmp_path: Path):
    _, after = copied(packed(tmp_path / "b.xlsx", whole), (2, 1), (2, 2), (2, 3), (2, 4))
    sheet, styles = after["xl/worksheets/sheet1.xml"].decode(), after["xl/styles.xml"].decode()
    restyled = re.sub(r' s="\d+"', "", sheet)
    was = re.sub(r' s="\d+"', "", sheet_part(ROWS, after=AFTER))
    assert restyled == was  # nothing but formats of four cells
    number = int(re.search(r'r="D3" s="(\d+)"', sheet).group(1))  # type: ignore[union-attr]
    formats = re.findall(r"<xf [^>]*/>|<xf [^>]*[^/]>.*?</xf>", styles.partition("<cellXfs")[2])
    assert "xfComplement" in formats[number]
    fill = int(re.search(r'fillId="(\d+)"', formats[number]).group(1))  # type: ignore[union-attr]
    assert "FFFFC7CE" in re.findall(r"<fill>.*?</fill>", styles)[fill]


def test_a_thread_of_comments_stays_and_is_told(whole: Parts, tmp_path: Path):
    path = packed(tmp_path / "b.xlsx", whole)
    copy, after = copied(path, (2, 4))
    comments = after["xl/comments1.xml"].decode()
    assert comments.startswith(COMMENTS.partition("</text>")[0])
    assert "V401" in comments
    assert [n.to("en").rpartition(" (")[2] for n in copy.notes] == ["成果!E3)"]
    assert "会话保持原样" in copy.notes[0].to("zh")
    assert copied(path, (2, 3))[0].notes == ()


def test_the_box_of_a_comment_grows_and_stays_otherwise(whole: Parts, tmp_path: Path):
    _, after = copied(packed(tmp_path / "b.xlsx", whole), (2, 4), (2, 3))
    vml = after["xl/drawings/vmlDrawing1.vml"].decode()
    old, _, new = vml.partition("</v:shape>")
    was = VML.partition("</v:shape>")[0]
    assert re.sub(r"<x:Anchor>[^<]*", "", old) == re.sub(r"<x:Anchor>[^<]*", "", was)
    anchor = [int(n) for n in re.search(r"<x:Anchor>([^<]*)", old).group(1).split(",")]  # type: ignore[union-attr]
    assert anchor[:4] == [5, 15, 1, 10]
    assert anchor[4] > 7
    assert anchor[6] > 4
    assert 'id="_x0000_s1031"' in new
    assert "<x:Row>2</x:Row><x:Column>3</x:Column>" in new


def test_other_readers_take_the_copy(whole: Parts, tmp_path: Path):
    copied(packed(tmp_path / "b.xlsx", whole), (2, 3), (6, 6))
    with pytest.warns(UserWarning, match="extension is not supported"):
        book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["Findings", "成果", "名单"]
    assert book["成果"]["D3"].value is True
    assert "V401" in book["成果"]["G7"].comment.text


def test_an_answer_changes_its_cell_alone(whole: Parts, tmp_path: Path):
    path = packed(tmp_path / "b.xlsx", whole)
    before = parts_of(path)
    cells = look_at_cells(
        Package(path.read_bytes(), Limits()), [Place("b", "成果", 2, 6)], [], spreads=True
    )
    package = Package(path.read_bytes(), Limits())
    cells.put(package, {Place("b", "成果", 2, 6): "是 <&>"})
    package.write(tmp_path / "out.xlsx")
    after = parts_of(tmp_path / "out.xlsx")
    assert {n for n in before if before[n] != after[n]} == {
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
    }
    assert set(after) == set(before)
    cell = '<c r="G3" t="inlineStr"><is><t xml:space="preserve">是 &lt;&amp;&gt;</t></is></c>'
    was = sheet_part(ROWS, after=AFTER).replace('<c r="H3">', cell + '<c r="H3">')
    assert after["xl/worksheets/sheet1.xml"].decode() == was.replace(' spans="2:8"', "")
    assert b'<calcPr calcId="0"/>' in after["xl/workbook.xml"]


def test_types_and_relationships_of_what_is_new(whole: Parts, tmp_path: Path):
    _, after = copied(packed(tmp_path / "b.xlsx", whole), (2, 3))
    types = after["[Content_Types].xml"].decode()
    assert types.count('PartName="/xl/worksheets/sheet3.xml"') == 1
    assert types.count("<Default") == 4
    listed = after["xl/_rels/workbook.xml.rels"].decode()
    assert 'Id="rId11"' in listed
    assert f'xmlns="{PACKAGE}/relationships"' in listed
