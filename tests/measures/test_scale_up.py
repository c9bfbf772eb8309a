import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pilotscore.measures import scale_up


def laid_out(groups):
    starts = np.concatenate([[0], np.cumsum([len(g) for g in groups])]).astype(np.int64)
    return np.array([x for g in groups for x in g], dtype=float), starts


def ratio(pilot, lab, confidence=0.95):
    found = scale_up.ratio_of_means(*laid_out([pilot]), *laid_out([lab]), confidence)
    return float(found.value[0]), float(found.low[0]), float(found.high[0])


def against_margins(pilot, lab, lower, upper, confidence=0.95):
    return scale_up.equivalence(
        *laid_out([pilot]), *laid_out([lab]), (np.array([lower]), np.array([upper])), confidence
    )


# set.seed(12345); rnorm(5, 1, 1) and rnorm(5, 2, 1) in R, to seven decimals
NUMERATOR = [1.5855288, 1.7094660, 0.8906967, 0.5465028, 1.6058875]
DENOMINATOR = [0.1820440, 2.6300986, 1.7238159, 1.7158403, 1.0806780]


def test_the_output_of_mratios():
    # t.test.ratio of the R package mratios on these draws, as printed on
    # http://mikuhatsune.hatenadiary.com/entry/20121212/1355320912: means 1.2676164 and 1.4664953,
    # 0.8643849 (0.4056763, 2.6170008), t = -0.4263, df = 6.363, p-value = 0.684 two-sided
    assert np.mean(NUMERATOR) == pytest.approx(1.2676164, abs=1e-7)
    assert np.mean(DENOMINATOR) == pytest.approx(1.4664953, abs=1e-7)
    value, low, high = ratio(NUMERATOR, DENOMINATOR, 0.975)
    assert value == pytest.approx(0.8643849, abs=1e-7)
    assert low == pytest.approx(0.4056763, abs=1e-7)
    # the draws are rounded to seven decimals
    assert high == pytest.approx(2.6170008, abs=5e-7)
    found = against_margins(NUMERATOR, DENOMINATOR, 1.0, 2.0)
    assert round(2 * (1 - found.p_lower[0]), 3) == 0.684


@pytest.mark.parametrize(
    ("level", "low", "high"), [(0.90, 1.54, 2.64), (0.95, 1.46, 2.83), (0.99, 1.27, 3.36)]
)
def test_fieller_as_graphpad_has_it(level, low, high):
    # 14 +- 3 over 7 +- 2, 6 values each (SEM 1.22 and 0.82): the GraphPad QuickCalcs calculator, as
    # quoted in the notebook of github.com/DCPROGS/DCSTATS; t of 10 degrees of freedom
    one, six = np.ones(1), np.sqrt(6)
    t = np.array([stats.t.ppf((1 + level) / 2, 10)])
    found = scale_up.fieller(14 * one, 3 / six * one, 7 * one, 2 / six * one, t)
    assert (round(found.low[0], 2), round(found.high[0], 2)) == (low, high)


def test_fieller_as_dcstats_has_it():
    # the same notebook: a = 14, b = 7 with standard deviations 3 and 2, t = 1.812461
    found = scale_up.fieller(*(np.array([x]) for x in (14.0, 3.0, 7.0, 2.0, 1.812461)))
    assert found.value[0] == 2
    assert round(found.low[0], 6) == 1.051413
    assert round(found.high[0], 6) == 4.414296


SAMPLE = st.lists(st.floats(1, 100), min_size=2, max_size=8).filter(lambda x: max(x) - min(x) > 0.1)


@pytest.mark.slow
@settings(deadline=None)  # the first example imports scipy
@given(SAMPLE, SAMPLE, st.floats(0.2, 0.99), st.floats(1.01, 5))
def test_each_test_is_welchs_of_the_values_times_the_margin(pilot, lab, lower, upper):
    found = against_margins(pilot, lab, lower, upper, 0.6)
    if np.isnan(found.p_lower[0]):
        return
    for margin, side, p in ((lower, "greater", found.p_lower), (upper, "less", found.p_upper)):
        oracle = stats.ttest_ind(pilot, margin * np.array(lab), equal_var=False, alternative=side)
        assert p[0] == pytest.approx(oracle.pvalue, rel=1e-6, abs=1e-12)
    assert found.equivalent[0] == (max(found.p_lower[0], found.p_upper[0]) < 0.4)


@pytest.mark.slow
@settings(deadline=None)  # the first example imports scipy
@given(SAMPLE, SAMPLE)
def test_the_bounds_solve_fiellers_equation_around_the_ratio(pilot, lab):
    value, low, high = ratio(pilot, lab)
    if np.isnan(value):
        return
    assert low <= value <= high
    u, w = np.var(pilot, ddof=1) / len(pilot), np.var(lab, ddof=1) / len(lab)
    t = [(np.mean(pilot) - r * np.mean(lab)) / np.sqrt(u + r**2 * w) for r in (low, high)]
    assert t[0] == pytest.approx(-t[1], rel=1e-5)


