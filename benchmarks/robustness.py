"""Rank acceptability of 1,000 results under 10,000 weights, beside a loop over draws."""

from __future__ import annotations

import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count

import numpy as np
from common import Result, report
from threadpoolctl import threadpool_limits

from pilotscore.ranking.robustness.acceptability import order_of, rank_counts

RESULTS, INDICATORS, DRAWS, CHUNK = 1_000, 30, 10_000, 1_000


def plain(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Count ranks as one would at first: draw by draw."""
    counts = np.zeros((len(scores), len(scores)), dtype=np.int64)
    places = np.arange(len(scores))
    for w in weights:
        counts[places, np.argsort(-(scores @ w))] += 1
    return counts


def ours(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Count ranks a chunk of draws at a time, on all cores."""

    def one(start: int) -> np.ndarray:
        return rank_counts(*order_of(weights[start : start + CHUNK] @ scores.T))[0]

    with threadpool_limits(1, "blas"), ThreadPoolExecutor(cpu_count()) as pool:
        return sum(pool.map(one, range(0, len(weights), CHUNK)))


def measure() -> Result:
    """Return the ratio of the loop's time to ours."""
    random = np.random.default_rng(20260101)
    scores = random.uniform(0, 100, (RESULTS, INDICATORS))
    weights = random.dirichlet(np.ones(INDICATORS), DRAWS)
    ours(scores, weights[:CHUNK])
    times: dict[str, list[float]] = {"ours": [], "plain": []}
    for _ in range(3):
        for name, function in (("ours", ours), ("plain", plain)):
            begin = time.perf_counter()
            found = function(scores, weights)
            times[name].append(time.perf_counter() - begin)
            if name == "ours":
                counted = found
        # Two results may be level to nine decimals in a draw: ours then share the better rank.
        assert np.abs(counted - found).sum() <= 4
    own, loop = (sorted(times[name])[1] for name in ("ours", "plain"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Result(
        "robustness",
        own,
        loop,
        f"{loop / own:.1f} times as fast, peak {peak:.0f} MB",
        "at least 3 times as fast, within 2 GB",
        loop / own >= 3 and peak < 2000,
    )


def large() -> Result:
    """Return time and peak of 1,000 draws of 100,000 results that all have a grade."""
    import assessing

    from pilotscore.criteria import load_criteria
    from pilotscore.ranking.order import rank_results
    from pilotscore.ranking.robustness.simulation import Effort, simulate
    from pilotscore.ranking.robustness.uncertainty import stated_by

    criteria = load_criteria("pilot-maturity").criteria.model_copy(update={"gates": ()})
    made = assessing.measurements(criteria)
    ranking = rank_results(assessing.assess(made, criteria, assessing.AS_OF, tell=False))
    begin = time.perf_counter()
    found = simulate(ranking, stated_by(criteria), Effort(draws=1000, most=1000, error=1))
    own = time.perf_counter() - begin
    assert (len(found.results), found.draws) == (assessing.RESULTS, 1000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Result(
        "robust large",
        own,
        float("nan"),
        f"peak {peak:.0f} MB",
        "within 3 GB",
        peak < 3000,
        ("  no plain way to compare with: its counts alone would take 80 GB",),
    )


if __name__ == "__main__":
    report(measure())
    if sys.argv[1:] == ["large"]:
        report(large())
