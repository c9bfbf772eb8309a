"""An explanation in the terminal: the waterfall of the index, what decided the grade, paths up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotscore.index import PathUp
from pilotscore.language import Lang, Text
from pilotscore.runs.explained import (
    Bar,
    Explanation,
    interval_text,
    move_advice,
    move_text,
)
from pilotscore.views.terminal import fit, labelled, line, right
from pilotscore.wording import figures, words

if TYPE_CHECKING:
    from rich.console import Console

_LABEL = 26
_EIGHTHS = " ▏▎▍▌▋▊▉█"
EFFORT_RULE = Text(
    "工作量为相对值：得分每提高 10 分计 1（按指标的难度系数折算），证据每提高一级计 0.5",
    "effort is relative: 1 for ten points of an indicator (times its own factor), 0.5 for a grade of evidence",
)


def print_explanation(e: Explanation, console: Console, lang: Lang) -> None:
    """Print an explanation."""
    a, i = e.outcome.assessment, e.result
    console.print(line((f"{a.measurements.ids[i]}  {a.measurements.titles[i]}", "bold")))
    console.print(line((str(a.measurements.place(i, None)), "dim")), soft_wrap=True)
    for note in e.outcome.notes(of_money=False):
        console.print(line((note.to(lang), "magenta")))
    console.print()
    labelled(console, words.INDEX.to(lang), interval_text(e.outcome, i).to(lang), 0, "bold")
    if a.criteria.evidence is not None:
        uncapped = (
            f"{a.index_uncapped[i]:.1f}; {words.COMPLETENESS.to(lang)} {a.completeness[i]:.0%}"
        )
        labelled(console, words.UNCAPPED.to(lang), uncapped, 0, "dim")
    _print_waterfall(e, console, lang)
    _print_losses(e, console, lang)
    console.print()
    grade, title = figures.grade_id(a, i), figures.grade_title(a, i).to(lang)
    labelled(
        console, words.GRADE.to(lang), title if grade == "—" else f"{grade} {title}", 0, "bold"
    )
    for reason in e.reasons:
        labelled(console, words.REASON.to(lang), reason.to(lang), 0, "yellow")
    for gate, advice in e.advice:
        colon = "：" if lang == "zh" else ": "
        labelled(console, words.GATES.to(lang), gate.to(lang) + colon + advice.to(lang), 0, "red")
    console.print()
    print_paths(e, console, lang)


def _print_waterfall(e: Explanation, console: Console, lang: Lang) -> None:
    """Print what each dimension adds, one on top of the other, up to the index."""
    console.print()
    width = max(10, min(60, console.width - _LABEL - 22))
    heading = Text("各维度的贡献（累加即指数）", "what each dimension adds (they sum to the index)")
    console.print(line((heading.to(lang), "bold")))
    start = 0.0
    for bar in e.dimensions:
        drawn = _bar(start, bar.points, width)
        figure = f"{bar.points:+6.2f} / {bar.most:5.2f}"
        console.print(line((fit(bar.title.to(lang), _LABEL), ""), (drawn, "cyan"), (figure, "")))
        start += bar.points
    total = _bar(0.0, start, width)
    name = fit(words.INDEX.to(lang), _LABEL)
    console.print(line((name, "bold"), (total, "bold"), (f"{start:6.2f}", "bold")))


def _bar(start: float, points: float, width: int) -> str:
    """Draw a bar from one number of points to another on a scale of 100, padded to the width."""
    per = width / 100
    left, end = round(start * per), (start + points) * per
    full = int(end) - left
    part = _EIGHTHS[int((end - int(end)) * 8)] if full >= 0 else ""
    drawn = " " * left + "█" * max(full, 0) + part.strip()
    return drawn + " " * (width + 1 - len(drawn))


def _print_losses(e: Explanation, console: Console, lang: Lang) -> None:
    if not e.losses:
        return
    console.print()
    heading = Text("失分最多的指标", "where most was lost")
    console.print(line((heading.to(lang), "bold")))
    for bar in e.losses:
        console.print(line((fit("  " + bar.title.to(lang), 44), ""), (_lost(bar), "yellow")))


def _lost(bar: Bar) -> str:
    return f"{bar.points - bar.most:+6.2f}" + right(f"({bar.points:.2f} / {bar.most:.2f})", 16)


def print_paths(e: Explanation, console: Console, lang: Lang) -> None:
    """Print the paths to the target grade, or why there is none."""
    g, criteria = e.guidance, e.outcome.criteria
    if g.target is None and not g.blocked:
        best = Text("已是最高等级", "this is the best grade")
        console.print(line((best.to(lang), "green")))
        return
    if g.target is None:
        text = Text("现在没有提升路径，须先解决：", "no path up as things stand; first of all:")
        console.print(line((text.to(lang), "bold red")))
        for reason in g.blocked:
            labelled(console, "  -", reason.text.to(lang), 0)
        return
    grade = criteria.grades[g.target]
    goal = f"{grade.id} {grade.title.to(lang)}"
    console.print(line((Text(f"升到 {goal} 的路径", f"paths to {goal}").to(lang), "bold green")))
    single = Text("只改一项", "a single change").to(lang)
    for path in g.singles:
        _print_path(e, path, single, console, lang)
    pair = Text("同时改两项", "two changes").to(lang)
    for path in g.pairs:
        _print_path(e, path, pair, console, lang)
    if g.cheapest is not None and len(g.cheapest.moves) > (2 if g.pairs else 1 if g.singles else 0):
        least = (
            Text(
                "工作量最小的组合（已证明锚点间没有更省的，再减到刚好够）",
                "the combination of least effort (proven among anchors, then cut down to what it takes)",
            )
            if g.proven
            else Text("找到的工作量最小的组合", "the combination of least effort found")
        )
        _print_path(e, g.cheapest, least.to(lang), console, lang)
    if not (g.singles or g.pairs or g.cheapest):
        text = Text("没有路径：", "there is none:")
        console.print(line((text.to(lang), "bold red")))
        for reason in g.blocked:
            labelled(console, "  -", reason.text.to(lang), 0)
        return
    console.print(line((EFFORT_RULE.to(lang), "dim")))


def _print_path(e: Explanation, path: PathUp, name: str, console: Console, lang: Lang) -> None:
    grade = e.outcome.criteria.grades[path.grade].id
    told = Text(
        f"（工作量 {path.effort:.1f}，重新计分后指数 {path.index:.1f}，等级 {grade}）",
        f" (effort {path.effort:.1f}; scored again: index {path.index:.1f}, grade {grade})",
    )
    console.print(line((f"  {name}", "bold"), (told.to(lang), "dim")))
    for move in path.moves:
        labelled(console, "    •", move_text(e.outcome, e.result, move, lang), 0)
        advice = move_advice(e.outcome, move, lang)
        if advice:
            labelled(console, "     ", advice, 0, "dim")
