"""What a call comes to, as tables and plain data: one content for terminal, xlsx, csv and json."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pilotscore.criteria import OBJECTIVES, RULES
from pilotscore.findings import Finding
from pilotscore.funding.core import Standing
from pilotscore.funding.funded import NEARLY, Funded, can_be_drawn
from pilotscore.funding.funded import Outcome as Decided
from pilotscore.funding.holding import too_far
from pilotscore.funding.jumps import Jump
from pilotscore.funding.lottery_record import pool_digest, record
from pilotscore.funding.next_money import NextMoney
from pilotscore.funding.overrides import Overruled
from pilotscore.funding.prices import Prices
from pilotscore.funding.problem import Allocation
from pilotscore.index.paths import Guidance
from pilotscore.language import Lang, Text, same
from pilotscore.report import figures, words
from pilotscore.report.funded_words import (
    OUTCOMES,
    STANDINGS,
    conditions,
    instrument_title,
    limit_title,
    money,
    moved_up,
    name_of,
)
from pilotscore.report.limits_used import limits_table
from pilotscore.report.outcome import Outcome
from pilotscore.report.overrides import (
    level_title,
    overrides_table,
    reason_after,
    summary,
)
from pilotscore.report.portfolio_view import views_table
from pilotscore.report.tables import Column, Table
from pilotscore.report.ways import what_would_change

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


@dataclass(frozen=True, slots=True, eq=False)
class FundReport:
    """A call decided, with the run behind it.

    ``prices`` are those of the portfolio, None where there are none. ``next_money`` is None where it was not asked for, or was too much work to be done unasked;
    ``ways`` has, for results that get nothing, the nearest way to a better grade (by their places).
    """

    outcome: Outcome
    funded: Funded
    findings: tuple[Finding, ...]
    overruled: Overruled | None = None
    next_money: NextMoney | None = None
    prices: Prices | None = None
    ways: Mapping[int, Guidance] = field(default_factory=dict)

    def notes(self) -> list[Text]:
        """Return what every output of it must say."""
        call = self.funded.applied.loaded.call
        notes = [*self.outcome.notes(of_money=call.grant.policy_range or bool(call.instruments))]
        for unmet in self.funded.rank_order.unmet:
            title = limit_title(self.funded, unmet.key)
            notes.append(
                Text(f"注意：按名次未达到{title.zh}（{unmet.key}）", f"Note: rank order does not reach the {title.en} ({unmet.key})")
            )  # fmt: skip
        line = self.funded.line
        if line is not None and call.rule == "portfolio":
            notes.append(
                Text(
                    f"概率：每次抽样的组合离最优至多 {NEARLY:.0%}",
                    f"chances: the portfolio of each draw is within {NEARLY:.0%} of the best",
                )
            )
        if call.max_jump is not None and call.rule == "rank_order":
            notes.append(
                Text(
                    "max_jump 只约束组合择优；按名次的越过由限额造成，逐项列出",
                    "max_jump binds the portfolio alone; in rank order limits make the jumps, each of which is listed",
                )
            )
        if line is not None and line.chances.unmet:
            count = line.chances.unmet
            notes.append(
                Text(
                    f"概率未计入 {count} 次抽样：其中下限不能满足",
                    f"chances leave out {count} draws in which the least amounts cannot be met",
                )
            )
        if (
            line is None
            and call.line.discussion is not None
            and not can_be_drawn(self.funded.applied)
        ):
            notes.append(
                Text(
                    "名次按决策方法排列，线上概率无从抽样，因此没有讨论区",
                    "the order goes by a decision method, which is not drawn: no chances, and no discussion zone",
                )
            )
        if line is not None and line.draw is not None and call.max_jump is not None:
            far = len(too_far(self.funded.applied.problem, self.funded.given.choice))
            if far:
                notes.append(
                    Text(
                        f"抽签结果有 {far} 项超出 max_jump：抽签不受它约束",
                        f"{far} results after the draw lie beyond max_jump: it does not bind a draw",
                    )
                )
        if line is not None:
            error = float(line.chances.error.max(initial=0.0))
            notes.append(
                Text(f"概率的抽样标准误至多 {error:.1%}", f"chances have a standard error of at most {error:.1%}")
            )  # fmt: skip
        if line is not None and line.draws + line.chances.unmet < line.asked:
            notes.append(
                Text(
                    f"概率由 {line.draws} 次抽样得出（要求 {line.asked} 次；每次都要重新分配）",
                    f"chances are of {line.draws} draws ({line.asked} were asked for; each takes an allocation of its own)",
                )
            )
        return notes


def headline(report: FundReport) -> list[Text]:
    """Return the budget, what was asked for, the rule and the objective, in words."""
    funded = report.funded
    applied = funded.applied
    call = applied.loaded.call
    able = [i for i, r in enumerate(applied.refusals) if not r]  # a decision is no eligibility
    eligible = len(able)
    asked = int(applied.grants.asked[able].sum())
    budget = call.budget_fen
    times = f"{asked / budget:.1f}" if budget else "—"
    total, wanted = money(funded, budget), money(funded, asked)
    rule, objective = RULES[call.rule], OBJECTIVES[call.objective]
    floor = f"{call.floor:g}"
    return [
        Text(
            f"预算 {total.zh}；符合条件 {eligible} 项（共 {len(applied)} 项），申请 {wanted.zh}，为预算的 {times} 倍",
            f"budget {total.en}; {eligible} of {len(applied)} results eligible, asking for {wanted.en}, {times} times the budget",
        ),
        Text(
            f"规则：{rule.zh}；目标：{objective.zh}（底线 {floor}）",
            f"rule: {rule.en}; objective: {objective.en} (floor {floor})",
        ),
        *_undecided(funded),
        *([summary(report.overruled)] if report.overruled else []),
    ]


def _undecided(funded: Funded) -> list[Text]:
    """Return how many wait for the office or a draw, and what the rule would give them."""
    waits = [x for x in funded.outcomes if x in (Decided.DISCUSS, Decided.DRAW)]
    if not waits:
        count, spent = (
            sum(x is Decided.FUND for x in funded.outcomes),
            money(funded, int(funded.award().sum())),
        )
        return [Text(f"资助 {count} 项，共 {spent.zh}", f"awards {count}, {spent.en} in all")]
    spent, held = (
        money(funded, int(funded.award().sum())),
        money(funded, int(funded.undecided().sum())),
    )
    return [
        Text(
            f"已定资助 {spent.zh}；待定 {len(waits)} 项，按规则可得 {held.zh}，未计入资助与去向",
            f"awarded {spent.en}; {len(waits)} undecided, to whom the rule would give {held.en}: counted neither as awards nor below",
        )
    ]


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
    for title, given, jumps, unmet in (
        (IN_ORDER, funded.rank_order.allocation, funded.jumps_in_order, funded.rank_order.unmet),
        (PORTFOLIO, funded.portfolio, funded.jumps_portfolio, ()),
    ):
        rows.append(_rule_row(report, title, given, jumps, len(unmet)))
    if funded.given not in (funded.rank_order.allocation, funded.portfolio):
        rows.append(_rule_row(report, AFTER_DRAW, funded.given, funded.jumps_given, 0))
    return Table(columns, rows)


def given_title(funded: Funded) -> Text:
    """Return by what the money is given: one of the two rules, or a draw."""
    if funded.given is funded.portfolio:
        return PORTFOLIO
    return IN_ORDER if funded.given is funded.rank_order.allocation else AFTER_DRAW


def _rule_row(
    report: FundReport, title: Text, given: Allocation, jumps: tuple[Jump, ...], unmet: int
) -> list[Any]:
    funded = report.funded
    call = funded.applied.loaded.call
    spent = int(funded.amount(given).sum())
    return [
        title,
        int((given.choice >= 0).sum()),
        _amount(funded, spent),
        _amount(funded, call.budget_fen - spent),
        _figure(given.value),
        _figure(given.bound),
        len(jumps),
        unmet,
        given.engine,
    ]


def _amount(funded: Funded, fen: int) -> float | int:
    """Return an amount in the call's unit as a number."""
    return funded.applied.loaded.call.money_unit.number(fen)


