"""What sheets of rights add to the assessment of 100,000 results with three rights each."""

from __future__ import annotations

import datetime
import resource
import sys
import time
from dataclasses import replace

import numpy as np
from common import Result, report

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.index import assess
from pilotscore.measures import from_submission
from pilotscore.runs.rights_outlook import outlook_of
from pilotscore.workbook.results.submission import FactColumn, ResultTable, Submission
from pilotscore.workbook.rights.records import (
    CASE_DATES,
    CASE_FLAGS,
    PARTY_FLAGS,
    CaseColumns,
    PartyColumns,
    RightsRead,
    RowPlaces,
    StepColumns,
)
from rights import rights

SAMPLED = 50
DAY = datetime.date(2026, 11, 30)
STEPS = {"disclosed": "2025-01-06", "decided": "2025-02-06", "vested": "2025-05-06"}


def results(n: int, criteria: CriteriaSet) -> Submission:
    """Return results with the best of every indicator stated, as applicants do."""
    best = [i.anchors[-1][0] for i in criteria.indicators]
    words = {"text", "yes_no", "category", "date"}
    blank = np.ones(n, np.int8)
    return Submission(
        ids=tuple(f"R{i:06d}" for i in range(n)),
        titles=("",) * n,
        values=np.tile(best, (n, 1)),
        states=np.zeros((n, len(best)), np.int8),
        evidence=np.full((n, len(best)), -1, np.int8),
        facts={
            f.id: FactColumn(np.full(n, "") if f.type in words else np.full(n, np.nan), blank)
            for f in criteria.facts
        },
        reasons={},
        written={},
        tables=(ResultTable("a.xlsx", "成果", 0, {}, {}),),
        table_of=np.zeros(n, np.int64),
        row_of=np.arange(n),
        findings=(),
        books=(),
    )


def sheets(n: int) -> RightsRead:
    """Return three rights, two owners, a case and three steps of each result."""
    ids = np.array([f"R{i:06d}" for i in range(n)], object)

    def at(k: int) -> RowPlaces:
        return RowPlaces((("a.xlsx", "权属"),), ({},), np.zeros(k, np.int64), np.arange(k))

    def same(k: int, value: object) -> np.ndarray:
        return np.full(k, value, object)

    def days(k: int) -> np.ndarray:
        return np.full(k, "NaT", "M8[D]")

    def flags(names: tuple[str, ...], k: int) -> dict[str, np.ndarray]:
        return {name: np.ones(k, np.int8) for name in names}

    p, s = 2 * n, len(STEPS) * n
    stepped = np.array([*STEPS.values()] * n, "M8[D]")
    return RightsRead(
        ip=rights(3 * n, np.random.default_rng(1)),
        cases=CaseColumns(
            *(at(n), ids, same(n, "浙江省"), same(n, "licence"), same(n, "royalty")),
            *(np.full(n, 1e6), same(n, "CNY")),
            {name: days(n) for name in CASE_DATES},
            flags(CASE_FLAGS, n),
        ),
        parties=PartyColumns(
            *(at(p), ids.repeat(2), np.array(["大学", "团队"] * n, object)),
            *(np.array(["state_university", "team"] * n, object), same(p, "")),
            *(np.array([30.0, 70.0] * n), np.full(p, np.nan), np.full(p, np.nan)),
            *(same(p, ""), same(p, ""), days(p), days(p), flags(PARTY_FLAGS, p)),
        ),
        steps=StepColumns(
            *(at(s), ids.repeat(len(STEPS)), np.array([*STEPS] * n, object), stepped, stepped),
            *(same(s, ""), same(s, "协议"), stepped, np.full(s, np.nan), same(s, "")),
            *(np.full(s, -1, np.int8), same(s, "")),
        ),
    )


def seconds(submission: Submission, criteria: CriteriaSet) -> float:
    """Return the CPU time from what was read to the assessment and what is due."""
    start = time.process_time()
    outlook_of(assess(from_submission(submission, criteria, DAY), criteria, DAY))
    return time.process_time() - start


def measure(n: int = 100_000) -> Result:
    """Return what sheets of rights add, for all at once and for one result after another."""
    criteria = load_criteria("pilot-maturity").criteria
    one = replace(results(1, criteria), rights=sheets(1))
    seconds(one, criteria)  # rules and the calendar are read
    whole = results(n, criteria)
    without = seconds(whole, criteria)
    ours = seconds(replace(whole, rights=sheets(n)), criteria) - without
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    plain = sum(seconds(one, criteria) for _ in range(SAMPLED)) * n / SAMPLED
    return Result(
        "deriving",
        ours,
        plain,
        f"{ours:.1f} s CPU added, peak {peak} MB",
        "within 6 s CPU and 2 GB",
        ours <= 6 and peak <= 2000,
        (f"{n:,} results without sheets of rights: {without:.1f} s",),
    )


if __name__ == "__main__":
    report(measure(*map(int, sys.argv[1:])))
