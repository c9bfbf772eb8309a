"""Reads the columns of a table of rights: days, words, yes and no, numbers, texts.

A column is read by its different cells, each once: there may be hundreds of thousands of rows.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats
from pilotscore.criteria import Fact
from pilotscore.findings import Kind
from pilotscore.workbook.open.written_number import WrittenNumber
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.grid import Grid
from pilotscore.workbook.rights.records import Dates, Texts
from pilotscore.workbook.rights.suggestions import Suggestions
from pilotscore.workbook.rights.vocabulary import Vocabulary
from pilotscore.workbook.values import kinds as value_kinds
from pilotscore.workbook.values.cells import State, read_cell, read_date, text_of, ticked_option
from pilotscore.workbook.values.columns import read_column
from pilotscore.workbook.values.dates import END_OF_TIME
from pilotscore.workbook.values.formatted import seen
from pilotscore.workbook.values.texts import are_texts

T = TypeVar("T")
_PLAIN = frozenset({str, datetime.date, datetime.datetime})
# What stands in a cell that has nothing to say.
NOTHING_SAID = frozenset(
    (
        *(
            "",
            "-",
            "--",
            "—",
            "——",
            "–",
            "/",
            "\\",
            "无",
            "空",
            "暂无",
            "待定",
            "未",
            "尚未",
            "没有",
        ),
        *(
            "n/a",
            "na",
            "none",
            "nil",
            "null",
            "tbd",
            "pending",
            "不适用",
            "未定",
            "尚无",
            "?",
            "？",
        ),
    )
)
_FLAG = Fact.model_validate(
    {"id": "flag", "title": {"zh": "是否", "en": "yes or no"}, "type": "yes_no"}
)
_NUMBER = Fact.model_validate(
    {"id": "number", "title": {"zh": "数", "en": "number"}, "type": "number", "range": [0, 1000]}
)
SHARE = Fact.model_validate(
    {"id": "share", "title": {"zh": "份额", "en": "share"}, "type": "percent"}
)
# What a date was read from and needs no word each: the column is told once.
_AS_WRITTEN = frozenset({value_kinds.READ_AS})


def says_nothing(text: str) -> bool:
    """Say whether a text is what people write where there is nothing to say."""
    return text.strip().casefold() in NOTHING_SAID


def _each(cells: list[Any], read: Callable[[Any], T]) -> list[T]:
    """Return each cell as read; equal ones are read once."""
    if set(map(type, cells)) <= _PLAIN:
        known = {cell: read(cell) for cell in set(cells)}
        return [known[cell] for cell in cells]
    by_type = {(type(c), str(c)): c for c in cells}
    values = {key: read(cell) for key, cell in by_type.items()}
    return [values[type(c), str(c)] for c in cells]


def texts(grid: Grid, role: str) -> Texts:
    """Return a column as texts; '' where there is no such column."""
    column = np.full(len(grid), "", dtype=object)
    if role not in grid.columns:
        return column
    cells = grid.cells(role)
    formats = grid.sheet.notes.formats.of_column(grid.columns[role])
    if formats:
        cells = [seen(c, formats.get(r)) for r, c in zip(grid.rows, cells, strict=True)]
    if are_texts(cells):
        odd = {c for c in cells if not (c.isascii() and " " not in c and c.isprintable())}
        read = {cell: text_of((cell,), 0) for cell in odd}
        column[:] = [read.get(cell, cell) for cell in cells] if odd else cells
    else:
        column[:] = [text_of((cell,), 0) for cell in cells]
    return column


def days(grid: Grid, role: str, *, without: Bools | None = None) -> Dates:
    """Return a column as days; NaT where there is none, told where a cell says something else.

    ``without`` marks the rows whose cell is something else and was read as that.
    """
    if role not in grid.columns:
        return np.full(len(grid), np.datetime64("NaT"), dtype="datetime64[D]")
    cells = grid.cells(role)
    if without is not None:
        cells = ["" if aside else c for c, aside in zip(cells, without.tolist(), strict=True)]
    read = _each(cells, _day)
    column = np.fromiter((day for day, _ in read), np.int64, len(read)).view("datetime64[D]")
    if any(remark is not None for _, remark in set(read)):
        _tell_days(grid, role, cells, read)
    return column


# Days are counted from 1970, as numpy does; the least number is none.
_NO_DAY = np.iinfo(np.int64).min
_EPOCH = datetime.date(1970, 1, 1).toordinal()
# The years in which anything that is still of interest was filed or falls due.
_YEARS = range(1950, 2151)


def _counted(day: datetime.date, kind: Kind | None) -> tuple[int, Kind | None]:
    """Return a day as numpy counts it; none where nothing of interest can be of its year."""
    return (day.toordinal() - _EPOCH, kind) if day.year in _YEARS else (_NO_DAY, kinds.NO_DAY)


def _day(cell: Any) -> tuple[int, Kind | None]:
    """Return the day of a cell, and what is to be told of it."""
    if isinstance(cell, datetime.date):
        return _counted(cell, None)
    if cell is None or (isinstance(cell, str) and says_nothing(cell)):
        return _NO_DAY, None
    read = read_date(cell)
    kind = read.remarks[0][0] if read.remarks else None
    if kind is value_kinds.MONTH_DATE or read.word == END_OF_TIME:
        return _NO_DAY, kinds.NO_DAY
    if read.state is not State.VALUE:
        return _NO_DAY, kind
    return _counted(datetime.date.fromisoformat(read.word), kind)


def _tell_days(
    grid: Grid, role: str, cells: list[Any], read: list[tuple[int, Kind | None]]
) -> None:
    """Tell each cell that is no day, and once for the column what was read from text."""
    written = [i for i, (_, kind) in enumerate(read) if kind in _AS_WRITTEN]
    if written:
        i = written[0]
        values = {
            "count": len(written),
            "text": text_of((cells[i],), 0),
            "value": str(np.datetime64(read[i][0], "D")),
            "name": grid.title(role),
        }
        grid.tell(kinds.DAYS_FROM_TEXT, grid.rows[i], role, **values)
    for i, (_, kind) in enumerate(read):
        if kind is None or kind in _AS_WRITTEN:
            continue
        text = text_of((cells[i],), 0)
        more = dict(read_date(cells[i]).remarks[0][1]) if kind is not kinds.NO_DAY else {}
        values = {"name": grid.title(role), **more, "text": text}
        grid.tell(kind, grid.rows[i], role, **values)


def words(grid: Grid, role: str, known: Vocabulary, *, without: Bools | None = None) -> Texts:
    """Return a column as what its words mean; '' where a cell is blank or its word not known.

    A word that is not known is told, with the nearest that is. ``without`` marks the rows whose
    word is something else and was read as that.
    """
    written = texts(grid, role)
    if without is not None:
        written[without] = ""
    meanings = {
        text: known.meaning(text) or known.meaning(ticked_option(text) or "")
        for text in set(written.tolist())
    }
    odd = {t for t, meaning in meanings.items() if not meaning and not says_nothing(t)}
    suggestions = Suggestions(known.near)
    said = {"name": grid.title(role), "known": listing(known.titles.values())}
    for i, text in enumerate(written if odd else ()):
        if text in odd:
            near = suggestions.of(text)
            grid.tell(kinds.UNKNOWN_WORD, grid.rows[i], role, text=text, near=near, **said)
    column = np.full(len(grid), "", dtype=object)
    column[:] = [meanings[text] for text in written]
    return column


def listing(titles: Iterable[Any]) -> Any:
    """Return titles one after the other."""
    from pilotscore.language import LISTED, join

    return join(tuple(titles), LISTED)


def flags(grid: Grid, role: str) -> Codes:
    """Return a column of yes and no as 1 and 0, -1 where nothing is said."""
    column = np.full(len(grid), -1, dtype=np.int8)
    if role not in grid.columns:
        return column
    cells = grid.cells(role)
    read = _each(cells, _answer)
    column[:] = [answer for answer, _ in read]
    for i, (_, odd) in enumerate(read):
        if odd:
            values = {"text": text_of((cells[i],), 0)}
            grid.tell(value_kinds.NOT_YES_NO, grid.rows[i], role, **values)
    return column


_ANSWERED = {1.0: 1, 0.0: 0}


def _answer(cell: Any) -> tuple[int, bool]:
    """Return 1 for yes, 0 for no, -1 for neither, and whether it should have been one."""
    if cell is None or (isinstance(cell, str) and cell.strip() in ("", "-", "—", "/", "待定", "?")):
        return -1, False
    read = read_cell(cell, _FLAG)
    if read.state is State.VALUE:
        return _ANSWERED[read.value], False
    return -1, read.state is State.FAULTY


def numbers(
    grid: Grid,
    role: str,
    quantity: Fact = _NUMBER,
    *,
    percent: bool = False,
    without: Bools | None = None,
) -> Floats:
    """Return a column of numbers; nan where there is none, told where a cell is no number.

    ``without`` marks the rows whose cell is something else and was read as that.
    """
    if role not in grid.columns:
        return np.full(len(grid), np.nan)
    column = grid.columns[role]
    cells = grid.cells(role)
    cells = ["" if isinstance(c, str) and says_nothing(c) else c for c in cells]
    if without is not None:
        cells = ["" if aside else c for c, aside in zip(cells, without.tolist(), strict=True)]
    formats = grid.sheet.notes.formats.of_column(column)
    placed = {i: formats[r] for i, r in enumerate(grid.rows) if r in formats} if formats else {}
    read, remarks = read_column(cells, quantity, percent_header=percent, formats=placed)
    for i, (kind, values) in remarks:
        if kind.severity != "info":
            grid.tell(kind, grid.rows[i], role, **values)
    return read.values


def plain_number(cell: Any) -> float | None:
    """Return a cell that is a bare number; None where it is none."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | WrittenNumber):
        return None
    return float(cell)
