"""Reads a table of results, one result per row, into typed columns with findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pilotscore.arrays import Codes
from pilotscore.findings import Finding, Place, column_letters
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.results import kinds
from pilotscore.workbook.results.submission import Table
from pilotscore.workbook.tables.finder import FoundTable, column_findings, result_rows
from pilotscore.workbook.tables.headers import Columns, HeaderNames
from pilotscore.workbook.values.cells import State, tidy
from pilotscore.workbook.values.columns import ReadColumn, read_column, read_evidence_column
from pilotscore.workbook.values.units import factor


@dataclass(frozen=True, slots=True, eq=False)
class TableRead:
    """The results of one table."""

    table: Table
    rows: list[int]
    ids: list[str]
    titles: list[str]
    columns: dict[str, ReadColumn]
    evidence: dict[str, Codes]


def read_table(
    sheet: Sheet,
    place: Place,
    found: FoundTable,
    names: HeaderNames,
    findings: list[Finding],
    first: int | None = None,
) -> TableRead | None:
    """Read a table that was found; None where it has no results, which is told.

    Parameters
    ----------
    sheet, place
        The sheet, and where it is.
    found
        Its header.
    names
        What is looked for.
    findings
        What a person should know is appended here.
    first
        The first row of results, where it is known (a template), from 0.
    """
    columns, header_row = found.columns, found.row or 0
    header = Place(place.file, place.sheet, header_row)
    findings.extend(_spread_merged(sheet, header, columns))
    picked = result_rows(sheet.rows, found, names, header, findings, first)
    if picked.units:
        found = replace(found, columns=_with_units(columns, picked.units, names))
        columns = found.columns
    rows = picked.rows
    findings.extend(column_findings(found, names, header))
    if first is None:
        told = {"row": header_row + 1, "count": columns.known, "results": len(rows)}
        findings.append(Finding(kinds.TABLE_FOUND, header, told))
        if found.rival is not None:
            values = {"row": header_row + 1, "other": found.rival + 1, "count": columns.known}
            findings.append(Finding(kinds.RIVAL_HEADER, header, values))
    if not rows:
        findings.append(Finding(kinds.NO_RESULTS, header))
        return None
    findings.extend(_hidden_columns(sheet, header, columns))
    ids, titles = _names(sheet, place, columns, rows, findings)
    _tell_hidden_rows(sheet, place, rows, ids, findings)
    findings.extend(_unread_beside(sheet, place, columns, rows, ids))
    return _read_columns(sheet, place, header_row, columns, names, rows, ids, titles, findings)


def _with_units(columns: Columns, units: dict[int, str], names: HeaderNames) -> Columns:
    """Return columns with the units of a row below the header; the header's own go first."""
    known = {q.id: q for q in names.criteria.quantities}
    stated = dict(columns.units)
    percent = set(columns.percent_headers)
    for name, column in columns.quantities.items():
        if column in units and name not in stated and known[name].type != "level":
            stated[name] = units[column]
            if units[column] in ("%", "％"):
                percent.add(name)
    factors = {n: factor(u, known[n]) for n, u in stated.items()}
    return replace(columns, units=stated, factors=factors, percent_headers=frozenset(percent))


def _names(
    sheet: Sheet, place: Place, columns: Columns, rows: list[int], findings: list[Finding]
) -> tuple[list[str], list[str]]:
    titles = [text_of(sheet.rows[r], columns.title) for r in rows]
    ids = [text_of(sheet.rows[r], columns.id) for r in rows]
    if columns.id is None:
        ids = [t or f"{place.sheet}!{r + 1}" for t, r in zip(titles, rows, strict=True)]
    for i, row in enumerate(rows):
        if not ids[i]:
            ids[i] = f"{place.sheet}!{row + 1}"
            spot = Place(place.file, place.sheet, row, columns.id)
            findings.append(Finding(kinds.NO_ID, spot, result=ids[i]))
    return ids, titles


def _tell_hidden_rows(
    sheet: Sheet, place: Place, rows: list[int], ids: list[str], findings: list[Finding]
) -> None:
    hidden = sheet.notes.hidden_rows
    kind = kinds.FILTERED_ROW if sheet.notes.filtered else kinds.HIDDEN_ROW
    for i, row in enumerate(rows if hidden else ()):
        if row in hidden:
            findings.append(Finding(kind, Place(place.file, place.sheet, row), result=ids[i]))


def _hidden_columns(sheet: Sheet, header: Place, columns: Columns) -> list[Finding]:
    return [
        Finding(
            kinds.HIDDEN_COLUMN, replace(header, column=c), {"header": columns.texts.get(c, "")}
        )
        for c in sorted(columns.used)
        if c in sheet.notes.hidden_columns
    ]


def text_of(row: Sequence[Any], column: int | None) -> str:
    """Return a cell as the text of an id or title: 7.0 is 7."""
    if column is None or column >= len(row):
        return ""
    cell = row[column]
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return tidy(str(cell))


