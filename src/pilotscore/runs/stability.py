"""How stable results are, from their batch data: figures with verdicts, notes, control charts."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria import (
    MEASURES,
    Characteristic,
    CriteriaSet,
    load_criteria,
)
from pilotscore.criteria.measuring import Basis, Bounded, Measure, Verdict, key_characteristics
from pilotscore.errors import UnreadableInputError
from pilotscore.findings import Finding, in_order
from pilotscore.language import Text, Words
from pilotscore.measures.control_charts import ChartKind
from pilotscore.measures.figures import SILENT, Figure, reason_text
from pilotscore.measures.stability import Stability
from pilotscore.records import dataclass
from pilotscore.runs.assess import (
    DEFAULT_CRITERIA,
    PathLike,
    manifest_of,
    place_of,
    read,
    reading_options,
)
from pilotscore.runs.outcome import Manifest
from pilotscore.runs.scored_by import Source, Sources
from pilotscore.runs.stability_grounds import Grounds, grounds
from pilotscore.runs.stability_notes import batch_names, notes_of
from pilotscore.workbook.batches.kinds import WHOSE_BATCHES
from pilotscore.workbook.results.workers import Progress


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One measure: value with bounds, of how many batches, what it says, or why there is none."""

    measure: str
    title: Text
    unit: Text
    value: float
    low: float
    high: float
    count: int
    verdict: Verdict | None
    why: Words | None


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """The control chart of a characteristic, by points; ``signals`` by point, with their rules."""

    kind: Text
    names: tuple[str, ...]
    points: tuple[float, ...]
    centre: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    spread: tuple[float, ...]
    spread_centre: tuple[float, ...]
    spread_upper: tuple[float, ...]
    signals: tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class CharacteristicStability:
    """One characteristic of a result."""

    title: Text
    unit: str
    lower: float
    upper: float
    figures: tuple[FigureRow, ...]
    notes: tuple[Words, ...]
    chart: ChartSeries | None
    grounds: Grounds
    key: bool = False


@dataclass(frozen=True, slots=True)
class ResultStability:
    """The stability of one result, and what its indicators are scored by."""

    id: str
    title: str
    figures: tuple[FigureRow, ...]
    characteristics: tuple[CharacteristicStability, ...]
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class StabilityReport:
    """The stability of results, the findings about their batch data, and the manifest.

    ``keys`` are the characteristics that the criteria set calls key.
    """

    results: tuple[ResultStability, ...]
    confidence: float
    findings: tuple[Finding, ...]
    manifest: Manifest
    title: Text
    keys: tuple[Text, ...] = ()


_CHART_KINDS = {
    ChartKind.I_MR: Text("单值–移动极差图", "individuals and moving range"),
    ChartKind.XBAR_R: Text("均值–极差图", "X-bar and R"),
    ChartKind.XBAR_S: Text("均值–标准差图", "X-bar and S"),
}
RULES = {
    1: Text("一点超出 3σ 控制限", "a point beyond 3 sigma"),
    2: Text("连续 9 点在中心线同一侧", "nine points in a row on one side of the centre"),
    3: Text("连续 6 点递增或递减", "six points in a row rising or falling"),
    4: Text("连续 14 点上下交替", "fourteen points in a row alternating"),
    5: Text("连续 3 点中 2 点在同侧 2σ 以外", "two of three points beyond 2 sigma on one side"),
    6: Text("连续 5 点中 4 点在同侧 1σ 以外", "four of five points beyond 1 sigma on one side"),
    7: Text("连续 15 点在 1σ 以内", "fifteen points in a row within 1 sigma"),
    8: Text("连续 8 点在 1σ 以外两侧", "eight points in a row beyond 1 sigma on both sides"),
}


def stability(
    books: PathLike | Iterable[PathLike],
    result: str | None = None,
    criteria: PathLike = DEFAULT_CRITERIA,
    *,
    progress: Progress | None = None,
    **reading: Any,
) -> StabilityReport:
    """Read batch data and judge how stable each result is made, or one of them.

    Parameters
    ----------
    books
        Workbooks with batch data; a table of results is not needed.
    result
        The id of the result that is meant; all with batch data where None.
    criteria, progress
        As for :func:`~pilotscore.runs.assess.rank`; the criteria set says how batch data are read
        and judged.
    reading
        As :func:`~pilotscore.runs.assess.reading_options` takes it.

    Raises
    ------
    UsageError
        There is no such result, besides what :func:`~pilotscore.runs.assess.rank` raises.
    UnreadableInputError
        There are no batch data.
    """
    loaded = load_criteria(criteria)
    options = reading_options(loaded, **reading)
    submission = read(books, loaded, options, progress)
    findings = in_order(submission.findings)
    data = submission.batches
    if data is None or not (len(data.batches) or len(data.readings)):
        nobody = any(f.code == WHOSE_BATCHES.code for f in findings)
        raise UnreadableInputError(_OF_NOBODY if nobody else _NO_BATCHES, findings)
    measures = Stability(data, loaded.criteria.measuring)
    places = _with_data(measures) if result is None else [place_of(result, data.ids)]
    titles = dict(zip(submission.ids, submission.titles, strict=True))
    results = tuple(stability_of(measures, places, titles, loaded.criteria))
    ids = {r.id for r in results}
    return StabilityReport(
        results,
        measures.measuring.confidence,
        tuple(f for f in findings if f.result is None or f.result in ids),
        manifest_of(loaded, None, submission, None, datetime.date.today(), options),
        loaded.criteria.title,
        tuple(c.title for c in key_characteristics(loaded.criteria.measuring)),
    )


