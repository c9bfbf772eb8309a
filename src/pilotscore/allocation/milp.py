"""The portfolio as an integer programme for HiGHS: offers as columns, limits and bonds as rows.

Maximise the sum of v_o x_o over the offers o, x_o in {0, 1}, such that each result takes at most
one offer (exactly one where it must be funded) and every row holds: the multi-dimensional
multiple-choice knapsack problem (Kellerer, Pferschy, Pisinger, Knapsack Problems, 2004; from
general knowledge).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from pilotscore.allocation.holding import contribution, fundable
from pilotscore.allocation.problem import Problem
from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.records import dataclass

_LARGEST = 2.0**14  # of the coefficients of a row: a solver's tolerances are absolute
_EQUAL = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """An integer programme as arrays: c columns, r rows.

    ``offers`` has shape (c,): the offer of each column; -1 and -2 for the help columns of
    ``max_jump``, fractions and whole numbers.
    ``unit`` has shape (r,): what 1 in a row stands for (fen, awards). The first rows are the
    problem's limits, in their order, then its exclusions and its dependencies (``bonds`` rows in
    all); the rest say that a result takes one offer, and bound jumps.
    """

    offers: Ints
    gain: Floats
    row: Ints
    column: Ints
    entry: Floats
    low: Floats
    high: Floats
    unit: Floats
    bonds: int


class _Rows:
    """Rows as they are gathered: entries as (row, column, value), and the two bounds."""

    def __init__(self) -> None:
        self.parts: list[tuple[Any, Any, Any]] = []
        self.low: list[Any] = []
        self.high: list[Any] = []
        self.unit: list[Any] = []
        self.count = 0

    def add(self, rows: Any, columns: Any, entries: Any, low: Any, high: Any, unit: Any) -> None:
        """Add rows; ``rows`` counts from 0 among the new ones."""
        self.parts.append((rows + self.count, columns, entries))
        self.low.append(low)
        self.high.append(high)
        self.unit.append(unit)
        self.count += len(low)


def build(problem: Problem) -> Model:
    """Return a problem as an integer programme.

    Money is divided by the greatest common divisor of the row's costs, and bounds are rounded to
    whole multiples of it, which loses nothing; if that still leaves large numbers, by a power of 2.
    """
    usable = fundable(problem)
    offers = np.flatnonzero(usable[problem.owner])
    owner = problem.owner[offers]
    rows, total = _Rows(), problem.total_cost
    for limit in problem.limits:
        _limit_row(rows, contribution(problem, limit, total)[offers], limit.least, limit.most)
    start = np.searchsorted(owner, np.arange(len(problem) + 1))

    def of(result: int) -> Ints:
        return np.arange(start[result], start[result + 1])

    for group in problem.exclusive:
        columns = np.concatenate([of(i) for i in dict.fromkeys(group.members)])
        one = np.ones(1)
        rows.add(
            np.zeros_like(columns), columns, np.ones(len(columns)), [-np.inf], [group.most], one
        )
    for bond in problem.dependencies:
        mine, theirs = of(bond.result), of(bond.needs)
        if bond.result == bond.needs:
            mine = theirs = mine[:0]
        columns = np.concatenate([mine, theirs])
        signs = np.repeat([1.0, -1.0], [len(mine), len(theirs)])
        rows.add(np.zeros_like(columns), columns, signs, [-np.inf], [0.0], np.ones(1))
    bonds = rows.count
    # A result that must be funded but cannot be has an empty row that asks for 1: infeasible.
    present = np.flatnonzero((np.diff(start) > 0) | problem.required)
    place = np.full(len(problem), -1)
    place[present] = np.arange(len(present))
    n = len(present)
    rows.add(
        place[owner],
        np.arange(len(offers)),
        np.ones(len(offers)),
        np.where(problem.required[present], 1.0, -np.inf),
        np.ones(n),
        np.ones(n),
    )
    helpers = _jump_rows(rows, problem, usable, start, len(offers))
    parts = list(zip(*rows.parts, strict=True))
    entry = np.concatenate(parts[2]).astype(float)
    kept = entry != 0
    return Model(
        np.concatenate([offers, np.array(helpers, dtype=np.int64)]),
        np.concatenate([problem.value[offers], np.zeros(len(helpers))]),
        np.concatenate(parts[0]).astype(np.int64)[kept],
        np.concatenate(parts[1]).astype(np.int64)[kept],
        entry[kept],
        np.concatenate(rows.low).astype(float),
        np.concatenate(rows.high).astype(float),
        np.concatenate(rows.unit).astype(float),
        bonds,
    )


def _limit_row(rows: _Rows, adds: Ints, least: int | None, most: int | None) -> None:
    columns = np.flatnonzero(adds)
    unit = int(np.gcd.reduce(adds[columns])) if len(columns) else 1
    unit = max(unit, 1)
    entries = (adds[columns] // unit).astype(float)
    scale = 1.0
    while len(entries) and entries.max() / scale > _LARGEST:
        scale *= 2.0
    low = -np.inf if least is None else -(-least // unit) / scale
    high = np.inf if most is None else (most // unit) / scale
    rows.add(np.zeros_like(columns), columns, entries / scale, [low], [high], [unit * scale])


def _jump_rows(rows: _Rows, problem: Problem, usable: Bools, start: Ints, width: int) -> list[int]:
    """Add the rows of ``max_jump``; return the help columns they take.

    In each track, best score first, a help column m_k is at most whether each of the first k + 1
    results is funded (or excused, see :func:`~pilotscore.allocation.holding.excused`); a result is
    funded only if the last m over those that lie higher by more than ``max_jump`` is 1. So the rows
    grow with the number of results and not of pairs.
    """
    if problem.max_jump is None:
        return []
    jumps = _JumpRows(start, width, problem)
    for track in np.unique(problem.tracks):
        jumps.add_track(np.flatnonzero((problem.tracks == track) & usable))
    ones = np.ones(len(jumps.high))
    parts = (np.array(jumps.row, dtype=int), np.array(jumps.column, dtype=int))
    rows.add(*parts, np.array(jumps.entry), np.full(len(ones), -np.inf), jumps.high, ones)
    return jumps.helpers


class _JumpRows:
    """The rows of ``max_jump`` as they are gathered."""

    def __init__(self, start: Ints, width: int, problem: Problem) -> None:
        self.start, self.width, self.problem = start, width, problem
        self.reach = (problem.max_jump or 0.0) + _EQUAL
        self.excuses = _excuses(problem, self.reach)
        self.row: list[int] = []
        self.column: list[int] = []
        self.entry: list[float] = []
        self.high: list[float] = []
        self.helpers: list[int] = []

    def add(self, terms: list[tuple[int, float]], most: float) -> None:
        """Add a row: the sum of the terms is at most ``most``."""
        merged: dict[int, float] = {}
        for column, entry in terms:
            merged[column] = merged.get(column, 0.0) + entry
        self.row.extend([len(self.high)] * len(merged))
        self.column.extend(merged)
        self.entry.extend(merged.values())
        self.high.append(most)

    def helper(self, kind: int) -> int:
        """Return a new help column: -1 a fraction, -2 a whole number."""
        self.helpers.append(kind)
        return self.width + len(self.helpers) - 1

    def funded(self, result: int, sign: float) -> list[tuple[int, float]]:
        """Return the terms that say whether a result is funded."""
        return [(o, sign) for o in range(self.start[result], self.start[result + 1])]

    def add_track(self, inside: Ints) -> None:
        """Add the rows of the results of a track."""
        inside = inside[np.argsort(-self.problem.score[inside], kind="stable")]
        scores = self.problem.score[inside]
        higher = np.searchsorted(-scores, -(scores + self.reach), side="left")
        chain: list[int] = []
        for i in inside[: higher.max(initial=0)].tolist():
            terms, free = self.funded_or_excused(i)
            m = self.helper(-1)
            self.add([(m, 1.0), *terms], free)
            if chain:
                self.add([(m, 1.0), (chain[-1], -1.0)], 0.0)
            chain.append(m)
        for i, k in zip(inside.tolist(), higher.tolist(), strict=True):
            if k and not self.problem.required[i]:
                self.add([*self.funded(i, 1.0), (chain[k - 1], -1.0)], 0.0)

    def funded_or_excused(self, i: int) -> tuple[list[tuple[int, float]], float]:
        """Return the terms, and the bound, that let a help column say so of a result."""
        terms, free = self.funded(i, -1.0), 0.0
        for others, places in self.excuses.get(i, ()):
            if places is None:  # a result that it needs
                free += 1.0
                terms += self.funded(others[0], 1.0)
            elif places < 1:
                free += 1.0
            else:
                full = self.helper(-2)
                held = [term for j in others for term in self.funded(j, -1.0)]
                self.add([(full, float(places)), *held], 0.0)
                terms.append((full, -1.0))
        return terms, free


def _excuses(problem: Problem, reach: float) -> dict[int, list[tuple[list[int], int | None]]]:
    """Return for each result what excuses it: others, and the places that they must fill.

    None for the places says that it is excused where the other is *not* funded: it needs it.
    """
    excuses: dict[int, list[tuple[list[int], int | None]]] = {}
    for group in problem.exclusive:
        members = dict.fromkeys(group.members)
        for i in members:
            lowest = problem.score[i] - reach
            near = [j for j in members if j != i and problem.score[j] >= lowest]
            excuses.setdefault(i, []).append((near, group.most))
    for bond in problem.dependencies:
        if bond.result != bond.needs:
            excuses.setdefault(bond.result, []).append(([bond.needs], None))
    return excuses


def restrict(model: Model, fixed: Bools, values: Floats) -> Model | None:
    """Return the programme that is left when some columns are fixed; None if a row then fails.

    Parameters
    ----------
    fixed, values
        Shape (c,): which columns, and at what; the values of the others do not count.
    """
    held = np.where(fixed, values, 0.0)
    taken = np.bincount(
        model.row, weights=model.entry * held[model.column], minlength=len(model.low)
    )
    entries = ~fixed[model.column]
    alive = np.bincount(model.row[entries], minlength=len(model.low)) > 0
    low, high = model.low - taken, model.high - taken
    if ((low > 1e-9) | (high < -1e-9))[~alive].any():
        return None
    place_row, place_column = np.cumsum(alive) - 1, np.cumsum(~fixed) - 1
    free = ~fixed
    return replace(
        model,
        offers=model.offers[free],
        gain=model.gain[free],
        row=place_row[model.row[entries]],
        column=place_column[model.column[entries]],
        entry=model.entry[entries],
        low=low[alive],
        high=high[alive],
        unit=model.unit[alive],
    )
