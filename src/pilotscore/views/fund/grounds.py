"""On what each decision rests, under keys: the rule, the limits, their prices; no sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pilotscore.allocation.problem import Constraint
from pilotscore.document import Lazily
from pilotscore.funding.decision import Decision, FundingStatus
from pilotscore.funding.grounds import Grounds, Stop
from pilotscore.runs.fund import FundReport
from pilotscore.views.fund.phrases import figure, name_of
from pilotscore.views.fund.ways import has_place_to_tell, placed_before

_REFUSED = (FundingStatus.REFUSE, FundingStatus.PAID)


def grounds_record(report: FundReport) -> Sequence[Mapping[str, Any]]:
    """Return on what the decision on each result rests, in the order of the call.

    Money is in the call's unit; a price is the worth of a unit more of a limit (of an award more).
    """
    prices = prices_of(report)
    jumped = {j.result: j for j in report.funded.jumps[report.funded.rule]}
    decision = report.funded

    def record(i: int) -> Mapping[str, Any]:
        entry = {"id": name_of(decision, i), **ground_record(report, i, prices)}
        if (jump := jumped.get(i)) is not None:
            entry["passed_over"] = {
                "lowest": name_of(decision, jump.lowest),
                "places": jump.places,
                "points": figure(jump.points),
                "count": jump.count,
                "cause": jump.cause,
            }
        return entry

    return Lazily(decision.instance.problem.order.tolist(), record)


def prices_of(report: FundReport) -> Mapping[Constraint, float]:
    """Return the price of a fen, or of an award, more of each limit."""
    if report.prices is None:
        return {}
    limits = report.funded.instance.problem.limits
    pairs = zip(limits, report.prices.limits.tolist(), strict=True)
    return {limit.id: price for limit, price in pairs}


def ground_record(report: FundReport, i: int, prices: Mapping[Constraint, float]) -> dict[str, Any]:
    """Return on what the decision on one result rests."""
    decision = report.funded
    override = None if report.overruled is None else report.overruled.of(i)
    status, refusals = decision.statuses[i], decision.instance.refusals[i]
    entry: dict[str, Any] = {
        "decision": status.value,
        "rule": "decided" if override is not None else decision.rule,
        "refused_by": [{"key": r.key, "line": r.line} for r in refusals],
    }
    if status in _REFUSED or override is not None:
        return entry
    grounds = decision.grounds[i]
    offer = int(decision.allocation.choice[i])
    entry |= {
        "pass": grounds.phase,
        "quota": None if grounds.quota is None else str(grounds.quota),
        "level": None if offer < 0 else _level(decision, offer),
        "stopped_at_level": _stopped_level(decision, grounds),
        "stopped_by": [_stop_record(decision, stop, prices) for stop in grounds.stops],
        "bonds": [_bond_record(decision, bond) for bond in grounds.bonds],
    }
    if has_place_to_tell(decision, i):
        past = placed_before(decision, i)
        entry["placed_before"] = None if past is None else name_of(decision, past)
    equal = next((e for e in decision.by_id if i in (*e.more, *e.less)), None)
    if equal is not None:
        entry["decided_by_id"] = {
            "more": [name_of(decision, j) for j in equal.more],
            "less": [name_of(decision, j) for j in equal.less],
        }
    return entry


def _level(decision: Decision, offer: int) -> str:
    return decision.instance.call.funding_levels[int(decision.instance.problem.level[offer])].id


def _stopped_level(decision: Decision, grounds: Grounds) -> str | None:
    stopped = grounds.offer >= 0 and bool(grounds.stops)
    return _level(decision, grounds.offer) if stopped else None


def _bond_record(decision: Decision, bond: Constraint) -> Mapping[str, Any]:
    line = None if bond.kind == "max_jump" else decision.instance.line(bond)
    return {"address": str(bond), "line": line}


def _stop_record(
    decision: Decision, stop: Stop, prices: Mapping[Constraint, float]
) -> Mapping[str, Any]:
    unit, price = decision.instance.unit, prices.get(stop.constraint)
    in_money = stop.counts == "money"

    def shown(amount: int) -> float | int:
        return unit.number(amount) if in_money else amount

    if price is not None and in_money:
        price *= unit.fen
    return {
        "address": str(stop.constraint),
        "line": decision.instance.line(stop.constraint),
        "counts": stop.counts,
        "needs": shown(stop.needs),
        "left": shown(stop.left),
        "most": shown(stop.most),
        "enough": shown(stop.enough),
        "closed_by": None if stop.closed_by is None else name_of(decision, stop.closed_by),
        "price": figure(price),
    }
