"""The rules of a call as functions of a problem: rank order and portfolio with its settings."""

from __future__ import annotations

from collections.abc import Callable

from pilotscore.allocation.portfolio import allocate
from pilotscore.allocation.problem import Allocation, Problem
from pilotscore.allocation.rank_order import Frame, RankOrder, allocate_in_order, frame_of
from pilotscore.allocation.sifting import ManyDraws
from pilotscore.criteria import Call

NEARLY = 0.03


def in_order(
    call: Call, problem: Problem, frame: Frame | None = None, *, log: bool = True
) -> RankOrder:
    """Return what going down the list gives, with the call's rule at the line."""
    line = call.line
    return allocate_in_order(problem, line.miss, partial=line.partial, frame=frame, log=log)


def portfolio(call: Call, problem: Problem, *, explain: bool = True) -> Allocation:
    """Return the portfolio, to the call's gap and within its time."""
    solver = call.solver
    return allocate(problem, gap=solver.gap, seconds=solver.seconds, explain=explain)


def near_portfolios(call: Call, problem: Problem) -> Callable[[Problem], Allocation | None]:
    """Return what gives portfolios of draws of a problem, within :data:`NEARLY` of the best.

    None from it: there is no portfolio in a draw. The last percent takes ten times the time, and
    draws differ by far more.
    """
    return ManyDraws(problem, gap=NEARLY, seconds=call.solver.seconds).nearly_best


def rule_of(call: Call, problem: Problem) -> Callable[[Problem], Allocation | None]:
    """Return the call's rule as a function of a draw's problem: other order, scores, eligible."""
    if call.rule == "portfolio":
        return near_portfolios(call, problem)
    frame = frame_of(problem)
    return lambda drawn: in_order(call, drawn, frame, log=False).allocation
