"""How long a plant ran without a break, how much of the time, and how often it stopped unplanned.

From intervals of running and of planned stops, or from a series of readings that were in limits.
"""

from __future__ import annotations

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.measures.grouped import Estimate, group_of
from pilotscore.records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Running:
    """How each group ran; shape (g,) each, nan where not assessable.

    ``longest`` hours run in the longest uninterrupted run; ``total`` hours run; ``calendar`` hours
    from the first begin to the last end; ``planned`` hours of planned stops in which nothing ran;
    ``availability`` 100 total / (calendar - planned), in %; ``stops`` unplanned stops; ``between``
    mean hours run between unplanned stops.
    """

    longest: Floats
    total: Floats
    calendar: Floats
    planned: Floats
    availability: Floats
    stops: Floats
    between: Estimate


@dataclass(frozen=True, slots=True, eq=False)
class _Sweep:
    """What happens from one begin or end to the next: shape (e,) each, by group and time."""

    group: Ints
    hours: Floats  # until the next begin or end of the same group
    runs: Bools  # something runs in these hours
    idle_by_plan: Bools  # nothing runs, and a planned stop covers it
    ended: Bools  # a run has just ended here
    tripped: Bools  # and by a trip


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Intervals of running and of planned stops, shape (n,) each, by group.

    ``begin`` and ``end`` in hours; ``starts`` where each group begins, shape (g + 1,); ``planned``
    true where the interval is a planned stop and not a run; ``trip`` true where the run ended by an
    unplanned stop (ignored for planned stops).
    """

    begin: Floats
    end: Floats
    starts: Ints
    planned: Bools | None = None
    trip: Bools | None = None


def running(intervals: Intervals, gap: Floats | float = 2.0, confidence: float = 0.95) -> Running:
    """Return how each group ran, from intervals of running and of planned stops.

    Time is told off once: intervals that overlap or touch are one, and a planned stop during which
    something ran does not count. An **uninterrupted run** ends at any stop longer than ``gap``,
    planned or not: work that stood still did not run on. Shorter pauses do not end it, and their
    hours are not counted in it. A **planned stop** does not count against availability. An
    **unplanned stop** is a stop of which more than ``gap`` is not covered by planned stops, or one
    that a trip began, however short. Idle time before the first run is no stop, but counts as time.

    Parameters
    ----------
    intervals
        When something ran, or was planned to stand still.
    gap
        The longest pause in hours that does not end an uninterrupted run, shape (g,) or one.
    confidence
        Of each bound of the mean time between unplanned stops: see :func:`mean_time_between`.

    Returns
    -------
    Running
        Intervals of no length are left out. Everything is nan for a group without intervals, or
        with one that ends before it begins or lacks a time; availability also where all of the time
        was planned to stop.
    """
    begin, end, starts = intervals.begin, intervals.end, intervals.starts
    planned, trip = intervals.planned, intervals.trip
    count = len(starts) - 1
    group = group_of(starts)
    none = np.zeros(len(begin), dtype=bool)
    with np.errstate(invalid="ignore"):
        sound = (end >= begin) & np.isfinite(begin) & np.isfinite(end)
    assessable = (np.diff(starts) > 0) & (np.bincount(group[~sound], minlength=count) == 0)
    # what lasts no time has no place between what ends and what begins at the same moment
    keep = assessable[group] & (end > begin)
    stops_by_plan = none if planned is None else planned
    trips = none if trip is None else trip & ~stops_by_plan
    sweep = _sweep(begin[keep], end[keep], group[keep], stops_by_plan[keep], trips[keep])
    longest_pause = np.broadcast_to(np.asarray(gap, dtype=np.float64), (count,))

    def hours(where: Bools) -> Floats:
        sums = np.bincount(sweep.group, np.where(where, sweep.hours, 0.0), minlength=count)
        return np.where(assessable, sums, np.nan)

    total, calendar = hours(sweep.runs), hours(np.ones(len(sweep.group), dtype=bool))
    by_plan = hours(sweep.idle_by_plan)
    longest, stops = _stretches(sweep, longest_pause, count)
    open_hours = calendar - by_plan
    with np.errstate(invalid="ignore", divide="ignore"):
        # what is left of subtracting equal hours is no time to be available in
        share = np.where(open_hours > 1e-9 * calendar, 100 * total / open_hours, np.nan)
    stops = np.where(assessable, stops, np.nan)
    return Running(
        longest=np.where(assessable, longest, np.nan),
        total=total,
        calendar=calendar,
        planned=by_plan,
        availability=np.minimum(share, 100.0),
        stops=stops,
        between=mean_time_between(total, stops, confidence),
    )


def _sweep(begin: Floats, end: Floats, group: Ints, planned: Bools, trip: Bools) -> _Sweep:
    n = len(begin)
    time = np.concatenate([begin, end])
    groups = np.concatenate([group, group])
    begins = np.arange(2 * n) < n
    is_run = np.concatenate([~planned, ~planned])
    trips = np.concatenate([np.zeros(n, dtype=bool), trip])
    # ends before begins, so that a trip with an immediate restart is seen; of the ends the tripped
    # ones last, so that the one after which nothing runs tells of the trip
    order = np.lexsort((trips, begins, time, groups))
    groups, time, is_run, trips = groups[order], time[order], is_run[order], trips[order]
    step = np.where(begins[order], 1, -1)
    same = np.append(groups[1:] == groups[:-1], np.zeros(min(2 * n, 1), dtype=bool))
    hours = np.where(same, np.append(np.diff(time), np.zeros(min(2 * n, 1))), 0.0)
    # every group begins and ends at 0, so that one sum over all serves
    runs = np.cumsum(np.where(is_run, step, 0)) > 0
    stops = np.cumsum(np.where(is_run, 0, step)) > 0
    return _Sweep(groups, hours, runs, stops & ~runs, is_run & (step < 0), trips)


def _stretches(sweep: _Sweep, gap: Floats, count: int) -> tuple[Floats, Floats]:
    """Return the hours of the longest uninterrupted run and the unplanned stops, shape (count,)."""
    longest, stops = np.zeros(count), np.zeros(count)
    if not len(sweep.group):
        return longest, stops
    new_group = np.diff(sweep.group, prepend=-1) != 0
    heads = np.flatnonzero(new_group | (np.diff(sweep.runs, prepend=False)))
    group, runs = sweep.group[heads], sweep.runs[heads]
    hours = np.add.reduceat(sweep.hours, heads)
    covered = np.add.reduceat(np.where(sweep.idle_by_plan, sweep.hours, 0.0), heads)
    slack = 1e-9 * np.maximum(gap, 1.0)  # a pause of exactly the gap, times as binary fractions
    uncovered_long = hours - covered > (gap + slack)[group]
    unplanned = ~runs & sweep.ended[heads] & (uncovered_long | sweep.tripped[heads])
    np.add.at(stops, group[unplanned], 1.0)

    breaks = (~runs & (hours > (gap + slack)[group])) | new_group[heads]
    parts = np.flatnonzero(breaks)
    run_hours = np.add.reduceat(np.where(runs, hours, 0.0), parts)
    np.maximum.at(longest, group[parts], run_hours)
    return longest, stops


def mean_time_between(hours: Floats, stops: Floats, confidence: float = 0.95) -> Estimate:
    """Return the mean hours run between unplanned stops, T / r, with its bounds.

    Of a constant rate of stops (a homogeneous Poisson process) watched for a fixed time
    (NIST/SEMATECH e-Handbook of Statistical Methods, 8.4.5.1):
    ``low = 2 T / chi2(confidence; 2 r + 2)`` and ``high = 2 T / chi2(1 - confidence; 2 r)``, where
    chi2(p; v) is the quantile below which lies p. Without a stop ``value`` is nan, ``low`` is
    ``T / -ln(1 - confidence)`` and ``high`` infinite.

    Stops are counted whole, so that both bounds are conservative: with 10 to 50 stops expected each
    bound of 95 % covers 95-98 %, with fewer than 3 up to 100 %, never less than 95 %.

    Parameters
    ----------
    hours
        Hours run, T, shape (g,).
    stops
        Unplanned stops, r, shape (g,).
    confidence
        Of each one-sided bound; the handbook's two-sided 90 % are two of 0.95.

    Returns
    -------
    Estimate
        nan where nothing ran.
    """
    from scipy.special import chdtri

    ran = hours > 0
    r = np.where(ran, stops, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(r > 0, hours / r, np.nan)
        low = 2 * hours / chdtri(2 * r + 2, 1 - confidence)
        high = np.where(r > 0, 2 * hours / chdtri(2 * np.maximum(r, 1), confidence), np.inf)
    seen = ran & np.isfinite(r)
    return Estimate(value, np.where(seen, low, np.nan), np.where(seen, high, np.nan))


def longest_run_in_limits(
    times: Floats, good: Bools, starts: Ints, gap: Floats | float = 2.0
) -> Floats:
    """Return the hours of the longest stretch of readings that are all good.

    From the first to the last reading of the stretch. A reading that is not good ends it, and so
    does a time without readings longer than ``gap``: what nobody saw is not known to be good.

    Parameters
    ----------
    times
        Hours, shape (n,), sorted by group and time.
    good
        True where the reading is in its limits, shape (n,).
    starts
        Where each group begins, shape (g + 1,).
    gap
        The longest time between readings that does not end a stretch, in hours, shape (g,) or one.

    Returns
    -------
    Floats
        Shape (g,); 0 where no two good readings follow each other, nan without readings.
    """
    count = len(starts) - 1
    longest = np.where(np.diff(starts) > 0, 0.0, np.nan)
    if not good.any():
        return longest
    group = group_of(starts)
    allowed = np.broadcast_to(np.asarray(gap, dtype=np.float64), (count,))
    allowed = allowed + 1e-9 * np.maximum(allowed, 1.0)
    follows = np.zeros(len(times), dtype=bool)
    follows[1:] = (
        (group[1:] == group[:-1]) & good[:-1] & good[1:] & (np.diff(times) <= allowed[group[1:]])
    )
    steps = np.where(follows, np.diff(times, prepend=times[:1]), 0.0)
    heads = np.flatnonzero(~follows)
    np.maximum.at(longest, group[heads], np.add.reduceat(steps, heads))
    return longest
