"""A comparison of two rounds in the terminal: a summary, what moved each result, and a slope chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotscore.language import Lang, Text
from pilotscore.runs.comparison import CAUSES, Change, Comparison, status_text
from pilotscore.views.terminal import fit, labelled, line, right

if TYPE_CHECKING:
    from rich.console import Console

_ARROWS = {"rose": "↑", "fell": "↓", "same": "=", "status": "•"}
_STYLES = {"rose": "green", "fell": "red", "same": "dim", "status": "yellow"}
_MOST_MOVED = 2


def summary(comparison: Comparison, lang: Lang) -> str:
    """Say how many went which way."""
    c = comparison
    counts = [c.count(d) for d in ("rose", "fell", "same", "status")]
    text = Text(
        f"上升 {counts[0]} 项，下降 {counts[1]} 项，不变 {counts[2]} 项，状态变化 {counts[3]} 项，"
        f"新增 {len(c.appeared)} 项，退出 {len(c.left)} 项",
        f"{counts[0]} rose, {counts[1]} fell, {counts[2]} unchanged, {counts[3]} changed status, "
        f"{len(c.appeared)} appeared, {len(c.left)} left",
    )
    return text.to(lang)


def print_comparison(comparison: Comparison, console: Console, lang: Lang, top: int = 20) -> None:
    """Print a comparison; the first ``top`` results that moved."""
    console.print(line((summary(comparison, lang), "bold")))
    if not comparison.same_criteria:
        text = Text(
            "两次所用的指标体系不同：变化分为“数值与证据”和“指标体系”两部分",
            "the criteria differ: each change is split into that of values and evidence, and that of criteria",
        )
        console.print(line((text.to(lang), "magenta")))
    moved = [c for c in comparison.changes if c.direction != "same"]
    if moved:
        console.print()
    for change in moved[:top]:
        _print_change(change, comparison, console, lang)
    if len(moved) > top:
        rest = Text(
            f"…… 另有 {len(moved) - top} 项（--top）", f"... {len(moved) - top} more (--top)"
        )
        console.print(line((rest.to(lang), "dim")))
    for heading, alone in (
        (Text("新增", "appeared"), comparison.appeared),
        (Text("退出", "left"), comparison.left),
    ):
        for name, title, standing in alone[:top]:
            shown = f"{name} {title}  {standing.index:.1f} {status_text(standing, lang)}"
            labelled(console, heading.to(lang), shown, 0, "cyan")
    _print_slopes(comparison, console, lang, top)


def _print_change(c: Change, comparison: Comparison, console: Console, lang: Lang) -> None:
    colour = _STYLES[c.direction]
    grades = status_text(c.old, lang)
    if status_text(c.new, lang) != grades:
        grades += f" → {status_text(c.new, lang)}"
    head = f"{c.old.index:.1f} → {c.new.index:.1f} ({c.points:+.1f})  {grades}"
    console.print(line((f"{_ARROWS[c.direction]} {c.id} {c.title}", f"bold {colour}")))
    labelled(console, "   ", head, 0)
    causes = c.by_cause
    if len(causes) > 1 or not comparison.same_criteria:
        comma = "，" if lang == "zh" else ", "
        split = comma.join(f"{CAUSES[cause].to(lang)} {x:+.2f}" for cause, x in causes.items())
        labelled(console, "   ", split, 0, "magenta")
    for m in c.moved[:_MOST_MOVED]:
        text = (
            f"{m.points:+.2f}  {m.title.to(lang)}: {m.before.to(lang)} → {m.after.to(lang)} "
            f"({CAUSES[m.cause].to(lang)})"
        )
        labelled(console, "   ", text, 0, "dim")
    if len(c.moved) > _MOST_MOVED:
        others = sum(m.points for m in c.moved[_MOST_MOVED:])
        count = len(c.moved) - _MOST_MOVED
        rest = Text(f"{others:+.2f}  其他 {count} 项", f"{others:+.2f}  {count} others")
        labelled(console, "   ", rest.to(lang), 0, "dim")


def _print_slopes(comparison: Comparison, console: Console, lang: Lang, top: int) -> None:
    """Print ranks on the left and on the right: old and new."""
    ranked = [c for c in comparison.changes if c.old.rank and c.new.rank]
    if len(ranked) < 2:
        return
    old = sorted(ranked, key=lambda c: (c.old.rank or 0, c.id))[:top]
    new = sorted(ranked, key=lambda c: (c.new.rank or 0, c.id))[:top]
    width = max(16, min(34, (console.width - 14) // 2))
    console.print()
    heads = Text("上次名次", "old rank").to(lang), Text("本次名次", "new rank").to(lang)
    console.print(line((fit(heads[0], width + 12) + heads[1], "bold")))
    for a, b in zip(old, new, strict=True):
        left = f"{a.old.rank:>4} {a.id} {a.title}"
        step = (b.old.rank or 0) - (b.new.rank or 0)
        mark = f"↑{step}" if step > 0 else f"↓{-step}" if step < 0 else "="
        colour = "green" if step > 0 else "red" if step < 0 else "dim"
        console.print(
            line(
                (fit(left, width), ""),
                (right(mark, 8) + "    ", colour),
                (fit(f"{b.new.rank:>4} {b.id} {b.title}", width).rstrip(), ""),
            ),
            soft_wrap=True,
        )
