"""A call decided: both rules side by side, the chances at the line, the draw, the reserve list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from pilotscore.allocation.conflicts import InfeasibleError
from pilotscore.allocation.portfolio import allocate, nearly_best
from pilotscore.allocation.problem import Allocation, Problem
from pilotscore.allocation.rank_order import RankOrder, allocate_in_order, frame_of
from pilotscore.allocation.walk import is_plain
from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.errors import FaultyFileError
from pilotscore.findings import Finding, Place
from pilotscore.funding import kinds
from pilotscore.funding.chance import (
    Chances,
    NoDrawError,
    Zone,
    Zones,
    chances,
    order_after_draw,
    rank_orders,
    zones,
)
from pilotscore.funding.core import CoreIndex
from pilotscore.funding.eligibility import NO_MONEY
from pilotscore.funding.instance import Instance
from pilotscore.funding.jumps import Jump, jumps
from pilotscore.funding.lottery import Draw, canonical_pool, draw, key_of, pool_digest
from pilotscore.funding.reserve import Reserve, reserve_list
from pilotscore.language import Text

Chunks = Callable[[int], Iterator[tuple["Floats", "Ints"]]]
# What draws may cost where the rule is worked out anew for each: results times draws.
_STEPS_IN_ORDER = 2_000_000
_STEPS_PORTFOLIO = 8_000
_FEWEST = 50
_MOST_FOR_CORE = 60
NEARLY = 0.03


class FundingStatus(Enum):
    """What is decided for a result."""

    FUND = "fund"
    DISCUSS = "discuss"
    DRAW = "draw"
    RESERVE = "reserve"
    DEFER = "defer"
    DECLINE = "decline"
    PAID = "paid"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, eq=False)
class AtTheLine:
    """The chances of being funded, the zones, and the draw if there was one.

    ``draws`` is how many were worked out: fewer than asked for where each takes an allocation of
    its own. ``pool`` has the ids of the discussion zone, best first; of a draw, in its own order. ``core`` says in how many portfolios of
    the same draws each result is, each within :data:`NEARLY` of its best; None where no draw can
    meet the call's least amounts.
    """

    chances: Chances
    zones: Zones
    core: CoreIndex | None
    draws: int
    asked: int
    pool: tuple[str, ...]
    draw: Draw | None


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """A call decided.

    ``rank_order`` and ``portfolio`` are what the two rules give; ``given`` is that of the call's
    rule, after a draw if there was one. ``jumps_in_order`` and ``jumps_portfolio`` list who was
    passed over, ``jumps_given`` under what is given; ``statuses`` has what is decided for each of
    the n results.
    """

    instance: Instance
    rank_order: RankOrder
    portfolio: Allocation
    given: Allocation
    jumps_in_order: tuple[Jump, ...]
    jumps_portfolio: tuple[Jump, ...]
    jumps_given: tuple[Jump, ...]
    line: AtTheLine | None
    reserve: tuple[Reserve, ...]
    statuses: tuple[FundingStatus, ...]

    def amount(self, given: Allocation | None = None) -> Ints:
        """Return what a rule gives each result, in fen, shape (n,); without one, the call's own."""
        choice = (given or self.given).choice
        total = self.instance.problem.total_cost
        return np.where(choice >= 0, total[np.maximum(choice, 0)] if len(total) else 0, 0)

    def award(self) -> Ints:
        """Return what is decided to be given, in fen, shape (n,): nothing to who is undecided yet."""
        return np.where(self._is_funded(), self.amount(), 0)

    def undecided(self) -> Ints:
        """Return what the call's own rule would give those who wait for the office or a draw."""
        waits = np.array(
            [x in (FundingStatus.DISCUSS, FundingStatus.DRAW) for x in self.statuses], dtype=bool
        )
        return np.where(waits, self.amount(), 0)

    def _is_funded(self) -> Bools:
        return np.array([x is FundingStatus.FUND for x in self.statuses], dtype=bool)

    def by_stage(self) -> Ints:
        """Return what each result is awarded in each stage, in fen, shape (n, s)."""
        choice, cost = self.given.choice, self.instance.problem.cost
        found = np.zeros((len(choice), cost.shape[1]), dtype=np.int64)
        funded = (choice >= 0) & self._is_funded()
        found[funded] = cost[choice[funded]]
        return found

    @property
    def lost_in_order(self) -> float:
        """What rank order loses of the objective against the portfolio, as a share; nan if unknown."""
        best = self.portfolio.value
        return (best - self.rank_order.allocation.value) / best if best > 0 else float("nan")


def decide(instance: Instance, chunks: Chunks | None = None) -> Decision:
    """Decide a call by both rules.

    Parameters
    ----------
    instance
        The call instance to a ranking.
    chunks
        Gives, for a number of draws, chunks of scores (d, n) and grades (d, n) under uncertainty;
        without it there are no chances at the line.

    Raises
    ------
    InfeasibleError
        The constraints of the call cannot hold together.
    """
    call, problem = instance.loaded.call, instance.problem
    # Whether the constraints hold together is found out before the long work of the draws.
    try:
        portfolio = allocate(problem, gap=call.solver.gap, seconds=call.solver.seconds)
    except InfeasibleError as error:
        raise error.told(instance.loaded, instance.findings) from error
    line = None
    wanted = call.line.discussion is not None and can_be_drawn(instance)
    if wanted and chunks is not None and problem.eligible.any():
        with suppress(NoDrawError):  # no draw can be met: nothing can be said of chances
            line = _at_the_line(instance, chunks)
    return decide_at(instance, line, portfolio=portfolio)


