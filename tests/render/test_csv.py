"""A table as CSV."""

from __future__ import annotations

from pathlib import Path

from pilotscore.document import Document
from pilotscore.render.csv import csv_cell, write_csv


def test_the_table_with_its_headings_for_excel(small: Document, tmp_path: Path):
    write_csv(small, tmp_path / "a.csv", "zh")
    content = (tmp_path / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    first, row, *others = content.decode("utf-8-sig").split("\r\n")
    assert first == "成果,等级,比例,金额,指数"
    assert row == "一名称,A,0.256,1234.5,71.04"
    assert others[0].startswith("\"'=1+1 |")  # not a formula


def test_what_a_spreadsheet_would_run_gets_an_apostrophe():
    for start in ("=", "+", "-", "@", "\t", "\r"):
        assert csv_cell(f"{start}1") == f"'{start}1"
    assert [csv_cell(x) for x in (-1, None, "a", 0.5)] == [-1, "", "a", 0.5]
