from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.number_format import number_format
from pilotscore.workbook.open.odf_values import NoValue, value_of
from pilotscore.workbook.open.sheets import Sheet, UnreadableBookError, open_book
from tests.workbook.open.odf_files import (
    DECLARED,
    MANIFEST,
    NAMESPACES,
    cell,
    content,
    number,
    package,
    raw_ods,
    row,
    text,
)


def sheet(path: Path, rows: str, **parts: str) -> Sheet:
    return open_book(raw_ods(path / "a.ods", rows, **parts)).sheets[0]


def refused(path: Path, password: str | None = None) -> tuple[str, str]:
    with pytest.raises(UnreadableBookError) as caught:
        open_book(path, password=password)
    return caught.value.finding.code, caught.value.finding.sentence("en")


FORMULA = 'table:formula="of:=[.A1]"'
ERRORS = {
    "LibreOffice": (
        f'{FORMULA} office:value-type="string" office:string-value="" calcext:value-type="error"',
        "Err:508",
    ),
    "without-calcext": (f'{FORMULA} office:value-type="string" office:string-value=""', "#DIV/0!"),
    "in-Chinese": (f'{FORMULA} office:value-type="string" office:string-value=""', "#名称?"),
    "in-French": (f'{FORMULA} office:value-type="string"', "#NOM ?"),
    "in-Spanish": (f'{FORMULA} office:value-type="string"', "#¡DIV/0!"),
    "in-Italian": (f'{FORMULA} office:value-type="string"', "#N/D"),
    "as-its-own-text": (f'{FORMULA} office:value-type="string" office:string-value="#N/A"', "#N/A"),
    "no-formula": ('office:value-type="string" office:string-value=""', "#N/A"),
    "a-0-without-formula": ('office:value-type="float" office:value="0"', "#DIV/0!"),
    "no-value": (f'{FORMULA} office:value-type="float"', "#NUM!"),
    "a-date": (f'{FORMULA} office:value-type="date" office:date-value="1899-12-30"', "#VALUE!"),
    "no-string-value": (f'{FORMULA} office:value-type="string"', "#N/A"),
    "stored-as-0": (f'{FORMULA} office:value-type="float" office:value="0"', "#REF!"),
    "code-of-Calc": (f'{FORMULA} office:value-type="float" office:value="0"', "Err:502"),
    "not-a-number": (f'{FORMULA} office:value-type="float" office:value="NaN"', "#VALUE!"),
    "old-not-a-number": ('office:value-type="float" office:value="1.#NAN"', "#NUM!"),
}


@pytest.mark.parametrize("case", ERRORS)
def test_an_error_cell_is_told_whatever_wrote_it(tmp_path: Path, case: str):
    attributes, shown = ERRORS[case]
    s = sheet(tmp_path, row(text("x"), cell(attributes, shown)))
    assert s.rows == [["x", ""]]
    assert s.notes.error_cells == {(0, 1): shown}
    assert not s.notes.unsaved_formulas


@pytest.mark.parametrize(
    "attributes",
    [
        "",
        'office:value-type="float"',
        'office:value-type="string"',
        'office:value-type="date"',
        'office:value-type="boolean"',
        'office:value-type="time"',
        'office:value-type="percentage"',
    ],
)
def test_a_formula_without_a_stored_value(tmp_path: Path, attributes: str):
    s = sheet(tmp_path, row(text("x"), cell(f"{FORMULA} {attributes}"), number(1)))
    assert s.rows == [["x", "", 1.0]]
    assert s.notes.unsaved_formulas == {(0, 1)}
    assert not s.notes.error_cells


@pytest.mark.parametrize(
    ("attributes", "shown", "value"),
    [
        ('office:value-type="float" office:value="2"', "2", 2.0),
        ('office:value-type="float" office:value="0"', "0", 0.0),
        ('office:value-type="string" office:string-value="xy"', "xy", "xy"),
        ('office:value-type="string" office:string-value=""', "", ""),
        ('office:value-type="string"', "", ""),
        ("", "", ""),  # as LibreOffice writes a formula that comes to an empty text
        ('office:value-type="boolean" office:boolean-value="false"', "FALSE", False),
    ],
)
def test_a_formula_with_its_value(tmp_path: Path, attributes: str, shown: str, value: object):
    s = sheet(tmp_path, row(cell(f"{FORMULA} {attributes}", shown), text("end")))
    assert s.rows == [[value, "end"]]
    assert (s.notes.unsaved_formulas, s.notes.error_cells) == (frozenset(), {})


