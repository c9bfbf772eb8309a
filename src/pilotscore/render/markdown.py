"""A document as Markdown (GitHub's tables): a heading for each sheet, its notes, its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pilotscore.document import Column, Document, Fact, Line, Style, Table, is_heading, shown
from pilotscore.language import COLON, Lang, Text, Words, in_lang, join, printable
from pilotscore.patterns import regex

_NUMBERS: dict[Style, Callable[[float], str]] = {
    "rank": lambda x: f"{x:.0f}",
    "score": lambda x: f"{x:.1f}",
    "share": lambda x: f"{x:.1%}",
    "figure": lambda x: f"{x:,.3f}",
    "amount": lambda x: f"{x:,.10g}",
}
_RIGHT: tuple[Style, ...] = ("rank", "score", "share", "amount", "figure")
# Signs that Markdown reads as markup where a cell only holds text.
_MARKUP = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>#|~&$"} | {"\n": "<br>"})
# What makes a list or a rule of a paragraph that begins so; the signs above are markup anywhere.
_LEAD = regex(r"^(\d*)([-+.)])(?=[ \t-]|$)")
_NAME, _VALUE = Text("项", "Name"), Text("值", "Value")


def write_markdown(document: Document, path: Path, lang: Lang) -> None:
    """Write a document."""
    path.write_bytes(to_markdown(document, lang).encode())


def to_markdown(document: Document, lang: Lang) -> str:
    """Return a document as Markdown.

    Parameters
    ----------
    document
        What is written: its title and its sheets. Charts are of tables that stand there anyway.
    lang
        The language.
    """
    blocks = [f"# {escaped(document.title.to(lang))}"]
    for sheet in document.sheets():
        parts = [part for block in sheet.blocks for part in _block(block, lang)]
        if parts:  # a sheet of charts alone has none
            blocks += [f"## {escaped(sheet.name.to(lang))}", *parts]
    return "\n\n".join(blocks) + "\n"


def _block(block: Any, lang: Lang) -> list[str]:
    if isinstance(block, Table):
        return ["\n".join(_table(block, lang))]
    if isinstance(block, Line):
        said = "".join(in_lang(text, lang) for text, _ in block.pieces)
        return ["### " + escaped(said) if is_heading(block) else _paragraph(said)]
    if isinstance(block, Fact):
        return [_paragraph(join((block.label, block.text), COLON).to(lang))]
    return [_paragraph(block.to(lang))] if isinstance(block, Words) else []


def _paragraph(text: str) -> str:
    return _LEAD.sub(r"\1\\\2", escaped(text).lstrip(" \t"))


def _table(table: Table, lang: Lang) -> Iterator[str]:
    heads = [c.heading for c in table.columns] if table.headed else [_NAME, _VALUE]
    yield _line(escaped(h.to(lang)) for h in heads)
    yield _line("---:" if c.style in _RIGHT else "---" for c in table.columns)
    for row in table.rows:
        yield _line(_cell(x, c, lang) for x, c in zip(row, table.columns, strict=True))


def _line(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: Any, column: Column, lang: Lang) -> str:
    value = shown(value, lang)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float) and column.style in _NUMBERS:
        return _NUMBERS[column.style](value)
    return "" if value is None else escaped(str(value))


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is, without signs that steer whoever shows it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return printable(lines).translate(_MARKUP)
