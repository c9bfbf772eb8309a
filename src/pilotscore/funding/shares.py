"""Equal shares: a rule under which no group of evaluators spends the money of the others.

Where a majority of evaluators has its way at every step (a greedy choice by votes), a minority
that agrees may get nothing. Under equal shares each evaluator has the same part of the budget.
"""

from __future__ import annotations

from fractions import Fraction

from pilotscore.arrays import Ints
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True)
class Shared:
    """What equal shares funds: places in the order bought, and fen left over.

    ``rates`` are what a unit of utility cost those who paid, ascending. Evaluators' shares are
    fractions inside; what is paid for a result is its cost to the fen.
    """

    funded: tuple[int, ...]
    rates: tuple[Fraction, ...]
    left: int


def equal_shares(utilities: Ints, costs: Ints, budget: int) -> Shared:
    """Fund by the method of equal shares.

    Each of v evaluators has ``budget / v``. A result is affordable at rate r if those who value it
    can pay its cost, each r for a unit of utility or all that is left to them. The one with the
    lowest rate is bought, until none is affordable. Source: Peters, Pierczynski, Skowron 2021,
    "Proportional Participatory Budgeting with Additive Utilities", NeurIPS 34 (from general
    knowledge; held against a case solved with pabutools). Money may be left over: what is done
    with it (rank order, usually) is for the caller to say.

    Parameters
    ----------
    utilities
        Shape (v, n), whole, at least 0: of result i for evaluator v; 0 does not pay. Approval times
        cost counts money; 1 for approval counts results.
    costs
        Shape (n,), fen, above 0.
    budget
        Fen.

    Notes
    -----
    Of equal rates the earlier result is bought: give them in rank order.
    """
    voters, n = utilities.shape
    purses = [Fraction(budget, voters) for _ in range(voters)] if voters else []
    worth = utilities.T.tolist()
    funded: list[int] = []
    rates: list[Fraction] = []
    open_to = [i for i in range(n) if any(worth[i])]
    while True:
        best: tuple[Fraction, int] | None = None
        still = []
        for i in open_to:
            rate = _rate(worth[i], purses, int(costs[i]))
            if rate is None:
                continue  # purses only shrink: it never becomes affordable again
            still.append(i)
            if best is None or rate < best[0]:
                best = rate, i
        if best is None:
            left = budget - sum(int(costs[i]) for i in funded)
            return Shared(tuple(funded), tuple(rates), left)
        rate, i = best
        for voter, utility in enumerate(worth[i]):
            purses[voter] -= min(purses[voter], rate * utility)
        funded.append(i)
        rates.append(rate)
        open_to = [other for other in still if other != i]


def _rate(worth: list[int], purses: list[Fraction], cost: int) -> Fraction | None:
    """Return the rate at which those who value a result can pay for it, None if they cannot."""
    payers = sorted((purses[v] / u, u, purses[v]) for v, u in enumerate(worth) if u > 0)
    if sum((purse for _, _, purse in payers), Fraction(0)) < cost:
        return None
    rest, units = Fraction(cost), sum(u for _, u, _ in payers)
    for most, unit, purse in payers:
        if rest <= most * units:
            return rest / units
        # The poorest relative to what it is worth to them pay all they have.
        rest -= purse
        units -= unit
    return None
