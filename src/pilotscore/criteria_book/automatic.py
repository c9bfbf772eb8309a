"""The columns that a criteria workbook works out for people: sums of weights, and titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pilotscore.criteria_book.layout import (
    LEVELS,
    NAME,
    SET_SHEET,
    SUM,
    SUM_OF,
    VALUES,
    BookField,
    EntryTable,
    all_tables,
    set_fields,
    sheet_name,
)
from pilotscore.criteria_book.rows import Laid
from pilotscore.findings import column_letters
from pilotscore.language import Words
from pilotscore.records import dataclass

# The rows above the entries: what the sheet is, then the headings.
HEADER_ROW, FIRST_ROW = 1, 2
# How far lists, sums and colours reach, for rows that are added.
LAST_ROW = 1999
_SPARE = 40
_WEIGHTS_SUM = 'IF({0}="",100,{0})'


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet: its heading, its field, and which of the field's cells it is.

    A column without a field is one that the workbook works out.
    """

    heading: Words
    field: BookField | None = None
    part: int = 0


@dataclass(frozen=True, slots=True)
class Formulas:
    """A column of formulas: each with its row, and what it comes to as the workbook is written.

    ``warning`` is the rule by which a cell of it turns red; '' for none.
    """

    column: int
    cells: tuple[tuple[int, str, Any], ...]
    warning: str = ""


def columns_of(table: EntryTable) -> list[SheetColumn]:
    """Return the columns of a table's sheet, in their order."""
    listed: list[SheetColumn] = []
    for field in table.columns:
        listed += [SheetColumn(heading, field, n) for n, heading in enumerate(field.headings)]
        if table.name == "indicators" and field.key == "weight":
            listed.append(SheetColumn(SUM))
        if table.name == "dimensions" and field.key == "weights_sum":
            listed.append(SheetColumn(SUM_OF))
        if table in (VALUES, LEVELS) and field is table.owner:
            listed.append(SheetColumn(NAME))
    return listed


def place(table: EntryTable, key: str) -> int:
    """Return the column of a key's first cell on the sheet of a table; the first is hidden."""
    fields = [column.field for column in columns_of(table)]
    return 1 + next(i for i, f in enumerate(fields) if f is not None and f.key == key)


def cells_of(name: str, key: str) -> str:
    """Return the cells of a key on the sheet of a table, as a formula names them."""
    table = next(t for t in all_tables() if t.name == name)
    letters = column_letters(place(table, key))
    return f"'{sheet_name(table.sheet)}'!${letters}${FIRST_ROW + 1}:${letters}${LAST_ROW + 1}"


def total_of_weights(laid: Laid) -> tuple[int, Formulas]:
    """Return where the label of the sum of all dimension weights stands, and the sum."""
    table = next(t for t in all_tables() if t.name == "dimensions")
    column = place(table, "weight")
    letters, wanted = column_letters(column), _WEIGHTS_SUM.format(_setting("weights_sum"))
    formula = f"=ROUND(SUM({letters}{FIRST_ROW + 1}:{letters}{LAST_ROW + 1}),9)"
    weights = (row.cells.get("weight", (None,))[0] for row in laid.rows["dimensions"])
    warning = f"=ABS(${letters}$1-{wanted})>0.000001*{wanted}"
    return column - 1, Formulas(column, ((0, formula, _total(weights)),), warning)


def automatic(table: EntryTable, laid: Laid) -> Formulas | None:
    """Return the column of a table that the workbook works out; None where it has none."""
    headings = [column.heading for column in columns_of(table) if column.field is None]
    if not headings:
        return None
    column = 1 + [c.heading for c in columns_of(table)].index(headings[0])
    rows = range(FIRST_ROW, FIRST_ROW + len(laid.rows[table.name]) + _SPARE)
    if table in (VALUES, LEVELS):
        return Formulas(column, tuple(_titles(table, laid, rows)))
    owner = "dimension" if table.name == "indicators" else "id"
    letters = column_letters(place(table, owner))
    cells = tuple(_sums(table, laid, rows, (owner, letters)))
    return Formulas(column, cells, _warning(table, letters, column))


def _sums(
    table: EntryTable, laid: Laid, rows: Iterable[int], owner: tuple[str, str]
) -> Iterator[tuple[int, str, Any]]:
    """Yield the sum of the weights in the dimension of each row."""
    key, letters = owner
    entries = laid.rows[table.name]
    weights = {
        dimension: _total(
            row.cells.get("weight", (None,))[0]
            for row in laid.rows["indicators"]
            if row.cells["dimension"][0] == dimension
        )
        for dimension in {row.cells[key][0] for row in entries}
    }
    dimensions, summed = cells_of("indicators", "dimension"), cells_of("indicators", "weight")
    for n, row in enumerate(rows):
        mine = f"${letters}{row + 1}"
        formula = f'=IF({mine}="","",ROUND(SUMIF({dimensions},{mine},{summed}),9))'
        yield row, formula, weights[entries[n].cells[key][0]] if n < len(entries) else ""


def _warning(table: EntryTable, letters: str, column: int) -> str:
    """Return the rule for a sum that is not what it should be; with points, one below its cap."""
    row = FIRST_ROW + 1
    if table.name == "dimensions":
        wanted, cap = (
            f"${column_letters(place(table, k))}{row}" for k in ("weights_sum", "weight")
        )
    else:
        match = f"MATCH(${letters}{row},{cells_of('dimensions', 'id')},0)"
        wanted, cap = (
            f"INDEX({cells_of('dimensions', key)},{match})" for key in ("weights_sum", "weight")
        )
    cell, should = f"${column_letters(column)}{row}", _WEIGHTS_SUM.format(wanted)
    points = f'{_setting("aggregation/method")}="points"'
    short, gap = f"{cell}<{cap}-0.000001", f"ABS({cell}-{should})>0.000001*{should}"
    return f"=AND(ISNUMBER({cell}),IF({points},{short},{gap}))"


def _titles(table: EntryTable, laid: Laid, rows: Iterable[int]) -> Iterator[tuple[int, str, Any]]:
    """Yield the title of the indicator or fact of each row."""
    known = {
        str(row.cells["id"][0]): row.cells.get("title", ("",))[0]
        for name in ("facts", "indicators")
        for row in laid.rows[name]
    }
    entries = laid.rows[table.name]
    ids, titles = (
        [cells_of(name, key) for name in ("indicators", "facts")] for key in ("id", "title")
    )
    for n, row in enumerate(rows):
        mine = f"$B{row + 1}"
        ours, facts = (
            f"INDEX({there},MATCH({mine},{known_ids},0))"
            for there, known_ids in zip(titles, ids, strict=True)
        )
        formula = f'=IF({mine}="","",IFERROR({ours},IFERROR({facts},"?")))'
        owner = str(entries[n].cells["owner"][0]) if n < len(entries) else ""
        yield row, formula, known.get(owner, "")


def _setting(key: str) -> str:
    row = FIRST_ROW + [f.key for f in set_fields()].index(key)
    return f"'{sheet_name(SET_SHEET)}'!$D${row + 1}"


def _total(weights: Iterable[Any]) -> float:
    numbers = [w for w in weights if isinstance(w, int | float) and not isinstance(w, bool)]
    return round(sum(numbers), 9)
