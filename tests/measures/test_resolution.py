import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pilotscore.measures.resolution import (
    deviation_hidden,
    last_digit,
    same_values,
    with_resolution,
)
from pilotscore.measures.variation import rsd
from tests.measures.test_grouped import laid_out


@pytest.mark.parametrize(
    ("value", "step"),
    [
        (99.5, 0.1),
        (-99.5, 0.1),
        (0.0125, 0.0001),
        (7.0, 1),
        (100.0, 1),  # 100 may be written to the unit: never coarser
        (1200.0, 1),
        (0.30000000000000004, 0.1),  # 0.1 + 0.2
        (99.5 / 60, np.nan),  # minutes as hours: no digit of it was written
        (0.0, np.nan),
        (np.inf, np.nan),
    ],
)
def test_last_digit_as_written(value: float, step: float):
    assert last_digit(value) == pytest.approx(step, nan_ok=True)


@pytest.mark.slow
@given(st.integers(1, 9_999_999), st.integers(-6, 0))
def test_last_digit_is_that_of_the_text(whole: int, exponent: int):
    text = f"{whole * 10.0**exponent:.{-exponent}f}"
    kept = text.rstrip("0").rstrip(".") if "." in text else text
    digits = len(kept.partition(".")[2])
    assert last_digit(float(text)) == pytest.approx(10.0**-digits)


@pytest.mark.parametrize("n", [3, 8, 20])
def test_the_chance_of_equal_readings_at_the_bound_is_what_the_confidence_leaves(n: int):
    s = deviation_hidden(np.array([0.1]), np.array([n]))[0]
    draw = np.random.default_rng(n).normal(0, s, (40_000, n))
    same = (np.abs(draw) < 0.05).all(axis=1).mean()
    assert same == pytest.approx(0.05, abs=0.005)
    inside = stats.norm.cdf(0.05 / s) - stats.norm.cdf(-0.05 / s)
    assert inside**n == pytest.approx(0.05)


def test_more_equal_readings_hide_less():
    hidden = deviation_hidden(np.full(4, 0.1), np.array([3, 5, 10, 100]))
    assert (np.diff(hidden) < 0).all()


def test_only_groups_of_one_value_are_changed():
    values, starts = laid_out([[99.5] * 8, [99.5, 99.6, 99.4], [5.0], [], [99.5 / 60] * 5])
    plain = rsd(values, starts)
    found = with_resolution(plain, values, starts)
    assert same_values(values, starts).tolist() == [True, False, False, False, True]
    assert (found.value[0], found.low[0]) == (0, 0)
    assert found.high[0] == pytest.approx(100 * 0.1 / (2 * 1.0100) / 99.5, rel=1e-3)
    assert (found.value[1], found.low[1], found.high[1]) == (
        plain.value[1],
        plain.low[1],
        plain.high[1],
    )
    assert np.isnan([found.value[2], found.value[3], found.value[4], found.high[4]]).all()
