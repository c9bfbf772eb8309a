"""A call decided, as tables: one content for terminal, xlsx, csv and json."""

from __future__ import annotations

import math
from typing import Any

from pilotscore.criteria import OBJECTIVES, RULES
from pilotscore.funding.core import Standing
from pilotscore.funding.decision import Decision, Rule
from pilotscore.funding.grants import instrument_title
from pilotscore.language import Lang, Text, same
from pilotscore.runs.fund import FundReport
from pilotscore.views.funded_words import (
    OUTCOMES,
    STANDINGS,
    conditions,
    moved_up,
    name_of,
)
from pilotscore.views.overrides import (
    level_title,
    reason_after,
)
from pilotscore.views.tables import Column, Table
from pilotscore.views.ways import what_would_change
from pilotscore.wording import figures, words

DECISION = Text("决定", "Decision")
TRACK = Text("赛道", "Track")
ASKED = Text("申请", "Asked")
AWARD = Text("资助", "Award")
COST = Text("中试费用", "Pilot cost")
LEVEL = Text("档次", "Level")
INSTRUMENT = Text("资金工具", "Instrument")
CHANCE = Text("获资助概率", "Chance")
IN_ORDER = Text("按名次", "Rank order")
PORTFOLIO = Text("组合择优", "Portfolio")
WHY = Text("理由", "Reason")
ON_CONDITIONS = Text("条件与建议", "Conditions and advice")
RULE = Text("规则", "Rule")
RESULTS = Text("项数", "Results")
SPENT = Text("金额", "Money")
LEFT = Text("结余", "Left")
VALUE = Text("目标值", "Objective")
BOUND = Text("上界", "Bound")
JUMPS = Text("越过", "Jumps")
RECOMMENDED = Text("原建议", "Recommended")
RECOMMENDED_AWARD = Text("原建议金额", "Recommended award")
UNMET = Text("未达下限", "Unmet")
AFTER_DRAW = Text("抽签后", "After the draw")
CORE = Text("核心度", "Core index")
STANDING = Text("组合中", "Standing")
CHANGES = Text("如何改变", "What would change it")


def rules_table(report: FundReport) -> Table:
    """Return both rules side by side: what each funds, spends, and is worth."""
    funded = report.funded
    columns = (
        Column("rule", RULE, width=16),
        Column("results", RESULTS, "rank", 8),
        Column("money", SPENT, "amount", 14),
        Column("left", LEFT, "amount", 14),
        Column("objective", VALUE, "figure", 14),
        Column("bound", BOUND, "figure", 14),
        Column("jumps", JUMPS, "rank", 8),
        Column("unmet", UNMET, "rank", 8),
        Column("engine", Text("方法", "By"), "wrap", 40),
    )
    rows = []
    rows = [_rule_row(funded, rule) for rule in funded.allocations]
    return Table(columns, rows)


RULE_TITLES: dict[Rule, Text] = {
    "rank_order": IN_ORDER,
    "portfolio": PORTFOLIO,
    "draw": AFTER_DRAW,
}


def _rule_row(funded: Decision, rule: Rule) -> list[Any]:
    given, call = funded.allocations[rule], funded.instance.call
    spent = int(funded.amount(rule).sum())
    return [
        RULE_TITLES[rule],
        int((given.choice >= 0).sum()),
        as_number(funded, spent),
        as_number(funded, call.budget_fen - spent),
        figure(given.value),
        figure(given.bound),
        len(funded.jumps[rule]),
        len(funded.unmet) if rule == "rank_order" else 0,
        given.engine,
    ]


def as_number(funded: Decision, fen: int) -> float | int:
    """Return an amount in the call's unit as a number."""
    return funded.instance.unit.number(fen)


def figure(value: float) -> float | None:
    """Return a figure as it stands in a table; None where there is none."""
    return round(value, 6) if math.isfinite(value) else None


