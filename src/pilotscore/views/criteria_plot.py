"""The value functions of a criteria set, drawn in the terminal: curves in braille, categories as bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pilotscore.criteria import CriteriaSet, Indicator
from pilotscore.index.value_functions import score_values
from pilotscore.language import Lang, Text, printable
from pilotscore.views.terminal import fit, line, right
from pilotscore.wording import figures, words

if TYPE_CHECKING:
    from rich.console import Console

LEAST, MOST, GAP = 36, 76, 3
_ROWS = 7  # an odd number: 50 then stands in the middle of a row
_MARGIN = 4
_LEAST_BAR = 12
_MOST_LEVELS = 15  # a scale of more is drawn as a curve
_UNIT_ON_AXIS = 6
_EIGHTHS = " ▏▎▍▌▋▊▉█"
# The bit of each dot of a braille sign, by row and column: U+2800 plus these.
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
LOG = Text("对数轴", "log axis")

# A line of a chart as pieces with their styles, all of one width in cells.
Piece = tuple[str, str]
ChartLine = list[Piece]


def print_plots(
    criteria: CriteriaSet, indicators: Sequence[Indicator], console: Console, lang: Lang
) -> None:
    """Print a small chart for each indicator, by dimension, as many beside each other as fit."""
    c = criteria
    console.print(line((f"{c.title.to(lang)}  {c.id} {c.version}", "bold")), soft_wrap=True)
    beside = max(1, min(len(indicators), (console.width + GAP) // (LEAST + GAP)))
    width = min(MOST, (console.width - GAP * (beside - 1)) // beside)
    for dimension in criteria.dimensions:
        mine = [i for i in indicators if i in dimension.indicators]
        if not mine:
            continue
        weight = f"{words.WEIGHT.to(lang)} {dimension.weight:g}"
        console.print()
        heading = printable(f"{dimension.title.to(lang)}  {weight}")
        console.print(line((heading, "bold cyan")), soft_wrap=True)
        for first in range(0, len(mine), beside):
            console.print()
            charts = [chart(i, width, lang) for i in mine[first : first + beside]]
            for n in range(max(map(len, charts))):
                pieces: ChartLine = []
                for chart_lines in charts:
                    shown = chart_lines[n] if n < len(chart_lines) else [(" " * width, "")]
                    pieces += [*shown, (" " * GAP, "")]
                row = line(*pieces)
                row.rstrip()
                console.print(row, soft_wrap=True)


def chart(indicator: Indicator, width: int, lang: Lang) -> list[ChartLine]:
    """Return the chart of one indicator: lines of one width."""
    return [
        [(fit(title_of(indicator, lang), width), "bold")],
        [(fit(about(indicator, lang), width), "dim")],
        *(_bars(indicator, width, lang) if bars_of(indicator, lang) else _curve(indicator, width, lang)),
    ]  # fmt: skip


def title_of(indicator: Indicator, lang: Lang) -> str:
    """Return the title with the unit."""
    unit = printable(indicator.unit.to(lang)) if indicator.unit else ""
    title = printable(indicator.title.to(lang)) + ("*" if indicator.required else "")
    return title + (Text(f"（{unit}）", f" ({unit})").to(lang) if unit else "")


def about(indicator: Indicator, lang: Lang) -> str:
    """Return the id, the weight, and that the axis is a log one."""
    log = f" · {LOG.to(lang)}" if indicator.axis == "log" else ""
    return f"{indicator.id} · {words.WEIGHT.to(lang)} {indicator.weight:.6g}{log}"


def bars_of(indicator: Indicator, lang: Lang) -> list[tuple[str, float]]:
    """Return what is drawn as bars, each with its score: categories, levels, yes and no; or nothing."""
    import numpy as np

    if indicator.categories:
        return [(printable(c.title.to(lang)), c.value or 0.0) for c in indicator.categories]
    if indicator.type == "yes_no":
        named = [(words.NO.to(lang), 0.0), (words.YES.to(lang), 1.0)]
    elif indicator.type == "level" and indicator.scale and _few(indicator.scale):
        wording = indicator.wording or {}
        levels = range(indicator.scale[0], indicator.scale[1] + 1)
        said = {k: printable(text.to(lang)) for k, text in wording.items()}
        named = [(f"{k} {said.get(k, '')}".strip(), float(k)) for k in levels]
    else:
        return []
    scores = score_values(np.array([x for _, x in named]), indicator)
    return [(label, float(s)) for (label, _), s in zip(named, scores, strict=True)]


def _few(scale: tuple[int, int]) -> bool:
    return scale[1] - scale[0] < _MOST_LEVELS


def _bars(indicator: Indicator, width: int, lang: Lang) -> Iterable[ChartLine]:
    from rich.cells import cell_len

    rows = bars_of(indicator, lang)
    figures_wide = max(len(f"{score:.4g}") for _, score in rows) + 1
    label = min(
        max(cell_len(name) for name, _ in rows) + 1, max(8, width - figures_wide - _LEAST_BAR)
    )
    room = width - label - figures_wide
    for name, score in rows:
        drawn = _bar(score / 100, room)
        yield [
            (fit(name, label - 1) + " ", ""),
            (drawn, "cyan"),
            (right(f"{score:.4g}", figures_wide), ""),
        ]


def _bar(share: float, width: int) -> str:
    eighths = round(share * width * 8)
    drawn = "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
    return drawn + " " * (width - len(drawn))


def positions(indicator: Indicator, xs: Sequence[float]) -> list[float]:
    """Return where raw values lie on the axis, 0 at the first anchor and 1 at the last."""
    import math

    def along(x: float) -> float:
        return math.log(x) if indicator.axis == "log" else x

    first, last = along(indicator.anchors[0][0]), along(indicator.anchors[-1][0])
    return [(along(x) - first) / (last - first) if last > first else 0.5 for x in xs]


def _curve(indicator: Indicator, width: int, lang: Lang) -> Iterable[ChartLine]:
    room = width - _MARGIN
    cells = _drawn(indicator, room)
    anchors = [x for x, _ in indicator.anchors]
    columns = [round(t * (room - 1)) for t in positions(indicator, anchors)]
    marks = {(_dot_row(y) // 4, c) for c, (_, y) in zip(columns, indicator.anchors, strict=True)}
    for n, signs in enumerate(cells):
        score = {0: 100, _ROWS // 2: 50, _ROWS - 1: 0}.get(n)
        lead = f"{score:>3}┤" if score is not None else "   │"
        pieces: ChartLine = [(lead, "dim")]
        for c, sign in enumerate(signs):
            pieces.append(("●", "bold") if (n, c) in marks else (sign, "cyan"))
        yield pieces
    labels, ticks = _labels(indicator, width, columns, lang)
    axis = "".join("┬" if c in ticks else "─" for c in range(room))
    yield [("   └" + axis, "dim")]
    yield [(labels, "")]


def _dot_row(score: float) -> int:
    """Return the row of dots of a score, 0 at the top."""
    return round((1 - score / 100) * (4 * _ROWS - 1))


def _drawn(indicator: Indicator, width: int) -> list[list[str]]:
    """Draw the value function as scored, a score for each column of dots, in braille."""
    import numpy as np

    ends = np.array([indicator.anchors[0][0], indicator.anchors[-1][0]], dtype=float)
    t = np.linspace(0.0, 1.0, 2 * width)
    if indicator.axis == "log":
        xs = np.exp(np.log(ends[0]) + t * (np.log(ends[1]) - np.log(ends[0])))
    else:
        xs = ends[0] + t * (ends[1] - ends[0])
    rows = [_dot_row(float(s)) for s in score_values(xs, indicator)]
    bits = [[0] * width for _ in range(_ROWS)]
    for c, row in enumerate(rows):
        above = rows[c - 1] if c else row
        step = 1 if above <= row else -1
        for r in range(row, above, -step) if above != row else [row]:  # a steep line has no gaps
            bits[r // 4][c // 2] |= _DOTS[r % 4][c % 2]
    return [[chr(0x2800 + b) if b else " " for b in here] for here in bits]


def _labels(
    indicator: Indicator, width: int, columns: Sequence[int], lang: Lang
) -> tuple[str, set[int]]:
    """Return the labels under the axis, as many anchors as there is room for, and their columns."""
    from rich.cells import cell_len

    unit = printable(indicator.unit.to(lang)) if indicator.unit else ""
    unit = unit if cell_len(unit) <= _UNIT_ON_AXIS else ""
    texts = [figures.number(x) for x, _ in indicator.anchors]
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
