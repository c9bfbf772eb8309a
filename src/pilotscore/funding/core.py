"""Which results are in nearly every good portfolio, whatever the weights and scores turn out to be.

Robust portfolio modelling: a portfolio is good if no other one is at least as good for all weights
and scores that are thought possible. The core index of a result is the share of good portfolios
that hold it: core results can be chosen now, exterior ones left, and only for the borderline ones
does it pay to find out more. Sources: Liesiö, Mild, Salo 2007, "Preference programming for robust
portfolio modeling and project selection", European Journal of Operational Research 181, 1488-1505;
the same 2008, "Robust portfolio modeling with incomplete cost information and project
interdependencies", EJOR 190, 679-695 (their abstracts were at hand; the rest from general knowledge).

To list all good portfolios is possible for a few results alone (:func:`non_dominated`). For many,
:func:`core_index` takes the best portfolio of each of many scenarios instead. A portfolio that alone
is best in a scenario is good, so a result in every good portfolio has index 1 here too, and one in
none has 0, as far as each scenario is solved exactly; in between the two figures differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from pilotscore.allocation.walk import is_plain, offers_of, room_of, walk
from pilotscore.arrays import Bools, Codes, Floats, Ints

if TYPE_CHECKING:
    from pilotscore.allocation.problem import Allocation, Problem
    from pilotscore.allocation.walk import Room


class Standing(IntEnum):
    """Where a result stands among the good portfolios."""

    EXTERIOR = -1
    BORDERLINE = 0
    CORE = 1


@dataclass(frozen=True, slots=True, eq=False)
class CoreIndex:
    """In how many of ``scenarios`` good portfolios each result is, shape (n,)."""

    held: Ints
    scenarios: int

    @property
    def index(self) -> Floats:
        """The core index, 0-1, shape (n,)."""
        share: Floats = self.held / self.scenarios
        return share

    def standing(self, core: float = 0.95, exterior: float = 0.05) -> Codes:
        """Return the :class:`Standing` of each result, shape (n,).

        An index of at least ``core`` is core, of at most ``exterior`` is exterior. 1 and 0 are the
        bounds of the papers; scenarios are a sample, and weaker bounds say "nearly every".
        """
        if not 0 <= exterior < core <= 1:
            raise ValueError(f"core {core} and exterior {exterior} leave no borderline")
        index = self.index
        standing = np.where(
            index >= core,
            Standing.CORE,
            np.where(index <= exterior, Standing.EXTERIOR, Standing.BORDERLINE),
        )
        return standing.astype(np.int8)


def core_index(
    problem: Problem,
    values: Iterable[Floats],
    allocate: Callable[[Problem], Allocation] | None = None,
) -> CoreIndex:
    """Return how often each result is in the best portfolio of a scenario.

    Parameters
    ----------
    problem
        What is to be allocated.
    values
        Chunks of shape (d, k): the worth of each offer in each scenario (draws of scores, weights).
    allocate
        Gives the best portfolio of one scenario. Without it the limits must be a single budget,
        and :func:`price_portfolios` is used.

    Raises
    ------
    ValueError
        There is no scenario, or more than one budget holds and no ``allocate`` is given.
    """
    held = np.zeros(len(problem), dtype=np.int64)
    count = 0
    for chunk in values:
        if allocate is None:
            choice = price_portfolios(problem, chunk)
        else:
            choice = np.stack([allocate(replace(problem, value=row)).choice for row in chunk])
        held += (choice >= 0).sum(axis=0)
        count += len(chunk)
    if not count:
        raise ValueError("there is no scenario")
    return CoreIndex(held, count)


def price_portfolios(problem: Problem, values: Floats) -> Ints:
    """Return nearly best portfolios under a single budget, shape (d, n): offers, -1 for none.

    Each result takes the offer with the highest ``value - price x cost``; the price is bisected
    until the money just suffices, and what is left is given to those who have nothing, in the order
    of value per fen. Where every result has one offer the loss is at most the worth of one result
    (Dantzig 1957, "Discrete-variable extremum problems", Operations Research 5, 266-277; from
    general knowledge), which is little among many; with several levels it is at most that of one
    step, as long as no two steps are worth the same for a fen. All scenarios are worked out at once.

    Parameters
    ----------
    problem
        Its limits are one budget over all results.
    values
        Shape (d, k), at least 0.
    """
    budget = _budget(problem)
    cost, owner, n = problem.total_cost, problem.owner, len(problem)
    draws, k = values.shape
    able = problem.eligible | problem.required
    worth = np.where(able[owner], values, -1.0)
    offers = offers_of(problem)
    # What a result must have: its dearest offer, as going down an order gives it.
    must = problem.required[owner]
    first = np.zeros(k, dtype=bool)
    first[offers[:, 0][offers[:, 0] >= 0]] = True
    worth = np.where(must, np.where(first, np.inf, -1.0), worth)
    padded = np.concatenate([worth, np.full((draws, 1), -1.0)], axis=1)[:, offers]
    price_of = np.append(cost, 0)[offers].astype(np.float64)

    def choose(price: Floats) -> tuple[Ints, Ints]:
        net = padded - price[:, None, None] * price_of
        best = net.argmax(axis=2)
        offer = offers[np.arange(n), best]
        chosen: Ints = np.where(net.max(axis=2) > 0, offer, -1)
        spent: Ints = np.append(cost, 0)[chosen].sum(axis=1)
        return chosen, spent

    finite = np.where(np.isfinite(worth), worth, 0.0)
    low = np.zeros(draws)
    high = (finite / np.maximum(cost, 1)).max(axis=1, initial=0.0) * 2 + 1e-12
    choice, spent = choose(low)
    # Money for all: no price. Otherwise the lowest price at which it suffices.
    scarce = spent > budget
    for _ in range(50):
        if not scarce.any():
            break
        price = (low + high) / 2
        _, spent = choose(price)
        low, high = np.where(spent > budget, price, low), np.where(spent > budget, high, price)
    dear, _ = choose(high)
    choice = np.where(scarce[:, None], dear, choice)
    return _fill(room_of(problem), problem, values, choice)


def _fill(room: Room, problem: Problem, values: Floats, choice: Ints) -> Ints:
    """Give what is left to results that have nothing, in the order of value per fen."""
    full = room.offers[:, 0]
    density = values[:, full] / np.maximum(problem.total_cost[full], 1)
    able = np.broadcast_to(problem.eligible, choice.shape) & (values[:, full] > 0)
    orders = np.argsort(-density, axis=1, kind="stable")
    return walk(room, orders, able, problem.required, "skip", None, start=choice)


def _budget(problem: Problem) -> int:
    limits = [limit for limit in problem.limits if limit.most is not None]
    if (
        not is_plain(problem)
        or len(limits) != 1
        or limits[0].counts != "money"
        or limits[0].stage is not None
        or not limits[0].members.all()
    ):
        raise ValueError("more than a single budget holds: pass a rule of allocation")
    return limits[0].most or 0


def non_dominated(
    low: Floats, high: Floats, costs: Ints, budget: int, most: int = 16
) -> tuple[Bools, Bools]:
    """Return all portfolios within a budget, and which of them no other one dominates.

    One portfolio dominates another if, for all weights and all scores within their bounds, it is
    worth no less, and for some more. Worth is linear in the weights, so the extreme points of the
    set of weights decide; what both hold cancels, so that the bounds of scores matter only for what
    one alone holds (Liesiö, Mild, Salo 2007). Every portfolio is compared with every other: for a
    few results only.

    Parameters
    ----------
    low, high
        Shape (e, n): least and greatest worth of each result at each extreme point of the weights.
    costs, budget
        Fen.
    most
        The greatest n.

    Returns
    -------
    portfolios, good
        Shapes (p, n) and (p,).
    """
    n = len(costs)
    if n > most:
        raise ValueError(f"{n} results have too many portfolios to list; at most {most}")
    portfolios = (np.arange(1 << n)[:, None] >> np.arange(n)) & 1 == 1
    portfolios = portfolios[np.where(portfolios, costs, 0).sum(axis=1) <= budget]
    good = np.ones(len(portfolios), dtype=bool)
    for place, held in enumerate(portfolios):
        alone, lost = portfolios & ~held, held & ~portfolios
        worst = alone @ low.T - lost @ high.T
        best = alone @ high.T - lost @ low.T
        good[place] = not ((worst >= -1e-12).all(axis=1) & (best > 1e-12).any(axis=1)).any()
    return portfolios, good
