"""The stability of results from their batch data, as plain data: figures, verdicts, control charts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from pilotscore.criteria import MEASURES, Characteristic, LoadedCriteria
from pilotscore.criteria.measuring import Bounded, Measure
from pilotscore.findings import Finding
from pilotscore.language import Text, Words
from pilotscore.measures.control_charts import Kind
from pilotscore.measures.figures import SILENT, Figure, reason_text
from pilotscore.measures.stability import Stability
from pilotscore.runs.outcome import Manifest
from pilotscore.runs.stability_words import drift_note


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One measure: its value with bounds, of how many batches, what it says, or why there is none."""

    measure: str
    title: Text
    unit: Text
    value: float
    low: float
    high: float
    count: int
    verdict: Text | None
    why: Words | None


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """The control chart of a characteristic, point by point; ``signals`` by point, with their rules."""

    kind: Text
    names: tuple[str, ...]
    points: tuple[float, ...]
    centre: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    spread_title: Text
    spread: tuple[float, ...]
    spread_centre: tuple[float, ...]
    spread_upper: tuple[float, ...]
    limits: tuple[float, float]
    signals: tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class CharacteristicStability:
    """One characteristic of a result."""

    title: Text
    unit: str
    lower: float
    upper: float
    figures: tuple[FigureRow, ...]
    notes: tuple[Text, ...]
    chart: ChartSeries | None


@dataclass(frozen=True, slots=True)
class ResultStability:
    """The stability of one result."""

    id: str
    title: str
    figures: tuple[FigureRow, ...]
    characteristics: tuple[CharacteristicStability, ...]


@dataclass(frozen=True, slots=True)
class StabilityReport:
    """The stability of results, the findings about their batch data, and the manifest."""

    results: tuple[ResultStability, ...]
    confidence: float
    findings: tuple[Finding, ...]
    manifest: Manifest
    title: Text


CHART_KINDS = {
    Kind.I_MR: Text("单值–移动极差图", "individuals and moving range"),
    Kind.XBAR_R: Text("均值–极差图", "X-bar and R"),
    Kind.XBAR_S: Text("均值–标准差图", "X-bar and S"),
}
_SPREADS = {
    Kind.I_MR: Text("移动极差", "moving range"),
    Kind.XBAR_R: Text("极差 R", "range R"),
    Kind.XBAR_S: Text("标准差 S", "standard deviation S"),
}


def stability_report(
    stability: Stability,
    loaded: LoadedCriteria,
    titles: dict[str, str],
    findings: tuple[Finding, ...],
    manifest: Manifest,
    chosen: list[int] | None = None,
) -> StabilityReport:
    """Return the stability of some results, or of all that have batch data.

    Parameters
    ----------
    stability
        The measures.
    loaded
        The criteria set by which batch data were read.
    titles
        The title of each result by its id.
    findings, manifest
        Of the run.
    chosen
        The places of the results; all with batch data where None.
    """
    data = stability.data
    have = np.union1d(np.unique(data.batches.result), np.unique(data.readings.result))
    places = [int(i) for i in (have if chosen is None else chosen)]
    lookup = _Lookup(stability)
    results = tuple(_result(lookup, i, titles) for i in places)
    names = {r.id for r in results}
    told = tuple(f for f in findings if f.result is None or f.result in names)
    return StabilityReport(
        results, stability.measuring.confidence, told, manifest, loaded.criteria.title
    )


class _Lookup:
    """Where each result's figures and values stand, found once for all of them."""

    def __init__(self, stability: Stability) -> None:
        self.stability = stability
        self._places: dict[str, dict[tuple[int, int], int]] = {}
        g = stability.groups
        self.groups = self._by_key(g.result, g.trait)
        self.traits: dict[int, set[int]] = {}
        data = stability.data
        for part in (data.values, data.readings):
            for i, t in self._by_key(part.result, part.trait):
                if data.traits[t].role not in ("input", "output"):
                    self.traits.setdefault(i, set()).add(t)
        self.blocked = {(b.result, b.trait) for b in data.blocks if b.what in ("values", "batches")}

    @staticmethod
    def _by_key(result: Any, trait: Any) -> dict[tuple[int, int], int]:
        return {key: k for k, key in enumerate(zip(result.tolist(), trait.tolist(), strict=True))}

    def place(self, measure: str, i: int, t: int) -> int | None:
        """Return where the figure of a result's characteristic stands."""
        if measure not in self._places:
            figure = self.stability.figure(measure)
            self._places[measure] = self._by_key(figure.result, figure.trait)
        return self._places[measure].get((i, t))

    def group(self, i: int, t: int) -> int | None:
        """Return the group of a result's characteristic; None where its data are faulty."""
        if (i, t) in self.blocked or (i, -1) in self.blocked:
            return None
        return self.groups.get((i, t))


