"""Where the money goes: by track, institution, region, grade, innovation, mode of transfer."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pilotscore.document import (
    Axis,
    Block,
    Chart,
    Column,
    Gap,
    Line,
    Listing,
    Meter,
    Row,
    Series,
    Sheet,
    Slot,
    Table,
    heading,
)
from pilotscore.funding.concentration import Breakdown, Group, breakdowns
from pilotscore.funding.decision import Decision
from pilotscore.language import Text
from pilotscore.views.fund.phrases import in_unit
from pilotscore.wording.figures import rounded

_MOST_BARS, _MOST_GROUPS = 12, 6
_SHEET = Text("资金去向", "Where it goes")
_BARS = Slot(least=24, most=24, narrow=14)
_NAMES = Slot(most=24, narrow=18)


def concentration_table(decision: Decision) -> Table:
    """Return every group of every property: money and results, funded against applied."""
    columns = (
        Column("property", Text("类别", "By"), width=14),
        Column("group", Text("组", "Group"), "wrap", 24),
        Column("asked", in_unit(Text("申请", "Asked"), decision), "amount", 12),
        Column("awarded", in_unit(Text("资助", "Awarded"), decision), "amount", 12),
        Column("share_asked", Text("占申请", "Of asked"), "share", 9),
        Column("share_awarded", Text("占资助", "Of awarded"), "share", 9),
        Column("results", Text("申报项数", "Applied"), "rank", 9),
        Column("funded", Text("资助项数", "Funded"), "rank", 9),
        Column("concentration", Text("集中度 HHI", "Concentration (HHI)"), "figure", 12),
    )
    fen = decision.instance.unit.fen
    rows = [
        [
            by.title,
            g.title,
            g.requested / fen,
            g.awarded / fen,
            rounded(g.share_requested),
            rounded(g.share_awarded),
            g.results,
            g.funded,
            rounded(by.concentration) if k == 0 else None,
        ]
        for by in breakdowns(decision)
        for k, g in enumerate(by.groups)
    ]
    return Table(columns, rows)


def concentration_page(decision: Decision) -> Iterator[Block]:
    """Show a bar for each group of each property that has several."""
    if not decision.award().any():
        return
    for by in breakdowns(decision):
        if len(by.groups) < 2:
            continue
        groups = 1 / by.concentration if by.concentration == by.concentration else 0.0
        yield Gap()
        yield heading(
            Text(
                "资金去向：按{zh}（相当于 {n:.1f} 组均分）",
                "Where it goes: by {en} (as {n:.1f} equal groups)",
            ).of(zh=by.title, en=by.title.to("en").lower(), n=groups)
        )
        yield Listing(
            (_NAMES, _BARS, Slot()),
            [_bar(g) for g in by.groups[:_MOST_GROUPS]],
            headed=False,
            indent=2,
        )
        if (more := len(by.groups) - _MOST_GROUPS) > 0:
            yield Line(((Text("  …… 另有 {n} 组", "  ... {n} more").of(n=more), "dim"),))


def _bar(group: Group) -> Row:
    share, requested = (
        x if math.isfinite(x) else 0.0 for x in (group.share_awarded, group.share_requested)
    )
    figure = Text(
        "资助 {share:.0%}，申请 {requested:.0%}；{funded}/{results} 项",
        "{share:.0%} of awards, {requested:.0%} of requests; {funded} of {results}",
    ).of(share=share, requested=requested, funded=group.funded, results=group.results)
    return Row(((group.title, ""), (Meter(share, whole=True), "cyan"), (figure, "dim")))


def concentration_sheet(decision: Decision) -> Sheet:
    """Return the groups with a chart of each property: asked beside awarded."""
    charts: list[Chart] = []
    first, tops = 0, [1, 1]
    for by in breakdowns(decision):
        last = first + min(len(by.groups), _MOST_BARS) - 1
        side = tops.index(min(tops))  # two columns of charts, each below the one before
        height = 120 + 28 * (last - first + 1)
        charts.append(_chart(by, (first, last), (tops[side], 10 + 8 * side), height))
        tops[side] += height // 20 + 2
        first += len(by.groups)
    return Sheet(_SHEET, (concentration_table(decision), *charts))


def _chart(by: Breakdown, rows: tuple[int, int], at: tuple[int, int], height: int) -> Chart:
    series = tuple(
        Series(name, key, "group", colour=colour, look="bars")
        for name, key, colour in (
            (Text("占资助", "of awarded"), "share_awarded", "#1F4E78"),
            (Text("占申请", "of asked"), "share_asked", "#9BC2E6"),
        )
    )
    share = Axis(format="0%", grid=False)
    return Chart(
        "bar",
        by.title,
        series,
        rows,
        x=share,
        y=Axis(reverse=True, grid=False),
        size=(460, height),
        at=at,
    )
