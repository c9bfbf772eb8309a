"""Every limit of a call with what is used of it: the budget by stage, tracks, caps of each group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pilotscore.allocation.holding import contribution
from pilotscore.allocation.problem import Limit
from pilotscore.funding.decision import Decision, FundingStatus
from pilotscore.language import Lang, Text
from pilotscore.views.tables import Column, Table
from pilotscore.views.terminal import fit, line, right

if TYPE_CHECKING:
    from rich.console import Console

_SHOWN = 12


def limits_table(funded: Decision, lang: Lang) -> Table:
    """Return each limit: its bounds, what awards use, with what is undecided too, and what is left."""
    unit = funded.instance.unit
    columns = (
        Column("limit", Text("限额", "Limit"), "wrap", 34),
        Column("address", Text("征集文件中的位置", "In the call"), width=40),
        Column("line", Text("行", "Line"), "rank", 6),
        Column("unit", Text("单位", "Unit"), width=10),
        Column("least", Text("下限", "Least"), "amount", 12),
        Column("most", Text("上限", "Most"), "amount", 12),
        Column("awarded", Text("已定", "Awarded"), "amount", 12),
        Column("with_undecided", Text("含待定", "With undecided"), "amount", 12),
        Column("left", Text("余（含待定）", "Left (with undecided)"), "amount", 14),
    )
    rows: list[list[Any]] = []
    for limit in funded.instance.problem.limits:
        awarded, given = _used(funded, limit)
        left = None if limit.most is None else limit.most - given
        rows.append([
            funded.instance.title(limit.id).to(lang), str(limit.id), funded.instance.line(limit.id),
            Text("项", "awards").to(lang) if limit.counts == "awards" else unit.name,
            *(
                value if value is None or limit.counts == "awards" else unit.number(value)
                for value in (limit.least, limit.most, awarded, given, left)
            ),
        ])  # fmt: skip
    return Table(columns, rows)


def _used(funded: Decision, limit: Limit) -> tuple[int, int]:
    """Return what awards use of a limit, and what they and the undecided do: fen, or awards."""
    adds, choice = contribution(funded.instance.problem, limit), funded.allocation.choice
    decided = funded.having(FundingStatus.FUND)
    given = choice >= 0
    return int(adds[choice[given & decided]].sum()), int(adds[choice[given]].sum())


def print_limits(funded: Decision, console: Console, lang: Lang) -> None:
    """Print the limits, those of single groups only where they are full or nearly."""
    rows = limits_table(funded, lang).records()
    limits = funded.instance.problem.limits
    wanted = [r for r, x in zip(rows, limits, strict=True) if not x.id.group or _is_tight(r)]
    console.print()
    head = Text("限额与使用（含待定）", "Limits and what is used (with the undecided)")
    console.print(line((head.to(lang), "bold")))
    for r in wanted[:_SHOWN]:
        bound = r["most"] if r["most"] is not None else r["least"]
        least = r["most"] is None
        room = max(24, console.width - 50)
        used = f"{r['with_undecided']:,g} / {bound:,g} {r['unit']}"
        if least:
            said = Text("达到", "reached") if r["with_undecided"] >= bound else Text("未达", "not reached")  # fmt: skip
        else:
            said = Text(f"余 {r['left']:,g}", f"{r['left']:,g} left")
        console.print(
            line(
                (f"  {fit(r['limit'], min(room, 40))} ", ""),
                (right(used, 26), "cyan"),
                (f"  {said.to(lang)}", "dim"),
            ),
            soft_wrap=True,
        )
    left = len(rows) - len(wanted[:_SHOWN])
    if left:
        text = Text(
            f"  …… 另有 {left} 项限额（-o 文件）", f"  ... {left} more limits (in a file, -o)"
        )
        console.print(line((text.to(lang), "dim")))


def _is_tight(row: dict[str, Any]) -> bool:
    return row["most"] is not None and row["left"] <= 0.1 * row["most"]
