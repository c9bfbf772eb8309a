"""Why a result is funded, by what and on which conditions; or why not, and what it missed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from pilotscore.allocation.rank_order import Step
from pilotscore.criteria.call import Milestone
from pilotscore.funding.decision import Decision, FundingStatus, Rule
from pilotscore.funding.equal import ById
from pilotscore.funding.grants import instrument_title
from pilotscore.funding.grounds import Grounds, Stop
from pilotscore.funding.jumps import Jump
from pilotscore.funding.overridden import holds, pays_itself
from pilotscore.funding.reserve import Reserve
from pilotscore.language import NOTHING, Text, Words, after, counted, join
from pilotscore.records import dataclass
from pilotscore.views.fund.phrases import name_of, named
from pilotscore.wording.funding import money

_OR = Text("、", " or ")
_AND = Text("、", " and ")


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Steps, jumps, reserve and ties of results, by their places."""

    steps: Mapping[int, Step]
    jumps: Mapping[int, Jump]
    reserve: Mapping[int, Reserve]
    equal: Mapping[int, ById]
    behind: Mapping[int, int]

    def by_grade(self, i: int) -> int | None:
        """Return a funded result with fewer points that the better grade puts before this one."""
        return self.behind.get(i)


@lru_cache(maxsize=4)
def looked_up(decision: Decision) -> LookedUp:
    """Return what is looked up for every result of a decision."""
    return LookedUp(
        {s.result: s for s in decision.log if s.offer >= 0},
        {j.result: j for j in decision.jumps[decision.rule]},
        {r.result: r for r in decision.reserve},
        {i: equal for equal in decision.by_id for i in (*equal.more, *equal.less)},
        _behind(decision),
    )


def _behind(decision: Decision) -> dict[int, int]:
    """Return for results without money the funded one of fewest points that has a better grade."""
    a, problem = decision.instance.assessment, decision.instance.problem
    if decision.rule != "rank_order" or a.criteria.order[:1] != ("grade",):
        return {}
    funded = np.flatnonzero(decision.having(FundingStatus.FUND) & ~problem.required)
    behind = {}
    without = decision.having(FundingStatus.RESERVE, FundingStatus.DEFER, FundingStatus.DECLINE)
    for i in np.flatnonzero(without & problem.eligible).tolist():
        better = funded[
            (problem.tracks[funded] == problem.tracks[i])
            & (a.grade[funded] < a.grade[i])
            & (a.index[funded] < a.index[i] - 1e-9)
        ]
        if len(better):
            behind[i] = int(better[np.argmin(a.index[better])])
    return behind


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
        parts.append(moved_up(decision, looked_up(decision).reserve[i]))
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
    return (*hangs, *terms(decision, i), *milestones(decision, i))


def terms(decision: Decision, i: int) -> list[Words]:
    """Return the terms of the policy that hold under the call: none that it overrides."""
    instance, instrument = decision.instance, decision.instance.grants.instruments[i]
    if instrument is None:
        return []
    level = instance.call.funding_levels[int(instance.problem.level[decision.allocation.choice[i]])]
    paid = not pays_itself(instance.call, level)
    terms = [instrument.terms] if instrument.terms is not None else []
    terms = [term for term in terms if holds(term, instance.call, paid=paid)]
    if paid and instrument.payment is not None:
        terms.append(instrument.payment)
    text = Text("政策条款：{terms}", "policy: {terms}")
    return [text.of(terms=term) for term in terms]


def milestones(decision: Decision, i: int) -> list[Words]:
    """Return the payments of a staged award, with what must be shown for each."""
    problem, call = decision.instance.problem, decision.instance.call
    offer = int(decision.allocation.choice[i])
    if offer < 0:
        return []
    level = call.funding_levels[int(problem.level[offer])]
    if not level.milestones:
        return by_budget(decision, offer)
    left = whole = int(problem.total_cost[offer])
    payments = []
    for number, milestone in enumerate(level.milestones, start=1):
        last = number == len(level.milestones)
        part = left if last else whole * round(milestone.share * 10_000) // 10_000
        left -= part
        payments.append(_payment(number, milestone, money(decision.instance, part)))
    return payments


