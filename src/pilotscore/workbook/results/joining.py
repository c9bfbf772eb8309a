"""Reads workbooks and puts what was read together: one row of a matrix for each result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np

from pilotscore.arrays import Codes, Floats
from pilotscore.criteria import NUMERIC, CriteriaSet, Fact, Indicator
from pilotscore.findings import Finding, Place
from pilotscore.language import nearest
from pilotscore.workbook.batches.sheet import BatchSheet
from pilotscore.workbook.open import kinds as file_kinds
from pilotscore.workbook.open.folders import find_books
from pilotscore.workbook.results import kinds
from pilotscore.workbook.results.details import Details, Document, Technology
from pilotscore.workbook.results.form_reader import FormRead
from pilotscore.workbook.results.options import ReadingOptions
from pilotscore.workbook.results.reader import BookResult, Read, unread
from pilotscore.workbook.results.submission import FactColumn, Submission
from pilotscore.workbook.results.table_reader import TableRead
from pilotscore.workbook.results.workers import Job, Progress, read_books
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.values.cells import State


def read_workbooks(
    paths: Iterable[Path],
    criteria: CriteriaSet,
    options: ReadingOptions | None = None,
    *,
    sha256: str = "",
    progress: Progress | None = None,
) -> Submission:
    """Read the results of workbooks.

    Parameters
    ----------
    paths
        Workbooks, and folders of them; one that is named twice is read once.
    criteria
        What is looked for.
    options
        How they are to be read.
    sha256
        The hash of the criteria file, which templates are held against.
    progress
        Called with how many workbooks were read, of how many.

    Returns
    -------
    Submission
        Possibly without any result; its findings say why.
    """
    options = options or ReadingOptions()
    targets = options.mapping.targets if options.mapping else None
    names = HeaderNames.of(criteria, targets, accept=options.accept_suggestions)
    found = find_books(paths, options.glob)
    results = read_books(found.paths, Job(names, options, sha256), progress)
    findings = list(found.findings)
    kept = [unread(Path(f.place.file), f) for f in findings if f.code == file_kinds.NO_FILES.code]
    for path, result in zip(found.paths, results, strict=True):
        if path in found.from_folder and _is_own_report(result):
            place = Place(str(path))
            findings.append(Finding(kinds.REPORT_PASSED_OVER, place))
            continue
        kept.append(result)
        findings.extend(result.findings)
    read = [r for result in kept for r in result.read]
    findings.extend(_repeated_ids(read))
    details = [d for result in kept for d in result.details]
    submission = _joined(read, findings, kept, criteria, details)
    batches = [b for result in kept for b in result.batches]
    return _with_batches(submission, batches, criteria) if batches else submission


def _is_own_report(result: BookResult) -> bool:
    return any(f.kind.code == file_kinds.OWN_REPORT.code for f in result.findings)


def _rows(read: Read) -> list[int]:
    return read.rows if isinstance(read, TableRead) else [read.row]


def _ids(read: Read) -> list[str]:
    return read.ids if isinstance(read, TableRead) else [read.id]


def _titles(read: Read) -> list[str]:
    return read.titles if isinstance(read, TableRead) else [read.title]


def _repeated_ids(read: list[Read]) -> list[Finding]:
    """Return a finding for each result whose id another one has."""
    places: dict[str, list[tuple[Read, int]]] = {}
    for part in read:
        for name, row in zip(_ids(part), _rows(part), strict=True):
            places.setdefault(name, []).append((part, row))
    findings = []
    for name, found in places.items():
        if len(found) < 2:
            continue
        spots = [Place(p.table.book, p.table.sheet, row) for p, row in found]
        for i, place in enumerate(spots):
            other = spots[1] if i == 0 else spots[0]
            values = {"id": name, "other": str(other)}
            findings.append(Finding(kinds.REPEATED_ID, place, values, name))
    return findings


def _joined(
    read: list[Read], findings: list[Finding], results: list[BookResult], criteria: CriteriaSet,
    details: list[Details],
) -> Submission:  # fmt: skip
    counts = [len(_rows(r)) for r in read]
    n, starts = sum(counts), np.cumsum([0, *counts]).tolist()
    m = len(criteria.indicators)
    matrix = _Matrix(
        np.full((n, m), np.nan),
        np.full((n, m), State.BLANK, dtype=np.int8),
        np.full((n, m), -1, dtype=np.int8),
        {f.id: _empty_fact(f, n) for f in criteria.facts},
        criteria,
    )
    for start, part in zip(starts, read, strict=False):
        if isinstance(part, TableRead):
            matrix.put_table(start, part)
        else:
            matrix.put_form(start, part)
    ids = tuple(name for r in read for name in _ids(r))
    submission = Submission(
        ids=ids,
        titles=tuple(title for r in read for title in _titles(r)),
        values=matrix.values,
        states=matrix.states,
        evidence=matrix.evidence,
        facts={
            name: replace(f, values=f.values.astype(str)) if f.values.dtype == object else f
            for name, f in matrix.facts.items()
        },
        reasons=matrix.reasons,
        written=matrix.written,
        tables=tuple(r.table for r in read),
        table_of=np.repeat(np.arange(len(read)), counts),
        row_of=np.array([row for r in read for row in _rows(r)], dtype=np.int64),
        findings=tuple(findings),
        books=tuple(r.book for r in results),
    )
    return _with_details(submission, details, criteria) if details else submission


def _with_details(
    submission: Submission, details: list[Details], criteria: CriteriaSet
) -> Submission:
    """Lay over what the detail sheets say: documents, and the worst of several technologies."""
    place_of = {name: i for i, name in enumerate(submission.ids)}
    findings = list(submission.findings)
    documents = []
    for detail in details:
        rows: tuple[Document | Technology, ...] = (*detail.documents, *detail.technologies)
        for row in rows:
            if row.result not in place_of:
                near = nearest(row.result, place_of) or next(iter(place_of), "-")
                values = {"id": row.result, "near": near}
                findings.append(Finding(kinds.DETAIL_OF_NOBODY, row.place, values))
            elif isinstance(row, Document):
                documents.append(row)
    levels = [t for d in details for t in d.technologies if t.result in place_of]
    worst: dict[tuple[int, str], Technology] = {}
    for level in levels:
        indicator = criteria.indicators[criteria.indicator_position[level.indicator]]
        key = (place_of[level.result], level.indicator)
        if key not in worst or _less_favourable(level.value, worst[key].value, indicator):
            worst[key] = level
    for (i, name), level in worst.items():
        j = criteria.indicator_position[name]
        stated = float(submission.values[i, j])
        if submission.states[i, j] == State.VALUE:
            if not _less_favourable(level.value, stated, criteria.indicators[j]):
                continue
            values = {
                "title": level.title,
                "value": f"{level.value:g}",
                "stated": f"{stated:g}",
                "place": str(level.place),
            }
            at = submission.place(i, name)
            findings.append(Finding(kinds.TECHNOLOGY_COUNTS, at, values, submission.ids[i]))
        submission.values[i, j], submission.states[i, j] = level.value, State.VALUE
    return replace(submission, findings=tuple(findings), documents=tuple(documents))


def _with_batches(
    submission: Submission, sheets: list[BatchSheet], criteria: CriteriaSet
) -> Submission:
    """Add the batch data, joined, and what is to be told of them."""
    from pilotscore.workbook.batches.context import KnownResults
    from pilotscore.workbook.batches.joining import join_batches

    of_book: dict[str, list[int]] = {}
    for i, table in enumerate(submission.table_of.tolist()):
        book = submission.tables[table].book
        of_book.setdefault(book, []).append(i)
    known = KnownResults(submission.ids, submission.titles, of_book)
    data = join_batches(sheets, known, criteria)
    return replace(submission, batches=data, findings=(*submission.findings, *data.findings))


def _less_favourable(value: float, other: float, indicator: Indicator) -> bool:
    return value > other if indicator.direction == "min" else value < other


def _empty_fact(fact: Fact, n: int) -> FactColumn:
    values = np.full(n, np.nan) if fact.type in NUMERIC else np.full(n, "", dtype=object)
    return FactColumn(values, np.full(n, State.BLANK, dtype=np.int8))


class _Matrix:
    """All results: each part puts its own rows."""

    def __init__(
        self,
        values: Floats,
        states: Codes,
        evidence: Codes,
        facts: dict[str, FactColumn],
        criteria: CriteriaSet,
    ) -> None:
        self.values, self.states, self.evidence = values, states, evidence
        self.facts, self.criteria = facts, criteria
        self.reasons: dict[tuple[int, str], str] = {}
        self.written: dict[tuple[int, str], str] = {}

    def put_table(self, start: int, read: TableRead) -> None:
        """Put the rows of a table, a column at a time."""
        span = slice(start, start + len(read.rows))
        for j, indicator in enumerate(self.criteria.indicators):
            column = read.columns.get(indicator.id)
            if column is not None:
                self.values[span, j], self.states[span, j] = column.values, column.states
                for i in np.flatnonzero(column.states == State.NOT_APPLICABLE).tolist():
                    word = column.words[i] if column.words is not None else ""
                    self.reasons[start + i, indicator.id] = word
                for i, text in column.written.items():
                    self.written[start + i, indicator.id] = text
            if indicator.id in read.evidence:
                self.evidence[span, j] = read.evidence[indicator.id]
        for fact in self.criteria.facts:
            column = read.columns.get(fact.id)
            if column is None:
                continue
            into = self.facts[fact.id]
            into.states[span] = column.states
            if fact.type in NUMERIC:
                into.values[span] = column.values
            elif column.words is not None:
                into.values[span] = np.where(column.states == State.VALUE, column.words, "")

    def put_form(self, row: int, read: FormRead) -> None:
        """Put the one result of a form."""
        for j, indicator in enumerate(self.criteria.indicators):
            reading = read.readings.get(indicator.id)
            if reading is not None:
                state, self.values[row, j], word = reading
                self.states[row, j] = state
                if state == State.NOT_APPLICABLE:
                    self.reasons[row, indicator.id] = word
            if indicator.id in read.written:
                self.written[row, indicator.id] = read.written[indicator.id]
            if indicator.id in read.evidence:
                self.evidence[row, j] = read.evidence[indicator.id]
        for fact in self.criteria.facts:
            reading = read.readings.get(fact.id)
            if reading is None:
                continue
            into = self.facts[fact.id]
            state, value, word = reading
            into.states[row] = state
            if fact.type in NUMERIC:
                into.values[row] = value
            elif state == State.VALUE:
                into.values[row] = word
