"""How the sheets of a template are printed: on as few pages as their columns need."""

from __future__ import annotations

from typing import Any

_A3, _A4 = 8, 9
_SMALL = 60  # per cent at which a wide sheet is printed
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.4, "bottom": 0.6}
_PAGES = "&C&8 &P / &N"


def print_wide(sheet: Any, repeated: int, heads: int) -> None:
    """Print columns across landscape A3, on further pages with the first ones and the heads again.

    Where a page ends is left to the program that prints: it fills each, whatever its fonts.

    Parameters
    ----------
    sheet
        The sheet.
    repeated
        How many of the first columns stand on every page.
    heads
        How many of the first rows do.
    """
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.set_print_scale(_SMALL)
    sheet.repeat_rows(0, heads - 1)
    sheet.repeat_columns(0, repeated - 1)
    _finish(sheet)


def print_on_one(sheet: Any, heads: int) -> None:
    """Print all columns on one page of A4 across, with the heads on each below."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, heads - 1)
    _finish(sheet)


def _finish(sheet: Any) -> None:
    sheet.set_margins(**_MARGINS)
    sheet.set_footer(_PAGES, {"margin": 0.3})
