"""What is decided for each result: the list of the call."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pilotscore.criteria import OBJECTIVES, RULES
from pilotscore.document import (
    Block,
    Column,
    Fact,
    Gap,
    Lazily,
    Listing,
    Row,
    Slot,
    Strip,
    Table,
    heading,
    more,
)
from pilotscore.funding.core import Standing
from pilotscore.funding.decision import Decision, FundingStatus
from pilotscore.funding.grants import instrument_title
from pilotscore.funding.rule import NEARLY
from pilotscore.language import COLON, COMMA, LINES, LISTED, NOTHING, Text, Words, after, join, same
from pilotscore.runs.fund import FundReport
from pilotscore.views import origins, rights_beside
from pilotscore.views.fund.brief import Brief
from pilotscore.views.fund.overrides import (
    RECOMMENDED,
    RECOMMENDED_AWARD,
    level_title,
    reason_after,
)
from pilotscore.views.fund.phrases import (
    AWARD,
    DECISION,
    IN_ORDER,
    PORTFOLIO,
    STANDINGS,
    STATUSES,
    figure,
    in_unit,
)
from pilotscore.views.fund.reasons import conditions
from pilotscore.views.fund.ways import what_would_change
from pilotscore.wording import figures, words

TRACK = Text("赛道", "Track")
_AMOUNTS_IN = Text("金额单位：{unit}", "amounts in {unit}")
_CHANCE = Text("获资助概率", "Chance")
_SHOWN, _REASONS, _NAMED = 30, 5, 8
_STYLES = {
    FundingStatus.FUND: "bold green",
    FundingStatus.DISCUSS: "yellow",
    FundingStatus.DRAW: "yellow",
    FundingStatus.RESERVE: "cyan",
    FundingStatus.DEFER: "cyan",
    FundingStatus.DECLINE: "dark_orange3",
    FundingStatus.PAID: "dim",
    FundingStatus.REFUSE: "dim",
}
_IN_FULL = (
    FundingStatus.FUND,
    FundingStatus.DISCUSS,
    FundingStatus.DRAW,
    FundingStatus.RESERVE,
)


def decisions_table(report: FundReport) -> Table:
    """Return one row per result, in the order of the call: what is decided, and why."""
    decision = report.funded
    facts, stages = shown_facts(report), decision.instance.call.budget.stages
    columns = (
        Column("rank", words.RANK, "rank", 6),
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, "wrap", 28),
        Column("grade", words.GRADE, "centre", 7),
        Column("index", words.INDEX, "score", 8),
        Column("track", TRACK, width=14),
        Column("decision", DECISION, "centre", 11),
        *(Column(name, title, width=16) for name, title in facts.items()),
        Column("asked", in_unit(Text("申请", "Asked"), decision), "amount", 11),
        Column("pilot_cost", in_unit(Text("中试费用", "Pilot cost"), decision), "amount", 11),
        Column("award", in_unit(AWARD, decision), "amount", 11),
        Column("level", Text("档次", "Level"), width=9),
        Column("instrument", Text("资金工具", "Instrument"), "wrap", 18),
        *(
            Column(f"stage_{s.id}", in_unit(s.title or same(s.id), decision), "amount", 11)
            for s in stages
        ),
        Column("chance", _CHANCE, "share", 9),
        Column("core", Text("核心度", "Core index"), "share", 9),
        Column("standing", Text("组合中", "Standing"), "centre", 9),
        Column("rank_order", in_unit(IN_ORDER, decision), "amount", 11),
        Column("portfolio", in_unit(PORTFOLIO, decision), "amount", 11),
        *_recommended_columns(report),
        Column("reason", Text("理由", "Reason"), "wrap", 56),
        Column("conditions", Text("条件与建议", "Conditions and advice"), "wrap", 44),
        Column("change", Text("如何改变", "What would change it"), "wrap", 56),
        *rights_beside.columns(decision.instance.assessment),
        *origins.columns(report.outcome),
    )
    shares = origins.cells(report.outcome)
    sums = _Sums(report)
    order = decision.instance.problem.order.tolist()

    def row(i: int) -> list[Any]:
        return [
            *_who(report, i),
            STATUSES[decision.statuses[i]],
            *(fact_of(report, name, i) for name in facts),
            *sums.of(i),
            reason_after(decision, report.overruled, i),
            _lines(conditions(decision, i)),
            _lines(what_would_change(report, i)),
            *rights_beside.cells(decision.instance.assessment, i),
            *shares(i),
        ]

    return Table(columns, Lazily(order, row))


def _recommended_columns(report: FundReport) -> tuple[Column, ...]:
    if report.overruled is None:
        return ()
    return (
        Column("recommended", RECOMMENDED, "centre", 11),
        Column("recommended_award", in_unit(RECOMMENDED_AWARD, report.funded), "amount", 11),
    )


def _lines(texts: tuple[Words, ...]) -> Words | None:
    return join(texts, LINES) if texts else None


def _who(report: FundReport, i: int) -> list[Any]:
    decision = report.funded
    ranking = decision.instance.ranking
    a = ranking.assessment
    return [
        int(ranking.ranks[i]) or None,
        a.measurements.ids[i],
        a.measurements.titles[i],
        figures.grade_id(a, i),
        figure(float(a.index[i])) if a.has_index(i) else None,
        track_title(decision, i),
    ]


class _Sums:
    """The columns of money and chance, each worked out once for all results."""

    def __init__(self, report: FundReport) -> None:
        decision = report.funded
        self.report, self.decision = report, decision
        self.number = decision.instance.unit.number
        self.award, self.stages = decision.award(), decision.by_stage()
        self.in_order = decision.amount("rank_order")
        self.portfolio = decision.amount("portfolio")
        self.cores = _core_cells(report)
        self.before = report.overruled.recommended if report.overruled else None
        self.was = self.before.award() if self.before else None

    def of(self, i: int) -> list[Any]:
        """Return the cells of a result."""
        decision, number = self.decision, self.number
        grants, award = decision.instance.grants, int(self.award[i])
        cost = int(grants.cost[i])
        stages = self.stages[i] if decision.instance.call.budget.stages else ()
        recommended: list[Any] = []
        if self.before is not None and self.was is not None:
            recommended = [STATUSES[self.before.statuses[i]], number(int(self.was[i]))]
        return [
            number(int(grants.requested[i])),
            number(cost) if cost else None,
            number(award),
            level_title(decision, self.report.overruled, i),
            instrument_title(grants.instruments[i]) if award else None,
            *(number(int(fen)) for fen in stages),
            figure(chance_of(self.report, i)),
            *self.cores[i],
            number(int(self.in_order[i])),
            number(int(self.portfolio[i])),
            *recommended,
        ]


def shown_facts(report: FundReport) -> dict[str, Text]:
    """Return the facts that say who applied, and those that caps go by, with their titles."""
    a, call = report.outcome.assessment, report.funded.instance.call
    wanted = ("institution", "applicant_type", "region", *(cap.by for cap in call.caps.values()))
    titles = {f.id: f.title for f in a.criteria.facts}
    return {
        name: titles[name] for name in dict.fromkeys(wanted) if name in titles and name in a.names
    }


def fact_of(report: FundReport, fact: str, i: int) -> Words | str | None:
    """Return the word of a result for a fact; None where it has none."""
    return figures.fact(report.outcome.assessment, fact, i)


def chance_of(report: FundReport, i: int) -> float:
    """Return the chance of being funded, 0-1; nan without draws, and for what was decided on."""
    line = report.funded.line
    if line is None or (report.overruled is not None and report.overruled.of(i) is not None):
        return math.nan
    return float(line.chances.chance[i])


def _core_cells(report: FundReport) -> list[tuple[float | None, Text | None]]:
    """Return in which share of good portfolios each result is, and its standing.

    Of those that can be funded; what was decided on stands in every portfolio, or in none.
    """
    decision = report.funded
    able = decision.instance.problem.eligible.tolist()
    if decision.line is None or decision.line.core is None:
        return [(None, None)] * len(able)
    for o in report.overruled.overrides if report.overruled else ():
        able[o.result] = False
    core = decision.line.core
    cells = zip(core.index.tolist(), core.standing().tolist(), able, strict=True)
    return [
        (figure(share), STANDINGS[Standing(standing)]) if can else (None, None)
        for share, standing, can in cells
    ]


def track_title(decision: Decision, i: int) -> Text | None:
    """Return the title of the track of a result; None where it is in none."""
    track = decision.instance.track(i)
    return None if track is None else track.title


def with_rule(report: FundReport) -> Table:
    """Return the list with call, rule and objective in every row: for files of one table."""
    table, call = decisions_table(report), report.funded.instance.call
    columns = (
        Column("call", Text("征集文件", "Call"), width=16),
        Column("rule", Text("规则", "Rule"), width=12),
        Column("objective", Text("目标", "Objective"), width=24),
    )
    said = [f"{call.id} {call.version}", RULES[call.rule], OBJECTIVES[call.objective]]
    return Table((*table.columns, *columns), Lazily(table.rows, lambda row: [*row, *said]))


def decisions_page(
    report: FundReport, most: int | None, *, in_full: bool = False
) -> Iterator[Block]:
    """Show who is funded, waits or stands on the reserve list, and count the others."""
    decision = report.funded
    order = decision.instance.problem.order.tolist()
    on_top = {o.result for o in report.overruled.overrides} if report.overruled else set()
    listed = [i for i in order if decision.statuses[i] in _IN_FULL or i in on_top]
    shown = listed[: most or _SHOWN]
    slots = [
        Slot(words.RANK, right=True, least=4, most=4),
        Slot(words.ID, most=14),
        Slot(words.GRADE, least=5, most=5),
        Slot(words.INDEX, right=True, least=6, most=6),
        Slot(DECISION, sized_by=tuple(STATUSES.values())),
        *(Slot(x, right=True, least=9, sized_by=(x,)) for x in (AWARD, IN_ORDER, PORTFOLIO)),
    ]
    if decision.line is not None:
        slots.append(Slot(_CHANCE, right=True, least=5, sized_by=(_CHANCE,)))
    amounts = [
        decision.award(),
        decision.amount("rank_order"),
        decision.amount("portfolio"),
    ]
    brief = None if in_full or not shown else Brief(report, shown)
    rows = [
        _row(
            report,
            i,
            [int(a[i]) for a in amounts],
            _below(report, i) if brief is None else brief.below(i),
        )
        for i in shown
    ]
    yield Fact("", _AMOUNTS_IN.of(unit=decision.instance.unit.of), style="dim")
    yield Listing(tuple(slots), rows)
    if len(listed) > len(shown):
        yield more(len(listed) - len(shown), Text("（--show 或 -o）", " (--show or -o)"))
    if brief is not None:
        yield from brief.notes()
    inside = set(listed)
    yield from _counts(decision, [i for i in order if i not in inside])


def _row(report: FundReport, i: int, fen: list[int], below: tuple[Fact | Strip, ...]) -> Row:
    """Return a result: its award and what both rules give it (``fen``), and why."""
    decision, a = report.funded, report.outcome.assessment
    status, unit = decision.statuses[i], decision.instance.unit
    rank = int(report.outcome.ranking.ranks[i])
    cells: list[tuple[Words | str, str]] = [
        (str(rank) if rank else "—", ""),
        (a.measurements.ids[i], ""),
        (figures.grade_id(a, i), ""),
        (figures.index(a, i), ""),
        (STATUSES[status], _STYLES[status]),
        *((unit.figure(x) if x else "—", "") for x in fen),
    ]
    if decision.line is not None:
        chance = chance_of(report, i)
        cells.append(("—" if chance != chance else f"{chance:.0%}", ""))
    return Row(tuple(cells), below)


def _below(report: FundReport, i: int) -> tuple[Fact, ...]:
    """Say all of why a result has its decision, and on what it hangs."""
    decision, a = report.funded, report.outcome.assessment
    said = join((a.measurements.titles[i], reason_after(decision, report.overruled, i)), COLON)
    below = [Fact("", said, 5, "dim")]
    if hangs := conditions(decision, i):
        below.append(Fact(Text("条件", "on condition"), join(hangs), 5, "yellow"))
    return (*below, *origins.below(report.outcome, i))


def _counts(decision: Decision, others: list[int]) -> Iterator[Block]:
    if not others:
        return
    rest = Counter(decision.statuses[i] for i in others)
    counts = [
        Text("{title} {n}", "{title} {n}").of(title=STATUSES[kind], n=rest[kind])
        for kind in FundingStatus
        if rest[kind]
    ]
    text = Text(
        "其余 {n} 项：{counts}；逐项理由见 -o 文件或 pilotscore explain --call",
        "the other {n}: {counts}; reasons for each in a file (-o) or by pilotscore explain --call",
    )
    yield Fact("", text.of(n=len(others), counts=join(counts, COMMA)), 0, "dim")
    refused = [i for i in others if decision.statuses[i] is FundingStatus.REFUSE]
    yield from _refusals(decision, refused)


def _refusals(decision: Decision, refused: list[int]) -> Iterator[Block]:
    """Show why results are not eligible, the commonest reasons first."""
    refusals = decision.instance.refusals
    reasons = Counter(r.counted_as for i in refused for r in refusals[i][:1])
    listed = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0].to("en")))
    shown = [Text("{why}（{n}）", "{why}: {n}").of(why=why, n=n) for why, n in listed[:_REASONS]]
    if rest := sum(n for _, n in listed[_REASONS:]):
        shown.append(Text("其他（{n}）", "other reasons: {n}").of(n=rest))
    if shown:
        yield Fact(Text("不符合的原因", "why not eligible"), join(shown), 2, "dim")


def core_page(report: FundReport) -> Iterator[Block]:
    """Show who is in nearly every good portfolio, in none, or in some."""
    decision = report.funded
    if decision.line is None or decision.line.core is None:
        return
    core, able = decision.line.core, decision.instance.problem.eligible
    standing, order = core.standing(), decision.instance.problem.order.tolist()
    yield Gap()
    yield heading(
        Text(
            "组合稳健性（{n} 次抽样的最优组合，离最优至多 {nearly:.0%}）",
            "Robustness of the portfolio (best portfolios of {n} draws, within {nearly:.0%})",
        ).of(n=core.scenarios, nearly=NEARLY)
    )
    meaning = {
        Standing.CORE: Text("几乎每个好组合都有", "in nearly every good portfolio"),
        Standing.BORDERLINE: Text("取决于得分与权重", "it depends on scores and weights"),
        Standing.EXTERIOR: Text("几乎都没有", "in nearly none"),
    }
    for kind, means in meaning.items():
        here = [i for i in order if able[i] and standing[i] == kind]
        yield Fact(STANDINGS[kind], _named_group(report, here, means), 2)


def _named_group(report: FundReport, here: list[int], means: Text) -> Words:
    said = Text("{n} 项（{means}）", "{n} ({means})").of(n=len(here), means=means)
    if not here:
        return said
    ids = report.outcome.assessment.measurements.ids
    left = len(here) - _NAMED
    rest = Text(" 等", " and {left} more").of(left=left) if left > 0 else NOTHING
    return after(said, join((join([ids[i] for i in here[:_NAMED]], LISTED), rest), NOTHING))
