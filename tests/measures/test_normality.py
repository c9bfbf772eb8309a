import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pilotscore.measures import normality
from pilotscore.measures.normality import anderson_darling
from tests.measures.furnace import FURNACE
from tests.measures.test_grouped import laid_out


def one(values):
    return np.asarray(values, dtype=float), np.array([0, len(values)])


@pytest.mark.parametrize(
    ("point", "level"), [(0.631, 0.10), (0.752, 0.05), (0.873, 0.025), (1.035, 0.01)]
)
def test_percentage_points(point, level):
    # D'Agostino and Stephens 1986, table 4.7, as scipy.stats.anderson has them
    assert normality._p_value(np.array([point]))[0] == pytest.approx(level, rel=0.03)


@pytest.mark.parametrize("joint", [0.2, 0.34, 0.6])
def test_the_pieces_of_the_p_value_meet(joint):
    before, after = normality._p_value(np.array([joint - 1e-9, joint]))
    assert before == pytest.approx(after, rel=0.03)


def test_the_p_value_falls_all_the_way():
    found = normality._p_value(np.linspace(0, 1000, 200_001))
    assert found[0] == pytest.approx(1, abs=1e-5)
    assert (np.diff(found) <= 1e-3).all()
    assert 0 <= found[-1] < 1e-100


def test_furnace_is_reasonably_normal():
    # NIST/SEMATECH e-Handbook 3.5.1.2: "reasonably approximated by a normal distribution"
    assert anderson_darling(*one(np.array(FURNACE, dtype=float))).p_value[0] > 0.05


@pytest.mark.slow
@pytest.mark.parametrize("n", [10, 30, 100])
def test_one_normal_group_in_twenty_is_rejected(n):
    groups = 30_000
    values = 5 + 3 * np.random.default_rng(n).standard_normal(n * groups)
    found = anderson_darling(values, np.arange(groups + 1) * n)
    assert (found.p_value < 0.05).mean() == pytest.approx(0.05, abs=0.004)
    assert (found.p_value < 0.01).mean() == pytest.approx(0.01, abs=0.002)


def test_a_skewed_distribution_is_found_out():
    values = np.random.default_rng(2).exponential(size=30 * 2000)
    found = anderson_darling(values, np.arange(2001) * 30)
    assert (found.p_value < 0.05).mean() > 0.9


NUMBERS = st.lists(st.integers(-1000, 1000).map(lambda x: x / 8), max_size=20)


@pytest.mark.slow
@given(st.lists(NUMBERS, min_size=1, max_size=5), st.randoms())
def test_it_is_scipys_for_each_group_in_any_order(groups, random):
    random.shuffle(groups)
    found = anderson_darling(*laid_out(groups))
    for g, own in enumerate(groups):
        if len(own) < 8 or np.ptp(own) == 0:
            assert np.isnan([found.statistic[g], found.p_value[g]]).all()
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # newer versions announce another default of p-values
            expected = stats.anderson(np.array(own)).statistic
        assert found.statistic[g] == pytest.approx(expected, rel=1e-9, abs=1e-9)
        assert 0 <= found.p_value[g] <= 1


@pytest.mark.slow
@given(
    st.lists(st.integers(-500, 500), min_size=8, max_size=15),
    st.integers(1, 50),
    st.integers(-99, 99),
)
def test_scale_origin_direction_and_order_do_not_matter(own, scale, shift):
    values, starts = one(own)
    before = anderson_darling(values, starts)
    for other in (values * scale + shift, -values, values[::-1].copy()):
        after = anderson_darling(other, starts)
        np.testing.assert_allclose(after.statistic, before.statistic, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize("own", [[], [1], [1, 2, 3, 4, 5, 6, 7], [0.1] * 12])
def test_not_assessable(own):
    assert np.isnan(anderson_darling(*one(own)).p_value[0])


def test_an_extreme_value_has_a_p_value():
    assert 0 <= anderson_darling(*one([0.0] * 5000 + [1e9])).p_value[0] < 1e-20
