"""Help that fits a terminal: click counts characters, and a Chinese one is two columns wide."""

from __future__ import annotations

from collections.abc import Iterable

import click

from pilotscore.render.wrapping import cells, spans

_GAP = 2


def wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of so many columns; a word that is longer has a line to itself."""
    text = " ".join(text.split())
    return [text[begin:end] for begin, end in spans(text, width)]


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
