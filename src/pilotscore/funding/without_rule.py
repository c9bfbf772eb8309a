"""The portfolio without each rule of a call: many rules answered by one solve where none matters.

Most rules of a call do not bind the portfolio. Without all of these together there is then nothing
better than there is now; so neither is there without any one of them, and one solve says it of all.
Rules that have a price are looked at by themselves, and so is one that turns out to matter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pilotscore.allocation.holding import violations
from pilotscore.allocation.prices import price
from pilotscore.allocation.problem import MAX_JUMP, Allocation, Constraint, Problem

# Gives the portfolio of a problem, no worse than the call's own where that holds; None where there
# is none.
Solve = Callable[[Problem], Allocation | None]


def rules_of(problem: Problem) -> list[Constraint]:
    """Return the rules that can be taken away: a cap for all its groups together."""
    limits = (x.id.setting for x in problem.limits if x.id.kind not in ("budget", "stage"))
    exclusive = (x.id for x in problem.exclusive)
    jumps = () if problem.max_jump is None else (MAX_JUMP,)
    needs = (x.id for x in problem.dependencies)
    return list(dict.fromkeys((*limits, *exclusive, *needs, *jumps)))


def without(problem: Problem, *rules: Constraint) -> Problem:
    """Return a problem without some of its rules."""
    return replace(
        problem,
        limits=tuple(x for x in problem.limits if x.id.setting not in rules),
        exclusive=tuple(x for x in problem.exclusive if x.id not in rules),
        dependencies=tuple(x for x in problem.dependencies if x.id not in rules),
        max_jump=None if MAX_JUMP in rules else problem.max_jump,
    )


def portfolios_without(problem: Problem, solve: Solve) -> dict[Constraint, Allocation | None]:
    """Return the portfolio of a problem without each of its rules, as near the best as ``solve``.

    Parameters
    ----------
    problem
        The problem with all its rules.
    solve
        Gives the portfolio of a problem.
    """
    rules = rules_of(problem)
    free = _without_a_price(problem, rules)
    given = _together(problem, solve, free)
    for rule in rules:
        if rule not in given:
            given[rule] = solve(without(problem, rule))
    return given


def _without_a_price(problem: Problem, rules: Sequence[Constraint]) -> list[Constraint]:
    """Return the rules all whose limits have no price in the relaxation; of bonds none is known."""
    prices = price(problem)
    if prices is None:
        return []
    limits = zip(problem.limits, prices.limits.tolist(), strict=True)
    priced = {limit.id.setting for limit, worth in limits if worth}
    limited = {limit.id.setting for limit in problem.limits}
    return [rule for rule in rules if rule in limited and rule not in priced]


def _together(
    problem: Problem, solve: Solve, rules: Sequence[Constraint]
) -> dict[Constraint, Allocation | None]:
    """Return the portfolio without each of some rules, as far as solving without all of them says.

    A portfolio without all of them that breaks none is one without each: no other can be worth
    more. Those that it breaks are left open, and the others solved again.
    """
    while len(rules) > 1:
        best = solve(without(problem, *rules))
        if best is None:
            break
        broken = {constraint.setting for constraint in violations(problem, best.choice)}
        if not broken:
            return dict.fromkeys(rules, best)
        rules = [rule for rule in rules if rule not in broken]
    return {}
