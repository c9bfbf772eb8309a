from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pilotscore.workbook.open.delimited import decode, rows_of
from pilotscore.workbook.open.limits import BoundExceededError, Limits
from pilotscore.workbook.open.sheets import UnreadableBookError, open_book
from pilotscore.workbook.values.cells import text_of, tidy


def fields(*texts: str) -> list[object]:
    """Return the cells of one line of a .csv with these fields."""
    out = io.StringIO()
    csv.writer(out).writerow(texts)
    return list(rows_of(out.getvalue(), Limits())[0])


NUMBERS = st.from_regex(r"[+-]?[0-9]{1,17}(\.[0-9]{1,17})?([eE][+-]?[0-9]{1,3})?", fullmatch=True)


@pytest.mark.slow
@given(st.one_of(NUMBERS, st.from_regex(r"[0-9A-Za-z.+-]{1,12}", fullmatch=True)))
@example("26E01")
@example("3E2")
@example("1.10")
@example("2004E20")
@example("007")
@example("-0")
@example("0.00001")
@example("1E400")
def test_a_name_is_read_letter_for_letter_whatever_it_looks_like(text: str):
    assert text_of(fields("x", text), 1) == tidy(text)


@pytest.mark.parametrize(
    "text", ["7", "12.5", "0.95", "1.10", "3E2", "-4e2", "+5", "0.0", "120.00"]
)
def test_what_is_written_as_a_number_is_one_where_a_number_is_wanted(text: str):
    cell = fields(text, "x")[0]
    assert isinstance(cell, float)
    assert cell == float(text)


@pytest.mark.parametrize(
    "text",
    ["007", "1234567890123456", "1,234", "95%", "５", "٣", ".5", "5.", "1_0", "nan", "inf", "0x1A"],
)
def test_any_other_text_is_a_text(text: str):
    assert fields(text, "x")[0] == text
    assert isinstance(fields(text, "x")[0], str)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ('="007"', "007"),
        ('="3E2"', "3E2"),
        ('=""', ""),
        ("'007", "007"),
        ("'26E01", "26E01"),
        ("'5-1", "5-1"),
        # Everything else with such a sign is what it says.
        ("'quoted'", "'quoted'"),
        ("'90s plan", "'90s plan"),
        ('="a"&"b"', '="a"&"b"'),
        ("=1+1", "=1+1"),
        ("'", "'"),
    ],
)
def test_signs_that_keep_a_text_a_text_are_no_part_of_it(field: str, text: str):
    cell = fields(field, "x")[0]
    assert isinstance(cell, str)
    assert cell == text


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_delimiter_is_the_most_frequent_in_the_first_lines(delimiter: str, end: str):
    text = end.join([delimiter.join(["a", "b", "c"])] * 60 + ["x,x,x;x;x|x|x" * 9])
    assert rows_of(text, Limits())[0] == ["a", "b", "c"]


def test_too_many_cells_are_not_read():
    with pytest.raises(BoundExceededError):
        rows_of("a,b\n" * 6, Limits(cells=11))


UTF_8 = "编号,成果名称,TRL\nP-1,甲,6\n".encode()


@pytest.mark.parametrize(
    ("content", "encoding", "at"),
    [
        (UTF_8[:-3] + b"\xff" + UTF_8[-3:], "utf-8", len(UTF_8) - 3),
        (b"\xef\xbb\xbf" + UTF_8 + b"\x80", "utf-8-sig", len(UTF_8) + 3),
        ("编号,TRL".encode("gb18030") + b"\xff\n", "gb18030", 8),
        ("编号,TRL".encode("utf-16") + b"\x00", "utf-16", 14),
        ("编号".encode("utf-16-le") + "abcdefg".encode("utf-16-le") + b"\x01\xd8", "utf-16-le", 18),
    ],
    ids=["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"],
)
def test_a_damaged_text_is_refused_with_its_encoding_and_byte(
    tmp_path: Path, content: bytes, encoding: str, at: int
):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableBookError) as caught:
        open_book(path)
    said = caught.value.finding.sentence("en")
    assert caught.value.finding.code == "B102"
    assert f"as a text ({encoding}) it breaks off: byte {at + 1} cannot be decoded" in said


@pytest.mark.parametrize("text", ["编号,名称\n1,甲\n", "id,name\n1,é\n", "编号\n"])
def test_short_texts_are_read_in_the_encoding_they_have(text: str):
    for encoding in ("utf-8", "gb18030", "utf-8-sig", "utf-16"):
        assert decode(text.encode(encoding)) == (text, encoding)
