"""A criteria set as a person reads it in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotscore.criteria import CriteriaSet
from pilotscore.language import Lang, Text
from pilotscore.views.terminal import print_table
from pilotscore.wording import figures, words

if TYPE_CHECKING:
    from rich.console import Console


def print_criteria(criteria: CriteriaSet, console: Console, lang: Lang) -> None:
    """Print dimensions, indicators, evidence, grades and gates."""
    from rich import box
    from rich.table import Table
    from rich.text import Text as Rich

    console.print(
        Rich(f"{criteria.title.to(lang)}  {criteria.id} {criteria.version}", style="bold")
    )
    if criteria.description:
        console.print(Rich(criteria.description.to(lang)))
    console.print(Rich(f"{words.AGGREGATION.to(lang)}  {figures.aggregation(criteria).to(lang)}"))
    for dimension in criteria.dimensions:
        console.print()
        weight = f"{words.WEIGHT.to(lang)} {dimension.weight:g}"
        if dimension.lowest_share:
            share = f"{dimension.lowest_share:.0%}"
            weight += Text(f"；最低指标占 {share}", f"; the lowest indicator counts {share}").to(
                lang
            )
        console.print(Rich(f"{dimension.title.to(lang)}  {weight}", style="bold cyan"))
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold")
        table.add_column(words.INDICATOR.to(lang), overflow="fold", ratio=3)
        table.add_column(words.TYPE.to(lang), no_wrap=True)
        table.add_column(words.WEIGHT.to(lang), justify="right", no_wrap=True)
        table.add_column(words.VALUE_FUNCTION.to(lang), overflow="fold", ratio=4)
        for indicator in dimension.indicators:
            title = indicator.title.to(lang) + ("*" if indicator.required else "")
            unit = f" ({indicator.unit.to(lang)})" if indicator.unit else ""
            name = Rich.assemble(title + unit, "\n", (indicator.id, "dim"))
            kind = words.TYPE_TITLES[indicator.type].to(lang)
            function = figures.value_function(indicator, lang)
            table.add_row(name, kind, f"{indicator.weight:g}", Rich(function))
        print_table(table, console, indent=1)
    console.print(Rich(Text("* 必填", "* required").to(lang), style="dim"))
    _print_evidence(criteria, console, lang)
    console.print()
    console.print(Rich(words.GRADES.to(lang), style="bold cyan"))
    for grade in criteria.grades:
        asked = figures.grade_conditions(grade, criteria, lang) or "—"
        console.print(Rich.assemble((f"  {grade.id} {grade.title.to(lang)}  ", "bold"), asked))
    if criteria.gates:
        console.print()
        console.print(Rich(words.GATES.to(lang), style="bold cyan"))
    for gate in criteria.gates:
        effect = figures.gate_effect(gate, lang)
        console.print(
            Rich.assemble(
                (f"  {gate.title.to(lang)}", "bold"),
                f"  {effect}\n",
                (f"    {gate.when}", "dim"),
            )
        )
    _print_profiles(criteria, console, lang)
    for method in criteria.methods:
        relative = (
            Text("（依赖同批次）", " (batch-relative)").to(lang) if method.batch_relative else ""
        )
        console.print(Rich(f"{words.METHODS.to(lang)}  {method.title.to(lang)}{relative}"))
    if criteria.source:
        console.print()
        console.print(Rich(f"{words.BASIS.to(lang)}  {criteria.source}", style="dim"))


def _print_profiles(criteria: CriteriaSet, console: Console, lang: Lang) -> None:
    from rich.text import Text as Rich

    if not criteria.profiles:
        return
    console.print()
    heading = Text("权重方案（--profile）", "Weight profiles (--profile)").to(lang)
    console.print(Rich(heading, style="bold cyan"))
    headings = {d.id: d.heading.to(lang) for d in criteria.dimensions}
    for profile in criteria.profiles:
        weights = "  ".join(f"{headings[k]} {w:g}" for k, w in profile.weights.items())
        name = f"  {profile.id} {profile.title.to(lang)}  "
        console.print(Rich.assemble((name, "bold"), weights))


def _print_evidence(criteria: CriteriaSet, console: Console, lang: Lang) -> None:
    from rich.text import Text as Rich

    if criteria.evidence is None:
        return
    console.print()
    console.print(
        Rich(Text("证据等级与得分上限", "Evidence and its caps").to(lang), style="bold cyan")
    )
    for grade in criteria.evidence.grades:
        cap = f"{grade.cap:g}"
        if grade.cap_required is not None:
            needed = Text(
                f"（必填 {grade.cap_required:g}）", f" ({grade.cap_required:g} if required)"
            )
            cap += needed.to(lang)
        console.print(Rich.assemble((f"  {grade.id} ", "bold"), f"{grade.title.to(lang)}  ≤ {cap}"))
