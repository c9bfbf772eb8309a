from __future__ import annotations

import datetime
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.workbook import Limits, ReadingOptions, Submission, read_workbooks
from tests.conftest import HEADERS, row, write_book
from tests.workbook.making import inline, ods, raw_xlsx, xlsb


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


def told(s: Submission, code: str) -> list[str]:
    return [f.place.cell for f in s.findings if f.code == code]


CSV = '编号,成果名称,TRL,一次合格率（%）,安全评估\nP-1,甲,6,96,已完成\n007,"乙，二",TRL 7,0.95%,未做\n'


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_any_encoding(tmp_path: Path, criteria: CriteriaSet, encoding: str, delimiter: str):
    path = tmp_path / "表.csv"
    path.write_bytes(CSV.replace(",", delimiter).encode(encoding))
    s = read_workbooks([path], criteria)
    assert s.ids == ("P-1", "007")
    assert s.values[:, :2].tolist() == [[6, 96], [7, 0.95]]
    assert told(s, "B114") == ([] if encoding.startswith("utf-8") else [""])


def test_text_that_is_called_xls_is_read_and_a_web_page_is_not(
    tmp_path: Path, criteria: CriteriaSet
):
    text, page = tmp_path / "a.xls", tmp_path / "b.xls"
    text.write_text(CSV.replace(",", "\t"), encoding="gb18030")
    page.write_text("<html><table><tr><td>编号</td></tr></table></html>", encoding="utf-8")
    s = read_workbooks([text, page], criteria)
    assert len(s) == 2
    assert {f.code for f in s.findings} >= {"B114", "B115", "B116"}


def test_bytes_that_are_no_text(tmp_path: Path, criteria: CriteriaSet):
    path = tmp_path / "a.csv"
    path.write_bytes(bytes(range(256)) * 4)
    assert told(read_workbooks([path], criteria), "B102") == [""]


ROWS = [
    ["编号", "成果名称", "TRL", "一次合格率", "连续运行时间（h）"],
    ["P-1", "甲", 6, ("%", 0.95), 20],
]


@pytest.mark.slow
def test_what_is_known_of_an_ods_beside_its_values(tmp_path: Path, criteria: CriteriaSet):
    rows = [*ROWS, ["P-2", "乙", ("error", "#DIV/0!"), 96, 3]]
    s = read_workbooks(
        [ods(tmp_path / "a.ods", rows, row_attributes={1: 'table:visibility="collapse"'})], criteria
    )
    assert s.ids == ("P-1", "P-2")
    assert s.values[0, :3].tolist() == [6, 95, 20]
    assert (told(s, "V408"), told(s, "R305"), told(s, "V416")) == (["C3"], ["2"], ["D2"])


@pytest.mark.slow
def test_what_is_known_of_an_xlsb_beside_its_values(tmp_path: Path, criteria: CriteriaSet):
    s = read_workbooks(
        [xlsb(tmp_path / "a.xlsb", [*ROWS, ["P-2", "乙", ("error", 7), 96, 3]], hidden=[1])],
        criteria,
    )
    assert s.ids == ("P-1", "P-2")
    assert s.values[0, :3].tolist() == [6, 95, 20]
    assert (told(s, "V408"), told(s, "R305"), told(s, "V416")) == (["C3"], ["2"], ["D2"])


@pytest.mark.slow
def test_what_is_known_of_an_xls_beside_its_values(tmp_path: Path, criteria: CriteriaSet):
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    percent = xlwt.easyxf(num_format_str="0%")
    for c, text in enumerate(ROWS[0]):
        sheet.write(0, c, text)
    for c, value in enumerate(("P-1", "甲", 6, 0.95, 20)):
        sheet.write(1, c, value, percent if value == 0.95 else xlwt.easyxf())
    for c, value in enumerate(("P-2", "乙")):
        sheet.write(2, c, value)
    sheet.row(2).set_cell_error(2, "#DIV/0!")
    sheet.row(1).hidden = True
    book.save(str(tmp_path / "a.xls"))
    s = read_workbooks([tmp_path / "a.xls"], criteria)
    assert s.values[0, :3].tolist() == [6, 95, 20]
    assert (told(s, "V408"), told(s, "R305"), told(s, "V416")) == (["C3"], ["2"], ["D2"])


