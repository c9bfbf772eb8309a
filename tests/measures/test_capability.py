import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pilotscore.measures import capability, grouped
from pilotscore.measures.normality import anderson_darling
from pilotscore.measures.percentile_capability import (
    HIGH,
    LOW,
    pearson3,
    percentile_performance,
    sample_skewness,
    scored_ppk,
)
from tests.measures.furnace import FURNACE

NONE = np.array([np.nan])


def one(values):
    return np.asarray(values, dtype=float), np.array([0, len(values)])


def test_furnace_of_the_nist_handbook():
    """NIST/SEMATECH e-Handbook, 3.5.1: Cp 1.313 and Cpk 1.273 for 560 +- 100 (overall deviation)."""
    values, starts = one(FURNACE)
    limits = np.array([460.0]), np.array([660.0])
    assert round(float(capability.pp(values, starts, *limits).value[0]), 3) == 1.313
    assert round(float(capability.ppk(values, starts, *limits).value[0]), 3) == 1.273


def test_worked_example_of_the_nist_handbook():
    """NIST/SEMATECH e-Handbook, 6.1.6: limits 8 and 20, mean 16, s 2: Cp 1.0, Cpk 0.6667."""
    values, starts = one([14.0, 16.0, 18.0])  # mean 16, s 2
    limits = np.array([8.0]), np.array([20.0])
    sigma, freedom = np.array([2.0]), np.array([2.0])
    assert capability.cp(values, starts, *limits, sigma, freedom).value[0] == pytest.approx(1.0)
    cpk = capability.cpk(values, starts, *limits, sigma, freedom).value[0]
    assert round(float(cpk), 4) == 0.6667
    # Cpm with the target midway: 12 / (6 sqrt(4 + 4)), worked by hand.
    cpm = capability.cpm(values, starts, *limits, np.array([14.0])).value[0]
    assert cpm == pytest.approx(12 / (6 * 8**0.5))


def test_bound_of_bissell():
    """Quality Digest: Cpk 1.15 of 45 values lies between 0.89 and 1.41 at 95 % (two-sided)."""
    found = capability.bissell(np.array([1.15]), np.array([45]), np.array([44.0]), 0.975)
    assert (round(float(found.low[0]), 2), round(float(found.high[0]), 2)) == (0.89, 1.41)


@pytest.mark.parametrize("n", [5, 10, 30])
def test_coverage_of_the_bounds(n):
    """The share of samples whose bound holds the truth, of 40,000 normal ones."""
    count = 40_000
    values = np.random.default_rng(n).normal(0, 1, count * n)
    starts = np.arange(0, count * n + 1, n)
    lower, upper = np.full(count, -3.0), np.full(count, 6.0)
    for way, truth in ((capability.pp, 1.5), (capability.ppk, 1.0)):
        found = way(values, starts, lower, upper)
        assert 0.94 <= float((found.low <= truth).mean()) <= 0.96
    found = capability.pp(values, starts, lower, upper)
    assert 0.94 <= float((found.high >= 1.5).mean()) <= 0.96
    one_sided = capability.ppk(values, starts, lower, np.full(count, np.nan))
    assert 0.94 <= float((one_sided.low <= 1.0).mean()) <= 0.96
    cpm = capability.cpm(values, starts, lower, upper, np.full(count, 1.5))
    truth = 9 / (6 * (1 + 1.5**2) ** 0.5)
    assert 0.93 <= float((cpm.low <= truth).mean()) <= 0.98
    # Midway between limits either side can be the nearer one, and the bound is conservative.
    centred = capability.ppk(values, starts, np.full(count, -3.0), np.full(count, 3.0))
    assert float((centred.low <= 1.0).mean()) >= 0.95


def test_what_cannot_be_judged():
    values = np.array([1.0, 1, 1, 2, 3, 4, 5])
    starts = np.array([0, 3, 6, 7, 7])
    lower, upper = np.array([0.0, 9, 0, 0]), np.array([2.0, 1, 9, 9])
    for way in (capability.pp, capability.ppk):
        assert np.isnan(way(values, starts, lower, upper).value).all()
    none = np.full(4, np.nan)
    assert np.isnan(capability.ppk(values, starts, none, none).value).all()


@given(st.lists(st.floats(-50, 50), min_size=3, max_size=12), st.integers(2, 9))
@settings(deadline=None)
def test_more_values_never_lower_the_bound(values, times):
    """The same estimate from more values is worth more."""
    few, starts = one(values)
    value = capability.ppk(few, starts, np.array([-60.0]), np.array([60.0]))
    if np.isnan(value.value[0]):
        return
    n = len(values)
    low = [
        capability.bissell(value.value, np.array([k]), np.array([k - 1.0])).low[0]
        for k in (n, n * times)
    ]
    assert low[1] >= low[0]


