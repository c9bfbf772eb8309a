"""Pieces of a page that views of funding still print themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text as Rich

from pilotscore.document import Fact
from pilotscore.render.terminal import fit, print_page, right

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

__all__ = ["fit", "labelled", "line", "print_table", "right"]


def labelled(console: Console, label: str, text: str, indent: int, style: str = "") -> None:
    """Print a labelled text, wrapped under itself."""
    print_page((Fact(label, text, indent, style),), console, "en")


def print_table(table: Table, console: Console, indent: int = 0) -> None:
    """Print a table; piped, without the blanks that pad its lines."""
    from pilotscore.render.terminal import _print_table

    _print_table(table, console, indent)


def line(*parts: tuple[str, str]) -> Rich:
    """Return a line of pieces, each with its style."""
    return Rich.assemble(*parts)
