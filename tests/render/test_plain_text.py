"""A document as plain text."""

from __future__ import annotations

from pathlib import Path

from pilotscore.document import Document, Line
from pilotscore.render.plain_text import page_text, write_text


def test_lines_are_written_as_they_are(small: Document, tmp_path: Path):
    write_text(small, tmp_path / "a.txt", "en")
    assert (tmp_path / "a.txt").read_bytes() == b"# one\ntwo\n"


def test_a_page_has_its_hanging_lines_whole(small: Document):
    line = next(b for b in small.page() if isinstance(b, Line) and b.hang)
    assert page_text([line], "en") == "  hangs " + "word " * 29 + "word\n"
