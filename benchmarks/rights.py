"""Periods, states and findings of 300,000 rights, all at once, beside one right after another."""

from __future__ import annotations

import datetime
import resource
import sys
import time

import numpy as np
from common import Result, report

from pilotscore.criteria.legal.holidays import load_holidays
from pilotscore.criteria.legal.periods import shipped_periods
from pilotscore.rights.ip import assess_ip
from pilotscore.workbook.rights.records import (
    IP_DATES,
    IP_FLAGS,
    IpColumns,
    NoticeColumns,
    RowPlaces,
)

SAMPLED = 200


def rights(n: int, rng: np.random.Generator) -> IpColumns:
    """Return made-up rights, three for each result: applications and patents of every kind."""
    at = RowPlaces(
        (("a.xlsx", "知识产权"),),
        ({role: c for c, role in enumerate((*IP_DATES, *IP_FLAGS))},),
        np.zeros(n, np.int64),
        np.arange(n),
    )
    filed = np.datetime64("2012-01-01") + rng.integers(0, 5400, n)
    blank = np.full(n, np.datetime64("NaT"), "M8[D]")

    def later(days: np.ndarray, least: int, most: int, share: float) -> np.ndarray:
        ends = days + rng.integers(least, most, n)
        return np.where((rng.random(n) < share) & (ends < np.datetime64("2026-11-30")), ends, blank)

    dates = dict.fromkeys(IP_DATES, blank) | {"filed": filed}
    dates["priority"] = np.where(rng.random(n) < 0.2, filed - rng.integers(30, 360, n), blank)
    dates["exam_requested"] = later(filed, 0, 1000, 0.9)
    dates["grant_notice"] = later(filed, 700, 1400, 0.7)
    dates["granted"] = later(dates["grant_notice"], 20, 60, 0.95)
    dates["licensed"] = later(dates["granted"], 10, 900, 0.3)
    kinds = np.array(
        ["invention", "invention", "utility_model", "design", "pct", "software"], object
    )
    texts = np.full(n, "", object)
    return IpColumns(
        at,
        np.array([f"R{i // 3:06d}" for i in range(n)], object),
        kinds[rng.integers(0, len(kinds), n)],
        np.array([f"CN{i:09d}" for i in range(n)], object),
        texts,
        texts,
        texts,
        dates,
        {flag: rng.integers(-1, 2, n).astype(np.int8) for flag in IP_FLAGS},
        np.where(rng.random(n) < 0.5, rng.integers(1, 20, n), np.nan).astype(float),
    )


def notices(n: int, rights_: int, rng: np.random.Generator) -> NoticeColumns:
    at = RowPlaces((("a.xlsx", "通知"),), ({"replied": 1},), np.zeros(n, np.int64), np.arange(n))
    day = np.datetime64("2015-01-01") + rng.integers(0, 4300, n)
    blank = np.full(n, np.datetime64("NaT"), "M8[D]")
    posted = rng.random(n) < 0.3
    return NoticeColumns(
        at,
        rng.integers(0, rights_, n),
        np.array(["first_action", "later_action", "grant", "other"], object)[rng.integers(0, 4, n)],
        day,
        np.where(posted, blank, day),
        np.where(posted, "posted", "electronic").astype(object),
        np.full(n, np.nan),
        blank,
    )


def measure(n: int = 300_000) -> Result:
    """Return how long all rights take at once, and one after another (200 of them, scaled up)."""
    rng = np.random.default_rng(1)
    ip, sent = rights(n, rng), notices(n // 2, n, rng)
    rules, holidays, day = (
        shipped_periods(),
        load_holidays(users=False),
        datetime.date(2026, 11, 30),
    )
    assess_ip(rights(10, rng), None, rules, holidays, day)  # tables of the calendar
    start = time.process_time()
    found = assess_ip(ip, sent, rules, holidays, day)
    ours = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    one = rights(1, rng)
    start = time.process_time()
    for _ in range(SAMPLED):
        assess_ip(one, None, rules, holidays, day)
    plain = (time.process_time() - start) * n / SAMPLED
    return Result(
        "rights",
        ours,
        plain,
        f"{ours:.1f} s CPU, peak {peak} MB",
        "within 10 s CPU and 1.5 GB",
        ours <= 10 and peak <= 1500,
        (f"{n:,} rights: {len(found.due):,} rows due, {len(found.findings):,} findings",),
    )


if __name__ == "__main__":
    report(measure(*map(int, sys.argv[1:])))
