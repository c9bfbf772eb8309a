"""A document as plain text: its lines, which others check word for word, or its page."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from pilotscore.document import Block, Document
from pilotscore.language import Lang


def write_text(document: Document, path: Path, lang: Lang) -> None:  # noqa: ARG001 - as every writer
    """Write the lines; they are in both languages, or in none."""
    assert document.lines is not None  # the command refuses the ending before the work is done
    path.write_text("".join(f"{line}\n" for line in document.lines()), encoding="utf-8")


def page_text(page: Iterable[Block], lang: Lang) -> str:
    """Return a page as it is piped: each line of findings whole."""
    from rich.console import Console

    from pilotscore.render.terminal import print_page

    stream = io.StringIO()
    print_page(page, Console(file=stream, width=120, color_system=None), lang)
    return stream.getvalue()
