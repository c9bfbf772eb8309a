"""What measures of batch data are worked out from, each once and only when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.criteria import MEASURES, Characteristic, Measuring
from pilotscore.criteria.measuring import key_characteristics
from pilotscore.measures import grouped
from pilotscore.measures.capability import Worth
from pilotscore.measures.control_charts import Chart, charts
from pilotscore.measures.drift import Drift, drift
from pilotscore.measures.figures import Figure, Reasons, Why, figure
from pilotscore.measures.grouped import Estimate
from pilotscore.measures.nested import Nested, nested
from pilotscore.measures.percentile_capability import Scored, scored_ppk
from pilotscore.measures.qualification import Qualification, qualification
from pilotscore.measures.run_rules import Signals, signals
from pilotscore.measures.running import Intervals, Running, longest_run_in_limits, running
from pilotscore.measures.selection import Counted, Groups, counted, fresh, group_values
from pilotscore.measures.shelf_life import ShelfLife, Study, shelf_life
from pilotscore.measures.steady_state import SteadyState, steady_state
from pilotscore.measures.variation import Components, components
from pilotscore.workbook.batches.batches import BatchData
from pilotscore.workbook.batches.words import BatchScale, Status


class Stability:
    """The batch data of n results, in the groups and with the charts that measures share.

    Parameters
    ----------
    data
        The batch data.
    measuring
        How they are read and judged.
    """

    def __init__(self, data: BatchData, measuring: Measuring) -> None:
        self.data, self.measuring = data, measuring
        self._figures: dict[str, Figure] = {}

    def figure(self, measure: str) -> Figure:
        """Return a measure by its name: of each result, or of each characteristic of a result."""
        if measure not in self._figures:
            self._figures[measure] = MEASURES[measure].figure(self)
        return self._figures[measure]

    # What is judged.

    @cached_property
    def counted(self) -> Counted:
        """Which rows are batches, and which of them are judged."""
        return counted(self.data, self.measuring)

    @cached_property
    def groups(self) -> Groups:
        """The values of the batches that are judged, by result and characteristic."""
        return group_values(self.data, fresh(self.data, self.counted.judged))

    @cached_property
    def lab(self) -> Groups:
        """The values of the lab batches, by result and characteristic."""
        use = self.counted.is_batch & (self.data.batches.scale == BatchScale.LAB)
        return group_values(self.data, fresh(self.data, use & ~self.data.batches.left_out))

    @cached_property
    def batch_means(self) -> Floats:
        """The mean of each batch of each group, shape (b,)."""
        return grouped.mean(self.groups.values, self.groups.batch_starts)

    @cached_property
    def limits(self) -> tuple[Floats, Floats]:
        """The lower and upper limit of each group, nan where there is none."""
        return self._limits_of(self.groups)

    def _limits_of(self, groups: Groups) -> tuple[Floats, Floats]:
        v, starts = self.data.values, groups.value_starts
        return (
            grouped.greatest_known(v.lower[groups.place], starts),
            grouped.least_known(v.upper[groups.place], starts),
        )

    @cached_property
    def target(self) -> Floats:
        """The target of each group, nan where there is none."""
        return grouped.least_known(
            self.data.values.target[self.groups.place], self.groups.value_starts
        )

    # Key characteristics, without which nothing is judged.

    @cached_property
    def has_judged(self) -> Bools:
        """Which results have batches that are judged, shape (n,)."""
        has = np.zeros(len(self.data.ids), dtype=bool)
        has[self.data.batches.result[self.counted.judged]] = True
        return has

    @cached_property
    def missing_keys(self) -> Mapping[int, tuple[Characteristic, ...]]:
        """The key characteristics of which a result with batches has no value."""
        places = {c.id: t for t, c in enumerate(self.data.characteristics)}
        g, missing = self.groups, dict[int, tuple[Characteristic, ...]]()
        for key in key_characteristics(self.measuring):
            there = np.zeros(len(self.data.ids), dtype=bool)
            there[g.result[g.characteristic == places.get(key.id, -1)]] = True
            for i in np.flatnonzero(self.has_judged & ~there).tolist():
                missing[i] = (*missing.get(i, ()), key)
        return missing

    @cached_property
    def lacks_key(self) -> Bools:
        """Which results lack a key characteristic, shape (n,)."""
        lacking = np.zeros(len(self.data.ids), dtype=bool)
        lacking[list(self.missing_keys)] = True
        return lacking

    # Figures, not assessable where data are faulty or too few.

    def blocked_groups(self, groups: Groups, *what: str) -> Bools:
        """Return which groups have data that are faulty in one of these ways, shape (g,)."""
        blocked = np.zeros(len(groups), dtype=bool)
        for block in self.data.blocks:
            if block.what in what:
                of = groups.result == block.result
                blocked |= (
                    of
                    if block.characteristic < 0
                    else of & (groups.characteristic == block.characteristic)
                )
        return blocked

    def blocked_results(self, *what: str) -> Bools:
        """Return which results have data that are faulty in one of these ways, shape (n,)."""
        blocked = np.zeros(len(self.data.ids), dtype=bool)
        blocked[[b.result for b in self.data.blocks if b.what in what]] = True
        return blocked

    def of_groups(self, measure: str, estimate: Estimate, reasons: Reasons, *what: str) -> Figure:
        """Return the figure of each group; ``what`` are further faults that matter to it."""
        g = self.groups
        count = grouped.counts(g.starts)
        blocked = self.blocked_groups(g, "values", "batches", *what)
        too_few = count < MEASURES[measure].least
        return figure(
            (g.result, g.characteristic),
            estimate,
            count,
            [(Why.BAD_DATA, blocked), (Why.TOO_FEW, too_few), *reasons],
        )

    def of_results(self, estimate: Estimate, count: Ints, reasons: Reasons) -> Figure:
        """Return the figure of each result as such."""
        n = len(self.data.ids)
        return figure((np.arange(n), np.full(n, -1, dtype=np.int64)), estimate, count, reasons)

    # Batches that qualified.

    @cached_property
    def qualification(self) -> Qualification:
        """How many batches of each result qualified, and in a row."""
        keys = [c.id for c in key_characteristics(self.measuring)]
        return qualification(self.data, self.counted, self.measuring.discarded_in_runs, keys)

    # Variation and capability.

    @cached_property
    def components(self) -> Components:
        """The variance within and between the batches of each group."""
        g = self.groups
        return components(g.values, g.batch_starts, g.starts)

    @cached_property
    def nested(self) -> Nested:
        """The variance of batches, their casks or drums, and samples, where parts are stated."""
        g, part = self.groups, self.data.values.part[self.groups.place]
        batch = np.repeat(g.batch, np.diff(g.batch_starts))
        return nested(g.values, batch, part, g.value_starts)

    @cached_property
    def chart(self) -> Chart:
        """The control chart of each group, of the kind that fits its data."""
        g = self.groups
        return charts(g.values, g.batch_starts, g.starts)

    @cached_property
    def performance(self) -> Scored:
        """Pp and Ppk of each group, by percentiles where its values are not normal."""
        g, rules = self.groups, self.measuring
        return scored_ppk(
            g.values, g.value_starts, self.limits, rules.confidence, rules.normality, self.worth
        )

    @cached_property
    def worth(self) -> Worth:
        """What the values of each group are worth, several of which may be of one batch."""
        variance = self.components
        return Worth(variance.freedom, variance.size, variance.scale)

    # Control and drift.

    @cached_property
    def signals(self) -> Signals:
        """The signals of the run rules on the chart of each group."""
        chart = self.chart
        return signals(chart.points, chart.centres, chart.sigma, chart.starts, self.measuring.rules)

    @cached_property
    def times(self) -> Floats:
        """How far through its group each batch is, from 0 to 100: by time, or by its place."""
        g = self.groups
        begin = self.data.batches.begin[g.batch]
        untimed = grouped.total(np.isnan(begin), g.starts) > 0
        place = grouped.place_in_group(g.starts).astype(float)
        x = np.where(grouped.spread(untimed, g.starts), place, begin)
        first, last = grouped.least(x, g.starts), grouped.greatest(x, g.starts)
        span = np.where(last > first, last - first, 1.0)
        return np.asarray(
            100 * (x - grouped.spread(first, g.starts)) / grouped.spread(span, g.starts)
        )

    @cached_property
    def drift(self) -> Drift:
        """The trend of each group over its whole series, and whether it is more than chance."""
        return drift(self.batch_means, self.times, self.groups.starts, self.measuring.confidence)

    # Running.

    @cached_property
    def intervals(self) -> tuple[Bools, Ints]:
        """Which rows are runs or stops with times, and where each result's begin."""
        b = self.data.batches
        timed = np.isfinite(b.begin) & np.isfinite(b.end) & self._of_plant
        starts = grouped.starts_of(b.result[timed], len(self.data.ids))
        return timed, starts

    @cached_property
    def _of_plant(self) -> Bools:
        """Which rows count and are no work of the laboratory."""
        b = self.data.batches
        return np.asarray(~b.left_out & (b.scale != BatchScale.LAB))

    @cached_property
    def running(self) -> Running:
        """How each result ran."""
        b, (timed, _) = self.data.batches, self.intervals
        rows = np.flatnonzero(timed & (b.status != Status.UNPLANNED_STOP))
        rows = rows[np.lexsort((b.begin[rows], b.result[rows]))]
        starts = grouped.starts_of(b.result[rows], len(self.data.ids))
        planned = b.status[rows] == Status.PLANNED_STOP
        rules = self.measuring
        return running(
            Intervals(b.begin[rows], b.end[rows], starts, planned),
            rules.longest_pause,
            rules.confidence,
        )

    @cached_property
    def stated_hours(self) -> tuple[Floats, Floats]:
        """The longest and the sum of hours run that are stated without times."""
        b, n = self.data.batches, len(self.data.ids)
        use = np.isfinite(b.hours) & ~np.isfinite(b.begin) & self._of_plant
        longest, total = np.full(n, np.nan), np.full(n, np.nan)
        np.fmax.at(longest, b.result[use], b.hours[use])
        total[b.result[use]] = 0
        np.add.at(total, b.result[use], b.hours[use])
        return longest, total

    @cached_property
    def hours_in_limits(self) -> Floats:
        """The longest time in which every tag of a time series with limits is within them."""
        r, n = self.data.readings, len(self.data.ids)
        limited = ~np.isnan(r.lower) | ~np.isnan(r.upper)
        if not limited.any():
            return np.full(n, np.nan)
        result, time = r.result[limited], r.time[limited]
        outside = (r.value < r.lower) | (r.value > r.upper)
        keys = np.stack([result, time], axis=1)
        moments, of = np.unique(keys, axis=0, return_inverse=True)
        bad = np.zeros(len(moments), dtype=bool)
        np.logical_or.at(bad, of.reshape(-1), outside[limited])
        starts = grouped.starts_of(moments[:, 0].astype(np.int64), n)
        longest = longest_run_in_limits(moments[:, 1], ~bad, starts, self.measuring.longest_pause)
        return np.where(np.diff(starts) > 0, longest, np.nan)

    # Time series.

    @cached_property
    def series(self) -> tuple[Ints, Ints, Ints]:
        """The result and tag of each time series, and where it begins among the readings."""
        r = self.data.readings
        characteristics = max(len(self.data.characteristics), 1)
        keys, index = np.unique(r.result * characteristics + r.characteristic, return_inverse=True)
        return (
            keys // characteristics,
            keys % characteristics,
            grouped.starts_of(index.reshape(-1), len(keys)),
        )

    @cached_property
    def steadiness(self) -> SteadyState:
        """Which readings of each time series are steady."""
        return steady_state(self.data.readings.value, self.series[2])

    # Scale-up, storage, masses.

    @cached_property
    def paired_lab(self) -> tuple[Floats, Ints]:
        """The means of the lab batches in the order of the groups, and where each group's begin."""
        g, lab = self.groups, self.lab
        if not len(lab):
            return np.zeros(0), np.zeros(len(g) + 1, dtype=np.int64)
        characteristics = max(len(self.data.characteristics), 1)
        keys, own = (
            lab.result * characteristics + lab.characteristic,
            g.result * characteristics + g.characteristic,
        )
        at = np.minimum(np.searchsorted(keys, own), len(keys) - 1)
        size = np.where(keys[at] == own, grouped.counts(lab.starts)[at], 0)
        starts = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
        place = grouped.spread(lab.starts[:-1][at], starts) + grouped.place_in_group(starts)
        return grouped.mean(lab.values, lab.batch_starts)[place], starts

    @cached_property
    def stored(self) -> Groups:
        """The values of samples that were kept, and of their batches when fresh."""
        v = self.data.values
        key = v.result * max(len(self.data.characteristics), 1) + v.characteristic
        use = np.isfinite(v.months) & np.isin(key, key[np.isfinite(v.months) & (v.months > 0)])
        return group_values(self.data, use & ~self.data.batches.left_out[v.batch])

    @cached_property
    def storage(self) -> ShelfLife:
        """The shelf life of each characteristic that was followed over months, in any batch."""
        g, v = self.stored, self.data.values
        study = Study(g.values, v.months[g.place], v.batch[g.place], g.value_starts)
        return shelf_life(
            study,
            self._limits_of(g),
            self.measuring.confidence,
            least_batches=1,
            own_variance=self.measuring.shelf_life_variance == "own",
        )
