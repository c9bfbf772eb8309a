"""Winners against losers of a draw, by the printed intervals."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.outcomes.draw_comparison import difference


# Newcombe 1998 (873-890), table II, method 10.
@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 10), -0.2775, 0.2775),
    ],
)
def test_printed_intervals(one, other, low: float, high: float):
    found = difference(one, other)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


counts = st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.slow
@given(counts, counts)
def test_the_other_way_round_is_the_same_turned(one, other):
    there, back = difference(one, other), difference(other, one)
    assert there.value == pytest.approx(-back.value)
    assert there.low == pytest.approx(-back.high)
    assert -1 <= there.low <= there.value <= there.high <= 1


def test_nobody_says_nothing():
    assert math.isnan(difference((0, 0), (3, 5)).value)
