"""How long a plant ran, how much of the time, and how often it stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.criteria.measuring import (
    HOURS,
    PERCENT,
    Measure,
)
from pilotscore.language import Text
from pilotscore.measures.figures import Figure, Why
from pilotscore.measures.grouped import exact

if TYPE_CHECKING:
    from pilotscore.measures.stability import Stability


def _ran(s: Stability, value: Floats) -> Figure:
    reasons = [
        (Why.BAD_DATA, s.blocked_results("running", "batches")),
        (Why.NO_TIMES, np.isnan(value)),
    ]
    return s.of_results(exact(value), np.diff(s.intervals[1]), reasons)


def _longest(s: Stability) -> Figure:
    stated = s.stated_hours[0]
    return _ran(s, np.fmax(np.fmax(s.running.longest, stated), s.hours_in_limits))


def _total(s: Stability) -> Figure:
    timed, stated = s.running.total, s.stated_hours[1]
    neither = np.isnan(timed) & np.isnan(stated)
    return _ran(s, np.where(neither, np.nan, np.nan_to_num(timed) + np.nan_to_num(stated)))


def _between_stops(s: Stability) -> Figure:
    count = np.diff(s.intervals[1])
    reasons = [
        (Why.BAD_DATA, s.blocked_results("running", "batches")),
        (Why.NO_TIMES, count == 0),
    ]
    return s.of_results(s.running.between, count, reasons)


MEASURES = (
    Measure(
        "longest_run",
        Text("最长连续运行时间", "longest uninterrupted run"),
        HOURS,
        _longest,
        place=160,
    ),
    Measure("total_hours", Text("累计运行时间", "hours run in all"), HOURS, _total, place=170),
    Measure(
        "availability",
        Text("可用率", "availability"),
        PERCENT,
        lambda s: _ran(s, s.running.availability),
        place=180,
    ),
    Measure(
        "hours_between_stops",
        Text("非计划停车平均间隔", "mean time between unplanned stops"),
        HOURS,
        _between_stops,
        place=190,
    ),
)
