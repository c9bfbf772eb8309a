"""Decisions of the funder beside what was recommended: who, why, and what they cost."""

from __future__ import annotations

import math
from typing import Any

from pilotscore.funding.decision import Decision, FundingStatus
from pilotscore.funding.grants import instrument_title
from pilotscore.funding.overrides import MOST_PRICED, Cost, Override, Overruled
from pilotscore.language import Lang, Text, Words, same
from pilotscore.views.funded_words import (
    OUTCOMES,
    clause,
    reason,
)
from pilotscore.views.tables import Column, Table
from pilotscore.wording import words
from pilotscore.wording.funding import cost_text, money
from pilotscore.workbook.decisions import DECISIONS, Decided

AS_DECIDED = Text("按决定", "as decided")


def level_title(funded: Decision, overruled: Overruled | None, i: int) -> Text:
    """Return the level of an award, '' where there is none."""
    offer = int(funded.allocation.choice[i])
    if offer < 0 or funded.statuses[i] is not FundingStatus.FUND:
        return same("")
    problem = funded.instance.problem
    level = funded.instance.call.funding_levels[int(problem.level[offer])]
    if overruled is not None and overruled.of(i) is not None and not _is_level(overruled, i):
        return AS_DECIDED
    return level.title


def _is_level(overruled: Overruled, i: int) -> bool:
    """Whether the amount of a decision is that of one of the call's levels."""
    problem = overruled.recommended.instance.problem
    amount = overruled.of(i)
    return amount is not None and bool(
        (problem.total_cost[problem.owner == i] == amount.amount).any()
    )


def reason_after(funded: Decision, overruled: Overruled | None, i: int) -> Text:
    """Say what is decided for a result and why, with the decision on it or what others did to it."""
    if overruled is None:
        return reason(funded, i)
    override = overruled.of(i)
    if override is not None:
        return _decided(overruled, override)
    said = reason(funded, i)
    before, now = int(overruled.recommended.award()[i]), int(funded.award()[i])
    if before == now:
        return said
    was = money(funded.instance, before)
    note = Text(
        f"原建议 {was.to('zh')}，因决定而变",
        f"{was.to('en')} was recommended; changed by decisions",
    )
    if not before:
        note = Text("原建议不资助，因决定而变", "no award was recommended; changed by decisions")
    return Text(f"{said.to('zh')}；{note.to('zh')}", f"{said.to('en')}; {note.to('en')}")


def _decided(overruled: Overruled, override: Override) -> Text:
    funded, i, d = overruled.decision, override.result, override.row
    parts: list[Words] = []
    if d.decided is Decided.FUND:
        amount = money(funded.instance, override.amount)
        by, on = instrument_title(funded.instance.grants.instruments[i]), clause(funded, i)
        parts.append(
            Text(
                f"按决定资助 {amount.to('zh')}（{by.to('zh')}），依据{on.to('zh')}",
                f"decided: {amount.to('en')} ({by.to('en')}) under {on.to('en')}",
            )
        )
    else:
        title = DECISIONS[d.decided]
        parts.append(Text(f"按决定{title.to('zh')}", f"decided: {title.to('en')}"))
    parts.append(Text(f"{d.who}，{d.day}：{d.why}", f"{d.who}, {d.day}: {d.why}"))
    was = OUTCOMES[overruled.recommended.statuses[i]]
    before = int(overruled.recommended.award()[i])
    amount = money(funded.instance, before)
    parts.append(
        Text(
            f"原建议：{was.to('zh')}" + (f" {amount.to('zh')}" if before else ""),
            f"recommended: {was.to('en')}" + (f", {amount.to('en')}" if before else ""),
        )
    )
    if funded.instance.refusals[i]:
        parts.append(funded.instance.refusals[i][0].text)
    return Text("；".join(p.to("zh") for p in parts), "; ".join(p.to("en") for p in parts))


def overrides_table(overruled: Overruled, lang: Lang) -> Table:
    """Return a row for each decision with what was recommended and what it costs, and one for all."""
    funded = overruled.decision
    unit = funded.instance.unit
    columns = (
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, "wrap", 26),
        Column("decision", Text("决定", "Decision"), "centre", 11),
        Column("award", Text(f"资助（{unit.name}）", f"Award ({unit.name})"), "amount", 11),
        Column("recommended", Text("原建议", "Recommended"), "centre", 12),
        Column(
            "recommended_award",
            Text(f"原建议金额（{unit.name}）", f"Recommended award ({unit.name})"), "amount", 12,
        ),
        Column("who", Text("决定人", "Who"), width=12),
        Column("date", Text("日期", "Date"), width=11),
        Column("why", Text("理由", "Why"), "wrap", 36),
        Column("lost", Text("目标值减少", "Objective lost"), "figure", 13),
        Column("lost_share", Text("减少比例", "Share lost"), "share", 10),
        Column("effect", Text("影响", "Effect"), "wrap", 44),
        Column("place", Text("出处", "Where"), "wrap", 30),
    )  # fmt: skip
    a = funded.instance.assessment
    was = overruled.recommended.award()
    rows: list[list[Any]] = []
    for number, override in enumerate(overruled.overrides):
        i, d = override.result, override.row
        cost = overruled.costs[number] if number < MOST_PRICED else None
        rows.append([
            a.measurements.ids[i], a.measurements.titles[i], DECISIONS[d.decided].to(lang),
            override.amount / unit.fen, OUTCOMES[overruled.recommended.statuses[i]].to(lang),
            int(was[i]) / unit.fen, d.who, d.day, d.why,
            *_priced(overruled, cost), "" if cost is None else cost_text(overruled, cost).to(lang),
            str(d.place),
        ])  # fmt: skip
    whole = overruled.cost
    everything = Text("合计", "Together").to(lang)
    rows.append([
        everything, None, None, int(funded.award().sum()) / unit.fen, None, int(was.sum()) / unit.fen,
        None, None, None, *_priced(overruled, whole), cost_text(overruled, whole).to(lang), overruled.file.name,
    ])  # fmt: skip
    return Table(columns, rows)


def _priced(overruled: Overruled, cost: Cost | None) -> tuple[float | None, float | None]:
    if cost is None or math.isnan(cost.lost):
        return None, None
    whole = overruled.recommended.allocation.value
    return round(cost.lost, 6), round(cost.lost / whole, 6) if whole > 0 else None
