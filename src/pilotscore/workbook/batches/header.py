"""Tells a sheet of batch data or a time series by its header."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any, Literal

from pilotscore.criteria.names import bracketed, normalise, without_brackets
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.batches.words import COLUMNS, LIMIT_ROWS, SERIES_NAME, SHEET_NAME
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.tables.finder import find_table
from pilotscore.workbook.tables.headers import IDS, SERIALS, TITLES, HeaderNames
from pilotscore.workbook.tables.row_labels import SUMMARIES, RowKind, Sureness, label_of
from pilotscore.workbook.values.moments import moment
from pilotscore.workbook.values.unread import has_unread, is_unread

Layout = Literal["long", "wide", "series"]
_HEADER_ROWS = 20
_LOOKED_AT = 200
_LONGEST_NAME = 60
# So many readings make a time series of a sheet with a column of times and no batches, unless its
# own name says what it is.
_FEWEST_READINGS = 10
_KNOWN = frozenset().union(*COLUMNS.values())
# What stands in a column of its own for each row, where the values stand across.
_OF_LONG = {"characteristic", "value", "unit", "lower", "upper", "target", "spec"}
_OF_ROWS = COLUMNS.keys() - _OF_LONG
_LIMIT_ENDINGS = {
    "lower": ("下限", "lsl", "lowerlimit"),
    "upper": ("上限", "usl", "upperlimit"),
    "target": ("目标值", "目标", "target"),
}
# Of a column these are more often what was measured than what is allowed.
_EXTREMES = frozenset({"min", "minimum", "max", "maximum"})
# B1, 2601-03, Lot 4, 第3批: what batches are called.
_BATCH_NUMBER = re.compile(
    r"(?:第\s*)?(?:[A-Za-z#]{1,5}[\s\-_.]*)?\d[\w\-]*\s*(?:批|号|批次)?"
).fullmatch
_SUMS = SUMMARIES - {RowKind.EXTREME}
_DIGIT = re.compile(r"\d").search
# What may stand between a characteristic and its limit without naming it: 纯度规格下限.
_LIMITED_BY = regex(r"(?:规格|标准|合格|控制|质量|内控|指标|的|spec(?:ification)?|control)+$")


@dataclass(frozen=True, slots=True)
class Measurand:
    """A column of a wide sheet: a characteristic, its unit, and the columns of its limits."""

    column: int
    name: str
    unit: str = ""
    limits: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchHeader:
    """Where everything stands on a sheet of batch data; ``first`` is its first row of data.

    ``nameless_limits`` has the column that each limit without a name of its own limits, if any;
    ``summed`` are columns that sum up others, ``headless`` those with numbers and no header.
    """

    layout: Layout
    row: int
    first: int
    id: int | None
    columns: Mapping[str, int]
    texts: Mapping[int, str]
    measurands: tuple[Measurand, ...] = ()
    limit_rows: Mapping[str, int] = field(default_factory=dict)
    unread: tuple[int, ...] = ()
    nameless_limits: Mapping[int, int | None] = field(default_factory=dict)
    summed: tuple[int, ...] = ()
    headless: tuple[int, ...] = ()


def batch_header(sheet: Sheet, names: HeaderNames) -> tuple[BatchHeader | None, int | None]:
    """Return the header of a sheet of batch data; else the row in which batches stand side by side.

    Both are None where the sheet holds something else. A table of results is never taken for one:
    its header names several indicators of the set.
    """
    header = _any_header(sheet, names)
    if header is not None and _is_turned(sheet, header):
        return None, header.row
    return header, None


def _is_turned(sheet: Sheet, header: BatchHeader) -> bool:
    """Say whether batches stand in columns: their numbers in the header, and names below.

    The names are of what was measured, and have no digits (or in brackets alone: 水分（105 ℃）).
    """
    if header.layout != "wide" or "batch" not in header.columns:
        return False
    heads = [header.texts[m.column] for m in header.measurands]
    heads = [x for x in heads if label_of(x) is None]
    cells = [x for x in _cells(sheet, header.columns["batch"], header.first) if x != ""]
    named = [x for x in cells if isinstance(x, str) and label_of(x) is None]
    return (
        min(len(heads), len(named)) > 1
        and len(named) == len([x for x in cells if not isinstance(x, str) or label_of(x) is None])
        and all(map(_BATCH_NUMBER, heads))
        and not any(_DIGIT(without_brackets(x)) for x in named)
    )


def _any_header(sheet: Sheet, names: HeaderNames) -> BatchHeader | None:
    rows = sheet.rows[:_HEADER_ROWS]
    cells: set[Any] = set().union(*rows)
    named = {x for x in cells if isinstance(x, str) and _is_known(x.strip())}
    for r, row in enumerate(rows):
        if named.isdisjoint(row):
            continue
        texts = {
            c: x.strip()
            for c, x in enumerate(row)
            if isinstance(x, str) and 0 < len(x.strip()) <= _LONGEST_NAME
        }
        if len(texts) < 2 or not any(map(_is_known, texts.values())):
            continue
        header = _header_at(sheet, r, texts, names)
        if header is not None:
            return None if _is_table_of_results(sheet, header, names) else header
    return None


def _is_table_of_results(sheet: Sheet, header: BatchHeader, names: HeaderNames) -> bool:
    """Say whether several indicators have a column, perhaps under a header of several rows."""
    if header.layout == "long":
        return False
    table = find_table(sheet.rows, names, sheet.merged)
    known = names.criteria.indicator_position
    return table.row is not None and sum(q in known for q in table.columns.quantities) > 1


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that may be a header: its texts, the column of ids, and those known by name."""

    sheet: Sheet
    number: int
    texts: Mapping[int, str]
    id: int | None
    columns: dict[str, int]

    @property
    def rest(self) -> dict[int, str]:
        """The texts of the columns that are not known by name."""
        known = (self.id, *self.columns.values())
        return {c: t for c, t in self.texts.items() if c not in known}

    def only(self, *names: str) -> _Row:
        """Return the row with some of its columns known, and the others unknown."""
        return replace(self, columns={n: c for n, c in self.columns.items() if n in names})


