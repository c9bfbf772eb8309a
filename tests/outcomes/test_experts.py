"""Experts against outcomes: 7,377 forecasts, and a panel whose truth is known."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from pilotscore.outcomes.auc import auc
from pilotscore.outcomes.brier import brier
from pilotscore.outcomes.calibration import calibration
from pilotscore.outcomes.correlation import pearson
from pilotscore.outcomes.experts import expert_outcomes
from pilotscore.panels.scores import Scores
from tests.outcomes.market import FILE


def forecasts(*, unnamed: bool = True) -> tuple[Scores, np.ndarray]:
    with FILE.open(encoding="utf-8") as stream:
        came = {r["id"]: r["replicated"] == "1" for r in csv.DictReader(stream)}
    with (FILE.parent / "forecasts.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    rows = rows if unnamed else [r for r in rows if "unnamed" not in r["expert"]]
    experts, findings = sorted({r["expert"] for r in rows}), sorted(came)
    number = {name: k for names in (experts, findings) for k, name in enumerate(names)}
    columns = [np.array([number[r[k]] for r in rows]) for k in ("id", "expert")]
    score = np.array([float(r["score"]) for r in rows])
    scores = Scores.of(*columns, score, len(findings), len(experts))
    return scores, np.array([came[name] for name in findings])


def test_forecasts_of_103_findings():
    scores, event = forecasts(unnamed=False)
    found = expert_outcomes(scores, event, np.ones(len(event), dtype=bool))
    listed = found.brier[np.isfinite(found.brier)]
    assert len(listed) == 344
    assert listed.min().round(3) == 0.073
    assert listed.max().round(3) == 0.458
    assert np.median(listed).round(3) == 0.244
    # The best of so many is mostly luck.
    assert np.nanmin(found.shrunk) > np.nanmin(found.beside)
    assert found.weighable.sum() < 344


def test_mean_and_median_of_experts():
    scores, event = forecasts()
    mean = scores.by_result(scores.score) / scores.count
    median = np.array([np.median(scores.score[scores.result == k]) for k in range(len(event))])
    assert int(((mean > 0.5) == event).sum()) == 68
    assert int(((median > 0.5) == event).sum()) == 64
    assert round(brier(mean, event), 4) == 0.2053
    assert round(brier(median, event), 4) == 0.2080
    assert round(auc(mean, event).value, 4) == 0.8219
    assert round(pearson(mean, event.astype(float)).value, 4) == 0.5637
    assert round(calibration(mean, event).slope.value, 3) == 2.412


def panel(seed: int, noise: np.ndarray, results: int = 60, each: int = 12):
    random = np.random.default_rng(seed)
    chance = random.beta(2, 2, results)
    event = random.random(results) < chance
    rows = [random.choice(len(noise), each, replace=False) for _ in range(results)]
    expert = np.concatenate(rows)
    result = np.repeat(np.arange(results), each)
    score = np.clip(chance[result] + noise[expert] * random.standard_normal(len(expert)), 0, 1)
    return Scores.of(result, expert, score, results, len(noise)), event


@pytest.mark.parametrize("seed", range(3))
def test_shrunk_figures_are_nearer_to_the_truth(seed: int):
    noise = np.full(40, 0.25)
    found = expert_outcomes(*panel(seed, noise), np.ones(60, dtype=bool))
    # All are as good as each other: what is drawn in is nearer to that.
    assert np.nansum(found.shrunk**2) < 0.5 * np.nansum(found.beside**2)
    assert (np.abs(found.shrunk) <= np.abs(found.beside)).all()


def test_the_good_and_the_bad_are_told_apart():
    noise = np.repeat([0.02, 0.5], 20)
    found = expert_outcomes(*panel(1, noise, results=200), np.ones(200, dtype=bool))
    assert found.shrunk[:20].mean() < -0.02 < 0.02 < found.shrunk[20:].mean()
    assert np.nanmean(found.area[:20]) > np.nanmean(found.area[20:])
    assert found.weighable.all()


def test_few_outcomes_are_not_listed():
    scores, event = panel(2, np.full(40, 0.2), results=20)
    known = np.arange(20) < 8
    found = expert_outcomes(scores, event, known)
    assert np.isnan(found.brier).all()
    assert np.isnan(found.shrunk).all()
    assert not found.weighable.any()
    assert found.count.sum() == 8 * 12
