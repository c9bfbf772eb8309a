"""Net benefits by the printed figures of dcurves, and what must hold of any curve."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.outcomes.decision_curve import decision_curve, threshold

EVENTS, PEOPLE = 105, 750


@pytest.mark.parametrize(("at", "printed"), [(0.01, 0.131313), (0.02, 0.122449)])
def test_funding_all_is_as_dcurves_prints_it(at: float, printed: float):
    event = np.arange(PEOPLE) < EVENTS
    curve = decision_curve(np.zeros(PEOPLE), event, np.array([at]))
    assert round(float(curve.everyone[0]), 6) == printed
    assert curve.rule[0] == 0


@pytest.mark.parametrize(
    ("at", "hits", "misses", "rule", "everyone"),
    [(0.05, 96, 320, 0.105544, 0.094737), (0.1, 87, 193, 0.087407, 0.044444)],
)
def test_a_rule_is_as_dcurves_has_it(at, hits, misses, rule, everyone):
    # How many of its 750 persons stand at or above the threshold, with and without the event.
    chance = np.full(PEOPLE, at / 2)
    chance[:hits] = chance[EVENTS : EVENTS + misses] = at
    curve = decision_curve(chance, np.arange(PEOPLE) < EVENTS, np.array([at]))
    assert round(float(curve.rule[0]), 6) == rule
    assert round(float(curve.everyone[0]), 6) == everyone


@pytest.mark.slow
@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40),
    st.floats(0.01, 0.99),
)
def test_a_rule_is_the_sum_of_what_each_result_is_worth(rows, at: float):
    chance = np.array([r[0] for r in rows])
    event = np.array([r[1] for r in rows])
    curve = decision_curve(chance, event, np.array([at]))
    worth = np.where(event, 1.0, -at / (1 - at))
    assert curve.rule[0] == pytest.approx(np.where(chance >= at, worth, 0).mean())
    assert curve.everyone[0] == pytest.approx(worth.mean())


def test_perfect_chances_are_worth_the_share_of_successes():
    event = np.array([1, 0, 0, 1], dtype=bool)
    curve = decision_curve(event * 0.9 + 0.05, event, np.array([0.1, 0.5, 0.9]))
    assert curve.rule == pytest.approx([0.5] * 3)


def test_the_threshold_is_where_a_grant_pays_on_average():
    at = threshold(cost_of_failure=3, value_of_success=9)
    assert at == 0.25
    assert at * 9 == pytest.approx((1 - at) * 3)


@pytest.mark.parametrize("pair", [(0, 1), (1, 0), (-1, 5), (float("nan"), 1)])
def test_no_cost_or_no_value_is_no_threshold(pair: tuple[float, float]):
    with pytest.raises(ValueError, match="above 0"):
        threshold(*pair)