def _row(sheet: Sheet, r: int, texts: dict[int, str]) -> _Row:
    compared = {c: _compared(t) for c, t in texts.items()}
    likely = {c: names for c, names in compared.items() if names & _KNOWN}
    columns: dict[str, int] = {}
    for key, known in COLUMNS.items() if likely else ():
        taken = columns.values()
        column = next((c for c, f in likely.items() if f & known and c not in taken), None)
        if column is not None:
            columns[key] = column
    return _Row(sheet, r, texts, _id_column(compared, columns), _of_specimens(columns))


def _of_specimens(columns: dict[str, int]) -> dict[str, int]:
    """Return the columns, specimens being samples of a batch, or batches where there are none.

    Without batch numbers that holds where scales are stated alone: a laboratory and a pilot that
    made one lot each are compared by their specimens.
    """
    if "specimen" not in columns:
        return columns
    others = {n: c for n, c in columns.items() if n != "specimen"}
    if "batch" not in others and "scale" in others:
        return {"batch": columns["specimen"], **others}
    return {"sample": columns["specimen"], **others}


def specimens_are_batches(header: BatchHeader) -> bool:
    """Say whether a column of specimens stands for that of batch numbers."""
    column = header.columns.get("batch")
    return column is not None and bool(_compared(header.texts[column]) & COLUMNS["specimen"])


def _header_at(
    sheet: Sheet, r: int, texts: dict[int, str], names: HeaderNames
) -> BatchHeader | None:
    row = _row(sheet, r, texts)
    named = bool(SHEET_NAME.search(sheet.name))
    if {"characteristic", "value"} <= row.columns.keys():
        if "batch" not in row.columns:
            return None
        columns = {n: c for n, c in row.columns.items() if n != "time"}
        return BatchHeader("long", r, r + 1, row.id, columns, texts)
    row = row.only(*_OF_ROWS)
    # An indicator of the set may be a characteristic of a batch too; several of them are results.
    batches = "batch" in row.columns
    if _indicators(row, names) > (1 if named else 0) and not (named and batches):
        return None
    runs = "begin" in row.columns and ("end" in row.columns or "hours" in row.columns)
    if batches:
        return _wide("wide", row.only(*_OF_ROWS - {"time"}), row.rest)
    if named and runs:
        return _wide("wide", row, row.rest)
    if "time" not in row.columns:
        return None
    row = row.only("time")
    series = _wide("series", row, row.rest)
    return series if series is not None and _is_series(sheet, series) else None


