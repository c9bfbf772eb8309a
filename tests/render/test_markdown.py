"""A document as Markdown, read back by a parser of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from syrupy.assertion import SnapshotAssertion

from pilotscore.document import Column, Document, Fact, Line, Sheet, Table, heading
from pilotscore.language import LANGS, Lang, same
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


@pytest.mark.slow
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


def written(*blocks: Fact | Line | Table, title: str = "t") -> str:
    return to_markdown(Document(same(title), sheets=lambda: [Sheet(same("s"), blocks)]), "en")


def parsed(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(text)


def said_in(token: Token) -> str:
    """Return what is shown of a token, breaks as such."""
    return "".join("\n" if c.type == "html_inline" else c.content for c in token.children or [])


SIGNS = ["a &amp; b&nbsp;c &#36;", "$x$ and $$y$$", "a ~~b~~ `c` [d](e) <f> # g"]


@pytest.mark.parametrize("text", SIGNS)
def test_signs_show_as_they_are_written(text: str):
    table = Table((Column("a", same(text)),), [[text]])
    tokens = parsed(written(Fact("", text), heading(text), table, title=text))
    assert [said_in(t) for t in tokens if t.type == "inline" and t.content != "s"] == [text] * 5


def test_money_is_no_formula():
    assert "\\$1 to \\$2" in written(Fact("", "$1 to $2"))  # some read $...$ as one


LEADS = ["- x", "+ x", "* x", "1. x", "12) x", "---", "***", "# x", "> x", "===", "```", ". x", "-"]


@pytest.mark.parametrize("lead", ["", "  ", "    ", "\t", "\0    ", " \0 \t"])
@pytest.mark.parametrize("text", LEADS)
def test_a_paragraph_stays_one_however_it_begins(text: str, lead: str):
    blocks = (Fact("", lead + text), Line(((lead, ""), (text, "dim"))))
    tokens = parsed(written(*blocks))[6:]  # below the two heads
    assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"] * 2
    assert [said_in(t) for t in tokens if t.type == "inline"] == [text] * 2


def test_signs_that_steer_are_taken_out_and_breaks_stay():
    wicked = "a\x1b[31m\u202eb\x00\u2066"
    text = written(Table((Column("a", same("a")),), [[wicked], ["b\rc\r\nd\ne"]]), title=wicked)
    assert text.startswith("# a\\[31mb\n")
    assert tables(text) == [[["a"], ["a[31mb"], ["b\nc\nd\ne"]]]


def test_yes_and_no_read_as_in_json():
    columns = (Column("a", same("a")), Column("b", same("b"), "figure"))
    assert tables(written(Table(columns, [[True, False]])))[0][1] == ["true", "false"]
