"""A document as plain data for a page: tables by columns, each text once, both languages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from numbers import Real
from typing import Any

from pilotscore.document import (
    Breakdown,
    Chart,
    Column,
    Document,
    Explored,
    Fact,
    Line,
    Marks,
    Overview,
    Sheet,
    Style,
    Table,
    is_heading,
)
from pilotscore.language import COLON, NOTHING, Words, join
from pilotscore.render.html.charts import packed_chart, packed_control
from pilotscore.render.html.phrases import PHRASES
from pilotscore.render.html.texts import Texts, both

_NUMBERS: tuple[Style, ...] = ("rank", "score", "share", "amount", "figure")
_DIGITS: Mapping[Style, int] = {"score": 2, "share": 4}
_MIXED: tuple[Style, ...] = ("figure",)  # numbers here, words there
_MOST_VALUES = 40  # of a column that can be chosen by value


def packed(document: Document) -> dict[str, Any]:
    """Return all that a page shows of a document.

    Parameters
    ----------
    document
        What is shown: what there is to explore, then its sheets.
    """
    texts = Texts()
    explored = None if document.explored is None else document.explored()
    sheets = list(document.sheets() if explored is None else explored.beside())
    return {
        "title": both(document.title),
        "about": {"version": document.version, "as_of": document.as_of},
        "explored": None if explored is None else _explored(explored, texts),
        "sheets": [_sheet(s, sheets, texts) for s in sheets],
        "words": {key: both(text) for key, text in PHRASES.items()},
        "texts": texts.listed,  # last: all others have added theirs by now
    }


# ------------------------------------------------------------------------------- tables


def packed_table(table: Table, texts: Texts) -> dict[str, Any]:
    """Return a table by its columns."""
    rows = [list(row) for row in table.rows]
    columns: Iterable[Sequence[Any]] = (
        zip(*rows, strict=True) if rows else [()] * len(table.columns)
    )
    return {
        "size": len(rows),
        "headed": table.headed,
        "columns": [
            _column(column, values, texts)
            for column, values in zip(table.columns, columns, strict=True)
        ],
    }


def _column(column: Column, values: Sequence[Any], texts: Texts) -> dict[str, Any]:
    plan: dict[str, Any] = {
        "key": column.key,
        "heading": both(column.heading),
        "style": column.style,
        **packed_values(values, column.style, texts),
    }
    if isinstance(column.paint, Marks):
        plan["marks"] = [[texts.add(value), step] for value, step in column.paint.steps]
    return plan


def packed_values(values: Sequence[Any], style: Style, texts: Texts) -> dict[str, Any]:
    """Return the values of a column: numbers, or the numbers of texts; one where all are alike."""
    kind, cells = _kind_and_cells(values, style, texts)
    if cells and all(x == cells[0] for x in cells):
        return {kind: cells[0], "alike": True}
    return {kind: cells}


def _kind_and_cells(values: Sequence[Any], style: Style, texts: Texts) -> tuple[str, list[Any]]:
    kinds = {_is_number(x) for x in values if x is not None}
    if False not in kinds:
        return "numbers", [_number(x, style) for x in values]
    if style in _MIXED and True in kinds:
        return "mixed", [_number(x, style) if _is_number(x) else [_text(x, texts)] for x in values]
    return "texts", [_text(x, texts) for x in values]


def _is_number(value: Any) -> bool:
    kind = type(value)
    return kind is float or kind is int or (isinstance(value, Real) and kind is not bool)


def _number(value: float | None, style: Style) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    digits = _DIGITS.get(style)
    short = float(f"{value:.10g}") if digits is None else round(value, digits)
    return int(short) if short == int(short) else short


def _text(value: Any, texts: Texts) -> int | None:
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, float):
        value = f"{value:.10g}"
    return texts.add(value)


# ---------------------------------------------------------------------- what is explored


def _explored(explored: Explored, texts: Texts) -> dict[str, Any]:
    b = explored.breakdown
    # First, so that the texts that its cells repeat most have the shortest numbers.
    parts = None if b is None else _breakdown(b, len(explored.table.rows), texts)
    return {
        "name": both(explored.name),
        **packed_table(explored.table, texts),
        "notes": [both(note) for note in explored.notes],
        "shown": explored.shown,
        "filters": explored.filters,
        "overviews": [_overview(x) for x in explored.overviews],
        "breakdown": parts,
    }


def _overview(x: Overview) -> dict[str, Any]:
    return {
        "look": x.look,
        "title": both(x.title),
        "by": x.by,
        "of": x.of,
        "low": x.low,
        "high": x.high,
    }


def _breakdown(b: Breakdown, size: int, texts: Texts) -> dict[str, Any]:
    ways = [b.ways(place) for place in range(size)]
    charts = list(map(b.charts(), range(size)))
    return {
        "of": b.of,
        "span": b.span,
        "grades": b.grades,
        "points": b.points,
        "parts": [
            {"title": both(p.title), "group": p.group, "unit": both(p.unit or "")} for p in b.parts
        ],
        "groups": [{"key": key, "title": both(title)} for key, title in b.groups],
        "floors": [{"name": both(f.name), "least": f.least} for f in b.floors],
        "columns": [
            {
                "key": column.key,
                "heading": both(column.heading),
                "style": column.style,
                "parts": [packed_values(values, column.style, texts) for values in parts],
            }
            for column, parts in zip(b.columns, b.cells(), strict=True)
        ],
        "charts": {k: [packed_control(c) for c in some] for k, some in enumerate(charts) if some},
        "charts_left_out": [k for k, some in enumerate(charts) if some is None],
        "ways": [None if way is None else [texts.add(x) for x in way] for way in ways],
    }


# ------------------------------------------------------------------------------- sheets


def _sheet(sheet: Sheet, sheets: Sequence[Sheet], texts: Texts) -> dict[str, Any]:
    blocks = [_block(block, sheet, sheets, texts) for block in sheet.blocks]
    return {"name": both(sheet.name), "blocks": [b for b in blocks if b is not None]}


def _block(block: Any, sheet: Sheet, sheets: Sequence[Sheet], texts: Texts) -> Any:
    if isinstance(block, Table):
        table = packed_table(block, texts)
        return {"table": {**table, "filters": filters_of(table)}}
    if isinstance(block, Chart):
        return {"chart": packed_chart(block, sheet, sheets)}
    if isinstance(block, Line):
        said = join([text for text, _ in block.pieces], NOTHING)
        return {"heading" if is_heading(block) else "text": both(said)}
    if isinstance(block, Fact):
        return {"text": both(join((block.label, block.text), COLON))}
    return {"text": both(block)} if isinstance(block, Words) else None


def filters_of(table: Mapping[str, Any]) -> list[str]:
    """Return the columns of a packed table that have few values, and rows for each."""
    return [
        column["key"]
        for column in table["columns"]
        if not column.get("alike")
        and "texts" in column
        and 1 < len(set(column["texts"])) <= min(_MOST_VALUES, table["size"] // 2)
    ]
