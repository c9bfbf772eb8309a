"""100,000 results x 5 experts x 10 indicators through aggregation, agreement and the model.

The plain way is pandas: a groupby with apply for each figure, with the same formulas, on one
indicator of some results, scaled up. It draws no bootstrap, and its model is iterated as often as
ours takes to the end (12 rounds of expectation and maximisation).
"""

from __future__ import annotations

import resource
import time

import numpy as np
import pandas as pd
from common import Result, report

from pilotscore.panels.aggregation import aggregate
from pilotscore.panels.alpha import alpha
from pilotscore.panels.intraclass import intraclass
from pilotscore.panels.rule import PanelRule
from pilotscore.panels.scores import Scores
from pilotscore.panels.severity import severity_of

RESULTS, EXPERTS, EACH, INDICATORS = 100_000, 500, 5, 10
SAMPLE, ROUNDS = 2_000, 12
RULE = PanelRule("drop", scale=(-100.0, 300.0))


def made() -> list[Scores]:
    """Return the scores of each indicator."""
    random = np.random.default_rng(1)
    panels = np.argsort(random.random((4_000, EXPERTS)), axis=1)[:, :EACH]
    expert = panels[random.integers(0, len(panels), RESULTS)].ravel()
    result = np.repeat(np.arange(RESULTS), EACH)
    level = 60 + 8 * random.standard_normal(RESULTS)
    severity = 5 * random.standard_normal(EXPERTS)
    return [
        Scores.of(
            result,
            expert,
            level[result] + severity[expert] + 9 * random.standard_normal(len(result)),
            RESULTS,
            EXPERTS,
        )
        for _ in range(INDICATORS)
    ]


def ours(tables: list[Scores]) -> np.ndarray:
    """Work out all of it, and return the values of the first indicator."""
    values = []
    for scores in tables:
        model = severity_of(scores)
        values.append(aggregate(scores, RULE).value)
        intraclass(scores, model=model)
        alpha(scores)
    return values[0]


def plain(scores: Scores, results: int) -> np.ndarray:
    """Work out the same of some results on one indicator, by groups."""
    kept = scores.result < results
    frame = pd.DataFrame(
        {"r": scores.result[kept], "e": scores.expert[kept], "y": scores.score[kept]}
    )
    by_result = frame.groupby("r").y
    value = by_result.apply(lambda y: y.sort_values().iloc[1:-1].mean())
    by_result.apply(lambda y: y.sort_values().clip(*np.sort(y)[[1, -2]]).std())
    by_result.apply(lambda y: pd.Series({"n": len(y), "s": y.sum(), "q": (y**2).sum()}))
    effect = pd.Series(0.0, index=frame.e.unique())
    for _ in range(ROUNDS):
        left = frame.y - frame.e.map(effect)
        of_result = left.groupby(frame.r).apply(lambda y: y.sum() / (len(y) + 1.2))
        rest = frame.y - frame.r.map(of_result)
        effect = rest.groupby(frame.e).apply(lambda y: (y - y.mean()).sum() / (len(y) + 3.2))
    return value.to_numpy()


def measure() -> Result:
    """Measure both in CPU seconds."""
    tables = made()
    start = time.process_time()
    values = ours(tables)
    mine = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.process_time()
    theirs = plain(tables[0], SAMPLE)
    other = (time.process_time() - start) * RESULTS / SAMPLE * INDICATORS
    assert np.allclose(values[:SAMPLE], theirs)
    faster = other / mine
    return Result(
        "panels",
        mine,
        other,
        f"{faster:.0f} times as fast, {peak:.0f} MB",
        "20 times, 1.5 GB",
        faster >= 20 and peak < 1_500,
    )


if __name__ == "__main__":
    report(measure())
