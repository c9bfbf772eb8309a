"""A call decided: both rules side by side, the chances at the line, the draw, the reserve list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from pilotscore.funding.applied import Applied
from pilotscore.funding.chance import Chances, Zone, Zones, chances, order_after_draw, zones
from pilotscore.funding.jumps import Jump, jumps
from pilotscore.funding.lottery import Draw, draw, key_of
from pilotscore.funding.portfolio import allocate, nearly_best
from pilotscore.funding.problem import Allocation, Problem
from pilotscore.funding.rank_order import RankOrder, allocate_in_order
from pilotscore.funding.reserve import Reserve, reserve_list
from pilotscore.funding.walk import is_plain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

Chunks = Callable[[int], Iterator[tuple["Floats", "Ints"]]]
# What draws may cost where the rule is worked out anew for each: results times draws.
_STEPS_IN_ORDER = 2_000_000
_STEPS_PORTFOLIO = 8_000
_FEWEST = 50
NEARLY = 0.03


class Outcome(Enum):
    """What is decided for a result."""

    FUND = "fund"
    DISCUSS = "discuss"
    DRAW = "draw"
    RESERVE = "reserve"
    DEFER = "defer"
    DECLINE = "decline"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, eq=False)
class AtTheLine:
    """The chances of being funded, the zones, and the draw if there was one.

    ``draws`` is how many were worked out: fewer than asked for where each takes an allocation of
    its own. ``pool`` has the ids of the discussion zone.
    """

    chances: Chances
    zones: Zones
    draws: int
    asked: int
    pool: tuple[str, ...]
    draw: Draw | None


@dataclass(frozen=True, slots=True, eq=False)
class Funded:
    """A call decided.

    ``rank_order`` and ``portfolio`` are what the two rules give; ``given`` is that of the call's
    rule, after a draw if there was one. ``jumps_in_order`` and ``jumps_portfolio`` list who was
    passed over; ``outcomes`` has what is decided for each of the n results.
    """

    applied: Applied
    rank_order: RankOrder
    portfolio: Allocation
    given: Allocation
    jumps_in_order: tuple[Jump, ...]
    jumps_portfolio: tuple[Jump, ...]
    line: AtTheLine | None
    reserve: tuple[Reserve, ...]
    outcomes: tuple[Outcome, ...]

    def amount(self, given: Allocation | None = None) -> Ints:
        """Return what each result is given, in fen, shape (n,)."""
        import numpy as np

        choice = (given or self.given).choice
        total = self.applied.problem.total_cost
        return np.where(choice >= 0, total[np.maximum(choice, 0)] if len(total) else 0, 0)

    def by_stage(self) -> Ints:
        """Return what each result is given in each stage, in fen, shape (n, s)."""
        import numpy as np

        choice, cost = self.given.choice, self.applied.problem.cost
        found = np.zeros((len(choice), cost.shape[1]), dtype=np.int64)
        funded = choice >= 0
        found[funded] = cost[choice[funded]]
        return found

    @property
    def lost_in_order(self) -> float:
        """What rank order loses of the objective against the portfolio, as a share; nan if unknown."""
        best = self.portfolio.value
        return (best - self.rank_order.allocation.value) / best if best > 0 else float("nan")


def decide(applied: Applied, chunks: Chunks | None = None) -> Funded:
    """Decide a call by both rules.

    Parameters
    ----------
    applied
        The call applied to a ranking.
    chunks
        Gives, for a number of draws, chunks of scores (d, n) and grades (d, n) under uncertainty;
        without it there are no chances at the line.

    Raises
    ------
    InfeasibleError
        The constraints of the call cannot hold together.
    """
    call, problem = applied.loaded.call, applied.problem
    # Whether the constraints hold together is found out before the long work of the draws.
    portfolio = allocate(problem, gap=call.solver.gap, seconds=call.solver.seconds)
    line = None
    if call.line.discussion is not None and chunks is not None and problem.eligible.any():
        line = _at_the_line(applied, chunks)
    return decide_at(applied, line, portfolio=portfolio)


def decide_at(
    applied: Applied,
    line: AtTheLine | None,
    *,
    portfolio: Allocation | None = None,
    settled: Mapping[int, Outcome] | None = None,
) -> Funded:
    """Decide a call whose line is known.

    Parameters
    ----------
    line
        The chances, the zones and the draw, if there are any.
    portfolio
        That of the problem, where it is known already.
    settled
        What was decided for results by their places, whatever the rule gives them.
    """
    call, problem = applied.loaded.call, applied.problem
    if portfolio is None:
        portfolio = allocate(problem, gap=call.solver.gap, seconds=call.solver.seconds)
    in_order = allocate_in_order(problem, call.line.miss, partial=call.line.partial)
    given = portfolio if call.rule == "portfolio" else in_order.allocation
    served = problem
    if line is not None and line.draw is not None:
        served = after_draw(applied, line)
        given = _after_draw(served, applied)
    settled = settled or {}
    waits = _waiting(applied, line, settled)
    reserve: tuple[Reserve, ...] = ()
    if call.reserve:
        reserve = reserve_list(replace(served, eligible=served.eligible & ~waits), given, call.reserve)  # fmt: skip
    found = Funded(
        applied, in_order, portfolio, given, jumps(problem, in_order.allocation),
        jumps(problem, portfolio), line, reserve, (),
    )  # fmt: skip
    return replace(found, outcomes=_outcomes(found, waits, settled))


def give(applied: Applied, line: AtTheLine | None) -> Allocation:
    """Return what the call's own rule gives, after the draw if there was one."""
    call, problem = applied.loaded.call, applied.problem
    if line is not None and line.draw is not None:
        return _after_draw(after_draw(applied, line), applied)
    if call.rule == "portfolio":
        return allocate(problem, gap=call.solver.gap, seconds=call.solver.seconds)
    return allocate_in_order(problem, call.line.miss, partial=call.line.partial).allocation


