"""What would bring a result money: the nearest way to a better grade, and what it would be given.

The result is assessed again with the moves of the way, held against the rules of the call, and
looked at when its turn comes at the place that its new grade and index give it. Under a rule by
order that is exact (:mod:`pilotscore.funding.turns`); under the portfolio nothing is told of money.
"""

from __future__ import annotations

import numpy as np

from pilotscore.allocation.problem import Limit
from pilotscore.funding.at_the_line import grades_with_money
from pilotscore.funding.constraints import groups_of, words_of
from pilotscore.funding.decision import Decision
from pilotscore.funding.eligibility import Refusal, refusals_by_rules
from pilotscore.funding.grants import grants
from pilotscore.funding.instance import Instance
from pilotscore.funding.offers import offers_of
from pilotscore.funding.recommendation import recommend
from pilotscore.funding.turns import StageAmounts, Turns, offers_of_result, turns_of
from pilotscore.index import Guidance, Move, moved, paths_up
from pilotscore.ranking import rank_results
from pilotscore.records import dataclass

# Refusals that a better grade mends; of the others their own advice says what would.
BY_GRADE = frozenset({"policy", "least_grade", "floor"})


@dataclass(frozen=True, slots=True)
class Lacking:
    """A limit that would still have too little left: fen, or awards."""

    limit: Limit
    needs: int
    left: int


@dataclass(frozen=True, slots=True)
class Way:
    """The nearest way to a better grade, and what it would bring.

    ``award`` is what the result would then be given, in fen; None where that is not known, 0 where
    it would still get nothing: ``refusals`` and ``lacking`` say why.
    """

    guidance: Guidance
    award: int | None = None
    refusals: tuple[Refusal, ...] = ()
    lacking: tuple[Lacking, ...] = ()


def grade_needed(instance: Instance, i: int) -> int | None:
    """Return the place of the grade that a result needs for money; None where none has any.

    It is the lowest that the policy and the call give money to, whatever the floor asks besides.
    """
    money = np.flatnonzero(grades_with_money(instance))
    own = int(instance.assessment.grade[i])
    better = money[money < own] if own >= 0 else money
    return int(better.max()) if len(better) else None


def nearest_place(decision: Decision, turns: Turns | None, i: int) -> int | None:
    """Return the result that one without money would have to be placed before; None if none."""
    if turns is None:
        return None
    offers = offers_of_result(decision.served, i, partial=decision.instance.call.line.partial)
    place = turns.nearest(i, offers)
    return None if place is None else int(decision.served.order[place])


def turns_of_decision(decision: Decision) -> Turns | None:
    """Return the turns of a decision by order; None under the portfolio."""
    if decision.rule == "portfolio":
        return None
    return turns_of(decision.served, decision.log, decision.instance.call.line.miss)


def way_up(decision: Decision, turns: Turns | None, i: int) -> Way:
    """Return the nearest way to a better grade with money; where none brings any, the nearest."""
    instance, a = decision.instance, decision.instance.assessment
    by_grade = any(r.key in BY_GRADE for r in instance.refusals[i])
    target = grade_needed(instance, i) if by_grade else None
    nearest: Way | None = None
    while True:
        guidance = paths_up(a, i, target)
        path = guidance.nearest
        way = Way(guidance) if path is None else _worked_out(decision, turns, i, guidance)
        nearest = nearest or way
        if way.award != 0 or path is None or path.grade == 0:
            break
        target = path.grade - 1
    return way if way.award else nearest


def _worked_out(decision: Decision, turns: Turns | None, i: int, guidance: Guidance) -> Way:
    path = guidance.nearest
    assert path is not None
    if turns is None or decision.rule == "draw":
        return Way(guidance)
    then = with_moves(decision.instance, i, path.moves)
    if then.refusals:
        return Way(guidance, 0, then.refusals)
    place = _place(decision, i, path.grade, path.index)
    if place is None or not _caps_hold(decision.instance, i, then.amount):
        return Way(guidance)
    offers = then.offers if decision.instance.call.line.partial else then.offers[:1]
    given = turns.fitting(i, offers, place)
    if given is not None:
        return Way(guidance, sum(given.stages))
    lacking = turns.lacking(i, offers[-1], place)
    return Way(guidance, 0, (), tuple(Lacking(*parts) for parts in lacking))


@dataclass(frozen=True, slots=True)
class Then:
    """A result as a call would see it: why it is refused, or what it could be given in full."""

    refusals: tuple[Refusal, ...]
    amount: int
    offers: tuple[StageAmounts, ...]


def with_moves(instance: Instance, i: int, moves: tuple[Move, ...]) -> Then:
    """Return a result as the call would see it with moves: alone, for others do not matter."""
    a, loaded = instance.assessment, instance.loaded
    one = moved(a, i, moves)
    ranking = rank_results(one, [])
    plan = recommend(ranking, instance.plan.policy)
    refusals = refusals_by_rules(ranking, plan, loaded)
    if any(r.key == "only_tracks" for r in instance.refusals[i]):
        refusals[0] += [r for r in instance.refusals[i] if r.key == "only_tracks"]
    given, _ = grants(one, plan, loaded, refusals)
    if refusals[0]:
        return Then(tuple(refusals[0]), 0, ())
    _, _, cost = offers_of(loaded.call, given)
    return Then((), int(given.amount[0]), tuple(StageAmounts(tuple(row)) for row in cost.tolist()))


def _place(decision: Decision, i: int, grade: int, index: float) -> int | None:
    """Return the place that a grade and an index give; None where that hangs on more than these."""
    a, ranking = decision.instance.assessment, decision.instance.ranking
    if a.criteria.order != ("grade", "index"):
        return None
    ranked = ranking.ranks > 0
    ranked[i] = False
    mine, others = round(index, 9), np.round(a.index, 9)
    better = ranked & ((a.grade < grade) | ((a.grade == grade) & (others > mine)))
    equal = ranked & (a.grade == grade) & (others == mine)
    return None if equal.any() else int(better.sum())


def _caps_hold(instance: Instance, i: int, amount: int) -> bool:
    """Whether the caps that could not bind as things are cannot bind with another amount either."""
    call, a, could = instance.call, instance.assessment, instance.grants.amount
    eligible = instance.problem.eligible
    for name, cap in call.caps.items():
        limits = [x for x in instance.problem.limits if x.id.kind == "cap" and x.id.name == name]
        if cap.max is None or any(x.members[i] and x.id.bound == "max" for x in limits):
            continue
        group = next((g for g in groups_of(words_of(a, cap.by)).values() if i in g), ())
        others = [j for j in group if j != i and eligible[j]]
        if int(could[others].sum()) + amount > call.fen(cap.max):
            return False
    return True
