"""Decisions of the funder beside what was recommended: who, why, and what they cost."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from pilotscore.document import Block, Column, Fact, Gap, Table, heading, more
from pilotscore.funding.decision import Decision, FundingStatus
from pilotscore.funding.grants import instrument_title
from pilotscore.funding.overrides import MOST_PRICED, Cost, Overruled
from pilotscore.language import NOTHING, Text, Words, join
from pilotscore.views.fund.phrases import AWARD, DECISION, STATUSES, figure, in_unit
from pilotscore.views.fund.reasons import clause, reason
from pilotscore.wording import words
from pilotscore.wording.funding import cost_text, money
from pilotscore.workbook.decisions import DECISIONS, Decided

_AS_DECIDED = Text("按决定", "as decided")
RECOMMENDED = Text("原建议", "Recommended")
RECOMMENDED_AWARD = Text("原建议金额", "Recommended award")


def level_title(decision: Decision, overruled: Overruled | None, i: int) -> Text | None:
    """Return the level of an award; None where there is none."""
    offer = int(decision.allocation.choice[i])
    if offer < 0 or decision.statuses[i] is not FundingStatus.FUND:
        return None
    if overruled is not None and overruled.of(i) is not None and not _is_level(overruled, i):
        return _AS_DECIDED
    level = int(decision.instance.problem.level[offer])
    return decision.instance.call.funding_levels[level].title


def _is_level(overruled: Overruled, i: int) -> bool:
    """Whether the amount of a decision is that of one of the call's levels."""
    problem = overruled.recommended.instance.problem
    amount = overruled.of(i)
    return amount is not None and bool(
        (problem.total_cost[problem.owner == i] == amount.amount).any()
    )


def reason_after(decision: Decision, overruled: Overruled | None, i: int) -> Words:
    """Say what is decided for a result and why, with the decision on it or what others did."""
    if overruled is None:
        return reason(decision, i)
    if overruled.of(i) is not None:
        return join(decided_parts(overruled, i))
    said, changed = reason(decision, i), changed_by_decisions(overruled, i)
    return said if changed is None else join((said, changed))


def changed_by_decisions(overruled: Overruled, i: int) -> Words | None:
    """Say what was recommended where decisions on others changed it; None where they did not."""
    before, now = int(overruled.recommended.award()[i]), int(overruled.decision.award()[i])
    if before == now:
        return None
    changed: Words = Text(
        "原建议不资助，因决定而变", "no award was recommended; changed by decisions"
    )
    if before:
        text = Text("原建议 {was}，因决定而变", "{was} was recommended; changed by decisions")
        changed = text.of(was=money(overruled.decision.instance, before))
    return changed


def decided_parts(overruled: Overruled, i: int) -> tuple[Words, ...]:
    """Return what was decided on a result, who decided it and why, and what was recommended."""
    override = overruled.of(i)
    assert override is not None
    decision, d = overruled.decision, override.row
    if d.decided is Decided.FUND:
        what = Text(
            "按决定资助 {amount}（{by}），依据{on}", "decided: {amount} ({by}) under {on}"
        ).of(
            amount=money(decision.instance, override.amount),
            by=instrument_title(decision.instance.grants.instruments[i]),
            on=clause(decision, i),
        )
    else:
        what = Text("按决定{decision}", "decided: {decision}").of(decision=DECISIONS[d.decided])
    before = int(overruled.recommended.award()[i])
    amount = (
        Text(" {amount}", ", {amount}").of(amount=money(decision.instance, before))
        if before
        else NOTHING
    )
    was = Text("原建议：{was}{amount}", "recommended: {was}{amount}").of(
        was=STATUSES[overruled.recommended.statuses[i]], amount=amount
    )
    who = Text("{who}，{day}：{why}", "{who}, {day}: {why}").of(who=d.who, day=d.day, why=d.why)
    refused = [r.text for r in decision.instance.refusals[i][:1]]
    return (what, who, was, *refused)


def overrides_table(overruled: Overruled) -> Table:
    """Return a row for each decision with what was recommended, what it costs, and one for all."""
    decision = overruled.decision
    fen = decision.instance.unit.fen
    columns = (
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, "wrap", 26),
        Column("decision", DECISION, "centre", 11),
        Column("award", in_unit(AWARD, decision), "amount", 11),
        Column("recommended", RECOMMENDED, "centre", 12),
        Column("recommended_award", in_unit(RECOMMENDED_AWARD, decision), "amount", 12),
        Column("who", Text("决定人", "Who"), width=12),
        Column("date", Text("日期", "Date"), width=11),
        Column("why", Text("理由", "Why"), "wrap", 36),
        Column("lost", Text("目标值减少", "Objective lost"), "figure", 13),
        Column("lost_share", Text("减少比例", "Share lost"), "share", 10),
        Column("effect", Text("影响", "Effect"), "wrap", 44),
        Column("place", Text("出处", "Where"), "wrap", 30),
    )
    m = decision.instance.assessment.measurements
    was = overruled.recommended.award()
    rows: list[list[Any]] = []
    for number, override in enumerate(overruled.overrides):
        i, d = override.result, override.row
        cost = overruled.costs[number] if number < MOST_PRICED else None
        status = STATUSES[overruled.recommended.statuses[i]]
        award, before = override.amount / fen, int(was[i]) / fen
        effect = "" if cost is None else cost_text(overruled, cost)
        what = [m.ids[i], m.titles[i], DECISIONS[d.decided], award, status, before]
        rows.append([*what, d.who, d.day, d.why, *_priced(overruled, cost), effect, str(d.place)])
    whole, together = overruled.cost, Text("合计", "Together")
    sums = [int(decision.award().sum()) / fen, None, int(was.sum()) / fen, None, None, None]
    effect = cost_text(overruled, whole)
    rows.append(
        [together, None, None, *sums, *_priced(overruled, whole), effect, overruled.file.name]
    )
    return Table(columns, rows)


def _priced(overruled: Overruled, cost: Cost | None) -> tuple[float | None, float | None]:
    if cost is None or math.isnan(cost.lost):
        return None, None
    whole = overruled.recommended.allocation.value
    return figure(cost.lost), figure(cost.lost / whole) if whole > 0 else None


def overrides_page(overruled: Overruled | None) -> Iterator[Block]:
    """Show what each decision costs."""
    if overruled is None:
        return
    yield Gap()
    yield heading(Text("各项决定的代价（单独计算）", "What each decision costs (taken alone)"))
    ids = overruled.decision.instance.assessment.measurements.ids
    for override, cost in zip(overruled.overrides, overruled.costs, strict=False):
        yield Fact(ids[override.result], cost_text(overruled, cost), 2)
    if left := len(overruled.overrides) - len(overruled.costs):
        yield more(left, Text("未单独计算", " are not priced alone"))
