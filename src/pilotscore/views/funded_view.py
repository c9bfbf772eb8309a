"""A call decided, in the terminal: both rules, who gets what, the line, the reserve list."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pilotscore.funding.concentration import breakdowns
from pilotscore.funding.core import Standing
from pilotscore.funding.decision import Decision, FundingStatus
from pilotscore.funding.rule import NEARLY
from pilotscore.language import Lang, Text
from pilotscore.runs.fund import FundReport
from pilotscore.views.draw_view import print_draw
from pilotscore.views.funded_tables import (
    CHANCE,
    IN_ORDER,
    PORTFOLIO,
    RULE_TITLES,
    chance_of,
    jumps_table,
    reserve_table,
    rules_table,
)
from pilotscore.views.funded_words import OUTCOMES, STANDINGS, conditions
from pilotscore.views.limits_used import print_limits
from pilotscore.views.next_money import print_next_money
from pilotscore.views.overrides import reason_after
from pilotscore.views.portfolio_view import bars
from pilotscore.views.terminal import fit, labelled, line, right
from pilotscore.wording import figures, words
from pilotscore.wording.funding import cost_text, money

if TYPE_CHECKING:
    from rich.console import Console

_SHOWN = 30
_REASONS = 5
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
_IN_FULL = (FundingStatus.FUND, FundingStatus.DISCUSS, FundingStatus.DRAW, FundingStatus.RESERVE)


def print_funded(
    report: FundReport, console: Console, lang: Lang, shown: int | None = None
) -> None:
    """Print a call decided: at most ``shown`` results of it."""
    call = report.funded.instance.call
    console.print(line((f"{call.title.to(lang)} {call.version} · {report.outcome.manifest.as_of}", "bold")))  # fmt: skip
    for text in report.headline():
        labelled(console, "", text.to(lang), 0)
    for note in report.notes():
        labelled(console, "", note.to(lang), 0, "magenta")
    console.print()
    _print_rules(report, console, lang)
    console.print()
    _print_decisions(report, console, lang, shown or _SHOWN)
    _print_overrides(report, console, lang)
    _print_jumps(report, console, lang)
    _print_reserve(report, console, lang)
    print_limits(report.funded, console, lang)
    _print_core(report, console, lang)
    print_draw(report.funded, console, lang)
    if report.sensitivity is not None:
        print_next_money(report.funded, report.sensitivity, console, lang)
    _print_views(report, console, lang)


def _print_core(report: FundReport, console: Console, lang: Lang) -> None:
    """Print who is in nearly every good portfolio, in none, or in some."""
    funded = report.funded
    if funded.line is None or funded.line.core is None:
        return
    core, able = funded.line.core, funded.instance.problem.eligible
    standing = core.standing()
    ids = report.outcome.assessment.measurements.ids
    console.print()
    head = Text(
        f"组合稳健性（{core.scenarios} 次抽样的最优组合，离最优至多 {NEARLY:.0%}）",
        f"Robustness of the portfolio (best portfolios of {core.scenarios} draws, within {NEARLY:.0%})",
    )
    console.print(line((head.to(lang), "bold")))
    meaning = {
        Standing.CORE: Text("几乎每个好组合都有", "in nearly every good portfolio"),
        Standing.BORDERLINE: Text("取决于得分与权重", "it depends on scores and weights"),
        Standing.EXTERIOR: Text("几乎都没有", "in nearly none"),
    }
    for kind, words_of in meaning.items():
        here = [
            i for i in funded.instance.problem.order.tolist() if able[i] and standing[i] == kind
        ]
        listed = ("、" if lang == "zh" else ", ").join(ids[i] for i in here[:8])
        more = Text(" 等", f" and {len(here) - 8} more") if len(here) > 8 else Text("", "")  # fmt: skip
        said = Text(
            f"{len(here)} 项（{words_of.to('zh')}）", f"{len(here)} ({words_of.to('en')})"
        ).to(lang)
        label = STANDINGS[kind].to(lang)
        text = said + (f"{'：' if lang == 'zh' else ': '}{listed}{more.to(lang)}" if here else "")
        labelled(console, label, text, 2)


def _print_views(report: FundReport, console: Console, lang: Lang) -> None:
    from rich.cells import cell_len

    room = 24 if console.width >= 100 else 14
    if not report.funded.award().any():
        return
    for view in breakdowns(report.funded):
        if len(view.groups) < 2:
            continue
        console.print()
        groups = 1 / view.concentration if view.concentration == view.concentration else 0.0
        head = Text(
            f"资金去向：按{view.title.to('zh')}（相当于 {groups:.1f} 组均分）",
            f"Where it goes: by {view.title.to('en').lower()} (as {groups:.1f} equal groups)",
        )
        console.print(line((head.to(lang), "bold")))
        lines = bars(view, room, lang)
        name = min(max(cell_len(n) for n, _, _ in lines), 24 if console.width >= 100 else 18)
        for label, bar, figure in lines:
            console.print(
                line(
                    (f"  {fit(label, name)} ", ""), (fit(bar, room), "cyan"), (f" {figure}", "dim")
                ),
                soft_wrap=True,
            )
        if len(view.groups) > len(lines):
            more = len(view.groups) - len(lines)
            text = Text(f"  …… 另有 {more} 组", f"  ... {more} more")
            console.print(line((text.to(lang), "dim")))


def _print_rules(report: FundReport, console: Console, lang: Lang) -> None:
    funded = report.funded
    unit = funded.instance.unit.name
    for rule, row in zip(funded.allocations, rules_table(report).records(), strict=True):
        mark = "●" if rule == funded.rule else "○"
        value = f"{row['objective']:,.0f}" if row["objective"] is not None else "—"
        said = Text(
            f"{row['results']} 项，{row['money']:,g} {unit}，结余 {row['left']:,g}；目标值 {value}；越过 {row['jumps']} 项",
            f"results {row['results']}, {row['money']:,g} {unit}, {row['left']:,g} left; objective {value}; {row['jumps']} passed over",
        )
        labelled(console, f"{mark} {fit(row['rule'].to(lang), 14)}", said.to(lang), 0)
    lost = funded.lost_in_order
    gap = funded.allocations["portfolio"].gap
    if lost == lost:
        proof = Text("组合已证明最优", "the portfolio is proved best") if gap <= 1e-9 else Text(
            f"组合离上界 {gap:.2%}", f"the portfolio is within {gap:.2%} of its bound"
        )  # fmt: skip
        text = Text(
            f"按名次的目标值比组合低 {lost:.1%}；{proof.to('zh')}",
            f"rank order has {lost:.1%} less of the objective than the portfolio; {proof.to('en')}",
        )
        labelled(console, "", text.to(lang), 2, "dim")


def _print_decisions(report: FundReport, console: Console, lang: Lang, most: int) -> None:
    funded = report.funded
    order = funded.instance.problem.order.tolist()
    decided = {o.result for o in report.overruled.overrides} if report.overruled else set()
    listed = [i for i in order if funded.statuses[i] in _IN_FULL or i in decided]
    width = _widths(report, lang, listed[:most])
    head = [
        right(words.RANK.to(lang), 4), fit(words.ID.to(lang), width["id"]),
        fit(words.GRADE.to(lang), 5), right(words.INDEX.to(lang), 6),
        fit(OUTCOMES_HEAD.to(lang), width["decision"]), right(AMOUNT.to(lang), width["amount"]),
        right(IN_ORDER.to(lang), width["in_order"]), right(PORTFOLIO.to(lang), width["portfolio"]),
    ]  # fmt: skip
    if funded.line is not None:
        head.append(right(CHANCE.to(lang), width["chance"]))
    console.print(line((" ".join(head), "bold")), soft_wrap=True)
    amounts = (funded.award(), funded.amount("rank_order"), funded.amount("portfolio"))
    for i in listed[:most]:
        fen = tuple(int(a[i]) for a in amounts)
        _print_row(report, console, lang, i, width, fen)
    if len(listed) > most:
        rest = len(listed) - most
        text = Text(f"…… 另有 {rest} 项（--show 或 -o）", f"... {rest} more (--show or -o)")
        console.print(line((text.to(lang), "dim")))
    _print_counts(funded, console, lang, [i for i in order if i not in set(listed)])


OUTCOMES_HEAD = Text("决定", "Decision")
AMOUNT = Text("资助", "Award")


def _widths(report: FundReport, lang: Lang, listed: list[int]) -> dict[str, int]:
    from rich.cells import cell_len

    a = report.outcome.assessment
    ids = [cell_len(a.measurements.ids[i]) for i in listed]
    return {
        "id": min(max([cell_len(words.ID.to(lang)), *ids], default=4), 14),
        "decision": max(cell_len(t.to(lang)) for t in OUTCOMES.values()),
        "amount": 9,
        "in_order": max(9, cell_len(IN_ORDER.to(lang))),
        "portfolio": max(9, cell_len(PORTFOLIO.to(lang))),
        "chance": max(5, cell_len(CHANCE.to(lang))),
    }


def _print_row(
    report: FundReport,
    console: Console,
    lang: Lang,
    i: int,
    width: dict[str, int],
    fen: tuple[int, ...],
) -> None:
    """Print a result: its award and what both rules give it (``fen``), and why."""
    funded = report.funded
    a, unit = report.outcome.assessment, funded.instance.unit
    decided = funded.statuses[i]

    def amount(fen: int) -> str:
        return unit.shown(fen) if fen else "—"

    rank = int(report.outcome.ranking.ranks[i])
    cells = [
        right(str(rank) if rank else "—", 4), fit(a.measurements.ids[i], width["id"]),
        fit(figures.grade_id(a, i), 5), right(f"{a.index[i]:.1f}", 6),
    ]  # fmt: skip
    names = ("amount", "in_order", "portfolio")
    money_cells = [right(amount(f), width[n]) for f, n in zip(fen, names, strict=True)]
    if funded.line is not None:
        chance = chance_of(report, i)
        money_cells.append(right("—" if chance != chance else f"{chance:.0%}", width["chance"]))
    console.print(
        line(
            (" ".join(cells) + " ", ""),
            (fit(OUTCOMES[decided].to(lang), width["decision"]), _STYLES[decided]),
            (" " + " ".join(money_cells), ""),
        ),
        soft_wrap=True,
    )
    title = a.measurements.titles[i]
    said = reason_after(funded, report.overruled, i).to(lang)
    labelled(console, "", f"{title}：{said}" if lang == "zh" else f"{title}: {said}", 5, "dim")
    hangs = conditions(funded, i)
    if hangs:
        label = Text("条件", "on condition").to(lang)
        labelled(console, label, figures.joined(hangs, lang), 5, "yellow")


def _print_counts(funded: Decision, console: Console, lang: Lang, others: list[int]) -> None:
    if not others:
        return
    left, rest = len(others), Counter(funded.statuses[i] for i in others)
    counts = [f"{OUTCOMES[kind].to(lang)} {rest[kind]}" for kind in FundingStatus if rest[kind]]
    text = Text(
        f"其余 {left} 项：{'，'.join(counts)}；逐项理由见 -o 文件或 pilotscore explain --call",
        f"the other {left}: {', '.join(counts)}; reasons for each in a file (-o) or by pilotscore explain --call",
    )
    labelled(console, "", text.to(lang), 0, "dim")
    _print_refusals(
        funded, console, lang, [i for i in others if funded.statuses[i] is FundingStatus.REFUSE]
    )


def _print_refusals(funded: Decision, console: Console, lang: Lang, refused: list[int]) -> None:
    """Print why results are not eligible, the commonest reasons first."""
    reasons = Counter(r.text for i in refused for r in funded.instance.refusals[i][:1])
    listed = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0].to("en")))
    shown = [Text(f"{why.to('zh')}（{n}）", f"{why.to('en')}: {n}") for why, n in listed[:_REASONS]]
    if len(listed) > _REASONS:
        rest = sum(n for _, n in listed[_REASONS:])
        shown.append(Text(f"其他（{rest}）", f"other reasons: {rest}"))
    if shown:
        label = Text("不符合的原因", "why not eligible").to(lang)
        labelled(console, label, figures.joined(shown, lang), 2, "dim")


def _print_overrides(report: FundReport, console: Console, lang: Lang) -> None:
    overruled = report.overruled
    if overruled is None:
        return
    console.print()
    head = Text("各项决定的代价（单独计算）", "What each decision costs (taken alone)")
    console.print(line((head.to(lang), "bold")))
    ids = report.outcome.assessment.measurements.ids
    for override, cost in zip(overruled.overrides, overruled.costs, strict=False):
        labelled(console, ids[override.result], cost_text(overruled, cost).to(lang), 2)
    left = len(overruled.overrides) - len(overruled.costs)
    if left:
        text = Text(f"…… 另有 {left} 项未单独计算", f"... {left} more are not priced alone")
        console.print(line((text.to(lang), "dim")))


def _print_jumps(report: FundReport, console: Console, lang: Lang) -> None:
    wanted = RULE_TITLES[report.funded.rule].to(lang)
    rows = [r for r in jumps_table(report, lang).records() if r["rule"] == wanted]
    if not rows:
        return
    console.print()
    head = Text(
        "越过（同赛道得分较高而未获资助）", "Passed over (higher scored, same track, not funded)"
    )
    console.print(line((head.to(lang), "bold")))
    for row in rows[:10]:
        text = Text(
            f"{row['id']}（{row['index']:.1f}）：{row['count']} 项较低者获资助，最低 {row['lower']}，差 {row['points']:.1f} 分；{row['constraint']}",
            f"{row['id']} ({row['index']:.1f}): {row['count']} funded with less, the lowest {row['lower']}, {row['points']:.1f} points below; {row['constraint']}",
        )
        labelled(console, "", text.to(lang), 2)
    if len(rows) > 10:
        more = Text(f"…… 另有 {len(rows) - 10} 项", f"... {len(rows) - 10} more")
        console.print(line((more.to(lang), "dim")))


def _print_reserve(report: FundReport, console: Console, lang: Lang) -> None:
    rows = reserve_table(report, lang).records()
    if not rows:
        return
    console.print()
    console.print(line((Text("候补名单", "Reserve list").to(lang), "bold")))
    for row in rows:
        amount = money(report.funded.instance, _fen(report, row["award"]))
        labelled(console, f"{row['place']}. {row['id']} {amount.to(lang)}", row["moves_up"], 2)


def _fen(report: FundReport, amount: float) -> int:
    return round(amount * report.funded.instance.unit.fen)
