"""Cells of tables that break into lines as all other text does, Chinese between its characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.containers import Lines
from rich.text import Text as Rich

from pilotscore.render.wrapping import lines

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod, OverflowMethod


class CellText(Rich):
    """A styled text that breaks in a table by the rules of :mod:`pilotscore.render.wrapping`."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """Return the lines of the text at a width."""
        if no_wrap or self.no_wrap:
            return super().wrap(
                console,
                width,
                justify=justify,
                overflow=overflow,
                tab_size=tab_size,
                no_wrap=no_wrap,
            )
        broken = Lines(lines(self, width))
        broken.justify(console, width, justify=justify or self.justify or "default")
        return broken