@pytest.mark.slow
@settings(deadline=None)  # the first example imports scipy
@given(st.lists(st.tuples(SAMPLE, SAMPLE), min_size=1, max_size=5), st.floats(0.1, 10))
def test_other_groups_and_units_change_nothing(pairs, scale):
    pilot, lab = laid_out([p for p, _ in pairs]), laid_out([x for _, x in pairs])
    margins = np.full(len(pairs), 0.9), np.full(len(pairs), 1 / 0.9)
    found = scale_up.ratio_of_means(*pilot, *lab)
    tests = scale_up.equivalence(*pilot, *lab, margins)
    for g, (one, other) in enumerate(pairs):
        alone = np.array(ratio(one, other))
        assert [found.value[g], found.low[g], found.high[g]] == pytest.approx(
            alone, rel=1e-6, nan_ok=True
        )
        single = against_margins(one, other, 0.9, 1 / 0.9)
        assert tests.p_lower[g] == pytest.approx(single.p_lower[0], rel=1e-6, nan_ok=True)
    for factor in (scale, -scale):
        other_unit = scale_up.ratio_of_means(pilot[0] * factor, pilot[1], lab[0] * factor, lab[1])
        assert other_unit.low == pytest.approx(found.low, rel=1e-4, nan_ok=True)
        again = scale_up.equivalence(pilot[0] * factor, pilot[1], lab[0] * factor, lab[1], margins)
        assert again.p_upper == pytest.approx(tests.p_upper, rel=1e-4, abs=1e-9, nan_ok=True)


@pytest.mark.slow
@pytest.mark.parametrize("n", [5, 10, 30])
@pytest.mark.parametrize("spread", [1, 3])
def test_each_bound_covers_as_stated(n, spread):
    rng = np.random.default_rng(n)
    many = 30_000
    starts = np.arange(many + 1) * n
    pilot = rng.normal(88, 3, many * n)
    lab = rng.normal(100, 3 * spread, many * n)
    found = scale_up.ratio_of_means(pilot, starts, lab, starts)
    assert (found.low <= 0.88).mean() == pytest.approx(0.95, abs=0.01)
    assert (found.high >= 0.88).mean() == pytest.approx(0.95, abs=0.01)
    # at the margin the test is passed as often as its level says
    at = scale_up.equivalence(pilot, starts, lab, starts, (np.full(many, 0.88), np.full(many, 9.0)))
    assert at.above_lower.mean() == pytest.approx(0.05, abs=0.01)


def test_one_margin_alone_is_non_inferiority():
    pilot, lab = [95, 96, 94, 95.5, 94.5], [100, 101, 99, 100.5, 99.5]
    found = against_margins(pilot, lab, 0.9, np.nan)
    assert found.above_lower[0]
    assert np.isnan(found.p_upper[0])
    assert not found.below_upper[0]
    assert not found.equivalent[0]
    assert against_margins(pilot, lab, 0.9, 1 / 0.9).equivalent[0]
    assert not against_margins(pilot, lab, 0.95, 1 / 0.95).equivalent[0]


@pytest.mark.parametrize(
    ("pilot", "lab"),
    [
        ([], [1, 2]),
        ([1], [1, 2]),
        ([1, 2], [1]),
        ([1, 2], []),
        ([3, 3], [2, 2, 2]),
        ([1, 2], [-1, 1.1]),
        ([1, 2], [-1, 1]),
    ],
)
def test_what_cannot_be_assessed_is_nan(pilot, lab):
    assert np.isnan(ratio(pilot, lab)).all()
    found = against_margins(pilot, lab, 0.8, 1.25)
    assert np.isnan(found.p_lower[0])
    assert np.isnan(found.p_upper[0])
    assert not found.equivalent[0]


@pytest.mark.parametrize("margins", [(1.1, 0.9), (0.9, 0.9), (0, 1.1), (-1, 1), (np.nan, np.nan)])
def test_margins_that_are_none_show_nothing(margins):
    found = against_margins([9, 10, 11], [9, 10, 11.5], *margins)
    assert np.isnan(found.p_lower[0])
    assert not found.above_lower[0]
    assert not found.below_upper[0]
    assert not found.equivalent[0]


def test_one_side_may_be_constant():
    value, low, high = ratio([9, 10, 11], [10, 10, 10])
    assert value == 1
    t = stats.t.ppf(0.95, 2)
    assert high == pytest.approx(1 + t * 0.1 / np.sqrt(3))
    assert low == pytest.approx(1 - t * 0.1 / np.sqrt(3))
