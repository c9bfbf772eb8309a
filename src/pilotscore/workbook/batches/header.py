"""Tells a sheet of batch data or a time series by its header."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pilotscore.criteria.names import bracketed, normalise, without_brackets
from pilotscore.workbook.batches.words import COLUMNS, LIMIT_ROWS, SERIES_NAME, SHEET_NAME
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.tables.finder import find_table
from pilotscore.workbook.tables.headers import HeaderNames

Layout = Literal["long", "wide", "series"]
_HEADER_ROWS = 20
_LOOKED_AT = 200
_LONGEST_NAME = 60
# So many readings make a time series of a sheet with a column of times and no batches, unless its
# own name says what it is.
_FEWEST_READINGS = 10
_LIMIT_ENDINGS = {
    "lower": ("下限", "lsl", "lowerlimit"),
    "upper": ("上限", "usl", "upperlimit"),
    "target": ("目标值", "目标", "target"),
}


@dataclass(frozen=True, slots=True)
class Measurand:
    """A column of a wide sheet: a characteristic, its unit, and the columns of its limits."""

    column: int
    name: str
    unit: str = ""
    limits: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchHeader:
    """Where everything stands on a sheet of batch data; ``first`` is its first row of data."""

    layout: Layout
    row: int
    first: int
    id: int | None
    columns: Mapping[str, int]
    texts: Mapping[int, str]
    measurands: tuple[Measurand, ...] = ()
    limit_rows: Mapping[str, int] = field(default_factory=dict)
    unread: tuple[int, ...] = ()


def find_batch_header(sheet: Sheet, names: HeaderNames) -> BatchHeader | None:
    """Return the header of a sheet of batch data; None where the sheet holds something else.

    A table of results is never taken for one: its header names several indicators of the set.
    """
    for r, row in enumerate(sheet.rows[:_HEADER_ROWS]):
        texts = {
            c: x.strip()
            for c, x in enumerate(row)
            if isinstance(x, str) and 0 < len(x.strip()) <= _LONGEST_NAME
        }
        if len(texts) < 2:
            continue
        header = _header_at(sheet, r, texts, names)
        if header is not None:
            return None if _is_table_of_results(sheet, header, names) else header
    return None


def _is_table_of_results(sheet: Sheet, header: BatchHeader, names: HeaderNames) -> bool:
    """Say whether several indicators have a column, perhaps under a header of several rows."""
    if header.layout == "long":
        return False
    found = find_table(sheet.rows, names, sheet.merged)
    known = names.criteria.indicator_position
    return found.row is not None and sum(q in known for q in found.columns.quantities) > 1


def _header_at(
    sheet: Sheet, r: int, texts: dict[int, str], names: HeaderNames
) -> BatchHeader | None:
    forms = {c: _forms(t) for c, t in texts.items()}
    columns: dict[str, int] = {}
    for key, known in COLUMNS.items():
        taken = set(columns.values())
        found = next((c for c, f in forms.items() if f & known and c not in taken), None)
        if found is not None:
            columns[key] = found
    id_column = _id_column(forms, columns, names)
    plain = bool(SHEET_NAME.search(sheet.name))
    if {"characteristic", "value"} <= columns.keys() and "batch" in columns:
        columns.pop("time", None)
        return BatchHeader("long", r, r + 1, id_column, columns, texts)
    if {"characteristic", "value"} <= columns.keys():
        return None
    for key in ("characteristic", "value", "unit", "lower", "upper", "target"):
        columns.pop(key, None)
    # An indicator of the set may be a characteristic of a batch too; several of them are results.
    if _indicators(texts, columns, id_column, names) > (1 if plain else 0) and not (
        plain and "batch" in columns
    ):
        return None
    rest = {c: t for c, t in texts.items() if c not in (id_column, *columns.values())}
    if "batch" in columns:
        columns.pop("time", None)
        return _wide("wide", sheet, r, id_column, columns, texts, rest)
    runs = "begin" in columns and ("end" in columns or "hours" in columns)
    if plain and runs:
        return _wide("wide", sheet, r, id_column, columns, texts, rest)
    if "time" in columns:
        kept = {"time": columns["time"]}
        rest = {c: t for c, t in texts.items() if c not in (id_column, columns["time"])}
        found_series = _wide("series", sheet, r, id_column, kept, texts, rest)
        return (
            found_series if found_series is not None and _is_series(sheet, found_series) else None
        )
    return None


def _forms(text: str) -> set[str]:
    """Return a header as it is compared: whole, without brackets, and each of two languages."""
    parts = (text, *text.split("\n"), *text.split(" / "))
    return {normalise(x) for p in parts for x in (p, without_brackets(p))} - {""}


def _id_column(
    forms: Mapping[int, set[str]], columns: Mapping[str, int], names: HeaderNames
) -> int | None:
    taken = set(columns.values())
    for known in (names.ids, names.titles):
        for c, form in forms.items():
            if c not in taken and form & known:
                return c
    return None


def _indicators(
    texts: Mapping[int, str], columns: Mapping[str, int], id_column: int | None, names: HeaderNames
) -> int:
    known = names.criteria.indicator_position
    others = (t for c, t in texts.items() if c not in (id_column, *columns.values()))
    return sum((found := names.resolve(t)) is not None and found.name in known for t in others)


def _wide(
    layout: Layout,
    sheet: Sheet,
    r: int,
    id_column: int | None,
    columns: Mapping[str, int],
    texts: Mapping[int, str],
    rest: Mapping[int, str],
) -> BatchHeader | None:
    limit_rows, first = _limit_rows(sheet, r, (id_column, *columns.values()))
    stems = {normalise(without_brackets(t)): c for c, t in rest.items()}
    limits: dict[int, dict[str, int]] = {}
    limit_columns: set[int] = set()
    for c, text in rest.items():
        form = normalise(without_brackets(text))
        for kind, endings in _LIMIT_ENDINGS.items():
            stem = next((form[: -len(e)] for e in endings if form.endswith(e)), None)
            if stem and stem in stems and stems[stem] != c:
                limits.setdefault(stems[stem], {})[kind] = c
                limit_columns.add(c)
    measurands, unread = [], []
    for c, text in rest.items():
        if c in limit_columns:
            continue
        if not any(_is_number(x) for x in _cells(sheet, c, first)):
            if any(x != "" for x in _cells(sheet, c, first)):
                unread.append(c)
            continue
        name = " ".join(without_brackets(text).split()) or text
        measurands.append(Measurand(c, name, bracketed(text), limits.get(c, {})))
    timed = "begin" in columns
    if not measurands and not (timed or "remark" in columns or "judged" in columns):
        return None
    return BatchHeader(
        layout, r, first, id_column, columns, texts, tuple(measurands), limit_rows, tuple(unread)
    )


def _limit_rows(
    sheet: Sheet, r: int, columns: tuple[int | None, ...]
) -> tuple[dict[str, int], int]:
    """Return the rows below the header that state units and limits, and the first row of data."""
    found: dict[str, int] = {}
    first = r + 1
    for at in range(r + 1, min(r + 6, len(sheet.rows))):
        row = sheet.rows[at]
        said = {normalise(str(row[c])) for c in columns if c is not None and c < len(row)}
        kind = next((k for k, known in LIMIT_ROWS.items() if said & known), None)
        if kind is None:
            break
        found[kind] = at
        first = at + 1
    return found, first


def _cells(sheet: Sheet, column: int, first: int) -> Iterator[Any]:
    for row in sheet.rows[first : first + _LOOKED_AT]:
        if column < len(row):
            yield row[column]


def _is_number(cell: Any) -> bool:
    if isinstance(cell, str):
        try:
            float(cell.strip().rstrip("%％"))
        except ValueError:
            return False
        return cell.strip() != ""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _is_series(sheet: Sheet, header: BatchHeader) -> bool:
    from pilotscore.workbook.values.moments import moment

    cells = [x for x in _cells(sheet, header.columns["time"], header.first) if x != ""]
    fewest = 1 if SERIES_NAME.search(sheet.name) else _FEWEST_READINGS
    if len(cells) < fewest or not header.measurands:
        return False
    if all(isinstance(x, int | float) for x in cells):
        return True
    times = sum(
        isinstance(x, datetime.datetime | datetime.date | str) and moment(x) is not None
        for x in cells
    )
    return times * 2 > len(cells)
