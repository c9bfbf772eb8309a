"""Help that fits a terminal: click counts characters, and a Chinese one is two columns wide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import click

# A word, or one wide character, with the marks behind it that never begin a line.
_PIECE = re.compile(r"(\s*)((?:[!-~]+|[^\s!-~])[，。；：、！？）”》]*)")
_GAP = 2


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of so many columns; a word that is longer has a line to itself."""
    return list(_lines(text, width)) or [""]


def _lines(text: str, width: int) -> Iterator[str]:
    line = ""
    for blank, piece in _PIECE.findall(text):
        longer = f"{line}{' ' if blank and line else ''}{piece}"
        if line and cells(longer) > width:
            yield line
            longer = piece
        line = longer
    if line:
        yield line


class Formatter(click.HelpFormatter):
    """Writes help in columns of a terminal."""

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        indent = " " * self.current_indent
        for line in wrapped(text, max(self.width - self.current_indent, 10)):
            self.write(f"{indent}{line}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = _GAP
    ) -> None:
        """Write names with what each means beside it, or below where a name is long."""
        listed = list(rows)
        first = min(_widest(name for name, _ in listed), col_max) + col_spacing
        indent, left = " " * self.current_indent, self.current_indent + first
        for name, meaning in listed:
            lines = wrapped(meaning, max(self.width - left - col_spacing, 10))
            if cells(name) > first - col_spacing:
                self.write(f"{indent}{name}\n")
            else:
                self.write(f"{indent}{name}{' ' * (first - cells(name))}{lines.pop(0)}\n")
            for line in lines:
                self.write(f"{' ' * left}{line}\n")


def _widest(texts: Iterable[str]) -> int:
    return max(map(cells, texts), default=0)


class Context(click.Context):
    """A command's run, whose help is written in columns of a terminal."""

    formatter_class = Formatter
