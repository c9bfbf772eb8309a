"""Drawings in the terminal, a function for each kind of record that is drawn in characters."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pilotscore.language import Lang

if TYPE_CHECKING:
    from rich.console import Console

_DRAW: dict[type, Callable[[Any, Console, Lang], None]] = {}


def draw(data: Any, console: Console, lang: Lang) -> None:
    """Draw a record."""
    _DRAW[type(data)](data, console, lang)
