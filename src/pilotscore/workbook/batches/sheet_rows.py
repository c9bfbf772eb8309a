"""Reads what stands in each row of a sheet of batch data beside the values."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats
from pilotscore.criteria.names import bracketed
from pilotscore.findings import Kind
from pilotscore.records import dataclass
from pilotscore.workbook.batches import kinds, words
from pilotscore.workbook.batches.header import BatchHeader
from pilotscore.workbook.batches.labelled_rows import without_labelled
from pilotscore.workbook.batches.numbers import read_numbers
from pilotscore.workbook.batches.sheet import BatchRows
from pilotscore.workbook.open.notes import Spot
from pilotscore.workbook.open.number_format import NumberFormat
from pilotscore.workbook.open.sheets import Sheet, SheetFindings
from pilotscore.workbook.values.cells import Remark
from pilotscore.workbook.values.moments import (
    has_offset,
    hours_per,
    is_time_unit,
    read_moments,
)
from pilotscore.workbook.values.names import is_rounded, name_remarks
from pilotscore.workbook.values.texts import cells_at, text_at, texts_at
from pilotscore.workbook.values.unread import has_unread, unread, unread_cells

# The columns of numbers that tell themselves what they cannot read.
_TOLD_APART = ("value", "lower", "upper")
_STOPS = (words.Status.PLANNED_STOP, words.Status.UNPLANNED_STOP)


@dataclass(frozen=True, slots=True)
class Body:
    """Some rows of a sheet of batch data, its header, and where the findings go."""

    sheet: Sheet
    header: BatchHeader
    rows: Sequence[int]
    findings: SheetFindings

    def cells(self, column: int | None) -> list[Any]:
        """Return the cells of a column, '' where there is none."""
        if column is None:
            return [""] * len(self.rows)
        return cells_at(self.sheet, self.rows, column)

    def formats(self, column: int | None) -> Mapping[int, NumberFormat]:
        """Return the number formats of a column that matter, by the place of their row."""
        of_row = {} if column is None else self.sheet.notes.formats.of_column(column)
        return {i: of_row[r] for i, r in enumerate(self.rows) if r in of_row} if of_row else {}

    def tell_shown(self, column: int | None, shown: Sequence[tuple[int, float, str]]) -> None:
        """Tell once of a column that it was read as its number formats show it."""
        if shown:
            i, stored, text = shown[0]
            values = {"stored": f"{stored:.15g}", "text": text, "count": len(shown)}
            self.tell(kinds.READ_AS_SHOWN, i, column, **values)

    def names(self, column: int | None) -> list[str]:
        """Return a column of names; a cell without a value has what is shown of it as its name."""
        named = texts_at(self.sheet, self.rows, column)
        if column is None or not has_unread(self.sheet):
            return named
        shown = [unread(self.sheet, (r, column)) for r in self.rows]
        return [cell[0] if cell else text for text, cell in zip(named, shown, strict=True)]

    def texts(self, key: str) -> list[str]:
        """Return the texts of a column by its name, '' where there is none."""
        return texts_at(self.sheet, self.rows, self.header.columns.get(key))

    def text_of(self, i: int, key: str) -> str:
        """Return the text of one row in a column by its name, '' where there is none."""
        return text_at(self.sheet, self.rows[i], self.header.columns.get(key))

    def unit(self, column: int | None) -> str:
        """Return the unit that the header of a column states, or ''."""
        return "" if column is None else bracketed(self.header.texts.get(column, ""))

    def tell(self, kind: Kind, i: int, column: int | None, /, **values: Any) -> None:
        """Tell something of a cell in one of the rows."""
        self.findings.add(kind, self.rows[i], column, **values)


def read_rows(sheet: Sheet, header: BatchHeader, findings: SheetFindings) -> tuple[BatchRows, Body]:
    """Read the rows of a sheet: whose, of which batch, when, and what became of it.

    Returns
    -------
    tuple
        What they say, and the rows themselves: those that are not blank and do not lack a batch.
    """
    read = columns_read(header)
    filled = [
        r
        for r, cells in enumerate(sheet.rows[header.first :], start=header.first)
        if (cells and cells[0] != "") or _is_filled(cells) or any(unread_cells(sheet, r, read))
    ]
    filled, header = without_labelled(sheet, header, filled, findings)
    body = Body(sheet, header, filled, findings)
    results = _carried(body)
    batches = _batches(body, results)
    _tell_names(body, results, batches)
    kept = [i for i, batch in enumerate(batches) if batch is not None]
    body = replace(body, rows=[filled[i] for i in kept])
    status, reasons = _fate(body)
    judged = np.where(_failed_too(body, status), 0, _judged(body)).astype(np.int8)
    begin, end = _times(body, "begin"), _times(body, "end")
    rows = BatchRows(
        rows=np.array(body.rows, dtype=np.int64),
        results=[results[i] for i in kept],
        batches=[str(batches[i]) for i in kept],
        begin=_times(body, "time") if header.layout == "series" else begin,
        end=end,
        hours=_amount(body, "hours"),
        months=_amount(body, "months"),
        scale=_scales(body),
        status=status,
        judged=judged,
        reasons=reasons,
        parts=_parts(body, [batches[i] for i in kept]),
    )
    return rows, body


def _parts(body: Body, batches: Sequence[str | None]) -> list[str]:
    """Return the part of a batch of each row; a blank one repeats the one above in its batch."""
    column = body.header.columns.get("part")
    if column is None:
        return [""] * len(body.rows)
    parts: list[str] = []
    for i, text in enumerate(body.names(column)):
        above = parts[-1] if i and batches[i] == batches[i - 1] else ""
        parts.append(text or above)
    return parts


def _is_filled(cells: Sequence[Any]) -> bool:
    return any(c != "" for c in cells)


def columns_read(header: BatchHeader) -> set[int | None]:
    """Return every column that is read."""
    across = {c for m in header.measurands for c in (m.column, *m.limits.values())}
    return {header.id, *header.columns.values(), *across}


def broken_cells(body: Body) -> dict[Spot, Remark]:
    """Return error cells and formulas without a result that stand beside the values.

    Values and limits that cannot be read are told of the characteristics that they are of.
    """
    if not has_unread(body.sheet):
        return {}
    header = body.header
    beside = {c for key, c in header.columns.items() if key not in _TOLD_APART}
    targets = (m.limits.get("target") for m in header.measurands)
    columns: set[int | None] = {header.id, *beside, *targets}
    rows: list[tuple[int, set[int | None]]] = [(r, columns) for r in body.rows]
    across: set[int | None] = {m.column for m in header.measurands}
    rows += [(r, across) for kind, r in header.limit_rows.items() if kind not in _TOLD_APART]
    return {(r, c): remark for r, of in rows for c, remark in unread_cells(body.sheet, r, of)}


def _carried(body: Body) -> list[str]:
    """Return the ids; a blank one repeats the one above (merged cells)."""
    texts = body.names(body.header.id)
    if all(texts):
        return texts
    carried, last = [], ""
    for text in texts:
        last = text or last
        carried.append(last)
    return carried


def _batches(body: Body, results: Sequence[str]) -> list[str | None]:
    """Return the batch of each row; '' where the sheet has none, None where it is missing."""
    column = body.header.columns.get("batch")
    if column is None:
        return [""] * len(body.rows)
    texts = body.names(column)
    if all(texts):
        return list(texts)
    batches: list[str | None] = []
    last, whose = "", ""
    remarks = body.texts("remark")
    stopping = {t for t in set(remarks) if t and words.status_of(t)[0] in _STOPS}
    for i, text in enumerate(texts):
        if results[i] != whose:
            last, whose = "", results[i]
        if not text and remarks[i] in stopping:
            batches.append("")
            continue
        if body.header.layout == "long":
            text = text or last
        last = text or last
        if not text:
            body.tell(kinds.NO_BATCH, i, column)
        batches.append(text or None)
    return batches


def _tell_names(body: Body, results: Sequence[str], batches: Sequence[str | None]) -> None:
    """Tell ids and batch numbers of which a spreadsheet made something else.

    Where digits were lost, two of them may have become one: rows that are not together, or several
    rows of a batch where each should have one, are told as an error.
    """
    columns = body.header.columns
    once = body.header.layout == "wide" and not {"sample", "part", "months"} & columns.keys()
    for column, own, alone in (
        (body.header.id, [""] * len(results), False),
        (columns.get("batch"), batches, once),
    ):
        remarks = list(name_remarks(body.sheet, body.rows, column))
        if not remarks:
            continue
        cells, reported = body.cells(column), set()
        names = list(zip(results, own, strict=True))
        for i, (kind, values) in remarks:
            if names[i] in reported:
                continue
            reported.add(names[i])
            body.tell(kind, i, column, **values)
            again = _again(names, names[i], alone=alone) if is_rounded(cells[i]) else None
            if again is not None:
                other = body.sheet.place(body.rows[i], column).cell
                body.tell(kinds.FALLEN_TOGETHER, again, column, name=values["text"], other=other)


def _again(names: Sequence[object], name: object, *, alone: bool) -> int | None:
    """Return where a name comes again: in any row after the first, or after one of another name."""
    rows = [i for i, n in enumerate(names) if n == name]
    return next((b for a, b in pairwise(rows) if alone or b - a > 1), None)


def _fate(body: Body) -> tuple[Codes, list[str]]:
    """Return what became of each batch, and why."""
    if not {"remark", "reason"} & body.header.columns.keys():
        return np.zeros(len(body.rows), dtype=np.int8), [""] * len(body.rows)
    texts = body.texts("remark")
    of_text = {text: words.status_of(text) for text in set(texts)}
    remarks = [of_text[text] for text in texts]
    status = np.array([s for s, _ in remarks], dtype=np.int8)
    reasons = [own or why for own, (_, why) in zip(body.texts("reason"), remarks, strict=True)]
    return status, reasons


def _failed_too(body: Body, status: Codes) -> Bools:
    """Say which batches failed by the remark that says they were discarded: 不合格，报废."""
    failed = np.zeros(len(body.rows), dtype=bool)
    for i in np.flatnonzero(status == words.Status.DISCARDED).tolist():
        texts = (body.text_of(i, "remark"), body.text_of(i, "reason"))
        failed[i] = any(map(words.says_failed, texts))
    return failed


def _judged(body: Body) -> Codes:
    judged = np.full(len(body.rows), -1, dtype=np.int8)
    column = body.header.columns.get("judged")
    if column is None:
        return judged
    texts = body.texts("judged")
    verdicts = {text: words.judgement(text) for text in set(texts)}
    unclear = {text for text, verdict in verdicts.items() if verdict is None}
    for i in [i for i, text in enumerate(texts) if text in unclear] if unclear else ():
        body.tell(kinds.NOT_A_VERDICT, i, column, text=texts[i])
    judged[:] = [verdicts[text] or 0 for text in texts]
    return judged


def _scales(body: Body) -> Codes:
    known: dict[str, words.BatchScale | None] = {"": words.BatchScale.PILOT}
    scales = np.full(len(body.rows), words.BatchScale.PILOT, dtype=np.int8)
    column = body.header.columns.get("scale")
    for i, text in enumerate(body.texts("scale") if column is not None else ()):
        if text not in known:
            known[text] = words.scale_of(text)
            if known[text] is None:
                body.tell(kinds.UNKNOWN_SCALE, i, column, text=text)
        scale = known[text]
        scales[i] = words.BatchScale.PILOT if scale is None else scale
    return scales


def _times(body: Body, key: str) -> Floats:
    column = body.header.columns.get(key)
    cells = body.cells(column)
    if _some_offset(body):
        for i, cell in enumerate(cells):
            if isinstance(cell, datetime.datetime | str) and cell and not has_offset(cell):
                body.tell(kinds.NO_OFFSET, i, column, text=str(cell))
                cells[i] = ""
    hours, wrong = read_moments(cells, body.unit(column))
    for i, text in wrong:
        body.tell(kinds.NOT_A_TIME, i, column, text=text)
    return hours


def _some_offset(body: Body) -> bool:
    """Say whether some time of a sheet is stated with its offset: then all of them have to be."""
    columns = (body.header.columns.get(key) for key in ("begin", "end", "time"))
    cells = (cell for column in columns if column is not None for cell in body.cells(column))
    return any(has_offset(c) for c in cells if isinstance(c, datetime.datetime | str) and c)


def _amount(body: Body, key: str) -> Floats:
    column = body.header.columns.get(key)
    stated = body.unit(column)
    unit = "" if key != "hours" else stated if is_time_unit(stated) else "h"
    read = read_numbers(body.cells(column), unit, body.formats(column))
    body.tell_shown(column, read.shown)
    for i, text in read.wrong:
        body.tell(kinds.NOT_A_TIME, i, column, text=text)
    return read.values * hours_per(unit) if key == "hours" else read.values
