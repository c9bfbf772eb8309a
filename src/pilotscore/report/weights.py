"""Derived weights as people see them: in the terminal and as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pilotscore.criteria import CriteriaSet
from pilotscore.language import Lang, Text
from pilotscore.ranking.weighting.derived import DerivedWeights

if TYPE_CHECKING:
    from rich.console import Console

METHODS = {
    "ahp": Text("层次分析法（AHP）", "AHP"),
    "bwm": Text("最优最差法（BWM）", "best-worst method"),
    "swing": Text("摆幅赋权法", "swing weighting"),
    "direct": Text("直接赋分法", "direct rating"),
    "entropy": Text("熵权法", "entropy"),
    "critic": Text("CRITIC 法", "CRITIC"),
    "merec": Text("MEREC 法", "MEREC"),
    "std": Text("标准差法", "standard deviation"),
    "gini": Text("基尼系数法", "Gini coefficient"),
    "rancom": Text("RANCOM 法", "RANCOM"),
    "equal": Text("等权", "equal weights"),
}


@dataclass(frozen=True, slots=True, eq=False)
class WeightsReport:
    """Derived weights beside the stated ones, and where they come from."""

    criteria: CriteriaSet
    derived: DerivedWeights
    stated_dimensions: tuple[float, ...]
    stated_indicators: tuple[float, ...]
    origin: Text


def to_record(report: WeightsReport, lang: Lang) -> dict[str, Any]:
    """Return derived weights as plain data."""
    d = report.derived
    dimensions = []
    at = 0
    for k, dimension in enumerate(report.criteria.dimensions):
        items = []
        for i in dimension.indicators:
            items.append({
                "id": i.id, "title": i.title.to(lang), "weight": round(float(d.indicators[at]), 9),
                "stated": round(report.stated_indicators[at], 9),
            })  # fmt: skip
            at += 1
        dimensions.append({
            "id": dimension.id, "title": dimension.title.to(lang), "weight": round(float(d.dimensions[k]), 9),
            "stated": round(report.stated_dimensions[k], 9), "indicators": items,
        })  # fmt: skip
    groups = [
        {
            "group": g.group.id or "dimensions",
            "ratio": _n(g.ratio),
            "experts": {
                e: {"weights": [round(float(x), 9) for x in w], "ratio": _n(g.ratios.get(e, float("nan")))}
                for e, w in g.by_expert.items()
            },
        }
        for g in d.groups
    ]  # fmt: skip
    return {
        "method": d.method, "source": report.origin.to(lang), "experts": list(d.experts),
        "dimensions": dimensions, "groups": groups,
    }  # fmt: skip


def _n(value: float) -> float | None:
    return None if value != value else round(float(value), 9)


def print_weights(report: WeightsReport, console: Console, lang: Lang) -> None:
    """Print derived weights beside the stated ones, and how consistent the judgements are."""
    from rich.table import Table

    from pilotscore.report.terminal import labelled, line, print_table

    d = report.derived
    console.print(line((METHODS[d.method].to(lang), "bold")))
    labelled(console, "", report.origin.to(lang), 0, "dim")
    shown = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    heads = (
        Text("维度与指标", "Dimension and indicator"), Text("权重", "Weight"), Text("原定", "Stated"),
        Text("变化", "Change"),
    )  # fmt: skip
    for n, head in enumerate(heads):
        shown.add_column(head.to(lang), justify="right" if n else "left")
    at = 0
    for k, dimension in enumerate(report.criteria.dimensions):
        shown.add_row(dimension.title.to(lang), *_row(d.dimensions[k], report.stated_dimensions[k]))
        for i in dimension.indicators:
            row = _row(d.indicators[at], report.stated_indicators[at])
            shown.add_row("  " + i.title.to(lang), *row, style="dim")
            at += 1
    print_table(shown, console)
    if not any(g.ratios for g in d.groups):
        return
    console.print()
    console.print(line((Text("一致性", "Consistency").to(lang), "bold")))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(Text("组", "Group").to(lang))
    for expert in d.experts:
        table.add_column(expert, justify="right")
    pooled = d.method == "ahp" and len(d.experts) > 1
    if pooled:
        table.add_column(Text("合并", "pooled").to(lang), justify="right")
    for g in d.groups:
        cells = [f"{g.ratios[e]:.3f}" if e in g.ratios else "—" for e in d.experts]
        table.add_row(g.group.title.to(lang), *cells, *([f"{g.ratio:.3f}"] if pooled else []))
    print_table(table, console)


def _row(weight: float, stated: float) -> tuple[str, str, str]:
    change = 100 * (weight - stated)
    return f"{weight:.1%}", f"{stated:.1%}", f"{change:+.1f}" if abs(change) >= 0.05 else "·"