@pytest.mark.parametrize("writer", ["sh33tjs", "calc"])
def test_an_empty_text_that_nobody_calculated(tmp_path: Path, writer: str):
    declared = f'{DECLARED} xmlns:sheet="urn:oasis:names:tc:opendocument:{writer}:1.0"'
    cells = row(text("a"), cell(f'{FORMULA} office:value-type="string"', ""), text(""))
    body = content(f'<table:table table:name="S">{cells}</table:table>', declared=declared)
    (s,) = open_book(package(tmp_path / "a.ods", {"content.xml": body})).sheets
    assert s.notes.unsaved_formulas == ({(0, 1)} if writer == "sh33tjs" else set())


@pytest.mark.parametrize("writer", ["sh33tjs", "calc"])
def test_a_0_that_nobody_calculated(tmp_path: Path, writer: str):
    declared = f'{DECLARED} xmlns:sheet="urn:oasis:names:tc:opendocument:{writer}:1.0"'
    stored = 'office:value-type="float" office:value="{}"'
    cells = [number(0), *(cell(f"{FORMULA} {stored.format(n)}", str(n)) for n in (0, 2))]
    body = content(f'<table:table table:name="S">{row(*cells)}</table:table>', declared=declared)
    (s,) = open_book(package(tmp_path / "a.ods", {"content.xml": body})).sheets
    assert s.rows == [[0.0, "" if writer == "sh33tjs" else 0.0, 2.0]]
    assert s.notes.uncalculated == ({(0, 1)} if writer == "sh33tjs" else set())


def test_a_text_that_looks_like_an_error_is_a_text(tmp_path: Path):
    assert sheet(tmp_path, row(text("#N/A"))).rows == [["#N/A"]]


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        ("2024-03-05", datetime.date(2024, 3, 5)),
        ("2024-03-05T10:30:00", datetime.datetime(2024, 3, 5, 10, 30)),
        ("2024-03-05T10:30:00Z", datetime.datetime(2024, 3, 5, 10, 30)),
        ("2024-03-05T10:30:00.5+08:00", datetime.datetime(2024, 3, 5, 10, 30, 0, 500000)),
        ("2024-03-05Z", datetime.date(2024, 3, 5)),
        ("5.3.24", "shown"),
    ],
)
def test_dates_with_and_without_a_zone(tmp_path: Path, stored: str, value: object):
    attributes = f'office:value-type="date" office:date-value="{stored}"'
    assert sheet(tmp_path, row(cell(attributes, "shown"))).rows == [[value]]


@pytest.mark.parametrize(
    ("stored", "hours"),
    [
        ("PT30H15M00S", 30.25),
        ("P1DT2H", 26),
        ("PT90M", 1.5),
        ("PT0S", 0),
        ("-PT1H", -1),
        ("PT08H29M59.999999S", 8.5),
        ("PT1,5S", 1.5 / 3600),
    ],
)
def test_durations(tmp_path: Path, stored: str, hours: float):
    attributes = f'office:value-type="time" office:time-value="{stored}"'
    value = sheet(tmp_path, row(cell(attributes, "x"))).rows[0][0]
    assert value / datetime.timedelta(hours=1) == pytest.approx(hours)


@pytest.mark.parametrize("stored", ["P", "PT", "P1Y", "P2M", "30:15", f"PT{'9' * 30}H"])
def test_what_is_no_duration_stays_its_text(tmp_path: Path, stored: str):
    attributes = f'office:value-type="time" office:time-value="{stored}"'
    value = sheet(tmp_path, row(cell(attributes, "x"))).rows[0][0]
    assert value == "x" or isinstance(value, datetime.timedelta)
    if "9" not in stored:
        assert value == "x"