def _spread_merged(sheet: Sheet, header: Place, columns: Columns) -> list[Finding]:
    """Give every cell of a merged area below the header its value; tell each area once."""
    used = set(columns.used)
    findings = []
    for (top, left), (bottom, right) in sheet.merged:
        covered = used & set(range(left, min(right, max(used, default=0)) + 1))
        if top <= (header.row or 0) or top >= len(sheet.rows) or not covered:
            continue
        value = sheet.rows[top][left] if left < len(sheet.rows[top]) else ""
        across = len(covered) > 1 or left not in used
        if value == "" or (bottom == top and not across):
            continue
        if across and isinstance(value, str) and (bottom == top) and len(covered) * 2 > len(used):
            continue  # a note that runs across the table
        for row in sheet.rows[top : bottom + 1]:
            for column in covered:
                row.extend([""] * (column + 1 - len(row)))
                row[column] = value
        area = f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
        kind = kinds.MERGED_ACROSS if across else kinds.MERGED
        place = Place(header.file, header.sheet, top, left)
        findings.append(Finding(kind, place, {"area": area, "text": str(value)[:40]}))
    return findings


def _columns_of(sheet: Sheet, rows: list[int], wanted: list[int]) -> dict[int, Sequence[Any]]:
    """Return the cells of some columns, '' where a row is too short."""
    picked = [sheet.rows[r] for r in rows]
    widths = set(map(len, picked))
    if len(widths) == 1 and max(wanted) < next(iter(widths)):
        whole = list(zip(*picked, strict=True))
        return {c: whole[c] for c in wanted}
    return {c: [r[c] if c < len(r) else "" for r in picked] for c in wanted}


def _read_columns(
    sheet: Sheet,
    place: Place,
    header_row: int,
    columns: Columns,
    names: HeaderNames,
    rows: list[int],
    ids: list[str],
    titles: list[str],
    findings: list[Finding],
) -> TableRead:
    criteria = names.criteria
    cells = _columns_of(sheet, rows, columns.used)
    percent: dict[int, set[int]] = {}
    for row, column in sheet.notes.percent_cells:
        percent.setdefault(column, set()).add(row)

    def tell(column: int, told: list[Any]) -> None:
        for i, kind, values in told:
            spot = Place(place.file, place.sheet, rows[i], column)
            findings.append(Finding(kind, spot, values, ids[i]))

    read: dict[str, ReadColumn] = {}
    for quantity in criteria.quantities:
        at = columns.quantities.get(quantity.id)
        if at is None:
            continue
        shown = percent.get(at, set())
        got = read_column(
            cells[at],
            quantity,
            percent_header=quantity.id in columns.percent_headers,
            percent_rows=frozenset(i for i, r in enumerate(rows) if r in shown)
            if shown
            else frozenset(),
            factor=columns.factors.get(quantity.id, 1.0),
        )
        _mark_unread(sheet, rows, at, got)
        read[quantity.id] = got
        tell(at, got.told)
    evidence: dict[str, Codes] = {}
    if criteria.evidence:
        for name, at in columns.evidence.items():
            evidence[name], told = read_evidence_column(cells[at], criteria.evidence)
            tell(at, told)
    table = Table(place.file, place.sheet or "", header_row, columns.quantities, columns.evidence)
    return TableRead(table, rows, ids, titles, read, evidence)


def _mark_unread(sheet: Sheet, rows: list[int], column: int, read: ReadColumn) -> None:
    """Mark error cells and formulas without a result, which the reader gives as blank."""
    notes = sheet.notes
    if not (notes.error_cells or notes.unsaved_formulas):
        return
    for i, row in enumerate(rows):
        text = notes.error_cells.get((row, column))
        if text is not None:
            read.told.append((i, kinds.ERROR_CELL, {"text": text}))
            read.written[i] = text
        elif (row, column) in notes.unsaved_formulas:
            read.told.append((i, kinds.UNSAVED_FORMULA, {}))
            read.written[i] = "="
        else:
            continue
        read.states[i] = State.FAULTY


def _unread_beside(
    sheet: Sheet, place: Place, columns: Columns, rows: list[int], ids: list[str]
) -> list[Finding]:
    """Tell error cells and formulas without a result in the id, title and evidence columns."""
    notes = sheet.notes
    if not (notes.error_cells or notes.unsaved_formulas):
        return []
    beside = {columns.id, columns.title, *columns.evidence.values()}
    found = []
    for i, row in enumerate(rows):
        for column in sorted(c for c in beside if c is not None):
            spot = Place(place.file, place.sheet, row, column)
            text = notes.error_cells.get((row, column))
            if text is not None:
                found.append(Finding(kinds.ERROR_CELL, spot, {"text": text}, ids[i]))
            elif (row, column) in notes.unsaved_formulas:
                found.append(Finding(kinds.UNSAVED_FORMULA, spot, {}, ids[i]))
    return found
