"""A table as CSV: for other programs, and for Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from pilotscore.document import Document, InBlocks, Table
from pilotscore.language import Lang, in_lang

# A spreadsheet runs text that begins so as a formula, whoever wrote it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBERS = frozenset({float, int, type(None)})


def write_csv(document: Document, path: Path, lang: Lang) -> None:
    """Write the table of a document, as UTF-8 with a byte-order mark, which Excel asks for."""
    assert document.table is not None  # the command refuses the ending before the work is done
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # row by row: it may be long
        _write(document.table(), file, lang)


def to_csv(table: Table, lang: Lang) -> str:
    """Return a table as CSV.

    Text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    stream = io.StringIO()
    _write(table, stream, lang)
    return stream.getvalue()


def _write(table: Table, stream: TextIO, lang: Lang) -> None:
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([csv_cell(c.heading.to(lang)) for c in table.columns])
    if isinstance(table.rows, InBlocks):
        for columns in table.rows.blocks():
            writer.writerows(zip(*(_column(x, lang) for x in columns), strict=True))
    else:
        writer.writerows(_cells(row, lang) for row in table.rows)


def _column(cells: Sequence[Any], lang: Lang) -> Sequence[Any]:
    """Return the cells of a column; of numbers as they are, since a blank is written as none."""
    return cells if set(map(type, cells)) <= _NUMBERS else _cells(cells, lang)


def _cells(row: Iterable[Any], lang: Lang) -> list[Any]:
    # Blanks and plain text first: there may be tens of millions of them.
    return [
        "" if x is None else csv_cell(x if x.__class__ is str else in_lang(x, lang)) for x in row
    ]


def csv_cell(value: Any) -> Any:
    """Return a cell as CSV holds it: what would run as a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value