def decisions_table(report: FundReport, lang: Lang) -> Table:
    """Return one row per result, in the order of the call: what is decided, and why."""
    funded = report.funded
    instance = funded.instance
    a, call = instance.assessment, instance.call
    unit = f"（{call.money_unit.name}）"
    stages = call.budget.stages

    def in_unit(heading: Text) -> Text:
        return Text(f"{heading.to('zh')}{unit}", f"{heading.to('en')} ({call.money_unit.name})")

    facts = shown_facts(report)
    columns = (
        Column("rank", words.RANK, "rank", 6),
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, "wrap", 28),
        Column("grade", words.GRADE, "centre", 7),
        Column("index", words.INDEX, "score", 8),
        Column("track", TRACK, width=14),
        Column("decision", DECISION, "centre", 11),
        *(Column(name, title, width=16) for name, title in facts.items()),
        Column("asked", in_unit(ASKED), "amount", 11),
        Column("pilot_cost", in_unit(COST), "amount", 11),
        Column("award", in_unit(AWARD), "amount", 11),
        Column("level", LEVEL, width=9),
        Column("instrument", INSTRUMENT, "wrap", 18),
        *(Column(f"stage_{s.id}", in_unit(s.title or same(s.id)), "amount", 11) for s in stages),
        Column("chance", CHANCE, "share", 9),
        Column("core", CORE, "share", 9),
        Column("standing", STANDING, "centre", 9),
        Column("rank_order", in_unit(IN_ORDER), "amount", 11),
        Column("portfolio", in_unit(PORTFOLIO), "amount", 11),
        *(
            (
                Column("recommended", RECOMMENDED, "centre", 11),
                Column("recommended_award", in_unit(RECOMMENDED_AWARD), "amount", 11),
            )
            if report.overruled
            else ()
        ),
        Column("reason", WHY, "wrap", 56),
        Column("conditions", ON_CONDITIONS, "wrap", 44),
        Column("change", CHANGES, "wrap", 56),
    )
    given = funded.award()
    in_order, best = funded.amount("rank_order"), funded.amount("portfolio")
    by_stage = funded.by_stage()
    before = report.overruled.recommended if report.overruled else None
    was = before.award() if before else None
    cores = _core_cells(report, lang)
    rows = [
        [
            int(instance.ranking.ranks[i]) or None,
            a.measurements.ids[i],
            a.measurements.titles[i],
            figures.grade_id(a, i),
            None if a.missing.not_assessable[i] else figure(float(a.index[i])),
            track_title(funded, i).to(lang) or None,
            OUTCOMES[funded.statuses[i]].to(lang),
            *(words_shown(report, name, i, lang) for name in facts),
            as_number(funded, int(instance.grants.requested[i])),
            as_number(funded, int(instance.grants.cost[i])) if instance.grants.cost[i] else None,
            as_number(funded, int(given[i])),
            level_title(funded, report.overruled, i).to(lang) or None,
            instrument_title(instance.grants.instruments[i]).to(lang) if given[i] else None,
            *(as_number(funded, int(x)) for x in (by_stage[i] if stages else ())),
            figure(chance_of(report, i)),
            *cores[i],
            as_number(funded, int(in_order[i])),
            as_number(funded, int(best[i])),
            *(
                ()
                if before is None or was is None
                else (OUTCOMES[before.statuses[i]].to(lang), as_number(funded, int(was[i])))
            ),
            reason_after(funded, report.overruled, i).to(lang),
            "\n".join(c.to(lang) for c in conditions(funded, i)) or None,
            "\n".join(c.to(lang) for c in what_would_change(report, i)) or None,
        ]
        for i in instance.problem.order.tolist()
    ]
    return Table(columns, rows)


def shown_facts(report: FundReport) -> dict[str, Text]:
    """Return the facts that say who applied, and those that caps go by, with their titles."""
    a, call = report.outcome.assessment, report.funded.instance.call
    wanted = ("institution", "applicant_type", "region", *(cap.by for cap in call.caps.values()))
    titles = {f.id: f.title for f in a.criteria.facts}
    return {
        name: titles[name] for name in dict.fromkeys(wanted) if name in titles and name in a.names
    }


def words_shown(report: FundReport, fact: str, i: int, lang: Lang) -> str | None:
    """Return the word of a result for a fact; None where it has none."""
    a = report.outcome.assessment
    value = a.names[fact].values[i]
    if not isinstance(value, str):
        return None if value != value else f"{value:g}"
    table = next(f.table for f in a.criteria.facts if f.id == fact)
    return next((c.title.to(lang) for c in table or () if c.id == value), value) or None


def chance_of(report: FundReport, i: int) -> float:
    """Return the chance of being funded, 0-1; nan without draws, and for what was decided on."""
    line = report.funded.line
    if line is None or (report.overruled is not None and report.overruled.of(i) is not None):
        return math.nan
    return float(line.chances.chance[i])


def _core_cells(report: FundReport, lang: Lang) -> list[tuple[float | None, str | None]]:
    """Return in which share of good portfolios each result is, and its standing.

    Of those that can be funded; what was decided on stands in every portfolio, or in none.
    """
    funded = report.funded
    able = funded.instance.problem.eligible.tolist()
    if funded.line is None or funded.line.core is None:
        return [(None, None)] * len(able)
    for o in report.overruled.overrides if report.overruled else ():
        able[o.result] = False
    core = funded.line.core
    cells = zip(core.index.tolist(), core.standing().tolist(), able, strict=True)
    return [
        (figure(share), STANDINGS[Standing(standing)].to(lang)) if can else (None, None)
        for share, standing, can in cells
    ]


def track_title(funded: Decision, i: int) -> Text:
    """Return the title of the track of a result; '' where it is in none."""
    track = funded.instance.track(i)
    return same("") if track is None else track.title


