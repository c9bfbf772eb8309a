"""100,000 results assessed in full, beside bare numpy for the index alone; paths up of one result."""

from __future__ import annotations

import datetime
import resource
import sys
import time

import numpy as np
from common import Result, alternate, median, report

from pilotscore import rank
from pilotscore.criteria import CriteriaSet, data_folder, load_criteria
from pilotscore.index import assess, contributions, paths_up
from pilotscore.measures import Measurements
from pilotscore.workbook import FactColumn, State, Submission
from pilotscore.workbook.results.submission import ResultTable

RESULTS = 100_000
MISSING = 0.02
UNCERTAIN = 6  # columns with bounds from measurement
AS_OF = datetime.date(2026, 11, 23)
WHOLE = frozenset({"category", "yes_no", "level", "count"})


def measurements(criteria: CriteriaSet, seed: int = 20260101) -> Measurements:
    """Return made-up values over the anchors, 2 % of them missing, some uncertain, with evidence and facts."""
    random = np.random.default_rng(seed)
    columns = []
    for indicator in criteria.indicators:
        low, high = indicator.anchors[0][0], indicator.anchors[-1][0]
        if indicator.type in WHOLE:
            columns.append(random.integers(int(low), int(high) + 1, RESULTS).astype(float))
        else:
            columns.append(random.uniform(low, high, RESULTS))
    missing = random.random((RESULTS, len(columns))) < MISSING
    values = np.where(missing, np.nan, np.column_stack(columns))
    low, high = values.copy(), values.copy()
    numbers = [j for j, i in enumerate(criteria.indicators) if i.type not in WHOLE]
    for j in numbers[:UNCERTAIN]:
        first, last = (criteria.indicators[j].anchors[k][0] for k in (0, -1))
        low[:, j] = np.maximum(values[:, j] - 0.05 * (last - first), first)
        high[:, j] = np.minimum(values[:, j] + 0.05 * (last - first), last)
    states = np.where(missing, State.NOT_MEASURED, State.VALUE).astype(np.int8)
    evidence = random.integers(1, 5, values.shape).astype(np.int8)
    sound = np.zeros(RESULTS, dtype=np.int8)
    facts = {}
    for fact in criteria.facts:
        if fact.categories:
            words = np.array([c.id for c in fact.categories])
            found = words[random.integers(0, len(words), RESULTS)]
        elif fact.type == "yes_no":
            found = np.array(["no", "yes"])[(random.random(RESULTS) < 0.05).astype(int)]
        elif fact.type in ("date", "text"):
            found = np.full(RESULTS, "2030-01-01" if fact.type == "date" else "x")
        else:
            found = random.integers(0, 9, RESULTS).astype(float)
        facts[fact.id] = FactColumn(found, sound)
    submission = Submission(
        ids=tuple(map(str, range(RESULTS))),
        titles=("",) * RESULTS,
        values=values,
        states=states,
        evidence=evidence,
        facts=facts,
        reasons={},
        written={},
        tables=(ResultTable("book.xlsx", "S", 0, {}, {}),),
        table_of=np.zeros(RESULTS, dtype=np.int64),
        row_of=np.arange(RESULTS),
        findings=(),
        books=(),
    )
    origins = np.zeros(values.shape, np.int8)
    return Measurements(submission, values, low, high, states, origins, evidence)


def bare(values: np.ndarray, criteria: CriteriaSet) -> np.ndarray:
    """Return the index alone: interp, weights, dimension means."""
    scores = np.empty_like(values)
    for j, indicator in enumerate(criteria.indicators):
        x, y = np.array(indicator.anchors).T
        raw = values[:, j]
        if indicator.axis == "log":
            raw, x = np.log(raw), np.log(x)
        scores[:, j] = np.interp(raw, x, y)
    scores = np.nan_to_num(scores)
    means = [
        scores[:, span] @ (np.array([i.weight for i in d.indicators]) / 100)
        for d, span in zip(criteria.dimensions, criteria.dimension_slices, strict=True)
    ]
    return np.column_stack(means) @ (np.array([d.weight for d in criteria.dimensions]) / 100)


def measure(runs: int = 9) -> Result:
    """Return the ratio; the uncapped index is held against the bare one first."""
    criteria = load_criteria("pilot-maturity").criteria
    m = measurements(criteria)

    def ours() -> None:
        contributions(assess(m, criteria, AS_OF, tell=False))

    began = time.perf_counter()
    told = assess(m, criteria, AS_OF)
    telling = time.perf_counter() - began
    findings = len(told.findings)
    del told
    whole = assess(m, criteria, AS_OF, tell=False)
    if not np.allclose(whole.index_uncapped, bare(m.values, criteria), atol=1e-9):
        raise SystemExit("the two do not agree")
    del whole
    mine, plain = alternate(ours, lambda: bare(m.values, criteria), runs=runs)
    unit = 1024 if sys.platform == "linux" else 1 << 20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit
    ratio = median(mine) / median(plain)
    return Result(
        "assessing",
        median(mine),
        median(plain),
        f"{ratio:.2f} times the index alone",
        "3 times",
        ratio <= 3,
        (
            f"  index, intervals, caps, gates, grades, contributions; peak memory {peak} MB",
            f"  not in it: with its {findings:,} findings told, once, {telling:.2f} s",
        ),
    )


def paths(runs: int = 5) -> Result:
    """Return how long the slowest result of the example takes, after start-up."""
    a = rank(data_folder("examples") / "pilot" / "pilot.xlsx", as_of=AS_OF).assessment
    paths_up(a, 0)
    times = [
        median(alternate(lambda i=i: paths_up(a, i), lambda: None, runs=runs)[0])
        for i in range(len(a))
    ]
    return Result(
        "paths up",
        max(times),
        0.3,
        f"{max(times) * 1000:.0f} ms at most",
        "0.3 s",
        max(times) <= 0.3,
        (
            f"  {len(a)} results, median {median(times) * 1000:.0f} ms; no plain way to compare with",
        ),
    )


if __name__ == "__main__":
    report(measure())
    report(paths())