@lru_cache(maxsize=1 << 14)
def _compared(text: str) -> frozenset[str]:
    """Return a header as it is compared: whole, without brackets, and each of two languages."""
    parts = (text, *text.split("\n"), *text.split(" / "))
    return frozenset(normalise(x) for p in parts for x in (p, without_brackets(p))) - {""}


@lru_cache(maxsize=1 << 14)
def _is_known(text: str) -> bool:
    """Say whether a text is the header of a column that is known by name."""
    return not _KNOWN.isdisjoint(_compared(text))


def _id_column(compared: Mapping[int, frozenset[str]], columns: Mapping[str, int]) -> int | None:
    taken = columns.values()
    for known in (IDS, TITLES):
        for c, names in compared.items():
            if names & known and c not in taken:
                return c
    return None


def _indicators(row: _Row, names: HeaderNames) -> int:
    known = names.criteria.indicator_position
    resolved = map(names.resolve, row.rest.values())
    return sum(named is not None and named.name in known for named in resolved)


def _wide(layout: Layout, row: _Row, rest: Mapping[int, str]) -> BatchHeader | None:
    """Return the header of a sheet with a column for each characteristic, of those in the rest."""
    sheet, columns = row.sheet, row.columns
    limit_rows, first = _limit_rows(sheet, row.number, (row.id, *columns.values()))
    numeric = {c for c in rest if any(is_a_number(x) for x in _cells(sheet, c, first))}
    numeric |= {c for c in rest if _is_broken(sheet, c, first)}
    limits, nameless = _limit_columns({c: t for c, t in rest.items() if c in numeric})
    of_limits = {c for own in limits.values() for c in own.values()} | nameless.keys()
    summed = _summed({c: t for c, t in rest.items() if c in numeric - of_limits})
    measurands, unread = [], []
    for c, text in rest.items():
        if (
            c in summed
            or c in of_limits
            or (_compared(text) & SERIALS and _counts_up(_cells(sheet, c, first)))
        ):
            continue
        if c in numeric:
            name = " ".join(without_brackets(text).split()) or text
            measurands.append(Measurand(c, name, bracketed(text), limits.get(c, {})))
        elif any(x != "" for x in _cells(sheet, c, first)):
            unread.append(c)
    if not measurands and not {"begin", "remark", "judged"} & columns.keys():
        return None
    return BatchHeader(
        layout,
        row.number,
        first,
        row.id,
        columns,
        row.texts,
        tuple(measurands),
        limit_rows,
        tuple(unread),
        nameless,
        summed,
        _headless(sheet, row, first),
    )


def _summed(texts: Mapping[int, str]) -> tuple[int, ...]:
    """Return the columns that sum up the others (平均, RSD); none where there are no others.

    Min and max may be what was measured.
    """
    labels = {c: label_of(t) for c, t in texts.items()}
    of_sums = [
        c for c, x in labels.items() if x and x.sureness is Sureness.SURE and x.kind in _SUMS
    ]
    return tuple(of_sums) if len(of_sums) < len(texts) else ()


def _headless(sheet: Sheet, row: _Row, first: int) -> tuple[int, ...]:
    """Return the columns with numbers between those with a header that have none themselves."""
    between = set(range(min(row.texts), max(row.texts))) - row.texts.keys()
    return tuple(
        c
        for c in sorted(between)
        if sheet.cell(row.number, c) == "" and any(map(is_a_number, _cells(sheet, c, first)))
    )