@pytest.mark.slow
@given(
    st.dictionaries(
        st.sampled_from(
            ["value-type", "value", "string-value", "date-value", "time-value", "boolean-value"]
        ),
        st.one_of(
            st.sampled_from(
                ["float", "string", "date", "time", "boolean", "currency", "percentage"]
            ),
            st.text(max_size=12),
        ),
    ),
    st.none() | st.text(max_size=8),
)
def test_no_cell_stops_the_pass_and_none_that_shows_something_is_blank(
    attributes: dict[str, str], shown: str | None
):
    named = {f"office:{k}": v for k, v in attributes.items()}
    value = value_of(named, shown)
    assert value is None or isinstance(
        value, str | float | bool | datetime.date | datetime.timedelta | NoValue
    )
    if value is None and shown:
        assert attributes.get("string-value") == ""


def test_merged_areas_and_what_stands_under_them(tmp_path: Path):
    wide = (
        'office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="2"'
    )
    under = '<table:covered-table-cell office:value-type="float" office:value="9"><text:p>9</text:p></table:covered-table-cell>'
    s = sheet(
        tmp_path,
        row(text("a"), cell(wide, "m"), under, text("d"))
        + row(text("b"), '<table:covered-table-cell table:number-columns-repeated="2"/>', text("e"))
        + row(under, number(3, 'table:number-columns-spanned="1" table:number-rows-spanned="1"')),
    )
    assert s.merged == (((0, 1), (1, 2)),)
    # a covered cell that no area covers is shown, as LibreOffice does
    assert s.rows == [["a", "m", "", "d"], ["b", "", "", "e"], [9.0, 3.0, "", ""]]


def test_repeated_rows_and_cells(tmp_path: Path):
    fault = f'{FORMULA} office:value-type="string" office:string-value="" table:number-columns-repeated="2"'
    s = sheet(
        tmp_path,
        row(
            number(1, 'table:number-columns-repeated="3"'),
            attributes='table:number-rows-repeated="2"',
        )
        + row(
            cell('table:number-columns-repeated="2"'),
            number(2),
            cell('table:number-columns-repeated="16381"'),
        )
        + row(cell(), attributes='table:number-rows-repeated="2"')
        + row(cell(fault, "#N/A"), attributes='table:number-rows-repeated="2"')
        + row(
            cell('table:number-columns-repeated="16384"'),
            attributes='table:number-rows-repeated="1048000"',
        ),
    )
    assert s.rows == [
        [1, 1, 1],
        [1, 1, 1],
        ["", "", 2],
        ["", "", ""],
        ["", "", ""],
        ["", "", ""],
        ["", "", ""],
    ]
    assert sorted(s.notes.error_cells) == [(5, 0), (5, 1), (6, 0), (6, 1)]
    s.rows[0][0] = 7
    assert s.rows[1][0] == 1  # each row is its own


def test_text_as_it_is_shown(tmp_path: Path):
    note = "<office:annotation><dc:date>2024-01-01</dc:date><text:p>第一行</text:p><text:p>2<text:span>nd</text:span></text:p></office:annotation>"
    inside = (
        f'<table:table-cell office:value-type="string">{note}'
        '<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/><text:span>d</text:span>'
        "<text:ruby><text:ruby-base>字</text:ruby-base><text:ruby-text>zì</text:ruby-text></text:ruby></text:p>"
        "<text:p><text:a>e</text:a>&amp;<![CDATA[<f>]]></text:p>"
        "<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame></table:table-cell>"
    )
    s = sheet(tmp_path, row(text("x")) + row(number(1), inside))
    assert s.rows[1] == [1.0, "a  b\tc\nd字\ne&<f>"]
    assert s.notes.comments == {(1, 1): "第一行\n2nd"}