_OF_NOBODY = Text(
    "读到了批次数据，但不知属于哪项成果：批次表中加“成果编号”列，或以编号为表名",
    "batch data were read, and which result they belong to is not known: add a column of result "
    "ids to the sheet of batches, or name the sheet by the id",
)
_NO_BATCHES = Text(
    "没有读到批次数据（需要有批号列的工作表，见 pilotscore template）",
    "no batch data were read (a sheet with a column of batch numbers, see pilotscore template)",
)


def _with_data(stability: Stability) -> list[int]:
    """Return the places of the results that have batch data."""
    data = stability.data
    places: list[int] = np.union1d(data.batches.result, data.readings.result).tolist()
    return places


def stability_of(
    stability: Stability, places: Iterable[int], titles: Mapping[str, str], criteria: CriteriaSet
) -> Iterator[ResultStability]:
    """Yield the stability of some results.

    Parameters
    ----------
    stability
        The measures of all.
    places
        Of the results.
    titles
        The title of each result by its id.
    criteria
        Which indicators are scored by what.
    """
    lookup, sources = _Lookup(stability), Sources(stability, criteria)
    for i in places:
        name = stability.data.ids[i]
        characteristics = (
            _characteristic(lookup, i, t) for t in sorted(lookup.characteristics.get(i, ()))
        )
        yield ResultStability(
            name,
            titles.get(name, ""),
            _rows(lookup, "result", i),
            tuple(characteristics),
            tuple(sources.of(i)),
        )


class _Lookup:
    """Where each result's figures and values stand, found once for all of them."""

    def __init__(self, stability: Stability) -> None:
        self.stability = stability
        self._places: dict[str, dict[tuple[int, int], int]] = {}
        g = stability.groups
        self.groups = self._by_key(g.result, g.characteristic)
        self.characteristics: dict[int, set[int]] = {}
        data = stability.data
        for part in (data.values, data.readings):
            for i, t in self._by_key(part.result, part.characteristic):
                if data.characteristics[t].role not in ("input", "output"):
                    self.characteristics.setdefault(i, set()).add(t)
        self.blocked = {
            (b.result, b.characteristic) for b in data.blocks if b.what in ("values", "batches")
        }

    @staticmethod
    def _by_key(result: Any, characteristic: Any) -> dict[tuple[int, int], int]:
        return {
            key: k
            for k, key in enumerate(zip(result.tolist(), characteristic.tolist(), strict=True))
        }

    def place(self, measure: str, i: int, t: int) -> int | None:
        """Return where the figure of a result's characteristic stands."""
        if measure not in self._places:
            figure = self.stability.figure(measure)
            self._places[measure] = self._by_key(figure.result, figure.characteristic)
        return self._places[measure].get((i, t))

    def group(self, i: int, t: int) -> int | None:
        """Return the group of a result's characteristic; None where its data are faulty."""
        if (i, t) in self.blocked or (i, -1) in self.blocked:
            return None
        return self.groups.get((i, t))

    def stored(self, i: int, t: int) -> int | None:
        """Return where a characteristic stands among those followed over months, as above."""
        if (i, t) in self.blocked or (i, -1) in self.blocked:
            return None
        return self.place("shelf_life", i, t)


def _rows(lookup: _Lookup, basis: Basis, i: int, t: int | None = None) -> tuple[FigureRow, ...]:
    """Return the measures of a result, or of a characteristic of it."""
    rows = []
    for measure in MEASURES.in_report(basis):
        k = i if t is None else lookup.place(measure.id, i, t)
        if k is not None:
            rows.append(_row(measure, lookup.stability.figure(measure.id), k))
    return tuple(row for row in rows if row is not None)


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
    characteristic: Characteristic = stability.data.characteristics[t]
    title, unit = characteristic.title, stability.data.units.get((i, t), "")
    rows, group = _rows(lookup, "characteristic", i, t), lookup.group(i, t)
    key = characteristic.key
    names = [] if group is None else batch_names(stability, group)
    behind = grounds(stability, group, names, lookup.stored(i, t))
    notes = tuple(notes_of(stability, group, behind))
    lower, upper = math.nan, math.nan
    if group is None:
        return CharacteristicStability(title, unit, lower, upper, rows, notes, None, behind, key)
    lower, upper = (float(x[group]) for x in stability.limits)
    chart = _chart(stability, group)
    return CharacteristicStability(title, unit, lower, upper, rows, notes, chart, behind, key)


def _chart(stability: Stability, group: int) -> ChartSeries | None:
    chart = stability.chart
    own = slice(int(chart.starts[group]), int(chart.starts[group + 1]))
    if own.stop - own.start < 2 or not math.isfinite(chart.centre[group]):
        return None
    kind = ChartKind(int(chart.kind[group]))
    flags = stability.signals.flags[own]
    rules = stability.signals.rules
    signals = tuple(
        (n, tuple(r for r, f in zip(rules, row, strict=True) if f))
        for n, row in enumerate(flags.tolist())
        if any(row)
    )

    def part(x: Floats) -> tuple[float, ...]:
        return tuple(x[own].tolist())

    return ChartSeries(
        _CHART_KINDS[kind],
        tuple(batch_names(stability, group)),
        part(chart.points),
        float(chart.centre[group]),
        part(chart.lower),
        part(chart.upper),
        part(chart.spread),
        part(chart.spread_centre),
        part(chart.spread_upper),
        signals,
    )
