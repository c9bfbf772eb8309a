"""Nearly best portfolios of many draws of one problem: few results looked at, prices carried over.

From draw to draw scores change a little, and with them what is worth its price; of thousands of
results a few hundred come into question. So the relaxation is solved over those that stand best at
the prices of the draw before. Then all others are held against its prices: those that would pay are
added, until none is left (sifting, as for linear programmes with many more columns than rows; from
general knowledge). What the rest could add at the most goes into the bound, so that the gap told
holds for the whole draw.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from pilotscore.allocation.holding import contribution, fundable, total_value
from pilotscore.allocation.milp import build
from pilotscore.allocation.near import Near, relative_gap
from pilotscore.allocation.portfolio import nearly_best
from pilotscore.allocation.prices import price
from pilotscore.allocation.problem import Allocation, Problem, as_it_was, in_rank_order
from pilotscore.allocation.solver import solve
from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.highs import version
from pilotscore.records import dataclass

_FEWEST = 120  # results that are looked at besides three for each that pays
_NEARLY_ALL = 0.6  # of the results: from there on all are looked at
_ROUNDS = 8
_LEFT_OUT = 1e-4  # of the bound: what those left out may add to it
_OF_GAP = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class _Few:
    """A draw with few of its results: their places, the problem they are, and its offers' places.

    ``near`` searches it; its bound holds for the whole draw.
    """

    places: Ints
    problem: Problem
    offers: Ints
    near: Near


class ManyDraws:
    """The portfolios of many draws of a problem, one after the other.

    Parameters
    ----------
    problem
        What all draws have in common: offers, limits, bonds, and who must be funded. A draw has
        its own order, scores and values, and may let fewer be eligible.
    gap
        Within how much of the best of its draw a portfolio is.
    seconds
        For one draw.
    """

    def __init__(self, problem: Problem, *, gap: float, seconds: float) -> None:
        self.gap, self.seconds = gap, seconds
        self.always = problem.required | problem.tied
        self.uses = _Uses(problem)
        prices = price(problem)
        self.prices = np.zeros(len(problem.limits)) if prices is None else prices.limits

    def nearly_best(self, drawn: Problem) -> Allocation | None:
        """Return a portfolio of a draw; None where its limits cannot be met.

        Where no portfolio near enough comes of few results, all are looked at
        (:func:`~pilotscore.allocation.portfolio.nearly_best`).
        """
        few = self._few(drawn) if drawn.max_jump is None else None
        allocation = None if few is None else self._of_few(drawn, few)
        return allocation or nearly_best(drawn, gap=self.gap, seconds=self.seconds)

    def _few(self, drawn: Problem) -> _Few | None:
        """Return the results that count in a draw; None where they are nearly all."""
        able, end = fundable(drawn), time.monotonic() + self.seconds
        if not able.any():
            return None
        lead = self.uses.lead(drawn, able, self.prices)
        most = _FEWEST + 3 * int((lead > 0).sum())
        inside = _with_the_best(self.always, lead, most)
        for _ in range(_ROUNDS):
            if inside.sum() > _NEARLY_ALL * able.sum():
                return None
            places = drawn.order[inside[drawn.order]]
            few, offers = in_rank_order(self.uses.binding(drawn, inside), places)
            model = build(few)
            relaxed = solve(model, gap=0.0, seconds=self.seconds, relaxed=True)
            if relaxed.duals is None:
                return None
            self.uses.learn(self.prices, few, relaxed.duals / model.unit)
            lead = np.where(inside, 0.0, self.uses.lead(drawn, able, self.prices))
            left_out = float(np.maximum(lead, 0.0).sum())
            if left_out <= _LEFT_OUT * abs(relaxed.bound):
                bounded = replace(relaxed, bound=relaxed.bound + left_out)
                return _Few(places, few, offers, Near(few, model, bounded, end))
            inside = _with_the_best(inside, np.where(lead > 0, lead, -np.inf), most)
        return None

    def _of_few(self, drawn: Problem, few: _Few) -> Allocation | None:
        """Return a portfolio of few results where it is near enough to the best of all."""
        choice = few.near.first(self.gap * _OF_GAP)
        if choice is None:
            return None
        value = total_value(few.problem, choice)
        bound = max(few.near.bound, value)
        gap = relative_gap(value, bound)
        if gap > self.gap:
            return None
        whole = as_it_was(drawn, choice, few.offers, few.places)
        return Allocation(whole, value, bound, True, gap, ((),) * len(drawn), version())


def _with_the_best(inside: Bools, lead: Floats, most: int) -> Bools:
    """Return these results and those of the greatest lead, so many and all of an equal one."""
    outside = np.where(inside, -np.inf, lead)
    most = min(most, len(outside))
    least = np.partition(outside, len(outside) - most)[len(outside) - most]
    chosen: Bools = inside | ((outside >= least) & np.isfinite(outside))
    return chosen


class _Uses:
    """What the offers of a problem use of its limits, and what that costs at prices."""

    def __init__(self, problem: Problem) -> None:
        total = problem.total_cost
        limits, offers, amounts = [], [], []
        for j, limit in enumerate(problem.limits):
            adds = contribution(problem, limit, total)
            counted = np.flatnonzero(adds)
            limits.append(np.full(len(counted), j))
            offers.append(counted)
            amounts.append(adds[counted])
        none = np.zeros(0, dtype=np.int64)
        self.limit = np.concatenate([none, *limits])
        self.offer = np.concatenate([none, *offers])
        self.amount = np.concatenate([none, *amounts]).astype(np.float64)
        self.place = {limit.id: j for j, limit in enumerate(problem.limits)}

    def lead(self, drawn: Problem, able: Bools, prices: Floats) -> Floats:
        """Return by how much the best offer of each result is worth more than its price, (n,)."""
        k = len(drawn.owner)
        charge = np.bincount(self.offer, weights=self.amount * prices[self.limit], minlength=k)
        lead = np.full(len(drawn), -np.inf)
        np.maximum.at(lead, drawn.owner, drawn.value - charge)
        return np.where(able, lead, -np.inf)

    def binding(self, drawn: Problem, inside: Bools) -> Problem:
        """Return a problem without the limits that some of its results cannot reach together."""
        counted = inside[drawn.owner[self.offer]]
        most = np.bincount(
            self.limit[counted], weights=self.amount[counted], minlength=len(drawn.limits)
        )
        limits = zip(drawn.limits, most.tolist(), strict=True)
        kept = tuple(x for x, top in limits if x.least or (x.most is not None and top > x.most))
        return replace(drawn, limits=kept)

    def learn(self, prices: Floats, few: Problem, duals: Floats) -> None:
        """Put the prices of the limits of few results in the place of those before."""
        prices[:] = 0.0
        for limit, worth in zip(few.limits, duals.tolist(), strict=False):
            prices[self.place[limit.id]] = worth
