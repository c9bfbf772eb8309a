"""What a report says of decision methods: places by method, agreement, who depends on the method."""

from __future__ import annotations

import math
from typing import Any

from pilotscore.language import Lang, Text
from pilotscore.ranking import Agreement, MethodResult
from pilotscore.runs.outcome import Outcome
from pilotscore.views.tables import Column, Table
from pilotscore.wording import words

TITLE = Text("决策方法的名次", "Places by decision method")
AGREEMENT = Text("名次的一致程度", "Agreement of the places")
KENDALL = Text("Kendall tau-b", "Kendall tau-b")
SPEARMAN = Text("Spearman", "Spearman")
OVERLAP = Text("前 {top} 项重合", "first {top} in common")
BY_INDEX = Text("按指数", "By index")
BEST = Text("最好名次", "Best place")
WORST = Text("最差名次", "Worst place")
RELATIVE = Text("（依赖同批次）", " (batch-relative)")
DEPENDENT = Text(
    "有的方法列入前 {top} 名、有的不列入的成果（共 {count} 项）：{names}",
    "Among the first {top} by some methods and not by others ({count}): {names}",
)
NONE_DEPENDENT = Text(
    "各方法的前 {top} 名相同。", "All methods have the same results among the first {top}."
)


def heading(result: MethodResult) -> Text:
    """Return the name of a method for a column, saying where it is batch-relative."""
    title = result.method.title
    if not result.batch_relative:
        return title
    return Text(f"{title.zh}{RELATIVE.zh}", f"{title.en}{RELATIVE.en}")


def place_of(result: MethodResult, i: int, outcome: Outcome) -> int | str | None:
    """Return the place that a method gives a result, or its grade; None where it has none."""
    if not result.ranks[i]:
        return None
    if result.sorts:
        return outcome.criteria.grades[int(result.scores[i])].id
    return int(result.ranks[i])


def places_table(outcome: Outcome, agreement: Agreement, top: int | None = None) -> Table:
    """Return a row per result in the order of the ranking: its place by each method."""
    a, ranking = outcome.assessment, outcome.ranking
    methods = list(ranking.methods.values())
    columns = (
        Column("rank", words.RANK, "rank", 6),
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, width=34),
        Column("index", BY_INDEX, "rank", 10),
        *(
            Column(m.method.id, heading(m), "centre" if m.sorts else "rank", 14)
            for m in methods
        ),
        Column("best", BEST, "rank", 9),
        Column("worst", WORST, "rank", 9),
    )  # fmt: skip
    rows: list[list[Any]] = [
        [
            int(ranking.ranks[i]) or None,
            a.measurements.ids[i],
            a.measurements.titles[i],
            int(agreement.ranks["index"][i]) or None,
            *(place_of(m, i, outcome) for m in methods),
            int(agreement.best[i]) or None,
            int(agreement.worst[i]) or None,
        ]
        for i in ranking.order[:top]
    ]
    return Table(columns, rows)


def agreement_table(agreement: Agreement) -> Table:
    """Return a row per method: how far it agrees with the index."""
    top = str(agreement.top)
    columns = (
        Column("method", words.METHODS, width=24),
        Column("kendall", KENDALL, "figure", 12),
        Column("spearman", SPEARMAN, "figure", 12),
        Column(
            "overlap", Text(OVERLAP.fill("zh", top=top), OVERLAP.fill("en", top=top)), "share", 12
        ),
    )
    rows: list[list[Any]] = [
        [name, *(_known(m[0, j]) for m in (agreement.kendall, agreement.spearman, agreement.overlap))]
        for j, name in enumerate(agreement.names)
        if j
    ]  # fmt: skip
    return Table(columns, rows)


def pairs_tables(agreement: Agreement) -> list[tuple[Text, Table]]:
    """Return the agreement of each order with each, a table for each measure."""
    top = str(agreement.top)
    measures = (
        (KENDALL, agreement.kendall, "figure"),
        (SPEARMAN, agreement.spearman, "figure"),
        (
            Text(OVERLAP.fill("zh", top=top), OVERLAP.fill("en", top=top)),
            agreement.overlap,
            "share",
        ),
    )
    found = []
    for title, values, style in measures:
        columns = (
            Column("of", title, width=24),
            *(Column(n, Text(n, n), style, 14) for n in agreement.names),  # type: ignore[arg-type]
        )
        rows: list[list[Any]] = [
            [name, *(_known(x) for x in row)]
            for name, row in zip(agreement.names, values, strict=True)
        ]
        found.append((title, Table(columns, rows)))
    return found


def dependent_text(outcome: Outcome, agreement: Agreement, lang: Lang, most: int = 20) -> str:
    """Return the sentence that names the results whose place depends on the method."""
    top, ids = str(agreement.top), outcome.assessment.measurements.ids
    if not agreement.dependent:
        return NONE_DEPENDENT.fill(lang, top=top)
    named = [
        f"{ids[i]} ({agreement.best[i]}–{agreement.worst[i]})" for i in agreement.dependent[:most]
    ]
    names = Text("、", ", ").to(lang).join(named) + (
        " …" if len(agreement.dependent) > most else ""
    )
    return DEPENDENT.fill(lang, top=top, count=str(len(agreement.dependent)), names=names)


def methods_record(outcome: Outcome) -> dict[str, Any]:
    """Return the comparison as plain data, for JSON."""
    agreement = outcome.ranking.agreement()
    if agreement is None:
        return {}
    ids = outcome.assessment.measurements.ids
    methods = [
        {
            "id": m.method.id,
            "method": m.method.method,
            "gives": m.method.known.gives,
            "batch_relative": m.batch_relative,
            "lower_is_better": m.method.known.lower_is_better,
            "uses": m.method.uses,
            "scaling": m.method.scaling,
            "offset": m.method.offset,
            "parameters": {
                **{k: p.default for k, p in m.method.known.parameters.items()},
                **m.method.parameters,
            },
            "grades": {ids[i]: place_of(m, i, outcome) for i in outcome.ranking.order if m.ranks[i]}
            if m.sorts
            else None,
        }
        for m in outcome.ranking.methods.values()
    ]
    return {
        "methods": methods,
        "agreement": {
            "orders": list(agreement.names),
            "kendall": [[_known(x) for x in row] for row in agreement.kendall],
            "spearman": [[_known(x) for x in row] for row in agreement.spearman],
            "top": agreement.top,
            "overlap": [[_known(x) for x in row] for row in agreement.overlap],
            "dependent": [
                {"id": ids[i], "best": int(agreement.best[i]), "worst": int(agreement.worst[i])}
                for i in agreement.dependent
            ],
        },
    }


def _known(value: float) -> float | None:
    return round(float(value), 9) if math.isfinite(value) else None
