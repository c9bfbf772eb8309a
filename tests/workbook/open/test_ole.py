from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.workbook.open.ole import OleFile
from pilotscore.workbook.open.sheet_contents import PartError
from tests.workbook.open.xls_files import in_ole, in_small_ole


@pytest.mark.slow
@given(st.integers(0, 40_000), st.integers(0, 255))
def test_a_stream_comes_out_as_it_went_in(size: int, seed: int):
    content = random.Random(seed).randbytes(size)
    read = OleFile(in_ole(content)).stream("Workbook", "Book")
    assert read is not None
    assert read[:size] == content
    assert not read[size:].strip(b"\0")  # xlwt fills up what is short


def test_a_stream_that_there_is_not():
    assert OleFile(in_ole(b"x" * 5000)).stream("Document") is None


def test_a_large_file_lists_its_sectors_beyond_the_header():
    content = bytes(range(256)) * 28_500  # 7.3 MB: more than the 109 sectors of the header tell
    read = OleFile(in_ole(content)).stream("Workbook")
    assert read is not None
    assert read.startswith(content)


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 3000])
def test_a_small_stream_lies_in_small_sectors(size: int):
    content = bytes(range(250)) * 12
    assert OleFile(in_small_ole(content[:size])).stream("workbook") == content[:size]


def test_a_stream_of_a_file_within_the_file_comes_last():
    inner = in_small_ole(b"inner", inner=b"outer")
    assert OleFile(inner).stream("Workbook", "Book") == b"outer"
    assert OleFile(inner).stream("Workbook") == b"inner"


def test_a_chain_that_leads_back_to_itself_ends():
    """Numbers alone: no file with such a chain is written, since others do not end at it."""
    ole = OleFile(in_ole(b"x" * 9000))
    assert ole._chain(0, (1, 2, 0xFFFFFFFE)) == [0, 1, 2]
    with pytest.raises(PartError):
        ole._chain(0, (1, 0))


@pytest.mark.slow
@given(st.binary(max_size=700), st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 255))))
def test_no_damage_stops_it_or_holds_it(head: bytes, changes: list[tuple[int, int]]):
    content = bytearray(in_ole(b"y" * 6000))
    for at, value in changes:
        content[at % len(content)] = value
    for damaged in (bytes(content), head, bytes(content[: len(head)]) + head):
        try:
            OleFile(damaged).stream("Workbook")
        except PartError:
            continue