def decide_at(
    instance: Instance,
    line: AtTheLine | None,
    *,
    portfolio: Allocation | None = None,
    settled: Mapping[int, FundingStatus] | None = None,
) -> Decision:
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
    call, problem = instance.loaded.call, instance.problem
    if portfolio is None:
        portfolio = allocate(problem, gap=call.solver.gap, seconds=call.solver.seconds)
    in_order = allocate_in_order(problem, call.line.miss, partial=call.line.partial)
    given = portfolio if call.rule == "portfolio" else in_order.allocation
    served = problem
    if line is not None and line.draw is not None:
        served = after_draw(instance, line)
        given = _after_draw(served, instance)
    settled = settled or {}
    waits = _waiting(instance, line, settled)
    reserve: tuple[Reserve, ...] = ()
    if call.reserve:
        reserve = reserve_list(replace(served, eligible=served.eligible & ~waits), given, call.reserve)  # fmt: skip
    passed, passed_best = jumps(problem, in_order.allocation), jumps(problem, portfolio)
    own = passed_best if given is portfolio else passed
    if given not in (portfolio, in_order.allocation):
        own = jumps(problem, given)
    found = Decision(
        instance, in_order, portfolio, given, passed, passed_best, own, line, reserve, ()
    )
    return replace(found, statuses=_outcomes(found, waits, settled))


def can_be_drawn(instance: Instance) -> bool:
    """Whether the ranking goes by what is drawn: grade and index, and no decision method."""
    order = instance.ranking.assessment.criteria.order
    return all(name in ("grade", "index") for name in order)


def give(instance: Instance, line: AtTheLine | None, *, explain: bool = True) -> Allocation:
    """Return what the call's own rule gives, after the draw if there was one."""
    call, problem = instance.loaded.call, instance.problem
    if line is not None and line.draw is not None:
        return _after_draw(after_draw(instance, line), instance)
    if call.rule == "portfolio":
        return allocate(problem, gap=call.solver.gap, seconds=call.solver.seconds, explain=explain)
    return allocate_in_order(problem, call.line.miss, partial=call.line.partial).allocation


def _waiting(
    instance: Instance, line: AtTheLine | None, settled: Mapping[int, FundingStatus]
) -> Bools:
    """Return who waits for the office or the draw."""
    waits = np.zeros(len(instance.problem), dtype=bool)
    if line is not None and line.draw is None:
        waits = line.zones.zone == Zone.DISCUSSION
        waits[list(settled)] = False
    return waits


def rule_of(instance: Instance) -> Callable[[Problem], Allocation | None]:
    """Return the call's rule of allocation as a function of a problem of a draw.

    Of the portfolio, one within :data:`NEARLY` of the best: the last percent takes ten times the
    time, and the draws differ by far more.
    """
    call = instance.loaded.call
    if call.rule == "portfolio":
        return lambda p: nearly_best(p, gap=NEARLY, seconds=call.solver.seconds)
    frame = frame_of(instance.problem)
    at = call.line
    return lambda p: allocate_in_order(p, at.miss, partial=at.partial, frame=frame).allocation