@pytest.mark.slow
@pytest.mark.parametrize(
    "make",
    [
        lambda p: ods(
            p.with_suffix(".ods"),
            ROWS,
            extra='<table:table-row table:number-rows-repeated="200"><table:table-cell table:number-columns-repeated="26" office:value-type="float" office:value="1"/></table:table-row>',
        ),
        lambda p: xlsb(p.with_suffix(".xlsb"), ROWS, far=(199, 25)),
    ],
    ids=["ods", "xlsb"],
)
def test_a_far_cell_is_refused(tmp_path: Path, criteria: CriteriaSet, make):
    few = ReadingOptions(limits=Limits(cells=1000))  # harmless files, held to a low limit
    assert told(read_workbooks([make(tmp_path / "a")], criteria, few), "B104") == [""]


LONG_ROWS = {
    "each-row-long": "".join(f'<row r="{r}"><c r="AN{r}"><v>1</v></c></row>' for r in range(1, 31)),
    "implicit": ("<row>" + "<c><v>1</v></c>" * 40 + "</row>") * 30,
    "single-quotes": "".join(f"<row r='{r}'><c r='AN{r}'><v>1</v></c></row>" for r in range(1, 31)),
    "far-down": '<row r="1"><c\nr="A100000"><v>1</v></c></row>',
}


@pytest.mark.parametrize("rows", LONG_ROWS.values(), ids=LONG_ROWS)
def test_what_rows_take_is_bounded(tmp_path: Path, criteria: CriteriaSet, rows: str):
    few = ReadingOptions(limits=Limits(cells=1000))  # harmless files, held to a low limit
    path = raw_xlsx(tmp_path / "a.xlsx", rows)
    assert told(read_workbooks([path], criteria, few), "B104") == [""]


def test_far_off_blank_cells_with_a_format_are_no_reason_to_refuse(
    tmp_path: Path, criteria: CriteriaSet
):
    cells = "".join(
        inline(f"{c}1", t) for c, t in zip("ABC", ("编号", "TRL", "一次合格率（%）"), strict=True)
    )
    data = f'<row r="1">{cells}</row><row r="2">{inline("A2", "P-1")}<c r="B2"><v>6</v></c><c r="C2"><v>96</v></c></row><row r="3000" s="1"><c r="ZZ3000" s="1"/></row>'
    few = ReadingOptions(limits=Limits(cells=1000))  # a harmless file, held to a low limit
    s = read_workbooks([raw_xlsx(tmp_path / "a.xlsx", data)], criteria, few)
    assert s.values[0, :2].tolist() == [6, 96]


def test_cells_that_do_not_say_where_they_stand(tmp_path: Path, criteria: CriteriaSet):
    data = (
        f"<row>{inline('', '编号')}{inline('', 'TRL')}{inline('', '安全评估')}</row>"
        f'<row>{inline("", "P-1")}<c t="e"><v>#N/A</v></c>{inline("", "已完成")}</row>'
    )
    s = read_workbooks([raw_xlsx(tmp_path / "a.xlsx", data)], criteria)
    assert (s.ids, told(s, "V408")) == (("P-1",), ["B2"])


