"""Decision methods beside the index: places by method, agreement, who depends on the method."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pilotscore.document import (
    Axis,
    Banks,
    Block,
    Chart,
    Column,
    Gap,
    Grid,
    GridColumn,
    GridRow,
    Line,
    Series,
    Sheet,
    Style,
    Table,
    heading,
    more,
    note,
)
from pilotscore.language import LISTED, NOTHING, Text, Words, join, same
from pilotscore.ranking import Agreement, MethodResult
from pilotscore.runs.outcome import Outcome
from pilotscore.wording import words
from pilotscore.wording.figures import rounded

TITLE = Text("决策方法的名次", "Places by decision method")
_AGREEMENT = Text("名次的一致程度", "Agreement of the places")
_WITH_INDEX = Text("与指数名次的一致程度", "Agreement of the places with the index")
_KENDALL = Text("Kendall tau-b", "Kendall tau-b")
_SPEARMAN = Text("Spearman", "Spearman")
_OVERLAP = Text("前 {top} 项重合", "first {top} in common")
_BY_INDEX = Text("按指数", "By index")
_RELATIVE = Text("（依赖同批次）", " (batch-relative)")
_DEPENDS = Text(
    "* 依赖同批次的其他成果：{names}", "* depends on the other results of the batch: {names}"
)
_DEPENDENT = Text(
    "有的方法列入前 {top} 名、有的不列入的成果（共 {count} 项）：{names}",
    "Among the first {top} by some methods and not by others ({count}): {names}",
)
_NONE_DEPENDENT = Text(
    "各方法的前 {top} 名相同。", "All methods have the same results among the first {top}."
)
_NOT_SHOWN = Text("未显示（--top）", " not shown (--top)")
_SHEET = Text("方法比较", "Methods")
_SHEET_PLACES = Text("方法名次数据", "Method places")
_SHOWN, _NAMED = 20, 20
_MOST_LINES = 15  # of the chart
_PLACE = 7  # cells for a place, as narrow as they come
_OTHERS = 52  # cells for rank, id, index, best and worst place


def page(outcome: Outcome, top: int | None = None) -> Iterator[Block]:
    """Yield how the decision methods place the results; nothing where there is no method.

    Methods stand side by side as far as the width goes, and the others in grids of their own below.
    """
    agreement = outcome.ranking.agreement(top)
    if agreement is None:
        return
    shown = min(top or _SHOWN, len(outcome))
    yield Gap()
    yield heading(TITLE)
    yield _places_grid(outcome, agreement, shown)
    if shown < len(outcome):
        yield more(len(outcome) - shown, _NOT_SHOWN)
    relative = [name for name, m in outcome.ranking.methods.items() if m.batch_relative]
    if relative:
        yield note(_DEPENDS.of(names=join(relative, LISTED)))
    yield Gap()
    yield heading(_WITH_INDEX)
    yield _agreement_grid(agreement)
    yield note(_dependent_text(outcome, agreement), "yellow")


def sheets(outcome: Outcome) -> list[Sheet]:
    """Return the sheet of methods, and one with the places that its chart draws."""
    agreement = outcome.ranking.agreement()
    if agreement is None:
        return []
    places = _places_table(outcome, agreement)
    chart, data = _chart(outcome, agreement, len(places.columns) + 1)
    above = (heading(TITLE), Line(((_dependent_text(outcome, agreement), ""),)))
    pairs = [part for table in _pairs_tables(agreement) for part in (table, Gap())]
    blocks = (*above, places, *chart, Gap(2), heading(_AGREEMENT), *pairs)
    return [Sheet(_SHEET, blocks, freeze=3), *data]


def record(outcome: Outcome) -> dict[str, Any]:
    """Return the comparison as plain data; nothing where there is no method."""
    agreement = outcome.ranking.agreement()
    if agreement is None:
        return {}
    ids = outcome.assessment.measurements.ids
    return {
        "methods": [_method_record(m, outcome) for m in outcome.ranking.methods.values()],
        "agreement": {
            "orders": list(agreement.names),
            "kendall": [[rounded(x) for x in row] for row in agreement.kendall],
            "spearman": [[rounded(x) for x in row] for row in agreement.spearman],
            "top": agreement.top,
            "overlap": [[rounded(x) for x in row] for row in agreement.overlap],
            "dependent": [
                {"id": ids[i], "best": int(agreement.best[i]), "worst": int(agreement.worst[i])}
                for i in agreement.dependent
            ],
        },
    }


def _method_record(m: MethodResult, outcome: Outcome) -> Mapping[str, Any]:
    ids, known = outcome.assessment.measurements.ids, m.method.known
    return {
        "id": m.method.id,
        "method": m.method.method,
        "gives": known.gives,
        "batch_relative": m.batch_relative,
        "lower_is_better": known.lower_is_better,
        "uses": m.method.uses,
        "scaling": m.method.scaling,
        "offset": m.method.offset,
        "parameters": {
            **{k: p.default for k, p in known.parameters.items()},
            **m.method.parameters,
        },
        "grades": {ids[i]: _place(m, i, outcome) for i in outcome.ranking.order if m.ranks[i]}
        if m.sorts
        else None,
    }


# ------------------------------------------------------------------------------------ tables


def _place(result: MethodResult, i: int, outcome: Outcome) -> int | str | None:
    """Return the place that a method gives a result, or its grade; None where it has none."""
    if not result.ranks[i]:
        return None
    if result.sorts:
        return outcome.criteria.grades[int(result.scores[i])].id
    return int(result.ranks[i])


def _places_table(outcome: Outcome, agreement: Agreement, top: int | None = None) -> Table:
    """Return a row per result in the order of the ranking: its place by each method."""
    m, ranking = outcome.assessment.measurements, outcome.ranking
    methods = list(ranking.methods.values())
    columns = (
        Column("rank", words.RANK, "rank", 6),
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, width=34),
        Column("index", _BY_INDEX, "rank", 10),
        *(_method_column(m) for m in methods),
        Column("best", Text("最好名次", "Best place"), "rank", 9),
        Column("worst", Text("最差名次", "Worst place"), "rank", 9),
    )
    rows = [
        [
            int(ranking.ranks[i]) or None,
            m.ids[i],
            m.titles[i],
            int(agreement.ranks["index"][i]) or None,
            *(_place(method, i, outcome) for method in methods),
            int(agreement.best[i]) or None,
            int(agreement.worst[i]) or None,
        ]
        for i in ranking.order[:top]
    ]
    return Table(columns, rows)


def _method_column(m: MethodResult) -> Column:
    title: Words = m.method.title
    if m.batch_relative:
        title = join((title, _RELATIVE), NOTHING)
    return Column(m.method.id, title, "centre" if m.sorts else "rank", 14)


def _measures(agreement: Agreement) -> tuple[tuple[Words, Any, Style], ...]:
    """Return each measure of agreement: its name, its values, how they look."""
    return (
        (_KENDALL, agreement.kendall, "figure"),
        (_SPEARMAN, agreement.spearman, "figure"),
        (_OVERLAP.of(top=agreement.top), agreement.overlap, "share"),
    )


def _pairs_tables(agreement: Agreement) -> Iterator[Table]:
    """Yield the agreement of each order with each, a table for each measure.

    The names stand under the titles of the results, where there is room for them.
    """
    for title, values, style in _measures(agreement):
        columns = (
            Column("none", NOTHING, width=6),
            Column("none2", NOTHING, width=12),
            Column("of", title, width=24),
            *(Column(name, same(name), style, 14) for name in agreement.names),
        )
        rows = [
            [None, None, name, *map(rounded, row)]
            for name, row in zip(agreement.names, values, strict=True)
        ]
        yield Table(columns, rows)


def _dependent_text(outcome: Outcome, agreement: Agreement) -> Words:
    """Say which results have a place that depends on the method."""
    ids, dependent = outcome.assessment.measurements.ids, agreement.dependent
    if not dependent:
        return _NONE_DEPENDENT.of(top=agreement.top)
    named = [f"{ids[i]} ({agreement.best[i]}–{agreement.worst[i]})" for i in dependent[:_NAMED]]
    rest = " …" if len(dependent) > _NAMED else ""
    names = join((join(named, LISTED), rest), NOTHING)
    return _DEPENDENT.of(top=agreement.top, count=len(dependent), names=names)


# ----------------------------------------------------------------------------------- the page


def _places_grid(outcome: Outcome, agreement: Agreement, shown: int) -> Grid:
    table, methods = _places_table(outcome, agreement, shown), outcome.ranking.methods
    heads: dict[str, Words | str] = {c.key: c.heading for c in table.columns if c.key != "title"}
    heads |= {n: f"{n}*" if m.batch_relative else n for n, m in methods.items()}
    columns = tuple(GridColumn(x, right=key != "id", whole=True) for key, x in heads.items())
    keys = [c.key for c in table.columns]
    rows = [
        GridRow(
            tuple("—" if row[keys.index(k)] is None else str(row[keys.index(k)]) for k in heads)
        )
        for row in table.rows
    ]
    each = max(_PLACE, *map(len, methods)) + 2
    return Grid(columns, rows, banks=Banks(3, 2 + len(methods), each, _OTHERS))


def _agreement_grid(agreement: Agreement) -> Grid:
    """Return a row per method: how far it agrees with the index."""
    measures = _measures(agreement)
    columns = (
        GridColumn(words.METHODS, whole=True),
        *(GridColumn(title, right=True, whole=True) for title, _, _ in measures),
    )
    rows = [
        GridRow((name, *(_written(float(x[0, j]), style) for _, x, style in measures)))
        for j, name in enumerate(agreement.names)
        if j
    ]
    return Grid(columns, rows)


def _written(value: float, style: Style) -> str:
    if value != value:
        return "—"
    return f"{value:.2f}" if style == "figure" else f"{value:.0%}"


# ----------------------------------------------------------------------------------- the chart


def _chart(
    outcome: Outcome, agreement: Agreement, column: int
) -> tuple[Sequence[Chart], Sequence[Sheet]]:
    """Return a line for each of the first results through its places, and the sheet of these."""
    ranking, ids = outcome.ranking, outcome.assessment.measurements.ids
    orders: list[tuple[str, Text, Any]] = [("index", _BY_INDEX, agreement.ranks["index"])]
    orders += [(m.method.id, m.method.title, m.ranks) for m in ranking.methods.values() if m.orders]
    drawn = [i for i in ranking.order if agreement.best[i]][:_MOST_LINES]
    if len(orders) < 2 or not drawn:
        return (), ()
    columns = (
        Column("id", NOTHING),
        *(Column(key, title, "rank") for key, title, _ in orders),
    )
    rows = [[ids[i], *(int(ranks[i]) for _, _, ranks in orders)] for i in drawn]
    keys = tuple(key for key, _, _ in orders)
    lowest = max(int(ranks[i]) for i in drawn for _, _, ranks in orders)
    chart = Chart(
        "line",
        TITLE,
        tuple(Series(ids[i], row=r, across=keys) for r, i in enumerate(drawn)),
        x=Axis(slanted=True, labels_high=True, grid=False),
        y=Axis(words.RANK, "0", 1, max(2, lowest), reverse=True),
        size=(max(560, 120 + 60 * len(orders)), 460),
        at=(2, column),
        of_sheet=_SHEET_PLACES,
        legend="right",
    )
    return (chart,), (Sheet(_SHEET_PLACES, (Table(columns, rows),)),)
