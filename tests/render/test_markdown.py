"""A document as Markdown, read back by a parser of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from syrupy.assertion import SnapshotAssertion

from pilotscore.document import Document
from pilotscore.language import LANGS, Lang
from pilotscore.render.markdown import to_markdown, write_markdown


def tables(text: str) -> list[list[list[str]]]:
    """Return the cells of each table, as they are shown."""
    found: list[list[list[str]]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline" and found and token.level > 2:
            parts = token.children or []
            assert {p.type for p in parts} <= {"text", "html_inline", "text_special"}, parts
            found[-1][-1].append("".join("\n" if "br" in p.content else p.content for p in parts))
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_the_whole(small: Document, snapshot: SnapshotAssertion, lang: Lang):
    assert to_markdown(small, lang) == snapshot


def test_cells_come_back_as_they_were(small: Document, tmp_path: Path):
    write_markdown(small, tmp_path / "a.md", "en")
    results, manifest = tables((tmp_path / "a.md").read_text(encoding="utf-8"))
    assert results[0] == ["Result", "Grade", "Share", "Sum", "Index"]
    assert results[1] == ["a name", "A", "25.6%", "1,234.5", "71.0"]
    assert results[2] == ['=1+1 | "b"\n*c* <d>', "—", "", "∞", ""]
    assert manifest == [["Name", "Value"], ["a.b.1", "1"], ["a.b.2", "two"], ["c", ""]]


def test_a_sheet_is_a_part_with_its_notes(small: Document):
    tokens = MarkdownIt("commonmark").enable("table").parse(to_markdown(small, "zh"))
    said = [
        (a.tag, b.content) for a, b in zip(tokens, tokens[1:], strict=False) if b.type == "inline"
    ]
    assert said[:3] == [("h1", "小文档"), ("h2", "成果"), ("p", "注意：成果；比例")]
