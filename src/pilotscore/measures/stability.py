"""All measures of the batch data of many results, each worked out once and only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.criteria import MEASURES, Measuring
from pilotscore.measures import grouped
from pilotscore.measures.figures import Figure, Why, figure
from pilotscore.measures.grouped import Estimate
from pilotscore.measures.qualification import Qualification, qualification
from pilotscore.measures.selection import Counted, Groups, counted, fresh, group_values
from pilotscore.workbook.batches.batches import BatchData
from pilotscore.workbook.batches.words import BatchScale, Status

if TYPE_CHECKING:
    from pilotscore.measures.capability import Worth
    from pilotscore.measures.control_charts import Chart
    from pilotscore.measures.drift import Drift
    from pilotscore.measures.percentile_capability import Scored
    from pilotscore.measures.run_rules import Signals
    from pilotscore.measures.running import Running
    from pilotscore.measures.shelf_life import ShelfLife
    from pilotscore.measures.steady_state import SteadyState
    from pilotscore.measures.variation import Components

_LIMITS_WANTED = ("cp", "cpk", "pp", "ppk", "cpm")


class Stability:
    """The measures of batch data.

    Parameters
    ----------
    data
        The batch data of n results.
    measuring
        How they are read and judged.
    """

    def __init__(self, data: BatchData, measuring: Measuring) -> None:
        self.data, self.measuring = data, measuring
        self._figures: dict[str, Figure] = {}

    def figure(self, measure: str) -> Figure:
        """Return a measure by its name: of each result, or of each characteristic of a result."""
        if measure not in self._figures:
            self._figures[measure] = self._worked_out(measure)
        return self._figures[measure]

    def _worked_out(self, measure: str) -> Figure:
        ways: dict[str, Callable[[], Figure]] = {
            "batches": lambda: self._count("batches"),
            "qualified_batches": lambda: self._count("qualified"),
            "consecutive_batches": lambda: self._count("longest"),
            "qualified_rate": lambda: self._rate("qualified"),
            "first_pass_rate": lambda: self._rate("first_pass"),
            "rsd": self._rsd,
            "between_rsd": lambda: self._component("between"),
            "within_rsd": lambda: self._component("within"),
            "signal_rate": self._signal_rate,
            "drift": self._drift,
            "longest_run": lambda: self._running("longest"),
            "total_hours": lambda: self._running("total"),
            "availability": lambda: self._running("availability"),
            "hours_between_stops": self._between_stops,
            "steady_share": self._steady_share,
            "scale_up_ratio": self._scale_up_ratio,
            "equivalence": self._equivalence,
            "shelf_life": self._shelf_life,
            "mass_balance": self._mass_balance,
        }
        if measure in _LIMITS_WANTED:
            return self._capability(measure)
        return ways[measure]()

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
    def limits(self) -> tuple[Floats, Floats, Floats]:
        """The lower and upper limit and the target of each group, nan where there is none."""
        v, g = self.data.values, self.groups
        return (
            grouped.greatest_known(v.lower[g.place], g.value_starts),
            grouped.least_known(v.upper[g.place], g.value_starts),
            grouped.least_known(v.target[g.place], g.value_starts),
        )

    def _blocked(self, *what: str) -> Bools:
        """Return which groups have data that are faulty in one of these ways, shape (g,)."""
        return self._blocked_groups(self.groups, *what)

    def _blocked_groups(self, groups: Groups, *what: str) -> Bools:
        found = np.zeros(len(groups), dtype=bool)
        for block in self.data.blocks:
            if block.what in what:
                of = groups.result == block.result
                found |= of if block.trait < 0 else of & (groups.trait == block.trait)
        return found

    def _blocked_results(self, *what: str) -> Bools:
        found = np.zeros(len(self.data.ids), dtype=bool)
        found[[b.result for b in self.data.blocks if b.what in what]] = True
        return found

    def _of_groups(
        self, measure: str, estimate: Estimate, reasons: list[tuple[Why, Bools]], *what: str
    ) -> Figure:
        """Return the figure of each group, not assessable where its data are faulty or too few."""
        g = self.groups
        count = grouped.counts(g.starts)
        too_few = count < MEASURES[measure].least
        return figure(
            g.result, g.trait, estimate.value, estimate.low, estimate.high, count,
            [(Why.BAD_DATA, self._blocked("values", "batches", *what)), (Why.TOO_FEW, too_few), *reasons],
        )  # fmt: skip

    def _of_results(
        self, estimate: Estimate, count: Ints, reasons: list[tuple[Why, Bools]]
    ) -> Figure:
        n = len(self.data.ids)
        none = np.full(n, -1, dtype=np.int64)
        return figure(
            np.arange(n), none, estimate.value, estimate.low, estimate.high, count, reasons
        )

    # Batches that qualified.

    @cached_property
    def qualification(self) -> Qualification:
        """How many batches of each result qualified, and in a row."""
        return qualification(self.data, self.counted)

    def _count(self, name: str) -> Figure:
        q = self.qualification
        value: Floats = getattr(q, name)
        reasons = self._no_batches()
        if name != "batches":
            reasons.append((Why.NO_LIMITS, ~q.decided))
        return self._of_results(Estimate(value, value, value), q.batches.astype(int), reasons)

    def _rate(self, name: str) -> Figure:
        from pilotscore.measures.proportions import wilson

        q = self.qualification
        share = wilson(getattr(q, name), q.batches, self.measuring.confidence)
        percent = Estimate(100 * share.value, 100 * share.low, 100 * share.high)
        reasons = [*self._no_batches(), (Why.NO_LIMITS, ~q.decided)]
        return self._of_results(percent, q.batches.astype(int), reasons)

    def _no_batches(self) -> list[tuple[Why, Bools]]:
        return [
            (Why.BAD_DATA, self._blocked_results("batches", "values", "limits")),
            (Why.NO_DATA, self.qualification.batches == 0),
        ]

    # Variation and capability.

    def _rsd(self) -> Figure:
        from pilotscore.measures.variation import rsd

        found = rsd(self.batch_means, self.groups.starts, self.measuring.confidence)
        return self._of_groups("rsd", found, [(Why.NEAR_ZERO, np.isnan(found.value))])

    @cached_property
    def components(self) -> Components:
        """The variance within and between the batches of each group."""
        from pilotscore.measures.variation import components

        g = self.groups
        return components(g.values, g.batch_starts, g.starts)

    def _component(self, name: str) -> Figure:
        value: Floats = getattr(self.components, f"{name}_rsd")
        single = grouped.counts(self.groups.value_starts) <= grouped.counts(self.groups.starts)
        reasons = [(Why.NO_SAMPLES, single), (Why.NEAR_ZERO, np.isnan(value))]
        return self._of_groups(f"{name}_rsd", Estimate(value, value, value), reasons)

    @cached_property
    def chart(self) -> Chart:
        """The control chart of each group, of the kind that fits its data."""
        from pilotscore.measures.control_charts import charts

        g = self.groups
        return charts(g.values, g.batch_starts, g.starts)

    @cached_property
    def performance(self) -> Scored:
        """Pp and Ppk of each group, by percentiles where its values are not normal."""
        from pilotscore.measures.percentile_capability import scored_ppk

        g, (lower, upper, _) = self.groups, self.limits
        rules = self.measuring
        return scored_ppk(
            g.values, g.value_starts, lower, upper, rules.confidence, rules.normality, self.worth
        )

    @cached_property
    def worth(self) -> Worth:
        """What the values of each group are worth, several of which may be of one batch."""
        from pilotscore.measures.capability import Worth

        found = self.components
        return Worth(found.freedom, found.size, found.scale)

    def _capability(self, measure: str) -> Figure:
        from pilotscore.measures import capability

        g, (lower, upper, target) = self.groups, self.limits
        confidence = self.measuring.confidence
        if measure in ("pp", "ppk"):
            found: Estimate = getattr(self.performance, measure)
        elif measure == "cpm":
            found = capability.cpm(
                g.values, g.value_starts, lower, upper, target, confidence, self.worth
            )
        else:
            way = getattr(capability, measure)
            chart = self.chart
            found = way(
                g.values,
                g.value_starts,
                lower,
                upper,
                chart.sigma_within,
                chart.freedom,
                confidence,
            )
        one_sided = np.isnan(lower) | np.isnan(upper)
        neither = np.isnan(lower) & np.isnan(upper)
        constant = grouped.deviation(g.values, g.value_starts) == 0
        reasons = [(Why.NO_LIMITS, neither)]
        if measure in ("cp", "pp"):
            reasons.append((Why.ONE_LIMIT, one_sided))
        if measure == "cpm":
            reasons = [(Why.NO_TARGET, one_sided | np.isnan(target))]
        reasons.append((Why.CONSTANT, constant))
        return self._of_groups(measure, found, reasons, "limits", "capability")

    # Control and drift.

    @cached_property
    def signals(self) -> Signals:
        """The signals of the run rules on the chart of each group."""
        from pilotscore.measures.run_rules import signals

        chart, starts = self.chart, self.groups.starts
        centre = grouped.spread(chart.centre, starts)
        return signals(chart.points, centre, chart.sigma, starts, self.measuring.rules)

    def _signal_rate(self) -> Figure:
        from pilotscore.measures.run_rules import signal_rate

        value = signal_rate(self.signals, self.groups.starts)
        constant = grouped.deviation(self.batch_means, self.groups.starts) == 0
        return self._of_groups(
            "signal_rate", Estimate(value, value, value), [(Why.CONSTANT, constant)]
        )

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
        found: Floats = 100 * (x - grouped.spread(first, g.starts)) / grouped.spread(span, g.starts)
        return found

    @cached_property
    def drift(self) -> Drift:
        """The trend of each group over its whole series, and whether it is more than chance."""
        from pilotscore.measures.drift import drift

        return drift(self.batch_means, self.times, self.groups.starts, self.measuring.confidence)

    def _drift(self) -> Figure:
        from pilotscore.measures.drift import drift_percent

        found = drift_percent(self.drift, self.batch_means, self.groups.starts)
        return self._of_groups("drift", found, [(Why.NEAR_ZERO, np.isnan(found.value))])

    # Running.

    @cached_property
    def _intervals(self) -> tuple[Bools, Ints]:
        """Return which rows are runs or stops with times, and where each result's begin."""
        b = self.data.batches
        timed = (
            np.isfinite(b.begin) & np.isfinite(b.end) & ~b.left_out & (b.scale != BatchScale.LAB)
        )
        starts = grouped.starts_of(b.result[timed], len(self.data.ids))
        return timed, starts

    @cached_property
    def running(self) -> Running:
        """How each result ran."""
        from pilotscore.measures.running import running

        b, (timed, starts) = self.data.batches, self._intervals
        place = np.flatnonzero(timed)
        order = place[np.lexsort((b.begin[place], b.result[place]))]
        stop = np.isin(b.status[order], (Status.PLANNED_STOP, Status.UNPLANNED_STOP))
        runs = ~(stop & (b.status[order] == Status.UNPLANNED_STOP))
        order, planned = order[runs], (b.status[order] == Status.PLANNED_STOP)[runs]
        starts = grouped.starts_of(b.result[order], len(self.data.ids))
        return running(
            b.begin[order], b.end[order], starts, planned=planned,
            gap=self.measuring.longest_pause, confidence=self.measuring.confidence,
        )  # fmt: skip

    def _hours_only(self) -> tuple[Floats, Floats]:
        """Return the longest and the sum of hours run that are stated without times."""
        b, n = self.data.batches, len(self.data.ids)
        use = (
            np.isfinite(b.hours) & ~np.isfinite(b.begin) & ~b.left_out & (b.scale != BatchScale.LAB)
        )
        longest, total = np.full(n, np.nan), np.full(n, np.nan)
        np.fmax.at(longest, b.result[use], b.hours[use])
        total[b.result[use]] = 0
        np.add.at(total, b.result[use], b.hours[use])
        return longest, total

    def _running(self, name: str) -> Figure:
        value: Floats = getattr(self.running, name)
        if name in ("longest", "total"):
            stated = self._hours_only()[name == "total"]
            value = np.fmax(value, stated) if name == "longest" else _sum_known(value, stated)
            if name == "longest":
                value = np.fmax(value, self._in_limits)
        count = np.diff(self._intervals[1])
        reasons = [
            (Why.BAD_DATA, self._blocked_results("running", "batches")),
            (Why.NO_TIMES, np.isnan(value)),
        ]
        return self._of_results(Estimate(value, value, value), count, reasons)

    @cached_property
    def _in_limits(self) -> Floats:
        """The longest time in which every tag of a time series with limits is within them."""
        from pilotscore.measures.running import longest_run_in_limits

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

    def _between_stops(self) -> Figure:
        found, (_, starts) = self.running.between, self._intervals
        reasons = [
            (Why.BAD_DATA, self._blocked_results("running", "batches")),
            (Why.NO_TIMES, np.diff(starts) == 0),
        ]
        return self._of_results(found, np.diff(starts), reasons)

    # Time series.

    @cached_property
    def series(self) -> tuple[Ints, Ints, Ints]:
        """The result and tag of each time series, and where it begins among the readings."""
        r = self.data.readings
        traits = max(len(self.data.traits), 1)
        keys, index = np.unique(r.result * traits + r.trait, return_inverse=True)
        return keys // traits, keys % traits, grouped.starts_of(index.reshape(-1), len(keys))

    @cached_property
    def steadiness(self) -> SteadyState:
        """Which readings of each time series are steady."""
        from pilotscore.measures.steady_state import steady_state

        return steady_state(self.data.readings.value, self.series[2])

    def _steady_share(self) -> Figure:
        result, trait, starts = self.series
        count = grouped.counts(starts)
        value = self.steadiness.share
        return figure(
            result, trait, value, value, value, count,
            [(Why.TOO_FEW, count < MEASURES["steady_share"].least)],
        )  # fmt: skip

    # Scale-up, storage, masses.

    @cached_property
    def _paired(self) -> tuple[Floats, Ints, Bools]:
        """Return the lab batch means in the order of the groups, and which groups have enough."""
        g, lab = self.groups, self.lab
        traits = max(len(self.data.traits), 1)
        keys, mine = lab.result * traits + lab.trait, g.result * traits + g.trait
        at = np.searchsorted(keys, mine)
        found = (at < len(keys)) & (
            keys[np.minimum(at, max(len(keys) - 1, 0))] == mine if len(keys) else False
        )
        means = grouped.mean(lab.values, lab.batch_starts)
        sizes = grouped.counts(lab.starts)
        size = np.where(
            found, sizes[np.minimum(at, max(len(sizes) - 1, 0))] if len(sizes) else 0, 0
        )
        starts = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
        begin = np.where(
            found, lab.starts[:-1][np.minimum(at, max(len(sizes) - 1, 0))] if len(sizes) else 0, 0
        )
        place = grouped.spread(begin, starts) + grouped.place_in_group(starts)
        return means[place], starts, size >= 2

    def _scale_up_ratio(self) -> Figure:
        from pilotscore.measures.scale_up import ratio_of_means

        lab, starts, enough = self._paired
        found = ratio_of_means(
            self.batch_means, self.groups.starts, lab, starts, self.measuring.confidence
        )
        reasons = [(Why.NO_LAB, ~enough), (Why.NEAR_ZERO, np.isnan(found.value))]
        return self._of_groups("scale_up_ratio", found, reasons)

    def _equivalence(self) -> Figure:
        from pilotscore.measures.scale_up import equivalence

        lab, starts, enough = self._paired
        count = len(self.groups)
        low, high = (np.full(count, x) for x in self.measuring.margin)
        found = equivalence(
            self.batch_means, self.groups.starts, lab, starts, low, high, self.measuring.confidence
        )
        value = found.equivalent.astype(float)
        unknown = np.isnan(found.p_lower) & np.isnan(found.p_upper)
        reasons = [(Why.NO_LAB, ~enough), (Why.NEAR_ZERO, unknown)]
        return self._of_groups("equivalence", Estimate(value, value, value), reasons)

    @cached_property
    def stored(self) -> Groups:
        """The values of samples that were kept, and of their batches when fresh."""
        v = self.data.values
        key = v.result * max(len(self.data.traits), 1) + v.trait
        use = np.isfinite(v.months) & np.isin(key, key[np.isfinite(v.months) & (v.months > 0)])
        return group_values(self.data, use & ~self.data.batches.left_out[v.batch])

    @cached_property
    def storage(self) -> ShelfLife:
        """The shelf life of each characteristic that was followed over months."""
        from pilotscore.measures.shelf_life import shelf_life

        g, v = self.stored, self.data.values
        lower = grouped.greatest_known(v.lower[g.place], g.value_starts)
        upper = grouped.least_known(v.upper[g.place], g.value_starts)
        return shelf_life(
            g.values, v.months[g.place], v.batch[g.place], g.value_starts, lower, upper,
            self.measuring.confidence,
        )  # fmt: skip

    def _shelf_life(self) -> Figure:
        g, found = self.stored, self.storage
        value = found.supported
        blocked = self._blocked_groups(g, "values", "limits", "capability", "batches")
        return figure(
            g.result, g.trait, value, value, value, grouped.counts(g.starts),
            [(Why.BAD_DATA, blocked), (Why.NO_STORAGE, np.isnan(value))],
        )  # fmt: skip

    def _mass_balance(self) -> Figure:
        from pilotscore.measures.mass_balance import closure

        data, n = self.data, len(self.data.ids)
        roles = np.array([t.role for t in data.traits], dtype=str)
        v, use = data.values, fresh(data, self.counted.judged)

        def sums(role: str) -> Floats:
            which = use & (roles[v.trait] == role if len(roles) else False)
            out = np.full(len(data.batches), np.nan)
            out[v.batch[which]] = 0
            np.add.at(out, v.batch[which], v.value[which])
            return out

        intake, output = sums("input"), sums("output")
        some = np.flatnonzero(np.isfinite(intake) & np.isfinite(output))
        starts = grouped.starts_of(data.batches.result[some], n)
        found = closure(output[some], intake[some], starts, self.measuring.confidence)
        blocked = np.zeros(n, dtype=bool)
        for block in data.blocks:
            role = data.traits[block.trait].role if block.trait >= 0 else ""
            if (block.what == "values" and role in ("input", "output")) or block.what == "batches":
                blocked[block.result] = True
        value = Estimate(found.overall, found.mean.low, found.mean.high)
        reasons = [(Why.BAD_DATA, blocked), (Why.NO_MASSES, np.diff(starts) == 0)]
        return self._of_results(value, found.counted, reasons)


def _sum_known(a: Floats, b: Floats) -> Floats:
    neither = np.isnan(a) & np.isnan(b)
    return np.where(neither, np.nan, np.nan_to_num(a) + np.nan_to_num(b))
