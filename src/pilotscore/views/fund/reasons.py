"""Why a result is funded, by what and on which conditions; or why not, and what it missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pilotscore.allocation.rank_order import Step
from pilotscore.criteria.call import Milestone
from pilotscore.funding.decision import Decision, FundingStatus, Rule
from pilotscore.funding.grants import instrument_title
from pilotscore.funding.jumps import Jump
from pilotscore.funding.reserve import Reserve
from pilotscore.language import NOTHING, Text, Words, after, join
from pilotscore.views.fund.phrases import name_of
from pilotscore.wording.funding import money

_OR = Text("、", " or ")
_AND = Text("、", " and ")


@dataclass(frozen=True, slots=True)
class _LookedUp:
    """What is looked up for every result, by its place."""

    steps: Mapping[int, Step]
    jumps: Mapping[int, Jump]
    reserve: Mapping[int, Reserve]


@lru_cache(maxsize=4)
def _looked_up(decision: Decision) -> _LookedUp:
    return _LookedUp(
        {s.result: s for s in decision.steps if s.offer >= 0},
        {j.result: j for j in decision.jumps[decision.rule]},
        {r.result: r for r in decision.reserve},
    )


def reason(decision: Decision, i: int) -> Words:
    """Say in words what is decided for a result, and why."""
    status = decision.statuses[i]
    if status in (FundingStatus.REFUSE, FundingStatus.PAID):
        return join(r.text for r in decision.instance.refusals[i])
    if status is FundingStatus.FUND:
        return _given(decision, i)
    parts = _stopped(decision, i)
    if status in (FundingStatus.DISCUSS, FundingStatus.DRAW):
        parts.insert(0, _in_zone(decision, i, lots=status is FundingStatus.DRAW))
    if status is FundingStatus.RESERVE:
        parts.append(moved_up(decision, _looked_up(decision).reserve[i]))
    if status is FundingStatus.DEFER:
        later = decision.instance.call.next_round
        assert later is not None
        parts.append(Text("转入{later}（滚动立项）", "deferred to {later}").of(later=later.title))
    return join(parts)


def conditions(decision: Decision, i: int) -> tuple[Words, ...]:
    """Return on what an award hangs, or what would mend a refusal."""
    instance = decision.instance
    if instance.refusals[i]:
        return tuple(dict.fromkeys(a for r in instance.refusals[i] for a in r.advice))
    if decision.statuses[i] is not FundingStatus.FUND:
        return ()
    hangs: list[Words] = [*instance.plan.recommendations[i].conditions]
    instrument, paid = instance.grants.instruments[i], milestones(decision, i)
    if instrument is not None and instrument.terms is not None:
        hangs.append(Text("政策条款：{terms}", "policy: {terms}").of(terms=instrument.terms))
        if paid:
            by_the_call = Text(
                "拨付以本次征集的约定为准：{paid}", "payments go by the call: {paid}"
            )
            paid[0] = by_the_call.of(paid=paid[0])
    return (*hangs, *paid)


def milestones(decision: Decision, i: int) -> list[Words]:
    """Return the payments of a staged award, with what must be shown for each."""
    problem, call = decision.instance.problem, decision.instance.call
    offer = int(decision.allocation.choice[i])
    if offer < 0:
        return []
    level = call.funding_levels[int(problem.level[offer])]
    if not level.milestones:
        return _by_budget(decision, offer)
    left = whole = int(problem.total_cost[offer])
    payments = []
    for number, milestone in enumerate(level.milestones, start=1):
        last = number == len(level.milestones)
        part = left if last else whole * round(milestone.share * 10_000) // 10_000
        left -= part
        payments.append(_payment(number, milestone, money(decision.instance, part)))
    return payments


def _payment(number: int, milestone: Milestone, amount: str) -> Words:
    stage = Text("（{id}）", " ({id})").of(id=milestone.stage) if milestone.stage else NOTHING
    head = Text("第 {n} 期{stage} {amount}", "payment {n}{stage}, {amount}").of(
        n=number, stage=stage, amount=amount
    )
    return after(head, milestone.shows) if milestone.shows else head


def _by_budget(decision: Decision, offer: int) -> list[Words]:
    """Return what each stage of the budget pays of an award without milestones."""
    stages = decision.instance.call.budget.stages
    if len(stages) < 2:
        return []
    costs = decision.instance.problem.cost[offer].tolist()
    pays = Text("{stage}支付 {amount}", "{amount} from {stage}")
    return [
        pays.of(stage=stage.title or stage.id, amount=money(decision.instance, fen))
        for stage, fen in zip(stages, costs, strict=True)
        if fen
    ]


def clause(decision: Decision, i: int) -> Words:
    """Return the clause of the policy that an award stands on."""
    policy, a = decision.instance.plan.policy, decision.instance.assessment
    grade = a.criteria.grades[int(a.grade[i])]
    return Text("政策 {id} {version}，等级 {grade}", "policy {id} {version}, grade {grade}").of(
        id=policy.id, version=policy.version, grade=grade.id
    )


def _given(decision: Decision, i: int) -> Words:
    instance, given = decision.instance, decision.allocation
    offer = int(given.choice[i])
    level = int(instance.problem.level[offer])
    said: list[Words] = [
        Text("资助 {amount}（{level}，{by}），依据{on}", "{amount} ({level}, {by}) under {on}").of(
            amount=money(decision.instance, int(instance.problem.total_cost[offer])),
            level=instance.call.funding_levels[level].title,
            by=instrument_title(instance.grants.instruments[i]),
            on=clause(decision, i),
        )
    ]
    cut = instance.grants.limited_by[i]
    if cut is not None:
        requested = money(decision.instance, int(instance.grants.requested[i]))
        text = Text("申请 {requested}，按{cut}核减", "{requested} was asked for, cut to {cut}")
        said.append(text.of(requested=requested, cut=cut))
    if instance.problem.required[i]:
        said.append(Text("征集文件规定必须资助", "the call says that it must be funded"))
    step = _looked_up(decision).steps.get(i) if decision.rule == "rank_order" else None
    if step is not None and step.quota is not None:
        text = Text("为达到{quota}先行安排", "served first, for the {quota}")
        said.append(text.of(quota=decision.instance.title(step.quota)))
    if level > 0:
        stops = given.binding[i]
        why: Words = Text("组合价值", "the value of the portfolio")
        if stops:
            why = instance.title(stops[0])
        said.append(Text("未给全额，因{why}", "not in full because of {why}").of(why=why))
    return join(said)


def _stopped(decision: Decision, i: int) -> list[Words]:
    """Say what kept a result from money, and what it would have had under the other rule."""
    if decision.allocation.choice[i] >= 0:
        amount = money(decision.instance, int(decision.amount()[i]))
        return [Text("按规则可得 {amount}", "the rule would give {amount}").of(amount=amount)]
    said: list[Words] = []
    if stops := decision.allocation.binding[i]:
        text = Text("止于{limit}（{key}）", "stopped by {limit} ({key})")
        said.append(text.of(limit=decision.instance.title(stops[0]), key=str(stops[0])))
    else:
        said.append(
            Text("其余成果的组合价值更高", "the money is worth more in others under the objective")
        )
    jump = _looked_up(decision).jumps.get(i)
    if jump is not None:
        in_track = decision.instance.problem.tracks[i] >= 0
        text = Text(
            "被{track}低 {points:.1f} 分的 {low} 越过",
            "passed over for {low}{track}, {points:.1f} points lower",
        )
        track = Text("同赛道", " of its track") if in_track else NOTHING
        said.append(text.of(track=track, points=jump.points, low=name_of(decision, jump.lowest)))
    other: Rule = "rank_order" if decision.rule == "portfolio" else "portfolio"
    if decision.allocations[other].choice[i] >= 0:
        by_order = other == "rank_order"
        rule = Text("按名次", "rank order") if by_order else Text("组合择优", "the portfolio")
        amount = money(decision.instance, int(decision.amount(other)[i]))
        said.append(
            Text("{rule}则可得 {amount}", "{rule} would give {amount}").of(rule=rule, amount=amount)
        )
    return said


def _in_zone(decision: Decision, i: int, *, lots: bool) -> Words:
    assert decision.line is not None
    text = (
        Text(
            "获资助概率 {chance:.0%}，待抽签", "chance of funding {chance:.0%}: to be drawn by lot"
        )
        if lots
        else Text(
            "获资助概率 {chance:.0%}，由资助方讨论决定",
            "chance of funding {chance:.0%}: the office decides",
        )
    )
    return text.of(chance=float(decision.line.chances.chance[i]))


def moved_up(decision: Decision, entry: Reserve) -> Words:
    """Say whose dropping out makes room for a result on the reserve list, and what it lacks."""
    place = decision.reserve.index(entry) + 1
    said: list[Words] = [Text("候补第 {n} 位", "reserve {n}").of(n=place)]
    for shortage in entry.stopped_by[:2]:
        if shortage.counts == "awards":
            continue
        text = Text("{limit}还差 {short}", "{short} short of {limit}")
        short = money(decision.instance, shortage.short)
        said.append(text.of(limit=decision.instance.title(shortage.constraint), short=short))
    if entry.first_for:
        said.append(_next_if(decision, entry.first_for))
    elif entry.together:
        names = [name_of(decision, j) for j in entry.together]
        text = Text("{names}一并退出才递补", "only if {names} drop out together")
        said.append(text.of(names=join(names, _AND)))
    elif entry.moved_up_by:
        said.append(Text("退出的资金由前面的候补先得", "those before it on the list come first"))
    elif entry.stopped_by or entry.blocked:
        said.append(
            Text("任何获资助者退出都不足以递补", "no dropping out of funded ones makes room for it")
        )
    return join(said)


def _next_if(decision: Decision, first_for: tuple[int, ...]) -> Words:
    first = [name_of(decision, j) for j in first_for[:3]]
    any_of = NOTHING if len(first) == 1 else Text("任一项", "")
    if len(first_for) > len(first):
        any_of = Text("等任一项", " or others")
    text = Text("{names}{any_of}退出即递补", "next if {names}{any_of} drops out")
    return text.of(names=join(first, _OR), any_of=any_of)
