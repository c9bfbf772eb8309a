import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pilotscore.measures import drift as module
from pilotscore.measures.drift import drift, drift_percent, lag_one


def laid_out(groups):
    flat = np.array([x for group in groups for x in group], dtype=float)
    return flat, np.cumsum([0] + [len(group) for group in groups])


def of(*groups, **options):
    values, starts = laid_out(groups)
    x, _ = laid_out([range(len(group)) for group in groups])
    return drift(values, x, starts, **options)


# Mann-Kendall by hand: mathcs.holycross.edu/~little/Montserrat/MannKendallByHand.txt
BY_HAND = [12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7]
# Gilbert, Statistical Methods for Environmental Pollution Monitoring, 1987, p. 212: Z = 3.1, as a
# test of another package quotes it
GILBERT = [20, 20, 20, 20, 15, 20, 20, 30, 27, 26, 23, 35, 25, 28, 70, 26, 24, 34, 32, 23, 50, 30]


def test_mann_kendall_by_hand_and_of_gilbert():
    found = of(BY_HAND, GILBERT, range(1, 101))
    assert found.s[0] == 72 - 18
    assert found.variance[0] == pytest.approx(14 * 13 * 33 / 18 - 2 * 1 * 9 / 18)
    assert round(found.z[0], 4) == 2.9058
    assert round(found.p[0] / 2, 4) == 0.0018
    assert round(found.z[1], 1) == 3.1
    # test/runtests.jl of mmhs013/MannKendall.jl: 1 to 100
    assert found.s[2] == 4950
    assert found.variance[2] == 112750
    assert found.z[2] == pytest.approx(14.73869998208331, abs=1e-14)
    assert found.tau[2] == 1
    assert found.slope.value[2] == 1


LEVEL = st.one_of(st.integers(-3, 3).map(float), st.floats(-1e3, 1e3).map(lambda v: round(v, 2)))
SERIES = st.lists(st.tuples(LEVEL, st.integers(0, 20)), min_size=5, max_size=24).map(
    lambda pairs: (
        [y for y, _ in pairs],
        np.sort([float(x) for _, x in pairs]).tolist(),
    )
)


@pytest.mark.slow
@settings(deadline=None)
@given(SERIES, st.sampled_from([0.9, 0.95]))
def test_slope_bounds_and_tau_are_those_of_scipy(series, confidence):
    y, x = series
    if len(set(x)) == 1:
        return
    found = drift(np.array(y), np.array(x), np.array([0, len(y)]), confidence)
    with np.errstate(invalid="ignore"):
        slope = stats.theilslopes(y, x, 2 * confidence - 1)
    assert found.slope.value[0] == pytest.approx(slope.slope, rel=1e-9, abs=1e-12)
    for own, theirs in (
        (found.slope.low[0], slope.low_slope),
        (found.slope.high[0], slope.high_slope),
    ):
        # Where the ranks leave the slopes there are, scipy takes the last one: there is no bound.
        # Where ties in x and y make equation 2.6 negative, scipy has none at all.
        assert (
            np.isinf(own) or np.isnan(theirs) or own == pytest.approx(theirs, rel=1e-9, abs=1e-12)
        )
    if len(set(y)) == 1:
        assert np.isnan(found.tau[0])
        return
    tau = stats.kendalltau(x, y, method="asymptotic")
    assert found.tau[0] == pytest.approx(tau.statistic, abs=1e-12)
    # scipy has no correction for continuity
    without = 2 * stats.norm.sf(abs(found.s[0]) / np.sqrt(found.variance[0]))
    assert without == pytest.approx(tau.pvalue, rel=1e-9)


@pytest.mark.slow
@given(st.lists(st.lists(st.floats(-100, 100), max_size=9), min_size=1, max_size=6))
def test_each_group_is_worked_out_as_if_it_were_alone(groups):
    together = of(*groups)
    for g, group in enumerate(groups):
        alone = of(group)
        for field in dataclasses.fields(together):
            whole, own = getattr(together, field.name), getattr(alone, field.name)
            parts = ("value", "low", "high") if field.name == "slope" else ("",)
            for part in parts:
                a = getattr(whole, part) if part else whole
                b = getattr(own, part) if part else own
                assert a[g : g + 1] == pytest.approx(b, nan_ok=True, rel=1e-6, abs=1e-9)


