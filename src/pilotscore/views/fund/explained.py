"""The decision of a call on one result: why, on which conditions, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

import numpy as np

from pilotscore.allocation.holding import contribution
from pilotscore.document import Block, Document, Fact, Gap, heading
from pilotscore.funding.counterfactual import Counterfactual, Improved
from pilotscore.funding.decision import FundingStatus
from pilotscore.language import NOTHING, Text, Words
from pilotscore.runs.explained import move_text
from pilotscore.runs.fund import ExplainedDecision
from pilotscore.views.fund.grounds import ground_record, prices_of
from pilotscore.views.fund.overrides import reason_after
from pilotscore.views.fund.phrases import STATUSES, name_of
from pilotscore.views.fund.reasons import conditions
from pilotscore.wording import figures
from pilotscore.wording.funding import money

_MOST_CHARGES = 4
_LEAST_CHARGE = 0.5


def with_decision(document: Document, e: ExplainedDecision) -> Document:
    """Return the explanation of a result with the decision of a call on it."""
    return replace(
        document,
        page=lambda: chain(document.page(), decision_page(e)),
        record=lambda: {**document.record(), "decision": decision_record(e)},
    )


def decision_page(e: ExplainedDecision) -> Iterator[Block]:
    """Show the decision of a call on a result."""
    decision, i, call = e.report.funded, e.result, e.report.funded.instance.call
    yield Gap()
    yield heading(
        Text("{title} {version}", "{title} {version}").of(title=call.title, version=call.version)
    )
    yield from (Fact("", text, style="dim") for text in e.report.headline())
    yield Gap()
    yield Fact(Text("资助决定", "decision"), STATUSES[decision.statuses[i]], style="bold")
    yield Fact(Text("理由", "reason"), reason_after(decision, e.report.overruled, i))
    is_funded = decision.statuses[i] is FundingStatus.FUND
    label = Text("条件", "on condition") if is_funded else Text("如何补救", "what would mend it")
    yield from (Fact(label, condition, style="yellow") for condition in conditions(decision, i))
    if decision.line is not None and not decision.instance.refusals[i]:
        chance = f"{decision.line.chances.chance[i]:.0%}"
        yield Fact(Text("获资助概率", "chance of funding"), chance)
    if (value := worth(e)) is not None:
        yield Fact(Text("价值与代价", "worth and price"), value, style="dim")
        yield from (Fact("  ·", charge, style="dim") for charge in charges(e))
    if changes := counterfactuals(e):
        yield heading(
            Text(
                "什么会改变这一决定（各自单独成立，均已试算）",
                "what would change the decision (each alone; each was tried)",
            )
        )
        yield from (Fact("  •", change) for change in changes)
    if e.improved:
        yield heading(
            Text(
                "成果改进后会怎样（重新评价、排名、分配）",
                "what improving the result would do (assessed, ranked and decided anew)",
            )
        )
    for step in e.improved:
        yield Fact("  •", improvement(e, step))
        moves = (move_text(e.report.outcome, i, m) for m in step.path.moves)
        yield from (Fact("     ", move, style="dim") for move in moves)


def counterfactuals(e: ExplainedDecision) -> list[Words]:
    """Say what would change the decision, one change each."""
    f, call = e.counterfactual, e.report.funded.instance.call
    if f is None:
        return []
    said: list[Words] = []
    if call.rule == "portfolio" and f.points is not None:
        text = (
            Text(
                "指数低 {points:.1f} 分则不再入选",
                "out of the portfolio with an index {points:.1f} points lower",
            )
            if f.funded
            else Text(
                "指数高 {points:.1f} 分即入选",
                "in the portfolio with an index {points:.1f} points higher",
            )
        )
        said.append(text.of(points=f.points))
    if f.past is not None:
        said.append(_past(e, f, f.past))
    if (more := _other_budget(e, f)) is not None:
        said.append(more)
    if f.amount is not None:
        text = Text("若只申请 {amount} 即可获资助", "funded if it asked for no more than {amount}")
        said.append(text.of(amount=money(e.report.funded.instance, f.amount)))
    if f.funded and f.past is None and f.points is None and f.money is None:
        said.append(Text("名次与预算的变化都不影响它", "no change of place or budget touches it"))
    return said


def _other_budget(e: ExplainedDecision, f: Counterfactual) -> Words | None:
    """Say which budget would change the decision; None where that is not known."""
    decision = e.report.funded
    if f.money is None:
        none = Text(
            "试过的预算增幅都不能使它获资助", "no greater budget that was tried would fund it"
        )
        return None if f.funded else none
    if f.funded and f.money >= decision.instance.call.budget_fen:
        return Text("只要还有预算就获资助", "funded as long as there is a budget")
    exactly = money(decision.instance, f.money)
    if not f.funded:
        return Text("预算多 {amount} 即可获资助", "funded with {amount} more of budget").of(
            amount=exactly
        )
    # A fen more than a round sum: that sum is what a person can use.
    below = money(decision.instance, f.money - 1)
    if len(below.to("zh")) < len(exactly.to("zh")):
        text = Text(
            "预算减少超过 {amount} 则不再获资助",
            "not funded with more than {amount} less of budget",
        )
        return text.of(amount=below)
    return Text("预算少 {amount} 则不再获资助", "not funded with {amount} less of budget").of(
        amount=exactly
    )


def _past(e: ExplainedDecision, f: Counterfactual, past: int) -> Words:
    decision = e.report.funded
    a = decision.instance.assessment
    if f.points is not None:
        text = Text("，指数差 {points:.1f} 分", ", {points:.1f} points of the index away")
        by: Words = text.of(points=f.points)
    else:
        text = Text("（等级 {grade}，指数 {index:.1f}）", " (grade {grade}, index {index:.1f})")
        by = text.of(grade=figures.grade_id(a, past), index=float(a.index[past]))
    said = (
        Text("被 {name} 超过则不再获资助{by}", "not funded once {name} is placed before it{by}")
        if f.funded
        else Text("名次超过 {name} 即可获资助{by}", "funded once it is placed before {name}{by}")
    )
    return said.of(name=name_of(decision, past), by=by)


def _best_offer(e: ExplainedDecision) -> int | None:
    """Return the offer that is worth most at the prices; None where there is none, or no prices."""
    offers = np.flatnonzero(e.report.funded.instance.problem.owner == e.result)
    if e.prices is None or not len(offers):
        return None
    return int(offers[int(np.argmax(e.prices.reduced[offers]))])


def worth(e: ExplainedDecision) -> Words | None:
    """Say what the result is worth against what it takes, at the prices of the call."""
    best = _best_offer(e)
    if best is None or e.prices is None or e.report.funded.instance.refusals[e.result]:
        return None
    value = float(e.report.funded.instance.problem.value[best])
    charge = float(e.prices.charge[best])
    over = value - charge
    verdict = Text("值得", "worth it") if over > 0 else Text("不值", "not worth it")
    if abs(over) < _LEAST_CHARGE:
        over, verdict = 0.0, Text("恰在线上", "just at the line")
    return Text(
        "目标值 {value:,.0f}，按本次征集的影子价格占用 {charge:,.0f}，差 {over:+,.0f}（{verdict}）",
        "worth {value:,.0f} under the objective; takes {charge:,.0f} at the prices of the call: "
        "{over:+,.0f} ({verdict})",
    ).of(value=value, charge=charge, over=over, verdict=verdict)


def charges(e: ExplainedDecision) -> list[Words]:
    """Say which limits a result is charged for, the dearest first: what it takes of each."""
    best, decision = _best_offer(e), e.report.funded
    if best is None or e.prices is None:
        return []
    problem = decision.instance.problem
    priced: list[tuple[float, Words]] = []
    text = Text("{limit} {takes}：{charge:,.0f}", "{takes} of {limit}: {charge:,.0f}")
    for limit, price in zip(problem.limits, e.prices.limits.tolist(), strict=True):
        takes = int(contribution(problem, limit)[best])
        charge = price * takes
        if not takes or abs(charge) < _LEAST_CHARGE:
            continue
        in_awards = limit.counts == "awards"
        shown = Text("{n} 项", "{n}").of(n=takes) if in_awards else money(decision.instance, takes)
        priced.append(
            (
                -abs(charge),
                text.of(limit=decision.instance.title(limit.id), takes=shown, charge=charge),
            )
        )
    return [said for _, said in sorted(priced, key=lambda pair: pair[0])][:_MOST_CHARGES]


def improvement(e: ExplainedDecision, step: Improved) -> Words:
    """Say what a path to a better grade would bring."""
    a = e.report.funded.instance.ranking.assessment
    head = Text(
        "升到 {grade}（工作量 {effort:.1f}，指数 {index:.1f}）",
        "lifted to {grade} (effort {effort:.1f}, index {index:.1f})",
    ).of(
        grade=a.criteria.grades[step.path.grade].id, effort=step.path.effort, index=step.path.index
    )
    if step.amount is None:
        return Text(
            "{head}：征集约束不能满足，无法判断",
            "{head}: the call cannot be met then, so it cannot be told",
        ).of(head=head)
    why: Words = Text("（{why}）", " ({why})").of(why=step.why) if step.why.to("zh") else NOTHING
    if step.amount == 0:
        return Text("{head}：仍不获资助{why}", "{head}: still not funded{why}").of(
            head=head, why=why
        )
    return Text("{head}：可获 {amount}{why}", "{head}: would be given {amount}{why}").of(
        head=head, amount=money(e.report.funded.instance, step.amount), why=why
    )


def decision_record(e: ExplainedDecision) -> Mapping[str, Any]:
    """Return the decision under keys."""
    decision, i = e.report.funded, e.result
    fen, value = decision.instance.unit.fen, worth(e)
    a = decision.instance.assessment
    return {
        "call": decision.instance.call.id,
        "unit": decision.instance.unit.name,
        "decision": STATUSES[decision.statuses[i]],
        "award": int(decision.award()[i]) / fen,
        "reason": reason_after(decision, e.report.overruled, i),
        "grounds": ground_record(e.report, i, prices_of(e.report)),
        "conditions": conditions(decision, i),
        "chance": None if decision.line is None else float(decision.line.chances.chance[i]),
        "worth": value,
        "charges": [] if value is None else charges(e),
        "flip": _counterfactual_record(e),
        "improved": [
            {
                "grade": a.criteria.grades[s.path.grade].id,
                "index": s.path.index,
                "effort": s.path.effort,
                "award": None if s.amount is None else s.amount / fen,
                "moves": [move_text(e.report.outcome, i, m) for m in s.path.moves],
            }
            for s in e.improved
        ],
    }


def _counterfactual_record(e: ExplainedDecision) -> Mapping[str, Any] | None:
    f, fen = e.counterfactual, e.report.funded.instance.unit.fen
    if f is None:
        return None
    return {
        "funded": f.funded,
        "past": None if f.past is None else name_of(e.report.funded, f.past),
        "points": f.points,
        "budget": None if f.money is None else f.money / fen,
        "ask_at_most": None if f.amount is None else f.amount / fen,
        "text": counterfactuals(e),
    }
