"""Reads a sheet of batch data or a time series into columns of numbers, each with its cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.criteria.names import bracketed, without_brackets
from pilotscore.findings import Finding, Kind, Place
from pilotscore.workbook.batches import kinds, words
from pilotscore.workbook.batches.header import BatchHeader, Layout, find_batch_header
from pilotscore.workbook.batches.numbers import NumbersRead, read_numbers
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.values.cells import text_of
from pilotscore.workbook.values.moments import read_moments


@dataclass(frozen=True, slots=True, eq=False)
class BatchRows:
    """The rows of a sheet: whose, of which batch, when, and what became of it. Shape (k,) each.

    ``rows`` are rows of the sheet, from 0; ``begin``, ``end`` and ``hours`` are in hours, ``months`` is
    the time of storage, all nan where not stated; ``judged`` is 1, 0, or -1 where nothing is said.
    """

    rows: Ints
    results: list[str]
    batches: list[str]
    begin: Floats
    end: Floats
    hours: Floats
    months: Floats
    scale: Codes
    status: Codes
    judged: Codes
    reasons: list[str]


@dataclass(frozen=True, slots=True, eq=False)
class BatchValues:
    """The values of a sheet, shape (v,) each: of which row and characteristic, with its limits.

    ``name`` and ``unit`` are places in ``names`` and ``units``; ``faulty`` marks a cell that holds no
    number, ``open`` one that states a bound only: -1 for below it, 1 for above. ``texts`` has what
    stands in the cells (row, column) that hold no number, ``limit_texts`` the first such limit of a
    column of values.
    """

    row: Ints
    name: Ints
    unit: Ints
    column: Ints
    value: Floats
    lower: Floats
    upper: Floats
    target: Floats
    faulty: Bools
    bad_limit: Bools
    open: Codes
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    limit_texts: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class BatchSheet:
    """What was read of one sheet; ``has_ids`` is whether it has a column of result ids."""

    book: str
    sheet: str
    layout: Layout
    has_ids: bool
    columns: dict[str, int]
    rows: BatchRows
    values: BatchValues
    names: tuple[str, ...]
    units: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.rows.rows)


def read_batch_sheet(
    sheet: Sheet, names: HeaderNames, *, tell: bool = True
) -> tuple[BatchSheet, list[Finding]] | None:
    """Read a sheet of batch data or a time series; None where it holds something else.

    Parameters
    ----------
    sheet
        The sheet.
    names
        What headers of results are known by.
    tell
        Whether it was decided here what the sheet is, which is then told.
    """
    header = find_batch_header(sheet, names)
    if header is None:
        return None
    findings: list[Finding] = []
    reader = _Reader(sheet, sheet.book, header, findings)
    rows = reader.rows()
    values, found, units = reader.values(rows)
    columns = {**header.columns, **({"id": header.id} if header.id is not None else {})}
    read = BatchSheet(
        sheet.book,
        sheet.name,
        header.layout,
        header.id is not None,
        columns,
        rows,
        values,
        found,
        units,
    )
    if tell:
        reader.tell(read)
    return read, findings


class _Reader:
    def __init__(
        self, sheet: Sheet, file: str, header: BatchHeader, findings: list[Finding]
    ) -> None:
        self.sheet, self.file, self.header, self.findings = sheet, file, header, findings
        self.texts: dict[tuple[int, int], str] = {}
        self.limit_texts: dict[int, str] = {}

    def _tell(self, kind: Kind, row: int | None, column: int | None, **values: Any) -> None:
        place = Place(self.file, self.sheet.name, row, column)
        self.findings.append(Finding(kind, place, values))

    def _column(self, picked: Sequence[int], column: int | None) -> list[Any]:
        if column is None:
            return [""] * len(picked)
        rows = self.sheet.rows
        return [rows[r][column] if column < len(rows[r]) else "" for r in picked]

    def rows(self) -> BatchRows:
        """Read what stands in each row beside the values."""
        header = self.header
        picked = [
            r
            for r in range(header.first, len(self.sheet.rows))
            if any(cell != "" for cell in self.sheet.rows[r])
        ]
        ids = self._carried(picked, header.id)
        batches = self._batches(picked, ids)
        keep = [i for i, b in enumerate(batches) if b is not None]
        picked = [picked[i] for i in keep]
        ids = [ids[i] for i in keep]
        named = [str(batches[i]) for i in keep]
        status, judged, reasons = self._fate(picked)
        times = {k: self._times(picked, k) for k in ("begin", "end")}
        if header.layout == "series":
            times["begin"] = self._times(picked, "time")
        return BatchRows(
            np.array(picked, dtype=np.int64), ids, named, times["begin"], times["end"],
            self._amount(picked, "hours"), self._amount(picked, "months"), self._scales(picked),
            status, judged, reasons,
        )  # fmt: skip

    def _carried(self, picked: list[int], column: int | None) -> list[str]:
        """Return the ids; a blank one repeats the one above (merged cells)."""
        found, last = [], ""
        for r in picked:
            last = text_of(self.sheet.rows[r], column) or last
            found.append(last)
        return found

    def _batches(self, picked: list[int], ids: list[str]) -> list[str | None]:
        """Return the batch of each row; '' where the sheet has none, None where it is missing."""
        column = self.header.columns.get("batch")
        if column is None:
            return [""] * len(picked)
        found: list[str | None] = []
        last, whose = "", ""
        stops = self._remarks(picked)
        for i, r in enumerate(picked):
            text = text_of(self.sheet.rows[r], column)
            if ids[i] != whose:
                last, whose = "", ids[i]
            if text:
                last = text
            elif stops[i] in (words.Status.PLANNED_STOP, words.Status.UNPLANNED_STOP):
                found.append("")
                continue
            elif self.header.layout == "long" and last:
                text = last
            if not text:
                self._tell(kinds.NO_BATCH, r, column)
            found.append(text or None)
        return found

    def _remarks(self, picked: list[int]) -> list[words.Status]:
        return [
            words.status_of(text_of(self.sheet.rows[r], self.header.columns.get("remark")))[0]
            for r in picked
        ]

    def _fate(self, picked: list[int]) -> tuple[Codes, Codes, list[str]]:
        columns = self.header.columns
        status = np.zeros(len(picked), dtype=np.int8)
        judged = np.full(len(picked), -1, dtype=np.int8)
        reasons = [""] * len(picked)
        if "remark" in columns:
            for i, r in enumerate(picked):
                text = text_of(self.sheet.rows[r], columns["remark"])
                if text:
                    status[i], reasons[i] = words.status_of(text)
        if "reason" in columns:
            for i, r in enumerate(picked):
                reasons[i] = text_of(self.sheet.rows[r], columns["reason"]) or reasons[i]
        if "judged" in columns:
            for i, r in enumerate(picked):
                text = text_of(self.sheet.rows[r], columns["judged"])
                verdict = words.judgement(text)
                if verdict is None:
                    self._tell(kinds.NOT_A_VERDICT, r, columns["judged"], text=text)
                judged[i] = 0 if verdict is None else verdict
        return status, judged, reasons

    def _scales(self, picked: list[int]) -> Codes:
        found = np.full(len(picked), words.BatchScale.PILOT, dtype=np.int8)
        column = self.header.columns.get("scale")
        known: dict[str, words.BatchScale | None] = {"": words.BatchScale.PILOT}
        for i, r in enumerate(picked if column is not None else ()):
            text = text_of(self.sheet.rows[r], column)
            if text not in known:
                known[text] = words.scale_of(text)
                if known[text] is None:
                    self._tell(kinds.UNKNOWN_SCALE, r, column, text=text)
            scale = known[text]
            found[i] = words.BatchScale.PILOT if scale is None else scale
        return found

    def _times(self, picked: list[int], key: str) -> Floats:
        column = self.header.columns.get(key)
        cells = self._column(picked, column)
        unit = bracketed(self.header.texts.get(column, "")) if column is not None else ""
        hours, wrong = read_moments(cells, unit)
        for i, text in wrong:
            self._tell(kinds.NOT_A_TIME, picked[i], column, text=text)
        return hours

    def _amount(self, picked: list[int], key: str) -> Floats:
        column = self.header.columns.get(key)
        read = read_numbers(self._column(picked, column), "")
        for i, text in read.wrong:
            self._tell(kinds.NOT_A_TIME, picked[i], column, text=text)
        if key != "hours" or column is None:
            return read.values
        from pilotscore.workbook.values.moments import hours_per

        return read.values * hours_per(bracketed(self.header.texts.get(column, "")))

    def values(self, rows: BatchRows) -> tuple[BatchValues, tuple[str, ...], tuple[str, ...]]:
        """Read the values: one for each row of a long sheet, one for each column of a wide one."""
        if self.header.layout == "long":
            return self._long(rows)
        return self._across(rows)

    def _plain(self, picked: list[int], column: int | None, unit: str) -> NumbersRead:
        """Read a column of numbers; a cell with a percentage format holds a hundredth of them."""
        read = read_numbers(self._column(picked, column), unit)
        for i, r in enumerate(picked if self.sheet.notes.percent_cells else ()):
            if (r, column) in self.sheet.notes.percent_cells:
                read.values[i] *= 100
        return read

    def _numbers(self, picked: list[int], column: int, unit: str) -> tuple[Floats, Bools, Codes]:
        """Read a column of values; what is no number is marked, and its text kept."""
        read = self._plain(picked, column, unit)
        wrong = dict(read.wrong)
        sides = np.zeros(len(picked), dtype=np.int8)
        for i, text, value, side in read.bounds:
            sides[i] = side
            self._tell(kinds.CENSORED, picked[i], column, text=text, value=f"{value:g}")
        notes = self.sheet.notes
        for i, r in enumerate(picked if notes.error_cells or notes.unsaved_formulas else ()):
            if (r, column) in notes.error_cells or (r, column) in notes.unsaved_formulas:
                wrong[i] = notes.error_cells.get((r, column), "=")
        faulty = np.zeros(len(picked), dtype=bool)
        for i, text in wrong.items():
            faulty[i], read.values[i] = True, np.nan
            self.texts[picked[i], column] = text
        return read.values, faulty, sides

    def _limits(self, picked: list[int], column: int | None, owner: int) -> tuple[Floats, Bools]:
        """Read limits; what is no number is marked, its text kept for the column that it limits."""
        read = self._plain(picked, column, "")
        bad = np.zeros(len(picked), dtype=bool)
        for i, text in read.wrong:
            bad[i] = True
            self.limit_texts.setdefault(owner, text)
        return read.values, bad

    def _long(self, rows: BatchRows) -> tuple[BatchValues, tuple[str, ...], tuple[str, ...]]:
        columns, picked = self.header.columns, rows.rows.tolist()
        said = self._column_texts(picked, columns["characteristic"])
        names = tuple(dict.fromkeys(without_brackets(t).strip() or t for t in said if t))
        place_of = {n: i for i, n in enumerate(names)}
        header_unit = bracketed(self.header.texts.get(columns["value"], ""))
        stated = [
            text_of(self.sheet.rows[r], columns.get("unit")) or bracketed(t) or header_unit
            for r, t in zip(picked, said, strict=True)
        ]
        units = tuple(dict.fromkeys(stated))
        unit_of = {u: i for i, u in enumerate(units)}
        values, faulty, sides = self._numbers(picked, columns["value"], "")
        limits = {
            k: self._limits(picked, columns.get(k), columns["value"])
            for k in ("lower", "upper", "target")
        }
        some = ~np.isnan(values) | faulty
        some &= np.array([bool(t) for t in said], dtype=bool)
        kept = np.flatnonzero(some)
        return BatchValues(
            kept,
            np.array([place_of[without_brackets(said[i]).strip() or said[i]] for i in kept], dtype=np.int64),
            np.array([unit_of[stated[i]] for i in kept], dtype=np.int64),
            np.full(len(kept), columns["value"], dtype=np.int64),
            values[kept], limits["lower"][0][kept], limits["upper"][0][kept], limits["target"][0][kept],
            faulty[kept], (limits["lower"][1] | limits["upper"][1])[kept], sides[kept], self.texts,
            self.limit_texts,
        ), names, units  # fmt: skip

    def _column_texts(self, picked: list[int], column: int) -> list[str]:
        return [text_of(self.sheet.rows[r], column) for r in picked]

    def _across(self, rows: BatchRows) -> tuple[BatchValues, tuple[str, ...], tuple[str, ...]]:
        picked = rows.rows.tolist()
        measurands = self.header.measurands
        names = tuple(m.name for m in measurands)
        units = tuple(m.unit or self._below("unit", m.column) for m in measurands)
        parts: list[tuple[Any, ...]] = []
        for k, m in enumerate(measurands):
            values, faulty, sides = self._numbers(picked, m.column, units[k])
            kept = np.flatnonzero(~np.isnan(values) | faulty)
            bounds, bad = [], np.zeros(len(kept), dtype=bool)
            for kind in ("lower", "upper", "target"):
                limit, wrong = self._limits_of(kind, picked, m.column, m.limits.get(kind))
                bounds.append(limit[kept])
                bad |= wrong[kept]
            size = len(kept)
            parts.append((
                kept, np.full(size, k), np.full(size, k), np.full(size, m.column), values[kept], *bounds,
                faulty[kept], bad, sides[kept],
            ))  # fmt: skip
        if not parts:
            return _no_values(), names, units
        joined: dict[str, Any] = {
            name: np.concatenate(column)
            for name, column in zip(
                BatchValues.__dataclass_fields__, zip(*parts, strict=True), strict=False
            )
        }
        joined |= {"texts": self.texts, "limit_texts": self.limit_texts}
        return BatchValues(**joined), names, units

    def _below(self, kind: str, column: int) -> str:
        row = self.header.limit_rows.get(kind)
        return "" if row is None else text_of(self.sheet.rows[row], column)

    def _limits_of(
        self, kind: str, picked: list[int], column: int, own: int | None
    ) -> tuple[Floats, Bools]:
        """Return the limits of a column: a column of its own, or a row below the header."""
        if own is not None:
            return self._limits(picked, own, column)
        row = self.header.limit_rows.get(kind)
        if row is None:
            return np.full(len(picked), np.nan), np.zeros(len(picked), dtype=bool)
        one, bad = self._limits([row], column, column)
        return np.full(len(picked), one[0]), np.full(len(picked), bool(bad[0]))

    def tell(self, read: BatchSheet) -> None:
        """Tell what the sheet was read as, and which columns were not read."""
        place = Place(self.file, self.sheet.name, self.header.row)
        shown = ", ".join(read.names[:8]) + (" ..." if len(read.names) > 8 else "") or "-"
        batches = len(set(zip(read.rows.results, read.rows.batches, strict=True)))
        values = {"row": self.header.row + 1, "batches": batches, "values": len(read.values.value),
                  "names": shown}  # fmt: skip
        series = self.header.layout == "series"
        kind = kinds.READ_AS_SERIES if series else kinds.READ_AS_BATCHES
        self.findings.append(Finding(kind, place, values))
        for column in self.header.unread:
            text = self.header.texts[column]
            self._tell(kinds.COLUMN_NOT_READ, self.header.row, column, header=text)


def _no_values() -> BatchValues:
    none, places, no = np.zeros(0), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)
    sides = np.zeros(0, dtype=np.int8)
    return BatchValues(places, places, places, places, none, none, none, none, no, no, sides)
