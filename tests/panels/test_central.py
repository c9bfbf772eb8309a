"""Values without intervals are those of the aggregation, for any scores on the same pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.panels.aggregation import aggregate
from pilotscore.panels.central import Central
from pilotscore.panels.rule import HOWS, PanelRule
from pilotscore.panels.scores import Scores

GROUPS = ("a", "b", "a", "c", "b", "a")


@st.composite
def panels(draw: st.DrawFn) -> tuple[Scores, np.ndarray]:
    """Return scores of some pairs, with or without weights, and who stands for whom."""
    results = draw(st.integers(1, 6))
    pairs = draw(
        st.lists(st.tuples(st.integers(0, results - 1), st.integers(0, 5)), min_size=1, unique=True)
    )
    n = len(pairs)
    of = np.array(pairs)
    score = np.array(draw(st.lists(st.integers(0, 10), min_size=n, max_size=n)), dtype=float)
    scores = Scores.of(of[:, 0], of[:, 1], score, results, 6)
    if draw(st.booleans()):
        weights = draw(st.lists(st.sampled_from([0.5, 1.0, 2.0]), min_size=6, max_size=6))
        scores = scores.weighed(np.array(weights))
    taken = np.array([draw(st.integers(0, n - 1)) for _ in range(n)])
    return scores, taken


@pytest.mark.slow
@pytest.mark.parametrize("grouped", [False, True])
@pytest.mark.parametrize("how", HOWS)
@given(panel=panels())
def test_it_is_the_value_of_the_aggregation(how: str, grouped: bool, panel):
    scores, taken = panel
    shares = {"a": 0.5, "b": 0.3, "d": 0.2} if grouped else {}
    rule = PanelRule(how, trim=0.3, drop_from=3, group_weights=shares)
    weight = None if scores.weight is None else scores.weight[taken]
    drawn = Scores(
        scores.result, scores.expert, scores.score[taken], scores.results, scores.experts, weight
    )
    wanted = aggregate(drawn, rule, GROUPS).value
    np.testing.assert_allclose(Central(scores, rule, GROUPS).of(taken), wanted, rtol=1e-12)


def test_a_group_that_nobody_of_scored_leaves_no_value():
    scores = Scores.of(np.array([0, 1]), np.array([3, 0]), np.array([5.0, 7.0]), 2, 6)
    value = Central(scores, PanelRule("mean", group_weights={"a": 1.0}), GROUPS).of(np.arange(2))
    np.testing.assert_equal(value, [np.nan, 7])