def _payment(number: int, milestone: Milestone, amount: Words) -> Words:
    stage = Text("（{id}）", " ({id})").of(id=milestone.stage) if milestone.stage else NOTHING
    head = Text("第 {n} 期{stage} {amount}", "payment {n}{stage}, {amount}").of(
        n=number, stage=stage, amount=amount
    )
    return after(head, milestone.shows) if milestone.shows else head


def by_budget(decision: Decision, offer: int) -> list[Words]:
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
    step = looked_up(decision).steps.get(i)
    if step is not None and step.quota is not None:
        text = Text("为达到{quota}先行安排", "served first, for the {quota}")
        said.append(text.of(quota=decision.instance.title(step.quota)))
    if level > 0:
        why: Words = Text("组合价值更高", "the money is worth more in others")
        if lacking := stops(decision, i):
            why = join(lacking)
        said.append(Text("未给全额：{why}", "not in full: {why}").of(why=why))
    if (equal := looked_up(decision).equal.get(i)) is not None:
        said.append(by_id_text(decision, equal))
    return join(said)


def _stopped(decision: Decision, i: int) -> list[Words]:
    """Say what kept a result from money, and what it would have had under the other rule."""
    if decision.allocation.choice[i] >= 0:
        amount = money(decision.instance, int(decision.amount()[i]))
        return [Text("按规则可得 {amount}", "the rule would give {amount}").of(amount=amount)]
    said = stops(decision, i)
    if not said:
        said.append(
            Text("其余成果的组合价值更高", "the money is worth more in others under the objective")
        )
    looked = looked_up(decision)
    if (jump := looked.jumps.get(i)) is not None:
        said.append(passed_over(decision, jump))
    if (better := looked.by_grade(i)) is not None:
        said.append(behind_by_grade(decision, better))
    if (equal := looked.equal.get(i)) is not None:
        said.append(by_id_text(decision, equal))
    other: Rule = "rank_order" if decision.rule == "portfolio" else "portfolio"
    if decision.allocations[other].choice[i] >= 0:
        by_order = other == "rank_order"
        rule = Text("按名次", "rank order") if by_order else Text("组合择优", "the portfolio")
        amount = money(decision.instance, int(decision.amount(other)[i]))
        said.append(
            Text("{rule}则可得 {amount}", "{rule} would give {amount}").of(rule=rule, amount=amount)
        )
    return said


def passed_over(decision: Decision, jump: Jump) -> Words:
    """Say which worse one of its track is funded: by rank, under the portfolio by points."""
    in_track = decision.instance.problem.tracks[jump.result] >= 0
    track = Text("同赛道", " of its track") if in_track else NOTHING
    low = name_of(decision, jump.lowest)
    if jump.cause == "draw":
        text = Text("抽签使{track}排在其后的 {low} 在先", "the lots put {low}{track} before it")
        return text.of(track=track, low=low)
    if decision.rule == "portfolio":
        text = Text(
            "被{track}低 {points:.1f} 分的 {low} 越过",
            "passed over for {low}{track}, {points:.1f} points lower",
        )
        return text.of(track=track, points=jump.points, low=low)
    text = Text(
        "被{track}排在其后 {places} 位的 {low} 越过",
        "passed over for {low}{track}, {places} places below it",
    )
    return text.of(track=track, places=jump.places, low=low)


def behind_by_grade(decision: Decision, better: int) -> Words:
    """Say which result with fewer points goes before by its better grade."""
    a = decision.instance.assessment
    text = Text(
        "{name} 得分较低（{index:.1f}）而等级较高（{grade}），排在其前",
        "{name} has fewer points ({index:.1f}) but the better grade ({grade}), and goes before it",
    )
    grade = a.criteria.grades[int(a.grade[better])].id
    return text.of(name=name_of(decision, better), index=float(a.index[better]), grade=grade)


def stops(decision: Decision, i: int) -> list[Words]:
    """Say of everything that kept a result from an offer what it lacks."""
    grounds = decision.grounds[i]
    text = Text("止于{limit}（{key}）", "stopped by {limit} ({key})")
    said: list[Words] = [
        text.of(limit=decision.instance.title(bond), key=str(bond)) for bond in grounds.bonds
    ]
    said += [_stop(decision, grounds, stop) for stop in grounds.stops]
    if any(stop.closed_by is None for stop in grounds.stops):
        beside = decision.rule == "portfolio"
        said[-1] = join((said[-1], _BESIDE_UNCHANGED if beside else _BEFORE_UNCHANGED), NOTHING)
    return said


