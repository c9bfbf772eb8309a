"""Who stands at the line: the chances of being funded, the zones, and the draw by lot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from pilotscore.allocation.problem import Allocation, Problem
from pilotscore.allocation.rank_order import RankOrder
from pilotscore.allocation.walk import is_plain
from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.errors import FaultyFileError
from pilotscore.funding import kinds
from pilotscore.funding.chance import (
    Chances,
    FromScores,
    NoDrawError,
    Zone,
    Zones,
    chances,
    order_after_draw,
    rank_orders,
    zones,
)
from pilotscore.funding.constraints import finding_at
from pilotscore.funding.core import CoreIndex
from pilotscore.funding.eligibility import NO_MONEY
from pilotscore.funding.equal import alike, at_random, shared, standings
from pilotscore.funding.instance import Instance
from pilotscore.funding.lottery import (
    Draw,
    after_appeal,
    canonical_pool,
    draw,
    key_of,
    pool_digest,
)
from pilotscore.funding.rule import in_order, near_portfolios, portfolio, rule_of
from pilotscore.funding.stages import CHANCES, CORE, Progress, Stages, untold
from pilotscore.language import Text
from pilotscore.records import dataclass

Chunks = Callable[[int], Iterator[tuple[Floats, Ints]]]
# What draws may cost where the rule is worked out anew for each: results times draws.
_STEPS_IN_ORDER = 2_000_000
_STEPS_PORTFOLIO = 8_000
_FEWEST = 50
MOST_FOR_CORE = 60


@dataclass(frozen=True, slots=True, eq=False)
class AtTheLine:
    """The chances of being funded, the zones, and the draw if there was one.

    ``draws_wanted`` is what the call says: there are fewer where each takes an allocation of its
    own. ``pool`` has the ids of the discussion zone, best first; of a draw, in its own order.
    ``core`` says in how many portfolios of the same draws each result is, each within
    :data:`~pilotscore.funding.rule.NEARLY` of its best; None where no draw can meet the call's
    least amounts, or the work was ``interrupted`` before.
    """

    chances: Chances
    zones: Zones
    core: CoreIndex | None
    draws_wanted: int
    pool: tuple[str, ...]
    draw: Draw | None
    interrupted: bool = False

    @property
    def draws(self) -> int:
        """How many draws were worked out."""
        return self.chances.draws


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """A draw that was made before an appeal and stands: the zones by id, and the draw.

    ``corrected`` has the ids of which a correction was upheld: their zones are worked out anew.
    """

    zones: Mapping[str, int]
    draw: Draw
    corrected: frozenset[str]


def standing_of(
    instance: Instance, line: AtTheLine | None, corrected: Iterable[str]
) -> Standing | None:
    """Return what stands when corrections of some are upheld; None without a draw."""
    if line is None or line.draw is None:
        return None
    zone_of = dict(zip(instance.ids, line.zones.zone.tolist(), strict=True))
    return Standing(zone_of, line.draw, frozenset(corrected))


def can_be_drawn(instance: Instance) -> bool:
    """Whether the ranking goes by what is drawn: grade and index, and no decision method."""
    return all(name in ("grade", "index") for name in instance.assessment.criteria.order)


def at_the_line(
    instance: Instance,
    chunks: Chunks,
    stages: Stages = untold,
    *,
    core: bool = True,
    standing: Standing | None = None,
) -> AtTheLine:
    """Work out the chances of a call that has a discussion zone, and draw if it says so.

    Who interrupts the work (Ctrl-C) once the chances are known does without the core index; so does
    who does not want it (``core``), for nothing that is decided hangs on it. With a ``standing``
    draw the zones of all that were not corrected are those of before, and nobody is drawn anew.

    Raises
    ------
    NoDrawError
        There is no draw that can be met.
    FaultyFileError
        The pool is not the one that was published.
    """
    call, problem = instance.call, instance.problem
    discussion = call.line.discussion
    assert discussion is not None
    chance = _chances(instance, chunks, stages)
    index, interrupted = None, False
    if call.rule == "portfolio":
        index = CoreIndex(chance.funded, chance.draws)
    elif core:
        try:
            index = _core(instance, chunks, stages)
        except NoDrawError:
            index = None
        except KeyboardInterrupt:
            interrupted = True
    placed = zones(chance, discussion.sure, discussion.out)
    zone = np.where(problem.eligible & ~problem.required, placed.zone, Zone.OUT)
    zone = np.where(problem.required, Zone.SURE, zone).astype(np.int8)
    if standing is not None:
        zone = _standing_zones(instance, zone, standing)
    in_zone = problem.order[zone[problem.order] == Zone.DISCUSSION].tolist()
    pool = tuple(instance.ids[i] for i in in_zone)
    drawn = None
    if standing is not None:
        pool = canonical_pool(pool)
        drawn = after_appeal(standing.draw, pool)
    elif discussion.decide == "lottery" and discussion.lottery is not None and pool:
        pool = canonical_pool(pool)
        _check_published(instance, discussion.lottery.pool_sha256, pool)
        if discussion.lottery.values:
            drawn = draw(pool, key_of(discussion.lottery.values))
    zoned = replace(placed, zone=zone)
    return AtTheLine(chance, zoned, index, discussion.draws, pool, drawn, interrupted)


def _standing_zones(instance: Instance, zone: Codes, standing: Standing) -> Codes:
    """Return the zones with those of before, but for what was corrected."""
    before = standing.zones
    again = [
        int(now) if name in standing.corrected else before.get(name, int(now))
        for name, now in zip(instance.ids, zone.tolist(), strict=True)
    ]
    return np.array(again, dtype=np.int8)


def _chances(instance: Instance, chunks: Chunks, stages: Stages) -> Chances:
    """Return the chances under the call's own rule."""
    call, problem = instance.call, instance.problem
    assert call.line.discussion is not None
    draws = call.line.discussion.draws
    plain = call.rule == "rank_order" and is_plain(replace(problem, max_jump=None))
    plain = plain and not problem.required.any()  # these may have to take less than all
    if not plain:
        steps = _STEPS_PORTFOLIO if call.rule == "portfolio" else _STEPS_IN_ORDER
        draws = min(draws, max(_FEWEST, steps // max(len(problem), 1)))
    return _drawn(
        instance,
        replace(problem, max_jump=None) if plain else problem,
        _first(chunks(draws), draws),
        None if plain else rule_of(call, problem),
        _counting(stages(CHANCES), draws),
    )


def _counting(progress: Progress, total: int) -> Callable[[int], None]:
    """Return what adds up the draws that are done."""
    done = 0

    def add(more: int) -> None:
        nonlocal done
        done += more
        progress(done, total)

    return add


def _core(instance: Instance, chunks: Chunks, stages: Stages) -> CoreIndex:
    """Return how often each result is in the portfolio of a draw."""
    call, problem = instance.call, instance.problem
    assert call.line.discussion is not None
    few = min(_STEPS_PORTFOLIO // max(len(problem), 1), MOST_FOR_CORE)
    draws = min(call.line.discussion.draws, max(_FEWEST, few))
    drawn = _drawn(
        instance,
        problem,
        _first(chunks(draws), draws),
        near_portfolios(call, problem),
        _counting(stages(CORE), draws),
    )
    return CoreIndex(drawn.funded, drawn.draws)


def _drawn(
    instance: Instance,
    problem: Problem,
    draws: Iterator[tuple[Floats, Ints]],
    allocate: Callable[[Problem], Allocation | None] | None,
    progress: Callable[[int], None],
) -> Chances:
    """Return the chances over draws, with the order, the floor and the objective of the call.

    Equal results stand in a random order in each draw, and those alike in everything share their
    chances: which of them a draw happened to fund says nothing.
    """
    call, order = instance.call, instance.assessment.criteria.order
    may = grades_with_money(instance)

    def eligible(scores: Floats, grades: Ints) -> Bools:
        above = np.nan_to_num(scores, nan=-1.0) >= call.floor
        able: Bools = above & (grades >= 0) & may[np.maximum(grades, 0)]
        return able

    standing = standings(problem.order, instance.ties)
    assert call.line.discussion is not None
    random = np.random.default_rng(call.line.discussion.seed)

    def orders(scores: Floats, grades: Ints) -> Ints:
        ties = at_random(standing, problem.order, len(scores), random)
        return rank_orders(problem, scores, grades, order, ties)

    by = FromScores(
        order=orders,
        eligible=eligible,
        value=lambda scores, _: instance.value(np.nan_to_num(scores)),
    )
    levels = None if call.line.partial else (0,)
    drawn = chances(
        problem,
        draws,
        by,
        at_miss=call.line.miss,
        levels=levels,
        allocate=allocate,
        progress=progress,
    )
    equal = alike(instance)
    return replace(drawn, funded=shared(drawn.funded, equal)) if equal else drawn


def _check_published(instance: Instance, published: str | None, pool: tuple[str, ...]) -> None:
    """Refuse to draw from another pool than the one that was published."""
    now = pool_digest(pool)
    if published is None or published.upper() == now:
        return
    values = {"published": published.upper()[:12], "now": now[:12], "count": len(pool)}
    address = "line.discussion.lottery.pool_sha256"
    text = Text("抽签名单与公布的不同", "the pool of the draw is not the one that was published")
    finding = finding_at(instance.loaded, kinds.POOL_CHANGED, address, values)
    raise FaultyFileError(text, [finding])


def grades_with_money(instance: Instance) -> Bools:
    """Return for which grades the call and the policy give money, shape (grades,)."""
    call, criteria = instance.call, instance.assessment.criteria
    worst = len(criteria.grades) - 1
    least = worst if call.least_grade is None else criteria.grade_position[call.least_grade]
    consequences = instance.plan.policy.grades
    money = [
        k <= least and consequences[grade.id].approval.decision not in NO_MONEY
        for k, grade in enumerate(criteria.grades)
    ]
    return np.array(money)


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
    places = {name: i for i, name in enumerate(instance.ids)}
    drawn = np.array([places[name] for name in line.draw.order], dtype=np.int64)
    problem = instance.problem
    return replace(problem, order=order_after_draw(problem.order, line.zones.zone, drawn))


def in_drawn_order(instance: Instance, served: Problem) -> RankOrder:
    """Return what going down the order after a draw gives, with its log."""
    listed = in_order(instance.call, served)
    engine = f"{listed.allocation.engine}, after a draw by lot"
    return replace(listed, allocation=replace(listed.allocation, engine=engine))


def give(instance: Instance, line: AtTheLine | None, *, explain: bool = True) -> Allocation:
    """Return what the call's own rule gives, after the draw if there was one.

    Raises
    ------
    InfeasibleError
        The constraints cannot hold together; with ``explain`` it has a smallest set of such.
    """
    call, problem = instance.call, instance.problem
    if line is not None and line.draw is not None:
        return in_drawn_order(instance, after_draw(instance, line)).allocation
    if call.rule == "portfolio":
        return portfolio(call, problem, explain=explain)
    return in_order(call, problem).allocation
