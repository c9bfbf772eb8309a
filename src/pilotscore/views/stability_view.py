"""Stability in the terminal: figures with bounds, verdicts, and a control chart of characters."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pilotscore.language import Lang, Text, Words
from pilotscore.runs.stability import (
    CharacteristicStability,
    ChartSeries,
    FigureRow,
    ResultStability,
    StabilityReport,
)
from pilotscore.runs.stability_words import RULES
from pilotscore.views.terminal import fit, labelled, line, right
from pilotscore.wording.figures import number

if TYPE_CHECKING:
    from rich.console import Console

_NAME, _VALUE, _BOUNDS, _COUNT = 30, 10, 21, 6
_HEIGHT = 11
_AXIS = 10
_MOST_SIGNALS = 8


def print_stability(report: StabilityReport, console: Console, lang: Lang) -> None:
    """Print the stability of each result."""
    for n, result in enumerate(report.results):
        if n:
            console.print()
        _print_result(report, result, console, lang)


def _print_result(
    report: StabilityReport, result: ResultStability, console: Console, lang: Lang
) -> None:
    console.print(line((f"{result.id}  {result.title}".rstrip(), "bold")))
    level = f"{report.confidence:.0%}"
    note = Text(
        f"界为单侧 {level} 置信界；计分用较不利的一侧",
        f"bounds are one-sided, {level}; the less favourable one is scored",
    )
    console.print(line((note.to(lang), "dim")))
    _print_rows(result.figures, console, lang, Text("批次与运行", "batches and running").to(lang))
    for characteristic in result.characteristics:
        console.print()
        _print_rows(characteristic.figures, console, lang, heading(characteristic, lang))
        for said in characteristic.notes:
            labelled(console, "·", said.to(lang), 0, "")
        if characteristic.chart is not None:
            console.print()
            print_chart(characteristic.chart, console, lang)


def heading(c: CharacteristicStability, lang: Lang) -> str:
    """Name a characteristic with its unit and limits."""
    unit = f" ({c.unit})" if c.unit else ""
    limits = [
        f"{sign} {number(x)}" for sign, x in (("≥", c.lower), ("≤", c.upper)) if not math.isnan(x)
    ]
    shown = Text("限值 ", "limits ").to(lang) + ", ".join(limits) if limits else ""
    return f"{c.title.to(lang)}{unit}  {shown}".rstrip()


def _print_rows(rows: tuple[FigureRow, ...], console: Console, lang: Lang, title: str) -> None:
    console.print(line((title, "bold cyan")))
    if not rows:
        return
    name = min(_NAME, max(18, console.width - _VALUE - _BOUNDS - _COUNT - 22))
    heads = (
        Text("值", "value"), Text("置信界", "bounds"), Text("批数", "n"), Text("结论", "verdict"),
    )  # fmt: skip
    value, bounds, count, said = (h.to(lang) for h in heads)
    console.print(
        line(
            (" " * name, ""),
            (
                f"{right(value, _VALUE)} {right(bounds, _BOUNDS)} {right(count, _COUNT)}  {said}",
                "dim",
            ),
        ),
        soft_wrap=True,
    )
    for row in rows:
        _print_row(row, console, lang, name)


def _print_row(row: FigureRow, console: Console, lang: Lang, name: int) -> None:
    from rich.cells import cell_len

    head = fit("  " + row.title.to(lang), name)
    if row.why is not None:
        labelled(console, head + " ", _not_assessable(row.why, lang), 0, "dim")
        return
    figures = (
        f"{right(shown(row.value, row.unit, lang), _VALUE)} {right(bounds_text(row), _BOUNDS)}"
    )
    before = f"{head} {figures[1:]} {right(str(row.count), _COUNT)}  "
    verdict = row.verdict.to(lang) if row.verdict else ""
    if cell_len(before) + cell_len(verdict) <= console.width:
        console.print(line((before, ""), (verdict, _style(row))), soft_wrap=True)
        return
    console.print(line((before.rstrip(), "")), soft_wrap=True)
    labelled(console, "", verdict, 4, _style(row))


def _not_assessable(why: Words, lang: Lang) -> str:
    return Text("不可评价：", "not assessable: ").to(lang) + why.to(lang)


_GOOD = {"very consistent", "consistent", "ample", "capable", "in control", "no drift seen",
         "equivalent", "closes well", "closes"}  # fmt: skip


def _style(row: FigureRow) -> str:
    if row.verdict is None:
        return ""
    return "green" if row.verdict.en in _GOOD else "yellow"


def shown(value: float, unit: Text, lang: Lang) -> str:
    """Write a value with its unit; a percentage without a blank."""
    if math.isnan(value):
        return "—"
    if math.isinf(value):
        return "∞"
    text = f"{value:.4g}" if abs(value) < 10_000 else f"{value:,.0f}"
    written = unit.to(lang)
    if written == "%":
        return text + "%"
    return f"{text} {written}" if written == "h" else text


def bounds_text(row: FigureRow) -> str:
    """Write the bounds; nothing where the measure has none."""
    if row.low == row.high or (math.isnan(row.low) and math.isnan(row.high)):
        return ""
    low, high = (shown(x, Text("", ""), "en") for x in (row.low, row.high))
    return f"{low} – {high}"


def print_chart(chart: ChartSeries, console: Console, lang: Lang) -> None:
    """Print a control chart: limits, centre, points, and the batches that signal."""
    room = max(20, console.width - _AXIS - 3)
    first = max(0, len(chart.points) - room)
    step = 2 if len(chart.points) * 2 <= room else 1
    title = Text(
        f"{chart.kind.zh}，{len(chart.points)} 点" + (f"（图为最后 {room} 点）" if first else ""),
        f"{chart.kind.en} chart, {len(chart.points)} points"
        + (f" (the last {room} shown)" if first else ""),
    )
    console.print(line((title.to(lang), "bold")))
    points = chart.points[first:]
    lines = _levels(chart, first)
    known = [x for x in (*points, *(y for y, _ in lines)) if math.isfinite(x)]
    low, high = min(known), max(known)
    span = (high - low) or 1.0

    def row_of(value: float) -> int:
        return round((high - value) / span * (_HEIGHT - 1))

    width = len(points) * step
    grid = [[(" ", "")] * width for _ in range(_HEIGHT)]
    labels = {row_of(y): (f"{y:.4g}", name) for y, name in lines}
    for row, (_, name) in labels.items():
        grid[row] = [("─" if name == "CL" else "┄", "dim")] * width
    flagged = {n - first for n, _ in chart.signals}
    for n, value in enumerate(points):
        if math.isfinite(value):
            mark = ("✖", "bold red") if n in flagged else ("●", "cyan")
            grid[row_of(value)][n * step] = mark
    for row, cells in enumerate(grid):
        label, name = labels.get(row, ("", ""))
        console.print(
            line((f"{right(label, _AXIS)} ", "dim"), *cells, (f" {name}", "dim")), soft_wrap=True
        )
    names = chart.names[first:]
    ends = f"{names[0]} … {names[-1]}"
    console.print(line((" " * (_AXIS + 1) + ends, "dim")), soft_wrap=True)
    _print_signals(chart, console, lang)


def _levels(chart: ChartSeries, first: int) -> list[tuple[float, str]]:
    """Return the lines of a chart that are level over what is shown."""
    uppers, lowers = set(chart.upper[first:]), set(chart.lower[first:])
    found = [(chart.centre, "CL")]
    if len(uppers) == 1:
        found.append((next(iter(uppers)), "UCL"))
    if len(lowers) == 1:
        found.append((next(iter(lowers)), "LCL"))
    return [(y, n) for y, n in found if math.isfinite(y)]


def _print_signals(chart: ChartSeries, console: Console, lang: Lang) -> None:
    if not chart.signals:
        console.print(line((Text("没有失控信号", "no signals").to(lang), "green")))
        return
    for n, rules in chart.signals[:_MOST_SIGNALS]:
        said = "；".join(f"{RULES[r].zh}（规则 {r}）" for r in rules)
        words = "; ".join(f"{RULES[r].en} (rule {r})" for r in rules)
        labelled(console, f"✖ {chart.names[n]}", Text(said, words).to(lang), 0, "red")
    more = len(chart.signals) - _MOST_SIGNALS
    if more > 0:
        console.print(line((Text(f"另有 {more} 点", f"and {more} more").to(lang), "dim")))