def test_anderson_darling_is_that_of_scipy():
    draw = np.random.default_rng(1)
    groups = [draw.normal(5, 2, 30), draw.exponential(1, 50), draw.normal(0, 1, 8)]
    values = np.concatenate(groups)
    starts = np.array([0, 30, 80, 88])
    statistic, p = anderson_darling(values, starts)
    for found, group in zip(statistic, groups, strict=True):
        z = np.sort((group - group.mean()) / group.std(ddof=1))
        i = np.arange(1, len(z) + 1)
        terms = (2 * i - 1) * (stats.norm.logcdf(z) + stats.norm.logsf(z[::-1]))
        assert found == pytest.approx(-len(z) - terms.mean())
    assert p[1] < 0.001 < p[0]
    # D'Agostino and Stephens 1986, table 4.7: 0.752 is the point of 5 %.
    from pilotscore.measures.normality import _p_value

    assert float(_p_value(np.array([0.752]))[0]) == pytest.approx(0.05, abs=0.0005)


@pytest.mark.parametrize("n", [10, 30, 100])
def test_normal_values_are_rejected_as_often_as_stated(n):
    count = 20_000
    values = np.random.default_rng(n).normal(3, 2, count * n)
    _, p = anderson_darling(values, np.arange(0, count * n + 1, n))
    assert 0.045 <= float((p < 0.05).mean()) <= 0.055


def test_percentiles_of_known_distributions():
    # The exponential distribution has skewness 2 and is of type III: its quantiles are -log(1 - p).
    for q in (LOW, 0.5, HIGH):
        assert pearson3(np.array([2.0]), q)[0] == pytest.approx(-np.log1p(-q) - 1, abs=1e-9)
        assert pearson3(np.array([-2.0]), 1 - q)[0] == pytest.approx(np.log1p(-q) + 1, abs=1e-9)
        assert pearson3(np.array([0.7]), q)[0] == pytest.approx(stats.pearson3.ppf(q, 0.7))
    assert pearson3(np.array([0.0]), HIGH)[0] == pytest.approx(3.0, abs=1e-4)


def test_skewness_is_that_of_scipy():
    values = np.random.default_rng(3).gamma(2, 1, 40)
    expected = stats.skew(values, bias=False)
    assert sample_skewness(*one(values))[0] == pytest.approx(expected)


def test_skewed_values_are_judged_by_percentiles():
    values, starts = one(np.random.default_rng(5).exponential(1.0, 400))
    limits = np.array([np.nan]), np.array([10.0])
    found = scored_ppk(values, starts, *limits)
    assert found.by_percentiles[0]
    # True: (10 - median) / (X99.865 - median) of the exponential distribution.
    median, top = np.log(2), -np.log(1 - HIGH)
    assert found.ppk.value[0] == pytest.approx((10 - median) / (top - median), rel=0.3)
    assert (
        capability.ppk(values, starts, *limits).value[0] > 2.5
    )  # what the normal form would claim
    plain = scored_ppk(values, starts, *limits, alpha=0.0)
    assert not plain.by_percentiles[0]


def test_percentile_bounds_of_exponential_values():
    """An approximation, as its docstring says: 95 % stated, 82 to 97 % held for n = 30 and 100."""
    truth = (6 - np.log(2)) / (-np.log(1 - HIGH) - np.log(2))
    for n in (30, 100):
        count = 5000
        values = np.random.default_rng(n).exponential(1.0, count * n)
        starts = np.arange(0, count * n + 1, n)
        none, upper = np.full(count, np.nan), np.full(count, 6.0)
        _, near = percentile_performance(values, starts, none, upper)
        assert 0.82 <= float((near.low <= truth).mean()) <= 0.97


@given(st.lists(st.lists(st.floats(-9, 9), min_size=0, max_size=15), min_size=1, max_size=5))
@settings(deadline=None)
def test_no_group_depends_on_another(groups):
    values = np.array([x for g in groups for x in g], dtype=float)
    starts = np.concatenate([[0], np.cumsum([len(g) for g in groups])]).astype(np.int64)
    lower, upper = np.full(len(groups), -10.0), np.full(len(groups), 10.0)
    found = scored_ppk(values, starts, lower, upper)
    for g, own in enumerate(groups):
        alone = scored_ppk(*one(own), lower[:1], upper[:1])
        for name in ("value", "low", "high"):
            together = getattr(found.ppk, name)[g]
            assert together == pytest.approx(
                getattr(alone.ppk, name)[0], rel=1e-6, abs=1e-9, nan_ok=True
            )


def test_moving_on_and_scaling_change_nothing():
    values, starts = one(FURNACE)
    found = capability.ppk(values, starts, np.array([460.0]), np.array([660.0]))
    moved = capability.ppk(values * 3 + 7, starts, np.array([1387.0]), np.array([1987.0]))
    assert moved.low[0] == pytest.approx(found.low[0])
    assert grouped.counts(starts)[0] == 168
