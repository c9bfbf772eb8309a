"""The chance of being funded, and the discussion zone at the line.

A rule that looks whether a result's interval of ranks crosses the line jumps: quantiles of ranks
are whole numbers, and a shift of a hair moves several results into the group at once. Nor is the
line a number of results: it is money. So the money is given out anew for every draw of scores, and
what is reported is the share of draws in which a result is funded.

The idea of a zone that is decided by lot or by the panel is that of the SNSF (Heyard, Ott, Salanti,
Egger 2022, "Rethinking the Funding Line at the Swiss National Science Foundation", Statistics and
Public Policy 9, 110-121; known from its software ERforResearch), which asks for rank intervals;
the chance on money is this tool's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pilotscore.allocation.rank_order import with_needs
from pilotscore.allocation.walk import AtMiss, is_plain, least_of, room_of, walk
from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.records import dataclass

if TYPE_CHECKING:
    from pilotscore.allocation.problem import Allocation, Problem

    Chunk = tuple[Floats, Ints]


class NoDrawError(ValueError):
    """There is no draw, or none in which what the call wants at the least can be met."""


class Zone(IntEnum):
    """Where a result stands at the line."""

    OUT = -1
    DISCUSSION = 0
    SURE = 1


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """How often each result was funded.

    ``funded`` has shape (n,): in how many of ``draws`` draws (a mean over equal results).
    ``offers`` has shape (k,): in how many each offer was given. ``unmet`` draws more were left out:
    what the call wants at the least cannot be met in them.
    """

    funded: Ints | Floats
    offers: Ints
    draws: int
    unmet: int = 0

    @property
    def chance(self) -> Floats:
        """Share of draws in which each result was funded, 0-1, shape (n,)."""
        share: Floats = self.funded / self.draws
        return share

    @property
    def error(self) -> Floats:
        """Standard error of the simulation, ``sqrt(p (1 - p) / draws)``, shape (n,).

        It says how far another run would differ, not how sure the scores are. It is 0 at 0 and 1,
        where :meth:`bounds` still tells something.
        """
        p = self.chance
        error: Floats = np.sqrt(p * (1 - p) / self.draws)
        return error

    def bounds(self, confidence: float = 0.95) -> tuple[Floats, Floats]:
        """Return Wilson's score bounds of the simulation, each one-sided, shape (n,) each."""
        from pilotscore.measures.proportions import wilson

        trials = np.full(len(self.funded), float(self.draws))
        bounds = wilson(self.funded.astype(np.float64), trials, confidence)
        return bounds.low, bounds.high


@dataclass(frozen=True, slots=True, eq=False)
class Zones:
    """The zone of each result, shape (n,), and whether the simulation leaves it open.

    ``unsettled`` is where the bounds of the simulation hold a stated chance: more draws may move
    the result into another zone.
    """

    zone: Codes
    unsettled: Bools


def rank_orders(
    problem: Problem,
    scores: Floats,
    grades: Ints | None = None,
    by: tuple[str, ...] = ("grade", "index"),
    ties: Ints | None = None,
) -> Ints:
    """Return the order of each draw, shape (d, n): by grade (0 is best), then score, or ``by``.

    Results equal in both (scores to nine decimals, as the ranking has it) stand as in the
    problem's own order, or as ``ties`` (d, n) has it. A grade below 0 is none and comes last.
    """
    d, n = scores.shape
    last = problem.ranks if ties is None else ties
    keys: list[NDArray[np.generic]] = [np.broadcast_to(last, (d, n))]
    for name in reversed(by):
        if name == "index":
            keys.append(-np.round(np.where(np.isnan(scores), -np.inf, scores), 9))
        elif grades is not None:
            keys.append(np.where(grades < 0, np.iinfo(np.int64).max, grades))
    order: Ints = np.lexsort(keys, axis=-1)
    return order


@dataclass(frozen=True, slots=True)
class FromScores:
    """What scores and grades (d, n) of draws decide, beside who ranks before whom.

    Attributes
    ----------
    order
        Gives the order of each draw (d, n), where it is not that of :func:`rank_orders`.
    eligible
        Gives who may be funded (d, n): a floor of score, a least grade. Who is not eligible in the
        problem never is.
    value
        Gives, for scores and grades (n,) of one draw, the worth of the offers (k,), for another
        rule alone. Without it the problem's own worth stays.
    """

    order: Callable[[Floats, Ints], Ints] | None = None
    eligible: Callable[[Floats, Ints], Bools] | None = None
    value: Callable[[Floats, Ints], Floats] | None = None