def _figure(value: float) -> float | None:
    return round(value, 6) if math.isfinite(value) else None


def decisions_table(report: FundReport, lang: Lang) -> Table:
    """Return one row per result, in the order of the call: what is decided, and why."""
    funded = report.funded
    applied = funded.applied
    a, call = applied.ranking.assessment, applied.loaded.call
    unit = f"（{call.money_unit.name}）"
    stages = call.budget.stages

    def in_unit(heading: Text) -> Text:
        return Text(f"{heading.zh}{unit}", f"{heading.en} ({call.money_unit.name})")

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
    in_order, best = funded.amount(funded.rank_order.allocation), funded.amount(funded.portfolio)
    by_stage = funded.by_stage()
    before = report.overruled.recommended if report.overruled else None
    was = before.award() if before else None
    cores = _core_cells(report, lang)
    rows = [
        [
            int(applied.ranking.ranks[i]) or None,
            a.measurements.ids[i],
            a.measurements.titles[i],
            figures.grade_id(a, i),
            None if a.missing.not_assessable[i] else _figure(float(a.index[i])),
            track_title(funded, i).to(lang) or None,
            OUTCOMES[funded.outcomes[i]].to(lang),
            *(words_shown(report, name, i, lang) for name in facts),
            _amount(funded, int(applied.grants.asked[i])),
            _amount(funded, int(applied.grants.cost[i])) if applied.grants.cost[i] else None,
            _amount(funded, int(given[i])),
            level_title(funded, report.overruled, i).to(lang) or None,
            instrument_title(applied.grants.instruments[i]).to(lang) if given[i] else None,
            *(_amount(funded, int(x)) for x in (by_stage[i] if stages else ())),
            _figure(chance_of(report, i)),
            *cores[i],
            _amount(funded, int(in_order[i])),
            _amount(funded, int(best[i])),
            *(
                ()
                if before is None or was is None
                else (OUTCOMES[before.outcomes[i]].to(lang), _amount(funded, int(was[i])))
            ),
            reason_after(funded, report.overruled, i).to(lang),
            "\n".join(c.to(lang) for c in conditions(funded, i)) or None,
            "\n".join(c.to(lang) for c in what_would_change(report, i)) or None,
        ]
        for i in applied.problem.order.tolist()
    ]
    return Table(columns, rows)


