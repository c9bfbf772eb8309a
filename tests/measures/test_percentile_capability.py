import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from pilotscore.measures import capability, percentile_capability
from pilotscore.measures.percentile_capability import (
    percentile_indices,
    percentiles,
    scored_ppk,
)
from tests.measures.test_grouped import laid_out

NAN = np.nan


def one(values):
    return np.asarray(values, dtype=float), np.array([0, len(values)])


def at(x):
    return np.array([x], dtype=float)


def l_moment(power, order):
    """L-moment of a power of a standard normal variable, by quadrature."""
    legendre = np.polynomial.Legendre.basis(order - 1, domain=[0, 1])
    return integrate.quad(
        lambda z: z**power * legendre(stats.norm.cdf(z)) * stats.norm.pdf(z), -12, 12, epsabs=1e-13
    )[0]


def test_constants_are_the_l_moments_of_powers_of_a_normal_variable():
    second, third, fourth = (
        getattr(percentile_capability, name) for name in ("_SECOND", "_THIRD", "_FOURTH")
    )
    assert second == pytest.approx((l_moment(1, 2), l_moment(3, 2)), rel=1e-10)
    assert second == pytest.approx((1 / np.sqrt(np.pi), 2.5 / np.sqrt(np.pi)))
    assert third == pytest.approx(l_moment(2, 3), rel=1e-10)
    assert fourth == pytest.approx((l_moment(1, 4), l_moment(3, 4)), rel=1e-10)


@pytest.mark.parametrize(
    ("true", "above", "below"),
    [
        (stats.norm(3, 2), 1, 1),
        (stats.gamma(4), 1.013, 1.011),
        (stats.gamma(50), 1, 1),
        (stats.expon(), 1.037, 0.998),
        (stats.lognorm(0.3), 0.989, 1.022),
        (stats.lognorm(0.5), 0.958, 1.125),
        (stats.t(5), 0.942, 0.942),
        (stats.weibull_min(2), 1.096, 1.179),
        (stats.uniform(), 1.777, 1.777),
    ],
)
def test_known_distributions(true, above, below):
    # the quantiles of the distribution itself stand for a sample without chance
    found = percentiles(*one(true.ppf((np.arange(50_000) + 0.5) / 50_000)))
    low, median, high = true.ppf([0.00135, 0.5, 0.99865])
    assert (found.high[0] - found.median[0]) / (high - median) == pytest.approx(above, abs=0.005)
    assert (found.median[0] - found.low[0]) / (median - low) == pytest.approx(below, abs=0.005)
    assert found.median[0] == pytest.approx(median, abs=0.06 * true.std())


def test_indices_are_distances_from_the_median_to_limits_and_percentiles():
    values, starts = one(np.random.default_rng(4).gamma(3, size=40))
    x = percentiles(values, starts)
    found = percentile_indices(values, starts, (at(-1), at(9)))
    upper = (9 - x.median) / (x.high - x.median)
    lower = (x.median + 1) / (x.median - x.low)
    assert found.ppk.value[0] == pytest.approx(min(upper[0], lower[0]))
    assert found.pp.value == pytest.approx(10 / (x.high - x.low))
    for limits, side in (((NAN, 9), upper), ((-1, NAN), lower)):
        one_sided = percentile_indices(values, starts, (at(limits[0]), at(limits[1])))
        assert one_sided.ppk.value == pytest.approx(side)
        assert np.isnan(one_sided.pp.value[0])


def test_it_is_the_normal_form_for_normal_values():
    values, starts = one(stats.norm.ppf((np.arange(10_000) + 0.5) / 10_000))
    found = percentile_indices(values, starts, (at(-3), at(4))).ppk.value[0]
    assert found == pytest.approx(1, abs=0.001)


def test_standard_error_is_that_of_the_jackknife():
    values, starts = one(np.random.default_rng(4).gamma(3, size=20))
    limits = at(NAN), at(9)
    found = percentile_indices(values, starts, limits).ppk
    without = [
        percentile_indices(*one(np.delete(values, i)), limits).ppk.value[0] for i in range(20)
    ]
    error = np.sqrt(19 / 20 * 20 * np.var(np.arcsinh(without)))
    reach = stats.t.ppf(0.95, 19) * error
    expected = np.sinh(np.arcsinh(found.value[0]) + np.array([-reach, reach]))
    assert [found.low[0], found.high[0]] == pytest.approx(expected)


# Measured coverage


def sampled(true, n, groups=3000):
    values = true.rvs(n * groups, random_state=np.random.default_rng(n))
    return values, np.arange(groups + 1) * n


def limits(true, lower, upper, groups):
    """Limits so many standard deviations from the mean, and the true index."""
    low, median, high = true.ppf([0.00135, 0.5, 0.99865])
    lower, upper = (true.mean() + x * true.std() for x in (lower, upper))
    truth = np.nanmin([(upper - median) / (high - median), (median - lower) / (median - low)])
    return np.full(groups, lower), np.full(groups, upper), truth


@pytest.mark.slow
@pytest.mark.parametrize("n", [10, 30, 100])
@pytest.mark.parametrize(
    ("true", "least"),
    [
        (stats.norm(), 0.955),
        (stats.gamma(4), 0.91),
        (stats.expon(), 0.89),
        (stats.lognorm(0.3), 0.90),
        (stats.lognorm(0.5), 0.84),
        (stats.t(5), 0.845),
        (stats.weibull_min(2), 0.955),
    ],
)
def test_coverage_of_the_low_bound(true, least, n):
    values, starts = sampled(true, n)
    lower, upper, truth = limits(true, NAN, 4, len(starts) - 1)
    found = percentile_indices(values, starts, (lower, upper)).ppk
    known = ~np.isnan(found.value)
    assert known.mean() > 0.88
    assert (found.low[known] <= truth).mean() >= least
    lower, upper, truth = limits(true, -4, NAN, len(starts) - 1)
    short = percentile_indices(values, starts, (lower, upper)).ppk
    assert (short.low[known] <= truth).mean() >= min(0.96, least)


