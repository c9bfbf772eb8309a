"""The model recovers what it is made from, and the order better than raw means."""

from __future__ import annotations

import numpy as np
import pytest

from pilotscore.panels.aggregation import aggregate
from pilotscore.panels.intraclass import variance_of
from pilotscore.panels.rule import PanelRule
from pilotscore.panels.scores import Scores
from pilotscore.panels.severity import corrected, severity_of, standardised
from tests.panels.making import SHROUT_FLEISS, random_scores, scores_of

ANY = PanelRule(scale=(-1000, 1000))


def best_recovered(value: np.ndarray, level: np.ndarray, share: float = 0.15) -> float:
    """Return which share of the truly best is among the best by value."""
    k = round(share * len(level))
    return len(set(np.argsort(-value)[:k]) & set(np.argsort(-level)[:k])) / k


def test_a_complete_table_has_the_variances_of_the_analysis_of_variance():
    results, experts, error, _ = variance_of(SHROUT_FLEISS)
    model = severity_of(scores_of(SHROUT_FLEISS), robust=False)
    assert model.of_results == pytest.approx((results - error) / 4, rel=1e-4)
    assert model.of_experts == pytest.approx((experts - error) / 6, rel=1e-4)
    assert model.residual == pytest.approx(error, rel=1e-4)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_an_incomplete_table_has_those_of_statsmodels():
    import pandas as pd
    import statsmodels.api as sm

    scores, *_ = random_scores(2, 60, 8, 3)
    frame = pd.DataFrame({"y": scores.score, "r": scores.result, "e": scores.expert, "one": 1})
    theirs = sm.MixedLM.from_formula(
        "y ~ 1", groups="one", vc_formula={"r": "0 + C(r)", "e": "0 + C(e)"}, data=frame
    ).fit(reml=True)
    model = severity_of(scores, robust=False)
    named = dict(zip(theirs.model.exog_vc.names, theirs.vcomp, strict=True))
    assert model.of_results == pytest.approx(named["r"], rel=0.01)
    assert model.of_experts == pytest.approx(named["e"], rel=0.01)
    assert model.residual == pytest.approx(theirs.scale, rel=0.01)


@pytest.mark.slow
def test_variances_and_severities_of_a_large_call_come_back():
    scores, _, severe = random_scores(1, 3000, 200, 5)
    model = severity_of(scores)
    assert [model.of_results, model.of_experts, model.residual] == pytest.approx(
        [64, 25, 81], rel=0.25
    )
    assert np.corrcoef(model.expert, severe)[0, 1] > 0.9
    truth = severe - severe.mean()
    near = np.abs(model.expert - truth) < 2 * np.hypot(model.error, 5 / np.sqrt(200))
    assert near.mean() > 0.9


@pytest.mark.slow
def test_with_known_severities_the_model_recovers_the_best_better_than_raw_means():
    raw, model = [], []
    for seed in range(4):
        scores, level, _ = random_scores(seed, 1500, 100, 5, severity=7)
        raw.append(best_recovered(aggregate(scores, ANY).value, level))
        less = corrected(scores, severity_of(scores))
        model.append(best_recovered(aggregate(less, ANY).value, level))
    assert np.mean(model) > np.mean(raw) + 0.03


@pytest.mark.slow
def test_rogue_scores_move_the_robust_model_less():
    gain = []
    for seed in range(3):
        scores, _, severe = random_scores(seed, 400, 40, 4)
        random = np.random.default_rng(seed)
        rogue = random.random(len(scores.score)) < 0.05
        wild = np.where(random.random(len(scores.score)) < 0.5, 0.0, 130.0)
        spoilt = scores.with_score(np.where(rogue, wild, scores.score))
        off = [
            np.abs(severity_of(spoilt, robust=r).expert - (severe - severe.mean())).mean()
            for r in (True, False)
        ]
        gain.append(off[1] - off[0])
        assert severity_of(spoilt).brought_in[rogue].mean() > 0.5
    assert np.mean(gain) > 0


def test_no_difference_between_experts_is_0_and_moves_nobody():
    # Every expert has the same mean over the results, each result differs.
    table = np.array([[1, 2, 3], [2, 3, 1], [3, 1, 2], [9, 9, 9]], dtype=float)
    model = severity_of(scores_of(table), robust=False)
    assert model.of_experts == 0
    assert (model.expert == 0).all()


def test_where_nothing_is_left_over_the_variances_are_those_of_the_effects():
    results, experts = np.array([50.0, 60, 75, 80]), np.array([-3.0, 0, 6])
    table = results[:, None] + experts
    table[1, 2] = np.nan
    model = severity_of(scores_of(table))
    assert model.of_results == pytest.approx(results.var(ddof=1), rel=1e-3)
    assert model.of_experts == pytest.approx(experts.var(ddof=1), rel=1e-3)
    assert model.expert - model.expert[1] == pytest.approx([-3, 0, 6], abs=1e-3)


def test_too_little_to_tell():
    assert severity_of(scores_of(np.array([[1.0, 2.0]]))) is None
    assert severity_of(scores_of(np.array([[1.0], [2.0]]))) is None
    assert severity_of(scores_of(np.full((4, 3), 7.0))) is None


def test_a_correction_keeps_the_order_within_an_expert():
    scores, *_ = random_scores(4, 80, 6, 3)
    less = corrected(scores, severity_of(scores))
    for expert in range(6):
        mine = scores.expert == expert
        assert (np.argsort(scores.score[mine]) == np.argsort(less.score[mine])).all()


def test_standard_scores_have_mean_50_and_deviation_10_and_leave_the_constant_out():
    table = np.array([[80, 60, 70], [85, 70, 70], [90, 50, 70]], dtype=float)
    standard, out = standardised(scores_of(table))
    assert out.tolist() == [2]
    for expert in (0, 1):
        mine = standard.score[standard.expert == expert]
        assert mine.mean() == pytest.approx(50)
        assert mine.std(ddof=1) == pytest.approx(10)
    assert 2 not in standard.expert


def test_one_with_a_single_score_cannot_be_standardised():
    assert standardised(scores_of(np.array([[80.0, 60], [70, np.nan]])))[1].tolist() == [1]


def in_pools(seed: int, reading: float) -> tuple[Scores, np.ndarray]:
    """Return a call in ten pools of different quality, experts reading elsewhere now and then."""
    random = np.random.default_rng(seed)
    pools, each, experts = 10, 100, 20
    level = 60 + np.repeat(random.normal(0, 6, pools), each) + random.normal(0, 6, pools * each)
    severe = random.normal(0, 5, pools * experts)
    rows = []
    for result in range(pools * each):
        home = result // each * experts + random.permutation(experts)[:5]
        away = random.integers(0, pools * experts, 5)
        chosen = np.unique(np.where(random.random(5) < reading, away, home))
        rows += [(result, e) for e in chosen]
    result, expert = np.array(rows).T
    score = level[result] + severe[expert] + random.normal(0, 7, len(result))
    return Scores.of(result, expert, score, pools * each, pools * experts), level


@pytest.mark.slow
def test_where_pools_differ_standard_scores_lose_and_the_model_does_not():
    raw, standard, model = [], [], []
    for seed in range(3):
        scores, level = in_pools(seed, 0.1)
        raw.append(best_recovered(aggregate(scores, ANY).value, level))
        standard.append(best_recovered(aggregate(standardised(scores)[0], ANY).value, level))
        model.append(
            best_recovered(aggregate(corrected(scores, severity_of(scores)), ANY).value, level)
        )
    assert np.mean(standard) < np.mean(raw) - 0.05
    assert np.mean(model) > np.mean(standard) + 0.05
