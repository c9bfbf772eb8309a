"""What every output of a decided call says first: money, rule, notes, what decisions cost."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from pilotscore.allocation.holding import too_far
from pilotscore.criteria import OBJECTIVES, RULES
from pilotscore.funding.at_the_line import AtTheLine, can_be_drawn
from pilotscore.funding.decision import Decision, FundingStatus
from pilotscore.funding.instance import Instance
from pilotscore.funding.overrides import Cost, Overruled
from pilotscore.funding.rule import NEARLY
from pilotscore.language import COLON, LISTED, NOTHING, Text, Words, counted, join

_NAMED = 5


def money(instance: Instance, fen: int) -> Words:
    """Return an amount with the call's unit, in English in millions."""
    return instance.unit.said(fen)


def headline(decision: Decision, overruled: Overruled | None) -> list[Words]:
    """Return the budget, what was asked for, the rule and the objective, in words."""
    instance, call = decision.instance, decision.instance.call
    able = [i for i, r in enumerate(instance.refusals) if not r]  # a decision is no eligibility
    requested, budget = int(instance.grants.requested[able].sum()), call.budget_fen
    return [
        Text(
            "预算 {total}；符合条件 {eligible} 项（共 {count} 项），申请 {requested}，"
            "为预算的 {times} 倍",
            "budget {total}; {eligible} of {count} results eligible, asking for {requested}, "
            "{times} times the budget",
        ).of(
            total=money(instance, budget),
            eligible=len(able),
            count=len(instance),
            requested=money(instance, requested),
            times=f"{requested / budget:.1f}" if budget else "—",
        ),
        Text(
            "规则：{rule}；目标：{objective}（底线 {floor}）",
            "rule: {rule}; objective: {objective} (floor {floor})",
        ).of(rule=RULES[call.rule], objective=OBJECTIVES[call.objective], floor=f"{call.floor:g}"),
        _spent(decision),
        *([] if overruled is None else [summary(overruled)]),
    ]


def _spent(decision: Decision) -> Words:
    """Say what is awarded; and how many wait for the office or a draw, and what they would get."""
    spent = money(decision.instance, int(decision.award().sum()))
    waits = int(decision.having(FundingStatus.DISCUSS, FundingStatus.DRAW).sum())
    if not waits:
        count = int(decision.having(FundingStatus.FUND).sum())
        return Text("资助 {count} 项，共 {spent}", "awards {count}, {spent} in all").of(
            count=count, spent=spent
        )
    return Text(
        "已定资助 {spent}；待定 {waits} 项，按规则可得 {held}，未计入资助与去向",
        "awarded {spent}; {waits} undecided, to whom the rule would give {held}: counted neither "
        "as awards nor below",
    ).of(
        spent=spent,
        waits=waits,
        held=money(decision.instance, int(decision.undecided().sum())),
    )


def notes(decision: Decision) -> list[Words]:
    """Return what every output of a decided call must say of it."""
    instance, line, call = decision.instance, decision.line, decision.instance.call
    said: list[Words] = [
        Text(
            "注意：按名次未达到{title}（{key}）",
            "Note: rank order does not reach the {title} ({key})",
        ).of(title=instance.title(unmet.constraint), key=str(unmet.constraint))
        for unmet in decision.unmet
    ]
    if line is not None and call.rule == "portfolio":
        said.append(
            Text(
                "概率：每次抽样的组合离最优至多 {nearly:.0%}",
                "chances: the portfolio of each draw is within {nearly:.0%} of the best",
            ).of(nearly=NEARLY)
        )
    if call.max_jump is not None and call.rule == "rank_order":
        said.append(
            Text(
                "max_jump 只约束组合择优的分差；按名次的越过按名次比较，由限额或已关闭的线造成，"
                "逐项列出",
                "max_jump binds the points of the portfolio alone; in rank order a jump is one "
                "over a better ranked result, by a limit or a closed line, and each is listed",
            )
        )
    if decision.by_id:
        said.append(_by_id(decision))
    return [*said, *(_without_chances(instance) if line is None else _of_chances(decision, line))]


def worse_with_more(decision: Decision, worse: Mapping[int, int]) -> list[Words]:
    """Say where rank order is worth less with more money: with a budget less than with another."""
    if not worse:
        return []
    text = Text(
        "注意：在试算的预算之间，按名次的目标值不随资金单调增加：{pairs}（较前的大额成果占去"
        "若干较后成果的资金）",
        "Note: between the budgets that were tried rank order is not worth more with more money: "
        "{pairs} (a large award further up takes the money of several behind it)",
    )
    pair = Text("预算 {more} 时低于 {less} 时", "with {more} less than with {less}")
    instance = decision.instance
    pairs = join(
        [pair.of(more=money(instance, m), less=money(instance, x)) for m, x in worse.items()]
    )
    return [text.of(pairs=pairs)]


def left_out(stages: Sequence[Text]) -> list[Words]:
    """Say what was not worked out because the work was interrupted."""
    if not stages:
        return []
    text = Text(
        "注意：已中断；决定有效，未算出：{stages}及其后各项",
        "Note: interrupted; what is decided holds, not worked out: {stages}, and what comes after",
    )
    return [text.of(stages=join(stages, LISTED))]