def _result(lookup: _Lookup, i: int, titles: dict[str, str]) -> ResultStability:
    stability = lookup.stability
    name = stability.data.ids[i]
    figures = tuple(
        row
        for measure in MEASURES.in_report("result")
        if (row := _row(measure, stability.figure(measure.id), i)) is not None
    )
    traits = sorted(lookup.traits.get(i, ()))
    characteristics = tuple(_characteristic(lookup, i, t) for t in traits)
    return ResultStability(name, titles.get(name, ""), figures, characteristics)


def _row(measure: Measure, figure: Figure, k: int) -> FigureRow | None:
    """Return one measure as a row; None where there is nothing that a reader would miss."""
    why = int(figure.why[k])
    if why in SILENT:
        return None
    count = int(figure.count[k])
    reason = reason_text(why, count, measure.least) if why else None
    bounded = Bounded(*(float(x[k]) for x in figure.bounds))
    said = measure.verdict(bounded) if measure.verdict and reason is None else None
    return FigureRow(measure.id, measure.title, measure.unit, *bounded, count, said, reason)


def _characteristic(lookup: _Lookup, i: int, t: int) -> CharacteristicStability:
    stability = lookup.stability
    trait: Characteristic = stability.data.traits[t]
    rows = []
    for measure in MEASURES.in_report("characteristic"):
        k = lookup.place(measure.id, i, t)
        row = None if k is None else _row(measure, stability.figure(measure.id), k)
        if row is not None:
            rows.append(row)
    group = lookup.group(i, t)
    lower = upper = math.nan
    notes: tuple[Text, ...] = ()
    chart = None
    if group is not None:
        lower, upper = (float(x[group]) for x in stability.limits)
        notes = tuple(_notes(stability, group))
        chart = _chart(stability, group)
    unit = stability.data.units.get((i, t), "")
    return CharacteristicStability(
        Text(trait.title.zh, trait.title.en), unit, lower, upper, tuple(rows), notes, chart
    )


def _notes(stability: Stability, group: int) -> Iterator[Text]:
    """Say what a reader must know of the figures: their form, correlation, jumps of level."""
    from pilotscore.measures.change_points import segments

    performance = stability.performance
    p = float(performance.normal[group])
    if performance.by_percentiles[group]:
        yield Text(
            f"数值不服从正态分布（Anderson-Darling 检验 p = {p:.3f}），Pp、Ppk 按百分位数计算（ISO 22514）",
            f"the values are not normal (Anderson-Darling p = {p:.3f}): Pp and Ppk are by percentiles (ISO 22514)",
        )
    elif p == p:
        yield Text(
            f"正态性检验（Anderson-Darling）p = {p:.3f}，未见偏离",
            f"test of normality (Anderson-Darling) p = {p:.3f}: no departure seen",
        )
    if stability.components.truncated[group]:
        yield Text(
            "批间方差的估计为负，按 0 计（批间差异小于批内差异所能解释的）",
            "the estimate of the variance between batches is negative and given as 0",
        )
    drift = stability.drift
    said = drift_note(float(drift.p[group]), float(drift.slope.value[group]))
    if said is not None:
        yield said
    if drift.correlated[group]:
        r = float(drift.r1[group])
        yield Text(
            f"相邻批次自相关（r = {r:.2f}），趋势检验的 p 值偏小",
            f"neighbouring batches are correlated (r = {r:.2f}): p-values of the trend are too small",
        )
    start, end = stability.groups.starts[group], stability.groups.starts[group + 1]
    means = stability.batch_means[start:end]
    names = _names(stability, group)
    if len(means) >= 8:
        changes = segments(means, 0.05).tolist()[1:-1]
        if changes:
            at = ", ".join(names[k] for k in changes)
            yield Text(
                f"水平可能在这些批次起改变：{at}（Pettitt 检验）",
                f"the level may have changed from these batches on: {at} (Pettitt's test)",
            )


def _names(stability: Stability, group: int) -> list[str]:
    g = stability.groups
    batches = g.batch[g.starts[group] : g.starts[group + 1]].tolist()
    return [stability.data.batches.name[b] or f"#{n + 1}" for n, b in enumerate(batches)]


def _chart(stability: Stability, group: int) -> ChartSeries | None:
    chart = stability.chart
    own = slice(int(chart.starts[group]), int(chart.starts[group + 1]))
    if own.stop - own.start < 2 or not math.isfinite(chart.centre[group]):
        return None
    kind = Kind(int(chart.kind[group]))
    flags = stability.signals.flags[own]
    rules = stability.signals.rules
    signals = tuple(
        (n, tuple(r for r, f in zip(rules, row, strict=True) if f))
        for n, row in enumerate(flags.tolist())
        if any(row)
    )
    lower, upper = stability.limits

    def part(x: Any) -> tuple[float, ...]:
        return tuple(float(v) for v in x[own])

    return ChartSeries(
        CHART_KINDS[kind], tuple(_names(stability, group)), part(chart.points),
        float(chart.centre[group]), part(chart.lower), part(chart.upper), _SPREADS[kind],
        part(chart.spread), part(chart.spread_centre), part(chart.spread_upper),
        (float(lower[group]), float(upper[group])), signals,
    )  # fmt: skip