def jumps_table(report: FundReport, lang: Lang) -> Table:
    """Return every jump under both rules, with the constraint that did it."""
    funded = report.funded
    columns = (
        Column("rule", RULE, width=12),
        Column("id", words.ID, width=12),
        Column("index", words.INDEX, "score", 8),
        Column("track", TRACK, width=14),
        Column("lower", Text("最低的获资助者", "Lowest funded"), width=14),
        Column("points", Text("分差", "Points"), "score", 8),
        Column("count", Text("越过者数", "How many"), "rank", 9),
        Column("constraint", Text("约束", "Constraint"), "wrap", 40),
    )
    score = funded.instance.problem.score
    rows: list[list[Any]] = []
    for rule, jumps in funded.jumps.items():
        for j in jumps:
            shown = Text("目标值", "the objective").to(lang)
            if j.stopped_by:
                first = j.stopped_by[0]
                shown = f"{funded.instance.title(first).to(lang)} ({first})"
            rows.append([
                RULE_TITLES[rule].to(lang), name_of(funded, j.result), figure(float(score[j.result])),
                track_title(funded, j.result).to(lang) or None, name_of(funded, j.lowest),
                figure(j.points), j.count, shown,
            ])  # fmt: skip
    return Table(columns, rows)


def reserve_table(report: FundReport, lang: Lang) -> Table:
    """Return the reserve list in order, with what moves each up."""
    funded = report.funded
    columns = (
        Column("place", Text("候补", "Reserve"), "rank", 8),
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, "wrap", 28),
        Column("award", AWARD, "amount", 12),
        Column("moves_up", Text("何时递补", "What moves it up"), "wrap", 70),
    )
    a = funded.instance.assessment
    rows: list[list[Any]] = []
    for place, entry in enumerate(funded.reserve, start=1):
        amount = int(funded.instance.problem.total_cost[entry.offer])
        rows.append([
            place, a.measurements.ids[entry.result], a.measurements.titles[entry.result],
            as_number(funded, amount), moved_up(funded, entry).to(lang),
        ])  # fmt: skip
    return Table(columns, rows)


def prices_table(report: FundReport, lang: Lang) -> Table | None:
    """Return what a unit more of each limit is worth, of those with a price; None without prices."""
    if report.prices is None:
        return None
    funded = report.funded
    unit = funded.instance.unit
    columns = (
        Column("limit", Text("限额", "Limit"), "wrap", 34),
        Column("address", Text("征集文件中的位置", "In the call"), width=40),
        Column("bound", Text("限额值", "Bound"), "amount", 14),
        Column("unit", Text("单位", "Unit"), width=10),
        Column("price", Text("每单位的影子价格", "Price of a unit more"), "figure", 16),
    )
    rows: list[list[Any]] = []
    for limit, price in zip(
        funded.instance.problem.limits, report.prices.limits.tolist(), strict=True
    ):
        if abs(price) <= 1e-15:
            continue
        bound = limit.most if price > 0 else limit.least
        counts = limit.counts == "awards"
        shown = bound if counts or bound is None else as_number(funded, bound)
        rows.append([
            funded.instance.title(limit.id).to(lang), str(limit.id), shown,
            Text("项", "award").to(lang) if counts else unit.name,
            figure(price if counts else price * unit.fen),
        ])  # fmt: skip
    return Table(columns, rows)


def with_rule(table: Table, report: FundReport, lang: Lang) -> Table:
    """Return a table whose every row names the call, the rule and the objective: for files that have nothing else."""
    call = report.funded.instance.call
    columns = (
        Column("call", Text("征集文件", "Call"), width=16),
        Column("rule", RULE, width=12),
        Column("objective", Text("目标", "Objective"), width=24),
    )
    said = [
        f"{call.id} {call.version}",
        RULES[call.rule].to(lang),
        OBJECTIVES[call.objective].to(lang),
    ]
    return Table((*table.columns, *columns), [[*row, *said] for row in table.rows])


def log_table(report: FundReport, lang: Lang) -> Table:
    """Return every step of rank order, and what decided between equal ranks."""
    funded = report.funded
    columns = (
        Column("step", Text("步骤", "Step"), "rank", 7),
        Column("phase", Text("阶段", "Phase"), width=14),
        Column("id", words.ID, width=12),
        Column("award", AWARD, "amount", 12),
        Column("left", LEFT, "amount", 12),
        Column("stopped_by", Text("约束", "Stopped by"), "wrap", 60),
    )
    phases = {
        "required": Text("必须资助", "required"),
        "quota": Text("赛道下限", "quota"),
        "list": Text("名单", "list"),
        "tie": Text("同名次", "tie"),
    }
    total = funded.instance.problem.total_cost
    rows: list[list[Any]] = []
    for tie in funded.instance.ties:
        text = Text(
            f"先于 {name_of(funded, tie.second)}，因{tie.text.to('zh')}",
            f"before {name_of(funded, tie.second)} by {tie.text.to('en')}",
        )
        rows.append([None, phases["tie"].to(lang), name_of(funded, tie.first), None, None, text.to(lang)])  # fmt: skip
    for number, step in enumerate(funded.steps, start=1):
        amount = as_number(funded, int(total[step.offer])) if step.offer >= 0 else None
        stopped = [funded.instance.title(k).to(lang) + f" ({k})" for k in step.stopped_by]
        rows.append([
            number, phases[step.phase].to(lang), name_of(funded, step.result), amount,
            as_number(funded, step.left), ("；" if lang == "zh" else "; ").join(stopped) or None,
        ])  # fmt: skip
    return Table(columns, rows)
