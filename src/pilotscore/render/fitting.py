"""Texts and bars fitted to a width in terminal cells, where a wide character takes two."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from pilotscore.document import Said
from pilotscore.language import Lang, in_lang, printable

EIGHTHS = " ▏▎▍▌▋▊▉█"


def shown_text(said: Said, lang: Lang) -> str:
    """Return words in one language, without signs that steer a terminal."""
    return printable(in_lang(said, lang))


def fit(text: str, width: int) -> str:
    """Cut or pad a text to a width in terminal cells, where a wide character takes two."""
    size = cell_len(text)
    if size <= width:
        return text + " " * (width - size)
    cut = set_cell_size(text, max(width - 1, 0)).rstrip()
    return cut + "…" + " " * (width - 1 - cell_len(cut))


def right(text: str, width: int) -> str:
    """Pad a text on the left to a width in terminal cells."""
    return " " * max(0, width - cell_len(text)) + text


def meter(share: float, width: int, *, whole: bool = False) -> str:
    """Draw a bar of a share of a width, in eighths of a cell or whole ones, padded to the width."""
    if whole:
        return fit("█" * round(share * width), width)
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    drawn = "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()
    return drawn + " " * (width - len(drawn))


def shrunk(
    sizes: Sequence[int], least: Sequence[int], yields: Sequence[int | None], room: int
) -> list[int]:
    """Return the widths of pieces of a line: those that yield are cut, in order, to what is left.

    Parameters
    ----------
    sizes
        How much each would take.
    least
        To which width one is cut at the most.
    yields
        In which turn one is cut; None for never.
    room
        For all of them.
    """
    widths = list(sizes)
    turns = sorted((turn, k) for k, turn in enumerate(yields) if turn is not None)
    for _, k in turns:
        over = sum(widths) - room
        if over > 0:
            widths[k] = max(min(least[k], sizes[k]), widths[k] - over)
    return widths
