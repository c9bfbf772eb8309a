"""A workbook whose bytes depend on what is written alone."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter.workbook

from pilotscore.document import Document
from pilotscore.language import same
from pilotscore.render.xlsx_book import new_book


def test_it_is_packed_fast_and_xlsxwriter_is_as_it_was(tmp_path: Path):
    with new_book(Document(same("t")), tmp_path / "a.xlsx", "en") as book:
        page = book.add_worksheet("s")
        for row in range(300):
            page.write_number(row, 0, row % 7)
    with xlsxwriter.Workbook(tmp_path / "b.xlsx") as other:
        page = other.add_worksheet("s")
        for row in range(300):
            page.write_number(row, 0, row % 7)
    assert xlsxwriter.workbook.ZipFile is ZipFile
    sizes = []
    for name in "ab":
        with ZipFile(tmp_path / f"{name}.xlsx") as z:
            part = z.getinfo("xl/worksheets/sheet1.xml")
            assert part.compress_type == ZIP_DEFLATED
            sizes.append((part.file_size, part.compress_size))
    (whole, fast), (same_whole, slow) = sizes
    assert whole == same_whole
    assert slow < fast < whole


def test_nothing_is_left_beside_it(tmp_path: Path):
    with new_book(Document(same("t")), tmp_path / "a.xlsx", "en") as book:
        book.add_worksheet("s").write_string(0, 0, "x")
    assert [x.name for x in tmp_path.iterdir()] == ["a.xlsx"]
