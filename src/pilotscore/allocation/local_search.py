"""Better portfolios by changing the offers of one or two results at a time.

Prices leave a few hundred results nearly undecided, and between limits that bind there is always a
little money that no single offer fits. A change of one result's offer alone rarely fits either; two
together do: one gives up what the other needs. Of all changes those are tried that cost least at
the prices, all pairs of them at once, until no pair is left that is worth more (a local search over
pair exchanges, as for assignment and knapsack problems; from general knowledge). At 10,000 results
it takes a second to what an integer programme did not reach in a minute.
"""

from __future__ import annotations

import numpy as np

from pilotscore.allocation.dual import Dual
from pilotscore.arrays import Floats, Ints
from pilotscore.records import dataclass

_LOOKED_AT = 1_200  # changes, of which all pairs are looked at
_APPLIED = 400  # pairs in one round
_ROUNDS = 80
_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class _Changes:
    """Changes of one result each: the result, its new column (-1 none), worth, what it takes."""

    result: Ints
    column: Ints
    worth: Floats
    takes: Floats


def improve(dual: Dual, prices: Floats, taken: Ints) -> Ints:
    """Return a choice of no less value, and of no limit broken further.

    Parameters
    ----------
    dual
        The problem, its rows and columns.
    prices
        Shape (rows,): of each row.
    taken
        Shape (results,): the column that each of ``dual.results`` has, -1 for none.

    Notes
    -----
    ``max_jump`` is not heeded. The same input gives the same choice: pairs of equal gain are taken
    in the order of their results.
    """
    search = _Search(dual, prices, taken)
    for _ in range(_ROUNDS):
        changes = search.cheapest()
        pairs = search.pairs(changes)
        if not len(pairs) or not search.apply(changes, pairs):
            break
    return np.asarray(search.taken, dtype=np.int64)


class _Search:
    def __init__(self, dual: Dual, prices: Floats, taken: Ints) -> None:
        self.dual = dual
        self.taken = np.array(taken, dtype=np.int64)
        reduced = dual.value - dual.charges(prices)
        # The last column is none: worth nothing, taking nothing.
        self.reduced, self.value = np.append(reduced, 0.0), np.append(dual.value, 0.0)
        self.scale = float(np.abs(dual.value).max(initial=0.0)) or 1.0
        count = len(dual.results)
        self.of = np.concatenate([dual.of, np.arange(count)])
        self.to = np.concatenate([np.arange(len(dual.value)), np.full(count, -1)])
        self.may_drop = np.concatenate([np.ones(len(dual.value), dtype=bool), ~dual.must])
        self.used = self._used()

    def _used(self) -> Floats:
        x = np.zeros(len(self.dual.value))
        x[self.taken[self.taken >= 0]] = 1.0
        used: Floats = self.dual.matrix @ x
        return used

    def _rows(self, columns: Ints) -> Floats:
        """Return what columns take of each row, shape (len(columns), rows); nothing for -1."""
        takes = np.zeros((len(columns), len(self.used)))
        real = columns >= 0
        takes[real] = self.dual.across[columns[real]].toarray()
        return takes

    def cheapest(self) -> _Changes:
        """Return the changes that cost least at the prices, and last the change of nothing."""
        now = self.taken[self.of]
        loss = self.reduced[now] - self.reduced[self.to]
        loss = np.where((self.to != now) & self.may_drop, loss, np.inf)
        some = min(_LOOKED_AT, int(np.isfinite(loss).sum()))
        which = np.sort(np.argsort(loss, kind="stable")[:some])
        result, column = self.of[which], self.to[which]
        before = now[which]
        worth = self.value[column] - self.value[before]
        takes = self._rows(column) - self._rows(before)
        return _Changes(
            np.append(result, -1),
            np.append(column, -1),
            np.append(worth, 0.0),
            np.vstack([takes, np.zeros(len(self.used))]),
        )

    def pairs(self, changes: _Changes) -> Ints:
        """Return the pairs that fit and are worth more, best first, shape (p, 2)."""
        n = len(changes.result)
        gain = changes.worth[:, None] + changes.worth[None, :]
        good = np.tri(n, k=-1, dtype=bool) & (gain > _TOLERANCE * self.scale)
        good &= changes.result[:, None] != changes.result[None, :]
        high, low = self.dual.high - self.used, self.dual.low - self.used
        for row in range(len(self.used)):
            takes = changes.takes[:, row]
            touching = np.flatnonzero(takes)
            if not len(touching):
                continue
            sums = takes[touching][:, None] + takes[None, :]
            # A row that is broken already may be mended in steps.
            fits = (sums <= high[row] + _TOLERANCE) | ((sums <= 0) & (high[row] < 0))
            fits &= (sums >= low[row] - _TOLERANCE) | ((sums >= 0) & (low[row] > 0))
            good[touching] &= fits
            good[:, touching] &= fits.T
        first, second = np.nonzero(good)
        order = np.argsort(-gain[first, second], kind="stable")[:_APPLIED]
        pairs: Ints = np.stack([first[order], second[order]], axis=1)
        return pairs

    def apply(self, changes: _Changes, pairs: Ints) -> int:
        """Carry out pairs one after the other while they fit; say how many."""
        touched: set[int] = set()
        count = 0
        for pair in pairs.tolist():
            results = [int(changes.result[k]) for k in pair if changes.result[k] >= 0]
            if touched.intersection(results):
                continue
            takes = changes.takes[pair].sum(axis=0)
            after = self.used + takes
            over = (after > self.dual.high + _TOLERANCE) & (takes > 0)
            under = (after < self.dual.low - _TOLERANCE) & (takes < 0)
            if bool(np.any(over | under)):
                continue
            for k in pair:
                if changes.result[k] >= 0:
                    self.taken[changes.result[k]] = changes.column[k]
            self.used = after
            touched.update(results)
            count += 1
        self.used = self._used()  # sums of floats do not drift
        return count