def _stop(decision: Decision, grounds: Grounds, stop: Stop) -> Words:
    instance = decision.instance
    values: dict[str, Any] = {"limit": instance.title(stop.constraint), "key": str(stop.constraint)}
    if stop.closed_by is not None:
        text = Text(
            "止于{limit}（{key}）：自 {who} 未能全额安排起不再向后支付（line.miss: stop）",
            "stopped by {limit} ({key}): closed to all behind {who}, for which it did not suffice "
            "(line.miss: stop)",
        )
        return text.of(**values, who=name_of(decision, stop.closed_by))
    amounts = {
        name: amount_of_stop(decision, stop, value)
        for name, value in (("left", stop.left), ("needs", stop.needs), ("enough", stop.enough))
    }
    level: Words = NOTHING
    if len(instance.call.funding_levels) > 1:
        number = int(instance.problem.level[grounds.offer])
        level = Text("（{level}）", " ({level})").of(
            level=instance.call.funding_levels[number].title
        )
    text = _BESIDE if decision.rule == "portfolio" else _AT_ITS_TURN
    return text.of(**values, **amounts, level=level)


_AT_ITS_TURN = Text(
    "止于{limit}（{key}）：轮到时余 {left}，需 {needs}{level}，须为 {enough}",
    "stopped by {limit} ({key}): {left} left at its turn, {needs} needed{level}, it would have to "
    "be {enough}",
)
_BESIDE = Text(
    "止于{limit}（{key}）：其他资助之外余 {left}，需 {needs}{level}，须为 {enough}",
    "stopped by {limit} ({key}): {left} left beside the other awards, {needs} needed{level}, it "
    "would have to be {enough}",
)
_BEFORE_UNCHANGED = Text("（以其前的分配不变计）", " (with the awards before it unchanged)")
_BESIDE_UNCHANGED = Text("（以其他资助不变计）", " (with the other awards unchanged)")


def amount_of_stop(decision: Decision, stop: Stop, amount: int) -> Words | str:
    """Write an amount of what stopped a result: money, or awards."""
    if stop.counts == "awards":
        return counted(amount, Text("项", "award"))
    return money(decision.instance, amount)


def by_id_text(decision: Decision, equal: ById) -> Words:
    """Say between which equal results the ids decided."""
    text = Text(
        "{more} 与 {less} 名次及全部并列规则相同，仅凭编号先后，前者优先",
        "{more} and {less} are equal in rank and every tie-break: the order of the ids alone put "
        "the former first",
    )
    return text.of(more=named(decision, equal.more, 3), less=named(decision, equal.less, 3))


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
    for shortage in entry.stopped_by:
        text = Text("{limit}还差 {short}", "{short} short of {limit}")
        short: Words | str = money(decision.instance, shortage.short)
        if shortage.counts == "awards":
            short = counted(shortage.short, Text("项", "award"))
        said.append(text.of(limit=decision.instance.title(shortage.constraint), short=short))
    if entry.first_for:
        said.append(_next_if(decision, entry.first_for))
    elif entry.together:
        names = [_may_leave(decision, j) for j in entry.together]
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
    first = [_may_leave(decision, j) for j in first_for[:3]]
    any_of = NOTHING if len(first) == 1 else Text("任一项", "")
    if len(first_for) > len(first):
        any_of = Text("等任一项", " or others")
    text = Text("{names}{any_of}退出即递补", "next if {names}{any_of} drops out")
    return text.of(names=join(first, _OR), any_of=any_of)


def _may_leave(decision: Decision, j: int) -> Words:
    """Return the id of a result that may drop out; one that is not decided on is marked so."""
    waits = decision.statuses[j] in (FundingStatus.DISCUSS, FundingStatus.DRAW)
    mark = Text("（待定）", " (undecided)") if waits else NOTHING
    return join((name_of(decision, j), mark), NOTHING)