@pytest.mark.slow
@given(
    st.lists(st.integers(-50, 50).map(float), min_size=4, max_size=12),
    st.integers(1, 8),
    st.integers(-20, 20),
    st.integers(1, 8),
)
def test_the_slope_follows_scale_and_shift_and_the_test_does_not_mind(values, scale, shift, step):
    y, starts = laid_out([values])
    x = np.arange(len(y), dtype=float)
    one = drift(y, x, starts)
    other = drift(y * scale + shift, x * step + shift, starts)
    for name in ("value", "low", "high"):
        expected = getattr(one.slope, name) * scale / step
        assert getattr(other.slope, name) == pytest.approx(expected)
    for name in ("s", "variance", "z", "p", "tau"):
        assert getattr(other, name) == pytest.approx(getattr(one, name), nan_ok=True)
    back = drift(-y, x, starts)
    assert back.slope.value == pytest.approx(-one.slope.value)
    assert back.slope.low == pytest.approx(-one.slope.high)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("n", "low", "high"),
    # Measured 95.9, 96.4 and 95.2 %: the bounds go by ranks, that is in steps.
    [(5, 0.953, 0.965), (10, 0.958, 0.970), (30, 0.945, 0.958)],
)
def test_bounds_cover_the_slope(n, low, high):
    groups = 20000
    rng = np.random.default_rng(1968)
    x = np.tile(np.arange(n, dtype=float), groups)
    starts = np.arange(0, n * groups + 1, n)
    found = drift(10 + 0.3 * x + rng.normal(size=n * groups), x, starts)
    assert low < (found.slope.low <= 0.3).mean() < high
    assert low < (found.slope.high >= 0.3).mean() < high
    # Its size in percent per 100 units, with the mean known (the mean is taken as exact)
    mean = 10 + 0.3 * (n - 1) / 2
    size = drift_percent(found, np.full(n * groups, mean), starts)
    assert low < (size.high >= 100 * 100 * 0.3 / mean).mean()
    assert (size.low <= 100 * 100 * 0.3 / mean).mean() > low
    # Without drift the test says so as often as it should, or more often.
    none = drift(rng.normal(size=n * groups), x, starts)
    assert (none.p < 0.05).mean() < 0.055
    assert none.correlated.mean() < 0.025


def test_the_size_of_a_drift_has_no_sign():
    rising = [100, 101, 102, 103, 104, 105, 106.5, 107]
    falling = rising[::-1]
    level = [100, 101, 100, 101, 100, 101, 100, 101]
    values, starts = laid_out([rising, falling, level, [-v for v in rising]])
    found = drift(values, np.tile(np.arange(8.0), 4), starts)
    size = drift_percent(found, values, starts)
    assert size.value[0] == pytest.approx(100 * 100 * found.slope.value[0] / np.mean(rising))
    for name in ("value", "low", "high"):
        of_all = getattr(size, name)
        assert of_all[1] == pytest.approx(of_all[0])
        assert of_all[3] == pytest.approx(of_all[0])
    assert 0 < size.low[0] <= size.value[0] <= size.high[0]
    assert size.low[2] == 0
    assert size.value[2] <= size.high[2]
    assert size.high[2] > 0


def test_few_values_have_no_bounds_and_fewer_no_slope():
    found = of([], [1.0], [1.0, 2.0], [1.0, 2.0, 4.0], [1.0, 2.0, 4.0, 5.0], [0.1] * 5)
    assert np.isnan(found.slope.value[:3]).all()
    assert np.isnan(found.p[:3]).all()
    assert found.slope.value[3:].tolist() == [1.5, 1.4166666666666665, 0]
    assert found.slope.low[3:].tolist() == [-np.inf, 1.0, 0]
    assert found.slope.high[3:].tolist() == [np.inf, 2.0, 0]
    # Values that are all the same have no drift, and no test of it.
    assert found.s[5] == 0
    assert found.variance[5] == 0
    assert np.isnan([found.z[5], found.p[5], found.tau[5], found.r1[5]]).all()
    assert not found.correlated.any()
    values, starts = laid_out([[], [0.1] * 5, [0, 1, -1, 0]])
    size = drift_percent(of([], [0.1] * 5, [0, 1, -1, 0]), values, starts)
    assert np.isnan(size.value[[0, 2]]).all()
    assert np.isnan(size.low[[0, 2]]).all()
    assert (size.value[1], size.low[1], size.high[1]) == (0, 0, 0)


