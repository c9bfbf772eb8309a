"""Signals of control charts: Nelson's eight rules.

A rule flags the point at which its pattern is complete, and never looks across groups. Beyond a
line means strictly beyond it; a point on the centre line is on neither side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.measures import grouped
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """Which points complete a pattern; n points, r rules.

    Attributes
    ----------
    rules
        Number of each rule in its set, in the order asked for.
    flags
        Whether the point completes the pattern of the rule, shape (n, r).
    assessed
        Whether the point has a chart to be judged by, shape (n,): its centre and sigma are known,
        and sigma is above 0 or the point lies on the centre line.
    """

    rules: tuple[int, ...]
    flags: Bools
    assessed: Bools

    @property
    def any(self) -> Bools:
        """Whether any of the rules flags the point, shape (n,)."""
        return np.asarray(np.logical_or.reduce(self.flags, axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class _Points:
    """Points with their place on the chart; ``z`` is nan where sigma is not above 0."""

    points: Floats
    centre: Floats
    z: Floats
    starts: Ints


def signals(
    points: Floats,
    centre: Floats,
    sigma: Floats,
    starts: Ints,
    rules: Sequence[int] = (1, 2, 3),
) -> Signals:
    """Return the signals by Nelson's rules, numbered as he does.

    1. One point beyond 3 sigma.
    2. Nine points in a row on one side of the centre line.
    3. Six points in a row steadily rising or falling.
    4. Fourteen points in a row alternating up and down.
    5. Two of three points in a row beyond 2 sigma on one side.
    6. Four of five points in a row beyond 1 sigma on one side.
    7. Fifteen points in a row within 1 sigma.
    8. Eight points in a row beyond 1 sigma, on both sides.

    L. S. Nelson, The Shewhart control chart - tests for special causes, Journal of Quality
    Technology 16(4), 1984, 237-239 (the wording as in several documents that cite it).

    Rules 1 and 5 to 8 need sigma: they flag nothing where it is 0 or nan. Rules 2 to 4 do not;
    rules 3 and 4 compare the points themselves, even if their sigma differs.

    Parameters
    ----------
    points, centre, sigma
        Each point with the centre line and the standard deviation there, shape (n,), in one unit.
    starts
        Where each group begins, shape (g + 1,).
    rules
        Numbers of Nelson's rules, 1 to 8.
    """
    with np.errstate(invalid="ignore"):
        wide = sigma > 0
        z = np.where(wide, (points - centre) / np.where(wide, sigma, 1.0), np.nan)
        assessed = ~np.isnan(z) | ((sigma == 0) & (points == centre))
    chart = _Points(points, centre, z, starts)
    flags = np.zeros((len(points), len(rules)), dtype=np.bool_)
    for column, rule in enumerate(rules):
        flags[:, column] = _NELSON[rule](chart)
    return Signals(rules=tuple(rules), flags=flags, assessed=assessed)


def signal_rate(flagged: Signals, starts: Ints) -> Floats:
    """Return the percent of points that any rule flags in each group, shape (g,), 0 to 100.

    nan for a group that is empty or has a point without a chart to be judged by.
    """
    n = grouped.counts(starts)
    whole = (n > 0) & (grouped.total(flagged.assessed, starts) == n)
    return np.where(whole, 100 * grouped.total(flagged.any, starts) / np.maximum(n, 1), np.nan)


def _beyond_three(chart: _Points) -> Bools:
    return np.asarray(abs(chart.z) > 3)


def _one_side(count: int) -> Callable[[_Points], Bools]:
    def rule(chart: _Points) -> Bools:
        above, below = chart.points > chart.centre, chart.points < chart.centre
        return _in_a_row(above, chart.starts, count) | _in_a_row(below, chart.starts, count)

    return rule


def _some_of(count: int, width: int, line: float) -> Callable[[_Points], Bools]:
    """Flag the point that is the ``count``-th of the last ``width`` beyond a line on its side.

    The first points of a group need not wait until ``width`` are there: two beyond the line are two
    of three, whatever the third may be.
    """

    def rule(chart: _Points) -> Bools:
        above, below = chart.z > line, chart.z < -line
        upper = above & (_recent(above, chart.starts, width) >= count)
        lower = below & (_recent(below, chart.starts, width) >= count)
        return np.asarray(upper | lower)

    return rule


def _trend(chart: _Points) -> Bools:
    rising, falling = _directions(chart)
    return _in_a_row(rising, chart.starts, 5) | _in_a_row(falling, chart.starts, 5)


def _alternating(chart: _Points) -> Bools:
    rising, falling = _directions(chart)
    turns = np.zeros_like(rising)
    turns[1:] = (rising[1:] & falling[:-1]) | (falling[1:] & rising[:-1])
    # The second point of a group has a direction, but none before it in its group: its first point
    # has none, so that no turn is found there.
    return _in_a_row(turns, chart.starts, 12)


def _within_one(chart: _Points) -> Bools:
    return _in_a_row(abs(chart.z) < 1, chart.starts, 15)


def _both_sides(chart: _Points) -> Bools:
    above, below = chart.z > 1, chart.z < -1
    outside = _in_a_row(above | below, chart.starts, 8)
    on_one = _in_a_row(above, chart.starts, 8) | _in_a_row(below, chart.starts, 8)
    return np.asarray(outside & ~on_one)


_NELSON: dict[int, Callable[[_Points], Bools]] = {
    1: _beyond_three,
    2: _one_side(9),
    3: _trend,
    4: _alternating,
    5: _some_of(2, 3, 2.0),
    6: _some_of(4, 5, 1.0),
    7: _within_one,
    8: _both_sides,
}


def _directions(chart: _Points) -> tuple[Bools, Bools]:
    """Return whether each point is above, and below, the one before it in its group."""
    change = np.diff(chart.points, prepend=chart.points[:1])
    inside = grouped.place_in_group(chart.starts) > 0
    return inside & (change > 0), inside & (change < 0)


def _in_a_row(flags: Bools, starts: Ints, count: int) -> Bools:
    return np.asarray(grouped.rolling(flags, starts, count) == count)


def _recent(flags: Bools, starts: Ints, width: int) -> Ints:
    """Return how many of the last ``width`` points of the group are flagged, or of all so far."""
    sums = np.concatenate([[0], np.cumsum(flags, dtype=np.int64)])
    ends = np.arange(1, len(flags) + 1)
    begins = np.repeat(starts[:-1], np.diff(starts))
    return np.asarray(sums[ends] - sums[np.maximum(ends - width, begins)])
