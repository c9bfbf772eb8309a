"""How a sheet stands on paper: widths from content, heights of wrapped text, pages side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from pilotscore.document import Chart, Column, Sheet, Table
from pilotscore.language import Lang
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.render.xlsx_rows import as_cell

_LOOKED_AT = 300  # rows whose content decides a width: the rest wraps
_LEAST, _MOST = 5, 60
_TEXT = 18  # the least that a column of text may be wrapped to
_HEAD_LINES = 3
_BOLD, _FILTER = 1.15, 4  # how much wider bold is, and what the button of a filter takes
_ROOM = 1046  # pixels across landscape A4 within its margins, printed at 100 %
_SMALLEST = 0.68  # 10 points printed at 6.8
# What charts may be printed at; pixels down the page, of a row and of a column with nothing in it.
_SMALL, _ROOM_DOWN, _ROW, _BARE_COLUMN = 0.56, 679, 20, 64
_SPARED = 0.1
_DIGITS = {"score": 5, "share": 6, "figure": 7, "rank": 4}
_DECIMALS = {"score": 1, "share": 1, "figure": 3, "rank": 0}
LINE, HIGHEST = 13.5, 405.0  # points

# What is not parted in a heading: the last word before a bracket with it (Cost (10k CNY)).
_BRACKETED = regex(r"\s*[^\s（(]*\s?[（(][^）)]*[）)]\s*$")


def cells_of(text: str) -> int:
    """Return the width of a text; a wide character, which takes three bytes, counts as two."""
    size = len(text)
    return size if text.isascii() else (size + len(text.encode(errors="replace")) + 1) // 2


def lines_of(text: str, width: float) -> int:
    """Estimate the lines that a text takes in a column."""
    room = max(1.0, width - 2)
    if "\n" not in text:
        return 1 + max(0, int((_taken(text) - 1) // room))
    return sum(1 + max(0, int((_taken(line) - 1) // room)) for line in text.split("\n"))


def _taken(text: str) -> float:
    """Return what a text takes of a column, whose unit is a digit: a letter takes less."""
    size = cells_of(text)
    return size - _SPARED * (2 * len(text) - size)


def unparted(heading: str) -> str:
    """Return a heading that does not break before its bracket, nor within."""
    place = _BRACKETED.search(heading)
    if place is None or cells_of(place[0]) > _TEXT:
        return heading
    start = place.start() + len(place[0]) - len(place[0].lstrip())
    return heading[:start] + heading[start:].replace(" ", "\u00a0")


def widths(sheet: Sheet, lang: Lang) -> list[float]:
    """Return the width of each column of a sheet, wide enough for every table on it."""
    tables = [b for b in sheet.blocks if isinstance(b, Table)]
    if sheet.widths or not tables:
        return list(sheet.widths)
    wide: list[float] = []
    for table in tables:
        here = _table_widths(table, lang, _whole_head if sheet.plain else _head)
        longer = max(len(wide), len(here))
        pairs = zip(_filled(wide, longer), _filled(here, longer), strict=True)
        wide = [max(pair) for pair in pairs]
    return wide if sheet.plain else _squeezed(wide, tables, sheet.print_columns)


def _squeezed(wide: list[float], tables: Sequence[Table], printed: int | None) -> list[float]:
    """Take from columns of text what it needs to print all on one page, where that is enough."""
    texts = {c for t in tables for c, x in enumerate(t.columns) if x.style in ("text", "wrap")}
    here = range(len(wide))[:printed]
    over = sum(map(_pixels, (wide[c] for c in here))) - _ROOM / _SMALLEST
    spare = {c: max(0.0, wide[c] - _TEXT) for c in here if c in texts}
    least = 7 * sum(spare.values())
    if not 0 < over <= least:
        return wide
    share = over / least + 1e-9
    return [w - share * spare.get(c, 0.0) for c, w in enumerate(wide)]


def _pixels(width: float) -> float:
    return 7 * width + 5


def _filled(widths: list[float], count: int) -> list[float]:
    return widths + [0.0] * (count - len(widths))


def _table_widths(table: Table, lang: Lang, head: Callable[[Column, Lang], float]) -> list[float]:
    sizes = [0] * len(table.columns)
    for row in islice(table.rows, _LOOKED_AT):
        for c, value in enumerate(row):
            cell = as_cell(value, lang)
            if cell is not None:
                sizes[c] = max(sizes[c], _size(cell, table.columns[c]))
    return [
        min(_MOST * 2, max(_content(size, column), head(column, lang) if table.headed else _LEAST))
        for size, column in zip(sizes, table.columns, strict=True)
    ]


def _whole_head(column: Column, lang: Lang) -> float:
    """Return the width with which a bold heading stands on one line, beside its filter."""
    return cells_of(column.heading.to(lang)) * _BOLD + _FILTER


def _size(cell: Any, column: Column) -> int:
    if isinstance(cell, str):
        return max(map(cells_of, cell.split("\n")))
    if column.style in _DIGITS:
        return max(_DIGITS[column.style], len(f"{cell:.{_DECIMALS[column.style]}f}"))
    return len(f"{cell:,.2f}".removesuffix(".00"))


def _content(size: int, column: Column) -> float:
    """Return the width for content: what it takes, up to what the column is to have."""
    return min(size + 2, max(column.width, _TEXT if column.style == "wrap" else column.width))


def _head(column: Column, lang: Lang) -> float:
    """Return the width with which a heading takes few lines and parts no word nor unit."""
    heading = unparted(column.heading.to(lang))
    pieces = [x for x in re.split(r"[ \n]", heading) if x]
    longest = max((cells_of(x) for x in pieces if x.isascii() or "\u00a0" in x), default=0)
    bracketed = _BRACKETED.search(heading)
    if bracketed is not None and not heading.isascii():
        longest = max(longest, min(cells_of(heading), _TEXT))
    shared = -(-cells_of(heading) // _HEAD_LINES)
    return max(_LEAST, min(_MOST, max(longest, shared) + 2))


def head_height(table: Table, widths: Sequence[float], lang: Lang) -> float:
    """Return the height of the row of headings."""
    lines = (
        lines_of(column.heading.to(lang), width + 1)
        + (" " in column.heading.to(lang) and width < cells_of(column.heading.to(lang)) + 1)
        for column, width in zip(table.columns, widths, strict=False)
    )
    return 6 + LINE * min(6, max(lines, default=1))


def row_heights(
    columns: Sequence[Sequence[Any]], wrapped: Sequence[int], widths: Sequence[float]
) -> list[float | None]:
    """Return the height of each row for the texts that are wrapped in it; None for one line."""
    lines = [1] * len(columns[0])
    for c in wrapped:
        taken = {x: lines_of(x, widths[c]) for x in set(columns[c]) if isinstance(x, str)}
        if max(taken.values(), default=1) > 1:
            here = (taken.get(x, 1) for x in columns[c])
            lines = [max(pair) for pair in zip(lines, here, strict=True)]
    return [None if n == 1 else min(HIGHEST, LINE * n + 1.5) for n in lines]


def on_one_page(charts: Sequence[Chart], widths: Sequence[float], rows: int) -> bool:
    """Whether charts are kept whole by one page: not where that takes it far below its scale.

    Parameters
    ----------
    charts
        Of the sheet; they stand beside its tables or below.
    widths, rows
        Of what else is on it.
    """
    if not charts:
        return False
    pixels = [*map(_pixels, widths)]
    right = sum(pixels)
    for chart in charts:
        before = chart.at[1] if chart.at else 0
        bare = _BARE_COLUMN * max(0, before - len(pixels))
        right = max(right, sum(pixels[:before]) + bare + chart.size[0])
    scale = min(_SMALL, 0.9 * _ROOM / right)
    return rows * _ROW * scale <= _ROOM_DOWN


@dataclass(frozen=True, slots=True)
class Paper:
    """How a sheet is printed: at which scale, and before which columns a page begins."""

    scale: int
    breaks: tuple[int, ...]


def paper(widths: Sequence[float], repeated: int) -> Paper:
    """Return how columns of such widths are printed across landscape A4.

    Parameters
    ----------
    widths
        Of the columns that are printed.
    repeated
        How many of the first stand on every page.
    """
    pixels = [_pixels(w) for w in widths]
    total = sum(pixels)
    if total * _SMALLEST <= _ROOM + 1:
        return Paper(min(100, int(100 * _ROOM / total)) if total else 100, ())
    room, lead = _ROOM / _SMALLEST, sum(pixels[:repeated])
    breaks: list[int] = []
    used = lead
    for c in range(repeated, len(pixels)):
        if used + pixels[c] > room and used > lead:
            breaks.append(c)
            used = lead
        used += pixels[c]
    widest = max(lead + x for x in pixels[repeated:])
    return Paper(int(100 * min(_SMALLEST, _ROOM / widest)), tuple(breaks))
