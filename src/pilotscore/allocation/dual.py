"""The Lagrangian dual of the portfolio: prices for what is scarce instead of limits.

With a price y_r for a unit of each row r, every result takes by itself the offer of greatest v_o -
sum_r y_r a_ro, or none, and D(y) = (the sum of those) + sum_r y_r b_r is at least the value of
every allocation (weak duality; Geoffrion 1974, from general knowledge). The prices of least D are
found by L-BFGS-B on a smoothed D (log-sum-exp at a falling temperature; Nesterov 2005, from general
knowledge); the bound that is reported is D itself.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pilotscore.allocation.milp import Model
from pilotscore.allocation.problem import Problem
from pilotscore.arrays import Floats, Ints

_TEMPERATURES = (0.3, 0.1, 0.03, 0.01, 0.003, 0.001)  # of the mean value
_ITERATIONS = 150
_EQUAL = 1e-9


class Dual:
    """D(y) of a problem whose rows are those of a model (its limits and bonds).

    ``max_jump`` is not priced but kept: within a track, given the best result that is passed over,
    all that lie higher are funded and none that lies lower by more than the jump; D takes the best
    such line of each track. Results in bonds do not force the line, which only raises the bound.
    """

    def __init__(self, problem: Problem, model: Model) -> None:
        from scipy import sparse

        self.problem = problem
        offers = int((model.offers >= 0).sum())
        priced = model.row < model.bonds
        shape = (model.bonds, offers)
        entries = (model.entry[priced], (model.row[priced], model.column[priced]))
        self.matrix: Any = sparse.csr_array(entries, shape=shape)
        self.across: Any = self.matrix.T.tocsr()
        self.low, self.high = model.low[: model.bonds], model.high[: model.bonds]
        self.value, self.offers = model.gain[:offers], model.offers
        owner = problem.owner[model.offers[:offers]]
        self.results, self.first = np.unique(owner, return_index=True)
        self.of = np.repeat(np.arange(len(self.results)), np.diff([*self.first, offers]))
        self.must = problem.required[self.results]
        self.tracks = self._lines() if problem.max_jump is not None else []

    def _lines(self) -> list[tuple[Any, Any]]:
        """Return for each track its results, best first, and how many each line leaves in reach."""
        p = self.problem
        assert p.max_jump is not None
        bound = np.zeros(len(p), dtype=bool)
        for group in p.exclusive:
            bound[list(group.members)] = True
        for bond in p.dependencies:
            bound[bond.result] = True
        self.forcing = ~bound[self.results]
        score, track = p.score[self.results], p.tracks[self.results]
        lines = []
        for t in np.unique(track):
            inside = np.flatnonzero(track == t)
            inside = inside[np.argsort(-score[inside], kind="stable")]
            ordered = -score[inside]
            reach = np.searchsorted(ordered, ordered + p.max_jump + 2 * _EQUAL, side="right")
            lines.append((inside, np.append(reach, len(inside))))
        return lines

    def choice(self, taken: Ints) -> Ints:
        """Return the offers of all n results for the columns that ``results`` take, -1 for none."""
        offers = np.full(len(self.problem), -1, dtype=np.int64)
        have = taken >= 0
        offers[self.results[have]] = self.offers[taken[have]]
        return offers

    def charges(self, prices: Floats) -> Floats:
        """Return what each column costs at the prices."""
        charged: Floats = self.across @ prices
        return charged

    def evaluate(self, prices: Floats, temperature: float = 0.0) -> tuple[float, Floats]:
        """Return D at these prices (shape (rows,)), and the share in which each column is taken."""
        reduced = self.value - self.charges(prices)
        best = np.maximum.reduceat(reduced, self.first) if len(reduced) else reduced
        if temperature > 0:
            weight = np.exp((reduced - best[self.of]) / temperature)
            total = np.add.reduceat(weight, self.first)
            inside = best + temperature * np.log(total)
            share = weight / total[self.of]
            top = np.maximum(inside, 0.0)
            free = top + temperature * np.log1p(np.exp(-np.abs(inside) / temperature))
            odds = np.exp((inside - free) / temperature)
        else:
            inside, free = best, np.maximum(best, 0.0)
            odds = (best > 0).astype(float)
            place = np.flatnonzero(reduced == best[self.of])
            _, once = np.unique(self.of[place], return_index=True)
            share = np.zeros(len(reduced))
            share[place[once]] = 1.0
        free, odds = np.where(self.must, inside, free), np.where(self.must, 1.0, odds)
        gains, odds = self._with_lines(inside, free, odds)
        cost = np.where(prices > 0, self.high, self.low)
        rent = float((prices[prices != 0] * cost[prices != 0]).sum())
        return gains + rent, share * odds[self.of]

    def _with_lines(self, inside: Floats, free: Floats, odds: Floats) -> tuple[float, Floats]:
        if not self.tracks:
            return float(free.sum()), odds
        odds = odds.copy()
        gains = 0.0
        self.line = np.zeros(len(inside), dtype=np.int8)  # 1 above the line, -1 out of reach
        for members, reach in self.tracks:
            forced = np.where(self.forcing[members], inside[members], free[members])
            required = np.where(self.must[members], inside[members], 0.0)
            f, g, h = (
                np.concatenate([[0.0], np.cumsum(x)]) for x in (forced, free[members], required)
            )
            gain = f + g[reach] - g + h[-1] - h[reach]
            p = int(np.argmax(gain))
            gains += float(gain[p])
            above, below = members[:p], members[reach[p] :]
            odds[above] = np.where(self.forcing[above], 1.0, odds[above])
            odds[below] = self.must[below]
            self.line[above[self.forcing[above]]] = 1
            self.line[below] = -1
        return gains, odds

    def least(self) -> tuple[Floats, float]:
        """Return the prices of (nearly) least D, and D there."""
        from scipy.optimize import minimize

        rows = len(self.low)
        upper, lower = np.isfinite(self.high), np.isfinite(self.low)
        which = np.concatenate([np.flatnonzero(upper), np.flatnonzero(lower)])
        sign = np.repeat([1.0, -1.0], [upper.sum(), lower.sum()])
        limit = np.concatenate([self.high[upper], self.low[lower]])
        sizes = np.abs(self.matrix).sum(axis=1) / np.maximum(np.diff(self.matrix.indptr), 1)
        typical = float(np.abs(self.value).mean()) if len(self.value) else 1.0
        typical = typical or 1.0
        # Variables in the value that a typical award takes of each row.
        unit = typical / np.where(sizes > 0, sizes, 1.0)[which]
        many = max(len(self.results), 1) * typical

        def prices(z: Floats) -> Floats:
            y = np.zeros(rows)
            np.add.at(y, which, z * unit * sign)
            return y

        def smooth(z: Floats, temperature: float) -> tuple[float, Any]:
            y = prices(z)
            d, x = self.evaluate(y, temperature)
            cost = np.where(y > 0, self.high, self.low)
            nonzero = y != 0
            rent = float((y[nonzero] * cost[nonzero]).sum())
            own = float((z * unit * sign * limit).sum())
            slope = unit * sign * (limit - (self.matrix @ x)[which])
            return (d - rent + own) / many, slope / many

        z = np.zeros(len(which))
        best, bound = prices(z), self.evaluate(prices(z))[0]
        if not len(which):
            return best, bound
        for temperature in _TEMPERATURES:
            done = minimize(
                smooth,
                z,
                args=(temperature * typical,),
                jac=True,
                method="L-BFGS-B",
                bounds=[(0.0, None)] * len(z),
                options={"maxiter": _ITERATIONS, "ftol": 1e-12, "gtol": 1e-9},
            )
            z = done.x
            now = self.evaluate(prices(z))[0]
            if now < bound:
                best, bound = prices(z), now
        return best, bound

    def undecided(self, prices: Floats) -> Floats:
        """Return by how much each result's best choice leads over its next, shape (results,)."""
        reduced = self.value - self.charges(prices)
        best = np.maximum.reduceat(reduced, self.first)
        rest = reduced.copy()
        place = np.flatnonzero(reduced == best[self.of])
        _, once = np.unique(self.of[place], return_index=True)
        rest[place[once]] = -np.inf
        second = np.maximum.reduceat(rest, self.first)
        lead = best - second
        free = ~self.must
        if self.tracks:
            self.evaluate(prices)
            free &= self.line == 0
        nothing = np.where(best > 0, np.minimum(lead, best), -best)
        lead = np.where(free, nothing, lead)
        if self.tracks:
            lead = np.where(self.line < 0, np.inf, lead)
        return lead
