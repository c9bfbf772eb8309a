"""Which findings there are on each column of what was read."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pilotscore.findings import Finding, Kind, Severity
from pilotscore.workbook import PageRead

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
# Kinds of finding with how often each was found.
ByKind = tuple[tuple[Kind, int], ...]
Cell = tuple[int, int]


def by_kind(kinds: Iterable[Kind]) -> ByKind:
    """Return each kind with its count: the gravest first, then the most frequent."""
    known = {}
    counted: Counter[str] = Counter()
    for kind in kinds:
        known[kind.code] = kind
        counted[kind.code] += 1

    def key(code: str) -> tuple[int, int, str]:
        return SEVERITIES.index(known[code].severity), -counted[code], code

    return tuple((known[code], counted[code]) for code in sorted(counted, key=key))


def findings_of_columns(
    pages: Sequence[PageRead], findings: Iterable[Finding]
) -> tuple[tuple[ByKind, ...], ...]:
    """Return the findings on each column of each page, by kind.

    A finding on a sheet with several tables belongs to the last one whose header is not below it.
    """
    listed: list[list[list[Kind]]] = [[[] for _ in page.columns] for page in pages]
    tables = _tables(pages)
    forms = _forms(pages)
    for f in findings:
        place = f.place
        if place.column is None or place.sheet is None:
            continue
        sheet = place.file, place.sheet
        spot = (place.row or 0, place.column)
        if own := next((cells[spot] for cells in forms.get(sheet, ()) if spot in cells), None):
            number, column = own
            listed[number][column].append(f.kind)
        elif sheet in tables:
            starts = tables[sheet]
            row = place.row or 0
            at = max(bisect_right([start for start, _ in starts], row) - 1, 0)
            number = starts[at][1]
            _put(listed[number], pages[number], place.column, f.kind)
    return tuple(tuple(by_kind(kinds) for kinds in columns) for columns in listed)


def _put(listed: list[list[Kind]], page: PageRead, column: int, kind: Kind) -> None:
    """Add a kind to the first of a page's columns that stands there."""
    for kinds, read in zip(listed, page.columns, strict=True):
        if read.head.column == column:
            kinds.append(kind)
            return


Sheets = tuple[str, str]


def _tables(pages: Sequence[PageRead]) -> Mapping[Sheets, list[tuple[int, int]]]:
    """Return, for each sheet, the rows at which its tables begin, and their pages."""
    tables: dict[Sheets, list[tuple[int, int]]] = {}
    for number, page in enumerate(pages):
        for place in page.places if page.layout != "form" else ():
            tables.setdefault((place.file, place.sheet or ""), []).append((place.row or 0, number))
    return {sheet: sorted(starts) for sheet, starts in tables.items()}


Cells = Mapping[Cell, tuple[int, int]]


def _forms(pages: Sequence[PageRead]) -> Mapping[Sheets, Sequence[Cells]]:
    """Return, for each sheet with forms, the page and column of each of their cells."""
    forms: dict[Sheets, list[Cells]] = {}
    for number, page in enumerate(pages):
        if page.layout != "form":
            continue
        spots: dict[int, dict[Cell, tuple[int, int]]] = {}
        for k, read in enumerate(page.columns):
            head = read.head
            here = spots.setdefault(head.sheet, {})
            here[head.row, head.column] = number, k
            if head.label is not None:
                here.setdefault(head.label, (number, k))
        for place, sheets in zip(page.places, page.sheets, strict=True):
            for part, name in enumerate(sheets):
                forms.setdefault((place.file, name), []).append(spots.get(part, {}))
    return forms