def test_hidden_rows_columns_and_sheets_and_filters(tmp_path: Path):
    hidden = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    after = (
        '<table:table table:name="另" table:style-name="ta2"><table:table-row/></table:table>'
        '<table:table table:name="\'file:///tmp/b.ods\'#$S"><table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>'
        "<table:database-ranges><table:database-range table:display-filter-buttons=\"true\" table:target-range-address=\"$'表'.A1:'表'.B9\"/></table:database-ranges>"
    )
    style = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    rows = (
        row(text("a"))
        + row(text("b"), attributes='table:visibility="collapse" table:number-rows-repeated="2"')
        + row(text("c"))
    )
    book = open_book(raw_ods(tmp_path / "a.ods", hidden + rows, after=after, automatic=style))
    assert [(s.name, s.visible) for s in book.sheets] == [("表", True), ("另", False)]
    first, other = (s.notes for s in book.sheets)
    assert (first.hidden_rows, first.hidden_columns, first.filtered) == ({1, 2}, {1, 2}, True)
    assert not other.filtered


def test_rows_of_a_closed_group_are_hidden(tmp_path: Path):
    group = '<table:table-row-group table:display="{}">{}</table:table-row-group>'
    inner = group.format("true", row(text("c")))
    rows = row(text("a")) + group.format("false", row(text("b")) + inner) + row(text("d"))
    assert sheet(tmp_path, rows).notes.hidden_rows == {1, 2}
    assert sheet(tmp_path, rows.replace('"false"', '"true"')).notes.hidden_rows == set()


def test_cells_that_are_no_part_of_a_sheet(tmp_path: Path):
    inner = f'<table:table table:name="x">{row(number(5))}</table:table>'
    s = open_book(
        raw_ods(
            tmp_path / "a.ods",
            f"<table:shapes><draw:frame>{inner}</draw:frame></table:shapes>"
            f"<table:table-header-rows>{row(text('a'), f'<table:table-cell>{inner}</table:table-cell>')}</table:table-header-rows>{row(text('b'))}",
            after=f"<table:dde-links><table:dde-link>{inner}</table:dde-link></table:dde-links>",
        )
    ).sheets
    assert [(x.name, x.rows) for x in s] == [("表", [["a"], ["b"]])]


def styled(name: str, data: str, parent: str = "Default") -> str:
    named = f'style:data-style-name="{data}"' if data else ""
    return f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="{parent}" {named}/>'


def digits(decimals: int, more: str = "", inside: str = "") -> str:
    return f'<number:number number:min-integer-digits="1" number:decimal-places="{decimals}" {more}>{inside}</number:number>'


def data_style(kind: str, inside: str, name: str = "N", more: str = "") -> str:
    return f'<number:{kind}-style style:name="{name}" {more}>{inside}</number:{kind}-style>'


def literal(shown: str) -> str:
    return f"<number:text>{shown}</number:text>"


EMBEDDED = '<number:embedded-text number:position="1">.</number:embedded-text>'
MAP = '<style:map style:condition="value()&gt;=0" style:apply-style-name="P"/>'
MINUTES = '<number:minutes number:style="long"/>'
FORMATS = {
    "0%": data_style("percentage", digits(0) + literal("%")),
    "0.0%": data_style("percentage", digits(1)),
    '0" "%"!"': data_style("percentage", digits(0) + literal(" %!")),
    '0.0"%"': data_style("number", digits(1) + literal("%")),
    '0"天"': data_style("number", digits(0) + literal("天")),
    '"约"0': data_style("number", literal("约") + digits(0)),
    '0"a"\\""b"': data_style("number", digits(0) + literal('a"b')),
    "#,##0,": data_style(
        "number", digits(0, 'number:grouping="true" number:display-factor="1000"')
    ),
    '0.0,,"M"': data_style("number", digits(1, 'number:display-factor="1000000"') + literal("M")),
    "0.0##": data_style("number", digits(3, 'number:min-decimal-places="1"')),
    '#"."0,"万元"': data_style(
        "number", digits(0, 'number:display-factor="1000"', EMBEDDED) + literal("万元")
    ),
    "[$€]0.00": data_style(
        "currency", "<number:currency-symbol>€</number:currency-symbol>" + digits(2)
    ),
    '[>=0]0.0;"-"0.0%': data_style("number", digits(1), "P")
    + data_style("percentage", literal("-") + digits(1) + literal("%") + MAP),
    "[h]:mm": data_style(
        "time",
        "<number:hours/>" + literal(":") + MINUTES,
        more='number:truncate-on-overflow="false"',
    ),
    "yyyy-m": data_style(
        "date", '<number:year number:style="long"/>' + literal("-") + "<number:month/>"
    ),
    "0.00E+00": data_style(
        "number",
        '<number:scientific-number number:decimal-places="2" number:min-integer-digits="1"/>',
    ),
    "@": data_style("text", "<number:text-content/>"),
}


