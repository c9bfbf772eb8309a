"""How sure a ranking is: the ranking in groups, a heat map of its ranks, what moves it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pilotscore.document import (
    Block,
    Column,
    Document,
    Drawing,
    Explored,
    Fact,
    Gap,
    Grid,
    GridColumn,
    GridRow,
    Overview,
    Said,
    Shade,
    Sheet,
    Style,
    Table,
    heading,
    more,
)
from pilotscore.drawings import HeatMap
from pilotscore.language import Text, Words, same
from pilotscore.runs.robustness import RobustnessReport
from pilotscore.views import findings, ranking_explored
from pilotscore.views.robustness_words import FACTORS, paragraph, settings_text, swap_text
from pilotscore.wording import words
from pilotscore.wording.figures import rounded

TITLE = Text("排名稳健性", "Robustness of the ranking")
_SHEET = Text("排名稳健性", "Robustness")
_SHEET_HEAT = Text("名次接受度", "Rank acceptability")
_SHEET_LOCAL = Text("权重与相邻", "Weights and neighbours")
_HEAT = Text("名次接受度（每列一个名次）", "Rank acceptability (a column per rank)")
_SENSITIVITY = Text("名次变动从何而来", "What moves the ranks")
_STABLE = Text(
    "各权重在何范围内前 {k} 名不变（其余按比例调整）",
    "Where each weight leaves the first {k} as they are (the others in proportion)",
)
_NEIGHBOURS = Text("相邻成果", "Neighbours")
_PAIR = Text(
    "{first} > {second}  顺序正确概率 {chance:.0%}  ",
    "{first} > {second}  this order {chance:.0%}  ",
)
_FRONT = Text(
    "{front} 项非劣；{others} 项在各维度上都不优于另一项。",
    "{front} results are dominated by none; {others} are no better than another in any dimension.",
)
_NOT_SHOWN = Text("未显示（--show）", " not shown (--show)")
_BETWEEN_LINES = Text(
    "横线之间为一组：组内第一项领先的概率不足 90%，先后不可靠。",
    "Between lines is a group: its first result is not ahead with a chance of 90 %; the order "
    "within "
    "is not to be relied on.",
)
_SHOWN = 30
_SAME_GRADE = Text("等级不变的概率", "Chance of the same grade")
_IN_VIEW = 14  # columns of a page to explore: all but what a card says better
_MOST_IN_HEAT = 60  # rows and columns of the heat map in a workbook
_WITH_TITLES = 100  # width of the screen from which on titles are shown


def document(report: RobustnessReport, shown: int | None = None) -> Document:
    """Return the test of a ranking as a document; ``shown`` results are on its page."""
    outcome = report.outcome
    return Document(
        title=outcome.criteria.title,
        version=outcome.manifest.version,
        as_of=outcome.manifest.as_of,
        digest=outcome.manifest.digest,
        page=lambda: page(report, shown),
        sheets=lambda: [*sheets(report), *_grounds(report)],
        record=lambda: record(report),
        explored=lambda: _explored(report),
    )


def _grounds(report: RobustnessReport) -> list[Sheet]:
    outcome = report.outcome
    return [findings.sheet(outcome.findings), findings.manifest_sheet(outcome.manifest)]


def _explored(report: RobustnessReport) -> Explored:
    """Return the places to explore, with the ranks that each result may take."""
    order, outcome = report.robustness.results, report.outcome
    table = ranking_explored.with_scores(outcome, _places_table(report), order)
    spans = Overview("spans", _SPAN, "id", "expected_rank", "rank_low", "rank_high")
    top = Text("进入前 {k} 名的概率", "Chance of the top {k}").of(k=report.robustness.k)
    return Explored(
        name=_SHEET,
        table=table,
        shown=tuple(c.key for c in table.columns[:_IN_VIEW]),
        filters=("grade", "pareto"),
        overviews=(
            spans,
            Overview("chances", top, "id", "top"),
            Overview(
                "chances", Text("等级不变的概率", "Chance of the same grade"), "id", "same_grade"
            ),
        ),
        breakdown=ranking_explored.breakdown(outcome, order),
        beside=lambda: [*sheets(report)[1:], *_grounds(report)],
        notes=(settings_text(report), paragraph(report)),
    )


def page(report: RobustnessReport, shown: int | None = None) -> Iterator[Block]:
    """Yield how sure the ranking is, of the first ``shown`` results."""
    r = report.robustness
    most = min(shown or _SHOWN, len(r))
    yield heading(TITLE)
    yield Fact("", settings_text(report), style="dim")
    yield Gap()
    yield Fact("", paragraph(report))
    yield Gap()
    yield _places_grid(report, most)
    if most < len(r):
        yield more(len(r) - most, _NOT_SHOWN)
    yield Fact("", _BETWEEN_LINES, style="dim")
    yield Gap()
    yield Drawing(_heat_map(report, most))
    sensitivity = _sensitivity_table(report)
    if sensitivity.rows:
        yield from _headed(_SENSITIVITY, _grid_of(sensitivity))
    yield from _headed(_STABLE.of(k=r.k), _grid_of(_weights_table(report)))
    if report.swaps:
        yield from _headed(_NEIGHBOURS, *_pairs(report, most - 1))
    yield Gap()
    front = int(report.front.sum())
    yield Fact("", _FRONT.of(front=front, others=len(r) - front))


def sheets(report: RobustnessReport) -> list[Sheet]:
    """Return the places, the heat map, and what moves the ranks."""
    local = (_sensitivity_table(report), _weights_table(report), _swaps_table(report))
    blocks = [block for table in local if table.rows for block in (table, Gap(2))]
    above = (heading(TITLE), Fact("", settings_text(report)), Fact("", paragraph(report)))
    return [
        Sheet(_SHEET, (*above, _places_table(report)), freeze=3),
        Sheet(_SHEET_HEAT, (_acceptability_table(report),), freeze=2),
        Sheet(_SHEET_LOCAL, tuple(blocks), freeze=None, widths=(26, 16, 16, 60)),
    ]


def record(report: RobustnessReport) -> dict[str, Any]:
    """Return everything as plain data."""
    r, u = report.robustness, report.robustness.uncertainty
    return {
        "summary": paragraph(report),
        "settings": {
            "weights": u.weights,
            "spread": u.spread,
            "ranges": dict(u.ranges),
            "measurement": u.measurement,
            "missing": u.missing,
            "exponent": u.exponent,
            "value_functions": u.value_functions,
            "seed": r.effort.seed,
            "draws": r.draws,
            "top": r.k,
            "standard_error": round(r.error, 9),
            "standard_error_asked": r.effort.error,
        },
        "results": _places_table(report),
        "acceptability": _acceptability_table(report),
        "sensitivity": _sensitivity_table(report),
        "stable_weights": _weights_table(report),
        "neighbours": _swaps_table(report),
        "dominated_by": {
            report.name(n): report.name(d)
            for n, d in enumerate(report.dominated.tolist())
            if d >= 0
        },
        "manifest": report.outcome.manifest.to_dict(),
    }


# ------------------------------------------------------------------------------------ tables


def _places_table(report: RobustnessReport) -> Table:
    """Return a row per ranked result: its rank, what it may be, and its group."""
    r, criteria = report.robustness, report.outcome.criteria
    bar = Shade("bar", 0, 1)
    central = Text("中心权重 {dimension}", "Central weight {dimension}")
    columns = (
        Column("rank", words.RANK, "rank", 6),
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, "wrap", 30),
        Column("grade", words.GRADE, "centre", 8),
        Column("index", words.INDEX, "score", 8),
        Column("rank_low", Text("名次区间起", "Rank from"), "rank", 9),
        Column("rank_high", Text("名次区间止", "Rank to"), "rank", 9),
        Column("expected_rank", Text("期望名次", "Expected rank"), "score", 9),
        Column("top", Text("进入前 {k} 名", "Top {k}").of(k=r.k), "share", 10, bar),
        Column("first", Text("第一名", "First"), "share", 8),
        Column("same_grade", Text("等级不变", "Same grade"), "share", 9, bar),
        Column("ahead_of_next", Text("领先下一名", "Ahead of next"), "share", 10, bar),
        Column("group", Text("组", "Group"), "rank", 6),
        Column("pareto", Text("非劣", "Non-dominated"), "centre", 8),
        Column("confidence", Text("置信因子", "Confidence factor"), "share", 9),
        *(
            Column(f"grade_{g.id}", Text("{g} 级概率", "Grade {g}").of(g=g.id), "share", 8)
            for g in criteria.grades
        ),
        *(
            Column(f"central_{d.id}", central.of(dimension=d.title), "share", 10)
            for d in criteria.dimensions
        ),
    )
    return Table(columns, [_place_row(report, n) for n in range(len(r))])


def _place_row(report: RobustnessReport, n: int) -> list[Any]:
    r, a = report.robustness, report.outcome.assessment
    i = int(r.results[n])
    grade = int(a.grade[i])
    return [
        int(r.ranks[n]),
        report.name(n),
        report.title(n),
        a.criteria.grades[grade].id,
        rounded(a.index[i]),
        int(r.low[n]),
        int(r.high[n]),
        *map(rounded, (r.expected[n], r.top[n], r.first[n], r.grades[n, grade], r.groups.ahead[n])),
        int(r.groups.number[n]),
        words.YES if report.front[n] else None,
        rounded(r.confidence[n]),
        *map(rounded, r.grades[n]),
        *map(rounded, r.central[n]),
    ]


def _acceptability_table(report: RobustnessReport) -> Table:
    """Return the heat map: a row per result, a column per rank (or band of ranks)."""
    r = report.robustness
    shares = r.acceptability_of(_MOST_IN_HEAT, _MOST_IN_HEAT)
    bands = shares.shape[1]
    heat = Shade("heat", 0, 1)
    columns = (
        Column("rank", words.RANK, "rank", 6),
        Column("id", words.ID, width=12),
        *(Column(f"rank_{b + 1}", same(_band(report, b)), "share", 6, heat) for b in range(bands)),
    )
    rows = [[int(r.ranks[n]), report.name(n), *map(rounded, own)] for n, own in enumerate(shares)]
    return Table(columns, rows)


def _band(report: RobustnessReport, b: int) -> str:
    """Write the ranks of a band: ``7``, or ``13-24``."""
    width = report.robustness.counts.width
    first, last = b * width + 1, min((b + 1) * width, len(report.robustness))
    return str(first) if width == 1 else f"{first}-{last}"


def _sensitivity_table(report: RobustnessReport) -> Table:
    """Return what the variance of the ranks comes from; no rows where it was not asked for."""
    s = report.sensitivity
    columns = (
        Column("factor", Text("不确定来源", "Uncertainty"), width=24),
        Column("first", Text("一阶 Sobol 指数", "First order"), "share", 14),
        Column("total", Text("总阶 Sobol 指数", "Total order"), "share", 14),
    )
    if s is None:
        return Table(columns, ())
    # Estimates of shares may fall a little outside 0 to 1.
    shares = np.clip([s.first, s.total], 0.0, 1.0).T
    rows = [
        [FACTORS[name], *map(rounded, row)] for name, row in zip(s.factors, shares, strict=True)
    ]
    return Table(columns, rows)


def _weights_table(report: RobustnessReport) -> Table:
    """Return between which shares each weight leaves the first k as they are."""
    columns = (
        Column("weight", Text("维度权重", "Weight of"), width=26),
        Column("stated", Text("所定", "Stated"), "share", 9),
        Column("low", Text("可降至", "Down to"), "share", 9),
        Column("high", Text("可升至", "Up to"), "share", 9),
    )
    rows = [
        [
            w.title,
            rounded(w.stated),
            rounded(0.0 if w.low is None else w.low),
            rounded(1.0 if w.high is None else w.high),
        ]
        for w in report.stable
    ]
    return Table(columns, rows)


def _swaps_table(report: RobustnessReport) -> Table:
    """Return for each pair of neighbours the chance of the order, and what swaps them."""
    change = Text("互换所需的最小权重变化", "Smallest change of weights that swaps them")
    columns = (
        Column("first", Text("在前", "Ahead"), width=12),
        Column("second", Text("在后", "Behind"), width=12),
        Column("ahead", Text("顺序正确的概率", "Chance of this order"), "share", 12),
        Column("change", change, "wrap", 60),
    )
    rows = [
        [report.name(s.first), report.name(s.second), rounded(s.ahead), swap_text(s)]
        for s in report.swaps
    ]
    return Table(columns, rows)


# ----------------------------------------------------------------------------------- the page


def _headed(title: Words, *blocks: Block) -> Iterator[Block]:
    yield Gap()
    yield heading(title)
    yield from blocks


_SPAN = Text("90% 名次区间", "90 % ranks")
_ON_PAGE = (
    "rank",
    "id",
    "title",
    "grade",
    "index",
    "span",
    "top",
    "same_grade",
    "ahead_of_next",
)


def _places_grid(report: RobustnessReport, most: int) -> Grid:
    """Return the first places; a line between groups that can be told apart."""
    table = _places_table(report)
    heads = {c.key: c.heading for c in table.columns} | {"span": _SPAN}
    columns = tuple(
        GridColumn(
            heads[key],
            right=key not in ("id", "title"),
            whole=key != "title",
            fold=True,
            from_width=_WITH_TITLES if key == "title" else 0,
        )
        for key in _ON_PAGE
    )
    styles: dict[str, Style] = {c.key: c.style for c in table.columns}
    keys, line = [c.key for c in table.columns], GridRow(("───", *[""] * (len(_ON_PAGE) - 1)))
    rows, group = [], 1
    for values in table.rows[:most]:
        row = dict(zip(keys, values, strict=True))
        if row["group"] != group:
            group = row["group"]
            rows.append(line)
        low, high = row["rank_low"], row["rank_high"]
        row["span"] = str(low) if low == high else f"{low}–{high}"
        rows.append(GridRow(tuple(_written(row[k], styles.get(k, "text"), 0) for k in _ON_PAGE)))
    return Grid(columns, rows)


def _written(value: Any, style: Style, places: int) -> Said:
    if value is None:
        return "—"
    if style == "share":
        return f"{value:.{places}%}"
    if style == "score":
        return f"{value:.1f}"
    return value if isinstance(value, Words) else str(value)


def _grid_of(table: Table) -> Grid:
    """Return a table as a grid of names and shares."""
    columns = tuple(GridColumn(c.heading, right=c.style == "share") for c in table.columns)
    rows = [
        GridRow(tuple(_written(x, c.style, 1) for x, c in zip(row, table.columns, strict=True)))
        for row in table.rows
    ]
    return Grid(columns, rows)


def _pairs(report: RobustnessReport, most: int) -> Iterator[Fact]:
    for swap in report.swaps[:most]:
        names = {"first": report.name(swap.first), "second": report.name(swap.second)}
        yield Fact(_PAIR.of(chance=swap.ahead, **names), swap_text(swap), style="dim")


def _heat_map(report: RobustnessReport, most: int) -> HeatMap:
    r = report.robustness
    shares = r.acceptability_of(most)
    bands = shares.shape[1]
    return HeatMap(
        _HEAT,
        tuple(str(b * r.counts.width + 1) for b in range(bands)),
        tuple(report.name(n) for n in range(most)),
        tuple(map(tuple, shares.tolist())),
    )
