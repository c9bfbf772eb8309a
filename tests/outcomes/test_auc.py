"""The area by a published table, by scikit-learn, and by what must hold of any."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from pilotscore.outcomes.auc import area_and_variance, auc
from tests.outcomes.market import market

# J. A. Hanley, B. J. McNeil, Radiology 143 (1982) 29-36, table I: ratings 1 to 5 of 109 images.
NORMAL, ABNORMAL = (33, 6, 6, 11, 2), (3, 2, 2, 11, 33)


def rated() -> tuple[np.ndarray, np.ndarray]:
    rating = np.concatenate([np.repeat(np.arange(1.0, 6), n) for n in (NORMAL, ABNORMAL)])
    return rating, np.repeat([False, True], [sum(NORMAL), sum(ABNORMAL)])


def test_the_published_area_and_its_error():
    # Stata's manual, roctab: area 0.8932, standard error 0.0307, interval 0.83295 to 0.95339.
    value, variance = area_and_variance(*rated())
    assert round(value, 4) == 0.8932
    assert round(math.sqrt(variance), 4) == 0.0307
    width = 1.959964 * math.sqrt(variance)
    assert (round(value - width, 5), round(value + width, 5)) == (0.83295, 0.95339)


def test_prices_of_a_market():
    area = auc(*market())
    assert round(area.value, 4) == 0.8283
    # 2,000 bootstrap draws of these data gave .738 to .903.
    assert (area.low, area.high) == pytest.approx((0.738, 0.903), abs=0.012)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=2, max_size=40))
def test_any_scores_with_ties(rows: list[tuple[int, bool]]):
    score = np.array([r[0] for r in rows], dtype=float)
    event = np.array([r[1] for r in rows])
    area = auc(score, event)
    if event.all() or not event.any():
        assert area.value != area.value
        return
    assert area.value == pytest.approx(roc_auc_score(event, score))
    assert 0 <= area.low <= area.value <= area.high <= 1
    assert area.high - area.low > 0.01  # so few are never sure
    turned = auc(-score, event)
    assert (turned.value, turned.low, turned.high) == pytest.approx(
        (1 - area.value, 1 - area.high, 1 - area.low), abs=1e-6
    )


def test_all_successes_above_all_failures_is_not_certainty():
    event = np.repeat([False, True], [5, 4])
    few = auc(np.arange(9.0), event)
    many = auc(np.arange(900.0), np.repeat(event, 100))
    assert few.value == many.value == 1
    assert few.high == many.high == 1
    assert few.low < 0.75 < 0.99 < many.low


def test_the_interval_holds_the_truth_as_often_as_it_says():
    random = np.random.default_rng(5)
    truth = 0.76025  # of two normal distributions, one standard deviation apart
    event = np.repeat([False, True], [60, 30])
    areas = [auc(random.normal(event.astype(float)), event) for _ in range(300)]
    held = np.mean([a.low <= truth <= a.high for a in areas])
    assert 0.91 < held < 0.985
