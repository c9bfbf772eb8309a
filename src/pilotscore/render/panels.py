"""Value functions in the terminal: curves in braille, few values as bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from rich.cells import cell_len
from rich.text import Text as Rich

from pilotscore.drawings import Panels, ValueFunction
from pilotscore.language import Lang, Words, number, printable
from pilotscore.render.fitting import fit, meter, right, shown_text

if TYPE_CHECKING:
    from rich.console import Console

_LEAST, _MOST, _GAP = 36, 76, 3
_ROWS = 7  # an odd number: 50 then stands in the middle of a row
_MARGIN = 4
_LEAST_BAR = 12
_UNIT_ON_AXIS = 6
# The bit of each dot of a braille sign, by row and column: U+2800 plus these.
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))

# A line of a panel as pieces with their styles, all of one width in cells.
PanelLine = list[tuple[str, str]]


def print_panels(panels: Panels, console: Console, lang: Lang) -> None:
    """Print a panel for each function, by group, as many beside each other as fit."""
    count = sum(len(functions) for *_, functions in panels.groups)
    beside = max(1, min(count, (console.width + _GAP) // (_LEAST + _GAP)))
    width = min(_MOST, (console.width - _GAP * (beside - 1)) // beside)
    _put(console, [(_title(panels.title, lang), "bold")])
    for _, title, functions in panels.groups:
        console.print()
        _put(console, [(_title(title, lang), "bold cyan")])
        for first in range(0, len(functions), beside):
            console.print()
            row = [panel(f, width, lang) for f in functions[first : first + beside]]
            for n in range(max(map(len, row))):
                lines = (p[n] if n < len(p) else [(" " * width, "")] for p in row)
                _put(console, [piece for line in lines for piece in (*line, (" " * _GAP, ""))])


def _title(parts: tuple[Words, Words], lang: Lang) -> str:
    return "  ".join(shown_text(part, lang) for part in parts)


def _put(console: Console, pieces: PanelLine) -> None:
    line = Rich.assemble(*pieces)
    line.rstrip()
    console.print(line, soft_wrap=True)


def panel(function: ValueFunction, width: int, lang: Lang) -> list[PanelLine]:
    """Return the panel of one function: lines of one width."""
    drawn = _bars(function, width, lang) if function.bars else _curve(function, width, lang)
    return [
        [(fit(shown_text(function.title, lang), width), "bold")],
        [(fit(shown_text(function.about, lang), width), "dim")],
        *drawn,
    ]


def _bars(function: ValueFunction, width: int, lang: Lang) -> Iterator[PanelLine]:
    rows = [(shown_text(name, lang), score) for name, score in function.bars]
    figures_wide = max(len(f"{score:.4g}") for _, score in rows) + 1
    longest = max(cell_len(name) for name, _ in rows) + 1
    label = min(longest, max(8, width - figures_wide - _LEAST_BAR))
    for name, score in rows:
        yield [
            (fit(name, label - 1) + " ", ""),
            (meter(score / 100, width - label - figures_wide), "cyan"),
            (right(f"{score:.4g}", figures_wide), ""),
        ]


def _curve(function: ValueFunction, width: int, lang: Lang) -> Iterator[PanelLine]:
    room = width - _MARGIN
    columns = [round(t * (room - 1)) for t in function.positions]
    scores = [y for _, y in function.anchors]
    marks = {(_dot_row(y) // 4, c) for c, y in zip(columns, scores, strict=True)}
    for n, signs in enumerate(_drawn(function, room)):
        score = {0: 100, _ROWS // 2: 50, _ROWS - 1: 0}.get(n)
        lead = f"{score:>3}┤" if score is not None else "   │"
        dots = [("●", "bold") if (n, c) in marks else (x, "cyan") for c, x in enumerate(signs)]
        yield [(lead, "dim"), *dots]
    labels, ticks = _labels(function, width, columns, lang)
    axis = "".join("┬" if c in ticks else "─" for c in range(room))
    yield [("   └" + axis, "dim")]
    yield [(labels, "")]


def _dot_row(score: float) -> int:
    """Return the row of dots of a score, 0 at the top."""
    return round((1 - score / 100) * (4 * _ROWS - 1))


def _drawn(function: ValueFunction, width: int) -> list[list[str]]:
    """Draw the curve in braille, a score for each column of dots."""
    t = np.linspace(0.0, 1.0, 2 * width)
    scores = np.interp(t, function.positions, [y for _, y in function.anchors])
    rows = [_dot_row(float(s)) for s in scores]
    bits = [[0] * width for _ in range(_ROWS)]
    for c, row in enumerate(rows):
        above = rows[c - 1] if c else row
        step = 1 if above <= row else -1
        for r in range(row, above, -step) if above != row else [row]:  # a steep line has no gaps
            bits[r // 4][c // 2] |= _DOTS[r % 4][c % 2]
    return [[chr(0x2800 + b) if b else " " for b in here] for here in bits]


def _labels(
    function: ValueFunction, width: int, columns: Sequence[int], lang: Lang
) -> tuple[str, set[int]]:
    """Return the labels under the axis, as many anchors as there is room for, and their columns."""
    unit = printable(function.unit.to(lang))
    texts = [number(x) for x, _ in function.anchors]
    if cell_len(unit) <= _UNIT_ON_AXIS:
        texts[-1] = f"{texts[-1]} {unit}".strip()
    taken: list[tuple[int, int, str]] = []
    ticks: set[int] = set()
    for k in dict.fromkeys((0, len(texts) - 1, *range(len(texts)))):
        size = cell_len(texts[k])
        at = min(max(0, _MARGIN + columns[k] - size // 2), width - size)
        if at < 0 or any(at < end + 1 and start < at + size + 1 for start, end, _ in taken):
            continue
        taken.append((at, at + size, texts[k]))
        ticks.add(columns[k])
    shown, reached = "", 0
    for start, end, text in sorted(taken):
        shown += " " * (start - reached) + text
        reached = end
    return shown + " " * (width - reached), ticks