def _at_the_line(instance: Instance, chunks: Chunks) -> AtTheLine:
    call, problem = instance.loaded.call, instance.problem
    asked = call.line.discussion
    assert asked is not None
    plain = call.rule == "rank_order" and is_plain(replace(problem, max_jump=None))
    plain = plain and not problem.required.any()  # these may have to take less than all
    n = max(len(problem), 1)
    draws = asked.draws
    if not plain:
        steps = _STEPS_PORTFOLIO if call.rule == "portfolio" else _STEPS_IN_ORDER
        draws = min(draws, max(_FEWEST, steps // n))
    may = grades_with_money(instance)

    def eligible(scores: Floats, grades: Ints) -> Bools:
        above = np.nan_to_num(scores, nan=-1.0) >= call.floor
        able: Bools = above & (grades >= 0) & may[np.maximum(grades, 0)]
        return able

    def order(scores: Floats, grades: Ints) -> Ints:
        return rank_orders(problem, scores, grades, instance.ranking.assessment.criteria.order)

    def value(scores: Floats, _: Ints) -> Floats:
        return instance.value(np.nan_to_num(scores))

    found = chances(
        replace(problem, max_jump=None) if plain else problem,
        _first(chunks(draws), draws),
        at_miss=call.line.miss,
        levels=None if call.line.partial else (0,),
        order=order,
        eligible=eligible,
        allocate=None if plain else rule_of(instance),
        value=value,
    )
    core: CoreIndex | None
    if call.rule == "portfolio":
        core = CoreIndex(found.funded, found.draws)
    else:
        few = min(asked.draws, max(_FEWEST, min(_STEPS_PORTFOLIO // n, _MOST_FOR_CORE)))
        core = None
        with suppress(NoDrawError):
            drawn_ones = chances(
                problem, _first(chunks(few), few), order=order, eligible=eligible, value=value,
                allocate=lambda p: nearly_best(p, gap=NEARLY, seconds=call.solver.seconds),
            )  # fmt: skip
            core = CoreIndex(drawn_ones.funded, drawn_ones.draws)
    placed = zones(found, asked.sure, asked.out)
    ids = instance.ranking.assessment.measurements.ids
    zone = np.where(problem.eligible & ~problem.required, placed.zone, Zone.OUT)
    zone = np.where(problem.required, Zone.SURE, zone).astype(np.int8)
    placed = replace(placed, zone=zone)
    pool = tuple(ids[i] for i in problem.order.tolist() if zone[i] == Zone.DISCUSSION)
    drawn = None
    if asked.decide == "lottery" and asked.lottery is not None and pool:
        pool = canonical_pool(pool)
        _check_published(instance, pool)
        if asked.lottery.values:
            drawn = draw(pool, key_of(asked.lottery.values))
    return AtTheLine(found, placed, core, found.draws, asked.draws, pool, drawn)


def _check_published(instance: Instance, pool: tuple[str, ...]) -> None:
    """Refuse to draw from another pool than the one that was published."""
    discussion = instance.loaded.call.line.discussion
    assert discussion is not None
    assert discussion.lottery is not None
    published = discussion.lottery.pool_sha256
    if published is None or published.upper() == pool_digest(pool):
        return
    line = instance.loaded.line("line.discussion.lottery.pool_sha256")
    values = {
        "published": published.upper()[:12],
        "now": pool_digest(pool)[:12],
        "count": len(pool),
    }
    finding = Finding(kinds.POOL_CHANGED, Place(instance.loaded.source.name, line=line), values)
    text = Text("抽签名单与公布的不同", "the pool of the draw is not the one that was published")
    raise FaultyFileError(text, [finding])


def grades_with_money(instance: Instance) -> Bools:
    """Return for which grades the call and the policy give money, shape (grades,)."""
    call, criteria = instance.loaded.call, instance.ranking.assessment.criteria
    worst = len(criteria.grades) - 1
    least = worst if call.least_grade is None else criteria.grade_position[call.least_grade]
    consequences = instance.plan.policy.grades
    return np.array([
        k <= least and consequences[grade.id].approval.decision not in NO_MONEY
        for k, grade in enumerate(criteria.grades)
    ])  # fmt: skip


def _first(chunks: Iterator[tuple[Floats, Ints]], draws: int) -> Iterator[tuple[Floats, Ints]]:
    """Yield chunks until there are so many draws, and no more."""
    left = draws
    for scores, grades in chunks:
        if left <= 0:
            return
        yield scores[:left], grades[:left]
        left -= len(scores)


def after_draw(instance: Instance, line: AtTheLine) -> Problem:
    """Return the problem in the order after the draw: the sure ones, those drawn, then the rest."""
    assert line.draw is not None
    places = {name: i for i, name in enumerate(instance.ranking.assessment.measurements.ids)}
    drawn = np.array([places[name] for name in line.draw.order], dtype=np.int64)
    problem = instance.problem
    return replace(problem, order=order_after_draw(problem.order, line.zones.zone, drawn))


def _after_draw(served: Problem, instance: Instance) -> Allocation:
    call = instance.loaded.call
    found = allocate_in_order(served, call.line.miss, partial=call.line.partial)
    return replace(found.allocation, engine=f"{found.allocation.engine}, after a draw by lot")


def _outcomes(
    found: Decision, waits: Bools, settled: Mapping[int, FundingStatus]
) -> tuple[FundingStatus, ...]:
    instance = found.instance
    call = instance.loaded.call
    reserve = {r.result for r in found.reserve}
    discussion = call.line.discussion
    lots = discussion is not None and discussion.decide == "lottery"
    criteria = instance.ranking.assessment.criteria
    later = call.next_round
    least = None
    if later is not None and later.least_grade is not None:
        least = criteria.grade_position[later.least_grade]
    grade = instance.ranking.assessment.grade
    statuses = []
    for i in range(len(instance)):
        if i in settled:
            statuses.append(settled[i])
        elif instance.refusals[i]:
            paid = any(r.key == "funded" for r in instance.refusals[i])
            statuses.append(FundingStatus.PAID if paid else FundingStatus.REFUSE)
        elif waits[i]:
            statuses.append(FundingStatus.DRAW if lots else FundingStatus.DISCUSS)
        elif found.given.choice[i] >= 0:
            statuses.append(FundingStatus.FUND)
        elif i in reserve:
            statuses.append(FundingStatus.RESERVE)
        elif later is not None and (least is None or 0 <= grade[i] <= least):
            statuses.append(FundingStatus.DEFER)
        else:
            statuses.append(FundingStatus.DECLINE)
    return tuple(statuses)
