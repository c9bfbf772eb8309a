"""With a known true weighting the estimate moves towards it as outcomes grow, and never too far."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.outcomes.logistic import chance_of
from pilotscore.outcomes.reweighing import Refusal, Reweighing, reweigh, within

TRUTH = np.array([0.45, 0.25, 0.2, 0.1])
PRESENT = np.full(4, 0.25)


def scored(seed: int, n: int, truth: np.ndarray = TRUTH) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    scores = np.clip(random.normal(65, 14, (n, 4)), 0, 100)
    return scores, random.random(n) < chance_of((scores @ truth - 65) / 6)


def away(found: Reweighing) -> float:
    return float(np.abs(found.proposed - TRUTH).sum())


def holds(found: Reweighing) -> None:
    """What is true of every answer."""
    assert found.proposed.sum() == pytest.approx(found.present.sum())
    assert (found.proposed >= 0).all()
    if found.refusal is not None:
        assert (found.change == 0).all()
        assert found.more is None or found.more > 0
        return
    assert np.abs(found.change).max() > 0
    low = np.fmin(found.low, found.present) - 1e-9
    high = np.fmax(found.high, found.present) + 1e-9
    assert ((low <= found.proposed) & (found.proposed <= high)).all()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_towards_the_truth_as_outcomes_grow(seed: int):
    found = [reweigh(*scored(seed, n), PRESENT) for n in (60, 400, 5_000, 60_000)]
    for one in found:
        holds(one)
    assert found[0].refusal == Refusal.FEW
    distances = [away(one) for one in found]
    assert distances[2] < 0.1 < 0.3 < distances[0]
    assert distances[3] < 0.03
    assert distances[1] < distances[0]


@pytest.mark.slow
def test_weights_that_are_right_stay():
    found = [reweigh(*scored(seed, 400, PRESENT), PRESENT) for seed in range(12)]
    for one in found:
        holds(one)
    assert sum(one.refusal is None for one in found) <= 1
    assert all(one.more for one in found if one.refusal == Refusal.NO_GAIN)
    many = reweigh(*scored(1, 20_000, PRESENT), PRESENT)
    assert many.refusal == Refusal.AS_GOOD
    assert many.more is None


@pytest.mark.parametrize("n", [0, 1, 5, 40, 90])
def test_few_outcomes_change_nothing_and_say_how_many_more(n: int):
    scores, event = scored(2, n)
    found = reweigh(scores, event, PRESENT)
    assert found.refusal in (Refusal.FEW, Refusal.ALIKE)
    assert (found.change == 0).all()
    if min(found.successes, found.failures):
        rate = min(found.successes, found.failures) / n
        assert (n + found.more) * rate >= 50


@pytest.mark.slow
def test_with_as_many_more_it_is_no_longer_refused_as_few():
    scores, event = scored(2, 60)
    more = reweigh(scores, event, PRESENT).more
    again = reweigh(*scored(2, 60 + round(1.3 * more)), PRESENT)
    assert again.refusal != Refusal.FEW


def test_an_index_that_tells_nothing_is_not_reweighed():
    random = np.random.default_rng(1)
    scores = random.normal(60, 10, (300, 4))
    found = reweigh(scores, random.random(300) < 0.4, PRESENT)
    assert found.refusal == Refusal.NO_SLOPE
    assert np.isnan(found.low).all()
    turned = reweigh(-scored(3, 300)[0], scored(3, 300)[1], PRESENT)
    assert turned.refusal == Refusal.NO_SLOPE
    assert turned.more is None  # more of the same do not help


@pytest.mark.slow
def test_what_does_not_vary_keeps_its_weight():
    scores, event = scored(1, 3000)
    scores[:, 3] = 80
    found = reweigh(scores, event, PRESENT)
    assert found.refusal is None
    assert found.proposed[3] == 0.25
    assert np.isnan(found.low[3])
    holds(found)


@pytest.mark.slow
def test_a_weight_of_nothing_stays_nothing():
    present = np.array([0.4, 0.3, 0.3, 0.0])
    found = reweigh(*scored(1, 3000), present)
    assert found.proposed[3] == 0
    holds(found)


def test_columns_that_say_the_same_cannot_be_told_apart():
    scores, event = scored(1, 400)
    scores[:, 1] = scores[:, 0]
    assert reweigh(scores, event, PRESENT).refusal == Refusal.ALIKE


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_no_weight_leaves_the_span_of_its_interval(seed: int):
    random = np.random.default_rng(seed)
    present, estimate = random.dirichlet(np.ones(5)), random.dirichlet(np.ones(5))
    middle, width = random.dirichlet(np.ones(5)), random.uniform(0, 0.3, 5)
    low, high = middle - width, middle + width
    found = within(present, estimate, low, high)
    assert found.sum() == pytest.approx(1)
    assert (found >= -1e-12).all()
    assert (np.minimum(low, present) - 1e-9 <= found).all()
    assert (found <= np.maximum(high, present) + 1e-9).all()
    assert (np.abs(found - present) <= np.abs(estimate - present) + 1e-12).all()


@pytest.mark.slow
def test_many_outcomes_tell_of_many_weights_what_few_cannot():
    # Thirty-two scores of which some matter half again as much: ten thousand tell little of that.
    random = np.random.default_rng(8)
    present = np.full(32, 1 / 32)
    truth = np.concatenate([np.full(16, 1.25), np.full(16, 0.75)]) / 32
    scores = np.clip(random.normal(60, 20, (120_000, 32)), 0, 100)
    event = random.random(len(scores)) < chance_of((scores @ truth - 60) / 5)
    found = reweigh(scores, event, present)
    holds(found)
    assert found.refusal is None
    assert np.abs(found.proposed - truth).sum() < 0.5 * np.abs(present - truth).sum()
