"""How each expert scores beside the others."""

from __future__ import annotations

import numpy as np
import pytest

from pilotscore.panels.experts import expert_figures, far_off
from pilotscore.panels.scores import Scores
from pilotscore.panels.severity import severity_of
from tests.panels.making import random_scores, scores_of


def test_spread_and_correlation_are_beside_the_others_on_the_same_results():
    random = np.random.default_rng(1)
    level = random.normal(60, 10, 40)
    noise = random.normal(0, 3, (40, 4))
    table = level[:, None] + noise
    table[:, 3] = 60 + 0.4 * (table[:, 3] - 60)  # one who hardly tells results apart
    scores = scores_of(table)
    figures = expert_figures(scores, severity_of(scores))
    others = table[:, 1:].mean(axis=1)
    assert figures.correlation[0] == pytest.approx(np.corrcoef(table[:, 0], others)[0, 1])
    assert figures.spread[3] == pytest.approx(
        table[:, 3].std(ddof=1) / table[:, :3].ravel().std(ddof=1)
    )
    assert figures.spread[3] < 0.6 < 0.9 < figures.spread[0]
    assert figures.count.tolist() == [40] * 4


def test_a_lenient_expert_is_above_0():
    scores, _, severe = random_scores(2, 300, 10, 4)
    figures = expert_figures(scores, severity_of(scores))
    assert np.corrcoef(figures.severity, severe)[0, 1] > 0.95


def test_one_who_gave_everything_the_same():
    table = np.array([[70, 80, 75], [70, 60, 65], [70, 90, 85], [70, 50, 55]], dtype=float)
    figures = expert_figures(scores_of(table), severity_of(scores_of(table)))
    assert figures.constant.tolist() == [True, False, False]
    assert np.isnan(figures.correlation[0])
    assert figures.spread[0] == 0


def test_a_score_that_stands_far_off_is_counted_with_its_expert():
    scores, *_ = random_scores(3, 200, 8, 4, noise=3)
    score = scores.score.copy()
    score[17] += 60
    spoilt = scores.with_score(score)
    model = severity_of(spoilt)
    assert np.flatnonzero(far_off(spoilt, model)).tolist() == [17]
    assert expert_figures(spoilt, model).far[scores.expert[17]] == 1


def test_growing_tired_over_a_sitting_shows():
    scores, *_ = random_scores(5, 60, 6, 3, noise=2)
    at = np.arange(len(scores.score), dtype=float) / 1000
    mine = scores.expert == 2
    tired = scores.with_score(scores.score - np.where(mine, 15 * at / at.max(), 0))
    figures = expert_figures(tired, severity_of(tired), at)
    assert figures.drift[2] < -8
    assert figures.drift_p[2] < 0.001
    assert (figures.drift_p[np.arange(6) != 2] > 0.001).all()
    assert np.isnan(expert_figures(tired, severity_of(tired)).drift).all()


def test_one_who_scored_nothing_has_no_figures():
    scores = Scores.of(
        np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([1.0, 2, 5, 7]), 2, 3
    )
    figures = expert_figures(scores, severity_of(scores))
    assert figures.count[2] == 0
    assert np.isnan([figures.mean[2], figures.severity[2], figures.spread[2]]).all()
