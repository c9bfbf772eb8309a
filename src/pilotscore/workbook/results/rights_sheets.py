"""Sheets of rights beside results: what they are, what was understood of them, whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pilotscore.criteria.names import bracketed, normalise
from pilotscore.findings import Finding
from pilotscore.workbook.open.sheets import Sheet
from pilotscore.workbook.results.forms import find_forms
from pilotscore.workbook.results.heads import written_at
from pilotscore.workbook.results.submission import Submission
from pilotscore.workbook.results.understood import (
    ColumnRead,
    Head,
    Match,
    PageRead,
    Role,
    Sample,
)
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.grid import Grid, title_of
from pilotscore.workbook.rights.headers import SHEETS, named_kind, sheet_title
from pilotscore.workbook.rights.tables import grids_of
from pilotscore.workbook.tables.headers import HeaderNames

_WITH_UNITS = frozenset({"amount", "claim", "share", "use_years", "months"})
# A longer sheet is no form of a result.
_MOST_FORM_ROWS = 500


def rights_of(sheet: Sheet, names: HeaderNames) -> list[Grid]:
    """Return the tables of rights of a sheet; none where it holds results.

    A table of results may have a patent's number and date, and a column 权属: what has an indicator
    that no sheet of rights has is of results, unless its name says otherwise.
    """
    grids = grids_of(sheet)
    if not grids:
        return []
    known = len({role for g in grids for role in g.columns if not _is_common(g, role)})
    others = _indicators(sheet, grids[-1], names)
    of_results = others > known if named_kind(sheet.name) is not None else others > 0
    return [] if of_results else grids


def _is_common(grid: Grid, role: str) -> bool:
    return role == "result" or SHEETS[grid.kind][role].read == "skip"


def _indicators(sheet: Sheet, grid: Grid, names: HeaderNames) -> int:
    """Return how many headers, or names in a form, are of indicators and of nothing in rights."""
    indicators = names.criteria.indicator_position
    if grid.spots is not None:
        if len(sheet.rows) > _MOST_FORM_ROWS:
            return 0
        forms = find_forms(sheet.rows, names, sheet.merged)
        return max((sum(name in indicators for name in f.items) for f in forms), default=0)
    own = set(grid.columns.values())
    count = 0
    for column, text in grid.texts.items():
        target = names.mapped_to(text)
        named = names.name_of(text) if target is None else target.name
        count += named in indicators and column not in own
    return count


def sheet_findings(grids: Iterable[Grid]) -> Iterator[Finding]:
    """Say of each table what it was taken for."""
    for grid in grids:
        row = 0 if grid.spots is None else min(spot[0] for spot in grid.spots.values())
        values = {
            "what": sheet_title(grid.kind),
            "row": (grid.header if grid.spots is None else row) + 1,
            "count": len(grid),
        }
        yield Finding(kinds.RIGHTS_SHEET, grid.sheet.place(), values)


def rights_page(grid: Grid) -> PageRead:
    """Return what was understood of a table of rights: its columns, in order."""
    roles = {c: role for role, c in grid.columns.items()}
    columns = [_column(grid, c, text, roles.get(c)) for c, text in grid.texts.items()]
    place = grid.sheet.place(grid.header if grid.spots is None else grid.spots[0, 0][0])
    return PageRead(grid.kind, (place,), len(grid), tuple(columns))


def _column(grid: Grid, column: int, text: str, role: str | None) -> ColumnRead:
    filled = [r for r in grid.rows if grid.sheet.cell(r, column) not in ("", None)]
    sample = None
    if filled:
        row, at = grid.spot(filled[0], role) if role else (filled[0], column)
        written = written_at(grid.sheet, filled[0], column)
        sample = Sample(row, at if at is not None else column, written, 0)
    row, at = (grid.header, column) if grid.spots is None else grid.spots[0, column]
    label = None if grid.spots is None else (row, at)
    shown = " ".join(text.split())
    kind: Role = "unread" if role is None else "id" if role == "result" else "rights"
    matched: Match = "none" if role is None else "name"
    unit = bracketed(shown) or None if role in _WITH_UNITS else None
    head = Head(0, row, at, shown, kind, role or "", matched, unit, label=label)
    title = None if role is None or role == "result" else title_of(grid.kind, role)
    return ColumnRead(head, len(filled), len(grid), sample=sample, title=title)


def with_rights(submission: Submission, grids: Sequence[Grid]) -> Submission:
    """Return a submission with what sheets of rights say of its results."""
    if not grids:
        return submission
    from pilotscore.workbook.rights.reader import joined  # most workbooks have no such sheet

    ids = {normalise(t): i for i, t in zip(submission.ids, submission.titles, strict=True) if t}
    ids |= {normalise(i): i for i in submission.ids}
    of_book: dict[str, set[str]] = {}
    for i, table in zip(submission.ids, submission.table_of.tolist(), strict=True):
        of_book.setdefault(submission.tables[table].book, set()).add(i)
    owned = [_owned(replace(g, ids=ids), of_book, submission.ids) for g in grids]
    return replace(submission, rights=joined(owned, known=submission.ids))


def _owned(grid: Grid, of_book: dict[str, set[str]], every: Sequence[str]) -> Grid:
    """Return a table with the one result of its workbook, where it names none itself."""
    if "result" in grid.columns or grid.above or grid.kind == "notices":
        return grid
    own = of_book.get(grid.sheet.book, set(every))
    if len(own) != 1:
        return grid
    (result,) = own
    place = grid.sheet.place()
    grid.findings.append(Finding(kinds.OF_THE_ONE_RESULT, place, {"result": result}, result))
    return replace(grid, above=result)