@pytest.mark.parametrize("code", FORMATS)
@pytest.mark.parametrize("where", ["automatic", "common"])
def test_a_number_format_as_a_code(
    tmp_path: Path, code: str, where: str, monkeypatch: pytest.MonkeyPatch
):
    asked: list[str] = []
    monkeypatch.setattr(
        "pilotscore.workbook.open.odf_styles.number_format",
        lambda c: asked.append(c) or number_format(c),
    )
    parts = {where: FORMATS[code], "automatic": styled("ce1", "N")}
    if where == "automatic":
        parts["automatic"] += FORMATS[code]
    s = sheet(tmp_path, row(number(0.5, 'table:style-name="ce1"')), **parts)
    assert asked == [code]
    form = s.notes.formats.at(0, 0)
    assert (form is not None) == number_format(asked[0]).matters


def test_a_number_or_duration_with_a_format_of_dates(tmp_path: Path):
    clock = "<number:hours/>" + literal(":") + MINUTES
    automatic = (
        FORMATS["yyyy-m"]
        + styled("date", "N")
        + data_style("time", clock, "T")
        + styled("time", "T")
        + data_style("time", clock, "E", 'number:truncate-on-overflow="false"')
        + styled("elapsed", "E")
    )
    half_past_eight = (
        'office:value-type="time" office:time-value="PT08H30M00S" table:style-name="{}"'
    )
    long = 'office:value-type="time" office:time-value="PT30H00M00S" table:style-name="time"'
    s = sheet(
        tmp_path,
        row(
            number(45356, 'table:style-name="date"'),
            cell(half_past_eight.format("time"), "8:30"),
            cell(half_past_eight.format("elapsed"), "8:30"),
            cell(long, "6:00"),
        ),
        automatic=automatic,
    )
    hours = datetime.timedelta(hours=1)
    assert s.rows == [[datetime.date(2024, 3, 5), datetime.time(8, 30), 8.5 * hours, 30 * hours]]


def test_where_the_format_of_a_cell_comes_from(tmp_path: Path):
    percent = FORMATS["0%"] + styled("pct", "N") + styled("child", "", "pct") + styled("plain", "")
    columns = '<table:table-column table:default-cell-style-name="pct"/><table:table-column table:default-cell-style-name="plain" table:number-columns-repeated="5"/>'
    half = 'office:value-type="percentage" office:value="0.5"'
    s = sheet(
        tmp_path,
        columns
        + row(number(1), number(1), number(1, 'table:style-name="child"'), cell(half, "50%"))
        + row(number(1, 'table:style-name="plain"'), number(1), text("5%"))
        + row(
            number(1, 'table:style-name="plain"'),
            number(1),
            attributes='table:default-cell-style-name="pct" table:number-rows-repeated="2"',
        ),
        automatic=percent,
    )
    cells = {(r, c) for r in range(4) for c in range(4) if s.notes.formats.at(r, c)}
    assert cells == {(0, 0), (0, 2), (0, 3), (2, 1), (3, 1)}
    assert all(s.notes.formats.at(*c).percent for c in cells)


def test_styles_that_are_their_own_parents(tmp_path: Path):
    loop = styled("a", "", "b") + styled("b", "", "a")
    s = sheet(tmp_path, row(number(0.5, 'table:style-name="a"')), automatic=loop)
    assert s.rows == [[0.5]]


def renamed(xml: str) -> str:
    for prefix in NAMESPACES:
        xml = re.sub(rf"\b{prefix}:(?=[a-z])", f"x{prefix}:", xml)
    return xml


WRITTEN = content(
    f'<table:table table:name="表">{row(text("a"), number(2), cell(FORMULA))}</table:table>'
)


