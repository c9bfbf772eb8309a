"""The Brier score and its parts: the figures of 103 findings, and that parts make the whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss

from pilotscore.outcomes.brier import brier, murphy
from tests.outcomes.market import market


def test_prices_of_a_market():
    parts = murphy(*market(), bins=5)
    assert round(parts.score, 4) == 0.1924
    assert round(parts.uncertainty, 4) == 0.2498
    assert round(parts.reliability, 4) == 0.0314
    assert round(parts.resolution, 4) == 0.0875
    assert parts.count.tolist() == [21, 20, 21, 20, 21]
    assert parts.chance.round(3).tolist() == [0.321, 0.494, 0.667, 0.777, 0.874]
    assert parts.came.round(3).tolist() == [0, 0.300, 0.619, 0.750, 0.762]


chances = st.lists(
    st.tuples(st.sampled_from([0, 0.1, 0.25, 0.5, 0.8, 1.0]), st.booleans()),
    min_size=1,
    max_size=60,
)


@pytest.mark.slow
@given(chances, st.integers(1, 8))
def test_parts_make_the_whole_whatever_the_ties(rows: list[tuple[float, bool]], bins: int):
    chance = np.array([r[0] for r in rows])
    event = np.array([r[1] for r in rows])
    parts = murphy(chance, event, bins)
    made = parts.uncertainty - parts.resolution + parts.reliability + parts.within
    assert made == pytest.approx(parts.score)
    assert parts.score == pytest.approx(brier_score_loss(event, chance, pos_label=True))
    assert 1 <= len(parts.count) <= bins
    assert parts.count.sum() == len(rows)
    assert (np.diff(parts.chance) > 0).all()
    assert min(parts.resolution, parts.reliability) >= 0


def test_a_bin_for_each_chance_leaves_nothing():
    chance = np.repeat([0.2, 0.7], 50)
    event = np.arange(100) % 3 == 0
    assert murphy(chance, event, 2).within == pytest.approx(0, abs=1e-12)


def test_nothing_has_no_score():
    assert np.isnan(brier(np.array([]), np.array([], dtype=bool)))
