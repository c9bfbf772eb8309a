"""Both rules side by side, who was passed over, the reserve list, and the log of rank order."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from pilotscore.allocation.problem import Allocation, Constraint
from pilotscore.criteria.call import AtMiss
from pilotscore.document import Block, Column, Fact, Gap, Table, heading, more
from pilotscore.funding.decision import Decision, Rule
from pilotscore.funding.jumps import Cause, Jump
from pilotscore.language import COMMA, Text, Words, counted, join, same
from pilotscore.views.fund.decisions import TRACK, track_title
from pilotscore.views.fund.phrases import AWARD, RULE_TITLES, figure, name_of
from pilotscore.views.fund.reasons import moved_up
from pilotscore.wording import figures, words
from pilotscore.wording.funding import money

RULE = Text("规则", "Rule")
VALUE = Text("目标值", "Objective")
_LEFT = Text("结余", "Left")
_MOST_JUMPS = 10
_PHASES = {
    "required": Text("必须资助", "required"),
    "quota": Text("赛道下限", "quota"),
    "list": Text("名单", "list"),
    "tie": Text("同名次", "tie"),
}


def given_by_rule(decision: Decision) -> list[tuple[Rule, Allocation, tuple[Jump, ...], int]]:
    """Return what each rule gives, its jumps, and how many least amounts it does not reach."""
    unmet = {"rank_order": len(decision.unmet)}
    return [
        (rule, given, decision.jumps[rule], unmet.get(rule, 0))
        for rule, given in decision.allocations.items()
    ]


def rules_table(decision: Decision) -> Table:
    """Return both rules side by side: what each funds, spends, and is worth."""
    columns = (
        Column("rule", RULE, width=16),
        Column("results", Text("项数", "Results"), "rank", 8),
        Column("money", Text("金额", "Money"), "amount", 14),
        Column("left", _LEFT, "amount", 14),
        Column("objective", VALUE, "figure", 14),
        Column("bound", Text("上界", "Bound"), "figure", 14),
        Column("jumps", Text("越过", "Jumps"), "rank", 8),
        Column("unmet", Text("未达下限", "Unmet"), "rank", 8),
        Column("engine", Text("方法", "By"), "wrap", 40),
    )
    unit, budget = decision.instance.unit, decision.instance.call.budget_fen
    rows: list[list[Any]] = []
    for rule, given, jumps, unmet in given_by_rule(decision):
        spent, awards = int(decision.amount(rule).sum()), int((given.choice >= 0).sum())
        sums = [unit.number(spent), unit.number(budget - spent)]
        worth, how = [figure(given.value), figure(given.bound)], _method(decision, rule, given)
        rows.append([RULE_TITLES[rule], awards, *sums, *worth, len(jumps), unmet, how])
    return Table(columns, rows)


def rules_page(decision: Decision) -> Iterator[Block]:
    """Show what each rule gives, the one that decides marked, and what rank order loses."""
    unit = decision.instance.unit
    for rule, given, jumps, _ in given_by_rule(decision):
        spent = int(decision.amount(rule).sum())
        left = decision.instance.call.budget_fen - spent
        worth = figure(given.value)
        text = Text(
            "{n}，{money}，结余 {left}；目标值 {worth}；越过 {jumps} 项",
            "{n}, {money}, {left} left; objective {worth}; {jumps} passed over",
        ).of(
            n=counted(int((given.choice >= 0).sum()), Text("项", "result")),
            money=unit.said(spent),
            left=unit.said(left),
            worth="—" if worth is None else f"{worth:,.0f}",
            jumps=len(jumps),
        )
        mark = "●" if rule == decision.rule else "○"
        label = Text("{mark} {rule}", "{mark} {rule}").of(mark=mark, rule=RULE_TITLES[rule])
        yield Fact(label, text, label_width=16)
    lost = decision.lost_in_order
    if lost == lost:
        text = Text(
            "按名次的目标值比组合低 {lost:.1%}；{proof}",
            "rank order has {lost:.1%} less of the objective than the portfolio; {proof}",
        ).of(lost=lost, proof=_proof(decision.allocations["portfolio"].gap))
        yield Fact("", text, 2, "dim")


def _method(decision: Decision, rule: Rule, given: Allocation) -> Words:
    """Say how a rule gives out the money; the solver and its version are in the manifest."""
    if rule == "portfolio":
        return _PROGRAMME.of(proof=_proof(given.gap))
    call = decision.instance.call
    parts = [_AT_MISS[call.line.miss]]
    if call.line.partial:
        parts.append(_PARTIAL)
    if rule == "draw":
        parts.append(_BY_LOT)
    return join(parts, COMMA)


_PROGRAMME = Text("整数规划：{proof}", "integer programme: {proof}")
_AT_MISS: dict[AtMiss, Text] = {
    "stop": Text(
        "按名次逐项安排，限额不足时不再向后支付",
        "down the ranking; a limit pays none behind the first that it is short for",
    ),
    "skip": Text(
        "按名次逐项安排，跳过限额不足的",
        "down the ranking; those that a limit is short for are passed over",
    ),
}
_PARTIAL = Text("不足全额的给部分", "in part where the whole has no room")
_BY_LOT = Text("抽签之后", "after the lots")


def _proof(gap: float) -> Words:
    if math.isinf(gap):
        return Text("限时内没有求得组合", "no portfolio was reached in the time")
    if gap <= 1e-9:
        return Text("组合已证明最优", "the portfolio is proved best")
    return Text("组合离上界 {gap:.2%}", "the portfolio is within {gap:.2%} of its bound").of(
        gap=gap
    )


CAUSES: dict[Cause, Text] = {
    "limit": Text("限额", "a limit"),
    "bond": Text("与其他成果的约束", "a bond with other results"),
    "line": Text("线已关闭（line.miss: stop）", "the line was closed (line.miss: stop)"),
    "draw": Text("抽签", "the lots"),
    "objective": Text("目标值", "the objective"),
}


def jumps_table(decision: Decision) -> Table:
    """Return every jump under both rules, with everything that stopped the result."""
    columns = (
        Column("rule", RULE, width=12),
        Column("id", words.ID, width=12),
        Column("grade", words.GRADE, "centre", 7),
        Column("index", words.INDEX, "score", 8),
        Column("track", TRACK, width=14),
        Column("lower", Text("其后最末的获资助者", "Lowest given money"), width=14),
        Column("lower_grade", Text("其等级", "Its grade"), "centre", 8),
        Column("places", Text("名次差", "Places"), "rank", 8),
        Column("points", Text("分差", "Points"), "score", 8),
        Column("count", Text("越过者数", "How many"), "rank", 9),
        Column("cause", Text("缘由", "Cause"), width=14),
        Column("constraint", Text("约束", "Constraint"), "wrap", 40),
    )
    score, a = decision.instance.problem.score, decision.instance.assessment
    rows: list[list[Any]] = [
        [
            RULE_TITLES[rule],
            name_of(decision, j.result),
            figures.grade_id(a, j.result),
            figure(float(score[j.result])),
            track_title(decision, j.result),
            name_of(decision, j.lowest),
            figures.grade_id(a, j.lowest),
            j.places,
            figure(j.points),
            j.count,
            CAUSES[j.cause],
            _cause(decision, j),
        ]
        for rule, _, jumps, _ in given_by_rule(decision)
        for j in jumps
    ]
    return Table(columns, rows)


def _cause(decision: Decision, jump: Jump) -> Words:
    if not jump.stopped_by or jump.cause == "draw":
        return CAUSES[jump.cause]
    return join(_with_address(decision, constraint) for constraint in jump.stopped_by)


def _with_address(decision: Decision, constraint: Constraint) -> Words:
    text = Text("{title} ({address})", "{title} ({address})")
    return text.of(title=decision.instance.title(constraint), address=str(constraint))


_BY_POINTS = Text(
    "{id}（{index:.1f}）：{n} 项较低者获资助，最低 {lower}，差 {points:.1f} 分；{cause}",
    "{id} ({index:.1f}): {n} funded with less, the lowest {lower}, {points:.1f} points below; "
    "{cause}",
)
_BY_RANK = Text(
    "{id}（第 {rank} 名，{grade}）：其后 {n} 项获资助，最末 {lower}（第 {lower_rank} 名，"
    "{lower_grade}）；{cause}",
    "{id} (rank {rank}, grade {grade}): {n} funded behind it, the last {lower} (rank {lower_rank}, "
    "grade {lower_grade}); {cause}",
)


def jumps_page(decision: Decision) -> Iterator[Block]:
    """Show who was passed over under the rule that decides."""
    jumps = decision.jumps[decision.rule]
    if not jumps:
        return
    yield Gap()
    by_points = decision.rule == "portfolio"
    yield heading(
        Text(
            "越过（同赛道得分较高而未获资助）",
            "Passed over (higher scored, same track, not funded)",
        )
        if by_points
        else Text(
            "越过（同赛道名次在前而未获资助）",
            "Passed over (better ranked, same track, not funded)",
        )
    )
    text = _BY_POINTS if by_points else _BY_RANK
    ranks, a = decision.instance.ranking.ranks, decision.instance.assessment
    for j in jumps[:_MOST_JUMPS]:
        said = text.of(
            id=name_of(decision, j.result),
            rank=int(ranks[j.result]),
            grade=figures.grade_id(a, j.result),
            index=float(decision.instance.problem.score[j.result]),
            n=j.count,
            lower=name_of(decision, j.lowest),
            lower_rank=int(ranks[j.lowest]),
            lower_grade=figures.grade_id(a, j.lowest),
            points=j.points,
            cause=_cause(decision, j),
        )
        yield Fact("", said, 2)
    if len(jumps) > _MOST_JUMPS:
        yield more(len(jumps) - _MOST_JUMPS)


def reserve_table(decision: Decision) -> Table:
    """Return the reserve list in order, with what moves each up."""
    columns = (
        Column("place", Text("候补", "Reserve"), "rank", 8),
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, "wrap", 28),
        Column("award", AWARD, "amount", 12),
        Column("moves_up", Text("何时递补", "What moves it up"), "wrap", 70),
    )
    titles = decision.instance.assessment.measurements.titles
    rows: list[list[Any]] = []
    for place, entry in enumerate(decision.reserve, start=1):
        amount = decision.instance.unit.number(_reserved(decision, entry.offer))
        name, title = name_of(decision, entry.result), titles[entry.result]
        rows.append([place, name, title, amount, moved_up(decision, entry)])
    return Table(columns, rows)


def _reserved(decision: Decision, offer: int) -> int:
    return int(decision.instance.problem.total_cost[offer])


def reserve_page(decision: Decision) -> Iterator[Block]:
    """Show the reserve list."""
    if not decision.reserve:
        return
    yield Gap()
    yield heading(Text("候补名单", "Reserve list"))
    for place, entry in enumerate(decision.reserve, start=1):
        amount = money(decision.instance, _reserved(decision, entry.offer))
        name = name_of(decision, entry.result)
        label = same("{place}. {name} {amount}").of(place=place, name=name, amount=amount)
        yield Fact(label, moved_up(decision, entry), 2)


def log_table(decision: Decision) -> Table:
    """Return every step of rank order, and what decided between equal ranks."""
    columns = (
        Column("step", Text("步骤", "Step"), "rank", 7),
        Column("phase", Text("阶段", "Phase"), width=14),
        Column("id", words.ID, width=12),
        Column("award", AWARD, "amount", 12),
        Column("left", _LEFT, "amount", 12),
        Column("stopped_by", Text("约束", "Stopped by"), "wrap", 60),
    )
    unit, total = decision.instance.unit, decision.instance.problem.total_cost
    before = Text("先于 {second}，因{why}", "before {second} by {why}")
    rows: list[list[Any]] = [
        [
            None,
            _PHASES["tie"],
            name_of(decision, tie.first),
            None,
            None,
            before.of(second=name_of(decision, tie.second), why=tie.text),
        ]
        for tie in decision.instance.ties
    ]
    for number, step in enumerate(decision.steps, start=1):
        amount = unit.number(int(total[step.offer])) if step.offer >= 0 else None
        stopped = (
            join(_with_address(decision, c) for c in step.stopped_by) if step.stopped_by else None
        )
        name = name_of(decision, step.result)
        rows.append([number, _PHASES[step.phase], name, amount, unit.number(step.left), stopped])
    return Table(columns, rows)