def test_strict_ooxml(tmp_path: Path, criteria: CriteriaSet):
    data = f'<row r="1">{inline("A1", "编号")}{inline("B1", "TRL")}</row><row r="2">{inline("A2", "P-1")}<c r="B2"><v>6</v></c></row>'
    path = raw_xlsx(
        tmp_path / "a.xlsx",
        data,
        main="http://purl.oclc.org/ooxml/spreadsheetml/main",
        relations="http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    assert read_workbooks([path], criteria).values[0, 0] == 6


def test_dates_count_from_1900_and_from_1904(tmp_path: Path, criteria: CriteriaSet):
    for epoch, name in (
        (openpyxl.utils.datetime.WINDOWS_EPOCH, "a"),
        (openpyxl.utils.datetime.CALENDAR_MAC_1904, "b"),
    ):
        path = write_book(tmp_path / f"{name}.xlsx", {"S": [HEADERS]})
        book = openpyxl.load_workbook(path)
        book.epoch = epoch
        book["S"].append(row(permit_end=datetime.date(2028, 2, 29)))
        book.save(path)
        assert read_workbooks([path], criteria).facts["permit_end"].values.tolist() == [
            "2028-02-29"
        ]


def test_a_formula_whose_result_is_an_empty_text_is_blank(tmp_path: Path, criteria: CriteriaSet):
    head = f'<row r="1">{inline("A1", "编号")}{inline("B1", "TRL")}{inline("C1", "一次合格率（%）")}</row>'
    data = (
        head
        + f'<row r="2">{inline("A2", "P-1")}<c r="B2"><f>3+3</f><v>6</v></c><c r="C2" t="str"><f>""</f><v></v></c></row>'
    )
    s = read_workbooks([raw_xlsx(tmp_path / "a.xlsx", data)], criteria)
    assert (s.values[0, 0], s.states[0, 1], told(s, "V409")) == (6, 1, [])


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_no_entity_is_expanded(tmp_path: Path, criteria: CriteriaSet, part: str):
    """One short entity, which harms nobody: none is ever expanded, so none can grow or fetch."""
    declared = '<!DOCTYPE x [<!ENTITY a "EXPANDED">]>'
    path = write_book(tmp_path / "a.xlsx", {"S": [HEADERS, row()]})
    other = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                body = text.decode().split("?>")[-1].replace('name="S"', 'name="&a;"')
                text = f'<?xml version="1.0"?>{declared}{body}'.encode()
            new.writestr(name, text)
    s = read_workbooks([other], criteria)
    said = [f.sentence("en") for f in s.findings]
    assert any("declares entities" in sentence for sentence in said)
    assert not any("EXPANDED" in sentence for sentence in (*s.titles, *said))


@pytest.mark.parametrize(
    ("limit", "value"),
    [("file_mb", 0), ("inflated_mb", 0), ("cells", 20), ("sheets", 1), ("parts", 3)],
)
def test_every_bound_can_be_set(tmp_path: Path, criteria: CriteriaSet, limit: str, value: int):
    path = write_book(tmp_path / "a.xlsx", {"一": [HEADERS, row()], "二": [HEADERS, row(id="P-2")]})
    limits = Limits(**{limit: value})
    assert told(read_workbooks([path], criteria, ReadingOptions(limits=limits)), "B104") == [""]
    assert len(read_workbooks([path], criteria)) == 2


def encrypted(path: Path, password: str) -> Path:
    import io

    from msoffcrypto.format.ooxml import OOXMLFile

    plain = write_book(path.with_name("plain.xlsx"), {"S": [HEADERS, row()]})
    with path.open("wb") as out:
        OOXMLFile(io.BytesIO(plain.read_bytes())).encrypt(password, out)
    return path


@pytest.mark.slow
def test_an_encrypted_workbook_opens_with_its_password(tmp_path: Path, criteria: CriteriaSet):
    path = encrypted(tmp_path / "a.xlsx", "秘密")
    assert told(read_workbooks([path], criteria), "B103") == [""]
    assert told(read_workbooks([path], criteria, ReadingOptions(password="x")), "B118") == [""]
    assert read_workbooks([path], criteria, ReadingOptions(password="秘密")).ids == ("P-1",)


@pytest.mark.slow
def test_without_the_extra_the_message_says_how_to_install_it(
    tmp_path: Path, criteria: CriteriaSet, monkeypatch: pytest.MonkeyPatch
):
    from pilotscore.workbook.results import reader

    path = encrypted(tmp_path / "a.xlsx", "x")
    monkeypatch.setitem(sys.modules, "msoffcrypto", None)
    names = __import__(
        "pilotscore.workbook.tables.headers", fromlist=["HeaderNames"]
    ).HeaderNames.of(criteria)
    found = reader.read_book(path, names, ReadingOptions(password="x")).findings
    assert "pilotscore[crypt]" in found[0].sentence("en")
