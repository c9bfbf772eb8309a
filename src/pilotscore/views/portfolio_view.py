"""Where the money goes: by track, institution, region, grade, kind of innovation, mode of transfer."""

from __future__ import annotations

import math

from pilotscore.funding.concentration import Breakdown, breakdowns
from pilotscore.funding.decision import Decision
from pilotscore.language import Lang, Text
from pilotscore.views.tables import Column, Table

MOST_GROUPS = 20


def views_table(funded: Decision, lang: Lang) -> Table:
    """Return every group of every view: money and results, funded against applied."""
    unit = funded.instance.unit
    columns = (
        Column("property", Text("类别", "By"), width=14),
        Column("group", Text("组", "Group"), "wrap", 24),
        Column("asked", Text(f"申请（{unit.name}）", f"Asked ({unit.name})"), "amount", 12),
        Column("awarded", Text(f"资助（{unit.name}）", f"Awarded ({unit.name})"), "amount", 12),
        Column("share_asked", Text("占申请", "Of asked"), "share", 9),
        Column("share_awarded", Text("占资助", "Of awarded"), "share", 9),
        Column("results", Text("申报项数", "Applied"), "rank", 9),
        Column("funded", Text("资助项数", "Funded"), "rank", 9),
        Column("concentration", Text("集中度 HHI", "Concentration (HHI)"), "figure", 12),
    )
    rows = [
        [
            view.title.to(lang), g.title.to(lang), g.requested / unit.fen, g.awarded / unit.fen,
            _share(g.share_requested), _share(g.share_awarded), g.results, g.funded,
            _share(view.concentration) if k == 0 else None,
        ]
        for view in breakdowns(funded)
        for k, g in enumerate(view.groups)
    ]  # fmt: skip
    return Table(columns, rows)


def _share(value: float) -> float | None:
    return round(value, 9) if math.isfinite(value) else None


def bars(view: Breakdown, width: int, lang: Lang, most: int = 6) -> list[tuple[str, str, str]]:
    """Return lines of a bar chart: the group, a bar of its share of the money, figures."""
    lines = []
    for g in view.groups[:most]:
        share = g.share_awarded if math.isfinite(g.share_awarded) else 0.0
        asked = g.share_requested if math.isfinite(g.share_requested) else 0.0
        bar = "█" * round(share * width)
        figure = Text(
            f"资助 {share:.0%}，申请 {asked:.0%}；{g.funded}/{g.results} 项",
            f"{share:.0%} of awards, {asked:.0%} of requests; {g.funded} of {g.results}",
        )
        lines.append((g.title.to(lang), bar, figure.to(lang)))
    return lines