def shown_facts(report: FundReport) -> dict[str, Text]:
    """Return the facts that say who applied, and those that caps go by, with their titles."""
    a, call = report.outcome.assessment, report.funded.applied.loaded.call
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
    able = funded.applied.problem.eligible.tolist()
    if funded.line is None:
        return [(None, None)] * len(able)
    for o in report.overruled.overrides if report.overruled else ():
        able[o.result] = False
    core = funded.line.core
    cells = zip(core.index.tolist(), core.standing().tolist(), able, strict=True)
    return [
        (_figure(share), STANDINGS[Standing(standing)].to(lang)) if can else (None, None)
        for share, standing, can in cells
    ]


def track_title(funded: Funded, i: int) -> Text:
    """Return the title of the track of a result; '' where it is in none."""
    number = int(funded.applied.problem.tracks[i])
    if number < 0:
        return same("")
    return funded.applied.loaded.call.tracks[funded.applied.track_names[number]].title


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
    score = funded.applied.problem.score
    rows: list[list[Any]] = []
    lists = [(IN_ORDER, funded.jumps_in_order), (PORTFOLIO, funded.jumps_portfolio)]
    if funded.given not in (funded.rank_order.allocation, funded.portfolio):
        lists.append((AFTER_DRAW, funded.jumps_given))
    for title, found in lists:
        for j in found:
            why = limit_title(funded, j.key) if j.key else Text("目标值", "the objective")
            shown = f"{why.to(lang)} ({j.key})" if j.key else why.to(lang)
            rows.append([
                title.to(lang), name_of(funded, j.result), _figure(float(score[j.result])),
                track_title(funded, j.result).to(lang) or None, name_of(funded, j.lowest),
                _figure(j.points), j.count, shown,
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
    a = funded.applied.ranking.assessment
    rows: list[list[Any]] = []
    for place, entry in enumerate(funded.reserve, start=1):
        amount = int(funded.applied.problem.total_cost[entry.offer])
        rows.append([
            place, a.measurements.ids[entry.result], a.measurements.titles[entry.result],
            _amount(funded, amount), moved_up(funded, entry).to(lang),
        ])  # fmt: skip
    return Table(columns, rows)


def prices_table(report: FundReport, lang: Lang) -> Table | None:
    """Return what a unit more of each limit is worth, of those with a price; None without prices."""
    if report.prices is None:
        return None
    funded = report.funded
    unit = funded.applied.loaded.call.money_unit
    columns = (
        Column("limit", Text("限额", "Limit"), "wrap", 34),
        Column("address", Text("征集文件中的位置", "In the call"), width=40),
        Column("bound", Text("限额值", "Bound"), "amount", 14),
        Column("unit", Text("单位", "Unit"), width=10),
        Column("price", Text("每单位的影子价格", "Price of a unit more"), "figure", 16),
    )
    rows: list[list[Any]] = []
    for limit, price in zip(
        funded.applied.problem.limits, report.prices.limits.tolist(), strict=True
    ):
        if abs(price) <= 1e-15:
            continue
        bound = limit.most if price > 0 else limit.least
        counts = limit.counts == "awards"
        shown = bound if counts or bound is None else _amount(funded, bound)
        rows.append([
            limit.title.to(lang), limit.key, shown,
            Text("项", "award").to(lang) if counts else unit.name,
            _figure(price if counts else price * unit.fen),
        ])  # fmt: skip
    return Table(columns, rows)


def with_rule(table: Table, report: FundReport, lang: Lang) -> Table:
    """Return a table whose every row names the call, the rule and the objective: for files that have nothing else."""
    call = report.funded.applied.loaded.call
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
    total = funded.applied.problem.total_cost
    rows: list[list[Any]] = []
    for tie in funded.applied.ties:
        text = Text(
            f"先于 {name_of(funded, tie.second)}，因{tie.text.zh}",
            f"before {name_of(funded, tie.second)} by {tie.text.en}",
        )
        rows.append([None, phases["tie"].to(lang), name_of(funded, tie.first), None, None, text.to(lang)])  # fmt: skip
    for number, step in enumerate(funded.rank_order.steps, start=1):
        amount = _amount(funded, int(total[step.offer])) if step.offer >= 0 else None
        stopped = [limit_title(funded, k).to(lang) + f" ({k})" for k in step.stopped_by]
        rows.append([
            number, phases[step.phase].to(lang), name_of(funded, step.result), amount,
            _amount(funded, step.left), ("；" if lang == "zh" else "; ").join(stopped) or None,
        ])  # fmt: skip
    return Table(columns, rows)


def to_record(report: FundReport, lang: Lang) -> dict[str, Any]:
    """Return everything as plain data."""
    from pilotscore.report.plain import finding_record

    funded = report.funded
    loaded = funded.applied.loaded
    call = loaded.call
    rules = [{**row, "rule": row["rule"].to(lang)} for row in rules_table(report).records()]
    return {
        "call": {"id": call.id, "version": call.version, "title": call.title.to(lang)},
        "notes": [n.to(lang) for n in report.notes()],
        "budget": _amount(funded, call.budget_fen),
        "unit": call.money_unit.name,
        "rule": call.rule,
        "objective": call.objective,
        "floor": call.floor,
        "rules": rules,
        "lost_in_rank_order": _figure(funded.lost_in_order),
        "decisions": decisions_table(report, lang).records(),
        "jumps": jumps_table(report, lang).records(),
        "reserve": reserve_table(report, lang).records(),
        "overrides": None
        if report.overruled is None
        else overrides_table(report.overruled, lang).records(),
        "line": _line_record(funded),
        "limits": limits_table(funded, lang).records(),
        "prices": None if (priced := prices_table(report, lang)) is None else priced.records(),
        "next_money": _next_record(report, lang),
        "portfolio_view": views_table(funded, lang).records(),
        "log": log_table(report, lang).records(),
        "findings": [finding_record(f, lang) for f in report.findings],
        "manifest": manifest(report),
    }


def _next_record(report: FundReport, lang: Lang) -> dict[str, Any] | None:
    from pilotscore.report.next_money import budget_table, rules_table_without

    if report.next_money is None:
        return None
    return {
        "budget": budget_table(report.funded, report.next_money, lang).records(),
        "rules": rules_table_without(report.funded, report.next_money, lang).records(),
    }


def _line_record(funded: Funded) -> dict[str, Any] | None:
    line = funded.line
    if line is None:
        return None
    return {
        "draws": line.draws,
        "draws_core": line.core.scenarios,
        "pool": list(line.pool),
        "pool_sha256": pool_digest(line.pool) if line.pool else None,
        "record": list(record(line.draw)) if line.draw else None,
    }


def manifest(report: FundReport) -> dict[str, Any]:
    """Return what it takes to recompute it: the run's own manifest, and the call."""
    loaded = report.funded.applied.loaded
    return {
        **report.outcome.manifest.to_dict(),
        "call": {
            "id": loaded.call.id,
            "version": loaded.call.version,
            "file": loaded.source.name,
            "sha256": loaded.source.sha256,
            "set": list(loaded.settings),
        },
        **(
            {}
            if report.overruled is None
            else {
                "decisions": {
                    "file": report.overruled.file.name,
                    "sha256": report.overruled.file.sha256,
                }
            }
        ),
        "engines": [report.funded.rank_order.allocation.engine, report.funded.portfolio.engine],
    }
