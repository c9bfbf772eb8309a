"""Every limit of a call with what is used of it, and what a unit more of it is worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotscore.allocation.holding import contribution
from pilotscore.allocation.prices import Prices
from pilotscore.allocation.problem import Limit
from pilotscore.document import Block, Column, Gap, Line, Listing, Row, Slot, Table, heading
from pilotscore.funding.decision import Decision, FundingStatus
from pilotscore.language import Text, Words, same
from pilotscore.views.fund.phrases import AWARDS_UNIT, amount_of, figure

_SHOWN = 12
_LIMIT, _ADDRESS, _UNIT = (
    Column("limit", Text("限额", "Limit"), "wrap", 34),
    Column("address", Text("征集文件中的位置", "In the call"), width=40),
    Column("unit", Text("单位", "Unit"), width=10),
)


def limits_table(decision: Decision) -> Table:
    """Return each limit: its bounds, what awards use, with the undecided too, and what is left."""
    columns = (
        _LIMIT,
        _ADDRESS,
        Column("line", Text("行", "Line"), "rank", 6),
        _UNIT,
        Column("least", Text("下限", "Least"), "amount", 12),
        Column("most", Text("上限", "Most"), "amount", 12),
        Column("awarded", Text("已定", "Awarded"), "amount", 12),
        Column("with_undecided", Text("含待定", "With undecided"), "amount", 12),
        Column("left", Text("余（含待定）", "Left (with undecided)"), "amount", 14),
    )
    rows: list[list[Any]] = []
    for limit in decision.instance.problem.limits:
        awarded, given = _used(decision, limit)
        left = None if limit.most is None else limit.most - given
        amounts = (limit.least, limit.most, awarded, given, left)
        shown = (amount_of(decision, limit, x) for x in amounts)
        rows.append(
            [
                decision.instance.title(limit.id),
                str(limit.id),
                decision.instance.line(limit.id),
                _unit(decision, limit),
                *shown,
            ]
        )
    return Table(columns, rows)


def _unit(decision: Decision, limit: Limit, awards: Text = AWARDS_UNIT) -> Words:
    return awards if limit.counts == "awards" else decision.instance.unit.title


def _used(decision: Decision, limit: Limit) -> tuple[int, int]:
    """Return what awards use of a limit, and what they and the undecided do: fen, or awards."""
    adds, choice = contribution(decision.instance.problem, limit), decision.allocation.choice
    decided = decision.having(FundingStatus.FUND)
    given = choice >= 0
    return int(adds[choice[given & decided]].sum()), int(adds[choice[given]].sum())


def limits_page(decision: Decision) -> Iterator[Block]:
    """Show the limits, those of single groups only where they are full or nearly."""
    limits = decision.instance.problem.limits
    used = [(limit, _used(decision, limit)[1]) for limit in limits]
    shown = [(limit, x) for limit, x in used if not limit.id.group or _is_tight(limit, x)][:_SHOWN]
    yield Gap()
    yield heading(Text("限额与使用（含待定）", "Limits and what is used (with the undecided)"))
    slots = (
        Slot(rest=True, least=24, most=40),
        Slot(right=True, least=26, most=26),
        Slot(least=20, most=20),
    )
    rows = [Row(_cells(decision, limit, x)) for limit, x in shown]
    yield Listing(slots, rows, headed=False, indent=2)
    if left := len(limits) - len(shown):
        text = Text("  …… 另有 {n} 项限额（-o 文件）", "  ... {n} more limits (in a file, -o)")
        yield Line(((text.of(n=left), "dim"),))


def _cells(decision: Decision, limit: Limit, used: int) -> tuple[tuple[Words, str], ...]:
    is_least = limit.most is None
    bound = limit.least if is_least else limit.most
    of = same("{used} / {bound} {unit}").of(
        used=_shown(decision, limit, used),
        bound=_shown(decision, limit, bound or 0),
        unit=AWARDS_UNIT if limit.counts == "awards" else decision.instance.unit.of,
    )
    if limit.most is not None:
        left = _shown(decision, limit, limit.most - used)
        state: Words = Text(" 余 {n}", " {n} left").of(n=left)
    else:
        reached = used >= (limit.least or 0)
        state = Text(" 达到", " reached") if reached else Text(" 未达", " not reached")
    return (decision.instance.title(limit.id), ""), (of, "cyan"), (state, "dim")


def _shown(decision: Decision, limit: Limit, amount: int) -> Words | str:
    """Write an amount of a limit without its unit."""
    return f"{amount:,}" if limit.counts == "awards" else decision.instance.unit.figure(amount)


def _is_tight(limit: Limit, used: int) -> bool:
    return limit.most is not None and limit.most - used <= 0.1 * limit.most


def prices_table(decision: Decision, prices: Prices | None) -> Table | None:
    """Return what a unit more of each limit is worth, where it has a price; None without prices."""
    if prices is None:
        return None
    columns = (
        _LIMIT,
        _ADDRESS,
        Column("bound", Text("限额值", "Bound"), "amount", 14),
        _UNIT,
        Column("price", Text("每单位的影子价格", "Price of a unit more"), "figure", 16),
    )
    rows: list[list[Any]] = []
    fen = decision.instance.unit.fen
    for limit, price in zip(decision.instance.problem.limits, prices.limits.tolist(), strict=True):
        if abs(price) <= 1e-15:
            continue
        bound = amount_of(decision, limit, limit.most if price > 0 else limit.least)
        unit = _unit(decision, limit, Text("项", "award"))
        a_unit = price if limit.counts == "awards" else price * fen
        rows.append([decision.instance.title(limit.id), str(limit.id), bound, unit, figure(a_unit)])
    return Table(columns, rows)
