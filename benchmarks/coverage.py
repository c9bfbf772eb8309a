"""How often the bounds of measures hold, by simulation: the figures of docs/method.md.

    python coverage.py            simulates anew (a minute or two) and writes coverage.json
    python docs/generate.py       writes the table of docs/method.md from it

Samples are drawn from distributions whose true value is known; a one-sided bound of 95 % should
hold in 95 of 100. A Ppk is that of percentiles (ISO 22514-2), 1.33 in truth, with the limit on the
side of the long tail. A small version runs as a test against the stored figures.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from pilotscore.measures import capability, scale_up, variation
from pilotscore.measures.control_charts import charts
from pilotscore.measures.drift import drift
from pilotscore.measures.percentile_capability import scored_ppk
from pilotscore.measures.shelf_life import Study, shelf_life

STORED = Path(__file__).with_suffix(".json")
GROUPS, SEED, TRUTH = 20_000, 20261130, 1.33
SIZES = (8, 10, 30, 100, 300)
DISTRIBUTIONS: dict[str, Any] = {
    "normal": stats.norm(),
    "exponential": stats.expon(),
    "gamma(4)": stats.gamma(4),
    "lognormal(0.3)": stats.lognorm(0.3),
    "lognormal(0.5)": stats.lognorm(0.5),
    "lognormal(1)": stats.lognorm(1),
    "Weibull(1.5)": stats.weibull_min(1.5),
    "Student t(5)": stats.t(5),
    "lognormal(1.5)": stats.lognorm(1.5),
    "Student t(3)": stats.t(3),
    "uniform": stats.uniform(),
}
Row = dict[str, Any]


def ppk_of(name: str, n: int, groups: int) -> Row:
    """Return how often the low bound of Ppk is at most the truth, beside that of normal values."""
    true = DISTRIBUTIONS[name]
    median, outer = true.ppf([0.5, stats.norm.cdf(3)])
    random = np.random.default_rng([SEED, n, list(DISTRIBUTIONS).index(name)])
    values = true.rvs(n * groups, random_state=random)
    starts = np.arange(groups + 1) * n
    limits = np.full(groups, np.nan), np.full(groups, median + TRUTH * (outer - median))
    low = scored_ppk(values, starts, limits).ppk.low
    known = ~np.isnan(low)
    plain = capability.ppk(values, starts, limits).low
    return {
        "distribution": name,
        "n": n,
        "held": round(float((low[known] <= TRUTH).mean()), 4),
        "median": round(float(np.median(low[known])), 3),
        "assessed": round(float(known.mean()), 4),
        "normal_form": round(float((plain <= TRUTH).mean()), 4),
        "normal_median": round(float(np.median(plain)), 3),
    }


def ppk_of_batches(batches: int, groups: int) -> float:
    """Return how often the low bound of Ppk holds with 3 samples of each batch, normal values."""
    random = np.random.default_rng([SEED, batches])
    size = (groups, batches, 3)
    values = random.normal(size=size) + random.normal(size=(*size[:2], 1))
    each = np.arange(groups * batches + 1) * 3
    starts = np.arange(groups + 1) * batches
    found = variation.components(values.ravel(), each, starts)
    worth = capability.Worth(found.freedom, found.size, found.scale)
    limits = np.full(groups, np.nan), np.full(groups, 3 * TRUTH * np.sqrt(2))
    low = scored_ppk(values.ravel(), starts * 3, limits, worth=worth).ppk.low
    return float((low <= TRUTH).mean())


def of_normal_values(n: int, groups: int) -> Iterator[tuple[str, float]]:
    """Yield how often the bounds of other measures hold, of normal values."""
    random = np.random.default_rng([SEED, n])
    values, starts = random.normal(10, 1, groups * n), np.arange(groups + 1) * n
    relative = variation.rsd(values, starts)
    yield "RSD 10 %, upper", float((relative.high >= 10).mean())
    yield "RSD 10 %, lower", float((relative.low <= 10).mean())
    chart = charts(values, np.arange(groups * n + 1), starts)
    within = capability.Within(chart.sigma_within, chart.freedom)
    limits = np.full(groups, 6.0), np.full(groups, 13.0)
    yield (
        "Cpk (moving ranges), lower",
        float((capability.cpk(values, starts, limits, within).low <= 1).mean()),
    )
    yield "Cp (moving ranges), lower", float((capability.cp(limits, within).low <= 7 / 6).mean())
    trend = drift(values, np.tile(np.arange(n, dtype=float), groups), starts)
    yield "drift (Sen's slope), lower", float((trend.slope.low <= 0).mean())
    lab = random.normal(10, 2, groups * n)
    ratio = scale_up.ratio_of_means(values, starts, lab, starts)
    yield "pilot over lab (Fieller), lower", float((ratio.low <= 1).mean())


def shelf_lives(slopes: tuple[float, ...], groups: int) -> float:
    """Return how often the months found do not pass the true ones of the worst batch."""
    random = np.random.default_rng([SEED, len(slopes)])
    times = np.tile([0.0, 3, 6, 9, 12, 18, 24], len(slopes))
    batch = np.repeat(np.arange(len(slopes)), 7)
    values = 102 + np.array(slopes)[batch] * times + random.normal(size=(groups, len(times)))
    starts = np.arange(groups + 1) * len(times)
    study = Study(values.ravel(), np.tile(times, groups), np.tile(batch, groups), starts)
    limits = np.full(groups, 90.0), np.full(groups, np.nan)
    months = shelf_life(study, limits, least_batches=1).months
    return float((~(months > 12 / -min(slopes))).mean())


def others(groups: int) -> Iterator[Row]:
    """Yield how often the bounds of other measures hold."""
    for n in (5, 10, 30):
        for bound, held in of_normal_values(n, groups):
            yield {"bound": bound, "of": f"normal, n = {n}", "held": round(held, 4)}
    for batches in (5, 10, 30):
        held = ppk_of_batches(batches, groups)
        of = f"normal, {batches} batches x 3, as much between as within"
        yield {"bound": "Ppk, lower", "of": of, "held": round(held, 4)}
    for slopes in ((-0.2,), (-0.2,) * 3, (-0.1, -0.2, -0.5), (-0.2, -0.25, -0.3)):
        held = shelf_lives(slopes, max(groups // 5, 200))
        of = f"slopes {', '.join(map(str, slopes))}, 7 times each"
        yield {"bound": "shelf life", "of": of, "held": round(held, 4)}


def simulate(groups: int = GROUPS) -> dict[str, Any]:
    """Return all figures."""
    return {
        "groups": groups,
        "truth": TRUTH,
        "ppk": [ppk_of(name, n, groups) for name in DISTRIBUTIONS for n in SIZES],
        "others": list(others(groups)),
    }


if __name__ == "__main__":
    groups = int(sys.argv[1]) if len(sys.argv) > 1 else GROUPS
    STORED.write_text(json.dumps(simulate(groups), indent=1) + "\n", encoding="utf-8")