@pytest.mark.parametrize(
    "body",
    [
        renamed(
            WRITTEN.replace(DECLARED, " ".join(f'xmlns:x{p}="{u}"' for p, u in NAMESPACES.items()))
        ),
        re.sub(r' xmlns:(table|text)="[^"]*"', "", WRITTEN).replace(
            "<table:table ",
            f'<table:table xmlns:table="{NAMESPACES["table"]}" xmlns:text="{NAMESPACES["text"]}" ',
        ),
        re.sub(r"(</?)table:(?=table[ >-])", r"\1", WRITTEN).replace(
            "<table ", f'<table xmlns="{NAMESPACES["table"]}" ', 1
        ),
        WRITTEN.replace('xmlns:of="', 'xmlns:t="' + NAMESPACES["table"] + '" xmlns:of="')
        .replace("<table:table-row", "<t:table-row")
        .replace("</table:table-row", "</t:table-row"),
        WRITTEN.replace(
            "<text:p>a</text:p>",
            '<text:p>a<draw:a xmlns:text="urn:x"><text:p>b</text:p></draw:a></text:p>',
        ),
        WRITTEN.replace('"', "'"),
        WRITTEN.replace(" ", "\n  "),
        '<?xml version="1.0" encoding="UTF-16"?>' + WRITTEN,
        WRITTEN.replace("<text:p>a</text:p>", "<text:p><![CDATA[a]]></text:p>").replace(
            "/><", "/><!-- <table:table-row> --><"
        ),
    ],
    ids=[
        "prefixes",
        "declared-within",
        "default",
        "two-prefixes",
        "declared-anew",
        "quotes",
        "line-ends",
        "utf-16",
        "cdata-and-comments",
    ],
)
@pytest.mark.parametrize("name", ["content.xml", "Content.xml"])
def test_xml_however_it_is_written(tmp_path: Path, body: str, name: str):
    encoding = "utf-16" if "UTF-16" in body else "utf-8"
    book = open_book(package(tmp_path / "a.ods", {name: body.encode(encoding)}))
    (s,) = book.sheets
    assert (s.name, s.rows) == ("表", [["a", 2.0, ""]])
    assert s.notes.unsaved_formulas == {(0, 2)}


def test_what_cannot_be_read_names_the_part(tmp_path: Path):
    path = tmp_path / "a.ods"
    entity = '<!DOCTYPE a [<!ENTITY b "c">]>' + WRITTEN
    for parts, said in (
        ({"content.xml": WRITTEN[:-30]}, "content.xml cannot be read"),
        (
            {"content.xml": '<?xml version="1.0" encoding="gb2312"?>' + WRITTEN},
            "content.xml cannot",
        ),
        ({"content.xml": entity}, "it declares entities"),
        ({"content.xml": WRITTEN, "styles.xml": "<a>"}, "styles.xml cannot be read"),
        ({"content.xml": content("")}, "there is no sheet in it"),
    ):
        code, sentence = refused(package(path, parts))
        assert code == "B102"
        assert said in sentence


ENCRYPTION = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>'


@pytest.mark.parametrize(
    "parts",
    [
        {"META-INF/manifest.xml": MANIFEST.format(more=ENCRYPTION), "content.xml": b"\x8f\x01"},
        {
            "META-INF/manifest.xml": MANIFEST.format(more=ENCRYPTION)
            .replace("manifest:", "m:")
            .replace("xmlns:m:", "xmlns:m"),
            "content.xml": b"\x8f\x01",
        },
        {
            "META-INF/manifest.xml": MANIFEST.format(more=ENCRYPTION).encode("utf-16"),
            "content.xml": b"\x8f\x01",
        },
        {
            "META-INF/manifest.xml": MANIFEST.format(
                more=ENCRYPTION.replace("content.xml", "encrypted-package")
            ),
            "encrypted-package": b"\x8f\x01",
        },
    ],
    ids=["parts", "prefix", "utf-16", "package"],
)
def test_an_encrypted_file_is_told(tmp_path: Path, parts: dict[str, str | bytes]):
    path = package(tmp_path / "a.ods", parts)
    assert refused(path)[0] == "B103"
    assert refused(path, "x")[0] == "B149"  # --password-env would not open it