def test_one_x_alone_has_no_slope():
    found = drift(np.array([1.0, 2, 3, 4]), np.ones(4), np.array([0, 4]))
    assert np.isnan(found.slope.value[0])
    assert np.isnan(found.slope.high[0])
    assert np.isnan(found.p[0])


def test_neighbours_that_agree_are_told():
    rng = np.random.default_rng(4)
    noise = rng.normal(size=200)
    linked = np.zeros(200)
    for i in range(1, 200):
        linked[i] = 0.6 * linked[i - 1] + noise[i]
    drifting = noise + 0.1 * np.arange(200)
    line = 0.1 * np.arange(200)
    found = of(noise, linked, drifting, line, 5 + line)
    assert found.correlated.tolist() == [False, True, False, False, False]
    # A drift is not a correlation of neighbours: r1 is taken after it.
    assert found.r1[2] == pytest.approx(found.r1[0], abs=0.01)
    assert lag_one(drifting, np.array([0, 200]))[0] > 0.9
    assert np.isnan(found.r1[3:]).all()


def test_lag_one_is_the_usual_one():
    values = np.array([2.0, 3, 1, 5, 4, 7])
    off = values - values.mean()
    expected = (off[1:] * off[:-1]).sum() / (off**2).sum()
    found = lag_one(np.concatenate([values, [9.0, 1.0], values]), np.array([0, 6, 8, 14]))
    assert found[[0, 2]] == pytest.approx(expected)
    assert np.isnan(found[1])
    assert np.isnan(lag_one(np.array([]), np.array([0, 0]))).all()


def test_long_groups_are_thinned_and_keep_their_slope():
    rng = np.random.default_rng(9)
    x = np.cumsum(rng.uniform(0.5, 1.5, 2500))
    values = 3 + 0.01 * x + rng.normal(size=2500)
    short = rng.normal(size=40)
    flat = np.concatenate([values, short])
    found = drift(flat, np.concatenate([x, np.arange(40.0)]), np.array([0, 2500, 2540]))
    assert found.thinned.tolist() == [True, False]
    ols = stats.linregress(x, values)
    assert found.slope.value[0] == pytest.approx(ols.slope, abs=3 * ols.stderr)
    assert found.slope.low[0] < 0.01 < found.slope.high[0]
    # The interval is that of all 2,500 values but for a few percent.
    assert found.slope.high[0] - found.slope.low[0] == pytest.approx(
        2 * 1.645 * ols.stderr, rel=0.15
    )
    assert found.slope.value[1] == of(short).slope.value[0]
    # S of 1,000 means, not of 2,500 values
    assert found.variance[0] == pytest.approx(1000 * 999 * 2005 / 18)


def test_chunks_make_no_difference(monkeypatch):
    rng = np.random.default_rng(2)
    groups = [rng.normal(size=n).round(1) for n in (12, 12, 12, 30, 30, 7)]
    whole = of(*groups)
    monkeypatch.setattr(module, "_PAIRS", 70)
    parts = of(*groups)
    for field in dataclasses.fields(whole):
        if field.name != "slope":
            assert getattr(whole, field.name).tolist() == getattr(parts, field.name).tolist()
    assert whole.slope.high.tolist() == parts.slope.high.tolist()


@pytest.mark.parametrize("places", [range(9), (0, 0, 1, 2, 2, 2, 3, 7, 9)], ids=["apart", "level"])
@pytest.mark.parametrize("other", [None, (0, 1, 1, 1, 4, 5, 6, 7, 8)], ids=["alike", "not alike"])
def test_slopes_and_s_are_those_of_all_pairs_one_by_one(places, other):
    random = np.random.default_rng(3)
    groups = [tuple(places)] * 4 + ([other] if other else [])
    y = random.choice([1.0, 2.0, 2.5, 4.0, 8.0], (len(groups), 9))
    starts = np.arange(0, y.size + 1, 9)
    trend = drift(y.ravel(), np.array(groups, dtype=float).ravel(), starts)
    for g, x in enumerate(groups):
        pairs = [(y[g, j] - y[g, i], x[j] - x[i]) for i in range(9) for j in range(i + 1, 9)]
        assert trend.s[g] == sum(np.sign(dy) * np.sign(dx) for dy, dx in pairs)
        assert trend.slope.value[g] == np.median([dy / dx for dy, dx in pairs if dx])
