"""The columns that a round keeps: scores of every result, and what a call decided."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from pilotscore.arrays import Bools, Codes
from pilotscore.criteria import CriteriaSet
from pilotscore.criteria.model import Quantity
from pilotscore.funding.chance import Zone
from pilotscore.funding.decision import Decision, FundingStatus
from pilotscore.index import Assessment, Status
from pilotscore.language import NOTHING, Text
from pilotscore.measures import Origin
from pilotscore.runs.fund import FundReport
from pilotscore.runs.outcome import Outcome
from pilotscore.store import (
    DecisionColumns,
    FollowRules,
    IndicatorColumn,
    Item,
    Milestone,
    RoundColumns,
    RoundHead,
)
from pilotscore.store.columns import Fact
from pilotscore.workbook import FactColumn


def columns_of(outcome: Outcome, report: FundReport | None = None) -> RoundColumns:
    """Return a run as columns.

    Parameters
    ----------
    outcome
        The run.
    report
        The call decided on it, if one was.
    """
    a = outcome.assessment
    m, criteria = a.measurements, a.criteria
    indicators = enumerate(criteria.indicators)
    graded = [bool(status == Status.GRADED) for status in a.status]
    return RoundColumns(
        head=_head(criteria, a, report),
        ids=m.ids,
        titles=m.titles,
        ranks=outcome.ranking.ranks,
        grades=a.grade.astype(np.int8),
        statuses=tuple(Status(int(s)).name.lower() for s in a.status),
        index=np.where(graded, a.index, math.nan),
        low=np.where(graded, a.low, math.nan),
        high=np.where(graded, a.high, math.nan),
        dimensions={d.id: a.dimensions[:, k] for k, d in enumerate(criteria.dimensions)},
        indicators={
            i.id: IndicatorColumn(
                m.values[:, k],
                a.scores[:, k],
                m.evidence[:, k].astype(np.int8),
                _judged(m.origins[:, k]),
            )
            for k, i in indicators
        },
        facts={f.id: _fact(m.facts[f.id]) for f in criteria.facts if f.id in m.facts},
        decisions=None if report is None else _decisions(report),
    )


def _judged(origins: Codes) -> Bools | None:
    judged: Bools = origins == Origin.PANEL
    return judged if judged.any() else None


def _head(criteria: CriteriaSet, a: Assessment, report: FundReport | None) -> RoundHead:
    evidence = criteria.evidence.grades if criteria.evidence else ()
    within = [(d, i) for d in criteria.dimensions for i in d.indicators]
    facts = [f for f in criteria.facts if f.id in a.measurements.facts]
    follow = FollowRules()
    if report is not None:
        follow = FollowRules(**report.funded.instance.call.follow.model_dump())
    return RoundHead(
        grades=tuple(Item(g.id, g.title, least=g.index) for g in criteria.grades),
        evidence_grades=tuple(Item(g.id, g.title, least=g.cap) for g in evidence),
        dimensions=tuple(Item(d.id, d.title, weight=d.weight) for d in criteria.dimensions),
        indicators=tuple(Item(i.id, i.title, d.id, i.weight, words=_words(i)) for d, i in within),
        facts=tuple(Item(f.id, f.title, words=_words(f), keys=_keys(f)) for f in facts),
        follow=follow,
    )


def _words(quantity: Quantity) -> tuple[Text, ...]:
    return tuple(category.title for category in quantity.categories)


def _keys(quantity: Quantity) -> tuple[str, ...]:
    return tuple(category.id for category in quantity.categories)


def _fact(column: FactColumn) -> Fact:
    values = column.values
    if values.dtype.kind == "f":
        return values.astype(np.float64)
    return tuple(str(value) for value in values)


def _decisions(report: FundReport) -> DecisionColumns:
    decision = report.funded
    n = len(decision.statuses)
    by_hand = np.zeros(n, dtype=bool)
    by_hand[[o.result for o in report.overruled.overrides] if report.overruled else []] = True
    chance, discussed = np.full(n, math.nan), np.zeros(n, dtype=bool)
    if decision.line is not None:
        chance = np.where(by_hand, math.nan, decision.line.chances.chance)
        discussed = decision.line.zones.zone == Zone.DISCUSSION
    draw = decision.line.draw if decision.line is not None else None
    pool = set() if draw is None else set(draw.order)
    choice, problem = decision.allocation.choice, decision.instance.problem
    levels = [x.id for x in decision.instance.call.funding_levels]
    has = decision.having(FundingStatus.FUND) & (choice >= 0)
    return DecisionColumns(
        statuses=tuple(status.value for status in decision.statuses),
        award=decision.award(),
        levels=tuple(levels[problem.level[choice[i]]] if has[i] else "" for i in range(n)),
        chance=chance,
        discussed=discussed,
        drawn=np.array([name in pool for name in decision.instance.ids], dtype=bool),
        by_hand=by_hand,
        milestones=tuple(m for i in np.flatnonzero(has).tolist() for m in _milestones(decision, i)),
    )


def _milestones(decision: Decision, i: int) -> Iterator[Milestone]:
    """Yield the payments of an award; one of the whole where the call has no milestones."""
    problem, call = decision.instance.problem, decision.instance.call
    offer = int(decision.allocation.choice[i])
    left = whole = int(problem.total_cost[offer])
    parts = call.funding_levels[int(problem.level[offer])].milestones
    if not parts:
        yield Milestone(i, 1, whole)
    for number, part in enumerate(parts, start=1):
        fen = left if number == len(parts) else whole * round(part.share * 10_000) // 10_000
        left -= fen
        yield Milestone(i, number, fen, part.stage or "", part.months, part.shows or NOTHING)
