"""Forms of rights, a name beside each value, turned into tables of a row for each record.

类型 | 发明 above 申请日 | 2020-01-15: the names become headers. Several values beside one name are
several records, and so is a name that comes again further down. Above a table such names say what
holds for all of its rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pilotscore.findings import Finding
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.open.cell_formats import FormatsByColumn
from pilotscore.workbook.open.notes import SheetNotes, Spot
from pilotscore.workbook.open.number_format import NumberFormat
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.grid import Grid, tell_unread
from pilotscore.workbook.rights.headers import (
    SHEETS,
    RightsHeader,
    is_kind,
    kinds_with,
    named_kind,
    role_of,
    states_something,
)
from pilotscore.workbook.rights.roles import SheetKind
from pilotscore.workbook.tables.unit_lines import unit_lines

_MOST_ROWS = 500  # a longer sheet is no form
_FEWEST = 3
_FEWEST_OF_CASES = 5
# 成果编号：R1 in one cell.
_IN_ONE_CELL = regex(r"\s*(?P<name>[^:：\n]{1,40}?)\s*[:：]\s*(?P<value>\S.*?)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """A name that is known with the cells of its values; ``text`` is a value in the same cell."""

    role: str
    label: Spot
    header: str
    values: tuple[Spot, ...]
    text: str | None = None


def entries_of(sheet: Sheet, kind: SheetKind, rows: Sequence[int]) -> list[Entry]:
    """Return the names of a kind of sheet that stand beside values, in reading order."""
    return [entry for row in rows for entry in _entries_in(sheet, kind, row)]


def _entries_in(sheet: Sheet, kind: SheetKind, row: int) -> Iterator[Entry]:
    cells = sheet.rows[row]
    roles = {c: r for c, x in enumerate(cells) if isinstance(x, str) and (r := _role(kind, x))}
    for column, role in roles.items():
        last = min((c for c in roles if c > column), default=len(cells))
        values = [(row, c) for c in range(column + 1, last) if cells[c] not in ("", None)]
        if not values and column + 1 < len(cells) and column + 1 not in roles:
            values = [(row, column + 1)]  # which nobody has filled in, or is an error
        if values:
            yield Entry(role, (row, column), cells[column].strip(), tuple(values))
    for column, cell in enumerate(cells):
        match = _in_one_cell(cell) if isinstance(cell, str) else None
        if match is not None and (role_in := _role(kind, match["name"])):
            spot = row, column
            yield Entry(role_in, spot, match["name"], (spot,), match["value"])


def _in_one_cell(text: str) -> re.Match[str] | None:
    return _IN_ONE_CELL.fullmatch(text) if ":" in text or "：" in text else None


def _names_in(sheet: Sheet, rows: Sequence[int]) -> set[str]:
    """Return the texts of some rows that are names on some kind of sheet, each once."""
    cells: set[Any] = set().union(*(sheet.rows[row] for row in rows))
    texts = {x for x in cells if isinstance(x, str)}
    texts |= {m["name"] for x in texts if (m := _in_one_cell(x))}
    return {text for text in texts if kinds_with(text.strip())}


def _role(kind: SheetKind, text: str) -> str | None:
    role = role_of(kind, text.strip())
    return None if role is None or SHEETS[kind][role].read == "skip" else role


def form_kind(sheet: Sheet, rows: Sequence[int]) -> tuple[SheetKind, list[Entry]] | None:
    """Return what the form in some rows of a sheet is of, and its entries; None where it is none.

    It is what has most names that are known, the kind that the sheet is named after first.
    """
    named = named_kind(sheet.name)
    best: tuple[SheetKind, list[Entry]] | None = None
    most = 0
    names = _names_in(sheet, rows)
    for kind in sorted(SHEETS, key=lambda k: k != named):
        known = {role for name in names if (role := _role(kind, name))}
        if len(known) <= most or len(known - {"result"}) < _fewest(kind, named=kind == named):
            continue  # a sheet of results: its rows need no second look
        entries = entries_of(sheet, kind, rows)
        roles = {entry.role: 0 for entry in entries}
        if len(roles) <= most or not _is_form(kind, roles, named=kind == named):
            continue
        best, most = (kind, entries), len(roles)
    return best


def _is_form(kind: SheetKind, roles: Mapping[str, int], *, named: bool) -> bool:
    own = len(roles.keys() - {"result"})
    return own >= _fewest(kind, named=named) and is_kind(kind, roles, own, named=named)


def _fewest(kind: SheetKind, *, named: bool) -> int:
    """Return how many names a form of a kind has at least, besides that of its result."""
    if named:
        return 1
    # A form of a result asks for its region and mode as well.
    return _FEWEST_OF_CASES if kind == "rights" else _FEWEST


def form_of(sheet: Sheet) -> Grid | None:
    """Return a sheet that is a form alone as a table; None where it is none."""
    if len(sheet.rows) > _MOST_ROWS:
        return None
    rows = range(len(sheet.rows))
    form = form_kind(sheet, rows)
    if form is None:
        return None
    grid = as_table(sheet, *form)
    _tell_names(sheet, form[1], grid)
    return grid


def is_rather_form(sheet: Sheet, header: RightsHeader) -> bool:
    """Say whether what was taken for a header is the first line of a form with names on each.

    A row of a table may begin with a word that is a name in a form as well: 转化收入 | 100.
    """
    if len(sheet.rows) > _MOST_ROWS:
        return False
    last = len(sheet.rows)
    stated = [r for r in range(header.row + 1, last) if states_something(header, sheet.rows[r])]
    form = form_kind(sheet, sorted(set(range(header.row, last)) - set(stated)))
    return form is not None and len({e.role for e in form[1]}) > len(header.columns)


def above_table(sheet: Sheet, header: RightsHeader) -> tuple[str, Grid | None]:
    """Return the result that is named above a table, and what else is said there as a table."""
    rows = range(header.row)
    columns = header.columns.values()
    # A header of two rows has some of its texts in the upper one.
    own = {(header.row - 1, c) for c in columns if sheet.cell(header.row, c) in ("", None)}
    entries = [e for e in entries_of(sheet, header.kind, rows) if e.label not in own]
    result = next((_text(sheet, e) for e in entries if e.role == "result"), "")
    more = [e for e in entries_of(sheet, "rights", rows) if e.label not in own]
    if header.kind != "rights" or not {e.role for e in more} - {"result", "party"}:
        return result, None
    return result, as_table(sheet, "rights", more)


def _text(sheet: Sheet, entry: Entry) -> str:
    return entry.text or str(sheet.cell(*entry.values[0])).strip()


def as_table(sheet: Sheet, kind: SheetKind, entries: Sequence[Entry]) -> Grid:
    """Return the entries of a form as a table: a column for each role, a row for each record."""
    records = list(_records(entries))
    order = list(dict.fromkeys(e.role for e in entries))
    columns = {role: c for c, role in enumerate(order)}
    headers = {e.role: e.header for e in reversed(entries)}
    spots: dict[Spot, Spot] = {}
    rows: list[list[Any]] = [[headers[role] for role in order]]
    for r, record in enumerate(records, 1):
        rows.append(["" for _ in order])
        for role, (spot, text) in record.items():
            rows[r][columns[role]] = sheet.cell(*spot) if text is None else text
            spots[r, columns[role]] = spot
        spots[r, -1] = min(spot for spot, _ in record.values())
    for c, role in enumerate(order):
        spots[0, c] = next(e.label for e in entries if e.role == role)
    table = replace(sheet, rows=rows, merged=(), notes=_notes(sheet.notes, spots))
    texts = {columns[role]: headers[role] for role in order}
    findings: list[Finding] = []
    lines = tuple(range(1, len(rows)))
    top = min(e.label[0] for e in entries)
    above = tuple(unit_lines(sheet, range(top), (), top))
    grid = Grid(kind, table, 0, columns, lines, findings, {}, texts, spots, above)
    tell_unread(grid)
    return grid


def _records(entries: Sequence[Entry]) -> Iterator[dict[str, tuple[Spot, str | None]]]:
    """Yield the records of a form: side by side, or where a name comes again."""
    block: list[Entry] = []
    result: Entry | None = None
    for entry in entries:
        if entry.role in {e.role for e in block}:
            yield from _side_by_side(block, result)
            block = []
        block.append(entry)
        if entry.role == "result":
            result = entry
    yield from _side_by_side(block, result)


def _side_by_side(
    block: Sequence[Entry], result: Entry | None
) -> Iterator[dict[str, tuple[Spot, str | None]]]:
    """Yield a record for each column of values; a single id is that of all."""
    count = max((len(e.values) for e in block if e.role != "result"), default=1)
    for k in range(count):
        record = {e.role: (e.values[k], e.text) for e in block if k < len(e.values)}
        if result is not None and "result" not in record:
            record["result"] = result.values[0], result.text
        yield record


def _notes(notes: SheetNotes, spots: Mapping[Spot, Spot]) -> SheetNotes:
    """Return the notes of the cells of a form, where they stand in the table made of it."""
    formats: dict[int, dict[int, NumberFormat]] = {}
    moved: dict[Spot, list[Spot]] = {}
    for new, old in spots.items():
        if new[1] < 0 or new[0] == 0:
            continue
        moved.setdefault(old, []).append(new)
        form = notes.formats.at(*old) if notes.formats else None
        if form is not None:
            formats.setdefault(new[1], {})[new[0]] = form

    def of(cells: Iterator[Spot]) -> frozenset[Spot]:
        return frozenset(new for old in cells for new in moved.get(old, ()))

    return SheetNotes(
        error_cells={n: t for old, t in notes.error_cells.items() for n in moved.get(old, ())},
        unsaved_formulas=of(iter(notes.unsaved_formulas)),
        uncalculated=of(iter(notes.uncalculated)),
        formats=FormatsByColumn(formats),
    )


def _tell_names(sheet: Sheet, entries: Sequence[Entry], grid: Grid) -> None:
    """Tell names that are not known, where names stand that are, and have a value beside them."""
    rows = {e.label[0] for e in entries}
    columns = {e.label[1] for e in entries}
    for row in range(min(rows), max(rows) + 1):
        filled = [c for c, x in enumerate(sheet.rows[row]) if x not in ("", None)]
        if row in rows or len(filled) < 2 or filled[0] not in columns:
            continue
        text = sheet.rows[row][filled[0]]
        role = role_of(grid.kind, text) if isinstance(text, str) else None
        if isinstance(text, str) and role is None:
            place = sheet.place(row, filled[0])
            grid.findings.append(Finding(kinds.COLUMN_NOT_READ, place, {"header": text.strip()}))
