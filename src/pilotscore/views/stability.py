"""Stability from batch data: figures with bounds and verdicts, and control charts."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from pilotscore.document import (
    Axis,
    Block,
    Chart,
    Column,
    Document,
    Drawing,
    Fact,
    Gap,
    Line,
    Listing,
    Piece,
    Row,
    Series,
    Sheet,
    Slot,
    Table,
    flat_table,
    heading,
)
from pilotscore.drawings import ControlChart
from pilotscore.language import LISTED, NOTHING, Text, Words, join, same
from pilotscore.runs.stability import (
    RULES,
    CharacteristicStability,
    ChartSeries,
    FigureRow,
    ResultStability,
    StabilityReport,
)
from pilotscore.wording import words
from pilotscore.wording.figures import number

_NOTE = Text(
    "界为单侧 {level:.0%} 置信界；计分用较不利的一侧",
    "bounds are one-sided, {level:.0%}; the less favourable one is scored",
)
_OF_BATCHES = Text("批次与运行", "batches and running")
_NOT_ASSESSABLE = Text("不可评价：{why}", "not assessable: {why}")
_SCORED_BY = Text("计分取自哪一特性", "Which characteristic is scored")
_COUNTS = Text(
    "{characteristic}（{measure}，按 {scored} 计）", "{characteristic} ({measure}: {scored} counts)"
)
_KEY = Text("（关键）", " (key)")
_KEYS = Text("关键特性（缺则不评）：{names}", "key, without which nothing is judged: {names}")
_NO_KEYS = Text(
    "指标体系没有指定关键特性：取工作簿中最不利的，漏报的特性看不出来",
    "the criteria set names no key characteristic: the worst of those that are there counts, and "
    "one that was left out does not show",
)
_RULE = Text("{rule}（规则 {number}）", "{rule} (rule {number})")
_NO_SIGNALS = Text("没有失控信号", "no signals")
_MORE = Text("另有 {n} 点", "and {n} more")
_MOST_SIGNALS = 8
# A chart for each characteristic of so many results at most; the figures are of all.
_MOST_CHARTS = 200


def document(report: StabilityReport) -> Document:
    """Return the stability of results as a document."""
    return Document(
        report.title,
        report.manifest.version,
        report.manifest.as_of,
        page=partial(page, report),
        sheets=partial(sheets, report),
        record=partial(record, report),
        drawings=partial(drawings, report),
    )


def page(report: StabilityReport) -> Iterator[Block]:
    """Yield the figures of each result, and the control chart of each characteristic."""
    for n, result in enumerate(report.results):
        if n:
            yield Gap()
        yield heading(f"{result.id}  {result.title}".rstrip())
        yield Line(((_NOTE.of(level=report.confidence), "dim"),))
        yield from _figures(_OF_BATCHES, result.figures)
        yield from _sources(result, report.keys)
        for characteristic in result.characteristics:
            yield Gap()
            yield from _figures(_name(characteristic), characteristic.figures)
            for said in characteristic.notes:
                yield Fact("·", said)
            if characteristic.chart is not None:
                yield Gap()
                yield Drawing(control_chart(result, characteristic, characteristic.chart))
                yield from _signals(characteristic.chart)


def sheets(report: StabilityReport) -> list[Sheet]:
    """Return the figures, the control charts and their points, and the manifest."""
    points = [
        (result, characteristic, characteristic.chart)
        for result in report.results
        for characteristic in result.characteristics
        if characteristic.chart is not None
    ]
    rows: list[list[Any]] = []
    charts = []
    for result, characteristic, chart in points:
        first = len(rows)
        rows += _point_rows(result, characteristic, chart)
        charts.append(_chart(result, characteristic, chart, (first, len(rows) - 1)))
    return [
        Sheet(Text("稳定性", "Stability"), (_figures_table(report),), freeze=2),
        Sheet(Text("控制图", "Control charts"), tuple(charts[:_MOST_CHARTS])),
        Sheet(_SHEET_POINTS, (Table(_POINTS, rows),), freeze=3),
        Sheet(words.SHEET_MANIFEST, (flat_table(report.manifest.to_dict()),)),
    ]


def drawings(report: StabilityReport) -> list[Drawing]:
    """Return the control chart of each characteristic."""
    return [
        Drawing(control_chart(result, characteristic, characteristic.chart))
        for result in report.results
        for characteristic in result.characteristics
        if characteristic.chart is not None
    ]


# ------------------------------------------------------------------------------------ record


def record(report: StabilityReport) -> dict[str, Any]:
    """Return the report as plain data."""
    return {
        "confidence": report.confidence,
        "key_characteristics": list(report.keys),
        "results": [
            {
                "id": result.id,
                "title": result.title,
                "figures": [_figure_record(f) for f in result.figures],
                "characteristics": [_characteristic_record(c) for c in result.characteristics],
                "scored_by": [
                    {
                        "indicator": s.indicator.id,
                        "measure": s.indicator.measured.measure if s.indicator.measured else None,
                        "characteristic": s.characteristic,
                        "scored": _finite(s.scored),
                        "not_assessable": s.why,
                    }
                    for s in result.sources
                ],
            }
            for result in report.results
        ],
        "manifest": report.manifest.to_dict(),
    }


def _figure_record(row: FigureRow) -> dict[str, Any]:
    return {
        "measure": row.measure,
        "title": row.title,
        "unit": row.unit,
        "value": _finite(row.value),
        "low": _finite(row.low),
        "high": _finite(row.high),
        "batches": row.count,
        "verdict": row.verdict,
        "not_assessable": row.why,
    }


def _characteristic_record(c: CharacteristicStability) -> dict[str, Any]:
    return {
        "title": c.title,
        "unit": c.unit,
        "key": c.key,
        "lower": _finite(c.lower),
        "upper": _finite(c.upper),
        "figures": [_figure_record(f) for f in c.figures],
        "notes": c.notes,
        "chart": _chart_record(c.chart) if c.chart else None,
        **{name: _ground(getattr(c.grounds, name)) for name in _GROUNDS},
    }


_GROUNDS = ("normality", "trend", "changes", "storage", "variances")


def _ground(part: Any) -> dict[str, Any] | None:
    """Return what figures rest on as plain data, null where there is none."""
    if part is None:
        return None
    return {
        name: _finite(value) if isinstance(value, float) else value
        for name, value in dataclasses.asdict(part).items()
    }


def _chart_record(chart: ChartSeries) -> dict[str, Any]:
    return {
        "kind": chart.kind,
        "batches": chart.names,
        "points": [_finite(x) for x in chart.points],
        "centre": _finite(chart.centre),
        "lower": [_finite(x) for x in chart.lower],
        "upper": [_finite(x) for x in chart.upper],
        "signals": [{"batch": chart.names[n], "rules": rules} for n, rules in chart.signals],
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


# ----------------------------------------------------------------------------------- the page


def _sources(result: ResultStability, keys: Sequence[Text]) -> Iterator[Block]:
    """Say by which characteristic each indicator is scored, and which have to be there."""
    if result.sources:
        yield Gap()
        yield heading(_SCORED_BY, "bold cyan")
        said = _KEYS.of(names=join(keys, LISTED)) if keys else _NO_KEYS
        yield Fact("", said, 0, "dim")
    for source in result.sources:
        if source.why is not None:
            yield Fact(source.indicator.title, _NOT_ASSESSABLE.of(why=source.why), 2, "yellow")
            continue
        said = _COUNTS.of(
            characteristic=source.characteristic,
            measure=source.measure,
            scored=f"{source.scored:.4g}",
        )
        yield Fact(source.indicator.title, said, 2)


def _name(c: CharacteristicStability) -> Words:
    """Name a characteristic with its unit and limits, and say that it is key."""
    unit = f" ({c.unit})" if c.unit else ""
    key = _KEY if c.key else NOTHING
    limits = [
        f"{sign} {number(x)}" for sign, x in (("≥", c.lower), ("≤", c.upper)) if not math.isnan(x)
    ]
    said = Text("  限值 {limits}", "  limits {limits}").of(limits=", ".join(limits))
    return join((c.title, unit, key, said if limits else ""), NOTHING)


_SLOTS = (
    Slot(rest=True, least=18, most=30),
    Slot(Text("值", "value"), right=True, least=9, most=9),
    Slot(Text("置信界", "bounds"), right=True, least=21, most=21),
    Slot(Text("批数", "n"), right=True, least=6, most=6),
    Slot(Text("结论", "verdict"), least=18, most=18, gap=2, loose=4),
)


def _figures(title: Words, rows: Sequence[FigureRow]) -> Iterator[Block]:
    yield heading(title, "bold cyan")
    if rows:
        yield Listing(_SLOTS, [_figure_row(row) for row in rows], head_style="dim")


def _figure_row(row: FigureRow) -> Row:
    name = join(("  ", row.title), NOTHING)
    if row.why is not None:
        return Row(((name, ""), (_NOT_ASSESSABLE.of(why=row.why), "dim")))
    verdict: Piece = ("", "")
    if row.verdict is not None:
        verdict = (row.verdict, "green" if row.verdict.good else "yellow")
    value, bounds = _value(row.value, row.unit), _bounds(row)
    return Row(((name, ""), (value, ""), (bounds, ""), (str(row.count), ""), verdict))


_SUFFIXES = {same("%"): "%", same("h"): " h"}


def _value(value: float, unit: Text) -> str:
    """Write a value, with its unit where that is short."""
    if math.isnan(value):
        return "—"
    if math.isinf(value):
        return "∞"
    text = f"{value:.4g}" if abs(value) < 10_000 else f"{value:,.0f}"
    return text + _SUFFIXES.get(unit, "")


def _bounds(row: FigureRow) -> str:
    """Write the bounds; nothing where the measure has none."""
    if row.low == row.high or (math.isnan(row.low) and math.isnan(row.high)):
        return ""
    return " – ".join(_value(x, NOTHING) for x in (row.low, row.high))


def control_chart(
    result: ResultStability, c: CharacteristicStability, chart: ChartSeries
) -> ControlChart:
    """Return the control chart of a characteristic as what is drawn."""
    return ControlChart(
        join((result.id, _name(c)), same("  ")),
        chart.kind,
        chart.names,
        chart.points,
        chart.centre,
        chart.lower,
        chart.upper,
        tuple((n, ",".join(map(str, rules))) for n, rules in chart.signals),
    )


def _signals(chart: ChartSeries) -> Iterator[Block]:
    """Yield the batches that are not in control, by which rules."""
    if not chart.signals:
        yield Line(((_NO_SIGNALS, "green"),))
    for n, rules in chart.signals[:_MOST_SIGNALS]:
        said = join(_RULE.of(rule=RULES[r], number=r) for r in rules)
        yield Fact(f"✖ {chart.names[n]}", said, style="red")
    rest = len(chart.signals) - _MOST_SIGNALS
    if rest > 0:
        yield Line(((_MORE.of(n=rest), "dim"),))


# --------------------------------------------------------------------------------- the sheets


def _figures_table(report: StabilityReport) -> Table:
    columns = (
        Column("result", Text("成果编号", "result"), width=14),
        Column("characteristic", Text("特性", "characteristic"), width=26),
        Column("measure", Text("测度", "measure"), width=26),
        Column("unit", Text("单位", "unit"), width=8),
        Column("value", Text("值", "value"), "amount", 11),
        Column("low", Text("下界", "lower bound"), "amount", 11),
        Column("high", Text("上界", "upper bound"), "amount", 11),
        Column("batches", Text("批数", "batches"), "rank", 8),
        Column("verdict", Text("结论", "verdict"), width=22),
        Column("why", Text("不可评价的原因", "why not assessable"), width=40),
    )
    rows = []
    for result in report.results:
        parts: list[tuple[Words | None, Sequence[FigureRow]]] = [(None, result.figures)]
        parts += [(_name(c), c.figures) for c in result.characteristics]
        rows += [
            [result.id, name, f.title, f.unit, f.value, f.low, f.high, f.count, f.verdict, f.why]
            for name, figures in parts
            for f in figures
        ]
    return Table(columns, rows)


_SHEET_POINTS = Text("控制图数据", "Chart data")
_POINTS = (
    Column("result", Text("成果编号", "result"), width=16),
    Column("characteristic", Text("特性", "characteristic"), width=16),
    Column("batch", Text("批次", "batch"), width=16),
    Column("value", Text("数值", "value"), "amount"),
    Column("centre", Text("中心线", "centre"), "amount"),
    Column("lower", Text("下控制限", "LCL"), "amount"),
    Column("upper", Text("上控制限", "UCL"), "amount"),
    Column("signal", Text("失控点", "signal"), "amount"),
    Column("rules", Text("规则", "rules")),
    Column("spread", Text("极差或标准差", "range or deviation"), "amount"),
    Column("spread_centre", Text("其中心线", "its centre"), "amount"),
    Column("spread_upper", Text("其上限", "its UCL"), "amount"),
)
_LIMIT, _SIGNAL = "#B42318", "#D92D20"
_SERIES = (
    Series(Text("数值", "value"), "value", "batch", colour="#0A63C9"),
    Series(Text("中心线", "centre"), "centre", "batch", colour="#57606A", look="thin"),
    Series(Text("下控制限", "LCL"), "lower", "batch", colour=_LIMIT, look="dash"),
    Series(Text("上控制限", "UCL"), "upper", "batch", colour=_LIMIT, look="dash"),
    Series(Text("失控点", "signal"), "signal", "batch", colour=_SIGNAL, look="points"),
)


def _point_rows(
    result: ResultStability, c: CharacteristicStability, chart: ChartSeries
) -> Iterator[list[Any]]:
    rules = dict(chart.signals)
    for n, batch in enumerate(chart.names):
        broken = rules.get(n, ())
        yield [
            result.id,
            c.title,
            batch,
            chart.points[n],
            chart.centre,
            chart.lower[n],
            chart.upper[n],
            chart.points[n] if broken else None,
            join(join((str(r), RULES[r]), same(" ")) for r in broken),
            chart.spread[n],
            chart.spread_centre[n],
            chart.spread_upper[n],
        ]


def _chart(
    result: ResultStability,
    c: CharacteristicStability,
    chart: ChartSeries,
    rows: tuple[int, int],
) -> Chart:
    """Return a native chart of the points that stand in some rows of their sheet."""
    known = [x for x in (*chart.points, *chart.lower, *chart.upper) if math.isfinite(x)]
    low, high = min(known), max(known)
    step = _step(high - low or abs(high) or 1.0)
    return Chart(
        "line",
        join((result.id, _name(c), chart.kind), same("  ")),
        _SERIES,
        rows,
        x=Axis(grid=False, slanted=True),
        y=Axis(
            c.unit,
            least=math.floor(low / step) * step,
            most=math.ceil(high / step) * step,
            step=step,
        ),
        size=(860, 370),
        of_sheet=_SHEET_POINTS,
    )


def _step(span: float) -> float:
    """Return a round step of an axis: 1, 2 or 5 times a power of ten, about seven to the span."""
    raw = span / 6
    power = 10.0 ** math.floor(math.log10(raw))
    return float(f"{next(k for k in (1, 2, 5, 10) if k * power >= raw) * power:.3g}")