def _limit_columns(
    texts: Mapping[int, str],
) -> tuple[dict[int, dict[str, int]], dict[int, int | None]]:
    """Return the columns that limit another one, by their names: 纯度 has 纯度下限, 纯度（下限）.

    A header that says limit and not of what (规格下限, LSL) is of the characteristic to its left,
    or of the only one: these are returned beside, with the column that they limit.
    """
    said = {c: _limit_said(t) for c, t in texts.items()}
    stems = {normalise(without_brackets(t)): c for c, t in texts.items() if said[c] is None}
    others = [c for c in texts if said[c] is None]
    limits: dict[int, dict[str, int]] = {}
    nameless: dict[int, int | None] = {}
    for c, limit in said.items():
        if limit is None:
            continue
        kind, stem = limit
        owner = stems.get(stem) if stem else _owner(c, others)
        if owner is not None and limits.setdefault(owner, {}).setdefault(kind, c) != c:
            owner = None  # it has such a limit already
        if not stem:
            nameless[c] = owner
    return limits, nameless


def _limit_said(text: str) -> tuple[str, str] | None:
    """Return which limit a header says, and of what ('' where it does not say); None for none.

    What names a characteristic and only ends so is none: 爆炸下限 is one where no 爆炸 is measured.
    """
    inside, name = normalise(bracketed(text)), normalise(without_brackets(text))
    for kind, endings in _LIMIT_ENDINGS.items():
        known = COLUMNS[kind] - _EXTREMES
        if name and (inside in endings or inside in known):
            return kind, name
        if name in known:
            return kind, ""
        for ending in endings:
            if name.endswith(ending) or (ending.isascii() and name.startswith(ending)):
                return kind, _LIMITED_BY.sub("", name.removesuffix(ending).removeprefix(ending))
    return None


def _owner(column: int, others: Sequence[int]) -> int | None:
    """Return the column that a limit without a name is of: to its left, or the only one."""
    left = [c for c in others if c < column]
    return left[-1] if left else (others[0] if len(others) == 1 else None)


def _limit_rows(
    sheet: Sheet, r: int, columns: tuple[int | None, ...]
) -> tuple[dict[str, int], int]:
    """Return the rows below the header that state units and limits, and the first row of data."""
    rows: dict[str, int] = {}
    first = r + 1
    for at in range(r + 1, min(r + 6, len(sheet.rows))):
        row = sheet.rows[at]
        said = {normalise(str(row[c])) for c in columns if c is not None and c < len(row)}
        kind = next((k for k, known in LIMIT_ROWS.items() if said & known), None)
        if kind is None:
            break
        rows[kind] = at
        first = at + 1
    return rows, first


def _counts_up(cells: Iterator[Any]) -> bool:
    """Say whether numbers go up by one: a running number is no characteristic, NO may be one."""
    numbers = [x for x in cells if isinstance(x, int | float) and not isinstance(x, bool)]
    return all(b - a == 1 for a, b in pairwise(numbers))


def _cells(sheet: Sheet, column: int, first: int) -> Iterator[Any]:
    for row in sheet.rows[first : first + _LOOKED_AT]:
        if column < len(row):
            yield row[column]


def _is_broken(sheet: Sheet, column: int, first: int) -> bool:
    """Say whether a column holds nothing but error cells and formulas without a result."""
    if not has_unread(sheet) or any(x != "" for x in _cells(sheet, column, first)):
        return False
    rows = range(first, min(first + _LOOKED_AT, len(sheet.rows)))
    return any(is_unread(sheet, r, column) for r in rows)


def is_a_number(cell: Any) -> bool:
    """Say whether a cell holds a number, or a text that is one."""
    if isinstance(cell, str):
        try:
            float(cell.strip().rstrip("%％"))
        except ValueError:
            return False
        return cell.strip() != ""
    number = int | float | datetime.timedelta
    return isinstance(cell, number) and not isinstance(cell, bool)


def _is_series(sheet: Sheet, header: BatchHeader) -> bool:
    cells = [x for x in _cells(sheet, header.columns["time"], header.first) if x != ""]
    fewest = 1 if SERIES_NAME.search(sheet.name) else _FEWEST_READINGS
    if len(cells) < fewest or not header.measurands:
        return False
    if all(isinstance(x, int | float) for x in cells):
        return True
    kinds_of_time = datetime.date | datetime.time | datetime.timedelta | str
    times = sum(isinstance(x, kinds_of_time) and moment(x) is not None for x in cells)
    return times * 2 > len(cells)
