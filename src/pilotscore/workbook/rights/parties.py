"""Reads who has which share in a result, and what holds for the result as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Codes, Ints
from pilotscore.patterns import regex
from pilotscore.workbook.rights import kinds
from pilotscore.workbook.rights.amounts import amounts
from pilotscore.workbook.rights.case_words import MODE_OF_PAYMENT, MODES, PAYMENTS
from pilotscore.workbook.rights.cells import days, flags, texts, words
from pilotscore.workbook.rights.grid import Grid
from pilotscore.workbook.rights.joint_parties import each_party
from pilotscore.workbook.rights.merging import merged, without_doubles
from pilotscore.workbook.rights.records import (
    CASE_DATES,
    CASE_FLAGS,
    EXCLUSIVE,
    PARTY_FLAGS,
    CaseColumns,
    PartyColumns,
    RowPlaces,
    Texts,
)
from pilotscore.workbook.rights.shares import shares
from pilotscore.workbook.rights.stacking import Columns, Stack, keys_of, says, sorted_rows, stacked
from pilotscore.workbook.rights.use_years import use_years
from pilotscore.workbook.rights.words import PARTY_KINDS

_CASES = (
    "region",
    "mode",
    "payment",
    "amount",
    "amount_currency",
    *CASE_DATES,
    *CASE_FLAGS,
    EXCLUSIVE,
)
_PARTIES = (
    *("kind", "role", "share", "use_years", "claim", "claim_currency"),
    *("claim_trigger", "claim_due", "claim_settled", *PARTY_FLAGS),
)


def read_parties(grids: Sequence[Grid]) -> Stack | None:
    """Read sheets of rights: a row for each party, with what holds for its result."""
    stack = stacked(grids, _columns)
    if stack is None:
        return None
    stack = each_party(of_results(stack))
    keys = keys_of(stack, ("result", "party"))
    return without_doubles(stack, keys, ("result", "party", *_PARTIES, *_CASES))[0]


def of_results(stack: Stack) -> Stack:
    """Return the rows that say of which result they are; the others are told."""
    without = stack.columns["result"] == ""
    for i in np.flatnonzero(without).tolist():
        stack.tell(kinds.NO_RESULT_ID, i, "result")
    return stack.take(np.flatnonzero(~without)) if without.any() else stack


def _columns(grid: Grid) -> Columns:
    columns: Columns = {
        role: texts(grid, role) for role in ("result", "region", "party", "role", "claim_trigger")
    }
    # 浙江 / Zhejiang, as a template in both languages has it.
    columns["region"][:] = [text.split(" / ")[0] for text in columns["region"]]
    columns["kind"] = words(grid, "kind", PARTY_KINDS)
    columns["mode"], columns["payment"] = _modes_and_payments(grid)
    columns[EXCLUSIVE] = _exclusive(texts(grid, "mode"))
    columns["share"] = shares(grid)
    columns["use_years"] = use_years(grid)
    for role in ("amount", "claim"):
        columns[role], columns[f"{role}_currency"] = amounts(grid, role)
    for role in (*CASE_DATES, "claim_due", "claim_settled"):
        columns[role] = days(grid, role)
    for role in (*CASE_FLAGS, *PARTY_FLAGS):
        columns[role] = flags(grid, role)
    return columns


def _modes_and_payments(grid: Grid) -> tuple[Texts, Texts]:
    """Return modes and ways of payment; a way that stands in place of a mode is told."""
    payments, written = words(grid, "payment", PAYMENTS), texts(grid, "mode")
    by_text = {text: PAYMENTS.meaning(text) for text in set(written.tolist())}
    as_mode = np.array([by_text[text] in MODE_OF_PAYMENT for text in written], bool)
    modes = words(grid, "mode", MODES, without=as_mode)
    for i in np.flatnonzero(as_mode).tolist():
        way = by_text[written[i]]
        modes[i] = MODE_OF_PAYMENT[way]
        payments[i] = payments[i] or way
        titles = {"mode": MODES.titles[modes[i]], "payment": PAYMENTS.titles[way]}
        grid.tell(kinds.PAYMENT_AS_MODE, grid.rows[i], "mode", text=written[i], **titles)
    return modes, payments


def _exclusive(modes: Texts) -> Codes:
    """Return 1 where a mode is a licence that keeps others out, -1 where it does not say so."""
    said = {text for text in set(modes.tolist()) if _KEEPS_OUT.search(text)}
    return np.array([1 if text in said else -1 for text in modes], dtype=np.int8)


# Sole and exclusive licences, of which the law asks more than of plain ones.
_KEEPS_OUT = regex(r"独占|排他|独家|(?<!non-)(?<!non)\bexclusive|\bsole\b", re.IGNORECASE)


def parties_of(stack: Stack) -> PartyColumns:
    """Return the parties: one row for each result and party, in that order."""
    some = np.zeros(len(stack), dtype=bool)
    for role in ("party", *_PARTIES):
        some |= says(stack.columns[role])
    stack = stack.take(np.flatnonzero(some))
    names = keys_of(stack, ("result", "party"))
    keys = [(*k, "" if k[1] else i) for i, k in enumerate(names)]  # without a name: its own
    rows, _ = merged(stack, keys, _PARTIES, "rights")
    rows = sorted_rows(rows, ("result", "party", "kind", "role", "share", "claim"))
    _tell_fractions(rows)
    _tell_nameless(rows)
    c = rows.columns
    return PartyColumns(
        at=rows.at,
        **{role: c[role] for role in ("result", "party", "role", "claim_trigger")},
        **{role: c[role] for role in ("kind", "share", "use_years", "claim")},
        **{role: c[role] for role in ("claim_due", "claim_settled")},
        currency=c["claim_currency"],
        flags={role: c[role] for role in PARTY_FLAGS},
    )


def _tell_fractions(stack: Stack) -> None:
    """Tell results whose shares add up to 1 %: they are mostly meant as fractions."""
    c = stack.columns
    results, of = np.unique(c["result"].astype(str), return_inverse=True)
    sums = np.bincount(of, weights=np.nan_to_num(c["share"]), minlength=len(results))
    for place in np.flatnonzero(np.abs(sums - 1) < _ROUNDING).tolist():
        i = int(np.flatnonzero((of == place) & ~np.isnan(c["share"]))[0])
        values = {"result": str(results[place]), "sum": f"{sums[place]:.4g}"}
        stack.tell(kinds.SHARES_MAY_BE_FRACTIONS, i, "share", **values)


_ROUNDING = 0.005


def _tell_nameless(stack: Stack) -> None:
    """Tell each share of which nobody says whose it is."""
    c = stack.columns
    for i in np.flatnonzero((c["party"] == "") & ~np.isnan(c["share"])).tolist():
        stack.tell(kinds.NO_PARTY_NAME, i, "share", result=str(c["result"][i]))


def cases_of(stack: Stack | None, others: Sequence[tuple[Texts, RowPlaces]]) -> CaseColumns:
    """Return what holds for each result that any sheet of rights names, in order of its id.

    Parameters
    ----------
    stack
        The rows of sheets of rights.
    others
        The results that other sheets name, and where.
    """
    parts = [] if stack is None else [(stack.columns["result"], stack.at)]
    first: dict[str, tuple[int, int]] = {}
    for part, (results, _) in enumerate((*parts, *others)):
        for i, result in enumerate(results):
            if result:
                first.setdefault(result, (part, i))
    rows = None
    if stack is not None:
        rows, _ = merged(stack, keys_of(stack, ("result",)), _CASES, "rights")
    return _cases(sorted(first), first, rows, [at for _, at in (*parts, *others)])


def _cases(
    results: Sequence[str],
    first: dict[str, tuple[int, int]],
    rows: Stack | None,
    places: Sequence[RowPlaces],
) -> CaseColumns:
    """Return the rows of cases, and blank ones of results that no sheet of rights has."""
    known = {} if rows is None else {r: i for i, r in enumerate(rows.columns["result"])}
    source = np.array([known.get(r, -1) for r in results], dtype=np.int64)
    c = {role: _taken(rows, role, source) for role in _CASES}
    ids = np.empty(len(results), dtype=object)
    ids[:] = results
    return CaseColumns(
        at=_places(results, first, (rows, source), places),
        result=ids,
        **{role: c[role] for role in ("region", "mode", "payment", "amount")},
        currency=c["amount_currency"],
        dates={role: c[role] for role in CASE_DATES},
        flags={role: c[role] for role in (*CASE_FLAGS, EXCLUSIVE)},
    )


def _taken(rows: Stack | None, role: str, source: Ints) -> NDArray[Any]:
    """Return a column for results, blank where their place among the rows is -1."""
    if role in CASE_DATES:
        blank: NDArray[Any] = np.array([np.datetime64("NaT", "D")])
    elif role in (*CASE_FLAGS, EXCLUSIVE):
        blank = np.array([-1], dtype=np.int8)
    else:
        blank = np.array([np.nan]) if role == "amount" else np.array([""], dtype=object)
    if rows is not None:
        blank = np.concatenate([rows.columns[role], blank])
    taken: NDArray[Any] = blank[source]  # the last is blank
    return taken


def _places(
    results: Sequence[str],
    first: dict[str, tuple[int, int]],
    rows: tuple[Stack | None, Ints],
    places: Sequence[RowPlaces],
) -> RowPlaces:
    """Return where cases stand; one that no sheet of rights has, where its id first stands."""
    stack, source = rows
    starts = np.cumsum([0, *(len(at.tables) for at in places)]).tolist()
    table = np.empty(len(results), dtype=np.int64)
    row = np.empty(len(results), dtype=np.int64)
    cells: dict[tuple[int, str], tuple[int, int]] = {}
    kept: dict[int, int] = {}
    for i, result in enumerate(results):
        part, at = first[result]
        own = places[part]
        if stack is not None and source[i] >= 0:
            own, at = stack.at, int(source[i])
            kept[at] = i
        table[i] = starts[part] + own.table[at]
        row[i] = own.row[at]
    if stack is not None:
        cells = {(kept[i], r): spot for (i, r), spot in stack.at.cells.items() if i in kept}
    of_rights = 0 if stack is None else len(places[0].tables)
    tables = tuple(t for at in places for t in at.tables)
    own_columns = () if stack is None else places[0].columns
    columns = (*own_columns, *({} for _ in range(len(tables) - of_rights)))
    return RowPlaces(tables, columns, table, row, cells)
