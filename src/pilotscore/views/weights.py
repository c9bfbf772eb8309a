"""Derived weights beside the stated ones, and how consistent the judgements are."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial
from typing import Any

from pilotscore.document import (
    Block,
    Column,
    Document,
    Fact,
    Gap,
    Grid,
    GridColumn,
    GridRow,
    Sheet,
    Table,
    heading,
)
from pilotscore.language import NOTHING, Text, Words, join, same
from pilotscore.runs.weights import METHODS, WeightsReport
from pilotscore.wording import words
from pilotscore.wording.figures import rounded

_NAME = Text("维度与指标", "Dimension and indicator")
_STATED, _CHANGE = Text("原定", "Stated"), Text("变化", "Change")
_CONSISTENCY = Text("一致性", "Consistency")
_GROUP = Text("组", "Group")
# How it is called in the literature, beside the input-based ratio above it.
_DEVIATION = same("{group} ξ*")
_POOLED = Text("合并", "pooled")
_LEAST_CHANGE = 0.05  # per cent; less is shown as none


def document(report: WeightsReport) -> Document:
    """Return derived weights as a document."""
    return Document(
        METHODS[report.derived.method],
        page=partial(page, report),
        sheets=partial(sheets, report),
        record=partial(record, report),
    )


def page(report: WeightsReport) -> Iterator[Block]:
    """Yield the weights, and the consistency of each expert where there is one."""
    yield heading(METHODS[report.derived.method])
    yield Fact("", report.origin, style="dim")
    columns = (
        GridColumn(_NAME),
        *(GridColumn(head, right=True) for head in (words.WEIGHT, _STATED, _CHANGE)),
    )
    rows = [
        GridRow(
            (dimension if name is None else join(("  ", name), NOTHING), *_written(weight, stated)),
            "" if name is None else "dim",
        )
        for dimension, name, weight, stated in _weights(report)
    ]
    yield Grid(columns, rows)
    consistency = _consistency(report)
    if consistency.rows:
        yield Gap()
        yield heading(_CONSISTENCY)
        heads = tuple(GridColumn(c.heading, right=c.style == "figure") for c in consistency.columns)
        yield Grid(heads, [GridRow((row[0], *map(_ratio, row[1:]))) for row in consistency.rows])


def sheets(report: WeightsReport) -> list[Sheet]:
    """Return the weights with where they come from, and the consistency where there is one."""
    columns = (
        Column("dimension", words.DIMENSION, width=30),
        Column("indicator", words.INDICATOR, width=40),
        Column("weight", words.WEIGHT, "share", 10),
        Column("stated", _STATED, "share", 10),
        Column("change", _CHANGE, "share", 10),
    )
    rows = [[*row, _written(*row[2:])[-1]] for row in _weights(report)]
    weights = Table(columns, rows)
    consistency = _consistency(report)
    parts = (Gap(), heading(_CONSISTENCY), consistency) if consistency.rows else ()
    return [Sheet(words.WEIGHT, (Fact("", report.origin), weights, *parts))]


def record(report: WeightsReport) -> dict[str, Any]:
    """Return derived weights as plain data."""
    d = report.derived
    dimensions, at = [], 0
    for k, dimension in enumerate(report.criteria.dimensions):
        indicators = [
            {
                "id": i.id,
                "title": i.title,
                "weight": rounded(d.indicators[n]),
                "stated": rounded(report.stated_indicators[n]),
            }
            for n, i in enumerate(dimension.indicators, at)
        ]
        at += len(indicators)
        dimensions.append(
            {
                "id": dimension.id,
                "title": dimension.title,
                "weight": rounded(d.dimensions[k]),
                "stated": rounded(report.stated_dimensions[k]),
                "indicators": indicators,
            }
        )
    groups = [
        {
            "group": g.group.id or "dimensions",
            "ratio": rounded(g.ratio),
            "experts": {
                e: {
                    "weights": [*map(rounded, w)],
                    "ratio": rounded(g.ratios.get(e, math.nan)),
                    "deviation": rounded(g.deviations.get(e, math.nan)),
                }
                for e, w in g.by_expert.items()
            },
        }
        for g in d.groups
    ]
    return {
        "method": d.method,
        "source": report.origin,
        "experts": d.experts,
        "dimensions": dimensions,
        "groups": groups,
    }


def _weights(report: WeightsReport) -> Iterator[tuple[Words, Words | None, float, float]]:
    """Yield each dimension, then with it its indicators, and their weight and what was stated."""
    d = report.derived
    of_indicators = zip(d.indicators.tolist(), report.stated_indicators, strict=True)
    of_dimensions = zip(d.dimensions.tolist(), report.stated_dimensions, strict=True)
    for dimension, (weight, stated) in zip(report.criteria.dimensions, of_dimensions, strict=True):
        yield dimension.title, None, weight, stated
        for indicator in dimension.indicators:
            yield dimension.title, indicator.title, *next(of_indicators)


def _written(weight: float, stated: float) -> tuple[str, str, str]:
    change = 100 * (weight - stated)
    return (
        f"{weight:.1%}",
        f"{stated:.1%}",
        f"{change:+.1f}" if abs(change) >= _LEAST_CHANGE else "·",
    )


def _consistency(report: WeightsReport) -> Table:
    """Return the consistency ratios by group and expert; no rows where there are none."""
    d = report.derived
    pooled = d.method == "ahp" and len(d.experts) > 1
    columns = (
        Column("group", _GROUP, width=40),
        *(Column(e, same(e), "figure", 10) for e in d.experts),
        *((Column("pooled", _POOLED, "figure", 10),) if pooled else ()),
    )
    if not any(g.ratios for g in d.groups):
        return Table(columns, ())
    rows: list[list[Any]] = []
    for g in d.groups:
        title = g.group.title
        rows.append([title, *(g.ratios.get(e) for e in d.experts), *([g.ratio] if pooled else [])])
        if g.deviations:
            rows.append([_DEVIATION.of(group=title), *(g.deviations.get(e) for e in d.experts)])
    return Table(columns, rows)


def _ratio(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"