def _by_id(decision: Decision) -> Words:
    """Say that ids decided between equal results: it is no merit."""
    ids = decision.instance.ids
    pairs = join(
        Text("{more} 先于 {less}", "{more} before {less}").of(
            more=join([ids[i] for i in equal.more[:_NAMED]], LISTED),
            less=join([ids[i] for i in equal.less[:_NAMED]], LISTED),
        )
        for equal in decision.by_id[:_NAMED]
    )
    text = Text(
        "注意：{count} 组成果名次与全部并列规则相同，资助仅凭编号先后而定（{pairs}）；可补充 "
        "tie_breaks 或抽签（line.discussion.decide: lottery）",
        "Note: in {count} the results are equal in rank and every tie-break, and the order of "
        "their ids alone decided ({pairs}); add tie_breaks, or lots (line.discussion.decide: "
        "lottery)",
    )
    return text.of(count=_groups(len(decision.by_id)), pairs=pairs)


def _groups(count: int) -> Words:
    return Text("{n}", "{n} groups").of(n=count)


def _without_chances(instance: Instance) -> list[Words]:
    """Say why there are no chances where the call wants them."""
    if instance.call.line.discussion is None:
        return []
    if not can_be_drawn(instance):
        return [
            Text(
                "名次按决策方法排列，线上概率无从抽样，因此没有讨论区",
                "the order goes by a decision method, which is not drawn: no chances, and no "
                "discussion zone",
            )
        ]
    if not instance.problem.eligible.any():
        return []
    return [
        Text(
            "没有可用的抽样（不足两项有等级，或下限在每次抽样中都不能满足），因此没有概率与讨论区",
            "no draw can be used (fewer than two graded results, or least amounts that no draw "
            "meets): no chances, no discussion zone",
        )
    ]


def _of_chances(decision: Decision, line: AtTheLine) -> list[Words]:
    """Say how good the chances are, and what they leave out."""
    said: list[Words] = []
    if line.chances.unmet:
        said.append(
            Text(
                "概率未计入 {count} 次抽样：其中下限不能满足",
                "chances leave out {count} draws in which the least amounts cannot be met",
            ).of(count=line.chances.unmet)
        )
    if decision.rule == "draw" and decision.instance.call.max_jump is not None:
        far = len(too_far(decision.instance.problem, decision.allocation.choice))
        if far:
            said.append(
                Text(
                    "抽签结果有 {far} 项超出 max_jump：抽签不受它约束",
                    "{far} results lie beyond max_jump after the draw: it does not bind one",
                ).of(far=far)
            )
    said.append(
        Text(
            "概率的抽样标准误至多 {error:.1%}",
            "chances have a standard error of at most {error:.1%}",
        ).of(error=float(line.chances.error.max(initial=0.0)))
    )
    if line.draws + line.chances.unmet < line.draws_wanted:
        said.append(
            Text(
                "概率由 {draws} 次抽样得出（要求 {wanted} 次；每次都要重新分配）",
                "chances are of {draws} draws ({wanted} were asked for; each takes an allocation "
                "of its own)",
            ).of(draws=line.draws, wanted=line.draws_wanted)
        )
    return said


def summary(overruled: Overruled) -> Words:
    """Say how many decisions there are, and what they cost together."""
    count = len(overruled.overrides)
    return Text("已按 {file} 的 {count}调整：{cost}", "with the {count} of {file}: {cost}").of(
        file=overruled.file.name,
        count=counted(count, Text("项决定", "decision")),
        cost=cost_text(overruled, overruled.cost),
    )


def cost_text(overruled: Overruled, cost: Cost) -> Words:
    """Say what decisions cost in worth, and whose awards they change."""
    if math.isnan(cost.lost):
        return Text("单独不成立", "not possible alone")
    return join(
        (
            _lost(overruled.recommended.allocation.value, cost.lost),
            _named(overruled, Text("被挤出或减少", "displaced or given less"), cost.displaced),
            _named(overruled, Text("增加", "given more"), cost.gained),
        )
    )


def _lost(whole: float, lost: float) -> Words:
    share = f"{abs(lost) / whole:.1%}" if whole > 0 else "—"
    if abs(lost) <= 1e-9 * max(whole, 1.0):
        return Text("目标值不变", "the objective stays the same")
    if lost > 0:
        return Text("目标值减少 {share}", "{share} less of the objective").of(share=share)
    return Text("目标值增加 {share}", "{share} more of the objective").of(share=share)


def _named(overruled: Overruled, label: Text, results: tuple[int, ...]) -> Words:
    """Return results by name after a label, the first few of many; nothing for none."""
    if not results:
        return NOTHING
    ids = overruled.decision.instance.ids
    listed = join([ids[i] for i in results[:_NAMED]], LISTED)
    left = len(results) - _NAMED
    if left <= 0:
        return join((label, listed), COLON)
    return Text("{label}：{listed} 等 {count} 项", "{label}: {listed} and {left} more").of(
        label=label, listed=listed, count=len(results), left=left
    )
