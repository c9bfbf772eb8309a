"""What a person sees of decision methods in the terminal: places, agreement, who depends on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pilotscore.language import Lang, Text
from pilotscore.runs.outcome import Outcome
from pilotscore.views.methods import (
    AGREEMENT,
    TITLE,
    agreement_table,
    dependent_text,
    places_table,
)
from pilotscore.views.tables import Table
from pilotscore.views.terminal import labelled, line, print_table

if TYPE_CHECKING:
    from rich.console import Console

_PLACE = 7  # cells for a place, as narrow as they come
_FIXED = 52  # cells for rank, id, index, best and worst place
_SHOWN = 20


def print_methods(outcome: Outcome, console: Console, lang: Lang, top: int | None = None) -> None:
    """Print how the decision methods place the results; nothing where there is no method.

    Methods stand side by side as far as the width goes, and the others in tables of their own below.
    """
    agreement = outcome.ranking.agreement(top)
    if agreement is None:
        return
    shown = min(top or _SHOWN, len(outcome))
    console.print()
    console.print(line((TITLE.to(lang), "bold")))
    places = places_table(outcome, agreement, shown)
    names = [m.method.id for m in outcome.ranking.methods.values()]
    wide = max(_PLACE, *(len(n) for n in names)) + 2
    side = max(1, (console.width - _FIXED) // wide)
    for first in range(0, len(names), side):
        keys = ["rank", "id", "index", *names[first : first + side], "best", "worst"]
        _print(places, keys, names, console, lang)
    if shown < len(outcome):
        rest = len(outcome) - shown
        more = Text(f"…… 另有 {rest} 项未显示（--top）", f"... {rest} more not shown (--top)")
        console.print(line((more.to(lang), "dim")))
    relative = [n for n, m in outcome.ranking.methods.items() if m.batch_relative]
    if relative:
        text = Text(
            f"* 依赖同批次的其他成果：{'、'.join(relative)}",
            f"* depends on the other results of the batch: {', '.join(relative)}",
        )
        labelled(console, "", text.to(lang), 0, "magenta")
    console.print()
    console.print(line((AGREEMENT_WITH_INDEX.to(lang), "bold")))
    found = agreement_table(agreement)
    _print(found, [c.key for c in found.columns], [], console, lang)
    labelled(console, "", dependent_text(outcome, agreement, lang), 0, "yellow")


AGREEMENT_WITH_INDEX = Text(f"与指数{AGREEMENT.zh}", f"{AGREEMENT.en} with the index")


def _print(
    table: Table, keys: list[str], names: list[str], console: Console, lang: Lang
) -> None:  # fmt: skip
    from rich.table import Table as RichTable

    wanted = {c.key: (n, c) for n, c in enumerate(table.columns)}
    relative = {c.key for c in table.columns if "batch-relative" in c.heading.en}
    shown = RichTable(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for key in keys:
        star = "*" if key in relative else ""
        heading = f"{key}{star}" if key in names else wanted[key][1].heading.to(lang)
        left = key in ("id", "method")
        shown.add_column(heading, justify="left" if left else "right", no_wrap=True)
    for row in table.rows:
        shown.add_row(*(_cell(row[wanted[key][0]], wanted[key][1].style) for key in keys))
    print_table(shown, console)


def _cell(value: Any, style: str) -> str:
    if value is None:
        return "—"
    if style == "figure":
        return f"{value:.2f}"
    return f"{value:.0%}" if style == "share" else str(value)
