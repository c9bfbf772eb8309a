"""Reads what was received for a result and who gets what of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotscore.language import LISTED, join
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.amounts import amounts
from pilotscore.workbook.rights.case_words import AMOUNTS, BASES, FORMS
from pilotscore.workbook.rights.cells import days, listing, texts, words
from pilotscore.workbook.rights.grid import Grid
from pilotscore.workbook.rights.merging import without_doubles
from pilotscore.workbook.rights.parties import of_results
from pilotscore.workbook.rights.records import AMOUNTS as ITEMS
from pilotscore.workbook.rights.records import DistributionColumns
from pilotscore.workbook.rights.shares import shares
from pilotscore.workbook.rights.stacking import (
    Columns,
    Stack,
    joined_stacks,
    keys_of,
    sorted_rows,
    stacked,
)

_ALL = (*("item", "recipient", "amount", "currency", "share", "of", "form", "date", "agreed"),)
_ORDER = {item: place for place, item in enumerate(ITEMS)}
_AGREED = {"agreed": 1, "paid": 0, "": -1}


def read_distributions(long: Sequence[Grid], wide: Sequence[Grid]) -> Stack | None:
    """Read sheets with a row for each amount, and those with a column for each; doubles once."""
    parts = [stacked(long, _columns), _wide(wide)]
    stacks = [stack for stack in parts if stack is not None]
    if not stacks:
        return None
    stack = of_results(joined_stacks(stacks))
    keys = keys_of(stack, ("result", "item"))
    stack, _ = without_doubles(stack, keys, ("result", *_ALL))
    _tell(stack)
    return stack


def _columns(grid: Grid) -> Columns:
    columns: Columns = {role: texts(grid, role) for role in ("result", "recipient")}
    columns["item"] = words(grid, "item", AMOUNTS)
    columns["item_written"] = texts(grid, "item")
    columns["amount"], columns["currency"] = amounts(grid, "amount")
    columns["share"] = shares(grid)
    columns["of"] = words(grid, "of", AMOUNTS)
    columns["form"] = words(grid, "form", FORMS)
    return columns | _dated(grid)


def _dated(grid: Grid) -> Columns:
    """Return when, and whether it was agreed or paid."""
    bases = words(grid, "agreed", BASES)
    agreed = np.array([_AGREED[basis] for basis in bases], dtype=np.int8)
    return {"date": days(grid, "date"), "agreed": agreed}


def _wide(grids: Sequence[Grid]) -> Stack | None:
    """Return a row for each amount of sheets that have a column for each."""
    parts = [part for item in ITEMS if (part := _of_item(grids, item)) is not None]
    return joined_stacks(parts) if parts else None


def _of_item(grids: Sequence[Grid], item: str) -> Stack | None:
    some = [g for g in grids if item in g.columns]
    stack = stacked(
        [g.under(item, "distributions", "amount") for g in some], lambda g: _one_amount(g, item)
    )
    return None if stack is None else stack.take(np.flatnonzero(~np.isnan(stack.columns["amount"])))


def _one_amount(grid: Grid, item: str) -> Columns:
    n = len(grid)
    blank = {role: np.full(n, "", dtype=object) for role in ("recipient", "of", "form")}
    named = np.full(n, item, dtype=object)
    amount, currency = amounts(grid, "amount")
    return {
        "result": texts(grid, "result"),
        **blank,
        "item": named,
        "item_written": named,
        "amount": amount,
        "currency": currency,
        "share": np.full(n, np.nan),
        **_dated(grid),
    }


def _tell(stack: Stack) -> None:
    """Tell amounts that do not say what they are, and results with several currencies."""
    c = stack.columns
    for i in np.flatnonzero((c["item"] == "") & (c["item_written"] == "")).tolist():
        stack.tell(kinds.NO_ITEM, i, "item", known=listing(AMOUNTS.titles.values()))
    first: dict[str, list[str]] = {}
    for i, (result, currency) in enumerate(zip(c["result"], c["currency"], strict=True)):
        seen = first.setdefault(result, [])
        if currency and currency not in seen:
            seen.append(currency)
            if len(seen) > 1:
                values = {"result": result, "currencies": join(sorted(seen), LISTED)}
                stack.tell(kinds.CURRENCIES_MIXED, i, "amount", **values)


def distributions_of(stack: Stack) -> DistributionColumns:
    """Return the amounts in order of result, item and day."""
    place = np.array([_ORDER.get(x, len(_ORDER)) for x in stack.columns["item"]], dtype=np.int64)
    stack.columns["place"] = place
    rows = sorted_rows(stack, ("result", "place", "date", "recipient", "agreed", *_ALL))
    c = rows.columns
    return DistributionColumns(at=rows.at, result=c["result"], **{role: c[role] for role in _ALL})