def chances(
    problem: Problem,
    draws: Iterable[Chunk],
    by: FromScores = FromScores(),  # noqa: B008 - frozen
    *,
    at_miss: AtMiss = "skip",
    levels: tuple[int, ...] | None = (0,),
    allocate: Callable[[Problem], Allocation | None] | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> Chances:
    """Give the money out anew for each draw of scores, and count who is funded.

    Parameters
    ----------
    problem
        What is to be allocated; its order breaks ties.
    draws
        Chunks of scores (d, n) and grades (d, n), 0 the best grade. Who has no score (nan) in a
        draw is not funded in it, unless required.
    by
        What the scores decide beside the order.
    at_miss, levels
        As for :func:`~pilotscore.allocation.walk.walk`.
    allocate
        Another rule, called once for each draw with the problem in that draw's order and scores.
        Needed where more holds than limits; slower. None from it: the draw cannot be met.
    progress
        Called with how many more draws are done.

    Returns
    -------
    Chances
        The same for the same draws.

    Raises
    ------
    NoDrawError, ValueError
        There is no draw, or none that can be met. Exclusions, dependencies or a bound of jumps
        hold and no ``allocate`` is given: going down the order heeds none of them.
    """
    if allocate is None and not is_plain(problem):
        raise ValueError("more than limits hold: pass a rule of allocation")
    room, least = room_of(problem), least_of(problem)
    offers = np.zeros(len(problem.owner), dtype=np.int64)
    count = unmet = 0
    # Who must be funded was decided whatever the scores turn out to be.
    must = problem.required.copy()
    must[list(with_needs(problem, np.flatnonzero(must).tolist()))] = True
    must &= problem.eligible
    for scores, grades in draws:
        able = problem.eligible & ~np.isnan(scores)
        if by.eligible is not None:
            able = able & by.eligible(scores, grades)
        able = able | must
        orders = by.order(scores, grades) if by.order else rank_orders(problem, scores, grades)
        if allocate is None:
            choice = walk(room, orders, able, problem.required, at_miss, levels, None, least)
            progress(len(choice))
        else:
            given = []
            for i in range(len(scores)):
                drawn = (scores[i], grades[i])
                given.append(allocate(_redrawn(problem, orders[i], able[i], drawn, by)))
                progress(1)
            met = [g.choice for g in given if g is not None]
            unmet += len(given) - len(met)
            choice = np.array(met, dtype=np.int64).reshape(len(met), len(problem))
        offers += np.bincount(choice[choice >= 0], minlength=len(offers))
        count += len(choice)
    if not count:
        raise NoDrawError("there is no draw of scores that can be met")
    funded = np.bincount(problem.owner, weights=offers, minlength=len(problem)).astype(np.int64)
    return Chances(funded, offers, count, unmet)


def _redrawn(
    problem: Problem, order: Ints, eligible: Bools, drawn: tuple[Floats, Ints], by: FromScores
) -> Problem:
    worth = problem.value if by.value is None else by.value(*drawn)
    return replace(problem, order=order, eligible=eligible, score=drawn[0], value=worth)


def zones(chances: Chances, sure: float = 0.95, out: float = 0.05) -> Zones:
    """Return who is surely funded, who surely not, and who stands in the discussion zone between.

    Parameters
    ----------
    chances
        The chances.
    sure, out
        A chance of at least ``sure`` is funded, of at most ``out`` is not. The office states both.

    Raises
    ------
    ValueError
        Not ``0 <= out < sure <= 1``.
    """
    if not 0 <= out < sure <= 1:
        raise ValueError(f"chances {out} and {sure} bound no zone")
    chance = chances.chance
    zone = np.where(chance >= sure, Zone.SURE, np.where(chance <= out, Zone.OUT, Zone.DISCUSSION))
    low, high = chances.bounds()
    unsettled = ((low < sure) & (chance >= sure)) | ((high > out) & (chance <= out))
    unsettled |= (zone == Zone.DISCUSSION) & ((high >= sure) | (low <= out))
    return Zones(zone.astype(np.int8), unsettled)


def order_after_draw(order: Ints, zone: Codes, drawn: Ints) -> Ints:
    """Return the order after a lottery in the zone: the sure ones, those drawn, then the rest.

    The money is then given out down this order. It suffices for the sure ones to within a hair:
    what they cost is at most ``budget / sure``, so the last of them may, rarely, not fit; and what
    the lots leave over may still pay for a cheap one of the rest.

    Parameters
    ----------
    order
        Shape (n,): the places of the results, best first.
    zone
        Shape (n,): as :class:`Zones` has it.
    drawn
        The results of the discussion zone in the order in which they were drawn, all of them.

    Raises
    ------
    ValueError
        ``drawn`` is not the discussion zone.
    """
    if sorted(drawn.tolist()) != np.flatnonzero(zone == Zone.DISCUSSION).tolist():
        raise ValueError("what was drawn is not the discussion zone")
    placed = zone[order]
    return np.concatenate([order[placed == Zone.SURE], drawn, order[placed == Zone.OUT]])
