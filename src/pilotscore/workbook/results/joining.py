"""Reads workbooks and puts what was read together: one row of a matrix for each result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pilotscore.criteria import NUMERIC, CriteriaSet, Indicator
from pilotscore.findings import Finding, Kind, Place
from pilotscore.language import nearest
from pilotscore.workbook.open import kinds as file_kinds
from pilotscore.workbook.open.folders import MOST_NAMED, Books, find_books
from pilotscore.workbook.results import kinds
from pilotscore.workbook.results.details import Detail, EvidenceDocument, Technology
from pilotscore.workbook.results.former_words import with_former_words
from pilotscore.workbook.results.given import NOTHING_GIVEN, AllGiven
from pilotscore.workbook.results.given_grades import unknown_results
from pilotscore.workbook.results.implausible import implausible
from pilotscore.workbook.results.options import ReadingOptions
from pilotscore.workbook.results.reader import Contents, unread_book
from pilotscore.workbook.results.recalculating import with_recalculated
from pilotscore.workbook.results.rights_sheets import with_rights
from pilotscore.workbook.results.submission import FactColumn, Results, Submission
from pilotscore.workbook.results.workers import Job, Progress, read_books
from pilotscore.workbook.values.cells import State

if TYPE_CHECKING:
    from pilotscore.workbook.batches.sheet import BatchSheet
    from pilotscore.workbook.results.understood import PageRead
    from pilotscore.workbook.values.spread import Spread


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
    names = options.names(criteria)
    books = find_books(paths, options.glob)
    findings = list(books.findings)
    empty = (file_kinds.NO_FILES, file_kinds.CLOSED)
    kept = [unread_book(Path(f.place.file), f) for f in findings if f.kind in empty]
    job = Job(names, options, sha256)
    read = with_recalculated(books.paths, read_books(books.paths, job, progress), job)
    others, passed_over = _without_own(books, read)
    findings += passed_over
    for contents in others:
        kept.append(contents)
        findings.extend(contents.findings)
    results = [r for contents in kept for r in contents.results]
    submission, of_words = with_former_words(_joined(results, criteria), criteria)
    findings.extend(of_words)
    findings.extend(implausible(submission, criteria))
    if options.mapping is not None:
        evidence, file = options.mapping.rules.evidence, options.mapping.name
        findings.extend(unknown_results(evidence, submission.ids, file))
    submission, of_details = _with_details(
        submission, [d for contents in kept for d in contents.details], criteria
    )
    findings = [*findings, *_repeated_ids(results), *of_details]
    batches = [b for contents in kept for b in contents.batches]
    if batches:
        submission = _with_batches(submission, batches, criteria)
        findings.extend(submission.batches.findings if submission.batches else ())
    submission = with_rights(submission, [g for contents in kept for g in contents.rights])
    findings.extend(submission.rights.findings if submission.rights else ())
    pages: tuple[PageRead, ...] = ()
    if options.understand:
        from pilotscore.workbook.results.pages import pages_of

        pages = (*pages_of(results, criteria), *(p for contents in kept for p in contents.pages))
    read_of = tuple(c.book for c in kept)
    return replace(submission, findings=tuple(findings), books=read_of, pages=pages)


def _without_own(
    books: Books, read: Sequence[Contents]
) -> tuple[list[Contents], Iterator[Finding]]:
    """Return what was read without what we wrote ourselves into a folder, and what tells of it.

    An annotated copy is passed over where the workbook that it is of was read with the same values:
    one in which something was corrected is a submission.
    """
    reports: list[str] = []
    copies: list[str] = []
    kept: list[Contents] = []
    originals = [c for c in read if not c.annotated]
    for path, contents in zip(books.paths, read, strict=True):
        if path in books.from_folder and _is_own_report(contents):
            reports.append(str(path))
        elif path in books.from_folder and _is_copy(contents, originals):
            copies.append(str(path))
        else:
            kept.append(contents)
    return kept, _own_passed_over(
        {kinds.REPORT_PASSED_OVER: reports, kinds.COPY_PASSED_OVER: copies}
    )


def _own_passed_over(passed_over: dict[Kind, list[str]]) -> Iterator[Finding]:
    for kind, paths in passed_over.items():
        if paths:
            named = ", ".join(Path(p).name for p in paths[:MOST_NAMED])
            named += " …" if len(paths) > MOST_NAMED else ""
            yield Finding(kind, Place(paths[0]), {"count": len(paths), "names": named})


def _is_own_report(contents: Contents) -> bool:
    return any(f.code == file_kinds.OWN_REPORT.code for f in contents.findings)


def _is_copy(contents: Contents, originals: Sequence[Contents]) -> bool:
    """Say whether a workbook is an annotated copy that has nothing but what an original has."""
    if not (contents.annotated and contents.results):
        return False
    return any(
        len(other.results) == len(contents.results)
        and all(starmap(_same_values, zip(contents.results, other.results, strict=True)))
        for other in originals
    )


def _same_values(part: Results, other: Results) -> bool:
    return (
        (part.table.sheet, part.ids, part.titles) == (other.table.sheet, other.ids, other.titles)
        and (part.quantities, part.graded) == (other.quantities, other.graded)
        and np.array_equal(part.values, other.values, equal_nan=True)
        and np.array_equal(part.states, other.states)
        and np.array_equal(part.evidence, other.evidence)
        and all(np.array_equal(part.words[n], other.words.get(n, ())) for n in part.words)
    )


def _repeated_ids(results: Sequence[Results]) -> list[Finding]:
    """Return a finding for each result whose id another one has."""
    places: dict[str, list[Place]] = {}
    rounded = {part.ids[i] for part in results for i in part.rounded}
    for part in results:
        for name, row in zip(part.ids, part.rows, strict=True):
            places.setdefault(name, []).append(Place(part.table.book, part.table.sheet, row))
    return [
        Finding(
            kinds.FALLEN_TOGETHER if name in rounded else kinds.REPEATED_ID,
            place,
            {"id": name, "other": str(spots[1 if i == 0 else 0])},
            name,
        )
        for name, spots in places.items()
        if len(spots) > 1
        for i, place in enumerate(spots)
    ]


def _joined(results: Sequence[Results], criteria: CriteriaSet) -> Submission:
    """Return the results of all tables and forms, one below the other."""
    counts = list(map(len, results))
    n, m = sum(counts), len(criteria.indicators)
    starts = np.cumsum([0, *counts]).tolist()
    position = criteria.indicator_position
    words = {f.id for f in criteria.facts if f.type not in NUMERIC}
    facts = {
        f.id: np.full(n, "", dtype=object) if f.id in words else np.full(n, np.nan)
        for f in criteria.facts
    }
    fact_states = {f.id: np.full(n, State.BLANK, dtype=np.int8) for f in criteria.facts}
    values = np.full((n, m), np.nan)
    states = np.full((n, m), State.BLANK, dtype=np.int8)
    evidence = np.full((n, m), -1, dtype=np.int8)
    reasons: dict[tuple[int, str], str] = {}
    written: dict[tuple[int, str], str] = {}
    given = AllGiven({}, {}) if any(r.given for r in results) else NOTHING_GIVEN
    spreads: dict[tuple[int, str], Spread] = {}
    judged: set[tuple[int, str]] = set()
    for start, part in zip(starts, results, strict=False):
        if part.given:
            given = given.joined(part.given.moved(start))
        span = slice(start, start + len(part))
        columns = [position[name] for name in part.quantities if name in position]
        values[span, columns] = part.values[: len(columns)].T
        states[span, columns] = part.states[: len(columns)].T
        evidence[span, [position[name] for name in part.graded]] = part.evidence.T
        for k, name in enumerate(part.quantities[len(columns) :], len(columns)):
            fact_states[name][span] = part.states[k]
            facts[name][span] = part.words.get(name, "") if name in words else part.values[k]
        reasons |= {(start + i, name): text for (i, name), text in part.reasons.items()}
        written |= {(start + i, name): text for (i, name), text in part.written.items()}
        spreads |= {(start + i, name): s for (i, name), s in part.spreads.items()}
        judged |= {(start + i, name) for i, name in part.judged}
    return Submission(
        ids=tuple(name for r in results for name in r.ids),
        titles=tuple(title for r in results for title in r.titles),
        values=values,
        states=states,
        evidence=evidence,
        facts={
            name: FactColumn(column.astype(str) if name in words else column, fact_states[name])
            for name, column in facts.items()
        },
        reasons=reasons,
        written=written,
        spreads=spreads,
        judged=frozenset(judged),
        tables=tuple(r.table for r in results),
        table_of=np.repeat(np.arange(len(results)), counts),
        row_of=np.array([row for r in results for row in r.rows], dtype=np.int64),
        findings=(),
        books=(),
        given=given,
    )


def _with_details(
    submission: Submission, details: Sequence[Detail], criteria: CriteriaSet
) -> tuple[Submission, list[Finding]]:
    """Lay over what the detail sheets say: documents, and the worst of several technologies."""
    if not details:
        return submission, []
    place_of = {name: i for i, name in enumerate(submission.ids)}
    findings = []
    documents = []
    worst: dict[tuple[int, str], Technology] = {}
    for detail in details:
        if detail.result not in place_of:
            near = nearest(detail.result, place_of) or next(iter(place_of), "-")
            shown = {"id": detail.result, "near": near}
            findings.append(Finding(kinds.DETAIL_OF_NOBODY, detail.place, shown))
        elif isinstance(detail, EvidenceDocument):
            documents.append(detail)
        else:
            indicator = criteria.indicators[criteria.indicator_position[detail.indicator]]
            key = (place_of[detail.result], detail.indicator)
            if key not in worst or _less_favourable(detail.value, worst[key].value, indicator):
                worst[key] = detail
    values, states = submission.values.copy(), submission.states.copy()
    spreads, judged = dict(submission.spreads), set(submission.judged)
    for (i, name), level in worst.items():
        j = criteria.indicator_position[name]
        stated = float(submission.values[i, j])
        if submission.states[i, j] == State.VALUE:
            if not _less_favourable(level.value, stated, criteria.indicators[j]):
                continue
            shown = {
                "title": level.title,
                "value": f"{level.value:g}",
                "stated": f"{stated:g}",
                "place": str(level.place),
            }
            place = submission.place(i, name)
            findings.append(Finding(kinds.TECHNOLOGY_COUNTS, place, shown, submission.ids[i]))
        values[i, j], states[i, j] = level.value, State.VALUE
        spreads.pop((i, name), None)
        judged.discard((i, name))
    laid_over = replace(
        submission,
        values=values,
        states=states,
        spreads=spreads,
        judged=frozenset(judged),
        documents=tuple(documents),
    )
    return _by_documents(laid_over, place_of, criteria), findings


def _by_documents(
    submission: Submission, place_of: Mapping[str, int], criteria: CriteriaSet
) -> Submission:
    """Drop the grades that a mapping file gives where documents are listed: these decide."""
    listed = {(place_of[d.result], d.indicator) for d in submission.documents}
    dropped = listed & submission.given.grades.keys()
    if not dropped:
        return submission
    evidence = submission.evidence.copy()
    for i, name in dropped:
        evidence[i, criteria.indicator_position[name]] = -1
    grades = {key: g for key, g in submission.given.grades.items() if key not in dropped}
    return replace(submission, evidence=evidence, given=replace(submission.given, grades=grades))


def _with_batches(
    submission: Submission, sheets: list[BatchSheet], criteria: CriteriaSet
) -> Submission:
    """Add the batch data, joined."""
    from pilotscore.workbook.batches.context import KnownResults
    from pilotscore.workbook.batches.joining import join_batches

    of_book: dict[str, list[int]] = {}
    for i, table in enumerate(submission.table_of.tolist()):
        of_book.setdefault(submission.tables[table].book, []).append(i)
    known = KnownResults(submission.ids, submission.titles, of_book)
    return replace(submission, batches=join_batches(sheets, known, criteria))


def _less_favourable(value: float, other: float, indicator: Indicator) -> bool:
    return value > other if indicator.direction == "min" else value < other