def test_bounds_hold_within_the_pass(tmp_path: Path):
    far = row(number(1)) + row(
        cell('table:number-columns-repeated="99"'),
        number(1),
        attributes='table:number-rows-repeated="3"',
    )
    path = raw_ods(tmp_path / "a.ods", far)
    assert len(open_book(path, Limits(cells=400)).sheets[0].rows) == 4
    for limits, name in (
        (Limits(cells=399), "cells"),
        (Limits(parts=2), "parts"),
        (Limits(inflated_mb=0), "inflated_mb"),
        (Limits(sheets=0), "sheets"),
    ):
        with pytest.raises(UnreadableBookError) as caught:
            open_book(path, limits)
        assert (caught.value.finding.code, caught.value.finding.values["name"]) == ("B104", name)


@pytest.mark.slow
def test_a_workbook_that_libreoffice_saves_is_the_same_in_every_format(
    tmp_path: Path, soffice: Callable[..., None]
):
    book = openpyxl.Workbook()
    s = book.active
    shown = [
        "0%",
        '0.0"%"',
        '0"天"',
        "#,##0,",
        '0.0,,"M"',
        "[h]:mm",
        "yyyy-mm-dd",
        "0.00",
        "0.0;-0.0%",
        "yyyy-mm-dd hh:mm",
    ]
    for row_, (code, value) in enumerate(
        zip(shown, [0.95, 0.5, 30, 12345, 12345678, 1.25, 45356, 7, -0.5, 45356.5], strict=True), 1
    ):
        s.cell(row_, 1, code)
        s.cell(row_, 2, value).number_format = code
    formulas = ["=1/0", "=NA()", '=""', "=1+1", '="x"&"y"', "=B1"]
    for row_, formula in enumerate(formulas, 1):
        s.cell(row_, 4, formula)
    s["F1"], s["F4"] = "并", 7
    s.merge_cells("F1:G2")
    s["F4"].comment = openpyxl.comments.Comment("批注", "甲")
    s["F5"] = " two  spaces\nline"
    s.row_dimensions[9].hidden = s.column_dimensions["I"].hidden = True
    book.create_sheet("隐").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    for ending in ("xlsx", "ods", "xls"):
        soffice(ending, tmp_path / "saved", tmp_path / "a.xlsx")
    first, *others = (open_book(tmp_path / "saved" / f"a.{e}") for e in ("xlsx", "ods", "xls"))
    assert first.sheets[0].notes.error_cells == {(0, 3): "#DIV/0!", (1, 3): "#N/A"}
    assert first.sheets[0].rows[5][1] == datetime.timedelta(hours=30)
    for other in others:
        assert [(x.name, x.visible) for x in other.sheets] == [("Sheet", True), ("隐", False)]
        one, two = first.sheets[0], other.sheets[0]
        assert (one.rows, one.merged) == (two.rows, two.merged)
        for name in (
            "error_cells",
            "unsaved_formulas",
            "uncalculated",
            "hidden_rows",
            "hidden_columns",
            "comments",
        ):
            assert getattr(one.notes, name) == getattr(two.notes, name), name
        for r in range(10):
            forms = [x.notes.formats.at(r, 1) for x in (one, two)]
            assert forms[0] is forms[1] is None or (
                forms[0].section(-0.5).exponent == forms[1].section(-0.5).exponent
                and forms[0].section(1).after == forms[1].section(1).after
            )


@pytest.mark.parametrize(
    ("currency", "shown"), [("USD", "USD"), ("CNY", "CNY"), ("", ""), ("1", "")]
)
def test_a_sum_of_money_without_a_format_is_shown_with_its_currency(
    tmp_path: Path, currency: str, shown: str
):
    amount = f'office:value-type="currency" office:currency="{currency}" office:value="500"'
    s = sheet(tmp_path, row(cell(amount, "500")))
    form = s.notes.formats.at(0, 0)
    assert s.rows == [[500.0]]
    assert (form.section(500).before if form else "") == shown
