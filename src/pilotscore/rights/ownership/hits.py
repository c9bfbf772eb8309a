"""What checks come upon: a kind of finding with results, rules, cells and values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, NamedTuple

import numpy as np

from pilotscore.arrays import Bools, Ints
from pilotscore.findings import Finding, Kind, Place
from pilotscore.language import Text, Words, number
from pilotscore.records import dataclass
from pilotscore.rights.calendar import WorkingDays
from pilotscore.rights.ownership.amounts import Amounts
from pilotscore.rights.ownership.facts import Facts
from pilotscore.rights.ownership.progress import Progress
from pilotscore.rights.ownership.publicity import Publicity
from pilotscore.workbook.rights.records import RightsRead, RowPlaces

_CURRENCY = "CNY"
_MONEY = Text("{amount} {currency}", "{amount} {currency}")


class Cells(NamedTuple):
    """Where something stands for each result: a row of a sheet (-1 for none), and the column."""

    sheet: RowPlaces | None
    row: Ints
    role: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """All that the checks look at."""

    read: RightsRead
    facts: Facts
    progress: Progress
    publicity: Publicity
    reward_publicity: Publicity
    amounts: Amounts
    calendar: WorkingDays
    as_of: np.datetime64

    def of_case(self, role: str) -> Cells:
        """Return the cell of a column of the sheet of rights."""
        sheet = None if self.read.cases is None else self.read.cases.at
        return Cells(sheet, self.facts.case_row, role)

    def of_step(self, step: str, role: str = "start") -> Cells:
        """Return the cell of a column of the sheet of steps, in the row of a step."""
        sheet = None if self.read.steps is None else self.read.steps.at
        return Cells(sheet, self.facts.steps[step].rows, role)

    def of_item(self, item: str, role: str = "amount") -> Cells:
        """Return the cell of a column of the sheet of distributions, in the row of an item."""
        sheet = None if self.read.distributions is None else self.read.distributions.at
        return Cells(sheet, self.amounts.rows[item], role)

    def rule(self, rule: str) -> Ints:
        """Return one rule for every result, by its id."""
        at = next(i for i, r in enumerate(self.facts.regimes.rules) if r.id == rule)
        return np.full(len(self.facts), at, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """The results that one check comes upon, and the cell and values of each.

    ``result`` and ``rule`` are places, ``row`` a row of ``sheet`` (-1 for none) and ``role`` the
    column of the cell; ``values`` has what the wording needs, a member for each hit.
    """

    kind: Kind
    result: Ints
    rule: Ints
    sheet: RowPlaces | None
    row: Ints
    role: str | None = None
    values: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.result)

    def take(self, at: Ints) -> Hits:
        """Return some of them, by their places."""
        values = {name: [column[int(i)] for i in at] for name, column in self.values.items()}
        picked = (self.result[at], self.rule[at], self.sheet, self.row[at], self.role)
        return Hits(self.kind, *picked, values)


def hits(kind: Kind, mask: Bools, rule: Ints, cells: Cells, **values: Any) -> Hits:
    """Return the results in a mask; every column given has a place for each result."""
    at = np.flatnonzero(mask)
    picked = {name: [column[i] for i in at] for name, column in values.items()}
    return Hits(kind, at, rule[at], cells.sheet, cells.row[at], cells.role, picked)


def row_hits(
    kind: Kind,
    mask: Bools,
    result: Ints,
    rule: Ints,
    sheet: RowPlaces,
    role: str | None = None,
    **values: Any,
) -> Hits:
    """Return the rows of a sheet in a mask; ``rule`` has a place for each result."""
    at = np.flatnonzero(mask)
    picked = {name: [column[i] for i in at] for name, column in values.items()}
    return Hits(kind, result[at], rule[result[at]], sheet, at, role, picked)


def findings_of(work: Work, group: Hits) -> Iterator[Finding]:
    """Give the finding of each hit, at its cell."""
    regimes, ids = work.facts.regimes, work.facts.results.ids
    used = {int(at): regimes.rules[at] for at in np.unique(group.rule)}
    sources = {at: (own.id, regimes.regulations.source(own)) for at, own in used.items()}
    places = _places(work, group)
    for i, place in enumerate(places):
        rule, source = sources[int(group.rule[i])]
        values = {name: _shown(column[i]) for name, column in group.values.items()}
        values |= {"rule": rule, "source": source}
        yield Finding(group.kind, place, values, ids[int(group.result[i])])


def _places(work: Work, group: Hits) -> Iterator[Place]:
    """Yield the cell of each hit; of one without a row, the first that is there of its result."""
    rows = group.row if group.sheet is not None else np.full(len(group), -1)
    first = _first_rows(work.read, work.facts) if (rows < 0).any() else []
    for row, result in zip(rows.tolist(), group.result.tolist(), strict=True):
        if group.sheet is not None and row >= 0:
            yield group.sheet.place(row, group.role)
        else:
            yield _first_place(first, result)


def place_of_result(read: RightsRead, facts: Facts, result: int, role: str | None = None) -> Place:
    """Return the first row that any sheet has of a result, or the cell of a role in it."""
    return _first_place(_first_rows(read, facts), result, role)


def _first_rows(read: RightsRead, facts: Facts) -> list[tuple[RowPlaces, Ints]]:
    """Return of each sheet where its rows stand, and the first row of each result (-1: none)."""
    results = facts.results
    sheets = (
        (read.cases, results.cases),
        (read.parties, results.parties),
        (read.steps, results.steps),
        (read.distributions, results.distributions),
    )
    return [
        (sheet.at, _first_of_each(of, len(results.ids)))
        for sheet, of in sheets
        if sheet is not None
    ]


def _first_of_each(of: Ints, n: int) -> Ints:
    first = np.full(n, -1, np.int64)
    rows = np.flatnonzero(of >= 0)[::-1]  # of several, the one that is written last holds
    first[of[rows]] = rows
    return first


def _first_place(
    sheets: Sequence[tuple[RowPlaces, Ints]], result: int, role: str | None = None
) -> Place:
    for at, first in sheets:
        if first[result] >= 0:
            return at.place(int(first[result]), role)
    raise LookupError(result)


def _shown(value: Any) -> Any:
    """Return a value as people read it: days in ISO form, numbers without noise."""
    if isinstance(value, np.datetime64):
        return str(value)
    if isinstance(value, float | np.floating):
        return number(float(value))
    return int(value) if isinstance(value, np.integer) else value


def money(fen: int, currency: str = "") -> Words:
    """Write an amount in fen: ``1,234.50 CNY``; whole yuan without decimals."""
    yuan, rest = divmod(int(fen), 100)
    amount = f"{yuan:,}" + (f".{rest:02d}" if rest else "")
    return _MONEY.of(amount=amount, currency=currency or _CURRENCY)
