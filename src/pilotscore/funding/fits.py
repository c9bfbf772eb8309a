"""What would have to change for a result to be in a portfolio that it is not in.

It is read off the record of the decision, by an argument that needs no trial. The portfolio has the
greatest worth there is, and this result is not in it. With a smaller request that fits into what
the other awards leave, the same awards and this one are worth more than that; and no portfolio
without it is, since none of those became better. So it would be in.
"""

from __future__ import annotations

from pilotscore.funding.decision import Decision
from pilotscore.funding.grants import rounded_to
from pilotscore.funding.grounds import Stop
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True)
class Fit:
    """What a result that is not in the portfolio would need.

    ``amount`` is the greatest request that fits beside the other awards, in fen, None where there
    is none; ``short`` has each limit that is too tight for its request, and by how much.
    """

    amount: int | None
    short: tuple[tuple[Stop, int], ...]


def fit_of(decision: Decision, i: int) -> Fit | None:
    """Return what a result would need to be in the portfolio.

    None where another rule decides, where it is in, or where more than limits keeps it out.
    """
    grounds = decision.grounds[i]
    if decision.rule != "portfolio" or not grounds.stops or grounds.bonds:
        return None
    if decision.allocation.choice[i] >= 0:
        return None
    short = tuple((stop, stop.needs - stop.left) for stop in grounds.stops)
    return Fit(_greatest(decision, i), short)


def _greatest(decision: Decision, i: int) -> int | None:
    instance, grounds = decision.instance, decision.grounds[i]
    problem = instance.problem
    offers = problem.owner == i
    if offers.sum() != 1 or any(s.counts == "awards" for s in grounds.stops):
        return None  # of several levels another one than the least may be chosen
    if problem.max_jump is not None:
        return None
    whole = int(instance.grants.amount[i])
    most = min(whole * stop.left // stop.needs for stop in grounds.stops)
    unit = rounded_to(instance.call, instance.unit.fen)
    amount = most // unit * unit
    if amount < max(int(instance.grants.least[i]), 1):
        return None
    # What it would add is more than any portfolio may lack of the best, now or solved again.
    allocation = decision.allocation
    worth = float(problem.value[offers][0]) * amount / whole
    lacking = max(allocation.bound - allocation.value, instance.call.solver.gap * allocation.value)
    return amount if worth > lacking else None
