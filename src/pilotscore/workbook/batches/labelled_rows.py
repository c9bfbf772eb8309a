"""Tells the rows of a sheet of batch data that are no batches: sums, limits, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pilotscore.arrays import Bools
from pilotscore.criteria.names import normalise
from pilotscore.language import Text
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.batches import kinds
from pilotscore.workbook.batches.header import BatchHeader, is_a_number
from pilotscore.workbook.batches.specification import NOTHING_SPECIFIED, specified
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.tables.row_labels import (
    LIMITS,
    TITLES,
    RowKind,
    RowLabel,
    Sureness,
    label_of,
)
from pilotscore.workbook.values.formatted import seen, text_shown
from pilotscore.workbook.values.texts import cells_at, text_at, texts_at
from pilotscore.workbook.values.unread import unread_cells

_HEADER_AGAIN = Text("重复的表头", "the header again")
# A cell alone with so many signs and no number is a note, and no batch number.
_SHORTEST_NOTE = 6
# What a limit row gives, by the name that the header has for it.
_GIVES = {
    RowKind.LOWER: "lower",
    RowKind.UPPER: "upper",
    RowKind.TARGET: "target",
    RowKind.UNIT: "unit",
    RowKind.SPECIFICATION: "spec",
}
# So many rows above the header may state limits.
_MOST_ABOVE = 10
# What a header may say of limits: from a sign on, or a range of numbers.
_IN_HEADER = regex(
    r"(?:[≥≤<>≧≦＜＞]|NMT|NLT|不[大小高低少超]|\d[\d.]*\s*%?\s*[~～±–至]\s*\d)[^()（）]*",
    re.IGNORECASE,
)
# What stands for nothing where a batch number is wanted.
_NO_NAME = frozenset({"-", "--", "—", "——", "–", "/", "\\", "无", "*"})


@dataclass(slots=True)
class _Rows:
    """The rows that are batches, and the rows that give limits and units."""

    kept: list[int]
    limits: dict[str, int]


def without_labelled(
    sheet: Sheet, header: BatchHeader, rows: Sequence[int], findings: SheetFindings
) -> tuple[list[int], BatchHeader]:
    """Return the rows that are batches, and the header with the rows that give limits.

    Each row that is none is told with what it is.
    """
    read = _Rows([], dict(header.limit_rows))
    _tell_extremes(sheet, header, findings)
    _tell_limits_in_headers(header, findings)
    for row in range(max(0, header.row - _MOST_ABOVE), header.row):
        _above(read, sheet, header, row, findings)
    lead = _lead_columns(header)
    plainly = _plainly_batches(sheet, header, rows, lead)
    if plainly.all():
        return list(rows), replace(header, limit_rows=read.limits)
    ids = set(texts_at(sheet, rows, header.id))
    several = sum(x != "" and label_of(x) is None for x in ids) > 1
    for row, plain in zip(rows, plainly.tolist(), strict=True):
        if plain:
            read.kept.append(row)
            continue
        named = _label(sheet, header, row, lead)
        if named is None:
            read.kept.append(row)
        elif named[0] is None and _heads_others(sheet, header, row):
            left = sum(r >= row for r in rows)
            findings.add(kinds.SECOND_BATCH_TABLE, row, row=row + 1, count=left)
            break
        elif named[0] is None:
            values = {"text": named[1], "what": _HEADER_AGAIN}
            findings.add(kinds.NO_BATCH_ROW, row, **values)
        elif (
            several
            and (named[0].kind in LIMITS or _gives(sheet, header, row, named[0]) == "spec")
            and (owner := _owner(sheet, header, row))
        ):
            findings.add(kinds.LIMITS_OF_ONE, row, text=named[1], id=owner)
        else:
            _sort(read, sheet, header, row, named[0], named[1], findings)
    return read.kept, replace(header, limit_rows=read.limits)


def _heads_others(sheet: Sheet, header: BatchHeader, row: int) -> bool:
    """Say whether a header that comes again heads other characteristics than the first one."""
    return any(
        isinstance(cell := sheet.cell(row, m.column), str)
        and cell.strip() != ""
        and normalise(cell) != normalise(header.texts[m.column])
        for m in header.measurands
    )


def _above(
    read: _Rows, sheet: Sheet, header: BatchHeader, row: int, findings: SheetFindings
) -> None:
    """Take the limits of a row above the header: it has a label, and limits of characteristics."""
    measured = {m.column for m in header.measurands}
    beside = (x for c, x in enumerate(sheet.rows[row]) if c not in measured and isinstance(x, str))
    label, text = next(((y, x) for x in beside if (y := label_of(x)) is not None), (None, ""))
    if label is None or header.layout == "long":
        return
    gives = _gives(sheet, header, row, label)
    states = gives in ("spec", "unit") or (gives and _has_numbers(sheet, header, row))
    if gives == "unit":
        states = any(isinstance(sheet.cell(row, c), str) and sheet.cell(row, c) for c in measured)
    if gives and states and (gives == "spec" or label.sureness is Sureness.SURE):
        _limit(read, row, gives, {"text": text, "what": TITLES[label.kind]}, findings)


def _gives(sheet: Sheet, header: BatchHeader, row: int, label: RowLabel) -> str | None:
    """Return what a row with a label gives its columns; None where it gives nothing."""
    if label.kind is RowKind.SPECIFICATION and not any(
        (said := specified(text, m.unit)) and said is not NOTHING_SPECIFIED
        for m in header.measurands
        if (text := specification_at(sheet, row, m.column))
    ):
        return None
    return None if header.layout == "long" else _GIVES.get(label.kind)


def specification_at(sheet: Sheet, row: int, column: int) -> str:
    """Return the text of a specification as it is seen; '' where there is none, or a number."""
    shown = seen(sheet.cell(row, column), sheet.notes.formats.at(row, column))
    return shown.strip() if isinstance(shown, str) else ""


def _plainly_batches(
    sheet: Sheet, header: BatchHeader, rows: Sequence[int], lead: Sequence[int]
) -> Bools:
    """Say quickly which rows are batches: those with a name, a number and no label."""
    if not lead:
        return np.zeros(len(rows), dtype=bool)
    measured = [m.column for m in header.measurands] or [header.columns.get("value", -1)]
    plain = np.zeros(len(rows), dtype=bool)
    for column in [c for c in measured if c >= 0][:4]:
        cells = cells_at(sheet, rows, column)
        if set(map(type, cells)) == {float}:
            plain[:] = True
        if plain.all():
            break
        plain |= np.fromiter((isinstance(x, float) for x in cells), bool, len(rows))
    for column in lead:
        cells, heading = cells_at(sheet, rows, column), header.texts.get(column, "")
        texts = {x for x in set(cells) if isinstance(x, str) and x}
        odd = {x for x in texts if x == heading or x in _NO_NAME or label_of(x) is not None}
        odd |= {""} if column == lead[0] else set()
        if not odd.isdisjoint(cells):
            plain &= np.fromiter((x not in odd for x in cells), bool, len(rows))
    return plain


def _owner(sheet: Sheet, header: BatchHeader, row: int) -> str:
    """Return the id in a row of limits, '' where there is none."""
    text = text_at(sheet, row, header.id)
    return "" if label_of(text) is not None else text


def _tell_extremes(sheet: Sheet, header: BatchHeader, findings: SheetFindings) -> None:
    """Tell rows min and max below the header that were taken for limits."""
    for gives, row in header.limit_rows.items():
        texts = (text_at(sheet, row, column) for column in _lead_columns(header))
        text = next((x for x in texts if (y := label_of(x)) and y.kind is RowKind.EXTREME), None)
        if text is not None:
            what = TITLES[RowKind.LOWER if gives == "lower" else RowKind.UPPER]
            findings.add(kinds.EXTREMES_AS_LIMITS, row, text=text, what=what)


def _tell_limits_in_headers(header: BatchHeader, findings: SheetFindings) -> None:
    """Tell limits that stand in a header itself, 含量（≥99.0%）, where they are not looked for."""
    for m in header.measurands:
        text = header.texts[m.column]
        for part in _IN_HEADER.findall(text):
            said = specified(part, m.unit) or specified(part, "%")  # the unit may be the limits
            if said is not None and said is not NOTHING_SPECIFIED:
                values = {"name": m.name, "text": text, "limits": said.shown}
                findings.add(kinds.LIMITS_IN_HEADER, header.row, m.column, **values)
                break


def _lead_columns(header: BatchHeader) -> list[int]:
    """Return the columns in which a label can stand: of batches, times or ids."""
    columns = (header.columns.get("batch"), header.columns.get("time"), header.id)
    return list(dict.fromkeys(c for c in columns if c is not None))


def _label(
    sheet: Sheet, header: BatchHeader, row: int, lead: Sequence[int]
) -> tuple[RowLabel | None, str] | None:
    """Return the label of a row with its text, (None, text) for the header again; None for a batch.

    The batch number goes first; an id is a label only where it cannot be that of a result, and the
    first cell only where none of them is filled.
    """
    cells = sheet.rows[row]
    broken = any(unread_cells(sheet, row, (m.column for m in header.measurands)))
    if not broken and (note := _note(cells)) is not None:
        return RowLabel(RowKind.EXPLANATION, Sureness.PERHAPS), note
    blank = True
    for column in lead:
        cell = cells[column] if column < len(cells) else ""
        if cell == "" or (isinstance(cell, str) and (not cell.strip() or cell.strip() in _NO_NAME)):
            continue
        blank = False
        if not isinstance(cell, str):
            continue
        if normalise(cell) == normalise(header.texts.get(column, "")):
            return None, cell
        label = label_of(cell)
        if label is None or (column == header.id and label.sureness is not Sureness.SURE):
            continue
        if label.kind is RowKind.CLOSING and _has_numbers(sheet, header, row):
            continue
        return label, cell
    if not blank:
        return None
    return _elsewhere(sheet, header, row)


def _elsewhere(sheet: Sheet, header: BatchHeader, row: int) -> tuple[RowLabel, str] | None:
    """Return the label of a row that has no batch number, time or id: what stands first in it.

    A limit is one wherever its word stands beside the values.
    """
    cells = sheet.rows[row]
    first = next((x for x in cells if x != "" and x not in _NO_NAME), "")
    if isinstance(first, str) and (label := label_of(first)) is not None:
        closing = label.kind in (RowKind.CLOSING, RowKind.EXPLANATION)
        return None if closing and _has_numbers(sheet, header, row) else (label, first)
    for cell in cells:
        label = label_of(cell) if isinstance(cell, str) and cell else None
        if label is not None and label.kind in _GIVES and label.sureness is Sureness.SURE:
            return label, cell
    return None


def _note(cells: Sequence[object]) -> str | None:
    """Return the text of a row of one cell that reads like a note: long, and without a number."""
    filled = [x for x in cells if x != ""]
    if len(filled) != 1 or not isinstance(filled[0], str):
        return None
    text = filled[0].strip()
    long = len(text) >= _SHORTEST_NOTE and not any(x.isdigit() for x in text)
    return text if long and label_of(text) is None and not text.isascii() else None


def _has_numbers(sheet: Sheet, header: BatchHeader, row: int) -> bool:
    return any(is_a_number(sheet.cell(row, m.column)) for m in header.measurands)


def _sort(
    read: _Rows,
    sheet: Sheet,
    header: BatchHeader,
    row: int,
    label: RowLabel,
    cell: str,
    findings: SheetFindings,
) -> None:
    """Say what becomes of a row with a label."""
    text = " ".join(cell.split())[:40]
    values = {"text": text, "what": TITLES[label.kind]}
    gives = _gives(sheet, header, row, label)
    hardly = label.sureness is Sureness.HARDLY
    if gives == "spec":
        _limit(read, row, gives, values, findings)
    elif hardly or (label.sureness is Sureness.PERHAPS and text.isascii()):
        read.kept.append(row)
        findings.add(kinds.PERHAPS_A_BATCH, row, **values)
    elif gives is not None:
        _limit(read, row, gives, values, findings)
    else:
        sure = label.sureness is Sureness.SURE
        findings.add(kinds.NO_BATCH_ROW if sure else kinds.PERHAPS_NO_BATCH, row, **values)
        if label.kind is RowKind.SPECIFICATION:
            _tell_unread(sheet, header, row, findings)


def _tell_unread(sheet: Sheet, header: BatchHeader, row: int, findings: SheetFindings) -> None:
    """Tell what a row of specifications states of characteristics and is no limit."""
    for m in header.measurands:
        cell = sheet.cell(row, m.column)
        text = text_shown(cell, sheet.notes.formats.at(row, m.column)).strip()
        if isinstance(cell, str) and specified(text, m.unit) is NOTHING_SPECIFIED:
            continue
        if text:
            findings.add(kinds.SPECIFICATION_UNREAD, row, m.column, name=m.name, text=text)


def _limit(
    read: _Rows, row: int, gives: str, values: dict[str, object], findings: SheetFindings
) -> None:
    """Take the limits of a row, the first that states them."""
    if gives in read.limits:
        again = {**values, "row": read.limits[gives] + 1}
        findings.add(kinds.LIMITS_AGAIN, row, **again)
        return
    read.limits[gives] = row
    findings.add(kinds.LIMIT_ROW, row, **values)
