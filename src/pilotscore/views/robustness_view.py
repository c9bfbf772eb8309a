"""Robustness in the terminal: the ranking in groups, a heat map, what moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pilotscore.language import Lang, Text
from pilotscore.runs.robustness import (
    TITLE,
    RobustnessReport,
    places_table,
    sensitivity_table,
    settings_text,
    swaps_table,
    weights_table,
)
from pilotscore.views.robustness_words import paragraph
from pilotscore.views.tables import Table
from pilotscore.views.terminal import fit, labelled, line, print_table, right

if TYPE_CHECKING:
    from rich.console import Console

_SHOWN = 30
_SHADES = " ·░▒▓█"
_ID = 14


def print_robustness(
    report: RobustnessReport, console: Console, lang: Lang, shown: int | None = None
) -> None:
    """Print how sure the ranking is."""
    r = report.robustness
    console.print(line((TITLE.to(lang), "bold")))
    labelled(console, "", settings_text(report).to(lang), 0, "dim")
    console.print()
    labelled(console, "", paragraph(report).to(lang), 0, "")
    console.print()
    most = min(shown or _SHOWN, len(r))
    _print_places(report, console, lang, most)
    console.print()
    print_heat(report, console, lang, most)
    found = sensitivity_table(report, lang)
    if found is not None:
        _headed(Text("名次变动从何而来", "What moves the ranks"), console, lang)
        _print(found, console, lang)
    title = Text(
        f"各权重在何范围内前 {r.k} 名不变（其余按比例调整）",
        f"Where each weight leaves the first {r.k} as they are (the others in proportion)",
    )
    _headed(title, console, lang)
    _print(weights_table(report, lang), console, lang)
    if report.swaps:
        _headed(Text("相邻成果", "Neighbours"), console, lang)
        for row in swaps_table(report, lang).rows[: most - 1]:
            chance = Text("顺序正确概率", "this order").to(lang)
            head = f"{row[0]} > {row[1]}  {chance} {row[2]:.0%}  "
            labelled(console, head, row[3], 0, "dim")
    count = int((~report.front).sum())
    told = Text(
        f"{len(r) - count} 项非劣；{count} 项在各维度上都不优于另一项。",
        f"{len(r) - count} results are dominated by none; {count} are no better than another in any dimension.",
    )
    console.print()
    labelled(console, "", told.to(lang), 0, "")


def _headed(title: Text, console: Console, lang: Lang) -> None:
    console.print()
    console.print(line((title.to(lang), "bold")))


def _print_places(report: RobustnessReport, console: Console, lang: Lang, most: int) -> None:
    from rich.table import Table as RichTable

    keys = ["rank", "id", "title", "grade", "index", "span", "top", "same_grade", "ahead_of_next"]
    if console.width < 100:
        keys.remove("title")
    table = places_table(report, lang)
    records = table.records()
    headings = {c.key: c.heading.to(lang) for c in table.columns}
    headings["span"] = Text("90% 名次区间", "90 % ranks").to(lang)
    shown = RichTable(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for key in keys:
        shown.add_column(
            headings[key],
            justify="left" if key in ("id", "title") else "right",
            no_wrap=key not in ("title",),
            overflow="fold",
        )
    group = 1
    for record in records[:most]:
        if record["group"] != group:
            group = record["group"]
            shown.add_section()
            shown.add_row(*("─" * 3 if k == "rank" else "" for k in keys))
        low, high = record["rank_low"], record["rank_high"]
        record["span"] = str(low) if low == high else f"{low}–{high}"
        shown.add_row(*(_cell(record[k], k) for k in keys))
    print_table(shown, console)
    if most < len(records):
        rest = len(records) - most
        more = Text(f"…… 另有 {rest} 项未显示（--show）", f"... {rest} more not shown (--show)")
        console.print(line((more.to(lang), "dim")))
    labelled(
        console, "",
        Text(
            "横线之间为一组：组内第一项领先的概率不足 90%，先后不可靠。",
            "Between lines is a group: its first result is not ahead with a chance of 90 %; the order within is not to be relied on.",
        ).to(lang),
        0, "dim",
    )  # fmt: skip


def _cell(value: Any, key: str) -> str:
    if value is None:
        return "—"
    if key in ("top", "same_grade", "ahead_of_next"):
        return f"{value:.0%}"
    return f"{value:.1f}" if key == "index" else str(value)


def print_heat(report: RobustnessReport, console: Console, lang: Lang, most: int) -> None:
    """Print rank acceptability: a row per result, a shade per rank."""
    r = report.robustness
    title = Text("名次接受度（每列一个名次）", "Rank acceptability (a column per rank)")
    console.print(line((title.to(lang), "bold")))
    room = max(10, console.width - _ID - 2)
    bands = r.acceptability.shape[1]
    # Every rank two cells wide where there is room, one where not, several in one cell at worst.
    cells = min(bands, room)
    wide = 2 if 2 * bands <= room else 1
    step = -(-bands // cells)
    labels = [b * step * r.counts.width + 1 for b in range(-(-bands // step))]
    ruler = "".join(fit(str(x), 5 * wide) if b % 5 == 0 else "" for b, x in enumerate(labels))
    console.print(line((fit("", _ID) + ruler[:room], "dim")), soft_wrap=True)
    for n in range(most):
        merged = [float(r.acceptability[n, b : b + step].sum()) for b in range(0, bands, step)]
        row = "".join(_shade(x) * wide for x in merged)
        console.print(line((fit(report.name(n), _ID), ""), (row.rstrip(), "cyan")), soft_wrap=True)
    legend = "  ".join(
        f"{s}{_SHADES[k]}"
        for k, s in ((1, ">0 "), (2, "≥5% "), (3, "≥20% "), (4, "≥40% "), (5, "≥70% "))
    )
    console.print(line((right("", _ID) + legend, "dim")), soft_wrap=True)


def _shade(share: float) -> str:
    if share <= 0:
        return _SHADES[0]
    for k, least in ((5, 0.7), (4, 0.4), (3, 0.2), (2, 0.05)):
        if share >= least:
            return _SHADES[k]
    return _SHADES[1]


def _print(table: Table, console: Console, lang: Lang) -> None:
    from rich.table import Table as RichTable

    shown = RichTable(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in table.columns:
        shown.add_column(
            column.heading.to(lang), justify="right" if column.style == "share" else "left"
        )
    for row in table.rows:
        shown.add_row(
            *(
                "—" if v is None else f"{v:.1%}" if c.style == "share" else str(v)
                for v, c in zip(row, table.columns, strict=True)
            )
        )
    print_table(shown, console)
