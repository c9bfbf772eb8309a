"""Reads workbooks into a submission: every sheet with a table of results, one result per row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotscore.criteria import CriteriaSet
from pilotscore.findings import Finding, Place, column_letters
from pilotscore.workbook import kinds
from pilotscore.workbook.columns import ReadColumn, read_column, read_evidence_column
from pilotscore.workbook.headers import (
    HEADER_ROWS,
    Columns,
    HeaderNames,
    column_findings,
    find_table,
)
from pilotscore.workbook.sheets import Book, Sheet, UnreadableBookError, open_book
from pilotscore.workbook.submission import BookRead, FactColumn, Submission, Table
from pilotscore.workbook.values import State, tidy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TOTALS = ("合计", "总计", "小计", "平均", "平均值", "total", "subtotal", "sum", "average", "mean")


@dataclass(frozen=True, slots=True, eq=False)
class _SheetRead:
    """The results of one sheet."""

    table: Table
    rows: list[int]
    ids: list[str]
    titles: list[str]
    columns: dict[str, ReadColumn]
    evidence: dict[str, NDArray[np.int8]]


@dataclass(slots=True)
class _Gathered:
    """What was read so far."""

    sheets: list[_SheetRead] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    books: list[BookRead] = field(default_factory=list)


def read_workbooks(
    paths: Iterable[Path], criteria: CriteriaSet, sheet: str | None = None
) -> Submission:
    """Read the results of workbooks.

    Parameters
    ----------
    paths
        The workbooks; one that is named twice is read once.
    criteria
        What is looked for.
    sheet
        Read this sheet alone, hidden or not.

    Returns
    -------
    Submission
        Possibly without any result; its findings say why.
    """
    names = HeaderNames.of(criteria)
    gathered = _Gathered()
    once: dict[Path, Path] = {}
    for path in paths:
        once.setdefault(path.resolve(), path)
    for path in once.values():
        try:
            book = open_book(path)
        except UnreadableBookError as error:
            gathered.findings.append(error.finding)
            gathered.books.append(BookRead(str(path), None, 0))
            continue
        before = len(gathered.sheets)
        _read_book(book, names, sheet, gathered)
        count = sum(len(s.rows) for s in gathered.sheets[before:])
        gathered.books.append(BookRead(book.name, book.sha256, count))
    gathered.findings.extend(_repeated_ids(gathered.sheets))
    return _joined(gathered, criteria)


def _read_book(book: Book, names: HeaderNames, wanted: str | None, into: _Gathered) -> None:
    """Read every sheet with a table; say of the others that they were passed over."""
    sheets = [s for s in book.sheets if wanted is None or s.name == wanted]
    if not sheets and wanted is not None:
        listed = ", ".join(s.name for s in book.sheets) or "-"
        into.findings.append(
            Finding(kinds.NO_SUCH_SHEET, Place(book.name), {"name": wanted, "sheets": listed})
        )
        return
    passed: list[tuple[Place, Sheet]] = []
    found_any = False
    for sheet in sheets:
        place = Place(book.name, sheet.name)
        if not sheet.visible and wanted is None:
            into.findings.append(Finding(kinds.HIDDEN_SHEET, place))
            continue
        found = find_table(sheet.rows, names)
        if found.row is None:
            passed.append((place, sheet))
            continue
        found_any = True
        _read_table(sheet, place, found.row, found.columns, names, into)
    for place, sheet in passed:
        if found_any:
            into.findings.append(Finding(kinds.OTHER_SHEET, place))
        else:
            into.findings.append(_no_table(place, sheet, names))
    if not found_any and not passed:  # every sheet was hidden, or there was none
        values = {"rows": HEADER_ROWS, "best": 0, "matched": "-", **_near(names)}
        into.findings.append(Finding(kinds.NO_TABLE, Place(book.name), values))


def _near(names: HeaderNames) -> dict[str, Any]:
    return {"near": names.criteria.indicators[0].title, "criteria": names.criteria.id}


def _no_table(place: Place, sheet: Sheet, names: HeaderNames) -> Finding:
    if not any(cell != "" for row in sheet.rows for cell in row):
        return Finding(kinds.EMPTY_SHEET, place)
    best = find_table(sheet.rows, names).columns
    matched = [*best.quantities, *(["id"] if best.id is not None else [])]
    matched += ["title"] if best.title is not None else []
    values = {
        "rows": min(HEADER_ROWS, len(sheet.rows)),
        "best": best.known,
        "matched": ", ".join(matched) or "-",
        **_near(names),
    }
    return Finding(kinds.NO_TABLE, place, values)


def _read_table(
    sheet: Sheet,
    place: Place,
    header_row: int,
    columns: Columns,
    names: HeaderNames,
    into: _Gathered,
) -> None:
    findings = into.findings
    header = Place(place.file, place.sheet, header_row)
    findings.extend(column_findings(columns, names, header, sheet.rows[header_row]))
    findings.extend(_spread_merged(sheet, header, columns))
    rows = _result_rows(sheet, header, columns, findings)
    at = Place(place.file, place.sheet, header_row)
    told = {"row": header_row + 1, "count": columns.known, "results": len(rows)}
    findings.append(Finding(kinds.TABLE_FOUND, at, told))
    if not rows:
        findings.append(Finding(kinds.NO_RESULTS, at))
        return
    titles = [_text(sheet.rows[r], columns.title) for r in rows]
    ids = [_text(sheet.rows[r], columns.id) for r in rows]
    if columns.id is None:
        ids = [t or f"{place.sheet}!{r + 1}" for t, r in zip(titles, rows, strict=True)]
    for i, row in enumerate(rows):
        if not ids[i]:
            ids[i] = f"{place.sheet}!{row + 1}"
            spot = Place(place.file, place.sheet, row, columns.id)
            findings.append(Finding(kinds.NO_ID, spot, result=ids[i]))
        if row in sheet.notes.hidden_rows:
            spot = Place(place.file, place.sheet, row)
            findings.append(Finding(kinds.HIDDEN_ROW, spot, result=ids[i]))
    findings.extend(_unread_beside(sheet, place, columns, rows, ids))
    into.sheets.append(
        _read_columns(sheet, place, header_row, columns, names, rows, ids, titles, findings)
    )


def _text(row: Sequence[Any], column: int | None) -> str:
    if column is None or column >= len(row):
        return ""
    cell = row[column]
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return tidy(str(cell))


def _used_columns(columns: Columns) -> list[int]:
    special = [c for c in (columns.id, columns.title) if c is not None]
    return [*special, *columns.quantities.values(), *columns.evidence.values()]


def _result_rows(
    sheet: Sheet, header: Place, columns: Columns, findings: list[Finding]
) -> list[int]:
    """Return the rows that hold results; blank rows, totals and notes are passed over and told."""
    rows: list[int] = []
    blank_before: list[int] = []
    blanks_within = 0
    first_column = min(_used_columns(columns))
    quantities = list(columns.quantities.values())
    last_of_header = header.row or 0
    for number in range(last_of_header + 1, len(sheet.rows)):
        row = sheet.rows[number]
        filled = [c for c, cell in enumerate(row) if cell != "" and str(cell).strip()]
        if not filled:
            blank_before.append(number)
            continue
        place = Place(header.file, header.sheet, number)
        text = str(row[filled[0]]).strip()
        if len(filled) == 1 and isinstance(row[filled[0]], str) and len(_used_columns(columns)) > 2:
            shown = text if len(text) <= 40 else text[:39] + "…"
            findings.append(Finding(kinds.NOTE_ROW, place, {"text": shown}))
            continue
        label = tidy(text).casefold().rstrip(":：")
        if label in _TOTALS and (columns.id is None or filled[0] <= max(columns.id, first_column)):
            findings.append(Finding(kinds.TOTAL_ROW, place, {"text": text}))
            continue
        if rows:
            blanks_within += len(blank_before)
        blank_before = []
        if (
            any(c in quantities for c in filled)
            or _text(row, columns.id)
            or _text(row, columns.title)
        ):
            rows.append(number)
    if blanks_within:
        findings.append(Finding(kinds.BLANK_ROWS, header, {"count": blanks_within}))
    return rows


def _spread_merged(sheet: Sheet, header: Place, columns: Columns) -> list[Finding]:
    """Give every cell of a merged area below the header its value; tell each area once."""
    used = set(_used_columns(columns))
    findings = []
    for (top, left), (bottom, right) in sheet.merged:
        if (
            top <= (header.row or 0)
            or top >= len(sheet.rows)
            or not used & set(range(left, right + 1))
        ):
            continue
        value = sheet.rows[top][left] if left < len(sheet.rows[top]) else ""
        if value == "" or bottom == top or left not in used:
            continue
        for row in sheet.rows[top : bottom + 1]:
            row.extend([""] * (left + 1 - len(row)))
            row[left] = value
        area = f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
        place = Place(header.file, header.sheet, top, left)
        findings.append(Finding(kinds.MERGED, place, {"area": area, "text": str(value)[:40]}))
    return findings


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
) -> _SheetRead:
    criteria = names.criteria
    read: dict[str, ReadColumn] = {}
    for quantity in criteria.quantities:
        column = columns.quantities.get(quantity.id)
        if column is None:
            continue
        cells = [sheet.rows[r][column] if column < len(sheet.rows[r]) else "" for r in rows]
        percent = sheet.notes.percent_cells
        got = read_column(
            cells,
            quantity,
            percent_header=quantity.id in columns.percent_headers,
            percent_rows=frozenset(i for i, r in enumerate(rows) if (r, column) in percent)
            if percent
            else frozenset(),
        )
        _mark_unread(sheet, rows, column, got)
        read[quantity.id] = got
        for i, kind, values in got.told:
            spot = Place(place.file, place.sheet, rows[i], column)
            findings.append(Finding(kind, spot, values, ids[i]))
    evidence: dict[str, NDArray[np.int8]] = {}
    if criteria.evidence:
        for name, column in columns.evidence.items():
            cells = [sheet.rows[r][column] if column < len(sheet.rows[r]) else "" for r in rows]
            graded = read_evidence_column(
                cells, criteria.evidence.grades, criteria.evidence.default
            )
            evidence[name] = graded[0]
            for i, kind, values in graded[1]:
                spot = Place(place.file, place.sheet, rows[i], column)
                findings.append(Finding(kind, spot, values, ids[i]))
    table = Table(place.file, place.sheet or "", header_row, columns.quantities, columns.evidence)
    return _SheetRead(table, rows, ids, titles, read, evidence)


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


def _repeated_ids(sheets: list[_SheetRead]) -> list[Finding]:
    """Return a finding for each result whose id another one has."""
    places: dict[str, list[Place]] = {}
    for sheet in sheets:
        for i, row in enumerate(sheet.rows):
            place = Place(sheet.table.book, sheet.table.sheet, row)
            places.setdefault(sheet.ids[i], []).append(place)
    findings = []
    for name, found in places.items():
        for i, place in enumerate(found if len(found) > 1 else []):
            other = found[1] if i == 0 else found[0]
            values = {"id": name, "other": str(other)}
            findings.append(Finding(kinds.REPEATED_ID, place, values, name))
    return findings


def _joined(gathered: _Gathered, criteria: CriteriaSet) -> Submission:
    """Put the sheets together: one row of a matrix for each result."""
    import numpy as np

    sheets = gathered.sheets
    counts = [len(s.rows) for s in sheets]
    n, starts = sum(counts), np.cumsum([0, *counts])
    m = len(criteria.indicators)
    values = np.full((n, m), np.nan)
    states = np.full((n, m), State.BLANK, dtype=np.int8)
    evidence = np.full((n, m), -1, dtype=np.int8)
    reasons: dict[tuple[int, str], str] = {}
    written: dict[tuple[int, str], str] = {}
    for start, sheet in zip(starts, sheets, strict=False):
        span = slice(int(start), int(start) + len(sheet.rows))
        for j, indicator in enumerate(criteria.indicators):
            column = sheet.columns.get(indicator.id)
            if column is not None:
                values[span, j], states[span, j] = column.values, column.states
                for i in np.flatnonzero(column.states == State.NOT_APPLICABLE).tolist():
                    reasons[int(start) + i, indicator.id] = column.words.get(i, "")
                for i, text in column.written.items():
                    written[int(start) + i, indicator.id] = text
            if indicator.id in sheet.evidence:
                evidence[span, j] = sheet.evidence[indicator.id]
    return Submission(
        ids=tuple(name for s in sheets for name in s.ids),
        titles=tuple(title for s in sheets for title in s.titles),
        values=values,
        states=states,
        evidence=evidence,
        facts={f.id: _fact(f.id, f.type, sheets, starts, n) for f in criteria.facts},
        reasons=reasons,
        written=written,
        tables=tuple(s.table for s in sheets),
        table_of=np.repeat(np.arange(len(sheets)), counts),
        row_of=np.array([r for s in sheets for r in s.rows], dtype=np.int64),
        findings=tuple(gathered.findings),
        books=tuple(gathered.books),
    )


def _fact(
    name: str, type_: str, sheets: list[_SheetRead], starts: NDArray[np.int64], n: int
) -> FactColumn:
    import numpy as np

    states = np.full(n, State.BLANK, dtype=np.int8)
    numeric = type_ in ("number", "count", "ratio", "percent", "money", "level")
    numbers = np.full(n, np.nan)
    words = np.full(n, "", dtype=object)
    for start, sheet in zip(starts, sheets, strict=False):
        column = sheet.columns.get(name)
        if column is None:
            continue
        span = slice(int(start), int(start) + len(sheet.rows))
        states[span], numbers[span] = column.states, column.values
        if not numeric and column.words:
            rows = np.fromiter(column.words, np.int64, len(column.words))
            found = np.array(list(column.words.values()), dtype=object)
            read = column.states[rows] == State.VALUE
            words[int(start) + rows[read]] = found[read]
    return FactColumn(numbers if numeric else words.astype(str), states)
