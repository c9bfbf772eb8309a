"""Stability of 5,000 results x 100 batches x 4 characteristics, beside a pandas loop over groups.

The loop calls the same formulas for each group by itself, as a script would that goes through
``groupby``. It is run on every 100th group, and its time taken as a hundred times that.
"""

from __future__ import annotations

import resource
import time

import numpy as np
import pandas as pd
from common import Result, report

from pilotscore.measures import capability, normality, percentile_capability, variation
from pilotscore.measures.control_charts import charts
from pilotscore.measures.drift import drift, drift_percent
from pilotscore.measures.run_rules import signal_rate, signals

RESULTS, BATCHES, CHARACTERISTICS = 5_000, 100, 4
SAMPLED = 100  # the loop runs on one group of so many


def measures(values, batch_starts, starts, lower, upper):
    """Work out every measure of a characteristic, of as many groups as there are."""
    value_starts = batch_starts[starts]
    times = np.tile(np.linspace(0, 100, BATCHES), len(starts) - 1)
    chart = charts(values, batch_starts, starts)
    within = capability.Within(chart.sigma_within, chart.freedom)
    centre = np.repeat(chart.centre, np.diff(starts))
    found = drift(chart.points, times, starts)
    return (
        variation.rsd(chart.points, starts).high,
        variation.components(values, batch_starts, starts).between,
        percentile_capability.scored_ppk(values, value_starts, (lower, upper)).ppk.low,
        capability.cpk(values, value_starts, (lower, upper), within).low,
        normality.anderson_darling(values, value_starts).p_value,
        signal_rate(signals(chart.points, centre, chart.sigma, starts), starts),
        drift_percent(found, chart.points, starts).high,
    )


def measure() -> Result:
    """Return the ratio of the loop's time to ours."""
    groups = RESULTS * CHARACTERISTICS
    random = np.random.default_rng(20260101)
    level = random.uniform(50, 150, groups)
    values = (level[:, None] * (1 + 0.02 * random.standard_normal((groups, BATCHES)))).ravel()
    batch_starts = np.arange(len(values) + 1)
    starts = np.arange(0, len(values) + 1, BATCHES)
    lower, upper = 0.9 * level, 1.1 * level
    measures(values[:1000], batch_starts[:1001], starts[:11], lower[:10], upper[:10])  # imports
    begin = time.perf_counter()
    ours = measures(values, batch_starts, starts, lower, upper)
    own = time.perf_counter() - begin
    frame = pd.DataFrame({"group": np.repeat(np.arange(groups), BATCHES), "value": values})
    part = frame[frame["group"] % SAMPLED == 0]
    begin = time.perf_counter()
    alone = []
    for g, rows in part.groupby("group"):
        x = rows["value"].to_numpy()
        n = len(x)
        found = measures(x, np.arange(n + 1), np.array([0, n]), lower[g : g + 1], upper[g : g + 1])
        alone.append([float(f[0]) for f in found])
    loop = (time.perf_counter() - begin) * SAMPLED
    together = np.array([f[::SAMPLED] for f in ours]).T
    np.testing.assert_allclose(together, np.array(alone), rtol=1e-6, atol=1e-9)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ratio = own / loop
    return Result(
        "stability",
        own,
        loop,
        f"{loop / own:.0f} times as fast, peak {peak:.0f} MB",
        "at most a tenth of the time",
        ratio <= 0.1,
        (f"20,000 groups of 100; the loop ran on {len(alone)} of them and is scaled up",),
    )


if __name__ == "__main__":
    report(measure())