@pytest.mark.parametrize(("n", "held"), [(10, 0.51), (30, 0.87), (100, 0.95)])
def test_scored_low_bound_holds_only_as_well_as_the_test_of_normality_finds_out(n, held):
    values, starts = sampled(stats.expon(), n)
    lower, upper, truth = limits(stats.expon(), NAN, 4, len(starts) - 1)
    found = scored_ppk(values, starts, (lower, upper))
    assert (found.ppk.low <= truth).mean() == pytest.approx(held, abs=0.02)


# Which form is taken


def test_normal_groups_keep_the_normal_form_and_others_take_percentiles():
    rng = np.random.default_rng(6)
    values, starts = laid_out([rng.standard_normal(40), rng.exponential(size=40), [1, 2, 9]])
    lower, upper = np.full(3, -4.0), np.full(3, 8.0)
    found = scored_ppk(values, starts, (lower, upper))
    assert found.by_percentiles.tolist() == [False, True, False]
    assert np.isnan(found.normal).tolist() == [False, False, True]
    plain, other = (f(values, starts, (lower, upper)) for f in (capability.ppk, percentile_indices))
    for name in ("value", "low", "high"):
        expected = getattr(plain, name).copy()
        expected[1] = getattr(other.ppk, name)[1]
        np.testing.assert_allclose(getattr(found.ppk, name), expected)
    assert found.pp.value[1] == pytest.approx(other.pp.value[1])
    assert found.pp.value[0] == capability.pp(values, starts, (lower, upper)).value[0]
    never = scored_ppk(values, starts, (lower, upper), alpha=0)
    assert not never.by_percentiles.any()


def test_the_normal_form_stands_where_percentiles_are_not_assessable():
    # one value far away: more skewness than a rising cubic has
    values, starts = one([0, 0.1, 0.2, 0.1, 0, 0.2, 0.1, 0, 0.1, 50])
    assert np.isnan(percentiles(values, starts).high[0])
    found = scored_ppk(values, starts, (at(-100), at(100)))
    assert found.normal[0] < 0.05
    assert not found.by_percentiles[0]
    assert found.ppk.value[0] == capability.ppk(values, starts, (at(-100), at(100))).value[0]


# Axioms

NUMBERS = st.lists(st.integers(-1000, 1000).map(lambda x: x / 8), max_size=16)
LIMIT = st.one_of(st.just(NAN), st.integers(-150, 150).map(float))


def rows(found):
    return np.array([(e.value, e.low, e.high) for e in (found.ppk, found.pp)])


@pytest.mark.slow
@given(st.lists(st.tuples(NUMBERS, LIMIT, LIMIT), min_size=1, max_size=4), st.randoms())
def test_a_group_is_worked_out_as_if_alone_and_in_any_order(groups, random):
    random.shuffle(groups)
    values, starts = laid_out([g for g, _, _ in groups])
    lower, upper = np.array([(low, high) for _, low, high in groups]).T
    for function in (percentile_indices, scored_ppk):
        together = rows(function(values, starts, (lower, upper)))
        for g, (own, low, high) in enumerate(groups):
            alone = rows(function(*laid_out([own]), (at(low), at(high))))[:, :, 0]
            np.testing.assert_allclose(together[:, :, g], alone, rtol=1e-6, atol=1e-8)


@pytest.mark.slow
@given(
    st.lists(st.integers(-500, 500), min_size=8, max_size=14, unique=True),
    st.integers(1, 50),
    st.integers(-99, 99),
)
def test_indices_have_no_unit_no_origin_and_no_direction(own, scale, shift):
    values, starts = one(own)
    before = rows(percentile_indices(values, starts, (at(-400), at(700))))
    changed = values * scale + shift
    after = percentile_indices(changed, starts, (at(-400 * scale + shift), at(700 * scale + shift)))
    np.testing.assert_allclose(rows(after), before, rtol=1e-6, atol=1e-8)
    turned = percentile_indices(-values, starts, (at(-700), at(400)))
    np.testing.assert_allclose(rows(turned), before, rtol=1e-6, atol=1e-8)


@given(st.lists(st.integers(-500, 500), min_size=8, max_size=30))
def test_percentiles_stand_in_order(own):
    found = percentiles(*one(own))
    if not np.isnan(found.median[0]):
        assert found.low[0] <= found.median[0] <= found.high[0]


# Edges


@pytest.mark.parametrize("own", [[], [1], [1, 2, 3, 4, 5, 6, 7], [0.1] * 12])
def test_too_few_values_or_no_variation(own):
    assert np.isnan(rows(percentile_indices(*one(own), (at(0), at(10))))).all()
    assert np.isnan(percentiles(*one(own)).median[0])


@pytest.mark.parametrize("pair", [(NAN, NAN), (9, 1), (4, 4), (-np.inf, np.inf)])
def test_no_limits_or_wrong_ones(pair):
    values, starts = one(np.random.default_rng(1).exponential(size=30))
    assert np.isnan(rows(percentile_indices(values, starts, (at(pair[0]), at(pair[1]))))).all()
    scored = scored_ppk(values, starts, (at(pair[0]), at(pair[1])))
    assert np.isnan(rows(scored)).all()
    assert not scored.by_percentiles[0]


def test_a_median_outside_is_below_zero():
    values, starts = one(np.random.default_rng(1).exponential(size=30))
    found = percentile_indices(values, starts, (at(NAN), at(-1))).ppk
    assert found.low[0] < found.value[0] < 0
    assert found.value[0] < found.high[0]
