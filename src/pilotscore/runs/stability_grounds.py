"""What the figures of a characteristic rest on: its tests, its trend, its storage, as records."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotscore.measures.change_points import change, segments
from pilotscore.measures.shelf_life import Pooling
from pilotscore.measures.stability import Stability
from pilotscore.records import dataclass

SIGNIFICANT = 0.05
LEAST_FOR_CHANGES = 8
POOLING = 0.25  # the level of ICH Q1E
PRIMARY_BATCHES = 3  # that ICH Q1E asks for
MODELS = {
    Pooling.COMMON: "one_line",
    Pooling.SEPARATE_INTERCEPTS: "one_slope",
    Pooling.SEPARATE: "own_lines",
}


@dataclass(frozen=True, slots=True)
class Normality:
    """The Anderson-Darling test: its p-value, nan where not assessable, and its level."""

    p: float
    level: float
    rejected: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """Theil-Sen slope per percent of the series with its bounds, and the Mann-Kendall test."""

    slope: float
    low: float
    high: float
    p: float
    tau: float
    s: float
    correlation: float
    correlated: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """From which batches on the level may have changed, and Pettitt's p of the whole series."""

    batches: tuple[str, ...]
    p: float
    level: float


@dataclass(frozen=True, slots=True)
class Storage:
    """What a shelf life rests on.

    ``months`` is that without the cap on extrapolation, nan where the bound meets no limit;
    ``governs`` is the batch that governs, None where none does; ``slopes`` and ``intercepts`` the
    p-values of the tests of poolability, nan with one batch; ``provisional`` with fewer batches
    than ICH Q1E asks for.
    """

    months: float
    covered: float
    supported: float
    model: str
    slopes: float
    intercepts: float
    level: float
    governs: str | None
    names: tuple[str, ...]
    provisional: bool

    @property
    def batches(self) -> int:
        """How many batches were followed."""
        return len(self.names)

    @property
    def name(self) -> str:
        """The first batch that was followed."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Variances:
    """Standard deviations of batches, of casks within batches, and of samples within casks."""

    batch: float
    part: float
    sample: float


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the figures of a characteristic rest on; None where it has no such data."""

    normality: Normality | None = None
    trend: Trend | None = None
    changes: Changes | None = None
    storage: Storage | None = None
    variances: Variances | None = None


def grounds(
    stability: Stability, group: int | None, names: Sequence[str], stored: int | None
) -> Grounds:
    """Return what the figures of a characteristic rest on.

    Parameters
    ----------
    stability
        The measures of all.
    group, names
        Where its values stand among the groups, and the names of its batches.
    stored
        Where its values over months stand among the groups that were stored.
    """
    storage = None if stored is None else _storage(stability, stored)
    if group is None:
        return Grounds(storage=storage)
    p, level = float(stability.performance.normal[group]), stability.measuring.normality
    return Grounds(
        Normality(p, level, p < level),
        _trend(stability, group),
        _changes(stability, group, names),
        storage,
        _variances(stability, group),
    )


def _variances(stability: Stability, group: int) -> Variances | None:
    of = stability.nested
    if not of.known[group]:
        return None
    return Variances(float(of.batch[group]), float(of.part[group]), float(of.sample[group]))


def _trend(stability: Stability, group: int) -> Trend:
    d = stability.drift
    slope, low, high, p, tau, total, correlation = (
        float(x[group]) for x in (d.slope.value, d.slope.low, d.slope.high, d.p, d.tau, d.s, d.r1)
    )
    correlated = bool(d.correlated[group])
    return Trend(slope, low, high, p, tau, total, correlation, correlated)


def _changes(stability: Stability, group: int, names: Sequence[str]) -> Changes | None:
    start, end = stability.groups.starts[group : group + 2]
    means = stability.batch_means[start:end]
    if len(means) < LEAST_FOR_CHANGES:
        return None
    places = segments(means, SIGNIFICANT).tolist()[1:-1]
    p = float(change(means, np.array([0, len(means)])).p[0])
    return Changes(tuple(names[k] for k in places), p, SIGNIFICANT)


def _storage(stability: Stability, k: int) -> Storage | None:
    life, g, names = stability.storage, stability.stored, stability.data.batches.name
    batches = g.batch[int(g.starts[k]) : int(g.starts[k + 1])].tolist()
    model = Pooling(int(life.model[k]))
    if model == Pooling.NONE:
        return None
    governing = int(life.batch[k])
    return Storage(
        float(life.months[k]),
        float(life.covered[k]),
        float(life.supported[k]),
        MODELS[model],
        float(life.slopes[k]),
        float(life.intercepts[k]),
        POOLING,
        names[governing] if governing >= 0 else None,
        tuple(names[b] for b in batches),
        len(batches) < PRIMARY_BATCHES,
    )
