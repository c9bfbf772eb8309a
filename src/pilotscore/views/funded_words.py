"""Why a result is funded, by what and on which conditions; or why not, and what it missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pilotscore.allocation.rank_order import Step
from pilotscore.funding.core import Standing
from pilotscore.funding.decision import Decision, FundingStatus, Rule
from pilotscore.funding.grants import instrument_title
from pilotscore.funding.jumps import Jump
from pilotscore.funding.reserve import Reserve
from pilotscore.language import Text, Words
from pilotscore.wording.funding import money

OUTCOMES = {
    FundingStatus.FUND: Text("资助", "fund"),
    FundingStatus.DISCUSS: Text("待议", "discuss"),
    FundingStatus.DRAW: Text("待抽签", "to be drawn"),
    FundingStatus.RESERVE: Text("候补", "reserve"),
    FundingStatus.DEFER: Text("转下一轮", "next round"),
    FundingStatus.DECLINE: Text("不予资助", "not funded"),
    FundingStatus.PAID: Text("已获资助", "has money"),
    FundingStatus.REFUSE: Text("不符合", "not eligible"),
}
STANDINGS = {
    Standing.CORE: Text("核心", "core"),
    Standing.BORDERLINE: Text("边界", "borderline"),
    Standing.EXTERIOR: Text("外围", "exterior"),
}


def name_of(funded: Decision, i: int) -> str:
    """Return the id of a result."""
    return funded.instance.assessment.measurements.ids[i]


@dataclass(frozen=True, slots=True)
class _LookedUp:
    """What is looked up for every result, by its place."""

    steps: Mapping[int, Step]
    jumps: Mapping[int, Jump]
    reserve: Mapping[int, Reserve]


@lru_cache(maxsize=4)
def _looked_up(funded: Decision) -> _LookedUp:
    return _LookedUp(
        {s.result: s for s in funded.steps if s.offer >= 0},
        {j.result: j for j in funded.jumps[funded.rule]},
        {r.result: r for r in funded.reserve},
    )


def reason(funded: Decision, i: int) -> Text:
    """Say in words what is decided for a result, and why."""
    outcome = funded.statuses[i]
    if outcome in (FundingStatus.REFUSE, FundingStatus.PAID):
        return _refused(funded, i)
    parts = [_given(funded, i)] if outcome is FundingStatus.FUND else [*_stopped(funded, i)]
    if outcome in (FundingStatus.DISCUSS, FundingStatus.DRAW):
        parts.insert(0, _in_zone(funded, i, lots=outcome is FundingStatus.DRAW))
    if outcome is FundingStatus.RESERVE:
        entry = _looked_up(funded).reserve[i]
        parts.append(moved_up(funded, entry))
    if outcome is FundingStatus.DEFER:
        later = funded.instance.call.next_round
        assert later is not None
        parts.append(
            Text(f"转入{later.title.to('zh')}（滚动立项）", f"deferred to {later.title.to('en')}")
        )
    return _joined([p for p in parts if p.to("zh")])


def _joined(parts: Sequence[Words]) -> Text:
    return Text("；".join(p.to("zh") for p in parts), "; ".join(p.to("en") for p in parts))


def _refused(funded: Decision, i: int) -> Text:
    return _joined([r.text for r in funded.instance.refusals[i]])


def conditions(funded: Decision, i: int) -> tuple[Words, ...]:
    """Return on what an award hangs, or what would mend a refusal."""
    if funded.instance.refusals[i]:
        return tuple(dict.fromkeys(a for r in funded.instance.refusals[i] for a in r.advice))
    if funded.statuses[i] is not FundingStatus.FUND:
        return ()
    found = list(funded.instance.plan.recommendations[i].conditions)
    instrument, paid = funded.instance.grants.instruments[i], milestones(funded, i)
    if instrument is not None and instrument.terms is not None:
        terms = instrument.terms
        found.append(Text(f"政策条款：{terms.to('zh')}", f"policy: {terms.to('en')}"))
    if paid and instrument is not None and instrument.terms is not None:
        rule = Text("拨付以本次征集的约定为准：", "payments go by the call: ")
        paid[0] = Text(f"{rule.to('zh')}{paid[0].to('zh')}", f"{rule.to('en')}{paid[0].to('en')}")
    return (*found, *paid)


def milestones(funded: Decision, i: int) -> list[Text]:
    """Return the payments of a staged award, with what must be shown for each."""
    problem, call = funded.instance.problem, funded.instance.call
    offer = int(funded.allocation.choice[i])
    if offer < 0:
        return []
    level = call.funding_levels[int(problem.level[offer])]
    if not level.milestones:
        return _by_budget(funded, offer)
    left = whole = int(problem.total_cost[offer])
    found = []
    for number, milestone in enumerate(level.milestones, start=1):
        last = number == len(level.milestones)
        part = left if last else whole * round(milestone.share * 10_000) // 10_000
        left -= part
        amount = money(funded.instance, part)
        stage = f"（{milestone.stage}）" if milestone.stage else ""
        shows = milestone.shows
        zh = f"第 {number} 期{stage} {amount.to('zh')}" + (f"：{shows.to('zh')}" if shows else "")
        stage = f" ({milestone.stage})" if milestone.stage else ""
        en = f"payment {number}{stage}, {amount.to('en')}" + (
            f": {shows.to('en')}" if shows else ""
        )
        found.append(Text(zh, en))
    return found


def _by_budget(funded: Decision, offer: int) -> list[Text]:
    """Return what each stage of the budget pays of an award without milestones."""
    stages = funded.instance.call.budget.stages
    if len(stages) < 2:
        return []
    found = []
    for stage, fen in zip(stages, funded.instance.problem.cost[offer].tolist(), strict=True):
        title, amount = stage.title or Text(stage.id, stage.id), money(funded.instance, fen)
        if fen:
            found.append(
                Text(
                    f"{title.to('zh')}支付 {amount.to('zh')}",
                    f"{amount.to('en')} from {title.to('en')}",
                )
            )
    return found


def clause(funded: Decision, i: int) -> Text:
    """Return the clause of the policy that an award stands on."""
    policy = funded.instance.plan.policy
    a = funded.instance.assessment
    grade = a.criteria.grades[int(a.grade[i])]
    title = f"{policy.id} {policy.version}"
    return Text(f"政策 {title}，等级 {grade.id}", f"policy {title}, grade {grade.id}")


def _given(funded: Decision, i: int) -> Text:
    instance = funded.instance
    offer = int(funded.allocation.choice[i])
    level = instance.call.funding_levels[int(instance.problem.level[offer])]
    amount = money(funded.instance, int(instance.problem.total_cost[offer]))
    by, on = instrument_title(instance.grants.instruments[i]), clause(funded, i)
    said = [
        Text(
            f"资助 {amount.to('zh')}（{level.title.to('zh')}，{by.to('zh')}），依据{on.to('zh')}",
            f"{amount.to('en')} ({level.title.to('en')}, {by.to('en')}) under {on.to('en')}",
        )
    ]
    cut = instance.grants.limited_by[i]
    if cut is not None:
        asked = money(funded.instance, int(instance.grants.requested[i]))
        said.append(
            Text(
                f"申请 {asked.to('zh')}，按{cut.to('zh')}核减",
                f"{asked.to('en')} was asked for, cut to {cut.to('en')}",
            )
        )
    if instance.problem.required[i]:
        said.append(Text("征集文件规定必须资助", "the call says that it must be funded"))
    step = _step(funded, i)
    if step is not None and step.quota is not None:
        title = funded.instance.title(step.quota)
        said.append(
            Text(f"为达到{title.to('zh')}先行安排", f"served first, for the {title.to('en')}")
        )
    if int(instance.problem.level[offer]) > 0:
        stops = funded.allocation.binding[i]
        why: Words = Text("组合价值", "the value of the portfolio")
        if stops:
            why = funded.instance.title(stops[0])
        said.append(Text(f"未给全额，因{why.to('zh')}", f"not in full because of {why.to('en')}"))
    return _joined(said)


def _step(funded: Decision, i: int) -> Step | None:
    if funded.rule != "rank_order":
        return None
    return _looked_up(funded).steps.get(i)


def _stopped(funded: Decision, i: int) -> list[Text]:
    """Say what kept a result from money, and what it would have had under the other rule."""
    if funded.allocation.choice[i] >= 0:
        amount = money(funded.instance, int(funded.amount()[i]))
        return [Text(f"按规则可得 {amount.to('zh')}", f"the rule would give {amount.to('en')}")]
    stops = funded.allocation.binding[i]
    said = []
    if stops:
        key, title = stops[0], funded.instance.title(stops[0])
        said.append(Text(f"止于{title.to('zh')}（{key}）", f"stopped by {title.to('en')} ({key})"))
    else:
        said.append(
            Text("其余成果的组合价值更高", "the money is worth more in others under the objective")
        )
    jump = _looked_up(funded).jumps.get(i)
    if jump is not None:
        low = name_of(funded, jump.lowest)
        track = funded.instance.problem.tracks[i] >= 0
        among_zh, among_en = ("同赛道", " of its track") if track else ("", "")
        said.append(
            Text(
                f"被{among_zh}低 {jump.points:.1f} 分的 {low} 越过",
                f"passed over for {low}{among_en}, {jump.points:.1f} points lower",
            )
        )
    other: Rule = "rank_order" if funded.rule == "portfolio" else "portfolio"
    if funded.allocations[other].choice[i] >= 0:
        amount = money(funded.instance, int(funded.amount(other)[i]))
        rule = (
            Text("按名次", "rank order")
            if other == "rank_order"
            else Text("组合择优", "the portfolio")
        )
        said.append(
            Text(
                f"{rule.to('zh')}则可得 {amount.to('zh')}",
                f"{rule.to('en')} would give {amount.to('en')}",
            )
        )
    return said


def _in_zone(funded: Decision, i: int, *, lots: bool) -> Text:
    assert funded.line is not None
    chance = float(funded.line.chances.chance[i])
    if lots:
        return Text(
            f"获资助概率 {chance:.0%}，待抽签",
            f"chance of funding {chance:.0%}: to be drawn by lot",
        )
    return Text(
        f"获资助概率 {chance:.0%}，由资助方讨论决定",
        f"chance of funding {chance:.0%}: the office decides",
    )


def moved_up(funded: Decision, entry: Reserve) -> Text:
    """Say whose dropping out makes room for a result on the reserve list, and what it lacks."""
    place = funded.reserve.index(entry) + 1
    said = [Text(f"候补第 {place} 位", f"reserve {place}")]
    for shortage in entry.stopped_by[:2]:
        if shortage.counts == "awards":
            continue
        title, short = (
            funded.instance.title(shortage.constraint),
            money(funded.instance, shortage.short),
        )
        said.append(
            Text(
                f"{title.to('zh')}还差 {short.to('zh')}",
                f"{short.to('en')} short of {title.to('en')}",
            )
        )
    first = [name_of(funded, j) for j in entry.first_for[:3]]
    if first:
        more_zh = "等任一项" if len(entry.first_for) > 3 else ("任一项" if len(first) > 1 else "")
        said.append(
            Text(
                f"{'、'.join(first)}{more_zh}退出即递补",
                f"next if {' or '.join(first)}{' or others' if len(entry.first_for) > 3 else ''} drops out",
            )
        )
    elif entry.together:
        names = [name_of(funded, j) for j in entry.together]
        said.append(
            Text(
                f"{'、'.join(names)}一并退出才递补",
                f"only if {' and '.join(names)} drop out together",
            )
        )
    elif entry.moved_up_by:
        said.append(Text("退出的资金由前面的候补先得", "those before it on the list come first"))
    elif entry.stopped_by or entry.blocked:
        said.append(
            Text("任何获资助者退出都不足以递补", "no dropping out of funded ones makes room for it")
        )
    return _joined(said)