def _waiting(applied: Applied, line: AtTheLine | None, settled: Mapping[int, Outcome]) -> Bools:
    """Return who waits for the office or the draw."""
    import numpy as np

    waits = np.zeros(len(applied.problem), dtype=bool)
    if line is not None and line.draw is None:
        waits = line.zones.zone == Zone.DISCUSSION
        waits[list(settled)] = False
    return waits


def rule_of(applied: Applied) -> Callable[[Problem], Allocation]:
    """Return the call's rule of allocation as a function of a problem of a draw.

    Of the portfolio, one within :data:`NEARLY` of the best: the last percent takes ten times the
    time, and the draws differ by far more.
    """
    call = applied.loaded.call
    if call.rule == "portfolio":
        return lambda p: nearly_best(p, seconds=call.solver.seconds)
    return lambda p: allocate_in_order(p, call.line.miss, partial=call.line.partial).allocation


def _at_the_line(applied: Applied, chunks: Chunks) -> AtTheLine:
    import numpy as np

    call, problem = applied.loaded.call, applied.problem
    asked = call.line.discussion
    assert asked is not None
    plain = call.rule == "rank_order" and is_plain(replace(problem, max_jump=None))
    n = max(len(problem), 1)
    draws = asked.draws
    if not plain:
        steps = _STEPS_PORTFOLIO if call.rule == "portfolio" else _STEPS_IN_ORDER
        draws = min(draws, max(_FEWEST, steps // n))
    criteria = applied.ranking.assessment.criteria
    least = None if call.least_grade is None else criteria.grade_position[call.least_grade]

    def eligible(scores: Floats, grades: Ints) -> Bools:
        able: Bools = np.nan_to_num(scores, nan=-1.0) >= call.floor
        if least is not None:
            able = able & (grades >= 0) & (grades <= least)
        return able

    found = chances(
        replace(problem, max_jump=None) if plain else problem,
        _first(chunks(draws), draws),
        at_miss=call.line.miss,
        levels=None if call.line.partial else (0,),
        eligible=eligible,
        allocate=None if plain else rule_of(applied),
        value=lambda scores, _: applied.value(np.nan_to_num(scores)),
    )
    placed = zones(found, asked.sure, asked.out)
    ids = applied.ranking.assessment.measurements.ids
    zone = np.where(problem.eligible & ~problem.required, placed.zone, Zone.OUT)
    zone = np.where(problem.required, Zone.SURE, zone).astype(np.int8)
    placed = replace(placed, zone=zone)
    pool = tuple(ids[i] for i in problem.order.tolist() if zone[i] == Zone.DISCUSSION)
    drawn = None
    if asked.decide == "lottery" and asked.lottery is not None and asked.lottery.values and pool:
        drawn = draw(pool, key_of(asked.lottery.values))
    return AtTheLine(found, placed, found.draws, asked.draws, pool, drawn)


def _first(chunks: Iterator[tuple[Floats, Ints]], draws: int) -> Iterator[tuple[Floats, Ints]]:
    """Yield chunks until there are so many draws, and no more."""
    left = draws
    for scores, grades in chunks:
        if left <= 0:
            return
        yield scores[:left], grades[:left]
        left -= len(scores)


def after_draw(applied: Applied, line: AtTheLine) -> Problem:
    """Return the problem in the order after the draw: the sure ones, those drawn, then the rest."""
    import numpy as np

    assert line.draw is not None
    places = {name: i for i, name in enumerate(applied.ranking.assessment.measurements.ids)}
    drawn = np.array([places[name] for name in line.draw.order], dtype=np.int64)
    problem = applied.problem
    return replace(problem, order=order_after_draw(problem.order, line.zones.zone, drawn))


def _after_draw(served: Problem, applied: Applied) -> Allocation:
    call = applied.loaded.call
    found = allocate_in_order(served, call.line.miss, partial=call.line.partial)
    return replace(found.allocation, engine=f"{found.allocation.engine}, after a draw by lot")


def _outcomes(found: Funded, waits: Bools, settled: Mapping[int, Outcome]) -> tuple[Outcome, ...]:
    applied = found.applied
    call = applied.loaded.call
    reserve = {r.result for r in found.reserve}
    discussion = call.line.discussion
    lots = discussion is not None and discussion.decide == "lottery"
    criteria = applied.ranking.assessment.criteria
    later = call.next_round
    least = None
    if later is not None and later.least_grade is not None:
        least = criteria.grade_position[later.least_grade]
    grade = applied.ranking.assessment.grade
    outcomes = []
    for i in range(len(applied)):
        if i in settled:
            outcomes.append(settled[i])
        elif applied.refusals[i]:
            outcomes.append(Outcome.REFUSE)
        elif waits[i]:
            outcomes.append(Outcome.DRAW if lots else Outcome.DISCUSS)
        elif found.given.choice[i] >= 0:
            outcomes.append(Outcome.FUND)
        elif i in reserve:
            outcomes.append(Outcome.RESERVE)
        elif later is not None and (least is None or 0 <= grade[i] <= least):
            outcomes.append(Outcome.DEFER)
        else:
            outcomes.append(Outcome.DECLINE)
    return tuple(outcomes)
