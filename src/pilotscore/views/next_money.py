"""What the next money buys and what each rule costs, as tables and in the terminal."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pilotscore.allocation.problem import MAX_JUMP
from pilotscore.funding.budget_sensitivity import BudgetSensitivity, Scenario, Totals, gain, is_sure
from pilotscore.funding.decision import Decision
from pilotscore.language import Lang, Text, Words
from pilotscore.views.funded_words import name_of
from pilotscore.views.tables import Column, Table
from pilotscore.views.terminal import fit, labelled, line, right
from pilotscore.wording import figures
from pilotscore.wording.funding import money

if TYPE_CHECKING:
    from rich.console import Console

_NAMED = 3
_BAR = 22
NOT_SURE = Text("在求解误差之内", "within what the solver leaves open")
TAKES = Text(
    "按名次：较前的大额成果占去资金", "rank order: a larger award further up takes the money"
)
LEAVES = Text(
    "按名次：较前的大额成果落空，资金下移",
    "rank order: a larger award falls out, and its money goes down",
)
CANNOT = Text("无法满足", "cannot be met")
NOW = Text("现在", "now")


def budget_table(funded: Decision, tried: BudgetSensitivity, lang: Lang) -> Table:
    """Return a row for each budget: what both rules buy with it, and what they buy more or less."""
    unit = funded.instance.unit

    def in_unit(zh: str, en: str) -> Text:
        return Text(f"{zh}（{unit.name}）", f"{en} ({unit.name})")

    columns = (
        Column("change", Text("预算变动", "Change"), "share", 10),
        Column("budget", in_unit("预算", "Budget"), "amount", 13),
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
    rows = [
        [
            t.change, unit.number(t.budget), _value(t.in_order), _value(t.portfolio),
            _rounded(gain(tried.in_order, t.in_order)), _rounded(gain(tried.portfolio, t.portfolio)),
            t.in_order.awards if t.in_order else None, t.portfolio.awards if t.portfolio else None,
            _names(funded, t.gained, lang), _names(funded, t.lost, lang), _note(tried, t, lang),
        ]
        for t in _with_now(funded, tried)
    ]  # fmt: skip
    return Table(columns, rows)


def _with_now(funded: Decision, tried: BudgetSensitivity) -> list[Scenario]:
    """Return the trials of the budget, and what holds now among them, by the budget."""
    whole = funded.instance.call.budget_fen
    now = Scenario(None, 0.0, whole, tried.in_order, tried.portfolio)
    return sorted((*tried.budget, now), key=lambda t: t.change)


def rules_table_without(funded: Decision, tried: BudgetSensitivity, lang: Lang) -> Table:
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
    whole = tried.portfolio.value
    rows: list[list[Any]] = []
    for t in tried.rules:
        cost = gain(tried.portfolio, t.portfolio)
        share = cost / whole if cost is not None and whole > 0 else None
        rows.append([
            _rule(funded, t).to(lang), str(t.constraint), _line_of(funded, t),
            _rounded(gain(tried.in_order, t.in_order)), _rounded(cost), _rounded(share),
            _names(funded, t.gained, lang), _names(funded, t.lost, lang), _note(tried, t, lang),
        ])  # fmt: skip
    return Table(columns, rows)


def print_next_money(
    funded: Decision, tried: BudgetSensitivity, console: Console, lang: Lang
) -> None:
    """Print the curve of the budget and the price of each rule."""
    console.print()
    head = Text(
        "下一笔钱买到什么（重新分配；目标值的增减，长条为组合的目标值）",
        "What the next money buys (decided anew: change of the objective; the bar is the portfolio's)",
    )
    console.print(line((head.to(lang), "bold")))
    listed = _with_now(funded, tried)
    known = (t.portfolio.value for t in listed if t.portfolio is not None)
    top = max((v for v in known if math.isfinite(v)), default=0.0)
    amounts = [money(funded.instance, t.budget).to(lang) for t in listed]
    columns = _Columns(max(_width(a) for a in amounts), _BAR if console.width >= 100 else 12)
    console.print(line((columns.head(lang), "dim")), soft_wrap=True)
    for t, amount in zip(listed, amounts, strict=True):
        _print_budget(tried, t, amount, columns, top, console, lang)
    if not tried.rules:
        return
    console.print()
    head = Text(
        "各项规定的代价（去掉后重新分配，目标值会增加多少）",
        "What each rule costs (the gain in the objective if it is taken away, decided anew)",
    )
    console.print(line((head.to(lang), "bold")))
    ordered = sorted(tried.rules, key=lambda t: -(gain(tried.portfolio, t.portfolio) or 0.0))
    costly = [t for t in ordered if _matters(tried, t)]
    for t in costly:
        _print_rule(funded, tried, t, console, lang)
    if len(costly) < len(ordered):
        rest = len(ordered) - len(costly)
        which = Text("其余", "the other") if costly else Text("全部", "all")
        text = Text(f"  {which.to('zh')} {rest} 项规定：去掉也不改变结果", f"  {which.to('en')} {rest}: taking them away changes nothing")  # fmt: skip
        console.print(line((text.to(lang), "dim")))


@dataclass(frozen=True, slots=True)
class _Columns:
    """How wide the sums and the bars are, in terminal cells."""

    money: int
    bar: int

    def head(self, lang: Lang) -> str:
        """Return the line of headings."""
        results = Text("项数", "n").to(lang)
        names = (Text("组合", "portfolio").to(lang), Text("按名次", "rank order").to(lang))
        cells = [
            right("", 6),
            right(Text("预算", "budget").to(lang), self.money),
            fit("", self.bar),
        ]
        for name in names:
            cells += [right(name, 10), right(results, 4)]
        return " ".join(cells)


def _width(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def _print_budget(
    tried: BudgetSensitivity, t: Scenario, amount: str, columns: _Columns, top: float, console: Console, lang: Lang
) -> None:  # fmt: skip
    change = f"{t.change:+.0%}" if t.change else NOW.to(lang)
    worth = t.portfolio.value if t.portfolio is not None else 0.0
    worth = worth if math.isfinite(worth) else 0.0
    bar = "█" * round(worth / top * columns.bar) if top > 0 else ""
    cells = []
    for now, then in ((tried.portfolio, t.portfolio), (tried.in_order, t.in_order)):
        share = _share(now, then) if t.change else ""
        cells += [right(share, 10), right("" if then is None else str(then.awards), 4)]
    note = _note(tried, t, lang)
    console.print(
        line(
            (f"{right(change, 6)} {right(amount, columns.money)} ", ""),
            (fit(bar, columns.bar), "cyan"),
            (" " + " ".join(cells), "dim"),
        ),
        soft_wrap=True,
    )
    if note:
        labelled(console, "", note, 7, "dim")


def _share(now: Totals, then: Totals | None) -> str:
    brought = gain(now, then)
    return "—" if brought is None or now.value <= 0 else f"{brought / now.value:+.1%}"


def _print_rule(
    funded: Decision, tried: BudgetSensitivity, t: Scenario, console: Console, lang: Lang
) -> None:
    cost, in_order = gain(tried.portfolio, t.portfolio), gain(tried.in_order, t.in_order)
    whole, base = tried.portfolio.value, tried.in_order.value

    def share(value: float | None, of: float) -> str:
        return "—" if value is None or of <= 0 else f"{value / of:+.2%}"

    said = Text(
        f"组合 {share(cost, whole)}；按名次 {share(in_order, base)}",
        f"portfolio {share(cost, whole)}; rank order {share(in_order, base)}",
    )
    parts = [said.to(lang)]
    if t.gained:
        names = _names(funded, t.gained, lang)
        parts.append(Text(f"没有它则资助 {names}", f"without it {names} would be funded").to(lang))
    if t.lost:
        names = _names(funded, t.lost, lang)
        parts.append(Text(f"而不资助 {names}", f"and {names} would not").to(lang))
    note = _note(tried, t, lang)
    if note:
        parts.append(note)
    label = f"{_rule(funded, t).to(lang)} ({t.constraint})"
    labelled(console, label, ("；" if lang == "zh" else "; ").join(parts), 2)


def _matters(tried: BudgetSensitivity, t: Scenario) -> bool:
    """Whether taking a rule away changes anything: what is funded, or what either rule is worth."""
    if t.in_order is None or t.portfolio is None:
        return True
    same = 1e-9 * max(abs(tried.portfolio.value), 1.0)
    gains = (gain(tried.in_order, t.in_order), gain(tried.portfolio, t.portfolio))
    return bool(t.gained or t.lost) or any(abs(g) > same for g in gains if g is not None)


def _rule(funded: Decision, t: Scenario) -> Words:
    """Return the words of a rule."""
    assert t.constraint is not None
    return funded.instance.title(t.constraint)


def _line_of(funded: Decision, t: Scenario) -> int | None:
    """Return the line of a rule that is a limit or a bond."""
    if t.constraint is None or t.constraint == MAX_JUMP:
        return None
    return funded.instance.line(t.constraint)


def _note(tried: BudgetSensitivity, t: Scenario, lang: Lang) -> str | None:
    if t.in_order is None or t.portfolio is None:
        return CANNOT.to(lang)
    brought = gain(tried.portfolio, t.portfolio)
    if brought and not is_sure(tried.portfolio, t.portfolio):
        return NOT_SURE.to(lang)
    in_order = gain(tried.in_order, t.in_order) or 0.0
    if in_order * t.change < 0:
        return TAKES.to(lang) if t.change > 0 else LEAVES.to(lang)
    return None


def _names(funded: Decision, results: tuple[int, ...], lang: Lang) -> str | None:
    if not results:
        return None
    listed = figures.joined(
        [Text(n, n) for n in (name_of(funded, i) for i in results[:_NAMED])], lang
    )
    more = len(results) - _NAMED
    if more > 0:
        listed += Text(f" 等 {len(results)} 项", f" and {more} more").to(lang)
    return listed


def _value(totals: Totals | None) -> float | None:
    return None if totals is None else _rounded(totals.value)


def _rounded(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, 6)
