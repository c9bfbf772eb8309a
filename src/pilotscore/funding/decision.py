"""A call decided: both rules side by side, the chances at the line, the draw, the reserve list."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from enum import Enum
from typing import Literal

import numpy as np

from pilotscore.allocation.conflicts import InfeasibleError
from pilotscore.allocation.problem import Allocation, Problem
from pilotscore.allocation.rank_order import Step, Unmet
from pilotscore.arrays import Bools, Ints
from pilotscore.funding.at_the_line import (
    AtTheLine,
    Chunks,
    Standing,
    after_draw,
    at_the_line,
    can_be_drawn,
    in_drawn_order,
)
from pilotscore.funding.chance import NoDrawError, Zone
from pilotscore.funding.conflict import conflict_error
from pilotscore.funding.equal import ById, decided_by_id, standings
from pilotscore.funding.grounds import Grounds, grounds_by_order, grounds_of_portfolio
from pilotscore.funding.instance import Instance
from pilotscore.funding.jumps import Jump, jumps
from pilotscore.funding.reserve import Reserve, reserve_list
from pilotscore.funding.rule import in_order, portfolio
from pilotscore.funding.stages import PORTFOLIO, Stages, untold
from pilotscore.records import dataclass

Rule = Literal["rank_order", "portfolio", "draw"]


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


_UNDECIDED = (FundingStatus.DISCUSS, FundingStatus.DRAW)


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """A call decided.

    ``allocations`` has what each rule gives: rank order, the portfolio, and the order after a draw
    if there was one; ``rule`` is the one that holds. ``jumps`` lists who is passed over under each.
    ``steps`` is the log of rank order, ``unmet`` the least amounts that it does not reach; ``log``
    is that of the rule that holds (the portfolio keeps none), in the order of ``served``.
    ``statuses`` has what is decided for each of the n results, ``grounds`` on what that rests under
    the rule that holds, ``by_id`` where an id alone decided between equal results.
    """

    instance: Instance
    rule: Rule
    allocations: Mapping[Rule, Allocation]
    jumps: Mapping[Rule, tuple[Jump, ...]]
    steps: tuple[Step, ...]
    unmet: tuple[Unmet, ...]
    line: AtTheLine | None
    reserve: tuple[Reserve, ...]
    statuses: tuple[FundingStatus, ...]
    grounds: tuple[Grounds, ...]
    by_id: tuple[ById, ...]
    log: tuple[Step, ...]
    served: Problem

    @property
    def allocation(self) -> Allocation:
        """What is given by the rule that holds."""
        return self.allocations[self.rule]

    def amount(self, rule: Rule | None = None) -> Ints:
        """Return what a rule (else that which holds) gives each result, in fen, shape (n,)."""
        return amounts(self.instance, self.allocations[rule or self.rule])

    def award(self) -> Ints:
        """Return what is decided to be given, in fen, shape (n,): nothing to the undecided."""
        return np.where(self.having(FundingStatus.FUND), self.amount(), 0)

    def undecided(self) -> Ints:
        """Return what the rule would give those who wait for the office or a draw, in fen."""
        return np.where(self.having(*_UNDECIDED), self.amount(), 0)

    def having(self, *statuses: FundingStatus) -> Bools:
        """Return which results have one of these statuses, shape (n,)."""
        return np.array([status in statuses for status in self.statuses], dtype=bool)

    def by_stage(self) -> Ints:
        """Return what each result is awarded in each stage, in fen, shape (n, s)."""
        choice, cost = self.allocation.choice, self.instance.problem.cost
        awards = np.zeros((len(choice), cost.shape[1]), dtype=np.int64)
        funded = (choice >= 0) & self.having(FundingStatus.FUND)
        awards[funded] = cost[choice[funded]]
        return awards

    @property
    def lost_in_order(self) -> float:
        """The share of the objective that rank order loses to the portfolio; nan if unknown."""
        best = self.allocations["portfolio"].value
        lost = best - self.allocations["rank_order"].value
        return lost / best if best > 0 else float("nan")


def amounts(instance: Instance, allocation: Allocation) -> Ints:
    """Return what an allocation gives each result, in fen, shape (n,)."""
    choice, total = allocation.choice, instance.problem.total_cost
    return np.where(choice >= 0, total[np.maximum(choice, 0)] if len(total) else 0, 0)


def decide(
    instance: Instance,
    chunks: Chunks | None = None,
    stages: Stages = untold,
    *,
    core: bool = True,
    standing: Standing | None = None,
) -> Decision:
    """Decide a call by both rules.

    Parameters
    ----------
    instance
        The call applied to a ranking.
    chunks
        Gives, for a number of draws, chunks of scores (d, n) and grades (d, n) under uncertainty;
        without it there are no chances at the line.
    stages
        Is told what is being worked out.
    core
        Whether the core index is wanted, on which nothing that is decided hangs.
    standing
        A draw that was made before an appeal, and stands.

    Raises
    ------
    ConflictError
        The constraints of the call cannot hold together.
    """
    call, problem = instance.call, instance.problem
    # Whether the constraints hold together is known before the long work of the draws.
    try:
        solved = stages(PORTFOLIO)
        solved(0, 1)
        best = portfolio(call, problem)
        solved(1, 1)
    except InfeasibleError as error:
        raise conflict_error(error.conflict, instance, instance.findings) from error
    line = None
    wanted = call.line.discussion is not None and can_be_drawn(instance)
    if wanted and chunks is not None and problem.eligible.any():
        with suppress(NoDrawError):  # no draw can be met: nothing can be said of chances
            line = at_the_line(instance, chunks, stages, core=core, standing=standing)
    return decide_at(instance, line, best=best)


def decide_at(
    instance: Instance,
    line: AtTheLine | None,
    *,
    best: Allocation | None = None,
    settled: Mapping[int, FundingStatus] | None = None,
) -> Decision:
    """Decide a call whose line is known.

    Parameters
    ----------
    line
        The chances, the zones and the draw, if there are any.
    best
        The portfolio, where it is known already.
    settled
        What was decided for results by their places, whatever the rule gives them.

    Raises
    ------
    InfeasibleError
        The constraints cannot hold together.
    """
    call, problem = instance.call, instance.problem
    best = portfolio(call, problem) if best is None else best
    listed = in_order(call, problem)
    rule: Rule = call.rule
    given: dict[Rule, Allocation] = {"rank_order": listed.allocation, "portfolio": best}
    logs: dict[Rule, tuple[Step, ...]] = {"rank_order": listed.steps}
    served = problem
    if line is not None and line.draw is not None:
        rule, served = "draw", after_draw(instance, line)
        drawn = in_drawn_order(instance, served)
        given[rule], logs[rule] = drawn.allocation, drawn.steps
    settled = settled or {}
    waits = _waiting(instance, line, settled)
    reserve: tuple[Reserve, ...] = ()
    if call.reserve:
        others = replace(served, eligible=served.eligible & ~waits)
        reserve = reserve_list(others, given[rule], call.reserve)
    grounds: dict[Rule, tuple[Grounds, ...]] = {
        name: _grounds(instance, allocation, logs.get(name)) for name, allocation in given.items()
    }
    standing = standings(problem.order, instance.ties)
    open_ = {rule: waits}
    return Decision(
        instance,
        rule,
        given,
        {
            name: jumps(
                problem,
                allocation,
                "points" if name == "portfolio" else "rank",
                standing=standing,
                grounds=grounds[name],
                undecided=open_.get(name),
                served=served.order if name == "draw" else None,
            )
            for name, allocation in given.items()
        },
        listed.steps,
        listed.unmet,
        line,
        reserve,
        _statuses(instance, given[rule], waits, {r.result for r in reserve}, settled),
        grounds[rule],
        _by_id(instance, rule, given[rule], served, ~waits),
        logs.get(rule, ()),
        served,
    )


def _grounds(
    instance: Instance, given: Allocation, log: tuple[Step, ...] | None
) -> tuple[Grounds, ...]:
    """Return on what each decision of a rule rests; the portfolio keeps no log."""
    line = instance.call.line
    if log is None:
        return grounds_of_portfolio(instance.problem, given)
    return grounds_by_order(instance.problem, given, log, line.miss, partial=line.partial)


def _by_id(
    instance: Instance, rule: Rule, given: Allocation, served: Problem, decided: Bools
) -> tuple[ById, ...]:
    """Return where an id decided between equal results; after a draw it is the lots that did."""

    def again(problem: Problem) -> Ints:
        return amounts(instance, in_order(instance.call, problem).allocation)

    drawn = np.zeros(len(instance), dtype=bool)
    if rule == "draw":
        drawn = ~(served.order == instance.problem.order)
        decided = decided & ~np.isin(np.arange(len(instance)), served.order[drawn])
    by_order = None if rule == "portfolio" else again
    return decided_by_id(instance, amounts(instance, given), decided, by_order)


def _waiting(
    instance: Instance, line: AtTheLine | None, settled: Mapping[int, FundingStatus]
) -> Bools:
    """Return who waits for the office or the draw."""
    waits = np.zeros(len(instance), dtype=bool)
    if line is not None and line.draw is None:
        waits = line.zones.zone == Zone.DISCUSSION
        waits[list(settled)] = False
    return waits


def _statuses(
    instance: Instance,
    given: Allocation,
    waits: Bools,
    reserve: set[int],
    settled: Mapping[int, FundingStatus],
) -> tuple[FundingStatus, ...]:
    """Return what is decided for each result."""
    discussion = instance.call.line.discussion
    lots = discussion is not None and discussion.decide == "lottery"
    later = _for_next_round(instance)

    def status(i: int) -> FundingStatus:
        if i in settled:
            return settled[i]
        if instance.refusals[i]:
            paid = any(r.key == "funded" for r in instance.refusals[i])
            return FundingStatus.PAID if paid else FundingStatus.REFUSE
        if waits[i]:
            return FundingStatus.DRAW if lots else FundingStatus.DISCUSS
        if given.choice[i] >= 0:
            return FundingStatus.FUND
        if i in reserve:
            return FundingStatus.RESERVE
        return FundingStatus.DEFER if later[i] else FundingStatus.DECLINE

    return tuple(map(status, range(len(instance))))


def _for_next_round(instance: Instance) -> Bools:
    """Return who goes to the next round if it gets nothing, shape (n,)."""
    later, a = instance.call.next_round, instance.assessment
    if later is None or later.least_grade is None:
        return np.full(len(instance), later is not None)
    return (a.grade >= 0) & (a.grade <= a.criteria.grade_position[later.least_grade])
