"""Pages of what was understood: tables, forms of one layout together, sheets of batches.

Each column has how much of it is filled, what its values come to as read, and a cell as written.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from pilotscore.arrays import Codes, Floats
from pilotscore.criteria import CriteriaSet, Fact, Indicator
from pilotscore.findings import Place
from pilotscore.language import Text, Words
from pilotscore.workbook.results.submission import Results
from pilotscore.workbook.results.understood import ColumnRead, Head, PageRead, Sample
from pilotscore.workbook.values.cells import State

# More tables of one layout than this are put together, as forms always are.
MOST_ALIKE = 5
_MOST_WORDS = 5
_YES_NO = (Text("否", "no"), Text("是", "yes"))


def pages_of(results: Sequence[Results], criteria: CriteriaSet) -> tuple[PageRead, ...]:
    """Return a page for each table, and one for all forms (or many tables) of one layout."""
    groups: dict[object, list[Results]] = {}
    for part in results:
        if part.understood is not None:
            groups.setdefault((part.understood.layout, part.understood.heads), []).append(part)
    pages = []
    for parts in groups.values():
        table = parts[0].understood is not None and parts[0].understood.layout == "table"
        if table and len(parts) <= MOST_ALIKE:
            pages += [(part, [part]) for part in parts]
        else:
            pages.append((parts[0], parts))
    order = {id(part): number for number, part in enumerate(results)}
    pages.sort(key=lambda page: order[id(page[0])])
    return tuple(_page(parts, criteria) for _, parts in pages)


def _page(parts: Sequence[Results], criteria: CriteriaSet) -> PageRead:
    first = parts[0].understood
    assert first is not None  # those without are no part of a page
    places = tuple(Place(p.table.book, p.table.sheet, p.table.header_row) for p in parts)
    evidence = {h.name: k for k, h in enumerate(first.heads) if h.role == "evidence"}
    quantities = {q.id: q for q in criteria.quantities}
    columns = []
    for k, head in enumerate(first.heads):
        beside = evidence.get(head.name) if head.role == "indicator" else None
        column = _column(parts, k, head, quantities, criteria, beside)
        known = None if head.role in ("id", "title") else quantities.get(head.name)
        if known is not None:
            column = replace(column, title=known.title, own=known.unit)
        columns.append(column)
    sheets = tuple(p.understood.sheets for p in parts if p.understood is not None)
    count = sum(map(len, parts))
    return PageRead(first.layout, places, count, tuple(columns), sheets, _given(parts))


def _given(parts: Sequence[Results]) -> tuple[tuple[str, Words, int], ...]:
    """Return the rules of a mapping file that were used, in order, and how often each was."""
    counts: dict[tuple[str, Words], int] = {}
    for part in parts:
        for given in (*part.given.values.values(), *part.given.grades.values()):
            key = given.manner, given.rule
            counts[key] = counts.get(key, 0) + 1
    return tuple((manner, rule, count) for (manner, rule), count in counts.items())


def _column(
    parts: Sequence[Results],
    k: int,
    head: Head,
    quantities: Mapping[str, Indicator | Fact],
    criteria: CriteriaSet,
    beside: int | None,
) -> ColumnRead:
    """Return one column of all parts."""
    shown = next(
        (p for p in parts if p.understood is not None and p.understood.samples[k] is not None),
        None,
    )
    sample = None if shown is None or shown.understood is None else shown.understood.samples[k]
    of = sum(map(len, parts))
    if head.role == "evidence":
        return _evidence(parts, head, sample, criteria)
    if head.role not in ("indicator", "fact"):
        filled = sum((p.understood.filled[k] or 0) for p in parts if p.understood is not None)
        return ColumnRead(head, filled, of, sample=sample)
    quantity = quantities[head.name]
    rows = [(p, p.quantities.index(head.name)) for p in parts if head.name in p.quantities]
    states = np.concatenate([p.states[row] for p, row in rows])
    read = None
    if sample is not None and shown is not None:
        at = shown.quantities.index(head.name)
        if shown.states[at][sample.result] == State.VALUE:
            read = _read_one(shown, at, quantity, sample.result)
    span, words = _summary(rows, quantity)
    filled = int((states != State.BLANK).sum())
    return ColumnRead(head, filled, of, span, words, sample, read, beside)


def _evidence(
    parts: Sequence[Results], head: Head, sample: Sample | None, criteria: CriteriaSet
) -> ColumnRead:
    """Return a column of grades: how many are stated, and which."""
    of = sum(map(len, parts))
    if criteria.evidence is None:
        return ColumnRead(head, 0, of, sample=sample)
    grades = [_stated_grades(p, head.name) for p in parts if head.name in p.graded]
    stated = np.concatenate(grades) if grades else np.zeros(0, dtype=np.int8)
    counts = Counter(stated[stated >= 0].tolist())
    ids = [g.id for g in criteria.evidence.grades]
    words = tuple((ids[place], count) for place, count in counts.most_common(_MOST_WORDS))
    return ColumnRead(head, int((stated >= 0).sum()), of, words=words, sample=sample)


def _stated_grades(part: Results, name: str) -> Codes:
    """Return the grades that cells state, without those that a mapping file gives."""
    grades = np.array(part.evidence[part.graded.index(name)])
    for i, of in part.given.grades:
        if of == name:
            grades[i] = -1
    return grades


Rows = Sequence[tuple[Results, int]]


def _summary(
    rows: Rows, quantity: Indicator | Fact
) -> tuple[tuple[Any, Any, Any] | None, tuple[tuple[Words | str, int], ...]]:
    """Return the span of numbers or dates, or the most frequent words."""
    if quantity.type in ("category", "yes_no", "text", "date"):
        contents = [x for p, row in rows for x in _words(p, row, quantity)]
        if quantity.type == "date":
            return (_middle(sorted(map(str, contents))), ()) if contents else (None, ())
        return None, tuple(Counter(contents).most_common(_MOST_WORDS))
    values = np.concatenate([p.values[row][p.states[row] == State.VALUE] for p, row in rows])
    return span_of(values), ()


def span_of(values: Floats) -> tuple[float, float, float] | None:
    """Return the least, the median (the lower of two in the middle) and the greatest number."""
    values = values[~np.isnan(values)]
    if not len(values):
        return None
    middle = (len(values) - 1) // 2
    median = np.partition(values, middle)[middle]
    return float(values.min()), float(median), float(values.max())


def _middle(ordered: Sequence[str]) -> tuple[str, str, str]:
    return ordered[0], ordered[(len(ordered) - 1) // 2], ordered[-1]


def _words(part: Results, row: int, quantity: Indicator | Fact) -> Iterable[Words | str]:
    """Yield what cells say in words: titles of categories, yes and no, texts, dates."""
    valid = part.states[row] == State.VALUE
    said = part.words.get(quantity.id)
    if said is not None:
        titles: dict[str, Words | str] = {c.id: c.title for c in quantity.categories}
        titles |= {f.id: f.title for f in getattr(quantity, "formerly", ())}
        titles |= {"yes": _YES_NO[1], "no": _YES_NO[0]} if quantity.type == "yes_no" else {}
        return [titles.get(str(x), str(x)) for x in np.asarray(said)[valid].tolist()]
    values = part.values[row][valid]
    named: Sequence[Words] = [c.title for c in quantity.categories] or _YES_NO
    return [named[int(x)] for x in values.tolist() if not math.isnan(x)]


def _read_one(part: Results, row: int, quantity: Indicator | Fact, i: int) -> Any:
    """Return what one cell was read as."""
    if quantity.type not in ("category", "yes_no", "text", "date"):
        return float(part.values[row][i])
    valid = np.flatnonzero(part.states[row] == State.VALUE).tolist()
    return list(_words(part, row, quantity))[valid.index(i)]
