"""Reads all that is known of a panel: scores in any of their forms, experts, results, conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from pilotscore.criteria.names import normalise
from pilotscore.errors import UnreadableInputError, nothing_read
from pilotscore.findings import Finding, Place, in_order
from pilotscore.records import dataclass
from pilotscore.workbook.open.folders import find_books
from pilotscore.workbook.open.limits import Limits
from pilotscore.workbook.open.sheets import (
    Book,
    Sheet,
    SheetFindings,
    UnreadableBookError,
    open_book,
)
from pilotscore.workbook.panels import kinds
from pilotscore.workbook.panels.joining import (
    Gathered,
    IndicatorOf,
    joined,
    name_indicators,
    no_indicator,
    tell_empty_conflicts,
)
from pilotscore.workbook.panels.layout import Table, table_in
from pilotscore.workbook.panels.people import (
    is_conflict_sheet,
    is_expert_sheet,
    is_result_sheet,
    read_conflicts,
    read_experts,
    read_results,
)
from pilotscore.workbook.panels.records import Expert, PanelResult, PanelSubmission
from pilotscore.workbook.panels.score_columns import (
    Context,
    QuantityOf,
    is_score_sheet,
    no_quantity,
    scored_headers,
)
from pilotscore.workbook.panels.score_sheets import read_score_sheet
from pilotscore.workbook.panels.trimmed_means import tell_trimmed_means
from pilotscore.workbook.values.error_texts import with_written_errors


def read_panel(
    paths: Iterable[Path],
    *,
    indicator_of: IndicatorOf = no_indicator,
    scale: tuple[float, float] | None = None,
    scales: Mapping[str, tuple[float, float]] = MappingProxyType({}),
    quantity_of: QuantityOf = no_quantity,
) -> PanelSubmission:
    """Read a panel from workbooks and folders.

    Parameters
    ----------
    paths
        Workbooks with scores in any form, sheets of experts, of results, of conflicts, in any
        order and however spread over files; a folder with a workbook for each expert.
    indicator_of
        What a name means as an indicator of the criteria set; None where it is none.
    scale
        The least and greatest score; by the scores themselves where None.
    scales
        Those of single indicators, which come before it.
    quantity_of
        The indicator in bands or levels that a name means: a cell may hold its words.

    Raises
    ------
    UnreadableInputError
        No file can be read.
    """
    books, gathered = _opened(paths)
    _read_people(books, gathered)
    _read_scores(books, gathered, indicator_of, quantity_of)
    name_indicators(gathered, indicator_of)
    return joined(books, gathered, scale, scales)


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Experts and results as sheets list them, in order of name and id."""

    experts: tuple[Expert, ...]
    results: tuple[PanelResult, ...]
    findings: tuple[Finding, ...]
    files: Mapping[str, str]


def read_people(paths: Iterable[Path]) -> People:
    """Read the experts and the results of an assignment; a sheet of results may have any columns.

    Raises
    ------
    UnreadableInputError
        No file can be read.
    """
    books, gathered = _opened(paths)
    _read_people(books, gathered, all_results=True)
    tell_empty_conflicts(gathered, set())
    for kind, there in ((kinds.NO_EXPERTS, gathered.experts), (kinds.NO_RESULTS, gathered.results)):
        if not there:
            gathered.findings.append(Finding(kind, Place(books[0].name)))
    return People(
        tuple(sorted(gathered.experts.values(), key=lambda e: e.name)),
        tuple(sorted(gathered.results.values(), key=lambda r: r.id)),
        tuple(in_order(gathered.findings)),
        {b.name: b.sha256 for b in books},
    )


def _opened(paths: Iterable[Path]) -> tuple[list[Book], Gathered]:
    files = find_books(paths)
    findings = list(files.findings)
    books: list[Book] = []
    by_name: dict[str, Path] = {}
    for path in files.paths:
        try:
            books.append(with_written_errors(open_book(path, Limits())))
            by_name[books[-1].name] = path
        except UnreadableBookError as e:
            findings.append(e.finding)
    if not books:
        raise nothing_read(findings) if findings else UnreadableInputError(kinds.NO_SCORES.found)
    findings += [f for b in books for f in b.findings]
    return books, Gathered(findings=findings, paths=by_name)


def _tables(books: Sequence[Book]) -> Iterable[Table]:
    for book in books:
        for sheet in book.sheets:
            table = table_in(sheet) if sheet.visible else None
            if table is not None:
                yield table


def _read_people(books: Sequence[Book], gathered: Gathered, *, all_results: bool = False) -> None:
    """Read experts and results first: what a column of scores is may depend on them.

    With ``all_results`` a sheet of results may have columns of any other kind too.
    """
    tables = list(_tables(books))
    for table in tables:
        sheet, header, roles = table.sheet, table.header, table.roles
        if is_expert_sheet(roles) and not is_conflict_sheet(roles):
            findings = read_experts(sheet, header, roles, gathered.experts)
            gathered.findings += findings.entries
        elif is_result_sheet(roles) and _is_listed(table, all_results):
            findings = read_results(sheet, header, roles, gathered.results)
            gathered.findings += findings.entries
    for table in tables:
        sheet, header, roles = table.sheet, table.header, table.roles
        if is_conflict_sheet(roles):
            if not gathered.experts:
                read_experts(sheet, header, {"expert": roles["expert"]}, gathered.experts)
            gathered.findings += read_conflicts(sheet, header, roles, gathered.experts).entries


def _is_listed(table: Table, all_results: bool) -> bool:
    if all_results:
        return "score" not in table.roles
    return not is_score_sheet(table)


def _read_scores(
    books: Sequence[Book],
    gathered: Gathered,
    indicator_of: IndicatorOf,
    quantity_of: QuantityOf,
) -> None:
    known = {normalise(name): name for name in gathered.experts}
    of_scores = [table for table in _tables(books) if is_score_sheet(table)]
    names = _names_of([table.sheet for table in of_scores])
    scored = frozenset().union(*(scored_headers(table, quantity_of) for table in of_scores))
    for table, name in zip(of_scores, names, strict=True):
        sheet, header = table.sheet, table.header
        context = Context(known, indicator_of, name, scored, quantity_of)
        read = read_score_sheet(table, context)
        gathered.scores += read.scores
        gathered.findings += read.findings
        gathered.scales += read.scales
        trimmed = SheetFindings(sheet)
        tell_trimmed_means(gathered.paths[sheet.book], sheet, header, trimmed)
        gathered.findings += trimmed.entries
        for expert, count in read.blanks.items():
            gathered.blanks[expert] = gathered.blanks.get(expert, 0) + count
        for indicator, count in read.unread.items():
            own = indicator_of(indicator) or indicator
            gathered.unread[own] = gathered.unread.get(own, 0) + count
    if not gathered.scores and not any(f.severity == "error" for f in gathered.findings):
        kind = kinds.NOTHING_SCORED if of_scores else kinds.NO_SCORES
        gathered.findings.append(Finding(kind, Place(books[0].name)))


def _names_of(sheets: Sequence[Sheet]) -> list[tuple[str, bool] | None]:
    """Return the expert that a file or sheet is named after, where there are several of them."""
    files = {sheet.book for sheet in sheets}
    per_file = {book: sum(s.book == book for s in sheets) for book in files}
    if len(files) > 1 and all(count == 1 for count in per_file.values()):
        return [(Path(sheet.book).stem, True) for sheet in sheets]
    if len(sheets) > 1:
        return [(sheet.name.strip(), False) for sheet in sheets]
    return [None] * len(sheets)
