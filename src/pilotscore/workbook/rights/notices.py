"""Reads notices of the office: on a sheet of their own, or in the rows of IP rights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pilotscore.arrays import Ints
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.cells import days, listing, texts, words
from pilotscore.workbook.rights.grid import Grid
from pilotscore.workbook.rights.merging import without_doubles
from pilotscore.workbook.rights.numbers import same_number
from pilotscore.workbook.rights.records import IpColumns, NoticeColumns
from pilotscore.workbook.rights.reply_months import reply_months
from pilotscore.workbook.rights.stacking import (
    Columns,
    Stack,
    joined_places,
    keys_of,
    sortable,
    stacked,
)
from pilotscore.workbook.rights.suggestions import Suggestions
from pilotscore.workbook.rights.words import NOTICES, SERVICES

NOTICE_ROLES = (
    *("notice", "dispatched", "served", "service", "months", "replied"),
    *("says_notice", "unknown_notice"),
)
_DATES = ("dispatched", "served", "replied")


def notice_columns(grid: Grid) -> Columns:
    """Return what the rows of a table say of notices.

    ``says_notice`` is 1 where a row names one, with a word that is known or not, and
    ``unknown_notice`` where the word is none that is known, which is told.
    """
    written = texts(grid, "notice")
    columns: Columns = {
        "notice": words(grid, "notice", NOTICES),
        "service": words(grid, "service", SERVICES),
        "months": reply_months(grid),
        **{role: days(grid, role) for role in _DATES},
    }
    dated = ~np.isnat(columns["served"]) | ~np.isnat(columns["dispatched"])
    named = (columns["notice"] != "") | ((written != "") & dated)
    columns["says_notice"] = (named | dated).astype(np.int8)
    columns["unknown_notice"] = ((written != "") & (columns["notice"] == "")).astype(np.int8)
    return columns


def read_notices(grids: Sequence[Grid], rights: IpColumns | None) -> tuple[Stack, Ints] | None:
    """Read sheets of notices: the rows, and the place of the right of each.

    One whose right is not among the rights is told and left out.
    """
    stack = stacked(grids, _columns)
    if stack is None:
        return None
    stack = stack.take(np.flatnonzero(stack.columns["says_notice"] > 0))
    keys = keys_of(stack, ("result", "number", "title"))
    stack, _ = without_doubles(stack, keys, tuple(stack.columns))
    rows, right = _of_rights(stack, rights)
    return stack.take(np.array(rows, dtype=np.int64)), np.array(right, dtype=np.int64)


def _columns(grid: Grid) -> Columns:
    named = {role: texts(grid, role) for role in ("result", "number", "title")}
    return named | notice_columns(grid)


def _of_rights(stack: Stack, rights: IpColumns | None) -> tuple[list[int], list[int]]:
    """Return the rows whose right is known, one for each right of that number, and the right."""
    known: dict[str, list[int]] = {}
    if rights is not None:
        for place, (number, title) in enumerate(zip(rights.number, rights.title, strict=True)):
            for name in {same_number(number), title} - {""}:
                known.setdefault(name, []).append(place)
    rows: list[int] = []
    right: list[int] = []
    suggestions = Suggestions.among([] if rights is None else [n for n in rights.number if n])
    for i in range(len(stack)):
        number, title = stack.columns["number"][i], stack.columns["title"][i]
        result = stack.columns["result"][i]
        places = known.get(same_number(number)) or (known.get(title) if not number else None) or []
        if rights is not None and result:
            places = [p for p in places if rights.result[p] in (result, "")]
        if not places:
            values = {"number": number or title, "near": suggestions.of(number)}
            stack.tell(kinds.NOTICE_OF_NOTHING, i, "number", **values)
        rows += [i] * len(places)
        right += places
    return rows, right


def notices_of(stacks: Sequence[tuple[Stack, Ints]]) -> NoticeColumns | None:
    """Return the notices of several stacks of rows, in order of right and day; told once.

    Parameters
    ----------
    stacks
        Rows that name a notice, with the place of the right of each.
    """
    stacks = [(stack, right) for stack, right in stacks if len(stack)]
    if not stacks:
        return None
    right = np.concatenate([r for _, r in stacks])
    columns = {
        role: np.concatenate([s.columns[role] for s, _ in stacks])
        for role in NOTICE_ROLES
        if role not in ("says_notice", "result")
    }
    at = joined_places([s.at for s, _ in stacks])
    whole = Stack(at, columns | {"result": np.full(len(right), "", dtype=object)}, [])
    order = _order(right, columns)
    whole, right = whole.take(order), right[order]
    whole, right = _once(whole, right)
    _tell(whole)
    stacks[0][0].findings.extend(whole.findings)
    c = whole.columns
    return NoticeColumns(
        at=whole.at,
        right=right,
        kind=c["notice"],
        dispatched=c["dispatched"],
        served=c["served"],
        service=c["service"],
        months=c["months"],
        replied=c["replied"],
    )


def _order(right: Ints, columns: Mapping[str, np.ndarray]) -> Ints:
    roles = ("dispatched", "served", "notice", "service", "months", "replied")
    keys = list(zip(right.tolist(), *(sortable(columns[r]) for r in roles), strict=True))
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)


def _once(stack: Stack, right: Ints) -> tuple[Stack, Ints]:
    """Return the notices without those that a sheet of notices and one of rights both have."""
    roles = ("dispatched", "served", "notice", "service", "months", "replied")
    keys = list(zip(right.tolist(), *(sortable(stack.columns[r]) for r in roles), strict=True))
    kept = np.array([i == 0 or keys[i] != keys[i - 1] for i in range(len(keys))], dtype=bool)
    return (stack, right) if kept.all() else (stack.take(np.flatnonzero(kept)), right[kept])


def _tell(stack: Stack) -> None:
    """Tell notices without a way of service, and those that do not say what they are."""
    c = stack.columns
    no_service = c["service"] == ""
    known = listing(SERVICES.titles.values())
    for i in np.flatnonzero(no_service).tolist():
        stack.tell(kinds.NOTICE_WITHOUT_SERVICE, i, "service", known=known)
    for i in np.flatnonzero((c["notice"] == "") & (c["unknown_notice"] == 0)).tolist():
        stack.tell(kinds.NOTICE_WITHOUT_KIND, i, "notice", known=listing(NOTICES.titles.values()))
