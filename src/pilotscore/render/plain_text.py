"""The lines of a document as a plain text file: what others check word for word."""

from __future__ import annotations

from pathlib import Path

from pilotscore.document import Document
from pilotscore.language import Lang


def write_text(document: Document, path: Path, lang: Lang) -> None:  # noqa: ARG001 - as every writer
    """Write the lines; they are in both languages, or in none."""
    assert document.lines is not None  # the command refuses the ending before the work is done
    path.write_text("".join(f"{line}\n" for line in document.lines()), encoding="utf-8")
