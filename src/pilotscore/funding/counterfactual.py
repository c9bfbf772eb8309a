"""What would change the decision on a result: its place, its points, the budget, its request.

Each is found by giving out the money anew under the same call with that one thing changed, so what
is told was tried. The smallest change is searched by halving: where money given out anew is not
monotone (a cheaper result may slip in before), a smaller change could exist, and the one told
holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from pilotscore.allocation.conflicts import InfeasibleError
from pilotscore.allocation.problem import Problem
from pilotscore.arrays import Ints
from pilotscore.errors import FaultyFileError
from pilotscore.funding.at_the_line import after_draw, give
from pilotscore.funding.decision import Decision, amounts
from pilotscore.funding.grants import rounded_to
from pilotscore.funding.instance import Instance, apply_call
from pilotscore.funding.overrides import Override, decided
from pilotscore.funding.recommendation import recommend
from pilotscore.funding.rule import in_order
from pilotscore.funding.variants import with_budget, with_request
from pilotscore.index import Move, Status, assess_with, paths_up
from pilotscore.index.paths import PathUp
from pilotscore.language import NOTHING, Words, join
from pilotscore.ranking import rank_results
from pilotscore.records import dataclass

_POINTS = 0.1
_FEW_OFFERS = 60  # of a portfolio, up to which sums are told to the fen


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """The least change of each kind that turns a decision, taken alone; None where none does.

    Attributes
    ----------
    funded
        Whether it is funded as things are; every change then is one for the worse.
    past
        Rank order: the result that it would have to pass; that would have to pass it, if funded.
    points
        Points of the index more or less: up to ``past`` within the same grade; under the portfolio
        those from which it is worth the money.
    money
        Fen of budget more or less, spread over the stages as the budget is; to the fen, of a large
        portfolio to a ten-thousandth of the budget.
    amount
        The greatest sum that would be given if no more were asked for, in fen.
    """

    funded: bool
    past: int | None
    points: float | None
    money: int | None
    amount: int | None


@dataclass(frozen=True, slots=True)
class Improved:
    """A path up, what the result would then be given, in fen, and why no more, in words.

    The amount is None where nothing can be told.
    """

    path: PathUp
    amount: int | None
    why: Words = NOTHING


def counterfactual(
    decision: Decision, i: int, overrides: Sequence[Override] = ()
) -> Counterfactual | None:
    """Find what would change the decision on a result; None where it may not be funded at all.

    Parameters
    ----------
    decision, i
        The call decided, and the place of the result.
    overrides
        The decisions that it was decided with, on other results.
    """
    instance = decision.instance
    if instance.refusals[i] or instance.problem.required[i] or not instance.problem.eligible[i]:
        return None
    variation = _Variation(decision, i, overrides)
    past = points = None
    if decision.rule == "portfolio":
        points = variation.points()
    elif decision.rule == "rank_order":
        past = variation.past()
        points = _points_to(instance, i, past)
    amount = None if variation.funded else variation.amount()
    return Counterfactual(variation.funded, past, points, variation.money(), amount)


def _points_to(instance: Instance, i: int, past: int | None) -> float | None:
    """Return the difference of the index to a result of the same grade."""
    a = instance.assessment
    if past is None or a.grade[past] != a.grade[i]:
        return None
    return abs(float(a.index[past] - a.index[i]))


class _Variation:
    """The call decided anew with one thing changed."""

    def __init__(self, decision: Decision, i: int, overrides: Sequence[Override]) -> None:
        self.instance, self.i, self.overrides = decision.instance, i, overrides
        self.drawn = decision.rule == "draw"
        self.problem = self.instance.problem
        if decision.line is not None and self.drawn:
            self.problem = after_draw(self.instance, decision.line)
        self.funded = bool(decision.allocation.choice[i] >= 0)

    def turns(self, problem: Problem) -> bool:
        """Say whether the result's decision differs from the present one under a problem."""
        try:
            choice = self.choice(problem)
        except InfeasibleError:  # least amounts cannot be met then
            return False
        return bool(choice[self.i] >= 0) != self.funded

    def choice(self, problem: Problem) -> Ints:
        """Give out the money: by the call's rule; after a draw, in the order that it left."""
        if self.drawn:
            return in_order(self.instance.call, problem).allocation.choice
        return give(replace(self.instance, problem=problem), None, explain=False).choice

    def past(self) -> int | None:
        """Return the result nearest in the order that turns it by passing, or being passed."""
        order: list[int] = self.problem.order.tolist()
        here = order.index(self.i)
        rest = [j for j in order if j != self.i]
        places = range(here + 1, len(order)) if self.funded else range(here - 1, -1, -1)

        def turned(place: int) -> bool:
            moved = [*rest[:place], self.i, *rest[place:]]
            return self.turns(replace(self.problem, order=np.array(moved, dtype=np.int64)))

        nearest = _first(len(places), lambda k: turned(places[k]))
        if nearest is None:
            return None
        return rest[places[nearest] - 1 if self.funded else places[nearest]]

    def points(self) -> float | None:
        """Return the points of the index, to a tenth, that turn it under the portfolio."""
        index = self.instance.assessment.index
        now = float(index[self.i])
        sign = -1.0 if self.funded else 1.0
        most = now if self.funded else 100.0 - now
        steps = int(np.ceil(most / _POINTS - 1e-9))

        def turned(k: int) -> bool:
            changed = index.copy()
            changed[self.i] = min(max(now + sign * (k + 1) * _POINTS, 0.0), 100.0)
            value = np.array(self.problem.value)
            mine = self.problem.owner == self.i
            value[mine] = self.instance.value(np.nan_to_num(changed))[mine]
            return self.turns(replace(self.problem, value=value, score=changed))

        least = _first(steps, turned)
        return None if least is None else round((least + 1) * _POINTS, 6)

    def money(self) -> int | None:
        """Return the fen of budget more (or less) that turn it, to a ten-thousandth of it."""
        whole = self.instance.call.budget_fen
        step = max(
            whole // 10_000 // self.instance.unit.fen * self.instance.unit.fen,
            self.instance.unit.fen,
            1,
        )
        total = self.problem.total_cost
        most = int(total[self.problem.eligible[self.problem.owner]].sum())
        bound = whole if self.funded else most
        if whole == 0 or bound < step:
            return None

        def turned(k: int) -> bool:
            change = (k + 1) * step * (-1 if self.funded else 1)
            return self.turns_with_budget(max(whole + change, 0))

        least = _first_from_below(bound // step, turned)
        if least is None:
            return None
        if not self.is_to_the_fen:
            return (least + 1) * step
        sign = -1 if self.funded else 1
        return _to_the_fen(
            least * step,
            (least + 1) * step,
            lambda fen: self.turns_with_budget(max(whole + sign * fen, 0)),
        )

    @property
    def is_to_the_fen(self) -> bool:
        """Whether the sums told are exact: a portfolio takes too long where it is large."""
        portfolio = self.instance.call.rule == "portfolio" and not self.drawn
        return not portfolio or len(self.problem.owner) <= _FEW_OFFERS

    def turns_with_budget(self, whole: int) -> bool:
        """Say so of another budget; who was decided on stays so, and so does a draw."""
        again = decided(with_budget(self.instance, whole), self.overrides)
        return self.turns(replace(again.problem, order=self.problem.order))

    def amount(self) -> int | None:
        """Return the greatest sum below what it could have that would be given."""
        step = rounded_to(self.instance.call, self.instance.unit.fen)
        least = max(int(self.instance.grants.least[self.i]), 1)
        full = int(self.instance.grants.amount[self.i])
        top = (full - 1) // step * step

        def turned(k: int) -> bool:
            return self.asks(top - k * step)

        fewest = _first((top - least) // step + 1 if top >= least else 0, turned)
        if fewest is None:
            return None
        change, unit = top - fewest * step, rounded_to(self.instance.call)
        if unit >= step or not self.is_to_the_fen:
            return change
        # The greatest: between it and the next step of the search, in the least steps there are.
        more = _to_the_fen(
            -min(change + step, full) // unit,
            -change // unit,
            lambda units: self.asks(-units * unit),
        )
        return -more * unit

    def asks(self, amount: int) -> bool:
        """Say so of another sum asked for."""
        return self.turns(with_request(self.instance, self.problem, self.i, amount))


def _to_the_fen(no: int, yes: int, turned: Callable[[int], bool]) -> int:
    """Return the least number above ``no``, which does not turn it, that does; ``yes`` does."""
    while yes - no > 1:
        middle = (no + yes) // 2
        if turned(middle):
            yes = middle
        else:
            no = middle
    return yes


def _first(count: int, turned: Callable[[int], bool]) -> int | None:
    """Return the least k below ``count`` that turns it, by halving; None if the last does not."""
    if count <= 0 or not turned(count - 1):
        return None
    low, high = -1, count - 1  # low does not turn, high does
    while high - low > 1:
        middle = (low + high) // 2
        if turned(middle):
            high = middle
        else:
            low = middle
    return high


def _first_from_below(count: int, turned: Callable[[int], bool]) -> int | None:
    """Return the least k that turns it: by doubling up to one that does, then by halving."""
    high = 1
    while high < count and not turned(high - 1):
        high *= 2
    return _first(min(high, count), turned)


def improved(
    decision: Decision, i: int, overrides: Sequence[Override] = ()
) -> tuple[Improved, ...]:
    """Return the cheapest path to each better grade, up to the first with which money is given.

    The result is assessed again with the path's moves, ranked, and the call applied to it anew:
    the policy of the better grade, its instruments and amounts count. Decisions stay, and so does a
    draw. Nothing is returned for a result that was decided on.
    """
    a = decision.instance.assessment
    if a.status[i] != Status.GRADED or any(o.result == i for o in overrides):
        return ()
    better: list[Improved] = []
    for target in range(int(a.grade[i]) - 1, -1, -1):
        path = paths_up(a, i, target).nearest
        if path is None:
            break
        if better and path.grade >= better[-1].path.grade:
            continue
        better.append(Improved(path, *_given_with(decision, i, path.moves, overrides)))
        if better[-1].amount:
            break
    return tuple(better)


def _given_with(
    decision: Decision, i: int, moves: tuple[Move, ...], overrides: Sequence[Override]
) -> tuple[int | None, Words]:
    """Return what a result is given after moves, in fen, and what stopped more; None if unknown."""
    before, a = decision.instance, decision.instance.assessment
    methods = [m for m in a.criteria.methods if m.id in before.ranking.methods]
    ranking = rank_results(assess_with(a, i, moves), methods)
    try:
        again = apply_call(ranking, recommend(ranking, before.plan.policy), before.loaded)
        again = decided(again, overrides)
        drawn = decision.line if decision.rule == "draw" else None
        given = give(again, drawn, explain=False)
    except (FaultyFileError, InfeasibleError):
        return None, NOTHING
    why: Words = NOTHING
    if again.refusals[i]:
        why = join(r.text for r in again.refusals[i])
    elif given.binding[i]:
        why = join(again.title(constraint) for constraint in given.binding[i])
    return int(amounts(again, given)[i]), why
