"""Reads IP rights: a row for each right, or for each of its notices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotscore.arrays import Ints
from pilotscore.records import dataclass
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.cells import (
    days,
    flags,
    listing,
    numbers,
    says_nothing,
    texts,
    words,
)
from pilotscore.workbook.rights.fee_years import fee_years
from pilotscore.workbook.rights.grid import Grid
from pilotscore.workbook.rights.merging import merged, without_doubles
from pilotscore.workbook.rights.notices import NOTICE_ROLES, notice_columns
from pilotscore.workbook.rights.numbers import contradicts, kind_in, same_number
from pilotscore.workbook.rights.records import IP_DATES, IP_FLAGS, IpColumns
from pilotscore.workbook.rights.stacking import Columns, Stack, keys_of, says, stacked
from pilotscore.workbook.rights.statuses import in_force_of
from pilotscore.workbook.rights.words import KINDS

_TEXTS = ("result", "number", "title", "owner", "status")
# In which the rows of one right are to agree; its names tell which right it is.
_AGREE = ("kind", "title", "owner", "status", *IP_DATES, *IP_FLAGS, "fee_year")
_ALL = (*_TEXTS, *_AGREE, *NOTICE_ROLES)


@dataclass(frozen=True, slots=True, eq=False)
class IpRead:
    """What sheets of IP rights say.

    ``rights`` are in order of result and number, ``every`` are their rows; ``rows`` name a notice,
    each of the right whose place ``right`` has.
    """

    rights: IpColumns
    every: Stack
    rows: Stack
    right: Ints


def read_ip(grids: Sequence[Grid]) -> IpRead | None:
    """Read sheets of IP rights; None where there is none."""
    stack = stacked(grids, _columns)
    if stack is None:
        return None
    stack = _continued(stack)
    stack.columns["form"] = _forms(stack)
    keys = _keys(stack)
    _spell_alike(stack, keys)
    stack, keys = without_doubles(stack, keys, _ALL)
    rows, into = merged(stack, keys, _AGREE, "ip")
    order = _order(rows)
    place_of = np.empty(len(order), dtype=np.int64)
    place_of[order] = np.arange(len(order))
    rights = rows.take(order)
    _tell_results(rights)
    _settle_kinds(rights)
    _settle_status(rights)
    notices = np.flatnonzero(stack.columns["says_notice"] > 0)
    return IpRead(_record(rights), rights, stack.take(notices), place_of[into[notices]])


def _columns(grid: Grid) -> Columns:
    columns: Columns = {role: texts(grid, role) for role in _TEXTS}
    columns["kind"] = words(grid, "kind", KINDS)
    columns["kind_written"] = texts(grid, "kind")
    years, no_day = fee_years(grid)
    for role in IP_DATES:
        columns[role] = days(grid, role, without=no_day if role == "fees_paid_to" else None)
    for role in IP_FLAGS:
        columns[role] = flags(grid, role)
    stated = numbers(grid, "fee_year")
    columns["fee_year"] = np.where(np.isnan(stated), years, stated)
    return columns | notice_columns(grid)


def _continued(stack: Stack) -> Stack:
    """Return rows in which one that has a notice alone is of the right above it."""
    c = stack.columns
    own = np.zeros(len(stack), dtype=bool)
    for role in _AGREE:
        own |= says(c[role])
    alone = (c["number"] == "") & ~own & (c["says_notice"] > 0)
    by_table: dict[int, list[int]] = {}
    for i in np.flatnonzero(alone).tolist():
        table = int(stack.at.table[i])
        same = i and table == stack.at.table[i - 1]
        if same and c["result"][i] in ("", c["result"][i - 1]):
            for role in ("result", "number", "kind", "title", "filed"):
                c[role][i] = c[role][i - 1]
            by_table.setdefault(table, []).append(i)
    for rows in by_table.values():
        stack.tell(kinds.OF_THE_RIGHT_ABOVE, rows[0], "notice", count=len(rows))
    return stack


def _forms(stack: Stack) -> np.ndarray:
    """Return the numbers in the form in which they are compared."""
    forms = np.empty(len(stack), dtype=object)
    forms[:] = [same_number(number) if number else "" for number in stack.columns["number"]]
    return forms


def _spell_alike(stack: Stack, keys: Sequence[tuple[object, ...]]) -> None:
    """Write the number of a right alike in all of its rows: the longest spelling, ZL and all."""
    if len(set(keys)) == len(keys):
        return
    numbers = stack.columns["number"]
    best: dict[tuple[object, ...], tuple[int, str]] = {}
    for key, number in zip(keys, numbers, strict=True):
        best[key] = max(best.get(key, (0, "")), (len(number), number))
    numbers[:] = [best[key][1] for key in keys]


def _keys(stack: Stack) -> list[tuple[object, ...]]:
    """Return which right each row is of: by its number; else by kind, title and filing date.

    A row that has none of them is a right of its own.
    """
    c = stack.columns
    keys: list[tuple[object, ...]] = list(zip(c["result"], c["form"], strict=True))
    without = np.flatnonzero(c["form"] == "")
    named = keys_of(stack.take(without), ("kind", "title", "filed"))
    for i, name in zip(without.tolist(), named, strict=True):
        says = c["title"][i] or not np.isnat(c["filed"][i])
        keys[i] += name if says else (i,)
    return keys


def _order(stack: Stack) -> np.ndarray:
    """Return the rights in order of result and number; those without by all that they say."""
    c = stack.columns
    keys: list[tuple[object, ...]] = list(zip(c["result"], c["form"], strict=True))
    without = np.flatnonzero(c["form"] == "")
    said = keys_of(stack.take(without), (*_AGREE, *NOTICE_ROLES))
    for i, more in zip(without.tolist(), said, strict=True):
        keys[i] += more
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)


def _tell_results(stack: Stack) -> None:
    """Tell the first of the rights of a table that are of no result."""
    blank = np.flatnonzero(stack.columns["result"] == "")
    _, first = np.unique(stack.at.table[blank], return_index=True)
    for i in blank[first].tolist():
        count = int((stack.at.table[blank] == stack.at.table[i]).sum())
        stack.tell(kinds.NO_RESULT_OF_RIGHT, i, "result", count=count)


def _settle_kinds(stack: Stack) -> None:
    """Take the kind from the number where it is not stated; tell what contradicts."""
    c = stack.columns
    for i, (kind, form) in enumerate(zip(c["kind"], c["form"], strict=True)):
        if not kind:
            said = kind_in(form)
            if said:
                c["kind"][i] = said
                values = {"number": c["number"][i], "kind": KINDS.titles[said]}
                stack.tell(kinds.KIND_BY_NUMBER, i, "number", **values)
            elif says_nothing(c["kind_written"][i]):  # a word that is not known was told as that
                stack.tell(kinds.NO_KIND, i, "kind", known=listing(KINDS.titles.values()))
        elif other := contradicts(kind, form):
            titles = {"kind": KINDS.titles[kind], "other": KINDS.titles[other]}
            stack.tell(kinds.KIND_NOT_NUMBER, i, "kind", number=c["number"][i], **titles)


def _settle_status(stack: Stack) -> None:
    """Say by its status whether a right is in force, where no column of its own does."""
    c = stack.columns
    by_status = np.array([in_force_of(s) for s in c["status"]], dtype=np.int8)
    stated = c["in_force"]
    odd = (stated >= 0) & (by_status >= 0) & (stated != by_status)
    for i in np.flatnonzero(odd).tolist():
        stack.tell(kinds.STATUS_CONTRADICTS, i, "status", status=c["status"][i])
    c["in_force"] = np.where(odd, -1, np.where(stated >= 0, stated, by_status)).astype(np.int8)


def _record(stack: Stack) -> IpColumns:
    c = stack.columns
    return IpColumns(
        at=stack.at,
        **{role: c[role] for role in ("result", "kind", "number", "title", "owner", "status")},
        dates={role: c[role] for role in IP_DATES},
        flags={role: c[role] for role in IP_FLAGS},
        fee_year=c["fee_year"],
    )
