"""Layouts of forms that were read before, by which the next one is known at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from pilotscore.records import dataclass
from pilotscore.workbook.open.notes import Area, Spot
from pilotscore.workbook.results.form_parts import (
    MOST_ROWS,
    Form,
    heads_values,
    is_evidence,
    is_label,
)
from pilotscore.workbook.tables.headers import HeaderNames

Rows = Sequence[Sequence[Any]]
_MOST_LAYOUTS = 4
# The last layouts that were read by some names, which says nothing of forms read by others.
_LAYOUTS: WeakKeyDictionary[HeaderNames, list[Layout]] = WeakKeyDictionary()


def known_form(rows: Rows, names: HeaderNames, merged: Sequence[Area]) -> Form | None:
    """Return the form of a sheet where one of the same layout was read before."""
    fitting = (k.form for k in _LAYOUTS.get(names, ()) if k.fits(rows, names, merged))
    return next(fitting, None)


def remember(form: Form, rows: Rows, names: HeaderNames, merged: Sequence[Area]) -> None:
    """Keep the layout of a form, where it is known by what is printed alone."""
    if layout := _layout_of(form, rows, names, merged):
        _LAYOUTS[names] = [layout, *_LAYOUTS.get(names, [])[: _MOST_LAYOUTS - 1]]


@dataclass(frozen=True, slots=True)
class Layout:
    """A form that was read, by which the next one with the same printed parts is known at once.

    A folder has thousands of one form, filled in differently: nothing but the cells of values may
    differ, and nothing in them may be a name, a title of a column, or newly blank where that
    counts.
    """

    form: Form
    rows: tuple[tuple[Any, ...], ...]
    free: tuple[frozenset[int], ...]
    head: Spot | None
    merged: tuple[Area, ...]

    def fits(self, rows: Rows, names: HeaderNames, merged: Sequence[Area]) -> bool:
        """Say whether a sheet is the same form, filled in differently."""
        if len(rows) != len(self.rows) or tuple(merged) != self.merged:
            return False
        for row, kept, free in zip(rows, self.rows, self.free, strict=True):
            if len(row) != len(kept):
                return False
            if tuple(row) == kept:
                continue
            for c, (cell, before) in enumerate(zip(row, kept, strict=True)):
                if cell != before and (c not in free or _says_more(cell, names)):
                    return False
        if self.head is None:
            return True
        cell, before = (r[self.head[0]][self.head[1]] for r in (rows, self.rows))
        return cell == before or not (cell == "" or before == "" or is_evidence(cell, names))


def _says_more(cell: Any, names: HeaderNames) -> bool:
    """Say whether a cell that should be a value could be taken for something printed."""
    return is_label(cell, names) or heads_values(cell)


def _layout_of(form: Form, rows: Rows, names: HeaderNames, merged: Sequence[Area]) -> Layout | None:
    """Return what a form is known by; None where what it is hangs on what was filled in."""
    if form.repeated or form.inline or len(rows) > MOST_ROWS:
        return None
    first = form.items.get("<id>") or form.items.get("<title>")
    head = first.value if first else None
    if head is not None:
        row = rows[head[0]]
        beside = row[head[1] + 1] if head[1] + 1 < len(row) else ""
        if head[1] >= len(row) or not (beside == "" or is_label(beside, names)):
            return None
    free: list[set[int]] = [set() for _ in rows]
    for row_number, column in (*(i.value for i in form.items.values()), *form.evidence.values()):
        free[row_number].add(column)
    return Layout(form, tuple(map(tuple, rows)), tuple(map(frozenset, free)), head, tuple(merged))
