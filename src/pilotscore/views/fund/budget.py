"""What the next money buys and what each rule costs."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pilotscore.allocation.problem import MAX_JUMP
from pilotscore.document import (
    Axis,
    Block,
    Chart,
    Column,
    Fact,
    Gap,
    Line,
    Listing,
    Meter,
    Row,
    Series,
    Sheet,
    Slot,
    Table,
    heading,
)
from pilotscore.funding.budget_sensitivity import (
    BudgetSensitivity,
    Scenario,
    Totals,
    falls,
    gain,
    is_sure,
)
from pilotscore.funding.decision import Decision
from pilotscore.language import SEMICOLON, Text, Words, join
from pilotscore.views.fund.phrases import figure, in_unit, named
from pilotscore.wording.funding import money

_NAMED = 3
_SHEET = Text("下一笔钱", "Next money")
_SHEET_COSTS = Text("规定的代价", "Cost of rules")
_VALUE = Text("目标值", "Objective")
_NOT_SURE = Text("在求解误差之内", "within what the solver leaves open")
_TAKES = Text(
    "按名次：较前的大额成果占去资金", "rank order: a larger award further up takes the money"
)
_LEAVES = Text(
    "按名次：较前的大额成果落空，资金下移",
    "rank order: a larger award falls out, and its money goes down",
)
_WORSE_THAN = Text(
    "按名次的目标值低于预算为 {budget} 时", "rank order is worth less than with {budget}"
)
_CANNOT = Text("无法满足", "cannot be met")
_NOW = Text("现在", "now")
_SLOTS = (
    Slot(right=True, least=6, most=6),
    Slot(Text("预算", "budget"), right=True),
    Slot(least=22, most=22, narrow=12),
    Slot(Text("组合", "portfolio"), right=True, least=10, most=10),
    Slot(Text("项数", "n"), right=True, least=4, most=4),
    Slot(Text("按名次", "rank order"), right=True, least=10, most=10),
    Slot(Text("项数", "n"), right=True, least=4, most=4),
)


def budget_table(decision: Decision, sensitivity: BudgetSensitivity) -> Table:
    """Return a row for each budget: what both rules buy with it, and what they buy more or less."""
    columns = (
        Column("change", Text("预算变动", "Change"), "share", 10),
        Column("budget", in_unit(Text("预算", "Budget"), decision), "amount", 13),
        Column("rank_order", Text("按名次：目标值", "Rank order: objective"), "figure", 16),
        Column("portfolio", Text("组合：目标值", "Portfolio: objective"), "figure", 16),
        Column("rank_order_gain", Text("按名次：增减", "Rank order: gain"), "figure", 14),
        Column("portfolio_gain", Text("组合：增减", "Portfolio: gain"), "figure", 14),
        Column("rank_order_results", Text("按名次：项数", "Rank order: results"), "rank", 11),
        Column("portfolio_results", Text("组合：项数", "Portfolio: results"), "rank", 11),
        Column("gained", Text("新获资助", "Funded then"), "wrap", 30),
        Column("lost", Text("不再资助", "No longer funded"), "wrap", 30),
        Column("note", Text("说明", "Note"), "wrap", 24),
    )
    now, unit = sensitivity, decision.instance.unit
    rows = [
        [
            s.change,
            unit.number(s.budget),
            _value(s.in_order),
            _value(s.portfolio),
            figure(gain(now.in_order, s.in_order)),
            figure(gain(now.portfolio, s.portfolio)),
            s.in_order.awards if s.in_order else None,
            s.portfolio.awards if s.portfolio else None,
            _names(decision, s.gained),
            _names(decision, s.lost),
            _budget_note(decision, sensitivity, s),
        ]
        for s in _with_now(decision, sensitivity)
    ]
    return Table(columns, rows)


def _with_now(decision: Decision, now: BudgetSensitivity) -> list[Scenario]:
    """Return the other budgets, and what holds now among them, by the budget."""
    whole = decision.instance.call.budget_fen
    own = Scenario(None, 0.0, whole, now.in_order, now.portfolio)
    return sorted((*now.budget, own), key=lambda s: s.change)


def rules_table(decision: Decision, sensitivity: BudgetSensitivity) -> Table:
    """Return a row for each rule of the call: what is gained if it is taken away, and by whom."""
    columns = (
        Column("rule", Text("规定", "Rule"), "wrap", 30),
        Column("address", Text("征集文件中的位置", "In the call"), width=30),
        Column("line", Text("行", "Line"), "rank", 6),
        Column("rank_order_cost", Text("按名次：代价", "Rank order: cost"), "figure", 14),
        Column("portfolio_cost", Text("组合：代价", "Portfolio: cost"), "figure", 14),
        Column("portfolio_share", Text("占组合目标值", "Of the portfolio"), "share", 12),
        Column("gained", Text("没有它则获资助", "Funded without it"), "wrap", 30),
        Column("lost", Text("没有它则不资助", "Not funded without it"), "wrap", 30),
        Column("note", Text("说明", "Note"), "wrap", 24),
    )
    whole = sensitivity.portfolio.value
    rows = []
    for s in sensitivity.rules:
        cost = gain(sensitivity.portfolio, s.portfolio)
        share = cost / whole if cost is not None and whole > 0 else None
        rows.append(
            [
                *_rule(decision, s),
                figure(gain(sensitivity.in_order, s.in_order)),
                figure(cost),
                figure(share),
                _names(decision, s.gained),
                _names(decision, s.lost),
                _note(sensitivity, s),
            ]
        )
    return Table(columns, rows)


def budget_sheets(decision: Decision, sensitivity: BudgetSensitivity | None) -> list[Sheet]:
    """Return what other budgets buy, with the curve, and what each rule costs."""
    if sensitivity is None:
        return []
    table = budget_table(decision, sensitivity)
    values = [x for row in table.rows for x in row[2:4] if x is not None]
    series = tuple(
        Series(table.columns[k].heading, table.columns[k].key, "budget", colour=colour)
        for k, colour in ((3, "#1F4E78"), (2, "#9BC2E6"))
    )
    least = float(int(min(values, default=0.0) * 0.95))
    chart = Chart(
        "scatter",
        _SHEET,
        series,
        x=Axis(table.columns[1].heading, "#,##0", grid=False),
        y=Axis(_VALUE, "#,##0", least=least),
    )
    costs = rules_table(decision, sensitivity)
    return [
        Sheet(_SHEET, (table, Gap(), chart)),
        Sheet(_SHEET_COSTS, (costs,)),
    ]


def budget_page(decision: Decision, sensitivity: BudgetSensitivity | None) -> Iterator[Block]:
    """Show the curve of the budget and the price of each rule."""
    if sensitivity is None:
        return
    yield Gap()
    yield heading(
        Text(
            "下一笔钱买到什么（重新分配；目标值的增减，长条为组合的目标值）",
            "What the next money buys (decided anew: change of the objective; the bar is the "
            "portfolio's)",
        )
    )
    scenarios = _with_now(decision, sensitivity)
    known = [s.portfolio.value for s in scenarios if s.portfolio is not None]
    top = max((x for x in known if math.isfinite(x)), default=0.0)
    rows = [_budget_row(decision, sensitivity, s, top) for s in scenarios]
    yield Listing(_SLOTS, rows, head_style="dim")
    if sensitivity.rules:
        yield from _rules_page(decision, sensitivity)


def _budget_row(decision: Decision, now: BudgetSensitivity, s: Scenario, top: float) -> Row:
    worth = s.portfolio.value if s.portfolio is not None else 0.0
    bar = worth / top if top > 0 and math.isfinite(worth) else 0.0
    cells = [
        (f"{s.change:+.0%}" if s.change else _NOW, ""),
        (money(decision.instance, s.budget), ""),
    ]
    figures = []
    for base, then in ((now.portfolio, s.portfolio), (now.in_order, s.in_order)):
        figures.append((_share(base, then) if s.change else "", "dim"))
        figures.append(("" if then is None else str(then.awards), "dim"))
    note = _budget_note(decision, now, s)
    below = (Fact("", note, 7, "dim"),) if note else ()
    return Row((*cells, (Meter(bar, whole=True), "cyan"), *figures), below)


def _share(now: Totals, then: Totals | None) -> str:
    more = gain(now, then)
    return "—" if more is None or now.value <= 0 else f"{more / now.value:+.1%}"


def _rules_page(decision: Decision, sensitivity: BudgetSensitivity) -> Iterator[Block]:
    yield Gap()
    yield heading(
        Text(
            "各项规定的代价（去掉后重新分配，目标值会增加多少）",
            "What each rule costs (the gain in the objective if it is taken away, decided anew)",
        )
    )
    now = sensitivity.portfolio
    ordered = sorted(sensitivity.rules, key=lambda s: -(gain(now, s.portfolio) or 0.0))
    costly = [s for s in ordered if _matters(sensitivity, s)]
    for s in costly:
        yield _rule_fact(decision, sensitivity, s)
    if rest := len(ordered) - len(costly):
        which = Text("其余", "the other") if costly else Text("全部", "all")
        text = Text(
            "  {which} {n} 项规定：去掉也不改变结果",
            "  {which} {n}: taking them away changes nothing",
        )
        yield Line(((text.of(which=which, n=rest), "dim"),))


def _rule_fact(decision: Decision, sensitivity: BudgetSensitivity, s: Scenario) -> Fact:
    said: list[Words] = [
        Text("组合 {best}；按名次 {order}", "portfolio {best}; rank order {order}").of(
            best=_cost(sensitivity.portfolio, s.portfolio),
            order=_cost(sensitivity.in_order, s.in_order),
        )
    ]
    if gained := _names(decision, s.gained):
        said.append(Text("没有它则资助 {who}", "without it {who} would be funded").of(who=gained))
    if lost := _names(decision, s.lost):
        said.append(Text("而不资助 {who}", "and {who} would not").of(who=lost))
    if note := _note(sensitivity, s):
        said.append(note)
    title, address, _ = _rule(decision, s)
    label = Text("{title} ({address})", "{title} ({address})").of(title=title, address=address)
    return Fact(label, join(said), 2)


def _rule(decision: Decision, s: Scenario) -> tuple[Words, str, int | None]:
    """Return the words of a rule, its address, and its line where it is a limit or a bond."""
    assert s.constraint is not None
    line = None if s.constraint == MAX_JUMP else decision.instance.line(s.constraint)
    return decision.instance.title(s.constraint), str(s.constraint), line


def _cost(now: Totals, without: Totals | None) -> str:
    more = gain(now, without)
    return "—" if more is None or now.value <= 0 else f"{more / now.value:+.2%}"


def _matters(now: BudgetSensitivity, s: Scenario) -> bool:
    """Whether taking a rule away changes anything: what is funded, or what either rule is worth."""
    if s.in_order is None or s.portfolio is None:
        return True
    same = 1e-9 * max(abs(now.portfolio.value), 1.0)
    gains = (gain(now.in_order, s.in_order), gain(now.portfolio, s.portfolio))
    return bool(s.gained or s.lost) or any(abs(g) > same for g in gains if g is not None)


def _note(now: BudgetSensitivity, s: Scenario) -> Text | None:
    if s.in_order is None or s.portfolio is None:
        return _CANNOT
    if gain(now.portfolio, s.portfolio) and not is_sure(now.portfolio, s.portfolio):
        return _NOT_SURE
    in_order = gain(now.in_order, s.in_order) or 0.0
    if in_order * s.change < 0:
        return _TAKES if s.change > 0 else _LEAVES
    return None


def _budget_note(decision: Decision, now: BudgetSensitivity, s: Scenario) -> Words | None:
    """Return the note on a budget; where rank order is worth less than with less money, that."""
    note = _note(now, s)
    smaller = falls(now, decision.instance.call.budget_fen).get(s.budget)
    if smaller is None or note in (_CANNOT, _TAKES):
        return note
    said: list[Words] = [] if note is None else [note]
    less = _WORSE_THAN.of(budget=money(decision.instance, smaller))
    return join([*said, less])


def _names(decision: Decision, results: tuple[int, ...]) -> Words | None:
    """Return the first ids, joined as clauses are, and how many more."""
    if not results:
        return None
    return named(decision, results, _NAMED, SEMICOLON)


def _value(totals: Totals | None) -> float | None:
    return None if totals is None else figure(totals.value)
